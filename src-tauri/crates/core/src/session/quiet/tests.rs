use super::super::plan::{Pace, attempts};
use super::*;
use proptest::prelude::*;

/// Brussels without a database of zones: an hour ahead of UTC, two in summer.
fn brussels() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

fn at(civil: &str) -> Timestamp {
    let civil: DateTime = civil.parse().unwrap();
    brussels().to_ambiguous_timestamp(civil).compatible().unwrap()
}

fn stretch(from: i8, to: i8) -> Stretch {
    Stretch::new(Time::constant(from, 0, 0, 0), Time::constant(to, 0, 0, 0)).unwrap()
}

/// Consultations from 8 to 12 and from 13 to 19 on weekdays, as many practices have them.
fn practice() -> Hours {
    let mut hours = Hours::usual(brussels());
    for day in &mut hours.week[..5] {
        day.consultations = vec![stretch(13, 19), stretch(8, 12)];
    }
    hours
}

fn life(issued: &str, hours: i64) -> Life {
    let issued_at = at(issued);
    Life::new(issued_at, issued_at + SignedDuration::from_hours(hours))
}

fn asked(attempt: &str, life: Life, hours: &Hours) -> Option<Timestamp> {
    quiet_moment(at(attempt), life, hours)
}

#[test]
fn in_a_gap_it_is_asked_at_the_attempt() {
    let life = life("2026-03-02T00:30", 24);
    assert_eq!(asked("2026-03-02T12:30", life, &practice()), Some(at("2026-03-02T12:30")));
}

#[test]
fn in_a_consultation_it_is_asked_when_that_ends() {
    let life = life("2026-03-02T08:00", 12);
    assert_eq!(asked("2026-03-02T14:00", life, &practice()), Some(at("2026-03-02T19:00")));
}

#[test]
fn a_consultation_that_ends_too_late_for_the_token_asks_at_lunch() {
    let life = life("2026-03-02T07:15", 12);
    assert_eq!(asked("2026-03-02T13:15", life, &practice()), Some(at("2026-03-02T12:30")));
}

#[test]
fn at_night_it_is_asked_before_the_practice_closes() {
    let life = life("2026-03-02T08:00", 24);
    let planned = attempts(life, Pace::USUAL);
    let expected = Some(at("2026-03-02T19:30"));
    assert_eq!(asked("2026-03-02T20:00", life, &practice()), expected);
    // Those of the night share that prompt; from 07:15 on the day's own gap is there.
    let mut knocks: Vec<_> = planned.iter().map(|at| quiet_moment(*at, life, &practice())).collect();
    knocks.dedup();
    assert_eq!(
        knocks,
        [
            expected,
            Some(at("2026-03-03T07:15")),
            Some(at("2026-03-03T07:37:30")),
            Some(at("2026-03-03T07:52:30")),
            Some(at("2026-03-03T07:58")),
        ]
    );
}

#[test]
fn a_gap_that_closed_before_a_quarter_of_the_life_passed_waits_for_the_next_one() {
    let life = life("2026-03-02T19:50", 24);
    assert_eq!(asked("2026-03-03T06:50", life, &practice()), Some(at("2026-03-03T07:00")));
}

#[test]
fn without_a_gap_before_the_end_there_is_a_badge_only() {
    let life = life("2026-03-02T20:30", 8);
    assert_eq!(asked("2026-03-03T00:30", life, &practice()), None);
}

#[test]
fn consultations_that_touch_or_overlap_are_one() {
    let mut hours = Hours::usual(brussels());
    hours.week[0].consultations = vec![stretch(9, 11), stretch(11, 13), stretch(10, 12), stretch(12, 14)];
    let life = life("2026-03-02T00:00", 24);
    assert_eq!(asked("2026-03-02T10:30", life, &hours), Some(at("2026-03-02T14:00")));
}

#[test]
fn consultations_outside_the_working_hours_do_not_count() {
    let mut hours = Hours::usual(brussels());
    hours.week[0].consultations = vec![stretch(5, 8), stretch(19, 23)];
    let life = life("2026-03-02T00:00", 24);
    assert_eq!(asked("2026-03-02T07:30", life, &hours), Some(at("2026-03-02T08:00")));
    assert_eq!(asked("2026-03-02T19:30", life, &hours), Some(at("2026-03-02T20:00")));
}

#[test]
fn a_day_off_has_no_gap() {
    let mut hours = Hours::usual(brussels());
    hours.week[6].open = None;
    // Signed in on Saturday evening: the token ends before Monday morning.
    let life = life("2026-03-07T19:55", 24);
    assert_eq!(asked("2026-03-08T07:55", life, &hours), None);
}

#[test]
fn the_hour_that_summer_time_skips_moves_no_gap() {
    let life = life("2026-03-28T20:00", 24);
    assert_eq!(asked("2026-03-29T06:00", life, &practice()), Some(at("2026-03-29T07:00")));
}

proptest! {
    #[test]
    fn nobody_is_asked_in_a_consultation_nor_after_the_end(
        issued in 0i64..14 * 86_400,
        length in 1_200i64..86_400,
        blocks in prop::collection::vec((0i8..23, 1i8..10), 0..5),
    ) {
        let mut hours = Hours::usual(brussels());
        let consultations: Vec<Stretch> = blocks
            .into_iter()
            .map(|(from, long)| stretch(from, (from + long).min(23)))
            .collect();
        for day in &mut hours.week {
            day.consultations.clone_from(&consultations);
        }
        let issued_at = at("2026-03-20T00:00") + SignedDuration::from_secs(issued);
        let life = Life::new(issued_at, issued_at + SignedDuration::from_secs(length));
        for attempt in attempts(life, Pace::USUAL) {
            let Some(asked) = quiet_moment(attempt, life, &hours) else { continue };
            let (_, blocks) = around(life, &hours);
            prop_assert!(!blocks.iter().any(|block| block.holds(asked)), "{asked} is in a consultation");
            prop_assert!(asked >= life.after_one_of(4) && asked < life.ends_at, "{asked} is not in {life:?}");
        }
    }
}
