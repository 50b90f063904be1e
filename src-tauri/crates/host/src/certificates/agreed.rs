//! What a person agreed to: the folders that are looked at, since when, and who could be asked where nobody answers. It
//! is kept hidden in the database, since a folder may bear the number of a person.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use relais_core::code::clean;
use relais_core::{Code, Problem};
use relais_keystore::InstallKey;
use serde::{Deserialize, Serialize};

/// What it is hidden for.
const PURPOSE: &str = "agreed-folders";
/// Most folders: each has threads of its own while it is looked at.
pub const MOST_FOLDERS: usize = 32;
/// Longest name or mail address, in characters.
const LONGEST: usize = 120;

/// A folder that a person agreed to, with everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Which.
    pub folder: PathBuf,
    /// When they agreed.
    pub agreed_at: Timestamp,
}

/// Who could look after certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputy {
    /// Their name.
    pub name: String,
    /// Their mail address; empty = not said.
    pub mail: String,
}

/// Everything that somebody decided about the inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The folders, in the order of their names.
    pub folders: Vec<Agreed>,
    /// Who could look after what they hold.
    pub deputy: Option<Deputy>,
}

impl Decided {
    /// As the database keeps it.
    ///
    /// # Errors
    /// The cryptographic library fails.
    pub fn hidden(&self, install: &InstallKey) -> Result<String, Problem> {
        let plain = serde_json::to_vec(self).map_err(|_| Problem::new(Code::INTERNAL))?;
        Ok(hex::encode(install.hide(PURPOSE, &plain)?))
    }

    /// What the database keeps; what was not hidden here was agreed to by nobody.
    #[must_use]
    pub fn shown(text: &str, install: &InstallKey) -> Self {
        let read = || serde_json::from_slice(&install.unhide(PURPOSE, &hex::decode(text).ok()?)?).ok();
        read().unwrap_or_default()
    }

    /// Adds a folder; one that lies in it was agreed to by that. Gives the folder as it is kept: without links.
    ///
    /// # Errors
    /// [`Code::CERTIFICATE_FOLDER_UNUSABLE`], [`Code::CERTIFICATE_FOLDER_INSIDE`].
    pub fn agree(&mut self, named: &Path, now: Timestamp) -> Result<PathBuf, Problem> {
        let refused = |reason: &str| {
            let problem = Problem::new(Code::CERTIFICATE_FOLDER_UNUSABLE);
            problem.with("file", super::shown_path(named)).with("reason", reason)
        };
        let folder =
            std::fs::canonicalize(named).map_err(|cause| refused(crate::file::Unreadable::of(&cause).0))?;
        if !folder.is_dir() {
            return Err(refused("no-folder"));
        }
        // Everything that this PC has is more than anybody meant.
        if folder.parent().is_none() {
            return Err(refused("whole-disk"));
        }
        if folder.to_str().is_none() {
            return Err(refused("no-text"));
        }
        if let Some(outer) = self.folders.iter().find(|one| folder.starts_with(&one.folder)) {
            let inside = Problem::new(Code::CERTIFICATE_FOLDER_INSIDE);
            return Err(inside.with("file", super::shown_path(&outer.folder)));
        }
        self.folders.retain(|one| !one.folder.starts_with(&folder));
        if self.folders.len() >= MOST_FOLDERS {
            return Err(refused("too-many"));
        }
        self.folders.push(Agreed { folder: folder.clone(), agreed_at: now });
        self.folders.sort_by(|a, b| a.folder.cmp(&b.folder));
        Ok(folder)
    }

    /// Takes a folder out, named as it is kept, as it is shown or as it can be reached now.
    ///
    /// # Errors
    /// [`Code::CERTIFICATE_FOLDER_UNKNOWN`]: nobody agreed to it.
    pub fn withdraw(&mut self, named: &Path) -> Result<PathBuf, Problem> {
        let real = std::fs::canonicalize(named).ok();
        // As a window shows it, too, which leaves numbers of people out.
        let shown = |one: &Agreed| Path::new(&super::shown_path(&one.folder)) == named;
        let meant = |one: &Agreed| one.folder == named || real.as_ref() == Some(&one.folder) || shown(one);
        let place = self.folders.iter().position(meant);
        let unknown =
            || Problem::new(Code::CERTIFICATE_FOLDER_UNKNOWN).with("file", super::shown_path(named));
        Ok(self.folders.remove(place.ok_or_else(unknown)?).folder)
    }

    /// All folders.
    #[must_use]
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.folders.iter().map(|one| one.folder.clone()).collect()
    }
}

impl Deputy {
    /// Somebody by that name and address.
    ///
    /// # Errors
    /// [`Code::USAGE`] where the name is empty or too long, or the address is none.
    pub fn of(name: &str, mail: &str) -> Result<Self, Problem> {
        let (name, mail) = (clean(name.trim()), clean(mail.trim()));
        let fits = |text: &str| text.chars().count() <= LONGEST;
        let address = mail.is_empty()
            || mail.split_once('@').is_some_and(|(who, host)| {
                !who.is_empty() && host.contains('.') && !mail.contains(char::is_whitespace)
            });
        let good = !name.is_empty() && fits(&name) && fits(&mail) && address;
        if good { Ok(Self { name, mail }) } else { Err(Code::USAGE.into()) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    #[test]
    fn a_folder_is_agreed_to_once_with_all_below_it_and_withdrawn_by_any_of_its_names() {
        let root = tempfile::tempdir().unwrap();
        let outer = std::fs::canonicalize(root.path()).unwrap().join("keys");
        let inner = outer.join("lab");
        std::fs::create_dir_all(&inner).unwrap();
        let mut decided = Decided::default();
        assert_eq!(decided.agree(&inner, now()).unwrap(), inner);
        assert_eq!(
            decided.agree(&outer.join("lab/../lab"), now()).unwrap_err().code,
            Code::CERTIFICATE_FOLDER_INSIDE
        );
        assert_eq!(decided.agree(&outer, now()).unwrap(), outer);
        assert_eq!(decided.paths(), std::slice::from_ref(&outer), "what lies in it needs no word of its own");
        assert_eq!(decided.agree(&inner, now()).unwrap_err().code, Code::CERTIFICATE_FOLDER_INSIDE);
        assert_eq!(decided.withdraw(&inner).unwrap_err().code, Code::CERTIFICATE_FOLDER_UNKNOWN);
        let by_detour = inner.join("..");
        assert_eq!(decided.withdraw(&by_detour).unwrap(), outer);
        assert_eq!(decided, Decided::default());
    }

    #[test]
    fn what_is_no_folder_or_the_whole_disk_is_refused_and_one_that_is_gone_can_be_withdrawn() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.p12");
        std::fs::write(&file, b"x").unwrap();
        let mut decided = Decided::default();
        for refused in [file.as_path(), Path::new("/"), &root.path().join("none")] {
            let problem = decided.agree(refused, now()).unwrap_err();
            assert_eq!(problem.code, Code::CERTIFICATE_FOLDER_UNUSABLE, "{refused:?}");
        }
        let share = root.path().join("share");
        std::fs::create_dir(&share).unwrap();
        let kept = decided.agree(&share, now()).unwrap();
        std::fs::remove_dir(&share).unwrap();
        assert_eq!(decided.withdraw(&kept).unwrap(), kept);
    }

    #[test]
    fn what_was_decided_is_hidden_and_read_here_alone() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ours = InstallKey::load_or_create(here.path()).unwrap();
        let folders = vec![Agreed { folder: "/k/SSIN=85010199885".into(), agreed_at: now() }];
        let deputy = Some(Deputy::of(" Jo Peeters ", "jo@hospital.test").unwrap());
        let decided = Decided { folders, deputy };
        let text = decided.hidden(&ours).unwrap();
        assert!(!text.contains("85010199885") && !text.contains(&hex::encode("85010199885")));
        assert_eq!(Decided::shown(&text, &ours), decided);
        let theirs = InstallKey::load_or_create(there.path()).unwrap();
        assert_eq!(Decided::shown(&text, &theirs), Decided::default(), "nobody agreed to it there");
    }

    #[test]
    fn a_deputy_has_a_name_and_perhaps_an_address() {
        assert!(Deputy::of("Jo", "").is_ok() && Deputy::of("Jo", "jo@h.test").is_ok());
        for (name, mail) in [("", "jo@h.test"), ("Jo", "jo"), ("Jo", "@h.test"), ("Jo", "j o@h.test")] {
            assert!(Deputy::of(name, mail).is_err(), "{name} {mail}");
        }
        assert!(Deputy::of(&"x".repeat(121), "").is_err());
    }
}
