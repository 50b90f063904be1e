use proptest::prelude::*;

use super::*;
use crate::session::plan::Life;
use crate::session::renewal::KeptToken;

fn at(text: &str) -> Timestamp {
    format!("2026-03-02T{text}Z").parse().unwrap()
}

fn pin(loudness: Loudness) -> Matter {
    Matter::Pin { loudness, ends_at: at("20:00:00") }
}

fn alone(warning: Warning) -> Matter {
    Matter::WithoutCard { warning, ends_at: at("20:00:00") }
}

fn ended() -> Matter {
    Matter::Ended { at: at("20:00:00"), capped: false }
}

/// Turns the board through these moments; what changed at each.
fn run(moments: &[(&str, &[Matter])]) -> Vec<Vec<Change>> {
    let mut board = Board::default();
    let mut step = |(now, matters): &(&str, &[Matter])| {
        let (next, changes) = turn(std::mem::take(&mut board), matters, Popups::All, at(now));
        board = next;
        changes
    };
    moments.iter().map(&mut step).collect()
}

#[test]
fn a_question_begins_as_a_mark_and_becomes_a_note_and_a_banner_in_one_place() {
    let table = [
        (Loudness::Badge, Urgency::Badge),
        (Loudness::Note, Urgency::Note),
        (Loudness::Soon, Urgency::Banner),
        (Loudness::Last, Urgency::Banner),
    ];
    for (loudness, urgency) in table {
        assert_eq!(notice(pin(loudness)).urgency, urgency, "{loudness:?}");
    }
    let changes = run(&[
        ("12:00:00", &[pin(Loudness::Badge)]),
        ("13:00:00", &[pin(Loudness::Note)]),
        ("13:00:30", &[pin(Loudness::Note)]),
        ("19:30:00", &[pin(Loudness::Soon)]),
        ("19:50:00", &[pin(Loudness::Last)]),
        ("20:00:00", &[ended()]),
        ("20:10:00", &[]),
    ]);
    let expected = [
        vec![],
        vec![Change::Show(notice(pin(Loudness::Note)))],
        vec![],
        vec![Change::Replace(notice(pin(Loudness::Soon)))],
        vec![Change::Replace(notice(pin(Loudness::Last)))],
        vec![Change::Replace(notice(ended()))],
        vec![Change::TakeBack(Key::Session)],
    ];
    assert_eq!(changes, expected);
}

#[test]
fn without_the_card_it_is_said_at_60_15_and_5_minutes_and_a_click_leads_back_to_the_card() {
    let said = |minutes| {
        let left = SignedDuration::from_mins(minutes);
        Matter::of_exception(left, at("20:00:00")).map(|matter| {
            let notice = notice(matter);
            (notice.urgency, notice.text, notice.opens)
        })
    };
    assert_eq!(said(61), None);
    assert_eq!(said(60), Some((Urgency::Note, "note-nocard-60", Sheet::ReturnToCard)));
    assert_eq!(said(15), Some((Urgency::Banner, "note-nocard-15", Sheet::ReturnToCard)));
    assert_eq!(said(5), Some((Urgency::Banner, "note-nocard-5", Sheet::ReturnToCard)));
}

#[test]
fn a_question_that_was_answered_is_taken_back_and_one_that_waits_is_none() {
    let life = Life::new(at("08:00:00"), at("20:00:00"));
    let kept = KeptToken { life, failed: vec![] };
    let (planned, loudness) = (at("14:00:00"), Loudness::Note);
    let wanted = Renewal::Wanted { kept: kept.clone(), planned, note_at: None, loudness };
    assert_eq!(Matter::of_renewal(&wanted), Some(pin(loudness)));
    assert_eq!(Matter::of_renewal(&Renewal::Resting(kept)), None);
    assert_eq!(Matter::of_renewal(&Renewal::Off), None);
    let changes = run(&[("14:00:00", &[pin(loudness)]), ("14:02:00", &[])]);
    assert_eq!(changes[1], [Change::TakeBack(Key::Session)]);
}

#[test]
fn what_a_person_has_put_away_is_not_said_again_until_it_is_another_thing() {
    let (board, _) = turn(Board::default(), &[pin(Loudness::Note)], Popups::All, at("13:00:00"));
    let mut board = board;
    board.put_away(Key::Session);
    let (board, changes) = turn(board, &[pin(Loudness::Note)], Popups::All, at("13:30:00"));
    assert_eq!(changes, []);
    let (board, changes) = turn(board, &[pin(Loudness::Soon)], Popups::All, at("19:30:00"));
    assert_eq!(
        changes,
        [Change::Show(notice(pin(Loudness::Soon)))],
        "its place is empty, so it is a new one"
    );
    let mut board = board;
    board.put_away(Key::Session);
    assert_eq!(turn(board, &[], Popups::All, at("19:31:00")).1, [], "what is not there is not taken back");
}

#[test]
fn a_snoozed_question_goes_from_the_screen() {
    let changes = run(&[("13:00:00", &[pin(Loudness::Note)]), ("13:01:00", &[pin(Loudness::Badge)])]);
    assert_eq!(changes[1], [Change::TakeBack(Key::Session)]);
    assert_eq!(Board::loudest(&[pin(Loudness::Badge)]), Some(Urgency::Badge), "the mark stays");
    assert_eq!(Board::loudest(&[]), None);
}

#[test]
fn a_card_that_comes_and_goes_is_said_once_in_ten_minutes() {
    let mut board = Board::default();
    let mut count = 0;
    for second in 0..3_600 {
        let now = at("10:00:00") + SignedDuration::from_secs(second);
        let matters: &[Matter] = if second % 2 == 0 { &[Matter::CardBack] } else { &[] };
        let (next, changes) = turn(board, matters, Popups::All, now);
        board = next;
        count += changes.iter().filter(|change| matches!(change, Change::Show(_))).count();
    }
    assert_eq!(count, 6);
}

#[test]
fn a_note_that_waits_says_when_it_comes() {
    let (board, _) = turn(Board::default(), &[Matter::CardBack], Popups::All, at("10:00:00"));
    let (board, _) = turn(board, &[], Popups::All, at("10:01:00"));
    let (board, changes) = turn(board, &[Matter::CardBack], Popups::All, at("10:02:00"));
    assert_eq!((changes, deadline(&board)), (vec![], Some(at("10:10:00"))));
    let (board, changes) = turn(board, &[Matter::CardBack], Popups::All, at("10:10:00"));
    assert_eq!(changes, [Change::Show(notice(Matter::CardBack))]);
    assert_eq!(deadline(&board), None);
}

#[test]
fn the_end_goes_before_a_card_that_is_back_and_two_places_stand_beside_each_other() {
    let both = [alone(Warning::Hour), Matter::CardBack];
    let (_, changes) = turn(Board::default(), &both, Popups::All, at("19:00:00"));
    assert_eq!(changes, [Change::Show(notice(alone(Warning::Hour)))]);
    let (_, changes) = turn(Board::default(), &[Matter::ServiceBack, ended()], Popups::All, at("20:00:00"));
    assert_eq!(changes, [Change::Show(notice(ended())), Change::Show(notice(Matter::ServiceBack))]);
}

fn back(all: &[(usize, &str)]) -> Matter {
    let all: Vec<_> = all.iter().map(|(function, when)| (*function, at(when))).collect();
    Matter::of_returns(&all).unwrap()
}

#[test]
fn functions_that_are_back_are_told_with_their_moment_and_again_only_when_another_one_is() {
    let (one, other) = ((0, "10:00:00"), (1, "10:03:00"));
    let told = notice(back(&[one]));
    assert_eq!((told.text, told.function, told.time), ("note-normal", Some(0), Some(at("10:00:00"))));
    let both = notice(back(&[one, other]));
    assert_eq!((both.text, both.function, both.time), ("note-normal-several", None, Some(at("10:03:00"))));

    let (mut board, changes) = turn(Board::default(), &[back(&[one, other])], Popups::All, at("10:04:00"));
    assert_eq!(changes, [Change::Show(both)]);
    let (still, changes) = turn(board.clone(), &[back(&[other])], Popups::All, at("10:05:00"));
    assert_eq!(changes, [Change::Replace(notice(back(&[other])))], "on the screen it is kept true");
    drop(still);
    board.put_away(Key::Functions);
    for (now, fewer) in [("10:20:00", &[other][..]), ("10:40:00", &[one]), ("10:50:00", &[one, other])] {
        let (next, changes) = turn(board, &[back(fewer)], Popups::All, at(now));
        assert_eq!((changes, deadline(&next)), (vec![], None), "they were told already, {now}");
        board = next;
    }
    let third = back(&[one, (2, "10:51:00")]);
    let (_, changes) = turn(board, &[third], Popups::All, at("10:52:00"));
    assert_eq!(changes, [Change::Show(notice(third))]);
}

#[test]
fn a_clock_that_is_set_back_silences_nothing() {
    let changes =
        run(&[("13:00:00", &[Matter::CardBack]), ("13:01:00", &[]), ("09:00:00", &[Matter::CardBack])]);
    assert_eq!(changes[2], [Change::Show(notice(Matter::CardBack))]);
}

fn matters() -> impl Strategy<Value = Vec<Matter>> {
    let all = vec![
        pin(Loudness::Badge),
        pin(Loudness::Note),
        pin(Loudness::Soon),
        pin(Loudness::Last),
        alone(Warning::Hour),
        alone(Warning::Quarter),
        alone(Warning::Minutes),
        Matter::CardBack,
        ended(),
        Matter::Ended { at: at("20:00:00"), capped: true },
        Matter::ServiceBack,
    ];
    proptest::collection::vec(proptest::sample::select(all), 0..4)
}

#[derive(Debug, Clone)]
enum Step {
    Turn(Vec<Matter>, i64),
    PutAway(Key),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (matters(), -600_i64..1_200).prop_map(|(matters, passed)| Step::Turn(matters, passed)),
        1 => proptest::sample::select(Key::ALL.to_vec()).prop_map(Step::PutAway),
    ]
}

proptest! {
    /// A screen that follows the changes shows one notification in a place, none that is not true, and none twice.
    #[test]
    fn the_screen_is_true_whatever_happens(steps in proptest::collection::vec(step(), 0..60)) {
        let (mut board, mut now) = (Board::default(), at("08:00:00"));
        let mut screen: BTreeMap<Key, Notice> = BTreeMap::new();
        for step in steps {
            let (matters, passed) = match step {
                Step::PutAway(key) => {
                    board.put_away(key);
                    screen.remove(&key);
                    continue;
                }
                Step::Turn(matters, passed) => (matters, passed),
            };
            now += SignedDuration::from_secs(passed);
            let (next, changes) = turn(board, &matters, Popups::All, now);
            board = next;
            for change in changes {
                match change {
                    Change::Show(notice) => prop_assert_eq!(screen.insert(notice.key, notice), None),
                    Change::Replace(notice) => {
                        prop_assert_ne!(screen.insert(notice.key, notice).expect("it was there"), notice);
                    }
                    Change::TakeBack(key) => prop_assert!(screen.remove(&key).is_some()),
                }
            }
            let wanted: Vec<Notice> = matters.iter().map(|matter| notice(*matter)).collect();
            prop_assert!(screen.values().all(|shown| wanted.contains(shown) && shown.urgency > Urgency::Badge));
            prop_assert!(deadline(&board).is_none_or(|at| now < at && at.duration_since(now) <= PAUSE));
            prop_assert_eq!(turn(board.clone(), &matters, Popups::All, now).1, vec![], "said once");
        }
    }
}

#[test]
fn a_person_gets_the_popups_they_want_and_the_mark_is_never_silenced() {
    let note = [pin(Loudness::Note)];
    let banner = [pin(Loudness::Soon)];
    let shown =
        |popups, matters: &[Matter]| !turn(Board::default(), matters, popups, at("12:00:00")).1.is_empty();
    let table = [(Popups::All, true, true), (Popups::Essential, false, true), (Popups::None, false, false)];
    for (popups, quiet, loud) in table {
        assert_eq!((shown(popups, &note), shown(popups, &banner)), (quiet, loud), "{popups:?}");
        assert!(!shown(popups, &[pin(Loudness::Badge)]));
    }
    assert_eq!(Board::loudest(&banner), Some(Urgency::Banner), "near the clock it is still said");
}

#[test]
fn what_is_on_the_screen_goes_when_a_person_wants_no_more_of_it() {
    let (board, _) = turn(Board::default(), &[pin(Loudness::Soon)], Popups::All, at("12:00:00"));
    let (board, changes) = turn(board, &[pin(Loudness::Soon)], Popups::None, at("12:00:10"));
    assert_eq!(changes, [Change::TakeBack(Key::Session)]);
    let (_, changes) = turn(board, &[pin(Loudness::Last)], Popups::All, at("12:20:00"));
    assert_eq!(changes, [Change::Show(notice(pin(Loudness::Last)))]);
}

#[test]
fn certificates_are_told_once_less_of_them_is_no_news_and_a_new_rung_is() {
    let end = at("20:00:00");
    let of = |count, told| Matter::Certificates { count, first_ends_at: end, told_at: at(told) };
    let said = |board, matters: &[Matter], now| turn(board, matters, Popups::All, at(now));
    let (board, first) = said(Board::default(), &[of(3, "09:00:00")], "09:00:00");
    assert!(matches!(first[..], [Change::Show(notice)] if notice.ends == Some((end, 3))));
    let (mut board, again) = said(board, &[of(3, "09:00:00")], "12:00:00");
    assert_eq!(again, [], "it stays true and is not said again");
    board.put_away(Key::Certificates);
    let (board, fewer) = said(board, &[of(2, "09:00:00")], "13:00:00");
    assert_eq!(fewer, [], "somebody answered for one of them");
    let (board, next) = said(board, &[of(1, "14:00:00")], "14:00:00");
    assert!(matches!(next[..], [Change::Show(_)]), "{next:?}");
    assert_eq!(said(board, &[], "15:00:00").1, [Change::TakeBack(Key::Certificates)]);
    let (_, none) = turn(Board::default(), &[of(3, "09:00:00")], Popups::Essential, at("09:00:00"));
    assert_eq!(none, [], "it can wait");
}
