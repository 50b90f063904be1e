//! What a person does in the windows, step by step.

use serde_json::{Value, json};

use crate::window::{Desktop, Home};

/// Enter, as WebDriver spells it.
const ENTER: &str = "\u{e007}";

/// The invented secrets, as the sandbox's banner shows them to everybody.
pub async fn note(desktop: &Desktop) -> (String, String) {
    let there = desktop.until(async || !environment(desktop).await.is_null()).await;
    assert!(there, "the sandbox did not open");
    let note = environment(desktop).await["sandboxNote"].clone();
    let text = |name: &str| note[name].as_str().expect("the sandbox tells its secrets").to_owned();
    (text("pin"), text("password"))
}

async fn environment(desktop: &Desktop) -> Value {
    let snapshot = desktop.call("snapshot", json!({})).await.expect("the main window may read the snapshot");
    snapshot["environment"].clone()
}

pub async fn session(desktop: &Desktop) -> Value {
    desktop.call("snapshot", json!({})).await.expect("the snapshot")["session"].clone()
}

pub async fn open(home: &Home, arguments: &[&str]) -> (Desktop, String, String) {
    let desktop = Desktop::start(home, arguments).await;
    desktop.turn_to("main").await;
    let (pin, password) = note(&desktop).await;
    (desktop, pin, password)
}

/// Asks for a sign-in in the main window, and turns to the window that opens.
pub async fn sign_in(desktop: &Desktop) {
    desktop.click("[data-testid=sign-in]").await;
    desktop.turn_to("pin").await;
}

/// Waits until the PIN window is at this step.
pub async fn at_step(desktop: &Desktop, step: &str) {
    desktop.find(&format!("[data-testid=pin-step][data-step={step}]")).await;
}

pub async fn ask_for_the_pin(desktop: &Desktop) {
    sign_in(desktop).await;
    at_step(desktop, "pin").await;
}

/// Waits until the PIN window is gone and the main window says until when the session lasts.
pub async fn signed_in(desktop: &Desktop, home: &Home) {
    if !desktop.is_gone("pin").await {
        desktop.turn_to("pin").await;
        panic!("the PIN window does not close by itself, it says:\n{}\n{}", desktop.text().await, home.log());
    }
    desktop.turn_to("main").await;
    desktop.find("[data-testid=end-time]").await;
}

/// Ends the session, and waits until there is none.
pub async fn sign_out(desktop: &Desktop) {
    desktop.call("sign_out", json!({})).await.expect("the main window may sign out");
    desktop.find("[data-testid=sign-in]").await;
}

/// Saves a picture of the page and asks axe about it.
pub async fn looked_at(desktop: &Desktop, name: &str) {
    desktop.picture(name).await;
    assert_eq!(desktop.serious_faults().await, Vec::<String>::new(), "{name}");
}

pub async fn type_pin(desktop: &Desktop, pin: &str) {
    desktop.type_keys(pin).await;
    desktop.type_keys(ENTER).await;
}

pub async fn type_password(desktop: &Desktop, password: &str) {
    at_step(desktop, "password").await;
    looked_at(desktop, "password").await;
    desktop.click("[data-testid=password-field]").await;
    desktop.type_keys(password).await;
    desktop.type_keys(ENTER).await;
}
