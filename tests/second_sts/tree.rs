//! A document as a small tree with resolved names.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// Refuses without saying more: whoever sent this has a broken writer.
pub struct Unreadable;

/// An element with its namespace, attributes, children and own text.
#[derive(Debug, Default, Clone)]
pub struct Element {
    pub namespace: String,
    pub name: String,
    attributes: Vec<(String, String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }

    /// The value of an attribute; no namespace is the empty text.
    pub fn attribute(&self, namespace: &str, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(ns, n, _)| ns == namespace && n == name);
        found.map(|(_, _, value)| value.as_str())
    }

    /// The only child of this name.
    pub fn only(&self, namespace: &str, name: &str) -> Option<&Self> {
        let mut found = self.children.iter().filter(|child| child.is(namespace, name));
        found.next().filter(|_| found.next().is_none())
    }

    /// The only child of this name, of the only child of the name before it, and so on.
    pub fn path(&self, steps: &[(&str, &str)]) -> Option<&Self> {
        steps.iter().try_fold(self, |at, (namespace, name)| at.only(namespace, name))
    }

    /// Its text without blanks around it.
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }

    /// It and everything below it.
    pub fn all(&self) -> Vec<&Self> {
        let below = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    /// Values of every attribute that is an identifier in this protocol.
    pub fn identifiers(&self) -> Vec<&str> {
        let id = |name: &str| matches!(name, "Id" | "ID" | "id" | "AssertionID");
        self.all()
            .into_iter()
            .flat_map(|element| element.attributes.iter())
            .filter(|(_, name, _)| id(name))
            .map(|(_, _, value)| value.as_str())
            .collect()
    }
}

/// Reads a document; one with a DOCTYPE, a processing instruction or an unknown entity is refused.
pub fn parse(text: &str) -> Result<Element, Unreadable> {
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|_| Unreadable)?;
        match event {
            Event::Start(tag) => open.push(element(&reader, &tag)?),
            Event::Empty(tag) => {
                let child = element(&reader, &tag)?;
                open.last_mut().ok_or(Unreadable)?.children.push(child);
            }
            Event::End(_) => {
                let done = open.pop().ok_or(Unreadable)?;
                open.last_mut().ok_or(Unreadable)?.children.push(done);
            }
            Event::Text(text) => open.last_mut().ok_or(Unreadable)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let c = character(&reference)?;
                open.last_mut().ok_or(Unreadable)?.text.push(c);
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::CData(_) | Event::PI(_) | Event::DocType(_) => return Err(Unreadable),
            Event::Eof => break,
        }
    }
    let mut document = open.pop().filter(|_| open.is_empty()).ok_or(Unreadable)?;
    document.children.pop().filter(|_| document.children.is_empty()).ok_or(Unreadable)
}

fn character(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, Unreadable> {
    if let Some(c) = reference.resolve_char_ref().map_err(|_| Unreadable)? {
        return Ok(c);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Unreadable),
    }
}

fn element(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<Element, Unreadable> {
    let (namespace, name) = reader.resolver().resolve_element(tag.name());
    let mut element =
        Element { namespace: bound(&namespace)?, name: name.as_ref().to_owned(), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Unreadable)?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (namespace, name) = reader.resolver().resolve_attribute(attribute.key);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Unreadable)?;
        element.attributes.push((bound(&namespace)?, name.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn bound(namespace: &ResolveResult<'_>) -> Result<String, Unreadable> {
    match namespace {
        ResolveResult::Bound(namespace) => Ok(namespace.as_ref().to_owned()),
        ResolveResult::Unbound => Ok(String::new()),
        ResolveResult::Unknown(_) => Err(Unreadable),
    }
}
