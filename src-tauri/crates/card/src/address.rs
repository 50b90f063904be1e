//! The address file. Source: docs/reference/eid-card.md, section 4.

use serde::Serialize;

use crate::error::CardError;
use crate::tlv::{Fields, field};

/// Tag of the last field.
const MUNICIPALITY: u8 = 0x03;

/// Where the holder lives; serialised, the `address` of `card read`. Prints nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub zip: String,
    /// Municipality.
    pub municipality: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(•)")
    }
}

impl Address {
    /// Reads the file.
    ///
    /// # Errors
    /// [`CardError::Answer`] for a file that is not one.
    pub fn parse(file: &[u8]) -> Result<Self, CardError> {
        let fields = Fields::parse(file)?;
        Ok(Self {
            street: fields.text(0x01)?,
            zip: fields.text(0x02)?,
            municipality: fields.text(MUNICIPALITY)?,
        })
    }
}

/// The padding behind the last field is in sight, so nothing of the address is missing.
#[must_use]
pub fn is_complete(start: &[u8]) -> bool {
    let mut rest = start;
    while let Some((tag, _, next)) = field(rest) {
        rest = next;
        if tag == MUNICIPALITY {
            return rest.first() == Some(&0);
        }
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &[u8] = b"\x01\x0bKerkstraat 1\x02\x041000\x03\x07Brussel\0\0\0";

    fn file() -> Vec<u8> {
        // "Kerkstraat 1" has twelve letters.
        let mut file = FILE.to_vec();
        file[1] = 12;
        file
    }

    #[test]
    fn an_address_is_read_without_its_padding() {
        let read = Address::parse(&file()).unwrap();
        assert_eq!(
            (read.street.as_str(), read.zip.as_str(), read.municipality.as_str()),
            ("Kerkstraat 1", "1000", "Brussel")
        );
        assert!(!format!("{read:?}").contains("Kerk"));
    }

    #[test]
    fn an_address_is_complete_once_its_padding_shows() {
        let file = file();
        assert!(is_complete(&file));
        assert!((0..file.len() - 2).all(|end| !is_complete(&file[..end])), "before the first zero it is not");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = (Address::parse(&bytes), is_complete(&bytes));
        }
    }
}
