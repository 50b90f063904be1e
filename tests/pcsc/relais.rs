//! The card crate through pcscd: reading, signing, and the bad days of a real service.

use std::time::Duration;

use relais_card::backend::{Backend, Link, LinkError};
use relais_card::document::{read_document, read_identity_and_address};
use relais_card::pcsc::PcscBackend;
use relais_card::verify::Verdict;
use relais_card::{CardError, CardKey, FaceReader, Timing, sign};
use relais_core::Code;
use relais_sandbox::eid::Model;
use relais_sandbox::eid::vpcd::{Pull, SharedEid};

use crate::eid::{CURRENT, DIGEST, anchors, card, now, right_pin, signed_by, state, wrong_pin};
use crate::pcscd::{Pcscd, privately};

fn connect(service: &Pcscd) -> (String, Box<dyn Link>) {
    let reader = service.reader();
    let link = PcscBackend::new().connect(&reader).unwrap();
    (reader, link)
}

fn verifies(card: &SharedEid) -> u32 {
    card.lock().unwrap().counters().verifies
}

#[test]
fn every_applet_is_read_verified_and_signs() {
    privately("relais::every_applet_is_read_verified_and_signs", |service| {
        for model in CURRENT {
            read_and_sign(service, model);
        }
    });
}

fn read_and_sign(service: &mut Pcscd, model: Model) {
    let (shared, served) = service.insert(card(model));
    let (reader, mut link) = connect(service);
    let reading = read_document(link.as_mut(), &reader, true, &anchors(state()), now()).unwrap();
    assert_eq!(reading.identity.surname, "Vandersteen");
    assert_eq!(reading.address.zip, "5000");
    let verified = reading.verified;
    let all = [Some(verified.identity), Some(verified.address), verified.photo, Some(verified.chain)];
    assert_eq!(all, [Some(Verdict::Proven); 4], "{model:?}");
    let face = FaceReader::default().read(link.as_mut(), &reader, now()).unwrap();
    assert!(!face.keypad, "vpcd refuses the question, and that means no keypad");
    let refused = sign(link.as_mut(), &face, CardKey::Authentication, wrong_pin(), DIGEST).unwrap_err();
    assert_eq!(refused.error, CardError::PinWrong { tries_left: 2 });
    let signature = sign(link.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap();
    assert!(signed_by(&face, &signature), "{model:?}");
    assert_eq!(verifies(&shared), 2);
    assert!(!shared.lock().unwrap().unlocked());
    served.pull();
    service.wait_until_empty();
}

#[test]
fn identity_and_address_take_fewer_commands_than_opensc_needs() {
    privately("relais::identity_and_address_take_fewer_commands_than_opensc_needs", |service| {
        let (shared, _served) = service.insert(card(Model::V18));
        let (_, mut link) = connect(service);
        shared.lock().unwrap().clear_counters();
        read_identity_and_address(link.as_mut(), Timing::default()).unwrap();
        let ours = shared.lock().unwrap().counters().apdus();
        drop(link);
        shared.lock().unwrap().clear_counters();
        let told = std::process::Command::new("eidenv").args(["--reader", "0"]).output().unwrap();
        assert!(String::from_utf8_lossy(&told.stdout).contains("Vandersteen"));
        let theirs = shared.lock().unwrap().counters().apdus();
        assert!(ours <= 6 && ours < theirs, "ours {ours}, theirs {theirs}");
    });
}

#[test]
fn a_card_pulled_in_the_middle_of_a_signature_is_told_as_removed_and_works_again() {
    privately(
        "relais::a_card_pulled_in_the_middle_of_a_signature_is_told_as_removed_and_works_again",
        |service| {
            for pull in [Pull::Before(VERIFY_AT), Pull::After(VERIFY_AT), Pull::Before(VERIFY_AT + 1)] {
                pull_while_signing(service, pull);
            }
        },
    );
}

/// Commands before VERIFY in a signature with applet 1.8: card data, SELECT and READ of the certificate's end, MSE.
const VERIFY_AT: usize = 4;

fn pull_while_signing(service: &mut Pcscd, pull: Pull) {
    let (shared, served) = service.insert(card(Model::V18));
    let (reader, mut link) = connect(service);
    let face = FaceReader::default().read(link.as_mut(), &reader, now()).unwrap();
    shared.lock().unwrap().clear_counters();
    served.pull_at(pull);
    let failure = sign(link.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap_err();
    let asked = shared.lock().unwrap().counters().clone();
    assert!(failure.pin.is_none(), "the PIN was on its way");
    assert_eq!(asked.verifies, u32::from(pull != Pull::Before(VERIFY_AT)), "{pull:?}: {asked:?}");
    let lost = matches!(
        failure.error,
        CardError::PinOutcomeUnknown | CardError::Link(LinkError::Removed | LinkError::Broken)
    );
    assert!(lost, "{pull:?}: {:?}", failure.error);
    drop(served);
    service.wait_until_empty();
    let (_shared, served) = service.insert(card(Model::V18));
    let (_, mut again) = connect(service);
    let signature = sign(again.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap();
    assert!(signed_by(&face, &signature));
    served.pull();
    service.wait_until_empty();
}

#[test]
fn a_service_that_was_killed_is_told_as_down_and_found_again_after_its_restart() {
    privately(
        "relais::a_service_that_was_killed_is_told_as_down_and_found_again_after_its_restart",
        |service| {
            let (_shared, served) = service.insert(card(Model::V18));
            let mut backend = PcscBackend::new();
            let mut monitor = backend.monitor().unwrap();
            assert!(monitor.wait(Duration::from_secs(10)).unwrap().is_some());
            let reader = service.reader();
            let mut link = backend.connect(&reader).unwrap();
            let face = FaceReader::default().read(link.as_mut(), &reader, now()).unwrap();
            service.kill();
            drop(served);
            assert_eq!(backend.readers().unwrap_err().problem().code, Code::PCSC_DOWN);
            assert_eq!(monitor.wait(Duration::from_secs(10)).unwrap_err().problem().code, Code::PCSC_DOWN);
            let failure =
                sign(link.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap_err();
            assert!(failure.pin.is_some(), "nothing was sent");
            assert_eq!(failure.error.problem().code, Code::PCSC_DOWN);
            drop(link);
            service.run();
            let (shared, _served) = service.insert(card(Model::V18));
            assert!(monitor.wait(Duration::from_secs(10)).unwrap().is_some());
            let mut link = backend.connect(&service.reader()).unwrap();
            let signature = sign(link.as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap();
            assert!(signed_by(&face, &signature));
            assert_eq!(verifies(&shared), 1);
        },
    );
}

/// Files that may come and go by themselves; what a round left open would be many more.
const SPARE: usize = 2;

/// Rounds of an ordinary run, one hundredth of those of the threat model.
const ROUNDS: usize = 10;

#[test]
fn cards_come_and_go_a_thousand_times_and_nothing_stays_open() {
    privately("relais::cards_come_and_go_a_thousand_times_and_nothing_stays_open", |service| {
        let times = std::env::var("RELAIS_SOAK").map_or(1, |text| text.parse().unwrap());
        let rounds = ROUNDS * times;
        come_and_go(service);
        let before = open_files();
        for round in 1..=rounds {
            come_and_go(service);
            if round % ROUNDS == 0 {
                service.kill();
                assert_eq!(PcscBackend::new().readers().unwrap_err().problem().code, Code::PCSC_DOWN);
                service.run();
            }
        }
        let after = open_files();
        assert!(after <= before + SPARE, "{before} files open before {rounds} rounds, {after} after");
    });
}

/// A card is put in, seen, read and taken out again.
fn come_and_go(service: &mut Pcscd) {
    let (_shared, served) = service.insert(card(Model::V18));
    let (reader, mut link) = connect(service);
    let face = FaceReader::default().read(link.as_mut(), &reader, now()).unwrap();
    assert_eq!(face.reader, reader);
    served.pull();
    service.wait_until_empty();
    assert!(FaceReader::default().read(link.as_mut(), &reader, now()).is_err(), "the card is gone");
}

/// Files and sockets this process has open.
fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}
