//! SOAP 1.1 answers: what is in the body, and what a fault says and means.
//!
//! A fault is not signed; it is shown and classified, and decides nothing but whether to try again.

mod fault;
mod table;

pub use fault::{ERRORS, Fault};
pub use table::{FaultKind, FaultTable, FaultTableError};

use crate::xml::XmlError;
use crate::xml::names::SOAP;
use crate::xml::tree::{Element, Tree};

/// The body of an answer.
pub enum Answer<'t> {
    /// The one element in the body.
    Payload(Element<'t>),
    /// A fault.
    Fault(Fault),
}

/// Opens an envelope.
///
/// # Errors
/// [`XmlError::Root`] when it is no SOAP 1.1 envelope, [`XmlError::Shape`] when it has not exactly one body with exactly
/// one element in it.
pub fn open<'t>(tree: &'t Tree<'_>) -> Result<Answer<'t>, XmlError> {
    let root = tree.root();
    if !root.is(SOAP, "Envelope") {
        return Err(XmlError::Root);
    }
    let mut children = root.only(SOAP, "Body")?.children();
    match (children.next(), children.next()) {
        (Some(payload), None) if payload.is(SOAP, "Fault") => Ok(Answer::Fault(Fault::read(payload))),
        (Some(payload), None) => Ok(Answer::Payload(payload)),
        _ => Err(XmlError::Shape),
    }
}
