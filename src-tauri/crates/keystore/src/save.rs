//! Where a keystore is written: beside the others, under a name that nobody has, and only once it was read back.
//!
//! A file gets its name when its bytes are on the disk, were read again, opened with the password, and every key in it
//! did its work: a crash or a full disk in between leaves nothing that anybody takes for a keystore.

use std::io;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::DateTime;
use relais_core::environment::EnvironmentClass;
use relais_core::ident::Identity;

use crate::error::KeystoreError;
use crate::find;
use crate::make::{Draft, NewPassword, proven};
use crate::p12;
use crate::vault::disk;

/// How the moment stands in a name. Source: docs/reference/ehealth-certificates.md, section 1.
pub(crate) const MOMENT: &str = "%Y%m%d-%H%M%S";
/// Names that are tried, a second apart, while somebody else takes each.
pub(crate) const MOST_NAMES: i32 = 10;

/// What the name of a keystore tells: whose it is, of which environment, made when by the clock on the wall.
#[derive(Debug, Clone)]
pub struct FileName {
    /// Whose it is.
    pub owner: Identity,
    /// Which platform it is for.
    pub class: EnvironmentClass,
    /// The moment, in local time as eHealth's own tool writes it.
    pub at: DateTime,
}

impl FileName {
    /// `TYPE=number[,APPLICATION] time.p12`; one of the acceptance platform ends in `.acc.p12`.
    #[must_use]
    pub fn text(&self) -> String {
        let whose = match &self.owner {
            Identity::Person(person) => format!("SSIN={}", person.reveal()),
            Identity::Organisation(organisation) => organisation.to_string(),
        };
        let of = if self.class == EnvironmentClass::Acceptance { ".acc" } else { "" };
        format!("{whose} {}{of}.p12", self.at.strftime(MOMENT))
    }

    /// The newest keystore is the last by its name: a clock that runs late must not put an old one before this one.
    fn after(self, newest: &str) -> Self {
        let newest = DateTime::strptime(MOMENT, newest).ok();
        let next = newest.and_then(|at| at.checked_add(1.second()).ok());
        Self { at: next.map_or(self.at, |next| next.max(self.at)), ..self }
    }
}

/// Writes a keystore as a file of its own in this folder, which is made where it is missing. The others stay as they are.
pub fn save(
    folder: &Path,
    name: FileName,
    draft: &Draft,
    password: &NewPassword,
) -> Result<PathBuf, KeystoreError> {
    let bytes = draft.bytes(password)?;
    disk::made(folder).map_err(KeystoreError::NotWritten)?;
    let newest = find::newest_time(folder, &name.owner)?;
    let mut name = name.after(&newest);
    for _ in 0..MOST_NAMES {
        let file = folder.join(name.text());
        let fresh = disk::Fresh::written(folder, &bytes).map_err(KeystoreError::NotWritten)?;
        proven(&read_back(&fresh)?, password, draft.bags())?;
        if fresh.create(&file).map_err(KeystoreError::NotWritten)? {
            return Ok(file);
        }
        name.at = name.at.checked_add(1.second()).unwrap_or(name.at);
    }
    Err(KeystoreError::NotWritten(io::ErrorKind::AlreadyExists.into()))
}

pub(crate) fn read_back(fresh: &disk::Fresh) -> Result<Vec<u8>, KeystoreError> {
    fresh.read(p12::MOST_BYTES as u64).map_err(|_| KeystoreError::NotVerified)
}
