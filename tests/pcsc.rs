//! The virtual eID over real PC/SC: OpenSC judges the card, and the card crate does its work through pcscd.

#![allow(clippy::unwrap_used)]

#[path = "support/eid.rs"]
mod eid;
#[path = "support/pcscd.rs"]
mod pcscd;

#[path = "pcsc/opensc.rs"]
mod opensc;
#[path = "pcsc/relais.rs"]
mod relais;
