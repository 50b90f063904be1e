//! An unusual PIN and an unusual password, typed once, are looked for everywhere afterwards (threat T10).
//!
//! relaisctl signs in through a real PC/SC reader while strace writes down everything that leaves the process. The PIN
//! may pass one system call, on its way to the card; it and the password may be nowhere else: files, output, arguments
//! and environment, what was written, and the memory that is left when the command is done.
#![allow(clippy::unwrap_used)]

#[path = "ks_tools.rs"]
#[allow(dead_code, reason = "made for the keystores; a few are needed here")]
mod ks_tools;
#[path = "support/pcscd.rs"]
#[allow(dead_code, reason = "made for the card; a part is needed here")]
mod pcscd;
#[path = "support/process_memory.rs"]
mod process_memory;
#[path = "support/vendor.rs"]
mod vendor;

#[path = "support/forms.rs"]
mod forms;
#[path = "canary/memory.rs"]
mod memory;
#[path = "canary/record.rs"]
mod record;

use std::path::{Path, PathBuf};

use relais_core::Code;
use relais_sandbox::eid::{Model, VirtualEid};

use crate::forms::{Canary, found_below};
use crate::pcscd::privately;
use crate::record::{Sent, watched};
use crate::vendor::{Told, Vendor, session, sign_in, told_by};

/// As unlikely as a PIN can be.
const PIN: &str = "73519264";
/// A password whose parts no other text holds.
const PASSWORD: &str = "Kanarievogel-83-Zq7-zingt-om-Kwart-4";

fn canaries() -> [Canary; 2] {
    [Canary::pin(PIN), Canary::in_pieces(PASSWORD)]
}

/// PIN block of VERIFY. Source: docs/reference/eid-card.md, section 6.
fn block(pin: &str) -> Vec<u8> {
    let mut block = vec![0x20 | u8::try_from(pin.len()).unwrap()];
    block.extend(forms::packed(pin));
    block.resize(8, 0xFF);
    block
}

/// The card's PIN becomes the canary, by the card's own command for it.
fn with_our_pin(mut card: VirtualEid) -> VirtualEid {
    let change = [vec![0x00, 0x24, 0x00, 0x01, 0x10], block("1234"), block(PIN)].concat();
    assert_eq!(card.transmit(&change), [0x90, 0x00]);
    assert_eq!(card.pin(), PIN);
    card.clear_counters();
    card
}

/// A sign-in that was watched, and where to look.
struct Watched {
    vendor: Vendor,
    data: PathBuf,
    told: Told,
    record: PathBuf,
}

fn signed_in_under_watch(vendor: Vendor, mode: &str) -> Watched {
    let (data, record) = (vendor.data("data"), vendor.file("sent.strace"));
    let keystore = vendor.keystore(PASSWORD);
    let secrets = format!("{PIN}\n{PASSWORD}\n");
    let told = told_by(watched(&record), &vendor, &data, &sign_in(mode, Some(&keystore)), &secrets);
    Watched { vendor, data, told, record }
}

impl Watched {
    /// Looks everywhere; what passed on its way to the card is the caller's to judge.
    fn sent(&self) -> Sent {
        let sent = Sent::read(&self.record);
        let log = String::from_utf8_lossy(&self.told.output.stderr);
        assert!(log.contains("TRACE relais_card"), "as talkative as it can be:\n{log}");
        assert!(!log.contains("TRACE hyper"), "libraries are kept quiet");
        // It holds the one command that the card was sent, and is judged by itself.
        std::fs::remove_file(&self.record).unwrap();
        for canary in canaries() {
            let nowhere = |what: &str, bytes: &[u8]| {
                assert_eq!(canary.found_in(bytes), None, "{what}");
            };
            nowhere("standard output", &self.told.output.stdout);
            nowhere("standard error", &self.told.output.stderr);
            let home = PathBuf::from(std::env::var_os("HOME").unwrap());
            for folder in [self.data.as_path(), self.vendor.file("").as_path(), &home] {
                assert_eq!(found_below(folder, &canary), Vec::<String>::new());
            }
        }
        sent
    }
}

/// The PIN passed once, towards PC/SC, as the card wants it; the password never.
fn only_the_card_was_told(sent: &Sent) {
    let [pin, password] = canaries();
    let of_pin = sent.with(&pin);
    assert_eq!(of_pin.len(), 1, "{of_pin:?}");
    assert!(of_pin[0].to_card_service, "{of_pin:?}");
    let bytes = &of_pin[0].bytes;
    let verify = [vec![0x00, 0x20, 0x00, 0x01, 0x08], block(PIN)].concat();
    assert_eq!(bytes.windows(verify.len()).filter(|part| **part == *verify).count(), 1);
    assert_eq!(pin.count_in(bytes), 1, "the packed form of the command, and no other");
    assert!(sent.with(&password).is_empty());
}

#[test]
fn neither_the_pin_nor_the_password_is_anywhere_after_a_sign_in() {
    privately("neither_the_pin_nor_the_password_is_anywhere_after_a_sign_in", |service| {
        for model in [Model::V18, Model::V17] {
            let vendor = Vendor::open();
            let (card, served) = service.insert(with_our_pin(vendor.card(model)));
            let done = signed_in_under_watch(vendor, "eid");
            assert_eq!(done.told.exit, Some(0), "{:?}", done.told);
            assert_eq!(card.lock().unwrap().counters().verifies, 1);
            only_the_card_was_told(&done.sent());
            assert!(!session(&done.vendor, &done.data).is_null());
            served.pull();
            service.wait_until_empty();
        }
    });
}

#[test]
fn a_pin_that_the_card_refuses_is_nowhere_either() {
    privately("a_pin_that_the_card_refuses_is_nowhere_either", |service| {
        let vendor = Vendor::open();
        // Its PIN is another one: a person's usual PIN, typed at the wrong card, is a secret all the same.
        let (card, _served) = service.insert(vendor.card(Model::V18));
        let done = signed_in_under_watch(vendor, "eid");
        assert_eq!(done.told.code(), Code::PIN_WRONG.to_string(), "{:?}", done.told);
        assert_eq!(card.lock().unwrap().counters().verifies, 1);
        only_the_card_was_told(&done.sent());
    });
}

#[test]
fn neither_is_left_in_memory_when_the_command_has_done_its_work() {
    privately("neither_is_left_in_memory_when_the_command_has_done_its_work", |service| {
        let vendor = Vendor::open();
        let (_card, _served) = service.insert(with_our_pin(vendor.card(Model::V18)));
        let keystore = vendor.keystore(PASSWORD);
        let data = vendor.data("praktijk-Zq91");
        let secrets = format!("{PIN}\n{PASSWORD}\n");
        let left = memory::left(&vendor, &data, &sign_in("eid", Some(&keystore)), &secrets, "expires_at");
        assert!(left.looked_at > 1_000_000, "the memory was read: {} bytes", left.looked_at);
        for canary in canaries() {
            assert_eq!(left.found(&canary), Vec::<String>::new());
        }
        // The search sees what is there: relaisctl was given its data folder's name and keeps it.
        let kept = Canary::text(data.file_name().and_then(|name| name.to_str()).unwrap());
        assert!(!left.found(&kept).is_empty());
    });
}

#[test]
fn a_canary_in_any_form_is_found_wherever_it_is_planted() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a").join("b");
    std::fs::create_dir_all(&deep).unwrap();
    for canary in canaries() {
        assert_eq!(found_below(folder.path(), &canary), Vec::<String>::new(), "nothing before it is planted");
        for (name, form) in canary.forms() {
            let planted = deep.join(name);
            std::fs::write(&planted, [b"before", form.as_slice(), b"after"].concat()).unwrap();
            assert_eq!(found_below(folder.path(), &canary).len(), 1, "{name}");
            std::fs::remove_file(planted).unwrap();
        }
    }
}

#[test]
fn a_canary_that_leaves_a_process_is_found_in_its_record() {
    let folder = tempfile::tempdir().unwrap();
    let [pin, password] = canaries();
    let scripts = [
        (format!("printf %s {PIN} >out"), &pin),
        (r"printf '\163\121\222\144' >out".to_owned(), &pin),
        (r"printf '\7\3\5\1\11\2\6\4' >out".to_owned(), &pin),
        (format!("printf %s {PASSWORD} | cat >out"), &password),
    ];
    for (script, canary) in scripts {
        let record = record_of(folder.path(), &script);
        let found = record.with(canary);
        assert!(!found.is_empty(), "{script}");
        assert!(found.iter().all(|call| !call.to_card_service));
    }
}

fn record_of(folder: &Path, script: &str) -> Sent {
    let (file, shell) = (folder.join("strace"), folder.join("script"));
    // From a file, so that only what it writes holds the canary, not its arguments.
    std::fs::write(&shell, script).unwrap();
    let mut strace = record::strace(&file);
    assert!(strace.arg("sh").arg(&shell).current_dir(folder).status().unwrap().success());
    Sent::read(&file)
}
