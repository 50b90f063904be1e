//! One signature of a document, with a key that is known beforehand: no place is expected, so nothing is handed back
//! but what it covers. For test vectors, and for looking into a document that means nothing to Relais.

use openssl::pkey::{PKeyRef, Public};

use super::super::error::XmlError;
use super::super::names::DS;
use super::super::tree::Tree;
use super::places::{Ids, whole_texts};
use super::signature::Signature;

/// What a signature without a place covers.
#[derive(Debug, PartialEq, Eq)]
pub struct VerifiedSignature {
    /// Names of the elements.
    pub covers: Vec<String>,
}

/// Verifies the only signature of a document.
///
/// # Errors
/// The first rule of the profile that is broken.
pub fn bare(document: &[u8], key: &PKeyRef<Public>) -> Result<VerifiedSignature, XmlError> {
    let tree = Tree::parse(document)?;
    let root = tree.root();
    whole_texts(root)?;
    let mut signatures = root.descendants().filter(|element| element.is(DS, "Signature"));
    let found = match (signatures.next(), signatures.next()) {
        (Some(found), None) => found,
        (None, _) => return Err(XmlError::NoSignature),
        _ => return Err(XmlError::SeveralSignatures),
    };
    let ids = Ids::of(root)?;
    let signature = Signature::read(found)?;
    let mut covers = Vec::new();
    for reference in &signature.references {
        let element = if reference.id.is_empty() { root } else { ids.find(reference.id)? };
        signature.check(reference, element)?;
        covers.push(element.local_name().to_owned());
    }
    signature.check_value(key)?;
    Ok(VerifiedSignature { covers })
}
