//! `relaisctl` lives by the clock of the sandbox its profile leads to.

use std::path::Path;

use jiff::SignedDuration;
use relais_sandbox::World;
use relais_sandbox::clock::{Turn, TurnedClock};
use relais_sandbox::eid::Model;
use relais_sandbox::platform::faults::Fault;
use relais_sandbox::platform::{Ports, Served};
use serde_json::Value;

use crate::pcscd::privately;
use crate::program::Ctl;

/// A sandbox without a card, its clock turned by the test.
struct Turned {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    world: World,
    served: Served,
}

impl Turned {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
        let served = runtime.block_on(world.serve(Ports::default())).unwrap();
        Self { folder, runtime, world, served }
    }

    fn ctl(&self, arguments: &str) -> Ctl {
        self.ctl_by(self.served.profile_path(), arguments)
    }

    fn ctl_by(&self, profile: &Path, arguments: &str) -> Ctl {
        let data = self.folder.path().join("data");
        Ctl::new(arguments).with("--profile", profile).with("--data-dir", data)
    }

    fn pass(&self, by: SignedDuration) {
        self.world.clock().turn(Turn::all(by));
    }

    fn session(&self) -> Value {
        self.ctl("session show").json(0)["session"].clone()
    }
}

#[test]
fn a_session_ends_for_a_command_when_the_sandbox_says_so() {
    privately("turned_time::a_session_ends_for_a_command_when_the_sandbox_says_so", |service| {
        let turned = Turned::new();
        let card = turned.world.card(turned.world.people().doctor(), Model::V18).unwrap();
        let pin = card.pin().to_owned();
        let _card = service.insert(card);
        turned.pass(SignedDuration::from_hours(100));
        let lease = turned.ctl("sign-in --mode eid-only").pin(&pin).json(0);
        let issued: jiff::Timestamp = lease["issued_at"].as_str().unwrap().parse().unwrap();
        let apart = issued.duration_since(turned.world.clock().read().wall).abs();
        assert!(apart < SignedDuration::from_mins(10), "it was issued by the turned clock, {apart} apart");
        turned.pass(SignedDuration::from_hours(23));
        assert_eq!(turned.session(), lease);
        turned.pass(SignedDuration::from_hours(2));
        assert_eq!(turned.session(), Value::Null, "25 hours have passed there");
        turned.pass(SignedDuration::from_hours(-2));
        assert_eq!(turned.session(), lease, "nothing but the clock had ended it");
    });
}

#[test]
fn twelve_hours_without_the_card_are_over_for_a_command_after_twelve_turned_hours() {
    let turned = Turned::new();
    let doctor = turned.world.people().doctor();
    let sign_in = turned
        .ctl("sign-in --mode fallback --reason eid-not-at-hand")
        .with("--keystore", &doctor.keystore)
        .password(&doctor.password);
    let lease = sign_in.json(0);
    assert_eq!(lease["mode"], "fallback");
    turned.pass(SignedDuration::from_mins(11 * 60 + 55));
    assert_eq!(turned.session()["person"], lease["person"]);
    let again = turned
        .ctl("sign-in --mode fallback --reason technical-problem --json")
        .with("--keystore", &doctor.keystore)
        .password(&doctor.password)
        .run();
    assert!(
        again.exit == 0 && again.err.contains("RLS-2217") && again.err.contains(" min are left"),
        "{again:?}"
    );
    assert!(!turned.ctl("session show").run().err.contains("RLS-2217"), "said once");
    turned.world.clock().turn(Turn::wall(SignedDuration::from_hours(-13)));
    turned.pass(SignedDuration::from_mins(6));
    assert_eq!(turned.session(), Value::Null, "the wall clock alone was set back");
    assert_eq!(
        turned.ctl("person forget").json(69)["code"],
        "RLS-2206",
        "nobody is in use, so nobody is meant"
    );
    assert_eq!(turned.ctl("person list").json(0)["people"][0], lease["person"]);
}

#[test]
fn a_password_that_opens_no_keystore_is_a_line_of_the_journal() {
    let turned = Turned::new();
    let doctor = turned.world.people().doctor();
    let ctl = turned.ctl("sign-in --mode fallback --reason eid-not-at-hand");
    let refused = ctl.with("--keystore", &doctor.keystore).password("mistyped").json(77);
    assert_eq!(refused["code"], "RLS-4002");
    let noted = turned.ctl("journal show").json(0);
    let failed: Vec<_> =
        noted["entries"].as_array().unwrap().iter().filter(|it| it["code"] == "RLS-4002").collect();
    assert!(failed.len() == 1 && failed[0]["event"] == "sign-in-failed", "once: {noted}");
    assert!(!noted.to_string().contains("mistyped"), "{noted}");
}

#[test]
fn a_habit_is_told_from_the_second_use_in_a_row_on_and_has_to_be_explained_from_the_fifth_on() {
    let turned = Turned::new();
    let doctor = turned.world.people().doctor();
    let sign_in = |more: &str| {
        let ctl = turned.ctl(&format!("sign-in --mode fallback --reason eid-not-at-hand{more}"));
        ctl.with("--keystore", &doctor.keystore).password(&doctor.password)
    };
    let told = ["", "Use 2 in a row", "Use 3 in a row", "Use 4 in a row"];
    for words in told {
        let done = sign_in("").run();
        assert_eq!(done.exit, 0, "{done:?}");
        assert!(done.err.contains(words) && done.err.contains("RLS-2218") != words.is_empty(), "{done:?}");
        turned.pass(SignedDuration::from_hours(13));
    }
    assert_eq!(sign_in("").json(2)["code"], "RLS-2215");
    sign_in(" --note mislaid").json(0);
    let noted = turned.ctl("journal show").json(0);
    let reasons = noted["entries"].as_array().unwrap().iter().filter(|entry| entry["event"] == "signed-in");
    assert!(reasons.clone().count() == 5, "{noted}");
    assert!(reasons.into_iter().all(|entry| entry["detail"]["reason"] == "eid-not-at-hand"), "{noted}");
    let told = turned.ctl("journal show --language nl").text();
    assert_eq!(told.matches("(kaart niet bij de hand)").count(), 5, "{told}");
}

#[test]
fn a_sandbox_that_does_not_tell_its_time_is_named_and_nothing_is_done_by_another_clock() {
    let turned = Turned::new();
    assert_eq!(turned.session(), Value::Null);
    let profile = turned.folder.path().join("profile.toml");
    let text = turned.served.profile_toml().to_owned();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        std::fs::write(&profile, text.replace(from, to)).unwrap();
        turned.ctl_by(&profile, "session show")
    };
    for (from, to, key) in [
        ("control.token", "no.token", "sandbox.token_file"),
        ("class = \"sandbox\"", "class = \"integration\"", "sandbox"),
    ] {
        let refused = changed(from, to).json(2);
        assert_eq!(refused["code"], "RLS-6013", "{refused}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(key), "{message}");
    }
    let Turned { runtime, served, world, folder } = turned;
    let gone = served.profile_path().to_owned();
    runtime.block_on(served.stop());
    let data = folder.path().join("data");
    let told = Ctl::new("session end").with("--profile", &gone).with("--data-dir", data).json(69);
    assert_eq!(told["code"], "RLS-6033");
    drop(world);
}

#[test]
fn the_end_of_a_kept_session_is_shown_though_its_sandbox_is_closed() {
    let turned = Turned::new();
    turned.pass(SignedDuration::from_hours(3));
    let doctor = turned.world.people().doctor();
    let ctl = turned.ctl("sign-in --mode fallback --reason technical-problem");
    let lease = ctl.with("--keystore", &doctor.keystore).password(&doctor.password).json(0);
    let Turned { runtime, served, world, folder } = turned;
    let profile = served.profile_path().to_owned();
    runtime.block_on(served.stop());
    let ctl = |words: &str| {
        let data = folder.path().join("data");
        Ctl::new(words).with("--profile", &profile).with("--data-dir", data).run()
    };
    let shown = ctl("session show --json");
    let mut kept = lease.clone();
    kept["key"] = "locked".into();
    assert_eq!(shown.document(0)["session"], kept);
    assert!(shown.err.starts_with("RLS-6033: "), "{}", shown.err);
    let words = ctl("session show --language en").err;
    assert!(words.contains("as it was kept"), "{words}");
    drop(world);
}

#[test]
fn a_noted_time_that_lies_ahead_is_said_and_put_back_by_a_command() {
    let turned = Turned::new();
    let doctor = turned.world.people().doctor();
    let sign_in = || {
        let ctl = turned.ctl("sign-in --mode fallback --reason technical-problem");
        ctl.with("--keystore", &doctor.keystore).password(&doctor.password)
    };
    let codes = |err: &str| -> Vec<String> {
        err.lines().filter(|line| line.starts_with("RLS-")).map(|line| line[..8].to_owned()).collect()
    };
    // The platform's clock runs ahead for a while, and signs by it.
    turned.world.clock().turn(Turn::trusted(SignedDuration::from_hours(20)));
    sign_in().json(0);
    turned.ctl("session end").json(0);
    turned.world.clock().turn(Turn::trusted(SignedDuration::from_hours(-20)));
    let show = turned.ctl("session show --json").run();
    assert_eq!(show.document(0)["session"], Value::Null);
    assert_eq!(codes(&show.err), ["RLS-6035"], "{}", show.err);

    turned.runtime.block_on(turned.served.faults().set(Fault::RefuseConnections));
    assert_eq!(turned.ctl("clock put-back").json(69)["code"], "RLS-2001", "nobody agrees");
    turned.runtime.block_on(turned.served.faults().clear());
    assert_eq!(turned.ctl("clock put-back").json(0), serde_json::json!({ "put_back": true }));
    assert_eq!(turned.ctl("clock put-back").json(65)["code"], "RLS-6036", "it lies ahead no more");
    assert_eq!(turned.ctl("session show --json").run().err, "");
    let noted = turned.ctl("journal show").json(0);
    assert!(noted["entries"].as_array().unwrap().iter().any(|entry| entry["event"] == "noted-time-put-back"));
}

#[test]
fn a_pc_that_is_hours_off_is_said_and_its_session_is_there_for_the_next_command() {
    let turned = Turned::new();
    let doctor = turned.world.people().doctor();
    turned.world.clock().turn(Turn::wall(SignedDuration::from_hours(13)));
    let ctl = turned.ctl("sign-in --mode fallback --reason technical-problem --json");
    let signed_in = ctl.with("--keystore", &doctor.keystore).password(&doctor.password).run();
    let lease = signed_in.document(0);
    assert!(
        signed_in.err.contains("RLS-6034: ") && signed_in.err.contains("780 min fast"),
        "{}",
        signed_in.err
    );
    assert_eq!(turned.session()["expires_at"], lease["expires_at"], "by this PC's clock it would be over");
}

#[test]
fn the_hand_of_a_command_turns_the_clocks_and_takes_the_service_away_and_brings_it_back() {
    let turned = Turned::new();
    let clock = || turned.world.clock().read();
    let before = clock();
    let told = turned.ctl("sandbox turn 3h").json(0);
    let ahead = |from: jiff::Timestamp, to: jiff::Timestamp| to.duration_since(from).as_hours();
    assert_eq!((ahead(before.wall, clock().wall), ahead(before.trusted, clock().trusted)), (3, 3));
    assert!(clock().boot_ms - before.boot_ms >= 3 * 3_600_000);
    assert_eq!(told["turns"], 1);
    turned.ctl("sandbox turn --clock wall -1h").json(0);
    assert_eq!((ahead(before.wall, clock().wall), ahead(before.trusted, clock().trusted)), (2, 3));
    turned.ctl("sandbox turn -1h30m --clock trusted").json(0);
    assert_eq!(ahead(before.trusted, clock().trusted), 1);
    assert!(turned.ctl("sandbox turn 1m --language nl").text().starts_with("Klok van de pc"), "for a person");

    let doctor = turned.world.people().doctor();
    let sign_in = || {
        let ctl = turned.ctl("sign-in --mode fallback --reason eid-not-at-hand");
        ctl.with("--keystore", &doctor.keystore).password(&doctor.password)
    };
    assert_eq!(turned.ctl("sandbox outage on").json(0), serde_json::json!({ "outage": true }));
    assert_eq!(sign_in().json(69)["code"], "RLS-2001");
    assert_eq!(turned.ctl("sandbox outage off").json(0), serde_json::json!({ "outage": false }));
    sign_in().json(0);
    assert_eq!(turned.ctl("session renew").json(77)["code"], "RLS-2211", "not that a PIN is missing");
}

#[test]
fn the_hand_is_refused_where_there_is_no_sandbox_and_no_virtual_reader() {
    let turned = Turned::new();
    for act in ["pull", "put"] {
        let told = turned.ctl(&format!("sandbox card {act} --language en")).json(69);
        assert_eq!(told["code"], "RLS-6049", "{told}");
        assert!(told["message"].as_str().unwrap().contains("no virtual reader"), "{told}");
    }
    let data = turned.folder.path().join("data");
    for command in ["sandbox turn 1h", "sandbox outage on", "sandbox card pull"] {
        let real = Ctl::new(command).with("--environment", "production").with("--data-dir", &data).json(2);
        assert_eq!(real["code"], "RLS-6015", "{real}");
        assert!(real["message"].as_str().unwrap().contains("[environment: production]"), "{real}");
        let none = Ctl::new(command).with("--data-dir", &data).json(2);
        assert_eq!(none["code"], "RLS-6047", "{none}");
    }
    let Turned { runtime, served, .. } = turned;
    let gone = served.profile_path().to_owned();
    runtime.block_on(served.stop());
    assert_eq!(Ctl::new("sandbox turn 1h").with("--profile", gone).json(69)["code"], "RLS-6033");
}
