//! A disk that takes nothing during a whole sign-in (fault F16): one that is full, or has no file left to give, on a small
//! file system in a mount namespace of its own; one that became read-only, or whose quota is used up, by the error numbers
//! of the kernel, put in front of the C library: no test can make a file system read-only under a file that is open.

use std::io::Write;
use std::process::{Command, Stdio};

use relais_sandbox::clock::Turn;

use super::clocks::without_card;
use super::shim::{Broken, Deed};
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

/// Makes empty files until the disk has none left to give.
fn use_up_files(disk: &Path) -> std::path::PathBuf {
    let folder = disk.join("ballast");
    std::fs::create_dir(&folder).unwrap();
    let made = (0..10_000).take_while(|n| std::fs::File::create(folder.join(n.to_string())).is_ok()).count();
    assert!(made < 10_000, "a limit");
    folder
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the test below"]
async fn process_without_a_file_left() {
    let disk = std::path::PathBuf::from(std::env::var_os(DISK).unwrap());
    let mut practice = Practice::new().await;
    practice.data = disk.clone();
    let relais = practice.relais().await;
    let ballast = use_up_files(&disk);
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    assert_eq!(open.stored, Stored::Memory);
    assert!(relais.handle.state().warnings.iter().any(|warning| warning.code == Code::DISK_FULL));

    std::fs::remove_dir_all(ballast).unwrap();
    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    assert_eq!(open.stored, Stored::File, "it recovers by itself");
    assert!(!relais.handle.state().warnings.iter().any(|warning| warning.code == Code::DISK_FULL));
    relais.stop().await;
    assert_eq!(practice.journal().iter().filter(|it| *it == "signed-in").count(), 2);
}

/// For the process below: the file that makes its disk refuse, and with which error number.
const REFUSES: &str = "RELAIS_SHIM_REFUSES";
const NUMBER: &str = "RELAIS_TEST_ERROR_NUMBER";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the tests below"]
async fn process_whose_disk_refuses() {
    let told = |name: &str| std::path::PathBuf::from(std::env::var_os(name).unwrap());
    let mut practice = Practice::new().await;
    practice.data = told(DISK);
    let relais = practice.of_the_doctor().await;
    std::fs::write(told(REFUSES), told(NUMBER).as_os_str().as_encoded_bytes()).unwrap();

    let Settled::Open(open) = sign_in(&relais, &practice, Means::EidOnly).await else { panic!("no session") };
    assert_eq!(open.stored, Stored::Memory);
    let said = |code| relais.handle.state().warnings.iter().any(|warning| warning.code == code);
    let quota = told(NUMBER) == Path::new(&rustix::io::Errno::DQUOT.raw_os_error().to_string());
    let why = if quota { Code::DISK_FULL } else { Code::DATA_FOLDER };
    assert!(said(why) && said(Code::JOURNAL_WAITING), "{:?}", relais.handle.state().warnings);
    assert_eq!(practice.verifies(), 1);
    relais.handle.tell(Event::SignOutAsked).await.unwrap();
    let fallback = without_card(&relais, &practice).await;
    assert!(matches!(fallback, Settled::Open(_)), "{fallback:?}");

    std::fs::remove_file(told(REFUSES)).unwrap();
    practice.house.clock().turn(Turn::all(relais_core::session::AGAIN));
    until(&relais, |state| !waits(state)).await;
    assert!(relais.handle.state().session.open().is_some());
    relais.stop().await;
    let journal = practice.journal();
    assert_eq!(journal[..2], ["journal-waited", "signed-in"], "{journal:?}");
    assert_eq!(journal.iter().filter(|it| *it == "signed-in").count(), 2, "{journal:?}");
}

/// A disk that answers every write with this error number.
fn refusing_with(number: rustix::io::Errno) {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let ran = Broken::test("full_disk::process_whose_disk_refuses")
        .at(&disk, Deed::Fail, 0)
        .with(REFUSES, folder.path().join("refuses"))
        .with(NUMBER, number.raw_os_error().to_string())
        .with(DISK, &disk)
        .run();
    passed(&ran);
}

fn passed(ran: &std::process::Output) {
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}

/// Runs one of the processes above on a small file system of its own.
fn on_a_disk_with(limit: &str, process: &str) {
    let folder = tempfile::tempdir().unwrap();
    let namespaces = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let script = format!("mount -t tmpfs -o {limit} none \"${DISK}\" && exec \"$0\" \"$@\"");
    let ran = Command::new("unshare")
        .args([namespaces, "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", process, "--ignored", "--nocapture"])
        .env(DISK, folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("unshare (util-linux) starts");
    passed(&ran);
}

#[test]
fn a_full_disk_costs_no_session_and_the_journal_says_what_waited() {
    on_a_disk_with("size=1m", "full_disk::process_with_a_small_disk");
}

#[test]
fn a_disk_without_a_file_left_costs_no_session_and_the_next_one_is_stored_again() {
    on_a_disk_with("size=16m,nr_inodes=64", "full_disk::process_without_a_file_left");
}

#[test]
fn a_disk_that_became_read_only_costs_no_session_and_the_journal_says_what_waited() {
    refusing_with(rustix::io::Errno::ROFS);
}

#[test]
fn a_quota_that_is_used_up_costs_no_session_and_the_journal_says_what_waited() {
    refusing_with(rustix::io::Errno::DQUOT);
}
