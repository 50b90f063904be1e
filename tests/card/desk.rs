//! A virtual reader with a card in it, and what the tests do at it.

use std::sync::OnceLock;
use std::time::Duration;

use relais_card::backend::{Backend, Link};
use relais_card::{FaceReader, FaceSettings, Timing};
use relais_core::card::{CardFace, Tries};
use relais_sandbox::eid::{Model, Person, Variant, VirtualEid, VirtualReader};

use crate::eid::{now, state};

pub const READER: &str = "Virtual reader 00";

/// Neither rests nor waits.
pub fn at_once() -> Timing {
    Timing { before_repeat: Duration::ZERO, begin_within: Duration::ZERO, pause: |_| {} }
}

/// Reads faces without resting.
pub fn faces() -> FaceReader {
    FaceReader::new(FaceSettings { timing: at_once(), ..FaceSettings::default() })
}

/// A card with something unusual about it.
pub fn made(model: Model, variant: Variant) -> VirtualEid {
    VirtualEid::personalise_as(&Person::doctor(), model, variant, state(), now()).unwrap()
}

/// The card of somebody else.
pub fn other_card() -> VirtualEid {
    static OTHER: OnceLock<VirtualEid> = OnceLock::new();
    let make = || VirtualEid::personalise(&Person::colleague(), Model::V18, state(), now()).unwrap();
    OTHER.get_or_init(make).clone()
}

/// A card in a reader, and a connection to it.
pub struct Desk {
    pub reader: VirtualReader,
    pub link: Box<dyn Link>,
}

impl Desk {
    pub fn with(card: VirtualEid) -> Self {
        let mut reader = VirtualReader::new(READER);
        reader.insert(READER, card);
        let link = reader.connect(READER).unwrap();
        Self { reader, link }
    }

    /// The face, read without counting.
    pub fn face(&mut self) -> CardFace {
        let face = faces().read(self.link.as_mut(), READER, now()).unwrap();
        self.look(VirtualEid::clear_counters);
        face
    }

    /// The face, showing other tries than the card told.
    pub fn face_showing(&mut self, tries: Tries) -> CardFace {
        CardFace { tries, ..self.face() }
    }

    pub fn look<T>(&self, look: impl FnOnce(&mut VirtualEid) -> T) -> T {
        self.reader.with_card(READER, look).unwrap()
    }

    /// VERIFY commands with data, and tries left.
    pub fn verifies_and_tries(&self) -> (u32, u8) {
        self.look(|card| (card.counters().verifies, card.tries_left()))
    }
}
