//! The whole way with both simulators as processes: list, read, sign in, find the session again, end it.

use std::path::Path;
use std::time::{Duration, Instant};

use relais_card::backend::{Backend, SlotContent};
use relais_card::pcsc::PcscBackend;
use serde_json::{Value, json};

use crate::pcscd::{PORT, privately};
use crate::program::{Ctl, Simulator};

/// Waits until PC/SC sees a card, or none.
fn until_card(there: bool) {
    let mut monitor = PcscBackend::new().monitor().unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end {
        let seen = PcscBackend::new().readers().unwrap();
        if seen.iter().any(|slot| matches!(slot.content, SlotContent::Card { .. })) == there {
            return;
        }
        let _ = monitor.wait(Duration::from_secs(1));
    }
    panic!("PC/SC never sees the card come or go");
}

fn insert(applet: &str, state: &Path) -> Simulator {
    let card = Simulator::start(&format!("card --reader vpcd:{PORT} --applet {applet}"), state);
    until_card(true);
    card
}

#[test]
fn a_card_is_read_signs_in_and_its_session_is_found_shown_and_ended_by_other_commands() {
    privately(
        "card::a_card_is_read_signs_in_and_its_session_is_found_shown_and_ended_by_other_commands",
        |_| {
            let folder = tempfile::tempdir().unwrap();
            let state = folder.path().join("world");
            let platform = Simulator::start("serve", &state);
            let here = Here { data: &folder.path().join("data"), platform: &platform };
            let empty = Ctl::new("card list").json(0);
            assert_eq!(empty["readers"][0]["state"], "empty");
            let one = Ctl::new("card list").with("--reader", empty["readers"][0]["name"].as_str().unwrap());
            assert_eq!(one.json(0)["readers"].as_array().unwrap().len(), 1, "the others are not asked for");
            let nobody = Ctl::new("card list --reader nobody").json(69);
            assert_eq!(nobody["code"], "RLS-1023");
            assert_eq!(here.ctl("card read").json(69)["code"], "RLS-1004");
            for applet in ["1.8", "1.7"] {
                let card = insert(applet, &state);
                listed_and_read(&here, applet);
                signs_in(&here, card.text("pin"));
                drop(card);
                until_card(false);
            }
        },
    );
}

struct Here<'a> {
    data: &'a Path,
    platform: &'a Simulator,
}

impl Here<'_> {
    fn ctl(&self, arguments: &str) -> Ctl {
        Ctl::new(arguments).with("--profile", self.platform.text("profile")).with("--data-dir", self.data)
    }
}

/// Names of the fields, sorted: an object has no order.
fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn listed_and_read(here: &Here<'_>, applet: &str) {
    let list = Ctl::new("card list").json(0);
    let reader = &list["readers"][0];
    assert_eq!(
        (&reader["state"], &reader["applet"], &reader["keypad"]),
        (&json!("eid"), &json!(applet), &json!(false))
    );
    let jpeg = here.data.with_file_name("face.jpg");
    let read = here.ctl("card read").with("--photo", &jpeg).json(0);
    assert_eq!(std::fs::read(&jpeg).unwrap()[..2], [0xFF, 0xD8]);
    let contract =
        ["address", "applet", "card_number", "certificates", "identity", "pin_tries_left", "verified"];
    assert_eq!(fields(&read), contract);
    assert_eq!((&read["applet"], &read["pin_tries_left"]), (&json!(applet), &json!(3)));
    for field in [
        "card_number",
        "chip_number",
        "valid_from",
        "valid_until",
        "municipality",
        "national_number",
        "surname",
        "given_names",
        "third_name_initial",
        "nationality",
        "birth_place",
        "birth_date",
        "sex",
        "noble_condition",
        "document_type",
        "special_status",
    ] {
        assert!(read["identity"].get(field).is_some(), "{field}");
    }
    assert_eq!(fields(&read["address"]), ["municipality", "street", "zip"]);
    assert_eq!(read["identity"]["national_number"].as_str().unwrap().len(), 11);
    let plain = here.ctl("card read").json(0);
    for part in ["identity", "address", "photo", "chain"] {
        assert_eq!(plain["verified"][part], json!(true), "{part}");
        // The Belgian roots that Relais brings along have never heard of this invented state.
        assert_eq!(Ctl::new("card read").json(0)["verified"][part], "no-anchor", "{part}");
    }
    let surname = read["identity"]["surname"].as_str().unwrap();
    for (language, part, label) in [("fr", "Identité", "Nom "), ("nl", "Identiteit", "Naam ")] {
        let text = here.ctl("card read").with("--language", language).text();
        let line = text.lines().find(|line| line.trim_start().starts_with(label)).unwrap();
        assert!(text.contains(&format!("\n{part}\n")) && line.ends_with(&format!("  {surname}")), "{text}");
        assert!(!text.contains(['{', '"', '\t']) && !text.contains("null"), "{text}");
    }
    let list = Ctl::new("card list --language de").text();
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.lines().next().unwrap().ends_with(&format!("  eID, Applet {applet}")), "{list}");
}

fn signs_in(here: &Here<'_>, pin: &str) {
    let lease = here.ctl("sign-in --mode eid-only").pin(pin).json(0);
    let contract = [
        "attempts",
        "ends_at",
        "environment",
        "expires_at",
        "issued_at",
        "key",
        "mode",
        "next_attempt_at",
        "person",
        "stored",
    ];
    assert_eq!(fields(&lease), contract);
    assert_eq!(fields(&lease["person"]), ["name", "slot"]);
    assert_eq!(
        [&lease["mode"], &lease["environment"], &lease["stored"], &lease["key"]],
        ["eid-only", "sandbox", "file", "card"]
    );
    assert!(lease["expires_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(here.ctl("session show").json(0)["session"], lease, "the same one, in another process");
    let text = here.ctl("session show --language nl").after("export TZ=CET-1CEST,M3.5.0,M10.5.0/3").text();
    let name = lease["person"]["name"].as_str().unwrap();
    assert!(text.starts_with(&format!("{name}\n  Aangemeld tot  ")), "{text}");
    assert!(text.lines().nth(1).unwrap().contains(" CE"), "the zone is told: {text}");
    assert!(text.contains("\n  Volgende poging  20"), "{text}");
    assert!(
        text.contains("eID alleen") && text.ends_with(lease["person"]["slot"].as_str().unwrap()),
        "{text}"
    );
    assert_eq!(here.ctl("session end").json(0), json!({ "session": null }));
    assert_eq!(here.ctl("session show").json(0), json!({ "session": null }));
    assert_eq!(here.ctl("session end").json(69)["code"], "RLS-2206");
    let keystore = here.platform.text("keystore");
    let with_key = here.ctl("sign-in --mode eid").with("--keystore", keystore).pin(pin);
    let lease = with_key.password(here.platform.text("keystore_password")).json(0);
    assert_eq!([&lease["mode"], &lease["key"]], ["eid", "unlocked"]);
    let found = here.ctl("session show").json(0);
    assert_eq!(found["session"]["key"], "locked", "the key was open in the other process only");
    assert_eq!(found["session"]["expires_at"], lease["expires_at"]);
    let journal = here.ctl("journal show").json(0);
    let events: Vec<_> =
        journal["entries"].as_array().unwrap().iter().map(|one| one["event"].clone()).collect();
    assert!(events.contains(&json!("signed-in")) && events.contains(&json!("signed-out")), "{events:?}");
    assert!(!journal.to_string().contains(pin));
    let text = here.ctl("journal show --language fr").after("export TZ=UTC").text();
    assert!(text.contains(" UTC  Session ouverte avec l'eID"), "{text}");
    let text = here.ctl("journal verify --language de").text();
    assert!(text.starts_with("Das Protokoll ist unversehrt"), "{text}");
    let whole = here.ctl("journal verify").json(0);
    assert_eq!(
        (&whole["ok"], &whole["entries"]),
        (&json!(true), &json!(journal["entries"].as_array().unwrap().len()))
    );
}
