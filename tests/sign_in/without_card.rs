//! Working without the card: exceptionally, twelve hours, one line in the ledger.

use jiff::SignedDuration;
use relais_core::lease::LeaseId;
use relais_core::session::OpenSession;
use relais_core::session::exception::{Reason, Why};
use relais_core::session::ledger::{Ending, Line};
use relais_sandbox::clock::Turn;
use relais_store::{Lines, Store};

use super::*;

fn without_card() -> Ask {
    Ask { why: Some(Why::just(Reason::EidNotAtHand)), ..Ask::by(Means::Fallback) }
}

pub(super) async fn type_password(relais: &Running, password: &str) {
    let asked = |state: &State| matches!(state.errand, Errand::Keystore(_) | Errand::Failed { .. });
    let state = until(relais, asked).await;
    assert!(matches!(state.errand, Errand::Keystore(_)), "{:?}", state.errand);
    let password = Password::take(password.to_owned()).unwrap();
    let question = relais.handle.question().expect("a question");
    relais.handle.give_password(question, password, false).await.unwrap();
    relais.handle.settle().await.unwrap();
}

/// Somebody this PC knows: the card was here once.
async fn met(relais: &Running, practice: &Practice) {
    assert!(matches!(sign_in(relais, practice, Means::EidOnly).await, Settled::Open(_)));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
}

async fn opened(relais: &Running, practice: &Practice) -> Settled {
    relais.handle.sign_in(without_card()).await.unwrap();
    type_password(relais, practice.house.password()).await;
    relais.handle.settled().await
}

impl Practice {
    fn ledger(&self) -> Vec<relais_core::session::ledger::Line> {
        let reader = Reader::open(&self.data.join("sandbox")).unwrap().unwrap();
        reader.ledger(&Lines::default(), 10).unwrap()
    }

    fn hours_pass(&self, hours: i64) {
        self.house.clock().turn(Turn::all(SignedDuration::from_hours(hours)));
    }

    fn lease_files(&self) -> usize {
        let sessions = self.data.join("sandbox/sessions");
        let all = std::fs::read_dir(sessions).unwrap().map(|entry| entry.unwrap().file_name());
        all.filter(|name| name.to_string_lossy().ends_with(".lease")).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_twelve_hours_and_then_the_token_is_wiped() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    met(&relais, &practice).await;
    practice.readers().remove(READER);
    let empty = |reader: &relais_core::card::Reader| reader.state == relais_core::card::ReaderState::Empty;
    let seen = |state: &State| match &state.readers {
        relais_core::card::Readers::Seen(all) => all.iter().all(empty),
        _ => false,
    };
    until(&relais, seen).await;
    let settled = opened(&relais, &practice).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!((open.lease.means, open.key), (Means::Fallback, HolderKey::Unlocked));
    let left = open.left(relais.handle.now());
    assert!(left <= SignedDuration::from_hours(12) && left > SignedDuration::from_mins(719), "{left}");
    let [line] = &practice.ledger()[..] else { panic!("one line") };
    assert_eq!((line.reason, line.evidence.as_slice()), (Reason::EidNotAtHand, [Code::NO_CARD].as_slice()));
    practice.hours_pass(12);
    until(&relais, |state| state.session.open().is_none()).await;
    relais.stop().await;
    assert_eq!(practice.ledger()[0].ended.unwrap().how, Ending::Time);
    assert_eq!(practice.lease_files(), 0, "the token is wiped");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_finds_it_with_its_key_locked_and_its_end_unmoved() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    met(&relais, &practice).await;
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    let end = first.ends_at();
    practice.hours_pass(5);
    relais.handle.settle().await.unwrap();
    relais.stop().await;

    let relais = practice.relais().await;
    let state = relais.handle.state();
    let found = state.session.open().expect("it is found again");
    assert_eq!((found.key, found.ends_at()), (HolderKey::Locked, end));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
    relais.stop().await;
    assert_eq!(practice.ledger()[0].ended.unwrap().how, Ending::Person);

    // Opened again it goes on, and ends when it would have.
    let relais = practice.relais().await;
    let Settled::Open(again) = opened(&relais, &practice).await else { panic!("no session") };
    let moved = again.ends_at().duration_since(end).abs();
    assert!(moved < SignedDuration::from_secs(5), "the end moved by {moved}");
    assert_eq!(practice.ledger().len(), 1, "one line");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_closes_the_line_of_a_session_whose_token_is_gone_and_no_other() {
    let practice = Practice::new().await;
    let in_memory = || start(practice.parts(KeyStoreChoice::Memory));
    let relais = in_memory().await.unwrap();
    met(&relais, &practice).await;
    assert!(matches!(opened(&relais, &practice).await, Settled::Open(_)));
    practice.hours_pass(2);
    relais.handle.settle().await.unwrap();
    relais.stop().await;
    assert_eq!(practice.ledger()[0].ended, None);

    let relais = in_memory().await.unwrap();
    let [line] = &practice.ledger()[..] else { panic!("one line") };
    let ended = line.ended.expect("it was in memory alone");
    assert_eq!(ended.how, Ending::Lost);
    assert!(ended.at < line.ends_at && ended.at > line.started_at, "{ended:?}");
    relais.stop().await;

    let relais = practice.relais().await;
    assert!(matches!(opened(&relais, &practice).await, Settled::Open(_)));
    relais.stop().await;
    let relais = practice.relais().await;
    assert!(relais.handle.state().session.open().is_some());
    assert_eq!(practice.ledger()[0].ended, None, "it goes on, and its token was found");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystore_that_is_named_by_its_file_buys_no_second_twelve_hours() {
    let practice = Practice::new().await;
    let world = relais_sandbox::World::open(&practice.world(), practice.house.clock().clone()).unwrap();
    let file = KeystorePlace::File(world.people().doctor().keystore.clone());
    let with_file = || start(Parts { keystores: file.clone(), ..practice.parts(KeyStoreChoice::File) });
    let relais = with_file().await.unwrap();
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    practice.hours_pass(5);
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
    relais.stop().await;

    let relais = with_file().await.unwrap();
    let Settled::Open(again) = opened(&relais, &practice).await else { panic!("no session") };
    let moved = again.ends_at().duration_since(first.ends_at()).abs();
    assert!(moved < SignedDuration::from_secs(5), "the end moved by {moved}");
    assert_eq!(practice.ledger().len(), 1, "one line");
    relais.stop().await;
}

impl Practice {
    async fn relais_with_keystore(&self, file: &Path) -> Running {
        let keystores = KeystorePlace::File(file.to_owned());
        start(Parts { keystores, ..self.parts(KeyStoreChoice::File) }).await.unwrap()
    }

    /// The one line of the ledger is the fifth in a row: one a day in the days before.
    fn make_it_a_habit(&self) {
        let last = self.ledger().remove(0);
        let folder = self.data.join("sandbox");
        let mut store = Store::open(&folder, &last.environment, last.ends_at).unwrap().store;
        for day in 1..=4 {
            let before = SignedDuration::from_hours(24 * day);
            let line = Line {
                episode: LeaseId(format!("{day:032x}")),
                started_at: last.started_at - before,
                ends_at: last.ends_at - before,
                ..last.clone()
            };
            store.open_episode(&line).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_habit_is_explained_before_the_password_where_the_name_of_the_file_tells_whose_it_is_else_after_it()
{
    let practice = Practice::new().await;
    let world = relais_sandbox::World::open(&practice.world(), practice.house.clock().clone()).unwrap();
    let named = world.people().doctor().keystore.clone();
    let relais = practice.relais_with_keystore(&named).await;
    assert!(matches!(opened(&relais, &practice).await, Settled::Open(_)));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
    relais.stop().await;
    practice.make_it_a_habit();
    practice.hours_pass(13);

    let relais = practice.relais_with_keystore(&named).await;
    relais.handle.sign_in(without_card()).await.unwrap();
    let asked = |state: &State| matches!(state.errand, Errand::Keystore(_) | Errand::Failed { .. });
    let state = until(&relais, asked).await;
    assert!(
        matches!(&state.errand, Errand::Failed { problem, .. } if problem.code == Code::JUSTIFICATION_WANTED),
        "{:?}",
        state.errand
    );
    relais.stop().await;

    let nameless = practice.folder.path().join("mine.p12");
    std::fs::copy(&named, &nameless).unwrap();
    let relais = practice.relais_with_keystore(&nameless).await;
    assert_eq!(failed(opened(&relais, &practice).await).code, Code::JUSTIFICATION_WANTED);
    assert_eq!(practice.ledger().len(), 5, "no token was asked for");
    let why = Why { reason: Reason::EidNotAtHand, note: Some("de kaart is besteld".into()) };
    relais.handle.sign_in(Ask { why: Some(why), ..without_card() }).await.unwrap();
    type_password(&relais, practice.house.password()).await;
    let settled = relais.handle.settled().await;
    assert!(matches!(settled, Settled::Open(_)), "whoever explains it works: {settled:?}");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_several_keystores_lie_and_nobody_is_known_the_choice_is_told_and_one_can_be_named() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    relais.handle.sign_in(without_card()).await.unwrap();
    let problem = failed(relais.handle.settled().await);
    assert_eq!(problem.code, Code::KEYSTORE_SEVERAL);
    let choices: Vec<_> = problem.with["choices"].split("; ").collect();
    assert_eq!(choices.len(), 2, "two people, and no organisation: {choices:?}");
    assert!(!problem.with["choices"].contains("850101"), "nobody is named by their number");
    let mut opened = 0;
    for choice in choices {
        let (slot, made) = choice.split_once(' ').unwrap();
        assert!(made.contains('-'), "when the keystore was made: {made}");
        let person = Some(relais_core::lease::SlotId::parse(slot).unwrap());
        relais.handle.sign_in(Ask { person, ..without_card() }).await.unwrap();
        type_password(&relais, practice.house.password()).await;
        until(&relais, |state| !matches!(state.errand, Errand::Claiming(_) | Errand::Sealing { .. })).await;
        if relais.handle.state().session.open().is_some() {
            opened += 1;
        }
        relais.handle.tell(Event::Cancelled).await.unwrap();
        relais.handle.settle().await.unwrap();
    }
    assert!(opened >= 1, "the doctor is one of them");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_asked_again_and_nothing_is_hinted() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    met(&relais, &practice).await;
    relais.handle.sign_in(without_card()).await.unwrap();
    type_password(&relais, "wrong").await;
    let asked =
        until(&relais, |state| matches!(&state.errand, Errand::Keystore(keyed) if keyed.notice.is_some()));
    let state = asked.await;
    let Errand::Keystore(keyed) = &state.errand else { panic!("{:?}", state.errand) };
    let notice = keyed.notice.as_ref().unwrap();
    assert_eq!((notice.code, notice.with.len()), (Code::KEYSTORE_PASSWORD_WRONG, 0));
    type_password(&relais, practice.house.password()).await;
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_that_is_back_ends_the_exception() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    met(&relais, &practice).await;
    opened(&relais, &practice).await;
    practice.hours_pass(1);
    let settled = sign_in_with_open_key(&relais, &practice).await;
    let Settled::Open(open) = settled else { panic!("{settled:?}") };
    assert_eq!((open.lease.means, open.exception), (Means::Eid, None));
    relais.stop().await;
    assert_eq!(practice.ledger()[0].ended.unwrap().how, Ending::Card);
}

/// The keystore is open since the exception: no password is asked.
async fn sign_in_with_open_key(relais: &Running, practice: &Practice) -> Settled {
    relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
    pin_asked(relais).await;
    give_pin(relais, &practice.house.pin()).await;
    relais.handle.settled().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_and_a_reboot_give_it_no_further_hour() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    met(&relais, &practice).await;
    opened(&relais, &practice).await;
    for _ in 0..11 {
        practice.hours_pass(1);
        relais.handle.settle().await.unwrap();
        practice.house.clock().turn(Turn::wall(SignedDuration::from_hours(-1)));
        relais.handle.settle().await.unwrap();
    }
    let left = relais.handle.state().session.open().unwrap().left(relais.handle.now());
    assert!(left <= SignedDuration::from_hours(1), "by the boot clock {left} are left");
    relais.stop().await;
    practice.house.clock().reboot();
    let relais = practice.relais().await;
    let state = relais.handle.state();
    if let Some(open) = state.session.open() {
        assert!(open.left(relais.handle.now()) <= SignedDuration::from_mins(61), "{:?}", open.exception);
    }
    practice.hours_pass(1);
    until(&relais, |state| !state.session.open().is_some_and(|open| open.usable(relais.handle.now()))).await;
    relais.stop().await;
}

impl Practice {
    fn keystore_of_the_doctor(&self) -> std::path::PathBuf {
        let world = relais_sandbox::World::open(&self.world(), self.house.clock().clone()).unwrap();
        world.people().doctor().keystore.clone()
    }

    /// Everybody signs out, and Relais stops.
    async fn signed_out(&self, relais: Running) {
        relais.handle.tell(Event::SignOutAsked).await.unwrap();
        relais.handle.settle().await.unwrap();
        relais.stop().await;
    }
}

fn not_moved(again: &OpenSession, end: jiff::Timestamp, what: &str) {
    let moved = again.ends_at().duration_since(end).abs();
    assert!(moved < SignedDuration::from_secs(5), "{what}: the end moved by {moved:#}");
}

/// What happens to a database while Relais does not run.
type Happening = (&'static str, fn(&Path));

const HAPPENINGS: [Happening; 3] = [
    ("newer", |database| {
        let newer = rusqlite::Connection::open(database).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
    }),
    ("damaged", |database| {
        let mut bytes = std::fs::read(database).unwrap();
        bytes[..100].fill(b'x');
        std::fs::write(database, bytes).unwrap();
    }),
    ("gone", |database| std::fs::remove_file(database).unwrap()),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_database_that_is_newer_damaged_or_gone_buys_a_second_twelve_hours() {
    let mut practice = Practice::new().await;
    let keystore = practice.keystore_of_the_doctor();
    for (what, happens) in HAPPENINGS {
        practice.data = practice.folder.path().join(what);
        let relais = practice.relais_with_keystore(&keystore).await;
        let Settled::Open(first) = opened(&relais, &practice).await else { panic!("{what}: no session") };
        practice.hours_pass(2);
        practice.signed_out(relais).await;
        happens(&practice.data.join("sandbox/relais.db"));
        for round in 1..=3 {
            let relais = practice.relais_with_keystore(&keystore).await;
            let Settled::Open(again) = opened(&relais, &practice).await else { panic!("{what}: no session") };
            not_moved(&again, first.ends_at(), &format!("{what}, the {round}. time"));
            practice.hours_pass(1);
            practice.signed_out(relais).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_answers_again_takes_back_the_hours_it_did_not_know_of() {
    let practice = Practice::new().await;
    let keystore = practice.keystore_of_the_doctor();
    let relais = practice.relais_with_keystore(&keystore).await;
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    practice.hours_pass(2);
    practice.signed_out(relais).await;

    let (folder, aside) = (practice.data.join("sandbox"), practice.folder.path().join("aside"));
    std::fs::create_dir(&aside).unwrap();
    let of_the_database = |folder: &Path| -> Vec<_> {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("relais.db")).collect()
    };
    for name in of_the_database(&folder) {
        std::fs::rename(folder.join(&name), aside.join(&name)).unwrap();
    }
    std::fs::create_dir(folder.join("relais.db")).unwrap();
    // What is kept beside the leases is lost, too.
    let _ = std::fs::remove_file(folder.join("episodes"));
    let relais = practice.relais_with_keystore(&keystore).await;
    let Settled::Open(again) = opened(&relais, &practice).await else { panic!("care goes on") };
    let further = again.ends_at().duration_since(first.ends_at());
    assert!(further > SignedDuration::from_hours(1), "nobody could know better: {further:#}");

    std::fs::remove_dir(folder.join("relais.db")).unwrap();
    for name in of_the_database(&aside) {
        std::fs::rename(aside.join(&name), folder.join(&name)).unwrap();
    }
    practice.house.clock().turn(Turn::all(SignedDuration::from_secs(31)));
    let near = |open: &OpenSession| open.ends_at() < first.ends_at() + SignedDuration::from_secs(5);
    let state = until(&relais, |state| state.session.open().is_some_and(near)).await;
    not_moved(state.session.open().unwrap(), first.ends_at(), "the ledger answers");
    relais.handle.settle().await.unwrap();
    relais.stop().await;

    let relais = practice.relais_with_keystore(&keystore).await;
    not_moved(relais.handle.state().session.open().unwrap(), first.ends_at(), "after a restart");
    practice.signed_out(relais).await;
    let [line] = &practice.ledger()[..] else { panic!("one line: {:?}", practice.ledger()) };
    assert_eq!(line.ended.map(|ended| ended.how), Some(Ending::Person));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_tells_the_time_of_yesterday_hides_no_episode_of_today() {
    let practice = Practice::new().await;
    let keystore = practice.keystore_of_the_doctor();
    // Its certificate was valid yesterday, too.
    practice.hours_pass(30);
    let relais = practice.relais_with_keystore(&keystore).await;
    let Settled::Open(first) = opened(&relais, &practice).await else { panic!("no session") };
    practice.hours_pass(2);
    practice.signed_out(relais).await;
    practice.house.clock().turn(Turn::trusted(SignedDuration::from_hours(-20)));

    let relais = practice.relais_with_keystore(&keystore).await;
    let settled = opened(&relais, &practice).await;
    let Settled::Open(again) = settled else { panic!("{settled:?}") };
    let since = |open: &OpenSession| open.exception.as_ref().unwrap().used.since();
    assert_eq!(since(&again).as_millisecond(), since(&first).as_millisecond(), "the same use");
    relais.stop().await;
    assert_eq!(practice.ledger().len(), 1, "one line");
}
