//! The key room: one thread that opens keystores and keeps the keys of this start in memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use relais_core::ident::Identity;
use relais_core::lease::Means;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::secret::Password;
use relais_core::session::KeyAtHand;
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_keystore::{Anchors, Holder, KeystoreError, Wanted, find};

use crate::worker::Worker;

/// A file on a share that hangs is given up after this (fault F24); the slowest keystore needs a second.
const HUNG: Duration = Duration::from_secs(20);

/// Where keystores are looked for.
#[derive(Debug, Clone)]
pub enum KeystorePlace {
    /// The newest usable one of the person or organisation in a folder.
    Folder(PathBuf),
    /// This file.
    File(PathBuf),
}

impl KeystorePlace {
    /// Where eHealth's own tool puts keystores; none without a home.
    #[must_use]
    pub fn usual() -> Option<Self> {
        find::default_folder().map(Self::Folder)
    }
}

/// A key that is open, as a signer of its own.
pub(crate) struct HeldKey(pub(crate) Arc<Holder>);

impl Signer for HeldKey {
    fn certificate(&self) -> &[u8] {
        self.0.signer.certificate()
    }

    fn kind(&self) -> KeyKind {
        self.0.signer.kind()
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        self.0.signer.sign(digest)
    }
}

struct Tool {
    anchors: Anchors,
    clock: Arc<dyn Clock>,
    open: HashMap<Identity, Opened>,
}

/// A key that is open, and the file it came from: where another file is named, that one is meant.
struct Opened {
    holder: Arc<Holder>,
    file: PathBuf,
}

/// The thread with the keystores.
#[derive(Clone)]
pub struct KeyRoom {
    worker: Worker<Tool>,
    place: KeystorePlace,
}

impl KeyRoom {
    /// Opens the room.
    pub fn open(place: KeystorePlace, anchors: Anchors, clock: Arc<dyn Clock>) -> Result<Self, Problem> {
        let tool = move || Tool { anchors: anchors.clone(), clock: clock.clone(), open: HashMap::new() };
        Ok(Self { worker: Worker::start("keystore", HUNG, tool)?, place })
    }

    /// The same room with the same keys, where this file is the one there is; where none is named, the usual place.
    #[must_use]
    pub(crate) fn by_file(&self, named: Option<&Path>) -> Self {
        let place = named.map_or_else(|| self.place.clone(), |file| KeystorePlace::File(file.to_owned()));
        Self { worker: self.worker.clone(), place }
    }

    /// One keystore was named, whosever it is.
    pub(crate) fn one_file(&self) -> bool {
        matches!(self.place, KeystorePlace::File(_))
    }

    /// Whose that one is by its name. Its password may tell of somebody else.
    pub(crate) fn named_owner(&self) -> Option<Identity> {
        match &self.place {
            KeystorePlace::File(file) => find::owner_named(file),
            KeystorePlace::Folder(_) => None,
        }
    }

    /// Whether the owner's key is open, or a password is needed, or there is no keystore at all.
    pub async fn find(&self, owner: Identity) -> Result<KeyAtHand, Problem> {
        self.call(move |tool, place| {
            if tool.holder_of(place, &owner).is_some() {
                return Ok(KeyAtHand::Open);
            }
            exists(place, &owner).map(|()| KeyAtHand::NeedsPassword)
        })
        .await
    }

    /// Opens the owner's keystore and keeps its key for this start; gives the password that did it back.
    pub async fn unlock(&self, owner: Identity, password: Password) -> Result<Password, Problem> {
        self.call(move |tool, place| match tool.unlock(place, &owner, &password) {
            Ok(_) => Ok(password),
            Err(error) => Err(error.problem()),
        })
        .await
    }

    /// Everybody whose keystore is there, as far as that can be told without a password.
    pub async fn owners(&self) -> Result<Vec<Identity>, Problem> {
        self.call(|_, place| match place {
            KeystorePlace::File(_) => Ok(vec![]),
            KeystorePlace::Folder(folder) => find::owners(folder).map_err(|error| error.problem()),
        })
        .await
    }

    /// Everybody whose key from this place is open, whatever has become of their files.
    pub(crate) async fn open_owners(&self) -> Result<Vec<Identity>, Problem> {
        self.call(|tool, place| {
            tool.close_ended();
            Ok(tool.opened(place).map(|(owner, _)| owner.clone()).collect())
        })
        .await
    }

    /// When the newest keystore of this owner was made, as the name of its file has it.
    pub(crate) async fn made_at(&self, owner: Identity) -> Result<String, Problem> {
        self.call(move |_, place| match place {
            KeystorePlace::File(_) => Ok(String::new()),
            KeystorePlace::Folder(folder) => {
                find::newest_time(folder, &owner).map_err(|error| error.problem())
            }
        })
        .await
    }

    /// Opens the keystore of this owner, or the one file there is where `meant` says that its owner is whoever is meant,
    /// and says whose it is; gives the password back.
    pub async fn unlock_alone(
        &self,
        owner: Option<Identity>,
        means: Means,
        password: Password,
        meant: impl Fn(&Identity) -> Result<(), Problem> + Send + 'static,
    ) -> Result<(Identity, Password), Problem> {
        self.call(move |tool, place| {
            let owner = match owner {
                Some(owner) => owner,
                None => owner_of_file(place, &password)?,
            };
            suits(means, &owner)?;
            // Nobody else's key is left open.
            meant(&owner)?;
            tool.unlock(place, &owner, &password).map_err(|error| error.problem())?;
            Ok((owner, password))
        })
        .await
    }

    /// The owner's key, if it is open and its certificate still valid.
    pub async fn holder(&self, owner: Identity) -> Result<Option<Arc<Holder>>, Problem> {
        self.call(move |tool, _| Ok(tool.holder(&owner))).await
    }

    /// The same key, and the file it came from.
    pub(crate) async fn holder_in_file(
        &self,
        owner: Identity,
    ) -> Result<Option<(Arc<Holder>, PathBuf)>, Problem> {
        self.call(move |tool, _| {
            tool.close_ended();
            Ok(tool.open.get(&owner).map(|opened| (opened.holder.clone(), opened.file.clone())))
        })
        .await
    }

    /// Whether the owner's keystore is here and in time: so while its key is open, not so where no file is here. Of a file
    /// that nobody opened yet only its password tells.
    pub(crate) async fn in_time(&self, owner: Identity) -> Result<Option<bool>, Problem> {
        self.call(move |tool, place| {
            if tool.holder_of(place, &owner).is_some() {
                return Ok(Some(true));
            }
            match exists(place, &owner) {
                Ok(()) => Ok(None),
                Err(problem) if problem.code == Code::KEYSTORE_NOT_FOUND => Ok(Some(false)),
                Err(problem) => Err(problem),
            }
        })
        .await
    }

    /// The same of the one file that was named, whosever it is.
    pub(crate) async fn one_file_in_time(&self) -> Result<Option<bool>, Problem> {
        self.call(|tool, place| {
            tool.close_ended();
            let there = matches!(place, KeystorePlace::File(path) if path.is_file());
            Ok(match (there, tool.opened(place).next().is_some()) {
                (false, _) => Some(false),
                (true, true) => Some(true),
                (true, false) => None,
            })
        })
        .await
    }

    /// Of the one file that was named: whose it is, once it is open.
    pub(crate) async fn open_alone(&self) -> Result<Option<Identity>, Problem> {
        self.call(|tool, place| match place {
            KeystorePlace::File(_) => {
                tool.close_ended();
                Ok(the_one(tool.opened(place).map(|(owner, _)| owner)))
            }
            KeystorePlace::Folder(_) => Ok(None),
        })
        .await
    }

    /// Closes the key of everybody this is true of.
    pub(crate) async fn close(
        &self,
        whose: impl Fn(&Identity) -> bool + Send + 'static,
    ) -> Result<(), Problem> {
        self.call(move |tool, _| {
            tool.open.retain(|person, _| !whose(person));
            Ok(())
        })
        .await
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool, &KeystorePlace) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let place = self.place.clone();
        self.worker
            .call(move |tool| job(tool, &place))
            .await
            .map_err(|silence| silence.problem(Code::KEYSTORE_TIMEOUT))?
    }
}

impl Tool {
    fn now(&self) -> Timestamp {
        self.clock.now().wall
    }

    fn close_ended(&mut self) {
        let now = self.now();
        self.open.retain(|_, opened| now < opened.holder.until);
    }

    fn holder(&mut self, owner: &Identity) -> Option<Arc<Holder>> {
        self.close_ended();
        self.open.get(owner).map(|opened| opened.holder.clone())
    }

    /// The owner's key, where it came from this place.
    fn holder_of(&mut self, place: &KeystorePlace, owner: &Identity) -> Option<Arc<Holder>> {
        self.close_ended();
        self.opened(place).find(|(of, _)| *of == owner).map(|(_, opened)| opened.holder.clone())
    }

    /// The keys that came from a place: of a file from that one alone.
    fn opened(&self, place: &KeystorePlace) -> impl Iterator<Item = (&Identity, &Opened)> {
        self.open.iter().filter(move |(_, opened)| match place {
            KeystorePlace::File(file) => *file == opened.file,
            KeystorePlace::Folder(_) => true,
        })
    }

    fn unlock(
        &mut self,
        place: &KeystorePlace,
        owner: &Identity,
        password: &Password,
    ) -> Result<Arc<Holder>, KeystoreError> {
        let wanted = Wanted { owner: Some(owner), now: self.now(), anchors: &self.anchors };
        let (file, holder) = match place {
            KeystorePlace::File(path) => {
                (path.clone(), find::open_file(path, password)?.into_holder(&wanted)?)
            }
            KeystorePlace::Folder(folder) => find::newest_usable(folder, owner, password, &wanted)?,
        };
        let holder = Arc::new(holder);
        self.open.insert(owner.clone(), Opened { holder: holder.clone(), file });
        Ok(holder)
    }
}

/// Looks without a password: the file is there.
fn exists(place: &KeystorePlace, owner: &Identity) -> Result<(), Problem> {
    match place {
        KeystorePlace::File(path) if path.is_file() => Ok(()),
        KeystorePlace::File(path) => Err(Problem::new(Code::KEYSTORE_NOT_FOUND).with("file", path.display())),
        KeystorePlace::Folder(folder) => match find::candidates(folder, owner) {
            Ok(found) if found.is_empty() => Err(Code::KEYSTORE_NOT_FOUND.into()),
            Ok(_) => Ok(()),
            Err(error) => Err(error.problem()),
        },
    }
}

/// Whose the one keystore is, which only its password tells.
fn owner_of_file(place: &KeystorePlace, password: &Password) -> Result<Identity, Problem> {
    match place {
        KeystorePlace::Folder(_) => Err(Code::KEYSTORE_NOT_FOUND.into()),
        KeystorePlace::File(path) => {
            let keystore = find::open_file(path, password).map_err(|error| error.problem())?;
            keystore.identity().ok_or(Code::KEYSTORE_OTHER_PERSON.into())
        }
    }
}

/// Whose key is open. Where the one file was another's before, several may be, and only its password tells.
fn the_one<'a>(mut open: impl Iterator<Item = &'a Identity>) -> Option<Identity> {
    let first = open.next()?;
    open.next().is_none().then(|| first.clone())
}

/// An organisation's keystore opens no session of a person, nor a person's one of an organisation. The type of the
/// number in the certificate decides.
///
/// # Errors
/// [`Code::KEYSTORE_OF_PERSON`], [`Code::KEYSTORE_OTHER_PERSON`].
pub(crate) fn suits(means: Means, owner: &Identity) -> Result<(), Problem> {
    match (means == Means::Certificate, owner) {
        (true, Identity::Organisation(_)) | (false, Identity::Person(_)) => Ok(()),
        (true, Identity::Person(_)) => Err(Code::KEYSTORE_OF_PERSON.into()),
        (false, Identity::Organisation(_)) => Err(Code::KEYSTORE_OTHER_PERSON.into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use relais_core::ident::Ssin;

    use super::*;

    #[test]
    fn nobody_is_taken_for_the_owner_of_a_file_that_was_two_peoples() {
        let one = Identity::from(Ssin::parse_unchecked("85010199700").unwrap());
        let other = Identity::from(Ssin::parse_unchecked("85010199885").unwrap());
        assert_eq!(the_one([].into_iter()), None);
        assert_eq!(the_one([&one].into_iter()), Some(one.clone()));
        assert_eq!(the_one([&one, &other].into_iter()), None);
    }
}
