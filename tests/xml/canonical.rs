//! Canonical form against libxml2 (`xmllint --exc-c14n`), and the writer against canonical form.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use relais_ehealth::xml::c14n;
use relais_ehealth::xml::names::{Attr, NONE, Ns, XML};
use relais_ehealth::xml::tree::Tree;
use relais_ehealth::xml::write::{CanonicalElement, Writer};

/// A document as a person would write it: any prefix at any place, nothing sorted.
#[derive(Debug, Clone)]
enum Node {
    Element {
        prefix: usize,
        name: usize,
        attributes: Vec<(usize, usize, String)>,
        declared: Vec<(usize, usize)>,
        children: Vec<Node>,
    },
    Text(String),
    CData(String),
    Comment(String),
    Instruction(String),
    Reference(u32),
}

const PREFIXES: [&str; 4] = ["", "a", "b", "c"];
const NAMES: [&str; 4] = ["x", "y", "zé", "Id"];
/// Plain ones: libxml2 refuses letters beyond ASCII in them, and forgets to escape `&`.
const URIS: [&str; 4] = ["urn:one", "urn:two", "http://example.org/?a=b", "urn:%C3%A9"];

fn text() -> impl Strategy<Value = String> {
    "[ -~\\té✓\\n\\x{10348}]{0,12}".prop_map(|text| text.replace(['<', '&', ']'], "'"))
}

fn element(children: impl Strategy<Value = Vec<Node>>) -> impl Strategy<Value = Node> {
    let attributes = prop::collection::vec((0..PREFIXES.len(), 0..NAMES.len(), text()), 0..4);
    let declared = prop::collection::vec((0..PREFIXES.len(), 0..URIS.len()), 0..3);
    (0..PREFIXES.len(), 0..NAMES.len(), attributes, declared, children).prop_map(
        |(prefix, name, attributes, declared, children)| Node::Element {
            prefix,
            name,
            attributes,
            declared,
            children,
        },
    )
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        3 => text().prop_map(Node::Text),
        1 => text().prop_map(Node::CData),
        1 => "[a-z é]{0,6}".prop_map(Node::Comment),
        1 => "[a-z é]{0,6}".prop_map(Node::Instruction),
        1 => prop_oneof![Just(13), Just(10), Just(9), Just(38), Just(60), Just(233)].prop_map(Node::Reference),
        2 => element(Just(vec![])),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| element(prop::collection::vec(inner, 0..5)))
}

fn root() -> impl Strategy<Value = Node> {
    element(prop::collection::vec(node(), 0..6))
}

/// Writes the document; a prefix that is not bound here is left away, so that every document is well-formed.
fn written(node: &Node, bound: &[(usize, usize)], out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(text),
        Node::CData(text) => out.push_str(&format!("<![CDATA[{text}]]>")),
        Node::Comment(text) => out.push_str(&format!("<!--{text}-->")),
        Node::Instruction(text) => out.push_str(&format!("<?p {text}?>")),
        Node::Reference(number) => out.push_str(&format!("&#{number};")),
        Node::Element { prefix, name, attributes, declared, children } => {
            let mut here: Vec<(usize, usize)> = Vec::new();
            for pair in declared {
                if here.iter().all(|(known, _)| known != &pair.0) {
                    here.push(*pair);
                }
            }
            let mut scope = bound.to_vec();
            scope.extend(&here);
            let uri =
                |prefix: usize| scope.iter().rev().find(|(known, _)| *known == prefix).map(|(_, uri)| *uri);
            let qualified = |prefix: usize, name: usize| match prefix {
                0 => NAMES[name].to_owned(),
                _ if uri(prefix).is_none() => NAMES[name].to_owned(),
                _ => format!("{}:{}", PREFIXES[prefix], NAMES[name]),
            };
            let tag = qualified(*prefix, *name);
            out.push_str(&format!("<{tag}"));
            let mut seen: Vec<(Option<usize>, usize)> = Vec::new();
            for (prefix, name, value) in attributes {
                let key = (if *prefix == 0 { None } else { uri(*prefix) }, *name);
                if !seen.contains(&key) {
                    seen.push(key);
                    out.push_str(&format!(
                        "\n  {}='{}'",
                        qualified(*prefix, *name),
                        value.replace('\'', "&#39;")
                    ));
                }
            }
            for (prefix, uri) in &here {
                let colon = if *prefix == 0 { "" } else { ":" };
                out.push_str(&format!(" xmlns{colon}{}=\"{}\"", PREFIXES[*prefix], URIS[*uri]));
            }
            if children.is_empty() {
                return out.push_str(" />");
            }
            out.push('>');
            children.iter().for_each(|child| written(child, &scope, out));
            out.push_str(&format!("</{tag} >"));
        }
    }
}

fn xmllint(document: &str) -> Vec<u8> {
    let mut program = Command::new("xmllint");
    program
        .args(["--exc-c14n", "--nonet", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = program.spawn().expect("xmllint is installed (libxml2-utils)");
    running.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let answer = running.wait_with_output().unwrap();
    assert!(answer.status.success(), "{document}\n{}", String::from_utf8_lossy(&answer.stderr));
    answer.stdout
}

proptest! {
    #[test]
    fn our_canonical_form_is_that_of_libxml2(root in root(), line_end in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        let mut document = String::from("<?xml version='1.0'?>\n<!-- before --><?before it?>\n");
        written(&root, &[], &mut document);
        document.push_str("\n<!-- after --><?after?>\n");
        let document = document.replace('\n', line_end);
        let theirs = xmllint(&document);
        let ours = c14n::exclusive(document.as_bytes(), true, &[]).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs), "{}", document);
    }

    #[test]
    fn canonical_form_is_its_own_canonical_form(root in root(), list in prop::sample::subsequence(vec!["a", "b", "c", "#default"], 0..=4)) {
        let mut document = String::new();
        written(&root, &[], &mut document);
        let once = c14n::exclusive(document.as_bytes(), false, &list).unwrap();
        prop_assert_eq!(&c14n::exclusive(&once, false, &list).unwrap(), &once);
    }

    #[test]
    fn what_the_writer_writes_is_canonical(root in root()) {
        let element = CanonicalElement::write(|w| write(w, &root));
        let element = element.unwrap();
        prop_assert_eq!(&c14n::exclusive(element.as_bytes(), true, &[]).unwrap(), element.as_bytes());
        let tree = Tree::parse(element.as_bytes()).unwrap();
        prop_assert_eq!(&tree.root().canonical().unwrap(), element.as_bytes());
    }

    #[test]
    fn a_text_comes_back_as_it_was_written(text in any::<String>(), value in any::<String>()) {
        let written = CanonicalElement::write(|w| w.leaf(NONE.tag("a"), &[NONE.attr("b", &value)], &text));
        if let Ok(element) = written {
            let tree = Tree::parse(element.as_bytes()).unwrap();
            prop_assert_eq!(tree.root().text().unwrap(), text);
            prop_assert_eq!(tree.root().attribute(NONE, "b").unwrap(), value);
        } else {
            let impossible = |c: char| c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}');
            prop_assert!(text.chars().chain(value.chars()).any(impossible));
        }
    }
}

/// The same document through the writer: one URI for each prefix, since a tag must not need two.
fn write(w: &mut Writer, node: &Node) {
    const NAMESPACES: [Ns; 4] = [
        Ns::new("", "urn:zero"),
        Ns::new("a", "urn:one"),
        Ns::new("b", "urn:two"),
        Ns::new("c", "urn:<three>"),
    ];
    match node {
        Node::Text(text) | Node::CData(text) | Node::Comment(text) | Node::Instruction(text) => w.text(text),
        Node::Reference(number) => w.text(&char::from_u32(*number).unwrap().to_string()),
        Node::Element { prefix, name, attributes, declared, children } => {
            let names = ["x", "y", "z", "Id"];
            let mut all: Vec<Attr<'_>> = Vec::new();
            let mut seen = Vec::new();
            for (prefix, name, value) in attributes {
                if !seen.contains(&(prefix, name)) {
                    seen.push((prefix, name));
                    let ns = if *prefix == 0 { NONE } else { NAMESPACES[*prefix] };
                    all.push(ns.attr(names[*name], value));
                }
            }
            if declared.len() == 2 {
                all.push(XML.attr("lang", "fr"));
            }
            let ns = if declared.len() == 1 && *prefix == 0 { NONE } else { NAMESPACES[*prefix] };
            w.element(ns.tag(names[*name]), &all, |w| children.iter().for_each(|child| write(w, child)));
        }
    }
}
