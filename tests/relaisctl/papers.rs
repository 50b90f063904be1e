//! Commands that need neither card nor platform: keystores, XML, usage.

use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::json;

use crate::documents::signed_assertion;
use crate::keys::platform;
use crate::program::Ctl;

#[test]
fn the_plan_of_a_token_is_told_to_the_second_without_any_environment() {
    let plan = |expires: &str| {
        Ctl::new(&format!("session plan --issued 2026-03-02T07:00:00Z --expires {expires}")).json(0)
    };
    let day = json!({
        "attempts": [
            "2026-03-02T19:00:00Z", "2026-03-03T01:00:00Z", "2026-03-03T04:00:00Z", "2026-03-03T05:30:00Z",
            "2026-03-03T06:15:00Z", "2026-03-03T06:37:30Z", "2026-03-03T06:52:30Z", "2026-03-03T06:58:00Z",
        ],
        "expires_at": "2026-03-03T07:00:00Z",
    });
    assert_eq!(plan("2026-03-03T07:00:00Z"), day);
    assert_eq!(plan("2026-03-05T07:00:00Z"), day, "no token is counted longer than a day");
    let hour = plan("2026-03-02T09:00:00+01:00");
    assert_eq!(
        hour["attempts"],
        json!(["2026-03-02T07:30:00Z", "2026-03-02T07:45:00Z", "2026-03-02T07:58:00Z"])
    );
}

#[test]
fn what_is_no_command_ends_with_2_one_document_and_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let garbage = folder.path().join("garbage.toml");
    std::fs::write(&garbage, "name = = 3").unwrap();
    for (arguments, code) in [
        ("--frob", "RLS-6015"),
        ("card frob", "RLS-6015"),
        ("card list --language xx", "RLS-6015"),
        ("sign-in --mode eid-only --pin 1234", "RLS-6015"),
        ("sign-in --mode moon", "RLS-6015"),
        ("sandbox card --reader somewhere", "RLS-6015"),
        ("xml verify /dev/null --trust /dev/null --as moon", "RLS-6015"),
        ("session show", "RLS-6048"),
        ("session show --environment sandbox", "RLS-6047"),
        // Numbers that only our own process opens are nobody's secret.
        ("sign-in --mode eid-only --environment acceptance --pin-fd 5", "RLS-6017"),
        ("session renew --environment acceptance --pin-fd 9", "RLS-6017"),
        ("sign-in --mode fallback --environment acceptance", "RLS-2212"),
        ("sign-in --mode eid --reason eid-not-at-hand --environment acceptance", "RLS-6015"),
        ("sign-in --mode eid-only --quality juggler --environment acceptance", "RLS-2208"),
        ("session plan --issued 2026-03-02T07:00:00Z", "RLS-6015"),
        ("session plan --issued yesterday --expires 2026-03-02T07:00:00Z", "RLS-6015"),
        ("session plan --issued 2026-03-02T07:00:00Z --expires 2026-03-02T07:00:00Z", "RLS-6015"),
        ("sign-in --mode eid-only --environment moon", "RLS-6014"),
        ("journal show --profile /nonexistent/file", "RLS-6017"),
        ("xml c14n /nonexistent/file", "RLS-6017"),
    ] {
        let told = Ctl::new(arguments).with("--data-dir", &data).json(2);
        assert_eq!(told["code"], code, "{arguments}: {told}");
        assert!(!told["message"].as_str().unwrap().is_empty() && told["advice"].is_string());
    }
    let told = Ctl::new("session show").with("--data-dir", &data).with("--profile", &garbage).json(2);
    assert_eq!(told["code"], "RLS-6013");
    let file = Ctl::new("session show --environment acceptance --language nl").with("--data-dir", &garbage);
    let told = file.json(69);
    assert_eq!(told["code"], "RLS-6005");
    assert!(told["message"].as_str().unwrap().contains("het is geen map"), "{told}");
    let plain = Ctl::new("session show").with("--data-dir", &data).run();
    assert!(plain.out.is_empty() && plain.err.starts_with("RLS-6048: "), "{plain:?}");
    assert!(!data.join("moon").exists());
    let help = Ctl::new("--help --language fr").text();
    assert!(help.contains("\n  sign-in ") && help.contains("Ouvre une session, avec l'eID"), "{help}");
    let help = Ctl::new("xml verify --help --language de").text();
    assert!(help.contains("--as <assertion|service-list|soap>") && help.contains("Optionen:"), "{help}");
}

#[test]
fn a_reader_that_leaves_early_is_no_panic() {
    for words in ["--help", "xml verify --help", "--version"] {
        let done = Ctl::new(words).with("--language", "en").after("exec >/dev/full").run();
        assert!(done.exit == 69 && done.err.starts_with("RLS-6044: "), "{words}: {done:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let done = Ctl::new("session show --json").with("--data-dir", folder.path()).after("exec >&-").run();
    assert!(done.exit == 2 && !done.err.contains("panicked"), "{done:?}");
}

fn keytool(folder: &Path, arguments: &str) {
    let done =
        Command::new("keytool").args(arguments.split(' ')).current_dir(folder).stdin(Stdio::null()).output();
    let done = done.expect("keytool starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn a_keystore_of_java_is_listed_and_a_wrong_password_is_77() {
    let folder = tempfile::tempdir().unwrap();
    keytool(
        folder.path(),
        "-genkeypair -alias authentication -keyalg RSA -keysize 2048 -dname CN=Invented -validity 30 \
         -keystore a.p12 -storetype PKCS12 -storepass a-password -ext KeyUsage=digitalSignature",
    );
    keytool(
        folder.path(),
        "-genkeypair -alias 4711 -keyalg EC -groupname secp256r1 -dname CN=Other -keystore a.p12 -storepass a-password",
    );
    let file = folder.path().join("a.p12");
    let inspect = |password: &str| Ctl::new("keystore inspect").and(&file).password(password);
    let listed = inspect("a-password\n").json(0);
    let mut entries = listed["entries"].as_array().unwrap().clone();
    entries.sort_by_key(|one| one["alias"].as_str().unwrap().to_owned());
    assert_eq!(entries.len(), 2);
    assert_eq!([&entries[1]["alias"], &entries[1]["kind"]], ["authentication", "key"]);
    for field in ["subject", "issuer", "serial", "not_before", "not_after", "key_usage"] {
        assert!(entries[1].get(field).is_some(), "{field}: {listed}");
    }
    assert!(entries[1]["not_after"].as_str().unwrap().ends_with('Z'));
    let text = Ctl::new("keystore inspect --language fr").and(&file).password("a-password\n").text();
    assert!(text.contains("authentication (clé privée)\n") && text.contains("Numéro de série"), "{text}");
    let valid = text.lines().find(|line| line.trim_start().starts_with("Valable ")).unwrap();
    assert!(valid.contains(" au 20") && !valid.contains('Z'), "{text}");
    assert_eq!(inspect("another\n").json(77)["code"], "RLS-4002");
    assert_eq!(inspect("").json(2)["code"], "RLS-4011");
    let none = Ctl::new("keystore inspect").and(&file);
    assert_eq!(none.json(2)["code"], "RLS-4011");
    std::fs::write(&file, b"no keystore").unwrap();
    assert_eq!(inspect("a-password").json(65)["code"], "RLS-4003");
}

#[test]
fn canonical_form_is_bytes_and_documents_are_judged_with_0_and_65() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let document = write(
        "a.xml",
        b"<?xml version='1.0'?><b:a xmlns:b='urn:b' xmlns:c='urn:c' y=\"1\"  x='2'><!-- n --></b:a>\n",
    );
    let canonical = b"<b:a xmlns:b=\"urn:b\" x=\"2\" y=\"1\"></b:a>";
    assert_eq!(Ctl::new("xml c14n").and(&document).run().out, canonical);
    let told = Ctl::new("xml c14n --json").and(&document).run().document(0);
    assert_eq!(told["canonical"], BASE64.encode(canonical));
    let inclusive = Ctl::new("xml c14n --with-comments --prefix-list c").and(&document).run().out;
    assert_eq!(inclusive, b"<b:a xmlns:b=\"urn:b\" xmlns:c=\"urn:c\" x=\"2\" y=\"1\"><!-- n --></b:a>");
    let doctype = write("d.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
    assert_eq!(Ctl::new("xml c14n --json").and(&doctype).run().document(65)["code"], "RLS-2302");

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let platform = platform();
    let assertion = runtime.block_on(signed_assertion(&platform.sts[0], &platform.doctor[0]));
    let trust = write("ca.pem", &platform.authority.certificate.to_pem().unwrap());
    let verify = |name: &str, bytes: &[u8], exit: i32| {
        let judge =
            Ctl::new("xml verify --as assertion --at 2026-03-02T08:00:00Z --json").with("--trust", &trust);
        judge.and(write(name, bytes)).run().document(exit)
    };
    let good = verify("good.xml", &assertion, 0);
    assert!(good["ok"] == true && good["covers"].is_array() && good["signer"].is_string(), "{good}");
    let changed = String::from_utf8(assertion).unwrap().replacen(">true<", ">fals<", 1);
    let refused = verify("changed.xml", changed.as_bytes(), 65);
    assert!(refused["ok"] == false && refused["reason"].is_string(), "{refused}");
    assert_eq!(verify("none.xml", b"<a/>", 65)["ok"], false);
    let judge = |name: &str| {
        let judge = Ctl::new("xml verify --as assertion --at 2026-03-02T08:00:00Z --language nl");
        judge.with("--trust", &trust).and(folder.path().join(name))
    };
    let text = judge("good.xml").text();
    assert!(
        text.starts_with("De handtekening is goed.\n") && text.contains("  Ondertekend door  "),
        "{text}"
    );
    let refused = judge("changed.xml").run();
    let text = String::from_utf8(refused.out).unwrap();
    assert!(refused.exit == 65 && text.starts_with("RLS-2304: De handtekening "), "{text}");
    assert!(text.contains("digest") && text.contains("Wat te doen: "), "{text}");
}
