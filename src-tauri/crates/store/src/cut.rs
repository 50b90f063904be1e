//! Whole months that go from the front of the journal, and what stays in their place: a checkpoint with the number and
//! hash of the last entry that went, and an entry of the journal that says the same. Source: docs/reference/journal.md.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::chain::Link;
use crate::dated;
use crate::error::StoreError;
use crate::journal::{self, add_checkpoint};

/// Whole months that are kept beside the one that is going on. Source: docs/reference/journal.md.
pub const KEPT_MONTHS: i64 = 13;

/// Name of the entry that says what was cut.
pub const EVENT: &str = "journal-cut";

/// First moment of the oldest month that is kept.
///
/// `today` is a time that is trusted: a clock of the PC that is ahead would cut what nobody wanted to be cut.
#[must_use]
pub fn kept_from(today: Timestamp) -> Option<Timestamp> {
    let month = today.to_zoned(TimeZone::UTC).date().first_of_month();
    let oldest = month.checked_sub(KEPT_MONTHS.months()).ok()?;
    oldest.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// Cuts what lies before the months that are kept; gives how many entries went, and the new head where some did.
///
/// Only a front is cut: an entry that says it is younger keeps all after it, whatever they say.
pub fn cut(
    change: &Transaction<'_>,
    environment: &EnvironmentName,
    today: Timestamp,
) -> Result<Option<(u64, Link)>, StoreError> {
    let Some(from) = kept_from(today) else { return Ok(None) };
    let Some(old) = dated::before(change, from)? else { return Ok(None) };
    let Some(last) = last_before(change, from, &old)? else { return Ok(None) };
    dated::forget(change, &old)?;
    add_checkpoint(change, last, "cut", today)?;
    let number = i64::try_from(last.seq).map_err(|_| StoreError::Value { what: "seq" })?;
    let gone = change.execute("DELETE FROM journal WHERE seq <= ?1", [number])? as u64;
    let (head, _) = journal::write(change, &[said(environment, last, gone, from, today)])?;
    Ok(Some((gone, head)))
}

/// The last entry of the front that is older than `from`. One written by a clock that was behind is not as old as it
/// says: it goes once a time was noted after it that is old, too.
fn last_before(
    connection: &Connection,
    from: Timestamp,
    old: &dated::Before,
) -> Result<Option<Link>, StoreError> {
    let sql = "SELECT seq, hash FROM journal WHERE seq <= ?4 AND seq <
               (SELECT coalesce((SELECT min(seq) FROM journal WHERE at >= ?1 OR (seq > ?2 AND at < ?3)),
                                9223372036854775807))
               ORDER BY seq DESC LIMIT 1";
    let values = (from.as_millisecond(), old.seq, old.at - dated::EVERY.as_millis() as i64, old.most);
    Ok(connection.query_row(sql, values, journal::link).optional()?)
}

fn said(environment: &EnvironmentName, last: Link, gone: u64, from: Timestamp, today: Timestamp) -> Entry {
    let detail = [
        ("before", from.to_string()),
        ("entries", gone.to_string()),
        ("hash", last.hash.to_string()),
        ("seq", last.seq.to_string()),
    ];
    Entry {
        at: today,
        subject: Subject::System,
        event: EVENT.to_owned(),
        environment: environment.clone(),
        slot: None,
        code: None,
        detail: detail.map(|(name, value)| (name.to_owned(), value)).into(),
    }
}

/// Whether an entry says that the journal was cut after this one.
pub fn says(event: &str, detail: &str, last: Link) -> bool {
    event == EVENT && names(detail, "seq", last)
}

/// Whether the detail of an entry has the number of this one under `number`, and its hash.
pub fn names(detail: &str, number: &str, last: Link) -> bool {
    let told: BTreeMap<String, String> = serde_json::from_str(detail).unwrap_or_default();
    let is = |name: &str, value: String| told.get(name) == Some(&value);
    is(number, last.seq.to_string()) && is("hash", last.hash.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn thirteen_whole_months_are_kept_beside_the_one_that_goes_on() {
        for (today, from) in [
            ("2026-11-22T18:00:00Z", "2025-10-01T00:00:00Z"),
            ("2026-03-01T00:00:00Z", "2025-02-01T00:00:00Z"),
            ("2026-02-28T23:59:59Z", "2025-01-01T00:00:00Z"),
        ] {
            assert_eq!(kept_from(today.parse().unwrap()), Some(from.parse().unwrap()), "{today}");
        }
    }
}
