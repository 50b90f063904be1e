//! A card that does not stay in the reader.

use serde_json::json;

use crate::hand::Hand;
use crate::steps::{ask_for_the_pin, at_step, looked_at, open, signed_in, type_password, type_pin};
use crate::window::{Desktop, Home};

async fn dots(desktop: &Desktop) -> Option<String> {
    desktop.find("[data-testid=pin-dots]").await.attr("data-count").await.expect("the dots")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_pulled_before_and_during_the_sign_in_is_waited_for_and_costs_no_try() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "de"]).await;
    let hand = Hand::in_world(&home.world());
    ask_for_the_pin(&desktop).await;
    desktop.type_keys("12").await;
    hand.act(json!("pull")).await;
    at_step(&desktop, "waitingForCard").await;
    desktop.says("Die Karte wurde zu früh herausgenommen.").await;
    desktop.says("Code zum Durchgeben: RLS-1010").await;
    looked_at(&desktop, "card-pulled-de").await;
    hand.act(json!("put-back")).await;
    at_step(&desktop, "pin").await;
    assert_eq!(dots(&desktop).await.as_deref(), Some("0"), "what was typed is gone with the card");

    hand.act(json!({ "pull-before": "signature" })).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    at_step(&desktop, "waitingForCard").await;
    desktop.says("Code zum Durchgeben: RLS-10").await;
    looked_at(&desktop, "card-pulled-at-work-de").await;
    hand.act(json!("put-back")).await;
    at_step(&desktop, "pin").await;
    assert_eq!(hand.tries_and_pins().await, (3, 1), "a right PIN was spent, and no try");
    type_pin(&desktop, &pin).await;
    signed_in(&desktop, &home).await;
    assert_eq!(hand.tries_and_pins().await, (3, 2));
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_card_is_blocked_stands_on_the_main_window_after_the_small_one_is_closed() {
    let home = Home::new();
    let (desktop, _, password) = open(&home, &["--language", "en"]).await;
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, "9999").await;
    type_password(&desktop, &password).await;
    desktop.says("RLS-1202").await;
    type_pin(&desktop, "9998").await;
    at_step(&desktop, "consent").await;
    desktop.click("[data-testid=pin-consent]").await;
    at_step(&desktop, "pin").await;
    desktop.type_keys("9997").await;
    desktop.click("[data-testid=pin-confirm]").await;
    at_step(&desktop, "blocked").await;
    desktop.says("RLS-1203").await;
    looked_at(&desktop, "card-blocked-en").await;
    desktop.click("[data-testid=pin-cancel]").await;
    assert!(desktop.is_gone("pin").await);
    desktop.turn_to("main").await;
    desktop.says("RLS-1203").await;
    desktop.quit().await;
}
