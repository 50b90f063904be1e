//! The main job, from the card to a session: the host's own adapters against the sandbox, in this process.
#![allow(clippy::unwrap_used)]

#[path = "sign_in/asleep.rs"]
mod asleep;
#[path = "sign_in/certificates.rs"]
mod certificates;
#[path = "sign_in/clocks.rs"]
mod clocks;
#[path = "sign_in/continuity.rs"]
mod continuity;
#[path = "sign_in/damages.rs"]
mod damages;
#[path = "sign_in/doubt.rs"]
mod doubt;
#[path = "sign_in/forgetting.rs"]
mod forgetting;
#[path = "support/forms.rs"]
#[allow(dead_code, reason = "made for secrets; a part is needed here")]
mod forms;
#[cfg(target_os = "linux")]
#[path = "sign_in/full_disk.rs"]
mod full_disk;
#[path = "sign_in/keeping.rs"]
mod keeping;
#[cfg(target_os = "linux")]
#[path = "sign_in/killed.rs"]
mod killed;
#[path = "sign_in/organisation.rs"]
mod organisation;
#[path = "sign_in/outages.rs"]
mod outages;
#[cfg(unix)]
#[path = "sign_in/own_key.rs"]
mod own_key;
#[path = "sign_in/past.rs"]
mod past;
#[path = "sign_in/people.rs"]
mod people;
#[cfg(target_os = "linux")]
#[path = "support/power.rs"]
mod power;
#[cfg(target_os = "linux")]
#[path = "sign_in/power_cut.rs"]
mod power_cut;
#[cfg(target_os = "linux")]
#[path = "sign_in/real_clocks.rs"]
mod real_clocks;
#[path = "sign_in/scenarios.rs"]
mod scenarios;
#[cfg(target_os = "linux")]
#[path = "support/shim.rs"]
mod shim;
#[cfg(target_os = "linux")]
#[path = "sign_in/soak.rs"]
mod soak;
#[path = "sign_in/without_card.rs"]
mod without_card;
#[path = "sign_in/wrong_keystores.rs"]
mod wrong_keystores;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use relais_core::card::Tries;
use relais_core::environment::Quality;
use relais_core::lease::{HolderKey, Means, Stored};
use relais_core::secret::{Password, Pin};
use relais_core::session::renewal::Habits;
use relais_core::session::{Ask, Errand, Event, State};
use relais_core::{Code, Problem};
use relais_engine::Settled;
use relais_host::clock::Time;
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::eid::{Model, VirtualReader};
use relais_sandbox::house::{House, READER};
use relais_store::{Filter, Reader, Verdict};

/// A practice: its sandbox and its data folder, which outlive a start of Relais.
struct Practice {
    folder: tempfile::TempDir,
    house: House,
    data: PathBuf,
}

impl Practice {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = House::open(&folder.path().join("world")).await.unwrap();
        let data = folder.path().join("data");
        Self { folder, house, data }
    }

    /// The same world with a PC on which nobody ever signed in; founding a world takes seconds.
    async fn move_to(&mut self, pc: &str) {
        self.data = self.folder.path().join(pc);
        self.house.served().faults().clear().await;
        self.readers().with_card(READER, |card| card.clear_counters()).unwrap();
    }

    fn world(&self) -> PathBuf {
        self.folder.path().join("world")
    }

    fn readers(&self) -> &VirtualReader {
        self.house.readers()
    }

    fn parts(&self, key_store: KeyStoreChoice) -> Parts {
        let readers = self.readers().clone();
        Parts {
            profile: Profile::load(self.house.profile_path()).unwrap(),
            data_root: Some(self.data.clone()),
            backend: Arc::new(move || Box::new(readers.clone())),
            keystores: KeystorePlace::Folder(self.house.keystores()),
            key_store,
            time: Time::of(self.house.clock().clone()),
            language: Language::Fr,
            calls: Calls::default(),
            typed_readers: BTreeSet::new(),
            habits: Habits::usual(TimeZone::UTC),
            watch: true,
        }
    }

    async fn relais(&self) -> Running {
        start(self.parts(KeyStoreChoice::File)).await.unwrap()
    }

    /// VERIFY commands with a PIN that the card has seen.
    fn verifies(&self) -> u32 {
        self.readers().with_card(READER, |card| card.counters().verifies).unwrap()
    }

    fn tries(&self) -> u8 {
        self.readers().with_card(READER, |card| card.tries_left()).unwrap()
    }

    fn journal(&self) -> Vec<String> {
        let reader = Reader::open(&self.data.join("sandbox")).unwrap().unwrap();
        let verdict = reader.verify().unwrap();
        assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
        let mut events: Vec<_> = reader
            .show(&Filter::default(), 1_000)
            .unwrap()
            .into_iter()
            .map(|one| one.entry.unwrap().event)
            .collect();
        events.reverse();
        events
    }
}

fn ask(means: Means) -> Ask {
    Ask::by(means)
}

/// How much of a soak this run is, or where it begins: what `cargo xtask soak` said.
#[cfg(target_os = "linux")]
fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What a strategy gives for a seed.
#[cfg(target_os = "linux")]
fn drawn_from<S: proptest::strategy::Strategy>(seed: u64, what: S) -> S::Value {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    what.new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current()
}

/// Waits until the state is as wanted; a run that hangs fails instead of hanging the suite.
async fn until(relais: &Running, wanted: impl Fn(&State) -> bool) -> Arc<State> {
    let mut states = relais.handle.states();
    let found = tokio::time::timeout(Duration::from_secs(60), states.wait_for(|state| wanted(state))).await;
    found.expect("the state never came").unwrap().clone()
}

async fn pin_asked(relais: &Running) -> Arc<State> {
    until(relais, |state| matches!(state.errand, Errand::Pin(_) | Errand::Failed { .. })).await
}

async fn give_pin(relais: &Running, pin: &str) {
    let pin = Pin::from_ascii(pin.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
    let question = relais.handle.question().expect("a question");
    relais.handle.give_pin(question, pin).await.unwrap();
    relais.handle.settle().await.unwrap();
}

async fn give_password(relais: &Running, practice: &Practice) {
    until(relais, |state| matches!(state.errand, Errand::Password { .. } | Errand::Failed { .. })).await;
    // As the window does: a character at a time. What was begun before does not stand in front of it.
    let characters = "begun".chars().enumerate().chain(practice.house.password().chars().enumerate());
    characters.for_each(|(place, character)| relais.handle.push_character(place, character).unwrap());
    relais.handle.confirm_password(false).await.unwrap();
    relais.handle.settle().await.unwrap();
}

/// Signs in with everything right.
async fn sign_in(relais: &Running, practice: &Practice, means: Means) -> Settled {
    relais.handle.sign_in(ask(means)).await.unwrap();
    pin_asked(relais).await;
    give_pin(relais, &practice.house.pin()).await;
    if means == Means::Eid {
        give_password(relais, practice).await;
    }
    relais.handle.settled().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quality_the_platform_does_not_confirm_is_told_until_the_next_sign_in() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let nurse = Ask { quality: Quality::parse("nurse").unwrap(), ..ask(Means::EidOnly) };
    relais.handle.sign_in(nurse).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)), "it is good for what asks for none");
    let told = |state: &State| state.warnings.iter().any(|it| it.code == Code::QUALITY_NOT_CONFIRMED);
    assert!(told(&relais.handle.state()));
    sign_in(&relais, &practice, Means::EidOnly).await;
    assert!(!told(&relais.handle.state()), "a doctor is one");
    relais.stop().await;
}

fn failed(settled: Settled) -> Problem {
    match settled {
        Settled::Failed(problem) => problem,
        other => panic!("expected a failure, got {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_and_a_password_sign_the_practice_in_and_a_restart_asks_nothing() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let settled = sign_in(&relais, &practice, Means::Eid).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!((open.stored, open.key), (Stored::File, HolderKey::Unlocked));
    assert_eq!(open.lease.person.name, "Claire Lambert");
    assert!(open.lease.ends_at() > relais.handle.now().wall);
    assert_eq!(practice.verifies(), 1);
    relais.stop().await;

    let relais = practice.relais().await;
    let state = relais.handle.state();
    let again = state.session.open().expect("the session is found again");
    assert_eq!(again.lease.id, open.lease.id);
    assert_eq!((again.restored, again.key), (true, HolderKey::Locked));
    assert_eq!(practice.verifies(), 1, "no PIN was asked");
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in", "restored"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_alone_signs_in_with_either_applet() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let settled = sign_in(&relais, &practice, Means::EidOnly).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!(open.key, HolderKey::Card);
    let older = practice.house.card(Model::V17).unwrap();
    practice.readers().insert(READER, older);
    let settled = sign_in(&relais, &practice, Means::EidOnly).await;
    assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_costs_exactly_one_try_and_the_right_one_still_signs_in() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, "9999").await;
    let state =
        until(&relais, |state| matches!(&state.errand, Errand::Pin(asking) if asking.notice.is_some())).await;
    let Errand::Pin(asking) = &state.errand else { panic!("{state:?}") };
    assert_eq!(asking.face.tries, Tries::Left(2));
    assert_eq!((practice.tries(), practice.verifies()), (2, 1));
    give_pin(&relais, &practice.house.pin()).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    assert_eq!((practice.tries(), practice.verifies()), (3, 2));
    relais.stop().await;
    assert_eq!(practice.journal(), ["pin-refused", "signed-in"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_try_is_never_used_without_consent() {
    let practice = Practice::new().await;
    practice.readers().with_card(READER, |card| card.set_tries_left(1)).unwrap();
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, "9999").await;
    assert_eq!(practice.verifies(), 0);
    relais.handle.consent(relais.handle.question().unwrap()).await.unwrap();
    give_pin(&relais, "9999").await;
    let problem = failed(relais.handle.settled().await);
    assert_eq!(problem.code, Code::PIN_BLOCKED);
    assert_eq!((practice.tries(), practice.verifies()), (0, 1));
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_pulled_and_put_back_is_asked_anew_and_the_session_comes() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    pin_asked(&relais).await;
    let card = practice.readers().remove(READER).unwrap();
    until(&relais, |state| matches!(state.errand, Errand::Waiting { .. })).await;
    practice.readers().insert(READER, card);
    until(&relais, |state| matches!(state.errand, Errand::Pin(_))).await;
    give_pin(&relais, &practice.house.pin()).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    assert_eq!(practice.verifies(), 1);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_desktop_wipes_the_digits_and_characters_typed_so_far() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(&relais).await;
    let mut states = relais.handle.states();
    // The second lock says nothing new, and still whoever draws the digits is told that they are gone.
    for _ in 0..2 {
        assert_eq!([1, 2, 3].map(|digit| relais.handle.push_digit(digit)), [1, 2, 3]);
        states.borrow_and_update();
        lock(&relais).await;
        assert_eq!(relais.handle.digits(), 0);
        assert!(states.has_changed().unwrap());
    }
    assert_eq!(relais.handle.desk().next_sweep(), None, "the desk is empty");

    give_pin(&relais, &practice.house.pin()).await;
    until(&relais, |state| matches!(state.errand, Errand::Password { .. })).await;
    relais.handle.push_character(0, 'x').unwrap();
    lock(&relais).await;
    assert_eq!(relais.handle.desk().next_sweep(), None, "neither the PIN nor the password is left");
    assert_eq!(practice.verifies(), 0);

    give_pin(&relais, &practice.house.pin()).await;
    give_password(&relais, &practice).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    relais.stop().await;
}

/// The desktop is locked; the PIN is asked anew and says why.
async fn lock(relais: &Running) {
    relais.handle.tell(Event::DesktopLocked).await.unwrap();
    relais.handle.settle().await.unwrap();
    let state = relais.handle.state();
    let Errand::Pin(asking) = &state.errand else { panic!("{:?}", state.errand) };
    assert_eq!(asking.notice, Some(Code::DESKTOP_LOCKED.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_keystore_password_is_asked_again_and_no_pin_is_spent_on_it() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    until(&relais, |state| matches!(state.errand, Errand::Password { .. })).await;
    let wrong = Password::take("wrong".into()).unwrap();
    relais.handle.give_password(relais.handle.question().unwrap(), wrong, false).await.unwrap();
    relais.handle.settle().await.unwrap();
    let refused = |state: &State| {
        matches!(&state.errand, Errand::Password { asking, .. }
            if asking.notice.as_ref().is_some_and(|n| n.code == Code::KEYSTORE_PASSWORD_WRONG))
    };
    until(&relais, refused).await;
    assert_eq!(practice.verifies(), 0);
    let out_of_order = relais.handle.push_character(3, 'x');
    assert_eq!(out_of_order.map_err(|problem| problem.code), Err(Code::KEYSTORE_PASSWORD_WRONG));
    give_password(&relais, &practice).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    assert_eq!(practice.verifies(), 1);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_is_down_bothers_nobody_for_a_pin_and_costs_no_session() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    let before = relais.handle.state().session.clone();
    practice.house.served().faults().set(relais_sandbox::platform::faults::Fault::RefuseConnections).await;
    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    let problem = failed(relais.handle.settled().await);
    assert_eq!(problem.code, Code::STS_UNREACHABLE);
    assert_eq!(practice.verifies(), 1);
    assert_eq!(relais.handle.state().session, before);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_place_for_keys_the_session_lives_in_memory_and_says_so() {
    let practice = Practice::new().await;
    let relais = start(practice.parts(KeyStoreChoice::Memory)).await.unwrap();
    let settled = sign_in(&relais, &practice, Means::EidOnly).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!(open.stored, Stored::Memory);
    assert!(relais.handle.state().warnings.iter().any(|w| w.code == Code::SESSION_IN_MEMORY));
    relais.stop().await;
    let relais = practice.relais().await;
    assert!(relais.handle.state().session.open().is_none());
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_memory_is_kept_when_the_person_chooses_a_place_for_keys() {
    let practice = Practice::new().await;
    let relais = start(practice.parts(KeyStoreChoice::Memory)).await.unwrap();
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    for (choice, stored, warned) in [
        (KeyStoreChoice::File, Stored::File, false),
        (KeyStoreChoice::Memory, Stored::Memory, true),
        (KeyStoreChoice::File, Stored::File, false),
    ] {
        relais.keeper().choose(choice).await.unwrap();
        relais.handle.settle().await.unwrap();
        let state = relais.handle.state();
        assert_eq!(state.session.open().map(|open| open.stored), Some(stored), "it says where it is now");
        assert_eq!(state.warnings.iter().any(|w| w.code == Code::SESSION_IN_MEMORY), warned, "{stored:?}");
    }
    relais.stop().await;
    let relais = practice.relais().await;
    assert!(relais.handle.state().session.open().is_some());
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_never_own_one_folder() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let second = start(practice.parts(KeyStoreChoice::File)).await.map(drop).unwrap_err();
    assert_eq!(second.code, Code::ALREADY_OWNED);
    relais.stop().await;
    practice.relais().await.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_erases_the_session_from_this_pc() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    until(&relais, |state| state.session.open().is_none()).await;
    relais.stop().await;
    let relais = practice.relais().await;
    assert!(relais.handle.state().session.open().is_none());
    relais.stop().await;
}
