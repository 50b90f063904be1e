//! Another password: every entry stays, the old file is kept beside it, and a change that fails changes nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::civil::{DateTime, date};
use openssl::x509::X509;
use relais_core::Code;
use relais_keystore::{Keystore, back_up, change_password, drill, find, p12};

use super::ks_der;
use super::ks_tools::{PASSWORD, doctor, password};
use super::writing::{
    complete, delivered, disk, key, keytool_uses, leave, lies, new_password, on_a_small_disk, open,
    openssl_reads, read_only, saved,
};
use super::{OLD_JAVA, Timestamp, made_by_java};

const NEW: &str = "a new phrase";

fn at() -> DateTime {
    date(2026, 3, 2).at(9, 30, 0, 0)
}

fn change(file: &Path) -> Result<PathBuf, Code> {
    let done = change_password(file, &password(PASSWORD), &new_password(NEW), at());
    done.map(|changed| changed.backup).map_err(|error| error.problem().code)
}

/// What a person would miss of an entry.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    alias: String,
    certificate: Option<Vec<u8>>,
    key: Option<Vec<u8>>,
}

fn holds(keystore: &Keystore) -> Vec<Held> {
    let one = |entry: &relais_keystore::Entry| {
        let key = entry.key().map(|key| key.private_key_to_pkcs8().unwrap());
        let certificate = entry.certificate.as_ref().map(|certificate| certificate.der().to_vec());
        Held { alias: entry.alias.clone(), certificate, key }
    };
    let mut all: Vec<_> = keystore.entries().iter().map(one).collect();
    all.sort();
    all
}

#[test]
fn a_keystore_of_old_java_gets_another_password_and_the_modern_form_with_every_entry() {
    let bench = made_by_java(OLD_JAVA);
    let file = bench.file("k.p12");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let (before, old) = (bench.read("k.p12"), holds(&open(&file, PASSWORD)));
    let backup = change(&file).unwrap();
    assert_eq!(backup, bench.file("k.p12.20260302-093000.bak"));
    assert_eq!(std::fs::read(&backup).unwrap(), before, "the old one, byte for byte");
    assert_eq!(std::fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640,
        "who could read it, can"
    );
    assert_eq!(holds(&open(&file, NEW)), old);
    let refused = find::open_file(&file, &password(PASSWORD)).unwrap_err();
    assert_eq!(refused.problem().code, Code::KEYSTORE_PASSWORD_WRONG);
    let list = keytool_uses(&bench, &file, NEW, &[("authentication", 2), ("1001", 2), ("1002", 2)]);
    assert_eq!(list.matches("Entry type: trustedCertEntry").count(), 1, "{list}");
    openssl_reads(&bench, &file, NEW, 3, 4);
    let (person, name) = (doctor(), format!("SSIN={} 20260102-101500.p12", doctor().reveal()));
    std::fs::rename(&file, bench.file(&name)).unwrap();
    std::fs::rename(&backup, bench.file(&format!("{name}.20260302-093000.bak"))).unwrap();
    let listed = find::candidates(bench.path(), &person.into()).unwrap();
    assert_eq!(listed, [bench.file(&name)], "nobody takes the copy for a keystore");
}

#[test]
fn entries_of_one_name_a_stand_in_and_keys_without_a_certificate_stay() {
    let bench = delivered();
    let leaf = X509::from_pem(&bench.read("auth.pem")).unwrap().to_der().unwrap();
    let pkcs8 = |name| key(&bench, name).private_key_to_pkcs8().unwrap();
    let noise = b"no certificate at all".to_vec();
    let bags = [
        ks_der::bag(1, &pkcs8("auth"), "encryption"),
        ks_der::bag(3, &ks_der::certificate(&leaf), "encryption"),
        ks_der::bag(1, &pkcs8("enc"), "encryption"),
        ks_der::bag(3, &ks_der::certificate(&super::dummy(&bench)), "request"),
        ks_der::bag(3, &ks_der::certificate(&noise), "noise"),
    ];
    let file = bench.file("odd.p12");
    std::fs::write(&file, ks_der::file(&bags)).unwrap();
    let old = p12::open(&bench.read("odd.p12"), &password("")).unwrap();
    let changed = change_password(&file, &password(""), &new_password(NEW), at()).unwrap();
    assert_eq!(changed.entries, 3, "two keys and a stand-in; the noise is no entry, and stays");
    let size = |bytes: &[u8]| p12::open(bytes, &password(NEW)).map(|one| one.entries().len()).unwrap();
    assert_eq!(size(&bench.read("odd.p12")), 3);
    assert_eq!(holds(&open(&file, NEW)), holds(&old));
}

#[test]
fn what_would_be_lost_or_is_reached_by_a_link_is_refused_and_stays_as_it_is() {
    let bench = delivered();
    let pkcs8 = key(&bench, "auth").private_key_to_pkcs8().unwrap();
    let file = bench.file("odd.p12");
    let refused = |bag: Vec<u8>| {
        let bytes = ks_der::file(&[ks_der::bag(1, &pkcs8, "authentication"), bag]);
        std::fs::write(&file, &bytes).unwrap();
        let refused = change_password(&file, &password(""), &new_password(NEW), at()).unwrap_err();
        assert_eq!(std::fs::read(&file).unwrap(), bytes);
        refused.problem().code
    };
    let sdsi =
        ks_der::sequence(&[ks_der::rsa_oid(&[1, 9, 0x16, 2]), ks_der::tlv(0xa0, &ks_der::tlv(4, b"x"))]);
    for bag in [
        ks_der::bag(5, &[0x30, 0], "a secret"),
        ks_der::bag(4, &[0x30, 0], "a revocation list"),
        ks_der::bag(9, &[0x30, 0], "a kind of later"),
        ks_der::bag(3, &sdsi, "a certificate of another kind"),
    ] {
        assert_eq!(refused(bag), Code::KEYSTORE_FOREIGN_PARTS);
    }
    let target = saved(&bench, &complete(&bench));
    std::os::unix::fs::symlink(&target, bench.file("link.p12")).unwrap();
    assert_eq!(change(&bench.file("link.p12")), Err(Code::KEYSTORE_NOT_WRITTEN));
    assert_eq!(change(&bench.file("none.p12")), Err(Code::KEYSTORE_NOT_FOUND));
    let wrong = change_password(&target, &password("wrong"), &new_password(NEW), at()).unwrap_err();
    assert_eq!(wrong.problem().code, Code::KEYSTORE_PASSWORD_WRONG);
    assert_eq!(
        lies(bench.path()).iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "bak")).count(),
        0
    );
    open(&target, PASSWORD);
}

#[test]
fn no_copy_ever_takes_the_place_of_another() {
    let bench = delivered();
    let file = saved(&bench, &complete(&bench));
    let first = change(&file).unwrap();
    let kept = std::fs::read(&first).unwrap();
    let again = change_password(&file, &password(NEW), &new_password(PASSWORD), at()).unwrap();
    assert_eq!(again.backup.extension().unwrap(), "bak");
    assert!(again.backup.to_str().unwrap().ends_with(".20260302-093001.bak"), "within the same second");
    assert_eq!(std::fs::read(&first).unwrap(), kept);
    open(&file, PASSWORD);
    for second in 2..10 {
        let name = format!("{}.20260302-09300{second}.bak", file.display());
        std::os::unix::fs::symlink("/nowhere", name).unwrap();
    }
    let refused = change_password(&file, &password(PASSWORD), &new_password(NEW), at()).unwrap_err();
    assert_eq!(refused.problem().with["reason"], "name-taken", "no link is followed");
    open(&file, PASSWORD);
}

#[test]
fn a_copy_elsewhere_is_the_file_byte_for_byte_and_takes_nobodys_place() {
    let bench = delivered();
    let (file, stick) = (saved(&bench, &complete(&bench)), bench.file("stick"));
    std::fs::create_dir(&stick).unwrap();
    let copy = back_up(&file, &stick).unwrap();
    assert_eq!(copy, stick.join(file.file_name().unwrap()));
    assert_eq!(std::fs::read(&copy).unwrap(), std::fs::read(&file).unwrap());
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(back_up(&file, &stick).unwrap(), copy, "it lies there already");
    std::fs::write(&copy, b"somebody's").unwrap();
    let refused = |file: &Path, to: &Path| back_up(file, to).unwrap_err().problem();
    assert_eq!(refused(&file, &stick).with["reason"], "name-taken");
    assert_eq!(std::fs::read(&copy).unwrap(), b"somebody's");
    assert_eq!(refused(&file, &bench.file("gone")).with["reason"], "not-found");
    assert_eq!(refused(&bench.file("auth.pem"), &stick).code, Code::KEYSTORE_UNREADABLE, "no keystore");
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 1, "nothing is left over");
}

#[test]
#[ignore = "a process of the test below"]
fn process_that_changes_a_password_on_a_disk_that_refuses() {
    let (bench, disk) = (delivered(), disk());
    let file = disk.join("k.p12");
    std::fs::copy(saved(&bench, &complete(&bench)), &file).unwrap();
    let before = lies(&disk);
    let refused = |reason: &str| {
        let done = change_password(&file, &password(PASSWORD), &new_password(NEW), at());
        let problem = done.unwrap_err().problem();
        assert_eq!((problem.code, problem.with["reason"].as_str()), (Code::KEYSTORE_NOT_WRITTEN, reason));
        assert!(lies(&disk) == before, "nothing is gone and nothing is left over");
    };
    let size = before[0].1.len();
    // Room for nothing, for a part of the new file, and for the new file but not for the copy of the old one.
    for pages in [0, 1, size.div_ceil(4_096) + 1] {
        leave(&disk, pages);
        refused("disk-full");
        std::fs::remove_file(disk.join("ballast")).unwrap();
    }
    read_only(&disk, "remount,ro");
    refused("not-allowed");
    read_only(&disk, "remount,rw");
    change(&file).unwrap();
    open(&file, NEW);
}

#[test]
fn a_disk_that_is_full_or_read_only_leaves_the_keystore_with_its_old_password() {
    on_a_small_disk("changing::process_that_changes_a_password_on_a_disk_that_refuses");
}

#[test]
fn a_drill_gives_the_date_and_leaves_everything_as_it_was() {
    let bench = delivered();
    let file = saved(&bench, &complete(&bench));
    let before = lies(bench.path());
    let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
    assert_eq!(drill(&file, &password(PASSWORD), now).unwrap(), now);
    assert_eq!(
        drill(&file, &password("wrong"), now).unwrap_err().problem().code,
        Code::KEYSTORE_PASSWORD_WRONG
    );
    assert!(lies(bench.path()) == before);
}
