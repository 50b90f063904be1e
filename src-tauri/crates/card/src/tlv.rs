//! The simple TLV of the identity and address files: one byte tag, length, value.
//!
//! A length is one byte, or several FF bytes worth 255 each and a rest. Zero bytes to the end are padding, also where a
//! tag 00 could stand. Source: docs/reference/eid-card.md, section 4.

use std::collections::BTreeMap;

use crate::error::CardError;

/// Fields by tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields<'a>(BTreeMap<u8, &'a [u8]>);

impl<'a> Fields<'a> {
    /// Reads a whole file.
    ///
    /// # Errors
    /// [`CardError::Answer`] when a field is longer than the file or stands twice.
    pub fn parse(mut rest: &'a [u8]) -> Result<Self, CardError> {
        let mut fields = BTreeMap::new();
        while rest.iter().any(|byte| *byte != 0) {
            let (tag, value, next) =
                field(rest).ok_or(CardError::Answer("a field is longer than its file"))?;
            if fields.insert(tag, value).is_some() {
                return Err(CardError::Answer("a field stands twice"));
            }
            rest = next;
        }
        Ok(Self(fields))
    }

    /// Bytes of a field.
    #[must_use]
    pub fn bytes(&self, tag: u8) -> Option<&'a [u8]> {
        self.0.get(&tag).copied()
    }

    /// Text of a field, without blanks at its ends; empty where it is absent.
    ///
    /// # Errors
    /// [`CardError::Answer`] when it is not UTF-8.
    pub fn text(&self, tag: u8) -> Result<String, CardError> {
        let bytes = self.bytes(tag).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_| CardError::Answer("a field is not text"))?;
        Ok(text.trim_matches(['\0', ' ']).to_owned())
    }
}

/// One field and what follows it; `None` when it does not fit.
#[must_use]
pub fn field(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, mut rest) = bytes.split_first()?;
    let mut length = 0;
    loop {
        let (&part, next) = rest.split_first()?;
        rest = next;
        length += usize::from(part);
        if part < 0xFF {
            break;
        }
    }
    let (value, rest) = rest.split_at_checked(length)?;
    Some((tag, value, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(fields: &BTreeMap<u8, Vec<u8>>, zeros: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for (tag, value) in fields {
            out.push(*tag);
            out.extend(std::iter::repeat_n(0xFF, value.len() / 255));
            out.push(u8::try_from(value.len() % 255).unwrap());
            out.extend(value);
        }
        out.extend(std::iter::repeat_n(0, zeros));
        out
    }

    #[test]
    fn a_structure_version_in_front_is_a_field_and_zeros_behind_are_not() {
        let file = [0x00, 0x02, 0x00, 0x07, 0x03, 0x01, b'x', 0, 0, 0];
        let fields = Fields::parse(&file).unwrap();
        assert_eq!(fields.bytes(0), Some(&[0x00, 0x07][..]));
        assert_eq!(fields.text(3).unwrap(), "x");
        assert_eq!(fields.text(4).unwrap(), "");
    }

    #[test]
    fn a_field_longer_than_the_file_is_refused() {
        assert!(Fields::parse(&[0x01, 0x05, b'a']).is_err());
        assert!(Fields::parse(&[0x01, 0xFF, 0xFF]).is_err());
        assert!(Fields::parse(&[0x01]).is_err());
    }

    #[test]
    fn a_field_that_stands_twice_is_refused() {
        assert!(Fields::parse(&[0x01, 0x01, b'a', 0x01, 0x01, b'b']).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            fields in proptest::collection::btree_map(1u8.., proptest::collection::vec(1u8.., 0..600), 0..6),
            zeros in 0usize..40,
        ) {
            let file = written(&fields, zeros);
            // A last field without a value may look like padding only for tag 00, which is not among these.
            let read = Fields::parse(&file).unwrap();
            for (tag, value) in &fields {
                prop_assert_eq!(read.bytes(*tag), Some(&value[..]));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Fields::parse(&bytes);
        }
    }
}
