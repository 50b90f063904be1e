//! How the functions were: changes with their evidence, and the times in which this PC looked at all.
//!
//! Every question is answered by the front of an index, so that a million rows make no screen wait (docs/reference/performance.md, P6).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use relais_core::continuity::health::Health;
use relais_core::continuity::timeline::{
    self, Change, FunctionId, HOUR, Hour, Seen, Span, Watched, Witness, hour_of,
};
use rusqlite::{Connection, Row, params};

use crate::column::{instant, text};
use crate::cut::kept_from;
use crate::error::StoreError;

/// Something that was seen is seen for this long at least.
const MOMENT: SignedDuration = SignedDuration::from_millis(1);

/// Names in the database, which are those of the type.
const HEALTHS: [(&str, Health); 7] = [
    ("unknown", Health::Unknown),
    ("operational", Health::Operational),
    ("on-backup", Health::OnBackup),
    ("degraded", Health::Degraded),
    ("unstable", Health::Unstable),
    ("down", Health::Down),
    ("planned", Health::Planned),
];

/// A column of health; read by the thousand, so without anything in between.
fn health(row: &Row<'_>, column: usize) -> Result<Health, StoreError> {
    let name = row.get_ref(column)?.as_str().map_err(|_| StoreError::Value { what: "health" })?;
    let known = HEALTHS.iter().find(|(known, _)| *known == name).map(|(_, health)| *health);
    known.ok_or(StoreError::Value { what: "health" })
}

fn name(health: Health) -> &'static str {
    HEALTHS.iter().find(|(_, known)| *known == health).map_or("unknown", |(name, _)| name)
}

/// Names in the database, which are those of the type.
const WITNESSES: [(&str, Witness); 3] =
    [("authority", Witness::Authority), ("real", Witness::Real), ("probe", Witness::Probe)];

fn witness(row: &Row<'_>, column: usize) -> Result<Witness, StoreError> {
    let name = row.get_ref(column)?.as_str().map_err(|_| StoreError::Value { what: "witness" })?;
    let known = WITNESSES.iter().find(|(known, _)| *known == name).map(|(_, witness)| *witness);
    known.ok_or(StoreError::Value { what: "witness" })
}

/// Notes that this PC looked at `at`, for the last time before at `last` in this run.
pub fn look(change: &Connection, last: Option<Timestamp>, at: Timestamp) -> Result<(), StoreError> {
    let from = last.filter(|last| timeline::goes_on(*last, at)).unwrap_or(at).as_millisecond();
    let until = at.saturating_add(MOMENT).unwrap_or(at).as_millisecond();
    // With the times it touches it is one time.
    let touched = "FROM watched WHERE from_at <= ?2 AND until_at >= ?1
                   AND from_at >= coalesce((SELECT max(from_at) FROM watched WHERE from_at <= ?1), ?1)";
    let sql =
        format!("SELECT min(?1, coalesce(min(from_at), ?1)), max(?2, coalesce(max(until_at), ?2)) {touched}");
    let (from_at, until_at): (i64, i64) =
        change.prepare_cached(&sql)?.query_row([from, until], |row| Ok((row.get(0)?, row.get(1)?)))?;
    change.prepare_cached(&format!("DELETE {touched}"))?.execute([from, until])?;
    let sql = "INSERT INTO watched (from_at, until_at) VALUES (?1, ?2)";
    change.prepare_cached(sql)?.execute([from_at, until_at])?;
    Ok(())
}

/// Notes a change in place of one of the same moment.
pub fn note(change: &Connection, function: &FunctionId, noted: &Change) -> Result<(), StoreError> {
    let (id, at) = (function.as_str(), noted.at.as_millisecond());
    // What it replaces goes with its evidence.
    change.prepare_cached("DELETE FROM service WHERE function = ?1 AND at = ?2")?.execute(params![id, at])?;
    let sql = "INSERT INTO service (function, at, health) VALUES (?1, ?2, ?3)";
    change.prepare_cached(sql)?.execute(params![id, at, name(noted.health)])?;
    let sql =
        "INSERT OR REPLACE INTO evidence (function, change, witness, health, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    for seen in &noted.seen {
        let witness = text(&seen.by, "witness")?;
        let row = params![id, at, witness, name(seen.health), seen.at.as_millisecond()];
        change.prepare_cached(sql)?.execute(row)?;
    }
    note_hour(change, function, noted.at)
}

/// Makes the hour of a change anew from the changes in it.
fn note_hour(change: &Connection, function: &FunctionId, at: Timestamp) -> Result<(), StoreError> {
    let hour = hour_of(at);
    let end = hour.saturating_add(HOUR).unwrap_or(Timestamp::MAX);
    let changes = between(change, function, hour, end)?;
    let (Some((first, _)), Some((last, after))) = (changes.first(), changes.last()) else { return Ok(()) };
    let worst = changes.iter().map(|(_, health)| *health).max().unwrap_or(*after);
    let sql = "INSERT OR REPLACE INTO service_hour (function, hour, first, last, after, worst)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    change.prepare_cached(sql)?.execute(params![
        function.as_str(),
        hour.as_millisecond(),
        first.as_millisecond(),
        last.as_millisecond(),
        name(*after),
        name(worst)
    ])?;
    Ok(())
}

fn between(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(Timestamp, Health)>, StoreError> {
    let sql = "SELECT at, health FROM service WHERE function = ?1 AND at >= ?2 AND at < ?3 ORDER BY at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows =
        statement.query(params![function.as_str(), from.as_millisecond(), until.as_millisecond()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((instant(row, 0, "at")?, health(row, 1)?));
    }
    Ok(found)
}

/// When the last change up to `at` was; `at` where there is none.
pub fn last_before(
    connection: &Connection,
    function: &FunctionId,
    at: Timestamp,
) -> Result<Timestamp, StoreError> {
    let sql = "SELECT coalesce(max(at), ?2) FROM service WHERE function = ?1 AND at <= ?2";
    let row = params![function.as_str(), at.as_millisecond()];
    connection.prepare_cached(sql)?.query_row(row, |row| Ok(instant(row, 0, "at")))?
}

/// Times in which this PC looked, from the one in which `from` lies.
pub fn watched(
    connection: &Connection,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Watched>, StoreError> {
    let sql = "SELECT from_at, until_at FROM watched WHERE from_at < ?2
               AND from_at >= coalesce((SELECT max(from_at) FROM watched WHERE from_at <= ?1), ?1) ORDER BY from_at";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([from.as_millisecond(), until.as_millisecond()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Watched { from: instant(row, 0, "from_at")?, until: instant(row, 1, "until_at")? });
    }
    Ok(found)
}

/// How a function was from `from` to `until`.
pub fn of(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Span>, StoreError> {
    let changes = between(connection, function, last_before(connection, function, from)?, until)?;
    Ok(timeline::spans(&changes, &watched(connection, from, until)?, from, until))
}

/// The same of every function that ever changed.
pub fn of_all(
    connection: &Connection,
    from: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<FunctionId, Vec<Span>>, StoreError> {
    let watched = watched(connection, from, until)?;
    let line = |function: FunctionId| {
        let changes = between(connection, &function, last_before(connection, &function, from)?, until)?;
        Ok((function, timeline::spans(&changes, &watched, from, until)))
    };
    functions(connection)?.into_iter().map(line).collect()
}

/// The worst of each hour, whole hours from the one of `from` to the one that holds the moment before `until`, of every
/// function that ever changed.
pub fn by_hours(
    connection: &Connection,
    from: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<FunctionId, Vec<Span>>, StoreError> {
    let last = hour_of(until.saturating_sub(MOMENT).unwrap_or(until));
    let (from, until) = (hour_of(from), last.saturating_add(HOUR).unwrap_or(until));
    let watched = watched(connection, from, until)?;
    let line = |function: FunctionId| {
        let hours = hours(connection, &function, from, until)?;
        Ok((function, timeline::by_hours(&hours, &watched, from, until)))
    };
    functions(connection)?.into_iter().map(line).collect()
}

pub fn hours(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Hour>, StoreError> {
    let sql = "SELECT first, last, after, worst FROM service_hour WHERE function = ?1 AND hour < ?3 AND hour >=
               (SELECT coalesce(max(hour), ?2) FROM service_hour WHERE function = ?1 AND hour < ?2) ORDER BY hour";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows =
        statement.query(params![function.as_str(), from.as_millisecond(), until.as_millisecond()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (first, last) = (instant(row, 0, "first")?, instant(row, 1, "last")?);
        found.push(Hour { first, last, then: health(row, 2)?, worst: health(row, 3)? });
    }
    Ok(found)
}

/// Functions that ever changed: one step of the index for each, however many rows it has.
pub fn functions(connection: &Connection) -> Result<Vec<FunctionId>, StoreError> {
    let sql = "WITH RECURSIVE known (name) AS (
                   SELECT min(function) FROM service UNION ALL
                   SELECT (SELECT min(function) FROM service WHERE function > name) FROM known WHERE name IS NOT NULL
               ) SELECT name FROM known WHERE name IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    names.map(|name| FunctionId::parse(&name?).map_err(|_| StoreError::Value { what: "function" })).collect()
}

/// Changes of a function with what they rested on, the last one up to `from` first: it says how things stood then.
pub fn changes(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Change>, StoreError> {
    changes_from(connection, function, last_before(connection, function, from)?, until)
}

/// The changes of a function at or after `from`, with what they rested on; `None` where there are more than `most`.
pub fn changes_up_to(
    connection: &Connection,
    function: &FunctionId,
    (from, until): (Timestamp, Timestamp),
    most: usize,
) -> Result<Option<Vec<Change>>, StoreError> {
    // Too many are not read to be thrown away.
    let sql =
        "SELECT 1 FROM service WHERE function = ?1 AND at >= ?2 AND at < ?3 ORDER BY at LIMIT 1 OFFSET ?4";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let row = params![function.as_str(), from.as_millisecond(), until.as_millisecond(), most];
    if connection.prepare_cached(sql)?.exists(row)? {
        return Ok(None);
    }
    changes_from(connection, function, from, until).map(Some)
}

/// Two walks side by side, since both tables are in the same order.
fn changes_from(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Change>, StoreError> {
    let changed = between(connection, function, from, until)?;
    let sql = "SELECT change, witness, health, at FROM evidence
               WHERE function = ?1 AND change >= ?2 AND change < ?3 ORDER BY change, witness";
    let mut statement = connection.prepare_cached(sql)?;
    let row = params![function.as_str(), from.as_millisecond(), until.as_millisecond()];
    let mut rows = statement.query(row)?;
    let mut next = rows.next()?;
    let mut found = Vec::with_capacity(changed.len());
    for (at, health) in changed {
        let mut change = Change { at, health, seen: vec![] };
        while let Some(row) = next {
            let of: i64 = row.get(0)?;
            if of > at.as_millisecond() {
                break;
            }
            if of == at.as_millisecond() {
                change.seen.push(seen(row)?);
            }
            next = rows.next()?;
        }
        found.push(change);
    }
    Ok(found)
}

fn seen(row: &Row<'_>) -> Result<Seen, StoreError> {
    Ok(Seen { by: witness(row, 1)?, health: health(row, 2)?, at: instant(row, 3, "at")? })
}

/// Lets go what is older than the journal keeps, at `today`, a trusted time.
pub fn cut(change: &Connection, today: Timestamp) -> Result<(), StoreError> {
    let Some(from) = kept_from(today).map(Timestamp::as_millisecond) else { return Ok(()) };
    for function in functions(change)? {
        let row = params![function.as_str(), from];
        change.execute("DELETE FROM service WHERE function = ?1 AND at < ?2", row)?;
        change.execute("DELETE FROM service_hour WHERE function = ?1 AND hour < ?2", row)?;
    }
    // The time that reaches into what is kept begins there from now on.
    change.execute("DELETE FROM watched WHERE until_at <= ?1", [from])?;
    change.execute("UPDATE watched SET from_at = ?1 WHERE from_at < ?1", [from])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_and_witnesses_are_stored_under_their_own_names() {
        for (stored, health) in HEALTHS {
            assert_eq!(text(&health, "health").unwrap(), stored);
            assert_eq!(name(health), stored);
        }
        for (stored, witness) in WITNESSES {
            assert_eq!(text(&witness, "witness").unwrap(), stored);
        }
    }
}
