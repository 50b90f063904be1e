//! What `relaisctl xml verify` and `xml c14n` print. Shapes: docs/reference/xml-profile.md, section 10.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::Serialize;

use super::error::XmlError;
use super::names::SOAP;
use super::verify::{self, Trust};
use super::{c14n, tree::Tree};

/// What a document is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A SAML 1.1 assertion, alone or in an answer of the STS.
    Assertion,
    /// A service list.
    ServiceList,
    /// A signed SOAP message.
    Soap,
}

impl std::str::FromStr for Kind {
    type Err = String;
    fn from_str(given: &str) -> Result<Self, Self::Err> {
        match given {
            "assertion" => Ok(Self::Assertion),
            "service-list" => Ok(Self::ServiceList),
            "soap" => Ok(Self::Soap),
            other => Err(format!("{other}: one of assertion, service-list, soap")),
        }
    }
}

/// Verdict on a document. A refused one tells the reason and nothing that the document claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The signature is good, of the profile and of a trusted signer.
    pub ok: bool,
    /// Name of the rule that was broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Code of the catalogue, with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What that rule says, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the signature covers.
    pub covers: Vec<String>,
    /// Subject of the signer.
    pub signer: Option<String>,
    /// Name of the subject of a verified assertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// Canonical bytes as `xml c14n --json` prints them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Canonical {
    /// The bytes in base64.
    pub canonical: String,
}

impl Canonical {
    /// Of a document.
    ///
    /// # Errors
    /// As [`c14n::exclusive`].
    pub fn of(document: &[u8], with_comments: bool, prefix_list: &[&str]) -> Result<Self, XmlError> {
        Ok(Self { canonical: BASE64.encode(c14n::exclusive(document, with_comments, prefix_list)?) })
    }
}

impl Verdict {
    /// Judges a document. `at` is when a message is judged; certificates are judged at the moment of the trust.
    #[must_use]
    pub fn on(document: &[u8], kind: Kind, trust: &Trust, at: Timestamp) -> Self {
        let verdict = match kind {
            Kind::Assertion => assertion(document, trust),
            Kind::ServiceList => service_list(document, trust),
            Kind::Soap => soap(document, trust, at),
        };
        verdict.unwrap_or_else(Self::refused)
    }

    fn good(covers: Vec<String>, signer: String, subject: Option<String>) -> Self {
        Self { ok: true, reason: None, code: None, message: None, covers, signer: Some(signer), subject }
    }

    fn refused(error: XmlError) -> Self {
        Self {
            ok: false,
            reason: Some(error.reason()),
            code: Some(error.code().to_string()),
            message: Some(error.to_string()),
            covers: Vec::new(),
            signer: None,
            subject: None,
        }
    }
}

fn assertion(document: &[u8], trust: &Trust) -> Result<Verdict, XmlError> {
    let answer = Tree::parse(document)?.root().is(SOAP, "Envelope");
    let verify = if answer { verify::assertion_in_response } else { verify::assertion };
    let verified = verify(document, trust)?;
    let subject = verified.subject();
    Ok(Verdict::good(verified.covers, verified.signer, subject))
}

fn service_list(document: &[u8], trust: &Trust) -> Result<Verdict, XmlError> {
    let verified = verify::service_list(document, trust)?;
    Ok(Verdict::good(verified.covers, verified.signer, None))
}

fn soap(document: &[u8], trust: &Trust, at: Timestamp) -> Result<Verdict, XmlError> {
    let verified = verify::soap(document, trust, at)?;
    let subject = verified.assertion.and_then(|assertion| assertion.subject());
    Ok(Verdict::good(verified.covers, verified.signer, subject))
}
