//! P12, its idle part: how often a Relais with an open session wakes up while nobody does anything, and what that takes of
//! the processor. The sandbox is in the same process and asleep; its wake-ups are counted, too, so the truth is less.
//! Source: docs/reference/performance.md.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use relais_benches::{Counted, Row, Spent, report};
use relais_core::lease::Means;
use relais_core::secret::Pin;
use relais_core::session::renewal::Habits;
use relais_core::session::{Ask, Errand};
use relais_engine::Settled;
use relais_host::clock::Time;
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::house::House;
use rustix::time::{ClockId, clock_gettime};

/// How long nobody does anything.
const STILL: Duration = Duration::from_secs(60);

/// Wake-ups of all threads so far: each time one slept, it was woken.
fn wake_ups() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let slept = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        line.trim().parse::<usize>().unwrap()
    };
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.unwrap().path().join("status")).ok())
        .map(slept)
        .sum()
}

fn processor() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

async fn signed_in(house: &House, folder: &std::path::Path) -> Running {
    let readers = house.readers().clone();
    let parts = Parts {
        profile: Profile::load(house.profile_path()).unwrap(),
        data_root: Some(folder.to_owned()),
        backend: Arc::new(move || Box::new(readers.clone())),
        keystores: KeystorePlace::Folder(house.keystores()),
        key_store: KeyStoreChoice::File,
        time: Time::of_this_pc(),
        language: Language::Fr,
        calls: Calls::default(),
        typed_readers: BTreeSet::new(),
        habits: Habits::usual(TimeZone::UTC),
        watch: true,
    };
    let relais = start(parts).await.unwrap();
    relais.handle.sign_in(Ask::by(Means::EidOnly)).await.unwrap();
    let mut states = relais.handle.states();
    states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.unwrap();
    let pin = Pin::from_ascii(house.pin().as_bytes()).unwrap();
    relais.handle.give_pin(relais.handle.question().unwrap(), pin).await.unwrap();
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    relais
}

#[tokio::main]
async fn main() {
    if !relais_benches::is_asked_for() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(&folder.path().join("world")).await.unwrap();
    let relais = signed_in(&house, &folder.path().join("data")).await;
    // Threads that wait for more work after the sign-in are gone by then.
    tokio::time::sleep(Duration::from_secs(15)).await;
    let (woken, worked) = (wake_ups(), processor());
    tokio::time::sleep(STILL).await;
    let (woken, worked) = (wake_ups() - woken, processor() - worked);
    relais.stop().await;
    let seconds = usize::try_from(STILL.as_secs()).unwrap();
    let rows = [
        Counted {
            goal: "P12",
            path: "wake-ups of an idle Relais with an open session",
            peer: "a second",
            unit: "in a minute",
            ours: woken,
            theirs: seconds,
            most: seconds,
        }
        .line(),
        Row {
            goal: "P12",
            path: "processor time of it",
            limit: "the time that passed",
            ours: Spent { least: worked, median: worked },
            theirs: Spent { least: STILL, median: STILL },
            wanted: "< 0.001",
        }
        .line(),
    ];
    report(&rows).unwrap();
}
