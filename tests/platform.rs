//! The sandbox's platform: what its STS grants, what it refuses and by which fault, and how each bad day looks to the
//! client of Relais (threats T1, T2, T6, T16; faults F6 to F11).
#![allow(clippy::unwrap_used, reason = "a test target")]

#[path = "platform/client.rs"]
mod client;
#[path = "platform/continuity.rs"]
mod continuity;
#[path = "platform/control.rs"]
mod control;
#[path = "platform/etk.rs"]
mod etk;
#[path = "platform/faults.rs"]
mod faults;
#[path = "platform/judge.rs"]
mod judge;
#[path = "platform/letter.rs"]
mod letter;
#[path = "platform/rules.rs"]
mod rules;
#[path = "platform/sign_in.rs"]
mod sign_in;
#[path = "platform/world.rs"]
mod world;
