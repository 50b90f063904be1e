//! What somebody was told of certificates, by the fingerprint of each, so that no restart says it again.

use jiff::Timestamp;
use relais_core::certificates::CertificateId;
use relais_core::certificates::reminder::{Rung, Told};
use rusqlite::{Connection, Row, params};

use crate::column::instant;
use crate::cut::kept_from;
use crate::error::StoreError;

/// Notes what was said last of these, at `now`.
pub fn note(change: &Connection, told: &[(CertificateId, Told)], now: Timestamp) -> Result<(), StoreError> {
    let noted = "INSERT INTO certificate (id, noted_at) VALUES (?1, ?2)
                 ON CONFLICT (id) DO UPDATE SET noted_at = max(noted_at, ?2)";
    let said = "INSERT OR REPLACE INTO reminder (certificate, rung, told_at, acknowledged_at, again_at)
                VALUES (?1, ?2, ?3, ?4, ?5)";
    let (mut noted, mut said) = (change.prepare_cached(noted)?, change.prepare_cached(said)?);
    for (id, told) in told {
        let ms = |at: Option<Timestamp>| at.map(Timestamp::as_millisecond);
        noted.execute(params![id.0, now.as_millisecond()])?;
        let (at, acknowledged, again) = (told.at.as_millisecond(), told.acknowledged_at, told.again_at);
        said.execute(params![id.0, told.rung.name(), at, ms(acknowledged), ms(again)])?;
    }
    Ok(())
}

/// Everything that was said.
pub fn all(connection: &Connection) -> Result<Vec<(CertificateId, Told)>, StoreError> {
    let sql = "SELECT certificate, rung, told_at, acknowledged_at, again_at FROM reminder";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(told(row)?);
    }
    Ok(found)
}

fn told(row: &Row<'_>) -> Result<(CertificateId, Told), StoreError> {
    let optional = |column: usize, what| match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok::<_, StoreError>(None),
        _ => instant(row, column, what).map(Some),
    };
    let rung = Rung::named(&row.get::<_, String>(1)?).ok_or(StoreError::Value { what: "rung" })?;
    let told = Told {
        rung,
        at: instant(row, 2, "told_at")?,
        acknowledged_at: optional(3, "acknowledged_at")?,
        again_at: optional(4, "again_at")?,
    };
    Ok((CertificateId(row.get(0)?), told))
}

/// Forgets that anybody was told of these.
pub fn forget(change: &Connection, ids: &[CertificateId]) -> Result<(), StoreError> {
    let mut statement = change.prepare_cached("DELETE FROM certificate WHERE id = ?1")?;
    ids.iter().try_for_each(|id| statement.execute([id.0]).map(drop).map_err(StoreError::from))
}

/// Lets go what was noted before the journal begins, at `today`, a trusted time: one that ended so long ago needs nobody.
pub fn cut(change: &Connection, today: Timestamp) -> Result<(), StoreError> {
    let Some(from) = kept_from(today).map(Timestamp::as_millisecond) else { return Ok(()) };
    change.execute("DELETE FROM certificate WHERE noted_at < ?1", [from])?;
    Ok(())
}
