//! Settings: typed values under a name.

use std::marker::PhantomData;

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// Name and type of a setting. A name keeps its type for good; another type is another name.
#[derive(Debug)]
pub struct Setting<T> {
    name: &'static str,
    kind: PhantomData<fn() -> T>,
}

impl<T> Setting<T> {
    /// A setting of this name, in kebab case.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, kind: PhantomData }
    }
}

pub fn get<T: DeserializeOwned>(
    connection: &Connection,
    setting: &Setting<T>,
) -> Result<Option<T>, StoreError> {
    let sql = "SELECT value FROM setting WHERE name = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([setting.name], |row| row.get::<_, String>(0))
        .optional()?;
    found
        .map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Value { what: setting.name }))
        .transpose()
}

pub fn set<T: Serialize>(connection: &Connection, setting: &Setting<T>, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|_| StoreError::Value { what: setting.name })?;
    let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
    connection.prepare_cached(sql)?.execute([setting.name, &text])?;
    Ok(())
}
