//! `sign-in --mode certificate`: an organisation's keystore signs in, a person's does not.

use serde_json::json;

use crate::program::{Ctl, Simulator};

#[test]
fn an_organisation_signs_in_is_renewed_and_signed_out_with_its_keystore_alone() {
    let folder = tempfile::tempdir().unwrap();
    let world = Simulator::start("serve", &folder.path().join("world"));
    let data = folder.path().join("data");
    let ctl = |arguments: &str| {
        Ctl::new(arguments).with("--profile", world.text("profile")).with("--data-dir", &data)
    };
    let keystore = world.text("organisation_keystore");
    let password = world.text("organisation_password");
    let sign_in = |file: &str| ctl("sign-in --mode certificate").with("--keystore", file);

    let refused = sign_in(world.text("keystore")).password(world.text("keystore_password")).json(77);
    assert_eq!(refused["code"], "RLS-4013", "a person's keystore");
    assert_eq!(sign_in(keystore).password("wrong").json(77)["code"], "RLS-4002");
    assert_eq!(sign_in(keystore).json(2)["code"], "RLS-4011", "nobody is there to type it");
    let named = sign_in(keystore).with("--quality", "doctor").password(password).json(2);
    assert_eq!(named["code"], "RLS-6015", "its certificate tells its quality");

    let lease = sign_in(keystore).password(password).json(0);
    assert_eq!((&lease["mode"], &lease["key"]), (&json!("certificate"), &json!("unlocked")));
    assert_eq!(lease["person"]["name"], "CABINET DU TILLEUL");
    assert_eq!(lease["ends_at"], lease["expires_at"], "no cap of twelve hours");
    let shown = ctl("session show").json(0);
    assert_eq!(
        (&shown["session"]["mode"], &shown["session"]["key"]),
        (&json!("certificate"), &json!("locked"))
    );
    let renewed = ctl("session renew").with("--keystore", keystore).password(password).json(0);
    assert_eq!((&renewed["mode"], &renewed["person"]), (&json!("certificate"), &lease["person"]));
    assert_eq!(ctl("session end").json(0), json!({ "session": null }));
    let noted = ctl("journal show").json(0);
    let events: Vec<_> =
        noted["entries"].as_array().unwrap().iter().map(|entry| entry["event"].clone()).collect();
    assert_eq!(
        events[..3],
        [json!("signed-out"), json!("renewed"), json!("signed-in")],
        "and nothing was restored"
    );
}
