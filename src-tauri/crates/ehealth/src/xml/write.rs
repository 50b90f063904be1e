//! Writes exclusive canonical XML directly: what comes out is its own canonical form, so it can be hashed as it is.
//!
//! Rules: <https://www.w3.org/TR/2002/REC-xml-exc-c14n-20020718/>. A namespace is declared on the first element that
//! visibly uses it, declarations by prefix, attributes by namespace and name, no empty-element tags.

use super::error::XmlError;
use super::names::{Attr, NONE, Ns, SOAP, Tag, WSU, XML};
use super::{c14n, tree};

/// Content of a SOAP body, written for its place: what [`super::sign::envelope`] wraps knows SOAP and WSU already.
#[derive(Clone, PartialEq, Eq)]
pub struct BodyContent {
    pub(super) text: String,
    pub(super) canonical: bool,
}

/// Namespaces that the body element itself declares.
pub(super) const BODY_SCOPE: [Ns; 2] = [SOAP, WSU];

impl BodyContent {
    /// Writes the content.
    ///
    /// # Errors
    /// [`XmlError::NotWritable`] for a text that XML has no characters for; what [`Writer::embed`] refuses.
    pub fn write(content: impl FnOnce(&mut Writer)) -> Result<Self, XmlError> {
        let mut writer = Writer::within(&BODY_SCOPE);
        content(&mut writer);
        let canonical = writer.canonical;
        Ok(Self { text: writer.finish()?, canonical })
    }
}

/// Never its text: a body can hold an assertion.
impl std::fmt::Debug for BodyContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BodyContent({} bytes)", self.text.len())
    }
}

/// One element in canonical form, complete with its namespaces.
#[derive(Clone, PartialEq, Eq)]
pub struct CanonicalElement {
    pub(super) text: String,
}

impl CanonicalElement {
    /// Writes the element; `content` writes exactly one and embeds nothing.
    ///
    /// # Errors
    /// [`XmlError::NotWritable`].
    pub fn write(content: impl FnOnce(&mut Writer)) -> Result<Self, XmlError> {
        let mut writer = Writer::within(&[]);
        content(&mut writer);
        let whole = writer.canonical && writer.top_level == 1;
        let text = writer.finish()?;
        if whole { Ok(Self { text }) } else { Err(XmlError::NotWritable) }
    }

    /// The bytes, which are their own canonical form.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// Never its text: it can be an assertion.
impl std::fmt::Debug for CanonicalElement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CanonicalElement({} bytes)", self.text.len())
    }
}

/// Writes a document that nobody signs as a whole, such as an answer that carries a signed assertion.
///
/// # Errors
/// [`XmlError::NotWritable`]; what [`Writer::embed`] refuses.
pub fn document(content: impl FnOnce(&mut Writer)) -> Result<Vec<u8>, XmlError> {
    let mut writer = Writer::within(&[]);
    content(&mut writer);
    writer.finish().map(String::into_bytes)
}

/// Writes elements; what goes wrong is kept and told at the end, so that callers read like the document.
#[derive(Debug)]
pub struct Writer {
    text: String,
    scope: Vec<Ns>,
    depth: usize,
    top_level: usize,
    canonical: bool,
    fault: Option<XmlError>,
}

impl Writer {
    pub(super) fn within(scope: &[Ns]) -> Self {
        let (text, scope) = (String::with_capacity(1024), scope.to_vec());
        Self { text, scope, depth: 0, top_level: 0, canonical: true, fault: None }
    }

    pub(super) fn finish(self) -> Result<String, XmlError> {
        self.fault.map_or(Ok(self.text), Err)
    }

    /// An element and what is in it.
    pub fn element(&mut self, tag: Tag<'_>, attributes: &[Attr<'_>], content: impl FnOnce(&mut Self)) {
        let outer = self.scope.len();
        self.start(tag, attributes);
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.top_level += usize::from(self.depth == 0);
        self.text.push_str("</");
        self.name(tag.ns, tag.local);
        self.text.push('>');
        self.scope.truncate(outer);
    }

    /// An element with a text in it, or with nothing.
    pub fn leaf(&mut self, tag: Tag<'_>, attributes: &[Attr<'_>], text: &str) {
        self.element(tag, attributes, |writer| writer.text(text));
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.check_characters(text);
        escape(&mut self.text, text, |c| match c {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'>' => Some("&gt;"),
            b'\r' => Some("&#xD;"),
            _ => None,
        });
    }

    /// A complete element that must stay as it is to the byte, such as a signed assertion.
    ///
    /// Refused unless it is well-formed by itself and within the limits of the profile.
    pub fn embed(&mut self, element: &[u8]) {
        self.canonical = false;
        match tree::Tree::parse(element).map(|tree| tree.source().trim().to_owned()) {
            Ok(text) if text.starts_with("<?") => self.fault = Some(XmlError::NotWritable),
            Ok(text) => self.text.push_str(&text),
            Err(refused) => self.fault = self.fault.or(Some(refused)),
        }
    }

    /// Canonical text that was written for this place.
    pub(super) fn already_written(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn start(&mut self, tag: Tag<'_>, attributes: &[Attr<'_>]) {
        self.text.push('<');
        self.name(tag.ns, tag.local);
        self.declare(tag, attributes);
        let mut sorted: Vec<&Attr<'_>> = attributes.iter().collect();
        sorted.sort_by_key(|attribute| (attribute.ns.uri, attribute.local));
        if sorted.windows(2).any(|pair| (pair[0].ns.uri, pair[0].local) == (pair[1].ns.uri, pair[1].local)) {
            self.fault = Some(XmlError::NotWritable);
        }
        for attribute in sorted {
            self.attribute(attribute);
        }
        self.text.push('>');
    }

    fn declare(&mut self, tag: Tag<'_>, attributes: &[Attr<'_>]) {
        let outer = self.scope.len();
        let of_attributes = attributes.iter().map(|attribute| attribute.ns).filter(|ns| *ns != NONE);
        for ns in std::iter::once(tag.ns).chain(of_attributes).filter(|ns| *ns != XML) {
            let bound = self.scope.iter().rposition(|known| known.prefix == ns.prefix);
            match bound.map(|place| (place, self.scope[place].uri)) {
                Some((_, uri)) if uri == ns.uri => {}
                None if ns == NONE => {}
                // One prefix for two namespaces in one tag.
                Some((place, _)) if place >= outer => self.fault = Some(XmlError::NotWritable),
                _ => self.scope.push(ns),
            }
        }
        self.scope[outer..].sort_by_key(|ns| ns.prefix);
        for place in outer..self.scope.len() {
            let ns = self.scope[place];
            self.text.push_str(if ns.prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.text.push_str(ns.prefix);
            self.value(ns.uri);
        }
    }

    fn attribute(&mut self, attribute: &Attr<'_>) {
        if attribute.ns.prefix.is_empty() != (attribute.ns == NONE) {
            self.fault = Some(XmlError::NotWritable);
        }
        self.text.push(' ');
        self.name(attribute.ns, attribute.local);
        self.value(attribute.value);
    }

    fn value(&mut self, value: &str) {
        self.check_characters(value);
        self.text.push_str("=\"");
        escape(&mut self.text, value, |c| match c {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'"' => Some("&quot;"),
            b'\t' => Some("&#x9;"),
            b'\n' => Some("&#xA;"),
            b'\r' => Some("&#xD;"),
            _ => None,
        });
        self.text.push('"');
    }

    fn name(&mut self, ns: Ns, local: &str) {
        let first = |c: u8| c.is_ascii_alphabetic() || c == b'_';
        let rest = |c: u8| first(c) || c.is_ascii_digit() || matches!(c, b'-' | b'.');
        if !local.bytes().next().is_some_and(first) || !local.bytes().all(rest) {
            self.fault = Some(XmlError::NotWritable);
        }
        if !ns.prefix.is_empty() {
            self.text.push_str(ns.prefix);
            self.text.push(':');
        }
        self.text.push_str(local);
    }

    fn check_characters(&mut self, text: &str) {
        let lost =
            |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
        if text.chars().any(lost) {
            self.fault = Some(XmlError::NotWritable);
        }
    }
}

/// Everything that needs an escape is one ASCII byte, so the runs between them are copied whole.
fn escape(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut copied = 0;
    for (place, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[copied..place]);
            out.push_str(entity);
            copied = place + 1;
        }
    }
    out.push_str(&text[copied..]);
}

/// Canonical bytes of a body element in which something was embedded.
pub(super) fn canonical_body(body: &str) -> Result<Vec<u8>, XmlError> {
    c14n::exclusive(body.as_bytes(), false, &[])
}
