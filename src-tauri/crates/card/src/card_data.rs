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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scripted::{ATR_17, ATR_18, Script, no_pause};
    use proptest::prelude::*;

    fn data(applet: &str) -> String {
        format!("{} 01 02 03 04 05 {applet} 00 01 00 00 02 0F", "53 ".repeat(16))
    }

    fn asked(atr: &[u8], answers: &[&str]) -> (Result<CardData, CardError>, Vec<String>) {
        let mut link = Script::new(atr, answers);
        let log = link.log.clone();
        let result = Channel::begin(&mut link, no_pause()).unwrap().card_data_and_tries();
        (result, log.apdus())
    }

    #[test]
    fn a_card_of_1_8_tells_chip_applet_and_tries_in_one_command() {
        let (read, sent) = asked(ATR_18, &[&(data("18") + "02 FF FF 90 00")]);
        let read = read.unwrap();
        assert_eq!(
            (read.applet, read.tries, read.chip),
            (Applet::V18, Tries::Left(2), ChipNumber([0x53; 16]))
        );
        assert_eq!(sent, ["80 E4 00 01 1F"]);
    }

    #[test]
    fn a_card_of_1_7_tells_its_tries_for_an_empty_verify() {
        for (answer, tries) in [
            ("63 C3", Tries::Left(3)),
            ("63 C1", Tries::Left(1)),
            ("69 83", Tries::Left(0)),
            ("90 00", Tries::Unknown),
            ("6F 00", Tries::Unknown),
        ] {
            let (read, sent) = asked(ATR_17, &[&(data("17") + "90 00"), answer]);
            assert_eq!(read.unwrap().tries, tries, "{answer}");
            assert_eq!(sent, ["80 E4 00 00 1C", "00 20 00 01 00"]);
        }
    }

    #[test]
    fn older_and_unknown_applets_are_never_sent_a_verify() {
        for (applet, name) in
            [("10", Applet::V10), ("11", Applet::V11), ("16", Applet::Unknown), ("19", Applet::Unknown)]
        {
            let (read, sent) = asked(ATR_17, &[&(data(applet) + "90 00"), "63 C3"]);
            let read = read.unwrap();
            assert_eq!((read.applet, read.tries), (name, Tries::Unknown));
            assert_eq!(sent, ["80 E4 00 00 1C"]);
        }
    }

    #[test]
    fn a_card_with_the_atr_of_1_8_that_does_not_know_the_long_form_is_asked_the_short_one() {
        let (read, sent) = asked(ATR_18, &["6B 00", &(data("18") + "90 00"), "6B 00"]);
        assert_eq!(read.unwrap().tries, Tries::Unknown);
        assert_eq!(sent, ["80 E4 00 01 1F", "80 E4 00 00 1C", "80 E4 00 01 1F"]);
    }

    #[test]
    fn card_data_of_another_shape_is_refused() {
        assert!(CardData::parse(&[0; 27]).is_err());
        assert!(CardData::parse(&[0; 29]).is_err());
        let mut seven = [0; 31];
        seven[TRIES] = 7;
        assert!(CardData::parse(&seven).is_err());
    }

    proptest! {
        #[test]
        fn whatever_a_card_answers_it_is_never_sent_a_pin(
            answers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..6),
            new in any::<bool>(),
        ) {
            let mut link = Script::new(if new { ATR_18 } else { ATR_17 }, &[]);
            link.answers = answers.into_iter().map(Ok).collect();
            let log = link.log.clone();
            let _ = Channel::begin(&mut link, no_pause()).unwrap().card_data_and_tries();
            prop_assert_eq!(log.pins_sent(), 0);
        }
    }
}
