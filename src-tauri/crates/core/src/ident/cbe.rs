//! The number of an enterprise (BCE, KBO).

use super::{IdentError, digits, text, value};

/// Ten digits, the first 0 or 1; the last two are 97 - (the first eight mod 97).
///
/// Source: Crossroads Bank for Enterprises, structure of the enterprise number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cbe([u8; 10]);

impl Cbe {
    /// Reads a number, with or without dots, and checks it.
    pub fn parse(given: &str) -> Result<Self, IdentError> {
        let all = digits::<10>(given)?;
        if 97 - value(&all[..8]) % 97 == value(&all[8..]) { Ok(Self(all)) } else { Err(IdentError::Check) }
    }

    /// The ten digits. An enterprise number is public.
    pub fn reveal(&self) -> &str {
        text(&self.0)
    }
}

impl std::fmt::Display for Cbe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.reveal())
    }
}

impl std::fmt::Debug for Cbe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cbe({})", self.reveal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platforms_own_number_fits_and_its_neighbour_does_not() {
        assert_eq!(Cbe::parse("0809.394.427").unwrap().reveal(), "0809394427");
        assert_eq!(Cbe::parse("0809394428"), Err(IdentError::Check));
    }
}
