//! The hand in a sandbox that runs, by command: what the window's place "Sandbox" does, for scripts.

use jiff::tz::TimeZone;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::platform::faults::{Fault, Plan, Step};
use relais_sandbox::platform::{Ports, Served};
use serde_json::{Value, json};

use crate::program::Ctl;

/// A sandbox that is served, and `relaisctl` that is led to it.
struct Stage {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    world: World,
    served: Served,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
        let served = runtime.block_on(world.serve(Ports::default())).unwrap();
        Self { folder, runtime, world, served }
    }

    fn ctl(&self, arguments: &str) -> Ctl {
        let data = self.folder.path().join("data");
        Ctl::new(arguments).with("--profile", self.served.profile_path()).with("--data-dir", data)
    }

    /// The service of this end of a key, as the command tells it afterwards.
    fn service(&self, arguments: &str, end: &str) -> Value {
        service(&self.ctl(arguments).json(0), end)
    }

    fn step(&self, cue: &str) -> Value {
        self.ctl(&format!("sandbox scenario {cue}")).json(0)["scenario"].clone()
    }
}

fn service(world: &Value, end: &str) -> Value {
    let services = world["services"].as_array().unwrap();
    services.iter().find(|it| it["key"].as_str().unwrap().ends_with(end)).unwrap().clone()
}

const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";

#[test]
fn a_service_is_broken_made_restless_moved_and_mended_and_each_command_tells_how_it_is_then() {
    let stage = Stage::new();
    let works = json!([{"zone": "main", "state": "works"}, {"zone": "backup", "state": "works"}]);
    let usual = json!({"key": KGSS, "name": "ETEE KGSS V1", "listed": "main", "zones": works});
    assert_eq!(stage.service("sandbox show", "kgss:v1"), usual);
    let broken = stage.service("sandbox service kgss:v1 fails", "kgss:v1");
    assert_eq!(broken["zones"][0], json!({"zone": "main", "state": "fails"}));
    let text = stage.ctl("sandbox show --language nl").text();
    assert!(text.contains("kgss:v1") && text.contains("faalt"), "{text}");
    let restless = stage.service(&format!("sandbox service {KGSS} flaps --seconds 60"), "kgss:v1");
    assert_eq!(restless["zones"][0], json!({"zone": "main", "state": "flaps", "seconds": 60}));
    let moved = stage.service("sandbox service kgss:v1 listed --zone backup", "kgss:v1");
    assert_eq!((&moved["listed"], &moved["zones"][0]["state"]), (&json!("backup"), &json!("flaps")));
    let fetched = stage.ctl("services fetch").json(0);
    let listed = fetched["list"]["services"].as_array().unwrap().iter().find(|it| it["id"] == KGSS).unwrap();
    assert_eq!(listed["endpoints"][1]["active"], json!(true), "so says the list itself");
    stage.ctl("sandbox service kgss:v1 works").json(0);
    assert_eq!(stage.service("sandbox service kgss:v1 listed", "kgss:v1"), usual);
    assert!(stage.ctl("sandbox show --language en").text().ends_with("Everything is as usual."));
}

#[test]
fn a_zone_is_lost_and_comes_back_and_the_list_is_spoilt_and_mended() {
    let stage = Stage::new();
    assert_eq!(stage.ctl("sandbox zone mycarenet lost").json(0)["lost"], json!(["mycarenet"]));
    assert_eq!(stage.ctl("sandbox zone main lost").json(0)["lost"], json!(["main", "mycarenet"]));
    assert_eq!(stage.ctl("sandbox zone mycarenet there").json(0)["lost"], json!(["main"]));
    let moved = stage.service("sandbox zone backup listed", "kgss:v1");
    assert_eq!(moved["listed"], "backup");
    for (state, exit) in [("bad-signature", 65), ("wrong-signer", 65), ("gone", 69)] {
        assert_eq!(stage.ctl(&format!("sandbox list {state}")).json(0)["list"], state);
        stage.ctl("services fetch").json(exit);
    }
    let honest = stage.ctl("sandbox list honest --form v2").json(0);
    assert_eq!((&honest["list"], &honest["form"]), (&json!("honest"), &json!("v2")));
    assert_eq!(stage.ctl("services fetch").json(0)["list"]["version"], 2);
}

#[test]
fn a_scenario_is_played_step_by_step_and_stopped_and_everything_can_be_as_usual_again() {
    let stage = Stage::new();
    let listed = stage.ctl("sandbox scenario list --language de").json(0);
    let story = &listed["scenarios"].as_array().unwrap()[0];
    assert_eq!((&story["name"], &story["steps"]), (&json!("recip-e-monday-morning"), &json!(4)));
    assert_eq!((&story["title"], &story["minutes"]), (&json!("Recip-e am Montagmorgen"), &json!(134)));
    let begun = stage.step("play everything-lost");
    assert_eq!(
        (&begun["name"], &begun["done"], &begun["steps"]),
        (&json!("everything-lost"), &json!(0), &json!(5))
    );
    assert_eq!(stage.step("next")["done"], 1);
    assert_eq!(stage.ctl("sandbox show").json(0)["lost"], json!(["main", "backup"]));
    assert_eq!(stage.step("stop"), Value::Null);
    assert_eq!(stage.ctl("sandbox scenario next").json(69)["code"], "RLS-6049");

    stage.step("play flapping");
    let plan = Plan { fault: Fault::Html, step: Step::First, times: None };
    stage.runtime.block_on(stage.served.faults().replace(vec![plan, Fault::RefuseConnections.into()]));
    stage.ctl("sandbox zone region lost").json(0);
    let bad = stage.ctl("sandbox show").json(0);
    assert_eq!((&bad["outage"], &bad["faults"], &bad["card"]), (&json!(true), &json!(1), &Value::Null));
    let well = stage.ctl("sandbox reset").json(0);
    assert_eq!((&well["outage"], &well["faults"], &well["lost"]), (&json!(false), &json!(0), &json!([])));
    assert_eq!(well["scenario"], Value::Null);
}

#[test]
fn what_the_sandbox_does_not_have_is_a_mistake_and_changes_nothing() {
    let stage = Stage::new();
    for (command, reason) in [
        ("sandbox service nothing:v1 fails", "no service of the sandbox"),
        ("sandbox service kgss:v1 fails --zone region", "no address in that zone"),
        ("sandbox service consent:v1 listed", "is in no list"),
        ("sandbox service kgss:v1 fails --seconds 5", "only for flaps"),
        ("sandbox scenario play monday", "no such scenario"),
        ("sandbox zone moon lost", "moon"),
        ("sandbox list forged", "forged"),
        ("sandbox service kgss:v1 flaps --seconds 0", "--seconds"),
        ("sandbox turn tomorrow", "tomorrow"),
    ] {
        let told = stage.ctl(&format!("{command} --language en")).json(2);
        assert_eq!(told["code"], "RLS-6015", "{command}");
        assert!(told["message"].as_str().unwrap().contains(reason), "{told}");
    }
    assert!(stage.ctl("sandbox show --language en").text().ends_with("Everything is as usual."));
    let data = stage.folder.path().join("data");
    for command in ["show", "service kgss:v1 fails", "zone main lost", "list gone", "scenario next", "reset"]
    {
        let ctl = Ctl::new(&format!("sandbox {command}")).with("--environment", "acceptance");
        assert_eq!(ctl.with("--data-dir", &data).json(2)["code"], "RLS-6015", "{command}");
    }
}

#[test]
fn the_next_morning_is_eight_o_clock_in_belgium() {
    let stage = Stage::new();
    let before = stage.world.clock().read().wall;
    let hands = stage.ctl("sandbox turn morning").json(0);
    let wall: jiff::Timestamp = hands["wall"].as_str().unwrap().parse().unwrap();
    let there = wall.to_zoned(TimeZone::get("Europe/Brussels").unwrap());
    assert_eq!((there.hour(), there.minute()), (8, 0), "{there}");
    assert!(wall > before && wall.duration_since(before).as_hours() <= 25);
    assert_eq!(
        stage.ctl("sandbox turn morning --clock wall").json(2)["code"],
        "RLS-6015",
        "time passes for all or none"
    );
}
