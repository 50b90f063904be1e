//! Writing and reading entries of the journal.

use jiff::Timestamp;
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_core::lease::SlotId;
use relais_core::{Code, Problem};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, params};

use crate::chain::{ChainHash, Columns, Link};
use crate::error::StoreError;

/// A checkpoint row stands after every so many entries.
const CHECKPOINT_EVERY: u64 = 64;

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is on the disk under this number.
    Written {
        /// Its number.
        seq: u64,
    },
    /// It waits in memory until the database can be written again.
    Waiting {
        /// Entries that wait.
        count: usize,
        /// Entries that found no room any more.
        lost: usize,
        /// Why.
        because: Problem,
    },
}

/// An entry as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub seq: u64,
    /// What it says, times in whole milliseconds; none where it cannot be read, for somebody changed it.
    pub entry: Option<Entry>,
    /// Its hash; none where that cannot be read.
    pub hash: Option<ChainHash>,
}

/// Which entries are wanted; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// About this subject.
    pub subject: Option<Subject>,
    /// Of this person.
    pub slot: Option<SlotId>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Before this entry: the next page.
    pub before: Option<u64>,
}

/// Writes entries at the end of the chain; gives the new head, and whether a checkpoint was made.
pub fn write(change: &Transaction<'_>, entries: &[Entry]) -> Result<(Link, bool), StoreError> {
    let mut head = tail(change)?;
    let mut checkpoint = false;
    for entry in entries {
        head = insert(change, entry, head)?;
        if head.seq.is_multiple_of(CHECKPOINT_EVERY) {
            add_checkpoint(change, head, "periodic", entry.at)?;
            checkpoint = true;
        }
    }
    Ok((head, checkpoint))
}

fn insert(change: &Transaction<'_>, entry: &Entry, previous: Link) -> Result<Link, StoreError> {
    let (subject, detail) = (subject_text(entry.subject)?, detail_text(entry)?);
    let columns = Columns {
        seq: previous.seq + 1,
        at: entry.at.as_millisecond(),
        subject: &subject,
        event: &entry.event,
        environment: entry.environment.as_str(),
        slot: entry.slot.as_ref().map(SlotId::as_str),
        code: entry.code.map(|code| code.number().into()),
        detail: &detail,
    };
    let hash = columns.hash(previous.hash);
    let mut statement = change.prepare_cached(
        "INSERT INTO journal (seq, at, subject, event, environment, slot, code, detail, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let Columns { seq, at, subject, event, environment, slot, code, detail } = columns;
    let number = i64::try_from(seq).map_err(|_| StoreError::Value { what: "seq" })?;
    statement.execute(params![
        number,
        at,
        subject,
        event,
        environment,
        slot,
        code,
        detail,
        previous.hash.0,
        hash.0
    ])?;
    Ok(Link { seq, hash })
}

pub fn add_checkpoint(
    change: &Connection,
    link: Link,
    why: &'static str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let seq = i64::try_from(link.seq).map_err(|_| StoreError::Value { what: "seq" })?;
    change.execute(
        "INSERT OR IGNORE INTO checkpoint (seq, why, at, hash) VALUES (?1, ?2, ?3, ?4)",
        params![seq, why, at.as_millisecond(), link.hash.0],
    )?;
    Ok(())
}

/// The last entry, or a later place where the chain had to start anew: what the next entry is linked to.
pub fn tail(connection: &Connection) -> Result<Link, StoreError> {
    let sql = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1";
    let entry = connection.prepare_cached(sql)?.query_row([], link).optional()?;
    let sql = "SELECT seq, hash FROM checkpoint WHERE why <> 'periodic' ORDER BY seq DESC LIMIT 1";
    let anew = connection.prepare_cached(sql)?.query_row([], link).optional()?;
    Ok([entry, anew].into_iter().flatten().max_by_key(|link| link.seq).unwrap_or(Link::START))
}

/// Reads `seq, hash`.
pub fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link { seq: seq(row, 0)?, hash: ChainHash(row.get(1)?) })
}

/// A negative number is nobody's: it becomes 0, where no entry stands.
pub fn seq(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// Columns in the order of [`COLUMNS`].
pub fn read_columns<'a>(row: &'a Row<'_>) -> rusqlite::Result<Columns<'a>> {
    Ok(Columns {
        seq: seq(row, 0)?,
        at: row.get(1)?,
        subject: row.get_ref(2)?.as_str()?,
        event: row.get_ref(3)?.as_str()?,
        environment: row.get_ref(4)?.as_str()?,
        slot: row.get_ref(5)?.as_str_or_null()?,
        code: row.get(6)?,
        detail: row.get_ref(7)?.as_str()?,
    })
}

/// What [`read_columns`] reads; `previous` and `hash` follow.
pub const COLUMNS: &str = "seq, at, subject, event, environment, slot, code, detail, previous, hash";

/// Entries that match, the newest first.
pub fn show(connection: &Connection, filter: &Filter, limit: usize) -> Result<Vec<Recorded>, StoreError> {
    let mut conditions: Vec<(&str, Box<dyn ToSql>)> = Vec::new();
    if let Some(subject) = filter.subject {
        conditions.push(("subject = ?", Box::new(subject_text(subject)?)));
    }
    if let Some(slot) = &filter.slot {
        conditions.push(("slot = ?", Box::new(slot.as_str().to_owned())));
    }
    if let Some(from) = filter.from {
        conditions.push(("at >= ?", Box::new(from.as_millisecond())));
    }
    if let Some(until) = filter.until {
        conditions.push(("at < ?", Box::new(until.as_millisecond())));
    }
    if let Some(before) = filter.before {
        conditions.push(("seq < ?", Box::new(i64::try_from(before).unwrap_or(i64::MAX))));
    }
    let (texts, mut values): (Vec<_>, Vec<_>) = conditions.into_iter().unzip();
    let wanted = if texts.is_empty() { String::new() } else { format!("WHERE {}", texts.join(" AND ")) };
    values.push(Box::new(i64::try_from(limit).unwrap_or(i64::MAX)));
    let sql = format!("SELECT {COLUMNS} FROM journal {wanted} ORDER BY seq DESC LIMIT ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(recorded(row)?);
    }
    Ok(found)
}

/// An entry that cannot be read hides no other: it is given by its number.
fn recorded(row: &Row<'_>) -> Result<Recorded, StoreError> {
    let entry = read_columns(row).map_err(StoreError::from).and_then(entry).ok();
    Ok(Recorded { seq: seq(row, 0)?, entry, hash: row.get(9).ok().map(ChainHash) })
}

fn entry(columns: Columns<'_>) -> Result<Entry, StoreError> {
    let broken = |what| StoreError::Value { what };
    let code =
        columns.code.map(|number| Code::parse(&number.to_string()).ok_or(broken("code"))).transpose()?;
    Ok(Entry {
        at: Timestamp::from_millisecond(columns.at).map_err(|_| broken("at"))?,
        subject: serde_json::from_value(columns.subject.into()).map_err(|_| broken("subject"))?,
        event: columns.event.to_owned(),
        environment: EnvironmentName::parse(columns.environment).map_err(|_| broken("environment"))?,
        slot: columns.slot.map(SlotId::parse).transpose().map_err(|_| broken("slot"))?,
        code,
        detail: serde_json::from_str(columns.detail).map_err(|_| broken("detail"))?,
    })
}

/// The details as their hash covers them.
fn detail_text(entry: &Entry) -> Result<String, StoreError> {
    serde_json::to_string(&entry.detail).map_err(|_| StoreError::Value { what: "detail" })
}

/// The subject as the catalogue writes it.
fn subject_text(subject: Subject) -> Result<String, StoreError> {
    match serde_json::to_value(subject) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Value { what: "subject" }),
    }
}
