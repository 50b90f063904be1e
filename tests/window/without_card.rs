//! Working without the card, from the sheet to the journal and back to the card, in the real window.

use serde_json::json;

use crate::hand::Hand;
use crate::steps::{
    ask_for_the_pin, at_step, looked_at, open, session, sign_out, signed_in, type_password, type_pin,
};
use crate::window::{Desktop, Home};

/// Types the password of the keystore into the sheet, and presses its button.
async fn try_password(desktop: &Desktop, password: &str) {
    desktop.click("[data-testid=keystore-password]").await;
    desktop.type_keys(password).await;
    desktop.click("[data-testid=open-without-card]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_card_a_reason_and_a_password_open_twelve_hours_until_the_card_is_back() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "nl"]).await;
    let hand = Hand::in_world(&home.world());
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    looked_at(&desktop, "kept-nl").await;
    let before = session(&desktop).await["issuedAt"].as_f64();
    desktop.click("[data-testid=do-renewNow]").await;
    desktop.turn_to("pin").await;
    at_step(&desktop, "pin").await;
    type_pin(&desktop, &pin).await;
    signed_in(&desktop, &home).await;
    let renewed = desktop.until(async || session(&desktop).await["issuedAt"].as_f64() > before).await;
    assert!(renewed, "one PIN gives the session a new life:\n{}", home.log());
    desktop.click("[data-testid=place-settings]").await;
    desktop.click("[data-testid=hint]").await;
    desktop.type_keys("blauwe envelop").await;
    desktop.type_keys("\u{E004}").await;
    desktop.says("Genoteerd.").await;
    looked_at(&desktop, "hint-nl").await;
    desktop.click("[data-testid=place-today]").await;
    sign_out(&desktop).await;

    hand.act(json!("pull")).await;
    desktop.click("[data-testid=do-withoutCard]").await;
    desktop.find("[data-testid=found]").await;
    desktop.says("Waar u het vindt, volgens uw notitie: “blauwe envelop”.").await;
    // The first answer: the card is elsewhere.
    desktop.click("label.answer").await;
    looked_at(&desktop, "without-card-nl").await;
    try_password(&desktop, "not the password").await;
    desktop.says("RLS-4002").await;
    assert_eq!(session(&desktop).await["kind"], "none");
    assert!(!desktop.text().await.contains("not the password"));
    try_password(&desktop, &password).await;
    assert!(desktop.until(async || session(&desktop).await["means"] == "fallback").await, "{}", home.log());
    assert!(desktop.lacks("[data-testid=keystore-password]").await, "the sheet closes by itself");
    let open = session(&desktop).await;
    let hours = |name: &str| open[name].as_f64().expect("an instant") / 3_600_000.0;
    let length = hours("endsAt") - hours("issuedAt");
    assert!((11.9..=12.0).contains(&length), "{length} hours");
    assert_eq!(open["renewal"], json!({ "kind": "off" }));
    looked_at(&desktop, "working-without-card-nl").await;

    desktop.click("[data-testid=place-journal]").await;
    desktop.says("Sessie geopend zonder de kaart").await;
    looked_at(&desktop, "journal-nl").await;
    desktop.click("[data-testid=place-today]").await;

    hand.act(json!("put-back")).await;
    desktop.click("[data-testid=do-backToCard]").await;
    desktop.turn_to("pin").await;
    at_step(&desktop, "pin").await;
    type_pin(&desktop, &pin).await;
    signed_in(&desktop, &home).await;
    assert_eq!(session(&desktop).await["means"], "eid");
    desktop.quit().await;
}
