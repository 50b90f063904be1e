//! What we sign, judged by xmlsec1 and by ourselves.

use relais_ehealth::xml::names::{SAML, SOAP, WST};
use relais_ehealth::xml::sign::{self, RandomIds, Security};
use relais_ehealth::xml::verify;
use relais_ehealth::xml::write::BodyContent;

use crate::documents::{answer, call, signed_assertion, signed_request, times, trust, trust_in};
use crate::keys::{now, platform};
use crate::xmlsec;

const IN_HEADER: &str = "//*[local-name()='Security']/*[local-name()='Signature']";
const IN_ASSERTION: &str = "//*[local-name()='Assertion']/*[local-name()='Signature']";

#[tokio::test]
async fn our_requests_are_accepted_with_every_kind_of_key() {
    for signer in &platform().doctor {
        let message = signed_request(signer).await;
        assert!(xmlsec::accepts(&message, &signer.key, IN_HEADER));
        let verified = verify::soap(&message, &trust_in(&["CN=Claire Lambert"]), now()).unwrap();
        assert_eq!(verified.covers, ["Body", "Timestamp", "BinarySecurityToken"]);
        assert_eq!(verified.signer_certificate, signer.certificate);
        let asked = verified.body.element().only(WST, "RequestSecurityToken").unwrap();
        assert_eq!(asked.only(WST, "TokenType").unwrap().text().unwrap(), "a & b");
    }
}

#[tokio::test]
async fn our_assertions_are_accepted_with_every_kind_of_key() {
    for (signer, holder) in platform().sts.iter().zip(&platform().doctor) {
        let signed = signed_assertion(signer, holder).await;
        assert!(xmlsec::accepts(&signed, &signer.key, IN_ASSERTION));
        let verified = verify::assertion(&signed, &trust_in(&["OU=IAMACC", "OU=CBE=0809394427"])).unwrap();
        assert_eq!(verified.bytes.reveal(), signed);
        assert_eq!(verified.holder().unwrap(), holder.certificate);
        assert_eq!(verified.id, "_a1");
        assert!(verified.verified.element().is(SAML, "Assertion"));
    }
}

#[tokio::test]
async fn our_calls_are_accepted_with_the_key_that_the_assertion_names() {
    for (sts, holder) in platform().sts.iter().zip(&platform().doctor) {
        let message = call(sts, holder).await;
        assert!(xmlsec::accepts(&message, &holder.key, IN_HEADER));
        assert!(xmlsec::accepts(&message, &sts.key, IN_ASSERTION));
        let verified = verify::soap(&message, &trust_in(&["OU=IAMACC"]), now()).unwrap();
        assert_eq!(verified.covers, ["Body", "Timestamp"]);
        assert_eq!(verified.assertion.unwrap().id, "_a1");
    }
}

#[tokio::test]
async fn an_assertion_is_taken_from_an_answer_to_the_byte() {
    let (sts, doctor) = (&platform().sts[0], &platform().doctor[2]);
    let message = answer(sts, doctor).await;
    let verified = verify::assertion_in_response(&message, &trust_in(&["OU=IAMACC"])).unwrap();
    assert!(
        String::from_utf8(message).unwrap().contains(std::str::from_utf8(verified.bytes.reveal()).unwrap())
    );
    assert!(verify::assertion(verified.bytes.reveal(), &trust()).is_ok());
}

#[tokio::test]
async fn line_ends_of_any_kind_around_an_assertion_do_not_shift_its_bytes() {
    let text = String::from_utf8(answer(&platform().sts[0], &platform().doctor[0]).await).unwrap();
    let start = text.find("<Assertion ").unwrap();
    let end = text.find("</Assertion>").unwrap() + "</Assertion>".len();
    let loose = text[start..end]
        .replace(" MinorVersion", "\r\n MinorVersion")
        .replace("<Conditions ", "<Conditions\r\t");
    let message = format!("\r\n{}\r\n{loose}\r\r\n{}", &text[..start].replace('>', ">\r\n"), &text[end..]);
    let verified = verify::assertion_in_response(message.as_bytes(), &trust()).unwrap();
    assert_eq!(verified.bytes.reveal(), loose.as_bytes());
}

#[tokio::test]
async fn an_embedded_assertion_keeps_its_bytes_and_the_body_around_it_is_signed() {
    let (sts, doctor) = (&platform().sts[0], &platform().doctor[0]);
    let signed = String::from_utf8(signed_assertion(sts, doctor).await).unwrap();
    // Not canonical, as the platform's own need not be, and still signed.
    let loose = signed.replace("<Conditions ", "<Conditions   ").replace("></Conditions>", "/>");
    let body = BodyContent::write(|w| w.element(WST.tag("RenewTarget"), &[], |w| w.embed(loose.as_bytes())))
        .unwrap();
    let message =
        sign::envelope(&body, Security::Certificate, times(), doctor, &mut RandomIds).await.unwrap();
    assert!(String::from_utf8_lossy(&message).contains(&loose));
    assert!(xmlsec::accepts(&message, &doctor.key, IN_HEADER));
    let verified = verify::soap(&message, &trust(), now()).unwrap();
    let inner = verified.body.element().only(WST, "RenewTarget").unwrap().only(SAML, "Assertion").unwrap();
    assert!(verify::assertion(&inner.canonical().unwrap(), &trust()).is_ok());
    assert!(verified.body.element().is(SOAP, "Body"));
}
