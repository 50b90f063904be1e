//! The PIN block of VERIFY, and what the card's answer to it means.
//!
//! Source: docs/reference/eid-card.md, section 6.

use relais_core::secret::Pin;
use zeroize::Zeroizing;

use crate::apdu::{Channel, Command, Meaning, StatusWord, ins};
use crate::error::CardError;

/// VERIFY of the one PIN of the card.
pub const VERIFY: [u8; 4] = [0x00, ins::VERIFY, 0x00, 0x01];

/// `2L`, the digits as BCD, and F to the end; wiped when dropped.
#[must_use]
pub fn block(pin: &Pin) -> Zeroizing<[u8; 8]> {
    let mut block = Zeroizing::new([0xFF; 8]);
    block[0] = 0x20 | u8::try_from(pin.len()).unwrap_or(0);
    for (at, digit) in pin.digits().iter().enumerate() {
        let byte = &mut block[1 + at / 2];
        *byte = if at % 2 == 0 { digit << 4 | 0x0F } else { *byte & 0xF0 | digit };
    }
    block
}

/// Sends the one VERIFY that this entry buys. The PIN is gone afterwards, whatever the card answers.
///
/// # Errors
/// [`CardError::PinOutcomeUnknown`] when the answer was lost: the card may have counted it.
pub fn verify(channel: &mut Channel<'_>, pin: Pin) -> Result<(), CardError> {
    let command = Command::bringing(VERIFY, &*block(&pin));
    drop(pin);
    match channel.exchange(&command) {
        Ok(answer) => judge(answer.status),
        Err(error) => {
            tracing::warn!(%error, "the answer to a VERIFY was lost");
            Err(CardError::PinOutcomeUnknown)
        }
    }
}

/// What became of a VERIFY.
///
/// # Errors
/// By the status word; one that leaves it open whether a try was counted is [`CardError::PinOutcomeUnknown`].
pub fn judge(status: StatusWord) -> Result<(), CardError> {
    match (status.meaning(), status.0) {
        (Meaning::Done, _) => Ok(()),
        (Meaning::WrongPin(tries_left), _) => Err(CardError::PinWrong { tries_left }),
        (Meaning::PinBlocked, _) => Err(CardError::PinBlocked),
        // Refused for its form or its moment, before the PIN was compared.
        (_, 0x6700 | 0x6881 | 0x6985 | 0x6A80..=0x6AFF | 0x6B00 | 0x6D00 | 0x6E00) => {
            Err(CardError::Refused { instruction: ins::VERIFY, status })
        }
        _ => Err(CardError::PinOutcomeUnknown),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn block_of(digits: &str) -> [u8; 8] {
        *block(&Pin::from_ascii(digits.as_bytes()).unwrap())
    }

    #[test]
    fn the_block_tells_the_length_and_packs_the_digits() {
        assert_eq!(block_of("1234"), [0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        assert_eq!(block_of("12345"), [0x25, 0x12, 0x34, 0x5F, 0xFF, 0xFF, 0xFF, 0xFF]);
        assert_eq!(block_of("123456789012"), [0x2C, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0xFF]);
    }

    #[test]
    fn each_answer_to_a_verify_has_its_own_meaning() {
        assert_eq!(judge(StatusWord::OK), Ok(()));
        assert_eq!(judge(StatusWord(0x63C2)), Err(CardError::PinWrong { tries_left: 2 }));
        assert_eq!(judge(StatusWord(0x63C0)), Err(CardError::PinBlocked));
        assert_eq!(judge(StatusWord(0x6983)), Err(CardError::PinBlocked));
        for open in [0x6300, 0x6581, 0x6C08, 0x6108, 0x6F00, 0x6400] {
            assert_eq!(judge(StatusWord(open)), Err(CardError::PinOutcomeUnknown), "{open:04X}");
        }
        assert!(matches!(judge(StatusWord(0x6D00)), Err(CardError::Refused { .. })));
    }
}
