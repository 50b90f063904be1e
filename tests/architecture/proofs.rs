//! The threat model names tests as proof; a test that is gone proves nothing.

use std::collections::BTreeSet;

use crate::repository;

/// Names of tests in a page: words in code marks with at least three underscores, and nothing else in them.
fn named(page: &str) -> BTreeSet<&str> {
    let marked = page.split('`').skip(1).step_by(2);
    marked.filter(|word| word.matches('_').count() >= 3 && word.chars().all(is_of_a_name)).collect()
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn violations(page: &str, sources: &[(String, String)]) -> Vec<String> {
    let there = |test: &str| sources.iter().any(|(_, text)| text.contains(&format!("fn {test}(")));
    named(page)
        .into_iter()
        .filter(|test| !there(test))
        .map(|test| format!("no test is called {test}"))
        .collect()
}

#[test]
fn every_proof_of_the_threat_model_exists() {
    let page = repository::read("docs/threat-model.md");
    let mut sources = repository::texts_below("src-tauri");
    sources.extend(repository::texts_below("tests"));
    sources.extend(repository::texts_below("fuzz/targets"));
    assert!(named(&page).len() > 20, "the page names its proofs");
    let found = violations(&page, &sources);
    assert!(found.is_empty(), "docs/threat-model.md:\n{}", found.join("\n"));
}

#[test]
fn a_proof_that_is_gone_is_found() {
    let sources = [("a.rs".to_owned(), "#[test]\nfn a_card_is_read_once() {}".to_owned())];
    assert!(violations("see `a_card_is_read_once`, `codes.toml` and `two_words`", &sources).is_empty());
    assert_eq!(violations("see `a_card_is_read_twice`", &sources).len(), 1);
}
