//! Old months go from the front of the journal, and it stays a chain that says where it begins.

use super::*;

const DAY: i64 = 86_400;

/// A journal with one entry a day, from the first second of [`at`] on, closed.
fn daily(days: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    for n in 1..=days {
        if n % 10 == 1 {
            told(&mut store, n as i64 - 1);
        }
        store.append(&on(n)).unwrap();
    }
    folder
}

/// Somebody trustworthy tells the time; gives how many entries that cut.
fn told(store: &mut Store, day: i64) -> u64 {
    store.cut(&sandbox(), at(day * DAY), at(day * DAY)).unwrap()
}

fn on(day: u64) -> Entry {
    Entry { at: at(day as i64 * DAY), ..entry(day) }
}

/// Cuts with this many days gone since the first entry.
fn cut_on(folder: &Path, day: i64) -> u64 {
    told(&mut open(folder).store, day)
}

fn first(folder: &Path) -> u64 {
    match verdict(folder) {
        Verdict::Verified { from, .. } => from.seq + 1,
        broken => panic!("{broken:?}"),
    }
}

#[test]
fn whole_months_go_after_thirteen_and_the_chain_says_where_it_begins() {
    // From 3 March 2026 on; on 20 April 2027 March 2026 is the oldest month that is kept, a month later it goes.
    let folder = daily(60);
    assert_eq!(cut_on(folder.path(), 413), 0);
    assert_eq!(first(folder.path()), 1);
    let march = cut_on(folder.path(), 443);
    assert_eq!(march, 29, "from the 3rd to the 31st");
    assert_eq!(first(folder.path()), 30);
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    let said = reader.show(&Filter::default(), 1).unwrap().remove(0).entry.unwrap();
    assert_eq!((said.event.as_str(), said.detail["entries"].as_str()), ("journal-cut", "29"));
    assert_eq!(said.detail["before"], "2026-04-01T00:00:00Z");
    assert_eq!(cut_on(folder.path(), 450), 0, "once a month");
    let mut store = open(folder.path()).store;
    store.append(&on(460)).unwrap();
    drop(store);
    assert!(cut_on(folder.path(), 480) > 0);
    assert!(first(folder.path()) > 30, "a second cut goes on from the first");
}

#[test]
fn an_entry_that_says_it_is_younger_keeps_all_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    told(&mut store, 0);
    for n in [1, 2, 500, 3, 4] {
        store.append(&on(n)).unwrap();
    }
    assert_eq!(told(&mut store, 450), 2, "the clock of the third was a year ahead");
    assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { entries: 4, .. }));
}

#[test]
fn a_journal_of_which_all_is_old_begins_with_the_word_that_it_was_cut() {
    let folder = daily(10);
    assert_eq!(cut_on(folder.path(), 2_000), 10);
    assert!(matches!(
        verdict(folder.path()),
        Verdict::Verified { entries: 1, from: Link { seq: 10, .. }, .. }
    ));
    assert_eq!(open(folder.path()).told, [], "the next start finds nothing wrong");
}

/// By a clock that is seven years behind.
fn behind(n: u64) -> Entry {
    Entry { at: at(-2_500 * DAY), ..entry(n) }
}

#[test]
fn what_a_clock_years_behind_wrote_goes_with_what_was_written_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    (1..=3).for_each(|n| drop(store.append(&behind(n)).unwrap()));
    assert_eq!(told(&mut store, 1), 0, "minutes old, as far as anybody knows");
    store.append(&on(2)).unwrap();
    (5..=7).for_each(|n| drop(store.append(&behind(n)).unwrap()));
    assert_eq!(told(&mut store, 60), 0);
    store.append(&on(61)).unwrap();
    assert_eq!(told(&mut store, 420), 0, "March is kept until April thirteen months later is over");
    assert_eq!(told(&mut store, 425), 4, "what came after the 4th may have been written until May");
    assert_eq!(told(&mut store, 456), 0);
    assert_eq!(told(&mut store, 486), 4, "and goes with May");
    assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { .. }));
}

#[test]
fn nothing_goes_before_a_trusted_time_is_as_old_as_what_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    (1..=9).for_each(|n| drop(store.append(&on(n)).unwrap()));
    assert_eq!(told(&mut store, 443), 0, "nobody ever told how old that is");
    assert_eq!(told(&mut store, 443 + 30 * 14), 9);
}

#[test]
fn what_is_done_to_a_cut_journal_is_found() {
    let cases = [
        ("DELETE FROM journal WHERE seq = 30", 30, Break::Missing),
        ("UPDATE journal SET event = 'other' WHERE seq = 35", 35, Break::Altered),
        ("UPDATE checkpoint SET hash = zeroblob(32) WHERE why = 'cut'", 30, Break::Unlinked),
        ("DELETE FROM checkpoint WHERE why = 'cut'", 1, Break::Missing),
        // No trigger sees what is put in the place of another row.
        (
            "INSERT OR REPLACE INTO checkpoint SELECT seq, why, at, zeroblob(32) FROM checkpoint WHERE why = 'cut'",
            30,
            Break::Unlinked,
        ),
        (
            "INSERT OR REPLACE INTO checkpoint SELECT seq - 1, why, at, hash FROM checkpoint WHERE why = 'cut';
             DELETE FROM checkpoint WHERE why = 'cut' AND seq = 29",
            29,
            Break::Missing,
        ),
        ("DELETE FROM journal WHERE event = 'journal-cut'", 61, Break::TailCut),
        // More is cut from the front, by the rules of the database but for the word that it was.
        (
            "INSERT INTO checkpoint SELECT seq, 'cut', at, hash FROM journal WHERE seq = 40;
             DELETE FROM journal WHERE seq <= 40",
            41,
            Break::FrontCut,
        ),
    ];
    for (sql, seq, why) in cases {
        let folder = daily(60);
        assert_eq!(cut_on(folder.path(), 443), 29);
        tamper(folder.path(), sql);
        assert_eq!(verdict(folder.path()), broken(seq, why), "{sql}");
    }
}

#[test]
fn nothing_is_deleted_that_no_checkpoint_gave_up() {
    let folder = daily(60);
    cut_on(folder.path(), 443);
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    assert!(connection.execute("DELETE FROM journal WHERE seq = 30", []).is_err());
    assert!(connection.execute("DELETE FROM checkpoint", []).is_err());
    assert_eq!(first(folder.path()), 30);
}

#[test]
fn a_time_told_years_ahead_and_put_right_keeps_no_month_longer_than_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    for day in 0..=800_i64 {
        if day == 10 {
            // A service told a wrong year, and a person put the mark back; the PC's own clock was right.
            store.cut(&sandbox(), at(3_660 * DAY), at(day * DAY)).unwrap();
        }
        if day % 10 == 0 {
            store.append(&on(day as u64)).unwrap();
            told(&mut store, day);
        }
    }
    drop(store);
    let kept = open(folder.path()).store.reader().show(&Filter::default(), 1_000).unwrap();
    let oldest = kept.iter().filter_map(|one| one.entry.as_ref()).map(|entry| entry.at).min().unwrap();
    assert!(oldest >= at(390 * DAY), "{oldest}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_the_days_of_entries_and_cuts_the_chain_holds_and_nothing_young_goes(
        days in prop::collection::vec(0u64..900, 1..40),
        cuts in prop::collection::vec(300i64..1_500, 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path()).store;
        for day in &days {
            store.append(&on(*day)).unwrap();
        }
        for day in cuts {
            let today = at(day * DAY);
            let young = |store: &Store| {
                let kept = today - jiff::SignedDuration::from_hours(24 * 393);
                let all = store.reader().show(&Filter::default(), 1_000).unwrap();
                let entries = all.into_iter().filter_map(|one| one.entry);
                entries.filter(|entry| entry.event != "journal-cut" && entry.at >= kept).count()
            };
            let before = young(&store);
            store.cut(&sandbox(), today, today).unwrap();
            prop_assert_eq!(young(&store), before);
            let verdict = store.reader().verify().unwrap();
            let holds = matches!(verdict, Verdict::Verified { .. });
            prop_assert!(holds, "the chain holds");
        }
    }
}
