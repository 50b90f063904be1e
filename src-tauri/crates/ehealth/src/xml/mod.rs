//! The XML profile of the platform: canonical writing, signing, limits, verification (docs/reference/xml-profile.md).
//!
//! Decides which documents are looked at, which signatures count and which element they vouch for. What an assertion
//! or a service list *says* is read by others, and only from the element that verification hands back.

pub mod algorithm;
mod blanks;
pub mod c14n;
pub mod error;
pub mod guard;
pub mod names;
pub mod report;
pub mod sign;
pub mod tree;
pub mod verify;
pub mod write;

pub use error::{Limit, XmlError};
