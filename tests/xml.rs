//! The XML profile against independent judges and attackers (docs/reference/xml-profile.md).
#![allow(clippy::unwrap_used, dead_code, reason = "a test target; the judges are used step by step")]

#[path = "xml/documents.rs"]
mod documents;
#[path = "xml/keys.rs"]
mod keys;
#[path = "xml/ours_before_xmlsec.rs"]
mod ours_before_xmlsec;
#[path = "xml/xmlsec.rs"]
mod xmlsec;
