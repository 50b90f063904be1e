//! WS-Security of a message: what is signed, by whom, and when. Source: docs/reference/ehealth-sts.md, section 2.3.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use openssl::base64::decode_block;
use openssl::pkey::Id;
use openssl::x509::X509;

use crate::house::{House, Refusal};
use crate::names::{
    BASE64_TOKEN, DS, ECDSA_SHA256, EXCLUSIVE, RSA_SHA256, SHA256, SOAP, WSSE, WSU, X509_TOKEN,
};
use crate::tool;
use crate::tree::{self, Element};

/// How far clocks may be apart.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// Longest life of a message that we take; clients give 60 s.
const LONGEST_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// A message that all judges accept.
pub struct Envelope {
    /// What the signed Body holds.
    pub payload: Element,
    /// Whose key signed it.
    pub signer: X509,
}

/// Judges a message that was written to `file`.
pub fn judge(house: &House, text: &str, file: &Path) -> Result<Envelope, Refusal> {
    let document = tree::parse(text).map_err(|_| Refusal::new("SOAP-ENV:Client", "not XML as expected"))?;
    let parts = Parts::of(&document).ok_or(Refusal::new("wsse:InvalidSecurity", "parts are missing"))?;
    parts.unique(&document)?;
    parts.form()?;
    parts.references()?;
    let signer = parts.certificate()?;
    parts.algorithm(&signer)?;
    let pem = written(file, &signer)?;
    if !house.knows(&pem) {
        return Err(Refusal::new("wsse:FailedAuthentication", "openssl does not know the issuer"));
    }
    let holds = tool::signature_holds(file, &pem);
    house.record_signature(holds);
    if !holds {
        return Err(Refusal::new("wsse:FailedCheck", "xmlsec1 refuses the signature"));
    }
    parts.life(Timestamp::now())?;
    let mut inside = parts.body.children.iter();
    let payload = inside.next().filter(|_| inside.next().is_none());
    let payload = payload.cloned().ok_or(Refusal::new("wst:InvalidRequest", "the Body holds one element"))?;
    Ok(Envelope { payload, signer })
}

/// A certificate beside the message, for programs that read files.
pub fn written(file: &Path, certificate: &X509) -> Result<PathBuf, Refusal> {
    let pem =
        certificate.to_pem().map_err(|_| Refusal::new("wsse:InvalidSecurityToken", "no certificate"))?;
    let path = file.with_extension("pem");
    std::fs::write(&path, pem).expect("the folder can be written to");
    Ok(path)
}

struct Parts<'d> {
    security: &'d Element,
    timestamp: &'d Element,
    token: &'d Element,
    signature: &'d Element,
    body: &'d Element,
}

fn unfit(text: &'static str) -> Refusal {
    Refusal::new("wsse:InvalidSecurity", text)
}

impl<'d> Parts<'d> {
    fn of(document: &'d Element) -> Option<Self> {
        let envelope = Some(document).filter(|root| root.is(SOAP, "Envelope"))?;
        let security = envelope.path(&[(SOAP, "Header"), (WSSE, "Security")])?;
        Some(Self {
            security,
            timestamp: security.only(WSU, "Timestamp")?,
            token: security.only(WSSE, "BinarySecurityToken")?,
            signature: security.only(DS, "Signature")?,
            body: envelope.only(SOAP, "Body")?,
        })
    }

    /// No identifier twice, and one signature in all: `xmlsec1` looks at the first that it finds.
    fn unique(&self, document: &Element) -> Result<(), Refusal> {
        let mut ids = document.identifiers();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != all {
            return Err(unfit("an identifier stands twice"));
        }
        let signatures = document.all().into_iter().filter(|element| element.is(DS, "Signature"));
        if signatures.count() == 1 { Ok(()) } else { Err(unfit("more than one signature")) }
    }

    fn form(&self) -> Result<(), Refusal> {
        let token = |name| self.token.attribute("", name);
        let good = self.security.attribute(SOAP, "mustUnderstand") == Some("1")
            && token("ValueType") == Some(X509_TOKEN)
            && token("EncodingType") == Some(BASE64_TOKEN);
        if good { Ok(()) } else { Err(unfit("Security or BinarySecurityToken is not marked as it must be")) }
    }

    /// Three references, to Body, Timestamp and BinarySecurityToken, and the key is the token's.
    fn references(&self) -> Result<(), Refusal> {
        let info = self.signature.only(DS, "SignedInfo").ok_or(unfit("no SignedInfo"))?;
        let mut covered: Vec<&str> = info
            .children
            .iter()
            .filter(|child| child.is(DS, "Reference"))
            .map(reference)
            .collect::<Option<_>>()
            .ok_or(unfit("a reference is not exclusive c14n and SHA-256 of something in the message"))?;
        let mut wanted =
            [self.body, self.timestamp, self.token].map(|part| part.attribute(WSU, "Id").unwrap_or_default());
        covered.sort_unstable();
        wanted.sort_unstable();
        if covered != wanted || wanted[0].is_empty() {
            return Err(unfit("Body, Timestamp and BinarySecurityToken are signed, and nothing else"));
        }
        let key = [(DS, "KeyInfo"), (WSSE, "SecurityTokenReference"), (WSSE, "Reference")];
        let key = self.signature.path(&key).ok_or(unfit("no reference to the token"))?;
        let named = key.attribute("", "URI").and_then(|uri| uri.strip_prefix('#'));
        if named == self.token.attribute(WSU, "Id") && key.attribute("", "ValueType") == Some(X509_TOKEN) {
            Ok(())
        } else {
            Err(unfit("the signature names another key than the token's"))
        }
    }

    fn certificate(&self) -> Result<X509, Refusal> {
        certificate(self.token)
            .ok_or(Refusal::new("wsse:InvalidSecurityToken", "the token is no certificate"))
    }

    fn algorithm(&self, signer: &X509) -> Result<(), Refusal> {
        let kind = signer.public_key().map(|key| key.id()).ok();
        let wanted = if kind == Some(Id::EC) { ECDSA_SHA256 } else { RSA_SHA256 };
        let info = self.signature.only(DS, "SignedInfo").ok_or(unfit("no SignedInfo"))?;
        let named = |name| info.only(DS, name).and_then(|method| method.attribute("", "Algorithm"));
        if named("SignatureMethod") == Some(wanted) && named("CanonicalizationMethod") == Some(EXCLUSIVE) {
            Ok(())
        } else {
            Err(Refusal::new("wsse:UnsupportedAlgorithm", "another algorithm than the profile's"))
        }
    }

    fn life(&self, now: Timestamp) -> Result<(), Refusal> {
        let (created, expires) = life(self.timestamp).ok_or(unfit("the Timestamp says no times"))?;
        let length = expires.duration_since(created);
        if length <= SignedDuration::ZERO || length > LONGEST_LIFE {
            return Err(unfit("the Timestamp lives too long or not at all"));
        }
        if created.duration_since(now) > SKEW || now.duration_since(expires) > SKEW {
            return Err(Refusal::new("wsse:MessageExpired", "the message is not of this moment"));
        }
        Ok(())
    }
}

/// Target of a reference that is as it must be.
fn reference(reference: &Element) -> Option<&str> {
    let transform = reference.path(&[(DS, "Transforms"), (DS, "Transform")])?;
    let alone = reference.only(DS, "Transforms")?.children.len() == 1;
    let digest = reference.only(DS, "DigestMethod")?.attribute("", "Algorithm")?;
    let fits = alone && transform.attribute("", "Algorithm")? == EXCLUSIVE && digest == SHA256;
    reference.attribute("", "URI")?.strip_prefix('#').filter(|_| fits)
}

/// Created and Expires of an element.
pub fn life(element: &Element) -> Option<(Timestamp, Timestamp)> {
    let at = |name| element.only(WSU, name)?.trimmed().parse().ok();
    Some((at("Created")?, at("Expires")?))
}

/// A certificate in base64, however its lines are broken.
pub fn certificate(element: &Element) -> Option<X509> {
    let base64: String = element.text.split_whitespace().collect();
    X509::from_der(&decode_block(&base64).ok()?).ok()
}
