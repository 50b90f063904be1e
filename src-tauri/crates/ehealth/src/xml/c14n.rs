//! Exclusive canonical form of what was read.
//!
//! Source: <https://www.w3.org/TR/2002/REC-xml-exc-c14n-20020718/>; the work is done by `bergshamra-c14n`.

use bergshamra_c14n::{C14nMode, C14nSink, canonicalize_doc_to};
use bergshamra_xml::NodeSet;
use openssl::sha::Sha256;

use super::error::XmlError;
use super::tree::{Element, Tree};

/// Canonical bytes of a document. `prefix_list` names prefixes that are treated as inclusive canonical form does,
/// `#default` for the default namespace.
///
/// # Errors
/// What [`Tree::parse`] refuses.
pub fn exclusive(bytes: &[u8], with_comments: bool, prefix_list: &[&str]) -> Result<Vec<u8>, XmlError> {
    let tree = Tree::parse(bytes)?;
    let mode = if with_comments { C14nMode::ExclusiveWithComments } else { C14nMode::Exclusive };
    let mut out = Vec::new();
    canonicalize_doc_to(tree.document(), mode, None, prefix_list, &mut out)
        .map_err(|_| XmlError::Malformed)?;
    Ok(out)
}

/// Canonical bytes of one element of a document, without comments, and without `left_out` inside it.
pub(super) fn subtree<S: C14nSink>(
    element: Element<'_>,
    left_out: Option<Element<'_>>,
    prefix_list: &[&str],
    sink: &mut S,
) -> Result<(), XmlError> {
    let mut nodes = NodeSet::tree_without_comments(element.id(), element.document());
    for node in left_out.iter().flat_map(|element| element.nodes()) {
        nodes.remove_id(node);
    }
    canonicalize_doc_to(element.document(), C14nMode::Exclusive, Some(&nodes), prefix_list, sink)
        .map_err(|_| XmlError::Malformed)
}

/// Hashes canonical bytes as they come, and knows whether any came.
#[derive(Default)]
pub(super) struct Hash {
    sha: Sha256,
    bytes: usize,
}

impl Hash {
    /// The digest.
    ///
    /// # Errors
    /// [`XmlError::DigestOfNothing`] when nothing was hashed: a canonical form that failed must never pass for an empty one.
    pub(super) fn finish(self) -> Result<[u8; 32], XmlError> {
        if self.bytes == 0 { Err(XmlError::DigestOfNothing) } else { Ok(self.sha.finish()) }
    }
}

impl C14nSink for Hash {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        self.sha.update(bytes);
    }
}
