//! Readers with a keypad of their own (PC/SC part 10): the PIN goes from the finger to the card.
//!
//! Source: docs/reference/eid-card.md, section 9.

use crate::apdu::StatusWord;
use crate::backend::Link;
use crate::error::CardError;
use crate::pin;

/// Tag of FEATURE_VERIFY_PIN_DIRECT.
const VERIFY_PIN_DIRECT: u8 = 0x06;

/// Readers that say they have a keypad and must not be believed: the first sends an empty VERIFY of its own, which old
/// cards count as a wrong PIN; the others have none and an old driver invents it.
const NOT_KEYPADS: [&str; 4] =
    ["Gemplus GemPC Pinpad", "OMNIKEY CardMan 3x21", "OMNIKEY 3x21", "OMNIKEY 6121"];

/// Language the reader's display speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// Windows' number of the language, as the structure wants it.
    fn number(self) -> u16 {
        match self {
            Self::Nl => 0x0813,
            Self::Fr => 0x080C,
            Self::De => 0x0407,
            Self::En => 0x0409,
        }
    }
}

/// A keypad that takes a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keypad {
    verify: u32,
    longest: u8,
}

/// The keypad of the reader, if it has one that can be used. A reader that refuses the question has none.
pub fn find(link: &mut dyn Link, reader: &str) -> Option<Keypad> {
    if NOT_KEYPADS.iter().any(|name| reader.contains(name)) {
        return None;
    }
    let code = link.feature_request();
    let features = link.control(code, &[]).ok()?;
    let verify = feature(&features, VERIFY_PIN_DIRECT)?;
    let longest = if reader.contains("GemPC") { 8 } else { 12 };
    Some(Keypad { verify, longest })
}

/// Control code of a feature in the answer: tag, length 4, big-endian code.
fn feature(answer: &[u8], wanted: u8) -> Option<u32> {
    answer.chunks_exact(6).find_map(|entry| match *entry {
        [tag, 4, a, b, c, d] if tag == wanted => Some(u32::from_be_bytes([a, b, c, d])),
        _ => None,
    })
}

impl Keypad {
    /// Lets the person type, and the reader send the VERIFY; once.
    ///
    /// # Errors
    /// The card's answer to the PIN, or cancelled, timed out, refused. When the reader's answer was lost it is
    /// [`CardError::PinOutcomeUnknown`].
    pub fn verify(self, link: &mut dyn Link, language: Language) -> Result<(), CardError> {
        let answer = link.control(self.verify, &self.structure(language)).map_err(|error| {
            tracing::warn!(%error, "the keypad's answer was lost");
            CardError::PinOutcomeUnknown
        })?;
        let [high, low] = answer[..] else { return Err(CardError::PinOutcomeUnknown) };
        match u16::from_be_bytes([high, low]) {
            0x6400 => Err(CardError::KeypadTimedOut),
            0x6401 => Err(CardError::KeypadCancelled),
            0x6403 => Err(CardError::PinFormat),
            0x6402 | 0x6B80 => Err(CardError::KeypadRefused),
            status => pin::judge(StatusWord(status)),
        }
    }

    /// PIN_VERIFY: how the reader turns keys into a PIN block, and the command it goes into.
    fn structure(self, language: Language) -> Vec<u8> {
        const SECONDS: u8 = 30;
        let [low, high] = language.number().to_le_bytes();
        let mut out = vec![SECONDS, SECONDS];
        out.extend([0x89, 0x47, 0x04]); // BCD at offset 1 behind a length nibble of 4 bits
        out.extend([self.longest, 0x04]); // most and fewest digits
        out.extend([0x02, 0x01]); // ends with the OK key; one message
        out.extend([low, high, 0x00]);
        out.extend([0x00, 0x00, 0x00]); // T=1 only
        let command = [&pin::VERIFY[..], &[0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]].concat();
        out.extend((command.len() as u32).to_le_bytes());
        out.extend(command);
        out
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::backend::LinkError;
    use crate::face::{FaceReader, FaceSettings};
    use crate::scripted::papers::{self, now};
    use crate::scripted::{Card, Log, bytes, no_pause};
    use crate::sign::{CardKey, sign_with_keypad};
    use proptest::prelude::*;

    const FEATURES: u32 = 0x4200_0D48;
    const VERIFY_CODE: u32 = 0x4233_0006;

    fn with_keypad(answer: Result<&str, LinkError>) -> Card {
        let mut card = Card::of(papers::ec(), 0x18);
        card.controls.insert(FEATURES, Ok(bytes("07 04 42 33 00 07 06 04 42 33 00 06")));
        card.controls.insert(VERIFY_CODE, answer.map(bytes));
        card
    }

    fn signed(answer: Result<&str, LinkError>) -> (Result<Vec<u8>, CardError>, Log) {
        let mut card = with_keypad(answer);
        let face = FaceReader::new(FaceSettings { timing: no_pause(), ..FaceSettings::default() })
            .read(&mut card, "R", now())
            .unwrap();
        assert!(face.keypad);
        card.log = Log::default();
        let log = card.log.clone();
        (sign_with_keypad(&mut card, &face, CardKey::Authentication, [3; 32], Language::Fr), log)
    }

    #[test]
    fn the_reader_is_told_how_to_build_the_pin_block() {
        let (signature, log) = signed(Ok("90 00"));
        assert_eq!(signature.unwrap().len(), 96);
        assert_eq!(log.pins_sent(), 0, "no PIN left this computer");
        let sent = log.lines().into_iter().find(|line| line.starts_with("control-42330006-")).unwrap();
        let wanted = "1E1E8947040C0402010C0800000000\
                      0D000000\
                      0020000108\
                      20FFFFFFFFFFFFFF";
        assert_eq!(sent, format!("control-42330006-{wanted}"));
    }

    #[test]
    fn each_answer_of_a_keypad_has_its_own_cause() {
        for (answer, cause) in [
            ("64 00", CardError::KeypadTimedOut),
            ("64 01", CardError::KeypadCancelled),
            ("64 03", CardError::PinFormat),
            ("6B 80", CardError::KeypadRefused),
            ("63 C2", CardError::PinWrong { tries_left: 2 }),
            ("69 83", CardError::PinBlocked),
            ("", CardError::PinOutcomeUnknown),
        ] {
            assert_eq!(signed(Ok(answer)).0, Err(cause), "{answer}");
        }
        assert_eq!(signed(Err(LinkError::Removed)).0, Err(CardError::PinOutcomeUnknown));
    }

    #[test]
    fn a_reader_that_refuses_the_question_or_is_known_to_lie_has_no_keypad() {
        assert_eq!(find(&mut Card::of(papers::ec(), 0x18), "R"), None);
        assert!(find(&mut with_keypad(Ok("90 00")), "R").is_some());
        assert_eq!(find(&mut with_keypad(Ok("90 00")), "Gemplus GemPC Pinpad 00 00"), None);
        let mut faces = FaceReader::new(FaceSettings {
            timing: no_pause(),
            without_keypad: vec!["R".to_owned()],
            ..FaceSettings::default()
        });
        assert!(!faces.read(&mut with_keypad(Ok("90 00")), "R", now()).unwrap().keypad);
    }

    #[test]
    fn a_short_display_takes_eight_digits() {
        let keypad = find(&mut with_keypad(Ok("90 00")), "GemPC Twin").unwrap();
        assert_eq!(keypad.structure(Language::De)[5..10], [0x08, 0x04, 0x02, 0x01, 0x07]);
    }

    proptest! {
        #[test]
        fn any_feature_list_is_read_or_ignored(answer in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = feature(&answer, VERIFY_PIN_DIRECT);
        }
    }
}
