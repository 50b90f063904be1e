//! Values of our own types as columns.

use jiff::Timestamp;
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// A name of a closed list.
pub fn text(value: &impl Serialize, what: &'static str) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Value { what }),
    }
}

/// What [`text`] wrote.
pub fn parsed<T: DeserializeOwned>(text: String, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(text.into()).map_err(|_| StoreError::Value { what })
}

/// An instant, in milliseconds UTC.
pub fn instant(row: &Row<'_>, column: usize, what: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(row.get(column)?).map_err(|_| StoreError::Value { what })
}
