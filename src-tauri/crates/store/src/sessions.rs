//! The index of sessions. The lease files hold the truth; this only says what is where.

use relais_core::environment::{EnvironmentName, Quality};
use relais_core::lease::{LeaseId, Person, SlotId, TokenLease};
use rusqlite::{Connection, Row, params};

use crate::column::{instant, parsed, text};
use crate::error::StoreError;

/// Notes a lease in place of the one before in its slot.
pub fn note(connection: &Connection, lease: &TokenLease) -> Result<(), StoreError> {
    let slot = lease.person.slot.as_str();
    connection.execute(
        "INSERT INTO person (slot, name) VALUES (?1, ?2) ON CONFLICT (slot) DO UPDATE SET name = ?2 WHERE ?2 <> ''",
        params![slot, lease.person.name],
    )?;
    connection.execute(
        "INSERT OR REPLACE INTO session (slot, lease, environment, means, quality, issued_at, expires_at, holder)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            slot,
            lease.id.0,
            lease.environment.as_str(),
            text(&lease.means, "means")?,
            lease.quality.as_str(),
            lease.issued_at.as_millisecond(),
            lease.expires_at.as_millisecond(),
            lease.holder.to_string(),
        ],
    )?;
    Ok(())
}

/// Forgets that a slot has a session; the person stays known.
pub fn end(connection: &Connection, slot: &SlotId) -> Result<(), StoreError> {
    connection.execute("DELETE FROM session WHERE slot = ?1", [slot.as_str()])?;
    Ok(())
}

/// Forgets a person and their session.
pub fn forget(connection: &Connection, slot: &SlotId) -> Result<(), StoreError> {
    connection.execute("DELETE FROM person WHERE slot = ?1", [slot.as_str()])?;
    Ok(())
}

/// Forgets all sessions; the persons stay known.
pub fn clear(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM session", [])?;
    Ok(())
}

/// Everybody who is known.
pub fn people(connection: &Connection) -> Result<Vec<SlotId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT slot FROM person ORDER BY slot")?;
    let slots = statement.query_map([], |row| row.get::<_, String>(0))?;
    slots.map(|slot| SlotId::parse(&slot?).map_err(|_| StoreError::Value { what: "slot" })).collect()
}

/// Everybody who is known, by name; one who had a session keeps it until they are forgotten.
pub fn names(connection: &Connection) -> Result<Vec<Person>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT slot, name FROM person ORDER BY name, slot")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Person { slot: slot(row)?, name: row.get(1)? });
    }
    Ok(found)
}

fn slot(row: &Row<'_>) -> Result<SlotId, StoreError> {
    SlotId::parse(&row.get::<_, String>(0)?).map_err(|_| StoreError::Value { what: "slot" })
}

/// What people noted of where they keep the password of their keystore; who noted nothing is not in it.
pub fn hints(connection: &Connection) -> Result<Vec<(SlotId, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT slot, hint FROM person WHERE hint <> '' ORDER BY slot")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((slot(row)?, row.get(1)?));
    }
    Ok(found)
}

/// Keeps what a person noted; nothing is kept for one who is not known.
pub fn set_hint(connection: &Connection, slot: &SlotId, hint: &str) -> Result<(), StoreError> {
    connection.execute("UPDATE person SET hint = ?2 WHERE slot = ?1", params![slot.as_str(), hint])?;
    Ok(())
}

/// All leases that are noted, the one that ends last first; times in whole milliseconds.
pub fn all(connection: &Connection) -> Result<Vec<TokenLease>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT slot, name, lease, environment, means, quality, issued_at, expires_at, holder
         FROM session JOIN person USING (slot) ORDER BY expires_at DESC, slot",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(lease(row)?);
    }
    Ok(found)
}

fn lease(row: &Row<'_>) -> Result<TokenLease, StoreError> {
    let broken = |what| move |_| StoreError::Value { what };
    let column = |at: usize| row.get::<_, String>(at);
    Ok(TokenLease {
        person: Person { slot: slot(row)?, name: column(1)? },
        id: LeaseId(column(2)?),
        environment: EnvironmentName::parse(&column(3)?).map_err(broken("environment"))?,
        means: parsed(column(4)?, "means")?,
        quality: Quality::parse(&column(5)?).map_err(broken("quality"))?,
        issued_at: instant(row, 6, "issued_at")?,
        expires_at: instant(row, 7, "expires_at")?,
        holder: parsed(column(8)?, "holder")?,
    })
}
