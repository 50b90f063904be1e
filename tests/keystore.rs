//! Keystores made by keytool and openssl are opened, whatever kind they are; bad ones are refused by name.
#![allow(clippy::unwrap_used)]

mod ks_tools;

use jiff::{SignedDuration, Timestamp};
use ks_tools::{Bench, PASSWORD, doctor, password, ssin, subject};
use openssl::hash::MessageDigest;
use openssl::x509::X509;
use relais_core::Code;
use relais_core::ports::{KeyKind, Signer};
use relais_keystore::{Anchors, KeySigner, Keystore, Kind, Wanted, find, p12};

/// Java in the mode in which versions up to 15 wrote: RC2-40 and 3DES, 50 000 rounds.
const OLD_JAVA: &str = "-J-Dkeystore.pkcs12.legacy|";
/// The rounds of very old Java and of Bouncy Castle.
const VERY_OLD: &str = "-J-Dkeystore.pkcs12.legacy|-J-Dkeystore.pkcs12.certPbeIterationCount=1024|-J-Dkeystore.pkcs12.keyPbeIterationCount=1024|-J-Dkeystore.pkcs12.macIterationCount=1024|";
/// Java 16 and later.
const NEW_JAVA: &str = "";

/// Authority `eca`, a doctor's authentication key and two encryption keys, in one file as Java writes it.
fn practice(flags: &str) -> Bench {
    let bench = Bench::new();
    bench.authority("eca");
    bench.issued("eca", "auth", &subject(&doctor()), "-newkey|rsa:2048", 77);
    bench.issued("eca", "enc1", &subject(&doctor()), "-newkey|rsa:2048", 1_001);
    bench.issued("eca", "enc2", &subject(&doctor()), "-newkey|rsa:2048", 1_002);
    bench.add_to_java("k.p12", "auth", "authentication", flags);
    bench.add_to_java("k.p12", "enc1", "1001", flags);
    bench.add_to_java("k.p12", "enc2", "1002", flags);
    bench.keytool(&format!(
        "{flags}-importcert|-noprompt|-file|eca.pem|-alias|cn=eca,c=be|-keystore|k.p12|-storepass|{PASSWORD}"
    ));
    bench
}

fn open(bench: &Bench, name: &str, with: &str) -> Result<Keystore, Code> {
    p12::open(&bench.read(name), &password(with)).map_err(|error| error.problem().code)
}

fn anchors(bench: &Bench, name: &str) -> Anchors {
    Anchors::from_pem([bench.read(name).as_slice()]).unwrap()
}

fn verifies(signer: &KeySigner, message: &[u8]) {
    let digest = openssl::sha::sha256(message);
    let signature = signer.sign_now(digest).unwrap();
    let public = X509::from_der(signer.certificate()).unwrap().public_key().unwrap();
    let wire = match signer.kind() {
        KeyKind::Rsa => signature,
        KeyKind::EcP256 | KeyKind::EcP384 => {
            let (r, s) = signature.split_at(signature.len() / 2);
            let number = |bytes| openssl::bn::BigNum::from_slice(bytes).unwrap();
            openssl::ecdsa::EcdsaSig::from_private_components(number(r), number(s)).unwrap().to_der().unwrap()
        }
    };
    let mut verifier = openssl::sign::Verifier::new(MessageDigest::sha256(), &public).unwrap();
    assert!(verifier.verify_oneshot(&wire, message).unwrap());
}

fn every_key_is_there(flags: &str) {
    let bench = practice(flags);
    let keystore = open(&bench, "k.p12", PASSWORD).unwrap();
    let kinds: Vec<_> = keystore.entries().iter().map(|e| (e.alias.as_str(), e.kind)).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    for alias in ["authentication", "1001", "1002"] {
        assert!(kinds.contains(&(alias, Kind::Key)), "{kinds:?}");
    }
    assert!(kinds.contains(&("cn=eca,c=be", Kind::Certificate)), "{kinds:?}");
    for entry in keystore.entries().iter().filter(|entry| entry.kind == Kind::Key) {
        let serial = &entry.certificate.as_ref().unwrap().serial;
        assert_eq!(if entry.alias == "authentication" { "77" } else { &entry.alias }, serial);
        let certificate = X509::from_der(entry.certificate.as_ref().unwrap().der()).unwrap();
        assert!(entry.key().unwrap().public_eq(&certificate.public_key().unwrap()), "paired by key");
    }
    assert_eq!(keystore.authentication().unwrap().alias, "authentication");
    assert_eq!(keystore.encryption_keys().count(), 2);
    assert_eq!(open(&bench, "k.p12", "geheim 2").unwrap_err(), Code::KEYSTORE_PASSWORD_WRONG);
    assert_eq!(open(&bench, "k.p12", "").unwrap_err(), Code::KEYSTORE_PASSWORD_WRONG);
}

#[test]
fn a_keystore_of_old_java_opens_with_every_key() {
    every_key_is_there(OLD_JAVA);
}

#[test]
fn a_keystore_of_very_old_java_opens_with_every_key() {
    every_key_is_there(VERY_OLD);
}

#[test]
fn a_keystore_of_new_java_opens_with_every_key() {
    every_key_is_there(NEW_JAVA);
}

#[test]
fn a_doctors_key_signs_in_only_for_that_doctor_in_that_environment_and_time() {
    let bench = practice(NEW_JAVA);
    bench.authority("other");
    let (own, other) = (anchors(&bench, "eca.pem"), anchors(&bench, "other.pem"));
    let (doctor, somebody) = (doctor(), ssin(750_101_123));
    let now = Timestamp::now();
    let keystore = open(&bench, "k.p12", PASSWORD).unwrap();
    let refused = |person, now, anchors| {
        keystore
            .check(&Wanted { person: Some(person), now, anchors })
            .map_err(|error| error.problem().code)
            .unwrap_err()
    };
    assert_eq!(refused(&somebody, now, &own), Code::KEYSTORE_OTHER_PERSON);
    assert_eq!(refused(&doctor, now, &other), Code::KEYSTORE_OTHER_ENVIRONMENT);
    assert_eq!(refused(&doctor, now + SignedDuration::from_hours(24 * 400), &own), Code::KEYSTORE_EXPIRED);
    assert_eq!(refused(&doctor, now - SignedDuration::from_hours(24 * 2), &own), Code::KEYSTORE_EXPIRED);
    let holder = keystore.into_holder(&Wanted { person: Some(&doctor), now, anchors: &own }).unwrap();
    assert_eq!(holder.signer.kind(), KeyKind::Rsa);
    assert!(holder.until > now);
    verifies(&holder.signer, b"a message");
}

#[test]
fn the_newest_usable_keystore_of_the_person_is_taken() {
    let bench = practice(NEW_JAVA);
    let (doctor, own) = (doctor(), anchors(&bench, "eca.pem"));
    let number = doctor.reveal();
    for name in
        ["SSIN={} 20240102-101500.p12", "SSIN={}-20250102-101500.acc.p12", "SSIN={}1 20270102-101500.p12"]
    {
        std::fs::copy(bench.file("k.p12"), bench.file(&name.replace("{}", number))).unwrap();
    }
    let wanted = Wanted { person: Some(&doctor), now: Timestamp::now(), anchors: &own };
    let (path, _) = find::newest_usable(bench.path(), &doctor, &password(PASSWORD), &wanted).unwrap();
    assert!(path.ends_with(format!("SSIN={number}-20250102-101500.acc.p12")));
    let nobody = find::newest_usable(bench.path(), &ssin(750_101_123), &password(PASSWORD), &wanted);
    assert_eq!(nobody.unwrap_err().problem().code, Code::KEYSTORE_NOT_FOUND);
}
