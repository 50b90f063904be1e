//! What the platform's token service answers.

use std::future::Future;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context as Waiting, Poll, Waker};

use jiff::Timestamp;
use openssl::asn1::Asn1Time;
use openssl::base64::encode_block;
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::{X509, X509Builder, X509NameBuilder};
use relais_core::Problem;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_ehealth::assertion::{Accepted, AssertionError, Expectations, SKEW, accept};
use relais_ehealth::claims::ClaimValue;
use relais_ehealth::soap::{self, FaultTable};
use relais_ehealth::sts::{Context, ISSUER};
use relais_ehealth::xml::names::{DS, NONE, SAML, SOAP, WST, attr};
use relais_ehealth::xml::sign::enveloped;
use relais_ehealth::xml::tree::{Element, Tree};
use relais_ehealth::xml::verify::Trust;
use relais_ehealth::xml::write::{CanonicalElement, Writer, document};

/// Where an answer carries the mark of our request.
pub const MARK: &str = "@CONTEXT@";
/// Whom the session is for: an invented number.
pub const SSIN: &str = "85010199786";
/// The claim that names the person.
pub const USER_CLAIM: &str = "urn:be:fgov:person:ssin";

/// A key that is its own authority, made once; any assertion can be signed with it.
struct Key {
    key: PKey<Private>,
    certificate: X509,
    der: Vec<u8>,
}

static KEY: LazyLock<Key> = LazyLock::new(|| Key::new().expect("OpenSSL makes a key"));

impl Key {
    fn new() -> Result<Self, openssl::error::ErrorStack> {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        let key = PKey::from_ec_key(EcKey::generate(&group)?)?;
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_text("CN", "Fuzz")?;
        let name = name.build();
        let mut builder = X509Builder::new()?;
        builder.set_version(2)?;
        builder.set_subject_name(&name)?;
        builder.set_issuer_name(&name)?;
        builder.set_pubkey(&key)?;
        builder.set_not_before(&*Asn1Time::from_unix(0)?)?;
        builder.set_not_after(&*Asn1Time::from_str("20991231235959Z")?)?;
        builder.sign(&key, MessageDigest::sha256())?;
        let certificate = builder.build();
        let der = certificate.to_der()?;
        Ok(Self { key, certificate, der })
    }

    fn plain_signature(&self, digest: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
        let signature = EcdsaSig::sign(digest, &*self.key.ec_key()?)?;
        Ok([signature.r().to_vec_padded(32)?, signature.s().to_vec_padded(32)?].concat())
    }
}

impl Signer for Key {
    fn certificate(&self) -> &[u8] {
        &self.der
    }
    fn kind(&self) -> KeyKind {
        KeyKind::EcP256
    }
    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move { Ok(self.plain_signature(&digest).expect("an EC key signs")) })
    }
}

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().expect("a moment")
}

fn trust(anchors: Vec<X509>) -> Trust {
    Trust { anchors, signer: Vec::new(), at: now() }
}

fn accepted(answer: &[u8], anchors: Vec<X509>, context: &Context) -> Result<Accepted, AssertionError> {
    let asserted = [ClaimValue { uri: USER_CLAIM, value: SSIN, user: true }];
    let requested = ["urn:be:fgov:person:ssin:doctor:boolean".to_owned()];
    let expectations = Expectations {
        trust: &trust(anchors),
        issuer: ISSUER,
        holder: &KEY.der,
        asserted: &asserted,
        requested: &requested,
        context,
        asked_at: now(),
        skew: SKEW,
        seen: &|_| false,
    };
    accept(answer, &expectations)
}

/// An answer as it came: a fault is told in harmless words, and nothing is believed that nobody trusted signed.
/// `@CONTEXT@` in the bytes stands for the mark of our request.
pub fn answer(bytes: &[u8]) -> bool {
    let mut read = false;
    let context = Context::random();
    let bytes = marked(bytes, context.as_str());
    if let Ok(tree) = Tree::parse(&bytes)
        && let Ok(soap::Answer::Fault(fault)) = soap::open(&tree)
    {
        read = true;
        let _ = FaultTable::built_in().kind(&fault);
        let texts =
            [Some(&fault.faultcode), Some(&fault.text), fault.message.as_ref(), fault.ticket.as_ref()];
        for text in texts.into_iter().flatten() {
            assert!(!text.contains(char::is_control), "a text of a fault breaks no line: {text:?}");
        }
    }
    assert!(accepted(&bytes, Vec::new(), &context).is_err(), "nobody is trusted");
    read
}

fn marked(bytes: &[u8], context: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.replace(MARK, context).into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}

/// The bytes are an assertion without its signature; it is signed as it must be and sent in answer to the right
/// request, so that every rule reads it. `@HOLDER@` stands for our own certificate. What is accepted is ours, in its time.
pub fn assertion(bytes: &[u8]) -> bool {
    let context = Context::random();
    let Some(answer) = signed(bytes, &context) else { return false };
    let judged = accepted(&answer, vec![KEY.certificate.clone()], &context);
    if let Ok(accepted) = &judged {
        assert!(accepted.expires_at > now() && accepted.issued_at >= now() - SKEW, "in its time");
        assert!(accepted.expires_at > accepted.issued_at, "with some life");
        let text = std::str::from_utf8(accepted.assertion.reveal()).expect("an assertion is text");
        assert!(text.contains(SSIN), "about the person who asked");
        assert!(accepted.certified.len() <= 1, "only what was asked for is told");
        assert!(
            !accepted.name.as_ref().is_some_and(|name| name.contains(char::is_control)),
            "a name breaks no line"
        );
    }
    judged.is_ok()
}

/// `None` when the bytes are no document of the profile.
fn signed(unsigned: &[u8], context: &Context) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(unsigned).ok()?.replace("@HOLDER@", &encode_block(&KEY.der));
    let tree = Tree::parse(text.as_bytes()).ok()?;
    let id = tree.root().attribute(NONE, "AssertionID")?;
    let element = CanonicalElement::write(|w| copy(w, tree.root())).ok()?;
    let assertion = ready(enveloped(&element, id, &*KEY)).ok()?;
    let answer = document(|w| {
        w.element(SOAP.tag("Envelope"), &[], |w| {
            w.element(SOAP.tag("Body"), &[], |w| {
                w.element(
                    WST.tag("RequestSecurityTokenResponse"),
                    &[attr("Context", context.as_str())],
                    |w| {
                        w.element(WST.tag("RequestedSecurityToken"), &[], |w| w.embed(&assertion));
                    },
                );
            });
        });
    });
    answer.ok()
}

/// Writes an element as the platform would: those of SAML and XML signatures, with attributes and text of their own.
fn copy(w: &mut Writer, element: Element<'_>) {
    let Some(ns) = [SAML, DS].into_iter().find(|ns| ns.uri == element.namespace()) else { return };
    let own = element.attributes().filter(|(space, ..)| space.is_empty());
    let attributes: Vec<_> = own.map(|(_, local, value)| attr(local, value)).collect();
    let tag = ns.tag(element.local_name());
    match element.children().next() {
        Some(_) => w.element(tag, &attributes, |w| element.children().for_each(|child| copy(w, child))),
        None => w.leaf(tag, &attributes, &element.text().unwrap_or_default()),
    }
}

/// Our key answers at once: there is nothing to wait for.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Waiting::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("a key in memory signs at once"),
    }
}
