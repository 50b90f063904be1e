//! Whatever goes wrong, at whatever command: one PIN entry is one VERIFY at most, and no right stays behind.

use relais_card::backend::LinkError;
use relais_card::document::read_document_with;
use relais_card::sign::sign_with;
use relais_card::{CardError, CardKey};
use relais_core::Code;
use relais_sandbox::eid::reader::Fault;
use relais_sandbox::eid::{Model, VirtualEid};

use crate::desk::{Desk, READER, at_once, faces, other_card};
use crate::eid::{CURRENT, DIGEST, anchors, card, now, right_pin, signed_by, state};

/// More commands than any signature takes.
const PAST_THE_END: usize = 14;

/// A fault is used up when it happens, so it is made anew for each case.
type Named = (&'static str, fn() -> Fault);

/// Everything that can go wrong at one command, each by its name.
const FAULTS: [Named; 12] = [
    ("pulled before", || Fault::RemoveBefore),
    ("pulled after", || Fault::RemoveAfter),
    ("swapped for another", || Fault::Swap(Box::new(other_card()))),
    ("reset by another program", || Fault::ResetByOther),
    ("mute", || Fault::Mute),
    ("contact lost before", || Fault::BreakBefore),
    ("contact lost after", || Fault::BreakAfter),
    ("empty answer", || Fault::Answer(vec![])),
    ("one byte", || Fault::Answer(vec![0x90])),
    ("nonsense", || Fault::Answer(vec![0xDE, 0xAD, 0xBE, 0xEF])),
    ("unplugged", || Fault::Unplug),
    ("service killed", || Fault::StopService),
];

/// What every card that was in the reader went through.
fn verifies(desk: &Desk) -> u32 {
    desk.reader.start_service();
    desk.reader.plug(READER);
    let inside = desk.reader.with_card(READER, |card| card.counters().verifies).unwrap_or(0);
    inside + desk.reader.taken_out(READER).map_or(0, |card| card.counters().verifies)
}

#[test]
fn no_fault_at_any_command_of_a_signature_sends_a_second_verify_or_leaves_a_right() {
    for model in CURRENT {
        for (name, fault) in FAULTS {
            for at in 0..PAST_THE_END {
                let mut desk = Desk::with(card(model));
                let face = desk.face();
                desk.reader.arm(READER, at, fault());
                let link = desk.link.as_mut();
                let done = sign_with(at_once(), link, &face, CardKey::Authentication, right_pin(), DIGEST);
                let unlocked = desk.reader.with_card(READER, |card| card.unlocked());
                let case = format!("{model:?}, {name} at command {at}");
                let sent = verifies(&desk);
                assert_ne!(unlocked, Some(true), "{case}: a right stays behind");
                assert!(sent <= 1, "{case}: {sent} VERIFY");
                match done {
                    Ok(signature) => assert!(signed_by(&face, &signature), "{case}"),
                    Err(failure) => {
                        assert!(failure.pin.is_none() || sent == 0, "{case}: the entry was spent");
                    }
                }
            }
        }
    }
}

#[test]
fn a_verify_whose_answer_was_lost_is_never_repeated() {
    let mut desk = Desk::with(card(Model::V18));
    let face = desk.face();
    let verify_at = command_of_verify(&mut desk);
    desk.reader.arm(READER, verify_at, Fault::BreakAfter);
    let link = desk.link.as_mut();
    let failure =
        sign_with(at_once(), link, &face, CardKey::Authentication, right_pin(), DIGEST).unwrap_err();
    assert_eq!(failure.error, CardError::PinOutcomeUnknown);
    assert!(failure.pin.is_none());
    assert_eq!(desk.verifies_and_tries().0, 1);
    assert!(!desk.look(|card| card.unlocked()));
}

/// Which command of a signature carries the PIN.
fn command_of_verify(desk: &mut Desk) -> usize {
    let face = desk.face();
    sign_with(at_once(), desk.link.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap();
    let is_verify = |card: &mut VirtualEid| {
        card.counters().exchanges.iter().position(|it| it.instruction == 0x20 && it.sent > 0)
    };
    let at = desk.look(is_verify).unwrap();
    desk.look(VirtualEid::clear_counters);
    at
}

#[test]
fn no_fault_while_reading_a_face_sends_any_pin_and_the_next_try_succeeds() {
    for (name, fault) in FAULTS {
        for at in 0..PAST_THE_END {
            let mut desk = Desk::with(card(Model::V18));
            desk.reader.arm(READER, at, fault());
            let mut faces = faces();
            let first = faces.read(desk.link.as_mut(), READER, now());
            assert_eq!(verifies(&desk), 0, "{name} at command {at}");
            if let Ok(face) = first {
                assert!(!face.certificate.is_empty());
            }
            desk.reader.disarm(READER);
            desk.reader.insert(READER, card(Model::V18));
            let mut fresh = Desk { link: connect(&desk), reader: desk.reader };
            assert!(faces.read(fresh.link.as_mut(), READER, now()).is_ok(), "{name} at command {at}");
        }
    }
}

fn connect(desk: &Desk) -> Box<dyn relais_card::backend::Link> {
    use relais_card::backend::Backend as _;
    desk.reader.clone().connect(READER).unwrap()
}

#[test]
fn a_document_is_read_whole_or_not_at_all_wherever_the_card_is_pulled() {
    let whole = document_length();
    for at in 0..whole {
        let mut desk = Desk::with(card(Model::V17));
        desk.reader.arm(READER, at, Fault::RemoveBefore);
        let link = desk.link.as_mut();
        let error = read_document_with(at_once(), link, READER, true, &anchors(state()), now()).unwrap_err();
        assert_eq!(error, CardError::Link(LinkError::Removed), "at command {at}");
        assert_eq!(error.problem().code, Code::CARD_REMOVED);
    }
}

fn document_length() -> usize {
    let mut desk = Desk::with(card(Model::V17));
    let link = desk.link.as_mut();
    read_document_with(at_once(), link, READER, true, &anchors(state()), now()).unwrap();
    desk.look(|card| card.counters().apdus())
}

#[test]
fn a_reset_while_reading_is_read_over_and_a_mute_card_is_told_as_mute() {
    let read = |fault: Fault| {
        let mut desk = Desk::with(card(Model::V18));
        desk.reader.arm(READER, 2, fault);
        faces().read(desk.link.as_mut(), READER, now())
    };
    assert!(read(Fault::ResetByOther).is_ok());
    assert!(read(Fault::BreakBefore).is_ok());
    assert!(read(Fault::Answer(vec![])).is_ok(), "an empty answer is a broken exchange");
    assert_eq!(read(Fault::Mute).unwrap_err(), CardError::Link(LinkError::Mute));
}
