//! Who signed, and when: keys come from trust, never from the message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer as Mac;
use relais_core::ports::{KeyKind, Signer};
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::sign::{self, RandomIds, Security, Timestamps};
use relais_ehealth::xml::verify::{self, Trust, WholeAttribute};

use crate::documents::{request, signed_assertion, signed_request, times, trust, trust_in};
use crate::keys::{DOCTOR, Issuer, STS, SoftKey, Use, certificate, now, platform};

async fn judged_with(signer: &SoftKey, trust: &Trust) -> Result<(), XmlError> {
    let signed = signed_assertion(signer, &platform().doctor[0]).await;
    verify::assertion(&signed, trust).map(drop)
}

#[tokio::test]
async fn only_the_expected_signer_of_a_trusted_issuer_is_believed() {
    let platform = platform();
    let expected = trust_in(&["OU=IAMACC", "OU=CBE=0809394427", "O=Federal Government", "C=BE"]);
    assert_eq!(judged_with(&platform.sts[0], &expected).await, Ok(()));
    assert_eq!(
        judged_with(&platform.stranger, &expected).await,
        Err(XmlError::Chain),
        "same names, other key"
    );
    assert_eq!(judged_with(&platform.list, &expected).await, Err(XmlError::SignerAttribute));
    assert_eq!(judged_with(&platform.doctor[0], &expected).await, Err(XmlError::SignerAttribute));
    assert_eq!(judged_with(&platform.encryption, &expected).await, Err(XmlError::KeyUsage));
    assert_eq!(
        judged_with(&platform.authority, &trust()).await,
        Err(XmlError::KeyUsage),
        "an issuer signs certificates"
    );
}

#[tokio::test]
async fn a_signer_is_compared_by_whole_attributes() {
    for (wanted, good) in [
        ("OU=IAMACC", true),
        ("ou=IAMACC", true),
        ("OU=IAM", false),
        ("OU=iamacc", false),
        ("CN=IAMACC", false),
        ("OU=CBE=0809394427", true),
        ("CBE=0809394427", false),
        ("O=Federal Government, OU=IAMACC", false),
    ] {
        let verdict = judged_with(&platform().sts[0], &trust_in(&[wanted])).await;
        assert_eq!(verdict.is_ok(), good, "{wanted}");
    }
    for unreadable in ["", "OU", "=x", "OU="] {
        assert_eq!(WholeAttribute::parse(unreadable), None, "{unreadable}");
    }
}

#[tokio::test]
async fn certificates_are_judged_at_the_moment_of_the_trust() {
    let sts = &platform().sts[0];
    let on = |days: i64| Trust { at: now() + SignedDuration::from_hours(24 * days), ..trust() };
    assert_eq!(judged_with(sts, &on(-31)).await, Err(XmlError::Chain));
    assert_eq!(judged_with(sts, &on(-29)).await, Ok(()));
    assert_eq!(judged_with(sts, &on(699)).await, Ok(()));
    assert_eq!(judged_with(sts, &on(701)).await, Err(XmlError::Chain));
    let nobody = Trust { anchors: vec![], ..trust() };
    assert_eq!(judged_with(sts, &nobody).await, Err(XmlError::Chain));
    let pinned = Trust { anchors: vec![sts.certificate.clone()], ..trust() };
    assert_eq!(judged_with(sts, &pinned).await, Ok(()), "an anchor may be the signer itself");
    assert_eq!(judged_with(&platform().stranger, &pinned).await, Err(XmlError::Chain));
}

#[tokio::test]
async fn a_weak_key_is_refused_even_with_a_good_certificate() {
    let key = PKey::from_rsa(openssl::rsa::Rsa::generate(1024).unwrap()).unwrap();
    let weak = certificate(&key, &STS, &platform().authority.issuer(), Use::Signing);
    let document = signed_assertion(&platform().sts[0], &platform().doctor[0]).await;
    let document = String::from_utf8(document).unwrap();
    let own = BASE64.encode(platform().sts[0].certificate.to_der().unwrap());
    let swapped = document.replace(&own, &BASE64.encode(weak.to_der().unwrap()));
    assert_eq!(verify::assertion(swapped.as_bytes(), &trust()).map(drop), Err(XmlError::Chain));
    let bare = verify::bare(document.as_bytes(), &openssl_public(&key));
    assert_eq!(bare.unwrap_err(), XmlError::KeySize);
}

fn openssl_public(key: &PKey<openssl::pkey::Private>) -> PKey<openssl::pkey::Public> {
    PKey::public_key_from_der(&key.public_key_to_der().unwrap()).unwrap()
}

#[tokio::test]
async fn a_certificate_swapped_for_the_attackers_own_is_refused() {
    let issuer = SoftKey::authority("Attacker");
    let attacker = SoftKey::new(KeyKind::Rsa, &DOCTOR, &issuer.issuer(), Use::Signing);
    let message = signed_request(&attacker).await;
    assert_eq!(verify::soap(&message, &trust(), now()).map(drop), Err(XmlError::Chain));
    let under_a_leaf =
        Issuer { key: &platform().doctor[0].key, certificate: Some(&platform().doctor[0].certificate) };
    let attacker = SoftKey::new(KeyKind::Rsa, &STS, &under_a_leaf, Use::Signing);
    let message = signed_request(&attacker).await;
    assert_eq!(
        verify::soap(&message, &trust(), now()).map(drop),
        Err(XmlError::Chain),
        "a doctor issues no certificates"
    );
}

#[tokio::test]
async fn a_keyed_digest_made_with_the_public_key_is_refused() {
    let sts = &platform().sts[0];
    let document = String::from_utf8(signed_assertion(sts, &platform().doctor[0]).await).unwrap();
    let hmac = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    let confused = document.replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", hmac);
    let from = confused.find("<ds:SignedInfo").unwrap();
    let end = confused.find("</ds:SignedInfo>").unwrap() + "</ds:SignedInfo>".len();
    let key = PKey::hmac(&sts.certificate.public_key().unwrap().public_key_to_der().unwrap()).unwrap();
    let mut mac = Mac::new(MessageDigest::sha256(), &key).unwrap();
    mac.update(&confused.as_bytes()[from..end]).unwrap();
    let value = BASE64.encode(mac.sign_to_vec().unwrap());
    let start = confused.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
    let stop = confused.find("</ds:SignatureValue>").unwrap();
    let forged = format!("{}{value}{}", &confused[..start], &confused[stop..]);
    assert_eq!(verify::assertion(forged.as_bytes(), &trust()).map(drop), Err(XmlError::Hmac));
}

#[tokio::test]
async fn an_ecdsa_value_is_taken_in_its_one_form_only() {
    let sts = &platform().sts[2];
    let document = String::from_utf8(signed_assertion(sts, &platform().doctor[0]).await).unwrap();
    let start = document.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
    let stop = document.find("</ds:SignatureValue>").unwrap();
    let value = BASE64.decode(&document[start..stop]).unwrap();
    let with = |value: &[u8]| format!("{}{}{}", &document[..start], BASE64.encode(value), &document[stop..]);
    assert!(verify::assertion(with(&value).as_bytes(), &trust()).is_ok());
    let (r, s) = value.split_at(48);
    let number = |bytes| openssl::bn::BigNum::from_slice(bytes).unwrap();
    let der =
        openssl::ecdsa::EcdsaSig::from_private_components(number(r), number(s)).unwrap().to_der().unwrap();
    let padded = [&[0][..], r, &[0], s].concat();
    for other in [&der[..], &padded, &value[..95], &[0; 96], &[0xFF; 96], b""] {
        let verdict = verify::assertion(with(other).as_bytes(), &trust()).map(drop);
        assert_eq!(verdict, Err(XmlError::SignatureValue), "{} bytes", other.len());
    }
}

#[tokio::test]
async fn a_message_is_good_from_its_creation_to_its_end_give_or_take_five_minutes() {
    let message = signed_request(&platform().doctor[0]).await;
    let judged = |seconds: i64| {
        let at = now() + SignedDuration::from_secs(seconds);
        verify::soap(&message, &trust(), at).map(|verified| (verified.created, verified.expires))
    };
    let good = Ok((times().created, times().expires));
    for (seconds, expected) in [
        (-301, Err(XmlError::TimestampEarly)),
        (-300, good),
        (0, good),
        (59, good),
        (359, good),
        (360, Err(XmlError::TimestampLate)),
    ] {
        assert_eq!(judged(seconds), expected, "{seconds} s");
    }
}

#[tokio::test]
async fn a_message_that_ends_before_it_began_is_refused() {
    let backwards = Timestamps { created: now(), expires: now() - SignedDuration::from_secs(1) };
    let doctor = &platform().doctor[0];
    let message =
        sign::envelope(&request("x"), Security::Certificate, backwards, doctor, &mut RandomIds).await;
    assert_eq!(verify::soap(&message.unwrap(), &trust(), now()).map(drop), Err(XmlError::TimestampShape));
}

/// A signer that hands out whatever it likes.
struct Odd(Vec<u8>, KeyKind);

impl Signer for Odd {
    fn certificate(&self) -> &[u8] {
        b"certificate"
    }

    fn kind(&self) -> KeyKind {
        self.1
    }

    fn sign(&self, _: [u8; 32]) -> relais_core::ports::Later<'_, Result<Vec<u8>, relais_core::Problem>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

#[tokio::test]
async fn a_signature_of_the_wrong_length_is_never_sent() {
    for odd in
        [Odd(vec![1; 95], KeyKind::EcP384), Odd(vec![], KeyKind::EcP256), Odd(vec![1; 128], KeyKind::Rsa)]
    {
        let signed =
            sign::envelope(&request("x"), Security::Certificate, times(), &odd, &mut RandomIds).await;
        assert_eq!(signed.unwrap_err().code, relais_core::Code::INTERNAL);
    }
}

#[tokio::test]
async fn a_verdict_prints_the_signer_and_a_verified_subject() {
    let document = signed_assertion(&platform().sts[0], &platform().doctor[0]).await;
    let verdict = Verdict::on(&document, Kind::Assertion, &trust(), now());
    let printed = serde_json::to_value(&verdict).unwrap();
    let expected = serde_json::json!({
        "ok": true,
        "covers": ["Assertion"],
        "signer": "C=BE, O=Federal Government, OU=CBE=0809394427, OU=IAMACC",
        "subject": crate::documents::SUBJECT,
    });
    assert_eq!(printed, expected);
    let at: Timestamp = now();
    let wrong = Verdict::on(&document, Kind::ServiceList, &trust(), at);
    let printed = serde_json::to_value(&wrong).unwrap();
    assert_eq!(
        (&printed["ok"], &printed["reason"], &printed["code"]),
        (&false.into(), &"root".into(), &"RLS-2306".into())
    );
}
