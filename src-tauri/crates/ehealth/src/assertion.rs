//! Whether an assertion that came back is the one we asked for, and what it says.
//!
//! Every rule has its own refusal. A refused assertion is never stored. Whether a certificate has been revoked is the
//! platform's to know: Relais does not ask.
//! Source: docs/threat-model.md, T1 and T6; docs/reference/ehealth-sts.md, section 5.

use jiff::{SignedDuration, Timestamp};
use openssl::sha::sha256;
use relais_core::code::clean;
use relais_core::ident::Ssin;
use relais_core::lease::{Fingerprint, LeaseId};
use relais_core::secret::SecretBytes;
use relais_core::{Code, Problem};

use crate::claims::ClaimValue;
use crate::soap;
use crate::sts::{Context, message};
use crate::xml::XmlError;
use crate::xml::names::{NONE, SAML};
use crate::xml::tree::{Element, Tree};
use crate::xml::verify::{self, Trust, VerifiedAssertion};

/// Attributes that the platform vouches for.
const CERTIFIED: &str = "urn:be:fgov:certified-namespace:ehealth";
const GIVEN_NAME: &str = "urn:be:fgov:person:ssin:ehealth:1.0:givenname";
/// Source: docs/reference/ehealth-sts.md, section 4.
const USER: &str = "urn:be:fgov:person:ssin";
const SURNAME: &str = "urn:be:fgov:person:ssin:ehealth:1.0:surname";

/// How far clocks may be apart.
pub const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What an assertion has to fit.
pub struct Expectations<'a> {
    /// Who signs assertions, and when it is now.
    pub trust: &'a Trust,
    /// Issuer of the assertion.
    pub issuer: &'a str,
    /// Our holder-of-key certificate, DER.
    pub holder: &'a [u8],
    /// What we asserted.
    pub asserted: &'a [ClaimValue<'a>],
    /// What we asked to be certified.
    pub requested: &'a [String],
    /// What our request was marked with.
    pub context: &'a Context,
    /// When we asked, by platform time.
    pub asked_at: Timestamp,
    /// How far clocks may be apart; [`SKEW`] unless a policy says otherwise.
    pub skew: SignedDuration,
    /// Whether an assertion was received in the last 48 hours.
    pub seen: &'a (dyn Fn(&LeaseId) -> bool + Sync),
}

/// An assertion that is ours.
#[derive(Debug)]
pub struct Accepted {
    /// Its bytes, as they were signed.
    pub assertion: SecretBytes,
    /// Hash of its AssertionID.
    pub id: LeaseId,
    /// IssueInstant.
    pub issued_at: Timestamp,
    /// NotOnOrAfter.
    pub expires_at: Timestamp,
    /// Our holder-of-key certificate.
    pub holder: Fingerprint,
    /// Certified given name and surname.
    pub name: Option<String>,
    /// Every requested yes-or-no claim; one that is not in the assertion is not certified.
    pub certified: Vec<(String, bool)>,
}

/// Why an assertion is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssertionError {
    /// Signature or place is not as the XML profile wants it.
    #[error("the assertion is not signed as it must be: {0}")]
    Xml(#[from] XmlError),
    /// Another issuer than the profile's.
    #[error("the assertion names another issuer")]
    Issuer,
    /// Made out for another key.
    #[error("the assertion was made out for another key")]
    Holder,
    /// Made out for somebody else.
    #[error("the assertion was made out for somebody else")]
    Person,
    /// The answer to another request.
    #[error("the answer belongs to another request")]
    Context,
    /// Issued before we asked.
    #[error("the assertion was issued before it was asked for")]
    Stale,
    /// Expired already.
    #[error("the assertion has expired")]
    Expired,
    /// Ends before it begins.
    #[error("the assertion has no life")]
    NoLife,
    /// Received before.
    #[error("the assertion was received before")]
    Replayed,
    /// Not built as an assertion.
    #[error("the assertion has no readable {0}")]
    Shape(&'static str),
}

impl AssertionError {
    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Xml(error) => code_of(*error),
            Self::Issuer => Code::ASSERTION_SIGNER,
            Self::Holder => Code::ASSERTION_HOLDER,
            Self::Person => Code::ASSERTION_PERSON,
            Self::Context => Code::ASSERTION_CONTEXT,
            Self::Stale | Self::Expired | Self::NoLife => Code::ASSERTION_TIME,
            Self::Replayed => Code::ASSERTION_REPLAYED,
            Self::Shape(_) => Code::ASSERTION_SHAPE,
        }
    }

    /// The failure for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let reason = match self {
            Self::Xml(error) => error.reason(),
            Self::Issuer => "issuer",
            Self::Holder => "holder",
            Self::Person => "person",
            Self::Context => "context",
            Self::Stale => "stale",
            Self::Expired => "expired",
            Self::NoLife => "no-life",
            Self::Replayed => "replayed",
            Self::Shape(what) => what,
        };
        Problem::new(self.code()).with("reason", reason)
    }
}

fn code_of(error: XmlError) -> Code {
    match error {
        XmlError::Holder => Code::ASSERTION_HOLDER,
        XmlError::Root | XmlError::Shape | XmlError::NoAssertion => Code::ASSERTION_SHAPE,
        other => match other.code() {
            Code::XML_SIGNER => Code::ASSERTION_SIGNER,
            Code::XML_LIMIT | Code::XML_DOCTYPE | Code::XML_MALFORMED => Code::ASSERTION_SHAPE,
            _ => Code::ASSERTION_SIGNATURE,
        },
    }
}

/// Takes the assertion out of an answer, if every rule holds.
///
/// # Errors
/// The first rule that is broken.
pub fn accept(answer: &[u8], expected: &Expectations<'_>) -> Result<Accepted, AssertionError> {
    context(answer, expected.context)?;
    let found = verify::assertion_in_response(answer, expected.trust)?;
    let read = Reading::of(found.verified.element())?;
    if read.issuer != expected.issuer {
        return Err(AssertionError::Issuer);
    }
    holder(&found, expected.holder)?;
    read.person(expected.asserted)?;
    read.times(expected)?;
    let id = lease_id(&found.id);
    if (expected.seen)(&id) {
        return Err(AssertionError::Replayed);
    }
    Ok(Accepted {
        id,
        issued_at: read.issued_at,
        expires_at: read.expires_at,
        holder: Fingerprint(sha256(expected.holder)),
        name: read.name(),
        certified: expected.requested.iter().filter_map(|uri| read.certified(uri)).collect(),
        assertion: found.bytes,
    })
}

/// Whom an assertion was made out for, where it names one person: of our own, which was accepted when it came.
#[must_use]
pub fn user(assertion: &[u8]) -> Option<Ssin> {
    let tree = Tree::parse(assertion).ok()?;
    let read = Reading::of(tree.root()).ok()?;
    let mut numbers = read.named(USER).flat_map(|attribute| &attribute.values);
    let first = numbers.next()?;
    // Whether a number that is none may be is decided where the card is read.
    numbers.all(|number| number == first).then(|| Ssin::parse_unchecked(first).ok()).flatten()
}

/// Hash of an AssertionID, under which an assertion is known.
#[must_use]
pub fn lease_id(assertion_id: &str) -> LeaseId {
    LeaseId(Fingerprint(sha256(assertion_id.as_bytes())).to_string()[..32].to_owned())
}

fn context(answer: &[u8], expected: &Context) -> Result<(), AssertionError> {
    let tree = Tree::parse(answer)?;
    let soap::Answer::Payload(payload) = soap::open(&tree)? else {
        return Err(AssertionError::Shape("answer"));
    };
    let (response, _) = message::read(payload)?;
    if expected.came_back(response) { Ok(()) } else { Err(AssertionError::Context) }
}

fn holder(found: &VerifiedAssertion, ours: &[u8]) -> Result<(), AssertionError> {
    let named = found.holder()?.to_der().map_err(|_| AssertionError::Holder)?;
    if named == ours { Ok(()) } else { Err(AssertionError::Holder) }
}

/// What the verified element says.
struct Reading<'t> {
    issuer: &'t str,
    issued_at: Timestamp,
    expires_at: Timestamp,
    attributes: Vec<Attribute<'t>>,
}

struct Attribute<'t> {
    name: &'t str,
    namespace: &'t str,
    values: Vec<String>,
}

impl<'t> Reading<'t> {
    fn of(assertion: Element<'t>) -> Result<Self, AssertionError> {
        let plain = |name| assertion.attribute(NONE, name);
        if (plain("MajorVersion"), plain("MinorVersion")) != (Some("1"), Some("1")) {
            return Err(AssertionError::Shape("version"));
        }
        let conditions =
            assertion.only(SAML, "Conditions").map_err(|_| AssertionError::Shape("conditions"))?;
        Ok(Self {
            issuer: plain("Issuer").unwrap_or_default(),
            issued_at: instant(plain("IssueInstant")).ok_or(AssertionError::Shape("issue-instant"))?,
            expires_at: instant(conditions.attribute(NONE, "NotOnOrAfter"))
                .ok_or(AssertionError::Shape("not-on-or-after"))?,
            attributes: attributes(assertion)?,
        })
    }

    /// Whatever is said about our claims says what we said, and the user is named.
    fn person(&self, asserted: &[ClaimValue<'_>]) -> Result<(), AssertionError> {
        for claim in asserted {
            let mut values = self.named(claim.uri).flat_map(|attribute| &attribute.values).peekable();
            if (claim.user && values.peek().is_none()) || values.any(|value| value != claim.value) {
                return Err(AssertionError::Person);
            }
        }
        Ok(())
    }

    fn times(&self, expected: &Expectations<'_>) -> Result<(), AssertionError> {
        let earliest = expected.asked_at.saturating_sub(expected.skew).unwrap_or(Timestamp::MIN);
        if self.issued_at < earliest {
            Err(AssertionError::Stale)
        } else if self.expires_at <= expected.trust.at {
            Err(AssertionError::Expired)
        } else if self.expires_at <= self.issued_at {
            Err(AssertionError::NoLife)
        } else {
            Ok(())
        }
    }

    /// A yes-or-no claim counts when the platform itself says `true`, and nothing else beside it.
    fn certified(&self, uri: &str) -> Option<(String, bool)> {
        let of_platform = self.named(uri).filter(|attribute| attribute.namespace == CERTIFIED);
        let mut values = of_platform.flat_map(|attribute| &attribute.values).peekable();
        let granted = values.peek().is_some() && values.all(|value| value == "true");
        uri.ends_with(":boolean").then(|| (uri.to_owned(), granted))
    }

    fn name(&self) -> Option<String> {
        let part = |uri| {
            let attribute = self.named(uri).find(|attribute| attribute.namespace == CERTIFIED)?;
            attribute.values.first().filter(|value| !value.is_empty()).cloned()
        };
        let parts: Vec<String> = [GIVEN_NAME, SURNAME].into_iter().filter_map(part).collect();
        (!parts.is_empty()).then(|| clean(&parts.join(" ")))
    }

    fn named(&self, uri: &str) -> impl Iterator<Item = &Attribute<'t>> {
        self.attributes.iter().filter(move |attribute| attribute.name == uri)
    }
}

fn attributes(assertion: Element<'_>) -> Result<Vec<Attribute<'_>>, AssertionError> {
    let of_statement = |statement: &Element<'_>| statement.is(SAML, "AttributeStatement");
    let statements = assertion.children().filter(of_statement);
    let found = statements.flat_map(Element::children).filter(|element| element.is(SAML, "Attribute"));
    found.map(attribute).collect()
}

fn attribute(element: Element<'_>) -> Result<Attribute<'_>, AssertionError> {
    let values = element.children().filter(|value| value.is(SAML, "AttributeValue"));
    let values = values.map(|value| value.text().map(|text| text.trim().to_owned()));
    Ok(Attribute {
        name: element.attribute(NONE, "AttributeName").unwrap_or_default(),
        namespace: element.attribute(NONE, "AttributeNamespace").unwrap_or_default(),
        values: values.collect::<Result<_, _>>()?,
    })
}

/// An instant with its offset; fractions of any length up to nanoseconds.
fn instant(text: Option<&str>) -> Option<Timestamp> {
    text?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_different_servers_write_them() {
        let expected = Some("2026-01-01T10:00:00Z".parse().unwrap());
        for text in [
            "2026-01-01T10:00:00Z",
            "2026-01-01T10:00:00.000Z",
            "2026-01-01T11:00:00.0000000+01:00",
            "2026-01-01T10:00:00.000+0000",
        ] {
            assert_eq!(instant(Some(text)), expected, "{text}");
        }
        for text in ["", "yesterday", "2026-01-01", "2026-01-01T10:00:00"] {
            assert_eq!(instant(Some(text)), None, "{text}");
        }
    }

    #[test]
    fn a_lease_is_known_by_a_hash_and_never_by_the_assertions_own_number() {
        let id = lease_id("_0123456789abcdef");
        assert_eq!(id.0.len(), 32);
        assert!(!id.0.contains("0123456789abcdef"));
    }
}
