use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::KeyUsage as Usage;
use openssl::x509::{X509, X509NameBuilder};
use relais_core::certificates::Holder;

use super::*;
use crate::InstallKey;

const PATIENCE: Duration = Duration::from_secs(60);

fn key() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
}

fn name(parts: &[(&str, &str)]) -> openssl::x509::X509Name {
    let mut name = X509NameBuilder::new().unwrap();
    parts.iter().for_each(|(kind, value)| name.append_entry_by_text(kind, value).unwrap());
    name.build()
}

/// A hospital's certificate for signing in, as the acceptance platform issues it, the attributes in an odd order.
fn hospital(key: &PKey<Private>, serial: u32) -> X509 {
    let subject = name(&[
        ("CN", "NIHII-HOSPITAL=71099914, LAB"),
        ("OU", "LAB"),
        ("OU", "eHealth-platform Belgium"),
        ("C", "BE"),
        ("OU", "NIHII-HOSPITAL=71099914"),
        ("OU", "SINT-ELIGIUS"),
    ]);
    let mut certificate = X509::builder().unwrap();
    let serial = openssl::bn::BigNum::from_u32(serial).unwrap();
    certificate.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
    certificate.set_subject_name(&subject).unwrap();
    let issuer = name(&[("CN", "TEST-ZetesConfidens-eHealth acceptance test-issuing CA 001")]);
    certificate.set_issuer_name(&issuer).unwrap();
    certificate.set_not_before(&Asn1Time::from_str("20260102101500Z").unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::from_str("20270103101500Z").unwrap()).unwrap();
    certificate.set_pubkey(key).unwrap();
    let usage = Usage::new().critical().digital_signature().key_encipherment().build().unwrap();
    certificate.append_extension(usage).unwrap();
    certificate.sign(key, MessageDigest::sha256()).unwrap();
    certificate.build()
}

fn p12(key: &PKey<Private>, certificate: &X509, open: bool) -> Vec<u8> {
    let mut builder = Pkcs12::builder();
    builder.name("authentication").pkey(key).cert(certificate).mac_iter(1).key_iter(1);
    if open {
        // Certificates that are not encrypted: OpenSSL's -certpbe NONE.
        builder.cert_algorithm(Nid::from_raw(-1));
    }
    builder.build2("secret").unwrap().to_der().unwrap()
}

fn look(folder: &Path, known: &Arc<Sidecar>) -> Seen {
    scan(&[folder.to_owned()], known, PATIENCE, &mut |_| ControlFlow::Continue(()))
}

/// Rows below a folder: the file, and what it holds or the code.
fn told(seen: &Seen, folder: &Path) -> Vec<(String, String)> {
    let row = |row: &Row| {
        let what = match &row.found {
            Found::Failed(code) => code.to_string(),
            Found::Read(one) => {
                let closed = if one.closed { " closed" } else { "" };
                let problem = one.problem.map_or_else(String::new, |code| format!(" {code}"));
                format!("{}{closed}{problem}", one.certificates.len())
            }
        };
        (row.path.strip_prefix(folder).unwrap().display().to_string(), what)
    };
    seen.rows.iter().map(row).collect()
}

/// Makes every file older than the tick of its disk.
fn settle(folder: &Path) {
    let old = std::time::SystemTime::now() - Duration::from_secs(3_600);
    for entry in fs::read_dir(folder).unwrap() {
        fs::File::options().append(true).open(entry.unwrap().path()).unwrap().set_modified(old).unwrap();
    }
    // The time of the change of names and rights cannot be set: it has to pass.
    std::thread::sleep(Duration::from_millis(2_100));
}

#[test]
fn every_kind_of_file_shows_its_public_parts_whatever_its_name_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, bytes: &[u8]| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let (key, other) = (key(), key());
    let (one, two) = (hospital(&key, 7), hospital(&other, 8));
    let (pem, der) = (one.to_pem().unwrap(), one.to_der().unwrap());
    write("deep/er/NIHII-HOSPITAL=71099914,LAB 20260102-101500.p12", &p12(&key, &one, false));
    write("open.pfx", &p12(&key, &one, true));
    write("two.pem", &[b"# ours\r\n".as_slice(), &pem, &two.to_pem().unwrap(), &pem].concat());
    write("two.cer", &[der.clone(), two.to_der().unwrap()].concat());
    write("pem in a.DER", &pem);
    write("key.pem", &key.private_key_to_pem_pkcs8().unwrap());
    write("half.crt", &[pem.as_slice(), &pem[..pem.len() / 2]].concat());
    write("cut.der", &der[..der.len() - 1]);
    write("empty.pem", b"");
    write("noise.p12", &[0x30, 3, 2, 1, 9]);
    write("notes.txt", &pem);
    let seen = look(folder.path(), &Arc::default());
    let expected = [
        ("cut.der", "0 RLS-4015"),
        ("deep/er/NIHII-HOSPITAL=71099914,LAB 20260102-101500.p12", "0 closed"),
        ("empty.pem", "0 RLS-4015"),
        ("half.crt", "1 RLS-4015"),
        ("noise.p12", "0 RLS-4003"),
        ("open.pfx", "1 closed"),
        ("pem in a.DER", "1"),
        ("two.cer", "2"),
        ("two.pem", "2"),
    ];
    assert_eq!(told(&seen, folder.path()), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert!(seen.whole);
    assert_eq!(seen.progress, Progress { files: 10, read: 10 });
    let closed = seen.rows.iter().find_map(Row::named).unwrap();
    assert_eq!(closed.made(), "20260102-101500");
    assert_eq!(closed.owner.organisation().unwrap().to_string(), "NIHII-HOSPITAL=71099914,LAB");
}

#[test]
fn a_certificate_tells_whose_it_is_what_for_and_of_which_environment() {
    let contents = read(&hospital(&key(), 7).to_der().unwrap());
    let [public] = contents.certificates.as_slice() else { panic!("{contents:?}") };
    let owner = public.owner.as_ref().unwrap();
    assert_eq!((owner.kind.as_str(), owner.id.as_str()), ("NIHII-HOSPITAL", "71099914"));
    assert_eq!((owner.application.as_deref(), public.name.as_deref()), (Some("LAB"), Some("SINT-ELIGIUS")));
    assert_eq!(
        (public.purpose, public.environment),
        (Use::Authentication, Some(EnvironmentClass::Acceptance))
    );
    assert_eq!(
        (public.serial.as_str(), public.not_after.to_string().as_str()),
        ("7", "2027-01-03T10:15:00Z")
    );
    assert!(public.watched().reminded_of());
    assert!(matches!(public.watched_anchor().holder, Holder::Authority(_)));
    assert_eq!(format!("{public:?}").matches("71099914").count(), 0, "whose it is is not printed");
}

#[test]
fn an_unchanged_file_is_not_read_again_and_a_changed_one_is() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let certificate = hospital(&key(), 7).to_pem().unwrap();
    for file in ["a.pem", "b.pem"] {
        fs::write(folder.path().join(file), &certificate).unwrap();
    }
    let install = InstallKey::load_or_create(data.path()).unwrap();
    let mut shelf = Shelf::load(data.path(), &install, folder.path());
    let fresh = look(folder.path(), shelf.known());
    shelf.take_up(&fresh, false, Timestamp::UNIX_EPOCH);
    assert!(shelf.known().is_empty(), "a file of this moment may change again unseen");
    settle(folder.path());
    shelf.take_up(&look(folder.path(), shelf.known()), false, Timestamp::UNIX_EPOCH);
    assert_eq!(shelf.known().len(), 2);
    shelf.save(data.path(), &install, folder.path()).unwrap();
    let known = Sidecar::clone(Shelf::load(data.path(), &install, folder.path()).known());
    let again = look(folder.path(), &Arc::new(known.clone()));
    assert_eq!(again.progress, Progress { files: 2, read: 0 });
    assert_eq!(told(&again, folder.path()), told(&fresh, folder.path()));
    fs::write(folder.path().join("a.pem"), "-----BEGIN CERTIFICATE-----").unwrap();
    fs::remove_file(folder.path().join("b.pem")).unwrap();
    let changed = look(folder.path(), &Arc::new(known.clone()));
    assert_eq!(changed.progress, Progress { files: 1, read: 1 });
    assert_eq!(told(&changed, folder.path()), [("a.pem".to_owned(), "0 RLS-4015".to_owned())]);
    let mut known = known;
    known.take_up(&changed);
    assert!(known.is_empty(), "what is gone is forgotten");
}

#[test]
fn a_keystore_that_was_opened_once_shows_its_dates_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let key = key();
    let bytes = p12(&key, &hospital(&key, 7), false);
    fs::write(folder.path().join("a.p12"), &bytes).unwrap();
    settle(folder.path());
    let mut known = Sidecar::default();
    known.take_up(&look(folder.path(), &Arc::default()));
    let shown = read(&hospital(&key, 7).to_der().unwrap()).certificates;
    let mut later = known.clone();
    known.learn(&bytes, &shown);
    known.learn(&bytes, &shown);
    assert!(later.learn_from(&known) && !later.learn_from(&known), "once");
    let known = Arc::new(later);
    let seen = look(folder.path(), &known);
    assert_eq!(told(&seen, folder.path()), [("a.p12".to_owned(), "1 closed".to_owned())]);
    fs::rename(folder.path().join("a.p12"), folder.path().join("b.p12")).unwrap();
    let seen = look(folder.path(), &known);
    assert_eq!(told(&seen, folder.path()), [("b.p12".to_owned(), "1 closed".to_owned())], "under any name");
}

#[test]
fn no_number_of_a_person_stands_in_any_byte_that_is_kept() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (key, number) = (key(), "85010199885");
    let subject = name(&[("OU", &format!("SSIN={number}")), ("OU", "CLAIRE MARTIN"), ("C", "BE")]);
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_subject_name(&subject).unwrap();
    certificate.set_issuer_name(&subject).unwrap();
    certificate.set_not_before(&Asn1Time::from_str("20260102101500Z").unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::from_str("20270103101500Z").unwrap()).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let pem = certificate.build().to_pem().unwrap();
    fs::write(folder.path().join(format!("SSIN={number} 20260102-101500.pem")), pem).unwrap();
    settle(folder.path());
    let install = InstallKey::load_or_create(data.path()).unwrap();
    let mut shelf = Shelf::default();
    shelf.take_up(&look(folder.path(), &Arc::default()), false, Timestamp::UNIX_EPOCH);
    let owner = |shelf: &Shelf| {
        let Found::Read(one) = &shelf.rows()[0].row.found else { panic!("{shelf:?}") };
        one.certificates[0].owner.clone().unwrap().id
    };
    assert_eq!(owner(&shelf), number, "it knows whose it is");
    shelf.save(data.path(), &install, folder.path()).unwrap();
    assert_eq!(owner(&Shelf::load(data.path(), &install, folder.path())), number);
    let mut files = 0;
    for place in [data.path().to_owned(), data.path().join("certificates")] {
        for entry in fs::read_dir(place).unwrap().map(Result::unwrap).filter(|one| one.path().is_file()) {
            let bytes = fs::read(entry.path()).unwrap();
            let there = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
            assert!(!there(number.as_bytes()) && !there(b"MARTIN"), "{:?}", entry.path());
            assert!(!entry.file_name().to_string_lossy().contains(number));
            files += 1;
        }
    }
    assert_eq!(files, 2, "the key and the shelf");
}

#[cfg(unix)]
#[test]
fn links_pipes_junk_and_folders_that_are_gone_are_rows_and_never_a_stop() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |file: &str| folder.path().join(file);
    let pem = hospital(&key(), 7).to_pem().unwrap();
    fs::create_dir(at("sub")).unwrap();
    fs::write(at("sub/good.pem"), &pem).unwrap();
    fs::write(outside.path().join("away.pem"), &pem).unwrap();
    symlink(folder.path(), at("sub/up")).unwrap();
    symlink(at("circle"), at("circle")).unwrap();
    symlink(at("sub/good.pem"), at("copy.pem")).unwrap();
    symlink(at("nowhere"), at("gone.p12")).unwrap();
    symlink(outside.path(), at("outside")).unwrap();
    symlink(outside.path().join("away.pem"), at("away.pem")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(at("pipe.p12")).status().unwrap();
    assert!(fifo.success());
    let junk = fs::File::create(at("junk.pem")).unwrap();
    junk.set_len(100 << 20).unwrap();
    let begun = Instant::now();
    let roots = [folder.path().to_owned(), folder.path().join("sub"), folder.path().join("no such")];
    let seen = scan(&roots[..2], &Arc::default(), PATIENCE, &mut |_| ControlFlow::Continue(()));
    let expected = [
        ("away.pem", "RLS-4018"),
        ("circle", "RLS-4018"),
        ("gone.p12", "RLS-4018"),
        ("junk.pem", "RLS-4016"),
        ("outside", "RLS-4018"),
        ("pipe.p12", "RLS-4003"),
        ("sub/good.pem", "1"),
    ];
    assert_eq!(told(&seen, folder.path()), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert!(begun.elapsed() < Duration::from_secs(20), "the junk was not read");
    assert!(seen.whole);
    let lost = look(&roots[2], &Arc::default());
    assert_eq!(told(&lost, folder.path()), [("no such".to_owned(), "RLS-4017".to_owned())]);
    assert!(!lost.whole, "what is known of a share that is gone is kept");
}

#[test]
fn a_share_that_vanishes_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    fs::write(share.join("a.pem"), hospital(&key(), 7).to_pem().unwrap()).unwrap();
    settle(&share);
    let mut known = Sidecar::default();
    known.take_up(&look(&share, &Arc::default()));
    fs::rename(&share, folder.path().join("away")).unwrap();
    known.take_up(&look(&share, &Arc::new(known.clone())));
    fs::rename(folder.path().join("away"), &share).unwrap();
    let seen = look(&share, &Arc::new(known));
    assert_eq!(seen.progress, Progress { files: 1, read: 0 });
}

#[test]
fn a_look_that_is_given_up_ends_at_once_with_what_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let pem = hospital(&key(), 7).to_pem().unwrap();
    for n in 0..500 {
        fs::write(folder.path().join(format!("{n}.pem")), &pem).unwrap();
    }
    let mut cut = None;
    let seen = scan(&[folder.path().to_owned()], &Arc::default(), PATIENCE, &mut |progress| {
        if progress.files < 20 {
            return ControlFlow::Continue(());
        }
        cut.get_or_insert_with(Instant::now);
        ControlFlow::Break(())
    });
    // A watchdog at ten times the 200 ms of docs/threat-model.md, T19.
    assert!(cut.unwrap().elapsed() < Duration::from_secs(2));
    assert_eq!((seen.rows.len(), seen.whole), (20, false));
}

#[test]
fn a_request_in_progress_is_told_as_that() {
    use crate::p12::der::{INTEGER, SEQUENCE, SET, wrapped};
    let attribute = [wrapped(0x06, &[0x55, 0x04, 6]), wrapped(0x13, b"Dummy")].concat();
    let dummy = wrapped(SEQUENCE, &wrapped(SET, &wrapped(SEQUENCE, &attribute)));
    let past = wrapped(0x17, b"200101000000Z");
    let validity = wrapped(SEQUENCE, &[past.clone(), past].concat());
    let empty = wrapped(SEQUENCE, &[]);
    let parts = [wrapped(INTEGER, &[0]), empty.clone(), dummy.clone(), validity, dummy, empty];
    let contents = read(&wrapped(SEQUENCE, &wrapped(SEQUENCE, &parts.concat())));
    assert_eq!(contents.certificates[0].purpose, Use::InProgress);
    assert!(!contents.certificates[0].watched().reminded_of());
}

#[test]
fn names_as_long_as_a_book_and_endless_certificates_are_refused() {
    use crate::p12::der::{INTEGER, SEQUENCE, SET, wrapped};
    let time = wrapped(0x17, b"260102101500Z");
    let certificate = |name: &str, serial: u16| {
        let attribute = [wrapped(0x06, &[0x55, 0x04, 3]), wrapped(0x0c, name.as_bytes())].concat();
        let name = wrapped(SEQUENCE, &wrapped(SET, &wrapped(SEQUENCE, &attribute)));
        let validity = wrapped(SEQUENCE, &[time.clone(), time.clone()].concat());
        let empty = wrapped(SEQUENCE, &[]);
        let number = wrapped(INTEGER, &serial.to_be_bytes());
        let parts = [number, empty.clone(), empty.clone(), validity, name, empty];
        wrapped(SEQUENCE, &wrapped(SEQUENCE, &parts.concat()))
    };
    let long = read(&certificate(&"=".repeat(1 << 20), 1));
    assert_eq!((long.certificates.len(), long.problem), (0, Some(Code::CERTIFICATE_UNREADABLE)));
    let many: Vec<u8> = (0..5_000).flat_map(|serial| certificate("one", serial)).collect();
    let many = read(&many);
    assert_eq!((many.certificates.len(), many.problem), (MOST_CERTIFICATES, Some(Code::KEYSTORE_TOO_COSTLY)));
}
