use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};
use relais_core::Code;

use super::*;
use crate::keystore::Kind;

fn key() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
}

/// A certificate of the one subject that all of them share.
fn certificate(key: &PKey<Private>, serial: u32) -> Vec<u8> {
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "one name for all").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_serial_number(&BigNum::from_u32(serial).unwrap().to_asn1_integer().unwrap()).unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    certificate.set_pubkey(key).unwrap();
    certificate.sign(key, MessageDigest::sha256()).unwrap();
    certificate.build().to_der().unwrap()
}

fn password(text: &str) -> Result<NewPassword, Code> {
    NewPassword::check(Password::take(text.to_owned()).unwrap()).map_err(|error| error.problem().code)
}

fn read(draft: &Draft) -> Keystore {
    let password = password("clair-obscur").unwrap();
    let bytes = draft.bytes(&password).unwrap();
    proven(&bytes, &password, draft.bags()).unwrap();
    p12::open(&bytes, password.password()).unwrap()
}

/// Names of the keys, in the order of the file, and the serial numbers of their certificates.
fn named(keystore: &Keystore) -> Vec<(String, String)> {
    let serial = |entry: &Entry| entry.certificate.as_ref().map_or(String::new(), |c| c.serial.clone());
    let keys = keystore.entries().iter().filter(|entry| entry.kind == Kind::Key);
    keys.map(|entry| (entry.alias.clone(), serial(entry))).collect()
}

#[test]
fn a_new_password_is_one_that_every_other_program_takes() {
    for (text, refused) in [
        ("d'été 1", Code::KEYSTORE_PASSWORD_NOT_ASCII),
        ("tab\tinside", Code::KEYSTORE_PASSWORD_NOT_ASCII),
        ("ключ 123", Code::KEYSTORE_PASSWORD_NOT_ASCII),
        ("", Code::KEYSTORE_PASSWORD_TOO_SHORT),
        ("12345", Code::KEYSTORE_PASSWORD_TOO_SHORT),
    ] {
        assert_eq!(password(text).err(), Some(refused), "{text}");
    }
    assert!(password("123456").is_ok() && password(" ~ \" ' \\ ").is_ok());
}

#[test]
fn a_certificate_of_another_key_makes_no_keystore() {
    let (own, other) = (key(), key());
    let refused = |draft: Result<Draft, KeystoreError>| draft.err().unwrap().problem().code;
    assert_eq!(refused(Draft::delivered(&own, &[certificate(&other, 1)])), Code::KEYSTORE_KEY_MISMATCH);
    assert_eq!(refused(Draft::delivered(&own, &[])), Code::KEYSTORE_KEY_MISMATCH);
    assert_eq!(refused(Draft::delivered(&own, &[b"noise".to_vec()])), Code::KEYSTORE_KEY_MISMATCH);
    let draft = Draft::delivered(&own, &[certificate(&own, 1)]).unwrap();
    assert_eq!(
        refused(draft.with_encryption_key(&own, &certificate(&other, 2))),
        Code::KEYSTORE_KEY_MISMATCH
    );
}

#[test]
fn a_request_in_progress_is_read_as_one() {
    let keystore = read(&Draft::waiting(&key()).unwrap());
    let certificate = keystore.authentication().unwrap().certificate.as_ref().unwrap();
    assert!(certificate.is_dummy() && certificate.serial == "0");
    assert!(!certificate.valid_at("2026-03-02T08:00:00Z".parse().unwrap()));
    assert_eq!(named(&keystore), [("authentication".to_owned(), "0".to_owned())]);
}

#[test]
fn old_keys_are_told_apart_by_themselves_and_named_by_their_numbers() {
    let (auth, shared, twin, waiting) = (key(), key(), key(), key());
    let label = |alias: &str, key: &PKey<Private>| Label {
        alias: Some(alias.to_owned()),
        local_key_id: Some(id(key).unwrap()),
        trusted: false,
    };
    let entry = |alias: &str, key: &PKey<Private>, der: &[u8]| {
        let pkcs8 = Zeroizing::new(key.private_key_to_pkcs8().unwrap());
        [
            Bag { label: label(alias, key), content: Content::Certificate(der.to_vec()) },
            Bag { label: label(alias, key), content: Content::Key(pkcs8) },
        ]
    };
    let bare = Bag {
        label: Label { alias: Some("Lost".to_owned()), ..Label::default() },
        content: Content::Key(Zeroizing::new(key().private_key_to_pkcs8().unwrap())),
    };
    let mut bags: Vec<Bag> = [
        entry("Authentication", &auth, &certificate(&auth, 1)),
        entry("ENCRYPTION", &shared, &certificate(&shared, 20)),
        entry("encryption", &twin, &certificate(&twin, 20)),
        entry("request", &waiting, &dummy(&waiting).unwrap()),
    ]
    .into_iter()
    .flatten()
    .collect();
    bags.push(bare);
    let old = Keystore::from_bags(bags).unwrap();

    let new = key();
    let draft = Draft::delivered(&new, &[certificate(&new, 2)]).unwrap();
    let draft = draft.with_encryption_key(&shared, &certificate(&shared, 20)).unwrap();
    let draft = draft.with_old_keys(&old).unwrap().with_old_keys(&old).unwrap();
    let text = |one: &str, two: &str| (one.to_owned(), two.to_owned());
    let expected =
        [text("authentication", "2"), text("20", "20"), text("encryption", "20"), text("Lost", "")];
    assert_eq!(named(&read(&draft)), expected);
}

#[test]
fn what_reads_back_as_something_else_does_not_count() {
    let (one, other) = (key(), key());
    let secret = password("clair-obscur").unwrap();
    let draft = Draft::delivered(&one, &[certificate(&one, 1)]).unwrap();
    let theirs = Draft::delivered(&other, &[certificate(&other, 1)]).unwrap();
    let code = |bytes: &[u8], password: &NewPassword| {
        proven(bytes, password, draft.bags()).unwrap_err().problem().code
    };
    let bytes = draft.bytes(&secret).unwrap();
    assert_eq!(code(&bytes, &password("another one").unwrap()), Code::KEYSTORE_NOT_VERIFIED);
    assert_eq!(code(&bytes[..bytes.len() - 1], &secret), Code::KEYSTORE_NOT_VERIFIED);
    assert_eq!(code(&theirs.bytes(&secret).unwrap(), &secret), Code::KEYSTORE_NOT_VERIFIED);
    // A certificate that is linked to a key and belongs to another.
    let mut mixed = Draft { bags: Vec::new() };
    mixed.add("authentication".to_owned(), &one, &dummy(&other).unwrap()).unwrap();
    let refused = proven(&mixed.bytes(&secret).unwrap(), &secret, mixed.bags()).unwrap_err();
    assert_eq!(refused.problem().code, Code::KEYSTORE_KEY_MISMATCH);
}
