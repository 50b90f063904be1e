//! The identity file. Source: docs/reference/eid-card.md, section 4.

use serde::Serialize;

use crate::date;
use crate::error::CardError;
use crate::tlv::Fields;

/// What the card says of its holder; serialised, the `identity` of `card read`. A field the card lacks is empty.
///
/// Prints nothing of it: every line is personal.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Number printed on the card.
    pub card_number: String,
    /// Number of the chip, in hexadecimal.
    pub chip_number: String,
    /// First day of validity, ISO 8601.
    pub valid_from: String,
    /// Last day of validity, ISO 8601.
    pub valid_until: String,
    /// Municipality that issued it.
    pub municipality: String,
    /// National number.
    pub national_number: String,
    /// Surname.
    pub surname: String,
    /// First two given names.
    pub given_names: String,
    /// First letter of the third given name.
    pub third_name_initial: String,
    /// Nationality, in the language of the card.
    pub nationality: String,
    /// Place of birth.
    pub birth_place: String,
    /// Date of birth, ISO 8601 as far as it is known.
    pub birth_date: String,
    /// `M` or `F`, whatever the language of the card.
    pub sex: String,
    /// Title of nobility.
    pub noble_condition: String,
    /// Number of the document type: 1 Belgian citizen, 6 kids card, 11 and up foreigners.
    pub document_type: String,
    /// 0 none, 1 white cane, 2 extended minority, 3 both, 4 yellow cane, 5 yellow cane and extended minority.
    pub special_status: String,
    /// Hash of the photo.
    #[serde(skip)]
    pub photo_hash: Vec<u8>,
    /// Hash of the basic public key, applet 1.8.
    #[serde(skip)]
    pub basic_key_hash: Vec<u8>,
    /// Fields that few cards have.
    #[serde(skip)]
    pub rare: Rare,
}

/// Fields that few cards have, as they stand on the card.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Rare {
    /// Number of the duplicate.
    pub duplicate: String,
    /// 1 SHAPE, 2 NATO, 4 old blue card, 5 researcher.
    pub special_organisation: String,
    /// Member of the family of a European citizen.
    pub member_of_family: bool,
    /// Date and country of protection.
    pub protection: String,
    /// 7 unlimited, 8 limited, 9 none, A seasonal.
    pub work_permit: String,
    /// VAT numbers of the employer.
    pub employer_vat: [String; 2],
    /// Regional file number.
    pub regional_file_number: String,
    /// Brexit mentions B and C.
    pub brexit: [String; 2],
    /// Mentions of A cards.
    pub a_card: [String; 2],
    /// Start date of an EU or EU+ card.
    pub eu_start: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(•)")
    }
}

impl std::fmt::Debug for Rare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rare(•)")
    }
}

impl Identity {
    /// Reads the file.
    ///
    /// # Errors
    /// [`CardError::Answer`] for a file that is not one.
    pub fn parse(file: &[u8]) -> Result<Self, CardError> {
        let fields = Fields::parse(file)?;
        if fields.bytes(0x01).is_none() || fields.bytes(0x02).is_none() {
            return Err(CardError::Answer("an identity without card or chip number"));
        }
        Ok(Self {
            card_number: fields.text(0x01)?,
            chip_number: hex(fields.bytes(0x02).unwrap_or_default()),
            valid_from: date::plain(&fields.text(0x03)?),
            valid_until: date::plain(&fields.text(0x04)?),
            municipality: fields.text(0x05)?,
            national_number: fields.text(0x06)?,
            surname: fields.text(0x07)?,
            given_names: fields.text(0x08)?,
            third_name_initial: fields.text(0x09)?,
            nationality: fields.text(0x0A)?,
            birth_place: fields.text(0x0B)?,
            birth_date: date::birth(&fields.text(0x0C)?),
            sex: sex(fields.text(0x0D)?),
            noble_condition: fields.text(0x0E)?,
            document_type: number(fields.text(0x0F)?),
            special_status: number(fields.text(0x10)?),
            photo_hash: fields.bytes(0x11).unwrap_or_default().to_vec(),
            basic_key_hash: fields.bytes(0x1A).unwrap_or_default().to_vec(),
            rare: Rare::from(&fields)?,
        })
    }
}

impl Rare {
    fn from(fields: &Fields<'_>) -> Result<Self, CardError> {
        Ok(Self {
            duplicate: fields.text(0x12)?,
            special_organisation: fields.text(0x13)?,
            member_of_family: fields.bytes(0x14).is_some(),
            protection: fields.text(0x15)?,
            work_permit: fields.text(0x16)?,
            employer_vat: [fields.text(0x17)?, fields.text(0x18)?],
            regional_file_number: fields.text(0x19)?,
            brexit: [fields.text(0x1B)?, fields.text(0x1C)?],
            a_card: [fields.text(0x1D)?, fields.text(0x1E)?],
            eu_start: date::plain(&fields.text(0x1F)?),
        })
    }
}

/// Women are F, V or W by the language of the card.
fn sex(letter: String) -> String {
    if matches!(letter.as_str(), "V" | "W") { "F".to_owned() } else { letter }
}

/// A number without leading zeros; anything else as it stands.
fn number(text: String) -> String {
    text.parse::<u16>().map_or(text, |number| number.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(fields: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (tag, value) in fields {
            out.extend([*tag, u8::try_from(value.len()).unwrap()]);
            out.extend(*value);
        }
        out
    }

    const CHIP: &[u8] = &[0x53, 0x4C, 0x49, 0x4E, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    #[test]
    fn an_identity_is_read_field_by_field() {
        let bytes = file(&[
            (0x01, b"592012345678"),
            (0x02, CHIP),
            (0x03, b"01.02.2021"),
            (0x04, b"01.02.2031"),
            (0x05, "Liège".as_bytes()),
            (0x07, "Élan".as_bytes()),
            (0x08, b"Ada Bea"),
            (0x09, b"C"),
            (0x0C, b"05 FEV  1979"),
            (0x0D, b"V"),
            (0x0F, b"01"),
            (0x10, b"0"),
            (0x11, &[7; 48]),
            (0x14, b""),
            (0x7E, b"nobody knows this tag"),
        ]);
        let read = Identity::parse(&bytes).unwrap();
        assert_eq!(read.chip_number, "534C494E000102030405060708090A0B");
        assert_eq!((read.valid_from.as_str(), read.birth_date.as_str()), ("2021-02-01", "1979-02-05"));
        assert_eq!(
            (read.sex.as_str(), read.document_type.as_str(), read.surname.as_str()),
            ("F", "1", "Élan")
        );
        assert_eq!(read.photo_hash, [7; 48]);
        assert!(read.rare.member_of_family && read.noble_condition.is_empty());
    }

    #[test]
    fn the_json_has_the_fields_of_the_command_line_and_no_other() {
        let read = Identity::parse(&file(&[(0x01, b"592012345678"), (0x02, CHIP)])).unwrap();
        let json = serde_json::to_value(&read).unwrap();
        let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let mut wanted = [
            "card_number",
            "chip_number",
            "valid_from",
            "valid_until",
            "municipality",
            "national_number",
            "surname",
            "given_names",
            "third_name_initial",
            "nationality",
            "birth_place",
            "birth_date",
            "sex",
            "noble_condition",
            "document_type",
            "special_status",
        ];
        wanted.sort_unstable();
        assert_eq!(keys, wanted);
    }

    #[test]
    fn an_identity_never_prints_itself() {
        let read =
            Identity::parse(&file(&[(0x01, b"592012345678"), (0x02, CHIP), (0x07, b"Canary")])).unwrap();
        assert!(!format!("{read:?}").contains("Canary"));
    }

    #[test]
    fn a_file_that_is_no_identity_is_refused() {
        assert!(Identity::parse(&[]).is_err());
        assert!(Identity::parse(&[0; 200]).is_err());
        assert!(Identity::parse(&file(&[(0x01, b"1"), (0x02, CHIP), (0x07, &[0xFF, 0xFE])])).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Identity::parse(&bytes);
        }
    }
}
