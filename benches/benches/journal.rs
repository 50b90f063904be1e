//! P6: a durable row of the journal against a bare append with fdatasync; what a screen shows, and the whole chain, of a
//! long journal; timelines of a day and a month out of a million changes. Source: docs/reference/performance.md.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use relais_benches::{Row, Runner, Spent, in_turns, report};
use relais_core::continuity::health::Health;
use relais_core::continuity::timeline::{Change, FunctionId, Seen, Witness};
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_store::{Appended, Filter, Reader, Store, Verdict};

/// Rows of the long journal: a tenth of the million that the goal names, since each is chained to the one before.
const LONG: u32 = 100_000;
/// The first rows of a start lengthen the log of the database, later ones write it over.
const FIRST: usize = 200;
const LATER: usize = 2_000;
/// What a row takes on the disk, about.
const BYTES: usize = 300;

fn begin() -> Timestamp {
    Timestamp::from_second(1_772_434_800).expect("a literal instant")
}

fn environment() -> EnvironmentName {
    EnvironmentName::parse("sandbox").unwrap()
}

fn entry(n: u32) -> Entry {
    Entry {
        at: begin() + SignedDuration::from_secs(i64::from(n)),
        subject: Subject::Session,
        event: "renewal-failed".into(),
        environment: environment(),
        slot: None,
        code: None,
        detail: BTreeMap::from([("planned".to_owned(), n.to_string())]),
    }
}

fn store(folder: &Path) -> Store {
    Store::open(folder, &environment(), begin()).unwrap().store
}

fn durable(folder: &Path) -> Vec<Row<'static>> {
    let (mut ours, mut theirs) = (store(folder), File::create(folder.join("bare")).unwrap());
    let mut n = 0;
    let mut row = |path, rounds| {
        let times = in_turns(
            &mut [
                Runner::new("a row", || {
                    n += 1;
                    assert!(matches!(ours.append(&entry(n)).unwrap(), Appended::Written { .. }));
                }),
                Runner::new("bare", || {
                    theirs.write_all(&[0x5a; BYTES]).unwrap();
                    theirs.sync_data().unwrap();
                }),
            ],
            rounds,
        );
        Row {
            goal: "P6",
            path,
            limit: "append + fdatasync",
            ours: times[0],
            theirs: times[1],
            wanted: "<= 1.25 (0.8 as many rows)",
        }
    };
    vec![row("a durable row, the first 200 of a start", FIRST), row("a durable row, 2 000 later ones", LATER)]
}

fn long(folder: &Path) -> Vec<Row<'static>> {
    let mut writer = store(folder);
    (1..=LONG).for_each(|n| drop(writer.append(&entry(n)).unwrap()));
    let reader = Reader::open(folder).unwrap().unwrap();
    let one = vec![0x5a; BYTES * LONG as usize];
    let middle = Filter { until: Some(entry(LONG / 2).at), ..Filter::default() };
    let page = Filter { before: Some(u64::from(LONG / 2)), ..Filter::default() };
    let times = in_turns(
        &mut [
            Runner::new("newest", || assert_eq!(reader.show(&Filter::default(), 100).unwrap().len(), 100)),
            Runner::new("older", || assert_eq!(reader.show(&middle, 100).unwrap().len(), 100)),
            Runner::new("page", || assert_eq!(reader.show(&page, 100).unwrap().len(), 100)),
            Runner::new("chain", || assert!(matches!(reader.verify().unwrap(), Verdict::Verified { .. }))),
            Runner::new("limit", || assert_ne!(openssl::sha::sha256(&one), [0; 32])),
        ],
        5,
    );
    let rows = [
        ("the newest 100 of 100 000 rows", "< 5 ms"),
        ("100 up to a time in the middle of 100 000 rows", "< 5 ms"),
        ("a page of 100 from the middle of 100 000 rows", "< 5 ms"),
        ("the whole chain of 100 000 rows", "< 100 ms (moonshot 30 ms)"),
    ];
    let row = |(at, (path, wanted)): (usize, (&'static str, &'static str))| Row {
        goal: "P6",
        path,
        limit: "SHA-256 of as many bytes",
        ours: times[at],
        theirs: times[4],
        wanted,
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// Functions of the catalogue.
const FUNCTIONS: i64 = 14;
/// Changes of the timeline, over the 13 months that are kept.
const CHANGES: i64 = 1_000_000;
/// Between two changes of whatever function.
const APART: SignedDuration = SignedDuration::from_secs(396 * 86_400 / CHANGES);
/// The query of a screen may take this long.
const LIMIT: Duration = Duration::from_millis(5);

fn changed(n: i64) -> (FunctionId, Change) {
    let at = begin() + APART * i32::try_from(n).unwrap();
    let health = [Health::Operational, Health::OnBackup, Health::Down][(n / FUNCTIONS % 3) as usize];
    let seen = vec![Seen { by: Witness::Probe, health, at }];
    (FunctionId::parse(&format!("function-{}", n % FUNCTIONS)).unwrap(), Change { at, health, seen })
}

/// The limit is time itself: the row says how many times it a query takes.
fn timelines(folder: &Path) -> Vec<Row<'static>> {
    let mut writer = store(folder);
    for begin in (0..CHANGES).step_by(10_000) {
        let some: Vec<_> = (begin..begin + 10_000).map(changed).collect();
        let last = some[some.len() - 1].1.at;
        writer.note_changes(&some, last).unwrap();
    }
    let reader = Reader::open(folder).unwrap().unwrap();
    let function = changed(0).0;
    let now = changed(CHANGES - 1).1.at;
    let ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    let times = in_turns(
        &mut [
            Runner::new("day", || assert!(reader.timeline(&function, ago(1), now).unwrap().len() > 100)),
            Runner::new("month", || assert!(reader.timeline(&function, ago(30), now).unwrap().len() > 3_000)),
            Runner::new("days", || assert_eq!(reader.timelines(ago(1), now).unwrap().len(), 14)),
            Runner::new("months", || assert_eq!(reader.timelines_by_hours(ago(30), now).unwrap().len(), 14)),
            Runner::new("evidence", || assert!(reader.changes(&function, ago(1), now).unwrap().len() > 100)),
            Runner::new("window", || {
                assert_eq!(reader.departures(ago(30), now, None).unwrap().of.len(), 14);
            }),
            Runner::new("limit", || std::thread::sleep(LIMIT)),
        ],
        20,
    );
    let rows = [
        "24 h of one function of 10^6 changes",
        "30 d of one function",
        "24 h of all functions",
        "30 d of all functions, by hours",
        "24 h of one function with its evidence",
        "30 d of all functions with what they rest on, as the window asks",
    ];
    let row = |(at, path): (usize, &'static str)| Row {
        goal: "P6",
        path,
        limit: "5 ms",
        ours: times[at],
        theirs: times[6],
        wanted: "< 1",
    };
    let late = late(|| drop(reader.departures(ago(30), now, None).unwrap()));
    let last = Row {
        goal: "P6",
        path: "the same, 95 of 100 times",
        limit: "5 ms",
        ours: Spent { least: late, median: late },
        theirs: Spent { least: LIMIT, median: LIMIT },
        wanted: "< 1",
    };
    rows.into_iter().enumerate().map(row).chain([last]).collect()
}

/// What 95 of 100 calls do not exceed.
fn late(mut call: impl FnMut()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        call();
        start.elapsed()
    };
    let mut times: Vec<_> = (0..100).map(timed).collect();
    times.sort_unstable();
    times[94]
}

fn main() {
    if !relais_benches::is_asked_for() {
        return;
    }
    let disk = tempfile::tempdir().unwrap();
    // What is read was written before: no disk has to be waited for while it is made.
    let memory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let history = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let rows = durable(disk.path()).into_iter().chain(long(memory.path())).chain(timelines(history.path()));
    report(&rows.map(|row| row.line()).collect::<Vec<_>>()).unwrap();
}
