//! What is written: keytool and openssl read it, it never takes another's place, and a disk that refuses costs nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::civil::date;
use openssl::pkey::{PKey, Private};
use openssl::x509::X509;
use relais_core::Code;
use relais_core::environment::EnvironmentClass;
use relais_keystore::{Draft, FileName, Keystore, NewPassword, find, p12, save};

use super::ks_tools::{Bench, PASSWORD, doctor, password, subject};
use super::{OLD_JAVA, Timestamp, Wanted, anchors, made_by_java};

/// A serial number of 16 bytes whose first bit is set, as ETKs have them.
const SERIAL: &str = "0xF0E1D2C3B4A5968778695A4B3C2D1E0F";
pub const SERIAL_DECIMAL: &str = "320187260592966088227705887823340838415";

pub fn key(bench: &Bench, name: &str) -> PKey<Private> {
    PKey::private_key_from_pem(&bench.read(&format!("{name}.key"))).unwrap()
}

pub fn der(bench: &Bench, name: &str) -> Vec<u8> {
    X509::from_pem(&bench.read(&format!("{name}.pem"))).unwrap().to_der().unwrap()
}

/// An authority under a root, the doctor's key, and a certificate for messages that this key has signed.
pub fn delivered() -> Bench {
    let bench = Bench::new();
    bench.authority("root");
    bench.openssl(
        "req|-new|-newkey|rsa:2048|-nodes|-keyout|eca.key|-out|eca.csr|-subj|/C=BE/O=Invented/CN=eca",
    );
    std::fs::write(
        bench.file("ca.cnf"),
        "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n",
    )
    .unwrap();
    bench.openssl("x509|-req|-in|eca.csr|-CA|root.pem|-CAkey|root.key|-set_serial|2|-days|3650|-extfile|ca.cnf|-out|eca.pem");
    bench.issued("eca", "auth", &subject(&doctor()), "-newkey|rsa:2048", 77);
    for_messages(&bench, "enc", SERIAL);
    bench
}

/// A certificate as an ETK has it: the doctor is subject and issuer, the authentication key signs.
pub fn for_messages(bench: &Bench, name: &str, serial: &str) {
    let subject = subject(&doctor());
    bench.openssl(&format!(
        "req|-new|-newkey|rsa:2048|-nodes|-keyout|{name}.key|-out|{name}.csr|-subj|{subject}"
    ));
    let usage = "keyUsage=critical,keyEncipherment,dataEncipherment\nsubjectKeyIdentifier=hash\n";
    std::fs::write(bench.file("message.cnf"), usage).unwrap();
    bench.openssl(&format!("x509|-req|-in|{name}.csr|-CA|auth.pem|-CAkey|auth.key|-set_serial|{serial}|-days|365|-extfile|message.cnf|-out|{name}.pem"));
}

fn draft(bench: &Bench) -> Draft {
    let chain = ["auth", "eca", "root"].map(|name| der(bench, name));
    Draft::delivered(&key(bench, "auth"), &chain).unwrap()
}

pub fn complete(bench: &Bench) -> Draft {
    draft(bench).with_encryption_key(&key(bench, "enc"), &der(bench, "enc")).unwrap()
}

pub fn new_password(text: &str) -> NewPassword {
    NewPassword::check(password(text)).unwrap()
}

pub fn file_name() -> FileName {
    let at = date(2026, 3, 2).at(9, 30, 0, 0);
    FileName { owner: doctor().into(), class: EnvironmentClass::Production, at }
}

pub fn saved(bench: &Bench, draft: &Draft) -> PathBuf {
    save(bench.path(), file_name(), draft, &new_password(PASSWORD)).unwrap()
}

/// What a tool says of a file; its failure is the test's.
fn told(bench: &Bench, program: &str, arguments: &[&str]) -> String {
    let out = Command::new(program).args(arguments).current_dir(bench.path()).stdin(Stdio::null()).output();
    let out = out.unwrap_or_else(|cause| panic!("{program} is needed for this test: {cause}"));
    let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{program} {arguments:?}: {said}");
    said
}

/// Java lists these keys with chains of this length, and uses each: a request is signed with it.
pub fn keytool_uses(bench: &Bench, file: &Path, with: &str, keys: &[(&str, usize)]) -> String {
    let file = file.to_str().unwrap();
    let list = told(
        bench,
        "keytool",
        &["-list", "-v", "-keystore", file, "-storepass", with, "-storetype", "PKCS12"],
    );
    let entries: Vec<&str> = list.split("Alias name: ").skip(1).collect();
    for (alias, chain) in keys {
        let entry = entries.iter().find(|entry| entry.lines().next() == Some(*alias));
        let entry = entry.unwrap_or_else(|| panic!("{alias} in {list}"));
        assert!(entry.contains("Entry type: PrivateKeyEntry"), "{entry}");
        assert!(entry.contains(&format!("Certificate chain length: {chain}\n")), "{entry}");
        let asked = ["-certreq", "-alias", alias, "-keystore", file, "-storepass", with];
        assert!(told(bench, "keytool", &asked).contains("BEGIN NEW CERTIFICATE REQUEST"));
    }
    let found = list.matches("Entry type: PrivateKeyEntry").count();
    assert_eq!(found, keys.len(), "{list}");
    list
}

/// OpenSSL opens it, in the one form that is written, and finds so many keys and certificates.
pub fn openssl_reads(bench: &Bench, file: &Path, with: &str, keys: usize, certificates: usize) {
    let pass = format!("pass:{with}");
    let arguments = ["pkcs12", "-in", file.to_str().unwrap(), "-passin", &pass, "-nodes", "-info"];
    let said = told(bench, "openssl", &arguments);
    assert_eq!(said.matches("BEGIN PRIVATE KEY").count(), keys, "{said}");
    assert_eq!(said.matches("BEGIN CERTIFICATE").count(), certificates, "{said}");
    assert!(said.contains("MAC: sha256, Iteration 10000"), "{said}");
    let modern = "PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256";
    assert_eq!(said.matches(modern).count(), keys + 1, "{said}");
    assert!(!said.contains("pbeWith"), "{said}");
}

pub fn open(file: &Path, with: &str) -> Keystore {
    find::open_file(file, &password(with)).unwrap()
}

#[test]
fn java_and_openssl_use_a_keystore_with_every_kind_of_entry() {
    let bench = delivered();
    let file = saved(&bench, &complete(&bench));
    let name = format!("SSIN={} 20260302-093000.p12", doctor().reveal());
    assert_eq!(file, bench.file(&name));
    let list = keytool_uses(&bench, &file, PASSWORD, &[("authentication", 3), (SERIAL_DECIMAL, 4)]);
    assert_eq!(list.matches("Entry type: trustedCertEntry").count(), 2, "{list}");
    assert!(list.contains("Alias name: cn=eca,o=invented,c=be\n"), "{list}");
    openssl_reads(&bench, &file, PASSWORD, 2, 4);
    let keystore = open(&file, PASSWORD);
    let (doctor, own) = (doctor().into(), anchors(&bench, "root.pem"));
    let wanted = Wanted { owner: Some(&doctor), now: Timestamp::now(), anchors: &own };
    keystore.check(&wanted).unwrap();
    let glance = p12::glance(&std::fs::read(&file).unwrap()).unwrap();
    assert!(glance.certificates.is_empty() && glance.closed);
    assert_eq!(glance.aliases, ["authentication", SERIAL_DECIMAL], "names are read without the password");
}

#[test]
fn java_and_openssl_use_a_key_that_waits_for_its_certificate() {
    let bench = delivered();
    let file = saved(&bench, &Draft::waiting(&key(&bench, "auth")).unwrap());
    let list = keytool_uses(&bench, &file, PASSWORD, &[("authentication", 1)]);
    assert!(list.contains("Owner: C=Dummy\n") && list.contains("Serial number: 0\n"), "{list}");
    openssl_reads(&bench, &file, PASSWORD, 1, 1);
    let (doctor, own) = (doctor().into(), anchors(&bench, "root.pem"));
    let wanted = Wanted { owner: Some(&doctor), now: Timestamp::now(), anchors: &own };
    assert_eq!(open(&file, PASSWORD).check(&wanted).unwrap_err().problem().code, Code::KEYSTORE_IN_PROGRESS);
}

#[test]
fn the_keys_of_an_old_java_keystore_go_along_under_their_numbers() {
    let old = made_by_java(OLD_JAVA);
    old.keytool(&format!(
        "-changealias|-alias|1002|-destalias|Encryption|-keystore|k.p12|-storepass|{PASSWORD}"
    ));
    let bench = delivered();
    let draft = complete(&bench).with_old_keys(&open(&old.file("k.p12"), PASSWORD)).unwrap();
    let file = saved(&bench, &draft);
    // The old keys' authority is another one of the same name: Java does not take ours for it.
    let keys = [("authentication", 3), (SERIAL_DECIMAL, 4), ("1001", 1), ("1002", 1)];
    keytool_uses(&bench, &file, PASSWORD, &keys);
    openssl_reads(&bench, &file, PASSWORD, 4, 6);
    for name in ["enc1", "enc2"] {
        let wanted = key(&old, name);
        assert!(open(&file, PASSWORD).encryption_keys().any(|entry| entry.key().unwrap().public_eq(&wanted)));
    }
}

#[test]
fn a_keystore_takes_nobodys_place_follows_no_link_and_is_the_newest_by_its_name() {
    let bench = delivered();
    let first = saved(&bench, &draft(&bench));
    let mode = std::fs::metadata(&first).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let bytes = std::fs::read(&first).unwrap();
    // A link under the next name, to a file that somebody would like to be overwritten.
    let number = doctor().reveal().to_owned();
    std::fs::write(bench.file("victim"), b"untouched").unwrap();
    let link = bench.file(&format!("SSIN={number} 20260302-093001.p12"));
    std::os::unix::fs::symlink(bench.file("victim"), &link).unwrap();
    let second = saved(&bench, &complete(&bench));
    assert_eq!(second, bench.file(&format!("SSIN={number} 20260302-093002.p12")));
    assert_eq!(std::fs::read(&first).unwrap(), bytes);
    assert_eq!(std::fs::read(bench.file("victim")).unwrap(), b"untouched");
    let newest = find::candidates(bench.path(), &doctor().into()).unwrap();
    assert_eq!(newest[0], second);
    // The clock went back a year.
    let late =
        FileName { at: date(2025, 3, 2).at(9, 30, 0, 0), class: EnvironmentClass::Acceptance, ..file_name() };
    let third = save(bench.path(), late, &draft(&bench), &new_password(PASSWORD)).unwrap();
    assert_eq!(third, bench.file(&format!("SSIN={number} 20260302-093003.acc.p12")));
    assert_eq!(find::candidates(bench.path(), &doctor().into()).unwrap()[0], third);
}

#[test]
fn a_name_that_somebody_has_is_left_to_them() {
    let bench = delivered();
    let number = doctor().reveal().to_owned();
    // No moment: what is newest cannot be told from it, so that the first name that is tried is taken.
    std::fs::write(bench.file(&format!("SSIN={number} 20269999-999999.p12")), b"theirs").unwrap();
    let taken = bench.file(&format!("SSIN={number} 20260302-093000.p12"));
    std::fs::write(&taken, b"theirs, too").unwrap();
    assert_eq!(saved(&bench, &draft(&bench)), bench.file(&format!("SSIN={number} 20260302-093001.p12")));
    assert_eq!(std::fs::read(&taken).unwrap(), b"theirs, too");
    for second in 2..10 {
        let name = format!("SSIN={number} 20260302-09300{second}.p12");
        std::os::unix::fs::symlink("/nowhere", bench.file(&name)).unwrap();
    }
    let count = || std::fs::read_dir(bench.path()).unwrap().count();
    let before = count();
    let refused = save(bench.path(), file_name(), &draft(&bench), &new_password(PASSWORD)).unwrap_err();
    assert_eq!(refused.problem().with["reason"], "name-taken", "no link is followed");
    assert_eq!(count(), before);
}

#[test]
fn a_folder_that_is_missing_is_made_for_this_user_alone() {
    let bench = delivered();
    let folder = bench.file("ehealth/keystore");
    let file = save(&folder, file_name(), &draft(&bench), &new_password(PASSWORD)).unwrap();
    assert!(file.starts_with(&folder));
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

/// For the process below: where the small disk is.
const DISK: &str = "RELAIS_TEST_SMALL_DISK";

/// Runs one of the processes below on a small file system of its own.
pub fn on_a_small_disk(process: &str) {
    let folder = tempfile::tempdir().unwrap();
    let namespaces = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let script = format!("mount -t tmpfs -o size=64k none \"${DISK}\" && exec \"$0\" \"$@\"");
    let ran = Command::new("unshare")
        .args([namespaces, "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", process, "--ignored", "--nocapture"])
        .env(DISK, folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("unshare (util-linux) starts");
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}

/// The small disk of this process.
pub fn disk() -> PathBuf {
    std::env::var_os(DISK).unwrap().into()
}

/// Leaves so many bytes free, more or less a page.
pub fn leave(disk: &Path, pages: usize) {
    use std::io::Write;
    std::fs::write(disk.join("room"), vec![0; pages * 4_096]).unwrap();
    let mut ballast = std::fs::File::create(disk.join("ballast")).unwrap();
    while ballast.write_all(&[0; 4_096]).is_ok() {}
    std::fs::remove_file(disk.join("room")).unwrap();
}

pub fn read_only(disk: &Path, options: &str) {
    let done = Command::new("mount").args(["-o", options]).arg(disk).status().unwrap();
    assert!(done.success());
}

/// Names and contents of the keystores on the disk.
pub fn lies(disk: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let all = std::fs::read_dir(disk).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<_> = all.filter(|file| !file.ends_with("ballast")).collect();
    all.sort();
    all.into_iter().map(|file| (file.clone(), std::fs::read(file).unwrap())).collect()
}

#[test]
#[ignore = "a process of the test below"]
fn process_that_writes_on_a_disk_that_refuses() {
    let (bench, disk) = (delivered(), disk());
    let password = new_password(PASSWORD);
    save(&disk, file_name(), &draft(&bench), &password).unwrap();
    let before = lies(&disk);
    let refused = |reason: &str| {
        let problem = save(&disk, file_name(), &complete(&bench), &password).unwrap_err().problem();
        assert_eq!((problem.code, problem.with["reason"].as_str()), (Code::KEYSTORE_NOT_WRITTEN, reason));
        assert!(lies(&disk) == before, "the old one is as it was, and nothing else is there");
    };
    // Nothing, and the first page of some: the disk is full at the start, and in the middle.
    for pages in [0, 1] {
        leave(&disk, pages);
        refused("disk-full");
        std::fs::remove_file(disk.join("ballast")).unwrap();
    }
    read_only(&disk, "remount,ro");
    refused("not-allowed");
    read_only(&disk, "remount,rw");
    save(&disk, file_name(), &complete(&bench), &password).unwrap();
    assert_eq!(lies(&disk).len(), 2, "with room it is written");
}

#[test]
fn a_disk_that_is_full_or_read_only_leaves_the_old_keystore_and_no_half_of_a_new_one() {
    on_a_small_disk("writing::process_that_writes_on_a_disk_that_refuses");
}
