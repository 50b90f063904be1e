//! P4 and P5: a keystore as Java writes it against its key derivations; ten thousand files of certificates against reading
//! them, the look at unchanged ones against listing them, and what each takes in memory. Source: docs/reference/performance.md.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs5::pbkdf2_hmac;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sha::sha256;
use openssl::stack::Stack;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509NameBuilder};
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey, PrivateKeyChain,
};
use relais_benches::{Counted, Row, Runner, in_turns, is_asked_for, report};
use relais_core::secret::Password;
use relais_keystore::inventory::{Seen, Sidecar, scan};
use relais_keystore::p12;

const FILES: usize = 10_000;
/// Of so many files one is a keystore, which shows nothing without its password.
const KEYSTORE_EVERY: usize = 10;
const ROUNDS: usize = 7;
/// What Java 16 and later derives with. Source: docs/reference/ehealth-certificates.md, section 1.
const JAVA_ROUNDS: u32 = 10_000;
const PASSWORD: &str = "Bench-2026";
const PATIENCE: Duration = Duration::from_secs(60);

fn certificate(key: &PKey<Private>, number: usize) -> X509 {
    let name = |parts: &[(&str, &str)]| {
        let mut name = X509NameBuilder::new().unwrap();
        parts.iter().for_each(|(kind, value)| name.append_entry_by_text(kind, value).unwrap());
        name.build()
    };
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    let serial = BigNum::from_u32(u32::try_from(number).unwrap()).unwrap();
    certificate.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
    let unit = format!("NIHII-HOSPITAL={number:08}");
    let subject = [
        ("C", "BE"),
        ("O", "Federal Government"),
        ("OU", &unit),
        ("OU", "HOSPITAL OF THE BENCH"),
        ("OU", "eHealth-platform Belgium"),
        ("CN", &unit),
    ];
    certificate.set_subject_name(&name(&subject)).unwrap();
    let issuer = [
        ("C", "BE"),
        ("O", "ZETES SA"),
        ("CN", "TEST-ZetesConfidens-eHealth acceptance test-issuing CA 001"),
    ];
    certificate.set_issuer_name(&name(&issuer)).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(365).unwrap()).unwrap();
    certificate.set_pubkey(key).unwrap();
    let usage = KeyUsage::new().critical().digital_signature().key_encipherment().build().unwrap();
    certificate.append_extension(usage).unwrap();
    certificate.sign(key, MessageDigest::sha256()).unwrap();
    certificate.build()
}

/// Files as they lie in a hospital: both encodings, and keystores, a hundred in a folder.
fn filled(folder: &Path) {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    for number in 0..FILES {
        let inside = folder.join(format!("ward {}", number / 100));
        fs::create_dir_all(&inside).unwrap();
        let certificate = certificate(&key, number);
        let (end, bytes) = match number {
            _ if number % KEYSTORE_EVERY == 0 => {
                let mut builder = Pkcs12::builder();
                builder.name("authentication").pkey(&key).cert(&certificate).ca(Stack::new().unwrap());
                builder.key_iter(1).mac_iter(1);
                ("p12", builder.build2(PASSWORD).unwrap().to_der().unwrap())
            }
            _ if number % 2 == 0 => ("cer", certificate.to_der().unwrap()),
            _ => ("pem", certificate.to_pem().unwrap()),
        };
        fs::write(inside.join(format!("NIHII-HOSPITAL={number:08} 20260102-101500.{end}")), bytes).unwrap();
    }
    // A file of the last two seconds is read again; these are not.
    std::thread::sleep(Duration::from_millis(2_100));
}

fn looked(folder: &Path, known: &Arc<Sidecar>) -> Seen {
    let seen = scan(&[folder.to_owned()], known, PATIENCE, &mut |_| ControlFlow::Continue(()));
    assert_eq!((seen.rows.len(), seen.whole), (FILES, true));
    seen
}

/// Every file below a folder, handed to `each`.
fn listed(folder: &Path, each: &mut dyn FnMut(PathBuf, fs::DirEntry)) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            listed(&entry.path(), each);
        } else {
            each(entry.path(), entry);
        }
    }
}

/// Bytes of this process that lie in memory.
fn resident() -> usize {
    let text = fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1_024
}

fn inventory(folder: &Path) -> Vec<String> {
    filled(folder);
    let empty = Arc::new(Sidecar::default());
    // Once before anything is counted: what the libraries take once is no certificate's.
    drop(looked(folder, &empty));
    let before = resident();
    let mut known = Sidecar::default();
    known.take_up(&looked(folder, &empty));
    let warm = Arc::new(known);
    let held = looked(folder, &warm);
    let each = resident().saturating_sub(before) / FILES;
    assert_eq!((held.progress.read, warm.len()), (0, FILES));
    let times = in_turns(
        &mut [
            Runner::new("first", || assert_eq!(looked(folder, &empty).progress.read, FILES)),
            Runner::new("reading", || {
                let mut bytes = 0;
                listed(folder, &mut |path, _| bytes += fs::read(path).unwrap().len());
                assert!(bytes > FILES);
            }),
            Runner::new("again", || assert_eq!(looked(folder, &warm).progress.read, 0)),
            Runner::new("listing", || {
                let mut bytes = 0;
                listed(folder, &mut |_, entry| bytes += entry.metadata().unwrap().len());
                assert!(bytes > FILES as u64);
            }),
        ],
        ROUNDS,
    );
    let row = |path, limit, ours, theirs, wanted| Row {
        goal: "P5",
        path,
        limit,
        ours: times[ours],
        theirs: times[theirs],
        wanted,
    };
    let memory = Counted {
        goal: "P5",
        path: "memory of a file and its certificate, with its sidecar",
        peer: "2 KB",
        unit: "bytes",
        ours: each,
        theirs: 2_048,
        most: 2_048,
    };
    vec![
        row("first look at 10 000 files", "reading them, one after the other", 0, 1, "<= 1.5").line(),
        row("look at 10 000 unchanged files", "readdir + stat", 2, 3, "<= 1.3").line(),
        memory.line(),
    ]
}

/// A keystore as Java 17 writes it: three keys, each with a bag and a salt of its own.
fn java() -> Vec<u8> {
    let mut keystore = KeyStore::new();
    for number in 0..3 {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let chain = PrivateKeyChain::new(
            number.to_string(),
            PrivateKey::from_der(&key.private_key_to_pkcs8().unwrap()).unwrap(),
            [Certificate::from_der(&certificate(&key, number).to_der().unwrap()).unwrap()],
        );
        keystore.add_entry(&number.to_string(), KeyStoreEntry::PrivateKeyChain(chain));
    }
    let rounds = JAVA_ROUNDS;
    let writer =
        keystore.writer(PASSWORD).encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256);
    let writer = writer.encryption_iterations(rounds).mac_algorithm(MacAlgorithm::HmacSha256);
    writer.mac_iterations(rounds).write().unwrap()
}

/// What cannot be avoided: PBKDF2 for each of three keys and for the certificates, and the chain of hashes of the MAC.
fn derivations() {
    let mut key = [0; 32];
    for salt in [[1; 20], [2; 20], [3; 20], [4; 20]] {
        let rounds = JAVA_ROUNDS as usize;
        pbkdf2_hmac(PASSWORD.as_bytes(), &salt, rounds, MessageDigest::sha256(), &mut key).unwrap();
    }
    // RFC 7292, B.2: the first hash is over diversifier, salt and password, each filled up to whole blocks.
    let first = sha256(&[0x5a; 192]);
    let last = (1..JAVA_ROUNDS).fold(first, |hash, _| sha256(&hash));
    assert_ne!((key, last), ([0; 32], [0; 32]));
}

fn keystore() -> String {
    let bytes = java();
    let password = || Password::take(PASSWORD.to_owned()).unwrap();
    let times = in_turns(
        &mut [
            Runner::new("open", || assert_eq!(p12::open(&bytes, &password()).unwrap().entries().len(), 3)),
            Runner::new("derive", derivations),
        ],
        30,
    );
    Row {
        goal: "P4",
        path: "opening a keystore of Java with 3 keys",
        limit: "its 5 key derivations",
        ours: times[0],
        theirs: times[1],
        wanted: "<= 1.05",
    }
    .line()
}

fn main() -> std::io::Result<()> {
    if !is_asked_for() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let mut lines = vec![keystore()];
    lines.extend(inventory(folder.path()));
    report(&lines)
}
