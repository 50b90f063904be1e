//! What the control endpoint does at the virtual readers of this process: the hand at the card, and at the keypad.
//!
//! Source: docs/reference/sandbox.md, section 9.

use hyper::StatusCode;
use serde::Deserialize;

use crate::eid::VirtualReader;
use crate::eid::reader::{Fault, Typing};

/// Something done at one reader.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deed {
    /// Name of the reader; none = the only one.
    reader: Option<String>,
    act: Act,
}

/// What is done.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Act {
    /// The card is pulled.
    Pull,
    /// It is put back.
    PutBack,
    /// It will be pulled before this command reaches it.
    PullBefore(Step),
    /// The reader gets a keypad with somebody in front of it, or loses it.
    Keypad(bool),
    /// Somebody types these digits and OK.
    Type(String),
    /// Somebody presses cancel.
    Cancel,
    /// Nobody comes: the entry times out at once.
    WalkAway,
}

/// A step of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    /// VERIFY.
    Pin,
    /// COMPUTE DIGITAL SIGNATURE.
    Signature,
}

impl Step {
    /// Instruction byte. Source: docs/reference/eid-card.md, sections 6 and 7.
    fn instruction(self) -> u8 {
        match self {
            Self::Pin => 0x20,
            Self::Signature => 0x2A,
        }
    }
}

impl Deed {
    /// Does it; a reader that is not there, and a card that is not, are errors.
    pub(crate) fn done(self, readers: &VirtualReader) -> Result<(), StatusCode> {
        let there = readers.seen();
        let reader = match self.reader {
            Some(name) => there.into_iter().find(|seen| seen.name == name),
            None => there.into_iter().next(),
        };
        let reader = reader.ok_or(StatusCode::NOT_FOUND)?;
        let name = reader.name.as_str();
        match self.act {
            Act::Pull if readers.pull(name) => {}
            Act::Pull => return Err(StatusCode::CONFLICT),
            Act::PutBack if reader.card.is_none() => drop(readers.reinsert(name)),
            Act::PutBack => return Err(StatusCode::CONFLICT),
            Act::PullBefore(step) => readers.arm_at(name, step.instruction(), Fault::RemoveBefore),
            Act::Keypad(true) => readers.with_attended_keypad(name),
            Act::Keypad(false) => readers.without_keypad(name),
            Act::Type(_) | Act::Cancel | Act::WalkAway if !reader.keypad => return Err(StatusCode::CONFLICT),
            Act::Type(digits) => readers.type_on_keypad(name, Typing::Pin(digits)),
            Act::Cancel => readers.type_on_keypad(name, Typing::Cancel),
            Act::WalkAway => readers.type_on_keypad(name, Typing::Nothing),
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::eid::{EidAuthorities, Model, Person, VirtualEid};

    const READER: &str = "Reader 0";

    fn readers() -> VirtualReader {
        let now = "2026-03-02T12:00:00Z".parse().unwrap();
        let authorities = EidAuthorities::create(now).unwrap();
        let card = VirtualEid::personalise(&Person::doctor(), Model::V18, &authorities, now).unwrap();
        let readers = VirtualReader::new(READER);
        readers.insert(READER, card);
        readers
    }

    fn done(readers: &VirtualReader, deed: &str) -> Result<(), StatusCode> {
        serde_json::from_str::<Deed>(deed).unwrap().done(readers)
    }

    #[test]
    fn a_card_is_pulled_once_and_put_back_once() {
        let readers = readers();
        assert_eq!(done(&readers, r#"{"act":"put-back"}"#), Err(StatusCode::CONFLICT));
        assert_eq!(done(&readers, r#"{"act":"pull"}"#), Ok(()));
        assert_eq!(done(&readers, r#"{"act":"pull"}"#), Err(StatusCode::CONFLICT));
        assert_eq!(readers.seen()[0].card, None);
        assert_eq!(done(&readers, r#"{"reader":"Reader 0","act":"put-back"}"#), Ok(()));
        assert!(readers.seen()[0].card.is_some());
    }

    #[test]
    fn only_a_keypad_is_typed_on_and_only_a_reader_that_is_there_is_touched() {
        let readers = readers();
        assert_eq!(done(&readers, r#"{"act":{"type":"1234"}}"#), Err(StatusCode::CONFLICT));
        assert_eq!(done(&readers, r#"{"act":{"keypad":true}}"#), Ok(()));
        assert_eq!(done(&readers, r#"{"act":{"type":"1234"}}"#), Ok(()));
        assert_eq!(done(&readers, r#"{"act":{"keypad":false}}"#), Ok(()));
        assert!(!readers.seen()[0].keypad);
        assert_eq!(done(&readers, r#"{"reader":"Reader 1","act":"pull"}"#), Err(StatusCode::NOT_FOUND));
        assert!(serde_json::from_str::<Deed>(r#"{"act":"blow-up"}"#).is_err());
    }
}
