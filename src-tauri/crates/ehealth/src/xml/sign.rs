//! Signed messages: the SOAP envelope of the platform and elements that carry their own signature.
//!
//! Every signed part is written in canonical form with its own namespaces, so it is hashed where it stands in the
//! message; nothing is parsed. The key signs a digest and may live in a card.
//! Source: docs/reference/xml-profile.md, sections 4 and 5.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use openssl::sha::sha256;
use relais_core::ports::Signer;
use relais_core::{Code, Problem};

use super::algorithm::{Method, half_length};
use super::error::XmlError;
use super::names::{
    BASE64_BINARY, DS, ENVELOPED, EXC_C14N, SAML_ASSERTION_ID, SAML_V1_1, SHA256, WSSE, WSSE11, WSU, X509_V3,
    attr,
};
use super::write::{BodyContent, CanonicalElement, Writer, canonical_body};

/// What vouches for the key of a message.
#[derive(Clone, Copy)]
pub enum Security<'a> {
    /// The signer's certificate travels along: a request to the STS.
    Certificate,
    /// The session's assertion travels along, unchanged to the byte: a call to a service.
    Assertion {
        /// The assertion as it was received.
        bytes: &'a [u8],
        /// Its AssertionID.
        id: &'a str,
    },
}

/// Never the assertion.
impl std::fmt::Debug for Security<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Certificate => "Certificate",
            Self::Assertion { .. } => "Assertion(•)",
        })
    }
}

/// Life of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamps {
    /// When it was written.
    pub created: Timestamp,
    /// When it is no longer good.
    pub expires: Timestamp,
}

/// Where identifiers of message parts come from.
pub trait IdSource: Send {
    /// A name that stands once in the document: a letter first, then letters, digits, `-`, `_`.
    fn fresh(&mut self, what: &'static str) -> String;
}

/// Identifiers with 128 random bits.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    fn fresh(&mut self, what: &'static str) -> String {
        let mut bits = [0; 16];
        openssl::rand::rand_bytes(&mut bits).expect("OpenSSL has random bytes, or nothing here is safe");
        format!("{what}-{:032x}", u128::from_be_bytes(bits))
    }
}

/// Writes and signs a SOAP 1.1 message: body and timestamp, and with [`Security::Certificate`] the certificate too.
///
/// # Errors
/// What the signer answers; [`Code::INTERNAL`] when it hands out a signature of the wrong length; what
/// [`XmlError::problem`] says for an embedded element that the profile refuses.
pub async fn envelope(
    body: &BodyContent,
    security: Security<'_>,
    times: Timestamps,
    signer: &dyn Signer,
    ids: &mut dyn IdSource,
) -> Result<Vec<u8>, Problem> {
    let mut message = Message::open(body.text.len());
    let (reference, timestamp) = (ids.fresh("Body"), ids.fresh("TS"));
    let body = wrapped(body, &reference)?;
    let mut signed = vec![Signed { id: reference, digest: body.digest }];
    signed.push(message.part(&timestamp, |w| write_timestamp(w, times, &timestamp))?);
    let key_info = match security {
        Security::Certificate => {
            let token = ids.fresh("X509");
            signed.push(message.part(&token, |w| write_token(w, signer.certificate(), &token))?);
            KeyInfo::Token(token)
        }
        Security::Assertion { bytes, id } => {
            message.text.push_str(std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)?);
            KeyInfo::Assertion(id)
        }
    };
    let references: Vec<Reference<'_>> =
        signed.iter().map(|part| Reference::plain(&part.id, part.digest)).collect();
    message.text.push_str(&signature(&references, &key_info, signer).await?);
    Ok(message.close(&body.text))
}

/// Signs an element that carries its own signature, as its last child. `id` is the value of the attribute by which the
/// reference finds it; the signer's certificate stands in the KeyInfo.
///
/// # Errors
/// As [`envelope`].
pub async fn enveloped(
    element: &CanonicalElement,
    id: &str,
    signer: &dyn Signer,
) -> Result<Vec<u8>, Problem> {
    let end = element.text.rfind("</").ok_or(XmlError::NotWritable)?;
    let reference =
        Reference { transforms: &[ENVELOPED, EXC_C14N], ..Reference::plain(id, sha256(element.as_bytes())) };
    let signature = signature(&[reference], &KeyInfo::Certificate(signer.certificate()), signer).await?;
    Ok([&element.text[..end], &signature, &element.text[end..]].concat().into_bytes())
}

/// A part of the message that the signature vouches for.
struct Signed {
    id: String,
    digest: [u8; 32],
}

/// The body with its own tags, and the digest of its canonical form.
struct Wrapped {
    text: String,
    digest: [u8; 32],
}

fn wrapped(body: &BodyContent, id: &str) -> Result<Wrapped, XmlError> {
    let mut writer = Writer::within(&[]);
    writer.element(super::names::SOAP.tag("Body"), &[WSU.attr("Id", id)], |w| w.already_written(&body.text));
    let text = writer.finish()?;
    let digest = if body.canonical { sha256(text.as_bytes()) } else { sha256(&canonical_body(&text)?) };
    Ok(Wrapped { text, digest })
}

struct Message {
    text: String,
}

const OPEN: &str = concat!(
    r#"<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header>"#,
    r#"<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd""#,
    r#" SOAP-ENV:mustUnderstand="1">"#,
);

impl Message {
    fn open(body_length: usize) -> Self {
        let mut text = String::with_capacity(body_length + 12 * 1024);
        text.push_str(OPEN);
        Self { text }
    }

    /// Adds a part in canonical form and hashes it where it stands.
    fn part(&mut self, id: &str, content: impl FnOnce(&mut Writer)) -> Result<Signed, XmlError> {
        let mut writer = Writer::within(&[]);
        content(&mut writer);
        let part = writer.finish()?;
        self.text.push_str(&part);
        Ok(Signed { id: id.to_owned(), digest: sha256(part.as_bytes()) })
    }

    fn close(mut self, body: &str) -> Vec<u8> {
        self.text.push_str("</wsse:Security></SOAP-ENV:Header>");
        self.text.push_str(body);
        self.text.push_str("</SOAP-ENV:Envelope>");
        self.text.into_bytes()
    }
}

fn write_timestamp(w: &mut Writer, times: Timestamps, id: &str) {
    let instant = |at: Timestamp| format!("{at:.3}");
    w.element(WSU.tag("Timestamp"), &[WSU.attr("Id", id)], |w| {
        w.leaf(WSU.tag("Created"), &[], &instant(times.created));
        w.leaf(WSU.tag("Expires"), &[], &instant(times.expires));
    });
}

fn write_token(w: &mut Writer, certificate: &[u8], id: &str) {
    let attributes = [attr("EncodingType", BASE64_BINARY), attr("ValueType", X509_V3), WSU.attr("Id", id)];
    w.leaf(WSSE.tag("BinarySecurityToken"), &attributes, &BASE64.encode(certificate));
}

struct Reference<'a> {
    id: &'a str,
    transforms: &'static [&'static str],
    digest: [u8; 32],
}

impl<'a> Reference<'a> {
    fn plain(id: &'a str, digest: [u8; 32]) -> Self {
        Self { id, transforms: &[EXC_C14N], digest }
    }
}

/// How the verifier finds the key.
enum KeyInfo<'a> {
    /// The BinarySecurityToken with this `wsu:Id`.
    Token(String),
    /// The assertion with this AssertionID.
    Assertion(&'a str),
    /// The certificate itself.
    Certificate(&'a [u8]),
}

async fn signature(
    references: &[Reference<'_>],
    key: &KeyInfo<'_>,
    signer: &dyn Signer,
) -> Result<String, Problem> {
    let method = Method::of(signer.kind());
    let signed_info = signed_info(references, method)?;
    let value = signer.sign(sha256(signed_info.as_bytes())).await?;
    if half_length(signer.kind()).map_or(value.len() < 256, |half| value.len() != 2 * half) {
        return Err(Problem::new(Code::INTERNAL).with("what", "a signature of the wrong length"));
    }
    let mut writer = Writer::within(&[]);
    writer.element(DS.tag("Signature"), &[], |w| {
        w.already_written(&signed_info);
        w.leaf(DS.tag("SignatureValue"), &[], &BASE64.encode(value));
        w.element(DS.tag("KeyInfo"), &[], |w| write_key_info(w, key));
    });
    Ok(writer.finish()?)
}

/// In canonical form by itself, which is what is signed.
fn signed_info(references: &[Reference<'_>], method: Method) -> Result<String, XmlError> {
    let mut writer = Writer::within(&[]);
    writer.element(DS.tag("SignedInfo"), &[], |w| {
        w.leaf(DS.tag("CanonicalizationMethod"), &[attr("Algorithm", EXC_C14N)], "");
        w.leaf(DS.tag("SignatureMethod"), &[attr("Algorithm", method.uri())], "");
        for reference in references {
            w.element(DS.tag("Reference"), &[attr("URI", &format!("#{}", reference.id))], |w| {
                w.element(DS.tag("Transforms"), &[], |w| {
                    for transform in reference.transforms {
                        w.leaf(DS.tag("Transform"), &[attr("Algorithm", transform)], "");
                    }
                });
                w.leaf(DS.tag("DigestMethod"), &[attr("Algorithm", SHA256)], "");
                w.leaf(DS.tag("DigestValue"), &[], &BASE64.encode(reference.digest));
            });
        }
    });
    writer.finish()
}

fn write_key_info(w: &mut Writer, key: &KeyInfo<'_>) {
    let token_type = WSSE11.attr("TokenType", SAML_V1_1);
    let reference = WSSE.tag("SecurityTokenReference");
    match key {
        KeyInfo::Token(id) => w.element(reference, &[], |w| {
            let uri = format!("#{id}");
            w.leaf(WSSE.tag("Reference"), &[attr("URI", &uri), attr("ValueType", X509_V3)], "");
        }),
        KeyInfo::Assertion(id) => w.element(reference, &[token_type], |w| {
            w.leaf(WSSE.tag("KeyIdentifier"), &[attr("ValueType", SAML_ASSERTION_ID)], id);
        }),
        KeyInfo::Certificate(der) => w.element(DS.tag("X509Data"), &[], |w| {
            w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(der));
        }),
    }
}
