//! The two clocks of the kernel itself, moved under the program: the wall clock by libfaketime, the boot clock by a time
//! namespace. So what the matrix in turned time proves is known to be read from the right clocks (fault F14).

use std::process::{Command, Stdio};

use super::clocks::without_card;
use super::*;

/// For the process below: the profile, and the data folder.
const PROFILE: &str = "RELAIS_TEST_PROFILE";
const DATA: &str = "RELAIS_TEST_DATA";

/// The parts of a Relais that lives by the clocks of the kernel.
fn real(parts: Parts) -> Parts {
    Parts { time: Time::of_this_pc(), ..parts }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the tests below"]
#[allow(clippy::print_stdout, reason = "another process hears it there")]
async fn process_that_looks() {
    let told = |name: &str| PathBuf::from(std::env::var_os(name).unwrap());
    let parts = Parts {
        profile: Profile::load(&told(PROFILE)).unwrap(),
        data_root: Some(told(DATA)),
        backend: Arc::new(|| Box::new(VirtualReader::new(READER))),
        keystores: KeystorePlace::Folder(told(DATA)),
        key_store: KeyStoreChoice::File,
        time: Time::of_this_pc(),
        language: Language::Fr,
        calls: Calls::default(),
        typed_readers: BTreeSet::new(),
        habits: Habits::usual(TimeZone::UTC),
        watch: false,
    };
    let relais = start(parts).await.unwrap();
    let state = relais.handle.state();
    let now = state.platform_moment(relais.handle.now());
    let left =
        state.session.open().filter(|open| open.usable(now)).map_or(0, |open| open.left(now).as_secs());
    println!("\nLEFT {left}");
    relais.stop().await;
}

/// Seconds that are left of a session for a Relais that is started like this on a copy of the data folder.
fn left_by(practice: &Practice, before: &[&str]) -> i64 {
    let copied = tempfile::tempdir_in(practice.folder.path()).unwrap();
    super::clocks::copy(&practice.data, copied.path());
    let test = std::env::current_exe().unwrap();
    let ran = Command::new(before[0])
        .args(&before[1..])
        .arg(test)
        .args(["--exact", "real_clocks::process_that_looks", "--ignored", "--nocapture"])
        .env(PROFILE, practice.house.profile_path())
        .env(DATA, copied.path())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", before[0]));
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    let left = told.lines().find_map(|line| line.strip_prefix("LEFT ")).unwrap_or_else(|| panic!("{told}"));
    left.parse().unwrap()
}

/// An hour and the twelve of a session without the card, in seconds.
const HOUR: i64 = 3_600;
const TWELVE: i64 = 12 * HOUR;

async fn practice_without_card() -> Practice {
    let practice = Practice::new().await;
    let world = relais_sandbox::World::open(&practice.world(), practice.house.clock().clone()).unwrap();
    let keystores = KeystorePlace::File(world.people().doctor().keystore.clone());
    let relais = start(Parts { keystores, ..real(practice.parts(KeyStoreChoice::File)) }).await.unwrap();
    assert!(matches!(without_card(&relais, &practice).await, Settled::Open(_)));
    relais.stop().await;
    practice
}

fn about(left: i64, expected: i64) {
    assert!((expected - 120..=expected + 60).contains(&left), "{left} s instead of {expected}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_clock_of_the_kernel_ahead_ends_work_without_the_card_and_one_set_back_stretches_nothing() {
    let practice = practice_without_card().await;
    let by = |ahead: &str| {
        left_by(&practice, &["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-m", "-f", ahead])
    };
    about(left_by(&practice, &["env"]), TWELVE);
    about(by("+1h"), TWELVE - HOUR);
    assert_eq!(by("+13h"), 0);
    assert_eq!(by("+366d"), 0);
    about(by("-13h"), TWELVE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_boot_clock_of_the_kernel_ahead_ends_work_without_the_card() {
    let practice = practice_without_card().await;
    let user = if rustix::process::geteuid().is_root() { "--time" } else { "-rT" };
    let by = |seconds: i64| {
        left_by(&practice, &["unshare", user, "--boottime", &seconds.to_string(), "--fork", "env"])
    };
    about(by(HOUR), TWELVE - HOUR);
    assert_eq!(by(13 * HOUR), 0);
}
