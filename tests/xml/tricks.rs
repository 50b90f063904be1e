//! Comments, CDATA, instructions, DOCTYPE, duplicate identifiers, algorithms: one change to a good document each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use proptest::prelude::*;
use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::verify;
use relais_ehealth::xml::{Limit, XmlError};

use crate::documents::{SUBJECT, call, signed_assertion, signed_request, trust};
use crate::keys::{now, platform};
use crate::theirs::{list_template, signed};

fn assertion() -> String {
    static ONCE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| {
        let made = futures_of(signed_assertion(&platform().sts[0], &platform().doctor[0]));
        String::from_utf8(made).unwrap()
    })
    .clone()
}

fn request() -> String {
    static ONCE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| String::from_utf8(futures_of(signed_request(&platform().doctor[0]))).unwrap()).clone()
}

fn futures_of<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn reason(document: &str, kind: Kind) -> &'static str {
    Verdict::on(document.as_bytes(), kind, &trust(), now()).reason.unwrap_or("accepted")
}

/// Replaces exactly what is there.
fn changed(document: &str, from: &str, to: &str) -> String {
    assert!(document.contains(from), "{from} is not in the document");
    document.replace(from, to)
}

/// What is replaced, by what, and the name by which that is refused.
type Trick = (&'static str, &'static str, &'static str);

/// What stands in the document beside what it should.
const DOCUMENTS: [Trick; 10] = [
    ("<Conditions", "<!-- between elements --><Conditions", "comment"),
    ("<Conditions", "<?x?><Conditions", "processing-instruction"),
    ("true</AttributeValue>", "true<x/></AttributeValue>", "digest"),
    ("<Assertion ", "<!DOCTYPE Assertion><Assertion ", "doctype"),
    ("<Assertion ", "<!DOCTYPE a [<!ENTITY e 'x'>]><Assertion ", "doctype"),
    ("<Assertion ", "<?xml version='1.0' encoding='UTF-16'?><Assertion ", "not-utf-8"),
    ("<Assertion ", "<?xml version='1.0' encoding='ISO-8859-1'?><Assertion ", "not-utf-8"),
    ("</Assertion>", "</Assertion><x/>", "malformed"),
    ("</Conditions>", "", "malformed"),
    ("CN=Claire", "CN=&undefined;", "malformed"),
];

/// How the signature says that it was made.
const ALGORITHMS: [Trick; 17] = [
    ("xmldsig-more#rsa-sha256", "xmldsig-more#ecdsa-sha256", "signature-value"),
    (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "sha-1",
    ),
    (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "hmac",
    ),
    ("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256", "hmac"),
    ("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-md5", "signature-algorithm"),
    ("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha512", "signature-algorithm"),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "", "signature-algorithm"),
    ("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1", "sha-1"),
    (
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#md5",
        "digest-algorithm",
    ),
    (
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"",
        "inclusive-c14n",
    ),
    (
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\"",
        "c14n-with-comments",
    ),
    (
        "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
        "CanonicalizationMethod Algorithm=\"urn:x\"",
        "transform",
    ),
    (
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "xpath",
    ),
    (
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "xpath",
    ),
    (
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "xslt",
    ),
    (
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "transform",
    ),
    (
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>",
        "",
        "inclusive-c14n",
    ),
];

/// What stands in the signature beside what it should.
const SHAPES: [Trick; 6] = [
    ("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", "signature-value"),
    (
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>MII",
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>AAA",
        "no-certificate",
    ),
    (
        "<ds:Transforms>",
        "<ds:Transforms><ds:Transform Algorithm=\"urn:x\"></ds:Transform>",
        "limit-transforms",
    ),
    (
        "rsa-sha256\"></ds:SignatureMethod>",
        "rsa-sha256\"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>",
        "signature-shape",
    ),
    ("</ds:Signature>", "<ds:Object></ds:Object></ds:Signature>", "signature-shape"),
    (
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>MII",
        "<ds:KeyInfo><ds:X509Data><ds:KeyName>MII",
        "malformed",
    ),
];

/// Tricks that are made of what this very assertion says.
fn made_of(good: &str) -> Vec<(String, String, &'static str)> {
    let broken = |at: &str| format!("{}{at}{}", &SUBJECT[..10], &SUBJECT[10..]);
    let digest = {
        let start = good.find("<ds:DigestValue>").unwrap() + "<ds:DigestValue>".len();
        good[start..start + 44].to_owned()
    };
    let of_nothing = BASE64.encode(openssl::sha::sha256(b""));
    let [holder, other] = [0, 1].map(|n| BASE64.encode(platform().doctor[n].certificate.to_der().unwrap()));
    let table: Vec<(&str, String, &str)> = vec![
        (SUBJECT, broken("<!-- -->"), "comment"),
        (SUBJECT, broken("<!---->"), "comment"),
        (SUBJECT, broken("<?x y?>"), "processing-instruction"),
        (SUBJECT, "CN=Evil".into(), "digest"),
        (SUBJECT, format!("{SUBJECT} "), "digest"),
        (&digest, format!("{}<!-- -->{}", &digest[..8], &digest[8..]), "comment"),
        (&digest, of_nothing, "digest-of-nothing"),
        (&digest, "AAAA".into(), "digest"),
        (&digest, "not base64!".into(), "signature-shape"),
        ("<ds:Reference ", format!("{}<ds:Reference ", reference_copies(good, 8)), "limit-references"),
        ("<ds:Reference ", format!("{}<ds:Reference ", reference_copies(good, 1)), "misplaced"),
        ("<ds:SignedInfo ", format!("{}<ds:SignedInfo ", signed_info(good)), "signature-shape"),
        (&holder, other, "digest"),
    ];
    table.into_iter().map(|(from, to, expected)| (from.to_owned(), to, expected)).collect()
}

#[test]
fn each_trick_on_an_assertion_is_refused_by_its_name() {
    let good = assertion();
    assert_eq!(reason(&good, Kind::Assertion), "accepted");
    let fixed = DOCUMENTS.into_iter().chain(ALGORITHMS).chain(SHAPES);
    let fixed = fixed.map(|(from, to, expected)| (from.to_owned(), to.to_owned(), expected));
    for (from, to, expected) in fixed.chain(made_of(&good)) {
        assert_eq!(reason(&changed(&good, &from, &to), Kind::Assertion), expected, "{from} -> {to}");
    }
}

#[test]
fn every_reason_stands_in_the_reference_page_beside_its_code() {
    let page = include_str!("../../docs/reference/xml-profile.md");
    let limits = Limit::ALL.iter().map(|limit| XmlError::Limit(*limit));
    for refused in XmlError::ALL.iter().map(|(error, _)| *error).chain(limits) {
        let row = format!("| {} |", refused.code());
        let row = page.lines().find(|line| line.starts_with(&row)).unwrap();
        assert!(row.contains(&format!("`{}`", refused.reason())), "{}", refused.reason());
    }
}

fn between<'a>(document: &'a str, start: &str, end: &str) -> &'a str {
    let from = document.find(start).unwrap();
    &document[from..from + document[from..].find(end).unwrap() + end.len()]
}

fn reference_copies(document: &str, count: usize) -> String {
    between(document, "<ds:Reference ", "</ds:Reference>").repeat(count)
}

fn signed_info(document: &str) -> String {
    between(document, "<ds:SignedInfo ", "</ds:SignedInfo>").to_owned()
}

#[test]
fn a_key_info_without_a_certificate_is_refused() {
    let good = assertion();
    let start = good.rfind("<ds:KeyInfo>").unwrap();
    let end = good.rfind("</ds:KeyInfo>").unwrap() + "</ds:KeyInfo>".len();
    let without = format!("{}{}", &good[..start], &good[end..]);
    assert_eq!(reason(&without, Kind::Assertion), "no-certificate");
}

#[test]
fn cdata_in_a_name_reads_as_the_text_that_was_signed() {
    let document = changed(&assertion(), SUBJECT, &format!("{}<![CDATA[{}]]>", &SUBJECT[..9], &SUBJECT[9..]));
    let verified = verify::assertion(document.as_bytes(), &trust()).unwrap();
    assert_eq!(verified.subject().unwrap(), SUBJECT);
}

#[test]
fn each_trick_on_a_message_is_refused_by_its_name() {
    let good = request();
    assert_eq!(reason(&good, Kind::Soap), "accepted");
    let table: Vec<(&str, String, &str)> = vec![
        ("a &amp; b", "a <!-- --> b".into(), "comment"),
        ("<wst:TokenType>", "<!-- --><wst:TokenType>".into(), "comment"),
        ("<wst:TokenType>", "<?x?><wst:TokenType>".into(), "processing-instruction"),
        ("<wsu:Created>2026", "<wsu:Created>2<!-- -->026".into(), "comment"),
        ("<wsu:Created>", "<!-- --><wsu:Created>".into(), "comment"),
        ("<wsu:Created>2026", "<wsu:Created>2025".into(), "digest"),
        ("</SOAP-ENV:Envelope>", "<x xmlns=\"urn:x\"/></SOAP-ENV:Envelope>".into(), "root"),
        ("<SOAP-ENV:Header>", "<SOAP-ENV:Header><x xmlns=\"urn:x\" Id=\"1\"/><x xmlns=\"urn:x\" AssertionID=\"1\"/>".into(), "duplicate-id"),
        ("<SOAP-ENV:Header>", "<SOAP-ENV:Header><x xmlns=\"urn:x\" Id=\"1\"/><x xmlns=\"urn:x\"><y Id=\"1\"/></x>".into(), "duplicate-id"),
        ("<SOAP-ENV:Header>", "<SOAP-ENV:Header><!-- between headers -->".into(), "accepted"),
        ("<SOAP-ENV:Header>", "<SOAP-ENV:Header><wsse:Security xmlns:wsse=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\"/>".into(), "no-signature"),
        ("<wsse:Reference URI=\"#X509", "<wsse:Reference URI=\"#Body".into(), "external-reference"),
        ("<wsse:Reference URI=\"#", "<wsse:Reference URI=\"".into(), "key-reference"),
        ("wsse:SecurityTokenReference", "wsse:Other".into(), "key-reference"),
        ("<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName></ds:KeyName>".into(), "accepted"),
        ("</SOAP-ENV:Envelope>", "<SOAP-ENV:Body></SOAP-ENV:Body></SOAP-ENV:Envelope>".into(), "root"),
        ("SOAP-ENV:", "soap:".into(), "malformed"),
    ];
    for (from, to, expected) in &table {
        assert_eq!(reason(&changed(&good, from, to), Kind::Soap), *expected, "{from} -> {to}");
    }
}

#[test]
fn a_call_is_bound_to_the_assertion_in_its_header() {
    let good = String::from_utf8(futures_of(call(&platform().sts[0], &platform().doctor[0]))).unwrap();
    assert_eq!(reason(&good, Kind::Soap), "accepted");
    let identifier = "#SAMLAssertionID\">_a1</wsse:KeyIdentifier>";
    let bearer = changed(&good, "cm:holder-of-key", "cm:bearer");
    for (document, expected) in [
        (changed(&good, identifier, &identifier.replace("_a1", "_a2")), "key-reference"),
        (changed(&good, identifier, &identifier.replace("#SAMLAssertionID", "#SAMLID")), "key-reference"),
        (bearer, "digest"),
        (
            changed(
                &good,
                "<b:Ask",
                "<Assertion xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\"></Assertion><b:Ask",
            ),
            "digest",
        ),
    ] {
        assert_eq!(reason(&document, Kind::Soap), expected);
    }
}

#[test]
fn each_trick_on_a_service_list_is_refused_by_its_name() {
    let key = &platform().list;
    let judged = |template: &str| {
        let list = signed(template, key, "//*[local-name()='Signature']");
        reason(std::str::from_utf8(&list).unwrap(), Kind::ServiceList)
    };
    let good = list_template(key);
    assert_eq!(judged(&good), "accepted");
    let plain =
        &good[good.find("<ds:Object>").unwrap()..good.find("</ds:Object>").unwrap() + "</ds:Object>".len()];
    let reference = good.rfind("<ds:Reference ").unwrap();
    let reference = &good[reference..reference + good[reference..].find("</ds:Reference>").unwrap() + 15];
    for (from, to, expected) in [
        (reference, "", "properties-not-covered"),
        (" Type=\"http://uri.etsi.org/01903#SignedProperties\"", "", "misplaced"),
        ("Target=\"#sig\"", "Target=\"#list\"", "properties-not-covered"),
        ("Target=\"#sig\"", "", "properties-not-covered"),
        ("xades:SigningCertificate>", "xades:Other>", "signing-certificate"),
        ("https://services-acpt", "https://serv<!-- -->ices-acpt", "comment"),
        ("<Service ", "<!-- a comment between services --><Service ", "accepted"),
    ] {
        assert_eq!(judged(&changed(&good, from, to)), expected, "{from} -> {to}");
    }
    assert_eq!(reason(&changed(&good, "protocol:v1\"", "protocol:v3\""), Kind::ServiceList), "root");
    let both = format!("{reference}\n");
    let bare = changed(&changed(&good, plain, ""), &both, "");
    assert_eq!(judged(&bare), "properties-not-covered", "a plain enveloped signature");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_comment_at_any_place_of_a_name_is_refused(place in 0..=SUBJECT.len()) {
        let name = format!("{}<!---->{}", &SUBJECT[..place], &SUBJECT[place..]);
        prop_assert_eq!(reason(&changed(&assertion(), SUBJECT, &name), Kind::Assertion), "comment");
    }

    #[test]
    fn no_changed_byte_of_an_assertion_is_accepted_with_another_meaning(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let good = assertion().into_bytes();
        let expected = verify::assertion(&good, &trust()).unwrap();
        let mut document = good.clone();
        let place = place.index(document.len());
        document[place] = byte;
        if let Ok(verified) = verify::assertion(&document, &trust()) {
            prop_assert_eq!(verified.verified.canonical(), expected.verified.canonical());
        }
    }
}
