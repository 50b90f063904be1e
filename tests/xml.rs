//! The XML profile against independent judges and attackers (docs/reference/xml-profile.md).
#![allow(clippy::unwrap_used)]

#[path = "xml/bombs.rs"]
mod bombs;
#[path = "xml/canonical.rs"]
mod canonical;
#[path = "xml/differential.rs"]
mod differential;
#[path = "xml/documents.rs"]
mod documents;
#[path = "xml/keys.rs"]
mod keys;
#[path = "xml/libxml2.rs"]
mod libxml2;
#[path = "xml/lists.rs"]
mod lists;
#[path = "xml/moved.rs"]
mod moved;
#[path = "xml/ours_before_xmlsec.rs"]
mod ours_before_xmlsec;
#[path = "xml/paths.rs"]
mod paths;
#[path = "xml/signers.rs"]
mod signers;
#[path = "xml/theirs.rs"]
mod theirs;
#[path = "xml/tricks.rs"]
mod tricks;
#[path = "xml/vectors.rs"]
mod vectors;
#[path = "xml/wrapped.rs"]
mod wrapped;
#[path = "xml/wycheproof.rs"]
mod wycheproof;
#[path = "xml/xmlsec.rs"]
mod xmlsec;
