//! A table of everything for a spreadsheet: separated by semicolons, as spreadsheets in Belgium want it, with a mark by
//! which they know the encoding. No cell is a formula, whatever a certificate is called.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relais_core::certificates::Holder;

use super::{Closed, Line, Overview, date, environment, one_line, purpose, shown_path, step};
use crate::texts::Texts;

const COLUMNS: [&str; 10] = [
    "certificates-column-who",
    "certificates-column-type",
    "certificates-column-number",
    "certificates-column-application",
    "certificates-column-environment",
    "certificates-column-use",
    "certificates-column-from",
    "certificates-column-until",
    "certificates-column-today",
    "certificates-column-files",
];

/// The table as a file. Of a person it names no number.
#[must_use]
pub fn csv(overview: &Overview, texts: &Texts, zone: &TimeZone) -> String {
    let mut out =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let lines = overview.lines.iter().map(|line| certificate(line, texts, zone));
    let closed = overview.closed.iter().map(|one| closed(one, texts));
    let failed = overview.failed.iter().map(|(path, problem)| {
        let what = format!("{}: {}", problem.code, texts.sentence(problem));
        row([(8, what), (9, shown_path(path))])
    });
    let all =
        std::iter::once(COLUMNS.map(|key| texts.get(key, &[]))).chain(lines).chain(closed).chain(failed);
    for cells in all {
        // Writing to memory does not fail, and all rows have the same length.
        let _ = out.write_record(cells.map(|cell| harmless(&cell)));
    }
    let bytes = out.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn certificate(line: &Line, texts: &Texts, zone: &TimeZone) -> [String; 10] {
    let (kind, number, application) = match &line.watched.holder {
        Holder::Owner { kind, number, application } => {
            let number = if kind == "SSIN" { String::new() } else { number.clone() };
            (kind.clone(), number, application.clone().unwrap_or_default())
        }
        Holder::Card(_) => ("eID".to_owned(), String::new(), String::new()),
        Holder::Authority(_) | Holder::Stranger(_) => Default::default(),
    };
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date().to_string();
    let files: Vec<_> = line.files.iter().map(|file| shown_path(file)).collect();
    [
        line.public.name.clone().unwrap_or_default(),
        kind,
        number,
        application,
        environment(line.watched.world.environment(), texts),
        purpose(line.public.purpose, texts),
        day(line.public.not_before),
        day(line.public.not_after),
        step(line.today, texts, zone),
        files.join(" | "),
    ]
}

fn closed(one: &Closed, texts: &Texts) -> [String; 10] {
    let what = match one.made {
        Some(made) => texts.get("certificates-closed-of", &[("d", &date(made, texts))]),
        None => texts.get("certificates-closed", &[]),
    };
    let mut cells = row([(8, what), (9, shown_path(&one.file))]);
    if let Some((kind, number, application)) = &one.owner {
        cells[1].clone_from(kind);
        if kind != "SSIN" {
            cells[2].clone_from(number);
        }
        cells[3] = application.clone().unwrap_or_default();
    }
    cells
}

fn row<const N: usize>(filled: [(usize, String); N]) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    filled.into_iter().for_each(|(at, text)| cells[at] = text);
    cells
}

/// A spreadsheet takes a cell that begins like this for a formula. Source: docs/threat-model.md, T25.
fn harmless(cell: &str) -> String {
    let cell = one_line(cell);
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%']);
    if formula { format!("'{cell}") } else { cell }
}
