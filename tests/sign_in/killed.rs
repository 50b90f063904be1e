//! A process that is killed, or whose disk fails, at any deed to its files (faults F17 and F19): a whole life of a session
//! in a process of its own, and what the next start finds.

use std::process::{Command, Stdio};

use relais_core::environment::EnvironmentName;
use relais_core::session::exception::{Reason, Why};
use relais_core::session::ledger::Line;
use relais_keystore::vault::Owner;
use relais_keystore::{FileKeys, Vault};
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_store::Lines;

use super::shim::{Broken, Deed};
use super::*;

/// For the process below: the world, its profile, and the data folder.
const WORLD: &str = "RELAIS_TEST_WORLD";
const PROFILE: &str = "RELAIS_TEST_PROFILE";
const DATA: &str = "RELAIS_TEST_DATA";
/// Where it puts a copy of leases and keys each time it has said something.
const COPIES: &str = "RELAIS_TEST_COPIES";

/// What is said of a start that found a session.
const STARTED_WITH: &str = "started with a session";
/// What is said of a session that was ended, and of which something is left on the disk.
const NOT_ERASED: &str = "out, not erased";

fn told(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name}")))
}

/// What the process says it has: as long as nobody heard it, it is not promised.
#[allow(clippy::print_stdout, reason = "another process hears it there")]
fn say(text: &str) {
    println!("\nHAS {text}");
    copy();
}

/// What lies on the disk once something has been said, copied by a program that the shim does not see. A process that is
/// killed meanwhile leaves none.
fn copy() {
    let Some(copies) = std::env::var_os(COPIES).map(PathBuf::from) else { return };
    let (begun, number) = (copies.join("begun"), std::fs::read_dir(&copies).unwrap().count());
    std::fs::create_dir(&begun).unwrap();
    let from = ["sessions", "keys"].map(|name| told(DATA).join("sandbox").join(name));
    let mut program = Command::new("cp");
    program.arg("-a").args(from.iter().filter(|folder| folder.exists())).arg(&begun);
    // There is nothing to copy before the first session; what is being written beside it is no lease yet.
    let _ = program.env_remove("LD_PRELOAD").stderr(Stdio::null()).status().unwrap();
    std::fs::rename(&begun, copies.join(number.to_string())).unwrap();
}

/// What lies in the place of the only person there is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum OnDisk {
    Nothing,
    /// A lease that opens, by its number.
    Lease(String),
    /// A file without its key, or a key without its file: no session for anybody.
    Rest,
}

impl OnDisk {
    fn read(folder: &Path) -> Self {
        let sandbox = EnvironmentName::parse("sandbox").unwrap();
        let keys = Box::new(FileKeys::new(folder));
        let vault = Vault::new(folder, sandbox, Owner::of_this_process(), keys);
        let Some(slot) = vault.list().unwrap().pop() else { return Self::Nothing };
        match vault.open(&slot) {
            Ok(Some(found)) => Self::Lease(found.lease.id.0),
            Ok(None) | Err(_) => Self::Rest,
        }
    }

    /// This may lie there once that was said, where `before` lay there when something was said last.
    fn suits(&self, has: &str, before: &Self) -> bool {
        let lease = |id: &str| *self == Self::Lease(id.to_owned());
        match has.split(' ').collect::<Vec<_>>()[..] {
            ["eid-only" | "fallback", "File", id] => lease(id),
            // The disk failed while it was put there: the old one or the new one, and never a mixture.
            ["eid-only" | "fallback", _, id] => lease(id) || self == before,
            ["out"] => *self == Self::Nothing,
            _ if has == NOT_ERASED => self == before || !matches!(self, Self::Lease(_)),
            _ => self == before,
        }
    }
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
    let restored = relais.handle.state().session.open().is_some();
    say(if restored { STARTED_WITH } else { "started" });
    let pin = readers.with_card(READER, |card| card.pin().to_owned()).unwrap();
    let verifies = || readers.with_card(READER, |card| card.counters().verifies).unwrap();
    assert_eq!(verifies(), 0, "a PIN nobody typed");

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
pub struct Crash {
    pub practice: Practice,
}

/// What came of one life.
#[derive(Default)]
pub struct Life {
    /// What was acknowledged, in order.
    pub has: Vec<String>,
    /// Deeds to the folder, where it lived to its end.
    pub deeds: Option<u32>,
    /// What lay on the disk after each word, as far as it came to look.
    lay: Vec<OnDisk>,
}

impl Life {
    /// One of which nothing but its words is known.
    pub fn that_said(has: Vec<String>) -> Self {
        Self { has, ..Self::default() }
    }

    /// What was said is what lay there, word by word.
    fn kept_its_word(&self, what: &str) {
        let mut before = &OnDisk::Nothing;
        for (has, lay) in self.has.iter().zip(&self.lay) {
            assert!(lay.suits(has, before), "{what}: {lay:?} after {has:?} and {before:?}: {:?}", self.has);
            before = lay;
        }
    }

    pub fn last(&self) -> &str {
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
    pub async fn new() -> Self {
        Self { practice: Practice::new().await }
    }

    /// An empty data folder, of nobody yet.
    pub fn fresh_folder(&mut self) {
        let folder =
            tempfile::Builder::new().prefix("life-").tempdir_in(self.practice.folder.path()).unwrap();
        self.practice.data = folder.keep();
    }

    /// One life in a fresh folder.
    fn life(&mut self, deed: Deed, at: u32) -> Life {
        self.fresh_folder();
        self.goes_on(deed, at)
    }

    /// A whole life in a fresh folder, and the log of what it did there.
    pub fn logged(&mut self) -> (Life, PathBuf) {
        self.fresh_folder();
        let log = self.practice.data.with_extension("log");
        let life = self.lived(self.process().with("RELAIS_SHIM_LOG", &log), Deed::Kill, 0);
        (life, log)
    }

    /// One life on what the lives before it left.
    fn goes_on(&self, deed: Deed, at: u32) -> Life {
        self.lived(self.process(), deed, at)
    }

    fn process(&self) -> Broken<'static> {
        Broken::test("killed::process_whose_disk_breaks")
            .with(WORLD, self.practice.world())
            .with(PROFILE, self.practice.house.profile_path())
            .with(DATA, &self.practice.data)
    }

    fn lived(&self, process: Broken<'_>, deed: Deed, at: u32) -> Life {
        let count = self.practice.data.with_extension("count");
        let copies = tempfile::tempdir().unwrap();
        let process = process.with(COPIES, copies.path()).with("RELAIS_SHIM_COUNT", &count);
        let ran = process.at(&self.practice.data, deed, at).run();
        let out = String::from_utf8_lossy(&ran.stdout);
        let has = out.lines().filter_map(|line| line.strip_prefix("HAS ")).map(str::to_owned).collect();
        let text = format!("{deed:?} at {at}: {out}{}", String::from_utf8_lossy(&ran.stderr));
        assert!(!text.contains("panicked"), "{text}");
        if deed == Deed::Fail {
            assert!(ran.status.success(), "{text}");
        }
        let deeds = std::fs::read_to_string(&count).ok().and_then(|text| text.parse().ok());
        let copies = (0..).map(|n: u32| copies.path().join(n.to_string())).take_while(|copy| copy.exists());
        Life { has, deeds, lay: copies.map(|copy| OnDisk::read(&copy)).collect() }
    }

    /// The next start, and what must be true of it whatever happened.
    pub async fn after(&self, life: &Life, what: &str) {
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
        let ended =
            life.last() == "out" && found.is_some_and(|id| life.has.iter().any(|it| it.ends_with(id)));
        assert!(!ended, "{what}: {found:?} is back after {:?}", life.has);
        // Of one that was told not to be erased the file may be left, without its key: told as that again.
        let broken = [
            Code::DATABASE_CORRUPT,
            Code::JOURNAL_BROKEN,
            Code::LEASE_UNREADABLE,
            Code::LEASE_FOREIGN,
            Code::SESSION_ELSEWHERE,
        ];
        let warned = state.warnings.iter().find(|it| broken.contains(&it.code));
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
        assert_eq!(whole.lay.len(), whole.has.len(), "it looked each time");
        whole.kept_its_word("undisturbed");
        let deeds = whole.deeds.expect("it lived to its end");
        assert!(deeds > 20, "only {deeds} deeds: the shim sees nothing");
        self.after(&whole, "undisturbed").await;
        for at in Self::some(deeds) {
            let life = self.life(deed, at);
            life.kept_its_word(&format!("{deed:?} at {at} of {deeds}"));
            self.after(&life, &format!("{deed:?} at {at} of {deeds}")).await;
        }
    }
}

/// Lives on one folder, each killed at a deed of its own.
const CHAIN: usize = 20;

/// What all the lives on one folder have promised together.
#[derive(Default)]
struct Promised {
    opened: usize,
    ended: usize,
    fallbacks: usize,
    /// The session that the next start must find; what a life was about to put in its place may be there instead.
    session: bool,
}

impl Promised {
    fn by(&mut self, life: &Life, what: &str) {
        let Some(started) = life.has.first() else { return };
        assert!(started.starts_with("started"), "{what}: the lock of the dead: {:?}", life.has);
        assert!(!self.session || started == STARTED_WITH, "{what}: a session is lost: {:?}", life.has);
        let opened = |it: &&String| it.starts_with("eid-only ") || it.starts_with("fallback ");
        let fallbacks = life.has.iter().filter(|it| it.starts_with("fallback ")).count();
        self.opened += life.has.iter().filter(opened).count();
        self.fallbacks += fallbacks;
        self.ended += life.has.windows(2).filter(|two| two[1] == "out" && opened(&&two[0])).count();
        self.session = match (life.has.len(), life.promised()) {
            (1, _) => self.session,
            (2, promised) => promised.is_some(),
            // By then its end may have begun.
            _ => false,
        };
    }
}

/// One chain: kill, start again and go on, kill again.
async fn chain(crash: &mut Crash, seed: u64) {
    let deeds = crash.life(Deed::Kill, 0).deeds.expect("it lived to its end");
    crash.fresh_folder();
    let mut promised = Promised::default();
    for (n, at) in drawn_from(seed, proptest::collection::vec(1..=deeds, CHAIN)).into_iter().enumerate() {
        let what = format!("seed {seed}, life {n}, killed at {at} of {deeds}");
        promised.by(&crash.goes_on(Deed::Kill, at), &what);
    }
    crash.after(&Life::default(), &format!("after chain {seed}")).await;
    let journal = crash.practice.journal();
    let count = |event: &str| journal.iter().filter(|it| *it == event).count();
    assert!(promised.opened > 2 && promised.ended > 0, "nothing was promised in chain {seed}");
    assert!(count("signed-in") + count("renewed") >= promised.opened, "chain {seed}: {journal:?}");
    assert!(count("signed-out") >= promised.ended, "chain {seed}: {journal:?}");
    assert!(promised.fallbacks == 0 || !crash.ledger().is_empty(), "chain {seed}");
    std::fs::remove_dir_all(&crash.practice.data).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_on_one_folder_nothing_acknowledged_is_lost_and_the_next_start_goes_on() {
    let mut crash = Crash::new().await;
    let first = number("RELAIS_SEED").unwrap_or(7);
    // A whole soak kills ten thousand times.
    let chains = number("RELAIS_SOAK").filter(|percent| *percent > 1).map_or(1, |percent| 5 * percent);
    for seed in first..first + chains {
        chain(&mut crash, seed).await;
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
