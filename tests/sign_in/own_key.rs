//! The own encryption key comes by itself after a sign-in and is there when the depot is not (requirement D-26).

use std::process::Command;

use jiff::Timestamp;
use relais_core::lease::SlotId;
use relais_engine::view::continuity::HealthView;
use relais_host::etk_ask;
use relais_host::etk_cache::EtkCache;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::{Act, Place};
use serde_json::Value;

use super::continuity::{function, seen, seen_at_rest};
use super::*;

const DEPOT: &str = "uddi:ehealth-fgov-be:business:etkdepot:v1";
/// Minutes after which it was asked for, however late chance makes that.
const ASKED: i64 = 11;

fn person(relais: &Running) -> SlotId {
    relais.handle.state().person_in_use().unwrap()
}

/// When the depot said the key that is kept of whoever signed in.
fn kept(relais: &Running, practice: &Practice) -> Option<Timestamp> {
    let (profile, folder) = (&relais.profile, &relais.folders.environment);
    let slot = person(relais);
    let whom = etk_ask::owner(profile, folder, &practice.house.keystores(), Some(&slot)).unwrap();
    EtkCache::find(folder, profile.name.clone()).unwrap()?.seen(&whom).unwrap()
}

/// Waits until one is kept that the depot said after `before`.
async fn kept_after(relais: &Running, practice: &Practice, before: Option<Timestamp>) -> Timestamp {
    let found = async {
        loop {
            if let Some(at) = kept(relais, practice).filter(|at| Some(*at) > before) {
                return at;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), found).await.expect("it was never kept")
}

/// Waits until a call of the depot was heard by the watch; gives what is said of it.
async fn called(relais: &Running) -> HealthView {
    seen(relais, |_| function(relais, "encryption-known").real.at.is_some()).await;
    function(relais, "encryption-known").real.health
}

/// What `etk show` says of the own key, as a person asks on this PC.
async fn shown(relais: &Running, practice: &Practice) -> Value {
    let home = practice.folder.path().join("home");
    std::fs::create_dir_all(home.join("ehealth")).unwrap();
    std::os::unix::fs::symlink(practice.house.keystores(), home.join("ehealth/keystore")).unwrap();
    let program = std::env::var_os("RELAIS_CTL").map_or_else(
        || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("relaisctl"),
        PathBuf::from,
    );
    let mut command = Command::new(program);
    command.args(["etk", "show", "--json", "--person", person(relais).as_str(), "--data-dir"]);
    command.arg(&practice.data).arg("--profile").arg(practice.house.profile_path()).env("HOME", home);
    let done = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_kept_after_a_sign_in_with_the_card_alone_and_shown_with_its_age_when_the_depot_is_gone() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    seen(&relais, |state| state.list().is_some()).await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    assert_eq!(kept(&relais, &practice), None, "no sign-in waits for it");
    practice.passes(ASKED);
    let said = kept_after(&relais, &practice, None).await;
    assert_eq!(called(&relais).await, HealthView::Operational, "its tile tells by a real call");
    for zone in [Zone::Main, Zone::Backup] {
        practice.act(Act::Lose(zone)).await;
    }
    practice.passes(90);
    let own = shown(&relais, &practice).await;
    assert_eq!(own["from"], "kept", "{own}");
    let age = relais.handle.now().wall.duration_since(said).as_secs();
    assert!(age >= 90 * 60 && own["age_seconds"].as_i64() == Some(age), "{age}: {own}");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_depot_that_fails_is_seen_on_its_tile_troubles_nobody_and_is_asked_again() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    seen(&relais, |state| state.list().is_some()).await;
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    let warned = relais.handle.state().warnings.clone();
    for zone in [Zone::Main, Zone::Backup] {
        practice.act(Act::Break(Place { service: DEPOT.into(), zone })).await;
    }
    practice.passes(ASKED);
    called(&relais).await;
    assert_eq!(kept(&relais, &practice), None);
    let state = relais.handle.state();
    assert_eq!((&state.errand, &state.warnings), (&Errand::Idle, &warned), "nobody is told");
    practice.act(Act::AllWell).await;
    // What is asked again after a quarter of an hour is at the latest after one and a fifth.
    practice.passes(20);
    kept_after(&relais, &practice, None).await;
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in"], "and nothing is written down");
}

#[tokio::test(flavor = "multi_thread")]
async fn that_of_an_organisation_comes_too_and_a_renewal_fetches_no_other() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    let Settled::Open(first) = organisation::opened(&relais, &practice).await else { panic!("no session") };
    practice.passes(ASKED);
    let said = kept_after(&relais, &practice, None).await;
    practice.passes(12 * 60);
    until(&relais, |state| state.session.open().is_some_and(|open| open.lease.id != first.lease.id)).await;
    practice.passes(ASKED);
    seen_at_rest(&relais).await;
    assert_eq!(kept(&relais, &practice), Some(said), "a renewal is no new sign-in");
    relais.stop().await;
}

/// Half a day passes, and with it the token of an organisation, which renews itself.
async fn half_a_day(relais: &Running, practice: &Practice) {
    let before = relais.handle.state().session.open().unwrap().lease.id.clone();
    practice.passes(12 * 60);
    until(relais, |state| state.session.open().is_some_and(|open| open.lease.id != before)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_asked_for_once_a_day_and_by_a_pc_that_was_cut_off_as_soon_as_it_is_back() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    assert!(matches!(organisation::opened(&relais, &practice).await, Settled::Open(_)));
    practice.passes(ASKED);
    let first = kept_after(&relais, &practice, None).await;
    half_a_day(&relais, &practice).await;
    assert_eq!(kept(&relais, &practice), Some(first), "once a day");
    half_a_day(&relais, &practice).await;
    practice.passes(65);
    let second = kept_after(&relais, &practice, Some(first)).await;

    half_a_day(&relais, &practice).await;
    practice.passes(9 * 60);
    practice.house.served().cut_off(true).await;
    practice.passes(7);
    seen(&relais, |state| state.offline_since().is_some()).await;
    practice.passes(4 * 60);
    seen_at_rest(&relais).await;
    // What was due meanwhile is due still, and needs no quarter of an hour to be seen.
    practice.house.served().cut_off(false).await;
    practice.passes(2);
    seen(&relais, |state| state.offline_since().is_none()).await;
    let third = kept_after(&relais, &practice, Some(second)).await;
    assert!(third.duration_since(second) > jiff::SignedDuration::from_hours(24), "{second} {third}");
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_the_card_alone_that_is_found_again_names_its_person_itself() {
    let practice = Practice::new().await;
    let nowhere = practice.folder.path().join("no-keystores");
    std::fs::create_dir(&nowhere).unwrap();
    let without = || {
        let keystores = KeystorePlace::Folder(nowhere.clone());
        start(Parts { keystores, ..practice.parts(KeyStoreChoice::File) })
    };
    let relais = without().await.unwrap();
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    relais.stop().await;
    let relais = without().await.unwrap();
    assert!(relais.handle.state().session.open().is_some_and(|open| open.restored));
    assert_eq!(kept(&relais, &practice), None);
    practice.passes(ASKED);
    kept_after(&relais, &practice, None).await;
    relais.stop().await;
}
