//! Attempts to renew a token that failed.

use jiff::{SignedDuration, Timestamp};
use relais_core::Code;
use relais_core::lease::LeaseId;
use relais_core::session::renewal::Attempt;
use rusqlite::{Connection, Row, params};

use crate::column::instant;
use crate::error::StoreError;

/// How long attempts and lines of the ledger are kept: 400 days, a little over 13 months. The journal is cut by whole
/// months ([`crate::cut::KEPT_MONTHS`]) and keeps the one that is going on beside them.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);

/// Notes an attempt; one that is there already is not noted twice. Those of long ago go.
pub fn note(change: &Connection, lease: &LeaseId, attempt: &Attempt) -> Result<(), StoreError> {
    let Attempt { planned, at, code, not_before: _ } = attempt;
    change.execute(
        "INSERT OR IGNORE INTO attempt (lease, planned, at, code) VALUES (?1, ?2, ?3, ?4)",
        params![lease.0, planned.as_millisecond(), at.as_millisecond(), code.number()],
    )?;
    forget_old(change, "attempt", "at", *at)
}

/// Days with something in the table that have to lie so far ahead before a line goes.
const AGREEING_DAYS: u32 = 3;

/// Lets go what is older than [`KEPT`], by this PC's clock and by what was written on several days: a clock that is years
/// ahead for a day empties nothing.
pub fn forget_old(
    change: &Connection,
    table: &'static str,
    column: &'static str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = format!(
        "DELETE FROM {table} WHERE {column} < ?1 - ?2 AND {column} < ?3 * (
            SELECT DISTINCT {column} / ?3 AS day FROM {table} ORDER BY day DESC LIMIT 1 OFFSET ?4
         ) - ?2"
    );
    let span = |time: SignedDuration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let day = SignedDuration::from_hours(24);
    change.prepare_cached(&sql)?.execute(params![
        now.as_millisecond(),
        span(KEPT),
        span(day),
        AGREEING_DAYS - 1
    ])?;
    Ok(())
}

/// The attempts with one token, the latest last; times in whole milliseconds.
pub fn of(connection: &Connection, lease: &LeaseId) -> Result<Vec<Attempt>, StoreError> {
    let sql = "SELECT planned, at, code FROM attempt WHERE lease = ?1 ORDER BY at, planned";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([&lease.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(attempt(row)?);
    }
    Ok(found)
}

fn attempt(row: &Row<'_>) -> Result<Attempt, StoreError> {
    let number: i64 = row.get(2)?;
    let code = Code::parse(&number.to_string()).ok_or(StoreError::Value { what: "code" })?;
    let (planned, at) = (instant(row, 0, "planned")?, instant(row, 1, "at")?);
    // Until when the service asked to be left alone is kept beside the token, where it counts.
    Ok(Attempt { planned, at, code, not_before: None })
}
