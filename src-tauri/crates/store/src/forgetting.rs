//! Nothing of a person stays in the database, in its log, or in copies of it: what is deleted is written over.
//!
//! Entries of the journal and lines of the ledger stay under a slot that names nobody (docs/reference/ledger.md).

use std::path::{Path, PathBuf};

use relais_core::lease::SlotId;
use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;
use crate::{ledger, sessions};

/// Forgets a person, their session and what they wrote.
pub fn forget(connection: &mut Connection, slot: &SlotId) -> Result<(), StoreError> {
    let change = connection.transaction()?;
    sessions::forget(&change, slot)?;
    ledger::forget_notes(&change, slot)?;
    change.commit()?;
    // Pages as they were before lie in the log until it is emptied.
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Busy) } else { Ok(()) }
}

/// As [`forget`], in the copies that were made before migrations and in damaged databases that were set aside; gives
/// the names of those that could not be changed.
pub fn forget_in_copies(database: &Path, slot: &SlotId) -> Result<Vec<String>, StoreError> {
    let mut kept = Vec::new();
    for copy in copies(database)? {
        if let Err(cause) = forget_in_copy(&copy, slot) {
            tracing::warn!(%cause, "a copy of the database still names somebody");
            kept.push(copy.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    Ok(kept)
}

/// `relais.before-0002.db`, `relais.damaged-20261122T080000Z.db`, beside `relais.db`.
fn copies(database: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let (Some(folder), Some(stem)) = (database.parent(), database.file_stem()) else { return Ok(vec![]) };
    let begins = ["before", "damaged"].map(|kind| format!("{}.{kind}-", stem.to_string_lossy()));
    let ours = |name: &str| begins.iter().any(|begin| name.starts_with(begin)) && name.ends_with(".db");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(ours) {
            found.push(entry.path());
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn forget_in_copy(copy: &Path, slot: &SlotId) -> Result<(), StoreError> {
    let mut connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection
        .execute_batch("PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
    let change = connection.transaction()?;
    if has(&change, "person")? {
        sessions::forget(&change, slot)?;
    }
    if has(&change, "ledger")? {
        ledger::forget_notes(&change, slot)?;
    }
    change.commit()?;
    // Its pages may have been freed before anything was written over.
    connection.execute_batch("VACUUM")?;
    Ok(())
}

/// A copy from before a migration may lack the table.
fn has(connection: &Connection, table: &'static str) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    Ok(connection.query_row(sql, [table], |row| row.get(0))?)
}
