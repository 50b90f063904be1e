//! The database as the rest of Relais sees it: one writer, any number of readers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use relais_core::Problem;
use relais_core::certificates::CertificateId;
use relais_core::certificates::reminder::Told;
use relais_core::continuity::timeline::{Change, FunctionId, Span};
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::{LeaseId, Person, SlotId, TokenLease};
use relais_core::session::ledger::{Ended, Holder, Line, Past};
use relais_core::session::renewal::Attempt;
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::backlog::Backlog;
use crate::chain::Link;
use crate::error::StoreError;
use crate::head::HeadFile;
use crate::journal::{self, Appended, Filter, Recorded};
use crate::ledger::{self, Lines};
use crate::past::{self, Departures, Story};
use crate::settings::{self, Setting};
use crate::verify::{self, Verdict};
use crate::{attempts, certificates, cut, dated, forgetting, gap, meta, schema, sessions, timeline};

/// Name of the database in an environment's folder.
pub const DATABASE: &str = "relais.db";

/// Reads the database, also while another process writes.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    head: HeadFile,
}

impl Reader {
    /// Opens the database of an environment's folder; `None` if there is none yet.
    pub fn open(folder: &Path) -> Result<Option<Self>, StoreError> {
        let connection = schema::open_reading(&folder.join(DATABASE))?;
        Ok(connection.map(|connection| Self { connection, head: HeadFile::of(folder) }))
    }

    /// Entries of the journal that match, the newest first.
    pub fn show(&self, filter: &Filter, limit: usize) -> Result<Vec<Recorded>, StoreError> {
        journal::show(&self.connection, filter, limit)
    }

    /// Looks through the whole journal.
    pub fn verify(&self) -> Result<Verdict, StoreError> {
        let exported = self.head.read()?;
        verify::verify(&self.connection, exported)
    }

    /// A setting, if it was ever set.
    pub fn setting<T: DeserializeOwned>(&self, setting: &Setting<T>) -> Result<Option<T>, StoreError> {
        settings::get(&self.connection, setting)
    }

    /// What Relais noted of itself under a name.
    pub fn noted(&self, key: &str) -> Result<Option<String>, StoreError> {
        meta::get(&self.connection, key)
    }

    /// People who have, or had, a session here.
    pub fn people(&self) -> Result<Vec<SlotId>, StoreError> {
        sessions::people(&self.connection)
    }

    /// Names of the people who have, or had, a session here.
    pub fn names(&self) -> Result<Vec<Person>, StoreError> {
        sessions::names(&self.connection)
    }

    /// Where people keep the password of their keystore, in their own words; who noted nothing is not in it.
    pub fn hints(&self) -> Result<Vec<(SlotId, String)>, StoreError> {
        sessions::hints(&self.connection)
    }

    /// Leases that are noted. A lease file says more and is right where they differ.
    pub fn sessions(&self) -> Result<Vec<TokenLease>, StoreError> {
        sessions::all(&self.connection)
    }

    /// Attempts to renew a token that failed, the latest last. While the token lives, its lease file is right.
    pub fn attempts(&self, lease: &LeaseId) -> Result<Vec<Attempt>, StoreError> {
        attempts::of(&self.connection, lease)
    }

    /// Lines of the ledger that match, the one that began last first.
    pub fn ledger(&self, wanted: &Lines, limit: usize) -> Result<Vec<Line>, StoreError> {
        ledger::show(&self.connection, wanted, limit)
    }

    /// The episode that a session without the card of this person, beginning at `at`, belongs to, if there is one.
    pub fn episode(&self, slot: &SlotId, at: Timestamp) -> Result<Option<Line>, StoreError> {
        ledger::current(&self.connection, slot, at)
    }

    /// What the ledger knows of a person, for the limits of [`relais_core::session::exception`] and the counts that are
    /// shown.
    pub fn past(&self, slot: &SlotId) -> Result<Past, StoreError> {
        ledger::past(&self.connection, slot)
    }

    /// How a function was from `from` to `until`: stretches without a hole, gaps where nobody looked.
    pub fn timeline(
        &self,
        function: &FunctionId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Span>, StoreError> {
        timeline::of(&self.connection, function, from, until)
    }

    /// The same of every function that ever changed: for a day.
    pub fn timelines(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<FunctionId, Vec<Span>>, StoreError> {
        timeline::of_all(&self.connection, from, until)
    }

    /// The worst of each hour, whole hours, of every function that ever changed: for a month.
    pub fn timelines_by_hours(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<FunctionId, Vec<Span>>, StoreError> {
        timeline::by_hours(&self.connection, from, until)
    }

    /// Changes of a function with what they rested on; the last one up to `from` comes first.
    pub fn changes(
        &self,
        function: &FunctionId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Change>, StoreError> {
        timeline::changes(&self.connection, function, from, until)
    }

    /// When each function was off its normal road from `from` to `now`, for a page: at most [`crate::MOST_SHOWN`] changes of
    /// a function one by one, else hours. `noted` is when the run that looks wrote that down last.
    pub fn departures(
        &self,
        from: Timestamp,
        now: Timestamp,
        noted: Option<Timestamp>,
    ) -> Result<Departures, StoreError> {
        past::of_all(&self.connection, from, now, noted)
    }

    /// What was said last of each certificate that somebody was told of.
    pub fn reminders(&self) -> Result<Vec<(CertificateId, Told)>, StoreError> {
        certificates::all(&self.connection)
    }

    /// Everything that is known of one function from `from` to `now`; `None` where that is more than `most` changes.
    pub fn story(
        &self,
        function: &FunctionId,
        (from, now): (Timestamp, Timestamp),
        noted: Option<Timestamp>,
        most: usize,
    ) -> Result<Option<Story>, StoreError> {
        past::of(&self.connection, function, from, now, noted, most)
    }
}

/// A database that was opened, and what had to be done or said about it.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub store: Store,
    /// What the person is told: a damaged database set aside, a journal with a hole.
    pub told: Vec<Problem>,
}

/// Reads and writes the database. There is one in the process that owns the data folder.
#[derive(Debug)]
pub struct Store {
    reader: Reader,
    backlog: Backlog,
    /// When this run looked at the functions last.
    looked: Option<Timestamp>,
}

impl Store {
    /// Opens the database of an environment's folder, made or brought up to date if need be.
    ///
    /// A damaged one is set aside under a name with the time, and the new journal is linked to the exported head of the
    /// old one. A newer one is left untouched: [`StoreError::Newer`].
    pub fn open(folder: &Path, environment: &EnvironmentName, now: Timestamp) -> Result<Opened, StoreError> {
        match Self::begin(folder, environment, now) {
            // Only a small one is looked through; in another the damage is met where it is read first.
            Err(StoreError::Corrupt) => {
                Self::set_aside(folder, now)?;
                Self::begin(folder, environment, now)
            }
            begun => begun,
        }
    }

    /// Sets a database aside that turned out to be damaged while it was open; [`Self::open`] begins the next one, and says
    /// so. The [`Store`] of the damaged one has to be gone, and what waited in it is kept with [`Self::into_waiting`].
    pub fn set_aside(folder: &Path, now: Timestamp) -> Result<(), StoreError> {
        let path = folder.join(DATABASE);
        if path.exists() {
            schema::set_aside(&path, now)?;
        }
        Ok(())
    }

    fn begin(folder: &Path, environment: &EnvironmentName, now: Timestamp) -> Result<Opened, StoreError> {
        let head = HeadFile::of(folder);
        // Before the database, so that a writer at work meanwhile can only be ahead of it.
        let exported = head.read()?;
        let connection = schema::open(&folder.join(DATABASE))?;
        let reader = Reader { connection, head };
        let mut store = Self { reader, backlog: Backlog::default(), looked: None };
        let told = store.close_gap(exported, folder, environment, now)?;
        Ok(Opened { store, told })
    }

    /// Compares the journal with its exported head. What is missing stays missing, visibly: the chain goes on after
    /// the head that was exported, never over it.
    fn close_gap(
        &mut self,
        exported: Option<Link>,
        folder: &Path,
        environment: &EnvironmentName,
        now: Timestamp,
    ) -> Result<Vec<Problem>, StoreError> {
        if exported.is_none() && journal::tail(&self.reader.connection)? == Link::START {
            self.found_head();
        }
        let found = gap::Found::read(&self.reader.connection, exported)?;
        if found.is_nothing() {
            return Ok(vec![]);
        }
        // Whoever set one aside may have come no further: then, too, this is the one that takes its place.
        let aside = if found.begins() { schema::last_set_aside(&folder.join(DATABASE))? } else { None };
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (told, head) = found.close(&change, aside.as_deref(), environment, now)?;
        change.commit()?;
        if let Some(head) = head {
            self.export(head, true);
        }
        Ok(told)
    }

    /// Entries that waited for another database, which this one takes the place of; they are written with the next one,
    /// or by [`Self::flush`].
    pub fn take_over(&mut self, waiting: Backlog) {
        self.backlog = waiting;
    }

    /// Lets go of the database; gives the entries that wait for it.
    #[must_use]
    pub fn into_waiting(self) -> Backlog {
        self.backlog
    }

    /// Where the disk refuses it now, the first entry makes it.
    fn found_head(&self) {
        if let Err(cause) = self.reader.head.found() {
            tracing::warn!(%cause, "the head of the journal was not founded");
        }
    }

    /// Everything that can be read.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Writes an entry at the end of the journal; when it returns [`Appended::Written`] the entry survives a power cut.
    ///
    /// While the database cannot be written, entries wait in memory, at most [`crate::MOST_WAITING`]; the next call
    /// that succeeds writes them all, with a record of the gap before them.
    pub fn append(&mut self, entry: &Entry) -> Result<Appended, StoreError> {
        self.backlog.push(entry.clone());
        match self.write_waiting() {
            Ok(head) => Ok(Appended::Written { seq: head.seq }),
            Err(cause) if cause.passes() => {
                self.backlog.refused();
                let because = cause.problem();
                Ok(Appended::Waiting { count: self.backlog.len(), lost: self.backlog.lost(), because })
            }
            Err(cause) => {
                self.backlog.refused();
                Err(cause)
            }
        }
    }

    /// Tries again to write what waits; says how many entries still do.
    pub fn flush(&mut self) -> Result<usize, StoreError> {
        if self.backlog.is_empty() {
            return Ok(0);
        }
        match self.write_waiting() {
            Ok(_) => Ok(0),
            Err(cause) if cause.passes() => Ok(self.backlog.len()),
            Err(cause) => Err(cause),
        }
    }

    /// Notes a time that somebody trustworthy told, and cuts the months from the front of the journal and of the timeline
    /// that are no longer kept at `today`: the same, or what the PC's own clock says where that is earlier. Gives how many
    /// entries of the journal went.
    pub fn cut(
        &mut self,
        environment: &EnvironmentName,
        told: Timestamp,
        today: Timestamp,
    ) -> Result<u64, StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        dated::note(&change, told)?;
        timeline::cut(&change, today)?;
        certificates::cut(&change, today)?;
        change.commit()?;
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some((gone, head)) = cut::cut(&change, environment, today)? else { return Ok(0) };
        change.commit()?;
        self.export(head, true);
        Ok(gone)
    }

    fn write_waiting(&mut self) -> Result<Link, StoreError> {
        let entries = self.backlog.to_write();
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (head, checkpoint) = journal::write(&change, &entries)?;
        change.commit()?;
        self.backlog.clear();
        self.export(head, checkpoint);
        Ok(head)
    }

    /// The entry is durable by now; an export that fails is made good by the next one.
    fn export(&self, head: Link, durably: bool) {
        if let Err(cause) = self.reader.head.write(head, durably) {
            tracing::warn!(%cause, "the head of the journal was not exported");
        }
    }

    /// Keeps a setting.
    pub fn set<T: Serialize>(&mut self, setting: &Setting<T>, value: &T) -> Result<(), StoreError> {
        settings::set(&self.reader.connection, setting, value)
    }

    /// Notes something of Relais itself under a name.
    pub fn note_down(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        meta::set(&self.reader.connection, key, value)
    }

    /// Notes a lease in the index, in place of the one before in its slot.
    pub fn note_session(&mut self, lease: &TokenLease) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction()?;
        sessions::note(&change, lease)?;
        Ok(change.commit()?)
    }

    /// Notes that a slot has no session any more.
    pub fn end_session(&mut self, slot: &SlotId) -> Result<(), StoreError> {
        sessions::end(&self.reader.connection, slot)
    }

    /// Keeps where a person keeps the password of their keystore, in their own words; empty = nothing.
    pub fn set_hint(&mut self, slot: &SlotId, hint: &str) -> Result<(), StoreError> {
        sessions::set_hint(&self.reader.connection, slot, hint)
    }

    /// Forgets a person, their session and what they wrote, here and in older copies of the database; journal and ledger
    /// keep the slot, which names nobody. Gives the names of copies that could not be changed. May be done again.
    pub fn forget_person(&mut self, slot: &SlotId) -> Result<Vec<String>, StoreError> {
        let database = self.reader.connection.path().map(PathBuf::from);
        forgetting::forget(&mut self.reader.connection, slot)?;
        database.map_or_else(|| Ok(vec![]), |database| forgetting::forget_in_copies(&database, slot))
    }

    /// Notes an attempt to renew a token; one that is there already is not noted twice.
    pub fn note_attempt(&mut self, lease: &LeaseId, attempt: &Attempt) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction()?;
        attempts::note(&change, lease, attempt)?;
        Ok(change.commit()?)
    }

    /// Writes a line of the ledger, or goes on with the line of the episode that this session belongs to, though it was
    /// closed; gives the line in force. Doing it twice is doing it once.
    pub fn open_episode(&mut self, line: &Line) -> Result<Line, StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let in_force = ledger::open(&change, line)?;
        change.commit()?;
        Ok(in_force)
    }

    /// Closes an episode; tells whether it was open. One that is closed keeps its first ending.
    pub fn close_episode(&mut self, episode: &LeaseId, ended: Ended) -> Result<bool, StoreError> {
        ledger::close(&self.reader.connection, episode, ended)
    }

    /// Closes, as lost, every episode of this environment that is open and goes on with none of these leases.
    pub fn lose_episodes(
        &mut self,
        environment: &EnvironmentName,
        leases: &[Holder],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        ledger::lose(&change, environment, leases, now)?;
        Ok(change.commit()?)
    }

    /// Notes at `now` what was said last of these certificates, in place of what was noted of them before.
    pub fn note_reminders(
        &mut self,
        told: &[(CertificateId, Told)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        certificates::note(&change, told, now)?;
        Ok(change.commit()?)
    }

    /// Forgets that anybody was told of these certificates.
    pub fn forget_reminders(&mut self, ids: &[CertificateId]) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        certificates::forget(&change, ids)?;
        Ok(change.commit()?)
    }

    /// Notes that this run looked at the functions, whether or not anything changed. Where it did not for longer than
    /// [`crate::LONGEST_PAUSE`], and before it began, there is a gap.
    pub fn note_look(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.note_changes(&[], at)
    }

    /// When this run looked at the functions last, as far as that is written.
    #[must_use]
    pub fn looked(&self) -> Option<Timestamp> {
        self.looked
    }

    /// The next look begins another time: what was seen between is lost.
    pub fn look_anew(&mut self) {
        self.looked = None;
    }

    /// Notes functions that are not as they were, seen at a look at `at`. Doing it twice is doing it once.
    pub fn note_changes(
        &mut self,
        changes: &[(FunctionId, Change)],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut looked = self.looked;
        for at in changes.iter().map(|(_, noted)| noted.at).chain([at]) {
            timeline::look(&change, looked, at)?;
            looked = Some(at);
        }
        changes.iter().try_for_each(|(function, noted)| timeline::note(&change, function, noted))?;
        change.commit()?;
        self.looked = looked;
        Ok(())
    }

    /// Makes the index say what the lease files say.
    pub fn rebuild_sessions(&mut self, leases: &[TokenLease]) -> Result<(), StoreError> {
        let change = self.reader.connection.transaction()?;
        sessions::clear(&change)?;
        leases.iter().try_for_each(|lease| sessions::note(&change, lease))?;
        Ok(change.commit()?)
    }

    /// Where the database of a folder is.
    #[must_use]
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(DATABASE)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use relais_core::Code;
    use relais_core::journal::Subject;

    fn entry(n: i64) -> Entry {
        Entry {
            at: Timestamp::from_second(1_772_434_800 + n).unwrap(),
            subject: Subject::Session,
            event: "signed-in".into(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            slot: None,
            code: None,
            detail: [("n".to_owned(), n.to_string())].into(),
        }
    }

    fn opened(folder: &Path) -> Store {
        let told = Store::open(folder, &entry(0).environment, entry(0).at).unwrap();
        assert_eq!(told.told, []);
        told.store
    }

    #[test]
    fn entries_wait_while_the_disk_is_full_and_are_written_with_a_gap_record() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = opened(folder.path());
        store.append(&entry(1)).unwrap();
        let connection = &store.reader.connection;
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
        let large = |n| Entry { event: "x".repeat(3_000), ..entry(n) };
        let mut waiting = 0;
        for n in 0..1_010 {
            if let Appended::Waiting { count, because, .. } = store.append(&large(n)).unwrap() {
                assert_eq!(because.code, Code::DISK_FULL);
                waiting = count;
            }
        }
        assert_eq!(waiting, crate::MOST_WAITING);
        store.reader.connection.query_row("PRAGMA max_page_count = 100000", [], |_| Ok(())).unwrap();
        assert_eq!(store.flush().unwrap(), 0);
        let shown =
            store.reader().show(&Filter { subject: Some(Subject::System), ..Filter::default() }, 9).unwrap();
        assert_eq!(shown.len(), 1, "one gap record");
        let gap = shown[0].entry.as_ref().unwrap();
        assert_eq!(gap.event, "journal-waited");
        assert_eq!(gap.detail["waited"], crate::MOST_WAITING.to_string());
        assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { .. }));
    }

    #[test]
    fn entries_wait_while_another_program_holds_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = opened(folder.path());
        store.reader.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
        let other = Connection::open(Store::path(folder.path())).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert!(matches!(store.append(&entry(1)).unwrap(), Appended::Waiting { count: 1, lost: 0, .. }));
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(
            store.append(&entry(2)).unwrap(),
            Appended::Written { seq: 3 },
            "gap record, entry, entry"
        );
        assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { entries: 3, .. }));
    }
}
