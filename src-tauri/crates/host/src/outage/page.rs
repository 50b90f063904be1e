//! The record of an outage as a page to print, in the language of a person and by the clock of Belgium.

use jiff::Timestamp;
use relais_core::continuity::record::{Deed, Done, Record};
use relais_core::continuity::timeline::{Change, Seen};
use serde::Serialize;

use super::{Genuine, fingerprint};
use crate::preferences::Language;
use crate::services::Catalogue;
use crate::texts::Texts;
use crate::when;

/// What stands on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What is recorded: labels and values.
    pub facts: Vec<(String, String)>,
    /// Titles of the columns: when, what, by what.
    pub columns: [String; 3],
    /// What happened, in its order.
    pub rows: Vec<Row>,
    /// How the page is checked.
    pub note: String,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// When.
    pub at: String,
    /// What.
    pub what: String,
    /// What it rests on; empty where somebody did it.
    pub because: String,
}

/// The page of a record.
#[must_use]
pub fn page(genuine: &Genuine, texts: &Texts, language: Language) -> Page {
    let record = &genuine.record;
    let say = |key: &str| texts.get(key, &[]);
    let fact = |key: &str, value: String| (say(key), value);
    Page {
        title: say("record-title"),
        facts: vec![
            fact("record-function", function(record, language)),
            fact("record-environment", record.environment.as_str().to_owned()),
            fact("record-from", when::to_the_second(record.from)),
            fact("record-until", when::to_the_second(record.until)),
            fact("record-version", record.app_version.clone()),
            fact("record-key", fingerprint(&genuine.key)),
        ],
        columns: [say("record-column-at"), say("record-column-what"), say("record-column-because")],
        rows: rows(record, texts),
        note: say("record-note"),
    }
}

/// As the catalogue calls it; an id it does not know, as it stands.
fn function(record: &Record, language: Language) -> String {
    let id = record.function.as_str();
    let known = Catalogue::built_in().service(id);
    known.map_or_else(|| id.to_owned(), |service| service.name.of(language).clone())
}

fn rows(record: &Record, texts: &Texts) -> Vec<Row> {
    let changes = record.changes.iter().map(|one| (one.at, changed(one, texts)));
    let done = record.done.iter().map(|one| (one.at, did(one, texts)));
    let row = |at: Timestamp, key: &str| {
        (at, Row { at: when::to_the_second(at), what: texts.get(key, &[]), because: String::new() })
    };
    // A gap that lasts to the end of the record ends nowhere in it.
    let ends = record.gaps.iter().filter(|gap| gap.until < record.until);
    let gaps = record.gaps.iter().map(|gap| row(gap.from, "record-gap"));
    let mut rows: Vec<_> =
        changes.chain(done).chain(gaps).chain(ends.map(|gap| row(gap.until, "record-gap-over"))).collect();
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn changed(change: &Change, texts: &Texts) -> Row {
    let because: Vec<_> = change.seen.iter().map(|seen| seen_words(seen, texts)).collect();
    Row {
        at: when::to_the_second(change.at),
        what: texts.get(&format!("record-health-{}", name(&change.health)), &[]),
        because: because.join("; "),
    }
}

fn seen_words(seen: &Seen, texts: &Texts) -> String {
    let witness = texts.get(&format!("record-witness-{}", name(&seen.by)), &[]);
    let health = texts.get(&format!("record-health-{}", name(&seen.health)), &[]);
    format!("{witness}: {health} ({})", when::to_the_second(seen.at))
}

fn did(done: &Done, texts: &Texts) -> Row {
    let what = texts.get(&deed_key(done.what), &[]);
    Row { at: when::to_the_second(done.at), what, because: String::new() }
}

pub(super) fn deed_key(deed: Deed) -> String {
    format!("record-deed-{}", name(&deed))
}

/// A name of a closed list, as it is written in files.
pub(super) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
