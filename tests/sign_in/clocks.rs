//! Clocks that are wrong, moved, or of another day: in turned time, through the sandbox's real sign-in service
//! (docs/threat-model.md, T7, T8, F14, F15).

use std::path::Path;

use jiff::SignedDuration;
use relais_core::session::exception::{Reason, Why};
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::faults::Fault;
use rusqlite::OptionalExtension;

use super::*;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

impl Practice {
    fn turn(&self, turn: Turn) {
        self.house.clock().turn(turn);
    }

    /// The clock of the PC is set right.
    fn set_right(&self) {
        let read = self.house.clock().read();
        self.turn(Turn::wall(read.trusted.duration_since(read.wall)));
    }

    /// A Relais that knows of the doctor's keystore alone.
    pub async fn of_the_doctor(&self) -> Running {
        let world = relais_sandbox::World::open(&self.world(), self.house.clock().clone()).unwrap();
        let keystore = world.people().doctor().keystore.clone();
        let keystores = KeystorePlace::File(keystore);
        start(Parts { keystores, ..self.parts(KeyStoreChoice::File) }).await.unwrap()
    }

    /// Another data folder of the same practice.
    fn elsewhere(&mut self, name: &str) {
        self.data = self.folder.path().join(name);
    }
}

fn left(relais: &Running) -> Option<SignedDuration> {
    let state = relais.handle.state();
    let now = state.platform_moment(relais.handle.now());
    state.session.open().filter(|open| open.usable(now)).map(|open| open.left(now))
}

fn codes(relais: &Running) -> Vec<Code> {
    relais.handle.state().said(relais.handle.now()).into_iter().map(|problem| problem.code).collect()
}

fn about(left: Option<SignedDuration>, expected: SignedDuration) {
    let apart = (left.expect("a session") - expected).abs();
    assert!(apart < SignedDuration::from_secs(60), "{left:?} instead of {expected}");
}

/// What a clock that was turned means has been taken in.
async fn told(relais: &Running) {
    relais.handle.tell(Event::Tick).await.unwrap();
    relais.handle.settle().await.unwrap();
}

pub async fn without_card(relais: &Running, practice: &Practice) -> Settled {
    let why = Some(Why { reason: Reason::EidNotAtHand, note: Some("a test of clocks".into()) });
    relais.handle.sign_in(Ask { why, ..Ask::by(Means::Fallback) }).await.unwrap();
    let asked =
        until(relais, |state| matches!(state.errand, Errand::Keystore(_) | Errand::Failed { .. })).await;
    assert!(matches!(asked.errand, Errand::Keystore(_)), "{:?}", asked.errand);
    let password = Password::take(practice.house.password().to_owned()).unwrap();
    let question = relais.handle.question().expect("a question");
    relais.handle.give_password(question, password, false).await.unwrap();
    let settled = relais.handle.settled().await;
    relais.handle.settle().await.unwrap();
    settled
}

/// Where Relais is when a clock is disturbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Running,
    Restart,
    Reboot,
}

/// What is to become of a session without the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It can be used until its twelve hours are over.
    Goes,
    /// It is kept and not used until the sign-in service tells the time.
    Held,
    /// The same until the clock of the PC is set right: nobody measures one that is off by more than a day.
    Shut,
    /// A clock says that it is over.
    Over,
    /// Nothing on this PC remembers the hour; the next signed time does.
    Found,
}

/// Who has the rights of this user can do this to the mark of trusted time (threat T8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Removed,
    /// The one of the beginning is put back.
    Old,
    /// The one of another PC, which is a day further, takes its place.
    OfAnotherPc,
}

/// Where the mark stands.
fn database(data: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(data.join("sandbox").join(relais_store::DATABASE)).unwrap()
}

fn mark_in(data: &Path) -> Option<String> {
    database(data)
        .query_row("SELECT value FROM meta WHERE key = 'trusted-time'", [], |row| row.get(0))
        .optional()
        .unwrap()
}

impl Mark {
    async fn tamper(self, practice: &mut Practice, old: &Path) {
        let text = match self {
            Self::Removed => None,
            Self::Old => mark_in(old),
            Self::OfAnotherPc => of_another_pc(practice).await,
        };
        let database = database(&practice.data);
        let changed = match text {
            None => database.execute("DELETE FROM meta WHERE key = 'trusted-time'", []),
            Some(text) => database.execute("UPDATE meta SET value = ?1 WHERE key = 'trusted-time'", [text]),
        };
        assert_eq!(changed.unwrap(), 1, "there was a mark");
    }
}

async fn of_another_pc(practice: &mut Practice) -> Option<String> {
    let here = practice.data.clone();
    practice.elsewhere("another PC");
    let day = hours(24);
    practice.turn(Turn::trusted(day));
    let relais = practice.of_the_doctor().await;
    // Who asks waits for a glance only; a slow machine is asked again.
    let told = async {
        while mark_in(&practice.data).is_none() {
            relais.without_card().facts(None).await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(60), told).await.expect("a mark of the other PC");
    relais.stop().await;
    practice.turn(Turn::trusted(-day));
    let mark = mark_in(&practice.data);
    practice.data = here;
    mark
}

/// What happens to the clocks one hour after a session without the card was opened.
struct Disturbance {
    name: &'static str,
    turn: Turn,
    /// The data folder of the beginning is put back while Relais is not running.
    old_folder: bool,
    /// What becomes of the mark of trusted time in the database.
    mark: Option<Mark>,
    /// The sign-in service tells a time of its own, once.
    wrong_date: Option<SignedDuration>,
    fates: [Fate; 3],
}

impl Disturbance {
    fn of(name: &'static str, turn: Turn, fates: [Fate; 3]) -> Self {
        Self { name, turn, old_folder: false, mark: None, wrong_date: None, fates }
    }

    fn fate(&self, phase: Phase) -> Fate {
        self.fates[phase as usize]
    }
}

/// Everything is in UTC, so that a change to or from summer time is no step at all; a PC whose zone is set wrong and whose
/// clock is then "corrected" steps by the hour.
fn disturbances() -> Vec<Disturbance> {
    use Fate::{Found, Goes, Held, Over, Shut};
    let step = |seconds: i64| Turn::wall(SignedDuration::from_secs(seconds));
    let day = 86_400;
    vec![
        Disturbance::of("a second back", step(-1), [Goes, Goes, Goes]),
        Disturbance::of("a minute back", step(-60), [Goes, Goes, Goes]),
        Disturbance::of("five minutes back", step(-300), [Goes, Goes, Held]),
        Disturbance::of("five minutes ahead", step(300), [Goes, Goes, Goes]),
        Disturbance::of("an hour back", step(-3_600), [Goes, Goes, Held]),
        Disturbance::of("an hour ahead", step(3_600), [Goes, Goes, Goes]),
        Disturbance::of("thirteen hours back", step(-13 * 3_600), [Goes, Goes, Held]),
        Disturbance::of("thirteen hours ahead", step(13 * 3_600), [Over, Over, Over]),
        Disturbance::of("a year back", step(-366 * day), [Goes, Goes, Shut]),
        Disturbance::of("a year ahead", step(366 * day), [Over, Over, Over]),
        Disturbance::of("asleep for a minute", Turn::all(SignedDuration::from_secs(60)), [Goes, Goes, Goes]),
        Disturbance::of("asleep for six hours", Turn::all(hours(6)), [Goes, Goes, Goes]),
        Disturbance::of("asleep for three days", Turn::all(hours(72)), [Over, Over, Over]),
        Disturbance {
            old_folder: true,
            ..Disturbance::of("an old data folder", Turn::default(), [Goes, Goes, Goes])
        },
        Disturbance {
            old_folder: true,
            ..Disturbance::of("an old data folder, and an hour back", step(-3_600), [Goes, Goes, Found])
        },
        Disturbance {
            wrong_date: Some(hours(20)),
            ..Disturbance::of("one wrong date, ahead", Turn::default(), [Goes, Goes, Goes])
        },
        Disturbance {
            wrong_date: Some(hours(-20)),
            ..Disturbance::of("one wrong date, behind", Turn::default(), [Goes, Goes, Goes])
        },
    ]
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, to) = (entry.as_ref().unwrap(), to.join(entry.as_ref().unwrap().file_name()));
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => copy(&entry.path(), &to),
            // What SQLite had beside its database goes when the last who has it open closes it.
            kind if kind.is_file() => match std::fs::copy(entry.path(), to) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                copied => drop(copied.unwrap()),
            },
            _ => {}
        }
    }
}

/// How long a starting PC takes, at least.
const REBOOT: SignedDuration = SignedDuration::from_secs(90);

/// Does it; gives the Relais that runs afterwards, and how much real time has passed by it.
async fn disturb(
    practice: &mut Practice,
    relais: Running,
    what: &Disturbance,
    phase: Phase,
    old: &Path,
) -> (Running, SignedDuration) {
    let mut real = SignedDuration::from_millis(what.turn.trusted_ms);
    let relais = if phase == Phase::Running {
        practice.turn(what.turn);
        relais
    } else {
        relais.stop().await;
        if what.old_folder {
            std::fs::remove_dir_all(&practice.data).unwrap();
            copy(old, &practice.data);
        }
        if let Some(mark) = what.mark {
            mark.tamper(practice, old).await;
        }
        if phase == Phase::Reboot {
            practice.turn(Turn::all(REBOOT));
            practice.house.clock().reboot();
            real += REBOOT;
        }
        practice.turn(what.turn);
        practice.of_the_doctor().await
    };
    told(&relais).await;
    if let Some(by) = what.wrong_date {
        practice.turn(Turn::trusted(by));
        relais.without_card().facts(None).await.unwrap();
        practice.turn(Turn::trusted(-by));
        told(&relais).await;
    }
    (relais, real)
}

/// One hour, the disturbance, and then real time until twelve hours and a minute are used: by then it is over whatever
/// the clocks said, and once they are right again the next session can be opened.
async fn endured(practice: &mut Practice, what: &Disturbance, phase: Phase) {
    let case = format!("{}, {phase:?}", what.name);
    practice.elsewhere(&case);
    let relais = practice.of_the_doctor().await;
    assert!(matches!(without_card(&relais, practice).await, Settled::Open(_)), "{case}");
    relais.stop().await;
    let old = practice.folder.path().join(format!("{case}, old"));
    copy(&practice.data, &old);
    let relais = practice.of_the_doctor().await;
    practice.turn(Turn::all(HOUR));
    told(&relais).await;

    let (relais, real) = disturb(practice, relais, what, phase, &old).await;
    match what.fate(phase) {
        Fate::Goes => assert!(left(&relais).is_some(), "{case}: {:?}", relais.handle.state().session),
        Fate::Over => assert_eq!(left(&relais), None, "{case}"),
        fate @ (Fate::Held | Fate::Shut) => {
            assert_eq!(left(&relais), None, "{case}");
            assert!(codes(&relais).contains(&Code::EXCEPTION_HELD), "{case}: {:?}", codes(&relais));
            relais.without_card().facts(None).await.unwrap();
            told(&relais).await;
            if fate == Fate::Shut {
                assert_eq!(left(&relais), None, "{case}");
                practice.set_right();
                told(&relais).await;
            }
        }
        Fate::Found => drop(without_card(&relais, practice).await),
    }
    if what.fate(phase) != Fate::Over {
        let left = left(&relais).unwrap_or_else(|| panic!("{case}: {:?}", relais.handle.state().session));
        let longest = hours(11) - real + SignedDuration::from_secs(60);
        assert!(left <= longest, "{case}: {left} are left of {longest}");
    }
    practice.turn(Turn::all((hours(11) - real).max(SignedDuration::ZERO) + SignedDuration::from_secs(61)));
    told(&relais).await;
    assert_eq!(left(&relais), None, "{case}: it lasts longer than twelve hours and a minute");

    practice.set_right();
    told(&relais).await;
    assert!(
        matches!(without_card(&relais, practice).await, Settled::Open(_)),
        "{case}: nobody is locked out"
    );
    assert!(left(&relais).is_some(), "{case}: {:?} {:?}", codes(&relais), relais.handle.state().session);
    relais.stop().await;
}

async fn all_endured(phase: Phase) {
    let mut practice = Practice::new().await;
    for what in disturbances() {
        endured(&mut practice, &what, phase).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_disturbance_of_clocks_while_it_runs_stretches_work_without_the_card_or_locks_anybody_out() {
    all_endured(Phase::Running).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_disturbance_of_clocks_over_a_restart_stretches_work_without_the_card_or_locks_anybody_out() {
    all_endured(Phase::Restart).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_disturbance_of_clocks_over_a_reboot_stretches_work_without_the_card_or_locks_anybody_out() {
    all_endured(Phase::Reboot).await;
}

/// The mark changed while Relais does not run, alone and with the clock of the PC set back; and one host that is eight
/// years ahead.
fn marks() -> Vec<Disturbance> {
    use Fate::{Goes, Held};
    let back = Turn::wall(hours(-13));
    let none = Turn::default();
    let of = |name, mark, turn, fates| Disturbance { mark: Some(mark), ..Disturbance::of(name, turn, fates) };
    vec![
        of("no mark", Mark::Removed, none, [Goes, Goes, Goes]),
        of("no mark, 13 hours back", Mark::Removed, back, [Goes, Goes, Held]),
        of("an old mark", Mark::Old, none, [Goes, Goes, Goes]),
        of("an old mark, 13 hours back", Mark::Old, back, [Goes, Goes, Held]),
        of("the mark of another PC", Mark::OfAnotherPc, none, [Goes, Goes, Goes]),
        of("the mark of another PC, 13 hours back", Mark::OfAnotherPc, back, [Goes, Goes, Held]),
        Disturbance {
            wrong_date: Some(hours(8 * 366 * 24)),
            ..Disturbance::of("one host years ahead", none, [Goes, Goes, Goes])
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_removed_old_of_another_pc_or_told_years_ahead_stretches_nothing_and_locks_nobody_out() {
    let mut practice = Practice::new().await;
    for phase in [Phase::Restart, Phase::Reboot] {
        for what in marks() {
            endured(&mut practice, &what, phase).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_pc_that_is_hours_off_a_lease_lasts_as_the_platform_says_and_a_restart_knows_it_still() {
    let mut practice = Practice::new().await;
    for off in [-13, 13] {
        practice.elsewhere(&format!("off by {off}"));
        practice.turn(Turn::wall(hours(off)));
        let relais = practice.relais().await;
        assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)), "{off}");
        about(left(&relais), hours(24));
        assert_eq!(codes(&relais), [Code::CLOCK_DIFFERS]);
        relais.stop().await;

        let relais = practice.relais().await;
        about(left(&relais), hours(24));
        assert_eq!(codes(&relais), [Code::CLOCK_DIFFERS]);
        practice.set_right();
        told(&relais).await;
        about(left(&relais), hours(24));
        assert_eq!(codes(&relais), []);
        practice.turn(Turn::all(hours(24)));
        until(&relais, |state| state.session.open().is_none()).await;
        relais.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_wrong_by_a_year_is_named_before_any_pin_and_nothing_is_lost() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    for days in [-366, 366] {
        practice.turn(Turn::wall(hours(24 * days)));
        told(&relais).await;
        relais.handle.sign_in(ask(Means::EidOnly)).await.unwrap();
        assert_eq!(failed(relais.handle.settled().await).code, Code::CLOCK_OFF, "{days}");
        assert_eq!(practice.verifies(), 1, "{days}");
        practice.set_right();
        told(&relais).await;
        about(left(&relais), hours(24));
    }
    relais.stop().await;
}

/// One answer that the sign-in service dates and signs twenty hours ahead: the mark goes along.
async fn mark_ahead(practice: &Practice, relais: &Running) {
    practice.turn(Turn::trusted(hours(20)));
    assert!(matches!(sign_in(relais, practice, Means::EidOnly).await, Settled::Open(_)));
    practice.turn(Turn::trusted(hours(-20)));
    told(relais).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_far_ahead_is_told_and_put_back_by_a_person_when_the_service_agrees() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    mark_ahead(&practice, &relais).await;
    relais.stop().await;
    let relais = practice.relais().await;
    // What the service says now is measured again.
    relais.without_card().facts(None).await.ok();
    told(&relais).await;
    assert_eq!(codes(&relais), [Code::TIME_AHEAD]);

    practice.house.served().faults().set(Fault::RefuseConnections).await;
    assert_eq!(relais.time_keeper().put_back().await.map_err(|p| p.code), Err(Code::STS_UNREACHABLE));
    assert_eq!(codes(&relais), [Code::TIME_AHEAD], "nothing agreed");
    practice.house.served().faults().clear().await;

    relais.time_keeper().put_back().await.unwrap();
    assert_eq!(codes(&relais), []);
    assert_eq!(relais.time_keeper().put_back().await.map_err(|p| p.code), Err(Code::TIME_NOT_AGREED));
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    assert!(matches!(without_card(&relais, &practice).await, Settled::Open(_)));
    about(left(&relais), hours(12));
    relais.stop().await;
    assert!(practice.journal().contains(&"noted-time-put-back".to_owned()));
    let relais = practice.relais().await;
    assert_eq!(codes(&relais), [], "it stays so");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_sleep_the_token_is_judged_at_once_and_renewal_is_asked_for_once() {
    for (asleep, open) in [(SignedDuration::from_mins(1), true), (hours(13), true), (hours(72), false)] {
        let practice = Practice::new().await;
        let day =
            relais_core::session::quiet::Stretch::new(jiff::civil::Time::midnight(), jiff::civil::Time::MAX);
        let mut parts = practice.parts(KeyStoreChoice::File);
        let week = || relais_core::session::quiet::Day { open: day, consultations: vec![] };
        parts.habits.hours.week = std::array::from_fn(|_| week());
        let relais = start(parts).await.unwrap();
        assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
        let before = practice.house.served().asked();
        practice.turn(Turn::all(asleep));
        told(&relais).await;
        assert_eq!(relais.handle.state().session.open().is_some(), open, "{asleep}");
        if asleep > hours(12) && open {
            let wanted = |state: &State| {
                matches!(state.renewal, relais_core::session::renewal::Renewal::Wanted { .. })
            };
            until(&relais, wanted).await;
        }
        for _ in 0..20 {
            told(&relais).await;
        }
        let state = relais.handle.state();
        let asked = practice.house.served().asked().since(before);
        assert_eq!((practice.verifies(), asked.messages), (1, 0), "{asleep}: nothing was signed by itself");
        let own = u64::from(asleep > hours(12) && open);
        // The watch of the services may look at the same address, too.
        assert!((own..=own + 1).contains(&asked.probes), "{asleep}: {} looks, a burst", asked.probes);
        assert!(matches!(state.errand, Errand::Idle), "{asleep}: {:?}", state.errand);
        let tried = state.session.open().map_or(0, |open| open.attempts.len());
        assert_eq!(tried, 0, "{asleep}: no burst");
        relais.stop().await;
    }
}
