//! Documents of the platform, signed: a request, an assertion, an answer, a call, a service list.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::SignedDuration;
use relais_ehealth::xml::names::{DS, Ns, SAML, SOAP, WST, attr};
use relais_ehealth::xml::sign::{self, RandomIds, Security, Timestamps};
use relais_ehealth::xml::verify::{Trust, WholeAttribute};
use relais_ehealth::xml::write::{self, BodyContent, CanonicalElement};

use crate::keys::{SoftKey, now, platform};

pub const SUBJECT: &str = "C=BE, CN=Claire Lambert, SERIALNUMBER=00000000000";

pub fn times() -> Timestamps {
    Timestamps { created: now(), expires: now() + SignedDuration::from_secs(60) }
}

/// Trust in the authority, whoever it certified.
pub fn trust() -> Trust {
    Trust { anchors: vec![platform().authority.certificate.clone()], signer: vec![], at: now() }
}

/// Trust in the authority's signer with these attributes.
pub fn trust_in(signer: &[&str]) -> Trust {
    Trust { signer: signer.iter().map(|given| WholeAttribute::parse(given).unwrap()).collect(), ..trust() }
}

pub fn request(text: &str) -> BodyContent {
    BodyContent::write(|w| {
        w.element(WST.tag("RequestSecurityToken"), &[attr("Context", "urn:uuid:<1>")], |w| {
            w.leaf(WST.tag("TokenType"), &[], text);
        });
    })
    .unwrap()
}

pub async fn signed_request(signer: &SoftKey) -> Vec<u8> {
    sign::envelope(&request("a & b"), Security::Certificate, times(), signer, &mut RandomIds).await.unwrap()
}

pub fn unsigned_assertion(id: &str, holder: &SoftKey) -> CanonicalElement {
    CanonicalElement::write(|w| {
        let attributes = [
            attr("AssertionID", id),
            attr("IssueInstant", "2026-03-02T08:00:00Z"),
            attr("Issuer", "urn:be:fgov:ehealth:sts:1_0"),
            attr("MajorVersion", "1"),
            attr("MinorVersion", "1"),
        ];
        w.element(SAML.tag("Assertion"), &attributes, |w| {
            let life =
                [attr("NotBefore", "2026-03-02T07:55:00Z"), attr("NotOnOrAfter", "2026-03-03T08:00:00Z")];
            w.leaf(SAML.tag("Conditions"), &life, "");
            w.element(SAML.tag("AuthenticationStatement"), &[], |w| {
                w.element(SAML.tag("Subject"), &[], |w| {
                    w.leaf(SAML.tag("NameIdentifier"), &[attr("NameQualifier", "CN=x")], SUBJECT);
                    w.element(SAML.tag("SubjectConfirmation"), &[], |w| {
                        let method = "urn:oasis:names:tc:SAML:1.0:cm:holder-of-key";
                        w.leaf(SAML.tag("ConfirmationMethod"), &[], method);
                        w.element(DS.tag("KeyInfo"), &[], |w| {
                            w.element(DS.tag("X509Data"), &[], |w| {
                                let der = holder.certificate.to_der().unwrap();
                                w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(der));
                            });
                        });
                    });
                });
            });
            w.element(SAML.tag("AttributeStatement"), &[], |w| {
                let doctor = [attr("AttributeName", "urn:be:fgov:person:ssin:doctor:boolean")];
                w.element(SAML.tag("Attribute"), &doctor, |w| {
                    w.leaf(SAML.tag("AttributeValue"), &[], "true");
                });
            });
        });
    })
    .unwrap()
}

pub async fn signed_assertion(signer: &SoftKey, holder: &SoftKey) -> Vec<u8> {
    sign::enveloped(&unsigned_assertion("_a1", holder), "_a1", signer).await.unwrap()
}

pub async fn answer(signer: &SoftKey, holder: &SoftKey) -> Vec<u8> {
    let assertion = signed_assertion(signer, holder).await;
    write::document(|w| {
        w.element(SOAP.tag("Envelope"), &[], |w| {
            w.element(SOAP.tag("Body"), &[], |w| {
                w.element(WST.tag("RequestSecurityTokenResponse"), &[attr("Context", "c")], |w| {
                    w.element(WST.tag("RequestedSecurityToken"), &[], |w| w.embed(&assertion));
                });
            });
        });
    })
    .unwrap()
}

pub async fn call(sts: &SoftKey, holder: &SoftKey) -> Vec<u8> {
    let assertion = signed_assertion(sts, holder).await;
    let security = Security::Assertion { bytes: &assertion, id: "_a1" };
    let business = Ns::new("b", "urn:example:business");
    let body = BodyContent::write(|w| w.leaf(business.tag("Ask"), &[], "how are you")).unwrap();
    sign::envelope(&body, security, times(), holder, &mut RandomIds).await.unwrap()
}
