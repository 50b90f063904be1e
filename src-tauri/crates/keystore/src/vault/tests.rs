use super::*;
use relais_core::ident::Identity;
use relais_core::session::renewal::Attempt;

fn owner(user: &str, machine: &str) -> Owner {
    Owner { user: user.into(), machine: machine.into() }
}

fn environment(name: &str) -> EnvironmentName {
    EnvironmentName::parse(name).unwrap()
}

fn lease(environment: &str) -> TokenLease {
    serde_json::from_value(serde_json::json!({
        "id": "0".repeat(32), "person": {"name": "Claire Lambert", "slot": "a".repeat(32)}, "means": "eid",
        "quality": "doctor", "environment": environment, "issued_at": "2026-03-02T07:00:00Z",
        "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
    }))
    .unwrap()
}

fn assertion() -> SecretBytes {
    SecretBytes::new(b"<Assertion/>".to_vec())
}

fn vault(folder: &Path, name: &str, owner: Owner) -> Vault {
    Vault::new(folder, environment(name), owner, Box::new(FileKeys::new(folder)))
}

fn here(folder: &Path) -> Vault {
    vault(folder, "sandbox", owner("1000", "m"))
}

/// A key store that is out of order.
struct Failing(KeyVaultError);

impl KeyVault for Failing {
    fn stored(&self) -> Stored {
        Stored::Os
    }
    fn get(&self, _: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        Err(self.0)
    }
    fn put(&self, _: &SlotId, _: &LeaseKey) -> Result<(), KeyVaultError> {
        Err(self.0)
    }
    fn forget(&self, _: &SlotId) -> Result<(), KeyVaultError> {
        Err(self.0)
    }
}

fn slot() -> SlotId {
    lease("sandbox").person.slot
}

fn refused(opened: Result<Option<Found>, VaultError>) -> Code {
    opened.expect_err("must not open").problem().code
}

#[test]
fn a_lease_is_there_after_a_restart_and_gone_after_it_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    assert!(here(folder.path()).open(&slot()).unwrap().is_none());
    assert_eq!(
        here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap(),
        Stored::File
    );
    let again = here(folder.path());
    assert_eq!(again.list().unwrap(), [slot()]);
    let found = again.open(&slot()).unwrap().unwrap();
    assert_eq!(found.lease, lease("sandbox"));
    assert_eq!(found.assertion.reveal(), assertion().reveal());
    again.erase(&slot()).unwrap();
    assert!(again.open(&slot()).unwrap().is_none());
    assert_eq!(again.list().unwrap(), []);
    assert!(std::fs::read_dir(folder.path().join("keys")).unwrap().next().is_none(), "the key is gone too");
}

#[test]
fn a_lease_copied_to_another_user_machine_slot_or_environment_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    for (name, user, machine) in
        [("sandbox", "1001", "m"), ("sandbox", "1000", "n"), ("production", "1000", "m")]
    {
        let other = vault(folder.path(), name, owner(user, machine));
        assert_eq!(refused(other.open(&slot())), Code::LEASE_FOREIGN, "{name} {user} {machine}");
    }
    let other_slot = SlotId::parse(&"b".repeat(32)).unwrap();
    let sessions = folder.path().join("sessions");
    std::fs::rename(
        sessions.join(format!("{}.lease", "a".repeat(32))),
        sessions.join(format!("{}.lease", "b".repeat(32))),
    )
    .unwrap();
    assert_eq!(refused(here(folder.path()).open(&other_slot)), Code::LEASE_FOREIGN);
}

#[test]
fn a_lease_of_another_environment_is_not_sealed_here() {
    let folder = tempfile::tempdir().unwrap();
    let refused =
        here(folder.path()).seal(&lease("production"), &assertion(), &History::default()).unwrap_err();
    assert_eq!(refused.problem().code, Code::LEASE_FOREIGN);
    assert!(!folder.path().join("sessions").exists());
}

#[test]
fn a_lease_without_its_key_or_with_another_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let keys = FileKeys::new(folder.path());
    keys.put(&slot(), &LeaseKey::random().unwrap()).unwrap();
    assert_eq!(refused(here(folder.path()).open(&slot())), Code::LEASE_UNREADABLE);
    keys.forget(&slot()).unwrap();
    assert_eq!(refused(here(folder.path()).open(&slot())), Code::LEASE_UNREADABLE);
}

#[test]
fn without_a_key_store_the_session_goes_on_in_memory_and_says_why() {
    let causes = [
        (KeyVaultError::Missing, Code::KEY_STORE_MISSING),
        (KeyVaultError::Locked, Code::KEY_STORE_LOCKED),
        (KeyVaultError::Denied, Code::KEY_STORE_DENIED),
    ];
    for (cause, code) in causes {
        let folder = tempfile::tempdir().unwrap();
        let vault =
            Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), Box::new(Failing(cause)));
        assert_eq!(
            vault.seal(&lease("sandbox"), &assertion(), &History::default()).unwrap_err().problem().code,
            code
        );
        let kept = vault.keep(&lease("sandbox"), &assertion(), &History::default());
        assert_eq!(kept, Kept { stored: Stored::Memory, warning: Some(code.into()) });
        assert_eq!(vault.open(&slot()).unwrap().unwrap().lease, lease("sandbox"));
        assert_eq!(
            disk::names(&folder.path().join("sessions")).unwrap(),
            [] as [String; 0],
            "nothing on disk"
        );
    }
}

#[test]
fn a_key_store_that_fails_later_does_not_take_the_file_before_away() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let keys = Box::new(Failing(KeyVaultError::Locked));
    let locked = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), keys);
    assert_eq!(locked.keep(&lease("sandbox"), &assertion(), &History::default()).stored, Stored::Memory);
    assert!(here(folder.path()).open(&slot()).unwrap().is_some());
}

#[test]
fn in_memory_mode_nothing_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), Box::new(MemoryKeys));
    assert_eq!(
        vault.keep(&lease("sandbox"), &assertion(), &History::default()).warning.unwrap().code,
        Code::SESSION_IN_MEMORY
    );
    assert_eq!(vault.list().unwrap(), [slot()]);
    assert!(vault.open(&slot()).unwrap().is_some());
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_file_larger_than_any_lease_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let file = folder.path().join("sessions").join(format!("{}.lease", "a".repeat(32)));
    std::fs::write(file, vec![0; MOST_BYTES as usize + 1]).unwrap();
    assert!(here(folder.path()).open(&slot()).is_err());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let file = folder.path().join("sessions").join(format!("{}.lease", "a".repeat(32)));
    let moved = elsewhere.path().join("moved");
    std::fs::rename(&file, &moved).unwrap();
    symlink(&moved, &file).unwrap();
    assert_eq!(
        refused(here(folder.path()).open(&slot())),
        Code::DATA_FOLDER,
        "a file that is a link is not read"
    );
    let before = std::fs::read(&moved).unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    assert_eq!(std::fs::read(&moved).unwrap(), before, "the link is replaced, not written through");
    assert!(here(folder.path()).open(&slot()).unwrap().is_some());
    let other = tempfile::tempdir().unwrap();
    symlink(elsewhere.path(), other.path().join("sessions")).unwrap();
    assert!(
        here(other.path()).seal(&lease("sandbox"), &assertion(), &History::default()).is_err(),
        "a folder that is a link is refused"
    );
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_lease_does_not_hang() {
    let folder = tempfile::tempdir().unwrap();
    disk::private_folder(&folder.path().join("sessions")).unwrap();
    let pipe = folder.path().join("sessions").join(format!("{}.lease", "a".repeat(32)));
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    assert_eq!(refused(here(folder.path()).open(&slot())), Code::DATA_FOLDER);
}

#[test]
fn a_person_has_one_slot_per_environment_and_installation_and_no_slot_shows_the_number() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = InstallKey::load_or_create(one.path()).unwrap();
    let person = Identity::parse("SSIN", "80010112397", None).unwrap();
    let slot = key.slot_id(&environment("sandbox"), &person).unwrap();
    assert_eq!(
        InstallKey::load_or_create(one.path()).unwrap().slot_id(&environment("sandbox"), &person).unwrap(),
        slot
    );
    assert_ne!(key.slot_id(&environment("production"), &person).unwrap(), slot);
    let elsewhere = InstallKey::load_or_create(other.path()).unwrap();
    assert_ne!(elsewhere.slot_id(&environment("sandbox"), &person).unwrap(), slot);
    let slots = [("CBE", None), ("CBE", Some("APP")), ("EHP", None)].map(|(kind, application)| {
        let organisation = Identity::parse(kind, "0809394427", application).unwrap();
        key.slot_id(&environment("sandbox"), &organisation).unwrap()
    });
    assert!(slots[0] != slots[1] && slots[0] != slots[2], "type and application tell organisations apart");
    assert_ne!(elsewhere.id(), key.id());
    assert!(!slot.as_str().contains("80010112397"));
}

#[test]
fn an_install_key_of_another_size_is_refused_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    InstallKey::load_or_create(folder.path()).unwrap();
    std::fs::write(folder.path().join("install.key"), b"short").unwrap();
    assert_eq!(InstallKey::load_or_create(folder.path()).unwrap_err().problem().code, Code::LEASE_UNREADABLE);
}

#[test]
fn what_remains_of_a_lease_that_could_not_be_erased_is_said() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let locked = || {
        Vault::new(
            folder.path(),
            environment("sandbox"),
            owner("1000", "m"),
            Box::new(Failing(KeyVaultError::Locked)),
        )
    };
    let said = |vault: &Vault| vault.erase(&slot()).unwrap_err().problem();
    // A folder in place of the file cannot be removed as one.
    let file = folder.path().join("sessions").join(format!("{}.lease", slot().as_str()));
    let aside = folder.path().join("aside");
    std::fs::rename(&file, &aside).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(said(&here(folder.path())).with["reason"], "file");
    here(folder.path()).keys.put(&slot(), &LeaseKey::random().unwrap()).unwrap();
    assert_eq!(said(&locked()).with["reason"], "file-and-key");
    std::fs::remove_dir(&file).unwrap();
    std::fs::rename(&aside, &file).unwrap();
    let key = said(&locked());
    assert_eq!((key.code, key.with["reason"].as_str()), (Code::SESSION_NOT_ERASED, "key"));
    assert_eq!(key.with["cause"], Code::KEY_STORE_LOCKED.to_string());
    assert!(!file.exists(), "what could be erased is gone");
    assert_eq!(said(&locked()).with["reason"], "key", "still there at the next try");
    here(folder.path()).erase(&slot()).unwrap();
}

#[test]
fn a_session_in_memory_ends_without_the_key_store_that_was_away() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Failing(KeyVaultError::Missing);
    let vault = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), Box::new(missing));
    assert_eq!(vault.keep(&lease("sandbox"), &assertion(), &History::default()).stored, Stored::Memory);
    vault.erase(&slot()).unwrap();
    assert!(vault.open(&slot()).unwrap().is_none());
}

/// A key store that would ask a person for its password.
struct Asking(FileKeys);

impl KeyVault for Asking {
    fn stored(&self) -> Stored {
        Stored::Os
    }
    fn get(&self, _: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        panic!("somebody was asked")
    }
    fn would_ask(&self, _: &SlotId) -> bool {
        true
    }
    fn put(&self, slot: &SlotId, key: &LeaseKey) -> Result<(), KeyVaultError> {
        self.0.put(slot, key)
    }
    fn forget(&self, slot: &SlotId) -> Result<(), KeyVaultError> {
        self.0.forget(slot)
    }
}

#[test]
fn a_lease_that_is_looked_for_again_makes_nobody_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    let keys = Box::new(Asking(FileKeys::new(folder.path())));
    let vault = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), keys);
    assert_eq!(refused(vault.open_quietly(&slot())), Code::KEY_STORE_LOCKED);
    assert!(here(folder.path()).open_quietly(&slot()).unwrap().is_some());
}

fn history(attempts: i64) -> History {
    let mut history = History::default();
    for n in 0..attempts {
        let planned = lease("sandbox").issued_at + jiff::SignedDuration::from_mins(n);
        history.tried(Attempt { planned, at: planned, code: Code::STS_UNREACHABLE, not_before: None });
    }
    history
}

#[test]
fn attempts_are_kept_beside_the_token_which_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &history(1)).unwrap();
    let file = folder.path().join("sessions").join(format!("{}.lease", slot().as_str()));
    for attempts in [2, 3, 3, 4] {
        let before = std::fs::read(&file).unwrap();
        assert!(here(folder.path()).rewrite(&slot(), &lease("sandbox").id, &history(attempts)).unwrap());
        let found = here(folder.path()).open(&slot()).unwrap().unwrap();
        assert_eq!((found.lease, found.history), (lease("sandbox"), history(attempts)));
        assert_eq!(found.assertion.reveal(), assertion().reveal());
        assert_ne!(std::fs::read(&file).unwrap(), before, "sealed anew, also what did not change");
    }
    assert_eq!(
        disk::names(&folder.path().join("sessions")).unwrap().len(),
        1,
        "no other file is left behind"
    );
}

#[test]
fn what_was_tried_with_one_token_is_never_written_beside_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let vault = here(folder.path());
    let old = lease("sandbox").id;
    assert!(!vault.rewrite(&slot(), &old, &history(1)).unwrap(), "there is none");
    let next = TokenLease { id: LeaseId("1".repeat(32)), ..lease("sandbox") };
    vault.seal(&next, &assertion(), &History::default()).unwrap();
    assert!(!vault.rewrite(&slot(), &old, &history(1)).unwrap(), "another one");
    let found = vault.open(&slot()).unwrap().unwrap();
    assert_eq!((found.lease, found.history), (next, History::default()));
}

#[test]
fn a_session_in_memory_keeps_its_history_there() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), Box::new(MemoryKeys));
    vault.seal(&lease("sandbox"), &assertion(), &History::default()).unwrap();
    assert!(vault.rewrite(&slot(), &lease("sandbox").id, &history(2)).unwrap());
    assert_eq!(vault.open(&slot()).unwrap().unwrap().history, history(2));
    assert!(!vault.rewrite(&slot(), &LeaseId("1".repeat(32)), &history(3)).unwrap());
    assert_eq!(vault.open(&slot()).unwrap().unwrap().history, history(2));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_history_that_cannot_be_written_leaves_the_one_before_and_asks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    here(folder.path()).seal(&lease("sandbox"), &assertion(), &history(1)).unwrap();
    for keys in [
        Box::new(Asking(FileKeys::new(folder.path()))) as Box<dyn KeyVault>,
        Box::new(Failing(KeyVaultError::Locked)),
    ] {
        let vault = Vault::new(folder.path(), environment("sandbox"), owner("1000", "m"), keys);
        let refused = vault.rewrite(&slot(), &lease("sandbox").id, &history(2)).unwrap_err();
        assert_eq!(refused.problem().code, Code::KEY_STORE_LOCKED);
    }
    let other = vault(folder.path(), "sandbox", owner("1001", "m"));
    let refused = other.rewrite(&slot(), &lease("sandbox").id, &history(2)).unwrap_err();
    assert_eq!(refused.problem().code, Code::LEASE_FOREIGN);
    assert_eq!(here(folder.path()).open(&slot()).unwrap().unwrap().history, history(1));
}
