//! Identity and address files: one-byte tags, one-byte lengths, text in UTF-8 (docs/reference/eid-card.md, section 4).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::person::Person;

/// What goes into the identity file beside the person.
pub(super) struct CardFacts<'a> {
    pub(super) card_number: &'a str,
    pub(super) chip_number: &'a [u8; 16],
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
    /// 1 Belgian citizen, 6 kids.
    pub(super) document_type: &'a str,
    pub(super) photo_hash: &'a [u8],
    /// SHA-384 of the basic public key file, on 1.8.
    pub(super) basic_key_hash: Option<&'a [u8]>,
    /// Start with the structure version, as the documents have it.
    pub(super) version_tag: bool,
}

/// The identity file.
pub(super) fn identity_file(person: &Person, card: &CardFacts<'_>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut put = |tag: u8, value: &[u8]| field(&mut file, tag, value);
    if card.version_tag {
        put(0x00, &[0x00, 0x02]);
    }
    put(0x01, card.card_number.as_bytes());
    put(0x02, card.chip_number);
    put(0x03, day(card.from).as_bytes());
    put(0x04, day(card.until).as_bytes());
    put(0x05, person.issued_by.as_bytes());
    put(0x06, person.ssin().reveal().as_bytes());
    put(0x07, person.surname.as_bytes());
    put(0x08, person.given_names.as_bytes());
    put(0x09, person.third_initial.as_bytes());
    put(0x0A, person.nationality.as_bytes());
    put(0x0B, person.birth_place.as_bytes());
    put(0x0C, person.birth_date().as_bytes());
    put(0x0D, person.sex().as_bytes());
    put(0x0E, b"");
    put(0x0F, card.document_type.as_bytes());
    put(0x10, b"0");
    put(0x11, card.photo_hash);
    if let Some(hash) = card.basic_key_hash {
        put(0x1A, hash);
    }
    file
}

/// The address file with its zero padding.
pub(super) fn address_file(person: &Person) -> Vec<u8> {
    let mut file = Vec::new();
    field(&mut file, 0x01, person.street.as_bytes());
    field(&mut file, 0x02, person.zip.as_bytes());
    field(&mut file, 0x03, person.municipality.as_bytes());
    let padded = file.len().max(ADDRESS_SIZE);
    file.resize(padded, 0);
    file
}

/// Smallest size of the address file.
const ADDRESS_SIZE: usize = 117;

fn field(file: &mut Vec<u8>, tag: u8, value: &[u8]) {
    let length = u8::try_from(value.len()).expect("no field of an invented person reaches 255 bytes");
    file.extend([tag, length]);
    file.extend_from_slice(value);
}

fn day(at: Timestamp) -> String {
    let day: Date = at.to_zoned(TimeZone::UTC).date();
    format!("{:02}.{:02}.{}", day.day(), day.month(), day.year())
}

/// READ RECORD: the fields whose tag lies in the range, as they stand in the file. Reads `00` as the end.
pub(super) fn records(file: &[u8], first: u8, last: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = file;
    while let [tag, length, after @ ..] = rest {
        let Some((value, next)) = after.split_at_checked(usize::from(*length)) else { break };
        if (first..=last).contains(tag) {
            field(&mut out, *tag, value);
        }
        rest = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_padded_to_its_size() {
        let file = address_file(&Person::doctor());
        assert_eq!(file.len(), 117);
        assert!(file.ends_with(&[0; 40]));
        assert_eq!(records(&file, 2, 2), b"\x02\x045000");
    }
}
