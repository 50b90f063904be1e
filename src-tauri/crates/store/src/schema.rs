//! Opening the database file: version, migrations, and setting a damaged one aside.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;
use crate::file;

/// Migrations in order; the number of the last is the version of the schema. A migration is never changed.
const MIGRATIONS: [&str; 7] = [
    include_str!("../migrations/0001_journal.sql"),
    include_str!("../migrations/0002_sessions.sql"),
    include_str!("../migrations/0003_exceptions.sql"),
    include_str!("../migrations/0004_cut.sql"),
    include_str!("../migrations/0005_hint.sql"),
    include_str!("../migrations/0006_timeline.sql"),
    include_str!("../migrations/0007_certificates.sql"),
];

/// Longest wait for another process that writes.
const BUSY: Duration = Duration::from_secs(5);
/// More than all statements of this crate.
const STATEMENTS: usize = 128;
/// Largest database that is checked in full at start: some hundredths of a second.
const CHECKED_AT_START: u64 = 16 << 20;

/// Version of the schema that this Relais writes.
pub const fn known() -> u32 {
    MIGRATIONS.len() as u32
}

/// Opens the database for writing, made or brought up to date if need be.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    refuse_newer(path)?;
    file::prepare(path)?;
    let mut connection = begin(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    refuse_version_above(&connection)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    check(&connection, path)?;
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// A connection belongs to one thread at a time, which the compiler sees to: SQLite needs no locks of its own for that.
fn begin(path: &Path, how: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Opens the database for reading while another process may write; `None` if there is none yet, or one whose founding
/// broke off: who opens it for writing founds it anew.
pub fn open_reading(path: &Path) -> Result<Option<Connection>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = begin(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match refuse_version_above(&connection) {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(connection)),
        Err(error) if founding_broke_off(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A transaction that was never ended lies beside it, and only who writes can take it back. Ours are logged ahead (WAL)
/// but for the first, so there was nothing in it before.
fn founding_broke_off(error: &StoreError) -> bool {
    let cause = match error {
        StoreError::Unusable(cause) => cause.sqlite_error(),
        _ => None,
    };
    cause.is_some_and(|cause| cause.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}

fn refuse_version_above(connection: &Connection) -> Result<u32, StoreError> {
    let found = version(connection)?;
    if found > known() { Err(StoreError::Newer { found, known: known() }) } else { Ok(found) }
}

/// A newer database is not even opened for writing: that could already change it.
fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.len() > 0 => open_reading(path).map(drop),
        _ => Ok(()),
    }
}

fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    if fs::metadata(path)?.len() > CHECKED_AT_START {
        return Ok(());
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt) }
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let from = version(connection)?;
    for (step, sql) in (1..).zip(MIGRATIONS).skip(from as usize) {
        // An empty database has nothing to keep.
        if step > 1 && from > 0 {
            copy(connection, &copy_before(path, step))?;
        }
        let change = connection.transaction()?;
        change.execute_batch(sql)?;
        change.pragma_update(None, "user_version", step)?;
        change.commit()?;
    }
    Ok(())
}

/// Where the database as it was before a migration is kept.
fn copy_before(path: &Path, step: u32) -> PathBuf {
    path.with_extension(format!("before-{step:04}.db"))
}

fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        fs::remove_file(to)?;
    }
    file::prepare(to)?;
    connection.execute("VACUUM INTO ?1", [to.to_str().ok_or(StoreError::Value { what: "path" })?])?;
    Ok(())
}

/// Moves a damaged database and its side files out of the way; gives the new name.
pub fn set_aside(path: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let aside = (0..100)
        .map(|n| {
            path.with_extension(if n == 0 {
                format!("damaged-{stamp}.db")
            } else {
                format!("damaged-{stamp}-{n}.db")
            })
        })
        .find(|free| !free.exists())
        .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::AlreadyExists))?;
    fs::rename(path, &aside)?;
    // What was begun in one database must never be taken back in the next of its name.
    for side in ["-wal", "-shm", "-journal"] {
        let (old, new) = (with_suffix(path, side), with_suffix(&aside, side));
        if old.exists() {
            fs::rename(old, new)?;
        }
    }
    Ok(aside)
}

/// The database that was set aside last, if one ever was.
pub fn last_set_aside(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else { return Ok(None) };
    let begin = format!("{}.damaged-", stem.to_string_lossy());
    let mut last = None;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(stamp) = name.strip_prefix(&begin).and_then(|rest| rest.strip_suffix(".db")) else {
            continue;
        };
        // Those of one second are counted: `-10` comes after `-9`.
        let (second, count) = stamp.split_once('-').unwrap_or((stamp, "0"));
        let order = (second.to_owned(), count.parse().unwrap_or(0_u32));
        if last.as_ref().is_none_or(|(newest, _)| *newest < order) {
            last = Some((order, entry.path()));
        }
    }
    Ok(last.map(|(_, path)| path))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
