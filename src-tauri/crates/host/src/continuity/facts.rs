//! What this PC finds out by itself for the levels of a function: whether a keystore of whoever is in use is here and in
//! time, and since when their own encryption key is kept.
//!
//! It is found out when somebody looks at continuity, and never by a timer: nothing here wakes a PC. A folder on a share
//! that hangs keeps nobody waiting; until it answers, what was found before is told. What nobody could find out stays
//! unknown: whether a keystore that was not opened yet is still valid only its password tells.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use jiff::{SignedDuration, Timestamp};
use openssl::x509::X509;
use relais_core::Problem;
use relais_core::environment::EnvironmentName;
use relais_core::ident::Identity;
use relais_core::lease::SlotId;
use relais_core::time::Moment;
use relais_ehealth::etk_depot::Recipient;
use relais_ehealth::xml::verify::{Trust, WholeAttribute};
use tokio::sync::watch;

use crate::adapters::Adapters;
use crate::etk_cache::EtkCache;

/// What was found longer ago is found out anew when somebody looks.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// What this PC found out; `None` is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// A keystore of whoever is in use is here and in time.
    pub keystore: Option<bool>,
    /// Since when their own encryption key is kept, where it is and still counts.
    pub own_key: Option<Timestamp>,
}

/// Finds out. Clones are the same one.
#[derive(Clone)]
pub(super) struct Finding(Arc<Inner>);

struct Inner {
    adapters: Weak<Adapters>,
    /// Folder of the environment, and its name.
    folder: PathBuf,
    environment: EnvironmentName,
    anchors: Vec<X509>,
    signer: Vec<WholeAttribute>,
    last: Mutex<Option<Last>>,
    found: watch::Sender<Facts>,
}

/// When it was last begun to find out, and for whom.
#[derive(Debug, Clone, PartialEq)]
struct Last {
    at: Moment,
    person: Option<SlotId>,
}

impl Finding {
    pub fn new(
        adapters: Weak<Adapters>,
        (folder, environment): (PathBuf, EnvironmentName),
        anchors: Vec<X509>,
        signer: Vec<WholeAttribute>,
    ) -> Self {
        let (last, found) = (Mutex::default(), watch::Sender::default());
        Self(Arc::new(Inner { adapters, folder, environment, anchors, signer, last, found }))
    }

    /// What is known now. Where that is old, or about somebody else, it is found out meanwhile.
    pub fn known(&self) -> Facts {
        if let Some(adapters) = self.0.adapters.upgrade().filter(|adapters| self.0.is_due(adapters)) {
            let inner = self.0.clone();
            tokio::spawn(async move {
                let facts = inner.look(&adapters).await;
                inner.found.send_if_modified(|known| std::mem::replace(known, facts) != facts);
            });
        }
        *self.0.found.borrow()
    }

    /// Tells when something else was found.
    pub fn found(&self) -> watch::Receiver<Facts> {
        self.0.found.subscribe()
    }
}

impl Inner {
    fn is_due(&self, adapters: &Adapters) -> bool {
        let now = adapters.clock.now();
        let person = adapters.engine.get().and_then(|engine| engine.state().person_in_use());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |last: &Last| last.person == person && (now.boot - last.at.boot).abs() < FRESH;
        if last.as_ref().is_some_and(fresh) {
            return false;
        }
        *last = Some(Last { at: now, person });
        true
    }

    /// What cannot be looked at says nothing.
    async fn look(&self, adapters: &Adapters) -> Facts {
        let person = adapters.engine.get().and_then(|engine| engine.state().person_in_use());
        let keystore = adapters.keystore_in_time(person.as_ref()).await.unwrap_or_default();
        let owner = adapters.identity_of(person.as_ref()).await.unwrap_or_default();
        let own_key = match owner {
            Some(owner) => self.own_key(&owner, adapters.now().wall).await,
            None => None,
        };
        Facts { keystore, own_key }
    }

    async fn own_key(&self, owner: &Identity, now: Timestamp) -> Option<Timestamp> {
        let whom = Recipient::of(owner).ok()?;
        let trust = Trust { anchors: self.anchors.clone(), signer: self.signer.clone(), at: now };
        let (folder, environment) = (self.folder.clone(), self.environment.clone());
        let kept = move || -> Result<Option<Timestamp>, Problem> {
            let Some(cache) = EtkCache::find(&folder, environment)? else { return Ok(None) };
            Ok(cache.held(&trust, &whom)?.map(|held| held.seen))
        };
        tokio::task::spawn_blocking(kept).await.ok()?.ok()?
    }
}

impl Adapters {
    /// Whether a keystore of this person, or of the only one there is, is here and in time. That of one whose file was not
    /// opened in this start is not known.
    async fn keystore_in_time(&self, person: Option<&SlotId>) -> Result<Option<bool>, Problem> {
        if self.keys.one_file() {
            return self.keys.one_file_in_time().await;
        }
        let owners = self.keys.owners().await?;
        let owner = match person {
            Some(person) => owners.into_iter().find(|owner| self.leases.slot(owner).as_ref() == Ok(person)),
            None if owners.len() > 1 => return Ok(None),
            None => owners.into_iter().next(),
        };
        match owner {
            Some(owner) => self.keys.in_time(owner).await,
            None => Ok(Some(false)),
        }
    }
}
