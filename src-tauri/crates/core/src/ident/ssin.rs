//! The number of a person in Belgian social security (NISS, INSZ).

use super::{IdentError, digits, text, value};

/// Eleven digits `yymmdd nnn cc`; `cc` = 97 - (the first nine mod 97), with a 2 put before the nine for people
/// born from 2000 on. BIS numbers (month + 20 or + 40) follow the same rule.
///
/// Source: royal decree of 8 February 1991 (docs/reference/eid-card.md, section 10).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ssin([u8; 11]);

impl Ssin {
    /// Reads a number and checks it by both rules (born before 2000, born from 2000 on).
    pub fn parse(given: &str) -> Result<Self, IdentError> {
        let it = Self::parse_unchecked(given)?;
        if it.fits(0) || it.fits(2_000_000_000) { Ok(it) } else { Err(IdentError::Check) }
    }

    /// Reads a number without its check digits: test cards carry impossible ones (environment decides, not the card).
    pub fn parse_unchecked(given: &str) -> Result<Self, IdentError> {
        digits(given).map(Self)
    }

    fn fits(self, century: u64) -> bool {
        97 - (century + value(&self.0[..9])) % 97 == value(&self.0[9..])
    }

    /// The eleven digits. Only for the card, the wire and a person who asked for them.
    pub fn reveal(&self) -> &str {
        text(&self.0)
    }
}

impl std::fmt::Display for Ssin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••••••••••")
    }
}

impl std::fmt::Debug for Ssin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ssin(•)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A number built by the rule; no person's.
    fn built(nine: u64, century: u64) -> String {
        format!("{nine:09}{:02}", 97 - (century + nine) % 97)
    }

    #[test]
    fn both_check_rules_are_known() {
        assert!(Ssin::parse(&built(850_101_997, 0)).is_ok());
        assert!(Ssin::parse(&built(50_101_997, 2_000_000_000)).is_ok());
        assert_eq!(Ssin::parse("85010199700"), Err(IdentError::Check));
    }

    #[test]
    fn a_remainder_of_nought_gives_check_digits_97() {
        let nine = 97 * 8_000_000;
        assert!(built(nine, 0).ends_with("97"));
        assert!(Ssin::parse(&built(nine, 0)).is_ok());
    }

    #[test]
    fn the_number_never_prints_itself() {
        let ssin = Ssin::parse(&built(850_101_997, 0)).unwrap();
        assert!(!format!("{ssin} {ssin:?}").contains(|c: char| c.is_ascii_digit()));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(nine in 0u64..1_000_000_000, place in 0usize..11, by in 1u8..10) {
            let good = built(nine, 0);
            let mut bad = good.clone().into_bytes();
            bad[place] = b'0' + (bad[place] - b'0' + by) % 10;
            let bad = String::from_utf8(bad).unwrap();
            // The other rule may still fit; then the number is valid for somebody born in the other century.
            prop_assert!(Ssin::parse(&good).is_ok());
            prop_assert!(Ssin::parse(&bad).is_err() || !Ssin::parse_unchecked(&bad).unwrap().fits(0));
        }

        #[test]
        fn nonsense_is_refused_without_panic(text in ".{0,40}") {
            let _ = Ssin::parse(&text);
        }
    }
}
