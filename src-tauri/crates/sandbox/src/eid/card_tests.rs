#![allow(clippy::unwrap_used)]

use std::sync::OnceLock;

use jiff::Timestamp;
use openssl::ecdsa::EcdsaSig;
use openssl::hash::{MessageDigest, hash};
use openssl::sign::Verifier;
use openssl::x509::X509;
use proptest::prelude::*;

use super::*;
use crate::eid::{EidAuthorities, Person, Variant};

const OK: [u8; 2] = [0x90, 0x00];
const RIGHT: [u8; 8] = [0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
const WRONG: [u8; 8] = [0x24, 0x43, 0x21, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

fn state() -> &'static EidAuthorities {
    static STATE: OnceLock<EidAuthorities> = OnceLock::new();
    STATE.get_or_init(|| EidAuthorities::create(now()).unwrap())
}

fn made(model: Model, variant: Variant) -> VirtualEid {
    VirtualEid::personalise_as(&Person::doctor(), model, variant, state(), now()).unwrap()
}

/// Keys take time; one ordinary card a model serves all tests.
fn card(model: Model) -> VirtualEid {
    static CARDS: OnceLock<Vec<(Model, VirtualEid)>> = OnceLock::new();
    let cards = CARDS.get_or_init(|| Model::ALL.map(|it| (it, made(it, Variant::Ordinary))).to_vec());
    cards.iter().find(|(it, _)| *it == model).unwrap().1.clone()
}

fn say(card: &mut VirtualEid, apdu: &[u8]) -> (Vec<u8>, u16) {
    let mut answer = card.transmit(apdu);
    let status = answer.split_off(answer.len() - 2);
    (answer, u16::from_be_bytes([status[0], status[1]]))
}

fn status(card: &mut VirtualEid, apdu: &[u8]) -> u16 {
    say(card, apdu).1
}

fn select(card: &mut VirtualEid, folder: u16, file: u16) -> u16 {
    let path = [0x3F00, folder, file].map(u16::to_be_bytes).concat();
    status(card, &[&[0x00, 0xA4, 0x08, 0x0C, 6][..], &path].concat())
}

fn file(card: &mut VirtualEid, folder: u16, file: u16) -> Vec<u8> {
    assert_eq!(select(card, folder, file), 0x9000);
    let mut content = Vec::new();
    loop {
        let [high, low] = (content.len() as u16).to_be_bytes();
        match say(card, &[0x00, 0xB0, high, low, 0x00]) {
            (part, 0x9000) => content.extend(part),
            (_, 0x6B00) => return content,
            (_, right) if right & 0xFF00 == 0x6C00 => {
                content.extend(say(card, &[0x00, 0xB0, high, low, right as u8]).0);
                return content;
            }
            other => panic!("{other:X?}"),
        }
    }
}

fn verify(card: &mut VirtualEid, block: [u8; 8]) -> u16 {
    status(card, &[&[0x00, 0x20, 0x00, 0x01, 0x08][..], &block].concat())
}

fn choose(card: &mut VirtualEid, algorithm: u8, key: u8) -> u16 {
    status(card, &[0x00, 0x22, 0x41, 0xB6, 0x05, 0x04, 0x80, algorithm, 0x84, key])
}

fn sign(card: &mut VirtualEid, data: &[u8]) -> Result<Vec<u8>, u16> {
    let apdu = [&[0x00, 0x2A, 0x9E, 0x9A, data.len() as u8][..], data].concat();
    let status = status(card, &apdu);
    if status & 0xFF00 != 0x6100 {
        return Err(status);
    }
    let (made, status) = say(card, &[0x00, 0xC0, 0x00, 0x00, status as u8]);
    assert_eq!(status, 0x9000);
    Ok(made)
}

fn certificate(card: &mut VirtualEid, ef: u16) -> X509 {
    X509::from_der(&file(card, 0xDF00, ef)).unwrap()
}

fn state_signed(card: &mut VirtualEid, data: &[u8], signature: &[u8]) -> bool {
    let key = certificate(card, 0x503C).public_key().unwrap();
    let (digest, end) = match key.rsa() {
        Ok(_) => (MessageDigest::sha256(), signature.len()),
        Err(_) => (MessageDigest::sha384(), usize::from(signature[1]) + 2),
    };
    let mut verifier = Verifier::new(digest, &key).unwrap();
    verifier.update(data).unwrap();
    verifier.verify(&signature[..end]).unwrap()
}

fn trimmed(mut content: Vec<u8>) -> Vec<u8> {
    content.truncate(content.iter().rposition(|byte| *byte != 0).unwrap() + 1);
    content
}

#[test]
fn the_registry_signed_identity_and_address_as_the_documents_say() {
    for model in Model::ALL {
        let card = &mut card(model);
        let identity = file(card, 0xDF01, 0x4031);
        let identity_signature = file(card, 0xDF01, 0x4032);
        let address = file(card, 0xDF01, 0x4033);
        let address_signature = file(card, 0xDF01, 0x4034);
        assert!(state_signed(card, &identity, &identity_signature), "{model:?}");
        let whole = [trimmed(address.clone()), identity_signature.clone()].concat();
        assert!(state_signed(card, &whole, &address_signature), "{model:?}");
        let untrimmed = [address, identity_signature].concat();
        assert!(!state_signed(card, &untrimmed, &address_signature), "{model:?}");
    }
}

#[test]
fn forgeries_are_readable_and_not_signed() {
    let card = &mut made(Model::V18, Variant::ForgedIdentity);
    let (identity, signature) = (file(card, 0xDF01, 0x4031), file(card, 0xDF01, 0x4032));
    assert!(identity.windows(12).any(|part| part == b"Vandersteens"));
    assert!(!state_signed(card, &identity, &signature));
    let card = &mut made(Model::V18, Variant::ForgedAddress);
    let signed = [trimmed(file(card, 0xDF01, 0x4033)), file(card, 0xDF01, 0x4032)].concat();
    let signature = file(card, 0xDF01, 0x4034);
    assert!(!state_signed(card, &signed, &signature));
    let card = &mut made(Model::V18, Variant::ForgedPhoto);
    let hash = hash(MessageDigest::sha384(), &file(card, 0xDF01, 0x4035)).unwrap();
    assert!(!file(card, 0xDF01, 0x4031).windows(48).any(|part| part == &*hash));
}

#[test]
fn photo_and_basic_key_are_named_by_their_hashes() {
    for (model, digest) in [(Model::V17, MessageDigest::sha256()), (Model::V18, MessageDigest::sha384())] {
        let card = &mut card(model);
        let photo = file(card, 0xDF01, 0x4035);
        assert_eq!(photo[..2], [0xFF, 0xD8], "a JPEG");
        let expected = hash(digest, &photo).unwrap();
        assert!(file(card, 0xDF01, 0x4031).windows(expected.len()).any(|part| part == &*expected));
    }
    let card = &mut card(Model::V18);
    let key = file(card, 0xDF01, 0x4040);
    assert_eq!(key.len(), 120);
    let expected = hash(MessageDigest::sha384(), &key).unwrap();
    assert!(file(card, 0xDF01, 0x4031).windows(48).any(|part| part == &*expected));
}

#[test]
fn the_chip_proves_to_be_genuine_with_its_basic_key() {
    let card = &mut card(Model::V18);
    let key = openssl::pkey::PKey::public_key_from_der(&file(card, 0xDF01, 0x4040)).unwrap();
    let digest = [7; 48];
    let apdu = [&[0x00, 0x88, 0x02, 0x81, 0x32, 0x94, 0x30][..], &digest].concat();
    assert_eq!(status(card, &apdu), 0x6160);
    let (made, _) = say(card, &[0x00, 0xC0, 0x00, 0x00, 0x60]);
    assert!(plain_fits(&key.ec_key().unwrap(), &digest, &made));
}

fn plain_fits(key: &openssl::ec::EcKey<openssl::pkey::Public>, digest: &[u8], plain: &[u8]) -> bool {
    let number = |part: &[u8]| openssl::bn::BigNum::from_slice(part).unwrap();
    let (r, s) = plain.split_at(plain.len() / 2);
    let signature = EcdsaSig::from_private_components(number(r), number(s)).unwrap();
    signature.verify(digest, key).unwrap()
}

#[test]
fn certificates_are_padded_as_each_chip_does_and_hang_together() {
    for (model, padding) in [(Model::V17, 50), (Model::V17Rekeyed, 50), (Model::V18, 1100)] {
        let card = &mut card(model);
        let content = file(card, 0xDF00, 0x5038);
        let der = X509::from_der(&content).unwrap().to_der().unwrap();
        assert_eq!(content.len(), der.len() + padding);
        let (own, ca, root) =
            (certificate(card, 0x5038), certificate(card, 0x503A), certificate(card, 0x503B));
        assert!(own.verify(&ca.public_key().unwrap()).unwrap());
        assert!(ca.verify(&root.public_key().unwrap()).unwrap());
        let registry = certificate(card, 0x503C);
        assert!(registry.verify(&root.public_key().unwrap()).unwrap());
        assert_eq!(registry.public_key().unwrap().rsa().is_err(), model != Model::V17);
        assert_eq!(own.public_key().unwrap().rsa().is_err(), model == Model::V18);
    }
}

#[test]
fn a_kids_card_has_zeros_for_certificates_and_no_keys() {
    for (model, size) in [(Model::V17, 1300), (Model::V18, 2500)] {
        let card = &mut made(model, Variant::Kids);
        assert_eq!(file(card, 0xDF00, 0x5038), vec![0; size]);
        assert_eq!(choose(card, 0x01, 0x82), 0x6A88);
        assert!(!file(card, 0xDF00, 0x503C).is_empty());
    }
}

#[test]
fn a_card_that_is_not_activated_tells_its_data_and_refuses_the_rest() {
    let card = &mut made(Model::V18, Variant::NotActivated);
    assert_eq!(status(card, &[0x80, 0xE4, 0, 0, 0x1C]), 0x9000);
    assert_eq!(select(card, 0xDF01, 0x4031), 0x9000);
    assert_eq!(status(card, &[0x00, 0xB0, 0, 0, 0]), 0x6D00);
    assert_eq!(verify(card, RIGHT), 0x6D00);
    assert_eq!(card.tries_left(), 3);
}

#[test]
fn the_version_tag_comes_first_where_the_documents_have_it() {
    let card = &mut made(Model::V17, Variant::VersionTag);
    assert_eq!(file(card, 0xDF01, 0x4031)[..5], [0x00, 2, 0, 2, 0x01]);
}

#[test]
fn an_expired_certificate_sits_on_a_valid_card() {
    let card = &mut made(Model::V18, Variant::ExpiredCertificates);
    let ended = openssl::asn1::Asn1Time::from_unix(now().as_second()).unwrap();
    assert!(certificate(card, 0x5038).not_after() < ended);
    assert!(file(card, 0xDF01, 0x4031).windows(10).any(|part| part == b"02.03.2034"));
}

#[test]
fn card_data_wants_its_exact_length() {
    for (model, applet) in [(Model::V10, 0x10), (Model::V11, 0x11), (Model::V17, 0x17), (Model::V18, 0x18)] {
        let card = &mut card(model);
        assert_eq!(status(card, &[0x80, 0xE4, 0, 0, 0]), 0x6C1C);
        let (data, _) = say(card, &[0x80, 0xE4, 0, 0, 0x1C]);
        assert_eq!(data[..16], card.chip_number());
        assert_eq!((data.len(), data[21]), (28, applet));
        assert!(file(card, 0xDF01, 0x4031).windows(16).any(|part| part == card.chip_number()));
    }
    let (new, old) = (&mut card(Model::V18), &mut card(Model::V17));
    assert_eq!(say(new, &[0x80, 0xE4, 0, 1, 0x1F]).0[28..], [3, 0xFF, 0xFF]);
    assert_eq!(status(new, &[0x80, 0xE4, 0, 1, 0x1C]), 0x6C1F);
    assert_eq!(status(old, &[0x80, 0xE4, 0, 1, 0x1F]), 0x6B00);
}

#[test]
fn asking_the_counter_is_free_on_new_applets_and_costs_a_try_on_old_ones() {
    for model in [Model::V17, Model::V17Rekeyed, Model::V18] {
        let card = &mut card(model);
        assert_eq!([0; 4].map(|_| status(card, &[0x00, 0x20, 0x00, 0x01])), [0x63C3; 4]);
        assert_eq!((card.counters().status_questions, card.counters().verifies), (4, 0));
        assert_eq!(verify(card, RIGHT), 0x9000);
        assert_eq!(status(card, &[0x00, 0x20, 0x00, 0x01, 0x00]), 0x9000);
    }
    for model in [Model::V10, Model::V11] {
        let card = &mut card(model);
        let answers = [0; 4].map(|_| status(card, &[0x00, 0x20, 0x00, 0x01]));
        assert_eq!(answers, [0x63C2, 0x63C1, 0x63C0, 0x6983]);
    }
}

#[test]
fn one_verify_lets_the_authentication_key_sign_until_log_off() {
    for model in [Model::V17, Model::V18] {
        let card = &mut card(model);
        let algorithm = if model == Model::V18 { 0x01 } else { 0x08 };
        assert_eq!(sign(card, &[1; 32]), Err(0x6985), "no key chosen");
        assert_eq!(choose(card, algorithm, 0x82), 0x9000);
        assert_eq!(sign(card, &[1; 32]), Err(0x6982));
        assert_eq!(verify(card, RIGHT), 0x9000);
        assert!(sign(card, &[1; 32]).is_ok() && sign(card, &[2; 32]).is_ok());
        assert_eq!(card.transmit(&[0x80, 0xE6, 0, 0]), OK);
        assert_eq!(sign(card, &[1; 32]), Err(0x6982));
        assert_eq!(card.counters().signatures, 2);
    }
}

#[test]
fn each_signature_of_the_other_key_wants_its_own_verify_just_before() {
    for (model, algorithm, between) in [(Model::V17, 0x08, 0), (Model::V18, 0x01, 1)] {
        let card = &mut card(model);
        choose(card, algorithm, 0x83);
        verify(card, RIGHT);
        assert!(sign(card, &[1; 32]).is_ok());
        assert_eq!(sign(card, &[1; 32]), Err(0x6982), "a second one");
        for commands in 0..3 {
            verify(card, RIGHT);
            (0..commands).for_each(|_| drop(card.transmit(&[0x00, 0x84, 0, 0, 8])));
            assert_eq!(sign(card, &[1; 32]).is_ok(), commands <= between, "{model:?} {commands}");
        }
        choose(card, algorithm, 0x82);
        assert_eq!(sign(card, &[1; 32]), Err(0x6982), "key 82 had no VERIFY of its own");
    }
}

#[test]
fn a_wrong_pin_takes_an_earlier_right_away() {
    let card = &mut card(Model::V18);
    choose(card, 0x01, 0x82);
    verify(card, RIGHT);
    assert_eq!(verify(card, WRONG), 0x63C2);
    assert_eq!(sign(card, &[1; 32]), Err(0x6982));
    assert!(!card.unlocked());
    assert_eq!(card.counters().verifies, 2);
}

#[test]
fn a_reset_forgets_everything_but_the_counter() {
    let card = &mut card(Model::V18);
    verify(card, WRONG);
    choose(card, 0x01, 0x82);
    verify(card, RIGHT);
    verify(card, WRONG);
    card.reset();
    assert_eq!(sign(card, &[1; 32]), Err(0x6985));
    assert_eq!(status(card, &[0x00, 0xB0, 0, 0, 1]), 0x6986);
    assert_eq!(card.tries_left(), 2);
}

#[test]
fn rsa_signatures_of_every_algorithm_verify() {
    let card = &mut card(Model::V17);
    let key = certificate(card, 0x5038).public_key().unwrap();
    verify(card, RIGHT);
    let digests = [
        (0x02, MessageDigest::sha1(), false),
        (0x04, MessageDigest::md5(), false),
        (0x08, MessageDigest::sha256(), false),
        (0x10, MessageDigest::sha1(), true),
        (0x20, MessageDigest::sha256(), true),
    ];
    for (algorithm, digest, pss) in digests {
        assert_eq!(choose(card, algorithm, 0x82), 0x9000);
        let made = sign(card, &hash(digest, b"hello").unwrap()).unwrap();
        let mut verifier = Verifier::new(digest, &key).unwrap();
        if pss {
            verifier.set_rsa_padding(openssl::rsa::Padding::PKCS1_PSS).unwrap();
        }
        verifier.update(b"hello").unwrap();
        assert!(verifier.verify(&made).unwrap(), "{algorithm:02X}");
        assert_eq!(sign(card, &[1; 31]), Err(0x6A80));
    }
    assert_eq!(choose(card, 0x01, 0x82), 0x9000);
    let info = hex_of("3041300d060960864801650304020205000430");
    let info = [info, hash(MessageDigest::sha384(), b"hello").unwrap().to_vec()].concat();
    let made = sign(card, &info).unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha384(), &key).unwrap();
    verifier.update(b"hello").unwrap();
    assert!(verifier.verify(&made).unwrap());
    assert_eq!(sign(card, &[1; 246]), Err(0x6A80));
    assert_eq!(choose(card, 0x40, 0x82), 0x6A80);
}

fn hex_of(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|it| u8::from_str_radix(str::from_utf8(it).unwrap(), 16).unwrap()).collect()
}

#[test]
fn elliptic_signatures_are_plain_and_take_exact_lengths() {
    let card = &mut card(Model::V18);
    let key = certificate(card, 0x5038).public_key().unwrap().ec_key().unwrap();
    verify(card, RIGHT);
    for (algorithm, size) in [(0x01, 32), (0x02, 48), (0x04, 64), (0x08, 32), (0x40, 20), (0x40, 28)] {
        assert_eq!(choose(card, algorithm, 0x82), 0x9000);
        let digest = vec![9; size];
        let made = sign(card, &digest).unwrap();
        assert_eq!(made.len(), 96);
        assert!(plain_fits(&key, &digest, &made), "{algorithm:02X}");
        assert_eq!(sign(card, &[1; 33]), Err(0x6A80));
    }
    assert_eq!(sign(card, &[]), Err(0x6700));
}

#[test]
fn an_answer_waits_for_one_get_response_and_no_longer() {
    let card = &mut card(Model::V17);
    choose(card, 0x08, 0x82);
    verify(card, RIGHT);
    let apdu = [&[0x00, 0x2A, 0x9E, 0x9A, 32][..], &[5; 32]].concat();
    assert_eq!(status(card, &apdu), 0x6100);
    let (first, more) = say(card, &[0x00, 0xC0, 0, 0, 0xF0]);
    assert_eq!((first.len(), more), (0xF0, 0x6110));
    assert_eq!(status(card, &[0x00, 0xC0, 0, 0, 0x11]), 0x6C10);
    assert_eq!(say(card, &[0x00, 0xC0, 0, 0, 0x10]).0.len(), 0x10);
    assert_eq!(status(card, &[0x00, 0xC0, 0, 0, 0x10]), 0x6985);
    assert_eq!(status(card, &apdu), 0x6100);
    status(card, &[0x00, 0x84, 0, 0, 8]);
    assert_eq!(status(card, &[0x00, 0xC0, 0, 0, 0]), 0x6985, "another command threw it away");
}

#[test]
fn unknown_instructions_and_classes_are_told_apart() {
    let card = &mut card(Model::V17);
    let asked = [
        (&[0x00, 0xD6, 0, 0, 0][..], 0x6D00),
        (&[0x00, 0xB1, 0, 0, 0], 0x6D00),
        (&[0x80, 0xB2, 0, 0, 0], 0x6D00),
        (&[0x80, 0xB0, 0, 0, 0], 0x6D00),
        (&[0x01, 0xB0, 0, 0, 0], 0x6881),
        (&[0xFF, 0xB0, 0, 0, 0], 0x6E00),
        (&[0x00, 0xB0, 0], 0x6700),
        (&[0x00, 0x20, 0x00, 0x02], 0x6A88),
        (&[0x00, 0x20, 0x01, 0x01], 0x6A86),
        (&[0x00, 0x20, 0x00, 0x01, 1, 2], 0x6700),
        (&[0x00, 0x22, 0x41, 0xB6, 5, 4, 0x80, 8, 0x84, 0x81], 0x6A88),
        (&[0x00, 0x22, 0x41, 0xA4, 5, 4, 0x80, 8, 0x84, 0x82], 0x6A86),
        (&[0x00, 0x22, 0x41, 0xB6, 5, 4, 0x81, 8, 0x84, 0x82], 0x6A80),
    ];
    for (apdu, expected) in asked {
        assert_eq!(status(card, apdu), expected, "{apdu:02X?}");
    }
    assert_eq!(card.counters().apdus(), asked.len());
}

#[test]
fn a_new_pin_counts_from_then_on() {
    let card = &mut card(Model::V18);
    let new = [0x25, 0x98, 0x76, 0x5F, 0xFF, 0xFF, 0xFF, 0xFF];
    let change = |old: [u8; 8], new: [u8; 8]| [&[0x00, 0x24, 0x00, 0x01, 0x10][..], &old, &new].concat();
    assert_eq!(status(card, &change(WRONG, new)), 0x63C2);
    assert_eq!(status(card, &change(RIGHT, [0; 8])), 0x6A80);
    assert_eq!(status(card, &change(RIGHT, new)), 0x9000);
    assert_eq!((card.pin(), card.tries_left()), ("98765", 3));
    assert_eq!(verify(card, RIGHT), 0x63C2);
    assert_eq!(verify(card, new), 0x9000);
}

#[test]
fn records_of_the_identity_can_be_read_one_by_one_on_the_new_chip() {
    let card = &mut card(Model::V18);
    select(card, 0xDF01, 0x4031);
    assert_eq!(say(card, &[0x80, 0xB2, 0x07, 0x07, 0x00]).0[2..], *b"Vandersteen");
    assert_eq!(status(card, &[0x80, 0xB2, 0x07, 0x07, 0x40]), 0x6C0D);
    select(card, 0xDF00, 0x5038);
    assert_eq!(status(card, &[0x80, 0xB2, 0x07, 0x07, 0x00]), 0x6985);
}

#[test]
fn a_kept_card_remembers_a_wrong_pin_and_still_signs() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("cards/doctor.json");
    let mut first = card(Model::V18);
    first.keep_in(&place).unwrap();
    verify(&mut first, WRONG);
    let second = &mut VirtualEid::open(&place).unwrap();
    assert_eq!((second.tries_left(), second.chip_number()), (2, first.chip_number()));
    assert_eq!(file(second, 0xDF01, 0x4031), file(&mut first, 0xDF01, 0x4031));
    choose(second, 0x01, 0x82);
    verify(second, RIGHT);
    assert!(sign(second, &[3; 32]).is_ok());
    assert_eq!(VirtualEid::open(&place).unwrap().tries_left(), 3);
    std::fs::write(&place, b"{").unwrap();
    assert!(matches!(VirtualEid::open(&place), Err(StoreError::Damaged { .. })));
}

#[test]
fn kept_authorities_are_the_same_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("state.json");
    store::write(&place, state()).unwrap();
    let again = EidAuthorities::open_or_create(&place, now()).unwrap();
    let der = |it: &EidAuthorities| it.roots().iter().map(|root| root.to_der().unwrap()).collect::<Vec<_>>();
    assert_eq!(der(&again), der(state()));
}

fn any_apdu() -> impl Strategy<Value = Vec<u8>> {
    let known =
        proptest::sample::select(vec![0xA4, 0xB0, 0xB2, 0xC0, 0x20, 0x22, 0x2A, 0x84, 0x88, 0xE4, 0xE6]);
    let header = (proptest::sample::select(vec![0x00, 0x80]), known, any::<u8>(), any::<u8>());
    let tail = proptest::collection::vec(any::<u8>(), 0..20);
    let shaped = (header, tail.clone()).prop_map(|((class, ins, p1, p2), tail)| {
        let mut apdu = vec![class, ins, p1, p2];
        if !tail.is_empty() {
            apdu.push(tail.len() as u8);
        }
        apdu.extend(tail);
        apdu
    });
    prop_oneof![shaped, proptest::collection::vec(any::<u8>(), 0..12)]
}

proptest! {
    #[test]
    fn no_command_panics_and_only_a_verify_with_data_moves_the_counter(
        apdus in proptest::collection::vec(any_apdu(), 1..30),
    ) {
        let card = &mut card(Model::V18);
        for apdu in apdus {
            let before = (card.tries_left(), card.counters().verifies + card.counters().pin_changes);
            let answer = card.transmit(&apdu);
            prop_assert!(answer.len() >= 2 && answer.len() <= 258);
            let asked = before.1 < card.counters().verifies + card.counters().pin_changes;
            prop_assert!(asked || before.0 == card.tries_left());
        }
    }
}
