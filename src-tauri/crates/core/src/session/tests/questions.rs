//! A secret answers the question it was typed for, and no other.

use super::*;

#[test]
fn a_pin_typed_for_an_older_question_is_wiped_and_reaches_no_card() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let older = run.asked_now();
    // Another card, and then another sign-in altogether.
    for _ in 0..2 {
        run.event(Event::Cancelled);
        let other = Box::new(CardFace { chip: ChipNumber([2; 16]), ..*face(Tries::Left(3)) });
        run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
        run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(other)));
        let entry = run.pin();
        let late = Event::PinGiven { question: older, pin: PinSource::Desk(entry) };
        assert!(!run.state.takes(&late));
        run.event(late);
        assert!(run.wiped(entry));
        assert_eq!(run.requests(), 0);
        assert!(matches!(run.state.errand, Errand::Pin(_)), "the newer question stays open");
    }
}

#[test]
fn every_change_of_what_is_asked_is_a_new_question_and_nothing_else_is() {
    let mut run = Run::asked(Means::Eid, Tries::Left(1), KeyAtHand::NeedsPassword);
    let consent = run.asked_now();
    run.event(Event::Tick).event(seen(ReaderState::Eid));
    assert_eq!(run.asked_now(), consent);
    run.event(Event::Consented(consent));
    let pin = run.asked_now();
    assert_ne!(pin, consent);
    let stale = run.pin();
    run.event(Event::PinGiven { question: consent, pin: PinSource::Desk(stale) });
    assert!(run.wiped(stale));
    run.give_pin();
    let password = run.asked_now();
    assert_ne!(password, pin);
    let entry = run.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), run.now);
    run.event(Event::PasswordGiven { question: pin, entry, remember: false });
    assert!(run.wiped(entry), "a password for the question that wanted a PIN");
    assert!(matches!(run.state.errand, Errand::Password { .. }));
}

#[test]
fn digits_wiped_after_a_pause_were_for_a_question_that_is_over() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let before = run.asked_now();
    let entry = run.pin();
    run.event(Event::EntryWiped(entry));
    assert_ne!(run.asked_now(), before);
}

#[test]
fn a_wish_to_type_here_for_an_older_question_is_none_for_the_next() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let face = Box::new(CardFace { keypad: true, ..*face(Tries::Left(3)) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face)));
    run.answer(refused(Code::PIN_TIMED_OUT, PinFate::Spent));
    let older = run.asked_now();
    run.event(Event::PinGiven { question: older, pin: PinSource::Keypad });
    run.answer(refused(Code::PIN_TIMED_OUT, PinFate::Spent));
    let late = Event::TypeInstead(older);
    assert!(!run.state.takes(&late));
    run.event(late);
    assert!(matches!(&run.state.errand, Errand::Pin(asking) if asking.face.keypad));
}

#[test]
fn consent_for_one_card_is_none_for_the_next() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(1), KeyAtHand::Card);
    let first = run.asked_now();
    run.event(seen(ReaderState::Empty)).event(seen(ReaderState::Eid));
    let other = Box::new(CardFace { chip: ChipNumber([2; 16]), ..*face(Tries::Left(1)) });
    run.answer(Answer::CardRead(Ok(other)));
    run.event(Event::Consented(first)).give_pin();
    assert_eq!(run.requests(), 0);
}
