//! The PIN of an eID: 4 to 12 digits (docs/reference/eid-card.md, section 6).

use super::page::Page;

/// Why digits are not a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinFormat {
    /// Fewer than 4 or more than 12 digits.
    #[error("a PIN has 4 to 12 digits")]
    Length,
    /// Something else than a digit.
    #[error("a PIN has digits only")]
    NotDigits,
}

/// A PIN, complete or being typed, in a locked page that is wiped when it goes.
///
/// Neither `Clone`, `Debug` nor `Serialize`: it is moved to the card and gone.
pub struct Pin {
    page: Page,
    len: usize,
}

impl Pin {
    /// Fewest digits of a PIN.
    pub const MIN: usize = 4;
    /// Most digits of a PIN.
    pub const MAX: usize = 12;

    /// Nothing typed yet.
    pub fn empty() -> Self {
        Self { page: Page::new(), len: 0 }
    }

    /// Reads ASCII digits. Wipe the source afterwards.
    pub fn from_ascii(text: &[u8]) -> Result<Self, PinFormat> {
        let mut pin = Self::empty();
        for &c in text {
            if !c.is_ascii_digit() {
                return Err(PinFormat::NotDigits);
            }
            if !pin.push(c - b'0') {
                return Err(PinFormat::Length);
            }
        }
        if pin.is_complete() { Ok(pin) } else { Err(PinFormat::Length) }
    }

    /// Adds a digit (0 to 9); `false` when there is no room or it is none.
    pub fn push(&mut self, digit: u8) -> bool {
        if self.len == Self::MAX || digit > 9 {
            return false;
        }
        self.page.bytes_mut()[self.len] = digit;
        self.len += 1;
        true
    }

    /// Takes the last digit back.
    pub fn erase(&mut self) {
        if self.len > 0 {
            self.len -= 1;
            self.page.bytes_mut()[self.len] = 0;
        }
    }

    /// Digits so far: all that a page may know.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Nothing typed.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Long enough to be tried.
    pub fn is_complete(&self) -> bool {
        self.len >= Self::MIN
    }

    /// The digits, each 0 to 9. Only for the PIN block of the card.
    pub fn digits(&self) -> &[u8] {
        &self.page.bytes()[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_to_twelve_digits_are_a_pin() {
        assert_eq!(Pin::from_ascii(b"1234").unwrap_or_else(|e| panic!("{e}")).digits(), [1, 2, 3, 4]);
        assert_eq!(Pin::from_ascii(b"123").err(), Some(PinFormat::Length));
        assert_eq!(Pin::from_ascii(b"1234567890123").err(), Some(PinFormat::Length));
        assert_eq!(Pin::from_ascii(b"12a4").err(), Some(PinFormat::NotDigits));
    }

    #[test]
    fn an_erased_digit_is_gone_from_memory() {
        let mut pin = Pin::empty();
        assert!(pin.push(7) && !pin.push(10));
        pin.erase();
        pin.erase();
        assert!(pin.is_empty());
        assert_eq!(pin.page.bytes()[0], 0);
    }
}
