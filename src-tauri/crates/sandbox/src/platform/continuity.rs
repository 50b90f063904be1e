//! Business continuity, invented: services in two zones and at the insurers', the signed list that says which zone counts,
//! and everything that can go wrong with either.
//!
//! A zone is a set of listeners, so that a lost zone refuses connections as a lost data centre does. Source:
//! docs/reference/sandbox.md, section 12.

pub mod business;
mod depot;
pub mod publisher;
pub mod registry;
pub mod scenario;
pub mod situation;
pub mod stage;

pub(crate) use depot::Depot;
