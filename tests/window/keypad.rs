//! A reader with a keypad of its own: the PIN never enters this computer.

use serde_json::json;

use crate::hand::Hand;
use crate::steps::{
    at_step, looked_at, open, session, sign_in, sign_out, signed_in, type_password, type_pin,
};
use crate::window::{Desktop, Home};

/// Whatever somebody could type into or press in this page.
async fn controls(desktop: &Desktop) -> usize {
    desktop
        .page()
        .find_all(thirtyfour::By::Css("input, button, select, textarea"))
        .await
        .expect("the page")
        .len()
}

/// The sandbox with a keypad at its reader.
async fn with_keypad(home: &Home, arguments: &[&str]) -> (Desktop, Hand, String, String) {
    let (desktop, pin, password) = open(home, arguments).await;
    let hand = Hand::in_world(&home.world());
    hand.act(json!({ "keypad": true })).await;
    (desktop, hand, pin, password)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_with_a_keypad_takes_the_pin_and_the_window_shows_no_field_for_it() {
    let home = Home::new();
    let (desktop, hand, pin, password) = with_keypad(&home, &["--language", "nl"]).await;
    sign_in(&desktop).await;
    type_password(&desktop, &password).await;
    at_step(&desktop, "keypad").await;
    desktop.says("Typ uw code op de lezer").await;
    assert_eq!(controls(&desktop).await, 0, "there is nothing to type a PIN into");
    looked_at(&desktop, "keypad-nl").await;

    hand.act(json!({ "type": "9999" })).await;
    at_step(&desktop, "keypadChoice").await;
    desktop.find("[data-testid=pin-notice]").await;
    assert_eq!(hand.tries_and_pins().await, (2, 1));
    looked_at(&desktop, "keypad-wrong-nl").await;
    desktop.click("[data-testid=pin-keypad]").await;
    at_step(&desktop, "keypad").await;
    assert_eq!(controls(&desktop).await, 0);
    hand.act(json!({ "type": pin })).await;
    signed_in(&desktop, &home).await;
    assert_eq!(hand.tries_and_pins().await, (3, 2), "one VERIFY for each PIN that was typed");
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_here_instead_is_remembered_for_that_reader_until_the_settings_undo_it() {
    let home = Home::new();
    let (desktop, hand, pin, password) = with_keypad(&home, &["--language", "fr"]).await;
    sign_in(&desktop).await;
    type_password(&desktop, &password).await;
    at_step(&desktop, "keypad").await;
    hand.act(json!("walk-away")).await;
    at_step(&desktop, "keypadChoice").await;
    looked_at(&desktop, "keypad-choice-fr").await;
    desktop.click("[data-testid=pin-keyboard]").await;
    at_step(&desktop, "pin").await;
    desktop.find("[data-testid=pin-field]").await;
    type_pin(&desktop, &pin).await;
    signed_in(&desktop, &home).await;
    sign_out(&desktop).await;
    desktop.quit().await;

    let (desktop, hand, pin, password) = with_keypad(&home, &["--language", "fr"]).await;
    sign_in(&desktop).await;
    at_step(&desktop, "pin").await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    sign_out(&desktop).await;
    desktop.click("[data-testid=place-settings]").await;
    desktop.says("Relais virtual reader 00 00, le code se tape sur cet ordinateur").await;
    looked_at(&desktop, "settings-keypad-fr").await;
    desktop.click("[data-testid=use-keypad]").await;
    assert!(desktop.lacks("[data-testid=use-keypad]").await, "there is nothing left to undo");

    desktop.click("[data-testid=place-today]").await;
    sign_in(&desktop).await;
    at_step(&desktop, "keypad").await;
    assert_eq!(controls(&desktop).await, 0);
    hand.act(json!("cancel")).await;
    assert!(desktop.is_gone("pin").await, "who presses cancel on the reader means later");
    desktop.turn_to("main").await;
    assert_eq!(session(&desktop).await["kind"], "none");
    assert_eq!(hand.tries_and_pins().await, (3, 1), "this start has seen one PIN, typed here");
    desktop.quit().await;
}
