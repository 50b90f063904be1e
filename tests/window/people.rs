//! A person is forgotten in the real window: what is lost is said first, and nothing of them is left afterwards.

use serde_json::json;

use crate::steps::{ask_for_the_pin, looked_at, open, session, signed_in, type_password, type_pin};
use crate::window::Home;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_forgotten_after_it_is_said_what_goes_and_the_journal_keeps_no_name() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "fr"]).await;
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    let name = session(&desktop).await["person"].as_str().expect("a name").to_owned();

    // Whoever signs out is still named in the journal, until they are forgotten.
    desktop.click("[data-testid=place-journal]").await;
    desktop.says(&name).await;
    desktop.click("[data-testid=place-settings]").await;
    desktop.find("[data-testid=forget-person]").await;
    looked_at(&desktop, "people-fr").await;
    desktop.click("[data-testid=forget-person]").await;
    desktop.says(&format!("Oublier {name} ?")).await;
    looked_at(&desktop, "forget-fr").await;
    desktop.press("Ne rien effacer").await;
    assert!(desktop.lacks("dialog").await);
    assert_eq!(session(&desktop).await["kind"], "open", "nothing happened");

    desktop.click("[data-testid=forget-person]").await;
    desktop.click("[data-testid=forget-now]").await;
    desktop.says("Ce poste ne connaît personne.").await;
    assert_eq!(session(&desktop).await["kind"], "none");
    assert_eq!(desktop.call("people", json!({})).await, Ok(json!([])));
    desktop.click("[data-testid=place-journal]").await;
    desktop.says("Une personne a été oubliée sur ce poste").await;
    desktop.says("Rien n'y a été modifié.").await;
    assert!(!desktop.text().await.contains(&name), "no name is left:\n{}", desktop.text().await);
    looked_at(&desktop, "journal-forgotten-fr").await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_names_who_signed_out() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &[]).await;
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    let name = session(&desktop).await["person"].as_str().expect("a name").to_owned();
    crate::steps::sign_out(&desktop).await;
    desktop.click("[data-testid=place-journal]").await;
    desktop.says("Signed out").await;
    desktop.says(&name).await;
    desktop.quit().await;
}
