//! One signature for one PIN, and never more than one try.

use relais_card::sign::sign_with;
use relais_card::{CardError, CardKey, SignFailure};
use relais_core::card::{CardFace, Tries};
use relais_core::secret::Pin;
use relais_sandbox::eid::{Model, Variant, VirtualEid};

use crate::desk::{Desk, READER, at_once, made, other_card};
use crate::eid::{CURRENT, DIGEST, card, right_pin, signed_by, wrong_pin};

fn sign(desk: &mut Desk, face: &CardFace, key: CardKey, pin: Pin) -> Result<Vec<u8>, SignFailure> {
    sign_with(at_once(), desk.link.as_mut(), face, key, pin, DIGEST)
}

fn login(desk: &mut Desk, face: &CardFace, pin: Pin) -> Result<Vec<u8>, SignFailure> {
    sign(desk, face, CardKey::Authentication, pin)
}

#[test]
fn every_current_applet_signs_with_one_verify_and_leaves_no_right_behind() {
    for model in CURRENT {
        let mut desk = Desk::with(card(model));
        let face = desk.face();
        let signature = login(&mut desk, &face, right_pin()).unwrap();
        assert!(signed_by(&face, &signature), "{model:?}");
        assert_eq!(desk.verifies_and_tries(), (1, 3));
        assert!(!desk.look(|card| card.unlocked()), "another program could sign now");
        assert!(desk.look(|card| card.counters().apdus()) <= 8);
    }
}

#[test]
fn the_signature_key_signs_too_with_its_own_verify() {
    for model in CURRENT {
        let mut desk = Desk::with(card(model));
        let face = desk.face();
        let signature = sign(&mut desk, &face, CardKey::Signature, right_pin()).unwrap();
        assert!(!signature.is_empty() && !signed_by(&face, &signature), "the other key made it");
        assert_eq!(desk.verifies_and_tries(), (1, 3));
        assert!(!desk.look(|card| card.unlocked()));
    }
}

#[test]
fn applets_without_sha256_refuse_before_a_pin_is_sent() {
    for model in [Model::V10, Model::V11] {
        let mut desk = Desk::with(card(model));
        let face = desk.face();
        let failure = login(&mut desk, &face, right_pin()).unwrap_err();
        assert!(matches!(failure.error, CardError::Refused { instruction: 0x22, .. }), "{model:?}");
        assert!(failure.pin.is_some());
        assert_eq!(desk.verifies_and_tries(), (0, 3));
    }
}

#[test]
fn a_wrong_pin_costs_exactly_one_try() {
    for model in CURRENT {
        let mut desk = Desk::with(card(model));
        let face = desk.face();
        let failure = login(&mut desk, &face, wrong_pin()).unwrap_err();
        assert_eq!(failure.error, CardError::PinWrong { tries_left: 2 }, "{model:?}");
        assert!(failure.pin.is_none(), "a PIN that was sent is gone");
        assert_eq!(desk.verifies_and_tries(), (1, 2));
    }
}

#[test]
fn the_last_wrong_pin_blocks_and_is_told_as_blocked() {
    for model in CURRENT {
        let mut desk = Desk::with(card(model));
        desk.look(|card| card.set_tries_left(1));
        let face = desk.face();
        assert_eq!(face.tries, Tries::Left(1));
        let failure = login(&mut desk, &face, wrong_pin()).unwrap_err();
        assert_eq!(failure.error, CardError::PinBlocked, "{model:?}");
        assert_eq!(desk.verifies_and_tries(), (1, 0));
    }
}

#[test]
fn a_last_try_the_person_was_not_shown_is_not_taken() {
    let mut desk = Desk::with(card(Model::V18));
    desk.look(|card| card.set_tries_left(1));
    let face = desk.face_showing(Tries::Left(3));
    let failure = login(&mut desk, &face, right_pin()).unwrap_err();
    assert_eq!(failure.error, CardError::ConsentNeeded);
    assert!(failure.pin.is_some());
    assert_eq!(desk.verifies_and_tries(), (0, 1));
}

#[test]
fn a_blocked_card_is_shown_as_blocked_and_never_asked() {
    for model in CURRENT {
        let mut desk = Desk::with(made(model, Variant::Blocked));
        let face = desk.face();
        assert_eq!(face.tries, Tries::Left(0), "{model:?}");
        let failure = login(&mut desk, &face, right_pin()).unwrap_err();
        assert_eq!(failure.error, CardError::PinBlocked);
        assert_eq!(desk.verifies_and_tries().1, 0);
    }
}

#[test]
fn a_card_swapped_after_its_face_was_shown_gets_no_pin() {
    let mut desk = Desk::with(card(Model::V18));
    let face = desk.face();
    desk.reader.insert(READER, other_card());
    desk.link.reconnect(false).unwrap();
    let failure = login(&mut desk, &face, right_pin()).unwrap_err();
    assert_eq!(failure.error, CardError::Changed);
    assert!(failure.pin.is_some());
    assert_eq!(desk.verifies_and_tries(), (0, 3));
}

#[test]
fn a_chip_number_alone_does_not_make_it_the_same_card() {
    let mut desk = Desk::with(card(Model::V18));
    let theirs = Desk::with(other_card()).face().certificate;
    let face = CardFace { certificate: theirs, ..desk.face() };
    let failure = login(&mut desk, &face, right_pin()).unwrap_err();
    assert_eq!(failure.error, CardError::Changed);
    assert_eq!(desk.verifies_and_tries(), (0, 3));
}

#[test]
fn a_card_in_another_programs_transaction_gets_no_pin() {
    let mut desk = Desk::with(card(Model::V18));
    let face = desk.face();
    desk.reader.begin_elsewhere(READER);
    let failure = login(&mut desk, &face, right_pin()).unwrap_err();
    assert_eq!(failure.error, CardError::InUse);
    assert!(failure.pin.is_some());
    assert_eq!(desk.look(|card| card.counters().apdus()), 0);
}

#[test]
fn a_card_another_program_has_reset_signs_all_the_same() {
    let mut desk = Desk::with(card(Model::V18));
    let face = desk.face();
    desk.reader.reset_by_other(READER);
    let signature = login(&mut desk, &face, right_pin()).unwrap();
    assert!(signed_by(&face, &signature));
    assert_eq!(desk.verifies_and_tries(), (1, 3));
}

#[test]
fn a_right_left_behind_by_another_program_is_not_used_instead_of_the_pin() {
    let mut desk = Desk::with(card(Model::V18));
    let face = desk.face();
    desk.look(|card| drop(card.transmit(b"\x00\x20\x00\x01\x08\x24\x12\x34\xFF\xFF\xFF\xFF\xFF")));
    desk.look(VirtualEid::clear_counters);
    let failure = login(&mut desk, &face, wrong_pin()).unwrap_err();
    assert_eq!(failure.error, CardError::PinWrong { tries_left: 2 });
    assert_eq!(desk.verifies_and_tries(), (1, 2));
}
