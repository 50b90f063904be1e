//! The PIN: its block, its counter, and the rights it gives (docs/reference/eid-card.md, section 6).

use serde::{Deserialize, Serialize};

use super::status::Status;

/// Tries of a PIN that was never typed wrong.
pub(super) const TRIES: u8 = 3;

/// The PIN as the chip keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PinSlot {
    digits: String,
    tries_left: u8,
}

impl PinSlot {
    pub(super) fn new(digits: &str) -> Self {
        Self { digits: digits.to_owned(), tries_left: TRIES }
    }

    pub(super) fn digits(&self) -> &str {
        &self.digits
    }

    pub(super) fn tries_left(&self) -> u8 {
        self.tries_left
    }

    pub(super) fn set_tries_left(&mut self, tries: u8) {
        self.tries_left = tries.min(TRIES);
    }

    /// Compares a block and keeps the count. A block that is not well formed is a wrong one.
    pub(super) fn check(&mut self, given: &[u8; 8]) -> Result<(), Status> {
        if self.tries_left == 0 {
            return Err(Status::BLOCKED);
        }
        if block(&self.digits).as_ref() == Some(given) {
            self.tries_left = TRIES;
            return Ok(());
        }
        Err(self.count_wrong())
    }

    /// One try is gone.
    pub(super) fn count_wrong(&mut self) -> Status {
        if self.tries_left == 0 {
            return Status::BLOCKED;
        }
        self.tries_left -= 1;
        Status::tries_left(self.tries_left)
    }

    /// Takes over a new PIN from its block.
    pub(super) fn change(&mut self, new: &[u8; 8]) -> Result<(), Status> {
        self.digits = digits(new).ok_or(Status::DATA)?;
        Ok(())
    }
}

/// The block of a PIN: length, packed digits, padding `F`. `None` unless it has 4 to 12 digits.
pub(super) fn block(digits: &str) -> Option<[u8; 8]> {
    let well_formed = (4..=12).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
    let length = u8::try_from(digits.len()).ok().filter(|_| well_formed)?;
    let mut block = [0xFF; 8];
    block[0] = 0x20 | length;
    for (at, digit) in digits.bytes().map(|c| c - b'0').enumerate() {
        let byte = &mut block[1 + at / 2];
        *byte = if at % 2 == 0 { digit << 4 | 0x0F } else { *byte & 0xF0 | digit };
    }
    Some(block)
}

/// The PIN of a block; `None` when it is not exactly the block of a PIN.
fn digits(given: &[u8; 8]) -> Option<String> {
    let length = usize::from(given[0] & 0x0F);
    let nibbles = given[1..].iter().flat_map(|byte| [byte >> 4, byte & 0x0F]);
    let text = nibbles.take(length).map(|digit| char::from(b'0' + digit)).collect::<String>();
    (block(&text).as_ref() == Some(given)).then_some(text)
}

/// What the PIN allows until log-off, reset or a wrong PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rights {
    authentication: bool,
    /// Commands since the VERIFY that key 83 may still use.
    just_before: Option<u8>,
}

impl Rights {
    /// One more command has come.
    pub(super) fn age(&mut self) {
        self.just_before = self.just_before.map(|commands| commands.saturating_add(1));
    }

    /// The PIN was right. A VERIFY made for key 83 says nothing about key 82.
    pub(super) fn grant(&mut self, for_signature_key: bool) {
        self.authentication |= !for_signature_key;
        self.just_before = Some(0);
    }

    /// Some VERIFY is in force.
    pub(super) fn any(self) -> bool {
        self.authentication || self.just_before.is_some()
    }

    pub(super) fn for_authentication(self) -> Result<(), Status> {
        if self.authentication { Ok(()) } else { Err(Status::PIN_NEEDED) }
    }

    /// Takes the right of key 83: it serves once, and only `between` commands after its VERIFY.
    pub(super) fn take_for_signature(&mut self, between: u8) -> Result<(), Status> {
        match self.just_before.take() {
            Some(commands) if commands <= between + 1 => Ok(()),
            _ => Err(Status::PIN_NEEDED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_packed_as_the_manual_shows() {
        assert_eq!(block("1234"), Some([0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
        assert_eq!(block("12345"), Some([0x25, 0x12, 0x34, 0x5F, 0xFF, 0xFF, 0xFF, 0xFF]));
        assert_eq!(block("123"), None);
        assert_eq!(block("1234567890123"), None);
    }

    #[test]
    fn three_wrong_pins_block_and_a_right_one_no_longer_helps() {
        let mut slot = PinSlot::new("1234");
        let (right, wrong) =
            ([0x24, 0x12, 0x34, 255, 255, 255, 255, 255], [0x24, 0x12, 0x35, 255, 255, 255, 255, 255]);
        let answers = [wrong, wrong, right, wrong, wrong, wrong, right].map(|it| slot.check(&it).err());
        let left = |n| Some(Status::tries_left(n));
        assert_eq!(answers, [left(2), left(1), None, left(2), left(1), left(0), Some(Status::BLOCKED)]);
    }

    #[test]
    fn a_verify_for_the_signature_key_gives_nothing_to_the_other() {
        let mut rights = Rights::default();
        rights.grant(true);
        rights.age();
        assert_eq!(rights.for_authentication(), Err(Status::PIN_NEEDED));
        assert_eq!(rights.take_for_signature(0), Ok(()));
        assert_eq!(rights.take_for_signature(0), Err(Status::PIN_NEEDED));
    }

    proptest! {
        #[test]
        fn a_block_gives_its_digits_back(pin in "[0-9]{4,12}") {
            prop_assert_eq!(block(&pin).and_then(|it| digits(&it)), Some(pin));
        }

        #[test]
        fn no_block_but_a_well_formed_one_is_read(bytes in proptest::array::uniform8(any::<u8>())) {
            if let Some(pin) = digits(&bytes) {
                prop_assert_eq!(block(&pin), Some(bytes));
            }
        }
    }
}
