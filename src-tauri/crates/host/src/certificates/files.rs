//! The list as files that a person gives away: a calendar and a table.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relais_core::Problem;

use super::{Known, csv, ics};
use crate::past::file;
use crate::texts::Texts;
use crate::when;

/// The calendar of everything that somebody is reminded of.
#[must_use]
pub fn calendar(known: &Known, now: Timestamp, texts: &Texts, zone: &TimeZone) -> String {
    ics(&known.listed.overview.lines, now, texts, zone)
}

/// The table of everything that is known.
#[must_use]
pub fn table(known: &Known, texts: &Texts, zone: &TimeZone) -> String {
    csv(&known.listed.overview, texts, zone)
}

/// Saves such a file in the first of these folders that takes it, and never in place of another one; gives its path.
///
/// # Errors
/// [`relais_core::Code::RECORD_NOT_SAVED`].
pub fn save(text: &str, end: &str, now: Timestamp, folders: &[PathBuf]) -> Result<PathBuf, Problem> {
    file::save(text.as_bytes(), (&format!("relais-certificates-{}", when::day(now)), end), folders)
}
