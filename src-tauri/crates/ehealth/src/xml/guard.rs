//! First look at foreign XML: size, depth, counts and DOCTYPE, before a tree is built.
//!
//! It only refuses and keeps nothing, so there is one parser of meaning ([`super::tree`]). Attributes are counted without
//! quick-xml's own checks, which cost the square of their number.

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::PrefixDeclaration;

use super::error::{Limit, XmlError};

/// Bounds of what is looked at. Source: docs/reference/xml-profile.md, section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
    pub size: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Elements, texts, comments and instructions together.
    pub nodes: usize,
    /// Attributes of one element, namespace declarations not counted.
    pub attributes: usize,
    /// Namespaces declared on one element.
    pub namespaces: usize,
    /// Bytes of one namespace: canonical form repeats it on many elements.
    pub namespace_length: usize,
    /// Comments and instructions beside the document's element.
    pub outside: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 4 * 1024 * 1024,
            depth: 128,
            nodes: 100_000,
            attributes: 256,
            namespaces: 64,
            namespace_length: 512,
            outside: 1_000,
        }
    }
}

/// Looks once over the bytes and stops at the first bound that is passed.
///
/// # Errors
/// [`XmlError::Limit`], [`XmlError::Doctype`], [`XmlError::NotUtf8`], [`XmlError::Malformed`].
pub fn check(bytes: &[u8], limits: &Limits) -> Result<(), XmlError> {
    if bytes.len() > limits.size {
        return Err(XmlError::Limit(Limit::Size));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?;
    if !text.chars().all(written_in_xml) {
        return Err(XmlError::Malformed);
    }
    let mut reader = Reader::from_str(text);
    let mut counts = Counts::default();
    while counts.take(reader.read_event().map_err(|_| XmlError::Malformed)?, limits)? {}
    Ok(())
}

/// What may stand in a document at all; the tree takes more. Source: XML 1.0, production 2.
fn written_in_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[derive(Default)]
struct Counts {
    depth: usize,
    nodes: usize,
    outside: usize,
    in_text: bool,
}

impl Counts {
    /// Counts one event; `false` at the end of the document.
    fn take(&mut self, event: Event<'_>, limits: &Limits) -> Result<bool, XmlError> {
        // A text with references in it is one node.
        let text = matches!(event, Event::Text(_) | Event::GeneralRef(_));
        let counted = if text { !self.in_text } else { !matches!(event, Event::End(_) | Event::Eof) };
        self.in_text = text;
        self.nodes += usize::from(counted);
        within(self.nodes, limits.nodes, Limit::Nodes)?;
        match &event {
            Event::Start(tag) => {
                self.depth += 1;
                within(self.depth, limits.depth, Limit::Depth)?;
                attributes(tag, limits)?;
            }
            Event::Empty(tag) => {
                within(self.depth + 1, limits.depth, Limit::Depth)?;
                attributes(tag, limits)?;
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Decl(declaration) => utf8(declaration)?,
            Event::DocType(_) => return Err(XmlError::Doctype),
            Event::Eof if self.depth > 0 => return Err(XmlError::Malformed),
            Event::Eof => return Ok(false),
            Event::PI(instruction) if instruction.target().contains(':') => {
                return Err(XmlError::Malformed);
            }
            Event::Comment(_) | Event::PI(_) if self.depth == 0 => {
                self.outside += 1;
                within(self.outside, limits.outside, Limit::Nodes)?;
            }
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::GeneralRef(_) => {}
        }
        Ok(true)
    }
}

fn within(count: usize, bound: usize, limit: Limit) -> Result<(), XmlError> {
    if count > bound { Err(XmlError::Limit(limit)) } else { Ok(()) }
}

/// A name has a prefix or none, and each of the two begins as a name does: the tree also takes names that begin or end
/// with a colon, have two of them, or go on with a digit after it. Source: Namespaces in XML 1.0, section 3.
fn qualified(name: &str) -> Result<(), XmlError> {
    let mut parts = name.split(':');
    let good = |part: Option<&str>| part.is_none_or(|part| part.starts_with(begins_a_name));
    if good(parts.next()) && good(parts.next()) && parts.next().is_none() {
        Ok(())
    } else {
        Err(XmlError::Malformed)
    }
}

/// Source: XML 1.0, fifth edition, production 4, without the colon.
fn begins_a_name(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | '_' | 'a'..='z')
        || matches!(letter, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}')
        || matches!(letter, '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}')
        || matches!(letter, '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}')
        || matches!(letter, '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn attributes(tag: &BytesStart<'_>, limits: &Limits) -> Result<(), XmlError> {
    qualified(tag.name().into_inner())?;
    let (mut plain, mut namespaces) = (0, 0);
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| XmlError::Malformed)?;
        qualified(attribute.key.into_inner())?;
        if let Some(binding) = attribute.key.as_namespace_binding() {
            // Only the default namespace can be taken back. Source: Namespaces in XML 1.0, section 2.2.
            if attribute.value.is_empty() && matches!(binding, PrefixDeclaration::Named(_)) {
                return Err(XmlError::Malformed);
            }
            namespaces += 1;
            within(namespaces, limits.namespaces, Limit::Namespaces)?;
            within(attribute.value.len(), limits.namespace_length, Limit::Namespaces)?;
        } else {
            plain += 1;
            within(plain, limits.attributes, Limit::Attributes)?;
        }
    }
    Ok(())
}

fn utf8(declaration: &BytesDecl<'_>) -> Result<(), XmlError> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(XmlError::NotUtf8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by the fuzzer and by comparison with libxml2: the tree reads all of these, another parser none.
    #[test]
    fn what_only_a_lenient_parser_reads_is_refused() {
        for document in [
            "<a b='\0'/>",
            "<a b='\u{11}'/>",
            "<a>\u{fffe}</a>",
            "<a>\u{ffff}</a>",
            "<a xmlns:p=''/>",
            "<a><b xmlns:p=''/></a>",
            "<:a/>",
            "<a:/>",
            "<a xmlns:p='urn:p' p:b:c='1'/>",
            "<a xmlns:p='urn:p'><p:b:c/></a>",
            "<a :b='1'/>",
            "<a xml:1b='1'/>",
            "<a xmlns:p='urn:p'><p:-b/></a>",
            "<?a:b c?><a/>",
        ] {
            assert_eq!(
                check(document.as_bytes(), &Limits::default()),
                Err(XmlError::Malformed),
                "{document:?}"
            );
        }
        for document in ["<a xmlns=''/>", "<a xmlns:p='urn:p' p:b='\t\u{fffd}\u{10ffff}'/>", "<?a b:c?><a/>"]
        {
            assert_eq!(check(document.as_bytes(), &Limits::default()), Ok(()), "{document:?}");
        }
    }
}
