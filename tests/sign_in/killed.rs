//! A process that is killed, or whose disk fails, at any deed to its files (faults F17 and F19): a whole life of a session
//! in a process of its own, and what the next start finds.

use relais_core::session::exception::{Reason, Why};
use relais_core::session::ledger::Line;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_store::Lines;

use super::shim::{Broken, Deed};
use super::*;

/// For the process below: the world, its profile, and the data folder.
const WORLD: &str = "RELAIS_TEST_WORLD";
const PROFILE: &str = "RELAIS_TEST_PROFILE";
const DATA: &str = "RELAIS_TEST_DATA";

/// What is said of a session that was ended, and of which something is left on the disk.
const NOT_ERASED: &str = "out, not erased";

fn told(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name}")))
}

/// What the process says it has: as long as nobody heard it, it is not promised.
#[allow(clippy::print_stdout, reason = "another process hears it there")]
fn say(text: &str) {
    println!("\nHAS {text}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the tests below"]
async fn process_whose_disk_breaks() {
    let world = World::open(&told(WORLD), TurnedClock::running()).unwrap();
    let readers = VirtualReader::new(READER);
    readers.insert(READER, world.card(world.people().doctor(), Model::V18).unwrap());
    let (theirs, doctor) = (readers.clone(), world.people().doctor().clone());
    let parts = Parts {
        profile: Profile::load(&told(PROFILE)).unwrap(),
        data_root: Some(told(DATA)),
        backend: Arc::new(move || Box::new(theirs.clone())),
        keystores: KeystorePlace::File(doctor.keystore.clone()),
        key_store: KeyStoreChoice::File,
        time: Time::of(world.clock().clone()),
        language: Language::Fr,
        calls: Calls::default(),
        typed_readers: BTreeSet::new(),
        habits: Habits::usual(TimeZone::UTC),
        watch: true,
    };
    let relais = match start(parts).await {
        Ok(relais) => relais,
        Err(problem) => return say(&format!("refused {}", problem.code)),
    };
    say("started");
    let pin = readers.with_card(READER, |card| card.pin().to_owned()).unwrap();
    let verifies = || readers.with_card(READER, |card| card.counters().verifies).unwrap();

    relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
    typed(&relais, &pin).await;
    outcome(relais.handle.settled().await);
    assert!(verifies() <= 1, "one VERIFY for one PIN");
    if let Ok(renewal) = relais.handle.state().ask_to_renew(None) {
        relais.handle.sign_in(renewal).await.unwrap();
        typed(&relais, &pin).await;
        outcome(relais.handle.settled().await);
        assert!(verifies() <= 2, "one VERIFY for one PIN");
    }
    ends(&relais).await;

    let why = Some(Why::just(Reason::TechnicalProblem));
    relais.handle.sign_in(Ask { why, ..Ask::by(Means::Fallback) }).await.unwrap();
    let asked = |state: &State| matches!(state.errand, Errand::Keystore(_) | Errand::Failed { .. });
    until(&relais, asked).await;
    if let Some(question) = relais.handle.question() {
        let password = Password::take(doctor.password.clone()).unwrap();
        relais.handle.give_password(question, password, false).await.unwrap();
    }
    outcome(relais.handle.settled().await);
    ends(&relais).await;
    relais.stop().await;
    say("stopped");
}

/// Gives the PIN, if it is asked for.
async fn typed(relais: &Running, pin: &str) {
    if matches!(pin_asked(relais).await.errand, Errand::Pin(_)) {
        give_pin(relais, pin).await;
    }
}

fn outcome(settled: Settled) {
    match settled {
        Settled::Open(open) => {
            say(&format!("{} {:?} {}", word(open.lease.means), open.stored, open.lease.id.0))
        }
        Settled::Failed(problem) => say(&format!("failed {}", problem.code)),
        other => panic!("{other:?}"),
    }
}

fn word(means: Means) -> &'static str {
    if means == Means::Fallback { "fallback" } else { "eid-only" }
}

async fn ends(relais: &Running) {
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    relais.handle.settle().await.unwrap();
    let left = relais.handle.state().warnings.iter().any(|it| it.code == Code::SESSION_NOT_ERASED);
    say(if left { NOT_ERASED } else { "out" });
}

/// A house whose card nobody uses but the start after the crash, and a fresh data folder for each life.
struct Crash {
    practice: Practice,
}

/// What came of one life.
struct Life {
    /// What was acknowledged, in order.
    has: Vec<String>,
    /// Deeds to the folder, where it lived to its end.
    deeds: Option<u32>,
}

impl Life {
    fn last(&self) -> &str {
        self.has.last().map_or("", String::as_str)
    }

    /// The session that was promised to be on disk.
    fn promised(&self) -> Option<&str> {
        let (kind, rest) = self.last().split_once(' ')?;
        let (stored, id) = rest.split_once(' ')?;
        (["eid-only", "fallback"].contains(&kind) && stored == "File").then_some(id)
    }
}

impl Crash {
    async fn new() -> Self {
        Self { practice: Practice::new().await }
    }

    /// One life in a fresh folder.
    fn life(&mut self, deed: Deed, at: u32) -> Life {
        let folder =
            tempfile::Builder::new().prefix("life-").tempdir_in(self.practice.folder.path()).unwrap();
        self.practice.data = folder.keep();
        let count = self.practice.data.with_extension("count");
        let ran = Broken::test("killed::process_whose_disk_breaks")
            .at(&self.practice.data, deed, at)
            .with("RELAIS_SHIM_COUNT", &count)
            .with(WORLD, self.practice.world())
            .with(PROFILE, self.practice.house.profile_path())
            .with(DATA, &self.practice.data)
            .run();
        let out = String::from_utf8_lossy(&ran.stdout);
        let has = out.lines().filter_map(|line| line.strip_prefix("HAS ")).map(str::to_owned).collect();
        let text = format!("{deed:?} at {at}: {out}{}", String::from_utf8_lossy(&ran.stderr));
        assert!(!text.contains("panicked"), "{text}");
        if deed == Deed::Fail {
            assert!(ran.status.success(), "{text}");
        }
        let deeds = std::fs::read_to_string(&count).ok().and_then(|text| text.parse().ok());
        Life { has, deeds }
    }

    /// The next start, and what must be true of it whatever happened.
    async fn after(&self, life: &Life, what: &str) {
        let relais = start(self.practice.parts(KeyStoreChoice::File)).await;
        let relais = relais.map_err(|problem| format!("{what}: no start: {problem}")).unwrap();
        let state = relais.handle.state();
        let found = state.session.open().map(|open| open.lease.id.0.as_str());
        match (life.promised(), life.last()) {
            // The next step may have come as far as its own lease, or as its end.
            (Some(id), "") => panic!("{what}: {id}"),
            (Some(id), last) if last.starts_with("eid-only") => {
                let renewing = life.has.iter().filter(|it| it.starts_with("eid-only")).count() < 2;
                assert!(
                    found == Some(id) || !renewing || found.is_some(),
                    "{what}: {id} is lost: {:?}",
                    life.has
                );
            }
            (None, "stopped") => assert_eq!(found, None, "{what}: {:?}", life.has),
            _ => {}
        }
        let mut unreadable = vec![Code::LEASE_UNREADABLE, Code::LEASE_FOREIGN, Code::SESSION_ELSEWHERE];
        // Of one that was told not to be erased the file may be left, without its key.
        if life.has.iter().any(|it| it == NOT_ERASED) {
            unreadable.pop();
        }
        let warned = state.warnings.iter().find(|it| unreadable.contains(&it.code));
        assert!(warned.is_none(), "{what}: {warned:?} after {:?}", life.has);
        assert_eq!(self.practice.verifies(), 0, "{what}: a PIN nobody typed");
        relais.stop().await;
        self.written(life, what);
    }

    /// What was acknowledged is in the journal and in the ledger.
    fn written(&self, life: &Life, what: &str) {
        let journal = self.practice.journal();
        let acknowledged = |word: &str| life.has.iter().filter(|it| it.starts_with(word)).count();
        let count = |event: &str| journal.iter().filter(|it| *it == event).count();
        assert!(count("signed-out") >= acknowledged("out"), "{what}: {journal:?} after {:?}", life.has);
        let opened = count("signed-in") + count("renewed");
        let heard = acknowledged("eid-only") + acknowledged("fallback");
        assert!(opened >= heard, "{what}: {journal:?} after {:?}", life.has);
        let ledger = self.ledger();
        assert!(ledger.len() >= acknowledged("fallback"), "{what}: {ledger:?}");
        let over = life.last() == "stopped" && acknowledged("fallback") == 1;
        assert!(!over || ledger[0].ended.is_some(), "{what}: {ledger:?}");
    }

    fn ledger(&self) -> Vec<Line> {
        let reader = Reader::open(&self.practice.data.join("sandbox")).unwrap().unwrap();
        reader.ledger(&Lines::default(), 10).unwrap()
    }

    /// Some of the deeds of a life: all of them in a whole soak, every so many else, beginning anywhere.
    fn some(deeds: u32) -> impl Iterator<Item = u32> {
        let percent = number("RELAIS_SOAK").unwrap_or(1);
        let step = (100 / percent.clamp(1, 100)).clamp(1, u64::from(deeds / 12 + 1));
        let from = number("RELAIS_SEED").unwrap_or(7) % step;
        (1..=deeds).filter(move |at| u64::from(*at) % step == from)
    }

    async fn every(mut self, deed: Deed) {
        let whole = self.life(deed, 0);
        assert_eq!(whole.last(), "stopped", "{:?}", whole.has);
        let deeds = whole.deeds.expect("it lived to its end");
        assert!(deeds > 20, "only {deeds} deeds: the shim sees nothing");
        self.after(&whole, "undisturbed").await;
        for at in Self::some(deeds) {
            let life = self.life(deed, at);
            self.after(&life, &format!("{deed:?} at {at} of {deeds}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_deed_nothing_acknowledged_is_lost_and_no_pin_is_used_again() {
    Crash::new().await.every(Deed::Kill).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fails_at_any_deed_leaves_the_old_or_the_new_and_never_a_mixture() {
    Crash::new().await.every(Deed::Fail).await;
}
