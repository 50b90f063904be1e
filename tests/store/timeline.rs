//! The timeline of the functions is what was noted, gaps included, whatever comes in whatever order.

use jiff::SignedDuration;
use relais_core::continuity::health::Health;
use relais_core::continuity::timeline::{Change, FunctionId, Seen, Span, Witness, hour_of};
use relais_store::LONGEST_PAUSE;

use super::*;

const KINDS: [Health; 7] = [
    Health::Unknown,
    Health::Operational,
    Health::OnBackup,
    Health::Degraded,
    Health::Unstable,
    Health::Down,
    Health::Planned,
];

fn function(name: &str) -> FunctionId {
    FunctionId::parse(name).unwrap()
}

/// So many minutes after the first moment of an hour.
fn minute(minute: i64) -> Timestamp {
    hour_of(at(0)) + SignedDuration::from_mins(minute)
}

fn change(at: Timestamp, health: Health) -> Change {
    Change { at, health, seen: vec![Seen { by: Witness::Probe, health, at }] }
}

/// What happens to the database.
#[derive(Debug, Clone)]
enum Deed {
    Look(i64),
    Change(&'static str, i64, Health),
    Restart,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let names = prop::sample::select(&["auth", "kgss"][..]);
    let step = prop_oneof![
        3 => (-5i64..30).prop_map(|by| (by, None)),
        3 => (-5i64..30, names, prop::sample::select(&KINDS[..])).prop_map(|(by, name, health)| (by, Some((name, health)))),
        1 => Just((i64::MAX, None)),
    ];
    prop::collection::vec(step, 1..25).prop_map(|steps| {
        let mut now = 100;
        let deed = |(by, what): (i64, Option<(&'static str, Health)>)| {
            if by == i64::MAX {
                return Deed::Restart;
            }
            now += by;
            what.map_or(Deed::Look(now), |(name, health)| Deed::Change(name, now, health))
        };
        steps.into_iter().map(deed).collect()
    })
}

/// The same by its definition, minute by minute.
#[derive(Default)]
struct Naive {
    looked: Option<i64>,
    /// Minutes in which somebody looked, and whether the one before belongs to the same time.
    times: Vec<(i64, i64)>,
    changes: Vec<(&'static str, i64, Health)>,
}

impl Naive {
    fn look(&mut self, at: i64) {
        let pause = LONGEST_PAUSE.as_mins();
        let from = self.looked.filter(|last| (0..=pause).contains(&(at - last))).unwrap_or(at);
        self.times.push((from, at));
        self.looked = Some(at);
    }

    /// First minute of the time in which this one lies. A look lasts a moment: nothing of the minute after it.
    fn time(&self, minute: i64) -> Option<i64> {
        let mut from = self
            .times
            .iter()
            .filter(|(from, until)| (*from..=*until).contains(&minute))
            .map(|time| time.0)
            .min()?;
        while let Some(earlier) =
            self.times.iter().filter(|time| time.0 < from && time.1 >= from).map(|time| time.0).min()
        {
            from = earlier;
        }
        Some(from)
    }

    fn health(&self, name: &str, minute: i64) -> Option<Health> {
        let from = self.time(minute)?;
        let there = |change: &&(&str, i64, Health)| change.0 == name && (from..=minute).contains(&change.1);
        // Of two of the same minute the one that was noted last; `max_by_key` keeps the last.
        let last = self.changes.iter().filter(there).max_by_key(|change| change.1);
        Some(last.map_or(Health::Unknown, |change| change.2))
    }
}

fn of(spans: &[Span], at: Timestamp) -> Option<Health> {
    spans.iter().find(|span| span.from <= at && at < span.until).unwrap().health
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_timeline_of_any_sequence_of_changes_is_what_was_noted(deeds in deeds(), from in 60i64..300, long in 1i64..200) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path()).store;
        let mut naive = Naive::default();
        for deed in &deeds {
            match *deed {
                Deed::Look(now) => {
                    store.note_look(minute(now)).unwrap();
                    naive.look(now);
                }
                Deed::Change(name, now, health) => {
                    store.note_changes(&[(function(name), change(minute(now), health))], minute(now)).unwrap();
                    naive.look(now);
                    naive.changes.push((name, now, health));
                }
                Deed::Restart => {
                    drop(store);
                    store = open(folder.path()).store;
                    naive.looked = None;
                }
            }
        }
        let reader = store.reader();
        let (begin, end) = (minute(from), minute(from + long));
        let (all, hours) = (reader.timelines(begin, end).unwrap(), reader.timelines_by_hours(begin, end).unwrap());
        for name in ["auth", "kgss"] {
            let id = function(name);
            let spans = reader.timeline(&id, begin, end).unwrap();
            for now in from..from + long {
                prop_assert_eq!(of(&spans, minute(now)), naive.health(name, now), "{} at {}", name, now);
            }
            if naive.changes.iter().any(|change| change.0 == name) {
                prop_assert_eq!(&all[&id], &spans);
                for hour in (from - from.rem_euclid(60)..from + long).step_by(60) {
                    let worst = (hour..hour + 60).filter_map(|now| naive.health(name, now)).max();
                    prop_assert_eq!(of(&hours[&id], minute(hour)), worst, "{} in hour {}", name, hour);
                }
            }
        }
    }
}

#[test]
fn a_change_keeps_what_it_rested_on_and_is_noted_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let seen = vec![
        Seen { by: Witness::Authority, health: Health::OnBackup, at: at(3) },
        Seen { by: Witness::Probe, health: Health::Down, at: at(8) },
        Seen { by: Witness::Real, health: Health::Unknown, at: at(1) },
    ];
    let change = Change { at: at(9), health: Health::Down, seen };
    for _ in 0..2 {
        store.note_changes(&[(function("auth"), change.clone())], at(9)).unwrap();
    }
    let mut found = store.reader().changes(&function("auth"), at(0), at(60)).unwrap();
    found[0].seen.sort_by_key(|seen| seen.by);
    let mut wanted = change;
    wanted.seen.sort_by_key(|seen| seen.by);
    assert_eq!(found, [wanted]);
    assert_eq!(store.reader().changes(&function("kgss"), at(0), at(60)).unwrap(), []);
}

#[test]
fn while_the_pc_was_off_or_asleep_nothing_is_claimed() {
    let folder = tempfile::tempdir().unwrap();
    let auth = function("auth");
    let mut store = open(folder.path()).store;
    store.note_changes(&[(auth.clone(), change(minute(0), Health::Operational))], minute(5)).unwrap();
    drop(store);
    let mut store = open(folder.path()).store;
    store.note_look(minute(8)).unwrap();
    store.note_look(minute(60)).unwrap();
    let spans = store.reader().timeline(&auth, minute(0), minute(61)).unwrap();
    let health: Vec<_> = spans.iter().map(|span| span.health).collect();
    let unknown = Some(Health::Unknown);
    assert_eq!(health, [Some(Health::Operational), None, unknown, None, unknown, None]);
    let ends: Vec<_> = spans.iter().map(|span| span.until.duration_since(minute(0)).as_mins()).collect();
    assert_eq!(ends, [5, 8, 8, 60, 60, 61]);
}

#[test]
fn thirteen_months_are_kept_and_what_goes_takes_its_evidence_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let days = |days: i64| at(0) + SignedDuration::from_hours(24 * days);
    let auth = function("auth");
    for day in [0, 200, 443] {
        store.note_changes(&[(auth.clone(), change(days(day), Health::Down))], days(day)).unwrap();
    }
    store.cut(&sandbox(), days(443), days(443)).unwrap();
    let kept: Vec<_> =
        store.reader().changes(&auth, at(0), days(500)).unwrap().iter().map(|one| one.at).collect();
    assert_eq!(kept, [days(200), days(443)]);
    drop(store);
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    for (table, rows) in [("evidence", 2), ("service_hour", 2), ("watched", 2)] {
        let count: i64 =
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(count, rows, "{table}");
    }
}
