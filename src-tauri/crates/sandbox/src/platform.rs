//! The platform's side, invented and strict: authorities, people, STS, faults on demand.

pub mod authority;
mod control;
pub mod faults;
mod http;
pub mod keystore;
pub mod organisations;
pub mod people;
mod profile;
mod readers;
pub mod served;
pub mod service_list;
pub mod signer;
pub(crate) mod state;
pub mod sts;

pub use http::{Exchange, TlsError};
pub use served::{Ports, ServeError, Served};
pub use state::StateError;
