//! No wait of a sign-in is one without an end or a way on.

use super::*;

/// A card whose second PIN the platform wants.
fn challenged() -> Run {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.now = at(10);
    run.answer(Answer::PinWantedAgain);
    run
}

#[test]
fn one_more_pin_is_waited_for_two_minutes_and_then_asked_anew_with_nothing_lost() {
    let mut run = challenged();
    assert_eq!(deadline(&run.state), Some(at(130).wall));
    run.now = at(129);
    run.event(Event::Tick);
    assert!(matches!(run.state.errand, Errand::Pin(_)));
    // The wall clock was set back: the boot clock still counts.
    run.now = Moment { wall: at(-3_600).wall, boot: at(130).boot };
    run.event(Event::Tick);
    assert!(matches!(run.state.errand, Errand::Requesting(_)), "the request is told");
    let told: Vec<_> = run.done.iter().filter(|e| matches!(e, Effect::HandPin { .. })).collect();
    assert_eq!(told.len(), 1);
    run.answer(refused(Code::PIN_TIMED_OUT, PinFate::Spent));
    let Errand::Pin(asking) = &run.state.errand else { panic!("expected the first question") };
    assert_eq!(asking.notice, Some(Code::PIN_TIMED_OUT.into()));
    assert_eq!(asking.face.tries, Tries::Left(3));
    run.give_pin();
    assert_eq!(run.requests(), 2, "a PIN begins a request of its own");
}

#[test]
fn the_first_pin_is_waited_for_as_long_as_it_takes() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let before = run.state.errand.clone();
    run.now = at(100_000);
    run.event(Event::Tick);
    assert_eq!(run.state.errand, before);
}

/// Effects that read the card.
fn reads(run: &Run) -> usize {
    run.done.iter().filter(|effect| matches!(effect, Effect::ReadCard { .. })).count()
}

#[test]
fn a_card_that_was_back_before_anybody_waited_for_it_is_read_within_three_seconds() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let entry = run.give_pin();
    // It was out and in again before the card adapter could say so.
    run.event(seen(ReaderState::Empty)).event(seen(ReaderState::Eid));
    run.answer(refused(Code::CARD_REMOVED, PinFate::Kept(entry)));
    assert!(matches!(run.state.errand, Errand::Waiting { .. }));
    assert_eq!(deadline(&run.state), Some(at(3).wall));
    run.now = at(3);
    run.event(Event::Tick).event(Event::Tick);
    assert_eq!(reads(&run), 2, "once for the sign-in, and once now");
    run.answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    assert_eq!(run.requests(), 2, "with the PIN that was never sent");
}

#[test]
fn a_card_that_is_out_is_not_read() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.event(seen(ReaderState::Empty));
    run.now = at(60);
    run.event(Event::Tick);
    assert_eq!((reads(&run), deadline(&run.state)), (1, None));
}

#[test]
fn who_is_certain_of_the_pin_on_a_keypad_types_it_there_at_once() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let face = Box::new(CardFace { keypad: true, ..*face(Tries::Left(1)) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face)));
    assert_eq!(run.requests(), 0);
    run.event(Event::Consented(run.asked_now()));
    assert!(matches!(&run.state.errand, Errand::Requesting(asking) if asking.on_keypad));
    assert_eq!(run.requests(), 1);
}

#[test]
fn a_sign_in_that_has_to_wait_takes_no_warning_from_the_one_that_goes_on() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.event(Event::Warned(Code::QUALITY_NOT_CONFIRMED.into()));
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    assert_eq!(run.state.warnings, [Code::QUALITY_NOT_CONFIRMED.into()]);
}
