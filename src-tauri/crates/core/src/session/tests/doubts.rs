//! A card that does not tell its tries is never tried twice without a person's word.

use super::*;

fn sign_in_again(run: &mut Run) {
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Unknown))));
}

fn needs_consent(run: &Run) -> bool {
    matches!(&run.state.errand, Errand::Pin(asking) if asking.needs_consent())
}

fn noted(run: &Run) -> Vec<bool> {
    run.done
        .iter()
        .filter_map(|e| if let Effect::Doubt { doubtful, .. } = e { Some(*doubtful) } else { None })
        .collect()
}

#[test]
fn neither_cancelling_nor_a_new_sign_in_forgets_a_doubtful_try() {
    for code in [Code::PIN_WRONG, Code::PIN_OUTCOME_UNKNOWN, Code::PCSC_HUNG, Code::ADAPTER_PANIC] {
        let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
        run.give_pin();
        run.answer(refused(code, PinFate::Spent)).event(Event::Cancelled);
        sign_in_again(&mut run);
        assert!(needs_consent(&run), "{code}");
        run.give_pin();
        assert_eq!(run.requests(), 1, "{code}: no second VERIFY without consent");
        assert_eq!(noted(&run), [true], "noted before the first, and nothing took it back");
    }
}

#[test]
fn the_doubt_is_noted_before_the_pin_is_sent_and_ends_with_a_verify_that_succeeded() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    run.give_pin();
    let at = |wanted: fn(&Effect) -> bool| run.done.iter().position(wanted).unwrap();
    assert!(run.done[at(|e| matches!(e, Effect::Doubt { .. }))].comes_first());
    assert!(!run.done[at(|e| matches!(e, Effect::Request { .. }))].comes_first());
    run.grant(1_000).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!(noted(&run), [true, false]);
    sign_in_again(&mut run);
    assert!(!needs_consent(&run));
}

#[test]
fn a_pin_that_was_never_sent_leaves_the_card_as_it_was() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    let entry = run.give_pin();
    run.answer(refused(Code::STS_DOWN, PinFate::Kept(entry))).event(Event::Cancelled);
    sign_in_again(&mut run);
    assert!(!needs_consent(&run));
    // In doubt already: what was not sent proves nothing.
    run.give_pin();
    run.answer(refused(Code::PIN_WRONG, PinFate::Spent));
    run.event(Event::Consented(run.asked_now()));
    let entry = run.give_pin();
    run.answer(refused(Code::STS_DOWN, PinFate::Kept(entry))).event(Event::Cancelled);
    sign_in_again(&mut run);
    assert!(needs_consent(&run));
}

#[test]
fn a_doubt_of_an_earlier_start_counts_and_another_card_is_not_suspected() {
    let mut run = Run::new();
    run.event(Event::Doubted(face(Tries::Unknown).chip));
    sign_in_again(&mut run);
    assert!(needs_consent(&run));
    run.event(Event::Cancelled);
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let other = Box::new(CardFace { chip: ChipNumber([2; 16]), ..*face(Tries::Unknown) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(other)));
    assert!(!needs_consent(&run));
}

#[test]
fn a_card_that_tells_its_tries_is_judged_by_them() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::Refused {
        problem: Problem::new(Code::PIN_WRONG).with("tries_left", 2),
        pin: PinFate::Spent,
    });
    assert!(!needs_consent(&run));
    assert_eq!(noted(&run), [] as [bool; 0], "nothing to write down");
}

#[test]
fn after_a_challenge_the_second_pin_is_in_doubt_again_until_it_is_right() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::PinWantedAgain);
    run.give_pin();
    assert_eq!(noted(&run), [true, false, true]);
    run.answer(refused(Code::PIN_WRONG, PinFate::Spent)).event(Event::Cancelled);
    sign_in_again(&mut run);
    assert!(needs_consent(&run));
}
