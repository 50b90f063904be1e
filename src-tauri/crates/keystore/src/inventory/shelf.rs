//! What is known of one folder that was agreed to, over restarts: its rows with their age, and its sidecar.
//!
//! Names and numbers of people stand in it, and in the names of files: the whole of it is hidden under the key of the
//! installation, and so is which folder it is of. It is no authority for anything: a damaged one is an empty one.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use relais_core::Code;
use serde::{Deserialize, Serialize};

use super::sidecar::{Digest, Identity, Sidecar};
use super::{Contents, Found, Public, Row, Seen};
use crate::vault::{InstallKey, VaultError, disk};

/// Changes when what is kept means something else; another number is an empty shelf.
const VERSION: u32 = 1;
/// Where shelves lie in an environment's folder.
const FOLDER: &str = "certificates";
/// What they are hidden and named for.
const PURPOSE: &str = "certificates";
/// Largest that is read: a hundred thousand certificates.
const LARGEST: u64 = 128 << 20;

/// A row, and when it was seen last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// What was found.
    pub row: Row,
    /// When.
    pub seen_at: Timestamp,
}

/// What is known of one folder.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    rows: Vec<Shelved>,
    whole_at: Option<Timestamp>,
    known: Arc<Sidecar>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    whole_at: Option<Timestamp>,
    rows: Vec<KeptRow>,
    /// Everything that rows and files hold, each once.
    pool: Vec<Contents>,
    files: Vec<(Identity, String)>,
    contents: Vec<(String, usize)>,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    path: PathBuf,
    modified_at: Option<Timestamp>,
    seen_at: Timestamp,
    found: KeptFound,
}

#[derive(Serialize, Deserialize)]
enum KeptFound {
    /// A place in the pool.
    Read(usize),
    Failed(Code),
}

impl Shelf {
    /// What was kept of this folder; what is not there, not ours or damaged is nothing.
    #[must_use]
    pub fn load(at: &Path, install: &InstallKey, folder: &Path) -> Self {
        let shelves = at.join(FOLDER);
        let read = || {
            let bytes = disk::read(&shelves, &file(at, install, folder).ok()?, LARGEST).ok()??;
            Self::from_bytes(&install.unhide(PURPOSE, &bytes)?)
        };
        read().unwrap_or_default()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// The folder refuses.
    pub fn save(&self, at: &Path, install: &InstallKey, folder: &Path) -> Result<(), VaultError> {
        let shelves = at.join(FOLDER);
        disk::private_folder(&shelves)?;
        let bytes = install.hide(PURPOSE, &self.to_bytes())?;
        Ok(disk::replace(&shelves, &file(at, install, folder)?, &bytes)?)
    }

    /// Erases what is kept of every folder that is none of these.
    ///
    /// # Errors
    /// Something is left.
    pub fn erase_others(at: &Path, install: &InstallKey, agreed: &[PathBuf]) -> Result<(), VaultError> {
        let shelves = at.join(FOLDER);
        let kept: Result<HashSet<_>, _> = agreed.iter().map(|folder| file(at, install, folder)).collect();
        let (kept, names) = (kept?, disk::names(&shelves)?);
        let ours = names.into_iter().filter(|name| name.ends_with(".shelf") || name.starts_with(".new-"));
        let others = ours.map(|name| shelves.join(name)).filter(|path| !kept.contains(path));
        Ok(others.into_iter().try_for_each(|path| disk::remove(&shelves, &path))?)
    }

    /// Takes up what a look has found at `now`. What lies where nobody could look, what nobody came to before the look was
    /// `cut_short`, and what a file held that cannot be read now stays, with the time it was seen.
    pub fn take_up(&mut self, seen: &Seen, cut_short: bool, now: Timestamp) {
        Arc::make_mut(&mut self.known).take_up(seen);
        let here: HashMap<&OsStr, &Found> =
            seen.rows.iter().map(|row| (row.path.as_os_str(), &row.found)).collect();
        let lost: Vec<&Path> =
            seen.rows.iter().filter(|row| out_of_reach(row)).map(|row| &*row.path).collect();
        let stays = |one: &Shelved| match (here.get(one.row.path.as_os_str()), &one.row.found) {
            (Some(Found::Failed(_)), Found::Read(_)) => true,
            (Some(_), _) => false,
            (None, _) => cut_short || lost.iter().any(|folder| one.row.path.starts_with(folder)),
        };
        let mut rows: Vec<_> =
            seen.rows.iter().map(|row| Shelved { row: row.clone(), seen_at: now }).collect();
        rows.extend(std::mem::take(&mut self.rows).into_iter().filter(stays));
        rows.sort_by(|a, b| a.row.path.as_os_str().cmp(b.row.path.as_os_str()));
        self.rows = rows;
        if seen.whole {
            self.whole_at = Some(now);
        }
    }

    /// Keeps what a keystore showed that was opened for something else; the next look tells it.
    pub fn learn(&mut self, bytes: &[u8], shown: &[Public]) {
        Arc::make_mut(&mut self.known).learn(bytes, shown);
    }

    /// Takes over what passwords showed while a look was under way; says whether that was anything, which the next look
    /// tells.
    pub fn learn_from(&mut self, before: &Self) -> bool {
        Arc::make_mut(&mut self.known).learn_from(&before.known)
    }

    /// Everything that is known, by the names of the files.
    #[must_use]
    pub fn rows(&self) -> &[Shelved] {
        &self.rows
    }

    /// When the whole folder was seen last.
    #[must_use]
    pub fn whole_at(&self) -> Option<Timestamp> {
        self.whole_at
    }

    /// What is known of its files.
    #[must_use]
    pub fn known(&self) -> &Arc<Sidecar> {
        &self.known
    }

    fn to_bytes(&self) -> Vec<u8> {
        let (files, contents) = self.known.parts();
        let mut pool = Pool::default();
        let rows = self.rows.iter().filter_map(|one| {
            // A name that is no text is read again at the next look.
            one.row.path.to_str()?;
            Some(KeptRow {
                path: one.row.path.clone(),
                modified_at: one.row.modified_at,
                seen_at: one.seen_at,
                found: match &one.row.found {
                    Found::Read(contents) => KeptFound::Read(pool.place(contents)),
                    Found::Failed(code) => KeptFound::Failed(*code),
                },
            })
        });
        let rows = rows.collect();
        let contents = contents.iter().map(|(digest, one)| (hex::encode(digest), pool.place(one))).collect();
        let files = files.iter().map(|(file, digest)| (*file, hex::encode(digest))).collect();
        let pool = pool.all.iter().map(|one| Contents::clone(one)).collect();
        let kept = Kept { version: VERSION, whole_at: self.whole_at, rows, pool, files, contents };
        serde_json::to_vec(&kept).unwrap_or_default()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(bytes).ok().filter(|kept: &Kept| kept.version == VERSION)?;
        let pool: Vec<Arc<Contents>> = kept.pool.into_iter().map(Arc::new).collect();
        let digest = |text: &str| -> Option<Digest> { hex::decode(text).ok()?.try_into().ok() };
        let row = |one: KeptRow| {
            let found = match one.found {
                KeptFound::Read(place) => Found::Read(pool.get(place)?.clone()),
                KeptFound::Failed(code) => Found::Failed(code),
            };
            let row = Row { path: one.path, modified_at: one.modified_at, found };
            Some(Shelved { row, seen_at: one.seen_at })
        };
        let rows = kept.rows.into_iter().filter_map(row).collect();
        let files = kept.files.iter().filter_map(|(file, text)| Some((*file, digest(text)?)));
        let contents =
            kept.contents.iter().filter_map(|(text, place)| Some((digest(text)?, pool.get(*place)?.clone())));
        Some(Self { rows, whole_at: kept.whole_at, known: Arc::new(Sidecar::of(files, contents)) })
    }
}

/// Contents that several hold, each written once.
#[derive(Default)]
struct Pool {
    all: Vec<Arc<Contents>>,
    places: HashMap<*const Contents, usize>,
}

impl Pool {
    fn place(&mut self, contents: &Arc<Contents>) -> usize {
        *self.places.entry(Arc::as_ptr(contents)).or_insert_with(|| {
            self.all.push(contents.clone());
            self.all.len() - 1
        })
    }
}

/// A place below which nobody could look.
fn out_of_reach(row: &Row) -> bool {
    matches!(row.found, Found::Failed(Code::CERTIFICATE_FOLDER_UNREACHABLE | Code::KEYSTORE_TIMEOUT))
}

fn file(at: &Path, install: &InstallKey, folder: &Path) -> Result<PathBuf, VaultError> {
    let name = install.seal(PURPOSE, folder.as_os_str().as_encoded_bytes())?;
    Ok(at.join(FOLDER).join(format!("{}.shelf", &name[..32])))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        format!("2026-03-{day}T08:00:00Z").parse().unwrap()
    }

    fn read(path: &str) -> Row {
        let contents = Contents { keystore: true, aliases: vec![path.to_owned()], ..Contents::default() };
        Row { path: path.into(), modified_at: None, found: Found::Read(Arc::new(contents)) }
    }

    fn failed(path: &str, code: Code) -> Row {
        Row { path: path.into(), modified_at: None, found: Found::Failed(code) }
    }

    fn seen(rows: Vec<Row>, whole: bool) -> Seen {
        Seen { rows, whole, ..Seen::default() }
    }

    fn told(shelf: &Shelf) -> Vec<(String, String, String)> {
        let row = |one: &Shelved| {
            let what = match &one.row.found {
                Found::Read(_) => "read".to_owned(),
                Found::Failed(code) => code.to_string(),
            };
            (one.row.path.display().to_string(), what, one.seen_at.strftime("%d").to_string())
        };
        shelf.rows().iter().map(row).collect()
    }

    fn expected(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    }

    #[test]
    fn what_is_out_of_reach_stays_with_its_age_and_what_is_gone_goes() {
        let mut shelf = Shelf::default();
        shelf.take_up(&seen(vec![read("s/a.p12"), read("s/t/b.p12")], true), false, at("01"));
        assert_eq!(shelf.whole_at(), Some(at("01")));
        let lost = failed("s", Code::CERTIFICATE_FOLDER_UNREACHABLE);
        shelf.take_up(&seen(vec![lost], false), false, at("02"));
        let kept = [("s", "RLS-4017", "02"), ("s/a.p12", "read", "01"), ("s/t/b.p12", "read", "01")];
        assert_eq!((told(&shelf), shelf.whole_at()), (expected(&kept), Some(at("01"))));
        let below = failed("s/t", Code::KEYSTORE_TIMEOUT);
        shelf.take_up(&seen(vec![below, read("s/c.p12")], false), false, at("03"));
        let part = [("s/c.p12", "read", "03"), ("s/t", "RLS-4010", "03"), ("s/t/b.p12", "read", "01")];
        assert_eq!(told(&shelf), expected(&part), "what is gone where somebody looked is gone");
        shelf.take_up(&seen(vec![read("s/t/b.p12")], true), false, at("04"));
        assert_eq!(told(&shelf), expected(&[("s/t/b.p12", "read", "04")]));
    }

    #[test]
    fn a_look_that_was_given_up_and_a_file_that_cannot_be_read_now_take_nothing_away() {
        let mut shelf = Shelf::default();
        shelf.take_up(&seen(vec![read("a.p12"), read("b.p12")], true), false, at("01"));
        shelf.take_up(&seen(vec![read("a.p12")], false), true, at("02"));
        assert_eq!(told(&shelf), expected(&[("a.p12", "read", "02"), ("b.p12", "read", "01")]));
        let locked = failed("b.p12", Code::KEYSTORE_UNREADABLE);
        shelf.take_up(&seen(vec![locked.clone()], true), false, at("03"));
        let both = [("b.p12", "RLS-4003", "03"), ("b.p12", "read", "01")];
        assert_eq!(told(&shelf), expected(&both));
        shelf.take_up(&seen(vec![locked], true), false, at("04"));
        assert_eq!(told(&shelf), expected(&[("b.p12", "RLS-4003", "04"), ("b.p12", "read", "01")]));
        shelf.take_up(&seen(vec![read("b.p12")], true), false, at("05"));
        assert_eq!(told(&shelf), expected(&[("b.p12", "read", "05")]));
    }

    #[test]
    fn it_comes_back_as_it_was_and_is_found_under_its_folder_alone() {
        let data = tempfile::tempdir().unwrap();
        let install = InstallKey::load_or_create(data.path()).unwrap();
        let (one, other) = (Path::new("/share/one"), Path::new("/share/other"));
        let mut shelf = Shelf::default();
        let rows =
            vec![read("/share/one/SSIN=85010199885 20260102-101500.p12"), failed("/x", Code::INTERNAL)];
        shelf.take_up(&seen(rows, true), false, at("01"));
        shelf.save(data.path(), &install, one).unwrap();
        let again = Shelf::load(data.path(), &install, one);
        assert_eq!((again.rows(), again.whole_at()), (shelf.rows(), shelf.whole_at()));
        assert!(Shelf::load(data.path(), &install, other).rows().is_empty());
        Shelf::erase_others(data.path(), &install, &[one.to_owned()]).unwrap();
        assert_eq!(Shelf::load(data.path(), &install, one).rows().len(), 2);
        Shelf::erase_others(data.path(), &install, &[other.to_owned()]).unwrap();
        assert!(Shelf::load(data.path(), &install, one).rows().is_empty());
        assert_eq!(std::fs::read_dir(data.path().join(FOLDER)).unwrap().count(), 0);
    }

    #[test]
    fn one_of_somebody_else_or_of_another_version_is_an_empty_one() {
        let good = br#"{"version":1,"whole_at":null,"rows":[],"pool":[],"files":[],"contents":[]}"#;
        assert!(Shelf::from_bytes(good).is_some());
        assert!(Shelf::from_bytes(&good[..20]).is_none());
        assert!(Shelf::from_bytes(&[&br#"{"version":2"#[..], &good[12..]].concat()).is_none());
        let nowhere =
            br#"{"version":1,"whole_at":null,"rows":[],"pool":[],"files":[],"contents":[["00",7]]}"#;
        assert!(Shelf::from_bytes(nowhere).is_some_and(|one| one.known().is_empty()));
    }
}
