//! The platform's side, invented and strict: authorities, people, STS, faults on demand.

pub mod authority;
pub mod continuity;
mod control;
pub mod faults;
mod http;
pub mod keystore;
mod look;
pub mod organisations;
pub mod people;
mod profile;
mod readers;
pub mod served;
pub mod service_list;
pub mod signer;
pub(crate) mod state;
pub mod sts;

pub use http::{Asked, Exchange, TlsError};
pub use served::{Ports, ServeError, Served};
pub use state::StateError;
