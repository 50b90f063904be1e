#![allow(clippy::unwrap_used)]

use std::sync::OnceLock;
use std::time::Duration;

use relais_card::backend::{Backend, Link, LinkError, SlotContent};

use super::*;
use crate::eid::{EidAuthorities, Model, Person};

const READER: &str = "Virtual reader 00";
const CHALLENGE: [u8; 5] = [0x00, 0x84, 0x00, 0x00, 0x08];
const NOW: Duration = Duration::ZERO;

fn card() -> VirtualEid {
    static CARD: OnceLock<VirtualEid> = OnceLock::new();
    let make = || {
        let now = "2026-03-02T08:00:00Z".parse().unwrap();
        let state = EidAuthorities::create(now).unwrap();
        VirtualEid::personalise(&Person::doctor(), Model::V18, &state, now).unwrap()
    };
    CARD.get_or_init(make).clone()
}

fn with_card() -> (VirtualReader, Box<dyn Link>) {
    let reader = VirtualReader::new(READER);
    reader.insert(READER, card());
    let link = reader.clone().connect(READER).unwrap();
    (reader, link)
}

fn apdus(reader: &VirtualReader) -> usize {
    reader.with_card(READER, |card| card.counters().apdus()).unwrap()
}

#[test]
fn readers_and_cards_come_and_go() {
    let mut reader = VirtualReader::without_readers();
    assert_eq!(reader.readers(), Ok(vec![]));
    assert_eq!(reader.connect(READER).err(), Some(LinkError::UnknownReader));
    reader.plug(READER);
    assert_eq!(reader.connect(READER).err(), Some(LinkError::NoCard));
    reader.insert(READER, card());
    let content = SlotContent::Card { atr: card().atr().to_vec(), in_use: false };
    assert_eq!(reader.readers().unwrap()[0].content, content);
    let mut link = reader.connect(READER).unwrap();
    assert!(link.transmit(&CHALLENGE).unwrap().ends_with(&[0x90, 0x00]));
    reader.remove(READER);
    assert_eq!(link.transmit(&CHALLENGE), Err(LinkError::Removed));
    reader.insert_mute(READER);
    assert_eq!(reader.connect(READER).err(), Some(LinkError::Mute));
    reader.unplug(READER);
    assert_eq!(reader.readers(), Ok(vec![]));
}

#[test]
fn a_connection_does_not_follow_to_another_card_by_itself() {
    let (reader, mut link) = with_card();
    reader.insert(READER, card());
    assert_eq!(link.transmit(&CHALLENGE), Err(LinkError::Removed));
    assert_eq!(link.reconnect(false), Ok(()));
    assert!(link.transmit(&CHALLENGE).is_ok());
}

#[test]
fn a_reset_is_noticed_by_the_others_only() {
    let (reader, mut one) = with_card();
    let mut two = reader.clone().connect(READER).unwrap();
    one.reconnect(true).unwrap();
    assert!(one.transmit(&CHALLENGE).is_ok());
    assert_eq!(two.transmit(&CHALLENGE), Err(LinkError::Reset));
    reader.reset_by_other(READER);
    assert_eq!(one.transmit(&CHALLENGE), Err(LinkError::Reset));
}

#[test]
fn a_transaction_keeps_the_others_out_until_it_ends_or_its_owner_goes() {
    let (reader, mut one) = with_card();
    let mut two = reader.clone().connect(READER).unwrap();
    one.begin(NOW).unwrap();
    assert_eq!(two.begin(NOW), Err(LinkError::InUse));
    drop(one);
    assert_eq!(two.begin(NOW), Ok(()));
    two.end().unwrap();
    reader.begin_elsewhere(READER);
    assert_eq!(two.begin(NOW), Err(LinkError::InUse));
    reader.end_elsewhere(READER);
    assert_eq!(two.begin(NOW), Ok(()));
    reader.hold(READER);
    assert_eq!(reader.clone().connect(READER).err(), Some(LinkError::InUse));
}

#[test]
fn a_waiting_program_gets_its_turn_when_the_other_ends() {
    let (reader, mut link) = with_card();
    reader.begin_elsewhere(READER);
    let waiting = std::thread::spawn(move || link.begin(Duration::from_secs(60)));
    reader.end_elsewhere(READER);
    assert_eq!(waiting.join().unwrap(), Ok(()));
}

#[test]
fn a_card_pulled_before_a_command_never_saw_it_and_after_it_has_done_it() {
    for (fault, seen) in [(Fault::RemoveBefore, 1), (Fault::RemoveAfter, 2)] {
        let (reader, mut link) = with_card();
        reader.arm(READER, 1, fault);
        assert!(link.transmit(&CHALLENGE).is_ok());
        assert_eq!(link.transmit(&CHALLENGE), Err(LinkError::Broken));
        assert_eq!(link.transmit(&CHALLENGE), Err(LinkError::Removed));
        assert!(reader.reinsert(READER).is_none());
        assert_eq!(apdus(&reader), seen);
    }
}

#[test]
fn each_fault_has_its_own_error() {
    let cases = [
        (Fault::Swap(Box::new(card())), Err(LinkError::Removed)),
        (Fault::ResetByOther, Err(LinkError::Reset)),
        (Fault::Mute, Err(LinkError::Mute)),
        (Fault::BreakBefore, Err(LinkError::Broken)),
        (Fault::BreakAfter, Err(LinkError::Broken)),
        (Fault::Answer(vec![]), Ok(vec![])),
        (Fault::Unplug, Err(LinkError::ReaderUnavailable)),
        (Fault::StopService, Err(LinkError::ServiceStopped)),
    ];
    for (fault, expected) in cases {
        let (reader, mut link) = with_card();
        reader.arm(READER, 0, fault);
        assert_eq!(link.transmit(&CHALLENGE), expected);
    }
}

#[test]
fn a_connection_does_not_outlive_the_service() {
    let (mut reader, mut link) = with_card();
    reader.stop_service();
    assert_eq!(reader.readers(), Err(LinkError::NoService));
    reader.start_service();
    assert_eq!(link.transmit(&CHALLENGE), Err(LinkError::ServiceStopped));
    assert_eq!(link.reconnect(true), Err(LinkError::ServiceStopped));
    assert!(reader.connect(READER).unwrap().transmit(&CHALLENGE).is_ok());
}

#[test]
fn a_monitor_tells_what_changed_and_keeps_still_otherwise() {
    let (reader, _link) = with_card();
    let mut monitor = reader.monitor().unwrap();
    assert_eq!(monitor.wait(NOW).unwrap().map(|all| all.len()), Some(1));
    assert_eq!(monitor.wait(NOW), Ok(None));
    reader.reset_by_other(READER);
    assert_eq!(monitor.wait(NOW), Ok(None), "a reset changes nothing to see");
    let waiting = std::thread::spawn(move || monitor.wait(Duration::from_secs(60)));
    reader.remove(READER);
    assert_eq!(waiting.join().unwrap().unwrap().unwrap()[0].content, SlotContent::Empty);
}

#[test]
fn a_monitor_notices_a_card_swapped_for_a_like_one() {
    let (reader, _link) = with_card();
    let mut monitor = reader.monitor().unwrap();
    monitor.wait(NOW).unwrap();
    reader.insert(READER, card());
    assert!(monitor.wait(NOW).unwrap().is_some());
    assert_eq!(monitor.wait(NOW), Ok(None));
}

#[test]
fn a_monitor_learns_that_the_service_went_and_came_back() {
    let (reader, _link) = with_card();
    let mut monitor = reader.monitor().unwrap();
    monitor.wait(NOW).unwrap();
    reader.stop_service();
    assert_eq!(monitor.wait(NOW), Err(LinkError::NoService));
    reader.start_service();
    assert_eq!(monitor.wait(NOW).unwrap().map(|all| all.len()), Some(1));
}

/// PIN_VERIFY as docs/reference/eid-card.md, section 9 has it.
fn structure() -> Vec<u8> {
    let mut out = vec![0x1E, 0x1E, 0x89, 0x47, 0x04, 0x0C, 0x04, 0x02, 0x01, 0x09, 0x04, 0, 0, 0, 0];
    out.extend([0x0D, 0, 0, 0]);
    out.extend([0x00, 0x20, 0x00, 0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    out
}

fn keypad_code(link: &mut dyn Link) -> u32 {
    let features = link.control(link.feature_request(), &[]).unwrap();
    assert_eq!(features[..2], [0x06, 0x04]);
    u32::from_be_bytes(features[2..6].try_into().unwrap())
}

#[test]
fn a_keypad_sends_what_the_person_typed_to_the_card() {
    let (reader, mut link) = with_card();
    reader.with_keypad(READER);
    let code = keypad_code(link.as_mut());
    let script = [
        (Typing::Pin("9999".into()), [0x63, 0xC2]),
        (Typing::Pin("1234".into()), [0x90, 0x00]),
        (Typing::Pin("12".into()), [0x64, 0x03]),
        (Typing::Cancel, [0x64, 0x01]),
        (Typing::Nothing, [0x64, 0x00]),
    ];
    for (typing, expected) in script {
        reader.type_on_keypad(READER, typing);
        assert_eq!(link.control(code, &structure()), Ok(expected.to_vec()));
    }
    assert_eq!(link.control(code, &structure()), Ok(vec![0x64, 0x00]), "nobody types");
    assert_eq!(reader.with_card(READER, |card| card.counters().verifies), Some(2));
}

#[test]
fn a_keypad_with_somebody_in_front_of_it_waits_for_the_digits() {
    let (reader, mut link) = with_card();
    reader.with_attended_keypad(READER);
    let code = keypad_code(link.as_mut());
    let asked = std::thread::spawn(move || link.control(code, &structure()));
    reader.type_on_keypad(READER, Typing::Pin("1234".into()));
    assert_eq!(asked.join().unwrap(), Ok(vec![0x90, 0x00]));
    assert_eq!(reader.seen()[0].card, Some(SeenCard { tries: 3, pins: 1 }));
}

#[test]
fn a_keypad_waits_no_longer_than_it_was_told_to_and_not_for_a_card_that_went() {
    let (reader, mut link) = with_card();
    reader.with_attended_keypad(READER);
    let code = keypad_code(link.as_mut());
    let mut at_once = structure();
    at_once[0] = 0;
    assert_eq!(link.control(code, &at_once), Ok(vec![0x64, 0x00]));
    let asked = std::thread::spawn(move || link.control(code, &structure()));
    assert!(reader.pull(READER));
    assert_eq!(asked.join().unwrap(), Err(LinkError::Removed));
    assert_eq!(reader.seen()[0].card, None);
    assert!(reader.reinsert(READER).is_none());
    assert_eq!(reader.seen()[0].card, Some(SeenCard { tries: 3, pins: 0 }));
}

#[test]
fn a_fault_can_wait_for_its_instruction() {
    let (reader, mut link) = with_card();
    reader.arm_at(READER, 0x20, Fault::RemoveBefore);
    assert!(link.transmit(&CHALLENGE).is_ok() && link.transmit(&CHALLENGE).is_ok());
    assert_eq!(link.transmit(&[0x00, 0x20, 0x00, 0x01]), Err(LinkError::Broken));
}

#[test]
fn a_keypad_refuses_a_structure_that_would_build_another_block() {
    let (reader, mut link) = with_card();
    reader.with_keypad(READER);
    let code = keypad_code(link.as_mut());
    for at in [2, 3, 4, 5, 6, 7, 15, 19, 20, 24] {
        let mut wrong = structure();
        wrong[at] ^= 0x40;
        assert_eq!(link.control(code, &wrong), Ok(vec![0x6B, 0x80]), "byte {at}");
    }
    assert_eq!(apdus(&reader), 0);
}

#[test]
fn a_reader_without_keypad_refuses_the_question() {
    let (_reader, mut link) = with_card();
    assert!(link.control(link.feature_request(), &[]).is_err());
}
