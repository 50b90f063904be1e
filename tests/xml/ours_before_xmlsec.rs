//! What we sign, judged by xmlsec1.

use jiff::SignedDuration;
use relais_ehealth::xml::names::{SAML, WST, attr};
use relais_ehealth::xml::sign::{self, RandomIds, Security, Timestamps};
use relais_ehealth::xml::write::{BodyContent, CanonicalElement};

use crate::keys::{SoftKey, now, platform};
use crate::xmlsec;

pub fn times() -> Timestamps {
    Timestamps { created: now(), expires: now() + SignedDuration::from_secs(60) }
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

#[tokio::test]
async fn xmlsec_accepts_our_requests_with_every_kind_of_key() {
    for signer in &platform().doctor {
        let message = signed_request(signer).await;
        assert!(xmlsec::accepts(
            &message,
            &signer.key,
            "//*[local-name()='Security']/*[local-name()='Signature']"
        ));
    }
}

#[tokio::test]
async fn xmlsec_accepts_our_enveloped_signatures_with_every_kind_of_key() {
    for signer in &platform().sts {
        let element = CanonicalElement::write(|w| {
            w.leaf(SAML.tag("Assertion"), &[attr("AssertionID", "_1"), attr("MajorVersion", "1")], "x");
        });
        let signed = sign::enveloped(&element.unwrap(), "_1", signer).await.unwrap();
        assert!(xmlsec::accepts(&signed, &signer.key, "//*[local-name()='Signature']"));
    }
}
