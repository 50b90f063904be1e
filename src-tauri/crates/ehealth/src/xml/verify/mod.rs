//! Which documents are believed, and what exactly of them.
//!
//! Every function hands back the verified element itself, read once more from its canonical bytes: nobody reads another
//! part of the document than the one the signature vouches for. Keys come from [`Trust`], never from the message: a
//! certificate in it counts only once it leads to an anchor and carries the names that are expected.
//! Source: docs/reference/xml-profile.md, sections 6 to 9; docs/threat-model.md, T1 to T5.

mod assertion;
mod bare;
mod places;
mod service_list;
mod signature;
mod soap;
mod trust;

pub use assertion::{VerifiedAssertion, assertion, assertion_in_response};
pub use bare::{VerifiedSignature, bare};
pub use service_list::{VerifiedServiceList, service_list};
pub use soap::{TIMESTAMP_SKEW, VerifiedSoap, soap};
pub use trust::{Trust, WholeAttribute, subject_of};

use super::error::XmlError;
use super::tree::{Element, Tree};

/// An element that a signature vouches for, as it was signed: without comments, without its own signature.
pub struct VerifiedElement {
    canonical: Vec<u8>,
    tree: Tree<'static>,
}

impl VerifiedElement {
    fn read(canonical: Vec<u8>) -> Result<Self, XmlError> {
        let tree = Tree::parse_canonical(&canonical)?;
        Ok(Self { canonical, tree })
    }

    /// The element, to be read.
    #[must_use]
    pub fn element(&self) -> Element<'_> {
        self.tree.root()
    }

    /// Its canonical bytes: what was hashed.
    #[must_use]
    pub fn canonical(&self) -> &[u8] {
        &self.canonical
    }
}

/// The name only: what is in it can be personal.
impl std::fmt::Debug for VerifiedElement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verified({:?})", self.element())
    }
}

impl Drop for VerifiedElement {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.canonical);
    }
}
