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

/// Whether a source has a test of this name that every run runs: a helper proves nothing, nor does what is ignored.
fn proves(text: &str, name: &str) -> bool {
    text.match_indices(&format!("fn {name}(")).any(|(at, _)| {
        let line = text[..at].rfind('\n').unwrap_or(0);
        let above: Vec<_> = text[..line].lines().rev().map(str::trim).take_while(|it| is_above(it)).collect();
        let test = above.iter().any(|line| *line == "#[test]" || line.starts_with("#[tokio::test"));
        test && !above.iter().any(|line| line.starts_with("#[ignore"))
    })
}

/// A line that belongs to the function below it.
fn is_above(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("//")
}

fn violations(page: &str, sources: &[(String, String)]) -> Vec<String> {
    let there = |test: &str| sources.iter().any(|(_, text)| proves(text, test));
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

#[test]
fn a_helper_or_a_test_that_is_left_out_is_no_proof() {
    let name = "a_card_is_read_once";
    for (above, proof) in [
        ("#[test]\n", true),
        ("#[tokio::test(flavor = \"multi_thread\")]\nasync ", true),
        ("proptest! {\n    #[test]\n    // Any card.\n    ", true),
        ("", false),
        ("#[test]\nfn another() {}\n\n", false),
        ("#[test]\n#[ignore = \"a process of another test\"]\n", false),
    ] {
        assert_eq!(proves(&format!("{above}fn {name}() {{}}"), name), proof, "{above}");
    }
}
