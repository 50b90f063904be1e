//! The platform's list of services, signed as the platform signs it: XAdES, with the list and its properties covered.
//!
//! Source: docs/reference/ehealth-bcp.md, section 3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::sha::sha256;
use relais_core::Problem;
use relais_core::ports::Signer as _;
use relais_ehealth::xml::algorithm::Method;
use relais_ehealth::xml::names::{
    DS, ENVELOPED, EXC_C14N, Ns, SERVICE_LIST_V1, SERVICE_LIST_V2, SHA256, SIGNED_PROPERTIES, XADES, attr,
};
use relais_ehealth::xml::write::{self, CanonicalElement, Writer};
use serde::{Deserialize, Serialize};

use super::signer::SoftKey;
use crate::x509::Authority;

/// `xs:ID` of the list, of its signature and of the signature's properties.
const LIST: &str = "servicelist";
const SIGNATURE: &str = "servicelist-signature";
const PROPERTIES: &str = "servicelist-signature-xades-signedprops";

/// What the platform publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// When.
    pub issued_at: Timestamp,
    /// `Production`, `Acceptation`, or the sandbox's own word.
    pub environment: String,
    /// In which version of the schema.
    pub form: Form,
    /// In this order.
    pub services: Vec<PublishedService>,
}

/// Versions of the list's schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Version 1, as it is published.
    #[default]
    V1,
    /// Version 2, with hints for caches.
    V2,
    /// A list of version 1 in which every other service is of version 2.
    Mixed,
}

/// One service of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedService {
    /// Key in the registry.
    pub key: String,
    /// Name.
    pub name: String,
    /// Addresses, the main one first.
    pub endpoints: Vec<String>,
    /// Which of them takes calls.
    pub active: usize,
}

/// A list that cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// A certificate cannot be written.
    #[error(transparent)]
    Certificate(#[from] ErrorStack),
    /// A text that XML cannot hold, or a key that does not sign.
    #[error("{0}")]
    Unsigned(Problem),
}

impl From<Problem> for SignError {
    fn from(problem: Problem) -> Self {
        Self::Unsigned(problem)
    }
}

impl From<relais_ehealth::xml::XmlError> for SignError {
    fn from(error: relais_ehealth::xml::XmlError) -> Self {
        Self::Unsigned(error.problem())
    }
}

/// The document as it goes out, signed by `signer` under `issuing`.
///
/// # Errors
/// [`SignError`].
pub async fn document(
    list: &Published,
    signer: &Authority,
    issuing: &Authority,
) -> Result<Vec<u8>, SignError> {
    let key = SoftKey::new(signer)?;
    let unsigned = CanonicalElement::write(|w| write_list(w, list))?;
    let certificates = [signer.certificate.to_der()?, issuing.certificate.to_der()?];
    let properties = CanonicalElement::write(|w| write_properties(w, list.issued_at, &certificates[0]))?;
    let references = [
        Reference { id: LIST, kind: None, transforms: &[ENVELOPED, EXC_C14N], digest: of(&unsigned) },
        Reference {
            id: PROPERTIES,
            kind: Some(SIGNED_PROPERTIES),
            transforms: &[EXC_C14N],
            digest: of(&properties),
        },
    ];
    let method = Method::of(key.kind());
    let signed_info = CanonicalElement::write(|w| write_signed_info(w, method, &references))?;
    let value = key.sign(of(&signed_info)).await?;
    let signature = write::document(|w| {
        w.element(DS.tag("Signature"), &[attr("Id", SIGNATURE)], |w| {
            w.embed(signed_info.as_bytes());
            w.leaf(DS.tag("SignatureValue"), &[], &BASE64.encode(&value));
            w.element(DS.tag("KeyInfo"), &[], |w| {
                certificates.iter().for_each(|der| write_certificate(w, der))
            });
            w.element(DS.tag("Object"), &[], |w| {
                let target = format!("#{SIGNATURE}");
                w.element(XADES.tag("QualifyingProperties"), &[attr("Target", &target)], |w| {
                    w.embed(properties.as_bytes());
                });
            });
        });
    })?;
    Ok(with_last_child(unsigned.as_bytes(), &signature))
}

fn of(element: &CanonicalElement) -> [u8; 32] {
    sha256(element.as_bytes())
}

/// As the platform's lists begin.
const PROLOG: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>";

fn with_last_child(element: &[u8], child: &[u8]) -> Vec<u8> {
    let end = element.windows(2).rposition(|two| two == b"</").unwrap_or(element.len());
    [PROLOG, &element[..end], child, &element[end..]].concat()
}

fn write_list(w: &mut Writer, list: &Published) {
    let at = format!("{:.3}", list.issued_at);
    let attributes = [attr("Environment", &list.environment), attr("Id", LIST), attr("IssueInstant", &at)];
    let of = if list.form == Form::V2 { SERVICE_LIST_V2 } else { SERVICE_LIST_V1 };
    w.element(of.tag("ServiceList"), &attributes, |w| {
        for (place, service) in list.services.iter().enumerate() {
            let second = list.form == Form::V2 || list.form == Form::Mixed && place % 2 == 1;
            write_service(w, service, if second { SERVICE_LIST_V2 } else { SERVICE_LIST_V1 });
        }
    });
}

fn write_service(w: &mut Writer, service: &PublishedService, ns: Ns) {
    let names = [attr("Id", &service.key), attr("Name", &service.name)];
    w.element(ns.tag("Service"), &names, |w| {
        if ns != SERVICE_LIST_V2 {
            return write_endpoints(w, service, ns);
        }
        w.element(ns.tag("EndpointList"), &[], |w| write_endpoints(w, service, ns));
        w.element(ns.tag("Cache"), &[attr("Strategy", "ENDPOINT_FIRST")], |w| {
            // Spelt so in the schema.
            w.leaf(ns.tag("Key"), &[attr("Tranform", "xslt"), attr("Inline", "false")], "key.xslt");
            w.leaf(ns.tag("Expiry"), &[attr("Type", "ttl"), attr("Duration", "PT8H")], "");
        });
    });
}

fn write_endpoints(w: &mut Writer, service: &PublishedService, ns: Ns) {
    for (order, url) in service.endpoints.iter().enumerate() {
        let status = if order == service.active { "ACTIVE" } else { "INACTIVE" };
        let order = order.to_string();
        w.leaf(ns.tag("Endpoint"), &[attr("Order", &order), attr("Status", status)], url);
    }
}

struct Reference {
    id: &'static str,
    kind: Option<&'static str>,
    transforms: &'static [&'static str],
    digest: [u8; 32],
}

fn write_signed_info(w: &mut Writer, method: Method, references: &[Reference]) {
    w.element(DS.tag("SignedInfo"), &[], |w| {
        w.leaf(DS.tag("CanonicalizationMethod"), &[attr("Algorithm", EXC_C14N)], "");
        w.leaf(DS.tag("SignatureMethod"), &[attr("Algorithm", method.uri())], "");
        for reference in references {
            let uri = format!("#{}", reference.id);
            let mut attributes: Vec<_> = reference.kind.map(|kind| attr("Type", kind)).into_iter().collect();
            attributes.push(attr("URI", &uri));
            w.element(DS.tag("Reference"), &attributes, |w| write_digest(w, reference));
        }
    });
}

fn write_digest(w: &mut Writer, reference: &Reference) {
    w.element(DS.tag("Transforms"), &[], |w| {
        for transform in reference.transforms {
            w.leaf(DS.tag("Transform"), &[attr("Algorithm", transform)], "");
        }
    });
    w.leaf(DS.tag("DigestMethod"), &[attr("Algorithm", SHA256)], "");
    w.leaf(DS.tag("DigestValue"), &[], &BASE64.encode(reference.digest));
}

fn write_properties(w: &mut Writer, at: Timestamp, signer: &[u8]) {
    w.element(XADES.tag("SignedProperties"), &[attr("Id", PROPERTIES)], |w| {
        w.element(XADES.tag("SignedSignatureProperties"), &[], |w| {
            w.leaf(XADES.tag("SigningTime"), &[], &format!("{at:.3}"));
            w.element(XADES.tag("SigningCertificate"), &[], |w| {
                w.element(XADES.tag("Cert"), &[], |w| {
                    w.element(XADES.tag("CertDigest"), &[], |w| {
                        w.leaf(DS.tag("DigestMethod"), &[attr("Algorithm", SHA256)], "");
                        w.leaf(DS.tag("DigestValue"), &[], &BASE64.encode(sha256(signer)));
                    });
                });
            });
        });
    });
}

fn write_certificate(w: &mut Writer, der: &[u8]) {
    w.element(DS.tag("X509Data"), &[], |w| {
        w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(der));
    });
}
