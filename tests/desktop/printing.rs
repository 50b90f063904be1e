//! The print dialogue of the system, opened and put away again.

use serde_json::json;

use crate::keyboard::{is_shown, press_escape};
use crate::sandbox::Sandbox;
use crate::window::Home;

/// As GTK calls its dialogue.
const DIALOGUE: &str = "Print";

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_a_function_opens_the_print_dialogue_and_who_puts_it_away_has_printed_nothing() {
    let home = Home::new();
    let sandbox = Sandbox::open(&home).await;
    let desktop = &sandbox.desktop;
    desktop.click("[data-testid=place-services]").await;
    desktop.click("[data-testid=row-insurability] button").await;
    desktop.click("[data-testid=print]").await;
    desktop.find("[data-testid=paper]").await;
    assert!(!is_shown(DIALOGUE));
    desktop.click("[data-testid=sheet-print]").await;
    assert!(desktop.until(async || is_shown(DIALOGUE)).await, "no dialogue: {}", home.log());

    assert!(desktop.until(async || press_escape(DIALOGUE)).await);
    assert!(desktop.until(async || !is_shown(DIALOGUE)).await, "it stays");
    desktop.find("[data-testid=paper]").await;
    assert!(desktop.lacks("[role=alert]").await, "nothing went wrong");
    let journal = desktop.call("journal", json!({ "before": null })).await.unwrap();
    let printed = |entry: &serde_json::Value| entry["event"] == "paper-printed";
    assert!(!journal["entries"].as_array().unwrap().iter().any(printed), "{journal}");
    sandbox.desktop.quit().await;
}
