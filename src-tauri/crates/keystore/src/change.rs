//! Another password for a keystore: the same parts written anew, a proven copy of the old file beside it, and only then
//! one in place of the other. Also copies elsewhere, and the drill that asks whether a password is still known.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};
use relais_core::secret::Password;

use crate::error::KeystoreError;
use crate::find;
use crate::make::{NewPassword, proven};
use crate::p12::{self, Content};
use crate::save::{MOMENT, MOST_NAMES, read_back};
use crate::vault::disk::Fresh;

/// What a change of password has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The file as it was, which opens with the old password.
    pub backup: PathBuf,
    /// Entries of the keystore, all of which are in both files.
    pub entries: usize,
}

/// Gives a keystore another password and the modern form. Whatever fails, a file of that name is there and opens: with
/// the old password as long as an error is told.
///
/// `at` is the moment by the clock on the wall, for the name of the copy.
pub fn change_password(
    file: &Path,
    old: &Password,
    new: &NewPassword,
    at: DateTime,
) -> Result<Changed, KeystoreError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let found = fs::symlink_metadata(file).map_err(KeystoreError::Io)?;
    // What a link leads to would keep the old password.
    if !found.is_file() {
        return Err(KeystoreError::NotWritten(io::ErrorKind::InvalidInput.into()));
    }
    let bytes = find::read(file)?;
    let bags = p12::bags(&bytes, old)?;
    if bags.iter().any(|bag| matches!(bag.content, Content::Secret | Content::Foreign)) {
        return Err(KeystoreError::ForeignParts);
    }
    let written = p12::write(&bags, new.password())?;
    let fresh = Fresh::written(folder, &written).map_err(KeystoreError::NotWritten)?;
    let entries = proven(&read_back(&fresh)?, new, &bags)?;
    fresh.allow_as(&found).map_err(KeystoreError::NotWritten)?;
    let backup = backed_up(folder, file, &bytes, at)?;
    if find::read(file)? != bytes {
        return Err(KeystoreError::NotWritten(io::ErrorKind::ResourceBusy.into()));
    }
    fresh.replace(file).map_err(KeystoreError::NotWritten)?;
    Ok(Changed { backup, entries })
}

/// A copy beside the file: `NAME.20260302-093000.bak`, which no list takes for a keystore.
fn backed_up(folder: &Path, file: &Path, bytes: &[u8], at: DateTime) -> Result<PathBuf, KeystoreError> {
    for second in 0..MOST_NAMES {
        let at = at.checked_add(second.seconds()).unwrap_or(at);
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.bak", at.strftime(MOMENT)));
        let backup = folder.join(name);
        if copied(folder, &backup, bytes)? {
            return Ok(backup);
        }
    }
    Err(KeystoreError::NotWritten(io::ErrorKind::AlreadyExists.into()))
}

/// Writes a copy, reads it back and compares it before it gets a name that nobody has; says whether it could.
fn copied(folder: &Path, to: &Path, bytes: &[u8]) -> Result<bool, KeystoreError> {
    let copy = Fresh::written(folder, bytes).map_err(KeystoreError::NotWritten)?;
    if read_back(&copy)? != bytes {
        return Err(KeystoreError::NotVerified);
    }
    copy.create(to).map_err(KeystoreError::NotWritten)
}

/// Lays a proven copy of a keystore into another folder, under its own name: no password is needed. The same copy that lies there
/// already is as good as a new one; another file of that name is left as it is, with an error.
pub fn back_up(file: &Path, folder: &Path) -> Result<PathBuf, KeystoreError> {
    let bytes = find::read(file)?;
    p12::glance(&bytes)?;
    let to = folder.join(file.file_name().unwrap_or_default());
    if copied(folder, &to, &bytes)? || find::read(&to).is_ok_and(|there| there == bytes) {
        return Ok(to);
    }
    Err(KeystoreError::NotWritten(io::ErrorKind::AlreadyExists.into()))
}

/// Whether a password that somebody typed opens a keystore and its keys: the moment to note, and nothing else.
///
/// Tries once, keeps nothing, and blocks as long as opening does. When it is to be asked is `core/certificates/drill`.
pub fn drill(file: &Path, password: &Password, now: Timestamp) -> Result<Timestamp, KeystoreError> {
    find::open_file(file, password).map(|_| now)
}
