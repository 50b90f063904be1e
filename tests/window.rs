//! The real windows, driven as a person would: needs a display and the built program, which `cargo xtask test` provides.

#[path = "window/card.rs"]
mod card;
#[path = "window/day.rs"]
mod day;
#[path = "window/fits.rs"]
mod fits;
#[path = "support/hand.rs"]
mod hand;
#[path = "window/hostile.rs"]
mod hostile;
#[path = "window/keypad.rs"]
mod keypad;
#[path = "window/organisation.rs"]
mod organisation;
#[path = "window/people.rs"]
mod people;
#[allow(dead_code, clippy::unwrap_used, reason = "other tests use the rest")]
#[path = "relaisctl/program.rs"]
mod program;
#[path = "window/sandbox.rs"]
mod sandbox;
#[path = "window/services.rs"]
mod services;
#[path = "window/steps.rs"]
mod steps;
#[path = "support/window.rs"]
mod window;
#[path = "window/without_card.rs"]
mod without_card;

use std::collections::BTreeSet;
use std::time::Duration;

use hand::Hand;
use serde_json::json;
use steps::{ask_for_the_pin, note, open, session, type_password, type_pin};
use window::{Desktop, Home};

#[tokio::test(flavor = "multi_thread")]
async fn a_doctor_signs_in_after_a_wrong_pin_and_a_restart_asks_nothing() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "fr"]).await;
    desktop.find("[data-testid=sign-in]").await;
    desktop.picture("today-none-fr").await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new());

    ask_for_the_pin(&desktop).await;
    desktop.picture("pin-fr").await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new());
    type_pin(&desktop, "9999").await;
    type_password(&desktop, &password).await;
    desktop.find("[data-testid=pin-notice]").await;
    desktop.picture("pin-wrong-fr").await;
    assert!(!desktop.text().await.contains("9999"), "no digit is ever on the page");
    // The keystore is open by now: its password is asked once.
    type_pin(&desktop, &pin).await;
    assert!(desktop.is_gone("pin").await, "the PIN window closes by itself:\n{}", home.log());
    desktop.turn_to("main").await;
    desktop.find("[data-testid=end-time]").await;
    desktop.picture("today-open-fr").await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new());
    let before = session(&desktop).await;
    assert_eq!((&before["kind"], &before["key"]), (&json!("open"), &json!("unlocked")));
    desktop.quit().await;

    let (desktop, ..) = open(&home, &["--language", "nl"]).await;
    desktop.find("[data-testid=end-time]").await;
    assert_eq!(desktop.labels().await, ["main"], "no PIN window opened");
    desktop.turn_to("main").await;
    desktop.picture("today-restored-nl").await;
    let after = session(&desktop).await;
    assert_eq!((&after["endsAt"], &after["restored"]), (&before["endsAt"], &json!(true)));
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_window_may_call_what_belongs_to_the_other() {
    let home = Home::new();
    let (desktop, ..) = open(&home, &[]).await;
    for command in ["pin_view", "pin_digit", "pin_confirm", "pin_consent", "pin_cancel", "pin_erase"] {
        let refused = desktop.call(command, json!({ "digit": 1 })).await;
        assert!(refused.is_err_and(|why| why.contains("not allowed")), "{command} from the main window");
    }
    ask_for_the_pin(&desktop).await;
    for command in
        ["snapshot", "sign_in", "sign_out", "set_language", "choose_environment", "set_key_store", "sandbox"]
    {
        let given = json!({ "means": "eid", "language": "nl", "name": "sandbox", "keyStore": "file" });
        let refused = desktop.call(command, given).await;
        assert!(refused.is_err_and(|why| why.contains("not allowed")), "{command} from the PIN window");
    }
    assert!(desktop.call("pin_view", json!({})).await.is_ok(), "what is its own it may call");
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_pin_window_leaves_everything_as_it_was() {
    let home = Home::new();
    let (desktop, pin, _) = open(&home, &[]).await;
    ask_for_the_pin(&desktop).await;
    desktop.type_keys(&pin).await;
    desktop.click("[data-testid=pin-cancel]").await;
    assert!(desktop.is_gone("pin").await);
    desktop.turn_to("main").await;
    desktop.find("[data-testid=sign-in]").await;
    assert_eq!(session(&desktop).await["kind"], "none");
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tomorrow_is_meant_by_the_clock_of_the_sandbox_and_not_of_this_pc() {
    const THREE_DAYS: Duration = Duration::from_secs(3 * 86_400);
    let home = Home::new();
    let (desktop, ..) = open(&home, &["--language", "fr"]).await;
    ask_for_the_pin(&desktop).await;
    desktop.says("jusqu'à demain, ").await;
    desktop.click("[data-testid=pin-cancel]").await;
    assert!(desktop.is_gone("pin").await);
    Hand::in_world(&home.world()).turn_ahead(THREE_DAYS).await;
    desktop.turn_to("main").await;
    ask_for_the_pin(&desktop).await;
    desktop.says("jusqu'à demain, ").await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_install_asks_what_it_is_for() {
    let home = Home::new();
    let desktop = Desktop::fresh(&home, &["--language", "en"]).await;
    desktop.turn_to("main").await;
    desktop.find("[data-testid=choose-production]").await;
    desktop.picture("first-choice-en").await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new());
    desktop.click("[data-testid=choose-sandbox]").await;
    note(&desktop).await;
    desktop.find("[data-testid=banner]").await;
    desktop.quit().await;

    let again = Desktop::fresh(&home, &["--language", "en"]).await;
    again.turn_to("main").await;
    note(&again).await;
    again.quit().await;
}

/// The processes of Relais that work in this home.
fn programs(home: &Home) -> BTreeSet<String> {
    let data = home.data().into_os_string().into_encoded_bytes();
    let processes = std::fs::read_dir("/proc").expect("Linux lists its processes");
    let here = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.ok()?;
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        let named = line.split(|byte| *byte == 0).any(|argument| argument == data);
        named.then(|| entry.file_name().to_string_lossy().into_owned())
    };
    processes.filter_map(here).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_that_was_chosen_is_forgotten_on_demand_and_relais_starts_anew_to_ask() {
    let home = Home::new();
    let desktop = Desktop::fresh(&home, &["--language", "en"]).await;
    desktop.turn_to("main").await;
    desktop.click("[data-testid=choose-sandbox]").await;
    note(&desktop).await;
    let before = programs(&home);
    assert_eq!(before.len(), 1);
    desktop.click("[data-testid=place-settings]").await;
    // The program that was asked has gone before WebDriver hears an answer.
    let _ = desktop.find("[data-testid=forget-environment]").await.click().await;
    let anew = async || programs(&home).len() == 1 && programs(&home).is_disjoint(&before);
    assert!(desktop.until(anew).await, "Relais did not start anew:\n{}", home.log());
    drop(desktop);

    let again = Desktop::fresh(&home, &["--language", "en"]).await;
    again.turn_to("main").await;
    again.find("[data-testid=choose-production]").await;
    again.quit().await;
}
