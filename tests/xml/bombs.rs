//! Documents that want to cost time, memory or a file: each stops at the limit that names it.
//!
//! The guard answers before a tree exists, so nothing here needs a clock: a test that takes minutes is the finding.

use relais_ehealth::xml::guard::{Limits, check};
use relais_ehealth::xml::{c14n, verify};

use crate::documents::trust;

fn reason(document: &[u8]) -> &'static str {
    let guard = check(document, &Limits::default());
    let parsed = verify::assertion(document, &trust()).map(drop);
    if guard.is_err() {
        assert_eq!(guard, parsed, "what the guard refuses, verification refuses for the same reason");
        assert_eq!(guard, c14n::exclusive(document, false, &[]).map(drop));
    }
    guard.map_or_else(|refused| refused.reason(), |()| "accepted")
}

fn element(attributes: usize) -> String {
    let attributes: String = (0..attributes).map(|n| format!(" a{n}=''")).collect();
    format!("<a{attributes}/>")
}

fn declarations(count: usize) -> String {
    let declarations: String = (0..count).map(|n| format!(" xmlns:a{n}='urn:x'")).collect();
    format!("<a{declarations}/>")
}

fn nested(depth: usize) -> String {
    "<a>".repeat(depth) + &"</a>".repeat(depth)
}

#[test]
fn every_limit_takes_its_largest_and_refuses_the_next() {
    assert_eq!(reason(element(256).as_bytes()), "accepted");
    assert_eq!(reason(element(257).as_bytes()), "limit-attributes");
    assert_eq!(reason(declarations(64).as_bytes()), "accepted");
    assert_eq!(reason(declarations(65).as_bytes()), "limit-namespaces");
    assert_eq!(reason(nested(128).as_bytes()), "accepted");
    assert_eq!(reason(nested(129).as_bytes()), "limit-depth");
    let nodes = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count - 1));
    assert_eq!(reason(nodes(100_000).as_bytes()), "accepted");
    assert_eq!(reason(nodes(100_001).as_bytes()), "limit-nodes");
    let size = |bytes: usize| format!("<a>{}</a>", "x".repeat(bytes - 7));
    assert_eq!(reason(size(4 * 1024 * 1024).as_bytes()), "accepted");
    assert_eq!(reason(size(4 * 1024 * 1024 + 1).as_bytes()), "limit-size");
}

#[test]
fn bombs_stop_at_the_limit_that_names_them() {
    let laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>";
    let outside = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>";
    let dtd = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>";
    assert_eq!(reason(laughs.as_bytes()), "doctype");
    assert_eq!(reason(outside.as_bytes()), "doctype");
    assert_eq!(reason(dtd.as_bytes()), "doctype");
    assert_eq!(reason(element(100_000).as_bytes()), "limit-attributes");
    assert_eq!(reason(declarations(100_000).as_bytes()), "limit-namespaces");
    assert_eq!(reason("<a>".repeat(1_000_000).as_bytes()), "limit-depth");
    assert_eq!(reason(&vec![b'x'; 200 * 1024 * 1024]), "limit-size");
    assert_eq!(reason(format!("{}<a/>", "<?p?>".repeat(50_000)).as_bytes()), "limit-nodes");
    assert_eq!(reason(format!("<a xmlns:p='{}'/>", "x".repeat(513)).as_bytes()), "limit-namespaces");
    assert_eq!(reason("<a>\u{fffe}</a>".as_bytes()), "malformed", "by the guard too: a tree may take it");
}

#[test]
fn an_inclusion_is_an_element_like_any_other() {
    let document = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\"></xi:include></a>";
    let canonical = String::from_utf8(c14n::exclusive(document.as_bytes(), false, &[]).unwrap()).unwrap();
    assert!(canonical.contains("href=\"file:///etc/passwd\"></xi:include>"));
}

#[test]
fn a_canonical_form_that_outgrows_its_document_is_stopped() {
    let long = "u".repeat(500);
    let uses = "<p:a/>".repeat(60_000);
    let document = format!("<r xmlns:p=\"urn:{long}\">{uses}</r>");
    assert_eq!(c14n::exclusive(document.as_bytes(), false, &[]).unwrap_err().reason(), "limit-size");
}

#[test]
fn what_is_not_xml_is_told_apart() {
    assert_eq!(reason(b"\xff\xfe<\0a\0/\0>\0"), "not-utf-8");
    assert_eq!(reason(b"<a>\xc3</a>"), "not-utf-8");
    assert_eq!(reason(b"<a><b></a></b>"), "malformed");
    for broken in
        ["", "text", "<a/><b/>", "<a b='1' b='2'/>", "<a b=1/>", "<a>&nbsp;</a>", "<p:a/>", "<a>]]></a>"]
    {
        let refused = c14n::exclusive(broken.as_bytes(), false, &[]).unwrap_err();
        assert_eq!(refused.reason(), "malformed", "{broken}");
    }
}
