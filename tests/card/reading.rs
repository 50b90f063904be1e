//! What is read of a card, and whether it is true.

use relais_card::backend::{Backend, LinkError};
use relais_card::certificate::Which;
use relais_card::document::{CardReading, read_document_with, read_identity_and_address};
use relais_card::verify::Verdict;
use relais_card::{Anchors, CardError, FaceReader, FaceSettings};
use relais_core::card::{Applet, Tries};
use relais_sandbox::eid::{EidAuthorities, Model, Person, Variant, VirtualEid, VirtualReader};

use crate::desk::{Desk, READER, at_once, faces, made};
use crate::eid::{CURRENT, anchors, card, now, state};

fn applet(model: Model) -> Applet {
    match model {
        Model::V10 => Applet::V10,
        Model::V11 => Applet::V11,
        Model::V17 | Model::V17Rekeyed => Applet::V17,
        Model::V18 => Applet::V18,
    }
}

fn read(card: VirtualEid, anchors: &Anchors) -> CardReading {
    let mut desk = Desk::with(card);
    read_document_with(at_once(), desk.link.as_mut(), READER, true, anchors, now()).unwrap()
}

fn face_error(card: VirtualEid) -> CardError {
    let mut faces = faces();
    faces.read(Desk::with(card).link.as_mut(), READER, now()).unwrap_err()
}

#[test]
fn a_face_shows_the_person_and_the_tries_of_every_applet_and_costs_none() {
    for model in Model::ALL {
        let mut desk = Desk::with(card(model));
        let settings = FaceSettings { timing: at_once(), card_number: true, ..FaceSettings::default() };
        let mut faces = FaceReader::new(settings);
        let face = faces.read(desk.link.as_mut(), READER, now()).unwrap();
        assert_eq!(face.applet, applet(model));
        assert_eq!(face.holder, "Amélie Vandersteen");
        assert_eq!(face.ssin, Person::doctor().ssin());
        assert_eq!(face.card_number_end.len(), 4);
        assert!(!face.keypad);
        let free = CURRENT.contains(&model);
        assert_eq!(face.tries, if free { Tries::Left(3) } else { Tries::Unknown }, "{model:?}");
        assert_eq!(desk.verifies_and_tries(), (0, 3));
        assert!(free || desk.look(|card| card.counters().status_questions) == 0, "it costs a try there");
    }
}

#[test]
fn a_face_read_before_takes_no_certificate_again() {
    let mut desk = Desk::with(card(Model::V18));
    let mut faces = faces();
    let first = faces.read(desk.link.as_mut(), READER, now()).unwrap();
    desk.look(VirtualEid::clear_counters);
    let second = faces.read(desk.link.as_mut(), READER, now()).unwrap();
    assert_eq!(first, second);
    assert!(desk.look(|card| card.counters().apdus()) <= 3);
}

#[test]
fn a_true_card_is_proven_up_to_our_root() {
    for model in Model::ALL {
        let reading = read(card(model), &anchors(state()));
        let verified = reading.verified;
        let all = [Some(verified.identity), Some(verified.address), verified.photo, Some(verified.chain)];
        assert_eq!(all, [Some(Verdict::Proven); 4], "{model:?}");
        assert_eq!(verified.basic_key, (model == Model::V18).then_some(Verdict::Proven));
        assert_eq!(reading.identity.surname, "Vandersteen");
        assert_eq!(reading.identity.birth_date, "1979-08-14");
        assert_eq!(reading.identity.national_number, Person::doctor().ssin().reveal());
        assert_eq!(reading.address.street, "Rue des Tilleuls 17");
        assert_eq!((reading.address.zip.as_str(), reading.address.municipality.as_str()), ("5000", "Namur"));
        assert_eq!(reading.photo.unwrap()[..2], [0xFF, 0xD8]);
        assert_eq!(reading.certificates.len(), 5);
    }
}

#[test]
fn without_our_root_nothing_is_proven_and_with_a_namesake_everything_is_refuted() {
    let namesake = EidAuthorities::create(now()).unwrap();
    for model in CURRENT {
        let alone = read(card(model), &Anchors::default()).verified;
        assert_eq!([alone.identity, alone.address, alone.chain], [Verdict::NoAnchor; 3], "{model:?}");
        let forged = read(card(model), &anchors(&namesake)).verified;
        assert_eq!([forged.identity, forged.address, forged.chain], [Verdict::Refuted; 3], "{model:?}");
    }
}

#[test]
fn each_forgery_is_refuted_where_it_was_made() {
    use Verdict::{Proven, Refuted};
    let cases = [
        (Variant::ForgedIdentity, [Refuted, Proven, Refuted, Proven]),
        (Variant::ForgedAddress, [Proven, Refuted, Proven, Proven]),
        (Variant::ForgedPhoto, [Proven, Proven, Refuted, Proven]),
    ];
    for model in CURRENT {
        for (variant, expected) in cases {
            let verified = read(made(model, variant), &anchors(state())).verified;
            let found = [verified.identity, verified.address, verified.photo.unwrap(), verified.chain];
            assert_eq!(found, expected, "{model:?} {variant:?}");
        }
    }
}

#[test]
fn an_identity_file_with_its_version_in_front_reads_the_same() {
    let reading = read(made(Model::V17, Variant::VersionTag), &anchors(state()));
    assert_eq!(reading.identity.surname, "Vandersteen");
    assert_eq!(reading.verified.identity, Verdict::Proven);
}

#[test]
fn a_kids_card_reads_whole_and_says_that_it_cannot_sign() {
    let state = state();
    for model in [Model::V17, Model::V18] {
        let make =
            || VirtualEid::personalise_as(&Person::child(), model, Variant::Kids, state, now()).unwrap();
        let reading = read(make(), &anchors(state));
        assert_eq!(reading.identity.birth_date, "2019-03-09");
        assert_eq!((reading.identity.sex.as_str(), reading.identity.document_type.as_str()), ("F", "6"));
        assert_eq!(reading.verified.identity, Verdict::Proven);
        assert_eq!(reading.certificates.len(), 3);
        assert_eq!(face_error(make()), CardError::NoCertificate(Which::Authentication));
    }
}

#[test]
fn an_expired_certificate_is_told_before_a_pin_is_asked() {
    let error = face_error(made(Model::V18, Variant::ExpiredCertificates));
    let CardError::CertificateExpired { which: Which::Authentication, until } = error else {
        panic!("{error:?}")
    };
    assert!(until < now());
}

#[test]
fn a_card_that_is_not_activated_says_so() {
    for model in [Model::V17, Model::V18] {
        assert_eq!(face_error(made(model, Variant::NotActivated)), CardError::NotActivated, "{model:?}");
    }
}

#[test]
fn identity_and_address_take_at_most_six_commands() {
    for model in Model::ALL {
        let mut desk = Desk::with(card(model));
        let (identity, address) = read_identity_and_address(desk.link.as_mut(), at_once()).unwrap();
        assert_eq!((identity.given_names.as_str(), address.zip.as_str()), ("Amélie Louise", "5000"));
        let apdus = desk.look(|card| card.counters().apdus());
        assert!(apdus <= 6, "{model:?}: {apdus}");
    }
}

#[test]
fn each_way_to_have_no_card_has_its_own_error() {
    let mut reader = VirtualReader::new(READER);
    let error = |reader: &mut VirtualReader| reader.connect(READER).err().unwrap();
    assert_eq!(error(&mut reader), LinkError::NoCard);
    reader.insert_mute(READER);
    assert_eq!(error(&mut reader), LinkError::Mute);
    reader.insert(READER, card(Model::V18));
    reader.hold(READER);
    assert_eq!(error(&mut reader), LinkError::InUse);
    reader.unplug(READER);
    assert_eq!(error(&mut reader), LinkError::UnknownReader);
    reader.stop_service();
    assert_eq!(error(&mut reader), LinkError::NoService);
}
