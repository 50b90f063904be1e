use proptest::prelude::*;

use super::*;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn start() -> Timestamp {
    "2026-03-04T09:00:00Z".parse().unwrap()
}

fn moment(wall: SignedDuration, boot: SignedDuration) -> Moment {
    Moment { wall: start() + wall, boot }
}

fn untold() -> TrustedMark {
    TrustedMark::default()
}

#[test]
fn twelve_hours_pass_by_whichever_clock_says_most() {
    let used = Used::begun(moment(SignedDuration::ZERO, HOUR));
    let set_back = moment(-HOUR * 5, HOUR * 13);
    assert_eq!(used.left(set_back, untold()), SignedDuration::ZERO, "the boot clock saw it");
    let stopped = moment(HOUR * 12, HOUR);
    assert_eq!(used.left(stopped, untold()), SignedDuration::ZERO, "the wall clock saw it");
    let told = TrustedMark::default().heard(start() + HOUR * 12);
    assert_eq!(used.left(moment(-HOUR, HOUR * 2), told), SignedDuration::ZERO, "somebody told");
}

#[test]
fn a_wall_clock_that_jumped_ahead_and_came_back_costs_nothing() {
    let used = Used::begun(moment(SignedDuration::ZERO, HOUR));
    assert_eq!(used.left(moment(HOUR * 30, HOUR * 2), untold()), SignedDuration::ZERO);
    assert_eq!(used.left(moment(HOUR, HOUR * 2), untold()), HOUR * 11);
}

#[test]
fn after_a_reboot_all_its_uptime_counts() {
    let mut used = Used::begun(moment(SignedDuration::ZERO, HOUR * 100));
    let kept = used.keep(moment(HOUR * 3, HOUR * 103));
    let found = Used::found(kept, true);
    let uptime = moment(-HOUR * 20, HOUR * 9);
    assert_eq!(found.left(uptime, untold()), SignedDuration::ZERO, "3 h before and 9 h after the reboot");
}

#[test]
fn a_clock_behind_the_last_sight_after_a_reboot_holds_the_token_until_somebody_tells_the_time() {
    let mut used = Used::begun(moment(SignedDuration::ZERO, HOUR));
    let found = Used::found(used.keep(moment(HOUR * 2, HOUR * 3)), true);
    let behind = moment(HOUR, SignedDuration::from_secs(30));
    assert!(found.held(behind, untold(), true));
    assert!(!found.held(behind, untold(), false), "a clock set back without a reboot holds nothing");
    assert!(!found.held(moment(HOUR * 2, HOUR), untold(), true));
    let told = TrustedMark::default().heard(start() + HOUR * 2);
    assert!(!found.held(behind, told, true), "nobody is locked out for good");
}

#[test]
fn warnings_come_at_an_hour_a_quarter_and_five_minutes() {
    let minutes = SignedDuration::from_mins;
    assert_eq!(Warning::at(minutes(61)), None);
    assert_eq!(Warning::at(minutes(60)), Some(Warning::Hour));
    assert_eq!(Warning::at(minutes(15)), Some(Warning::Quarter));
    assert_eq!(Warning::at(minutes(6)), Some(Warning::Quarter));
    assert_eq!(Warning::at(minutes(0)), Some(Warning::Minutes));
}

#[test]
fn the_third_use_in_thirty_days_or_the_second_in_a_row_is_noticed_and_the_fifth_justified() {
    let now = start();
    let ago = |days: i64| now - HOUR * 24 * i32::try_from(days).unwrap();
    let restraint = |before: &[Timestamp], row| Limits::USUAL.restraint(before, row, now);
    assert_eq!(restraint(&[], 0), Restraint::None);
    assert_eq!(restraint(&[ago(2)], 0), Restraint::None);
    assert_eq!(restraint(&[ago(2)], 1), Restraint::Notice);
    assert_eq!(restraint(&[ago(2), ago(29)], 0), Restraint::Notice);
    assert_eq!(restraint(&[ago(2), ago(30)], 0), Restraint::None, "thirty days ago is over");
    assert_eq!(restraint(&[ago(1), ago(2), ago(3), ago(4)], 0), Restraint::Justify);
}

/// What can happen to a PC while somebody works without the card.
#[derive(Debug, Clone)]
enum Fate {
    Work(i64),
    Sleep(i64),
    SetClock(i64),
    RestartRelais,
    Reboot { off: i64 },
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        (1i64..30_000).prop_map(Fate::Work),
        (1i64..30_000).prop_map(Fate::Sleep),
        (-400_000i64..400_000).prop_map(Fate::SetClock),
        Just(Fate::RestartRelais),
        (1i64..30_000).prop_map(|off| Fate::Reboot { off }),
    ]
}

proptest! {
    #[test]
    fn nobody_works_longer_than_twelve_hours_and_a_minute(fates in prop::collection::vec(fate(), 1..40)) {
        let (mut wall, mut boot) = (SignedDuration::ZERO, HOUR);
        let mut used = Used::begun(moment(wall, boot));
        let mut kept = used.keep(moment(wall, boot));
        let mut worked = SignedDuration::ZERO;
        let mut rebooted = false;
        for fate in fates {
            match fate {
                Fate::Work(seconds) => {
                    // Kept every minute; what is left decides at every step whether one may go on.
                    for _ in 0..seconds / 60 {
                        if used.left(moment(wall, boot), untold()) <= SignedDuration::ZERO {
                            break;
                        }
                        let minute = SignedDuration::from_mins(1);
                        (wall, boot, worked) = (wall + minute, boot + minute, worked + minute);
                        (kept, rebooted) = (used.keep(moment(wall, boot)), false);
                    }
                }
                Fate::Sleep(seconds) => {
                    let slept = SignedDuration::from_secs(seconds);
                    (wall, boot) = (wall + slept, boot + slept);
                }
                Fate::SetClock(seconds) => wall += SignedDuration::from_secs(seconds),
                Fate::RestartRelais => used = Used::found(kept, rebooted),
                Fate::Reboot { off } => {
                    wall += SignedDuration::from_secs(off);
                    boot = SignedDuration::from_secs(20);
                    rebooted = true;
                    used = Used::found(kept, rebooted);
                }
            }
            prop_assert!(worked <= FALLBACK_CAP + SignedDuration::from_mins(1), "{worked:?}");
        }
    }

    #[test]
    fn what_is_kept_and_found_never_gets_shorter(steps in prop::collection::vec(1i64..3_000_000, 1..50)) {
        let mut boot = HOUR;
        let mut used = Used::begun(moment(SignedDuration::ZERO, boot));
        let mut before = SignedDuration::ZERO;
        for micros in steps {
            boot += SignedDuration::from_micros(micros);
            // The wall clock stands still, so that only the count is judged.
            used = Used::found(used.keep(moment(SignedDuration::ZERO, boot)), false);
            let passed = used.passed(moment(SignedDuration::ZERO, boot), untold());
            prop_assert!(passed >= before);
            before = passed;
        }
        prop_assert!(before >= boot - HOUR);
    }
}
