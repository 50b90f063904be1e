//! Why a lease cannot be kept or found.

use std::io::ErrorKind;

use relais_core::{Code, Problem};

/// Why a place for keys gives or takes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyVaultError {
    /// This PC has no key store, or it does not answer at all.
    #[error("this PC has no key store that answers")]
    Missing,
    /// It is locked, or did not answer in time: somebody is perhaps being asked for its password.
    #[error("the key store is locked")]
    Locked,
    /// It, or the person it asked, said no.
    #[error("the key store refused")]
    Denied,
    /// There is no room for one more key.
    #[error("the disk is full")]
    Full,
    /// What it holds under our name is no key of ours.
    #[error("the key store holds something that is not our key")]
    Damaged,
}

impl KeyVaultError {
    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(self) -> Problem {
        match self {
            Self::Missing => Code::KEY_STORE_MISSING.into(),
            Self::Locked => Code::KEY_STORE_LOCKED.into(),
            Self::Denied => Code::KEY_STORE_DENIED.into(),
            Self::Full => Code::DISK_FULL.into(),
            Self::Damaged => Code::LEASE_UNREADABLE.into(),
        }
    }
}

/// Why a lease cannot be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The place for keys failed.
    #[error(transparent)]
    Keys(#[from] KeyVaultError),
    /// The file was changed, cut, or is no lease.
    #[error("the lease file is damaged")]
    Damaged,
    /// The file is there, its key is not.
    #[error("the key of the lease file is gone")]
    KeyGone,
    /// It was made for another environment, user, machine or slot.
    #[error("the lease belongs elsewhere")]
    Foreign,
    /// It was made by a newer Relais.
    #[error("the lease file has format {found}, newer than this Relais knows")]
    Newer {
        /// Format of the file.
        found: u16,
    },
    /// The folder or file cannot be read or written.
    #[error("the folder of the leases cannot be used")]
    Io(#[from] std::io::Error),
    /// OpenSSL failed at something that cannot fail with the data at hand.
    #[error("the cryptographic library failed")]
    Library(#[from] openssl::error::ErrorStack),
}

impl VaultError {
    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Keys(cause) => cause.problem(),
            Self::Damaged | Self::KeyGone => Code::LEASE_UNREADABLE.into(),
            Self::Newer { found } => Problem::new(Code::LEASE_UNREADABLE).with("format", found),
            Self::Foreign => Code::LEASE_FOREIGN.into(),
            Self::Io(cause) if full(cause) => Code::DISK_FULL.into(),
            Self::Io(_) => Code::DATA_FOLDER.into(),
            Self::Library(_) => Code::INTERNAL.into(),
        }
    }
}

/// Nothing more can be written, by this person or by anybody.
pub(super) fn full(cause: &std::io::Error) -> bool {
    matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Why not everything of a lease could be erased.
#[derive(Debug, thiserror::Error)]
#[error("a part of the lease remains on this PC")]
pub struct EraseError {
    /// Its file remains.
    pub file: Option<std::io::Error>,
    /// Its key remains.
    pub key: Option<KeyVaultError>,
}

impl EraseError {
    /// The failure as a person meets it: what remains, and the code of the cause.
    #[must_use]
    pub fn problem(self) -> Problem {
        let remains = match (&self.file, &self.key) {
            (Some(_), Some(_)) => "file-and-key",
            (Some(_), None) => "file",
            (None, _) => "key",
        };
        let cause = self.file.map(|file| VaultError::from(file).problem());
        let cause = cause.or_else(|| self.key.map(KeyVaultError::problem));
        let problem = Problem::new(Code::SESSION_NOT_ERASED).with("reason", remains);
        cause.map_or(problem.clone(), |cause| problem.with("cause", cause.code))
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        error.problem()
    }
}
