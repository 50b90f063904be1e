//! Who sent a message: the WS-Security header, judged by the XML profile and then by what the platform adds to it.
//!
//! Source: docs/reference/sandbox.md, section 2.

use jiff::{SignedDuration, Timestamp};
use openssl::x509::X509;
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::names::{BASE64_BINARY, NONE, SOAP, WSSE, X509_V3};
use relais_ehealth::xml::tree::{Element, Tree};
use relais_ehealth::xml::verify::{self, Trust, VerifiedSoap};

use super::identity::{Anchors, Identity};
use super::soap::{FaultCode, Refusal};

/// Longest life of a message. Source: docs/reference/ehealth-sts.md, section 2.3 (the connector's own value).
pub const LIFE_OF_A_MESSAGE: SignedDuration = SignedDuration::from_secs(60);

/// What the signature has to cover, and all it may cover; sorted.
const SIGNED: [&str; 3] = ["BinarySecurityToken", "Body", "Timestamp"];

/// A message whose sender is known.
pub struct Authenticated {
    verified: VerifiedSoap,
    /// Certificate whose key signed.
    pub certificate: X509,
    /// Whose it is.
    pub identity: Identity,
}

impl Authenticated {
    /// Canonical bytes of the body that was signed.
    pub fn body(&self) -> &[u8] {
        self.verified.body.canonical()
    }

    /// The one element in the body.
    pub fn payload(&self) -> Result<Element<'_>, Refusal> {
        let mut children = self.verified.body.element().children();
        match (children.next(), children.next()) {
            (Some(payload), None) => Ok(payload),
            _ => Err(Refusal::soa(3_003, "the body holds one element")),
        }
    }
}

/// Reads and judges a message at the platform's time.
pub fn authenticate(message: &[u8], anchors: &Anchors, now: Timestamp) -> Result<Authenticated, Refusal> {
    envelope(message)?;
    let trust = Trust { anchors: anchors.all(), signer: vec![], at: now };
    let verified = verify::soap(message, &trust, now).map_err(refusal)?;
    let mut covers = verified.covers.clone();
    covers.sort_unstable();
    if covers != SIGNED {
        return Err(Refusal::security(
            "InvalidSecurity",
            "body, timestamp and token are signed, and nothing else",
        ));
    }
    if verified.expires.duration_since(verified.created) > LIFE_OF_A_MESSAGE {
        return Err(Refusal::security("InvalidSecurity", "a message lives 60 seconds at most"));
    }
    let certificate = verified.signer_certificate.clone();
    let unknown =
        Refusal::security("FailedAuthentication", "the signer is neither a card nor a person's certificate");
    let identity = anchors.recognise(&certificate, now).ok_or(unknown)?;
    Ok(Authenticated { verified, certificate, identity })
}

/// What the profile leaves open and WS-Security asks for: one mandatory header, and a token that says what it is.
fn envelope(message: &[u8]) -> Result<(), Refusal> {
    let tree = Tree::parse(message).map_err(refusal)?;
    if !tree.root().is(SOAP, "Envelope") {
        return Err(Refusal::soa(3_002, "the message is a SOAP 1.1 envelope"));
    }
    let missing = Refusal::security("InvalidSecurity", "the header holds one wsse:Security");
    let header = tree.root().only(SOAP, "Header").map_err(|_| missing.clone())?;
    let security = header.only(WSSE, "Security").map_err(|_| missing)?;
    tree.root().only(SOAP, "Body").map_err(|_| Refusal::soa(3_003, "the envelope has one body"))?;
    if security.attribute(SOAP, "mustUnderstand") != Some("1") {
        return Err(Refusal::security("InvalidSecurity", "wsse:Security is marked mustUnderstand"));
    }
    let token = security.only(WSSE, "BinarySecurityToken");
    let token = token.map_err(|_| {
        Refusal::security("SecurityTokenUnavailable", "the header holds one BinarySecurityToken")
    })?;
    let says = |name, value| token.attribute(NONE, name) == Some(value);
    if says("ValueType", X509_V3) && says("EncodingType", BASE64_BINARY) {
        Ok(())
    } else {
        Err(Refusal::security("UnsupportedSecurityToken", "the token is an X.509 certificate in base64"))
    }
}

/// What a broken rule of the XML profile is called by WS-Security and by the platform.
fn refusal(broken: XmlError) -> Refusal {
    use XmlError::*;
    match broken {
        Limit(_) | Doctype | NotUtf8 | Malformed | NotWritable => {
            Refusal::soa(3_001, "the message is well-formed UTF-8 within the limits")
        }
        Root => Refusal::soa(3_002, "the message is a SOAP 1.1 envelope with header and body"),
        Shape => Refusal::soa(3_006, "an element is not built as its schema says"),
        SignatureValue | Digest | DigestOfNothing => {
            Refusal::security("FailedCheck", "the signature fits what was signed")
        }
        Sha1 | Hmac | SignatureAlgorithm | DigestAlgorithm | InclusiveC14n | C14nWithComments | XPath
        | Xslt | Transform | KeySize => {
            Refusal::security("UnsupportedAlgorithm", "only the algorithms of the profile are accepted")
        }
        Chain | SignerAttribute | KeyUsage => {
            Refusal::security("FailedAuthentication", "the signer's certificate leads to a trusted issuer")
        }
        NoCertificate | KeyReference => {
            Refusal::security("SecurityTokenUnavailable", "the signature names the token in the header")
        }
        TimestampLate => {
            Refusal { code: FaultCode::MessageExpired, rule: "the message came within its life" }
        }
        TimestampEarly => {
            Refusal { code: FaultCode::MessageExpired, rule: "the message was not written in the future" }
        }
        _ => Refusal::security("InvalidSecurity", "body, timestamp and token are signed at their places"),
    }
}
