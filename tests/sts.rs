//! The client of the token service: what it accepts, and whole sign-ins (threats T6, T25; faults F6, F7, F9, F10).
#![allow(clippy::unwrap_used, dead_code, reason = "a test target; its tools are shared with others")]

#[path = "sts/acceptance.rs"]
mod acceptance;
#[path = "sts/exchange.rs"]
mod exchange;
#[path = "sts/forge.rs"]
mod forge;
#[path = "xml/keys.rs"]
mod keys;
#[path = "transport/pki.rs"]
mod pki;
#[path = "sts/sandbox.rs"]
mod sandbox;
#[path = "transport/server.rs"]
mod server;
