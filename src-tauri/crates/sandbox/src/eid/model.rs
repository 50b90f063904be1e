//! Which chip, and what is unusual about this card.

use serde::{Deserialize, Serialize};

/// Generation of the chip and its applet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Model {
    /// Applet 1.0, RSA-1024: an empty VERIFY costs a try.
    #[serde(rename = "1.0")]
    V10,
    /// Applet 1.1, RSA-1024: an empty VERIFY costs a try. Shares its ATR with 1.7.
    #[serde(rename = "1.1")]
    V11,
    /// Applet 1.7, RSA-2048 throughout.
    #[serde(rename = "1.7")]
    V17,
    /// Applet 1.7 with two RSA-2048 keys under certificates of the EC chain.
    #[serde(rename = "1.7-rekeyed")]
    V17Rekeyed,
    /// Applet 1.8, EC P-384 throughout.
    #[serde(rename = "1.8")]
    V18,
}

impl Model {
    /// Every model.
    pub const ALL: [Self; 5] = [Self::V10, Self::V11, Self::V17, Self::V17Rekeyed, Self::V18];

    /// Answer to reset.
    #[must_use]
    pub fn atr(self) -> &'static [u8] {
        match self {
            Self::V10 => b"\x3B\x98\x94\x40\x0A\xA5\x03\x01\x01\x01\xAD\x13\x10",
            Self::V11 | Self::V17 | Self::V17Rekeyed => {
                b"\x3B\x98\x13\x40\x0A\xA5\x03\x01\x01\x01\xAD\x13\x11"
            }
            Self::V18 => b"\x3B\x7F\x96\x00\x00\x80\x31\x80\x65\xB0\x85\x04\x01\x20\x12\x0F\xFF\x82\x90\x00",
        }
    }

    /// GET CARD DATA after the chip number: component code to life cycle (docs/reference/eid-card.md, section 3).
    pub(super) fn card_data_tail(self) -> [u8; 12] {
        match self {
            Self::V10 => [0xA5, 0x03, 0x01, 0x01, 0x01, 0x10, 0x00, 0x02, 0x00, 0x21, 0x01, 0x0F],
            Self::V11 => [0xA5, 0x03, 0x01, 0x01, 0x01, 0x11, 0x00, 0x02, 0x00, 0x21, 0x01, 0x0F],
            Self::V17 | Self::V17Rekeyed => {
                [0x50, 0x03, 0x02, 0x01, 0x01, 0x17, 0x00, 0x03, 0x00, 0x21, 0x01, 0x0F]
            }
            Self::V18 => [0x51, 0x04, 0x01, 0x01, 0x01, 0x18, 0x00, 0x01, 0x00, 0x00, 0x02, 0x0F],
        }
    }

    /// An empty VERIFY counts as a wrong PIN.
    pub(super) fn status_costs_a_try(self) -> bool {
        matches!(self, Self::V10 | Self::V11)
    }

    /// The keys on the card are EC.
    pub(super) fn elliptic(self) -> bool {
        self == Self::V18
    }

    /// The certificates of state are EC.
    pub(super) fn elliptic_state(self) -> bool {
        matches!(self, Self::V17Rekeyed | Self::V18)
    }

    /// Zero bytes after each certificate.
    pub(super) fn certificate_padding(self) -> usize {
        if self == Self::V18 { 1100 } else { 50 }
    }

    /// Zero bytes in the place of a certificate that is not there.
    pub(super) fn missing_certificate(self) -> usize {
        if self == Self::V18 { 2500 } else { 1300 }
    }

    /// Commands that may come between VERIFY and a signature with key 83.
    pub(super) fn commands_between(self) -> u8 {
        u8::from(self == Self::V18)
    }
}

/// What is unusual about a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Nothing.
    Ordinary,
    /// A kids card: no keys, certificates all zero.
    Kids,
    /// Card valid, both certificates expired yesterday.
    ExpiredCertificates,
    /// Not activated by the municipality: reading and signing answer 6D00.
    NotActivated,
    /// The identity file starts with the structure version (tag 00), as the documents have it.
    VersionTag,
    /// Three wrong PINs were typed before.
    Blocked,
    /// The surname was changed after the state had signed.
    ForgedIdentity,
    /// The street was changed after the state had signed.
    ForgedAddress,
    /// Another photo than the one whose hash is signed.
    ForgedPhoto,
}
