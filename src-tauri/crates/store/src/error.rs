//! Why the database cannot be used.

use relais_core::{Code, Problem};
use rusqlite::ErrorCode;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is damaged, or is no database.
    #[error("the database is damaged")]
    Corrupt,
    /// A newer Relais made it.
    #[error("the database has version {found}, this Relais knows up to {known}")]
    Newer {
        /// Version of the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The disk, or the person's share of it, is full.
    #[error("the disk is full")]
    Full,
    /// It cannot be written or reached now: read-only, in use, a failing disk.
    #[error("the database cannot be used now")]
    Unusable(#[source] rusqlite::Error),
    /// Another program reads it just now, so that its log cannot be emptied.
    #[error("another program reads the database")]
    Busy,
    /// The folder or a file beside the database cannot be used.
    #[error("the data folder cannot be used")]
    Io(#[from] std::io::Error),
    /// A value in the database is not of the type it is read as.
    #[error("a stored value cannot be read: {what}")]
    Value {
        /// Which: a column or the name of a setting.
        what: &'static str,
    },
    /// A statement failed in a way that it cannot; a defect of ours.
    #[error("a statement of ours failed")]
    Statement(#[source] rusqlite::Error),
}

impl StoreError {
    /// An entry of the journal may be written later.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Full | Self::Unusable(_) | Self::Busy | Self::Io(_))
    }

    /// The failure as a person meets it who only looked: nothing was set aside.
    #[must_use]
    pub fn while_reading(&self) -> Problem {
        match self {
            Self::Corrupt => Code::DATABASE_DAMAGED.into(),
            other => other.problem(),
        }
    }

    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Corrupt => Code::DATABASE_CORRUPT.into(),
            Self::Newer { found, known } => {
                Problem::new(Code::DATABASE_NEWER).with("found", found).with("known", known)
            }
            Self::Full => Code::DISK_FULL.into(),
            Self::Io(cause) if cause.kind() == std::io::ErrorKind::StorageFull => Code::DISK_FULL.into(),
            Self::Unusable(_) | Self::Busy | Self::Io(_) => Code::DATA_FOLDER.into(),
            Self::Value { what } => Problem::new(Code::SETTINGS_UNREADABLE).with("what", what),
            Self::Statement(_) => Code::INTERNAL.into(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        error.problem()
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        match cause.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Unusable(cause),
            _ => Self::Statement(cause),
        }
    }
}
