//! Where a person's keystore is: folder, file names, the newest first.
//!
//! Source: docs/reference/ehealth-certificates.md, section 1 and section 8, points 5 and 6.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use relais_core::ident::Ssin;
use relais_core::secret::Password;

use crate::error::KeystoreError;
use crate::holder::{Holder, Wanted};
use crate::p12;

/// Where eHealth's tool puts keystores: `ehealth/keystore` in the user's home.
#[must_use]
pub fn default_folder() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join("ehealth").join("keystore"))
}

/// Keystore files of this person, the newest name first. A missing folder has none.
pub fn candidates(folder: &Path, person: &Ssin) -> Result<Vec<PathBuf>, KeystoreError> {
    let mut found: Vec<_> = names(folder)?
        .into_iter()
        .filter_map(|name| age(&name, person).map(|age| (age, folder.join(&name))))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Everybody who has a keystore in this folder, each once, by the names of the files. A missing folder has nobody.
pub fn people(folder: &Path) -> Result<Vec<Ssin>, KeystoreError> {
    let mut found: Vec<Ssin> = Vec::new();
    for name in names(folder)? {
        let digits: String =
            name.strip_prefix("SSIN=").unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
        if let Ok(person) = Ssin::parse_unchecked(&digits)
            && age(&name, &person).is_some()
            && !found.contains(&person)
        {
            found.push(person);
        }
    }
    Ok(found)
}

/// Names of the files in a folder that are texts; others are nobody's keystore.
fn names(folder: &Path) -> Result<Vec<String>, KeystoreError> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(KeystoreError::Io(cause)),
    };
    let names = listing.map(|entry| entry.map(|entry| entry.file_name().into_string().ok()));
    names.filter_map(Result::transpose).collect::<io::Result<_>>().map_err(KeystoreError::Io)
}

/// What a file of this person sorts by: the time in its name, blank or dash before it, then the name.
fn age(name: &str, person: &Ssin) -> Option<(String, String)> {
    let rest = name.strip_prefix("SSIN=")?.strip_prefix(person.reveal())?;
    if !rest.to_ascii_lowercase().ends_with("p12") || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let time = rest
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    Some((time, rest.to_owned()))
}

/// Opens the newest keystore of the folder that may be used; those in progress or not valid are passed over.
///
/// Any other failure of a newer file stops the search: an old key is never taken silently for a new one. Where none is
/// usable the newest file's failure is told.
pub fn newest_usable(
    folder: &Path,
    person: &Ssin,
    password: &Password,
    wanted: &Wanted<'_>,
) -> Result<(PathBuf, Holder), KeystoreError> {
    let mut first_failure = None;
    for path in candidates(folder, person)? {
        match open_file(&path, password).and_then(|keystore| keystore.into_holder(wanted)) {
            Ok(holder) => return Ok((path, holder)),
            Err(passed_over @ (KeystoreError::InProgress | KeystoreError::NotValid { .. })) => {
                first_failure.get_or_insert(passed_over);
            }
            Err(stop) => return Err(stop),
        }
    }
    Err(first_failure.unwrap_or(KeystoreError::NotFound))
}

/// Reads and opens one file.
pub fn open_file(path: &Path, password: &Password) -> Result<crate::Keystore, KeystoreError> {
    p12::open(&read(path)?, password)
}

/// Reads a file of at most [`p12::MOST_BYTES`]; only a plain file, so that a pipe cannot hang the reader.
pub fn read(path: &Path) -> Result<Vec<u8>, KeystoreError> {
    let file = open_plain(path).map_err(KeystoreError::Io)?;
    let mut bytes = Vec::new();
    file.take(p12::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(KeystoreError::Io)?;
    if bytes.len() > p12::MOST_BYTES { Err(KeystoreError::TooCostly) } else { Ok(bytes) }
}

fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a plain file")) }
}
