//! Invented cards for the tests of the card crate, made once for the whole run.

use std::sync::OnceLock;

use jiff::Timestamp;
use relais_card::Anchors;
use relais_card::certificate::Certificate;
use relais_core::card::CardFace;
use relais_core::secret::Pin;
use relais_sandbox::eid::{EidAuthorities, Model, Person, VirtualEid};

pub const DIGEST: [u8; 32] = [0x5A; 32];

/// Models whose counter can be asked for free, and whose certificates still count.
pub const CURRENT: [Model; 3] = [Model::V17, Model::V17Rekeyed, Model::V18];

pub fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

pub fn state() -> &'static EidAuthorities {
    static STATE: OnceLock<EidAuthorities> = OnceLock::new();
    STATE.get_or_init(|| EidAuthorities::create(now()).unwrap())
}

pub fn anchors(state: &EidAuthorities) -> Anchors {
    let roots = state.roots().iter().map(|root| root.to_der().unwrap()).collect::<Vec<_>>();
    Anchors::from_der(roots.iter().map(Vec::as_slice)).unwrap()
}

fn ordinary(model: Model) -> VirtualEid {
    VirtualEid::personalise(&Person::doctor(), model, state(), now()).unwrap()
}

/// An ordinary card; its keys are made once.
pub fn card(model: Model) -> VirtualEid {
    static CARDS: OnceLock<Vec<VirtualEid>> = OnceLock::new();
    let all = CARDS.get_or_init(|| Model::ALL.map(ordinary).to_vec());
    all.iter().find(|it| it.model() == model).unwrap().clone()
}

pub fn right_pin() -> Pin {
    Pin::from_ascii(b"1234").unwrap()
}

pub fn wrong_pin() -> Pin {
    Pin::from_ascii(b"4321").unwrap()
}

/// The signature was made over [`DIGEST`] by the key of the face's certificate.
pub fn signed_by(face: &CardFace, signature: &[u8]) -> bool {
    let key = Certificate::parse(&face.certificate).unwrap().public_key().unwrap();
    relais_card::sign::fits(&key, DIGEST, signature)
}
