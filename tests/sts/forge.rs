//! Answers of a token service, each made to a recipe of which a test spoils one ingredient.

use std::future::Future;
use std::pin::pin;
use std::task::{Context as Waiting, Poll, Waker};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use relais_ehealth::xml::names::{DS, SAML, SOAP, WST, attr};
use relais_ehealth::xml::sign::enveloped;
use relais_ehealth::xml::write::{CanonicalElement, Writer, document};

use super::keys::{SoftKey, now, platform};

pub const SSIN: &str = "85010199786";
pub const OTHER_SSIN: &str = "85010199885";
pub const HOLDER_CLAIM: &str = "urn:be:fgov:ehealth:1.0:certificateholder:person:ssin";
pub const USER_CLAIM: &str = "urn:be:fgov:person:ssin";
pub const DOCTOR_CLAIM: &str = "urn:be:fgov:person:ssin:doctor:boolean";
pub const OURS: &str = "urn:be:fgov:identification-namespace";
pub const CERTIFIED: &str = "urn:be:fgov:certified-namespace:ehealth";

/// What an answer is made of.
#[derive(Clone)]
pub struct Recipe {
    pub context: String,
    pub collection: bool,
    pub id: String,
    pub issuer: String,
    pub version: (String, String),
    pub issued: Timestamp,
    pub until: String,
    pub holder: Vec<u8>,
    pub method: String,
    pub attributes: Vec<(String, String, String)>,
    pub signer: &'static SoftKey,
}

impl Recipe {
    /// A good answer to the request that was marked so.
    pub fn good(context: &str) -> Self {
        let attribute =
            |name: &str, space: &str, value: &str| (name.to_owned(), space.to_owned(), value.to_owned());
        Self {
            context: context.to_owned(),
            collection: false,
            id: "_0a1b2c3d".to_owned(),
            issuer: "urn:be:fgov:ehealth:sts:1_0".to_owned(),
            version: ("1".to_owned(), "1".to_owned()),
            issued: now(),
            until: (now() + SignedDuration::from_hours(24)).to_string(),
            holder: platform().doctor[0].certificate.to_der().unwrap(),
            method: "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key".to_owned(),
            attributes: vec![
                attribute(HOLDER_CLAIM, OURS, SSIN),
                attribute(USER_CLAIM, OURS, SSIN),
                attribute(DOCTOR_CLAIM, CERTIFIED, "true"),
                attribute("urn:be:fgov:person:ssin:ehealth:1.0:givenname", CERTIFIED, "Claire"),
                attribute("urn:be:fgov:person:ssin:ehealth:1.0:surname", CERTIFIED, "Lambert"),
            ],
            signer: &platform().sts[0],
        }
    }

    /// The same with another value for an attribute, or without it.
    pub fn attribute(mut self, name: &str, value: Option<&str>) -> Self {
        self.attributes.retain(|(known, ..)| value.is_some() || known != name);
        for (known, _, kept) in &mut self.attributes {
            if known == name {
                *kept = value.unwrap_or_default().to_owned();
            }
        }
        self
    }

    /// The signed assertion.
    pub fn assertion(&self) -> Vec<u8> {
        let (issued, from) =
            (self.issued.to_string(), (self.issued - SignedDuration::from_mins(5)).to_string());
        let top = [
            attr("AssertionID", &self.id),
            attr("IssueInstant", &issued),
            attr("Issuer", &self.issuer),
            attr("MajorVersion", &self.version.0),
            attr("MinorVersion", &self.version.1),
        ];
        let element = CanonicalElement::write(|w| {
            w.element(SAML.tag("Assertion"), &top, |w| {
                let times = [attr("NotBefore", &from), attr("NotOnOrAfter", &self.until)];
                w.leaf(SAML.tag("Conditions"), &times, "");
                w.element(SAML.tag("AuthenticationStatement"), &[], |w| {
                    w.element(SAML.tag("Subject"), &[], |w| self.confirmation(w));
                });
                w.element(SAML.tag("AttributeStatement"), &[], |w| self.statement(w));
            });
        });
        ready(enveloped(&element.unwrap(), &self.id, self.signer)).unwrap()
    }

    fn confirmation(&self, w: &mut Writer) {
        w.element(SAML.tag("SubjectConfirmation"), &[], |w| {
            w.leaf(SAML.tag("ConfirmationMethod"), &[], &self.method);
            w.element(DS.tag("KeyInfo"), &[], |w| {
                w.element(DS.tag("X509Data"), &[], |w| {
                    w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(&self.holder));
                });
            });
        });
    }

    fn statement(&self, w: &mut Writer) {
        for (name, space, value) in &self.attributes {
            let named = [attr("AttributeName", name), attr("AttributeNamespace", space)];
            w.element(SAML.tag("Attribute"), &named, |w| w.leaf(SAML.tag("AttributeValue"), &[], value));
        }
    }

    /// The answer that carries the assertion.
    pub fn answer(&self) -> Vec<u8> {
        self.answer_with(&self.assertion())
    }

    /// The answer with something else in the assertion's place.
    pub fn answer_with(&self, token: &[u8]) -> Vec<u8> {
        self.response(|w| w.element(WST.tag("RequestedSecurityToken"), &[], |w| w.embed(token)))
    }

    /// The answer that asks for one more signature.
    pub fn challenge(&self, text: &str) -> Vec<u8> {
        self.response(|w| {
            w.element(WST.tag("SignChallenge"), &[], |w| w.leaf(WST.tag("Challenge"), &[], text));
        })
    }

    fn response(&self, content: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let response = |w: &mut Writer| {
            let marked = [attr("Context", &self.context)];
            w.element(WST.tag("RequestSecurityTokenResponse"), &marked, content);
        };
        enveloped_in_soap(|w| {
            if self.collection {
                w.element(WST.tag("RequestSecurityTokenResponseCollection"), &[], response);
            } else {
                response(w);
            }
        })
    }
}

/// A SOAP fault with the platform's own error in it.
pub fn fault(faultcode: &str, text: &str, code: Option<&str>) -> Vec<u8> {
    use relais_ehealth::soap::ERRORS;
    use relais_ehealth::xml::names::NONE;
    enveloped_in_soap(|w| {
        w.element(SOAP.tag("Fault"), &[], |w| {
            w.leaf(NONE.tag("faultcode"), &[], faultcode);
            w.leaf(NONE.tag("faultstring"), &[], text);
            let Some(code) = code else { return };
            w.element(NONE.tag("detail"), &[], |w| {
                w.element(ERRORS.tag("SystemError"), &[attr("Id", "ticket-7f3a")], |w| {
                    w.leaf(NONE.tag("Origin"), &[], "Provider");
                    w.leaf(NONE.tag("Code"), &[], code);
                });
            });
        });
    })
}

fn enveloped_in_soap(content: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let whole = document(|w| {
        w.element(SOAP.tag("Envelope"), &[], |w| w.element(SOAP.tag("Body"), &[], content));
    });
    whole.unwrap()
}

/// The result of a future that waits for nothing.
pub fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Waiting::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("a key in memory has nothing to wait for"),
    }
}
