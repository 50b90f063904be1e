//! `keystore scan`, `match` and `change-password`: what lies in a folder, which of it opens a message, another password.

use std::fs;
use std::path::{Path, PathBuf};

use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::stack::Stack;
use openssl::symm::Cipher;
use openssl::x509::X509;
use relais_core::secret::Password;
use relais_keystore::InstallKey;
use relais_keystore::inventory::{Public, Shelf};
use relais_keystore::{Keystore, find};
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use serde_json::{Value, json};

use crate::program::Ctl;

const PASSWORD: &str = "clair-obscur";
const NEW: &str = "another phrase";

/// The keystores of the sandbox's people, copied into a folder, and a message for one of them.
struct Desk {
    folder: tempfile::TempDir,
    doctors: PathBuf,
}

impl Desk {
    fn new() -> Self {
        Self::founded_at("2026-03-02T08:00:00Z")
    }

    fn founded_at(moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at(moment.parse().unwrap());
        let world = World::open(&folder.path().join("world"), clock).unwrap();
        let doctors = world.people().doctor().keystore.clone();
        let desk =
            Self { doctors: folder.path().join("keystores").join(doctors.file_name().unwrap()), folder };
        fs::create_dir(desk.keystores()).unwrap();
        for file in fs::read_dir(doctors.parent().unwrap()).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "p12") {
                fs::copy(&file, desk.keystores().join(file.file_name().unwrap())).unwrap();
            }
        }
        desk
    }

    fn keystores(&self) -> PathBuf {
        self.folder.path().join("keystores")
    }

    fn open(&self) -> Keystore {
        find::open_file(&self.doctors, &Password::take(PASSWORD.to_owned()).unwrap()).unwrap()
    }

    /// What Relais notes of the doctor's keystore when it was opened for something else; where that lies.
    fn noted(&self) -> std::path::PathBuf {
        let at = self.folder.path().join("data/acceptance");
        fs::create_dir_all(&at).unwrap();
        let opened = self.open();
        let certificates = opened.entries().iter().filter_map(|entry| entry.certificate.as_ref());
        let mut shelf = Shelf::default();
        shelf.learn(
            &fs::read(&self.doctors).unwrap(),
            &certificates.filter_map(Public::of).collect::<Vec<_>>(),
        );
        let install = InstallKey::load_or_create(&at).unwrap();
        shelf.save(&at, &install, std::path::Path::new("own")).unwrap();
        let kept = fs::read_dir(at.join("certificates")).unwrap().next().unwrap().unwrap();
        kept.path()
    }

    /// The certificate that others encrypt for the doctor with.
    fn certificate(&self) -> X509 {
        let keystore = self.open();
        let entry = keystore.encryption_keys().next().unwrap();
        X509::from_der(entry.certificate.as_ref().unwrap().der()).unwrap()
    }

    fn message(&self, options: CMSOptions) -> PathBuf {
        let mut whom = Stack::new().unwrap();
        whom.push(self.certificate()).unwrap();
        let options = CMSOptions::BINARY | options;
        let message = CmsContentInfo::encrypt(&whom, b"a letter", Cipher::aes_256_cbc(), options).unwrap();
        let file = self.folder.path().join("message");
        fs::write(&file, message.to_der().unwrap()).unwrap();
        file
    }

    /// Nothing of the user's own settings counts.
    fn ctl(&self, command: &str) -> Ctl {
        Ctl::new(command).with("--data-dir", self.folder.path().join("data"))
    }

    fn matching(&self, message: &Path) -> Ctl {
        self.ctl("keystore match").and(message).and(self.keystores())
    }
}

fn files(document: &Value, field: &str) -> Vec<String> {
    let name = |one: &Value| {
        let path = PathBuf::from(one["file"].as_str().unwrap());
        path.file_name().unwrap().to_str().unwrap().to_owned()
    };
    document[field].as_array().unwrap().iter().map(name).collect()
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn a_folder_is_listed_with_what_is_broken_in_it_and_nothing_is_written() {
    let desk = Desk::new();
    fs::write(desk.keystores().join("broken.p12"), [0x30, 3, 2, 1, 9]).unwrap();
    fs::write(desk.keystores().join("empty.pem"), b"").unwrap();
    fs::write(desk.keystores().join("own.pem"), desk.certificate().to_pem().unwrap()).unwrap();
    std::os::unix::fs::symlink("/", desk.keystores().join("away")).unwrap();
    let scan = desk.ctl("keystore scan").and(desk.keystores()).json(0);
    assert_eq!(scan["whole"], true, "{scan}");
    let rows = scan["rows"].as_array().unwrap();
    let row = |wanted: &str| rows.iter().find(|row| row["file"].as_str().unwrap().ends_with(wanted)).unwrap();
    assert_eq!(row("broken.p12")["code"], "RLS-4003");
    assert_eq!(row("empty.pem")["code"], "RLS-4015");
    assert_eq!(row("away")["code"], "RLS-4018");
    let own = &row("own.pem")["certificates"][0];
    assert_eq!((&own["purpose"], &own["identity"]["type"]), (&json!("encryption"), &json!("SSIN")), "{own}");
    let doctors = row(name(&desk.doctors));
    assert_eq!((&doctors["keystore"], &doctors["closed"]), (&json!(true), &json!(true)), "{doctors}");
    assert_eq!(doctors["aliases"].as_array().unwrap().len(), 2, "{doctors}");
    assert_eq!((&doctors["certificates"], &doctors["kept_for_old_messages"]), (&json!([]), &json!(false)));

    let text = desk.ctl("keystore scan").and(desk.keystores()).with("--language", "nl").text();
    assert_eq!(text.lines().count(), rows.len(), "{text}");
    assert!(text.contains("toont niets zonder wachtwoord") && text.contains("RLS-4003"), "{text}");
    assert!(!desk.folder.path().join("data").exists(), "no folder was made");
    for (folder, reason) in [("gone", "there is no such file"), ("keystores/own.pem", "it is not a folder")] {
        let told = desk.ctl("keystore scan").and(desk.folder.path().join(folder)).json(2);
        assert_eq!(told["code"], "RLS-6017");
        assert!(told["message"].as_str().unwrap().contains(reason), "{told}");
    }
}

#[test]
fn a_message_leads_to_its_keystore_without_any_password() {
    let desk = Desk::new();
    let serial = desk.certificate().serial_number().to_bn().unwrap().to_dec_str().unwrap().to_string();
    let found = desk.matching(&desk.message(CMSOptions::empty())).json(0);
    assert_eq!(found["recipients"], json!([{ "serial": serial }]), "{found}");
    assert_eq!(files(&found, "matches"), [name(&desk.doctors)]);
    let own = &found["matches"][0];
    assert_eq!((&own["alias"], &own["by"]), (&json!(serial), &json!("alias")), "{own}");
    assert_eq!((&own["keystore"], &own["readable"]), (&json!(true), &json!(false)), "{own}");
    assert_eq!((&found["candidates"], &found["code"]), (&json!([]), &Value::Null));
    let text = desk.matching(&desk.folder.path().join("message")).text();
    assert!(text.starts_with("Opens the message\n") && text.contains(&serial), "{text}");

    // What Relais noted when the keystore was opened for something else makes it certain.
    let noted = desk.noted();
    let kept = fs::read(&noted).unwrap();
    let by_key = desk.message(CMSOptions::USE_KEYID);
    let found = desk.matching(&by_key).with("--environment", "acceptance").json(0);
    let own = &found["matches"][0];
    assert_eq!((&own["by"], &own["readable"]), (&json!("key-id"), &json!(true)), "{found}");
    assert_eq!(own["kept_for_old_messages"], false);
    assert_eq!(fs::read(&noted).unwrap(), kept, "it is read, not written");
}

#[test]
fn a_keystore_that_signs_nobody_in_any_more_is_kept_for_old_messages() {
    let desk = Desk::founded_at("2016-03-02T08:00:00Z");
    desk.noted();
    let found = desk.matching(&desk.message(CMSOptions::empty())).with("--environment", "acceptance").json(0);
    assert_eq!(found["matches"][0]["kept_for_old_messages"], true, "{found}");
    let scan = || desk.ctl("keystore scan").and(desk.keystores()).with("--environment", "acceptance");
    let scanned = scan().json(0);
    let rows = scanned["rows"].as_array().unwrap();
    let kept = rows.iter().filter(|row| row["kept_for_old_messages"] == true).count();
    assert_eq!(kept, 1, "of the others nothing is known: {scanned}");
    assert!(scan().text().contains("kept for old messages"));
}

#[test]
fn where_no_keystore_matches_they_are_listed_in_the_order_to_try_them() {
    let desk = Desk::new();
    let message = desk.message(CMSOptions::USE_KEYID);
    fs::write(desk.keystores().join("broken.p12"), [0x30, 3, 2, 1, 9]).unwrap();
    for (made, of) in [("20190101-101500", "old"), ("20250101-101500", "then"), ("20310101-101500", "later")]
    {
        let to = desk.keystores().join(format!("SSIN=85010199885 {made}.{of}.p12"));
        fs::copy(&desk.doctors, to).unwrap();
    }
    let told = desk.matching(&message).with("--sent", "2025-06-01T00:00:00Z").and("--json").run();
    let found = told.document(69);
    assert_eq!((&found["code"], &found["matches"]), (&json!("RLS-4038"), &json!([])), "{found}");
    assert_eq!(found["sent_at"], "2025-06-01T00:00:00Z");
    assert_eq!(files(&found, "unread"), [] as [&str; 0], "the broken one was read as far as it is");
    let order: Vec<_> = files(&found, "candidates");
    assert!(order[0].contains(".then.") && order[1].contains(".old."), "{order:?}");
    assert!(told.err.starts_with("RLS-4038: "), "{}", told.err);
    let text = desk.matching(&message).with("--language", "fr").run();
    let out = String::from_utf8(text.out).unwrap();
    assert_eq!(text.exit, 69);
    assert!(out.starts_with("À essayer, le plus probable d'abord\n"), "{out}");
    let told = desk.matching(&message).with("--sent", "yesterday").json(2);
    assert_eq!(told["code"], "RLS-6015");
}

#[test]
fn what_is_no_encrypted_message_is_refused() {
    let desk = Desk::new();
    let junk = desk.folder.path().join("junk");
    fs::File::create(&junk).unwrap().set_len(100 << 20).unwrap();
    let begun = std::time::Instant::now();
    let told = desk.matching(&junk).json(65);
    assert_eq!(told["code"], "RLS-4036");
    assert!(told["message"].as_str().unwrap().contains("junk") && begun.elapsed().as_secs() < 30, "{told}");
    assert_eq!(desk.matching(&desk.doctors).json(65)["code"], "RLS-4036");
    assert_eq!(desk.matching(&desk.folder.path().join("gone")).json(2)["code"], "RLS-6017");
}

#[test]
fn another_password_opens_the_keystore_and_the_copy_keeps_the_old_one() {
    let desk = Desk::new();
    let before = fs::read(&desk.doctors).unwrap();
    let change = || desk.ctl("keystore change-password").and(&desk.doctors);
    for (ctl, exit, code) in [
        (change().password("wrong").new_password(NEW), 77, "RLS-4002"),
        (change().password(PASSWORD).new_password("d'été 1"), 2, "RLS-4030"),
        (change().password(PASSWORD).new_password("short"), 2, "RLS-4031"),
        (change().password(PASSWORD), 2, "RLS-4011"),
        (change().new_password(NEW), 2, "RLS-4011"),
        (change().password(PASSWORD).with("--new-password-fd", "9"), 2, "RLS-6017"),
    ] {
        let told = ctl.json(exit);
        assert_eq!(told["code"], code, "{told}");
        assert!(!told.to_string().contains("été") && !told.to_string().contains("short\""), "{told}");
    }
    assert_eq!(fs::read(&desk.doctors).unwrap(), before);
    let done = change().password(PASSWORD).new_password(NEW).json(0);
    assert_eq!(done["file"], desk.doctors.to_str().unwrap());
    let backup = PathBuf::from(done["backup"].as_str().unwrap());
    assert!(name(&backup).starts_with(name(&desk.doctors)) && name(&backup).ends_with(".bak"), "{done}");
    assert_eq!(fs::read(backup).unwrap(), before);
    let inspect =
        |password: &str, exit| desk.ctl("keystore inspect").and(&desk.doctors).password(password).json(exit);
    let entries = inspect(NEW, 0)["entries"].as_array().unwrap().len();
    assert_eq!(done["entries"], entries, "{done}");
    assert_eq!(inspect(PASSWORD, 77)["code"], "RLS-4002");
    let text = change().password(NEW).new_password(PASSWORD).run();
    let out = String::from_utf8(text.out).unwrap();
    assert_eq!(text.exit, 0, "{}", text.err);
    assert!(
        out.starts_with("The password is changed; ") && !out.contains(NEW) && !out.contains(PASSWORD),
        "{out}"
    );
}
