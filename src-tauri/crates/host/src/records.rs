//! The record room: one thread with the database. What cannot be written waits there; nothing else waits for it.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::{LeaseId, Person, SlotId, TokenLease};
use relais_core::session::LastUsed;
use relais_core::session::ledger::{Ended, Line, Past};
use relais_core::session::renewal::Attempt;
use relais_core::{Code, Problem};
use relais_store::{Appended, Filter, Lines, Opened, Reader, Recorded, Setting, Store, StoreError, Verdict};
use serde::de::DeserializeOwned;

use crate::worker::Worker;

/// A disk silent for this long hangs.
const HUNG: Duration = Duration::from_secs(20);
/// Longest note of where a password is kept, in characters: one line.
const HINT_CHARS: usize = 120;

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

/// Something to be done with the database, and done again where the disk failed.
type Job = Box<dyn FnMut(&mut Store) -> Result<(), StoreError> + Send>;

type Open = Box<dyn Fn() -> Result<Opened, StoreError> + Send>;

/// Most that waits for a database that cannot be opened; what comes after it is not written.
const MOST_LATER: usize = 1_000;

struct Tool {
    store: Option<Store>,
    /// How it is opened; none where that is not tried again.
    open: Option<Open>,
    /// What is to be written once it can be opened, in its order.
    later: Vec<Job>,
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
    /// Opens the room. A database that cannot be used is told by [`Self::troubles`]; Relais works without, and what is
    /// written meanwhile waits until it can be opened.
    pub fn open(folder: &Path, environment: EnvironmentName) -> Result<Self, Problem> {
        let kept: PathBuf = folder.to_owned();
        let folder = kept.clone();
        let tool = move || {
            let (folder, environment) = (folder.clone(), environment.clone());
            Tool::begin(Box::new(move || Store::open(&folder, &environment, Timestamp::now())))
        };
        Ok(Self { worker: Worker::start("records", HUNG, tool)?, folder: kept })
    }

    /// What had to be said when the database was opened; said once.
    pub async fn troubles(&self) -> Vec<Problem> {
        self.call(|tool| std::mem::take(&mut tool.told)).await.unwrap_or_else(|problem| vec![problem])
    }

    /// Writes an entry down. One that waits is a warning, not an end.
    pub async fn append(&self, entry: Entry) -> Result<(), Problem> {
        let done = self.call(move |tool| match &mut tool.store {
            // The store lets it wait by itself.
            Some(store) => Ok(matches!(store.append(&entry)?, Appended::Waiting { .. })),
            None => tool.write_surely(Box::new(move |store| store.append(&entry).map(drop))),
        });
        said(done.await?)
    }

    /// Notes a lease in the index.
    pub async fn note(&self, lease: TokenLease) -> Result<(), Problem> {
        self.write(move |store| store.note_session(&lease)).await
    }

    /// Notes that a slot has no session any more.
    pub async fn end(&self, slot: SlotId) -> Result<(), Problem> {
        self.write(move |store| store.end_session(&slot)).await
    }

    /// Makes the index say what the lease files say.
    pub async fn rebuild(&self, leases: Vec<TokenLease>) -> Result<(), Problem> {
        self.write(move |store| store.rebuild_sessions(&leases)).await
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

    /// Names of the people of this PC, also of those who have no session now.
    pub async fn names(&self) -> Result<Vec<Person>, Problem> {
        self.look(|store| store.reader().names()).await
    }

    /// Where people keep the password of their keystore, in their own words; who noted nothing is not in it.
    pub async fn hints(&self) -> Result<Vec<(SlotId, String)>, Problem> {
        self.look(|store| store.reader().hints()).await
    }

    /// Keeps such a note; an empty one is none.
    ///
    /// # Errors
    /// A usage problem where it is no single short line, else when it cannot be written.
    pub async fn set_hint(&self, slot: SlotId, hint: &str) -> Result<(), Problem> {
        let hint = hint.trim().to_owned();
        if hint.chars().count() > HINT_CHARS || hint.chars().any(char::is_control) {
            return Err(Code::USAGE.into());
        }
        let kept = self.call(move |tool| {
            let store = tool.store.as_mut().ok_or(Code::DATA_FOLDER)?;
            Ok(store.set_hint(&slot, &hint)?)
        });
        kept.await?
    }

    /// Forgets a person; gives the names of copies of the database that could not be changed.
    pub async fn forget(&self, slot: SlotId) -> Result<Vec<String>, Problem> {
        let forgotten = self.call(move |tool| {
            // What waits could write the name once more.
            if tool.write_waiting()? {
                return Err(Code::JOURNAL_WAITING.into());
            }
            let store = tool.store.as_mut().ok_or(Code::DATA_FOLDER)?;
            if read(store, &LAST_USED) == LastUsed::Slot(slot.clone()) {
                store.set(&LAST_USED, &LastUsed::Nobody)?;
            }
            Ok(store.forget_person(&slot)?)
        });
        forgotten.await?
    }

    /// What Relais noted of itself under a name.
    pub async fn noted(&self, key: &'static str) -> Result<Option<String>, Problem> {
        self.look(move |store| store.reader().noted(key)).await
    }

    /// Notes something of Relais itself under a name.
    pub async fn note_down(&self, key: &'static str, value: String) -> Result<(), Problem> {
        self.write(move |store| store.note_down(key, &value)).await
    }

    /// Notes an attempt to renew a token that failed.
    pub async fn attempted(&self, lease: LeaseId, attempt: Attempt) -> Result<(), Problem> {
        self.write(move |store| store.note_attempt(&lease, &attempt)).await
    }

    /// Writes a line of the ledger, or goes on with the one this session belongs to. What cannot be written now waits, and
    /// is a warning: care goes on.
    pub async fn open_episode(&self, line: Line) -> Result<(), Problem> {
        self.write_surely(move |store| store.open_episode(&line).map(drop)).await
    }

    /// Closes an episode; one that is closed keeps its first ending.
    pub async fn close_episode(&self, episode: LeaseId, ended: Ended) -> Result<(), Problem> {
        self.write_surely(move |store| store.close_episode(&episode, ended).map(drop)).await
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
        self.write(move |store| store.cut(&environment, today).map(drop)).await
    }

    /// Tries again to write what waits; a warning while something still does.
    pub async fn write_waiting(&self) -> Result<(), Problem> {
        said(self.call(Tool::write_waiting).await?)
    }

    /// Writes what waits, if that is possible, and lets go of the database.
    pub async fn close(&self) {
        let closed = self.call(|tool| {
            let written = tool.write_waiting();
            (tool.store, tool.open) = (None, None);
            written
        });
        match closed.await {
            Ok(Ok(false)) => {}
            Ok(Ok(true)) => tracing::warn!("what waited for the records is lost"),
            Ok(Err(error)) => tracing::warn!(%error, "the records are behind"),
            Err(problem) => tracing::warn!(%problem, "the records are behind"),
        }
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
        self.write(move |store| store.set(&LAST_USED, &last)).await
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
            store.set(&DOUBTS, &marks)
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

    async fn write(
        &self,
        job: impl FnOnce(&mut Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Problem> {
        self.call(move |tool| tool.write(job)).await?.map_err(|error| error.problem())
    }

    /// As [`Self::write`]; what the disk refuses now is done later, and the warning says that it waits.
    async fn write_surely(
        &self,
        job: impl FnMut(&mut Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Problem> {
        said(self.call(move |tool| tool.write_surely(Box::new(job))).await?)
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

/// Whether something waits, as a person hears of it.
fn said(done: Result<bool, StoreError>) -> Result<(), Problem> {
    match done {
        Ok(false) => Ok(()),
        Ok(true) => Err(Code::JOURNAL_WAITING.into()),
        Err(error) => Err(error.problem()),
    }
}

/// As [`RecordRoom::noted`], of a folder that is only looked at.
pub(crate) fn noted(folder: &Path, key: &str) -> Result<Option<String>, Problem> {
    let look = || Reader::open(folder)?.map_or(Ok(None), |reader| reader.noted(key));
    look().map_err(|error: StoreError| error.problem())
}

impl Tool {
    fn begin(open: Open) -> Self {
        let mut tool =
            Self { store: None, open: None, later: vec![], told: vec![], received: BTreeMap::new() };
        match open() {
            Ok(opened) => tool.opened(opened),
            Err(error) => {
                tool.told.push(error.problem());
                // A newer database is left alone for good.
                tool.open = error.passes().then_some(open);
            }
        }
        tool
    }

    fn opened(&mut self, Opened { store, told }: Opened) {
        self.told.extend(told);
        let mut received = read(&store, &RECEIVED);
        received.append(&mut self.received);
        self.received = received;
        self.store = Some(store);
    }

    /// There is no database now, and there may be one later.
    fn waits(&self) -> bool {
        self.store.is_none() && self.open.is_some()
    }

    /// Without a database it waits for one; where none is to come it is not written, which was said at the start.
    fn write(
        &mut self,
        job: impl FnOnce(&mut Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        if let Some(store) = &mut self.store {
            return job(store);
        }
        let mut job = Some(job);
        self.wait(Box::new(move |store| job.take().map_or(Ok(()), |job| job(store))));
        Ok(())
    }

    /// Whether it has to wait: for a database, or for a disk that does not fail.
    fn write_surely(&mut self, mut job: Job) -> Result<bool, StoreError> {
        // A line is not closed before it is begun.
        self.do_what_waits();
        if !self.later.is_empty() {
            return Ok(self.wait(job));
        }
        match self.store.as_mut().map(&mut job) {
            Some(Err(error)) if error.passes() => {}
            Some(done) => return done.map(|()| false),
            None => {}
        }
        Ok(self.wait(job))
    }

    fn wait(&mut self, job: Job) -> bool {
        let waits = self.store.is_some() || self.waits();
        if waits && self.later.len() < MOST_LATER {
            self.later.push(job);
        }
        waits
    }

    /// Does what waits, in its order, as far as the disk allows; whether something still does.
    fn write_waiting(&mut self) -> Result<bool, StoreError> {
        if self.waits()
            && let Some(Ok(opened)) = self.open.as_ref().map(|open| open())
        {
            self.opened(opened);
        }
        self.do_what_waits();
        match &mut self.store {
            Some(store) => Ok(store.flush()? > 0 || !self.later.is_empty()),
            None => Ok(self.waits()),
        }
    }

    fn do_what_waits(&mut self) {
        let Some(store) = &mut self.store else { return };
        while let Some(job) = self.later.first_mut() {
            match job(store) {
                Err(error) if error.passes() => return,
                Err(error) => tracing::warn!(%error, "something that waited was not written"),
                Ok(()) => {}
            }
            drop(self.later.remove(0));
        }
    }

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
        room(folder.path()).open_episode(line()).await.unwrap();
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
        let waits = Err(Problem::new(Code::JOURNAL_WAITING));
        assert_eq!(room.open_episode(line()).await, waits);
        assert_eq!(room.past(line().slot).await.unwrap(), Past::default());
        let lost = Ended { at: at(6), how: Ending::Lost };
        assert_eq!(room.close_episode(line().episode, lost).await, waits);
        assert_eq!(room.troubles().await.len(), 1);
    }

    #[tokio::test]
    async fn what_was_written_without_a_database_is_there_once_it_can_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join(relais_store::DATABASE);
        std::fs::create_dir(&in_the_way).unwrap();
        let room = room(folder.path());
        let entry = Entry {
            at: at(1),
            subject: relais_core::journal::Subject::Session,
            event: "signed-in".into(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            slot: None,
            code: None,
            detail: BTreeMap::new(),
        };
        let waits = Err(Problem::new(Code::JOURNAL_WAITING));
        assert_eq!(room.append(entry.clone()).await, waits);
        assert_eq!(room.open_episode(line()).await, waits);
        room.received(LeaseId("1".repeat(32)), at(1)).await.unwrap();
        assert_eq!(room.write_waiting().await, waits);
        std::fs::remove_dir(in_the_way).unwrap();
        room.write_waiting().await.unwrap();
        let written: Vec<_> = room.show(Filter::default(), 9).await.unwrap();
        assert_eq!(written.iter().filter(|one| one.entry == entry).count(), 1);
        assert_eq!(room.ledger(Lines::default(), 9).await.unwrap(), [line()]);
        assert!(room.seen(at(2)).await.unwrap().contains(&"1".repeat(32)));
        room.close().await;
        assert!(matches!(room.verify().await.unwrap(), Verdict::Verified { .. }));
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
