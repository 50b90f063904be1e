//! Old months go from the front of the journal, and it stays a chain that says where it begins.

use super::*;

const DAY: i64 = 86_400;

/// A journal with one entry a day, from the first second of [`at`] on, closed.
fn daily(days: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    for n in 1..=days {
        store.append(&on(n)).unwrap();
    }
    folder
}

fn on(day: u64) -> Entry {
    Entry { at: at(day as i64 * DAY), ..entry(day) }
}

/// Cuts with this many days gone since the first entry.
fn cut_on(folder: &Path, day: i64) -> u64 {
    open(folder).store.cut(&sandbox(), at(day * DAY)).unwrap()
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
    let said = &reader.show(&Filter::default(), 1).unwrap()[0].entry;
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
    for n in [1, 2, 500, 3, 4] {
        store.append(&on(n)).unwrap();
    }
    assert_eq!(store.cut(&sandbox(), at(450 * DAY)).unwrap(), 2, "the clock of the third was a year ahead");
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

#[test]
fn what_is_done_to_a_cut_journal_is_found() {
    let cases = [
        ("DELETE FROM journal WHERE seq = 30", 30, Break::Missing),
        ("UPDATE journal SET event = 'other' WHERE seq = 35", 35, Break::Altered),
        ("UPDATE checkpoint SET hash = zeroblob(32) WHERE why = 'cut'", 30, Break::Unlinked),
        ("DELETE FROM checkpoint WHERE why = 'cut'", 1, Break::Missing),
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
                all.iter().filter(|one| one.entry.event != "journal-cut" && one.entry.at >= kept).count()
            };
            let before = young(&store);
            store.cut(&sandbox(), today).unwrap();
            prop_assert_eq!(young(&store), before);
            let verdict = store.reader().verify().unwrap();
            let holds = matches!(verdict, Verdict::Verified { .. });
            prop_assert!(holds, "the chain holds");
        }
    }
}
