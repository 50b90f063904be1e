//! Messages that openssl encrypts: whose key opens each, and in which file of a folder that key is.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use relais_core::Code;
use relais_keystore::inventory::{self, Public, Seen, Sidecar};
use relais_keystore::matching::{By, matching};
use relais_keystore::message::{Recipient, recipients};
use relais_keystore::{Certificate, Draft};

use super::ks_tools::{Bench, PASSWORD, doctor, ssin, subject};
use super::writing::{self, SERIAL_DECIMAL, delivered, der, file_name, for_messages, key, new_password};

/// Somebody's letter, encrypted as these words of openssl say.
fn letter(bench: &Bench, words: &str) -> Vec<u8> {
    std::fs::write(bench.file("letter"), "a letter\n".repeat(20_000)).unwrap();
    bench.openssl(&format!("cms|-encrypt|-binary|-in|letter|-out|message|{words}"));
    bench.read("message")
}

fn named(certificate: &[u8]) -> Recipient {
    let certificate = Certificate::read(certificate).unwrap();
    Recipient::Certificate { issuer: certificate.issuer.to_string(), serial: certificate.serial }
}

fn key_id(certificate: &[u8]) -> Recipient {
    Recipient::KeyId(hex::encode(Certificate::read(certificate).unwrap().key_id()))
}

fn read(message: &[u8]) -> Vec<Recipient> {
    recipients(message).unwrap()
}

/// Seals a message for the outside as eHealth does: a signature around it.
fn signed(bench: &Bench, words: &str) -> Vec<u8> {
    bench.openssl(&format!(
        "cms|-sign|-binary|-nodetach|-in|message|-signer|auth.pem|-inkey|auth.key|-out|sealed|{words}"
    ));
    bench.read("sealed")
}

#[test]
fn the_recipients_of_every_kind_of_message_are_told() {
    let bench = delivered();
    for_messages(&bench, "two", "4711");
    bench.issued(
        "eca",
        "curve",
        &subject(&ssin(750_101_123)),
        "-newkey|ec|-pkeyopt|ec_paramgen_curve:P-256",
        5,
    );
    let [enc, two, curve] = ["enc", "two", "curve"].map(|name| der(&bench, name));
    for form in ["DER", "DER|-stream", "PEM", "PEM|-stream"] {
        let form = format!("-outform|{form}");
        assert_eq!(read(&letter(&bench, &format!("{form}|enc.pem"))), [named(&enc)], "{form}");
        let sealed = letter(&bench, &format!("{form}|enc.pem")).len();
        assert!(sealed > 100_000);
        assert_eq!(read(&letter(&bench, &format!("{form}|-keyid|-recip|enc.pem"))), [key_id(&enc)], "{form}");
        assert_eq!(read(&letter(&bench, &format!("{form}|-aes-256-gcm|enc.pem"))), [named(&enc)], "{form}");
    }
    let mut all = vec![named(&enc), named(&two), named(&curve)];
    all.sort();
    assert_eq!(read(&letter(&bench, "-outform|DER|enc.pem|curve.pem|two.pem|enc.pem")), all, "each once");
    assert_eq!(read(&letter(&bench, "-outform|DER|-keyid|-recip|curve.pem")), [key_id(&curve)]);
    let secret = "-outform|DER|-secretkey|000102030405060708090a0b0c0d0e0f|-secretkeyid|c0ffee";
    assert_eq!(read(&letter(&bench, secret)), [Recipient::Other]);
    let shared = letter(&bench, &format!("{secret}|-pwri_password|x|enc.pem"));
    assert_eq!(read(&shared), [named(&enc), Recipient::Other]);
}

#[test]
fn a_message_is_known_inside_signatures_and_without_marks_around_its_text() {
    let bench = delivered();
    let enc = der(&bench, "enc");
    for form in ["-outform|DER", "-outform|DER|-stream"] {
        letter(&bench, &format!("{form}|enc.pem"));
        for seal in [
            "-outform|DER",
            "-outform|DER|-stream",
            "-outform|PEM",
            "-outform|DER|-econtent_type|pkcs7-envelopedData",
        ] {
            assert_eq!(read(&signed(&bench, seal)), [named(&enc)], "{form} {seal}");
        }
        std::fs::rename(bench.file("sealed"), bench.file("message")).unwrap();
        assert_eq!(read(&signed(&bench, "-outform|DER|-stream")), [named(&enc)], "twice");
    }
    let text = String::from_utf8(letter(&bench, "-outform|PEM|enc.pem")).unwrap();
    let bare: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(read(bare.as_bytes()), [named(&enc)]);
    assert_eq!(read(text.replace('\n', "\r\n").as_bytes()), [named(&enc)]);
    assert_eq!(read(format!("Subject: a letter\n\n{text}").as_bytes()), [named(&enc)]);
    std::fs::write(bench.file("message"), "in clear").unwrap();
    let clear = recipients(signed(&bench, "-outform|DER").as_slice()).unwrap_err();
    assert_eq!(clear.problem().code, Code::MESSAGE_NOT_ENCRYPTED);
    for other in ["k.p12", "enc.pem", "enc.key", "letter"] {
        bench.openssl("pkcs12|-export|-inkey|enc.key|-in|enc.pem|-out|k.p12|-passout|pass:x");
        let refused = recipients(bench.read(other).as_slice()).unwrap_err();
        assert_eq!(refused.problem().code, Code::MESSAGE_NOT_ENCRYPTED, "{other}");
    }
}

#[test]
fn a_message_of_a_hundred_megabytes_costs_its_head_alone() {
    struct Counted<R>(R, u64);
    impl<R: Read> Read for &mut Counted<R> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let read = self.0.read(into)?;
            self.1 += read as u64;
            Ok(read)
        }
    }
    let bench = delivered();
    let message = letter(&bench, "-outform|DER|enc.pem");
    let mut endless = Counted(message.chain(std::io::repeat(0xa5).take(100 << 20)), 0);
    assert_eq!(recipients(&mut endless).unwrap(), [named(&der(&bench, "enc"))]);
    assert!(endless.1 <= 4 << 20, "{}", endless.1);
}

fn look(bench: &Bench, known: &Arc<Sidecar>) -> Seen {
    let patience = Duration::from_secs(60);
    inventory::scan(&[bench.file("keystores")], known, patience, &mut |_| ControlFlow::Continue(()))
}

#[test]
fn the_keystore_of_a_message_is_found_without_any_password() {
    let bench = delivered();
    for_messages(&bench, "two", "4711");
    let chain = ["auth", "eca", "root"].map(|name| der(&bench, name));
    let draft = || Draft::delivered(&key(&bench, "auth"), &chain).unwrap();
    let with = |name: &str| draft().with_encryption_key(&key(&bench, name), &der(&bench, name)).unwrap();
    let folder = bench.file("keystores");
    let save =
        |draft: &Draft| relais_keystore::save(&folder, file_name(), draft, &new_password(PASSWORD)).unwrap();
    let (first, second) = (save(&with("enc")), save(&with("two")));
    let third = save(&draft());

    let seen = look(&bench, &Arc::default());
    assert_eq!(seen.rows.len(), 3);
    let found = |seen: &Seen, message: &[u8]| {
        let answer = matching(&read(message), &seen.rows, None);
        let one = |one: &relais_keystore::matching::Match<'_>| {
            (one.row.path.clone(), one.alias.map(str::to_owned), one.by)
        };
        (answer.matches.iter().map(one).collect::<Vec<_>>(), answer.candidates.len())
    };
    let by_number = letter(&bench, "-outform|DER|enc.pem");
    let number = Some(SERIAL_DECIMAL.to_owned());
    assert_eq!(found(&seen, &by_number), (vec![(first.clone(), number.clone(), By::Alias)], 0));
    let to_both = letter(&bench, "-outform|DER|enc.pem|two.pem");
    assert_eq!(found(&seen, &to_both).0.len(), 2);
    let by_key = letter(&bench, "-outform|DER|-keyid|-recip|enc.pem");
    assert_eq!(found(&seen, &by_key), (vec![], 3), "closed files show no key");
    for_messages(&bench, "lost", "99");
    let lost = letter(&bench, "-outform|DER|lost.pem");
    assert_eq!(found(&seen, &lost), (vec![], 3));

    // What a password once showed is known from then on.
    let mut sidecar = Sidecar::default();
    for file in [&first, &second, &third] {
        let opened = writing::open(file, PASSWORD);
        let shown =
            opened.entries().iter().filter_map(|entry| entry.certificate.as_ref()).filter_map(Public::of);
        sidecar.learn(&std::fs::read(file).unwrap(), &shown.collect::<Vec<_>>());
    }
    let seen = look(&bench, &Arc::new(sidecar));
    assert_eq!(found(&seen, &by_number), (vec![(first.clone(), number.clone(), By::Certificate)], 0));
    assert_eq!(found(&seen, &by_key), (vec![(first, number, By::KeyId)], 0));
    let owner = doctor();
    assert!(!format!("{:?}", read(&by_number)).contains(owner.reveal()));
}
