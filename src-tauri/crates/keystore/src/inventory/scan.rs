//! Folder after folder: which files are read, which are known, and which are told as what they are.

use std::fs::{self, DirEntry, FileType, Metadata};
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use relais_core::Code;

use super::read::read;
use super::sidecar::{Digest, Identity, Sidecar};
use super::work::{Turn, Work};
use super::{Contents, Found, MOST_BYTES, Row, is_keystore, is_of_interest};
use crate::find::open_plain;

/// How far a look is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files of certificates that were found.
    pub files: usize,
    /// Those of them that had to be read.
    pub read: usize,
}

/// What a look has found.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Every file and every place that could not be read, in the order of their names.
    pub rows: Vec<Row>,
    /// How far it came.
    pub progress: Progress,
    /// Nobody cut it short, and every folder was there.
    pub whole: bool,
    /// For the sidecar: a file without digest was read and must be read again.
    pub(super) files: Vec<(Identity, Option<Digest>, Arc<Contents>)>,
}

/// What is told on the way.
pub(super) enum Beat {
    /// Something moved: a folder or a name was read.
    Alive,
    /// A row.
    Row(Row),
    /// A file that was read or known.
    File(Row, Identity, Option<Digest>, Arc<Contents>, bool),
    /// A folder that is out of reach.
    Lost(Row),
}

/// One thread's look.
pub(super) struct Look<'a> {
    pub known: &'a Sidecar,
    /// All folders that were agreed to.
    pub agreed: &'a [PathBuf],
    pub now: SystemTime,
    /// Told of every step; whether to go on.
    pub tell: &'a mut dyn FnMut(Beat) -> ControlFlow<()>,
}

impl Look<'_> {
    /// Looks at folders until none is left.
    pub(super) fn at(&mut self, work: &Work) -> ControlFlow<()> {
        while let Some(turn) = work.next() {
            self.folder(&turn)?;
        }
        ControlFlow::Continue(())
    }

    fn folder(&mut self, turn: &Turn<'_>) -> ControlFlow<()> {
        (self.tell)(Beat::Alive)?;
        let lost = || Beat::Lost(failed(turn.folder.clone(), Code::CERTIFICATE_FOLDER_UNREACHABLE));
        let listing = match fs::read_dir(&turn.folder) {
            Ok(listing) if turn.first_time() => listing,
            Ok(_) => return ControlFlow::Continue(()),
            Err(_) => return (self.tell)(lost()),
        };
        for entry in listing {
            let Ok((entry, kind)) = entry.and_then(|entry| entry.file_type().map(|kind| (entry, kind)))
            else {
                return (self.tell)(lost());
            };
            if !kind.is_dir() {
                self.entry(&entry, kind)?;
            } else if let Err(path) = turn.add(entry.path()) {
                (self.tell)(Beat::Row(failed(path, Code::CERTIFICATE_LINK_NOT_FOLLOWED)))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn entry(&mut self, entry: &DirEntry, kind: FileType) -> ControlFlow<()> {
        let path = entry.path();
        if kind.is_symlink() {
            return if self.leads_away(&path) {
                (self.tell)(Beat::Row(failed(path, Code::CERTIFICATE_LINK_NOT_FOLLOWED)))
            } else {
                (self.tell)(Beat::Alive)
            };
        }
        if !is_of_interest(&path) {
            return (self.tell)(Beat::Alive);
        }
        // A pipe or a device is never opened: it could wait for ever.
        let code = unreadable(&path);
        match if kind.is_file() { self.file(path, entry) } else { Err(path) } {
            Ok(beat) => (self.tell)(beat),
            Err(path) => (self.tell)(Beat::Row(failed(path, code))),
        }
    }

    /// A link that hides something: it leads out of the agreed folders, in a circle, or to a file that is gone.
    fn leads_away(&self, link: &Path) -> bool {
        let agreed = |target: &Path| {
            let within = |root: &PathBuf| fs::canonicalize(root).is_ok_and(|root| target.starts_with(root));
            self.agreed.iter().any(within)
        };
        match fs::canonicalize(link) {
            Ok(target) => (target.is_dir() || is_of_interest(link)) && !agreed(&target),
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => is_of_interest(link),
            Err(_) => true,
        }
    }

    /// What a file is; where it cannot be read, its path is given back.
    fn file(&self, path: PathBuf, entry: &DirEntry) -> Result<Beat, PathBuf> {
        if !self.known.is_empty() {
            let Ok(data) = entry.metadata() else { return Err(path) };
            let identity = Identity::of(&path, &data);
            if let Some(known) = self.known.of_file(&identity) {
                let row = row(path, &data, Found::Read(known.clone()));
                return Ok(Beat::File(row, identity, None, known.clone(), false));
            }
        }
        match opened(&path) {
            Err(_) => Err(path),
            Ok((data, bytes)) if data.len().max(bytes.len() as u64) > MOST_BYTES => {
                Ok(Beat::Row(row(path, &data, Found::Failed(Code::CERTIFICATE_FILE_TOO_LARGE))))
            }
            Ok((data, bytes)) => Ok(self.contents(path, &data, &bytes)),
        }
    }

    fn contents(&self, path: PathBuf, data: &Metadata, bytes: &[u8]) -> Beat {
        let identity = Identity::of(&path, data);
        let digest = openssl::sha::sha256(bytes);
        let contents = self.known.of_bytes(&digest).cloned().unwrap_or_else(|| Arc::new(read(bytes)));
        let row = row(path, data, Found::Read(contents.clone()));
        let digest = identity.settled(self.now).then_some(digest);
        Beat::File(row, identity, digest, contents, true)
    }
}

impl Seen {
    /// Rows that no look at a folder found: what a card shows, for one.
    #[must_use]
    pub fn of(rows: Vec<Row>, whole: bool) -> Self {
        Self { rows, whole, ..Self::default() }
    }

    /// Takes up one step of a look.
    pub(super) fn take(&mut self, beat: Beat) {
        match beat {
            Beat::Alive => {}
            Beat::Row(row) => {
                self.progress.files += 1;
                self.rows.push(row);
            }
            Beat::Lost(row) => {
                self.whole = false;
                self.rows.push(row);
            }
            Beat::File(row, identity, digest, contents, was_read) => {
                self.progress.files += 1;
                self.progress.read += usize::from(was_read);
                if contents.is_something() {
                    self.rows.push(row);
                }
                self.files.push((identity, digest, contents));
            }
        }
    }
}

/// A file's bytes, none of one that is too large, and what the system knew of it when it was opened: another may have
/// taken its name by now.
fn opened(path: &Path) -> io::Result<(Metadata, Vec<u8>)> {
    let (file, data) = open_plain(path)?;
    let size = if data.len() > MOST_BYTES { 0 } else { data.len() };
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    if size == data.len() {
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    }
    Ok((data, bytes))
}

fn row(path: PathBuf, data: &Metadata, found: Found) -> Row {
    let modified_at = data.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    Row { path, modified_at, found }
}

fn failed(path: PathBuf, code: Code) -> Row {
    Row { path, modified_at: None, found: Found::Failed(code) }
}

fn unreadable(path: &Path) -> Code {
    if is_keystore(path) { Code::KEYSTORE_UNREADABLE } else { Code::CERTIFICATE_UNREADABLE }
}
