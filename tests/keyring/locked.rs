//! A session whose key store is locked at the start of Relais: told, and found again once somebody unlocks it.

use relais_core::lease::Means;
use relais_core::session::{AGAIN, Ask, Errand};
use relais_engine::Settled;
use relais_sandbox::clock::Turn;
use relais_sandbox::house::House;

use super::remembered::{folder, relais, until};
use super::*;

/// Runs a few words of a shell on the bus of this process.
fn shell(words: &str) {
    let script = format!("set -e\n{words}");
    let done = Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).status().unwrap();
    assert!(done.success(), "{words}");
}

/// Another keyring in place of the locked one, opened with the password of the person.
const UNLOCK: &str = "
printf 'a password' | gnome-keyring-daemon --replace --foreground --unlock --components=secrets >/dev/null 2>&1 &
gdbus wait --session --timeout 20 org.freedesktop.secrets
";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the test below"]
async fn process_that_finds_its_session_behind_a_lock() {
    let house = House::open(&folder().join("world")).await.unwrap();
    let first = relais(&house).await;
    let ask = Ask::by(Means::EidOnly);
    first.handle.sign_in(ask).await.unwrap();
    until(&first, |state| matches!(state.errand, Errand::Pin(_))).await;
    let pin = relais_core::secret::Pin::from_ascii(house.pin().as_bytes()).unwrap();
    first.handle.give_pin(first.handle.question().unwrap(), pin).await.unwrap();
    let Settled::Open(open) = first.handle.settled().await else { panic!("no session") };
    assert_eq!(open.stored, Stored::Os);
    first.stop().await;

    shell(LOCK);
    let again = relais(&house).await;
    let told = |code: Code| again.handle.state().warnings.iter().any(|warning| warning.code == code);
    assert!(again.handle.state().session.open().is_none());
    assert!(told(Code::SESSION_LOCKED_AWAY), "{:?}", again.handle.state().warnings);

    // A change of key store would leave the session behind for good, so there is none.
    let moved = again.keeper().choose(relais_host::preferences::KeyStoreChoice::File).await;
    assert_eq!(moved.unwrap_err().code, Code::KEY_STORE_LOCKED);

    shell(UNLOCK);
    // Whatever the first look came upon, each further half minute is one more.
    let mut states = again.handle.states();
    let found = async {
        loop {
            house.clock().turn(Turn::all(AGAIN));
            let open = states.wait_for(|state| state.session.open().is_some());
            if let Ok(state) = tokio::time::timeout(Duration::from_secs(2), open).await {
                break state.unwrap().session.open().unwrap().lease.id.clone();
            }
        }
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(60), found).await.unwrap(), open.lease.id);
    assert!(!told(Code::SESSION_LOCKED_AWAY));
    again.stop().await;
}

#[test]
fn a_session_behind_a_locked_key_store_is_told_and_found_once_it_is_unlocked() {
    let find = process("locked::process_that_finds_its_session_behind_a_lock");
    World::new("", None).run(&format!("{KEYRING} {find}; trap - EXIT"));
}
