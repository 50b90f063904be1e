//! SOAP messages with WS-Security: the body that is executed and the timestamp that is judged are the signed ones.

use jiff::{SignedDuration, Timestamp};
use openssl::pkey::{PKey, Public};
use openssl::x509::X509;

use super::super::error::XmlError;
use super::super::names::{BASE64_BINARY, DS, NONE, SAML, SAML_ASSERTION_ID, SOAP, WSSE, WSU, X509_V3};
use super::super::tree::{Element, Tree};
use super::VerifiedElement;
use super::assertion::{self, VerifiedAssertion};
use super::places::{Ids, assertions, plain, whole_texts};
use super::signature::{Signature, certificate};
use super::trust::{Trust, subject_of};

/// How far two clocks may lie apart. Source: docs/reference/xml-profile.md, section 7.
pub const TIMESTAMP_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A message whose sender is known.
#[derive(Debug)]
pub struct VerifiedSoap {
    /// The body that was signed; the only one to be executed.
    pub body: VerifiedElement,
    /// When the message was written.
    pub created: Timestamp,
    /// When it stops being good.
    pub expires: Timestamp,
    /// The assertion that names the key, where the message carries one. Its own validity is for the caller to judge.
    pub assertion: Option<VerifiedAssertion>,
    /// What the signature covers: `Body`, `Timestamp`, and `BinarySecurityToken` or `Assertion` if it does.
    pub covers: Vec<String>,
    /// Subject of the certificate whose key signed.
    pub signer: String,
    /// That certificate.
    pub signer_certificate: X509,
}

/// Verifies a message and judges its timestamp at a moment.
///
/// The key is the holder's of the assertion in the header, or that of a BinarySecurityToken that leads to an anchor.
///
/// # Errors
/// The first rule of the profile that is broken.
pub fn soap(document: &[u8], trust: &Trust, at: Timestamp) -> Result<VerifiedSoap, XmlError> {
    let tree = Tree::parse(document)?;
    whole_texts(tree.root())?;
    let parts = Parts::of(tree.root())?;
    plain(parts.body)?;
    plain(parts.timestamp)?;
    let ids = Ids::of(tree.root())?;
    let signature = Signature::read(parts.signature)?;
    let covered = parts.covered(&signature, &ids)?;
    let (signer_certificate, key, assertion) = parts.key(&signature, &ids, trust)?;
    signature.check_value(&key)?;
    let (created, expires) = judged(VerifiedElement::read(covered.timestamp)?.element(), at)?;
    Ok(VerifiedSoap {
        body: VerifiedElement::read(covered.body)?,
        created,
        expires,
        assertion,
        covers: covered.names,
        signer: subject_of(&signer_certificate),
        signer_certificate,
    })
}

/// The parts of a message, each found by its place and each there at most once.
struct Parts<'t> {
    root: Element<'t>,
    body: Element<'t>,
    timestamp: Element<'t>,
    signature: Element<'t>,
    token: Option<Element<'t>>,
    assertion: Option<Element<'t>>,
}

/// Canonical bytes of what the signature covers.
struct Covered {
    body: Vec<u8>,
    timestamp: Vec<u8>,
    names: Vec<String>,
}

impl<'t> Parts<'t> {
    fn of(root: Element<'t>) -> Result<Self, XmlError> {
        if !root.is(SOAP, "Envelope") {
            return Err(XmlError::Root);
        }
        let (body, security) = (root.only(SOAP, "Body"), security(root)?);
        if root.children().count() != 2 {
            return Err(XmlError::Root);
        }
        let at_most_one = |ns, name| match security.children().filter(|child| child.is(ns, name)).count() {
            0 | 1 => Ok(security.child(ns, name)),
            _ => Err(XmlError::Misplaced),
        };
        let signatures = security.children().filter(|child| child.is(DS, "Signature")).count();
        let several = if signatures > 1 { XmlError::SeveralSignatures } else { XmlError::NoSignature };
        Ok(Self {
            root,
            body: body.map_err(|_| XmlError::BodyNotCovered)?,
            timestamp: security.only(WSU, "Timestamp").map_err(|_| XmlError::TimestampNotCovered)?,
            signature: security.only(DS, "Signature").map_err(|_| several)?,
            token: at_most_one(WSSE, "BinarySecurityToken")?,
            assertion: at_most_one(SAML, "Assertion")?,
        })
    }

    /// Each reference names another part at its place, and body and timestamp are among them.
    fn covered(&self, signature: &Signature<'_>, ids: &Ids<'t>) -> Result<Covered, XmlError> {
        if !signature.objects.is_empty() {
            return Err(XmlError::SignatureShape);
        }
        let places = [
            ("Body", Some(self.body)),
            ("Timestamp", Some(self.timestamp)),
            ("BinarySecurityToken", self.token),
            ("Assertion", self.assertion),
        ];
        let mut bytes: [Option<Vec<u8>>; 4] = [const { None }; 4];
        for reference in &signature.references {
            let element = ids.find(reference.id)?;
            let place =
                places.iter().position(|(_, part)| *part == Some(element)).ok_or(XmlError::Misplaced)?;
            if reference.enveloped || bytes[place].is_some() {
                return Err(XmlError::SignatureShape);
            }
            bytes[place] = Some(signature.covered(reference, element)?);
        }
        let names = places.iter().zip(&bytes).filter(|(_, bytes)| bytes.is_some());
        let names = names.map(|((name, _), _)| (*name).to_owned()).collect();
        let [body, timestamp, ..] = bytes;
        Ok(Covered {
            body: body.ok_or(XmlError::BodyNotCovered)?,
            timestamp: timestamp.ok_or(XmlError::TimestampNotCovered)?,
            names,
        })
    }

    fn key(
        &self,
        signature: &Signature<'_>,
        ids: &Ids<'t>,
        trust: &Trust,
    ) -> Result<(X509, PKey<Public>, Option<VerifiedAssertion>), XmlError> {
        let info = signature.key_info.ok_or(XmlError::NoCertificate)?;
        let reference = info.only(WSSE, "SecurityTokenReference").map_err(|_| XmlError::KeyReference)?;
        match (reference.child(WSSE, "Reference"), reference.child(WSSE, "KeyIdentifier")) {
            (Some(token), None) => self.key_of_token(token, ids, trust),
            (None, Some(identifier)) => self.key_of_assertion(identifier, ids, trust),
            _ => Err(XmlError::KeyReference),
        }
    }

    fn key_of_token(
        &self,
        reference: Element<'_>,
        ids: &Ids<'t>,
        trust: &Trust,
    ) -> Result<(X509, PKey<Public>, Option<VerifiedAssertion>), XmlError> {
        let id = reference.attribute(NONE, "URI").and_then(|uri| uri.strip_prefix('#'));
        let token = self.token.ok_or(XmlError::NoCertificate)?;
        let as_wanted = |name, value| token.attribute(NONE, name).is_none_or(|given| given == value);
        if ids.find(id.ok_or(XmlError::KeyReference)?)? != token {
            return Err(XmlError::KeyReference);
        }
        if !as_wanted("ValueType", X509_V3) || !as_wanted("EncodingType", BASE64_BINARY) {
            return Err(XmlError::KeyReference);
        }
        let (certificate, key) = trust.key_of(&[certificate(token)?])?;
        Ok((certificate, key, None))
    }

    fn key_of_assertion(
        &self,
        identifier: Element<'_>,
        ids: &Ids<'t>,
        trust: &Trust,
    ) -> Result<(X509, PKey<Public>, Option<VerifiedAssertion>), XmlError> {
        let found = self.assertion.ok_or(XmlError::NoAssertion)?;
        if assertions(self.root) != 1 {
            return Err(XmlError::SeveralAssertions);
        }
        let right_kind = identifier.attribute(NONE, "ValueType") == Some(SAML_ASSERTION_ID);
        if !right_kind || Some(identifier.text()?.trim()) != found.attribute(NONE, "AssertionID") {
            return Err(XmlError::KeyReference);
        }
        let bytes = found.source().ok_or(XmlError::Malformed)?.as_bytes().to_vec();
        let assertion = assertion::at(found, ids, bytes, trust)?;
        let holder = assertion.holder()?;
        let key = holder.public_key().map_err(|_| XmlError::Holder)?;
        Ok((holder, key, Some(assertion)))
    }
}

fn security(root: Element<'_>) -> Result<Element<'_>, XmlError> {
    let header = root.only(SOAP, "Header").map_err(|_| XmlError::NoSignature)?;
    header.only(WSSE, "Security").map_err(|_| XmlError::NoSignature)
}

fn judged(timestamp: Element<'_>, at: Timestamp) -> Result<(Timestamp, Timestamp), XmlError> {
    let instant = |name| {
        let text = timestamp.only(WSU, name).and_then(Element::text).map_err(|_| XmlError::TimestampShape)?;
        text.trim().parse::<Timestamp>().map_err(|_| XmlError::TimestampShape)
    };
    let (created, expires) = (instant("Created")?, instant("Expires")?);
    if created > expires {
        return Err(XmlError::TimestampShape);
    }
    if created.duration_since(at) > TIMESTAMP_SKEW {
        return Err(XmlError::TimestampEarly);
    }
    if at.duration_since(expires) >= TIMESTAMP_SKEW {
        return Err(XmlError::TimestampLate);
    }
    Ok((created, expires))
}
