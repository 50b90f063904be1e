//! The number of a care provider or institution at the INAMI/RIZIV.

use super::{IdentError, digits, text, value};

/// Eight digits of registration, of which the last two check the first six, and for people three of qualification.
///
/// Check: 97 - (the first six mod 97); for some professions the platform uses 89, 83 or 79 instead of 97.
/// Source: eHealth's own identifier check lists these moduli; only one of them has to fit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nihii {
    digits: [u8; 11],
    with_qualification: bool,
}

/// Moduli in use for the check digits.
const MODULI: [u64; 4] = [97, 89, 83, 79];

impl Nihii {
    /// Reads 8 or 11 digits and checks them.
    pub fn parse(given: &str) -> Result<Self, IdentError> {
        let (all, with_qualification) = match digits::<11>(given) {
            Ok(eleven) => (eleven, true),
            Err(IdentError::Length { found: 8, .. }) => {
                let mut all = [b'0'; 11];
                all[..8].copy_from_slice(&digits::<8>(given)?);
                (all, false)
            }
            Err(other) => return Err(other),
        };
        let (number, check) = (value(&all[..6]), value(&all[6..8]));
        if MODULI.iter().any(|m| m - number % m == check) {
            Ok(Self { digits: all, with_qualification })
        } else {
            Err(IdentError::Check)
        }
    }

    /// The digits, 8 or 11. Only for the wire and a person who asked for them.
    pub fn reveal(&self) -> &str {
        text(&self.digits[..if self.with_qualification { 11 } else { 8 }])
    }
}

impl std::fmt::Display for Nihii {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("••••••••")
    }
}

impl std::fmt::Debug for Nihii {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nihii(•)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_and_eleven_digits_are_read_and_kept() {
        let check = 97 - 123_456 % 97;
        let short = format!("123456{check:02}");
        assert_eq!(Nihii::parse(&short).unwrap().reveal(), short);
        assert_eq!(Nihii::parse(&format!("{short}004")).unwrap().reveal(), format!("{short}004"));
    }

    #[test]
    fn a_number_that_fits_no_modulus_is_refused() {
        assert_eq!(Nihii::parse("12345600"), Err(IdentError::Check));
        assert_eq!(Nihii::parse("123456"), Err(IdentError::Length { expected: 11, found: 6 }));
    }
}
