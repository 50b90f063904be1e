//! The virtual eID: a card that answers every APDU as the chip does, strict where the chip is strict, and counts what
//! it was asked. Its people, authorities and numbers are invented.
//!
//! [`VirtualEid`] is the card, [`VirtualReader`] puts cards into readers in process, [`vpcd`] into a real PC/SC reader.
//!
//! Source of all card facts: docs/reference/eid-card.md. Left out, since no client of ours may use it: unblocking by
//! PUK, writing the preferences file, the administration role.

mod authorities;
mod card;
mod command;
mod counters;
mod files;
mod identity;
mod model;
mod person;
mod personalise;
mod pin;
mod pkcs15;
pub mod reader;
mod signing;
mod status;
mod store;
pub mod vpcd;

pub use authorities::EidAuthorities;
pub use card::VirtualEid;
pub use counters::{Counters, Exchange};
pub use model::{Model, Variant};
pub use person::{Language, Person};
pub use reader::VirtualReader;
pub use status::Status;
pub use store::StoreError;
