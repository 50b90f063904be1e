//! Every signed part moved to every other place: alone, as a copy, and with an evil twin left where it was.

use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::verify;
use uppsala::{Document, NodeId};

use crate::documents::{answer, call, signed_request, trust};
use crate::keys::{now, platform};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Moved,
    Copied,
    WithATwinLeftBehind,
}

const WAYS: [Way; 3] = [Way::Moved, Way::Copied, Way::WithATwinLeftBehind];

fn elements(document: &Document<'_>) -> Vec<NodeId> {
    let all = document.descendants(document.root());
    all.into_iter().filter(|id| document.element(*id).is_some()).collect()
}

/// The same part with another identifier and another content, as an attacker would like it to be read.
fn spoil(document: &mut Document<'_>, part: NodeId) {
    let evil = document.create_text("evil");
    let element = document.element_mut(part).unwrap();
    for attribute in &mut element.attributes {
        if matches!(&*attribute.name.local_name, "Id" | "AssertionID") {
            attribute.value = "evil".into();
        }
    }
    document.append_child(part, evil);
}

fn identified(document: &Document<'_>, part: NodeId) -> bool {
    let names =
        document.element(part).unwrap().attributes.iter().map(|attribute| &*attribute.name.local_name);
    names.into_iter().any(|name| matches!(name, "Id" | "AssertionID"))
}

fn copy_of(document: &mut Document<'_>, part: NodeId) -> NodeId {
    let text = document.node_to_xml(part);
    let fragment = uppsala::parse(&text).unwrap();
    document.import_subtree(&fragment, fragment.document_element().unwrap()).unwrap()
}

/// The document with the part at `position` among the children of `parent`; `None` where that is no other place.
fn rearranged(source: &str, part: NodeId, parent: NodeId, position: usize, way: Way) -> Option<String> {
    let mut document = uppsala::parse(source).unwrap();
    let inside_itself = parent == part || document.descendants(part).contains(&parent);
    // A copy of a part without an identifier, outside what is signed, means nothing to anybody.
    let idle_copy = way == Way::Copied && !identified(&document, part);
    if inside_itself || idle_copy || document.parent(part) == Some(parent) {
        return None;
    }
    let before = document.children(parent).get(position).copied();
    let moving = if way == Way::Moved { part } else { copy_of(&mut document, part) };
    if way == Way::Moved {
        document.detach(part);
    }
    match before {
        Some(sibling) => document.insert_before(parent, moving, sibling),
        None => document.append_child(parent, moving),
    }
    if way == Way::WithATwinLeftBehind {
        spoil(&mut document, part);
    }
    Some(document.to_xml())
}

/// Tries every arrangement and counts them.
fn refused_wherever(source: &[u8], names: &[&str], accepts: impl Fn(&[u8]) -> Result<(), XmlError>) -> usize {
    let source = std::str::from_utf8(source).unwrap();
    let document = uppsala::parse(source).unwrap();
    assert!(accepts(document.to_xml().as_bytes()).is_ok(), "untouched it is good");
    let all = elements(&document);
    let of = |name: &&str| {
        *all.iter().find(|id| &*document.element(**id).unwrap().name.local_name == *name).unwrap()
    };
    let mut tried = 0;
    for part in names.iter().map(of) {
        for parent in &all {
            for position in 0..=document.children_count(*parent) {
                for way in WAYS {
                    let Some(text) = rearranged(source, part, *parent, position, way) else { continue };
                    let verdict = accepts(text.as_bytes());
                    assert!(
                        verdict.is_err(),
                        "{way:?} {:?} into {:?}",
                        document.element(part),
                        document.element(*parent)
                    );
                    assert_ne!(verdict, Err(XmlError::Malformed), "{text}");
                    tried += 1;
                }
            }
        }
    }
    tried
}

#[tokio::test]
async fn a_request_is_refused_wherever_a_signed_part_is_moved() {
    let message = signed_request(&platform().doctor[1]).await;
    let parts = ["Body", "Timestamp", "BinarySecurityToken"];
    let tried = refused_wherever(&message, &parts, |text| verify::soap(text, &trust(), now()).map(drop));
    assert!(tried > 400, "{tried}");
}

#[tokio::test]
async fn a_call_is_refused_wherever_a_signed_part_is_moved() {
    let message = call(&platform().sts[1], &platform().doctor[1]).await;
    let parts = ["Body", "Timestamp", "Assertion"];
    let tried = refused_wherever(&message, &parts, |text| verify::soap(text, &trust(), now()).map(drop));
    assert!(tried > 400, "{tried}");
}

#[tokio::test]
async fn an_answer_is_refused_wherever_its_assertion_is_moved() {
    let message = answer(&platform().sts[1], &platform().doctor[1]).await;
    let parts = ["Assertion", "Conditions", "NameIdentifier", "AttributeStatement"];
    let tried =
        refused_wherever(&message, &parts, |text| verify::assertion_in_response(text, &trust()).map(drop));
    assert!(tried > 300, "{tried}");
}
