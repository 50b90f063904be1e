//! The platform's side, invented and strict: authorities, people, STS, faults on demand.

pub mod authority;
pub mod keystore;
pub mod people;
pub mod signer;
pub(crate) mod state;

pub use state::StateError;
