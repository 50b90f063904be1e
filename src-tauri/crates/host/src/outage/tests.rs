use super::*;
use jiff::Timestamp;
use proptest::prelude::*;
use relais_core::continuity::health::Health;
use relais_core::continuity::record::{Deed, Done};
use relais_core::continuity::timeline::{Change, FunctionId, Seen, Span, Witness};
use relais_core::environment::EnvironmentName;

use crate::preferences::Language;
use crate::texts::Texts;

const HEALTHS: [Health; 7] = [
    Health::Unknown,
    Health::Operational,
    Health::OnBackup,
    Health::Degraded,
    Health::Unstable,
    Health::Down,
    Health::Planned,
];

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_772_434_800 + 60 * minute).unwrap()
}

fn record() -> Record {
    let seen = |by, health, minute| Seen { by, health, at: at(minute) };
    let change = |minute, health, seen| Change { at: at(minute), health, seen };
    let changes = vec![
        change(-20, Health::Operational, vec![seen(Witness::Probe, Health::Operational, -20)]),
        change(
            12,
            Health::Down,
            vec![seen(Witness::Real, Health::Down, 11), seen(Witness::Probe, Health::Down, 12)],
        ),
        change(25, Health::OnBackup, vec![seen(Witness::Authority, Health::OnBackup, 24)]),
    ];
    let spans = [
        Span { from: at(0), until: at(30), health: Some(Health::Operational) },
        Span { from: at(30), until: at(40), health: None },
        Span { from: at(40), until: at(60), health: Some(Health::Unknown) },
    ];
    let done = [Done { at: at(13), what: Deed::MovedAway }];
    let (environment, function) =
        (EnvironmentName::parse("sandbox").unwrap(), FunctionId::parse("prescription").unwrap());
    Record::new(environment, function, changes, &spans, &done, "0.1.0").unwrap()
}

fn key() -> (tempfile::TempDir, RecordKey) {
    let folder = tempfile::tempdir().unwrap();
    let key = RecordKey::load_or_create(folder.path()).unwrap();
    (folder, key)
}

#[test]
fn a_record_comes_back_as_it_was_signed_with_the_key_that_signed_it() {
    let (_folder, key) = key();
    let file = sign(&record(), &key).unwrap();
    let genuine = verify(&file).unwrap();
    assert_eq!((genuine.record, genuine.key), (record(), key.public().unwrap()));
    assert_eq!(sign(&record(), &key).unwrap(), file, "one record has one file");
}

#[test]
fn a_change_of_any_byte_is_found() {
    let (_folder, key) = key();
    let file = sign(&record(), &key).unwrap();
    for place in 0..file.len() {
        for change in [1, 0x20, 0x80] {
            let mut changed = file.clone();
            changed[place] ^= change;
            assert!(verify(&changed).is_err(), "byte {place}");
        }
        assert!(verify(&file[..place]).is_err());
    }
    assert_eq!(verify(&[&file[..], b" "].concat()), Err(Forged::Form));
}

#[test]
fn a_file_written_anew_or_signed_by_another_shape_is_none() {
    let (_folder, key) = key();
    let file = sign(&record(), &key).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(verify(&serde_json::to_vec_pretty(&value).unwrap()), Err(Forged::Form));
    let text = String::from_utf8(file).unwrap();
    let upper = text.replace(&hex::encode(key.public().unwrap()), &hex::encode_upper(key.public().unwrap()));
    assert_ne!(upper, text);
    assert!(verify(upper.as_bytes()).is_err(), "hex is written in one way");
    assert_eq!(verify(text.replace("record-1", "record-2").as_bytes()), Err(Forged::Form));
    assert_eq!(verify(text.replace("\"function\"", "\"more\":1,\"function\"").as_bytes()), Err(Forged::Form));
}

#[test]
fn a_signed_record_that_makes_no_sense_is_refused() {
    let (_folder, key) = key();
    let mut record = record();
    record.until = record.from;
    let file = sign(&record, &key).unwrap();
    assert_eq!(verify(&file), Err(Forged::Content(NoRecord::Backwards)));
}

proptest! {
    #[test]
    fn no_other_bytes_are_a_record(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(verify(&bytes), Err(Forged::Form));
    }

    #[test]
    fn a_text_put_in_place_of_another_is_found(place in 0usize..600, long in 0usize..20, text in "[ -~]{0,20}") {
        let (_folder, key) = key();
        let file = sign(&record(), &key).unwrap();
        let (from, until) = (place.min(file.len()), (place + long).min(file.len()));
        let changed = [&file[..from], text.as_bytes(), &file[until..]].concat();
        prop_assume!(changed != file);
        prop_assert!(verify(&changed).is_err());
    }
}

#[test]
fn the_page_says_in_every_language_what_was_seen_when_and_by_whom() {
    let (_folder, key) = key();
    let genuine = verify(&sign(&record(), &key).unwrap()).unwrap();
    for language in Language::ALL {
        let texts = Texts::new(language);
        let page = page(&genuine, &texts, language);
        assert_eq!(page.rows.len(), 6, "three changes, two ends of a gap, one deed");
        let words = serde_json::to_string(&page).unwrap();
        assert!(!words.contains("record-"), "{language:?}: {words}");
        assert!(page.rows.iter().all(|row| !row.what.is_empty() && row.at.starts_with("2026-03-02")));
        assert!(page.rows[1].because.contains("; "), "both witnesses stand there");
        assert!(words.contains(&fingerprint(&genuine.key)));
        assert_ne!(page.facts[0].1, "prescription", "the function has its name");
    }
}

#[test]
fn every_word_of_the_page_exists_in_every_language() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let healths = HEALTHS.iter().map(|health| format!("record-health-{}", page::name(health)));
        let witnesses = [Witness::Authority, Witness::Real, Witness::Probe];
        let witnesses = witnesses.iter().map(|by| format!("record-witness-{}", page::name(by)));
        for key in healths.chain(witnesses).chain(Deed::ALL.map(page::deed_key)) {
            assert!(texts.find(&key).is_some(), "{key} in {language:?}");
        }
    }
}

#[test]
fn a_key_is_compared_in_groups_of_four() {
    let text = fingerprint(&[7; 32]);
    assert_eq!((text.len(), text.matches('-').count()), (24, 4));
}
