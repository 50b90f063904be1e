//! Documents: canonical form and verification.

use relais_ehealth::xml::c14n;
use relais_ehealth::xml::report::{Kind, Verdict};
use relais_ehealth::xml::verify::Trust;

/// What nobody signed is believed by nobody, and canonical form is its own canonical form.
pub fn document(bytes: &[u8]) -> bool {
    let at = jiff::Timestamp::UNIX_EPOCH;
    let nobody = Trust { anchors: Vec::new(), signer: Vec::new(), at };
    for kind in [Kind::Assertion, Kind::ServiceList, Kind::Soap] {
        assert!(!Verdict::on(bytes, kind, &nobody, at).ok, "nobody is trusted");
    }
    let mut read = false;
    for comments in [false, true] {
        let Ok(canonical) = c14n::exclusive(bytes, comments, &[]) else { continue };
        read = true;
        match c14n::exclusive(&canonical, comments, &[]) {
            Ok(again) => assert!(again == canonical, "canonical form is its own canonical form"),
            Err(refused) => {
                assert!(refused.reason().starts_with("limit-"), "it grew beyond a limit, no more")
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn random_markup_is_believed_by_nobody(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<a>", "</a>", "<a/>", "<p:a xmlns:p='urn:p'>", "</p:a>", "<!--", "-->", "<![CDATA[", "]]>", "<?p", "?>", "&amp;", "&#13;",
                    "&#0;", "&x;", "<!DOCTYPE a>", " Id='1'", " xmlns='urn:d'", " xmlns=''", "\r\n", "\t", "\u{feff}", "é", "<ds:Signature",
                    " xmlns:ds='http://www.w3.org/2000/09/xmldsig#'", ">", "'", "\"", "=", "<", "x",
                ]),
                0..40,
            ),
        ) {
            let _ = document(parts.concat().as_bytes());
        }
    }
}
