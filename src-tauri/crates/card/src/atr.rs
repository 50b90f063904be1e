//! Which cards are eIDs, by their answer to reset, and which readers are worth looking at.
//!
//! The ATR only sorts cards for the screen; which applet it is says GET CARD DATA, and trust comes from signatures.
//! Source: docs/reference/eid-card.md, section 1.

use relais_core::card::{Reader, ReaderState, Readers};

use crate::backend::{LinkError, ReaderSlot, SlotContent};

/// What an ATR tells of the applet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// 1.0, 1.1 or 1.7: they share their ATRs.
    UpTo17,
    /// 1.8.
    V18,
}

const UP_TO_17: [u8; 13] = [0x3B, 0x98, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x01, 0x01, 0xAD, 0x13, 0x10];

const UP_TO_17_MASK: [u8; 13] =
    [0xFF, 0xFF, 0x00, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xF0];

const V18: [u8; 20] = [
    0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 0x04, 0x01, 0x20, 0x12, 0x0F, 0xFF,
    0x82, 0x90, 0x00,
];

/// The family of an eID, `None` for any other card.
#[must_use]
pub fn family(atr: &[u8]) -> Option<Family> {
    let masked =
        || atr.iter().zip(UP_TO_17).zip(UP_TO_17_MASK).all(|((byte, wanted), mask)| byte & mask == wanted);
    match atr.len() {
        13 if masked() => Some(Family::UpTo17),
        20 if atr == V18 => Some(Family::V18),
        _ => None,
    }
}

/// Windows' virtual readers hold virtual cards that hang or fail when talked to.
#[must_use]
pub fn is_virtual_hello(reader: &str) -> bool {
    reader.contains("Windows Hello for Business")
}

impl SlotContent {
    /// What a person is told of the slot.
    #[must_use]
    pub fn state(&self) -> ReaderState {
        match self {
            Self::Empty => ReaderState::Empty,
            Self::Mute => ReaderState::Mute,
            Self::Card { in_use: true, .. } => ReaderState::InUse,
            Self::Card { atr, .. } if family(atr).is_some() => ReaderState::Eid,
            Self::Card { .. } => ReaderState::OtherCard,
        }
    }
}

/// What the screen shows for an answer of the service; a service without a reader sees none, which is not a failure.
#[must_use]
pub fn readers(seen: Result<Vec<ReaderSlot>, LinkError>) -> Readers {
    match seen {
        Ok(slots) => Readers::Seen(
            slots.into_iter().filter(|slot| !is_virtual_hello(&slot.name)).map(reader).collect(),
        ),
        Err(LinkError::NoReaders) => Readers::Seen(Vec::new()),
        Err(error) => Readers::Down(error.problem()),
    }
}

fn reader(slot: ReaderSlot) -> Reader {
    Reader { state: slot.content.state(), name: slot.name }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
    }

    #[test]
    fn every_series_of_cards_is_known_by_its_atr() {
        for old in ["FF A5 03 01 01 01 AD 13 10", "0A A5 03 01 01 01 AD 13 10"] {
            assert_eq!(family(&hex(&format!("3B 98 94 40 {old}"))), Some(Family::UpTo17));
        }
        assert_eq!(family(&hex("3B 98 13 40 0A A5 03 01 01 01 AD 13 11")), Some(Family::UpTo17));
        assert_eq!(
            family(&hex("3B 7F 96 00 00 80 31 80 65 B0 85 04 01 20 12 0F FF 82 90 00")),
            Some(Family::V18)
        );
    }

    #[test]
    fn other_cards_are_not_taken_for_an_eid() {
        assert_eq!(family(&[]), None);
        assert_eq!(family(&hex("3B 98 13 40 0A A5 03 01 01 01 AD 14 11")), None);
        assert_eq!(family(&hex("3B 7F 96 00 00 80 31 80 65 B0 85 04 01 20 12 0F FF 82 90 01")), None);
        assert_eq!(family(&V18[..19]), None);
    }

    #[test]
    fn the_virtual_readers_of_windows_hello_are_not_shown() {
        let slot = |name: &str, content| ReaderSlot { name: name.into(), content };
        let seen = readers(Ok(vec![
            slot("Windows Hello for Business 1", SlotContent::Card { atr: V18.into(), in_use: false }),
            slot("A", SlotContent::Card { atr: V18.into(), in_use: false }),
            slot("B", SlotContent::Card { atr: V18.into(), in_use: true }),
            slot("C", SlotContent::Card { atr: vec![0x3B, 0x00], in_use: false }),
            slot("D", SlotContent::Mute),
            slot("E", SlotContent::Empty),
        ]));
        let Readers::Seen(seen) = seen else { panic!("the service answered") };
        let shown: Vec<_> = seen.iter().map(|reader| (reader.name.as_str(), reader.state.clone())).collect();
        use ReaderState::{Eid, Empty, InUse, Mute, OtherCard};
        assert_eq!(shown, [("A", Eid), ("B", InUse), ("C", OtherCard), ("D", Mute), ("E", Empty)]);
    }

    #[test]
    fn no_reader_is_a_sight_and_no_service_a_problem() {
        assert_eq!(readers(Err(LinkError::NoReaders)), Readers::Seen(Vec::new()));
        assert!(matches!(readers(Err(LinkError::NoService)), Readers::Down(_)));
    }
}
