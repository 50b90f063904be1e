//! What an end leaves on the disk, and when it is gone for good.

use super::people::{found, in_use, locked, signed_in, slot, told, tried};
use super::*;

fn ahead(wall: i64, boot: i64) -> Moment {
    Moment { wall: at(wall).wall, boot: at(boot).boot }
}

fn erased(run: &Run, letter: char) -> usize {
    tried(run, &Effect::Erase { slot: slot(letter) })
}

/// Somebody is signed in until 10 000, and the wall clock has jumped past that.
fn ended_by_a_jump() -> Run {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.now = ahead(20_000, 10);
    run.event(Event::Tick);
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert_eq!(erased(&run, 'a'), 0, "the clock may come back");
    run
}

#[test]
fn an_end_by_a_clock_that_jumped_is_erased_once_the_boot_clock_confirms_it() {
    let mut run = ended_by_a_jump();
    run.now = ahead(30_000, 9_999);
    run.event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 0);
    run.now = ahead(30_001, 10_000);
    run.event(Event::Tick).event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 1);
    assert!(matches!(run.state.session, Session::Ended(_)), "the window still says when it ended");
    run.now = ahead(50, 10_001);
    run.event(Event::Tick);
    assert!(run.state.session.open().is_none(), "nothing is left to come back");
}

#[test]
fn an_end_by_a_clock_that_jumped_is_erased_in_its_time_though_somebody_else_signed_in() {
    let mut run = ended_by_a_jump();
    signed_in(&mut run, 'b');
    run.event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 0);
    run.now = ahead(20_000, 10_000);
    run.event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 1);
}

#[test]
fn the_file_of_an_ended_session_is_erased_though_sealing_the_next_one_failed() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.now = at(9_000);
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.give_pin();
    run.grant(1_000);
    run.now = at(10_000);
    run.event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 0, "the new lease is on its way to the same file");
    run.answer(refused(Code::DISK_FULL, PinFate::Spent)).event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 1);
}

const DAY: i64 = 24 * 3_600;

#[test]
fn a_lease_found_after_its_end_is_erased_once_this_run_saw_a_whole_life_pass() {
    // A little late, or with the year wrong: the wall clock alone erases nothing.
    for start in [10_500, 10_000 + DAY, 2 * 365 * DAY] {
        let mut run = Run::new();
        run.now = ahead(start, 7);
        run.event(found('a', 0)).event(Event::Tick);
        assert_eq!((in_use(&run), erased(&run, 'a')), (None, 0), "the clock may be wrong");
        run.now = ahead(start + 3 * DAY, 7 + DAY - 1);
        run.event(Event::Tick);
        assert_eq!(erased(&run, 'a'), 0);
        run.now = ahead(start, 7 + DAY);
        run.event(Event::Tick).event(Event::Tick);
        assert_eq!(erased(&run, 'a'), 1);
    }
}

#[test]
fn a_lease_found_long_after_its_end_is_erased_when_somebody_trustworthy_tells_the_time() {
    let trusted = |seconds| Event::TimeTold(TrustedMark(Some(at(seconds).wall)));
    let mut run = Run::new();
    run.now = ahead(10 * DAY, 7);
    run.event(trusted(9_000)).event(found('a', 0)).event(Event::Tick);
    run.event(trusted(10_000 + DAY - 1));
    assert_eq!(erased(&run, 'a'), 0);
    run.event(trusted(10_000 + DAY)).event(Event::Tick);
    assert_eq!(erased(&run, 'a'), 1);
}

#[test]
fn a_session_is_no_longer_locked_away_once_its_file_has_gone_though_its_key_remains() {
    let mut run = Run::new();
    run.event(locked('a')).event(Event::SignOutOf(slot('a')));
    let remains = Problem::new(Code::SESSION_NOT_ERASED).with("reason", "key");
    run.event(Event::Erased { slot: slot('a'), problem: Some(remains.clone()) });
    assert_eq!(run.state.warnings, std::slice::from_ref(&remains));
    // An answer that was on its way meanwhile.
    run.event(locked('a'));
    assert_eq!(run.state.warnings, [remains]);
    run.now = at(60);
    run.event(Event::Tick);
    assert_eq!(tried(&run, &Effect::Reopen { slot: slot('a') }), 0, "there is nothing to open");
    assert!(!told(&run, Code::SESSION_LOCKED_AWAY));
}
