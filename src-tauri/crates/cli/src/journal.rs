//! `journal show` and `journal verify`: read-only, also while another Relais writes.

use relais_core::Problem;
use relais_core::code::clean;
use relais_core::journal::{Entry, Subject};
use relais_host::catalogue;
use relais_host::texts::Texts;
use relais_store::{Filter, Reader, Verdict};
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Journal, Options};
use crate::context;
use crate::outcome::{Outcome, texts};
use crate::plain::{self, Page};

#[derive(Serialize)]
struct Line {
    seq: u64,
    #[serde(flatten)]
    entry: Entry,
}

pub fn run(options: &Options, command: &Journal) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let reader = Reader::open(&folders.environment).map_err(|error| error.while_reading())?;
    let texts = texts(options);
    match command {
        Journal::Show { limit } => show(&texts, reader.as_ref(), *limit),
        Journal::Verify => verify(&texts, reader.as_ref()),
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
    let code =
        line.entry.code.map(|code| format!("{code}: {}", texts.sentence(&code.into()))).unwrap_or_default();
    vec![line.seq.to_string(), plain::moment(line.entry.at), event(texts, &line.entry), code]
}

/// What happened, in the words of the window; its own name where there are none.
fn event(texts: &Texts, entry: &Entry) -> String {
    let key = match entry.event.as_str() {
        "signed-in" => match entry.detail.get("means").map(String::as_str) {
            Some("certificate") => "journal-signed-in-certificate",
            Some("fallback") => "journal-signed-in-nocard",
            _ => "journal-signed-in",
        },
        "signed-out" => "journal-signed-out",
        "replaced" => "journal-replaced",
        "restored" => "journal-restored",
        "ended" => "journal-ended",
        "sign-in-failed" => "journal-failed",
        "pin-refused" => "journal-pin-refused",
        "pin-outcome-unknown" => "journal-pin-unknown",
        "password-remembered" => "journal-remembered",
        "password-forgotten" => "journal-forgotten",
        "person-forgotten" => "journal-person-forgotten",
        "clock-came-back" => "journal-clock",
        "database-set-aside" => "journal-aside",
        "journal-gap" => "journal-gap",
        "journal-waited" => "journal-waited",
        "journal-cut" => "journal-cut",
        _ => "journal-other",
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
    texts.get(key, &[("subject", &subject), ("event", &clean(&entry.event))])
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
            let page = Page::new(texts).part("journal-whole").line("journal-entries", &entries.to_string());
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
