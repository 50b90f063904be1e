//! `journal show` and `journal verify`: read-only, also while another Relais writes.

use relais_core::Problem;
use relais_host::catalogue;
use relais_store::{Filter, Reader, Verdict};
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Journal, Options};
use crate::context;
use crate::outcome::Outcome;

#[derive(Serialize)]
struct Line {
    seq: u64,
    #[serde(flatten)]
    entry: relais_core::journal::Entry,
}

pub fn run(options: &Options, command: &Journal) -> Result<Outcome, Problem> {
    let profile = context::profile(options)?;
    let folders = context::folders_to_look(options, &profile)?;
    let reader = Reader::open(&folders.environment).map_err(|error| error.problem())?;
    match command {
        Journal::Show { limit } => show(reader.as_ref(), *limit),
        Journal::Verify => verify(reader.as_ref()),
    }
}

fn show(reader: Option<&Reader>, limit: usize) -> Result<Outcome, Problem> {
    let entries = match reader {
        Some(reader) => reader.show(&Filter::default(), limit).map_err(|error| error.problem())?,
        None => vec![],
    };
    let lines: Vec<Line> = entries.into_iter().map(|one| Line { seq: one.seq, entry: one.entry }).collect();
    let text = lines
        .iter()
        .map(|line| {
            let code = line.entry.code.map(|code| format!("  {code}")).unwrap_or_default();
            format!(
                "{:>6}  {}  {}{code}",
                line.seq,
                line.entry.at,
                relais_core::code::clean(&line.entry.event)
            )
        })
        .collect::<Vec<_>>()
        .join("\n");
    Outcome::new(&json!({ "entries": lines }), text)
}

fn verify(reader: Option<&Reader>) -> Result<Outcome, Problem> {
    let verdict = match reader {
        Some(reader) => reader.verify().map_err(|error| error.problem())?,
        None => return Outcome::new(&json!({ "ok": true, "entries": 0 }), "0".to_owned()),
    };
    match verdict {
        Verdict::Verified { entries, head } => {
            let document = json!({ "ok": true, "entries": entries, "head": head.hash.to_string() });
            Outcome::new(&document, format!("{entries} {}", head.hash))
        }
        Verdict::Broken { seq, why } => {
            let document = json!({ "ok": false, "seq": seq, "reason": why });
            let mut outcome = Outcome::new(
                &document,
                format!("{seq}: {}", document["reason"].as_str().unwrap_or_default()),
            )?;
            outcome.exit = catalogue::code(relais_core::Code::JOURNAL_BROKEN).exit;
            Ok(outcome)
        }
    }
}
