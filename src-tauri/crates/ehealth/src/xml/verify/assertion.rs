//! SAML 1.1 assertions: one, at its place, signed as a whole by the platform.

use openssl::x509::X509;
use relais_core::secret::SecretBytes;

use super::super::error::XmlError;
use super::super::names::{DS, NONE, SAML, SOAP, WST};
use super::super::tree::{Element, Tree};
use super::VerifiedElement;
use super::places::{Ids, assertions, own_signature, plain, whole_texts};
use super::signature::{Signature, certificate};
use super::trust::{Trust, subject_of};

/// Confirmation method of an assertion that is of use only with its holder's key.
const HOLDER_OF_KEY: &str = "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key";

/// An assertion that the platform signed.
#[derive(Debug)]
pub struct VerifiedAssertion {
    /// What was signed; the only part to be read.
    pub verified: VerifiedElement,
    /// Its AssertionID.
    pub id: String,
    /// The assertion as it came, signature included: what is kept and sent on.
    ///
    /// The same bytes as in the message, unless they lean on namespaces declared outside: then its canonical form, which
    /// stands alone and verifies alike.
    pub bytes: SecretBytes,
    /// What the signature covers.
    pub covers: Vec<String>,
    /// Subject of the signer.
    pub signer: String,
    /// Certificate of the signer.
    pub signer_certificate: X509,
}

impl VerifiedAssertion {
    /// Certificate of the holder of key, as the assertion names it.
    ///
    /// # Errors
    /// [`XmlError::Holder`] when it names none, or two, or confirms in another way.
    pub fn holder(&self) -> Result<X509, XmlError> {
        let assertion = self.verified.element();
        let mut holders = assertion.descendants().filter(|element| element.is(SAML, "SubjectConfirmation"));
        let first = holder_of(holders.next().ok_or(XmlError::Holder)?)?;
        let same = |other| holder_of(other).is_ok_and(|other| other == first);
        if holders.all(same) { Ok(first) } else { Err(XmlError::Holder) }
    }

    /// The name of the subject, as the assertion says it: personal.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        let mut elements = self.verified.element().descendants();
        elements.find(|element| element.is(SAML, "NameIdentifier")).and_then(|name| name.text().ok())
    }
}

fn holder_of(confirmation: Element<'_>) -> Result<X509, XmlError> {
    let by_key = || {
        let method = confirmation.only(SAML, "ConfirmationMethod")?.text()?;
        let data = confirmation.only(DS, "KeyInfo")?.only(DS, "X509Data")?;
        (method == HOLDER_OF_KEY).then_some(data).ok_or(XmlError::Holder)?.only(DS, "X509Certificate")
    };
    by_key().and_then(certificate).map_err(|_| XmlError::Holder)
}

/// Verifies a document that is an assertion.
///
/// # Errors
/// The first rule of the profile that is broken.
pub fn assertion(document: &[u8], trust: &Trust) -> Result<VerifiedAssertion, XmlError> {
    let tree = Tree::parse(document)?;
    let root = tree.root();
    if !root.is(SAML, "Assertion") {
        return Err(XmlError::Root);
    }
    alone(root)?;
    let bytes = root.source().ok_or(XmlError::Malformed)?.as_bytes().to_vec();
    at(root, &Ids::of(root)?, bytes, trust)
}

/// Verifies the one assertion of an answer of the STS, at its place in the body.
///
/// # Errors
/// The first rule of the profile that is broken.
pub fn assertion_in_response(document: &[u8], trust: &Trust) -> Result<VerifiedAssertion, XmlError> {
    let tree = Tree::parse(document)?;
    let root = tree.root();
    let found = place_in_response(root)?;
    alone(root)?;
    at(found, &Ids::of(root)?, standing_alone(found)?, trust)
}

/// Nothing in the document could be taken for the assertion, or split one of its texts.
fn alone(root: Element<'_>) -> Result<(), XmlError> {
    match assertions(root) {
        0 => Err(XmlError::NoAssertion),
        1 => whole_texts(root),
        _ => Err(XmlError::SeveralAssertions),
    }
}

/// Body, perhaps a collection of one, response, requested token.
fn place_in_response(root: Element<'_>) -> Result<Element<'_>, XmlError> {
    if !root.is(SOAP, "Envelope") {
        return Err(XmlError::Root);
    }
    let path = || {
        let body = root.only(SOAP, "Body")?;
        let outer = match body.child(WST, "RequestSecurityTokenResponseCollection") {
            Some(_) => body.only(WST, "RequestSecurityTokenResponseCollection")?,
            None => body,
        };
        outer
            .only(WST, "RequestSecurityTokenResponse")?
            .only(WST, "RequestedSecurityToken")?
            .only(SAML, "Assertion")
    };
    path().map_err(|_: XmlError| XmlError::NoAssertion)
}

/// Its own bytes if they mean the same outside the message, else its canonical form.
fn standing_alone(assertion: Element<'_>) -> Result<Vec<u8>, XmlError> {
    let source = assertion.source().ok_or(XmlError::Malformed)?.as_bytes();
    let canonical = assertion.canonical()?;
    let same =
        Tree::parse(source).and_then(|tree| tree.root().canonical()).is_ok_and(|alone| alone == canonical);
    Ok(if same { source.to_vec() } else { canonical })
}

/// Verifies an assertion whose place has been looked at.
pub(super) fn at(
    assertion: Element<'_>,
    ids: &Ids<'_>,
    bytes: Vec<u8>,
    trust: &Trust,
) -> Result<VerifiedAssertion, XmlError> {
    let bytes = SecretBytes::new(bytes);
    plain(assertion)?;
    let signature = Signature::read(own_signature(assertion)?)?;
    let [reference] = &signature.references[..] else { return Err(XmlError::Misplaced) };
    let id = assertion.attribute(NONE, "AssertionID").ok_or(XmlError::AssertionNotCovered)?;
    if ids.find(reference.id)? != assertion || reference.id != id {
        return Err(XmlError::Misplaced);
    }
    if !reference.enveloped || !signature.objects.is_empty() {
        return Err(XmlError::SignatureShape);
    }
    let canonical = signature.covered(reference, assertion)?;
    let (signer_certificate, key) = trust.key_of(&signature.certificates()?)?;
    signature.check_value(&key)?;
    Ok(VerifiedAssertion {
        verified: VerifiedElement::read(canonical)?,
        id: id.to_owned(),
        bytes,
        covers: vec!["Assertion".to_owned()],
        signer: subject_of(&signer_certificate),
        signer_certificate,
    })
}
