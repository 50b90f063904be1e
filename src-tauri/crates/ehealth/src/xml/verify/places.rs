//! Identifiers of a document, and what must not stand where.

use std::collections::HashMap;

use uppsala::NodeKind;

use super::super::error::XmlError;
use super::super::names::{DS, NONE, SAML, WSU};
use super::super::tree::Element;

/// Elements by their identifier: `wsu:Id`, `AssertionID`, `Id`.
pub(super) struct Ids<'t>(HashMap<&'t str, Element<'t>>);

impl<'t> Ids<'t> {
    /// Reads every identifier.
    ///
    /// # Errors
    /// [`XmlError::DuplicateId`] when one stands twice, whatever the attributes are called.
    pub(super) fn of(root: Element<'t>) -> Result<Self, XmlError> {
        Self::beside(root, |_| false)
    }

    /// As [`Self::of`] for a document in which the `Id` of some elements is a key of its own, which two of them may share.
    pub(super) fn beside(root: Element<'t>, keyed: impl Fn(Element<'t>) -> bool) -> Result<Self, XmlError> {
        let mut ids = HashMap::new();
        for element in root.descendants() {
            for (ns, name, value) in element.attributes() {
                let identifier = (ns == WSU.uri && name == "Id")
                    || (ns == NONE.uri && matches!(name, "Id" | "AssertionID"));
                let twice = identifier.then(|| ids.insert(value, element)).flatten();
                if twice.is_some_and(|before| !keyed(before) || !keyed(element)) {
                    return Err(XmlError::DuplicateId);
                }
            }
        }
        Ok(Self(ids))
    }

    /// The element of this identifier.
    pub(super) fn find(&self, id: &str) -> Result<Element<'t>, XmlError> {
        self.0.get(id).copied().ok_or(XmlError::ExternalReference)
    }
}

/// No comment and no instruction anywhere in the element.
pub(super) fn plain(element: Element<'_>) -> Result<(), XmlError> {
    element.nodes().into_iter().try_for_each(|node| match element.document().node_kind(node) {
        Some(NodeKind::Comment(_)) => Err(XmlError::Comment),
        Some(NodeKind::ProcessingInstruction(_)) => Err(XmlError::Instruction),
        _ => Ok(()),
    })
}

/// No comment and no instruction beside a text: `admin<!-- -->@evil` reads as two texts in one place and one in another.
pub(super) fn whole_texts(root: Element<'_>) -> Result<(), XmlError> {
    root.descendants().try_for_each(|element| {
        let (mut text, mut hidden) = (false, None);
        for node in element.document().children_iter(element.id()) {
            match element.document().node_kind(node) {
                Some(NodeKind::Text(part)) => text |= !part.trim().is_empty(),
                Some(NodeKind::CData(_)) => text = true,
                Some(NodeKind::Comment(_)) => hidden = Some(XmlError::Comment),
                Some(NodeKind::ProcessingInstruction(_)) => hidden = Some(XmlError::Instruction),
                _ => {}
            }
        }
        hidden.filter(|_| text).map_or(Ok(()), Err)
    })
}

/// The only signature directly in an element, when no other is anywhere inside it.
pub(super) fn own_signature(element: Element<'_>) -> Result<Element<'_>, XmlError> {
    let inside = element.descendants().filter(|inner| inner.is(DS, "Signature")).count();
    match (element.child(DS, "Signature"), inside) {
        (None, _) => Err(XmlError::NoSignature),
        (Some(signature), 1) => Ok(signature),
        (Some(_), _) => Err(XmlError::SeveralSignatures),
    }
}

/// How many assertions there are, wherever they stand.
pub(super) fn assertions(root: Element<'_>) -> usize {
    root.descendants().filter(|element| element.is(SAML, "Assertion")).count()
}
