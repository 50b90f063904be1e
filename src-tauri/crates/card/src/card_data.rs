//! GET CARD DATA: which chip, which applet, and on applet 1.8 the tries left.
//!
//! What is decided here: how the counter is asked without costing a try. Source: docs/reference/eid-card.md, section 3.

use relais_core::card::{Applet, ChipNumber, Tries};

use crate::apdu::{Channel, Command, Meaning, StatusWord, ins, refused};
use crate::atr::{Family, family};
use crate::error::CardError;

/// Length of the answer with P2=00.
const PLAIN: usize = 28;

/// Length of the answer with P2=01, which only applet 1.8 gives.
const WITH_TRIES: usize = 31;

/// Where the applet version stands.
const APPLET: usize = 21;

/// Where the tries stand in the longer answer.
const TRIES: usize = 28;

/// What GET CARD DATA told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardData {
    /// Which chip.
    pub chip: ChipNumber,
    /// Which applet.
    pub applet: Applet,
    /// Tries left, where this answer tells them.
    pub tries: Tries,
}

impl CardData {
    /// Reads an answer of either length.
    ///
    /// # Errors
    /// [`CardError::Answer`] for any other length or a counter above 3.
    pub fn parse(answer: &[u8]) -> Result<Self, CardError> {
        if !matches!(answer.len(), PLAIN | WITH_TRIES) {
            return Err(CardError::Answer("card data of another length"));
        }
        let chip =
            answer.first_chunk().copied().ok_or(CardError::Answer("card data without a chip number"))?;
        let tries = match answer.get(TRIES) {
            None => Tries::Unknown,
            Some(left @ 0..=3) => Tries::Left(*left),
            Some(_) => return Err(CardError::Answer("more tries than a card has")),
        };
        Ok(Self { chip: ChipNumber(chip), applet: applet(answer[APPLET]), tries })
    }
}

fn applet(version: u8) -> Applet {
    match version {
        0x10 => Applet::V10,
        0x11 => Applet::V11,
        0x17 => Applet::V17,
        0x18 => Applet::V18,
        _ => Applet::Unknown,
    }
}

impl Channel<'_> {
    /// Chip and applet, in one command where the ATR tells the family truly.
    ///
    /// # Errors
    /// The card's refusal, the link's error, or an answer that is not card data.
    pub fn card_data(&mut self) -> Result<CardData, CardError> {
        if family(self.atr()) == Some(Family::V18)
            && let Some(data) = self.card_data_with_tries()?
        {
            return Ok(data);
        }
        let answer = self.run(&Command::asking([0x80, ins::CARD_DATA, 0x00, 0x00], PLAIN))?;
        CardData::parse(&answer.data)
    }

    /// Chip, applet and tries left: from card data on 1.8, from an empty VERIFY on 1.7, which costs no try there.
    /// Older and unknown applets are never sent an empty VERIFY, because on 1.0 and 1.1 it costs a try.
    ///
    /// # Errors
    /// As [`Self::card_data`].
    pub fn card_data_and_tries(&mut self) -> Result<CardData, CardError> {
        let data = self.card_data()?;
        match data.applet {
            Applet::V18 if data.tries == Tries::Unknown => Ok(self.card_data_with_tries()?.unwrap_or(data)),
            Applet::V17 => Ok(CardData { tries: self.tries_by_empty_verify()?, ..data }),
            Applet::V10 | Applet::V11 | Applet::V18 | Applet::Unknown => Ok(data),
        }
    }

    /// `None` when the card does not know this form.
    fn card_data_with_tries(&mut self) -> Result<Option<CardData>, CardError> {
        let command = Command::asking([0x80, ins::CARD_DATA, 0x00, 0x01], WITH_TRIES);
        let answer = self.exchange(&command)?;
        match answer.status {
            StatusWord::OK => CardData::parse(&answer.data).map(Some),
            StatusWord(0x6B00 | 0x6A86) => Ok(None),
            other => Err(refused(&command, other)),
        }
    }

    fn tries_by_empty_verify(&mut self) -> Result<Tries, CardError> {
        let answer = self.exchange(&Command::plain([0x00, ins::VERIFY, 0x00, 0x01]))?;
        Ok(match answer.status.meaning() {
            Meaning::WrongPin(left @ 1..=3) => Tries::Left(left),
            Meaning::PinBlocked => Tries::Left(0),
            // 9000: another program has verified it, and the card tells no number. All else tells none either.
            _ => Tries::Unknown,
        })
    }
}
