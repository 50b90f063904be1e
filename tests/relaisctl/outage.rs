//! A record of an outage, judged by whoever got it.

use jiff::{SignedDuration, Timestamp};
use relais_core::continuity::health::Health;
use relais_core::continuity::record::Record;
use relais_core::continuity::timeline::{Change, FunctionId, Seen, Witness};
use relais_core::environment::EnvironmentName;
use relais_host::outage::{fingerprint, sign};
use relais_keystore::RecordKey;
use relais_store::Store;
use serde_json::json;

use crate::program::Ctl;

#[test]
fn a_record_made_from_the_timeline_is_genuine_here_and_elsewhere_and_a_changed_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let environment = EnvironmentName::parse("acceptance").unwrap();
    let place = data.join("acceptance");
    let key = RecordKey::load_or_create(&place).unwrap();
    let from: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
    let mut store = Store::open(&place, &environment, from).unwrap().store;
    let function = FunctionId::parse("prescription").unwrap();
    for (minute, health) in [(0, Health::Operational), (10, Health::Down), (20, Health::OnBackup)] {
        let at = from + SignedDuration::from_mins(minute);
        let seen = vec![Seen { by: Witness::Probe, health, at }];
        store.note_changes(&[(function.clone(), Change { at, health, seen })], at).unwrap();
    }
    let until = from + SignedDuration::from_hours(1);
    let reader = store.reader();
    let (changes, spans) =
        (reader.changes(&function, from, until).unwrap(), reader.timeline(&function, from, until).unwrap());
    let record = Record::new(environment, function, changes, &spans, &[], "0.1.0").unwrap();
    assert_eq!((record.changes.len(), record.gaps.len()), (3, 1));
    drop(store);
    let file = folder.path().join("outage.json");
    let bytes = sign(&record, &key).unwrap();
    std::fs::write(&file, &bytes).unwrap();

    let ctl = |data| Ctl::new("journal verify --environment acceptance").and(&file).with("--data-dir", data);
    let here = ctl(data.clone()).json(0);
    assert_eq!(
        (&here["ok"], &here["ours"], &here["kind"]),
        (&json!(true), &json!(true), &json!("outage-record"))
    );
    assert_eq!(here["key"], fingerprint(&key.public().unwrap()));
    assert_eq!(here["record"], serde_json::to_value(&record).unwrap());
    let other = folder.path().join("other");
    let elsewhere = ctl(other.clone()).json(0);
    assert_eq!((&elsewhere["ok"], &elsewhere["ours"]), (&json!(true), &json!(false)));
    assert!(!other.exists(), "looking makes nothing");

    let text = String::from_utf8(bytes).unwrap();
    std::fs::write(&file, text.replacen("\"down\"", "\"operational\"", 1)).unwrap();
    let document = json!({ "ok": false, "kind": "outage-record", "reason": "altered" });
    assert_eq!(ctl(data.clone()).json(65), document);
    std::fs::write(&file, "{}").unwrap();
    assert_eq!(ctl(data).json(65)["reason"], "form");
}
