use proptest::prelude::*;

use super::*;
use crate::lease::FALLBACK_CAP;
use crate::session::exception::{KeptUse, Used};

const HOUR: i64 = 3_600;
const YEAR: i64 = 365 * 24 * HOUR;
/// What the promise allows beyond the cap.
const GRACE: i64 = 60;

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn at(real: i64) -> Timestamp {
    Timestamp::from_second(1_772_434_800 + real).unwrap()
}

fn moment(wall: i64) -> Moment {
    Moment { wall: at(wall), boot: SignedDuration::ZERO }
}

fn host(name: &str, tells: i64) -> Told {
    Told { at: at(tells), by: Teller::Host(name.into()) }
}

fn signed(tells: i64) -> Told {
    Told { at: at(tells), by: Teller::Signature }
}

fn marked(trust: &Trust) -> Option<i64> {
    marked_at(trust, moment(0))
}

fn marked_at(trust: &Trust, now: Moment) -> Option<i64> {
    trust.mark(now).0.map(|mark| mark.duration_since(at(0)).as_secs())
}

/// What is left of the mark after somebody told a time.
fn heard(trust: &Trust, told: &Told, now: Moment) -> Trust {
    trust.clone().hear(told, now).0
}

#[test]
fn a_time_near_this_pc_counts_whoever_tells_it_and_never_puts_the_mark_back() {
    let trust = heard(&Trust::default(), &host("a", 600), moment(0));
    assert_eq!(marked(&trust), Some(600));
    let trust = heard(&heard(&trust, &host("a", 10), moment(10)), &signed(-5 * HOUR), moment(10));
    assert_eq!(marked(&trust), Some(600));
}

#[test]
fn a_jump_ahead_counts_with_a_signature_or_when_two_hosts_tell_of_it() {
    let wrong = heard(&Trust::default(), &host("a", 5 * YEAR), moment(0));
    assert_eq!(marked(&wrong), None);
    let again = heard(&wrong, &host("a", 5 * YEAR + 60), moment(60));
    assert_eq!(marked(&again), None, "the same host twice is one");
    let other = heard(&wrong, &host("b", HOUR), moment(60));
    assert_eq!(marked(&other), None, "another jump is none of the same");
    let second = heard(&wrong, &host("b", 5 * YEAR + 120), moment(60));
    assert_eq!(marked(&second), Some(5 * YEAR + 60), "the smaller of the two jumps");
    assert_eq!(marked(&heard(&wrong, &signed(13 * HOUR), moment(60))), Some(13 * HOUR));
}

#[test]
fn the_mark_goes_on_with_the_boot_clock_and_never_ahead_of_the_time() {
    let booted = |wall: i64, boot: i64| Moment { wall: at(wall), boot: seconds(boot) };
    let trust = heard(&Trust::default(), &signed(0), booted(0, 5_000));
    assert_eq!(
        marked_at(&trust, booted(-13 * HOUR, 5_000 + HOUR)),
        Some(HOUR),
        "though the clock was set back"
    );
    assert_eq!(marked_at(&trust, booted(0, 20)), Some(0), "a reboot");
    assert_eq!(
        marked_at(&trust, booted(0, 5_010)),
        Some(10),
        "a long time after one: at least this has passed"
    );
    let kept = trust.keep(booted(0, 5_000 + HOUR));
    assert_eq!(marked_at(&kept, booted(0, 20)), Some(HOUR), "what was kept is there after a reboot");
    assert_eq!(marked_at(&kept, booted(0, 5_000 + 2 * HOUR)), Some(2 * HOUR), "and nothing counts twice");
    let late = Moment { wall: at(0), boot: seconds(5_000) + SignedDuration::from_millis(1) };
    let trust = heard(&Trust::default(), &signed(0), late);
    assert_eq!(marked_at(&trust, booted(0, 5_001)), Some(0));
}

#[test]
fn a_jump_that_waits_survives_a_restart_and_being_written() {
    let before = heard(&Trust::default(), &host("a", -HOUR), moment(-HOUR));
    let waiting = heard(&before, &host("a", 13 * HOUR), moment(0));
    let text = serde_json::to_string(&waiting).unwrap();
    let read: Trust = serde_json::from_str(&text).unwrap();
    assert_eq!(read, waiting);
    assert_eq!(marked(&heard(&read, &host("b", 14 * HOUR), moment(HOUR))), Some(14 * HOUR));
    assert_eq!(serde_json::from_str::<Trust>("{}").unwrap(), Trust::default());
}

#[test]
fn only_a_check_that_agrees_puts_the_mark_back() {
    let ahead = heard(&Trust::default(), &signed(5 * YEAR), moment(0));
    let lowered = |check: &[Told], wall| ahead.lowered(check, moment(wall)).map(|trust| marked(&trust));
    assert_eq!(lowered(&[], HOUR), None, "no check at all");
    assert_eq!(lowered(&[host("a", HOUR)], HOUR), Some(Some(HOUR)), "a host and this PC");
    assert_eq!(lowered(&[host("a", HOUR)], -13 * HOUR), None, "one host alone");
    assert_eq!(lowered(&[host("a", HOUR), host("a", HOUR)], -13 * HOUR), None, "the same host twice");
    assert_eq!(lowered(&[host("a", HOUR), host("b", 9 * HOUR)], -13 * HOUR), None, "two that differ");
    let two = [host("a", HOUR), host("b", HOUR + 5)];
    assert_eq!(lowered(&two, -13 * HOUR), Some(Some(HOUR + 5)), "two that agree, the later of them");
    let signature = [signed(2 * HOUR), host("a", 3 * HOUR)];
    assert_eq!(lowered(&signature, 3 * HOUR), Some(Some(2 * HOUR)), "a signature before all");
    assert_eq!(lowered(&[signed(6 * YEAR)], 0), None, "it is not put ahead this way");
}

/// A PC on which somebody works without the card, as it really is and as its clocks show it.
struct World {
    real: i64,
    wall: i64,
    boot: i64,
    starts: u32,
    used: Used,
    kept: KeptUse,
    /// In which start of the PC it was kept.
    kept_in: u32,
    rebooted: bool,
    trust: Trust,
    worked: i64,
}

impl World {
    fn new() -> Self {
        let now = Moment { wall: at(0), boot: seconds(1_000) };
        let mut used = Used::begun(now);
        let kept = used.keep(now);
        let trust = heard(&Trust::default(), &signed(0), now);
        let (real, wall, boot, starts, kept_in) = (0, 0, 1_000, 0, 0);
        Self { real, wall, boot, starts, used, kept, kept_in, rebooted: false, trust, worked: 0 }
    }

    fn now(&self) -> Moment {
        Moment { wall: at(self.wall), boot: seconds(self.boot) }
    }

    fn pass(&mut self, seconds: i64) {
        (self.real, self.wall, self.boot) = (self.real + seconds, self.wall + seconds, self.boot + seconds);
    }

    fn held(&self) -> bool {
        self.used.held(self.now(), self.trust.mark(self.now()), self.rebooted)
    }

    fn usable(&self) -> bool {
        !self.held() && self.used.left(self.now(), self.trust.mark(self.now())) > SignedDuration::ZERO
    }

    /// The loop looks every 30 s. What was counted is kept before the first use after a start of the PC, and then every
    /// 60 s: not while the token is held.
    fn work(&mut self, seconds: i64) {
        for look in 1..=seconds / 30 {
            let usable = self.usable();
            if usable && (self.kept_in != self.starts || look % 2 == 0) {
                (self.kept, self.kept_in) = (self.used.keep(self.now()), self.starts);
                self.rebooted = false;
            }
            self.pass(30);
            self.worked += if usable { 30 } else { 0 };
        }
    }

    /// Relais ends without a word and starts again.
    fn restart(&mut self) {
        self.rebooted = self.kept_in != self.starts;
        self.used = Used::found(self.kept, self.rebooted);
    }

    fn reboot(&mut self, off: i64, clock_set: i64) {
        self.pass(off);
        (self.wall, self.boot, self.starts) = (self.wall + clock_set, 20, self.starts + 1);
        self.restart();
    }

    fn hear(&mut self, told: &Told) {
        let (trust, counts) = self.trust.clone().hear(told, self.now());
        self.trust = trust;
        // Nothing is held for want of a time any more.
        self.rebooted &= !counts;
    }

    /// Everything put right at last, a person can work without the card again.
    fn put_right(&self) -> SignedDuration {
        let now = Moment { wall: at(self.real), ..self.now() };
        let lowered = self.trust.lowered(&[host("b", self.real)], now);
        let trust = lowered.unwrap_or_else(|| self.trust.clone());
        Used::begun(now).left(now, trust.mark(now))
    }
}

/// Threat T7: every step of the wall clock, at once or over a reboot, with and without anybody telling the time after.
#[test]
fn no_step_of_the_clock_lengthens_it_and_none_locks_anybody_out() {
    let steps = [-1, -60, -HOUR, -13 * HOUR, HOUR, 13 * HOUR, 12 * YEAR, -YEAR];
    for step in steps {
        for (reboot, tells) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut world = World::new();
            for _ in 0..6 {
                world.work(3 * HOUR);
                if reboot {
                    world.reboot(45, step)
                } else {
                    world.wall += step
                }
                if tells {
                    world.hear(&signed(world.real));
                }
            }
            let case = format!("step {step} s, reboot {reboot}, told {tells}");
            assert!(world.worked <= 12 * HOUR + GRACE, "{case}: {} s", world.worked);
            assert_eq!(world.put_right(), FALLBACK_CAP, "{case}");
            if tells {
                assert!(!world.held(), "{case}: nobody waits once the time is told");
            }
        }
    }
}

#[test]
fn sleep_counts_and_so_does_the_time_a_pc_was_off() {
    let mut world = World::new();
    world.work(2 * HOUR);
    world.pass(6 * HOUR);
    world.work(2 * HOUR);
    world.reboot(HOUR, 0);
    world.work(9 * HOUR);
    assert_eq!(world.worked, 5 * HOUR, "eleven hours of twelve were gone with one to go");
}

/// Threat T8: the mark removed, an old one put back, or one host years ahead.
#[test]
fn a_mark_that_is_gone_old_or_years_ahead_lengthens_nothing_and_locks_nobody_out() {
    let tampers: [fn(&mut World); 3] = [
        |world| world.trust = Trust::default(),
        |world| world.trust = heard(&Trust::default(), &signed(-30 * 24 * HOUR), moment(-30 * 24 * HOUR)),
        |world| world.hear(&host("a", 8 * YEAR)),
    ];
    for (which, tamper) in tampers.into_iter().enumerate() {
        for set_back in [0, 13 * HOUR] {
            let mut world = World::new();
            for _ in 0..20 {
                world.work(HOUR);
                world.reboot(60, -set_back);
                tamper(&mut world);
            }
            assert!(world.worked <= 12 * HOUR + GRACE, "case {which}: {} s", world.worked);
            assert_eq!(world.put_right(), FALLBACK_CAP, "case {which}");
        }
    }
    let mut world = World::new();
    world.hear(&host("a", 8 * YEAR));
    world.work(11 * HOUR);
    assert_eq!(world.worked, 11 * HOUR, "one wrong date costs nothing");
}

#[test]
fn an_old_copy_of_everything_put_back_is_found_out_by_the_next_time_that_is_told() {
    let mut world = World::new();
    let (old, old_trust) = (world.kept, world.trust.clone());
    world.work(11 * HOUR);
    (world.kept, world.trust) = (old, old_trust);
    world.reboot(60, -11 * HOUR);
    world.hear(&signed(world.real));
    world.work(11 * HOUR);
    assert!(world.worked <= 12 * HOUR + GRACE);
}

/// What can happen to such a PC; the host `a` may be wrong, everybody else is right.
#[derive(Debug, Clone)]
enum Fate {
    Work(i64),
    Sleep(i64),
    SetClock(i64),
    Restart,
    Reboot { off: i64, clock_set: i64 },
    Wrong(i64),
    Right,
    Signature,
    MarkGone,
}

fn fate() -> impl Strategy<Value = Fate> {
    let near =
        || prop_oneof![3 => Just(0i64), 2 => -200i64..200, 2 => -100_000i64..100_000, 1 => Just(5 * YEAR)];
    prop_oneof![
        4 => (30i64..20_000).prop_map(Fate::Work),
        1 => (1i64..20_000).prop_map(Fate::Sleep),
        2 => near().prop_map(Fate::SetClock),
        1 => Just(Fate::Restart),
        4 => (1i64..3_000, near()).prop_map(|(off, clock_set)| Fate::Reboot { off, clock_set }),
        1 => near().prop_map(Fate::Wrong),
        1 => Just(Fate::Right),
        1 => Just(Fate::Signature),
        1 => Just(Fate::MarkGone),
    ]
}

fn live(world: &mut World, fate: &Fate) {
    match *fate {
        Fate::Work(seconds) => world.work(seconds),
        Fate::Sleep(seconds) => world.pass(seconds),
        Fate::SetClock(by) => world.wall += by,
        Fate::Restart => world.restart(),
        Fate::Reboot { off, clock_set } => world.reboot(off, clock_set),
        Fate::Wrong(by) => world.hear(&host("a", world.real + by)),
        Fate::Right => world.hear(&host("b", world.real)),
        Fate::Signature => world.hear(&signed(world.real)),
        Fate::MarkGone => world.trust = Trust::default(),
    }
}

proptest! {
    #[test]
    fn whatever_happens_nobody_works_longer_nor_is_locked_out_for_good(
        fates in prop::collection::vec(fate(), 1..60),
    ) {
        let mut world = World::new();
        for fate in &fates {
            live(&mut world, fate);
            prop_assert!(world.worked <= 12 * HOUR + GRACE, "{} s", world.worked);
            // A mark that is ahead by less than can be measured stays.
            let whole = world.put_right();
            prop_assert!(whole <= FALLBACK_CAP && whole > FALLBACK_CAP - MEASURABLE, "{whole}");
            let (trust, rebooted) = (world.trust.clone(), world.rebooted);
            world.hear(&signed(world.real));
            prop_assert!(!world.held(), "a true time frees what is held");
            (world.trust, world.rebooted) = (trust, rebooted);
        }
    }

    #[test]
    fn crashes_and_reboots_in_a_row_buy_no_minute(
        work in 30i64..90, reboots in 1usize..900, ahead in 0i64..90,
    ) {
        let mut world = World::new();
        world.work(2 * HOUR);
        for _ in 0..reboots {
            world.work(work);
            // Set so that the clock goes on just where it was seen last.
            let seen = world.kept.seen_at.duration_since(at(0)).as_secs();
            world.reboot(1, seen + ahead - world.wall - 1);
            world.trust = Trust::default();
        }
        world.work(13 * HOUR);
        prop_assert!(world.worked <= 12 * HOUR + GRACE, "{} s", world.worked);
    }

    #[test]
    fn with_a_clock_nobody_touched_one_wrong_host_costs_ten_minutes_at_most(
        told in prop::collection::vec((1i64..5_000, -10 * YEAR..10 * YEAR), 1..50),
    ) {
        let mut world = World::new();
        for (passed, wrong) in told {
            world.pass(passed);
            world.hear(&host("a", world.real + wrong));
            let mark = marked_at(&world.trust, world.now()).unwrap();
            prop_assert!(mark <= world.real + 600);
            prop_assert!(mark >= 0);
        }
    }

    #[test]
    fn the_mark_goes_back_only_when_a_person_lowers_it(
        told in prop::collection::vec((any::<bool>(), -YEAR..YEAR, -YEAR..YEAR), 1..50),
    ) {
        let mut trust = Trust::default();
        for (signature, tells, wall) in told {
            let told = if signature { signed(tells) } else { host("a", tells) };
            let after = heard(&trust, &told, moment(wall));
            prop_assert!(marked(&after) >= marked(&trust));
            trust = after;
        }
    }
}
