//! The assertion: a text with holes, signed by `xmlsec1`. Source: docs/reference/ehealth-sts.md, section 5.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use openssl::base64::encode_block;
use openssl::nid::Nid;
use openssl::x509::{X509, X509NameRef};

use crate::message::{Wanted, values};
use crate::names::{CERTIFIED, DS, EXCLUSIVE, IDENTIFICATION, ISSUER, RSA_SHA256, SAML, SHA256};
use crate::tool;
use crate::wish::Wish;

/// A doctor's number, invented.
const NIHII: &str = "10023479004";
/// Somebody else's national number, invented by the rule.
const SOMEBODY: &str = "80010112342";

/// An assertion for what was wanted, or one that is not.
pub fn issue(folder: &Path, wanted: &Wanted, id: &str, wish: Wish) -> String {
    let (key, certificate) = match wish {
        Wish::OtherKey => ("other", "signer"),
        Wish::OtherAuthority => ("other", "other"),
        Wish::Customer => ("customer", "customer"),
        _ => ("signer", "signer"),
    };
    let pem = std::fs::read(folder.join(format!("{certificate}.pem"))).expect("the signer's certificate");
    let certificate = X509::from_pem(&pem).expect("the signer's certificate");
    let template = folder.join(format!("{id}.xml"));
    std::fs::write(&template, text(wanted, id, &certificate, wish)).expect("the folder can be written to");
    let signed = tool::signed(&template, &folder.join(format!("{key}.key")));
    match wish {
        Wish::Tampered => signed.replacen(">true</AttributeValue>", ">false</AttributeValue>", 1),
        _ => signed,
    }
}

fn text(wanted: &Wanted, id: &str, signer: &X509, wish: Wish) -> String {
    let now = Timestamp::now();
    let hour = SignedDuration::from_hours(1);
    let issued = if wish == Wish::Stale { now - hour } else { now };
    let ends = if wish == Wish::Expired { now - hour / 60 } else { wanted.expires };
    let begins = issued - SignedDuration::from_mins(5);
    let conditions = match wish {
        Wish::Lifeless => String::new(),
        _ => format!(r#"<Conditions NotBefore="{begins:.3}" NotOnOrAfter="{ends:.3}"></Conditions>"#),
    };
    let issuer = if wish == Wish::OtherIssuer { "urn:be:fgov:somebody:sts:1_0" } else { ISSUER };
    let holder = if wish == Wish::OtherHolder { signer } else { &wanted.holder };
    let identifier = identifier(&wanted.signer);
    let holder = base64(holder);
    let attributes = attributes(wanted, wish);
    let signature = signature(id, signer);
    format!(
        r#"<Assertion xmlns="{SAML}" AssertionID="{id}" IssueInstant="{issued:.3}" Issuer="{issuer}" MajorVersion="1" MinorVersion="1">{conditions}<AuthenticationStatement AuthenticationInstant="{issued:.3}" AuthenticationMethod="urn:oasis:names:tc:SAML:1.0:am:X509-PKI"><Subject>{identifier}<SubjectConfirmation><ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:holder-of-key</ConfirmationMethod><ds:KeyInfo xmlns:ds="{DS}"><ds:X509Data><ds:X509Certificate>{holder}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></SubjectConfirmation></Subject></AuthenticationStatement><AttributeStatement><Subject>{identifier}</Subject>{attributes}</AttributeStatement>{signature}</Assertion>"#
    )
}

fn signature(id: &str, signer: &X509) -> String {
    let certificate = base64(signer);
    format!(
        r##"<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/><ds:SignatureMethod Algorithm="{RSA_SHA256}"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{DS}enveloped-signature"/><ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms><ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"##
    )
}

fn identifier(certificate: &X509) -> String {
    let (issuer, subject) = (name(certificate.issuer_name()), name(certificate.subject_name()));
    format!(
        r#"<NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName" NameQualifier="{issuer}">{subject}</NameIdentifier>"#
    )
}

/// A name with its last part first, as RFC 1779 writes it.
fn name(name: &X509NameRef) -> String {
    let part = |entry: &openssl::x509::X509NameEntryRef| {
        let kind = entry.object().nid().short_name().unwrap_or("?").to_owned();
        entry.data().to_string().map_or(String::new(), |value| format!("{kind}={value}"))
    };
    let mut parts: Vec<String> = name.entries().map(part).collect();
    parts.reverse();
    escaped(&parts.join(", "))
}

/// What the client said, then what we certify.
fn attributes(wanted: &Wanted, wish: Wish) -> String {
    let asserted = wanted.asserted.iter().map(|(uri, value)| {
        let value = if wish == Wish::OtherPerson { SOMEBODY } else { value };
        attribute(uri, IDENTIFICATION, value)
    });
    let certified = wanted.requested.iter().map(|uri| attribute(uri, CERTIFIED, &certified(wanted, uri)));
    asserted.chain(certified).collect()
}

fn certified(wanted: &Wanted, uri: &str) -> String {
    let subject = wanted.signer.subject_name();
    let of_card = |kind| values(subject, kind).join(" ");
    match uri.rsplit(':').next().unwrap_or_default() {
        "givenname" => of_card(Nid::GIVENNAME),
        "surname" => of_card(Nid::SURNAME),
        "nihii11" => NIHII.to_owned(),
        _ => "true".to_owned(),
    }
}

fn attribute(uri: &str, namespace: &str, value: &str) -> String {
    let (uri, value) = (escaped(uri), escaped(value));
    format!(
        r#"<Attribute AttributeName="{uri}" AttributeNamespace="{namespace}"><AttributeValue>{value}</AttributeValue></Attribute>"#
    )
}

fn base64(certificate: &X509) -> String {
    encode_block(&certificate.to_der().expect("a certificate has a DER form"))
}

/// Text that may stand in an element or an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
