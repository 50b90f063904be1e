//! OpenSC 0.23 knows real cards; what it reads from ours is what we put there.

use std::path::Path;
use std::process::Command;

use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use openssl::x509::X509;
use relais_sandbox::eid::{Model, Person};

use crate::eid::{CURRENT, card};
use crate::pcscd::{Pcscd, privately};

const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

/// What a program printed; its exit code too, where it means something.
fn run(program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&told).into_owned())
}

fn succeeds(program: &str, arguments: &[&str]) -> String {
    let (done, told) = run(program, arguments);
    assert!(done, "{program} {arguments:?}:\n{told}");
    told
}

#[test]
fn eidenv_reads_the_same_person() {
    privately("opensc::eidenv_reads_the_same_person", |service| {
        for model in CURRENT {
            read_person(service, model);
        }
    });
}

/// `eidenv` always exits 1 and prints no street.
fn read_person(service: &mut Pcscd, model: Model) {
    let (shared, served) = service.insert(card(model));
    let (_, told) = run("eidenv", &["--reader", "0"]);
    let expected = [
        ("BELPIC_NAME", "Vandersteen"),
        ("BELPIC_FIRSTNAMES", "Amélie Louise"),
        ("BELPIC_NATIONALNUMBER", Person::doctor().ssin().reveal()),
        ("BELPIC_NATIONALITY", "Belge"),
        ("BELPIC_BIRTHLOCATION", "Namur"),
        ("BELPIC_BIRTHDATE", "14 AOUT 1979"),
        ("BELPIC_SEX", "F"),
        ("BELPIC_ZIPCODE", "5000"),
        ("BELPIC_MUNICIPALITY", "Namur"),
    ]
    .map(|(field, value)| format!("{field}: {value}"));
    let missing = expected.iter().filter(|line| !told.contains(*line)).collect::<Vec<_>>();
    assert!(missing.is_empty(), "{model:?} lacks {missing:?}:\n{told}");
    let counters = shared.lock().unwrap().counters().clone();
    assert_eq!(counters.verifies, 0);
    served.pull();
    service.wait_until_empty();
}

#[test]
fn pkcs15_tool_lists_and_reads_the_certificates() {
    privately("opensc::pkcs15_tool_lists_and_reads_the_certificates", |service| {
        for model in CURRENT {
            list_certificates(service, model);
        }
    });
}

fn list_certificates(service: &mut Pcscd, model: Model) {
    let (_shared, served) = service.insert(card(model));
    let listed = succeeds("pkcs15-tool", &["--reader", "0", "--list-certificates"]);
    for label in ["[Authentication]", "[Signature]", "[CA]", "[Root]"] {
        assert!(listed.contains(label), "{model:?} {label}:\n{listed}");
    }
    let read = succeeds("pkcs15-tool", &["--reader", "0", "--read-certificate", "02"]);
    let start = read.find("-----BEGIN").unwrap_or_else(|| panic!("no certificate in:\n{read}"));
    let certificate = X509::from_pem(&read.as_bytes()[start..]).unwrap();
    let name = certificate.subject_name().entries_by_nid(openssl::nid::Nid::COMMONNAME).next().unwrap();
    assert_eq!(name.data().to_string().unwrap(), "Amélie Vandersteen (Authentication)");
    served.pull();
    service.wait_until_empty();
}

#[test]
fn pkcs11_tool_signs_with_the_rsa_card() {
    privately("opensc::pkcs11_tool_signs_with_the_rsa_card", |service| {
        for model in [Model::V17, Model::V17Rekeyed] {
            sign(service, model);
        }
    });
}

fn sign(service: &mut Pcscd, model: Model) {
    let (shared, served) = service.insert(card(model));
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    std::fs::write(&input, b"what OpenSC signs").unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let told = succeeds(
        "pkcs11-tool",
        &[
            "--module",
            MODULE,
            "--login",
            "--pin",
            "1234",
            "--sign",
            "--id",
            "02",
            "--mechanism",
            "SHA256-RSA-PKCS",
            "--input-file",
            &path(&input),
            "--output-file",
            &path(&output),
        ],
    );
    let signature = std::fs::read(&output).unwrap_or_else(|error| panic!("{error}:\n{told}"));
    let read = succeeds("pkcs15-tool", &["--reader", "0", "--read-certificate", "02"]);
    let start = read.find("-----BEGIN").unwrap();
    let key = X509::from_pem(&read.as_bytes()[start..]).unwrap().public_key().unwrap();
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
    verifier.update(b"what OpenSC signs").unwrap();
    assert!(verifier.verify(&signature).unwrap(), "{model:?}");
    assert_eq!(shared.lock().unwrap().counters().signatures, 1);
    served.pull();
    service.wait_until_empty();
}
