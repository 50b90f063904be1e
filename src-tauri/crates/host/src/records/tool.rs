//! What the thread with the database works with: the database where there is one, and what waits for it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::SlotId;
use relais_core::session::LastUsed;
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_store::{Appended, Backlog, IN_PLACE_OF, Opened, Setting, Store, StoreError};
use serde::de::DeserializeOwned;

use super::received::{Received, Times};
use super::sights::{Sight, Sights};

/// Most attempts that wait for a database that cannot be opened. What replaces what waits already, entries of the journal
/// and what must not be lost are not among them.
const MOST_LATER: usize = 1_000;

/// Most chips in doubt that are noted; the oldest go first. One PC meets few cards that hide their counter.
const MOST_DOUBTS: usize = 256;

/// Assertions that were received.
pub const RECEIVED: Setting<Times> = Setting::new("received-assertions");
/// Chips in doubt, by their mark, the oldest first.
const DOUBTS: Setting<Vec<String>> = Setting::new("doubtful-chips");
/// Chips that are in doubt no more, since others may be of which nobody knows; the oldest first.
const CLEARED: Setting<Vec<String>> = Setting::new("cleared-chips");
/// In the place of a damaged database: every chip that was in doubt there is noted here.
const ALL_DOUBTS: Setting<bool> = Setting::new("all-doubtful-chips");
/// Whose session is in use.
pub const LAST_USED: Setting<LastUsed> = Setting::new("last-used");
/// Whose session was ended and is not wholly erased.
pub const UNERASED: Setting<BTreeSet<SlotId>> = Setting::new("unerased-sessions");

/// Something to be done with the database, and done again where the disk failed.
pub type Job = Box<dyn FnMut(&mut Store) -> Result<(), StoreError> + Send>;

/// What a job writes, where a later one of the same name writes over it.
pub type Row = Option<String>;

/// Where the database is.
#[derive(Clone)]
pub struct Place {
    pub folder: PathBuf,
    pub environment: EnvironmentName,
    pub clock: Arc<dyn Clock>,
}

impl Place {
    fn open(&self) -> Result<Opened, StoreError> {
        Store::open(&self.folder, &self.environment, self.clock.now().wall)
    }

    fn set_aside(&self) -> Result<(), StoreError> {
        Store::set_aside(&self.folder, self.clock.now().wall)
    }
}

/// What is known of a damaged database and goes into the one that takes its place.
struct Carried {
    /// Every chip that was in doubt could be read.
    all_doubts: bool,
    /// It is out of the way.
    set_aside: bool,
}

struct Later {
    row: Row,
    job: Job,
}

/// The database, and what waits for it.
pub struct Tool {
    pub store: Option<Store>,
    /// Where it is opened; none where that is not tried again.
    place: Option<Place>,
    /// The one that lies there is damaged, or the next one does not have yet what is known.
    carried: Option<Carried>,
    /// Entries of the journal that wait while there is no database; one that is open has its own.
    entries: Backlog,
    /// Everything else that is to be written, in its order.
    later: VecDeque<Later>,
    /// What was seen of the functions.
    sights: Sights,
    /// What had to be said at the start.
    pub told: Vec<Problem>,
    /// What has to be said since.
    news: VecDeque<Problem>,
    received: Received,
    /// Chips whose doubt this start knows, whatever the database says.
    doubts: BTreeMap<String, bool>,
}

impl Tool {
    pub fn begin(place: Place, received: Received) -> Self {
        let mut tool = Self {
            store: None,
            place: Some(place),
            carried: None,
            entries: Backlog::default(),
            later: VecDeque::new(),
            sights: Sights::default(),
            told: vec![],
            news: VecDeque::new(),
            received,
            doubts: BTreeMap::new(),
        };
        match tool.reopen() {
            Ok(()) => tool.told = tool.news.drain(..).collect(),
            Err(error) => {
                tool.told.push(error.problem());
                // A newer database is left alone for good.
                if !error.passes() {
                    tool.place = None;
                }
            }
        }
        tool.received.begin();
        tool
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        let Some(place) = &self.place else { return Ok(()) };
        // Once: what a try leaves that came no further is not the damaged one.
        if let Some(carried) = self.carried.as_mut().filter(|carried| !carried.set_aside) {
            place.set_aside()?;
            carried.set_aside = true;
        }
        let Opened { mut store, told } = place.open()?;
        self.news.extend(told);
        self.received.add(read(&store, &RECEIVED));
        if let Some(carried) = &self.carried {
            self.carry(&mut store, carried)?;
            self.carried = None;
        }
        store.take_over(std::mem::take(&mut self.entries));
        self.store = Some(store);
        Ok(())
    }

    /// The one that takes the place of a damaged one gets what is known.
    fn carry(&self, store: &mut Store, carried: &Carried) -> Result<(), StoreError> {
        store.set(&RECEIVED, &self.received.times())?;
        let chips = |wanted: bool| {
            let chips = self.doubts.iter().filter(move |(_, doubtful)| **doubtful == wanted);
            chips.map(|(mark, _)| mark.clone()).collect()
        };
        store.set(&DOUBTS, &chips(true))?;
        store.set(&CLEARED, &chips(false))?;
        // At the end: whoever comes no further takes the safe side.
        store.set(&ALL_DOUBTS, &carried.all_doubts)
    }

    /// There is no database now, and there may be one later.
    fn waits(&self) -> bool {
        self.store.is_none() && self.place.is_some()
    }

    /// Lets go of the database for good.
    pub fn close(&mut self) {
        (self.store, self.place) = (None, None);
    }

    /// What has to be said and was not said yet, one at a time.
    pub fn news(&mut self) -> Option<Problem> {
        self.news.pop_front()
    }

    /// Does something with the database, where there is one. The one place at which a database that turns out to be damaged
    /// is set aside: then it is done with the one that takes its place.
    pub fn done<R>(
        &mut self,
        job: &mut dyn FnMut(&mut Store) -> Result<R, StoreError>,
    ) -> Option<Result<R, StoreError>> {
        match job(self.store.as_mut()?) {
            Err(StoreError::Corrupt) => {}
            done => return Some(done),
        }
        match self.begin_anew() {
            Ok(()) => self.store.as_mut().map(job),
            Err(error) => Some(Err(error)),
        }
    }

    /// What waited for the damaged database waits for the next one, which gets what is known of the old one, too. Where it
    /// cannot be made now, that is tried again with what waits.
    fn begin_anew(&mut self) -> Result<(), StoreError> {
        let mut all_doubts = false;
        if let Some(damaged) = self.store.take() {
            // What stands on another page than the damaged one can still be read.
            if let Ok(marks) = damaged.reader().setting(&DOUBTS) {
                for mark in marks.unwrap_or_default() {
                    self.doubts.entry(mark).or_insert(true);
                }
                all_doubts = has_all_doubts(&damaged).unwrap_or(false);
            }
            self.entries = damaged.into_waiting();
        }
        self.carried = Some(Carried { all_doubts, set_aside: false });
        self.reopen()
    }

    /// Writes an entry down; whether it has to wait.
    pub fn append(&mut self, entry: &Entry) -> Result<bool, StoreError> {
        match self.store.as_mut().map(|store| store.append(entry)) {
            // It waits in the store, and so for the one that comes.
            Some(Err(StoreError::Corrupt)) => match self.begin_anew() {
                Err(error) if !error.passes() => Err(error),
                _ => self.write_waiting(),
            },
            Some(appended) => Ok(matches!(appended?, Appended::Waiting { .. })),
            None if self.waits() => {
                self.entries.push(entry.clone());
                self.entries.refused();
                Ok(true)
            }
            // Where no database is to come that was said at the start.
            None => Ok(false),
        }
    }

    /// Without a database it waits for one; where none is to come it is not written, which was said at the start.
    pub fn write(&mut self, row: Row, mut job: Job) -> Result<(), StoreError> {
        if let Some(done) = self.done(&mut job) {
            if done.is_ok() && row.is_some() {
                self.later.retain(|older| older.row != row);
            }
            return done;
        }
        if self.waits() {
            let room =
                row.is_some() || self.later.iter().filter(|one| one.row.is_none()).count() < MOST_LATER;
            if room { self.wait(row, job) } else { tracing::warn!("too much waits for the records") }
        }
        Ok(())
    }

    /// Whether it has to wait: for a database, or for a disk that does not fail.
    pub fn write_surely(&mut self, row: Row, mut job: Job) -> Result<bool, StoreError> {
        // A line is not closed before it is begun.
        self.do_what_waits();
        if self.later.is_empty() {
            match self.done(&mut job) {
                Some(Err(error)) if error.passes() => {}
                Some(done) => return done.map(|()| false),
                None => {}
            }
        }
        let waits = self.store.is_some() || self.waits();
        if waits {
            self.wait(row, job);
        }
        Ok(waits)
    }

    fn wait(&mut self, row: Row, job: Job) {
        if row.is_some() {
            self.later.retain(|older| older.row != row);
        }
        self.later.push_back(Later { row, job });
    }

    /// Writes down what was seen of the functions; whether it has to wait.
    pub fn seen(&mut self, sight: Sight) -> Result<bool, StoreError> {
        self.sights.push(sight);
        self.write_sights()
    }

    fn write_sights(&mut self) -> Result<bool, StoreError> {
        let mut sights = std::mem::take(&mut self.sights);
        let written =
            if sights.is_empty() { Some(Ok(())) } else { self.done(&mut |store| sights.write(store)) };
        let waits = match written {
            Some(Ok(())) => Ok(false),
            Some(Err(error)) if error.passes() => Ok(true),
            Some(Err(error)) => {
                // Nothing else would ever be written behind it.
                sights.lose();
                Err(error)
            }
            None => Ok(self.waits()),
        };
        self.sights = sights;
        waits
    }

    /// Does what waits, in its order, as far as the disk allows; whether something still does.
    pub fn write_waiting(&mut self) -> Result<bool, StoreError> {
        if self.waits()
            && let Err(error) = self.reopen()
        {
            tracing::debug!(%error, "there is no database yet");
        }
        self.do_what_waits();
        let unseen = self.write_sights();
        let waits = match self.done(&mut Store::flush) {
            Some(Err(error)) if error.passes() => true,
            Some(left) => left? > 0 || !self.later.is_empty(),
            None => self.waits(),
        };
        // What is refused of the functions holds back no entry of the journal.
        Ok(unseen? || waits)
    }

    fn do_what_waits(&mut self) {
        while self.store.is_some()
            && let Some(mut next) = self.later.pop_front()
        {
            match self.done(&mut next.job) {
                Some(Err(error)) if error.passes() => {
                    self.later.push_front(next);
                    return;
                }
                Some(Err(error)) => tracing::warn!(%error, "something that waited was not written"),
                Some(Ok(())) | None => {}
            }
        }
    }

    /// Forgets a person; gives the names of copies of the database that could not be changed.
    pub fn forget(&mut self, slot: &SlotId) -> Result<Vec<String>, Problem> {
        // What waits could write the name once more.
        if self.write_waiting().map_err(|error| error.while_reading())? {
            return Err(Code::JOURNAL_WAITING.into());
        }
        let forgotten = self.done(&mut |store| {
            if read(store, &LAST_USED) == LastUsed::Slot(slot.clone()) {
                store.set(&LAST_USED, &LastUsed::Nobody)?;
            }
            store.forget_person(slot)
        });
        forgotten.ok_or(Code::DATA_FOLDER)?.map_err(|error| error.while_reading())
    }

    /// Notes that a chip is in doubt, or is not any more; whether that has to wait. It is known meanwhile.
    pub fn doubt(&mut self, mark: String, doubtful: bool) -> Result<bool, StoreError> {
        self.doubts.insert(mark.clone(), doubtful);
        let row = format!("doubt {mark}");
        let job = move |store: &mut Store| {
            // Written over one that cannot be read, this chip would be the only one in doubt.
            let mut marks = store.reader().setting(&DOUBTS)?.unwrap_or_default();
            marks.retain(|other| *other != mark);
            if doubtful {
                marks.push(mark.clone());
            }
            let surplus = marks.len().saturating_sub(MOST_DOUBTS);
            marks.drain(..surplus);
            store.set(&DOUBTS, &marks)?;
            if has_all_doubts(store)? { Ok(()) } else { note_cleared(store, &mark, !doubtful) }
        };
        self.write_surely(Some(row), Box::new(job))
    }

    /// A chip is in doubt. Who cannot know that hears so, and takes the safe side.
    pub fn doubted(&self, mark: &str) -> Result<bool, Problem> {
        if let Some(known) = self.doubts.get(mark) {
            return Ok(*known);
        }
        let store = self.store.as_ref().ok_or(Code::DATA_FOLDER)?;
        doubted_in(store, mark).map_err(|error| error.while_reading())?.ok_or(Code::DATABASE_DAMAGED.into())
    }
}

/// Nothing where what was noted of this chip is lost.
fn doubted_in(store: &Store, mark: &str) -> Result<Option<bool>, StoreError> {
    let among = |setting: &Setting<Vec<String>>| -> Result<bool, StoreError> {
        Ok(store.reader().setting(setting)?.unwrap_or_default().iter().any(|other| other == mark))
    };
    if among(&DOUBTS)? {
        return Ok(Some(true));
    }
    Ok((has_all_doubts(store)? || among(&CLEARED)?).then_some(false))
}

/// No chip was noted to be in doubt in a database that was set aside and is not known here.
fn has_all_doubts(store: &Store) -> Result<bool, StoreError> {
    let first = store.reader().noted(IN_PLACE_OF)?.is_none();
    Ok(first || store.reader().setting(&ALL_DOUBTS)?.unwrap_or(false))
}

/// A chip of which it is known again whether it is in doubt.
fn note_cleared(store: &mut Store, mark: &str, cleared: bool) -> Result<(), StoreError> {
    let mut marks = store.reader().setting(&CLEARED)?.unwrap_or_default();
    marks.retain(|other| other != mark);
    if cleared {
        marks.push(mark.to_owned());
    }
    let surplus = marks.len().saturating_sub(MOST_DOUBTS);
    marks.drain(..surplus);
    store.set(&CLEARED, &marks)
}

/// A setting that cannot be read counts as never set.
pub fn read<T: DeserializeOwned + Default>(store: &Store, setting: &Setting<T>) -> T {
    store
        .reader()
        .setting(setting)
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "a setting cannot be read");
            None
        })
        .unwrap_or_default()
}
