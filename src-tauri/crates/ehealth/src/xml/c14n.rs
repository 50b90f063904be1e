//! Exclusive canonical form of what was read.
//!
//! Source: <https://www.w3.org/TR/2002/REC-xml-exc-c14n-20020718/>; the work is done by `bergshamra-c14n`.

use bergshamra_c14n::{C14nMode, C14nSink, canonicalize_doc_to};
use bergshamra_xml::NodeSet;
use openssl::sha::Sha256;

use super::error::{Limit, XmlError};
use super::tree::{Element, Tree};

/// A canonical form can be much larger than its document, as namespaces are declared anew on many elements: this is
/// where it stops. In bytes; four times the largest document.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Canonical bytes of a document. `prefix_list` names prefixes that are treated as inclusive canonical form does,
/// `#default` for the default namespace.
///
/// # Errors
/// What [`Tree::parse`] refuses; [`Limit::Size`] for a form beyond [`LARGEST`].
pub fn exclusive(bytes: &[u8], with_comments: bool, prefix_list: &[&str]) -> Result<Vec<u8>, XmlError> {
    let tree = Tree::parse(bytes)?;
    let mode = if with_comments { C14nMode::ExclusiveWithComments } else { C14nMode::Exclusive };
    let mut sink = Bounded::new(Vec::new());
    canonicalize_doc_to(tree.document(), mode, None, prefix_list, &mut sink)
        .map_err(|_| XmlError::Malformed)?;
    sink.finish()
}

/// Canonical bytes of one element of a document, as [`exclusive`] writes those of a document.
///
/// # Errors
/// [`Limit::Size`] for a form beyond [`LARGEST`].
pub fn element(element: Element<'_>, with_comments: bool, prefix_list: &[&str]) -> Result<Vec<u8>, XmlError> {
    if !with_comments {
        return bytes(element, None, prefix_list);
    }
    let nodes = NodeSet::tree_with_comments(element.id(), element.document());
    canonical(element, C14nMode::ExclusiveWithComments, &nodes, prefix_list, Vec::new())
}

/// Canonical bytes of one element of a document, without comments, and without `left_out` inside it.
pub(super) fn bytes(
    element: Element<'_>,
    left_out: Option<Element<'_>>,
    prefix_list: &[&str],
) -> Result<Vec<u8>, XmlError> {
    subtree(element, left_out, prefix_list, Vec::new())
}

/// SHA-256 of the canonical bytes of one element.
pub(super) fn digest(element: Element<'_>, prefix_list: &[&str]) -> Result<[u8; 32], XmlError> {
    subtree(element, None, prefix_list, Sha(Sha256::new())).map(|sha| sha.0.finish())
}

fn subtree<S: C14nSink>(
    element: Element<'_>,
    left_out: Option<Element<'_>>,
    prefix_list: &[&str],
    sink: S,
) -> Result<S, XmlError> {
    let mut nodes = NodeSet::tree_without_comments(element.id(), element.document());
    for node in left_out.iter().flat_map(|element| element.nodes()) {
        nodes.remove_id(node);
    }
    canonical(element, C14nMode::Exclusive, &nodes, prefix_list, sink)
}

fn canonical<S: C14nSink>(
    element: Element<'_>,
    mode: C14nMode,
    nodes: &NodeSet,
    prefix_list: &[&str],
    sink: S,
) -> Result<S, XmlError> {
    let mut sink = Bounded::new(sink);
    canonicalize_doc_to(element.document(), mode, Some(nodes), prefix_list, &mut sink)
        .map_err(|_| XmlError::Malformed)?;
    sink.finish()
}

/// Lets so much through and no more.
struct Bounded<S> {
    sink: S,
    written: usize,
}

impl<S: C14nSink> Bounded<S> {
    fn new(sink: S) -> Self {
        Self { sink, written: 0 }
    }

    /// A canonical form that is empty has failed, and must never pass for a digest of nothing.
    fn finish(self) -> Result<S, XmlError> {
        match self.written {
            0 => Err(XmlError::DigestOfNothing),
            n if n > LARGEST => Err(XmlError::Limit(Limit::Size)),
            _ => Ok(self.sink),
        }
    }
}

impl<S: C14nSink> C14nSink for Bounded<S> {
    fn reserve(&mut self, additional: usize) {
        if self.written.saturating_add(additional) <= LARGEST {
            self.sink.reserve(additional);
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        self.written = self.written.saturating_add(bytes.len());
        if self.written <= LARGEST {
            self.sink.write(bytes);
        }
    }
}

/// Hashes canonical bytes as they come.
struct Sha(Sha256);

impl C14nSink for Sha {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}
