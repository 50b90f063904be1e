//! `certificate`: what ends soon, the calendar and the table, and the folders, with an owner and without.

use std::path::{Path, PathBuf};

use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509NameBuilder};
use serde_json::Value;

use crate::owner::{Practice, practice};

const NUMBER: &str = "85010199885";

/// A folder with a hospital's certificate and a person's, which end in so many days, and one broken file.
fn keys(practice: &Practice, days: i64) -> PathBuf {
    let folder = practice.folder.path().join("keys");
    std::fs::create_dir_all(&folder).unwrap();
    let now = practice.house.clock().clone();
    let now = relais_core::time::Clock::now(&now).wall.as_second();
    for owner in ["NIHII-HOSPITAL=71099914".to_owned(), format!("SSIN={NUMBER}")] {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let mut name = X509NameBuilder::new().unwrap();
        for part in ["eHealth-platform Belgium", &owner, "SINT-ELIGIUS"] {
            name.append_entry_by_text("OU", part).unwrap();
        }
        let name = name.build();
        let mut built = X509::builder().unwrap();
        built.set_version(2).unwrap();
        built.set_subject_name(&name).unwrap();
        built.set_issuer_name(&name).unwrap();
        built.set_not_before(&Asn1Time::from_unix(now - 86_400).unwrap()).unwrap();
        built.set_not_after(&Asn1Time::from_unix(now + days * 86_400).unwrap()).unwrap();
        built.set_pubkey(&key).unwrap();
        built.append_extension(KeyUsage::new().digital_signature().build().unwrap()).unwrap();
        built.sign(&key, MessageDigest::sha256()).unwrap();
        let file = folder.join(format!("{owner} 20260102-101500.pem"));
        std::fs::write(file, built.build().to_pem().unwrap()).unwrap();
    }
    std::fs::write(folder.join("broken.p12"), b"noise").unwrap();
    folder
}

fn add(practice: &Practice, folder: &Path, exit: i32) -> Value {
    practice.ctl("certificate folder add").and(folder).json(exit)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![];
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.is_file() {
            // A socket has no bytes.
            all.push(path);
        }
    }
    all
}

#[test]
fn a_command_agrees_to_a_folder_tells_what_ends_and_takes_it_back_and_no_number_of_a_person_stays() {
    let (runtime, practice) = practice();
    let folder = keys(&practice, 40);
    let none = practice.ctl("certificate due").json(0);
    assert_eq!(
        (none["certificates"].as_array().map(Vec::len), none["failed"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    assert!(!practice.data().exists(), "looking makes no folder");
    assert_eq!(add(&practice, &folder, 0)["folder"], folder.to_str().unwrap());
    assert_eq!(add(&practice, &folder, 2)["code"], "RLS-4040");
    assert_eq!(add(&practice, Path::new("/"), 65)["code"], "RLS-4041");
    let listed = practice.ctl("certificate folder list").json(0);
    assert_eq!(listed["folders"][0]["folder"], folder.to_str().unwrap());
    assert!(listed["folders"][0]["agreed_at"].is_string() && listed["folders"][0]["seen_at"].is_null());

    let due = practice.ctl("certificate due").json(0);
    let certificates = due["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 2, "{due}");
    for one in certificates {
        assert_eq!((one["today"].as_str(), one["days_left"].as_i64()), (Some("renew"), Some(39)), "{one}");
        assert_eq!(one["id"].as_str().map(str::len), Some(64));
    }
    assert_eq!(due["failed"][0]["code"], "RLS-4015");
    assert!(!due.to_string().contains(NUMBER), "{due}");
    let soon = practice.ctl("certificate due --within 30d").json(0);
    assert_eq!(soon["certificates"].as_array().map(Vec::len), Some(0));
    assert_eq!(practice.ctl("certificate due --within 3m").json(2)["code"], "RLS-6015");
    let text = practice.ctl("certificate due --language en").text();
    assert!(text.contains("SINT-ELIGIUS (NIHII-HOSPITAL 71099914)") && text.contains("Renew"), "{text}");
    assert!(text.contains("One place could not be read"), "{text}");

    let calendar = practice.folder.path().join("ends.ics");
    practice.ctl("certificate ics").and(&calendar).json(0);
    let calendar = std::fs::read_to_string(calendar).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("SINT-ELIGIUS"), "{calendar}");
    let table = practice.ctl("certificate csv").text();
    assert!(table.contains("71099914") && !table.contains(NUMBER) && !calendar.contains(NUMBER), "{table}");

    let unsaid = practice.ctl("certificate acknowledge").and("07".repeat(32)).json(2);
    assert_eq!(unsaid["code"], "RLS-4045", "a command that ends told nobody anything");
    assert_eq!(practice.ctl("certificate acknowledge 07").json(2)["code"], "RLS-6015");
    practice.ctl("certificate folder remove").and(&folder).json(0);
    assert_eq!(practice.ctl("certificate folder remove").and(&folder).json(2)["code"], "RLS-4042");
    let gone = practice.ctl("certificate folder list").json(0);
    assert_eq!(gone["folders"].as_array().map(Vec::len), Some(0));
    for file in files(&practice.data()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(NUMBER.len()).any(|part| part == NUMBER.as_bytes()), "{}", file.display());
    }
    runtime.block_on(practice.house.stop());
}

#[test]
fn the_owner_of_the_folder_does_what_a_command_decides_and_looks_at_once() {
    let (runtime, practice) = practice();
    let folder = keys(&practice, 40);
    let (running, listening) = runtime.block_on(practice.owner());
    add(&practice, &folder, 0);
    let certificates = running.certificates().unwrap();
    let mut states = certificates.states();
    let looked = runtime.block_on(async {
        let seen = states.wait_for(|known| known.settled && known.listed.overview.failed.len() == 1);
        tokio::time::timeout(std::time::Duration::from_secs(60), seen)
            .await
            .map(|seen| seen.unwrap().folders.len())
    });
    assert_eq!(looked.unwrap(), 1);
    let listed = practice.ctl("certificate folder list").json(0);
    assert!(listed["folders"][0]["seen_at"].is_string(), "{listed}");
    practice.ctl("certificate snooze").json(0);
    practice.ctl("certificate acknowledge").json(0);
    assert_eq!(certificates.known().reminders.unanswered().count(), 0);
    practice.ctl("certificate folder remove").and(&folder).json(0);
    assert_eq!(certificates.known().folders, []);
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
        practice.house.stop().await;
    });
}
