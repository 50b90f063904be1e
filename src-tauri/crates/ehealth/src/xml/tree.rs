//! Reading a parsed document: elements by namespace and name, attributes, texts without anything hidden in them.

use std::borrow::Cow;

use uppsala::{Document, NodeId, NodeKind, Parser};

use super::blanks::Normalized;
use super::c14n;
use super::error::XmlError;
use super::guard::{self, Limits};
use super::names::Ns;

/// A parsed document within the limits of the profile.
pub struct Tree<'a> {
    document: Document<'a>,
    root: NodeId,
    source: &'a str,
    shortened: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// Parses after [`guard::check`] with the default limits.
    ///
    /// # Errors
    /// What the guard refuses; [`XmlError::Malformed`] for what it let pass and the parser does not.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, XmlError> {
        guard::check(bytes, &Limits::default())?;
        let source = std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?;
        let normalized = Normalized::of(source);
        let (document, root) = match &normalized.text {
            Cow::Borrowed(text) => parsed(text)?,
            Cow::Owned(text) => parsed(text).map(|(document, root)| (document.into_static(), root))?,
        };
        Ok(Self { document, root, source, shortened: normalized.shortened() })
    }

    /// Parses what canonicalization wrote of a document that was within the limits.
    pub(super) fn parse_canonical(bytes: &[u8]) -> Result<Tree<'static>, XmlError> {
        let (document, root) = parsed(std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?)?;
        Ok(Tree { document: document.into_static(), root, source: "", shortened: Vec::new() })
    }

    /// The document's element.
    #[must_use]
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, id: self.root }
    }

    /// The text that was parsed.
    #[must_use]
    pub fn source(&self) -> &'a str {
        self.source
    }

    pub(super) fn document(&self) -> &Document<'a> {
        &self.document
    }
}

fn parsed(text: &str) -> Result<(Document<'_>, NodeId), XmlError> {
    let depth = u32::try_from(Limits::default().depth).unwrap_or(u32::MAX);
    let parser = Parser::new().with_max_depth(depth).with_forbid_dtd(true);
    let document = parser.parse(text).map_err(|_| XmlError::Malformed)?;
    let root = document.document_element().ok_or(XmlError::Malformed)?;
    Ok((document, root))
}

impl std::fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tree({} bytes)", self.source().len())
    }
}

/// One element of a tree.
#[derive(Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    id: NodeId,
}

impl<'t> Element<'t> {
    /// It has this name; the prefix does not matter.
    #[must_use]
    pub fn is(self, ns: Ns, local: &str) -> bool {
        self.local_name() == local && self.namespace() == ns.uri
    }

    /// Its name without the prefix.
    #[must_use]
    pub fn local_name(self) -> &'t str {
        self.document().element(self.id).map_or("", |element| &element.name.local_name)
    }

    /// Its namespace, empty when it has none.
    #[must_use]
    pub fn namespace(self) -> &'t str {
        self.document()
            .element(self.id)
            .and_then(|element| element.name.namespace_uri.as_deref())
            .unwrap_or("")
    }

    /// Value of an attribute.
    #[must_use]
    pub fn attribute(self, ns: Ns, local: &str) -> Option<&'t str> {
        self.attributes().find(|(uri, name, _)| *name == local && *uri == ns.uri).map(|(_, _, value)| value)
    }

    /// Namespace, name and value of every attribute.
    pub fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> {
        let attributes = self.document().element(self.id).map_or(&[][..], |element| &element.attributes);
        attributes.iter().map(|attribute| {
            let uri = attribute.name.namespace_uri.as_deref().unwrap_or("");
            (uri, &*attribute.name.local_name, &*attribute.value)
        })
    }

    /// The elements directly in it.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        let element = move |id: &NodeId| self.document().element(*id).is_some();
        self.document().children_iter(self.id).filter(element).map(move |id| Element { id, ..self })
    }

    /// The first element of this name directly in it.
    #[must_use]
    pub fn child(self, ns: Ns, local: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(ns, local))
    }

    /// The element of this name directly in it, when there is exactly one.
    ///
    /// # Errors
    /// [`XmlError::Shape`] when there is none, or more than one.
    pub fn only(self, ns: Ns, local: &str) -> Result<Element<'t>, XmlError> {
        let mut found = self.children().filter(|child| child.is(ns, local));
        match (found.next(), found.next()) {
            (Some(child), None) => Ok(child),
            _ => Err(XmlError::Shape),
        }
    }

    /// Its text, when there is nothing but text in it.
    ///
    /// # Errors
    /// [`XmlError::Comment`] and [`XmlError::Instruction`] for what could split a name in two, [`XmlError::Shape`] for an
    /// element.
    pub fn text(self) -> Result<String, XmlError> {
        let mut text = String::new();
        for child in self.document().children_iter(self.id) {
            match self.document().node_kind(child) {
                Some(NodeKind::Text(part) | NodeKind::CData(part)) => text.push_str(part),
                Some(NodeKind::Comment(_)) => return Err(XmlError::Comment),
                Some(NodeKind::ProcessingInstruction(_)) => return Err(XmlError::Instruction),
                _ => return Err(XmlError::Shape),
            }
        }
        Ok(text)
    }

    /// Its canonical form: it stands alone, and signatures inside it stay good.
    ///
    /// # Errors
    /// [`XmlError::Limit`] when the canonical form outgrows its bound.
    pub fn canonical(self) -> Result<Vec<u8>, XmlError> {
        c14n::bytes(self, None, &[])
    }

    /// Its bytes in the document, unchanged.
    pub(super) fn source(self) -> Option<&'t str> {
        let range = self.document().node_range(self.id)?;
        let original = |place| Normalized::original(&self.tree.shortened, place);
        self.tree.source.get(original(range.start)..original(range.end))
    }

    pub(super) fn document(self) -> &'t Document<'t> {
        &self.tree.document
    }

    pub(super) fn id(self) -> NodeId {
        self.id
    }

    /// It and every element in it, in the order of the document.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let element = move |id: &NodeId| self.document().element(*id).is_some();
        self.nodes().into_iter().filter(element).map(move |id| Element { id, ..self })
    }

    /// It and every node in it.
    pub(super) fn nodes(self) -> Vec<NodeId> {
        let mut nodes = vec![self.id];
        nodes.extend(self.document().descendants(self.id));
        nodes
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

/// The name only: what is in it can be personal.
impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.local_name())
    }
}
