//! A disk that is full during a whole sign-in (fault F16): the real database and folder, on a small file system of
//! their own in a mount namespace of their own.

use std::io::Write;
use std::process::{Command, Stdio};

use relais_sandbox::clock::Turn;

use super::*;

/// For the process below: where the small disk is.
const DISK: &str = "RELAIS_TEST_SMALL_DISK";

/// Fills the disk to the last byte.
fn fill(disk: &Path) -> std::path::PathBuf {
    let path = disk.join("ballast");
    let mut file = std::fs::File::create(&path).unwrap();
    for size in [4096, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

fn waits(state: &State) -> bool {
    state.warnings.iter().any(|warning| warning.code == Code::JOURNAL_WAITING)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the test below"]
async fn process_with_a_small_disk() {
    let disk = std::path::PathBuf::from(std::env::var_os(DISK).unwrap());
    let mut practice = Practice::new().await;
    practice.data = disk.clone();
    let relais = practice.relais().await;
    let ballast = fill(&disk);

    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    assert_eq!(open.stored, Stored::Memory);
    let state = relais.handle.state();
    for code in [Code::DISK_FULL, Code::JOURNAL_WAITING] {
        assert!(state.warnings.iter().any(|warning| warning.code == code), "{code}: {:?}", state.warnings);
    }
    assert_eq!(practice.verifies(), 1);

    std::fs::remove_file(ballast).unwrap();
    practice.house.clock().turn(Turn::all(relais_core::session::AGAIN));
    until(&relais, |state| !waits(state)).await;
    assert!(relais.handle.state().session.open().is_some());
    relais.stop().await;
    assert_eq!(practice.journal(), ["journal-waited", "signed-in"]);
}

#[test]
fn a_full_disk_costs_no_session_and_the_journal_says_what_waited() {
    let folder = tempfile::tempdir().unwrap();
    let namespaces = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let script = format!("mount -t tmpfs -o size=1m none \"${DISK}\" && exec \"$0\" \"$@\"");
    let ran = Command::new("unshare")
        .args([namespaces, "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "full_disk::process_with_a_small_disk", "--ignored", "--nocapture"])
        .env(DISK, folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("unshare (util-linux) starts");
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}
