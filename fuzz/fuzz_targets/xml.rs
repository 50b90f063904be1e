//! Any bytes: nothing panics, what is believed is signed, canonical form is its own canonical form.
//!
//! tests/xml/corpus.rs replays the corpus as an ordinary test.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais_ehealth::xml::c14n;
use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::verify::Trust;

fuzz_target!(|document: &[u8]| {
    let at = "2026-03-02T08:00:00Z".parse().expect("a moment");
    let nobody = Trust { anchors: Vec::new(), signer: Vec::new(), at };
    for kind in [Kind::Assertion, Kind::ServiceList, Kind::Soap] {
        assert!(!Verdict::on(document, kind, &nobody, at).ok, "nobody is trusted");
    }
    if let Ok(canonical) = c14n::exclusive(document, false, &[]) {
        match c14n::exclusive(&canonical, false, &[]) {
            Ok(again) => assert!(again == canonical, "canonical form is its own canonical form"),
            Err(refused) => assert!(refused.reason().starts_with("limit-"), "it grew beyond a limit, no more"),
        }
    }
});
