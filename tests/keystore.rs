//! Keystores made by keytool and openssl are opened, whatever kind they are; bad ones are refused by name.
#![allow(clippy::unwrap_used)]

#[cfg(target_os = "linux")]
#[path = "keystore/changing.rs"]
mod changing;
mod ks_der;
mod ks_tools;
#[cfg(target_os = "linux")]
#[path = "keystore/messages.rs"]
mod messages;
#[cfg(target_os = "linux")]
#[path = "keystore/writing.rs"]
mod writing;

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use ks_tools::{Bench, Files, PASSWORD, doctor, password, ssin, subject};
use openssl::hash::MessageDigest;
use openssl::x509::X509;
use proptest::prelude::*;
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
///
/// Java is slow to start, so each kind is made once; every test gets a folder of its own.
fn practice(flags: &str) -> Bench {
    static MADE: Mutex<BTreeMap<String, Files>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    Bench::with(made.entry(flags.to_owned()).or_insert_with(|| made_by_java(flags).files()))
}

fn made_by_java(flags: &str) -> Bench {
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
    let refused = |person: &relais_core::ident::Ssin, now, anchors| {
        keystore
            .check(&Wanted { owner: Some(&(*person).into()), now, anchors })
            .map_err(|error| error.problem().code)
            .unwrap_err()
    };
    assert_eq!(refused(&somebody, now, &own), Code::KEYSTORE_OTHER_PERSON);
    assert_eq!(refused(&doctor, now, &other), Code::KEYSTORE_OTHER_ENVIRONMENT);
    assert_eq!(refused(&doctor, now + SignedDuration::from_hours(24 * 400), &own), Code::KEYSTORE_EXPIRED);
    assert_eq!(
        refused(&doctor, now - SignedDuration::from_hours(24 * 2), &own),
        Code::KEYSTORE_NOT_YET_VALID
    );
    let holder = keystore.into_holder(&Wanted { owner: Some(&doctor.into()), now, anchors: &own }).unwrap();
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
    let wanted = Wanted { owner: Some(&doctor.into()), now: Timestamp::now(), anchors: &own };
    let (path, _) = find::newest_usable(bench.path(), &doctor.into(), &password(PASSWORD), &wanted).unwrap();
    assert!(path.ends_with(format!("SSIN={number}-20250102-101500.acc.p12")));
    let nobody = find::newest_usable(bench.path(), &ssin(750_101_123).into(), &password(PASSWORD), &wanted);
    assert_eq!(nobody.unwrap_err().problem().code, Code::KEYSTORE_NOT_FOUND);
}

/// An authority and the doctor's key of this kind, not yet in a file.
fn one_key(key: &str) -> Bench {
    let bench = Bench::new();
    bench.authority("eca");
    bench.issued("eca", "auth", &subject(&doctor()), key, 77);
    bench
}

/// Puts the doctor's key and its authority into `k.p12` with openssl.
fn export(bench: &Bench, options: &str) {
    bench.openssl(&format!(
        "pkcs12|-export|-inkey|auth.key|-in|auth.pem|-certfile|eca.pem|-out|k.p12{options}"
    ));
}

/// It opens with this password, and its key signs.
fn opens(bench: &Bench, with: &str) {
    let keystore = open(bench, "k.p12", with).unwrap();
    assert_eq!(keystore.entries().len(), 2);
    assert_eq!(keystore.authentication().unwrap().certificate.as_ref().unwrap().serial, "77");
    let own = anchors(bench, "eca.pem");
    let doctor = doctor();
    let wanted = Wanted { owner: Some(&doctor.into()), now: Timestamp::now(), anchors: &own };
    verifies(&keystore.into_holder(&wanted).unwrap().signer, b"a message");
}

#[test]
fn keystores_of_openssl_open_whatever_protects_them() {
    let bench = one_key("-newkey|rsa:2048");
    let pass = format!("|-passout|pass:{PASSWORD}");
    for options in [
        "",
        "|-legacy",
        "|-legacy|-keypbe|PBE-SHA1-2DES|-certpbe|PBE-SHA1-RC2-128|-macalg|sha1|-iter|1",
        "|-keypbe|AES-128-CBC|-certpbe|AES-192-CBC|-macalg|sha512",
        "|-keypbe|DES-EDE3-CBC|-certpbe|NONE|-macalg|sha384",
        "|-macalg|sha224|-nomaciter",
        "|-nomac",
    ] {
        export(&bench, &format!("{options}{pass}|-name|Authentication"));
        opens(&bench, PASSWORD);
        assert_eq!(
            open(&bench, "k.p12", "geheim 2").unwrap_err(),
            Code::KEYSTORE_PASSWORD_WRONG,
            "{options}"
        );
    }
}

#[test]
fn keystores_with_an_empty_password_or_none_at_all_open_with_an_empty_one() {
    let bench = one_key("-newkey|rsa:2048");
    for options in ["", "|-legacy", "|-keypbe|NONE|-certpbe|NONE|-nomac"] {
        export(&bench, &format!("{options}|-passout|pass:|-name|authentication"));
        opens(&bench, "");
    }
}

#[test]
fn a_sealed_keystore_without_any_password_opens_with_an_empty_one() {
    let bench = one_key("-newkey|rsa:2048");
    let pkcs8 = private_key(&bench).private_key_to_pkcs8().unwrap();
    let leaf = X509::from_pem(&bench.read("auth.pem")).unwrap().to_der().unwrap();
    let bags = [
        ks_der::bag(1, &pkcs8, "authentication"),
        ks_der::bag(3, &ks_der::certificate(&leaf), "authentication"),
    ];
    let safes = ks_der::sequence(&[ks_der::data(&ks_der::sequence(&bags))]);
    // RFC 7292, B.2, with one round and no password at all: SHA-1 over the diversifier and the salt.
    let salt: Vec<u8> = b"saltsalt".iter().copied().cycle().take(64).collect();
    let key = openssl::sha::sha1(&[vec![3; 64], salt].concat());
    let key = openssl::pkey::PKey::hmac(&key).unwrap();
    let seal =
        openssl::sign::Signer::new(MessageDigest::sha1(), &key).unwrap().sign_oneshot_to_vec(&safes).unwrap();
    let sha1 = ks_der::sequence(&[ks_der::tlv(0x06, &[0x2b, 0x0e, 3, 2, 0x1a]), vec![5, 0]]);
    let mac =
        ks_der::sequence(&[ks_der::sequence(&[sha1, ks_der::tlv(4, &seal)]), ks_der::tlv(4, b"saltsalt")]);
    let file = ks_der::sequence(&[ks_der::number(3), ks_der::data(&safes), mac]);
    assert_eq!(p12::open(&file, &password("")).unwrap().entries().len(), 1);
    let other = p12::open(&file, &password("x")).unwrap_err();
    assert_eq!(other.problem().code, Code::KEYSTORE_PASSWORD_WRONG);
}

fn private_key(bench: &Bench) -> openssl::pkey::PKey<openssl::pkey::Private> {
    openssl::pkey::PKey::private_key_from_pem(&bench.read("auth.key")).unwrap()
}

#[test]
fn the_default_function_of_pbes2_is_hmac_sha1() {
    let bench = one_key("-newkey|rsa:2048");
    bench.openssl(&format!(
        "pkcs8|-topk8|-in|auth.key|-v2|aes-256-cbc|-v2prf|hmacWithSHA1|-outform|DER|-out|auth.p8|-passout|pass:{PASSWORD}"
    ));
    let leaf = X509::from_pem(&bench.read("auth.pem")).unwrap().to_der().unwrap();
    let bags = [
        ks_der::bag(2, &bench.read("auth.p8"), "authentication"),
        ks_der::bag(3, &ks_der::certificate(&leaf), "authentication"),
    ];
    let keystore = p12::open(&ks_der::file(&bags), &password(PASSWORD)).unwrap();
    assert!(keystore.authentication().unwrap().key().unwrap().public_eq(&private_key(&bench)));
}

#[test]
fn a_keystore_without_lengths_and_in_pieces_opens_as_bouncy_castle_wrote_it() {
    let bench = one_key("-newkey|rsa:2048");
    let leaf = X509::from_pem(&bench.read("auth.pem")).unwrap().to_der().unwrap();
    let pkcs8 = private_key(&bench).private_key_to_pkcs8().unwrap();
    let bags =
        [ks_der::bag(1, &pkcs8, "authentication"), ks_der::bag(3, &ks_der::certificate(&leaf), "x")].concat();
    let pieces = |bytes: &[u8]| {
        let parts: Vec<u8> = bytes.chunks(1_000).flat_map(|part| ks_der::tlv(0x04, part)).collect();
        let info =
            [ks_der::rsa_oid(&[1, 7, 1]), ks_der::endless(0xa0, &ks_der::endless(0x24, &parts))].concat();
        ks_der::endless(0x30, &info)
    };
    let safes = ks_der::endless(0x30, &pieces(&ks_der::endless(0x30, &bags)));
    let file = ks_der::endless(0x30, &[ks_der::number(3), pieces(&safes)].concat());
    let keystore = p12::open(&file, &password("")).unwrap();
    assert_eq!(keystore.authentication().unwrap().certificate.as_ref().unwrap().der(), leaf);
}

#[test]
fn elliptic_keys_sign_with_plain_r_and_s() {
    for (curve, kind, size) in [("P-256", KeyKind::EcP256, 64), ("P-384", KeyKind::EcP384, 96)] {
        let bench = one_key(&format!("-newkey|ec|-pkeyopt|ec_paramgen_curve:{curve}"));
        export(&bench, &format!("|-passout|pass:{PASSWORD}"));
        let own = anchors(&bench, "eca.pem");
        let wanted = Wanted { owner: None, now: Timestamp::now(), anchors: &own };
        let holder = open(&bench, "k.p12", PASSWORD).unwrap().into_holder(&wanted).unwrap();
        assert_eq!(holder.signer.kind(), kind);
        assert_eq!(holder.signer.sign_now([7; 32]).unwrap().len(), size);
        verifies(&holder.signer, b"a message");
    }
}

#[test]
fn a_key_that_is_too_short_never_signs() {
    let bench = one_key("-newkey|rsa:1024");
    export(&bench, &format!("|-passout|pass:{PASSWORD}"));
    let own = anchors(&bench, "eca.pem");
    let wanted = Wanted { owner: None, now: Timestamp::now(), anchors: &own };
    let refused = open(&bench, "k.p12", PASSWORD).unwrap().into_holder(&wanted).unwrap_err();
    // OpenSSL itself may call a chain with such a key weak before we do.
    assert!([Code::KEYSTORE_NO_KEY, Code::KEYSTORE_OTHER_ENVIRONMENT].contains(&refused.problem().code));
}

/// A certificate `C=Dummy`, serial 0, expired, whose country no strict parser accepts.
fn dummy(bench: &Bench) -> Vec<u8> {
    let key = private_key(bench);
    let name = ks_der::sequence(&[ks_der::tlv(
        0x31,
        &ks_der::sequence(&[ks_der::tlv(0x06, &[0x55, 4, 6]), ks_der::tlv(0x13, b"Dummy")]),
    )]);
    let sha256_rsa = ks_der::sequence(&[ks_der::rsa_oid(&[1, 1, 0x0b]), vec![5, 0]]);
    let day = ks_der::tlv(0x17, b"200101000000Z");
    let body = ks_der::sequence(&[
        ks_der::number(0),
        sha256_rsa.clone(),
        name.clone(),
        ks_der::sequence(&[day.clone(), day]),
        name,
        key.public_key_to_der().unwrap(),
    ]);
    let mut signer = openssl::sign::Signer::new(MessageDigest::sha256(), &key).unwrap();
    let signature = signer.sign_oneshot_to_vec(&body).unwrap();
    ks_der::sequence(&[body, sha256_rsa, ks_der::tlv(0x03, &[&[0], signature.as_slice()].concat())])
}

#[test]
fn a_request_in_progress_is_readable_told_as_such_and_passed_over_for_an_older_file() {
    let bench = one_key("-newkey|rsa:2048");
    let doctor = doctor();
    export(&bench, &format!("|-passout|pass:{PASSWORD}|-name|authentication"));
    let old = format!("SSIN={} 20240102-101500.p12", doctor.reveal());
    std::fs::copy(bench.file("k.p12"), bench.file(&old)).unwrap();
    let pkcs8 = private_key(&bench).private_key_to_pkcs8().unwrap();
    let bags = [
        ks_der::bag(1, &pkcs8, "authentication"),
        ks_der::bag(3, &ks_der::certificate(&dummy(&bench)), "authentication"),
        ks_der::bag(3, &ks_der::certificate(b"no certificate at all"), "noise"),
    ];
    let new = format!("SSIN={} 20260102-101500.p12", doctor.reveal());
    std::fs::write(bench.file(&new), ks_der::file(&bags)).unwrap();

    let keystore = open(&bench, &new, PASSWORD).unwrap();
    assert!(keystore.authentication().unwrap().certificate.as_ref().unwrap().is_dummy());
    let own = anchors(&bench, "eca.pem");
    let wanted = Wanted { owner: Some(&doctor.into()), now: Timestamp::now(), anchors: &own };
    assert_eq!(keystore.check(&wanted).unwrap_err().problem().code, Code::KEYSTORE_IN_PROGRESS);
    let (path, _) = find::newest_usable(bench.path(), &doctor.into(), &password(PASSWORD), &wanted).unwrap();
    assert!(path.ends_with(&old));
    std::fs::remove_file(path).unwrap();
    let only = find::newest_usable(bench.path(), &doctor.into(), &password(PASSWORD), &wanted).unwrap_err();
    assert_eq!(only.problem().code, Code::KEYSTORE_IN_PROGRESS);
}

#[test]
fn inspection_tells_names_purpose_owner_and_no_key() {
    let bench = practice(OLD_JAVA);
    let inspection = serde_json::to_value(open(&bench, "k.p12", PASSWORD).unwrap().inspect()).unwrap();
    let entries = inspection["entries"].as_array().unwrap();
    let auth = entries.iter().find(|entry| entry["alias"] == "authentication").unwrap();
    let number = doctor().reveal().to_owned();
    assert_eq!(auth["kind"], "key");
    assert_eq!(auth["serial"], "77");
    assert_eq!(auth["issuer"], "CN=eca,O=Invented,C=BE");
    assert_eq!(
        auth["subject"],
        format!(
            "CN=SSIN\\={number},OU=eHealth-platform Belgium,OU=LAMBERT CLAIRE,OU=SSIN\\={number},O=Federal Government,C=BE"
        )
    );
    assert_eq!(
        auth["key_usage"],
        serde_json::json!(["digitalSignature", "nonRepudiation", "keyEncipherment"])
    );
    assert_eq!(auth["identity"], serde_json::json!({"type": "SSIN", "id": number}));
    assert!(auth.get("environment").is_none(), "an unknown issuer is not guessed at");
    assert!(auth["not_after"].as_str().unwrap().ends_with('Z'));
    assert!(!inspection.to_string().contains("PRIVATE"));
}

#[test]
fn an_organisations_number_and_application_are_read_whatever_their_order() {
    let bench = Bench::new();
    bench.authority("eca");
    let subject = "/C=BE/O=Federal Government/OU=MYAPP/OU=CBE=0809394427/OU=PRACTICE/OU=eHealth-platform Belgium/CN=CBE=0809394427, MYAPP";
    bench.issued("eca", "auth", subject, "-newkey|rsa:2048", 77);
    export(&bench, &format!("|-passout|pass:{PASSWORD}"));
    let keystore = open(&bench, "k.p12", PASSWORD).unwrap();
    let owner = keystore.authentication().unwrap().certificate.as_ref().unwrap().owner().unwrap();
    assert_eq!(
        (owner.kind.as_str(), owner.id.as_str(), owner.application.as_deref()),
        ("CBE", "0809394427", Some("MYAPP"))
    );
    assert!(!format!("{owner:?} {keystore:?}").contains("0809394427"));
}

#[test]
fn files_that_cost_too_much_are_refused_before_anything_is_derived() {
    let refused = |bytes: &[u8]| p12::open(bytes, &password("x")).unwrap_err().problem().code;
    let key = |rounds| ks_der::bag(2, &ks_der::shrouded(ks_der::three_des(rounds)), "k");
    let sealed = |rounds| {
        ks_der::sequence(&[ks_der::number(3), ks_der::data(&ks_der::sequence(&[])), ks_der::seal(rounds)])
    };
    // Deriving a thousandth of these would take longer than the whole test may.
    assert_eq!(refused(&ks_der::file(&[key(1_000_001)])), Code::KEYSTORE_TOO_COSTLY);
    assert_eq!(refused(&ks_der::file(&[key(0x7fff_ffff)])), Code::KEYSTORE_TOO_COSTLY);
    assert_eq!(refused(&sealed(0x7fff_ffff)), Code::KEYSTORE_TOO_COSTLY);
    assert_eq!(refused(&ks_der::file(&vec![key(1_000_000); 4_000])), Code::KEYSTORE_TOO_COSTLY, "in all");
    assert_eq!(
        refused(&ks_der::file(&vec![ks_der::bag(5, &[0x30, 0], "s"); 5_000])),
        Code::KEYSTORE_TOO_COSTLY
    );
    assert_eq!(refused(&vec![0x30; p12::MOST_BYTES + 1]), Code::KEYSTORE_TOO_COSTLY);
    let nested = (0..50).fold(vec![0x30, 0], |inner, _| ks_der::sequence(&[ks_der::bag(6, &inner, "n")]));
    let nested =
        ks_der::sequence(&[ks_der::number(3), ks_der::data(&ks_der::sequence(&[ks_der::data(&nested)]))]);
    assert!([Code::KEYSTORE_TOO_COSTLY, Code::KEYSTORE_UNREADABLE].contains(&refused(&nested)));
    assert_eq!(refused(b"this is a text"), Code::KEYSTORE_UNREADABLE);
}

#[test]
fn a_pipe_or_a_missing_file_does_not_hang_the_search() {
    let bench = Bench::new();
    bench.run("mkfifo", &["pipe.p12"]);
    let refused = |name: &str| find::open_file(&bench.file(name), &password("x")).unwrap_err().problem().code;
    assert_eq!(refused("pipe.p12"), Code::KEYSTORE_UNREADABLE);
    assert_eq!(refused("none.p12"), Code::KEYSTORE_NOT_FOUND);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_keystore_with_any_byte_changed_never_panics_and_never_gives_another_key(
        at in any::<prop::sample::Index>(), to in any::<u8>(),
    ) {
        static GOOD: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
            let bench = one_key("-newkey|rsa:2048");
            export(&bench, &format!("|-iter|1|-passout|pass:{PASSWORD}"));
            bench.read("k.p12")
        });
        let mut bytes = GOOD.clone();
        let place = at.index(bytes.len());
        bytes[place] = to;
        if let Ok(keystore) = p12::open(&bytes, &password(PASSWORD)) {
            let good = p12::open(&GOOD, &password(PASSWORD)).unwrap();
            let key = |keystore: &Keystore| keystore.entries()[0].key().unwrap().private_key_to_der().unwrap();
            prop_assert_eq!(key(&keystore), key(&good));
        }
    }
}
