//! What was, kept over a restart and shown: a zone that is lost and comes back, a PC that was off in between, and the record
//! that is given away.

use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use relais_core::continuity::health::Health;
use relais_core::continuity::record::Deed;
use relais_core::continuity::route::{By, Manual};
use relais_engine::view::continuity::{DepartureView, HealthView, PastView};
use relais_host::continuity::SIGN_IN;
use relais_host::past::PastBook;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::{Act, Place};
use serde_json::Value;

use super::continuity::{health, is, seen, seen_at_rest};
use super::*;

const HOUR: f64 = 3_600_000.0;

fn book(relais: &Running) -> PastBook {
    relais.past().unwrap()
}

async fn past(relais: &Running) -> PastView {
    book(relais).view().await.unwrap()
}

fn now(relais: &Running) -> Timestamp {
    relais.services().unwrap().handle().now().wall
}

/// Minute after minute passes until the sign-in service is known to be, or not to be, on its normal road.
async fn becomes(relais: &Running, practice: &Practice, wanted: impl Fn(Health) -> bool) {
    for _ in 0..40 {
        let state = relais.services().unwrap().handle().state();
        if wanted(health(&state, "auth", now(relais))) {
            return;
        }
        practice.passes(1);
        seen_at_rest(relais).await;
    }
    panic!("never: {:?}", past(relais).await.departures);
}

fn off_its_road(health: Health) -> bool {
    !matches!(health, Health::Unknown | Health::Operational)
}

/// Departures of the sign-in service that are known to be some.
fn of_sign_in(past: &PastView) -> Vec<&DepartureView> {
    let known = |one: &&DepartureView| one.function == "auth" && one.state != HealthView::Unknown;
    past.departures.iter().filter(known).collect()
}

/// Waits until this is written down.
async fn written(relais: &Running, wanted: impl Fn(&PastView) -> bool) -> PastView {
    let all = async {
        loop {
            let past = past(relais).await;
            if wanted(&past) {
                return past;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), all).await.expect("it was never written")
}

/// What `relaisctl journal verify` says of a file, and how it ends.
fn judged(file: &Path) -> (Option<i32>, Value) {
    let program = std::env::var_os("RELAIS_CTL").map_or_else(
        || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("relaisctl"),
        PathBuf::from,
    );
    let data = file.with_extension("data");
    let done = Command::new(program)
        .args(["journal", "verify", "--json", "--environment", "acceptance", "--data-dir"])
        .args([data.as_os_str(), file.as_os_str()])
        .output()
        .unwrap();
    let said = serde_json::from_slice(&done.stdout);
    (done.status.code(), said.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr))))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_over_a_restart_is_shown_with_its_gap_and_its_record_is_genuine_until_a_byte_changes() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    becomes(&relais, &practice, |health| health == Health::Operational).await;
    practice.passes(30);
    seen_at_rest(&relais).await;
    practice.act(Act::Lose(Zone::Main)).await;
    practice.act(Act::PublishAll(Zone::Backup)).await;
    becomes(&relais, &practice, off_its_road).await;
    let going = written(&relais, |past| of_sign_in(past).len() == 1).await;
    assert_eq!(of_sign_in(&going)[0].until, None, "it goes on");
    assert!(!of_sign_in(&going)[0].seen.is_empty(), "somebody says so");
    book(&relais).printed("auth").await.unwrap();
    relais.stop().await;

    practice.passes(120);
    let relais = practice.relais().await;
    becomes(&relais, &practice, off_its_road).await;
    practice.act(Act::AllWell).await;
    becomes(&relais, &practice, |health| health == Health::Operational).await;
    let all = written(&relais, |past| of_sign_in(past).iter().all(|one| one.until.is_some())).await;
    let shown = of_sign_in(&all);
    assert_eq!(shown[0].id, of_sign_in(&going)[0].id, "it is called as before");
    assert!(shown.len() >= 2, "one on either side of the gap: {shown:?}");
    let end = shown[0].until.unwrap();
    let gap = all.off.iter().find(|off| off.from >= end).unwrap();
    assert_eq!(gap.from, end, "nobody looked from then on");
    assert!(gap.until - gap.from > 1.9 * HOUR && gap.until <= shown[1].from, "{gap:?}");
    assert!(all.off[0].until < shown[0].from, "before it was installed nobody looked either");

    // Every part of it leads to the one record.
    let record = book(&relais).record(&shown[0].id).await.unwrap();
    assert_eq!(book(&relais).record(&shown[1].id).await.unwrap(), record);
    let (from, until) = (record.from.as_millisecond() as f64, record.until.as_millisecond() as f64);
    assert_eq!((from, Some(until)), (shown[0].from, shown.last().unwrap().until));
    assert_eq!(record.gaps.len(), 1);
    assert_eq!(record.done.iter().map(|done| done.what).collect::<Vec<_>>(), [Deed::PaperPrinted]);
    let page = book(&relais).page(&shown[0].id, Language::Nl).await.unwrap();
    assert!(page.rows.len() >= record.changes.len() + 3, "{page:?}");
    let gone = book(&relais).record("auth@1").await.unwrap_err();
    assert_eq!(gone.code, Code::RECORD_NOT_MADE);

    let folder = practice.folder.path().join("documents");
    std::fs::create_dir(&folder).unwrap();
    let save = || book_save(&relais, &shown[0].id, &folder);
    let (file, other) = (save().await, save().await);
    assert_ne!(file, other, "no file is written over");
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("relais-auth-20") && name.ends_with(".json"), "{name}");
    relais.stop().await;

    let (exit, said) = judged(&file);
    assert_eq!((exit, &said["ok"], &said["kind"]), (Some(0), &true.into(), &"outage-record".into()));
    assert_eq!(said["record"], serde_json::to_value(&record).unwrap());
    let mut bytes = std::fs::read(&file).unwrap();
    let place = bytes.iter().position(|byte| byte.is_ascii_digit()).unwrap();
    bytes[place] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (exit, said) = judged(&file);
    assert_eq!((exit, &said["ok"]), (Some(65), &false.into()), "one byte changed");
}

async fn book_save(relais: &Running, departure: &str, folder: &Path) -> PathBuf {
    let missing = folder.join("nowhere");
    book(relais).save(departure, vec![missing, folder.to_owned()]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_address_is_kept_over_a_restart_and_ends_by_itself_and_the_journal_tells_both() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    seen(&relais, |state| state.list().is_some()).await;
    let services = relais.services().unwrap();
    let key = relais_core::continuity::list::ServiceKey(SIGN_IN.to_owned());
    let other = services.handle().route(&key, now(&relais)).unwrap().order[1].clone();
    let until = now(&relais) + SignedDuration::from_mins(45);
    let reason = "helpdesk asked, number 85.01.01-997.87".to_owned();
    services.choose(SIGN_IN, Some(Manual { url: other.clone(), reason, until })).await.unwrap();
    assert_eq!(services.decided_by(SIGN_IN), Some(By::Person));
    journalled(&practice, "route-chosen").await;
    drop(services);
    relais.stop().await;

    practice.passes(10);
    let relais = practice.relais().await;
    assert_eq!(relais.services().unwrap().decided_by(SIGN_IN), Some(By::Person), "kept");
    practice.passes(40);
    journalled(&practice, "route-left").await;
    assert_eq!(relais.services().unwrap().decided_by(SIGN_IN), Some(By::List));
    relais.stop().await;

    let reader = Reader::open(&practice.data.join("sandbox")).unwrap().unwrap();
    let entries: Vec<_> =
        reader.show(&Filter::default(), 100).unwrap().into_iter().filter_map(|one| one.entry).collect();
    let of = |event: &str| entries.iter().filter(|entry| entry.event == event).collect::<Vec<_>>();
    let (chosen, left) = (of("route-chosen"), of("route-left"));
    assert_eq!((chosen.len(), left.len()), (1, 1), "once each");
    assert_eq!(
        (chosen[0].detail["to"].clone(), chosen[0].detail["until"].clone()),
        (other, until.to_string())
    );
    assert_eq!(chosen[0].detail["reason"], "helpdesk asked, number …", "no number of a person");
    assert_eq!(left[0].at.as_millisecond(), until.as_millisecond(), "when it ended");
    let relais = practice.relais().await;
    assert_eq!(relais.services().unwrap().decided_by(SIGN_IN), Some(By::List), "it does not come back");
    relais.stop().await;
}

/// Waits for an entry of the journal.
async fn journalled(practice: &Practice, event: &str) {
    let there = async {
        while !practice.journal().iter().any(|known| known == event) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), there).await.expect("it is not in the journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_moves_to_another_zone_is_in_the_record_of_that_time() {
    let practice = Practice::new().await;
    let relais = practice.relais().await;
    is(&relais, "auth", Health::Operational).await;
    seen(&relais, |state| state.list().is_some()).await;
    practice.act(Act::Break(Place { service: SIGN_IN.into(), zone: Zone::Main })).await;
    becomes(&relais, &practice, off_its_road).await;
    let Settled::Open(_) = sign_in(&relais, &practice, Means::EidOnly).await else {
        panic!("no session: {:?}", relais.handle.state().errand)
    };
    journalled(&practice, "route-moved-away").await;
    let shown = written(&relais, |past| !of_sign_in(past).is_empty()).await;
    let record = book(&relais).record(&of_sign_in(&shown)[0].id).await.unwrap();
    assert_eq!(record.done.iter().map(|done| done.what).collect::<Vec<_>>(), [Deed::MovedAway]);
    relais.stop().await;
}
