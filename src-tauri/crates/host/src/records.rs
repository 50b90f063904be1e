//! The record room: one thread with the database. What cannot be written waits there; nothing else waits for it.

mod in_force;
mod received;
pub(crate) mod reminded;
mod sights;
#[cfg(test)]
mod tests;
mod tool;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use relais_core::continuity::list::ServiceKey;
use relais_core::continuity::route::Manual;
use relais_core::continuity::timeline::FunctionId;
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::{LeaseId, Person, SlotId, TokenLease};
use relais_core::session::ledger::{Ended, Holder, Line, Past};
use relais_core::session::renewal::Attempt;
use relais_core::session::{Event, LastUsed};
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_store::{Departures, Filter, Lines, Reader, Recorded, Setting, Store, StoreError, Story, Verdict};

use self::in_force::InForce;
use self::received::Received;
pub use self::sights::Sight;
use self::tool::{LAST_USED, Place, RECEIVED, Row, Tool, UNERASED, read};
use crate::worker::{Silence, Worker};

/// A disk silent for this long hangs.
const HUNG: Duration = Duration::from_secs(20);
/// How long one is waited for that was found to hang and has not answered since: care goes on.
const HANGS_STILL: Duration = Duration::from_secs(1);
/// Looking through the whole journal takes no longer: thirteen months of a busy PC are some seconds.
const LONGEST_READ: Duration = Duration::from_secs(120);
/// Longest note of where a password is kept, in characters: one line.
const HINT_CHARS: usize = 120;

/// What the records know of the sessions of this PC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Everybody who ever had one.
    pub people: Vec<SlotId>,
    /// Whose was in use.
    pub last: LastUsed,
    /// Whose was ended and is not wholly erased.
    pub unerased: BTreeSet<SlotId>,
}

impl Remembered {
    /// What a lease that does not open is: the rest of one that was ended, where one was, and no session.
    pub(crate) fn unopened(&self, slot: SlotId, problem: Problem) -> Event {
        if !self.unerased.contains(&slot) || asks_to_unlock(problem.code) {
            return Event::Unopened { slot, problem };
        }
        let left = Problem::new(Code::SESSION_NOT_ERASED).with("reason", "file").with("cause", problem.code);
        Event::Erased { slot, problem: Some(left) }
    }
}

/// Whether it is a session is not known before somebody unlocks the key store.
fn asks_to_unlock(code: Code) -> bool {
    matches!(code, Code::KEY_STORE_LOCKED | Code::KEY_STORE_MISSING)
}

/// Routes that a person chose, by service.
const ROUTES: Setting<BTreeMap<ServiceKey, Manual>> = Setting::new("chosen-routes");

/// The thread with the database.
#[derive(Clone)]
pub struct RecordRoom {
    worker: Worker<Tool>,
    folder: PathBuf,
    received: Received,
    in_force: InForce,
    /// The disk was silent for too long, and has not answered since.
    hangs: Arc<AtomicBool>,
}

impl RecordRoom {
    /// Opens the room. A database that cannot be used is told by [`Self::troubles`]; Relais works without, and what is
    /// written meanwhile waits until it can be opened.
    pub fn open(folder: &Path, environment: EnvironmentName, clock: Arc<dyn Clock>) -> Result<Self, Problem> {
        let kept: PathBuf = folder.to_owned();
        let (place, received) = (Place { folder: kept.clone(), environment, clock }, Received::default());
        let known = received.clone();
        let tool = move || Tool::begin(place.clone(), known.clone());
        let worker = Worker::start("records", HUNG, tool)?;
        Ok(Self { worker, folder: kept, received, in_force: InForce::default(), hangs: Arc::default() })
    }

    /// What had to be said when the database was opened; said once.
    pub async fn troubles(&self) -> Vec<Problem> {
        self.call(|tool| std::mem::take(&mut tool.told)).await.unwrap_or_else(|problem| vec![problem])
    }

    /// Writes an entry down. One that waits is a warning, not an end.
    pub async fn append(&self, entry: Entry) -> Result<(), Problem> {
        self.put_away(move |tool| {
            let waits = tool.append(&entry);
            said(waits, tool)
        })
        .await?
    }

    /// Notes a lease in the index.
    pub async fn note(&self, lease: TokenLease) -> Result<(), Problem> {
        let row = format!("session {}", lease.person.slot.as_str());
        self.write(Some(row), move |store| store.note_session(&lease)).await
    }

    /// Notes that a slot has no session any more.
    pub async fn end(&self, slot: SlotId) -> Result<(), Problem> {
        let row = format!("session {}", slot.as_str());
        self.write(Some(row), move |store| store.end_session(&slot)).await
    }

    /// Notes whether something is left of a session of this person that was ended.
    pub async fn unerased(&self, slot: SlotId, left: bool) -> Result<(), Problem> {
        let row = format!("unerased {}", slot.as_str());
        let note = move |store: &mut Store| {
            let mut all = read(store, &UNERASED);
            let changed = if left { all.insert(slot.clone()) } else { all.remove(&slot) };
            if changed { store.set(&UNERASED, &all) } else { Ok(()) }
        };
        self.write(Some(row), note).await
    }

    /// Makes the index say what the lease files say.
    pub async fn rebuild(&self, leases: Vec<TokenLease>) -> Result<(), Problem> {
        self.write(Some("sessions".to_owned()), move |store| store.rebuild_sessions(&leases)).await
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
        match tokio::time::timeout(LONGEST_READ, tokio::task::spawn_blocking(read)).await {
            Ok(read) => read.map_err(|_| Problem::new(Code::INTERNAL))?,
            Err(_) => Err(Code::JOURNAL_WAITING.into()),
        }
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
        let kept = self.call(move |tool| tool.done(&mut |store| store.set_hint(&slot, &hint)));
        kept.await?.ok_or(Code::DATA_FOLDER)?.map_err(|error| error.while_reading())
    }

    /// Forgets a person; gives the names of copies of the database that could not be changed.
    pub async fn forget(&self, slot: SlotId) -> Result<Vec<String>, Problem> {
        self.put_away(move |tool| tool.forget(&slot)).await?
    }

    /// What Relais noted of itself under a name.
    pub async fn noted(&self, key: &'static str) -> Result<Option<String>, Problem> {
        self.look(move |store| store.reader().noted(key)).await
    }

    /// Notes something of Relais itself under a name.
    pub async fn note_down(&self, key: &'static str, value: String) -> Result<(), Problem> {
        self.write(Some(format!("noted {key}")), move |store| store.note_down(key, &value)).await
    }

    /// Notes an attempt to renew a token that failed.
    pub async fn attempted(&self, lease: LeaseId, attempt: Attempt) -> Result<(), Problem> {
        self.write(None, move |store| store.note_attempt(&lease, &attempt)).await
    }

    /// Writes a line of the ledger, or goes on with the one this session belongs to. What cannot be written now waits, and
    /// is a warning: care goes on. Where another line is in force, [`Self::in_force`] tells it, now or once it is written.
    pub async fn open_episode(&self, line: Line) -> Result<(), Problem> {
        let in_force = self.in_force.clone();
        let open = move |store: &mut Store| {
            in_force.note(&line, store.open_episode(&line)?);
            Ok(())
        };
        self.write_surely(open).await
    }

    /// What was written down as an episode of its own and goes on with one that the ledger had, by the number that was
    /// asked for; told once.
    pub fn in_force(&self) -> Vec<(LeaseId, Line)> {
        self.in_force.take()
    }

    /// Closes an episode; one that is closed keeps its first ending.
    pub async fn close_episode(&self, episode: LeaseId, ended: Ended) -> Result<(), Problem> {
        let in_force = self.in_force.clone();
        let close = move |store: &mut Store| store.close_episode(&in_force.number(&episode), ended).map(drop);
        self.write_surely(close).await
    }

    /// Closes, as lost, every open episode that goes on with none of the leases that were found at the start.
    pub async fn lose_episodes(
        &self,
        environment: EnvironmentName,
        leases: Vec<Holder>,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.write_surely(move |store| store.lose_episodes(&environment, &leases, now)).await
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

    /// Writes down what was seen of the functions. What cannot be written now waits, and is a warning.
    pub async fn sighted(&self, sight: Sight) -> Result<(), Problem> {
        self.put_away(move |tool| {
            let waits = tool.seen(sight);
            said(waits, tool)
        })
        .await?
    }

    /// When each function was off its normal road from `from` to `now`; `noted` is when this run wrote down last that it
    /// looked.
    ///
    /// # Errors
    /// It cannot be read, or there is no database: nothing that is not known is drawn as all well.
    pub async fn departures(
        &self,
        (from, now): (Timestamp, Timestamp),
        noted: Option<Timestamp>,
    ) -> Result<Departures, Problem> {
        self.read(move |store| store.reader().departures(from, now, noted)).await
    }

    /// Everything that is known of one function; `None` where that is more than `most` changes.
    ///
    /// # Errors
    /// As [`Self::departures`].
    pub async fn story(
        &self,
        function: FunctionId,
        time: (Timestamp, Timestamp),
        noted: Option<Timestamp>,
        most: usize,
    ) -> Result<Option<Story>, Problem> {
        self.read(move |store| store.reader().story(&function, time, noted, most)).await
    }

    /// Routes that a person chose, as the last run left them.
    pub async fn routes(&self) -> Result<BTreeMap<ServiceKey, Manual>, Problem> {
        self.look(|store| store.reader().setting(&ROUTES).map(Option::unwrap_or_default)).await
    }

    /// Keeps the routes that a person chose; `chosen` says which, when they are written. What cannot be written now waits,
    /// and is a warning.
    pub async fn keep_routes(
        &self,
        chosen: impl Fn() -> BTreeMap<ServiceKey, Manual> + Send + 'static,
    ) -> Result<(), Problem> {
        let row = Some("routes".to_owned());
        let written = self.put_away(move |tool| {
            tool.write_surely(row, Box::new(move |store| store.set(&ROUTES, &chosen())))
        });
        waiting(written.await?)
    }

    /// Cuts the months that the journal no longer keeps; `told` is a trusted time, `today` no later than that.
    pub async fn cut(
        &self,
        environment: EnvironmentName,
        told: Timestamp,
        today: Timestamp,
    ) -> Result<(), Problem> {
        self.write(Some("cut".to_owned()), move |store| store.cut(&environment, told, today).map(drop)).await
    }

    /// Tries again to write what waits; a warning while something still does.
    pub async fn write_waiting(&self) -> Result<(), Problem> {
        self.call(|tool| {
            let waits = tool.write_waiting();
            said(waits, tool)
        })
        .await?
    }

    /// Writes what waits, if that is possible, and lets go of the database.
    pub async fn close(&self) {
        let closed = self.call(|tool| {
            let written = tool.write_waiting();
            tool.close();
            written
        });
        match closed.await {
            Ok(Ok(false)) => {}
            Ok(Ok(true)) => tracing::warn!("what waited for the records is lost"),
            Ok(Err(error)) => tracing::warn!(%error, "the records are behind"),
            Err(problem) => tracing::warn!(%problem, "the records are behind"),
        }
    }

    /// What the sessions of this PC were when Relais ended.
    pub async fn remembered(&self) -> Result<Remembered, Problem> {
        self.call(|tool| match &tool.store {
            None => Ok(Remembered::default()),
            Some(store) => Ok(Remembered {
                people: store.reader().people()?,
                last: read(store, &LAST_USED),
                unerased: read(store, &UNERASED),
            }),
        })
        .await?
        .map_err(|error: StoreError| error.while_reading())
    }

    /// Notes whose session is in use.
    pub async fn use_now(&self, last: LastUsed) -> Result<(), Problem> {
        self.write(Some("last used".to_owned()), move |store| store.set(&LAST_USED, &last)).await
    }

    /// Notes that a chip is in doubt, or is not any more. What cannot be written now waits, is known meanwhile, and is a
    /// warning.
    pub async fn doubt(&self, mark: String, doubtful: bool) -> Result<(), Problem> {
        self.put_away(move |tool| {
            let waits = tool.doubt(mark, doubtful);
            said(waits, tool)
        })
        .await?
    }

    /// A chip was noted to be in doubt.
    ///
    /// # Errors
    /// Nobody can tell: what is noted cannot be read, or is lost. Whoever asks takes the safe side.
    pub async fn doubted(&self, mark: String) -> Result<bool, Problem> {
        self.call(move |tool| tool.doubted(&mark)).await?
    }

    /// Notes an assertion that was received; from now on it is known, though it cannot be written.
    pub async fn received(&self, lease: LeaseId, now: Timestamp) -> Result<(), Problem> {
        self.received.note(lease, now);
        self.received.since(now);
        let received = self.received.clone();
        self.write(Some("received".to_owned()), move |store| store.set(&RECEIVED, &received.times())).await
    }

    /// Assertions received in the last 48 hours, by the number of their lease; a database that hangs keeps nobody from
    /// what this start knows.
    pub async fn seen(&self, now: Timestamp) -> HashSet<String> {
        if !self.received.is_begun()
            && let Err(problem) = self.call(|_| ()).await
        {
            tracing::warn!(%problem, "what was received before this start is not known");
        }
        self.received.since(now)
    }

    /// `row` names what a later job of the same name writes over.
    async fn write(
        &self,
        row: Row,
        job: impl FnMut(&mut Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Problem> {
        let written = self.put_away(move |tool| tool.write(row, Box::new(job))).await?;
        written.map_err(|error| error.while_reading())
    }

    /// As [`Self::write`]; what the disk refuses now is done later, and the warning says that it waits.
    async fn write_surely(
        &self,
        job: impl FnMut(&mut Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Problem> {
        waiting(self.put_away(move |tool| tool.write_surely(None, Box::new(job))).await?)
    }

    /// Without a database there is nothing to be read.
    async fn look<R: Default + Send + 'static>(
        &self,
        job: impl FnOnce(&Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, Problem> {
        let found = self.call(move |tool| tool.store.as_ref().map_or_else(|| Ok(R::default()), job)).await?;
        found.map_err(|error| error.while_reading())
    }

    /// As [`Self::look`], where no answer is not as good as an empty one.
    async fn read<R: Send + 'static>(
        &self,
        job: impl FnOnce(&Store) -> Result<R, StoreError> + Send + 'static,
    ) -> Result<R, Problem> {
        let found = self.call(move |tool| tool.store.as_ref().map(job)).await?;
        found.ok_or(Code::DATA_FOLDER)?.map_err(|error| error.while_reading())
    }

    /// What nobody waits for any more is not done any more.
    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        let done = self.worker.call_within(self.patience(), self.answering(job)).await;
        self.heard(done)
    }

    /// What was to be written is written though nobody waits for it any more: a disk that hangs for minutes loses nothing.
    async fn put_away<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        let done = self.worker.call_to_the_end_within(self.patience(), self.answering(job)).await;
        self.heard(done)
    }

    fn patience(&self) -> Duration {
        if self.hangs.load(Ordering::Relaxed) { HANGS_STILL } else { HUNG }
    }

    fn answering<R, J: FnOnce(&mut Tool) -> R>(&self, job: J) -> impl FnOnce(&mut Tool) -> R + use<R, J> {
        let hangs = self.hangs.clone();
        move |tool| {
            // Its turn has come, so whatever hung before it has ended.
            hangs.store(false, Ordering::Relaxed);
            job(tool)
        }
    }

    fn heard<R>(&self, done: Result<R, Silence>) -> Result<R, Problem> {
        if matches!(done, Err(Silence::Hung)) {
            self.hangs.store(true, Ordering::Relaxed);
        }
        done.map_err(|silence| silence.problem(Code::JOURNAL_WAITING))
    }
}

/// As [`RecordRoom::remembered`], of a folder that is only looked at.
pub(crate) fn remembered(folder: &Path) -> Result<Remembered, Problem> {
    let look = || -> Result<_, StoreError> {
        let Some(reader) = Reader::open(folder)? else { return Ok(Remembered::default()) };
        Ok(Remembered {
            people: reader.people()?,
            last: reader.setting(&LAST_USED)?.unwrap_or_default(),
            unerased: reader.setting(&UNERASED)?.unwrap_or_default(),
        })
    };
    look().map_err(|error| error.while_reading())
}

/// Whether something waits, as a person hears of it; what else has to be said comes when nothing does.
fn said(done: Result<bool, StoreError>, tool: &mut Tool) -> Result<(), Problem> {
    waiting(done)?;
    tool.news().map_or(Ok(()), Err)
}

fn waiting(done: Result<bool, StoreError>) -> Result<(), Problem> {
    match done {
        Ok(false) => Ok(()),
        Ok(true) => Err(Code::JOURNAL_WAITING.into()),
        Err(error) => Err(error.while_reading()),
    }
}

/// As [`RecordRoom::noted`], of a folder that is only looked at.
pub(crate) fn noted(folder: &Path, key: &str) -> Result<Option<String>, Problem> {
    let look = || Reader::open(folder)?.map_or(Ok(None), |reader| reader.noted(key));
    look().map_err(|error: StoreError| error.while_reading())
}
