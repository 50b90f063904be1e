//! What is written down is there later, whatever the disk does.

use std::collections::BTreeMap;

use super::*;
use crate::clock::Time;
use relais_core::session::exception::Reason;
use relais_core::session::ledger::Ending;

fn room(folder: &Path) -> RecordRoom {
    RecordRoom::open(folder, EnvironmentName::parse("sandbox").unwrap(), Time::of_this_pc().clock).unwrap()
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
    let seen = room(folder.path()).seen(at(48)).await;
    assert_eq!(seen, HashSet::from([lease(1).0, lease(2).0]));
    let later = room(folder.path());
    assert_eq!(later.seen(at(49)).await, HashSet::from([lease(2).0]));
    assert_eq!(later.seen(at(50)).await, HashSet::new());
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
async fn what_goes_on_with_an_earlier_line_is_told_once_and_ends_under_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let room = room(folder.path());
    room.open_episode(line()).await.unwrap();
    assert_eq!(room.in_force(), [], "it is the one that was asked for");
    let asked = Line { episode: LeaseId("1".repeat(32)), started_at: at(2), ends_at: at(14), ..line() };
    room.open_episode(asked.clone()).await.unwrap();
    assert_eq!(room.in_force(), [(asked.episode.clone(), line())]);
    assert_eq!(room.in_force(), []);
    let ended = Ended { at: at(3), how: Ending::Person };
    room.close_episode(asked.episode, ended).await.unwrap();
    let closed = Line { ended: Some(ended), ..line() };
    assert_eq!(room.ledger(Lines::default(), 9).await.unwrap(), [closed]);
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
    let entry = entry("signed-in");
    let waits = Err(Problem::new(Code::JOURNAL_WAITING));
    assert_eq!(room.append(entry.clone()).await, waits);
    assert_eq!(room.open_episode(line()).await, waits);
    room.received(LeaseId("1".repeat(32)), at(1)).await.unwrap();
    assert_eq!(room.write_waiting().await, waits);
    std::fs::remove_dir(in_the_way).unwrap();
    room.write_waiting().await.unwrap();
    let written: Vec<_> = room.show(Filter::default(), 9).await.unwrap();
    assert_eq!(written.iter().filter(|one| one.entry.as_ref() == Some(&entry)).count(), 1);
    assert_eq!(room.ledger(Lines::default(), 9).await.unwrap(), [line()]);
    assert!(room.seen(at(2)).await.contains(&"1".repeat(32)));
    room.close().await;
    assert!(matches!(room.verify().await.unwrap(), Verdict::Verified { .. }));
}

#[tokio::test]
async fn whose_session_is_in_use_is_known_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(room(folder.path()).remembered().await.unwrap(), Remembered::default());
    let slot = SlotId::parse(&"a".repeat(32)).unwrap();
    room(folder.path()).use_now(LastUsed::Slot(slot.clone())).await.unwrap();
    assert_eq!(room(folder.path()).remembered().await.unwrap().last, LastUsed::Slot(slot));
}

fn entry(event: &str) -> Entry {
    Entry {
        at: at(1),
        subject: relais_core::journal::Subject::Session,
        event: event.into(),
        environment: EnvironmentName::parse("sandbox").unwrap(),
        slot: None,
        code: None,
        detail: BTreeMap::new(),
    }
}

fn events(shown: Vec<Recorded>) -> Vec<String> {
    shown.into_iter().rev().map(|one| one.entry.unwrap().event).collect()
}

/// Keeps the thread with the database busy until what is given is dropped.
fn hanging(room: &RecordRoom) -> std::sync::mpsc::Sender<()> {
    let (release, held) = std::sync::mpsc::channel::<()>();
    room.worker.put(move |_| {
        // Nothing is sent: it ends with the sender.
        let _ = held.recv();
    });
    release
}

/// Waited for on the thread's own time: where the runtime's stands still it would give up at once.
fn journal(room: &RecordRoom) -> Vec<String> {
    let (tell, told) = std::sync::mpsc::channel();
    room.worker.put(move |tool| {
        let store = tool.store.as_ref().unwrap();
        tell.send(store.reader().show(&Filter::default(), 99).unwrap()).unwrap();
    });
    events(told.recv().unwrap())
}

#[tokio::test(start_paused = true)]
async fn what_is_written_while_the_disk_hangs_is_there_once_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let room = room(folder.path());
    let release = hanging(&room);
    let waits = Err(Problem::new(Code::JOURNAL_WAITING));
    assert_eq!(room.append(entry("first")).await, waits);
    assert_eq!(room.append(entry("second")).await, waits);
    assert_eq!(room.open_episode(line()).await, waits);
    assert_eq!(room.note_down("trusted-time", "x".into()).await, waits);
    drop(release);
    assert_eq!(journal(&room), ["first", "second"]);
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    assert_eq!(reader.ledger(&Lines::default(), 9).unwrap(), [line()]);
    assert_eq!(reader.noted("trusted-time").unwrap().as_deref(), Some("x"));
}

#[tokio::test]
async fn a_disk_that_hangs_keeps_nobody_from_knowing_what_was_received() {
    let folder = tempfile::tempdir().unwrap();
    let room = room(folder.path());
    room.troubles().await;
    room.received(LeaseId("1".repeat(32)), at(0)).await.unwrap();
    let _release = hanging(&room);
    tokio::time::pause();
    assert!(room.seen(at(0)).await.contains(&"1".repeat(32)));
    let begun = tokio::time::Instant::now();
    for _ in 0..10 {
        let waits = Err(Problem::new(Code::JOURNAL_WAITING));
        assert_eq!(room.received(LeaseId("2".repeat(32)), at(0)).await, waits);
    }
    assert!(begun.elapsed() < 2 * HUNG, "the whole patience is spent once");
    assert!(room.seen(at(0)).await.contains(&"2".repeat(32)));
}

/// Makes the page on which a text stands unreadable, under the feet of whoever has the database open.
fn damage(folder: &Path, text: &str) {
    let path = folder.join(relais_store::DATABASE);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("INSERT INTO setting VALUES ('other', '1')", []).unwrap();
    other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let found = bytes.windows(text.len()).rposition(|part| part == text.as_bytes()).unwrap();
    let page = found / 4_096 * 4_096;
    bytes[page..page + 4_096].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
}

#[tokio::test]
async fn a_database_found_damaged_while_relais_runs_is_set_aside_and_nothing_after_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let room = room(folder.path());
    room.received(LeaseId("1".repeat(32)), at(0)).await.unwrap();
    room.doubt("aa".into(), true).await.unwrap();
    room.append(entry("before")).await.unwrap();
    drop(room);
    let room = self::room(folder.path());
    room.troubles().await;
    damage(folder.path(), "before");
    let told = room.append(entry("after")).await.unwrap_err();
    assert_eq!(told.code, Code::DATABASE_CORRUPT);
    assert!(folder.path().join(&told.with["file"]).exists(), "what is told is so");
    assert_eq!(room.write_waiting().await.unwrap_err().code, Code::JOURNAL_BROKEN, "told one by one");
    room.write_waiting().await.unwrap();
    assert_eq!(journal(&room), ["database-set-aside", "journal-gap", "journal-waited", "after"]);
    room.open_episode(line()).await.unwrap();
    let again = self::room(folder.path());
    assert!(again.seen(at(0)).await.contains(&"1".repeat(32)), "and what was known is not");
    assert!(again.doubted("aa".into()).await.unwrap());
    assert!(!again.doubted("bb".into()).await.unwrap());
    assert!(matches!(again.verify().await.unwrap(), Verdict::Verified { .. }));
}

#[tokio::test]
async fn a_database_found_damaged_by_a_line_of_the_ledger_gets_that_line_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let room = room(folder.path());
    let before = Line { note: Some("what is damaged".into()), ended: None, ..line() };
    room.open_episode(before.clone()).await.unwrap();
    damage(folder.path(), "what is damaged");
    room.open_episode(line()).await.unwrap();
    assert_eq!(room.ledger(Lines::default(), 9).await.unwrap(), [line()]);
    assert_eq!(room.append(entry("next")).await.unwrap_err().code, Code::DATABASE_CORRUPT);
}

#[tokio::test]
async fn who_cannot_know_whether_a_chip_is_in_doubt_does_not_say_no() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(relais_store::DATABASE)).unwrap();
    let nowhere = room(folder.path());
    assert!(nowhere.doubted("aa".into()).await.is_err());
    nowhere.doubt("aa".into(), true).await.unwrap_or_default();
    assert!(nowhere.doubted("aa".into()).await.unwrap(), "known meanwhile");
    nowhere.doubt("aa".into(), false).await.unwrap_or_default();
    assert!(!nowhere.doubted("aa".into()).await.unwrap());
    nowhere.doubt("bb".into(), true).await.unwrap_or_default();
    std::fs::remove_dir(folder.path().join(relais_store::DATABASE)).unwrap();
    nowhere.write_waiting().await.unwrap();
    assert!(room(folder.path()).doubted("bb".into()).await.unwrap(), "written later");

    let other = rusqlite::Connection::open(folder.path().join(relais_store::DATABASE)).unwrap();
    other.execute("UPDATE setting SET value = 'x' WHERE name = 'doubtful-chips'", []).unwrap();
    assert!(room(folder.path()).doubted("cc".into()).await.is_err(), "it cannot be read");
    other.pragma_update(None, "user_version", 99).unwrap();
    assert!(room(folder.path()).doubted("cc".into()).await.is_err(), "it is a newer one");
}

fn damaged_databases(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name());
    let aside = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name.starts_with("relais.damaged-") && name.ends_with(".db")
    };
    names.filter(aside).count()
}

#[tokio::test]
async fn doubts_lost_with_a_damaged_database_are_so_after_a_restart_until_each_chip_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let first = room(folder.path());
    first.doubt("aa".into(), true).await.unwrap();
    first.close().await;
    drop(first);
    std::fs::write(folder.path().join(relais_store::DATABASE), b"this is a text").unwrap();
    assert!(room(folder.path()).doubted("aa".into()).await.is_err());
    let again = room(folder.path());
    assert_eq!(again.troubles().await, [], "that was said once");
    assert!(again.doubted("aa".into()).await.is_err(), "nobody knows yet");
    again.doubt("aa".into(), true).await.unwrap();
    again.doubt("aa".into(), false).await.unwrap();
    let third = room(folder.path());
    assert!(!third.doubted("aa".into()).await.unwrap());
    assert!(third.doubted("bb".into()).await.is_err());
}

/// A room whose database was found damaged and set aside, and which can make no other: its head cannot be read. What a
/// try of a full disk leaves lies there.
async fn without_a_next_database(folder: &Path) -> RecordRoom {
    let room = room(folder);
    room.doubt("aa".into(), true).await.unwrap();
    room.append(entry("before")).await.unwrap();
    drop(room);
    let room = self::room(folder);
    room.troubles().await;
    damage(folder, "before");
    std::fs::remove_file(folder.join("journal.head")).unwrap();
    std::fs::create_dir(folder.join("journal.head")).unwrap();
    let waits = Err(Problem::new(Code::JOURNAL_WAITING));
    assert_eq!(room.append(entry("after")).await, waits);
    for _ in 0..3 {
        std::fs::write(folder.join(relais_store::DATABASE), b"").unwrap();
        assert_eq!(room.write_waiting().await, waits);
    }
    std::fs::remove_dir(folder.join("journal.head")).unwrap();
    room
}

#[tokio::test]
async fn what_a_try_on_a_full_disk_leaves_is_not_set_aside_and_what_is_known_goes_into_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let room = without_a_next_database(folder.path()).await;
    assert_eq!(damaged_databases(folder.path()), 1);
    let told = room.write_waiting().await.unwrap_err();
    assert_eq!(told.code, Code::DATABASE_CORRUPT);
    let aside = std::fs::metadata(folder.path().join(&told.with["file"])).unwrap();
    assert!(aside.len() > 0, "it is the damaged one that is named");
    let again = self::room(folder.path());
    assert!(again.doubted("aa".into()).await.unwrap());
    assert!(!again.doubted("bb".into()).await.unwrap());
}

#[tokio::test]
async fn a_start_after_one_that_could_make_no_other_database_says_what_was_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    drop(without_a_next_database(folder.path()).await);
    let again = room(folder.path());
    assert_eq!(again.troubles().await[0].code, Code::DATABASE_CORRUPT);
    assert!(again.doubted("bb".into()).await.is_err(), "nobody knows");
    assert_eq!(events(again.show(Filter::default(), 9).await.unwrap()), ["database-set-aside"]);
    assert_eq!(damaged_databases(folder.path()), 1);
}

#[tokio::test]
async fn rows_that_replace_each_other_crowd_no_entry_out_and_what_waited_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join(relais_store::DATABASE);
    std::fs::create_dir(&in_the_way).unwrap();
    let room = room(folder.path());
    for minute in 0..1_100 {
        room.note_down("trusted-time", minute.to_string()).await.unwrap();
    }
    let waits = Err(Problem::new(Code::JOURNAL_WAITING));
    for _ in 0..1_010 {
        assert_eq!(room.append(entry("signed-in")).await, waits);
    }
    std::fs::remove_dir(in_the_way).unwrap();
    room.write_waiting().await.unwrap();
    assert_eq!(room.noted("trusted-time").await.unwrap().as_deref(), Some("1099"));
    let first = room.show(Filter { before: Some(3), ..Filter::default() }, 9).await.unwrap();
    let gap = first[1].entry.as_ref().unwrap();
    assert_eq!((gap.event.as_str(), first[0].entry.as_ref()), ("journal-waited", Some(&entry("signed-in"))));
    assert_eq!((gap.detail["waited"].as_str(), gap.detail["lost"].as_str()), ("1000", "10"));
}
