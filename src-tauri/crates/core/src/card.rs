//! What the rest of Relais knows of a card: who it belongs to and how many tries are left. No APDU here.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::code::Problem;
use crate::ident::Ssin;

/// Version of the BELPIC applet as GET CARD DATA tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Applet {
    /// RSA-1024, long expired.
    #[serde(rename = "1.0")]
    V10,
    /// RSA-1024, long expired; shares its ATR with 1.7.
    #[serde(rename = "1.1")]
    V11,
    /// RSA-2048.
    #[serde(rename = "1.7")]
    V17,
    /// EC P-384.
    #[serde(rename = "1.8")]
    V18,
    /// A version nobody has told us about: read it, never ask its counter.
    #[serde(rename = "unknown")]
    Unknown,
}

/// PIN tries left, as far as the card tells without costing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tries {
    /// The card said so: 0 (blocked) to 3.
    Left(u8),
    /// The card does not tell, or the answer to a VERIFY was lost.
    Unknown,
}

impl Tries {
    /// No right PIN can help any more.
    #[must_use]
    pub fn blocked(self) -> bool {
        self == Self::Left(0)
    }

    /// The number, where it is known.
    #[must_use]
    pub fn known(self) -> Option<u8> {
        match self {
            Self::Left(n) => Some(n),
            Self::Unknown => None,
        }
    }
}

/// Which chip it is: the same as tag 02 of the identity file. Binds a PIN entry to one card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChipNumber(pub [u8; 16]);

impl std::fmt::Debug for ChipNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChipNumber(•)")
    }
}

/// What is read of a card before a PIN is asked.
///
/// `Debug` names reader, applet and tries only: the certificate and its subject hold the SSIN.
#[derive(Clone, PartialEq, Eq)]
pub struct CardFace {
    /// Reader it is in, by its PC/SC name.
    pub reader: String,
    /// Applet version.
    pub applet: Applet,
    /// Which chip.
    pub chip: ChipNumber,
    /// Last four characters of the card number, to tell two cards apart on the screen.
    pub card_number_end: String,
    /// First given name and surname.
    pub holder: String,
    /// Whose card it is, from the authentication certificate's subject.
    pub ssin: Ssin,
    /// Tries left.
    pub tries: Tries,
    /// The reader has a keypad of its own that takes the PIN.
    pub keypad: bool,
    /// Authentication certificate, DER.
    pub certificate: Arc<[u8]>,
    /// Last moment the authentication certificate is valid.
    pub certificate_until: Timestamp,
}

impl std::fmt::Debug for CardFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CardFace")
            .field("reader", &self.reader)
            .field("applet", &self.applet)
            .field("tries", &self.tries)
            .field("keypad", &self.keypad)
            .finish_non_exhaustive()
    }
}

/// What a reader holds now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReaderState {
    /// No card.
    Empty,
    /// A card with the ATR of an eID.
    Eid,
    /// A card, but none of ours.
    OtherCard,
    /// A card that does not answer: upside down, dirty, half in.
    Mute,
    /// A card that another program holds exclusively.
    InUse,
}

/// A reader and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// PC/SC name.
    pub name: String,
    /// What it holds.
    pub state: ReaderState,
}

/// What the card monitor sees: the readers, or why it sees none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readers {
    /// Not looked yet.
    Unseen,
    /// The readers there are, perhaps none.
    Seen(Vec<Reader>),
    /// The smart-card service does not answer.
    Down(Problem),
}
