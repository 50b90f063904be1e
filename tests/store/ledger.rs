//! Attempts and the ledger of work without the card.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use relais_core::Code;
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_core::lease::{FALLBACK_CAP, LeaseId, SlotId};
use relais_core::session::exception::{Limits, Reason, Restraint};
use relais_core::session::ledger::{Counts, Ended, Ending, Holder, Line};
use relais_core::session::renewal::Attempt;
use relais_store::{Lines, Store};

use super::{at, entry, lease, open, sandbox};

pub fn attempt(n: i64) -> Attempt {
    Attempt { planned: at(60 * n), at: at(60 * n + 5), code: Code::STS_UNREACHABLE, not_before: None }
}

#[test]
fn attempts_are_noted_once_and_read_back_by_their_token() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    for n in [2, 1, 2, 1] {
        store.note_attempt(&lease().id, &attempt(n)).unwrap();
    }
    let other = LeaseId("1".repeat(32));
    store.note_attempt(&other, &attempt(9)).unwrap();
    drop(store);
    let store = open(folder.path()).store;
    assert_eq!(store.reader().attempts(&lease().id).unwrap(), [attempt(1), attempt(2)]);
    assert_eq!(store.reader().attempts(&other).unwrap(), [attempt(9)]);
}

const DAY: i64 = 24 * 60;

#[test]
fn attempts_and_lines_go_after_thirteen_months_when_several_days_agree_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let (token, later) = (lease().id, LeaseId("1".repeat(32)));
    store.note_attempt(&token, &attempt(0)).unwrap();
    store.open_episode(&line(0)).unwrap();
    // The clock is two years ahead for a day and a half.
    for hours in [0, 1, 30] {
        store.note_attempt(&later, &attempt(2 * 365 * DAY + 60 * hours)).unwrap();
        store.open_episode(&line(2 * 365 * DAY + 60 * hours)).unwrap();
    }
    let left = |store: &Store| {
        let first = lines(store).iter().any(|one| one.episode == line(0).episode);
        (store.reader().attempts(&token).unwrap().len(), first)
    };
    assert_eq!(left(&store), (1, true), "one wrong clock empties nothing");
    // Back in its time, the PC counts as before.
    store.note_attempt(&token, &attempt(1)).unwrap();
    assert_eq!(left(&store), (2, true));
    store.note_attempt(&later, &attempt(2 * 365 * DAY + 2 * DAY)).unwrap();
    store.open_episode(&line(2 * 365 * DAY + 2 * DAY)).unwrap();
    assert_eq!(left(&store), (0, false), "on the third day it is believed");
}

/// An episode that begins so many minutes after the first, each with a token of its own.
pub fn line(minutes: i64) -> Line {
    let started_at = at(60 * minutes);
    Line {
        episode: LeaseId(format!("{:032x}", minutes.rem_euclid(1 << 40))),
        slot: lease().person.slot,
        environment: sandbox(),
        started_at,
        ends_at: started_at + FALLBACK_CAP,
        reason: Reason::TechnicalProblem,
        note: None,
        evidence: vec![Code::NO_READER],
        ended: None,
    }
}

/// The first episode, with what a person wrote.
pub fn noted(note: &str) -> Line {
    Line { note: Some(note.into()), ..line(0) }
}

fn lines(store: &Store) -> Vec<Line> {
    store.reader().ledger(&Lines::default(), 99).unwrap()
}

fn ended(minutes: i64, how: Ending) -> Ended {
    Ended { at: at(60 * minutes), how }
}

#[test]
fn an_episode_is_one_line_however_often_it_is_opened_within_its_cap() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let begun = Line { note: Some("card\nlost".into()), ..line(0) };
    let written = Line { note: Some("card lost".into()), ..line(0) };
    for _ in 0..2 {
        assert_eq!(store.open_episode(&begun).unwrap(), written, "doing it twice is doing it once");
    }
    assert!(store.close_episode(&begun.episode, ended(90, Ending::Person)).unwrap());
    assert!(!store.close_episode(&begun.episode, ended(95, Ending::Time)).unwrap());
    assert_eq!(lines(&store)[0].ended, Some(ended(90, Ending::Person)), "the first ending stays");
    let again = Line { evidence: vec![Code::PIN_BLOCKED, Code::NO_READER], ..line(12 * 60 - 1) };
    let resumed = store.open_episode(&again).unwrap();
    assert_eq!(
        resumed,
        Line { evidence: vec![Code::NO_READER, Code::PIN_BLOCKED], ..written.clone() },
        "same line, same reason, same end at the latest"
    );
    drop(store);
    let mut store = open(folder.path()).store;
    assert_eq!(lines(&store), [resumed]);
    store.open_episode(&line(12 * 60)).unwrap();
    assert_eq!(lines(&store).len(), 2, "after twelve hours it is another one");
    assert!(!store.close_episode(&LeaseId("f".repeat(32)), ended(0, Ending::Lost)).unwrap());
}

#[test]
fn what_is_open_and_goes_on_with_no_lease_is_lost_by_its_end_at_the_latest() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let of = |letter: &str, line: Line| Line { slot: SlotId::parse(&letter.repeat(32)).unwrap(), ..line };
    let elsewhere = EnvironmentName::parse("acceptance").unwrap();
    let all = [
        of("a", line(-3 * DAY)),
        of("a", line(0)),
        of("b", line(1)),
        of("c", line(2)),
        of("d", Line { environment: elsewhere, ..line(3) }),
        of("e", line(4)),
        of("f", line(200)),
    ];
    all.iter().for_each(|line| drop(store.open_episode(line).unwrap()));
    store.close_episode(&all[5].episode, ended(30, Ending::Person)).unwrap();
    let found = Holder { slot: all[1].slot.clone(), since: Some(at(5)) };
    let locked = Holder { slot: all[3].slot.clone(), since: None };
    store.lose_episodes(&sandbox(), &[found, locked], at(60 * 120)).unwrap();
    let how = |line: &Line| lines(&store).into_iter().find(|one| one.episode == line.episode).unwrap().ended;
    let lost = |at| Some(Ended { at, how: Ending::Lost });
    assert_eq!(how(&all[0]), lost(all[0].ends_at), "it was over long ago, though its person has a lease");
    assert_eq!(how(&all[1]), None, "its lease was found");
    assert_eq!(how(&all[2]), lost(at(60 * 120)));
    assert_eq!(how(&all[3]), None, "a lease that nobody could open may be its");
    assert_eq!(how(&all[4]), None, "of another environment");
    assert_eq!(how(&all[5]), Some(ended(30, Ending::Person)), "the first ending stays");
    assert_eq!(how(&all[6]), lost(all[6].started_at), "the clock was set back meanwhile");
}

#[test]
fn neither_a_clock_set_back_nor_another_person_shares_an_episode_wrongly() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.open_episode(&line(0)).unwrap();
    assert_eq!(store.open_episode(&line(-60)).unwrap().episode, line(0).episode, "set back an hour");
    let other = SlotId::parse(&"b".repeat(32)).unwrap();
    let theirs = Line { slot: other.clone(), ..line(5) };
    assert_eq!(store.open_episode(&theirs).unwrap(), theirs);
    let slot = lease().person.slot;
    assert_eq!(store.reader().episode(&slot, at(3600)).unwrap().unwrap().episode, line(0).episode);
    assert_eq!(store.reader().episode(&slot, at(12 * 3600)).unwrap(), None);
    assert_eq!(store.reader().past(&other).unwrap().beginnings, [at(300)]);
}

#[test]
fn the_ledger_counts_for_the_limits_and_a_sign_in_with_the_card_ends_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let day = 24 * 60;
    let slot = lease().person.slot;
    let now = at(60 * day * 31);
    let restraint = |store: &Store| {
        let past = store.reader().past(&slot).unwrap();
        Limits::USUAL.restraint(&past.beginnings, past.in_a_row, now)
    };
    assert_eq!(restraint(&store), Restraint::None);
    store.open_episode(&line(2 * day)).unwrap();
    assert_eq!(restraint(&store), Restraint::Notice, "the second in a row");
    let signed_in = |minutes, means: &str| Entry {
        at: at(60 * minutes),
        subject: Subject::Session,
        detail: [("means".to_owned(), means.to_owned())].into(),
        ..entry(0)
    };
    store.append(&signed_in(3 * day, "eid")).unwrap();
    store.append(&signed_in(4 * day, "fallback")).unwrap();
    assert_eq!(store.reader().past(&slot).unwrap().in_a_row, 0);
    assert_eq!(restraint(&store), Restraint::None);
    for days in [5, 7, 9] {
        store.open_episode(&line(days * day)).unwrap();
    }
    let past = store.reader().past(&slot).unwrap();
    assert_eq!(past.in_a_row, 3);
    let counts = Counts::of(&past.beginnings, now, &TimeZone::UTC);
    assert_eq!(counts, Counts { week: 0, thirty_days: 4, year: 4, month: 0 });
    assert_eq!(restraint(&store), Restraint::Justify, "the fifth in thirty days");
}

#[test]
fn a_row_is_ended_by_the_clock_that_its_uses_are_counted_by() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let slot = lease().person.slot;
    // This PC's clock is an hour ahead of the platform's, by which the ledger goes.
    let with_card = Entry {
        at: at(3_600),
        subject: Subject::Session,
        detail: [("means".to_owned(), "eid".to_owned()), ("since".to_owned(), at(0).to_string())].into(),
        ..entry(0)
    };
    store.append(&with_card).unwrap();
    store.open_episode(&line(30)).unwrap();
    assert_eq!(store.reader().past(&slot).unwrap().in_a_row, 1, "it began half an hour after the card");
}

#[test]
fn the_ledger_is_shown_in_pages_and_forgets_what_a_person_wrote_with_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.note_session(&lease()).unwrap();
    let day = 24 * 60;
    for n in 0..5 {
        store.open_episode(&Line { note: Some("x".repeat(2_000)), ..line(n * day) }).unwrap();
    }
    let page = |before| {
        let wanted = Lines { slot: Some(lease().person.slot), before };
        store.reader().ledger(&wanted, 2).unwrap()
    };
    let first = page(None);
    assert_eq!(
        first.iter().map(|line| line.started_at).collect::<Vec<_>>(),
        [at(60 * 4 * day), at(60 * 3 * day)]
    );
    assert_eq!(first[0].note.as_ref().unwrap().chars().count(), 301, "cut");
    let second = page(Some(first[1].episode.clone()));
    assert_eq!(
        second.iter().map(|line| line.started_at).collect::<Vec<_>>(),
        [at(60 * 2 * day), at(60 * day)]
    );
    store.forget_person(&lease().person.slot).unwrap();
    assert!(lines(&store).iter().all(|line| line.note.is_none()));
    assert_eq!(lines(&store).len(), 5, "that there were exceptions stays");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_two_lines_of_a_person_begin_within_the_cap_of_each_other(
        openings in proptest::collection::vec((-3_000i64..3_000, 0i64..2_000), 1..20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path()).store;
        for (minutes, lasts) in openings {
            let asked = Line { ends_at: at(60 * (minutes + lasts)), ..line(minutes) };
            let in_force = store.open_episode(&asked).unwrap();
            prop_assert!(in_force.covers(asked.started_at));
            prop_assert!(in_force.ends_at.duration_since(in_force.started_at) <= FALLBACK_CAP);
        }
        let beginnings: Vec<_> = lines(&store).iter().map(|line| line.started_at).collect();
        for pair in beginnings.windows(2) {
            prop_assert!(pair[0].duration_since(pair[1]) >= FALLBACK_CAP);
        }
    }
}
