//! The journal shows what was changed, cut or put back; the database survives damage, newer versions and two processes.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use proptest::prelude::*;
use relais_core::Code;
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_core::lease::TokenLease;
use relais_store::{
    Appended, Break, DATABASE, Filter, Link, Opened, Reader, Setting, Store, StoreError, Verdict,
};
use rusqlite::{Connection, OpenFlags};

#[path = "store/certificates.rs"]
mod certificates;
#[path = "store/cut.rs"]
mod cut;
#[path = "store/ledger.rs"]
mod ledger;
#[path = "store/timeline.rs"]
mod timeline;

/// Set for the second process of a test: the folder it works on.
const FOLDER: &str = "RELAIS_STORE_TEST_FOLDER";

fn sandbox() -> EnvironmentName {
    EnvironmentName::parse("sandbox").unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_434_800 + second).unwrap()
}

fn entry(n: u64) -> Entry {
    Entry {
        at: at(n as i64),
        subject: if n.is_multiple_of(2) { Subject::Session } else { Subject::Card },
        event: "signed-in".into(),
        environment: sandbox(),
        slot: Some(lease().person.slot),
        code: Some(Code::PIN_WRONG),
        detail: [("n".to_owned(), n.to_string())].into(),
    }
}

fn lease() -> TokenLease {
    serde_json::from_value(serde_json::json!({
        "id": "0".repeat(32), "person": {"name": "Claire Lambert", "slot": "a".repeat(32)}, "means": "eid-only",
        "quality": "doctor", "environment": "sandbox", "issued_at": "2026-03-02T07:00:00Z",
        "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
    }))
    .unwrap()
}

fn open(folder: &Path) -> Opened {
    Store::open(folder, &sandbox(), at(0)).unwrap()
}

fn verdict(folder: &Path) -> Verdict {
    Reader::open(folder).unwrap().unwrap().verify().unwrap()
}

fn broken(seq: u64, why: Break) -> Verdict {
    Verdict::Broken { seq, why }
}

/// A folder with a journal of so many entries, closed.
fn journal(entries: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    for n in 1..=entries {
        assert_eq!(store.append(&entry(n)).unwrap(), Appended::Written { seq: n });
    }
    folder
}

/// What somebody does who writes to the file behind Relais's back.
fn tamper(folder: &Path, sql: &str) {
    let connection = Connection::open(folder.join(DATABASE)).unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA ignore_check_constraints = ON;
             DROP TRIGGER journal_is_not_changed; DROP TRIGGER journal_is_not_cut;
             DROP TRIGGER checkpoint_is_not_changed; DROP TRIGGER checkpoint_is_not_cut; {sql}"
        ))
        .unwrap();
}

#[test]
fn an_untouched_journal_is_verified_with_its_count_and_head() {
    let folder = journal(130);
    let Verdict::Verified { entries: 130, head, from: Link::START } = verdict(folder.path()) else {
        panic!("not verified")
    };
    assert_eq!(head.seq, 130);
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    assert_eq!(reader.show(&Filter::default(), 1).unwrap()[0].hash, Some(head.hash));
}

#[test]
fn a_change_in_any_column_of_any_row_names_that_row() {
    let changes = [
        "at = at + 1",
        "subject = 'security'",
        "event = 'signed-out'",
        "environment = 'production'",
        "slot = NULL",
        "slot = 'b'",
        "code = NULL",
        "code = 1203",
        "detail = '{\"n\":\"x\"}'",
        "detail = replace(detail, ':', ': ')",
        "hash = zeroblob(32)",
        "hash = zeroblob(3)",
    ];
    for change in changes {
        for seq in [1, 7, 20] {
            let folder = journal(20);
            tamper(folder.path(), &format!("UPDATE journal SET {change} WHERE seq = {seq}"));
            assert_eq!(verdict(folder.path()), broken(seq, Break::Altered), "{change}");
        }
    }
    let folder = journal(20);
    tamper(folder.path(), "UPDATE journal SET previous = zeroblob(32) WHERE seq = 7");
    assert_eq!(verdict(folder.path()), broken(7, Break::Unlinked));
}

#[test]
fn rows_that_are_swapped_removed_or_renumbered_are_found_at_the_first_of_them() {
    let folder = journal(20);
    tamper(
        folder.path(),
        "UPDATE journal SET seq = 99 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 11; UPDATE journal SET seq = 11 WHERE seq = 99",
    );
    assert_eq!(verdict(folder.path()), broken(5, Break::Unlinked));
    let folder = journal(20);
    tamper(folder.path(), "DELETE FROM journal WHERE seq = 8");
    assert_eq!(verdict(folder.path()), broken(8, Break::Missing));
    let folder = journal(20);
    tamper(folder.path(), "DELETE FROM journal WHERE seq < 4");
    assert_eq!(verdict(folder.path()), broken(1, Break::Missing));
}

#[test]
fn a_tail_that_was_cut_off_is_found_and_stays_visible_after_the_next_start() {
    for (entries, cut, seq) in [(20, "seq > 17", 18), (20, "seq > 0", 1), (200, "seq > 199", 200)] {
        let folder = journal(entries);
        tamper(folder.path(), &format!("DELETE FROM journal WHERE {cut}; DELETE FROM checkpoint"));
        assert_eq!(verdict(folder.path()), broken(seq, Break::TailCut));
        let Opened { mut store, told } = open(folder.path());
        assert_eq!(told.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::JOURNAL_BROKEN]);
        assert_eq!(told[0].with["seq"], seq.to_string());
        store.append(&entry(1)).unwrap();
        assert_eq!(store.reader().verify().unwrap(), broken(seq, Break::Missing));
        let gap =
            store.reader().show(&Filter { subject: Some(Subject::System), ..Filter::default() }, 1).unwrap();
        let event = gap[0].entry.as_ref().map(|entry| entry.event.as_str());
        assert_eq!((event, gap[0].seq), (Some("journal-gap"), entries + 1));
    }
}

#[test]
fn a_row_that_says_a_database_was_set_aside_hides_no_front() {
    let folder = journal(60);
    tamper(
        folder.path(),
        "INSERT INTO checkpoint SELECT seq, 'set-aside', at, hash FROM journal WHERE seq = 40;
         DELETE FROM journal WHERE seq <= 40",
    );
    assert_eq!(verdict(folder.path()), broken(41, Break::FrontCut));
    let store = open(folder.path()).store;
    assert_eq!(store.reader().verify().unwrap(), broken(41, Break::FrontCut), "nor after a start");
}

#[test]
fn without_the_head_file_nobody_can_tell_whether_a_tail_was_cut() {
    let folder = journal(3);
    std::fs::remove_file(folder.path().join("journal.head")).unwrap();
    assert_eq!(verdict(folder.path()), broken(4, Break::HeadFileGone));
}

#[test]
fn an_entry_that_cannot_be_read_is_shown_by_its_number_and_hides_no_other() {
    for change in ["code = 1", "environment = '-'", "subject = 'x'", "detail = '['", "hash = zeroblob(3)"] {
        let folder = journal(3);
        tamper(folder.path(), &format!("UPDATE journal SET {change} WHERE seq = 3"));
        let shown = Reader::open(folder.path()).unwrap().unwrap().show(&Filter::default(), 9).unwrap();
        assert_eq!(shown.iter().map(|one| one.seq).collect::<Vec<_>>(), [3, 2, 1], "{change}");
        let readable = shown.iter().filter(|one| one.entry.is_some() && one.hash.is_some());
        assert_eq!(readable.map(|one| one.seq).collect::<Vec<_>>(), [2, 1], "{change}");
    }
}

#[test]
fn an_old_database_put_back_is_found() {
    let folder = journal(10);
    let old = std::fs::read(folder.path().join(DATABASE)).unwrap();
    let mut store = open(folder.path()).store;
    (11..=15).for_each(|n| drop(store.append(&entry(n)).unwrap()));
    drop(store);
    std::fs::write(folder.path().join(DATABASE), old).unwrap();
    assert_eq!(verdict(folder.path()), broken(11, Break::TailCut));
    let Opened { store, told } = open(folder.path());
    assert_eq!(told[0].with["seq"], "11");
    assert_eq!(store.reader().verify().unwrap(), broken(11, Break::Missing), "the hole does not close");
}

#[test]
fn a_journal_written_anew_by_the_rules_is_found_by_the_exported_head() {
    let (real, forged) = (journal(10), tempfile::tempdir().unwrap());
    let mut store = open(forged.path()).store;
    (1..=10).for_each(|n| drop(store.append(&Entry { code: None, ..entry(n) }).unwrap()));
    drop(store);
    std::fs::copy(forged.path().join(DATABASE), real.path().join(DATABASE)).unwrap();
    assert_eq!(verdict(real.path()), broken(10, Break::Rewritten));
}

#[test]
fn entries_cannot_be_changed_or_removed_by_plain_statements() {
    let folder = journal(3);
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    for sql in [
        "UPDATE journal SET at = 0",
        "DELETE FROM journal",
        "INSERT INTO checkpoint VALUES (9, 'x', 0, zeroblob(32))",
    ] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
    assert!(matches!(verdict(folder.path()), Verdict::Verified { entries: 3, .. }));
}

#[test]
fn a_damaged_database_is_set_aside_and_the_new_journal_is_linked_to_the_old_head() {
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes[..100].fill(b'x'),
        |bytes| bytes.truncate(5_000),
        |bytes| bytes[4_096..].fill(0x5a),
        |bytes| *bytes = b"this is a text".to_vec(),
    ];
    for (which, damage) in damages.into_iter().enumerate() {
        let folder = journal(10);
        let Verdict::Verified { head: old, .. } = verdict(folder.path()) else { panic!() };
        let path = folder.path().join(DATABASE);
        let mut bytes = std::fs::read(&path).unwrap();
        damage(&mut bytes);
        std::fs::write(&path, &bytes).unwrap();
        let Opened { mut store, told } = open(folder.path());
        assert_eq!(told[0].code, Code::DATABASE_CORRUPT, "damage {which}");
        let aside = folder.path().join(&told[0].with["file"]);
        assert_eq!(std::fs::read(aside).unwrap(), bytes, "kept as it was");
        store.append(&entry(1)).unwrap();
        let Verdict::Verified { entries, head, from } = store.reader().verify().unwrap() else {
            panic!("damage {which}")
        };
        assert_eq!((entries, head.seq, from), (3, old.seq + 3, old), "set aside, gap, entry");
    }
}

/// Makes the page on which a text stands unreadable.
fn damage(path: &Path, text: &str) {
    let mut bytes = std::fs::read(path).unwrap();
    let found = bytes.windows(text.len()).rposition(|part| part == text.as_bytes()).unwrap();
    let page = found / 4_096 * 4_096;
    bytes[page..page + 4_096].fill(0x5a);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_database_too_large_to_be_checked_at_start_is_set_aside_when_its_tail_is_damaged() {
    let folder = journal(3);
    let path = folder.path().join(DATABASE);
    let fill = "CREATE TABLE fill (x); INSERT INTO fill VALUES (zeroblob(17 << 20));";
    Connection::open(&path).unwrap().execute_batch(fill).unwrap();
    let mut store = open(folder.path()).store;
    store.append(&Entry { event: "last-of-all".into(), ..entry(4) }).unwrap();
    drop(store);
    damage(&path, "last-of-all");
    let Opened { mut store, told } = open(folder.path());
    assert_eq!(told[0].code, Code::DATABASE_CORRUPT);
    assert!(folder.path().join(&told[0].with["file"]).exists());
    store.append(&entry(5)).unwrap();
    assert!(matches!(
        store.reader().verify().unwrap(),
        Verdict::Verified { entries: 3, from: Link { seq: 4, .. }, .. }
    ));
}

#[test]
fn an_empty_file_in_place_of_the_database_is_told_and_linked_too() {
    let folder = journal(10);
    std::fs::write(folder.path().join(DATABASE), b"").unwrap();
    let Opened { store, told } = open(folder.path());
    assert_eq!(told[0].code, Code::JOURNAL_BROKEN);
    assert!(matches!(
        store.reader().verify().unwrap(),
        Verdict::Verified { entries: 1, head: Link { seq: 11, .. }, .. }
    ));
}

#[test]
fn a_newer_database_is_left_untouched_and_told() {
    let folder = journal(3);
    let path = folder.path().join(DATABASE);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = Store::open(folder.path(), &sandbox(), at(0)).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }));
    assert_eq!(refused.problem().code, Code::DATABASE_NEWER);
    assert_eq!(Reader::open(folder.path()).unwrap_err().problem().code, Code::DATABASE_NEWER);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let log = std::fs::metadata(folder.path().join("relais.db-wal")).map_or(0, |found| found.len());
    assert_eq!(log, 0, "nothing waits to be written into it");
}

/// A process was killed in its very first transaction, whose journal is whole and never ended.
fn founding_that_broke_off() -> tempfile::TempDir {
    let (made, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |folder: &tempfile::TempDir, side: &str| folder.path().join(format!("{DATABASE}{side}"));
    let founding = Connection::open(at(&made, "")).unwrap();
    founding
        .execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; CREATE TABLE before (x);")
        .unwrap();
    founding
        .execute_batch(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)
             INSERT INTO before SELECT randomblob(100) FROM n;",
        )
        .unwrap();
    for side in ["", "-journal"] {
        std::fs::copy(at(&made, side), at(&folder, side)).unwrap();
    }
    folder
}

#[test]
fn a_founding_that_broke_off_is_begun_anew_and_nothing_of_it_stays() {
    let folder = founding_that_broke_off();
    let raw = Connection::open_with_flags(folder.path().join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let version = raw.unwrap().query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    assert!(version.is_err(), "who only reads cannot take it back");
    assert!(Reader::open(folder.path()).unwrap().is_none(), "for a reader there is none yet");
    let Opened { mut store, told } = open(folder.path());
    assert_eq!(told, []);
    assert_eq!(store.append(&entry(1)).unwrap(), Appended::Written { seq: 1 });
    assert!(matches!(verdict(folder.path()), Verdict::Verified { entries: 1, .. }));
}

/// Databases as older versions of the schema left them; all have two entries, and the same head.
const OLDER: [(u32, &str); 6] = [
    (1, include_str!("ks_store_v1.sql")),
    (2, include_str!("ks_store_v2.sql")),
    (3, include_str!("ks_store_v3.sql")),
    (4, include_str!("ks_store_v4.sql")),
    (5, include_str!("ks_store_v5.sql")),
    (6, include_str!("ks_store_v6.sql")),
];

fn older(sql: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Connection::open(folder.path().join(DATABASE)).unwrap().execute_batch(sql).unwrap();
    std::fs::write(folder.path().join("journal.head"), include_str!("ks_store_v1.head")).unwrap();
    folder
}

#[test]
fn a_database_of_every_older_version_is_brought_up_to_date_and_its_copies_kept() {
    for (version, sql) in OLDER {
        let folder = older(sql);
        let Opened { mut store, told } = open(folder.path());
        assert_eq!(told, []);
        let language = Setting::<String>::new("language");
        assert_eq!(store.reader().setting(&language).unwrap().as_deref(), Some("nl"));
        assert_eq!(store.reader().sessions().unwrap(), if version == 1 { vec![] } else { vec![lease()] });
        store.note_session(&lease()).unwrap();
        store.note_attempt(&lease().id, &ledger::attempt(1)).unwrap();
        store.open_episode(&ledger::line(0)).unwrap();
        store.note_look(at(0)).unwrap();
        store.note_reminders(&[certificates::told(1)], at(0)).unwrap();
        assert_eq!(store.append(&entry(3)).unwrap(), Appended::Written { seq: 3 });
        assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { entries: 3, .. }));
        for step in version + 1..=7 {
            let copy = Connection::open(folder.path().join(format!("relais.before-{step:04}.db"))).unwrap();
            let found: u32 = copy.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            let entries: u32 = copy.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
            assert_eq!((found, entries), (step - 1, 2), "the copy before step {step}");
        }
        drop(store);
        let again = open(folder.path());
        assert_eq!(again.told, [], "the second start has nothing to do");
        assert_eq!(again.store.reader().attempts(&lease().id).unwrap(), [ledger::attempt(1)]);
        assert_eq!(again.store.reader().reminders().unwrap(), [certificates::told(1)]);
    }
}

#[test]
fn what_somebody_noted_is_kept_with_a_new_session_and_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let slot = lease().person.slot;
    store.set_hint(&slot, "in a drawer").unwrap();
    assert_eq!(store.reader().hints().unwrap(), [], "nothing is kept of one who is not known");
    store.note_session(&lease()).unwrap();
    store.set_hint(&slot, "the blue envelope").unwrap();
    store.note_session(&lease()).unwrap();
    store.end_session(&slot).unwrap();
    assert_eq!(store.reader().hints().unwrap(), [(slot.clone(), "the blue envelope".to_owned())]);
    store.forget_person(&slot).unwrap();
    store.note_session(&lease()).unwrap();
    assert_eq!(store.reader().hints().unwrap(), [], "whoever comes back begins anew");
    assert_eq!(found_in(folder.path(), "blue envelope"), Vec::<String>::new());
}

#[test]
fn a_database_that_was_brought_up_to_date_has_the_tables_of_a_new_one() {
    let tables = |folder: &Path| -> Vec<(String, String)> {
        let connection = Connection::open(folder.join(DATABASE)).unwrap();
        let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let fresh = tempfile::tempdir().unwrap();
    open(fresh.path());
    let fresh = tables(fresh.path());
    for name in [
        "journal",
        "person",
        "attempt",
        "ledger",
        "setting",
        "service",
        "evidence",
        "service_hour",
        "watched",
    ] {
        let sql = &fresh.iter().find(|(found, _)| found == name).unwrap().1;
        assert!(sql.contains("STRICT"), "{name}");
    }
    for (version, sql) in OLDER {
        let folder = older(sql);
        open(folder.path());
        assert_eq!(tables(folder.path()), fresh, "from version {version}");
    }
}

#[test]
fn what_was_written_is_shown_newest_first_and_by_filter() {
    let folder = journal(20);
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    let shown = reader.show(&Filter::default(), 3).unwrap();
    assert_eq!(shown.iter().map(|r| r.seq).collect::<Vec<_>>(), [20, 19, 18]);
    assert_eq!(shown[0].entry, Some(entry(20)));
    let cards =
        Filter { subject: Some(Subject::Card), from: Some(at(5)), until: Some(at(10)), ..Filter::default() };
    assert_eq!(reader.show(&cards, 99).unwrap().iter().map(|r| r.seq).collect::<Vec<_>>(), [9, 7, 5]);
    let page = Filter { before: Some(3), slot: Some(lease().person.slot), ..Filter::default() };
    assert_eq!(reader.show(&page, 99).unwrap().len(), 2);
}

#[test]
fn settings_and_sessions_come_back_after_a_restart() {
    const VOLUME: Setting<BTreeMap<String, u8>> = Setting::new("volume");
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let value: BTreeMap<_, _> = [("bell".to_owned(), 3)].into();
    assert_eq!(store.reader().setting(&VOLUME).unwrap(), None);
    store.set(&VOLUME, &BTreeMap::new()).unwrap();
    store.set(&VOLUME, &value).unwrap();
    store.note_session(&lease()).unwrap();
    store.note_session(&lease()).unwrap();
    drop(store);
    let mut store = open(folder.path()).store;
    assert_eq!(store.reader().setting(&VOLUME).unwrap(), Some(value));
    assert!(store.reader().setting(&Setting::<u8>::new("volume")).is_err(), "another type is not guessed at");
    assert_eq!(store.reader().sessions().unwrap(), [lease()]);
    store.end_session(&lease().person.slot).unwrap();
    assert_eq!(store.reader().sessions().unwrap(), []);
    store.rebuild_sessions(&[lease()]).unwrap();
    assert_eq!(store.reader().sessions().unwrap(), [lease()]);
    store.end_session(&lease().person.slot).unwrap();
    assert_eq!(
        store.reader().names().unwrap(),
        [lease().person],
        "who has no session is still known by name"
    );
    assert_eq!(store.forget_person(&lease().person.slot).unwrap(), Vec::<String>::new());
    assert_eq!((store.reader().sessions().unwrap(), store.reader().names().unwrap()), (vec![], vec![]));
}

/// Whether these bytes are in a file of the folder.
fn found_in(folder: &Path, text: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds =
        |path: &Path| std::fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes());
    let found = files.filter(|path| holds(path));
    found.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_person_who_is_forgotten_is_gone_from_pages_log_and_copies_and_the_chain_still_holds() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let slot = lease().person.slot;
    for (n, name) in (1..).zip(["Claire Lambert", "Claire Lambert-Wouters", "Claire Lambert"]) {
        let mut lease = lease();
        lease.person.name = name.into();
        store.append(&entry(n)).unwrap();
        store.note_session(&lease).unwrap();
        store.open_episode(&ledger::noted("Claire Lambert lost her card")).unwrap();
    }
    let copy = |name: &str| folder.path().join(name);
    let (before, damaged) = (copy("relais.before-0004.db"), copy("relais.damaged-20261122T080000Z.db"));
    let database = Connection::open(copy(DATABASE)).unwrap();
    database.execute("VACUUM INTO ?1", [before.to_str().unwrap()]).unwrap();
    drop(database);
    std::fs::copy(&before, &damaged).unwrap();
    std::fs::write(copy("relais.damaged-20261122T090000Z.db"), "Claire Lambert, and no database").unwrap();
    assert!(found_in(folder.path(), "Claire Lambert").len() >= 4, "database or its log, three copies");

    let kept = store.forget_person(&slot).unwrap();
    assert_eq!(kept, ["relais.damaged-20261122T090000Z.db"], "what cannot be changed is named");
    assert_eq!(found_in(folder.path(), "Claire Lambert"), kept);
    assert!(matches!(store.reader().verify().unwrap(), Verdict::Verified { entries: 3, .. }));
    std::fs::remove_file(copy(&kept[0])).unwrap();
    assert_eq!(store.forget_person(&slot).unwrap(), Vec::<String>::new(), "once more does no harm");
    let copy = Connection::open(before).unwrap();
    let entries: u32 = copy.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
    assert_eq!(entries, 3, "the copy keeps its journal");
}

#[test]
fn a_reader_that_keeps_the_log_from_being_emptied_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.note_session(&lease()).unwrap();
    let reader = Connection::open(folder.path().join(DATABASE)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM person").unwrap();
    assert!(matches!(store.forget_person(&lease().person.slot), Err(StoreError::Busy)));
    reader.execute_batch("COMMIT").unwrap();
    store.forget_person(&lease().person.slot).unwrap();
    assert_eq!(found_in(folder.path(), "Claire Lambert"), Vec::<String>::new());
}

#[test]
#[ignore = "what the second process of the next test does"]
fn second_process() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let mut store = open(Path::new(&folder)).store;
    for n in 1..=50 {
        assert!(matches!(store.append(&entry(n)).unwrap(), Appended::Written { .. }));
    }
}

#[test]
fn two_processes_write_one_chain_while_a_third_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    let mut other = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "second_process", "--ignored"])
        .env(FOLDER, folder.path())
        .spawn()
        .unwrap();
    for n in 1..=50 {
        assert!(matches!(store.append(&entry(n)).unwrap(), Appended::Written { .. }));
        assert!(matches!(verdict(folder.path()), Verdict::Verified { .. }), "while they write");
    }
    assert!(other.wait().unwrap().success());
    assert!(matches!(verdict(folder.path()), Verdict::Verified { entries: 100, .. }));
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_database() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.append(&entry(1)).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
    assert!(files.len() >= 4, "database, its two side files, head");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_single_change_of_a_journal_passes(
        entries in 1u64..90, row in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), bit in 0u8..8,
        column in prop::sample::select(vec!["subject", "event", "environment", "slot", "detail", "previous", "hash"]),
    ) {
        let folder = journal(entries);
        let seq = row.index(entries as usize) as u64 + 1;
        let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
        let sql = format!("SELECT CAST({column} AS BLOB), typeof({column}) FROM journal WHERE seq = {seq}");
        let (mut value, kind): (Vec<u8>, String) = connection.query_row(&sql, [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        let at = byte.index(value.len());
        // Bit 7 of a text would make it no text, which SQLite stores all the same.
        value[at] ^= 1 << bit;
        tamper(folder.path(), &format!("UPDATE journal SET {column} = CAST(x'{}' AS {kind}) WHERE seq = {seq}", hex::encode(&value)));
        let Verdict::Broken { seq: found, .. } = verdict(folder.path()) else { panic!("{column} of {seq} passed") };
        prop_assert_eq!(found, seq);
    }
}
