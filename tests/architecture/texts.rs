//! The texts a person reads: complete in every language, and whole even when a value is missing.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentBundle, FluentResource};

use crate::repository;

const LANGUAGES: [&str; 4] = ["fr", "nl", "de", "en"];

/// Values an adapter may hand in with a code (the field `with` of a problem).
const VALUES: [&str; 17] = [
    "shown",
    "tries_left",
    "reader",
    "fault",
    "ticket",
    "status",
    "host",
    "seconds",
    "minutes",
    "way",
    "file",
    "limit",
    "reason",
    "environment",
    "person",
    "uses",
    "days",
];

/// What is wrong with the texts of one language for these codes.
fn violations(language: &str, codes: &BTreeSet<u16>, source: &str) -> Vec<String> {
    let bundle = match bundle(language, source) {
        Ok(bundle) => bundle,
        Err(problem) => return vec![format!("{language}: {problem}")],
    };
    let missing = codes.iter().flat_map(|code| faults_of(&bundle, *code));
    let stray = ids(source).into_iter().filter(|id| !codes.iter().any(|code| *id == id_of(*code)));
    let values = values(source).into_iter().filter(|value| !VALUES.contains(&value.as_str()));
    missing
        .chain(stray.map(|id| format!("{id} belongs to no code")))
        .chain(values.map(|value| format!("the value {value} is none of those a problem carries")))
        .map(|fault| format!("{language}: {fault}"))
        .collect()
}

fn bundle(language: &str, source: &str) -> Result<FluentBundle<FluentResource>, String> {
    let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| format!("{errors:?}"))?;
    let mut bundle =
        FluentBundle::new(vec![language.parse().map_err(|_| format!("no language {language}"))?]);
    // The product shows texts without marks around values.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|errors| format!("{errors:?}"))?;
    Ok(bundle)
}

/// The sentence and the advice of a code must be there, be sentences, and read well without any value.
fn faults_of(bundle: &FluentBundle<FluentResource>, code: u16) -> Vec<String> {
    let id = id_of(code);
    let Some(message) = bundle.get_message(&id) else { return vec![format!("{id} is missing")] };
    let advice = message.get_attribute("advice").map(|attribute| attribute.value());
    [("sentence", message.value()), ("advice", advice)]
        .into_iter()
        .filter_map(|(part, pattern)| {
            let Some(pattern) = pattern else { return Some(format!("{id} has no {part}")) };
            let text = bundle.format_pattern(pattern, None, &mut vec![]).into_owned();
            let whole = text.ends_with('.') && !text.contains(['{', '}', '$']) && !text.contains("  ");
            (!whole).then(|| format!("the {part} of {id} reads {text:?} without values"))
        })
        .collect()
}

fn id_of(code: u16) -> String {
    format!("rls-{code}")
}

/// The identifiers of the messages in a source.
fn ids(source: &str) -> BTreeSet<String> {
    let starts = source.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    starts.filter_map(|line| line.split_once('=')).map(|(id, _)| id.trim().to_owned()).collect()
}

/// The values a source asks for.
fn values(source: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    source.split('$').skip(1).map(name).collect()
}

fn codes() -> BTreeSet<u16> {
    let catalogue: toml::Table =
        repository::read("src-tauri/catalogue/codes.toml").parse().expect("codes.toml is TOML");
    let rows = catalogue["code"].as_array().expect("codes.toml has a list of codes");
    let number = |row: &toml::Value| u16::try_from(row["number"].as_integer()?).ok();
    rows.iter().map(|row| number(row).expect("a number of four digits")).collect()
}

#[test]
fn every_code_has_a_sentence_and_advice_in_every_language() {
    let codes = codes();
    let in_language = |language: &str| repository::read(&format!("ui/locales/{language}/codes.ftl"));
    let found: Vec<_> =
        LANGUAGES.iter().flat_map(|language| violations(language, &codes, &in_language(language))).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_language_has_the_same_texts() {
    let mut all: BTreeMap<String, BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
    for language in LANGUAGES {
        for (path, source) in repository::texts_below(&format!("ui/locales/{language}")) {
            let file = path.rsplit('/').next().unwrap_or_default().to_owned();
            all.entry(file).or_default().insert(language, ids(&source));
        }
    }
    assert!(all.contains_key("codes.ftl"), "the locales were read");
    for (file, languages) in all {
        let french = languages.get("fr").unwrap_or_else(|| panic!("{file} is missing in French"));
        for language in LANGUAGES {
            let here = languages.get(language).unwrap_or_else(|| panic!("{file} is missing in {language}"));
            let differing: Vec<_> = french.symmetric_difference(here).collect();
            assert!(differing.is_empty(), "{language}/{file} and fr/{file} differ in {differing:?}");
        }
    }
}

#[test]
fn a_planted_fault_in_a_text_is_found() {
    let codes = BTreeSet::from([1202]);
    let good = "rls-1202 = Refused.{ $tries_left ->\n        [1] {\" \"}One try.\n       *[other] {\"\"}\n    }\n    .advice = Stop.\n";
    assert_eq!(violations("en", &codes, good), Vec::<String>::new());
    let planted = [
        ("", "is missing"),
        ("rls-1202 = Refused.\n", "has no advice"),
        ("rls-1202 =\n    .advice = Stop.\n", "has no sentence"),
        ("rls-1202 = Refused\n    .advice = Stop.\n", "reads"),
        ("rls-1202 = { $tries_left } tries.\n    .advice = Stop.\n", "without values"),
        ("rls-1202 = A.\n    .advice = B.\nrls-1299 = C.\n    .advice = D.\n", "belongs to no code"),
        ("rls-1202 = A.{ $pin ->\n       *[other] {\"\"}\n    }\n    .advice = B.\n", "none of those"),
        ("rls-1202 = {\n", "en:"),
    ];
    for (source, expected) in planted {
        let found = violations("en", &codes, source);
        assert!(found.iter().any(|fault| fault.contains(expected)), "{source:?}: {found:?}");
    }
}

/// What the crates write into the journal, by how they write it.
fn events_written() -> BTreeSet<String> {
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut found = BTreeSet::new();
    for (path, source) in repository::texts_below("src-tauri/crates") {
        if !path.ends_with(".rs") || path.contains("tests") {
            continue;
        }
        let product = source.split("#[cfg(test)]").next().unwrap_or_default();
        // In which argument the name stands.
        let ways = [
            ("note(Subject::", 1),
            ("record(Subject::", 1),
            ("event: ", 0),
            ("EVENT: &str = ", 0),
            ("self.note(", 0),
        ];
        for (before, which) in ways {
            for part in product.split(before).skip(1) {
                let argument = part.split(',').nth(which).unwrap_or_default().trim_start();
                let quoted = argument.strip_prefix('"').and_then(|text| text.split('"').next());
                found.extend(quoted.filter(is_name).map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_event_of_the_journal_has_words_in_every_language_and_in_the_window() {
    let known: BTreeMap<&str, &str> = relais_core::journal::EVENTS.into_iter().collect();
    let written = events_written();
    assert!(written.len() > 15, "the search finds what is written: {written:?}");
    let unknown: Vec<_> = written.iter().filter(|event| !known.contains_key(event.as_str())).collect();
    assert!(unknown.is_empty(), "without words: {unknown:?}");
    let window = repository::read("ui/src/main/journal/entries.ts");
    for (event, key) in known {
        let shown = window.contains(&format!("'{event}': {{ key: '{key}'"))
            || window.contains(&format!("  {event}: {{ key: '{key}'"));
        assert!(shown, "the window has no words for {event}");
        for language in LANGUAGES {
            let texts = repository::read(&format!("ui/locales/{language}/journal.ftl"));
            assert!(texts.contains(&format!("\n{key} = ")), "{language}: {key}");
        }
    }
}
