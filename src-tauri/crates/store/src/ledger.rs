//! The ledger: one line for each episode of work without the card.

use jiff::Timestamp;
use relais_core::Code;
use relais_core::code::clean;
use relais_core::environment::EnvironmentName;
use relais_core::lease::{LeaseId, SlotId};
use relais_core::session::ledger::{Ended, Holder, Line, Past};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::attempts::forget_old;
use crate::column::{instant, parsed, text};
use crate::error::StoreError;

const COLUMNS: &str =
    "episode, slot, environment, started_at, ends_at, reason, note, evidence, ended_at, ended_how";

/// Which lines are wanted; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Of this person.
    pub slot: Option<SlotId>,
    /// That began before this line: the next page.
    pub before: Option<LeaseId>,
}

/// Writes a line, or goes on with the line of the episode that this session belongs to; gives the line in force.
///
/// An episode that was closed lasts again. Its beginning, reason and note stay; what was found this time is added.
pub fn open(change: &Connection, line: &Line) -> Result<Line, StoreError> {
    let before = by_episode(change, &line.episode)?;
    let before = match before {
        None => current(change, &line.slot, line.started_at)?,
        before => before,
    };
    let ends_at = before.as_ref().unwrap_or(line).end(line.ends_at);
    let in_force = match before {
        None => Line { ends_at, note: line.note.as_deref().map(clean), ..line.clone() },
        Some(before) => {
            let (evidence, note) =
                (joined(&before, line), before.note.or_else(|| line.note.as_deref().map(clean)));
            Line { ends_at, evidence, note, ended: None, ..before }
        }
    };
    put(change, &in_force)?;
    forget_old(change, "ledger", "started_at", line.started_at)?;
    Ok(in_force)
}

fn joined(before: &Line, line: &Line) -> Vec<Code> {
    let new = line.evidence.iter().filter(|code| !before.evidence.contains(code));
    before.evidence.iter().chain(new).copied().collect()
}

fn put(change: &Connection, line: &Line) -> Result<(), StoreError> {
    change.execute(
        &format!(
            "INSERT OR REPLACE INTO ledger ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        params![
            line.episode.0,
            line.slot.as_str(),
            line.environment.as_str(),
            line.started_at.as_millisecond(),
            line.ends_at.as_millisecond(),
            text(&line.reason, "reason")?,
            line.note,
            serde_json::to_string(&line.evidence).map_err(|_| StoreError::Value { what: "evidence" })?,
            line.ended.map(|ended| ended.at.as_millisecond()),
            line.ended.map(|ended| text(&ended.how, "ended_how")).transpose()?,
        ],
    )?;
    Ok(())
}

/// Closes an episode; tells whether it was open.
pub fn close(connection: &Connection, episode: &LeaseId, ended: Ended) -> Result<bool, StoreError> {
    let closed = connection.execute(
        "UPDATE ledger SET ended_at = ?2, ended_how = ?3 WHERE episode = ?1 AND ended_at IS NULL",
        params![episode.0, ended.at.as_millisecond(), text(&ended.how, "ended_how")?],
    )?;
    Ok(closed > 0)
}

/// Closes what is open in this environment and goes on with none of these leases: its token was not found again.
pub fn lose(
    change: &Connection,
    environment: &EnvironmentName,
    leases: &[Holder],
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM ledger WHERE environment = ?1 AND ended_at IS NULL");
    let mut statement = change.prepare_cached(&sql)?;
    let mut rows = statement.query([environment.as_str()])?;
    let mut lost = Vec::new();
    while let Some(row) = rows.next()? {
        lost.extend(Some(line(row)?).filter(|line| !leases.iter().any(|lease| line.goes_on_with(lease))));
    }
    lost.iter().try_for_each(|line| close(change, &line.episode, line.lost(now)).map(drop))
}

/// Forgets what a person wrote; that there were episodes stays, under a slot that names nobody.
pub fn forget_notes(connection: &Connection, slot: &SlotId) -> Result<(), StoreError> {
    connection.execute("UPDATE ledger SET note = NULL WHERE slot = ?1", [slot.as_str()])?;
    Ok(())
}

/// The episode that a session of this person beginning at `at` belongs to, if there is one.
pub fn current(connection: &Connection, slot: &SlotId, at: Timestamp) -> Result<Option<Line>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM ledger WHERE slot = ?1 ORDER BY abs(started_at - ?2), episode LIMIT 1"
    );
    let nearest = connection
        .prepare_cached(&sql)?
        .query_row(params![slot.as_str(), at.as_millisecond()], |row| Ok(line(row)))
        .optional()?
        .transpose()?;
    Ok(nearest.filter(|line| line.covers(at)))
}

fn by_episode(connection: &Connection, episode: &LeaseId) -> Result<Option<Line>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM ledger WHERE episode = ?1");
    connection.prepare_cached(&sql)?.query_row([&episode.0], |row| Ok(line(row))).optional()?.transpose()
}

/// Lines that match, the one that began last first.
pub fn show(connection: &Connection, wanted: &Lines, limit: usize) -> Result<Vec<Line>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM ledger WHERE (?1 IS NULL OR slot = ?1)
         AND (?2 IS NULL OR (started_at, episode) < (SELECT started_at, episode FROM ledger WHERE episode = ?2))
         ORDER BY started_at DESC, episode DESC LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let slot = wanted.slot.as_ref().map(SlotId::as_str);
    let before = wanted.before.as_ref().map(|episode| &episode.0);
    let mut rows = statement.query(params![slot, before, i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(line(row)?);
    }
    Ok(found)
}

/// When the episodes of a person began, the latest first, and how many of them since they last signed in with the card,
/// as the journal tells it.
pub fn past(connection: &Connection, slot: &SlotId) -> Result<Past, StoreError> {
    let sql = "SELECT started_at FROM ledger WHERE slot = ?1 ORDER BY started_at DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([slot.as_str()])?;
    let mut beginnings = Vec::new();
    while let Some(row) = rows.next()? {
        beginnings.push(instant(row, 0, "started_at")?);
    }
    let card = last_with_card(connection, slot)?;
    let in_a_row = beginnings.iter().filter(|at| card.is_none_or(|card| **at > card)).count();
    Ok(Past { beginnings, in_a_row })
}

/// By the platform's clock, as the ledger: the entry has that beside its own time, by the clock on the wall.
fn last_with_card(connection: &Connection, slot: &SlotId) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT at, detail ->> 'since' FROM journal
               WHERE slot = ?1 AND subject = 'session' AND event IN ('signed-in', 'renewed')
               AND CASE WHEN json_valid(detail) THEN detail ->> 'means' END IN ('eid', 'eid-only') ORDER BY seq DESC LIMIT 1";
    let read = |row: &Row<'_>| {
        let since = row.get::<_, Option<String>>(1)?.and_then(|since| since.parse().ok());
        Ok(since.map_or_else(|| instant(row, 0, "at"), Ok))
    };
    connection.prepare_cached(sql)?.query_row([slot.as_str()], read).optional()?.transpose()
}

fn line(row: &Row<'_>) -> Result<Line, StoreError> {
    let broken = |what| StoreError::Value { what };
    let column = |at: usize| row.get::<_, String>(at);
    let ended = match row.get::<_, Option<String>>(9)? {
        None => None,
        Some(how) => Some(Ended { at: instant(row, 8, "ended_at")?, how: parsed(how, "ended_how")? }),
    };
    Ok(Line {
        episode: LeaseId(column(0)?),
        slot: SlotId::parse(&column(1)?).map_err(|_| broken("slot"))?,
        environment: EnvironmentName::parse(&column(2)?).map_err(|_| broken("environment"))?,
        started_at: instant(row, 3, "started_at")?,
        ends_at: instant(row, 4, "ends_at")?,
        reason: parsed(column(5)?, "reason")?,
        note: row.get(6)?,
        evidence: serde_json::from_str(&column(7)?).map_err(|_| broken("evidence"))?,
        ended,
    })
}
