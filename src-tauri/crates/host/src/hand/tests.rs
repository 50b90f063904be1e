use relais_core::Code;
use relais_engine::view::sandbox::{SandboxHow, SandboxZone};
use serde_json::json;

use super::world::{Look, World};
use super::*;
use crate::preferences::Language;

const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";

fn told(continuity: serde_json::Value, faults: serde_json::Value, readers: serde_json::Value) -> World {
    let mut all = json!({ "lost": [], "broken": [], "flapping": [], "published": {}, "list": "honest", "form": "v1",
        "playing": null });
    all.as_object_mut().unwrap().extend(continuity.as_object().unwrap().clone());
    let look = json!({
        "clock": { "wall": "2026-03-02T12:00:00Z", "trusted": "2026-03-02T12:00:00Z", "boot_ms": 5, "turns": 0,
            "start": 1, "running": true },
        "faults": faults,
        "continuity": all,
        "readers": readers,
        "services": [
            { "key": KGSS, "name": "ETEE KGSS V1", "zones": ["main", "backup"] },
            { "key": "uddi:ehealth-fgov-be:business:consent:v1", "name": null, "zones": ["main"] },
        ],
        "scenarios": [{ "name": "flapping", "title": { "nl": "a", "fr": "b", "de": "c", "en": "d" }, "steps": 2,
            "lasts_ms": 3_660_000 }],
    });
    serde_json::from_value::<Look>(look).unwrap().into()
}

fn usual() -> World {
    told(
        json!({}),
        json!([]),
        json!([{ "name": "Reader", "keypad": false, "card": { "tries": 3, "pins": 0 } }]),
    )
}

#[test]
fn a_sandbox_is_as_usual_until_anything_in_it_is_not() {
    assert!(usual().usual());
    for other in [
        told(json!({ "lost": ["region"] }), json!([]), json!([])),
        told(json!({ "broken": [{ "service": KGSS, "zone": "main" }] }), json!([]), json!([])),
        told(json!({ "published": { KGSS: "backup" } }), json!([]), json!([])),
        told(json!({ "list": "gone" }), json!([]), json!([])),
        told(json!({ "form": "mixed" }), json!([]), json!([])),
        told(json!({}), json!([{ "fault": { "kind": "html" }, "step": "first" }]), json!([])),
        told(json!({}), json!([]), json!([{ "name": "Reader", "keypad": false, "card": null }])),
        told(
            json!({ "playing": { "scenario": "flapping", "left": 1, "next_at": "2026-03-02T13:00:00Z" } }),
            json!([]),
            json!([]),
        ),
    ] {
        assert!(!other.usual(), "{other:?}");
    }
}

#[test]
fn a_service_that_is_out_of_order_is_so_whatever_else_was_planned_for_it() {
    let flapping =
        json!([{ "service": KGSS, "zone": "main", "seconds": 240, "since": "2026-03-02T12:00:00Z" }]);
    let world = told(json!({ "flapping": flapping }), json!([]), json!([]));
    let place = world.service("kgss:v1").unwrap().zones[0];
    assert_eq!((place.state, place.seconds), (SandboxHow::Flaps, Some(240)));
    let broken = json!([{ "service": KGSS, "zone": "main" }]);
    let world = told(json!({ "flapping": flapping, "broken": broken }), json!([]), json!([]));
    let place = world.service(KGSS).unwrap().zones[0];
    assert_eq!((place.state, place.seconds), (SandboxHow::Fails, None));
}

#[test]
fn an_outage_is_told_apart_from_other_faults_and_no_reader_from_an_empty_one() {
    let faults = json!([{ "fault": { "kind": "refuse-connections" } }, { "fault": { "kind": "status", "status": 503 } }]);
    let world = told(json!({}), faults, json!([]));
    assert_eq!((world.outage, world.faults, world.card), (true, 1, None));
    assert!(world.service("nothing").is_none());
    let unlisted = world.service("consent:v1").unwrap();
    assert_eq!((unlisted.listed, unlisted.is_in(SandboxZone::Backup)), (None, false));
}

#[test]
fn nothing_but_a_clock_that_goes_on_is_no_change() {
    let mut later = usual();
    later.hands.turns = 7;
    assert!(usual().differs_by_time_alone(&later));
    later.outage = true;
    assert!(!usual().differs_by_time_alone(&later));
}

#[test]
fn the_page_has_the_functions_that_run_on_what_is_there_and_titles_in_its_language() {
    let play = json!({ "playing": { "scenario": "flapping", "left": 1, "next_at": "2026-03-02T13:00:00Z" } });
    let page = view(&told(play, json!([]), json!([])), Language::De);
    assert_eq!(page.scenarios[0].title, "c");
    assert_eq!((page.scenarios[0].minutes, page.scenarios[0].steps), (61, 2));
    let playing = page.playing.unwrap();
    assert_eq!((playing.title.as_str(), playing.done, playing.steps), ("c", 1, 2));
    let unknown = page.functions.iter().find(|function| function.id == "encryption-unknown").unwrap();
    assert_eq!(unknown.services, [KGSS]);
    assert!(page.functions.iter().all(|function| !function.services.is_empty()));
    assert_eq!(page.services[1].name, "consent:v1", "one that is in no list has the name of its key");
}

#[test]
fn morning_is_eight_o_clock_in_belgium_and_always_lies_ahead() {
    let until = |at: &str| until_morning(at.parse().unwrap());
    assert_eq!(until("2026-03-02T06:30:00Z"), SignedDuration::from_mins(30));
    assert_eq!(until("2026-03-02T07:00:00Z"), SignedDuration::from_hours(24));
    assert_eq!(until("2026-03-28T20:00:00Z"), SignedDuration::from_hours(10), "the night is an hour short");
}

#[test]
fn what_is_no_sandbox_has_no_hand() {
    let refused = Hand::of(&Profile::built_in("production").unwrap()).err().unwrap();
    assert_eq!((refused.code, refused.with["reason"].as_str()), (Code::USAGE, "only-for-a-sandbox"));
}
