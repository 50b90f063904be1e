//! `journal show` and `journal verify`: read-only, also while another Relais writes; and the records made from it.

use std::path::Path;

use relais_core::Problem;
use relais_core::code::clean;
use relais_core::journal::{Entry, Subject, words};
use relais_core::session::exception::Reason;
use relais_host::catalogue;
use relais_host::outage;
use relais_host::texts::Texts;
use relais_keystore::RecordKey;
use relais_store::{Filter, Link, Reader, Verdict};
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Journal, Options};
use crate::context::{self, read};
use crate::outcome::{Outcome, texts};
use crate::plain::{self, Page};

#[derive(Serialize)]
struct Line {
    seq: u64,
    /// None where it cannot be read; then it is its number alone.
    #[serde(flatten)]
    entry: Option<Entry>,
}

pub fn run(options: &Options, command: &Journal) -> Result<Outcome, Problem> {
    if let Journal::Verify { file: Some(file) } = command {
        return genuine(options, file);
    }
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let reader = Reader::open(&folders.environment).map_err(|error| error.while_reading())?;
    let texts = texts(options);
    match command {
        Journal::Show { limit } => show(&texts, reader.as_ref(), *limit as usize),
        Journal::Verify { .. } => verify(&texts, reader.as_ref()),
    }
}

fn show(texts: &Texts, reader: Option<&Reader>, limit: usize) -> Result<Outcome, Problem> {
    let entries = match reader {
        Some(reader) => reader.show(&Filter::default(), limit).map_err(|error| error.while_reading())?,
        None => vec![],
    };
    let lines: Vec<Line> = entries.into_iter().map(|one| Line { seq: one.seq, entry: one.entry }).collect();
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(texts, line)).collect();
    let text = if rows.is_empty() { texts.get("journal-none", &[]) } else { plain::columns(&rows) };
    Outcome::new(&json!({ "entries": lines }), text)
}

fn row(texts: &Texts, line: &Line) -> Vec<String> {
    let seq = line.seq.to_string();
    let Some(entry) = &line.entry else {
        let unreadable = texts.get("journal-unreadable", &[("n", &seq)]);
        return vec![seq, String::new(), unreadable, String::new()];
    };
    let code = entry.code.map(|code| format!("{code}: {}", texts.sentence(&code.into()))).unwrap_or_default();
    vec![seq, plain::moment(entry.at), event(texts, entry), code]
}

/// What happened, in the words of the window; its own name where there are none.
fn event(texts: &Texts, entry: &Entry) -> String {
    let means = entry.detail.get("means").map(String::as_str);
    let key = match (entry.event.as_str(), means) {
        ("signed-in", Some("certificate")) => "journal-signed-in-certificate",
        ("signed-in", Some("fallback")) => "journal-signed-in-nocard",
        ("renewed", Some("certificate")) => "journal-renewed-certificate",
        (event, _) => words(event).unwrap_or("journal-other"),
    };
    let subject = match entry.subject {
        Subject::Session => "journal-subject-session",
        Subject::Fallback => "journal-subject-fallback",
        Subject::Card => "journal-subject-card",
        Subject::Service => "journal-subject-service",
        Subject::Certificate => "journal-subject-certificate",
        Subject::System => "journal-subject-system",
        Subject::Security => "journal-subject-security",
    };
    let subject = texts.get(subject, &[]);
    let event = texts.get(key, &[("subject", &subject), ("event", &clean(&entry.event))]);
    match entry.detail.get("reason").and_then(|reason| because(reason)) {
        Some(because) => format!("{event} ({})", texts.get(because, &[])),
        None => event,
    }
}

/// Why somebody worked without the card; other reasons are told by their code.
fn because(reason: &str) -> Option<&'static str> {
    [(Reason::EidNotAtHand, "journal-because-hand"), (Reason::TechnicalProblem, "journal-because-technical")]
        .into_iter()
        .find_map(|(known, key)| (known.name() == reason).then_some(key))
}

fn verify(texts: &Texts, reader: Option<&Reader>) -> Result<Outcome, Problem> {
    let verdict = match reader {
        Some(reader) => reader.verify().map_err(|error| error.while_reading())?,
        None => {
            return Outcome::new(&json!({ "ok": true, "entries": 0 }), texts.get("journal-none", &[]));
        }
    };
    match verdict {
        Verdict::Verified { entries, head, from } => {
            let first = (from.seq + 1).to_string();
            let document = json!({ "ok": true, "entries": entries, "first": from.seq + 1, "head": head.hash.to_string() });
            let whole = if from == Link::START { "journal-whole" } else { "journal-whole-after" };
            let page = Page::new(texts).part(whole).line("journal-entries", &entries.to_string());
            let page = page.line("journal-first", &first);
            Outcome::new(&document, page.line("journal-head", &head.hash.to_string()).text())
        }
        Verdict::Broken { seq, why } => {
            let document = json!({ "ok": false, "seq": seq, "reason": why });
            let page = Page::new(texts).part("journal-broken").line("journal-first-bad", &seq.to_string());
            let page = page.line("journal-reason", document["reason"].as_str().unwrap_or_default());
            let mut outcome = Outcome::new(&document, page.text())?;
            outcome.exit = catalogue::code(relais_core::Code::JOURNAL_BROKEN).exit;
            Ok(outcome)
        }
    }
}

/// Whether a record of an outage is as the PC that made it signed it. Needs no database; where this PC has a key of its own
/// it says whether that one signed.
fn genuine(options: &Options, file: &Path) -> Result<Outcome, Problem> {
    let bytes = read(file)?;
    let texts = texts(options);
    let genuine = match outage::verify(&bytes) {
        Ok(genuine) => genuine,
        Err(forged) => {
            let document = json!({ "ok": false, "kind": "outage-record", "reason": forged.reason() });
            let page = Page::new(&texts).part("record-forged").line("journal-reason", forged.reason());
            let mut outcome = Outcome::new(&document, page.text())?;
            outcome.exit = catalogue::code(relais_core::Code::JOURNAL_BROKEN).exit;
            return Ok(outcome);
        }
    };
    let ours = ours(options, &genuine.key);
    let document = json!({
        "ok": true,
        "kind": "outage-record",
        "key": outage::fingerprint(&genuine.key),
        "ours": ours,
        "record": genuine.record,
    });
    let record = &genuine.record;
    let page = Page::new(&texts).part("record-genuine").line("record-function", record.function.as_str());
    let page = page.line("record-environment", record.environment.as_str());
    let page = page
        .line("record-from", &plain::moment(record.from))
        .line("record-until", &plain::moment(record.until));
    let page = page.line("record-changes", &record.changes.len().to_string());
    let page = page.line("record-made-with", &outage::fingerprint(&genuine.key));
    Outcome::new(
        &document,
        page.words("record-ours", if ours { "record-ours-yes" } else { "record-ours-no" }).text(),
    )
}

/// A PC without a data folder or a key made no record.
fn ours(options: &Options, key: &[u8]) -> bool {
    let folder = context::profile(options).and_then(|profile| context::folders_to_look(options, &profile));
    let own = folder.ok().and_then(|folders| RecordKey::load(&folders.environment).ok().flatten());
    own.and_then(|own| own.public().ok()).is_some_and(|own| own == key)
}
