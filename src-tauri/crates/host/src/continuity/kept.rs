//! The last good list on disk: as it came, so that its signature can be verified again.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use openssl::sha::sha256;
use relais_core::continuity::list::ServiceList;
use relais_core::continuity::watch::Held;
use relais_core::{Code, Problem};
use relais_ehealth::service_list::{Read, Source};
use serde::{Deserialize, Serialize};

use crate::file::{self, Unreadable};

/// The document, and what is known of it.
const NAMES: [&str; 2] = ["service-list.xml", "service-list.json"];

/// Where a list is kept.
pub(super) struct Kept(PathBuf);

/// What the document does not say itself.
#[derive(Debug, Serialize, Deserialize)]
struct Beside {
    /// SHA-256 of the document this is about.
    digest: String,
    /// The short hash it was announced with.
    hash: String,
    /// When it came.
    at: Timestamp,
}

impl Kept {
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The list that was kept. It counts as heard of when it came: until the platform answers again it is old.
    pub fn read(&self, source: &Source, at: Timestamp) -> Result<Option<(Held, Read)>, Problem> {
        let path = self.0.join(NAMES[0]);
        let document = match file::bytes(&path) {
            Err(Unreadable::NOT_FOUND) => return Ok(None),
            document => document.map_err(|why| why.problem(&path))?,
        };
        let read = source.read(&document, at).map_err(|error| error.problem())?;
        let beside = file::text(&self.0.join(NAMES[1])).ok();
        let beside: Option<Beside> = beside.and_then(|text| serde_json::from_str(&text).ok());
        // What belongs to another document says nothing of this one.
        let beside = beside.filter(|it| it.digest == hex::encode(sha256(&document)));
        let answered_at = beside.as_ref().map_or(read.list.issued_at, |it| it.at);
        let held = Held {
            list: Arc::new(read.list.clone()),
            hash: beside.map(|it| it.hash),
            answered_at,
            skipped: read.skipped.len(),
        };
        Ok(Some((held, read)))
    }

    /// The list that was kept, judged at the moment it came: where it cannot be used now, because the clock is behind, it
    /// still says that nothing older is the newest.
    pub fn newest(&self, source: &Source) -> Option<Arc<ServiceList>> {
        let document = file::bytes(&self.0.join(NAMES[0])).ok()?;
        let beside = file::text(&self.0.join(NAMES[1])).ok()?;
        let beside: Beside = serde_json::from_str(&beside).ok()?;
        if beside.digest != hex::encode(sha256(&document)) {
            return None;
        }
        Some(Arc::new(source.read(&document, beside.at).ok()?.list))
    }

    /// Keeps a list that is believed in the place of the one before.
    pub fn write(&self, document: &[u8], hash: String, at: Timestamp) -> Result<(), Problem> {
        let beside = Beside { digest: hex::encode(sha256(document)), hash, at };
        let beside = serde_json::to_vec(&beside).map_err(|_| Problem::new(Code::INTERNAL))?;
        self.replace(NAMES[0], document)?;
        self.replace(NAMES[1], &beside)
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        let path = self.0.join(name);
        let written = || {
            let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path).map(drop).map_err(|error| error.error)
        };
        written().map_err(|error: std::io::Error| Unreadable::of(&error).problem(&path))
    }
}
