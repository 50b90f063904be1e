//! Replays the corpus of the fuzz target `xml` (fuzz/fuzz_targets/xml.rs), and tries random documents the same way.

use proptest::prelude::*;
use relais_ehealth::xml::c14n;
use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::verify::Trust;

use crate::documents::trust;
use crate::keys::now;

/// What the fuzz target checks.
fn harmless(document: &[u8]) {
    let nobody = Trust { anchors: Vec::new(), ..trust() };
    for kind in [Kind::Assertion, Kind::ServiceList, Kind::Soap] {
        assert!(!Verdict::on(document, kind, &nobody, now()).ok, "nobody is trusted");
    }
    if let Ok(canonical) = c14n::exclusive(document, false, &[]) {
        match c14n::exclusive(&canonical, false, &[]) {
            Ok(again) => assert_eq!(again, canonical),
            Err(refused) => assert!(refused.reason().starts_with("limit-"), "{refused}"),
        }
    }
}

#[test]
fn the_corpus_of_the_fuzzer_is_harmless() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus/xml");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for file in &files {
        harmless(&std::fs::read(file).unwrap());
    }
    assert!(files.len() >= 8, "{}", files.len());
}

proptest! {
    #[test]
    fn random_markup_is_harmless(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<a>", "</a>", "<a/>", "<p:a xmlns:p='urn:p'>", "</p:a>", "<!--", "-->", "<![CDATA[", "]]>", "<?p", "?>", "&amp;", "&#13;",
                "&#0;", "&x;", "<!DOCTYPE a>", " Id='1'", " xmlns='urn:d'", " xmlns=''", "\r\n", "\t", "\u{feff}", "é", "<ds:Signature",
                " xmlns:ds='http://www.w3.org/2000/09/xmldsig#'", ">", "'", "\"", "=", "<", "x",
            ]),
            0..40,
        ),
    ) {
        harmless(parts.concat().as_bytes());
    }
}
