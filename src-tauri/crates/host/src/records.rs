//! The record room: one thread with the database. What cannot be written waits there; nothing else waits for it.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::{LeaseId, SlotId, TokenLease};
use relais_core::session::LastUsed;
use relais_core::session::ledger::{Ended, Line, Past};
use relais_core::session::renewal::Attempt;
use relais_core::{Code, Problem};
use relais_store::{Appended, Filter, Lines, Opened, Reader, Recorded, Setting, Store, StoreError, Verdict};
use serde::de::DeserializeOwned;

use crate::worker::Worker;

/// A disk silent for this long hangs.
const HUNG: Duration = Duration::from_secs(20);

/// An assertion is not taken twice within this time (docs/threat-model.md, T6).
const REPLAY: SignedDuration = SignedDuration::from_hours(48);

/// Most chips in doubt that are noted; the oldest go first. One PC meets few cards that hide their counter.
const MOST_DOUBTS: usize = 256;

/// Assertions that were received: the number of the lease, and when, in milliseconds.
const RECEIVED: Setting<BTreeMap<String, i64>> = Setting::new("received-assertions");
/// Chips in doubt, by their mark, the oldest first.
const DOUBTS: Setting<Vec<String>> = Setting::new("doubtful-chips");
/// Whose session is in use.
const LAST_USED: Setting<LastUsed> = Setting::new("last-used");

struct Tool {
    store: Option<Store>,
    told: Vec<Problem>,
    /// Also what could not be written: a full disk forgets nothing while Relais runs.
    received: BTreeMap<String, i64>,
}

/// The thread with the database.
#[derive(Clone)]
pub struct RecordRoom {
    worker: Worker<Tool>,
    folder: PathBuf,
}

impl RecordRoom {
    /// Opens the room. A database that cannot be used is told by [`Self::troubles`]; Relais works without.
    pub fn open(folder: &Path, environment: EnvironmentName) -> Result<Self, Problem> {
        let kept: PathBuf = folder.to_owned();
        let folder = kept.clone();
        let tool = move || match Store::open(&folder, &environment, Timestamp::now()) {
            Ok(Opened { store, told }) => {
                Tool { received: read(&store, &RECEIVED), store: Some(store), told }
            }
            Err(error) => Tool { store: None, told: vec![error.problem()], received: BTreeMap::new() },
        };
        Ok(Self { worker: Worker::start("records", HUNG, tool)?, folder: kept })
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

    /// Entries of the journal that match, the newest first.
    pub async fn show(&self, filter: Filter, limit: usize) -> Result<Vec<Recorded>, Problem> {
        self.look(move |store| store.reader().show(&filter, limit)).await
    }

    /// Whether the journal is whole. A long one takes a while, so it is read beside the thread that everybody writes on.
    pub async fn verify(&self) -> Result<Verdict, Problem> {
        let folder = self.folder.clone();
        let read = move || match Reader::open(&folder) {
            Ok(Some(reader)) => reader.verify().map_err(|error| error.while_reading()),
            Ok(None) => Err(Code::JOURNAL_WAITING.into()),
            Err(error) => Err(error.while_reading()),
        };
        tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new(Code::INTERNAL))?
    }

    /// The sessions of the index, of everybody.
    pub async fn sessions(&self) -> Result<Vec<TokenLease>, Problem> {
        self.look(|store| store.reader().sessions()).await
    }

    /// What Relais noted of itself under a name.
    pub async fn noted(&self, key: &'static str) -> Result<Option<String>, Problem> {
        self.look(move |store| store.reader().noted(key)).await
    }

    /// Notes something of Relais itself under a name.
    pub async fn note_down(&self, key: &'static str, value: String) -> Result<(), Problem> {
        self.write(move |store| store.note_down(key, &value).map(|()| None)).await
    }

    /// Notes an attempt to renew a token that failed.
    pub async fn attempted(&self, lease: LeaseId, attempt: Attempt) -> Result<(), Problem> {
        self.write(move |store| store.note_attempt(&lease, &attempt).map(|()| None)).await
    }

    /// Writes a line of the ledger, or goes on with the one this session belongs to; gives the line in force. Without a
    /// database that is the line as it was handed in: care goes on.
    pub async fn open_episode(&self, line: Line) -> Result<Line, Problem> {
        let opened = self.call(move |tool| match &mut tool.store {
            Some(store) => store.open_episode(&line),
            None => Ok(line),
        });
        opened.await?.map_err(|error| error.problem())
    }

    /// Closes an episode; one that is closed keeps its first ending.
    pub async fn close_episode(&self, episode: LeaseId, ended: Ended) -> Result<(), Problem> {
        self.write(move |store| store.close_episode(&episode, ended).map(|_| None)).await
    }

    /// The episode that a session without the card of this person, beginning at `at`, belongs to, if there is one.
    pub async fn episode(&self, slot: SlotId, at: Timestamp) -> Result<Option<Line>, Problem> {
        self.look(move |store| store.reader().episode(&slot, at)).await
    }

    /// What the ledger knows of a person, for the soft limits and the counts.
    pub async fn past(&self, slot: SlotId) -> Result<Past, Problem> {
        self.look(move |store| store.reader().past(&slot)).await
    }

    /// Lines of the ledger, the one that began last first.
    pub async fn ledger(&self, wanted: Lines, limit: usize) -> Result<Vec<Line>, Problem> {
        self.look(move |store| store.reader().ledger(&wanted, limit)).await
    }

    /// Cuts the months that the journal no longer keeps; `today` is a trusted time.
    pub async fn cut(&self, environment: EnvironmentName, today: Timestamp) -> Result<(), Problem> {
        self.write(move |store| store.cut(&environment, today).map(|_| None)).await
    }

    /// Tries again to write what waits; a warning while something still does.
    pub async fn write_waiting(&self) -> Result<(), Problem> {
        self.write(|store| Ok((store.flush()? > 0).then(|| Code::JOURNAL_WAITING.into()))).await
    }

    /// People this PC knows, and whose session was in use.
    pub async fn remembered(&self) -> Result<(Vec<SlotId>, LastUsed), Problem> {
        self.call(|tool| match &tool.store {
            None => Ok((vec![], LastUsed::Unknown)),
            Some(store) => Ok((store.reader().people()?, read(store, &LAST_USED))),
        })
        .await?
        .map_err(|error: StoreError| error.problem())
    }

    /// Notes whose session is in use.
    pub async fn use_now(&self, last: LastUsed) -> Result<(), Problem> {
        self.write(move |store| store.set(&LAST_USED, &last).map(|()| None)).await
    }

    /// Notes that a chip is in doubt, or is not any more.
    pub async fn doubt(&self, mark: String, doubtful: bool) -> Result<(), Problem> {
        self.write(move |store| {
            let mut marks = read(store, &DOUBTS);
            marks.retain(|other| *other != mark);
            if doubtful {
                marks.push(mark);
            }
            let surplus = marks.len().saturating_sub(MOST_DOUBTS);
            marks.drain(..surplus);
            store.set(&DOUBTS, &marks).map(|()| None)
        })
        .await
    }

    /// A chip was noted to be in doubt.
    pub async fn doubted(&self, mark: String) -> Result<bool, Problem> {
        self.call(move |tool| tool.store.as_ref().is_some_and(|store| read(store, &DOUBTS).contains(&mark)))
            .await
    }

    /// Notes an assertion that was received.
    pub async fn received(&self, lease: LeaseId, now: Timestamp) -> Result<(), Problem> {
        self.call(move |tool| {
            tool.forget_old(now);
            tool.received.insert(lease.0, now.as_millisecond());
            let Tool { store, received, .. } = tool;
            store.as_mut().map_or(Ok(()), |store| store.set(&RECEIVED, received))
        })
        .await?
        .map_err(|error| error.problem())
    }

    /// Assertions received in the last 48 hours, by the number of their lease.
    pub async fn seen(&self, now: Timestamp) -> Result<HashSet<String>, Problem> {
        self.call(move |tool| {
            tool.forget_old(now);
            tool.received.keys().cloned().collect()
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

    /// Without a database there is nothing to be read.
    async fn look<R: Default + Send + 'static>(
        &self,
        job: impl FnOnce(&Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, Problem> {
        let found = self.call(move |tool| tool.store.as_ref().map_or_else(|| Ok(R::default()), job)).await?;
        found.map_err(|error| error.problem())
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        self.worker.call(job).await.map_err(|silence| silence.problem(Code::JOURNAL_WAITING))
    }
}

/// As [`RecordRoom::remembered`], of a folder that is only looked at.
pub(crate) fn remembered(folder: &Path) -> Result<(Vec<SlotId>, LastUsed), Problem> {
    let look = || -> Result<_, StoreError> {
        let Some(reader) = Reader::open(folder)? else { return Ok((vec![], LastUsed::Unknown)) };
        Ok((reader.people()?, reader.setting(&LAST_USED)?.unwrap_or_default()))
    };
    look().map_err(|error| error.while_reading())
}

impl Tool {
    fn forget_old(&mut self, now: Timestamp) {
        let from = now.as_millisecond().saturating_sub(REPLAY.as_millis() as i64);
        self.received.retain(|_, at| *at >= from);
    }
}

/// A setting that cannot be read counts as never set.
fn read<T: DeserializeOwned + Default>(store: &Store, setting: &Setting<T>) -> T {
    store
        .reader()
        .setting(setting)
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "a setting cannot be read");
            None
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relais_core::session::exception::Reason;
    use relais_core::session::ledger::Ending;

    fn room(folder: &Path) -> RecordRoom {
        RecordRoom::open(folder, EnvironmentName::parse("sandbox").unwrap()).unwrap()
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_772_434_800 + hours * 3600).unwrap()
    }

    #[tokio::test]
    async fn an_assertion_is_remembered_for_48_hours_also_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let lease = |n: u8| LeaseId(n.to_string().repeat(32));
        room(folder.path()).received(lease(1), at(0)).await.unwrap();
        room(folder.path()).received(lease(2), at(1)).await.unwrap();
        let seen = room(folder.path()).seen(at(48)).await.unwrap();
        assert_eq!(seen, HashSet::from([lease(1).0, lease(2).0]));
        let later = room(folder.path());
        assert_eq!(later.seen(at(49)).await.unwrap(), HashSet::from([lease(2).0]));
        assert_eq!(later.seen(at(50)).await.unwrap(), HashSet::new());
    }

    #[tokio::test]
    async fn a_chip_in_doubt_is_still_so_after_a_restart_until_it_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        room(folder.path()).doubt("aa".into(), true).await.unwrap();
        let again = room(folder.path());
        assert!(again.doubted("aa".into()).await.unwrap());
        assert!(!again.doubted("bb".into()).await.unwrap());
        again.doubt("aa".into(), false).await.unwrap();
        assert!(!room(folder.path()).doubted("aa".into()).await.unwrap());
    }

    fn line() -> Line {
        Line {
            episode: LeaseId("0".repeat(32)),
            slot: SlotId::parse(&"a".repeat(32)).unwrap(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            started_at: at(0),
            ends_at: at(12),
            reason: Reason::EidNotAtHand,
            note: None,
            evidence: vec![Code::NO_CARD],
            ended: None,
        }
    }

    #[tokio::test]
    async fn an_episode_is_known_after_a_restart_and_its_first_ending_stays() {
        let folder = tempfile::tempdir().unwrap();
        let ended = |hours, how| Ended { at: at(hours), how };
        assert_eq!(room(folder.path()).open_episode(line()).await.unwrap(), line());
        let again = room(folder.path());
        assert_eq!(again.episode(line().slot, at(5)).await.unwrap(), Some(line()));
        again.close_episode(line().episode, ended(6, Ending::Card)).await.unwrap();
        again.close_episode(line().episode, ended(7, Ending::Time)).await.unwrap();
        let closed = Line { ended: Some(ended(6, Ending::Card)), ..line() };
        assert_eq!(again.ledger(Lines::default(), 9).await.unwrap(), [closed]);
        assert_eq!(again.past(line().slot).await.unwrap(), Past { beginnings: vec![at(0)], in_a_row: 1 });
    }

    #[tokio::test]
    async fn without_a_database_an_episode_begins_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(relais_store::DATABASE)).unwrap();
        let room = room(folder.path());
        assert_eq!(room.open_episode(line()).await.unwrap(), line());
        assert_eq!(room.past(line().slot).await.unwrap(), Past::default());
        room.close_episode(line().episode, Ended { at: at(6), how: Ending::Lost }).await.unwrap();
        assert_eq!(room.troubles().await.len(), 1);
    }

    #[tokio::test]
    async fn whose_session_is_in_use_is_known_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(room(folder.path()).remembered().await.unwrap(), (vec![], LastUsed::Unknown));
        let slot = SlotId::parse(&"a".repeat(32)).unwrap();
        room(folder.path()).use_now(LastUsed::Slot(slot.clone())).await.unwrap();
        assert_eq!(room(folder.path()).remembered().await.unwrap().1, LastUsed::Slot(slot));
    }
}
