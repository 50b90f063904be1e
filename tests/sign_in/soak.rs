//! Days of a practice in turned time, with bad luck of every kind (goal P13, fault F28): steps are drawn from a seed, the
//! promises of the design are checked after each, and a run that breaks one is made as short as it can be.
//!
//! A test run lives one life of 72 hours; `cargo xtask soak` a hundred, each drawn anew.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use relais_core::journal::Entry;
use relais_core::lease::LeaseId;
use relais_core::session::exception::{Reason, Why};
use relais_sandbox::clock::Turn;
use relais_sandbox::eid::VirtualEid;
use relais_sandbox::platform::faults::{Fault, Plan, Step as At};

use super::*;

/// How long a life is.
const LIFE: SignedDuration = SignedDuration::from_hours(72);
/// Messages that one PIN or password may cost: the first, and the answer to a challenge.
const STEPS: u64 = 2;
/// Looks at the service that one deed may cost, those of the watch of the services among them. Nothing retries without a
/// pause, and a deed lets no pause pass twice.
const LOOKS: u64 = 8;
/// Fewer looks at what a process takes do not show whether it grows.
const FEWEST: usize = 9;
/// Runs that may be spent on making a finding short.
const TRIES: usize = 40;

/// One thing that happens.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    /// Time passes for everybody.
    Minutes(i64),
    /// The computer sleeps.
    Sleep { hours: i64 },
    /// Somebody turns the clock of the PC.
    Clock { minutes: i64 },
    /// The platform has a bad day, from now on.
    Fault(usize),
    /// It has a good one again.
    AllWell,
    /// Somebody signs in, or renews, with the card and this PIN.
    Card { right: bool, renew: bool },
    /// Somebody works without the card.
    WithoutCard { right: bool },
    /// Somebody begins and gives up.
    GivesUp,
    /// The session is ended.
    SignOut,
    /// The card is pulled, or put back.
    Hand { there: bool },
    /// The desktop is locked.
    Lock,
    /// Relais is stopped and started; perhaps the PC, too.
    Restart { pc: bool },
    /// The database is damaged while Relais does not run.
    Damage(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (1i64..90).prop_map(Deed::Minutes),
        1 => (1i64..9).prop_map(|hours| Deed::Sleep { hours }),
        1 => (-600i64..600).prop_map(|minutes| Deed::Clock { minutes }),
        3 => (0..faults().len()).prop_map(Deed::Fault),
        3 => Just(Deed::AllWell),
        6 => (prop::bool::weighted(0.9), any::<bool>()).prop_map(|(right, renew)| Deed::Card { right, renew }),
        2 => prop::bool::weighted(0.8).prop_map(|right| Deed::WithoutCard { right }),
        1 => Just(Deed::GivesUp),
        1 => Just(Deed::SignOut),
        2 => any::<bool>().prop_map(|there| Deed::Hand { there }),
        1 => Just(Deed::Lock),
        2 => any::<bool>().prop_map(|pc| Deed::Restart { pc }),
        1 => (0usize..3).prop_map(Deed::Damage),
    ]
}

/// Faults that are over at once: what lasts as long as its deadline has tests of its own.
fn faults() -> Vec<Fault> {
    let soap = |code: &str| Fault::Soap { code: code.into() };
    vec![
        Fault::RefuseConnections,
        Fault::TlsReset,
        Fault::TlsExpired,
        Fault::TlsWrongName,
        Fault::Status { status: 500, retry_after: None },
        Fault::Status { status: 503, retry_after: Some(600) },
        soap("wst:RequestFailed"),
        soap("wst:FailedAuthentication"),
        soap("SOA-02002"),
        soap("NEW-4711"),
        Fault::EndlessBody,
        Fault::GzipBomb,
        Fault::ChunkedGarbage,
        Fault::Truncated,
        Fault::NotUtf8,
        Fault::Html,
        Fault::OtherPerson,
        Fault::WrongSigner,
        Fault::Tampered,
        Fault::Replay,
    ]
}

/// A promise that was broken, and when.
struct Broken {
    step: usize,
    what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after step {}: {}", self.step, self.what)
    }
}

/// What must not grow.
#[derive(Debug, Clone, Copy)]
struct Size {
    memory_kb: u64,
    descriptors: u64,
    threads: u64,
    log_bytes: u64,
}

/// A life: the practice, the Relais of the moment, and what was promised so far.
struct Life {
    practice: Practice,
    relais: Option<Running>,
    away: Option<VirtualEid>,
    /// The session that must not be lost, its end, and that it lies on the disk.
    held: Option<(LeaseId, Timestamp)>,
    /// PINs that somebody typed and confirmed.
    typed: u32,
    /// VERIFY commands of cards that were since changed for fresh ones.
    spent: u32,
    /// When somebody began to work without the card, by the clock of the platform, as they would say it themselves:
    /// whatever Relais remembers of it.
    began: Option<Timestamp>,
    /// Use without the card by the clock that nobody can turn, since then.
    without: SignedDuration,
    seen: SignedDuration,
    sizes: Vec<Size>,
    /// Promises of one deed that are known only at its end.
    broken: Option<String>,
}

type Checked = Result<(), String>;

fn unless(kept: bool, broken: impl FnOnce() -> String) -> Checked {
    if kept { Ok(()) } else { Err(broken()) }
}

impl Life {
    async fn begin(world: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = House::open(world).await.unwrap();
        let data = folder.path().join("data");
        let practice = Practice { folder, house, data };
        let seen = practice.boot();
        let mut life = Self {
            practice,
            relais: None,
            away: None,
            held: None,
            typed: 0,
            spent: 0,
            began: None,
            without: SignedDuration::ZERO,
            seen,
            sizes: vec![],
            broken: None,
        };
        life.fresh_card();
        life.start().await;
        life
    }

    fn relais(&self) -> &Running {
        self.relais.as_ref().expect("it runs between two deeds")
    }

    async fn start(&mut self) {
        let relais = start(self.practice.parts(KeyStoreChoice::File)).await;
        self.relais = Some(relais.unwrap_or_else(|problem| panic!("no start: {problem}")));
    }

    async fn stop(&mut self) {
        if let Some(relais) = self.relais.take() {
            relais.stop().await;
        }
    }

    /// A card with all its tries, so that a life does not end with a blocked one.
    fn fresh_card(&mut self) {
        let reader = self.practice.readers();
        let used = reader.with_card(READER, |card| {
            let used = card.counters().verifies;
            card.clear_counters();
            card.set_tries_left(3);
            used
        });
        self.spent += used.unwrap_or(0);
    }

    fn verifies(&self) -> u32 {
        let now = self.practice.readers().with_card(READER, |card| card.counters().verifies);
        let away = self.away.as_ref().map(|card| card.counters().verifies);
        self.spent + now.or(away).unwrap_or(0)
    }

    async fn one(&mut self, deed: &Deed) -> Checked {
        let (asked, typed) = (self.practice.house.served().asked(), self.typed);
        self.done(deed).await;
        self.calm().await;
        let asked = self.practice.house.served().asked().since(asked);
        let signs = u64::from(self.typed - typed) + u64::from(matches!(deed, Deed::WithoutCard { .. }));
        unless(asked.messages <= signs * STEPS, || {
            format!("{} messages for {signs} secrets", asked.messages)
        })?;
        unless(asked.probes <= LOOKS, || format!("{} looks at the service at once", asked.probes))?;
        self.promises()
    }

    async fn done(&mut self, deed: &Deed) {
        match deed {
            Deed::Minutes(minutes) => self.passes(SignedDuration::from_mins(*minutes)).await,
            Deed::Sleep { hours } => self.passes(SignedDuration::from_hours(*hours)).await,
            Deed::Clock { minutes } => {
                self.practice.house.clock().turn(Turn::wall(SignedDuration::from_mins(*minutes)));
                self.calm().await;
                // Whoever turns the clock of the PC may end a session by it; how is not what this life is about.
                self.practice.house.clock().turn(Turn::wall(SignedDuration::from_mins(-*minutes)));
                self.calm().await;
            }
            Deed::Fault(which) => {
                let fault = faults().swap_remove(*which % faults().len());
                let plan = Plan { fault, step: At::Any, times: None };
                self.practice.house.served().faults().set(plan).await;
            }
            Deed::AllWell => self.practice.house.served().faults().clear().await,
            Deed::Card { right, renew } => self.with_the_card(*right, *renew).await,
            Deed::WithoutCard { right } => self.without_the_card(*right).await,
            Deed::GivesUp => {
                // Where no card is there it waits for one, and is given up all the same.
                let _ = self.relais().handle.sign_in(ask(Means::EidOnly)).await;
                self.calm().await;
                self.give_up().await;
            }
            Deed::SignOut => {
                self.relais().handle.tell(Event::SignOutAsked).await.unwrap();
                self.calm().await;
                self.held = None;
            }
            Deed::Hand { there: false } => {
                self.away = self.practice.readers().remove(READER).or(self.away.take())
            }
            Deed::Hand { there: true } => self.put_back(),
            Deed::Lock => self.relais().handle.tell(Event::DesktopLocked).await.unwrap(),
            Deed::Restart { pc } => {
                self.stop().await;
                let written = self.written();
                if *pc {
                    self.counted();
                    self.practice.house.clock().reboot();
                    self.seen = self.practice.boot();
                }
                self.start().await;
                let there = self.written();
                self.note(unless(there >= written, || format!("{there} of {written} entries are left")));
            }
            Deed::Damage(which) => {
                self.stop().await;
                damage(&self.practice.data.join("sandbox"), *which);
                self.start().await;
            }
        }
    }

    fn note(&mut self, checked: Checked) {
        self.broken = self.broken.take().or(checked.err());
    }

    /// Entries that lie on the disk.
    fn written(&self) -> u64 {
        let reader = Reader::open(&self.practice.data.join("sandbox")).unwrap().unwrap();
        match reader.verify().unwrap() {
            Verdict::Verified { entries, .. } => entries,
            Verdict::Broken { seq, why } => panic!("the journal is broken at {seq}: {why:?}"),
        }
    }

    /// Sign-ins that failed, as the journal has them.
    fn failures(&self) -> usize {
        let reader = Reader::open(&self.practice.data.join("sandbox")).unwrap().unwrap();
        let entries = reader.show(&Filter::default(), 10_000).unwrap();
        let tried = ["sign-in-failed", "extension-failed"];
        let failed = |one: &&Entry| tried.contains(&one.event.as_str()) && one.code.is_some();
        entries.iter().filter_map(|one| one.entry.as_ref()).filter(failed).count()
    }

    /// What has failed since `before` is in the journal once, with its code.
    fn told_once(&mut self, before: usize) {
        // A password that opens nothing is asked again, and is a line of the journal all the same.
        let failed = match &self.relais().handle.state().errand {
            Errand::Failed { .. } => 1,
            Errand::Keystore(keyed) => usize::from(keyed.notice.is_some()),
            _ => 0,
        };
        let told = self.failures() - before;
        self.note(unless(told == failed, || format!("{failed} failures, {told} lines in the journal")));
    }

    fn put_back(&mut self) {
        if let Some(card) = self.away.take() {
            self.practice.readers().insert(READER, card);
        }
    }

    async fn passes(&mut self, span: SignedDuration) {
        self.practice.house.clock().turn(Turn::all(span));
        self.calm().await;
        // A look at the service, or an end, may follow from it; both are answered before anything else happens.
        self.calm().await;
        self.counted();
    }

    /// Counts what passed, where somebody works without the card.
    fn counted(&mut self) {
        let now = self.practice.boot();
        let alone = self.relais.as_ref().is_some_and(|relais| {
            let state = relais.handle.state();
            state
                .session
                .open()
                .is_some_and(|open| open.exception.is_some() && open.usable(relais.handle.now()))
        });
        if alone {
            self.without += now - self.seen;
        }
        self.seen = now;
    }

    async fn calm(&self) {
        let relais = self.relais();
        relais.handle.settle().await.unwrap();
        let calm = |state: &State| !matches!(&state.errand, Errand::Probing { .. } | Errand::Requesting(_));
        until(relais, calm).await;
    }

    async fn give_up(&self) {
        if self.relais().handle.state().errand.busy() {
            self.relais().handle.tell(Event::Cancelled).await.unwrap();
        }
        until(self.relais(), |state| !state.errand.busy()).await;
    }

    async fn with_the_card(&mut self, right: bool, renew: bool) {
        self.put_back();
        self.fresh_card();
        let failures = self.failures();
        let relais = self.relais();
        let renewal = relais.handle.state().ask_to_renew(None).ok().filter(|_| renew);
        let ask = renewal.unwrap_or_else(|| ask(Means::EidOnly));
        if relais.handle.sign_in(ask).await.is_err() {
            return self.give_up().await;
        }
        let pin = if right { self.practice.house.pin() } else { "9999".into() };
        // A renewal that becomes a new token asks once more, and says so.
        for _ in 0..2 {
            let asked =
                until(self.relais(), |state| matches!(state.errand, Errand::Pin(_)) || !state.errand.busy());
            let state = asked.await;
            if !matches!(&state.errand, Errand::Pin(asking) if asking.notice.is_none()) {
                break;
            }
            self.typed += 1;
            give_pin(self.relais(), &pin).await;
            until(self.relais(), |state| {
                !matches!(state.errand, Errand::Requesting(_) | Errand::Sealing { .. })
            })
            .await;
        }
        self.told_once(failures);
        self.give_up().await;
        self.holds();
    }

    async fn without_the_card(&mut self, right: bool) {
        let failures = self.failures();
        let why = Some(Why { reason: Reason::TechnicalProblem, note: Some("as a soak has it".into()) });
        let ask = Ask { why, ..Ask::by(Means::Fallback) };
        if self.relais().handle.sign_in(ask).await.is_err() {
            return self.give_up().await;
        }
        let asked = |state: &State| matches!(state.errand, Errand::Keystore(_)) || !state.errand.busy();
        until(self.relais(), asked).await;
        let password = if right { self.practice.house.password() } else { "wrong" };
        let password = Password::take(password.to_owned()).unwrap();
        if let Some(question) = self.relais().handle.question() {
            // A question that has gone meanwhile takes nothing.
            let _ = self.relais().handle.give_password(question, password, false).await;
        }
        self.calm().await;
        let over = |state: &State| {
            !state.errand.busy() || matches!(&state.errand, Errand::Keystore(it) if it.notice.is_some())
        };
        until(self.relais(), over).await;
        self.told_once(failures);
        self.give_up().await;
        self.began_without();
        self.counted();
        self.holds();
    }

    /// A session without the card that was just granted begins twelve hours, unless it falls into those that have begun.
    fn began_without(&mut self) {
        if self.relais().handle.state().made().is_none_or(|open| open.exception.is_none()) {
            return;
        }
        let now = self.practice.house.clock().read().trusted;
        let a_moment = SignedDuration::from_mins(2);
        let over = |began: Timestamp| now.duration_since(began) >= SignedDuration::from_hours(12) - a_moment;
        if self.began.is_none_or(over) {
            (self.began, self.without) = (Some(now), SignedDuration::ZERO);
        }
    }

    /// From now on the session that was just granted must not be lost. A sign-in that came to nothing replaces none.
    fn holds(&mut self) {
        let state = self.relais().handle.state();
        if let Some(open) = state.made().filter(|open| open.stored == Stored::File) {
            self.held = Some((open.lease.id.clone(), open.ends_at()));
        }
    }

    /// What must be true whatever happened.
    fn promises(&mut self) -> Checked {
        self.broken.take().map_or(Ok(()), Err)?;
        let relais = self.relais();
        let (state, now) = (relais.handle.state(), relais.handle.now());
        if let Some(open) = state.session.open() {
            unless(open.usable(now) || open.held(now), || {
                format!("it says signed in until {}, and it is {}", open.ends_at(), now.wall)
            })?;
        }
        if let Some((id, ends_at)) = &self.held {
            let there = state.session.open().is_some_and(|open| open.lease.id == *id);
            unless(there || now.wall >= *ends_at, || {
                format!("{} is lost, it ended at {ends_at} only, {:?}", id.0, state.session)
            })?;
        }
        unless(self.verifies() <= self.typed, || {
            format!("{} VERIFY for {} PINs", self.verifies(), self.typed)
        })?;
        let cap = SignedDuration::from_hours(12) + SignedDuration::from_secs(60);
        unless(self.without <= cap, || format!("{:#} without the card", self.without))?;
        if self.held.as_ref().is_some_and(|(_, ends_at)| now.wall >= *ends_at) {
            self.held = None;
        }
        Ok(())
    }

    fn size(&self) -> Size {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse::<u64>().unwrap()
        };
        let log = self.practice.data.join("sandbox/relais.db-wal");
        Size {
            memory_kb: field("VmRSS:"),
            threads: field("Threads:"),
            descriptors: std::fs::read_dir("/proc/self/fd").unwrap().count() as u64,
            log_bytes: std::fs::metadata(log).map_or(0, |it| it.len()),
        }
    }

    /// The end: everything is still whole, and the next sign-in works without a restart.
    async fn end(mut self) -> Checked {
        self.practice.house.served().faults().clear().await;
        self.with_the_card(true, false).await;
        let state = self.relais().handle.state();
        unless(state.session.open().is_some(), || {
            format!("after all is well nobody can sign in: {:?}", state.errand)
        })?;
        self.stop().await;
        let reader = Reader::open(&self.practice.data.join("sandbox")).unwrap().unwrap();
        let verdict = reader.verify().unwrap();
        unless(matches!(verdict, Verdict::Verified { .. }), || format!("the journal: {verdict:?}"))?;
        // What is left of a life that is made short says nothing about growing.
        if self.sizes.len() < FEWEST { Ok(()) } else { flat(&self.sizes, 48) }
    }
}

impl Practice {
    fn boot(&self) -> SignedDuration {
        SignedDuration::from_millis(self.house.clock().read().boot_ms)
    }
}

/// Damage that a start has to live with; the journal begins anew and is linked to the old one.
fn damage(folder: &Path, which: usize) {
    let path = folder.join("relais.db");
    let mut bytes = std::fs::read(&path).unwrap_or_default();
    match which {
        0 => bytes.iter_mut().take(100).for_each(|byte| *byte = b'x'),
        1 => bytes.truncate(5_000),
        _ => bytes.clear(),
    }
    std::fs::write(path, bytes).unwrap();
}

/// Neither memory nor descriptors, threads or the log of the database grow: the last third against the second. `few` is
/// what comes and goes by itself, such as threads that wait ten seconds for more work.
fn flat(sizes: &[Size], few: u64) -> Checked {
    assert!(sizes.len() >= FEWEST, "{} looks", sizes.len());
    let third = sizes.len() / 3;
    let mean = |part: &[Size], of: fn(&Size) -> u64| part.iter().map(of).sum::<u64>() / part.len() as u64;
    let (middle, last) = (&sizes[third..2 * third], &sizes[2 * third..]);
    let grown = |of: fn(&Size) -> u64| mean(last, of).saturating_sub(mean(middle, of));
    let (memory, descriptors, threads) =
        (grown(|it| it.memory_kb), grown(|it| it.descriptors), grown(|it| it.threads));
    unless(memory < 24 * 1024, || format!("memory grew by {memory} KB"))?;
    unless(descriptors < few, || format!("descriptors grew by {descriptors}"))?;
    unless(threads < few, || format!("threads grew by {threads}"))?;
    let log = sizes.iter().map(|it| it.log_bytes).max().unwrap_or(0);
    unless(log < 8 * 1024 * 1024, || format!("the log of the database has {log} bytes"))
}

/// Lives through these deeds in a fresh practice; how much of the PC it took at its end.
async fn lived(world: &Path, deeds: &[Deed]) -> Result<Size, Broken> {
    let mut life = Life::begin(world).await;
    for (step, deed) in deeds.iter().enumerate() {
        life.one(deed).await.map_err(|what| Broken { step, what: format!("{what} ({deed:?})") })?;
        let size = life.size();
        life.sizes.push(size);
    }
    let end = life.size();
    life.end().await.map_err(|what| Broken { step: deeds.len(), what })?;
    Ok(end)
}

/// Leaves out what is not needed to break a promise.
async fn shortest(world: &Path, mut deeds: Vec<Deed>) -> Vec<Deed> {
    let (mut tries, mut piece) = (0, deeds.len() / 2);
    while piece > 0 && tries < TRIES {
        let mut at = 0;
        while at < deeds.len() && tries < TRIES {
            let without: Vec<_> = [&deeds[..at], &deeds[(at + piece).min(deeds.len())..]].concat();
            tries += 1;
            if lived(world, &without).await.is_err() {
                deeds = without;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    deeds
}

impl Deed {
    fn lasts(&self) -> SignedDuration {
        match self {
            Self::Minutes(minutes) => SignedDuration::from_mins(*minutes),
            Self::Sleep { hours } => SignedDuration::from_hours(*hours),
            _ => SignedDuration::ZERO,
        }
    }
}

/// What happens in one life.
fn drawn(seed: u64) -> Vec<Deed> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut deeds, mut passed) = (vec![], SignedDuration::ZERO);
    while passed < LIFE {
        let deed = deed().new_tree(&mut runner).unwrap().current();
        passed += deed.lasts();
        deeds.push(deed);
    }
    deeds
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_bad_luck_break_no_promise_and_leave_nothing_behind() {
    let first = number("RELAIS_SEED").unwrap_or(20_260_302);
    let world = tempfile::tempdir().unwrap();
    let mut ends = vec![];
    for seed in first..first + number("RELAIS_SOAK").unwrap_or(1) {
        let mut deeds = drawn(seed);
        assert!(deeds.len() >= FEWEST, "a life of {} deeds", deeds.len());
        let broken = match lived(world.path(), &deeds).await {
            Ok(end) => {
                ends.push(end);
                continue;
            }
            Err(broken) => broken,
        };
        deeds.truncate(broken.step + 1);
        let short = shortest(world.path(), deeds).await;
        panic!("again with --percent 1 --seed {seed}: {broken}\nthe shortest way there: {short:#?}");
    }
    // One life has looked at itself.
    if ends.len() >= FEWEST {
        flat(&ends, 16).unwrap_or_else(|grown| panic!("over {} lives {grown}", ends.len()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_between_two_uses_without_the_card_begins_no_second_twelve_hours() {
    let world = tempfile::tempdir().unwrap();
    for which in 0..3 {
        // The card says who is meant.
        let begins =
            [Deed::Card { right: true, renew: false }, Deed::SignOut, Deed::WithoutCard { right: true }];
        let hours = |count| (0..count).map(|_| Deed::Minutes(60));
        let mut deeds = begins.to_vec();
        deeds.extend(hours(6));
        deeds.extend([Deed::SignOut, Deed::Damage(which)]);
        deeds.extend(begins);
        deeds.extend(hours(7));
        lived(world.path(), &deeds)
            .await
            .map(drop)
            .unwrap_or_else(|broken| panic!("damage {which}: {broken}"));
    }
}
