//! Why a keystore cannot be used.

use jiff::Timestamp;
use relais_core::{Code, Problem};

/// Why a keystore, or the key in it, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeystoreError {
    /// There is no such file, or no keystore of this person in the folder.
    #[error("no keystore was found")]
    NotFound,
    /// The file is there but cannot be read.
    #[error("the keystore file cannot be read")]
    Io(#[source] std::io::Error),
    /// The bytes are no PKCS#12.
    #[error("the file is no keystore, or it is damaged")]
    Malformed,
    /// It is protected in a way that no eHealth keystore uses.
    #[error("the keystore is protected in a way that is not supported")]
    Unsupported,
    /// It is too large, has too many parts, or asks for too many rounds of key derivation.
    #[error("opening the keystore would cost too much")]
    TooCostly,
    /// The password does not open it.
    #[error("the password does not open the keystore")]
    PasswordWrong,
    /// It holds no key for signing in.
    #[error("the keystore holds no authentication key")]
    NoKey,
    /// Its certificate was asked for but not delivered yet.
    #[error("the certificate of this keystore is still being made")]
    InProgress,
    /// Its certificate is not valid any more, or not yet.
    #[error("the certificate is valid from {from} until {until}")]
    NotValid {
        /// First moment it is valid.
        from: Timestamp,
        /// Last moment it is valid.
        until: Timestamp,
        /// It will be: most likely the date of this PC is wrong.
        early: bool,
    },
    /// Its certificate is somebody else's.
    #[error("the keystore belongs to somebody else")]
    OtherPerson,
    /// Its certificate comes from another environment's authority.
    #[error("the certificate belongs to another environment")]
    OtherEnvironment,
    /// A new password has characters that Java's tools refuse.
    #[error("the new password has characters other than those of ASCII")]
    PasswordNotAscii,
    /// A new password has fewer characters than Java's tools accept.
    #[error("the new password is too short")]
    PasswordTooShort,
    /// The disk, or somebody, refuses what was to be written; nothing has changed.
    #[error("the keystore cannot be written")]
    NotWritten(#[source] std::io::Error),
    /// What was written reads back as something else; it was taken away again.
    #[error("the keystore that was written cannot be read back")]
    NotVerified,
    /// A certificate that is of another key than the one it came for.
    #[error("the certificate does not belong to the key")]
    KeyMismatch,
    /// It holds something that would be lost if it was written anew.
    #[error("the keystore holds something that Relais cannot write")]
    ForeignParts,
    /// OpenSSL failed at something that cannot fail with the data at hand.
    #[error("the cryptographic library failed")]
    Library(#[source] openssl::error::ErrorStack),
}

impl KeystoreError {
    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::NotFound => Code::KEYSTORE_NOT_FOUND.into(),
            Self::Io(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                Code::KEYSTORE_NOT_FOUND.into()
            }
            Self::Io(_) | Self::Malformed | Self::Unsupported => Code::KEYSTORE_UNREADABLE.into(),
            Self::TooCostly => Code::KEYSTORE_TOO_COSTLY.into(),
            Self::PasswordWrong => Code::KEYSTORE_PASSWORD_WRONG.into(),
            Self::NoKey => Code::KEYSTORE_NO_KEY.into(),
            Self::InProgress => Code::KEYSTORE_IN_PROGRESS.into(),
            Self::NotValid { from, until, early } => {
                let code = if *early { Code::KEYSTORE_NOT_YET_VALID } else { Code::KEYSTORE_EXPIRED };
                Problem::new(code).with("from", from).with("until", until)
            }
            Self::OtherPerson => Code::KEYSTORE_OTHER_PERSON.into(),
            Self::OtherEnvironment => Code::KEYSTORE_OTHER_ENVIRONMENT.into(),
            Self::PasswordNotAscii => Code::KEYSTORE_PASSWORD_NOT_ASCII.into(),
            Self::PasswordTooShort => Code::KEYSTORE_PASSWORD_TOO_SHORT.into(),
            Self::NotWritten(cause) => Problem::new(Code::KEYSTORE_NOT_WRITTEN).with("reason", reason(cause)),
            Self::NotVerified => Code::KEYSTORE_NOT_VERIFIED.into(),
            Self::KeyMismatch => Code::KEYSTORE_KEY_MISMATCH.into(),
            Self::ForeignParts => Code::KEYSTORE_FOREIGN_PARTS.into(),
            Self::Library(_) => Code::INTERNAL.into(),
        }
    }
}

/// Why a disk refuses: a name of `ui/locales/*/cli.ftl`, without its `reason-`.
fn reason(cause: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match cause.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "not-found",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "not-allowed",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "disk-full",
        ErrorKind::InvalidInput => "no-plain-file",
        ErrorKind::ResourceBusy => "changed",
        ErrorKind::AlreadyExists => "name-taken",
        _ => "disk-fault",
    }
}

impl From<KeystoreError> for Problem {
    fn from(error: KeystoreError) -> Self {
        error.problem()
    }
}
