//! A `ds:Signature`, read strictly: what is not of the profile is refused by name before any key is looked for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::pkey::{PKeyRef, Public};
use openssl::sha::sha256;
use openssl::x509::X509;

use super::super::algorithm::Method;
use super::super::c14n;
use super::super::error::{Limit, XmlError};
use super::super::names::{
    DS, EC, ECDSA_SHA256, ENVELOPED, EXC_C14N, NONE, RSA_SHA256, SHA256, SIGNED_PROPERTIES,
};
use super::super::tree::Element;

/// Source: docs/reference/xml-profile.md, section 2.
const MAX_REFERENCES: usize = 8;
const MAX_TRANSFORMS: usize = 2;
/// Prefixes of one list; each costs work on every element.
const MAX_PREFIXES: usize = 64;
/// Certificates of one KeyInfo: a signer and its issuers.
const MAX_CERTIFICATES: usize = 4;

/// A signature of the profile.
pub(super) struct Signature<'t> {
    pub(super) element: Element<'t>,
    signed_info: Element<'t>,
    prefixes: Vec<&'t str>,
    method: Method,
    pub(super) references: Vec<Reference<'t>>,
    value: Vec<u8>,
    pub(super) key_info: Option<Element<'t>>,
    pub(super) objects: Vec<Element<'t>>,
}

/// What one digest was taken of.
pub(super) struct Reference<'t> {
    /// Identifier of the element; empty for the whole document.
    pub(super) id: &'t str,
    /// The signature itself is left out.
    pub(super) enveloped: bool,
    /// It says that it is about the XAdES properties.
    pub(super) properties: bool,
    prefixes: Vec<&'t str>,
    digest: [u8; 32],
}

impl<'t> Signature<'t> {
    /// Reads it.
    pub(super) fn read(element: Element<'t>) -> Result<Self, XmlError> {
        let mut parts = element.children();
        let signed_info = named(parts.next(), "SignedInfo")?;
        let value = named(parts.next(), "SignatureValue")?;
        let mut parts = parts.peekable();
        let key_info = parts.next_if(|part| part.is(DS, "KeyInfo"));
        let objects: Vec<_> = parts.collect();
        if !objects.iter().all(|object| object.is(DS, "Object")) {
            return Err(XmlError::SignatureShape);
        }
        let mut parts = signed_info.children();
        let form = named(parts.next(), "CanonicalizationMethod")?;
        let method = method(named(parts.next(), "SignatureMethod")?)?;
        let prefixes = canonical_form(form)?;
        let references = references(parts)?;
        let value = bytes(value)?;
        Ok(Self { element, signed_info, prefixes, method, references, value, key_info, objects })
    }

    /// The key signed this.
    pub(super) fn check_value(&self, key: &PKeyRef<Public>) -> Result<(), XmlError> {
        self.method.verify(key, &c14n::digest(self.signed_info, &self.prefixes)?, &self.value)
    }

    /// Canonical bytes of what the reference is about, once the digest fits.
    pub(super) fn covered(
        &self,
        reference: &Reference<'_>,
        element: Element<'_>,
    ) -> Result<Vec<u8>, XmlError> {
        let left_out = reference.enveloped.then_some(self.element);
        let canonical = c14n::bytes(element, left_out, &reference.prefixes)?;
        if reference.digest == sha256(&[]) {
            return Err(XmlError::DigestOfNothing);
        }
        if sha256(&canonical) == reference.digest { Ok(canonical) } else { Err(XmlError::Digest) }
    }

    /// As [`Self::covered`], for a part that nobody reads.
    pub(super) fn check(&self, reference: &Reference<'_>, element: Element<'_>) -> Result<(), XmlError> {
        self.covered(reference, element).map(drop)
    }

    /// The certificates of its KeyInfo, the signer first.
    pub(super) fn certificates(&self) -> Result<Vec<X509>, XmlError> {
        let data =
            self.key_info.iter().flat_map(|info| info.children()).filter(|child| child.is(DS, "X509Data"));
        let elements: Vec<Element<'_>> =
            data.flat_map(Element::children).filter(|child| child.is(DS, "X509Certificate")).collect();
        if elements.len() > MAX_CERTIFICATES {
            return Err(XmlError::SignatureShape);
        }
        elements.into_iter().map(certificate).collect()
    }
}

/// A certificate as base64 of its DER.
pub(super) fn certificate(element: Element<'_>) -> Result<X509, XmlError> {
    X509::from_der(&bytes(element)?).map_err(|_| {
        drop(openssl::error::ErrorStack::get());
        XmlError::NoCertificate
    })
}

fn named<'t>(part: Option<Element<'t>>, name: &str) -> Result<Element<'t>, XmlError> {
    part.filter(|part| part.is(DS, name)).ok_or(XmlError::SignatureShape)
}

/// Base64, blanks and line ends allowed.
fn bytes(element: Element<'_>) -> Result<Vec<u8>, XmlError> {
    let text: Vec<u8> = element.text()?.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(text).map_err(|_| XmlError::SignatureShape)
}

fn algorithm(element: Element<'_>) -> Result<&str, XmlError> {
    element.attribute(NONE, "Algorithm").ok_or(XmlError::SignatureShape)
}

fn childless(element: Element<'_>) -> Result<(), XmlError> {
    if element.children().next().is_none() { Ok(()) } else { Err(XmlError::SignatureShape) }
}

fn method(element: Element<'_>) -> Result<Method, XmlError> {
    let method = match algorithm(element)? {
        RSA_SHA256 => Method::RsaSha256,
        ECDSA_SHA256 => Method::EcdsaSha256,
        other if other.contains("#hmac-") => return Err(XmlError::Hmac),
        other if other.ends_with("sha1") => return Err(XmlError::Sha1),
        _ => return Err(XmlError::SignatureAlgorithm),
    };
    childless(element).map(|()| method)
}

fn digest_method(element: Element<'_>) -> Result<(), XmlError> {
    match algorithm(element)? {
        SHA256 => childless(element),
        other if other.ends_with("#sha1") => Err(XmlError::Sha1),
        _ => Err(XmlError::DigestAlgorithm),
    }
}

fn references<'t>(elements: impl Iterator<Item = Element<'t>>) -> Result<Vec<Reference<'t>>, XmlError> {
    let elements: Vec<_> = elements.take(MAX_REFERENCES + 1).collect();
    match elements.len() {
        0 => Err(XmlError::SignatureShape),
        n if n > MAX_REFERENCES => Err(XmlError::Limit(Limit::References)),
        _ => elements.into_iter().map(reference).collect(),
    }
}

fn reference(element: Element<'_>) -> Result<Reference<'_>, XmlError> {
    named(Some(element), "Reference")?;
    let mut parts = element.children().peekable();
    let transforms = parts.next_if(|part| part.is(DS, "Transforms"));
    let (enveloped, prefixes) = transforms_of(transforms)?;
    digest_method(named(parts.next(), "DigestMethod")?)?;
    let digest = bytes(named(parts.next(), "DigestValue")?)?;
    let id = match element.attribute(NONE, "URI") {
        Some("") => "",
        Some(uri) => uri.strip_prefix('#').filter(|id| is_name(id)).ok_or(XmlError::ExternalReference)?,
        None => return Err(XmlError::ExternalReference),
    };
    if parts.next().is_some() {
        return Err(XmlError::SignatureShape);
    }
    let properties = element.attribute(NONE, "Type") == Some(SIGNED_PROPERTIES);
    let digest = digest.try_into().map_err(|_| XmlError::Digest)?;
    Ok(Reference { id, enveloped, properties, prefixes, digest })
}

/// A name, so neither empty nor an XPointer.
fn is_name(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '\''))
}

/// Exclusive canonical form, with the signature left out before it or not.
fn transforms_of(element: Option<Element<'_>>) -> Result<(bool, Vec<&str>), XmlError> {
    // Without a transform, XML Signature falls back to inclusive canonical form.
    let transforms: Vec<_> =
        element.ok_or(XmlError::InclusiveC14n)?.children().take(MAX_TRANSFORMS + 1).collect();
    if !transforms.iter().all(|transform| transform.is(DS, "Transform")) {
        return Err(XmlError::SignatureShape);
    }
    if transforms.len() > MAX_TRANSFORMS {
        return Err(XmlError::Limit(Limit::Transforms));
    }
    match transforms[..] {
        [first, last] if algorithm(first)? == ENVELOPED => {
            childless(first)?;
            Ok((true, canonical_form(last)?))
        }
        [only] if algorithm(only)? == ENVELOPED => Err(XmlError::InclusiveC14n),
        [only] => Ok((false, canonical_form(only)?)),
        [] => Err(XmlError::InclusiveC14n),
        _ => transforms
            .into_iter()
            .try_for_each(|each| canonical_form(each).map(drop))
            .and(Err(XmlError::Transform)),
    }
}

/// The prefix list of exclusive canonical form; every other transform by the name of its refusal.
fn canonical_form(element: Element<'_>) -> Result<Vec<&str>, XmlError> {
    match algorithm(element)? {
        EXC_C14N => prefix_list(element),
        other if other.ends_with("#WithComments") => Err(XmlError::C14nWithComments),
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" | "http://www.w3.org/2006/12/xml-c14n11" => {
            Err(XmlError::InclusiveC14n)
        }
        "http://www.w3.org/TR/1999/REC-xpath-19991116" | "http://www.w3.org/2002/06/xmldsig-filter2" => {
            Err(XmlError::XPath)
        }
        "http://www.w3.org/TR/1999/REC-xslt-19991116" => Err(XmlError::Xslt),
        _ => Err(XmlError::Transform),
    }
}

fn prefix_list(element: Element<'_>) -> Result<Vec<&str>, XmlError> {
    let mut children = element.children();
    let list = match (children.next(), children.next()) {
        (None, _) => return Ok(Vec::new()),
        (Some(list), None) if list.is(EC, "InclusiveNamespaces") => list,
        _ => return Err(XmlError::SignatureShape),
    };
    let prefixes: Vec<&str> =
        list.attribute(NONE, "PrefixList").unwrap_or("").split_ascii_whitespace().collect();
    if prefixes.len() > MAX_PREFIXES { Err(XmlError::Limit(Limit::Namespaces)) } else { Ok(prefixes) }
}
