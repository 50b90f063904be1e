//! Numbers that identify people and organisations. Each type checks itself when it is made; nothing later asks again.
//!
//! `Display` and `Debug` are masked. A number in full is a call to `reveal`, which stands out in review.

mod cbe;
mod nihii;
mod organisation;
mod ssin;

pub use cbe::Cbe;
pub use nihii::Nihii;
pub use organisation::{Identity, Organisation};
pub use ssin::Ssin;

/// Why a text is not the number it claims to be. The text itself is never part of the error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentError {
    /// Another count of digits than the number has.
    #[error("the number has {found} digits instead of {expected}")]
    Length {
        /// Digits the number has.
        expected: usize,
        /// Digits that were given.
        found: usize,
    },
    /// Something else than a digit.
    #[error("the number holds something else than digits")]
    NotDigits,
    /// The check digits do not fit.
    #[error("the check digits do not fit the number")]
    Check,
    /// A type of number that is not of this sort.
    #[error("the type of the number is not known, or is not of this sort")]
    Kind,
}

/// Exactly `N` ASCII digits of `text`, dots, dashes and blanks between them left out.
fn digits<const N: usize>(text: &str) -> Result<[u8; N], IdentError> {
    let mut found = 0;
    let mut out = [0; N];
    for c in text.trim().bytes() {
        match c {
            b'0'..=b'9' => {
                if let Some(place) = out.get_mut(found) {
                    *place = c;
                }
                found += 1;
            }
            b'.' | b'-' | b' ' | b'/' => {}
            _ => return Err(IdentError::NotDigits),
        }
    }
    if found == N { Ok(out) } else { Err(IdentError::Length { expected: N, found }) }
}

/// The value of a run of ASCII digits (at most 18 of them).
fn value(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |sum, d| sum * 10 + u64::from(d - b'0'))
}

fn text(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("ASCII digits by construction")
}
