//! What was seen of the functions and is not in the database yet. It waits for a disk that refuses it, within bounds; where
//! too much waits, the oldest goes, and the timeline has a gap there rather than a claim.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use relais_core::continuity::timeline::{Change, FunctionId, goes_on};
use relais_store::{Store, StoreError};

/// Most sights that wait. Looks in which nothing changed are thinned out, so that this is a week of them.
const MOST: usize = 1_000;

/// Somebody looked, and this was not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// When.
    pub at: Timestamp,
    /// Each function once.
    pub changes: Vec<(FunctionId, Change)>,
}

/// Sights in their order.
#[derive(Debug, Default)]
pub struct Sights {
    waiting: VecDeque<Sight>,
    /// How each function was before the first that waits: a time that begins anew is told that first.
    before: BTreeMap<FunctionId, Change>,
    /// Something went, so what follows it begins anew.
    lost: bool,
}

impl Sights {
    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Takes one in.
    pub fn push(&mut self, sight: Sight) {
        if self.is_thin(&sight) {
            self.waiting.pop_back();
        }
        self.waiting.push_back(sight);
        if self.waiting.len() > MOST {
            self.lose();
        }
    }

    /// The last one only says that somebody looked between two who say the same.
    fn is_thin(&self, next: &Sight) -> bool {
        let mut newest = self.waiting.iter().rev();
        let (Some(last), Some(other)) = (newest.next(), newest.next()) else { return false };
        last.changes.is_empty() && goes_on(last.at, next.at) && goes_on(other.at, next.at)
    }

    /// The first goes unwritten.
    pub fn lose(&mut self) {
        tracing::warn!("something that was seen of the functions was not written");
        self.pass();
        self.lost = true;
    }

    fn pass(&mut self) {
        let passed = self.waiting.pop_front();
        self.before.extend(passed.into_iter().flat_map(|sight| sight.changes));
    }

    /// Writes what waits, as far as the disk allows.
    pub fn write(&mut self, store: &mut Store) -> Result<(), StoreError> {
        while let Some(first) = self.waiting.front() {
            if self.lost {
                store.look_anew();
            }
            // Also another database, in place of a damaged one: it knows nothing yet.
            let mut changes = if store.looked().is_none() { self.said_anew(first.at) } else { vec![] };
            changes.extend(first.changes.iter().cloned());
            store.note_changes(&changes, first.at)?;
            self.lost = false;
            self.pass();
        }
        Ok(())
    }

    fn said_anew(&self, at: Timestamp) -> Vec<(FunctionId, Change)> {
        let anew = |(id, change): (&FunctionId, &Change)| (id.clone(), Change { at, ..change.clone() });
        self.before.iter().map(anew).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use relais_core::continuity::health::Health;
    use relais_core::environment::EnvironmentName;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_772_434_800).unwrap() + SignedDuration::from_mins(minute)
    }

    fn auth() -> FunctionId {
        FunctionId::parse("auth").unwrap()
    }

    fn look(minute: i64) -> Sight {
        Sight { at: at(minute), changes: vec![] }
    }

    fn sight(minute: i64, health: Health) -> Sight {
        Sight { changes: vec![(auth(), Change { at: at(minute), health, seen: vec![] })], ..look(minute) }
    }

    fn store(folder: &std::path::Path) -> Store {
        Store::open(folder, &EnvironmentName::parse("sandbox").unwrap(), at(0)).unwrap().store
    }

    fn line(store: &Store, until: i64) -> Vec<(Timestamp, Option<Health>)> {
        let spans = store.reader().timeline(&auth(), at(0), at(until)).unwrap();
        spans.iter().map(|span| (span.from, span.health)).collect()
    }

    #[test]
    fn a_week_without_a_disk_is_written_whole_once_there_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut sights = Sights::default();
        sights.push(sight(0, Health::Operational));
        (1..2_000).for_each(|n| sights.push(look(5 * n)));
        sights.push(sight(10_000, Health::Down));
        assert!(sights.waiting.len() < MOST, "{}", sights.waiting.len());
        let mut store = store(folder.path());
        sights.write(&mut store).unwrap();
        assert!(sights.is_empty());
        let expected = [(at(0), Some(Health::Operational)), (at(10_000), Some(Health::Down))];
        assert_eq!(line(&store, 10_001)[..2], expected, "no gap");
    }

    #[test]
    fn where_too_much_waited_there_is_a_gap_and_what_follows_says_how_things_stood() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(folder.path());
        let mut sights = Sights::default();
        sights.push(sight(0, Health::Operational));
        sights.write(&mut store).unwrap();
        sights.push(sight(10, Health::Down));
        // Each alone, so none of them is thin.
        let surplus = i64::try_from(MOST).unwrap();
        (1..=surplus).for_each(|n| sights.push(look(10 + 30 * n)));
        assert_eq!(sights.waiting.len(), MOST);
        sights.write(&mut store).unwrap();
        let first = at(0) + SignedDuration::from_millis(1);
        let told = line(&store, 41);
        let expected = [(at(0), Some(Health::Operational)), (first, None), (at(40), Some(Health::Down))];
        assert_eq!(told[..3], expected);
    }

    #[test]
    fn another_database_is_told_how_things_stand() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut sights = Sights::default();
        sights.push(sight(0, Health::OnBackup));
        sights.write(&mut store(one.path())).unwrap();
        let mut next = store(other.path());
        sights.push(look(5));
        sights.write(&mut next).unwrap();
        assert_eq!(line(&next, 6)[..2], [(at(0), None), (at(5), Some(Health::OnBackup))]);
    }
}
