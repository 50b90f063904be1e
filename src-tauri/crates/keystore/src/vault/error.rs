//! Why a lease cannot be kept or found.

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
            Self::Io(cause) if cause.kind() == std::io::ErrorKind::StorageFull => Code::DISK_FULL.into(),
            Self::Io(_) => Code::DATA_FOLDER.into(),
            Self::Library(_) => Code::INTERNAL.into(),
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        error.problem()
    }
}
