//! The record room: one thread with the database. What cannot be written waits there; nothing else waits for it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_core::lease::{SlotId, TokenLease};
use relais_core::{Code, Problem};
use relais_store::{Appended, Filter, Opened, Store};

use crate::worker::Worker;

/// A disk silent for this long hangs.
const HUNG: Duration = Duration::from_secs(20);

/// An assertion is not taken twice within this time (docs/threat-model.md, T6).
const REPLAY: SignedDuration = SignedDuration::from_hours(48);

/// More sign-ins than this in two days no practice makes.
const MOST_SIGN_INS: usize = 10_000;

struct Tool {
    store: Option<Store>,
    told: Vec<Problem>,
}

/// The thread with the database.
#[derive(Clone)]
pub struct RecordRoom {
    worker: Worker<Tool>,
}

impl RecordRoom {
    /// Opens the room. A database that cannot be used is told by [`Self::troubles`]; Relais works without.
    pub fn open(folder: &Path, environment: EnvironmentName) -> Result<Self, Problem> {
        let folder: PathBuf = folder.to_owned();
        let tool = move || match Store::open(&folder, &environment, Timestamp::now()) {
            Ok(Opened { store, told }) => Tool { store: Some(store), told },
            Err(error) => Tool { store: None, told: vec![error.problem()] },
        };
        Ok(Self { worker: Worker::start("records", HUNG, tool)? })
    }

    /// What had to be said when the database was opened; said once.
    pub async fn troubles(&self) -> Vec<Problem> {
        self.call(|tool| std::mem::take(&mut tool.told)).await.unwrap_or_else(|problem| vec![problem])
    }

    /// Writes an entry down. One that waits is a warning, not an end.
    pub async fn append(&self, entry: Entry) -> Result<(), Problem> {
        self.write(move |store| match store.append(&entry)? {
            Appended::Waiting { .. } => Ok(Some(Problem::new(Code::JOURNAL_WAITING))),
            _ => Ok(None),
        })
        .await
    }

    /// Notes a lease in the index.
    pub async fn note(&self, lease: TokenLease) -> Result<(), Problem> {
        self.write(move |store| store.note_session(&lease).map(|()| None)).await
    }

    /// Notes that a slot has no session any more.
    pub async fn end(&self, slot: SlotId) -> Result<(), Problem> {
        self.write(move |store| store.end_session(&slot).map(|()| None)).await
    }

    /// Makes the index say what the lease files say.
    pub async fn rebuild(&self, leases: Vec<TokenLease>) -> Result<(), Problem> {
        self.write(move |store| store.rebuild_sessions(&leases).map(|()| None)).await
    }

    /// Assertions received in the last 48 hours, by the number of their lease.
    pub async fn seen(&self, now: Timestamp) -> Result<HashSet<String>, Problem> {
        let from = now.checked_sub(REPLAY).ok();
        let filter = Filter { subject: Some(Subject::Session), from, ..Filter::default() };
        self.call(move |tool| {
            let Some(store) = &tool.store else { return HashSet::new() };
            let entries = store.reader().show(&filter, MOST_SIGN_INS).unwrap_or_default();
            entries.into_iter().filter_map(|mut one| one.entry.detail.remove("lease")).collect()
        })
        .await
    }

    /// Without a database nothing is written, which was said at the start.
    async fn write(
        &self,
        job: impl FnOnce(&mut Store) -> Result<Option<Problem>, relais_store::StoreError> + Send + 'static,
    ) -> Result<(), Problem> {
        let done = self.call(move |tool| tool.store.as_mut().map_or(Ok(None), job)).await?;
        match done {
            Ok(None) => Ok(()),
            Ok(Some(warning)) => Err(warning),
            Err(error) => Err(error.problem()),
        }
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        self.worker.call(job).await.map_err(|silence| silence.problem(Code::JOURNAL_WAITING))
    }
}
