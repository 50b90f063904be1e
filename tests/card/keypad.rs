//! The PIN typed on the reader itself.

use relais_card::keypad::Language;
use relais_card::sign::sign_with_keypad;
use relais_card::{CardError, CardKey};
use relais_sandbox::eid::Model;
use relais_sandbox::eid::reader::{Fault, Typing};

use crate::desk::{Desk, READER};
use crate::eid::{CURRENT, DIGEST, card, signed_by};

fn with_keypad(model: Model, typing: Typing) -> Desk {
    let desk = Desk::with(card(model));
    desk.reader.type_on_keypad(READER, typing);
    desk
}

fn sign(desk: &mut Desk) -> Result<bool, CardError> {
    let face = desk.face();
    assert!(face.keypad, "the face says that the reader takes the PIN");
    let link = desk.link.as_mut();
    let made = sign_with_keypad(link, &face, CardKey::Authentication, DIGEST, Language::Fr)?;
    Ok(signed_by(&face, &made))
}

#[test]
fn a_pin_typed_on_the_reader_signs_with_one_verify() {
    for model in CURRENT {
        let mut desk = with_keypad(model, Typing::Pin("1234".into()));
        assert_eq!(sign(&mut desk), Ok(true), "{model:?}");
        assert_eq!(desk.verifies_and_tries(), (1, 3));
        assert!(!desk.look(|card| card.unlocked()));
    }
}

#[test]
fn what_happens_at_the_keypad_is_told_apart() {
    let cases = [
        (Typing::Pin("9999".into()), CardError::PinWrong { tries_left: 2 }, (1, 2)),
        (Typing::Pin("99".into()), CardError::PinFormat, (0, 3)),
        (Typing::Cancel, CardError::KeypadCancelled, (0, 3)),
        (Typing::Nothing, CardError::KeypadTimedOut, (0, 3)),
    ];
    for (typing, expected, cost) in cases {
        let mut desk = with_keypad(Model::V18, typing);
        assert_eq!(sign(&mut desk), Err(expected));
        assert_eq!(desk.verifies_and_tries(), cost);
    }
}

#[test]
fn a_card_pulled_while_the_reader_sends_the_pin_is_not_asked_again() {
    for (fault, sent) in [(Fault::RemoveBefore, 0), (Fault::RemoveAfter, 1)] {
        let mut desk = with_keypad(Model::V18, Typing::Pin("1234".into()));
        let face = desk.face();
        let before_verify = commands_before_verify();
        desk.reader.arm(READER, before_verify, fault);
        let link = desk.link.as_mut();
        let error = sign_with_keypad(link, &face, CardKey::Authentication, DIGEST, Language::Nl).unwrap_err();
        assert_eq!(error, CardError::PinOutcomeUnknown);
        desk.reader.reinsert(READER);
        assert_eq!(desk.verifies_and_tries().0, sent);
    }
}

fn commands_before_verify() -> usize {
    let mut desk = with_keypad(Model::V18, Typing::Pin("1234".into()));
    assert_eq!(sign(&mut desk), Ok(true));
    desk.look(|card| card.counters().exchanges.iter().position(|it| it.instruction == 0x20)).unwrap()
}
