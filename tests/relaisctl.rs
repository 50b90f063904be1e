//! The built `relaisctl`, as other programs run it: over real PC/SC, over the control socket, with a real key store.
//!
//! Needs the program: `cargo build -p relais-cli`, or its path in `RELAIS_CTL`. Without it every test fails.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "xml/documents.rs"]
mod documents;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "xml/keys.rs"]
mod keys;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/pcscd.rs"]
mod pcscd;

#[path = "relaisctl/bad_days.rs"]
mod bad_days;
#[path = "relaisctl/card.rs"]
mod card;
#[path = "relaisctl/certificate.rs"]
mod certificate;
#[path = "relaisctl/etk.rs"]
mod etk;
#[path = "relaisctl/key_store.rs"]
mod key_store;
#[path = "relaisctl/keystores.rs"]
mod keystores;
#[path = "relaisctl/looking.rs"]
mod looking;
#[path = "relaisctl/mistakes.rs"]
mod mistakes;
#[path = "relaisctl/organisation.rs"]
mod organisation;
#[path = "relaisctl/outage.rs"]
mod outage;
#[path = "relaisctl/owner.rs"]
mod owner;
#[path = "relaisctl/papers.rs"]
mod papers;
#[path = "relaisctl/program.rs"]
mod program;
#[path = "relaisctl/services.rs"]
mod services;
#[path = "relaisctl/stage.rs"]
mod stage;
#[path = "relaisctl/turned_time.rs"]
mod turned_time;
