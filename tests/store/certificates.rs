//! What somebody was told of certificates survives a start, and goes with its certificate.

use relais_core::certificates::CertificateId;
use relais_core::certificates::reminder::{Rung, Told};

use super::*;

/// Something that was said of a certificate.
pub fn told(id: u8) -> (CertificateId, Told) {
    let told =
        Told { rung: Rung::Days(30), at: at(i64::from(id)), acknowledged_at: Some(at(60)), again_at: None };
    (CertificateId([id; 32]), told)
}

#[test]
fn what_was_said_last_is_there_at_the_next_start_and_forgotten_with_its_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.note_reminders(&[told(1), told(2)], at(0)).unwrap();
    let later = Told { rung: Rung::Ended, acknowledged_at: None, again_at: Some(at(99)), ..told(1).1 };
    store.note_reminders(&[(told(1).0, later)], at(1)).unwrap();
    drop(store);
    let mut store = open(folder.path()).store;
    assert_eq!(store.reader().reminders().unwrap(), [(told(1).0, later), told(2)]);
    store.forget_reminders(&[told(1).0]).unwrap();
    assert_eq!(store.reader().reminders().unwrap(), [told(2)]);
    let year = 366 * 24 * 3_600;
    store.cut(&sandbox(), at(year), at(year)).unwrap();
    assert_eq!(store.reader().reminders().unwrap(), [told(2)]);
    store.cut(&sandbox(), at(2 * year), at(2 * year)).unwrap();
    assert_eq!(store.reader().reminders().unwrap(), [], "thirteen months are enough");
}

#[test]
fn a_rung_that_nobody_knows_is_a_value_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path()).store;
    store.note_reminders(&[told(1)], at(0)).unwrap();
    let other = Connection::open(folder.path().join(DATABASE)).unwrap();
    other.execute_batch("UPDATE reminder SET rung = 'days-31'").unwrap();
    assert!(matches!(store.reader().reminders(), Err(StoreError::Value { what: "rung" })));
}
