//! Lease keys and remembered passwords in a real Secret Service: gnome-keyring on a session bus of the test's own, with a home of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "keyring/locked.rs"]
mod locked;
#[path = "keyring/remembered.rs"]
mod remembered;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use relais_core::Code;
use relais_core::environment::EnvironmentName;
use relais_core::lease::{Stored, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::session::history::History;
use relais_keystore::vault::{Kept, Owner, PATIENCE};
use relais_keystore::{InstallKey, OsKeys, Vault};

/// For the processes below: the data folder, and what they are to find.
const FOLDER: &str = "RELAIS_KEYRING_TEST_FOLDER";
const EXPECTED: &str = "RELAIS_KEYRING_TEST_EXPECTED";
const IMPATIENT: &str = "RELAIS_KEYRING_TEST_IMPATIENT";

/// Starts gnome-keyring with an unlocked login keyring and waits until it answers; `at_end` stops it.
const KEYRING: &str = r#"
printf 'a password' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
trap 'kill $keyring' EXIT
gdbus wait --session --timeout 20 org.freedesktop.secrets
"#;

/// Locks the login keyring.
const LOCK: &str = "
dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
  org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
";

struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// A bus with further rules, and perhaps a program that is started for the Secret Service.
    fn new(rules: &str, activated: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        for name in ["home", "run", "services", "data"] {
            std::fs::create_dir(path.join(name)).unwrap();
        }
        let config = include_str!("ks_session.conf").replace("FOLDER", path.to_str().unwrap());
        std::fs::write(path.join("session.conf"), config.replace("<!-- RULES -->", rules)).unwrap();
        if let Some(program) = activated {
            let service = format!("[D-BUS Service]\nName=org.freedesktop.secrets\nExec={program}\n");
            std::fs::write(path.join("services").join("secrets.service"), service).unwrap();
        }
        Self { folder }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a shell script on the private bus; `seal`, `reopen`, `refused CODE` and `told CODE` are
    /// processes of their own.
    fn run(&self, script: &str) {
        let path = self.folder.path();
        let script = format!(
            "set -e\nseal() {{ {}; }}\nreopen() {{ {}; }}\ntold() {{ {EXPECTED}=$1 {}; }}\n\
             refused() {{ {EXPECTED}=$1 {}; }}\n{script}",
            process("process_that_seals"),
            process("process_that_reopens"),
            process("process_that_is_told"),
            process("process_that_is_refused"),
        );
        let out = Command::new("dbus-run-session")
            .arg("--config-file")
            .arg(path.join("session.conf"))
            .args(["--", "sh", "-c", &script])
            .env("HOME", path.join("home"))
            .env("XDG_RUNTIME_DIR", path.join("run"))
            .env("XDG_DATA_HOME", path.join("home"))
            .env(FOLDER, self.data())
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = [out.stdout.as_slice(), &out.stderr].concat();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&said));
    }
}

/// How a shell starts one of the processes below.
fn process(name: &str) -> String {
    format!("'{}' --exact {name} --ignored --nocapture", std::env::current_exe().unwrap().display())
}

fn vault() -> Vault {
    let folder = std::env::var_os(FOLDER).unwrap();
    let folder = Path::new(&folder);
    let environment = EnvironmentName::parse("sandbox").unwrap();
    let patience = std::env::var_os(IMPATIENT).map_or(PATIENCE, |_| Duration::from_millis(300));
    let keys =
        OsKeys::new(&environment, &InstallKey::load_or_create(folder).unwrap()).with_patience(patience);
    Vault::new(folder, environment, Owner::of_this_process(), Box::new(keys))
}

fn lease() -> TokenLease {
    serde_json::from_value(serde_json::json!({
        "id": "0".repeat(32), "person": {"name": "Claire Lambert", "slot": "a".repeat(32)}, "means": "eid",
        "quality": "doctor", "environment": "sandbox", "issued_at": "2026-03-02T07:00:00Z",
        "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
    }))
    .unwrap()
}

fn assertion() -> SecretBytes {
    SecretBytes::new(b"<Assertion>canary 73519264</Assertion>".to_vec())
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_seals() {
    assert_eq!(
        vault().keep(&lease(), &assertion(), &History::default()),
        Kept { stored: Stored::Os, warning: None }
    );
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_reopens() {
    let found = vault().open(&lease().person.slot).unwrap().unwrap();
    assert_eq!(found.lease, lease());
    assert_eq!(found.assertion, assertion());
}

fn expected() -> Code {
    Code::parse(&std::env::var(EXPECTED).unwrap()).unwrap()
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_is_refused() {
    assert_eq!(vault().open(&lease().person.slot).unwrap_err().problem().code, expected());
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_is_told() {
    let (vault, expected) = (vault(), expected());
    if !vault.list().unwrap().is_empty() {
        assert_eq!(vault.open(&lease().person.slot).unwrap_err().problem().code, expected);
    }
    let kept = vault.keep(&lease(), &assertion(), &History::default());
    assert_eq!(kept, Kept { stored: Stored::Memory, warning: Some(expected.into()) });
    assert_eq!(vault.open(&lease().person.slot).unwrap().unwrap().lease, lease(), "held in memory");
}

#[test]
fn a_lease_survives_the_process_and_its_key_is_with_the_operating_system() {
    let world = World::new("", None);
    world.run(&format!("{KEYRING} seal; reopen; seal; reopen"));
    assert!(!world.data().join("keys").exists());
    let file =
        std::fs::read(world.data().join("sessions").join(format!("{}.lease", "a".repeat(32)))).unwrap();
    assert!(!String::from_utf8_lossy(&file).contains("canary"));
    // The key was in that key store: with another one the file is noise.
    std::fs::remove_dir_all(world.folder.path().join("home").join("keyrings")).unwrap();
    world.run(&format!("{KEYRING} refused 2203"));
}

#[test]
fn a_locked_key_store_is_told_and_the_session_goes_on_in_memory() {
    World::new("", None).run(&format!("{KEYRING} seal; {LOCK} told 6003"));
}

#[test]
fn a_missing_key_store_is_told_and_the_session_goes_on_in_memory() {
    World::new("", None).run("told 6002");
    World::new("", None).run(
        "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus; export DBUS_SESSION_BUS_ADDRESS; told 6002",
    );
}

#[test]
fn a_key_store_that_denies_is_told_and_the_session_goes_on_in_memory() {
    let rule = r#"<deny send_destination="org.freedesktop.secrets" send_interface="org.freedesktop.Secret.Service"/>"#;
    World::new(rule, None).run(&format!("{KEYRING} told 6004"));
}

#[test]
fn a_key_store_that_never_answers_counts_as_locked() {
    World::new("", Some("/bin/sh -c \"exec sleep 10 >/dev/null 2>&1\""))
        .run(&format!("export {IMPATIENT}=1; told 6003"));
}

#[test]
fn leases_and_keys_are_for_this_user_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new("", None);
    world.run(&format!("umask 000; {KEYRING} seal"));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let sessions = world.data().join("sessions");
    assert_eq!((mode(&world.data()), mode(&sessions)), (0o700, 0o700));
    assert_eq!(mode(&sessions.join(format!("{}.lease", "a".repeat(32)))), 0o600);
    assert_eq!(mode(&world.data().join("install.key")), 0o600);
}
