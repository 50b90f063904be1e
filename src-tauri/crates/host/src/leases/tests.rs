use std::collections::{HashMap, HashSet};

use relais_keystore::vault::{KeyVaultError, LeaseKey, Owner};

use super::*;

fn slot(letter: char) -> SlotId {
    SlotId::parse(&letter.to_string().repeat(32)).unwrap()
}

fn lease(letter: char) -> TokenLease {
    serde_json::from_value(serde_json::json!({
        "id": letter.to_string().repeat(32), "person": {"name": "Claire Lambert", "slot": slot(letter)},
        "means": "eid-only", "quality": "doctor", "environment": "sandbox",
        "issued_at": "2026-03-02T07:00:00Z", "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
    }))
    .unwrap()
}

fn assertion(letter: char) -> SecretBytes {
    SecretBytes::new(format!("<Assertion>{letter}</Assertion>").into_bytes())
}

fn place(folder: &std::path::Path, choice: KeyStoreChoice) -> Place {
    Place { folder: folder.to_owned(), environment: EnvironmentName::parse("sandbox").unwrap(), choice }
}

/// A key store that refuses what it is told to refuse.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    keys: HashMap<SlotId, Vec<u8>>,
    locked: HashSet<SlotId>,
    refuses: Option<KeyVaultError>,
    asked: usize,
}

impl Shelf {
    fn lock(&self, letter: char) {
        self.0.lock().unwrap().locked.insert(slot(letter));
    }

    fn unlock(&self) {
        self.0.lock().unwrap().locked.clear();
    }

    fn refuse(&self, error: KeyVaultError) {
        self.0.lock().unwrap().refuses = Some(error);
    }

    fn has(&self, letter: char) -> bool {
        self.0.lock().unwrap().keys.contains_key(&slot(letter))
    }

    /// Opens the place; a person who is asked says no.
    fn opened(&self, slot: &SlotId) -> Result<MutexGuard<'_, Inside>, KeyVaultError> {
        let mut inside = self.0.lock().unwrap();
        if inside.locked.contains(slot) {
            inside.asked += 1;
            return Err(KeyVaultError::Locked);
        }
        inside.refuses.map_or(Ok(inside), Err)
    }
}

impl KeyVault for Shelf {
    fn stored(&self) -> Stored {
        Stored::Os
    }

    fn get(&self, slot: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        self.opened(slot)?.keys.get(slot).cloned().map(LeaseKey::from_stored).transpose()
    }

    fn would_ask(&self, slot: &SlotId) -> bool {
        self.0.lock().unwrap().locked.contains(slot)
    }

    fn put(&self, slot: &SlotId, key: &LeaseKey) -> Result<(), KeyVaultError> {
        self.opened(slot)?.keys.insert(slot.clone(), key.reveal().to_vec());
        Ok(())
    }

    fn forget(&self, slot: &SlotId) -> Result<(), KeyVaultError> {
        self.opened(slot)?.keys.remove(slot);
        Ok(())
    }
}

fn tool(folder: &std::path::Path, keys: &Shelf) -> Tool {
    let place = place(folder, KeyStoreChoice::Os);
    let owner = Owner { user: "1000".into(), machine: "m".into() };
    let vault = Vault::new(folder, place.environment.clone(), owner, Box::new(keys.clone()));
    Tool { place, vault, passwords: None }
}

fn room(folder: &std::path::Path, keys: &Shelf) -> LeaseRoom {
    let (place, kept) = (folder.to_owned(), keys.clone());
    LeaseRoom {
        worker: Worker::start("vault", HUNG, move || tool(&place, &kept)).unwrap(),
        environment: EnvironmentName::parse("sandbox").unwrap(),
        install: Arc::new(InstallKey::load_or_unsaved(folder).unwrap()),
        choice: Arc::new(Mutex::new(KeyStoreChoice::Os)),
    }
}

fn keep(tool: &Tool, letter: char) -> Option<Problem> {
    tool.vault.keep(&lease(letter), &assertion(letter), &History::default()).warning
}

/// What a start of Relais with these keys finds.
fn after_a_restart(folder: &std::path::Path, keys: &Shelf, letter: char) -> Result<SecretBytes, Code> {
    match tool(folder, keys).vault.open(&slot(letter)) {
        Ok(found) => Ok(found.expect("its file is there").assertion),
        Err(error) => Err(error.problem().code),
    }
}

#[test]
fn a_move_that_cannot_take_all_along_leaves_every_session_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Shelf::default(), Shelf::default());
    let mut room = tool(folder.path(), &old);
    assert_eq!((keep(&room, 'a'), keep(&room, 'b')), (None, None));
    old.lock('b');
    let refused = room.move_to(tool(folder.path(), &new), &Decision::default()).unwrap_err();
    assert_eq!(refused.problem().code, Code::KEY_STORE_LOCKED);
    old.unlock();
    for letter in ['a', 'b'] {
        assert_eq!(after_a_restart(folder.path(), &old, letter), Ok(assertion(letter)), "{letter}");
        assert!(!new.has(letter));
    }
}

#[test]
fn a_session_in_memory_stays_there_when_the_next_one_cannot_be_opened() {
    for error in [KeyVaultError::Missing, KeyVaultError::Denied, KeyVaultError::Locked] {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (Shelf::default(), Shelf::default());
        let mut room = tool(folder.path(), &old);
        old.lock('a');
        assert!(keep(&room, 'a').is_some(), "held in memory");
        assert_eq!(keep(&room, 'b'), None);
        old.unlock();
        old.refuse(error);
        let refused = room.move_to(tool(folder.path(), &new), &Decision::default()).unwrap_err();
        assert_eq!(refused.problem(), error.problem());
        assert_eq!(room.vault.open(&slot('a')).unwrap().unwrap().assertion, assertion('a'));
        assert!(!folder.path().join("sessions").join(format!("{}.lease", slot('a').as_str())).exists());
    }
}

#[test]
fn a_key_store_that_takes_only_some_gets_none() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Shelf::default(), Shelf::default());
    let mut room = tool(folder.path(), &old);
    assert_eq!((keep(&room, 'a'), keep(&room, 'b')), (None, None));
    new.lock('b');
    let refused = room.move_to(tool(folder.path(), &new), &Decision::default()).unwrap_err();
    assert_eq!(refused.problem().code, Code::KEY_STORE_LOCKED);
    for letter in ['a', 'b'] {
        assert_eq!(after_a_restart(folder.path(), &old, letter), Ok(assertion(letter)), "{letter}");
    }
}

#[test]
fn a_move_that_nobody_waits_for_any_more_is_undone_and_one_in_time_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Shelf::default(), Shelf::default());
    let mut room = tool(folder.path(), &old);
    assert_eq!((keep(&room, 'a'), keep(&room, 'b')), (None, None));
    let given_up = Decision::default();
    assert!(given_up.made());
    assert!(room.move_to(tool(folder.path(), &new), &given_up).is_err());
    assert_eq!(after_a_restart(folder.path(), &old, 'a'), Ok(assertion('a')));

    let in_time = Decision::default();
    room.move_to(tool(folder.path(), &new), &in_time).unwrap();
    assert!(!in_time.made(), "who gives up now is told that it is done");
    for letter in ['a', 'b'] {
        assert_eq!(after_a_restart(folder.path(), &new, letter), Ok(assertion(letter)), "{letter}");
    }
}

#[test]
fn a_file_that_nobody_will_ever_open_keeps_no_session_from_moving() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (Shelf::default(), Shelf::default());
    let mut room = tool(folder.path(), &old);
    assert_eq!(keep(&room, 'b'), None);
    let damaged = folder.path().join("sessions").join(format!("{}.lease", slot('a').as_str()));
    std::fs::write(damaged, b"noise").unwrap();
    room.move_to(tool(folder.path(), &new), &Decision::default()).unwrap();
    assert_eq!(after_a_restart(folder.path(), &new, 'b'), Ok(assertion('b')));
}

#[tokio::test]
async fn looking_makes_nobody_be_asked_for_anything() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shelf::default();
    assert_eq!(keep(&tool(folder.path(), &keys), 'a'), None);
    keys.lock('a');
    let room = room(folder.path(), &keys);
    assert_eq!(room.peek(slot('a')).await.unwrap_err().code, Code::KEY_STORE_LOCKED);
    assert_eq!(room.reopen(slot('a')).await.unwrap_err().code, Code::KEY_STORE_LOCKED);
    assert_eq!(keys.0.lock().unwrap().asked, 0);
    assert_eq!(room.lease(slot('a')).await.unwrap_err().code, Code::KEY_STORE_LOCKED);
    assert_eq!(keys.0.lock().unwrap().asked, 1, "a start asks");
}

#[tokio::test]
async fn a_disk_that_hangs_keeps_an_end_waiting_for_a_while_only_is_told_and_nothing_ended_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shelf::default();
    for letter in ['a', 'b'] {
        assert_eq!(keep(&tool(folder.path(), &keys), letter), None);
    }
    let room = room(folder.path(), &keys);
    let (release, held) = std::sync::mpsc::channel::<()>();
    room.worker.put(move |_| {
        // Nothing is sent: it ends with the sender.
        let _ = held.recv();
    });
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let ended = room.erase(slot('a')).await.unwrap_err();
    assert_eq!((ended.code, ended.with["reason"].as_str()), (Code::SESSION_NOT_ERASED, "file-and-key"));
    // The timer of the runtime goes by milliseconds.
    let waited = |most: Duration| begun.elapsed() - most < Duration::from_millis(10);
    assert!(waited(HUNG));
    let forgotten = room.forget(slot('b')).await.unwrap_err();
    assert_eq!((forgotten.code, forgotten.with["reason"].as_str()), (Code::PERSON_NOT_FORGOTTEN, "all"));
    assert!(waited(HUNG + FORGETTING));
    drop(release);
    // Waited for on the thread's own time: the runtime's stands still and would give up at once.
    let (tell, told) = std::sync::mpsc::channel();
    room.worker.put(move |tool| tell.send(tool.vault.list().unwrap()).unwrap());
    assert_eq!(told.recv(), Ok(vec![]));
    assert!(!keys.has('a') && !keys.has('b'));
}

#[test]
fn what_is_left_of_a_lease_that_has_gone_goes_in_the_same_breath() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shelf::default();
    let again = tool(folder.path(), &keys);
    assert_eq!(keep(&again, 'a'), None);
    std::fs::remove_dir_all(folder.path().join("sessions")).unwrap();
    assert_eq!(again.reopened(&slot('a')), Ok(Reopened::Gone(None)));
    assert!(!keys.has('a'));
    assert_eq!(keep(&again, 'b'), None);
    let Ok(Reopened::Found(found)) = again.reopened(&slot('b')) else { panic!("it is there") };
    assert_eq!(found.lease, lease('b'));
}

#[tokio::test]
async fn where_a_lease_is_looked_for_follows_the_choice_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let kept = |choice| LeaseRoom::open(place(folder.path(), choice)).unwrap();
    let first = kept(KeyStoreChoice::File);
    let put_away = first.keep(lease('a'), assertion('a'), History::default()).await.unwrap();
    assert_eq!(put_away.stored, Stored::File);

    let room = kept(KeyStoreChoice::Memory);
    assert_eq!(room.peek(slot('a')).await.unwrap_err().code, Code::SESSION_ELSEWHERE);
    room.choose(KeyStoreChoice::File).await.unwrap();
    assert_eq!(room.choice(), KeyStoreChoice::File);
    assert_eq!(room.peek(slot('a')).await.unwrap().unwrap().lease, lease('a'));
}

#[test]
fn a_key_that_the_system_lost_is_no_longer_looked_for_elsewhere_once_the_system_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let (files, system) = (Shelf::default(), Shelf::default());
    let mut room = tool(folder.path(), &files);
    room.place.choice = KeyStoreChoice::File;
    assert_eq!(keep(&room, 'a'), None);
    room.move_to(tool(folder.path(), &system), &Decision::default()).unwrap();
    system.forget(&slot('a')).unwrap();
    assert_eq!(room.found(&slot('a'), Vault::open_quietly).unwrap_err().code, Code::LEASE_UNREADABLE);
}

#[tokio::test]
async fn a_password_is_remembered_by_the_operating_system_or_not_at_all() {
    for choice in [KeyStoreChoice::File, KeyStoreChoice::Memory] {
        let folder = tempfile::tempdir().unwrap();
        let room = LeaseRoom::open(place(folder.path(), choice)).unwrap();
        let password = Password::take("canary 73519264".to_owned()).unwrap();
        let refused = room.remember(slot('a'), password).await.unwrap_err();
        assert_eq!(refused.code, Code::KEY_STORE_MISSING);
        assert!(room.remembered(slot('a')).await.unwrap().is_none());
        assert!(!room.forget_password(slot('a')).await.unwrap());
        let files: Vec<_> = folder.path().read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, ["install.key"]);
    }
}
