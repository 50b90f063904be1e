//! The card crate against every kind of virtual eID, on good days and bad ones.

#![allow(clippy::unwrap_used)]

#[path = "support/eid.rs"]
mod eid;

#[path = "card/desk.rs"]
mod desk;
#[path = "card/faults.rs"]
mod faults;
#[path = "card/keypad.rs"]
mod keypad;
#[path = "card/reading.rs"]
mod reading;
#[path = "card/signing.rs"]
mod signing;
