//! How old an entry of the journal is at most, whatever the clock on the wall said when it was written: times that
//! somebody trustworthy told, each with the number of the last entry that was there then. Source:
//! docs/reference/journal.md.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use crate::error::StoreError;
use crate::{journal, meta};

/// A time is noted at most this often.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);

const KEY: &str = "journal-dated";

/// Number of the last entry, and the time in milliseconds: what comes after that entry was written then or later.
type Dated = (i64, i64);

/// What the times that were noted say of a journal of which everything before a moment is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// The last entry that was there when an old time was noted.
    pub seq: i64,
    /// That time: whatever comes after that entry was written then or later.
    pub at: i64,
    /// The last entry that may go: what comes after it was written at a time that is not old.
    pub most: i64,
}

/// Notes a time that somebody trustworthy told. Times far ahead of it were told wrongly, and are forgotten: they would keep
/// any other from being noted until they come.
pub fn note(connection: &Connection, told: Timestamp) -> Result<(), StoreError> {
    let mut all = read(connection)?;
    let (told, every) = (told.as_millisecond(), EVERY.as_millis() as i64);
    all.retain(|(_, at)| at.saturating_sub(told) < every);
    if all.last().is_some_and(|(_, at)| told.saturating_sub(*at) < every) {
        return Ok(());
    }
    let seq = i64::try_from(journal::tail(connection)?.seq).map_err(|_| StoreError::Value { what: "seq" })?;
    all.push((seq, told));
    write(connection, &all)
}

/// What may be older than `from`; none where no time that old was ever noted, so that nobody knows how old anything is.
pub fn before(connection: &Connection, from: Timestamp) -> Result<Option<Before>, StoreError> {
    let all = read(connection)?;
    let young = all.iter().position(|(_, at)| *at >= from.as_millisecond()).unwrap_or(all.len());
    let Some((seq, at)) = all[..young].last().copied() else { return Ok(None) };
    let most = all.get(young).map_or(i64::MAX, |(seq, _)| *seq);
    Ok(Some(Before { seq, at, most }))
}

/// Forgets the times before the last old one: they say nothing of what is left.
pub fn forget(connection: &Connection, old: &Before) -> Result<(), StoreError> {
    let mut all = read(connection)?;
    all.retain(|(_, at)| *at >= old.at);
    write(connection, &all)
}

/// What cannot be read is none: then nothing is cut until a time has been noted for as long as entries are kept.
fn read(connection: &Connection) -> Result<Vec<Dated>, StoreError> {
    let kept = meta::get(connection, KEY)?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

fn write(connection: &Connection, all: &[Dated]) -> Result<(), StoreError> {
    let text = serde_json::to_string(all).map_err(|_| StoreError::Value { what: "dated" })?;
    meta::set(connection, KEY, &text)
}
