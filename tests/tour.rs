//! What `cargo xtask demo` shows where there is no display: a sign-in in the sandbox and a restart, told step by step, with a
//! picture of each. A program of its own, not a test, so that it can talk while it goes.
#![allow(clippy::print_stdout, reason = "it tells a story in the terminal")]

#[path = "support/window.rs"]
mod window;

use std::path::Path;

use serde_json::{Value, json};
use window::{Desktop, Home};

#[tokio::main]
async fn main() {
    let home = Home::new();
    println!(
        "\nRelais opens in the sandbox: an invented doctor, card and sign-in service, all on this computer."
    );
    let desktop = open(&home).await;
    desktop.find("[data-testid=sign-in]").await;
    shown(&desktop, "1-today").await;

    println!(
        "\nThe virtual eID is in the virtual reader. \"Sign in\" opens a window of its own for the PIN."
    );
    let note = note(&desktop).await;
    desktop.click("[data-testid=sign-in]").await;
    desktop.turn_to("pin").await;
    desktop.find("[data-testid=pin-step][data-step=pin]").await;
    shown(&desktop, "2-pin").await;

    println!(
        "\nThe PIN of this card is {}. Each digit goes straight to Relais; the page draws dots.",
        note.pin
    );
    desktop.type_keys(&note.pin).await;
    shown(&desktop, "3-dots").await;
    desktop.type_keys("\u{e007}").await;

    println!("\nThe key of the practice is in a keystore; its password is asked once.");
    desktop.click("[data-testid=password-field]").await;
    shown(&desktop, "4-password").await;
    desktop.type_keys(&note.password).await;
    desktop.type_keys("\u{e007}").await;

    println!(
        "\nThe card signs, the service answers, Relais checks the answer and seals the session on disk."
    );
    assert!(desktop.is_gone("pin").await, "the PIN window closes by itself");
    desktop.turn_to("main").await;
    desktop.find("[data-testid=end-time]").await;
    shown(&desktop, "5-signed-in").await;
    desktop.quit().await;

    println!("\nRelais is closed and opened again: still signed in, and no PIN was asked.");
    let desktop = open(&home).await;
    desktop.find("[data-testid=end-time]").await;
    assert_eq!(desktop.labels().await, ["main"], "no PIN window opened");
    desktop.turn_to("main").await;
    shown(&desktop, "6-after-the-restart").await;
    desktop.quit().await;
    println!("\nThat is the tour. With a display, cargo xtask demo opens the window for you.");
}

async fn open(home: &Home) -> Desktop {
    let desktop = Desktop::start(home, &["--key-store", "file"]).await;
    desktop.turn_to("main").await;
    desktop.find("h1").await;
    desktop
}

/// The invented secrets of this sandbox, as its banner shows them to everybody.
struct Note {
    pin: String,
    password: String,
}

async fn note(desktop: &Desktop) -> Note {
    let snapshot = async || desktop.call("snapshot", json!({})).await.unwrap_or_default();
    assert!(desktop.until(async || !snapshot().await["environment"].is_null()).await, "the sandbox opens");
    let snapshot = desktop.call("snapshot", json!({})).await.expect("the main window may read the snapshot");
    let text = |value: &Value| value.as_str().expect("the sandbox tells its secrets").to_owned();
    let note = &snapshot["environment"]["sandboxNote"];
    Note { pin: text(&note["pin"]), password: text(&note["password"]) }
}

/// Says the first line of the page, and keeps a picture of it.
async fn shown(desktop: &Desktop, name: &str) {
    let text = desktop.text().await;
    let heading = desktop.find("h1").await.text().await.unwrap_or_default();
    let heading =
        if heading.is_empty() { text.lines().next().unwrap_or_default().to_owned() } else { heading };
    let file = desktop.picture(name).await;
    println!("   on screen: {heading}\n   picture:   {}", relative(&file).display());
}

fn relative(file: &Path) -> &Path {
    file.strip_prefix(window::root()).unwrap_or(file)
}
