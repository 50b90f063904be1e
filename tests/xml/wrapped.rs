//! Wrapped assertions: XSW 1 to 8 of "On Breaking SAML: Be Whoever You Want to Be" as far as SAML 1.1 knows them, and more.
//!
//! Each document carries one assertion that the platform really signed, and an evil one that somebody would like to be
//! read. None is accepted, whatever it is called.

use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::verify;

use crate::documents::{SUBJECT, answer, signed_assertion, trust};
use crate::keys::{now, platform};

const EVIL: &str = "CN=Evil";

/// A signed assertion, taken apart.
struct Pieces {
    /// As signed.
    whole: String,
    /// Without its signature.
    bare: String,
    /// Its signature.
    signature: String,
    /// The bare one for another person, under another identifier.
    evil: String,
    /// The bare one for another person, under the same identifier.
    twin: String,
}

async fn pieces() -> Pieces {
    let whole = String::from_utf8(signed_assertion(&platform().sts[0], &platform().doctor[0]).await).unwrap();
    let start = whole.find("<ds:Signature ").unwrap();
    let end = whole.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let bare = format!("{}{}", &whole[..start], &whole[end..]);
    let twin = bare.replace(SUBJECT, EVIL);
    let evil = twin.replace("\"_a1\"", "\"_evil\"");
    Pieces { signature: whole[start..end].to_owned(), bare, evil, twin, whole }
}

/// Puts a text into an element as its last child.
fn into(outer: &str, inner: &str) -> String {
    let end = outer.rfind("</").unwrap();
    format!("{}{inner}{}", &outer[..end], &outer[end..])
}

/// Puts a text into an element as its first child.
fn first_into(outer: &str, inner: &str) -> String {
    let end = outer.find('>').unwrap() + 1;
    format!("{}{inner}{}", &outer[..end], &outer[end..])
}

fn object(inner: &str) -> String {
    format!("<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{inner}</ds:Object>")
}

fn advice(inner: &str) -> String {
    format!("<Advice>{inner}</Advice>")
}

/// Documents whose root is an assertion.
fn wrapped_documents(p: &Pieces) -> Vec<(&'static str, String)> {
    vec![
        ("XSW 4: the signed one inside the evil one", into(&p.evil, &p.whole)),
        ("XSW 6: the evil one with the signature, the signed one inside the signature", {
            into(&p.evil, &into(&p.signature, &p.bare))
        }),
        ("XSW 8: the evil one with the signature, the signed one in an Object", {
            into(&p.evil, &into(&p.signature, &object(&p.bare)))
        }),
        ("evil and signed under one identifier, in an Object", {
            into(&p.twin, &into(&p.signature, &object(&p.bare)))
        }),
        (
            "the signed one in the advice of the evil one",
            into(&p.evil, &format!("{}{}", advice(&p.bare), p.signature)),
        ),
        ("the evil one in the advice of the signed one", into(&p.whole, &advice(&p.evil))),
        ("the evil one before everything in the signed one", first_into(&p.whole, &p.evil)),
        ("the signature alone in the evil one", into(&p.evil, &p.signature)),
        ("the signature alone in the twin", into(&p.twin, &p.signature)),
        ("two signatures", into(&p.whole, &p.signature)),
        ("the signature one level down", into(&p.bare, &advice(&p.signature))),
        ("no signature", p.bare.clone()),
        (
            "an empty signature",
            into(&p.evil, "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"),
        ),
        ("a signature of another namespace", into(&p.evil, &p.signature.replace("xmldsig#\"", "xmldsig\""))),
        (
            "another root around it",
            format!("<Wrapper xmlns=\"{}\">{}</Wrapper>", "urn:oasis:names:tc:SAML:1.0:assertion", p.whole),
        ),
        (
            "the whole document by an empty URI",
            into(&p.evil, &p.signature.replace("URI=\"#_a1\"", "URI=\"\"")),
        ),
        ("no URI at all", p.whole.replace(" URI=\"#_a1\"", "")),
        ("an XPointer", p.whole.replace("#_a1", "#xpointer(id('_a1'))")),
        ("a file", p.whole.replace("#_a1", "file:///etc/passwd")),
        (
            "the identifier in capitals elsewhere",
            into(&p.evil, &format!("{}{}", advice(&p.bare.replace("AssertionID", "ID")), p.signature)),
        ),
    ]
}

/// Answers of the STS, made from a real one by replacing its assertion.
fn wrapped_answers(p: &Pieces, answer: &str) -> Vec<(&'static str, String)> {
    let with = |there: &str| answer.replace(&p.whole, there);
    let header = |inside: &str, there: &str| {
        with(there)
            .replace("<SOAP-ENV:Body", &format!("<SOAP-ENV:Header>{inside}</SOAP-ENV:Header><SOAP-ENV:Body"))
    };
    let token = |inside: &str| format!("</wst:RequestedSecurityToken><wst:RequestedSecurityToken>{inside}");
    let behind = |inside: &str, there: &str| {
        with(there).replace("</SOAP-ENV:Body>", &format!("</SOAP-ENV:Body>{inside}"))
    };
    vec![
        ("XSW 1: the evil one at its place, the signed one behind the body", behind(&p.whole, &p.evil)),
        ("XSW 2: the evil one at its place, the signed one in a header", header(&p.whole, &p.evil)),
        ("XSW 3: the evil one before the signed one", with(&format!("{}{}", p.evil, p.whole))),
        ("the evil one behind the signed one", with(&format!("{}{}", p.whole, p.evil))),
        ("XSW 4: the signed one inside the evil one", with(&into(&p.evil, &p.whole))),
        ("XSW 5: the evil one with the signature, the signed one behind", {
            behind(&p.bare, &into(&p.evil, &p.signature))
        }),
        ("XSW 6: the signed one inside the signature", with(&into(&p.evil, &into(&p.signature, &p.bare)))),
        ("XSW 7: the evil one in an extension", {
            with(&format!("<Extensions xmlns=\"urn:x\">{}</Extensions>{}", p.evil, p.whole))
        }),
        ("XSW 8: the signed one in an Object", with(&into(&p.evil, &into(&p.signature, &object(&p.bare))))),
        ("two requested tokens, the evil one first", with(&format!("{}{}", p.evil, token(&p.whole)))),
        ("two requested tokens, the signed one first", with(&format!("{}{}", p.whole, token(&p.evil)))),
        ("no assertion", with("")),
        ("the signed one in a header, nothing at its place", header(&p.whole, "")),
        ("one identifier twice", header("<x xmlns=\"urn:x\" Id=\"_a1\"/>", &p.whole)),
        ("an extension around it", with(&format!("<Extensions xmlns=\"urn:x\">{}</Extensions>", p.whole))),
    ]
}

#[tokio::test]
async fn no_wrapped_assertion_is_accepted() {
    let pieces = pieces().await;
    assert!(verify::assertion(pieces.whole.as_bytes(), &trust()).is_ok(), "the one that is wrapped is good");
    for (name, document) in wrapped_documents(&pieces) {
        refused(name, &document);
    }
}

#[tokio::test]
async fn no_wrapped_answer_is_accepted() {
    let answer = answer(&platform().sts[0], &platform().doctor[0]).await;
    let whole = verify::assertion_in_response(&answer, &trust()).unwrap();
    let whole = String::from_utf8(whole.bytes.reveal().to_vec()).unwrap();
    let mut pieces = pieces().await;
    let start = whole.find("<ds:Signature ").unwrap();
    let end = whole.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    pieces.signature = whole[start..end].to_owned();
    pieces.whole = whole;
    for (name, document) in wrapped_answers(&pieces, std::str::from_utf8(&answer).unwrap()) {
        refused(name, &document);
    }
}

fn refused(name: &str, document: &str) {
    assert!(!document.is_empty());
    let verdict = Verdict::on(document.as_bytes(), Kind::Assertion, &trust(), now());
    assert!(!verdict.ok, "{name} is accepted: {verdict:?}");
    assert_ne!(verdict.reason, Some("malformed"), "{name} is not the attack it wants to be");
    let printed = serde_json::to_string(&verdict).unwrap();
    assert!(!printed.contains("Evil") && !printed.contains("Lambert"), "{name}: {printed}");
}
