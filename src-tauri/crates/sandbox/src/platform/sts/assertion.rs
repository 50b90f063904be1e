//! The assertion the STS issues: SAML 1.1, holder of key, signed enveloped.
//!
//! Source: docs/reference/sandbox.md, section 5.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use openssl::error::ErrorStack;
use openssl::x509::{X509, X509NameRef};
use relais_core::Problem;
use relais_core::ports::Signer;
use relais_ehealth::xml::names::{DS, SAML, attr};
use relais_ehealth::xml::sign::enveloped;
use relais_ehealth::xml::write::{CanonicalElement, Writer};

/// Who issues, as every assertion says.
const ISSUER: &str = "urn:be:fgov:ehealth:sts:1_0";
/// How the person was recognised.
const BY_CERTIFICATE: &str = "urn:oasis:names:tc:SAML:1.0:am:X509-PKI";
/// How the subject is named.
const BY_SUBJECT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName";
/// Only the holder of the key may use it.
const HOLDER_OF_KEY: &str = "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key";
/// An assertion is valid this long before it was issued, for clocks that lag.
const EARLIER: SignedDuration = SignedDuration::from_mins(5);

/// One attribute of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Name: the URI of the claim.
    pub name: String,
    /// Namespace: asserted or certified.
    pub namespace: &'static str,
    /// Value.
    pub value: String,
}

/// What an assertion says.
#[derive(Clone)]
pub struct Assertion {
    /// `_` and 32 hex digits.
    pub id: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// First instant it is no longer valid.
    pub expires_at: Timestamp,
    /// Certificate that signed the request.
    pub authenticated: X509,
    /// Certificate of the holder of key.
    pub holder: X509,
    /// Attributes in order.
    pub attributes: Vec<Attribute>,
}

impl Assertion {
    /// The assertion with its signature, byte for byte as it travels.
    pub async fn signed(&self, signer: &dyn Signer) -> Result<Vec<u8>, Problem> {
        let names = Names::of(&self.authenticated).map_err(unreadable)?;
        let holder = self.holder.to_der().map_err(unreadable)?;
        let element = CanonicalElement::write(|w| self.write(w, &names, &holder))?;
        enveloped(&element, &self.id, signer).await
    }

    fn write(&self, w: &mut Writer, names: &Names, holder: &[u8]) {
        let issued = format!("{:.3}", self.issued_at);
        let attributes = [
            attr("AssertionID", &self.id),
            attr("IssueInstant", &issued),
            attr("Issuer", ISSUER),
            attr("MajorVersion", "1"),
            attr("MinorVersion", "1"),
        ];
        w.element(SAML.tag("Assertion"), &attributes, |w| {
            self.conditions(w);
            let statement =
                [attr("AuthenticationInstant", &issued), attr("AuthenticationMethod", BY_CERTIFICATE)];
            w.element(SAML.tag("AuthenticationStatement"), &statement, |w| subject(w, names, Some(holder)));
            w.element(SAML.tag("AttributeStatement"), &[], |w| {
                subject(w, names, None);
                self.attributes.iter().for_each(|it| attribute(w, it));
            });
        });
    }

    fn conditions(&self, w: &mut Writer) {
        let from = self.issued_at.saturating_sub(EARLIER).unwrap_or(self.issued_at);
        let (from, until) = (format!("{from:.3}"), format!("{:.3}", self.expires_at));
        w.leaf(SAML.tag("Conditions"), &[attr("NotBefore", &from), attr("NotOnOrAfter", &until)], "");
    }
}

fn unreadable(_: ErrorStack) -> Problem {
    Problem::new(relais_core::Code::INTERNAL).with("what", "a certificate of the sandbox cannot be read")
}

fn subject(w: &mut Writer, names: &Names, holder: Option<&[u8]>) {
    w.element(SAML.tag("Subject"), &[], |w| {
        let qualified = [attr("Format", BY_SUBJECT), attr("NameQualifier", &names.issuer)];
        w.leaf(SAML.tag("NameIdentifier"), &qualified, &names.subject);
        if let Some(certificate) = holder {
            w.element(SAML.tag("SubjectConfirmation"), &[], |w| {
                w.leaf(SAML.tag("ConfirmationMethod"), &[], HOLDER_OF_KEY);
                w.element(DS.tag("KeyInfo"), &[], |w| {
                    w.element(DS.tag("X509Data"), &[], |w| {
                        w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(certificate));
                    });
                });
            });
        }
    });
}

fn attribute(w: &mut Writer, it: &Attribute) {
    let names = [attr("AttributeName", &it.name), attr("AttributeNamespace", it.namespace)];
    w.element(SAML.tag("Attribute"), &names, |w| w.leaf(SAML.tag("AttributeValue"), &[], &it.value));
}

/// Issuer and subject of a certificate as RFC 1779 writes them.
struct Names {
    issuer: String,
    subject: String,
}

impl Names {
    fn of(certificate: &X509) -> Result<Self, ErrorStack> {
        Ok(Self {
            issuer: rfc1779(certificate.issuer_name())?,
            subject: rfc1779(certificate.subject_name())?,
        })
    }
}

/// Most specific first, `, ` between; attribute types without a keyword as `OID.` and their number.
fn rfc1779(name: &X509NameRef) -> Result<String, ErrorStack> {
    let mut parts = Vec::new();
    for entry in name.entries() {
        let keyword = match entry.object().nid().short_name() {
            Ok(short @ ("CN" | "L" | "ST" | "O" | "OU" | "C" | "street")) => short.to_uppercase(),
            _ => format!("OID.{}", dotted(entry.object())),
        };
        parts.push(format!("{keyword}={}", quoted(&entry.data().to_string()?)));
    }
    parts.reverse();
    Ok(parts.join(", "))
}

/// The number of an attribute type; OpenSSL writes it only for types it has no name for.
fn dotted(object: &openssl::asn1::Asn1ObjectRef) -> String {
    use openssl::nid::Nid;
    match object.nid() {
        Nid::SERIALNUMBER => "2.5.4.5".to_owned(),
        Nid::SURNAME => "2.5.4.4".to_owned(),
        Nid::GIVENNAME => "2.5.4.42".to_owned(),
        Nid::TITLE => "2.5.4.12".to_owned(),
        _ => object.to_string(),
    }
}

fn quoted(value: &str) -> String {
    let special = |c: char| matches!(c, ',' | '+' | '=' | '"' | '\\' | '<' | '>' | ';' | '#' | '\n' | '\r');
    if value.contains(special) || value.starts_with(' ') || value.ends_with(' ') || value.contains("  ") {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::platform::signer::SoftKey;
    use crate::x509::{Authority, KeyType, Subject, Validity};
    use relais_ehealth::xml::names::NONE;
    use relais_ehealth::xml::tree::Tree;

    fn someone(subject: impl Into<Subject>) -> Authority {
        let from = "2026-01-01T00:00:00Z".parse().unwrap();
        Authority::root(subject, KeyType::EcP256, Validity::days(from, 9)).unwrap()
    }

    #[test]
    fn names_are_written_the_way_the_old_protocol_shows_them() {
        let name = Subject::from([("C", "BE"), ("O", "Federal Government"), ("OU", "SSIN=85010199885")])
            .with("SN", "Lambert")
            .with("SERIALNUMBER", "85010199885");
        assert_eq!(
            rfc1779(someone(name).certificate.subject_name()).unwrap(),
            "OID.2.5.4.5=85010199885, OID.2.5.4.4=Lambert, OU=\"SSIN=85010199885\", O=Federal Government, C=BE",
        );
        assert_eq!(quoted(r#"a "b" \c,"#), r#""a \"b\" \\c,""#);
    }

    #[tokio::test]
    async fn an_assertion_names_its_subject_twice_and_its_holder_once() {
        let (card, signer) = (someone([("CN", "card")]), someone([("CN", "sts")]));
        let issued_at: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let assertion = Assertion {
            id: "_1".to_owned(),
            issued_at,
            expires_at: issued_at + SignedDuration::from_hours(24),
            authenticated: card.certificate.clone(),
            holder: card.certificate.clone(),
            attributes: vec![Attribute { name: "a".into(), namespace: "n", value: "v".into() }],
        };
        let bytes = assertion.signed(&SoftKey::new(&signer).unwrap()).await.unwrap();
        let tree = Tree::parse(&bytes).unwrap();
        let names: Vec<_> = tree.root().children().map(|it| it.local_name().to_owned()).collect();
        assert_eq!(names, ["Conditions", "AuthenticationStatement", "AttributeStatement", "Signature"]);
        let conditions = tree.root().only(SAML, "Conditions").unwrap();
        assert_eq!(conditions.attribute(NONE, "NotBefore"), Some("2026-03-02T11:55:00.000Z"));
        assert_eq!(conditions.attribute(NONE, "NotOnOrAfter"), Some("2026-03-03T12:00:00.000Z"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches("<NameIdentifier").count(), 2);
        assert_eq!(text.matches("SubjectConfirmation>").count(), 2, "one element, two tags");
    }
}
