//! The interoperability vectors that come with xmlsec1: each is verified, or refused by the rule the profile names.
//!
//! The folder is told by `RELAIS_XMLSEC_VECTORS`; `cargo xtask test` fetches it. Started by hand without it, the tests
//! say so and stop; under xtask they never do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::sha::sha1;
use relais_ehealth::xml::c14n;
use relais_ehealth::xml::names::{DS, EC, NONE};
use relais_ehealth::xml::tree::{Element, Tree};
use relais_ehealth::xml::verify;

use crate::keys::platform;

/// What is expected of each vector.
const EXPECTED: &str = include_str!("../fixtures/xml/xmlsec-vectors.tsv");

fn folder() -> Option<PathBuf> {
    match std::env::var_os("RELAIS_XMLSEC_VECTORS") {
        Some(folder) => Some(PathBuf::from(folder).join("tests")),
        None => {
            assert!(
                std::env::var_os("RELAIS_CTL").is_none(),
                "cargo xtask has not set RELAIS_XMLSEC_VECTORS"
            );
            eprintln!("not run: set RELAIS_XMLSEC_VECTORS to what `cargo xtask vectors` prints");
            None
        }
    }
}

fn signed_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            signed_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "xml") {
            let bytes = std::fs::read(&path).unwrap();
            if bytes.windows(10).any(|text| text == b"SignedInfo") {
                found.push(path);
            }
        }
    }
}

/// The key that the vector was signed with makes no difference: what is not of the profile is refused before.
fn outcome(document: &[u8]) -> &'static str {
    let key = &platform().authority.certificate.public_key().unwrap();
    verify::bare(document, key).map_or_else(|refused| refused.reason(), |_| "verified")
}

#[test]
fn each_vector_of_xmlsec_is_judged_as_the_profile_says() {
    let Some(folder) = folder() else { return };
    let mut files = Vec::new();
    signed_files(&folder, &mut files);
    let found: BTreeMap<String, &str> = files
        .iter()
        .map(|file| {
            let name = file.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
            (name, outcome(&std::fs::read(file).unwrap()))
        })
        .collect();
    let expected: BTreeMap<String, &str> = EXPECTED
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, outcome)| (name.to_owned(), outcome))
        .collect();
    let listing =
        |all: &BTreeMap<String, &str>| all.iter().map(|(a, b)| format!("{a}\t{b}\n")).collect::<String>();
    assert_eq!(listing(&found), listing(&expected));
    assert!(found.len() > 100, "{}", found.len());
}

fn by_id<'t>(element: Element<'t>, id: &str) -> Option<Element<'t>> {
    let here = element.attributes().any(|(_, name, value)| name.eq_ignore_ascii_case("id") && value == id);
    if here { Some(element) } else { element.children().find_map(|child| by_id(child, id)) }
}

/// `merlin-exc-c14n-one`: four digests over one element, with and without comments, with and without a prefix list.
#[test]
fn the_digests_of_the_exclusive_vectors_come_out_of_our_canonical_form() {
    let Some(folder) = folder() else { return };
    let document = std::fs::read(folder.join("merlin-exc-c14n-one/exc-signature.xml")).unwrap();
    let tree = Tree::parse(&document).unwrap();
    let signed = by_id(tree.root(), "to-be-signed").unwrap();
    let info = tree.root().only(DS, "Signature").unwrap().only(DS, "SignedInfo").unwrap();
    let references: Vec<_> = info.children().filter(|child| child.is(DS, "Reference")).collect();
    for reference in &references {
        let transform = reference.only(DS, "Transforms").unwrap().only(DS, "Transform").unwrap();
        let comments = transform.attribute(NONE, "Algorithm").unwrap().ends_with("#WithComments");
        let list =
            transform.child(EC, "InclusiveNamespaces").and_then(|list| list.attribute(NONE, "PrefixList"));
        let prefixes: Vec<&str> = list.unwrap_or("").split_whitespace().collect();
        let canonical = c14n::element(signed, comments, &prefixes).unwrap();
        let digest = reference.only(DS, "DigestValue").unwrap().text().unwrap();
        assert_eq!(BASE64.encode(sha1(&canonical)), digest, "{}", String::from_utf8_lossy(&canonical));
    }
    assert_eq!(references.len(), 4);
}
