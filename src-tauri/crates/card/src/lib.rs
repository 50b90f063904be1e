//! The Belgian eID over a [`backend::Backend`]: what a card says, whether it is true, and one signature for one PIN.
//!
//! Codecs ([`apdu`], [`tlv`], [`identity`], [`pin`], …) know bytes only; everything that talks to a card does so over a
//! [`backend::Link`]. This crate decides how often a VERIFY is sent (once per PIN a person typed, see [`sign`]); who is
//! asked for a PIN, and when, is decided elsewhere.
//!
//! Source of all card facts: docs/reference/eid-card.md.

pub mod address;
pub mod apdu;
pub mod atr;
pub mod backend;
pub mod card_data;
pub mod certificate;
pub mod date;
pub mod document;
pub mod error;
pub mod face;
pub mod file;
pub mod identity;
pub mod keypad;
pub mod pcsc;
pub mod pin;
pub mod sign;
pub mod tlv;
pub mod verify;

#[cfg(test)]
#[allow(clippy::unwrap_used, missing_docs)]
mod scripted;

pub use apdu::Timing;
pub use document::{CardReading, read_document};
pub use error::CardError;
pub use face::{FaceReader, FaceSettings, read_face};
pub use sign::{CardKey, SignFailure, sign, sign_with_keypad};
pub use verify::Anchors;
