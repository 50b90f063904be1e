//! What is known of files from before, so that an unchanged one is never opened again.
//!
//! A file is known by where it lies on its disk, its size and its times; its contents by the SHA-256 of its bytes, so
//! that a copy, a rename or a touch costs one reading and no password. What a password once showed stays known.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::{Contents, Public, Seen};

/// A file that changed so shortly before it was read may change again within the same tick of its disk's clock.
const UNSETTLED: Duration = Duration::from_secs(2);

/// SHA-256 of a file.
pub(super) type Digest = [u8; 32];

/// What tells that a file is the one it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    modified: i128,
    changed: i128,
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(_path: &Path, data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let nanos = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Self {
            device: data.dev(),
            inode: data.ino(),
            size: data.size(),
            modified: nanos(data.mtime(), data.mtime_nsec()),
            changed: nanos(data.ctime(), data.ctime_nsec()),
        }
    }

    /// Elsewhere the path stands for the place on the disk.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path, data: &Metadata) -> Self {
        let digest = openssl::sha::sha256(path.as_os_str().as_encoded_bytes());
        let since = data.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = since.map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or_default());
        let place = u64::from_le_bytes(digest[..8].try_into().expect("eight bytes"));
        Self { device: 0, inode: place, size: data.len(), modified, changed: 0 }
    }

    /// It has stood still for long enough that the next change will show.
    pub(super) fn settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let latest = self.modified.max(self.changed);
        i128::try_from((now.saturating_sub(UNSETTLED)).as_nanos()).is_ok_and(|limit| latest < limit)
    }
}

/// What is known of files from before.
#[derive(Debug, Clone, Default)]
pub struct Sidecar {
    files: HashMap<Identity, Digest>,
    contents: HashMap<Digest, Arc<Contents>>,
}

impl Sidecar {
    /// What was known of these files and contents.
    pub(super) fn of(
        files: impl Iterator<Item = (Identity, Digest)>,
        contents: impl Iterator<Item = (Digest, Arc<Contents>)>,
    ) -> Self {
        Self { files: files.collect(), contents: contents.collect() }
    }

    /// Files, and what their bytes hold.
    pub(super) fn parts(&self) -> (&HashMap<Identity, Digest>, &HashMap<Digest, Arc<Contents>>) {
        (&self.files, &self.contents)
    }

    pub(super) fn of_file(&self, file: &Identity) -> Option<&Arc<Contents>> {
        self.contents.get(self.files.get(file)?)
    }

    pub(super) fn of_bytes(&self, digest: &Digest) -> Option<&Arc<Contents>> {
        self.contents.get(digest)
    }

    /// Takes up what a look has found. After a whole one, files that are gone are forgotten; after one that was cut
    /// short, or where a folder was out of reach, nothing is.
    pub fn take_up(&mut self, seen: &Seen) {
        if seen.whole {
            let here: std::collections::HashSet<&Identity> =
                seen.files.iter().map(|(file, _, _)| file).collect();
            self.files.retain(|file, _| here.contains(file));
        }
        for (file, digest, contents) in &seen.files {
            if let Some(digest) = digest {
                self.files.insert(*file, *digest);
                // What a password showed tells more than what can be read without one.
                self.contents.entry(*digest).or_insert_with(|| contents.clone());
            }
        }
        if seen.whole {
            let named: std::collections::HashSet<&Digest> = self.files.values().collect();
            self.contents
                .retain(|digest, one| named.contains(digest) || (one.closed && !one.certificates.is_empty()));
        }
    }

    /// Keeps what a keystore showed that was opened for something else: a date never needs its password twice. What can be
    /// read without one is not lost by it.
    pub fn learn(&mut self, bytes: &[u8], shown: &[Public]) {
        let digest = openssl::sha::sha256(bytes);
        let known = self.contents.get(&digest).map_or_else(|| super::read(bytes), |one| Contents::clone(one));
        if !known.closed {
            return;
        }
        let mut contents = known;
        let new = |one: &&Public| !contents.certificates.iter().any(|known| known.id == one.id);
        let new: Vec<Public> = shown.iter().filter(new).cloned().collect();
        contents.certificates.extend(new);
        self.contents.insert(digest, Arc::new(contents));
    }

    /// Takes over what passwords showed to another one meanwhile; says whether that was anything.
    pub(super) fn learn_from(&mut self, other: &Self) -> bool {
        let mut learned = false;
        for (digest, theirs) in other.contents.iter().filter(|(_, one)| one.closed) {
            let ours = self.contents.get(digest).map_or(0, |one| one.certificates.len());
            if theirs.certificates.len() > ours {
                self.contents.insert(*digest, theirs.clone());
                learned = true;
            }
        }
        learned
    }

    /// Files it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// It knows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
