//! Several people on one PC, leases that cannot be opened or erased, and a journal that waits.

use super::*;
use crate::lease::SlotId;

pub(super) fn slot(letter: char) -> SlotId {
    SlotId::parse(&letter.to_string().repeat(32)).unwrap()
}

fn of(letter: char, issued: i64) -> Box<crate::lease::TokenLease> {
    let mut lease = lease(at(issued).wall.as_second(), 10_000, Means::EidOnly);
    lease.person.slot = slot(letter);
    Box::new(lease)
}

pub(super) fn found(letter: char, issued: i64) -> Event {
    super::restored(*of(letter, issued), HolderKey::Card)
}

pub(super) fn in_use(run: &Run) -> Option<SlotId> {
    run.state.session.open().map(|open| open.lease.person.slot.clone())
}

pub(super) fn signed_in(run: &mut Run, letter: char) {
    sealed_as(run, letter, Stored::Os);
}

fn sealed_as(run: &mut Run, letter: char, stored: Stored) {
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.give_pin();
    let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
    let lease = of(letter, run.now.boot.as_secs());
    run.answer(Answer::Granted { lease, assertion }).answer(Answer::Sealed { stored, warning: None });
}

pub(super) fn told(run: &Run, code: Code) -> bool {
    run.state.warnings.iter().any(|warning| warning.code == code)
}

pub(super) fn tried(run: &Run, wanted: &Effect) -> usize {
    run.done.iter().filter(|effect| *effect == wanted).count()
}

pub(super) fn locked(letter: char) -> Event {
    Event::Unopened { slot: slot(letter), problem: Code::KEY_STORE_LOCKED.into() }
}

#[test]
fn a_restart_takes_up_the_session_that_was_in_use_though_another_is_newer() {
    let mut run = Run::new();
    run.event(Event::Remembered { people: vec![slot('c')], last: LastUsed::Slot(slot('a')) });
    run.event(found('b', -10)).event(found('a', -100));
    assert_eq!(in_use(&run), Some(slot('a')));
    assert!(run.state.session_of(&slot('b')).is_some(), "the other waits");
    assert!(run.state.knows(&slot('c')) && !run.state.knows(&slot('d')));
}

#[test]
fn without_a_note_the_newest_session_is_taken_up_and_after_an_end_none() {
    let mut run = Run::new();
    run.event(found('b', -10)).event(found('a', -100));
    assert_eq!(in_use(&run), Some(slot('b')));
    run.event(Event::SignOutAsked);
    assert!(run.done.contains(&Effect::Use(LastUsed::Nobody)));
    let mut run = Run::new();
    run.event(Event::Remembered { people: vec![], last: LastUsed::Nobody }).event(found('a', -100));
    assert_eq!(in_use(&run), None, "nobody takes the place of somebody who signed out");
    assert!(run.state.session_of(&slot('a')).is_some());
}

#[test]
fn who_signs_in_takes_over_and_the_one_before_waits() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    signed_in(&mut run, 'b');
    assert_eq!(in_use(&run), Some(slot('b')));
    assert!(run.state.session_of(&slot('a')).is_some());
    assert!(run.done.contains(&Effect::Use(LastUsed::Slot(slot('b')))));
    run.event(Event::SignOutOf(slot('a')));
    assert_eq!(in_use(&run), Some(slot('b')), "untouched");
    assert_eq!(tried(&run, &Effect::Erase { slot: slot('a') }), 1);
    assert!(!run.state.holds(&slot('a')) && run.state.knows(&slot('a')));
    run.event(Event::SignOutOf(slot('d')));
    assert!(!run.done.contains(&Effect::Erase { slot: slot('d') }), "nothing is known of them");
}

#[test]
fn a_session_that_waits_ends_in_its_time() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.now = at(5_000);
    signed_in(&mut run, 'b');
    run.now = at(10_000);
    run.event(Event::Tick);
    assert!(run.state.session_of(&slot('a')).is_none());
    assert_eq!(tried(&run, &Effect::Erase { slot: slot('a') }), 1);
    assert_eq!(in_use(&run), Some(slot('b')));
}

#[test]
fn a_session_behind_a_locked_key_store_is_told_and_looked_for_until_it_opens() {
    let mut run = Run::new();
    run.event(locked('a'));
    assert!(told(&run, Code::SESSION_LOCKED_AWAY));
    assert!(run.state.restless());
    assert_eq!(deadline(&run.state), Some(at(30).wall));
    run.now = at(29);
    run.event(Event::Tick);
    assert_eq!(tried(&run, &Effect::Reopen { slot: slot('a') }), 0);
    run.now = at(30);
    run.event(Event::Tick).event(locked('a'));
    assert_eq!(tried(&run, &Effect::Reopen { slot: slot('a') }), 1);
    // The wall clock is set back: the boot clock still counts.
    run.now = Moment { wall: at(-3_600).wall, boot: at(60).boot };
    run.event(Event::Tick);
    assert_eq!(tried(&run, &Effect::Reopen { slot: slot('a') }), 2);
    run.now = at(61);
    run.event(found('a', -100));
    assert_eq!(in_use(&run), Some(slot('a')));
    assert!(!told(&run, Code::SESSION_LOCKED_AWAY) && run.state.people.unopened.is_empty());
}

#[test]
fn a_session_that_was_ended_while_it_was_being_opened_does_not_come_back() {
    let mut run = Run::new();
    run.event(Event::Remembered { people: vec![], last: LastUsed::Slot(slot('a')) }).event(locked('a'));
    run.event(Event::SignOutOf(slot('a'))).event(Event::Erased { slot: slot('a'), problem: None });
    run.event(found('a', -100));
    assert_eq!(in_use(&run), None, "its file is gone");
    signed_in(&mut run, 'a');
    assert_eq!(in_use(&run), Some(slot('a')));
}

#[test]
fn what_remained_of_an_ended_session_is_said_no_more_once_its_person_signed_in_again() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.event(Event::SignOutAsked);
    let remains = Problem::new(Code::SESSION_NOT_ERASED).with("reason", "key");
    run.event(Event::Erased { slot: slot('a'), problem: Some(remains) });
    signed_in(&mut run, 'a');
    assert!(!told(&run, Code::SESSION_NOT_ERASED));
}

#[test]
fn a_lease_that_no_key_store_will_open_is_told_once_and_not_tried_again() {
    let mut run = Run::new();
    run.event(Event::Unopened { slot: slot('a'), problem: Code::LEASE_UNREADABLE.into() });
    assert_eq!(run.state.warnings, [Code::LEASE_UNREADABLE.into()]);
    assert!(run.state.people.unopened.is_empty());
    assert_eq!(deadline(&run.state), None);
}

#[test]
fn a_new_sign_in_makes_the_lease_that_could_not_be_opened_meaningless() {
    let mut run = Run::new();
    run.event(locked('a'));
    signed_in(&mut run, 'a');
    assert!(run.state.people.unopened.is_empty());
    run.event(locked('a'));
    assert!(!told(&run, Code::SESSION_LOCKED_AWAY));
}

#[test]
fn what_could_not_be_erased_is_told_until_it_is_gone_and_may_be_tried_again() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.event(Event::SignOutAsked);
    let remains = Problem::new(Code::SESSION_NOT_ERASED).with("reason", "key");
    run.event(Event::Erased { slot: slot('a'), problem: Some(remains.clone()) });
    assert_eq!(run.state.warnings, [remains]);
    assert!(run.state.holds(&slot('a')));
    run.event(Event::SignOutAsked);
    assert_eq!(tried(&run, &Effect::Erase { slot: slot('a') }), 2);
    run.event(Event::Erased { slot: slot('a'), problem: None });
    assert_eq!(run.state.warnings, []);
    assert!(!run.state.holds(&slot('a')));
}

#[test]
fn a_journal_that_waits_is_tried_again_every_half_minute_and_then_said_no_more() {
    let mut run = Run::new();
    run.event(Event::Warned(Code::JOURNAL_WAITING.into()));
    run.now = at(30);
    run.event(Event::Tick).event(Event::Tick);
    assert_eq!(tried(&run, &Effect::WriteWaiting), 1);
    run.event(Event::Warned(Code::JOURNAL_WAITING.into()));
    assert_eq!(deadline(&run.state), Some(at(60).wall));
    run.event(Event::JournalWritten);
    assert_eq!((run.state.warnings.len(), deadline(&run.state)), (0, None));
}

/// A start with the clock two hours ahead: the lease of 'a' looks ended.
fn found_ended(last: LastUsed) -> Run {
    let mut run = Run::new();
    run.now = Moment { wall: at(7_200).wall, boot: at(0).boot };
    run.event(Event::Remembered { people: vec![], last });
    run.event(found('b', -6_000)).event(found('a', -5_000)).event(Event::Tick);
    assert_eq!(in_use(&run), None);
    run
}

#[test]
fn a_session_in_use_that_looked_ended_at_the_start_comes_back_with_the_clock() {
    for last in [LastUsed::Slot(slot('a')), LastUsed::Unknown] {
        let mut run = found_ended(last);
        assert!(run.state.restless(), "the clock is looked at often");
        run.now = at(60);
        run.event(Event::Tick);
        assert_eq!(in_use(&run), Some(slot('a')));
        assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "restored")));
        assert_eq!(tried(&run, &Effect::Erase { slot: slot('a') }), 0);
        // By the clock as it is now, not as it was at the start.
        run.now = at(4_999);
        run.event(Event::Tick);
        assert_eq!(in_use(&run), Some(slot('a')));
        run.now = at(5_000);
        run.event(Event::Tick);
        assert_eq!(in_use(&run), None);
    }
}

#[test]
fn a_clock_that_comes_back_gives_nobody_the_place_of_another() {
    let mut run = found_ended(LastUsed::Nobody);
    assert!(!run.state.restless());
    run.now = at(60);
    run.event(Event::Tick);
    assert_eq!(in_use(&run), None, "who signed out stays signed out");

    let mut run = found_ended(LastUsed::Slot(slot('c')));
    run.now = at(60);
    run.event(Event::Tick);
    assert_eq!(in_use(&run), None);

    let mut run = found_ended(LastUsed::Slot(slot('a')));
    signed_in(&mut run, 'd');
    run.now = at(60);
    run.event(Event::Tick);
    assert_eq!(in_use(&run), Some(slot('d')), "somebody else signed in meanwhile");
}

fn elsewhere(letter: char) -> Event {
    Event::Unopened { slot: slot(letter), problem: Code::SESSION_ELSEWHERE.into() }
}

#[test]
fn a_session_in_another_key_store_is_told_until_it_is_opened_or_replaced_or_erased() {
    let ends: [fn(&mut Run); 3] = [
        |run| {
            run.event(found('a', -100));
        },
        |run| signed_in(run, 'a'),
        |run| {
            run.event(Event::Erased { slot: slot('a'), problem: None });
        },
    ];
    for end in ends {
        let mut run = Run::new();
        run.event(elsewhere('a')).event(elsewhere('b'));
        end(&mut run);
        assert!(told(&run, Code::SESSION_ELSEWHERE), "the other one is still there");
        run.event(Event::Erased { slot: slot('b'), problem: None });
        assert!(!told(&run, Code::SESSION_ELSEWHERE));
    }
}

#[test]
fn a_new_session_in_memory_leaves_the_one_in_another_key_store_where_it_is() {
    let mut run = Run::new();
    run.event(elsewhere('a'));
    sealed_as(&mut run, 'a', Stored::Memory);
    assert!(told(&run, Code::SESSION_ELSEWHERE));
    sealed_as(&mut run, 'a', Stored::File);
    assert!(!told(&run, Code::SESSION_ELSEWHERE));
}
