//! A reader with a keypad: PC/SC part 10 as far as VERIFY_PIN_DIRECT (docs/reference/eid-card.md, section 9).

use std::collections::VecDeque;
use std::time::Duration;

use super::slot::Slot;
use crate::eid::pin::block;
use crate::eid::status::Status;
use relais_card::backend::LinkError;

/// Control code of GET_FEATURE_REQUEST on pcsc-lite.
pub(super) const FEATURE_REQUEST: u32 = 0x4200_0D48;
/// Control code this reader gives for VERIFY_PIN_DIRECT.
const VERIFY_PIN_DIRECT: u32 = 0x4200_0DB2;
/// SCARD_E_UNSUPPORTED_FEATURE of pcsc-lite: what a reader without a keypad answers.
const UNSUPPORTED: LinkError = LinkError::Other(0x8010_001F);

/// The VERIFY the structure must carry: an empty block that the reader fills.
const TEMPLATE: [u8; 13] = [0x00, 0x20, 0x00, 0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
/// bmFormatString, bmPINBlockString, bmPINLengthFormat of a Belgian PIN block.
const FORMAT: [u8; 3] = [0x89, 0x47, 0x04];

/// What the person does at the keypad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// Types these digits and OK.
    Pin(String),
    /// Presses cancel.
    Cancel,
    /// Walks away.
    Nothing,
}

/// A keypad and what is typed on it.
#[derive(Default)]
pub(super) struct Keypad {
    typed: VecDeque<Typing>,
    /// Somebody stands at it: it waits for digits as long as it is told to, as a real one does.
    attended: bool,
}

impl Keypad {
    /// One that waits for somebody.
    pub(super) fn attended() -> Self {
        Self { attended: true, ..Self::default() }
    }

    pub(super) fn press(&mut self, typing: Typing) {
        self.typed.push_back(typing);
    }
}

/// How long the reader would wait for this request, if it has to wait at all.
pub(super) fn wait(slot: &Slot, code: u32, data: &[u8]) -> Option<Duration> {
    slot.keypad.as_ref().filter(|keypad| keypad.attended && keypad.typed.is_empty())?;
    (code == VERIFY_PIN_DIRECT && well_formed(data)).then(|| Duration::from_secs(data[0].into()))
}

/// What a control code is about.
pub(super) enum Asked {
    /// Features of the reader: this is the answer.
    Features(Vec<u8>),
    /// A VERIFY that goes to the card.
    Verify(Vec<u8>),
    /// The reader answers by itself, without the card.
    Refused(Status),
}

/// Reads a control request.
pub(super) fn control(slot: &mut Slot, code: u32, data: &[u8]) -> Result<Asked, LinkError> {
    let keypad = slot.keypad.as_mut().ok_or(UNSUPPORTED)?;
    match code {
        FEATURE_REQUEST => Ok(Asked::Features(features())),
        VERIFY_PIN_DIRECT if !well_formed(data) => Ok(Asked::Refused(Status::KEYPAD_STRUCTURE)),
        VERIFY_PIN_DIRECT => Ok(match keypad.typed.pop_front() {
            Some(Typing::Pin(digits)) => typed(&digits, data[5]),
            Some(Typing::Cancel) => Asked::Refused(Status::KEYPAD_CANCELLED),
            Some(Typing::Nothing) | None => Asked::Refused(Status::KEYPAD_TIMEOUT),
        }),
        _ => Err(UNSUPPORTED),
    }
}

fn features() -> Vec<u8> {
    [&[0x06, 0x04][..], &VERIFY_PIN_DIRECT.to_be_bytes()].concat()
}

/// PIN_VERIFY: 19 bytes and the command, each field as the card needs it.
fn well_formed(structure: &[u8]) -> bool {
    let Some((head, command)) = structure.split_at_checked(19) else { return false };
    let ([_, _, format @ ..], length) = head.split_at(15) else { return false };
    let digits = (format[3], format[4]);
    format[..3] == FORMAT
        && (digits == (12, 4) || digits == (8, 4))
        && format[5] == 0x02
        && length == (TEMPLATE.len() as u32).to_le_bytes()
        && command == TEMPLATE
}

fn typed(digits: &str, longest: u8) -> Asked {
    match block(digits).filter(|_| digits.len() <= usize::from(longest)) {
        Some(block) => Asked::Verify([&TEMPLATE[..5], &block].concat()),
        None => Asked::Refused(Status::KEYPAD_LENGTH),
    }
}
