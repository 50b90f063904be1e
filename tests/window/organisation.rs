//! A PC that signs in for an organisation: the setting, the certificate, its password, in the real window.

use serde_json::json;

use crate::hand::Hand;
use crate::steps::{looked_at, open, session};
use crate::window::Home;

#[tokio::test(flavor = "multi_thread")]
async fn a_pc_of_an_organisation_signs_in_with_its_certificate_and_no_card() {
    let home = Home::new();
    let (desktop, _, _) = open(&home, &["--language", "nl"]).await;
    Hand::in_world(&home.world()).act(json!("pull")).await;
    desktop.click("[data-testid=place-settings]").await;
    desktop.click("[aria-label='Deze pc meldt zich aan voor'] label").await;
    desktop.says("zonder kaart").await;
    looked_at(&desktop, "organisation-setting-nl").await;
    desktop.click("[data-testid=place-today]").await;
    desktop.click("[data-testid=do-signInOrganisation]").await;
    desktop.click("[data-testid=keystore-password]").await;
    looked_at(&desktop, "organisation-password-nl").await;
    desktop.type_keys("not the password").await;
    desktop.click("[data-testid=organisation-sign-in]").await;
    desktop.says("RLS-4002").await;
    assert_eq!(session(&desktop).await["kind"], "none");
    desktop.click("[data-testid=keystore-password]").await;
    desktop.type_keys("tilleul-argente").await;
    desktop.click("[data-testid=organisation-sign-in]").await;
    let signed_in = async || session(&desktop).await["means"] == "certificate";
    assert!(desktop.until(signed_in).await, "{}", home.log());
    let open = session(&desktop).await;
    assert_eq!((&open["person"], &open["key"]), (&json!("CABINET DU TILLEUL"), &json!("unlocked")));
    let hours = |name: &str| open[name].as_f64().expect("an instant") / 3_600_000.0;
    assert!(hours("endsAt") - hours("issuedAt") > 23.9, "a day, and no cap of twelve hours");
    assert!(!desktop.text().await.contains("tilleul-argente"));
    looked_at(&desktop, "organisation-open-nl").await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_certificates_of_several_organisations_lie_somebody_says_which() {
    let home = Home::new();
    let (desktop, _, _) = open(&home, &["--language", "fr"]).await;
    let folder = home.world().join("keystore");
    let files = std::fs::read_dir(&folder).expect("the keystores").map(|file| file.expect("a file").path());
    let named = |path: &std::path::Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let ours = files.into_iter().find(|path| named(path).contains("OFFICE_DOCTORS")).expect("the practice's");
    std::fs::copy(&ours, folder.join(named(&ours).replace("80000056", "80000155"))).expect("a second one");
    desktop.click("[data-testid=place-settings]").await;
    desktop.click("[aria-label='Ce poste se connecte pour'] label").await;
    desktop.click("[data-testid=place-today]").await;
    desktop.click("[data-testid=do-signInOrganisation]").await;
    desktop.says("plusieurs organisations").await;
    looked_at(&desktop, "organisation-which-fr").await;
    desktop.click("dialog label.answer").await;
    desktop.click("[data-testid=choose-person]").await;
    desktop.click("[data-testid=keystore-password]").await;
    desktop.type_keys("tilleul-argente").await;
    desktop.click("[data-testid=organisation-sign-in]").await;
    let signed_in = async || session(&desktop).await["means"] == "certificate";
    assert!(desktop.until(signed_in).await, "{}", home.log());
    desktop.quit().await;
}
