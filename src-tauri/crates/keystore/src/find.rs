//! Where somebody's keystore is: folder, file names, the newest first.
//!
//! Source: docs/reference/ehealth-certificates.md, section 1 and section 8, points 5 and 6.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use relais_core::ident::Identity;
use relais_core::secret::Password;

use crate::error::KeystoreError;
use crate::holder::{Holder, Wanted};
use crate::p12;

/// Where eHealth's tool puts keystores: `ehealth/keystore` in the user's home.
#[must_use]
pub fn default_folder() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join("ehealth").join("keystore"))
}

/// Keystore files of this owner, the newest name first. A missing folder has none.
pub fn candidates(folder: &Path, owner: &Identity) -> Result<Vec<PathBuf>, KeystoreError> {
    let mut found: Vec<_> = names(folder)?
        .into_iter()
        .filter_map(|name| Some((named(&name)?, folder.join(&name))))
        .filter(|(file, _)| file.owner == *owner)
        .map(|(file, path)| (file.age, path))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// When the newest keystore of this owner was made, as its name says: `20260102-101500`, or nothing.
pub fn newest_time(folder: &Path, owner: &Identity) -> Result<String, KeystoreError> {
    let files = names(folder)?;
    let times = files.iter().filter_map(|name| named(name)).filter(|file| file.owner == *owner);
    Ok(times.map(|file| file.age.0).max().unwrap_or_default())
}

/// Everybody who has a keystore in this folder, each once, by the names of the files. A missing folder has nobody.
pub fn owners(folder: &Path) -> Result<Vec<Identity>, KeystoreError> {
    let mut found: Vec<Identity> = Vec::new();
    for file in names(folder)?.iter().filter_map(|name| named(name)) {
        if !found.contains(&file.owner) {
            found.push(file.owner);
        }
    }
    Ok(found)
}

/// Whose keystore a file is by its name; who opens it may find another's in it.
#[must_use]
pub fn owner_named(file: &Path) -> Option<Identity> {
    Some(named(file.file_name()?.to_str()?)?.owner)
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

/// A file that is named as a keystore is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Whose it is, by the name.
    pub owner: Identity,
    /// What it sorts by: the time in its name, then the rest of the name.
    pub(crate) age: (String, String),
}

impl Named {
    /// When it was made, as the name says: `20260102-101500`, or nothing.
    #[must_use]
    pub fn made(&self) -> &str {
        &self.age.0
    }
}

/// `TYPE=number[,APPLICATION] time.p12`, with a blank or a dash before the time.
pub(crate) fn named(name: &str) -> Option<Named> {
    let (kind, rest) = name.split_once('=')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = rest.split_at(digits);
    if !rest.to_ascii_lowercase().ends_with("p12") {
        return None;
    }
    let (application, rest) = match rest.strip_prefix(',') {
        Some(rest) => rest.split_at(application_length(rest)),
        None => ("", rest),
    };
    let application = (!application.is_empty()).then_some(application);
    let owner = Identity::parse(kind, number, application)?;
    let time = rest[..rest.len() - "p12".len()]
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    Some(Named { owner, age: (time, rest.to_owned()) })
}

/// An application id ends at a blank, or at the dash before a time.
fn application_length(rest: &str) -> usize {
    let time = |at: usize| {
        let digits: Vec<u8> = rest.bytes().skip(at + 1).take(9).collect();
        digits.len() == 9 && digits[..8].iter().all(u8::is_ascii_digit) && digits[8] == b'-'
    };
    let ends = |(at, c): (usize, char)| (c == ' ' || c == '.' || (c == '-' && time(at))).then_some(at);
    rest.char_indices().find_map(ends).unwrap_or(rest.len())
}

/// Opens the newest keystore of the folder that may be used; those in progress or not valid are passed over.
///
/// Any other failure of a newer file stops the search: an old key is never taken silently for a new one. Where none is
/// usable the newest file's failure is told.
pub fn newest_usable(
    folder: &Path,
    owner: &Identity,
    password: &Password,
    wanted: &Wanted<'_>,
) -> Result<(PathBuf, Holder), KeystoreError> {
    let mut first_failure = None;
    for path in candidates(folder, owner)? {
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
    let (file, _) = open_plain(path).map_err(KeystoreError::Io)?;
    let mut bytes = Vec::new();
    file.take(p12::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(KeystoreError::Io)?;
    if bytes.len() > p12::MOST_BYTES { Err(KeystoreError::TooCostly) } else { Ok(bytes) }
}

pub(crate) fn open_plain(path: &Path) -> io::Result<(File, Metadata)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    let data = file.metadata()?;
    if data.is_file() { Ok((file, data)) } else { Err(io::Error::other("not a plain file")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(name: &str) -> Option<(String, String)> {
        let Named { owner, age } = named(name)?;
        let whose = match &owner {
            Identity::Person(person) => person.reveal().to_owned(),
            Identity::Organisation(organisation) => organisation.to_string(),
        };
        Some((whose, age.0))
    }

    #[test]
    fn the_name_of_a_file_tells_whose_it_is_and_of_when() {
        let told = |whose: &str, time: &str| Some((whose.to_owned(), time.to_owned()));
        let time = "20260102-101500";
        assert_eq!(read("SSIN=85010199885 20260102-101500.p12"), told("85010199885", time));
        assert_eq!(read("SSIN=85010199885-20260102-101500.acc.P12"), told("85010199885", time));
        assert_eq!(read("CBE=0809394427 20260102-101500.p12"), told("CBE=0809394427", time));
        assert_eq!(read("CBE=0809394427,MY-APP2 20260102-101500.p12"), told("CBE=0809394427,MY-APP2", time));
        assert_eq!(read("CBE=0809394427,MY-APP-20260102-101500.p12"), told("CBE=0809394427,MY-APP", time));
        assert_eq!(read("NIHII-HOSPITAL=71099914.p12"), told("NIHII-HOSPITAL=71099914", ""));
        for stranger in
            ["NIHII11=19999816004 x.p12", "CBE=080939442.p12", "CBE=0809394427.pem", "notes.p12", "=.p12"]
        {
            assert_eq!(read(stranger), None, "{stranger}");
        }
    }

    proptest! {
        #[test]
        fn no_name_breaks_it(name in ".{0,60}", rest in "[ ,.=A-Zé0-9-]{0,30}") {
            let _ = read(&name);
            let _ = read(&format!("CBE=0809394427{rest}.p12"));
        }
    }
}
