//! Encryption keys that were seen: the own one and every answer of the depot, kept for the day it does not answer.
//!
//! Written at every good answer, read only when the depot is in trouble, and never without its age (requirement D-26). What
//! is read is judged again, as if it had just come: a file that somebody changed, or a key whose time is over, is none. A
//! file is named by a keyed hash, so that the folder does not say for whom somebody encrypts.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::EnvironmentName;
use relais_core::ident::Identity;
use relais_core::lease::SlotId;
use relais_core::{Code, Problem};
use relais_ehealth::etk_depot::{DepotError, Etk, EtkDepot, Found, Recipient, verify};
use relais_ehealth::transport::Url;
use relais_ehealth::xml::verify::Trust;
use relais_keystore::InstallKey;

use crate::file::Unreadable;
use crate::folders;

/// Folder of the keys, in that of the environment.
const FOLDER: &str = "etk";
/// What the names of files are made for.
const PURPOSE: &str = "etk";
/// Most keys that are kept; the oldest goes.
pub const MOST: usize = 1_000;
/// Largest file that is read.
const LARGEST: u64 = 128 * 1024;

/// A key to encrypt for.
#[derive(Debug, Clone)]
pub struct Known {
    /// The key.
    pub etk: Etk,
    /// How long ago the depot said so; `None` for an answer of now.
    pub age: Option<SignedDuration>,
}

/// A key that was kept.
#[derive(Debug, Clone)]
pub struct Held {
    /// The key.
    pub etk: Etk,
    /// When the depot said so.
    pub seen: Timestamp,
}

/// The keys that are kept.
#[derive(Debug)]
pub struct EtkCache {
    folder: PathBuf,
    install: InstallKey,
    environment: EnvironmentName,
}

impl EtkCache {
    /// The keys of an environment's folder.
    ///
    /// # Errors
    /// [`Code::DATA_FOLDER`] where it cannot be used.
    pub fn open(at: &Path, environment: EnvironmentName) -> Result<Self, Problem> {
        let install = InstallKey::load_or_create(at)?;
        let folder = at.join(FOLDER);
        folders::private(&folder).map_err(|cause| refused(&folder, &cause))?;
        Ok(Self { folder, install, environment })
    }

    /// The same where keys were ever kept; none is made by looking.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn find(at: &Path, environment: EnvironmentName) -> Result<Option<Self>, Problem> {
        if at.join(FOLDER).is_dir() { Self::open(at, environment).map(Some) } else { Ok(None) }
    }

    /// Forgets the own key of a person or an organisation of this slot; that there is none is fine.
    ///
    /// # Errors
    /// It could not be removed.
    pub fn forget_owner(at: &Path, slot: &SlotId) -> Result<(), Problem> {
        removed(&file_of(&at.join(FOLDER), slot.as_str()))
    }

    /// The key of a recipient: what the depot says, or, only when it is in trouble, what it said before.
    ///
    /// # Errors
    /// What the depot says where nothing was kept; [`Code::ETK_UNKNOWN`] where it knows nobody, kept or not.
    pub async fn ask(
        &self,
        depot: &EtkDepot,
        endpoints: &[Url],
        whom: &Recipient,
        now: Timestamp,
    ) -> Result<Known, Problem> {
        match depot.ask(endpoints, whom, now).await {
            Ok(found) => {
                // The answer is good, whether or not it can be kept.
                if let Err(problem) = self.learn(whom, &found, now) {
                    tracing::warn!(%problem, "what the depot of encryption keys said was not kept");
                }
                match found {
                    Found::Etk(etk) => Ok(Known { etk: *etk, age: None }),
                    Found::Nobody { .. } | Found::Several(_) => Err(Code::ETK_UNKNOWN.into()),
                }
            }
            Err(trouble) if trouble.is_trouble() => self.kept(depot, whom, now, &trouble),
            Err(refused) => Err(refused.problem()),
        }
    }

    /// Keeps what the depot said of a recipient at `now`: their key; one that it knows no more, or no longer alone, is not
    /// to be used either, and goes.
    ///
    /// # Errors
    /// It could not be written, or removed.
    pub fn learn(&self, whom: &Recipient, found: &Found, now: Timestamp) -> Result<(), Problem> {
        match found {
            Found::Etk(etk) => self.keep(whom, etk, now),
            Found::Nobody { .. } | Found::Several(_) => self.forget(whom),
        }
    }

    fn kept(
        &self,
        depot: &EtkDepot,
        whom: &Recipient,
        now: Timestamp,
        trouble: &DepotError,
    ) -> Result<Known, Problem> {
        let (seen, der) = self.read(whom)?.ok_or_else(|| trouble.problem())?;
        let etk = depot.believed(&der, whom, now).map_err(|_| trouble.problem())?;
        // A clock that was set back makes nothing younger than now.
        let age = now.duration_since(seen).max(SignedDuration::ZERO);
        Ok(Known { etk, age: Some(age) })
    }

    /// The key of a recipient that is kept and still counts: judged as if it had just come. The fact of the ladder.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn held(&self, trust: &Trust, whom: &Recipient) -> Result<Option<Held>, Problem> {
        let Some((seen, der)) = self.read(whom)? else { return Ok(None) };
        Ok(verify(&der, trust, whom).ok().map(|etk| Held { etk, seen }))
    }

    /// Whether, and since when, there is a key of this recipient, good or not.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn seen(&self, whom: &Recipient) -> Result<Option<Timestamp>, Problem> {
        Ok(self.read(whom)?.map(|(seen, _)| seen))
    }

    /// Keeps a key that the depot said at `now`, in place of the one before.
    ///
    /// # Errors
    /// It could not be written.
    pub fn keep(&self, whom: &Recipient, etk: &Etk, now: Timestamp) -> Result<(), Problem> {
        let file = self.file(whom)?;
        let bytes = [&now.as_millisecond().to_be_bytes()[..], etk.der()].concat();
        let written = || -> std::io::Result<()> {
            if !file.exists() {
                self.make_room()?;
            }
            let mut beside = tempfile::NamedTempFile::new_in(&self.folder)?;
            std::io::Write::write_all(&mut beside, &bytes)?;
            beside.as_file().sync_all()?;
            beside.persist(&file).map_err(|error| error.error).map(drop)
        };
        written().map_err(|cause| refused(&file, &cause))
    }

    /// Forgets the key of a recipient; that there is none is fine.
    ///
    /// # Errors
    /// It could not be removed.
    pub fn forget(&self, whom: &Recipient) -> Result<(), Problem> {
        removed(&self.file(whom)?)
    }

    fn read(&self, whom: &Recipient) -> Result<Option<(Timestamp, Vec<u8>)>, Problem> {
        let file = self.file(whom)?;
        let bytes = match fs::symlink_metadata(&file) {
            Ok(found) if found.is_file() && found.len() <= LARGEST => fs::read(&file),
            Ok(_) => return Ok(None),
            Err(cause) => Err(cause),
        };
        match bytes {
            Ok(bytes) => Ok(parsed(&bytes)),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(refused(&file, &cause)),
        }
    }

    /// Lets the oldest go where there are too many.
    fn make_room(&self) -> std::io::Result<()> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            all.push((entry.metadata()?.modified()?, entry.path()));
        }
        all.sort_unstable();
        let many = (all.len() + 1).saturating_sub(MOST);
        all.iter().take(many).try_for_each(|(_, path)| fs::remove_file(path))
    }

    /// Whoever may sign in here has the name of their slot, by which they are forgotten.
    fn file(&self, whom: &Recipient) -> Result<PathBuf, Problem> {
        if let Some(owner) = Identity::parse(whom.kind(), whom.reveal(), whom.application()) {
            let slot = self.install.slot_id(&self.environment, &owner)?;
            return Ok(file_of(&self.folder, slot.as_str()));
        }
        let named = [whom.kind(), whom.reveal(), whom.application().unwrap_or_default()].join("\0");
        let seal = self.install.seal(PURPOSE, named.as_bytes())?;
        Ok(file_of(&self.folder, &seal[..32]))
    }
}

fn file_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.etk"))
}

fn removed(file: &Path) -> Result<(), Problem> {
    match fs::remove_file(file) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(refused(file, &cause)),
        _ => Ok(()),
    }
}

/// When it was said, and the token.
fn parsed(bytes: &[u8]) -> Option<(Timestamp, Vec<u8>)> {
    let (seen, der) = bytes.split_first_chunk::<8>()?;
    let seen = Timestamp::from_millisecond(i64::from_be_bytes(*seen)).ok()?;
    Some((seen, der.to_owned()))
}

fn refused(path: &Path, cause: &std::io::Error) -> Problem {
    Problem::new(Code::DATA_FOLDER).with("file", path.display()).with("reason", Unreadable::of(cause).0)
}
