//! What is read of a card before a PIN is asked, with the fewest commands: card data, tries, authentication certificate.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use openssl::x509::X509KeyUsage;
use relais_core::card::{Applet, CardFace, ChipNumber};

use crate::apdu::{Channel, Timing, reading};
use crate::atr::family;
use crate::backend::{Backend, Link};
use crate::card_data::CardData;
use crate::certificate::{Certificate, Which};
use crate::error::CardError;
use crate::file::Path;
use crate::keypad;
use crate::sign::ends_with_certificate;
use crate::tlv;

/// Cards whose certificate is remembered; a practice has fewer.
const REMEMBERED: usize = 8;

/// Bytes of the identity file that hold a structure version and the card number.
const CARD_NUMBER_WITHIN: usize = 18;

/// Reads the face of a card.
///
/// # Errors
/// See [`FaceReader::read`].
pub fn read_face(link: &mut dyn Link, reader: &str, now: Timestamp) -> Result<CardFace, CardError> {
    FaceReader::default().read(link, reader, now)
}

/// How faces are read.
#[derive(Debug, Clone, Default)]
pub struct FaceSettings {
    /// Waits.
    pub timing: Timing,
    /// National numbers need not fit their check digits: set by the environment, for test cards.
    pub any_number: bool,
    /// Reads the card number too (two commands more); else [`CardFace::card_number_end`] is empty. For when more than
    /// one card is in sight.
    pub card_number: bool,
    /// Readers wrongly taken for one with a keypad, by their names.
    pub without_keypad: Vec<String>,
}

/// Which applet the card in `reader` runs, and whether the reader has a keypad: for a list of readers.
///
/// # Errors
/// Whatever the link says, or a card that is no eID.
pub fn look(backend: &mut dyn Backend, reader: &str) -> Result<(Applet, bool), CardError> {
    let mut link = backend.connect(reader)?;
    let data = reading(&mut *link, Timing::default(), |channel| channel.card_data())?;
    Ok((data.applet, keypad::find(&mut *link, reader).is_some()))
}

/// What does not change on a card.
struct Known {
    chip: ChipNumber,
    certificate: Arc<[u8]>,
    card_number_end: String,
}

/// Reads faces, and remembers the certificates of the last few cards so that they are not read twice.
#[derive(Default)]
pub struct FaceReader {
    settings: FaceSettings,
    remembered: VecDeque<Known>,
}

impl FaceReader {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new(settings: FaceSettings) -> Self {
        Self { settings, remembered: VecDeque::new() }
    }

    /// Sets [`FaceSettings::without_keypad`] anew.
    pub fn without_keypad(&mut self, readers: Vec<String>) {
        self.settings.without_keypad = readers;
    }

    /// Reads the face of the card in `reader`. A remembered certificate is only used after its end was compared.
    ///
    /// # Errors
    /// Not an eID, no certificate, a certificate out of its dates, or whatever the link says.
    pub fn read(&mut self, link: &mut dyn Link, reader: &str, now: Timestamp) -> Result<CardFace, CardError> {
        if family(link.atr()).is_none() {
            return Err(CardError::NotEid);
        }
        let (data, der, card_number_end) =
            reading(link, self.settings.timing, |channel| self.gather(channel))?;
        let keypad = !self.settings.without_keypad.iter().any(|name| name == reader)
            && keypad::find(link, reader).is_some();
        let certificate = Certificate::parse(&der)?;
        if !certificate.has_usage(X509KeyUsage::DIGITAL_SIGNATURE) {
            return Err(CardError::Answer("an authentication certificate that may not sign"));
        }
        certificate.check_dates(Which::Authentication, now)?;
        self.remember(data.chip, &der, &card_number_end);
        Ok(CardFace {
            reader: reader.to_owned(),
            applet: data.applet,
            chip: data.chip,
            card_number_end,
            holder: certificate.holder(),
            ssin: certificate.ssin(self.settings.any_number)?,
            tries: data.tries,
            keypad,
            certificate_until: certificate.not_after(),
            certificate: der,
        })
    }

    fn gather(&self, channel: &mut Channel<'_>) -> Result<(CardData, Arc<[u8]>, String), CardError> {
        let data = channel.card_data_and_tries()?;
        let known = self.remembered.iter().find(|known| known.chip == data.chip);
        let card_number_end = match known.map(|known| &known.card_number_end) {
            _ if !self.settings.card_number => String::new(),
            // A card keeps its number for life.
            Some(number) if !number.is_empty() => number.clone(),
            _ => card_number_end(channel)?,
        };
        if let Some(known) = known
            && ends_with_certificate(channel, &known.certificate)?
        {
            return Ok((data, Arc::clone(&known.certificate), card_number_end));
        }
        let read = channel.read_certificate(Which::Authentication)?;
        let der = read.ok_or(CardError::NoCertificate(Which::Authentication))?;
        Ok((data, der.into(), card_number_end))
    }

    fn remember(&mut self, chip: ChipNumber, certificate: &Arc<[u8]>, card_number_end: &str) {
        self.remembered.retain(|known| known.chip != chip);
        self.remembered.truncate(REMEMBERED - 1);
        let (certificate, card_number_end) = (Arc::clone(certificate), card_number_end.to_owned());
        self.remembered.push_front(Known { chip, certificate, card_number_end });
    }
}

/// Last four characters of the card number, from the first bytes of the identity file.
fn card_number_end(channel: &mut Channel<'_>) -> Result<String, CardError> {
    let mut start = &channel.read_part(Path::IDENTITY, 0, CARD_NUMBER_WITHIN)?[..];
    while let Some((tag, value, rest)) = tlv::field(start) {
        if tag == 0x01 {
            let text = std::str::from_utf8(value)
                .map_err(|_| CardError::Answer("a card number that is not text"))?;
            let from = text.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            return Ok(relais_core::code::clean(&text[from..]));
        }
        start = rest;
    }
    Ok(String::new())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::backend::LinkError;
    use crate::scripted::papers::{self, SSIN, now};
    use crate::scripted::{ATR_17, ATR_18, CHIP, Card, Script, no_pause};
    use proptest::prelude::*;
    use relais_core::card::{Applet, Tries};

    fn reader() -> FaceReader {
        FaceReader::new(FaceSettings { timing: no_pause(), ..FaceSettings::default() })
    }

    #[test]
    fn a_face_says_whose_card_it_is() {
        let mut card = Card::of(papers::ec(), 0x18);
        let log = card.log.clone();
        let face = reader().read(&mut card, "R", now()).unwrap();
        assert_eq!((face.holder.as_str(), face.ssin.reveal(), face.chip), ("Ada Proef", SSIN, CHIP));
        assert_eq!((face.applet, face.tries, face.keypad), (Applet::V18, Tries::Left(3), false));
        assert!(face.card_number_end.is_empty());
        let apdus = log.apdus();
        let own: Vec<_> =
            apdus.iter().filter(|apdu| !apdu.starts_with("00 A4") && !apdu.starts_with("00 B0")).collect();
        assert_eq!(own, ["80 E4 00 01 1F"], "one command beside the certificate");
        assert_eq!(log.lines().last().unwrap(), "control-42000D48-", "asked after the transaction");
    }

    #[test]
    fn the_tries_of_an_older_card_cost_none() {
        let mut card = Card::of(papers::rekeyed(), 0x17);
        card.tries = 2;
        let face = reader().read(&mut card, "R", now()).unwrap();
        assert_eq!((face.applet, face.tries, card.tries), (Applet::V17, Tries::Left(2), 2));
        card.applet = 0x11;
        let face = reader().read(&mut card, "R", now()).unwrap();
        assert_eq!((face.applet, face.tries, card.tries), (Applet::V11, Tries::Unknown, 2));
    }

    #[test]
    fn a_certificate_is_read_once_and_then_only_compared() {
        let mut faces = reader();
        let mut card = Card::of(papers::ec(), 0x18);
        let first = faces.read(&mut card, "R", now()).unwrap();
        let before = card.log.apdus().len();
        let second = faces.read(&mut card, "R", now()).unwrap();
        assert_eq!(first, second);
        assert_eq!(card.log.apdus().len() - before, 3, "card data, select, the certificate's end");
    }

    #[test]
    fn a_renewed_certificate_is_noticed_on_the_same_chip() {
        let mut faces = reader();
        let old = faces.read(&mut Card::of(papers::ec(), 0x18), "R", now()).unwrap();
        let new = faces.read(&mut Card::of(papers::impostor(), 0x18), "R", now()).unwrap();
        assert_eq!(old.chip, new.chip);
        assert_ne!(old.certificate, new.certificate);
        assert_eq!(faces.remembered.len(), 1);
    }

    #[test]
    fn only_the_last_few_cards_are_remembered() {
        let mut faces = reader();
        for number in 0..20 {
            faces.remember(ChipNumber([number; 16]), &Arc::from([number]), "");
        }
        assert_eq!(faces.remembered.len(), REMEMBERED);
        assert_eq!(faces.remembered[0].chip, ChipNumber([19; 16]));
    }

    #[test]
    fn the_end_of_the_card_number_is_read_where_two_cards_are_to_be_told_apart() {
        let mut faces = FaceReader::new(FaceSettings {
            timing: no_pause(),
            card_number: true,
            ..FaceSettings::default()
        });
        let face = faces.read(&mut Card::of(papers::ec(), 0x18), "R", now()).unwrap();
        assert_eq!(face.card_number_end, "5678");
    }

    #[test]
    fn a_card_without_a_certificate_or_with_one_out_of_its_dates_says_which() {
        let mut card = Card::of(papers::ec(), 0x18).without(Which::Authentication);
        let missing = reader().read(&mut card, "R", now());
        assert_eq!(missing.unwrap_err(), CardError::NoCertificate(Which::Authentication));
        let mut card = Card::of(papers::ec(), 0x18);
        let late = reader().read(&mut card, "R", "2030-01-01T00:00:01Z".parse().unwrap());
        assert!(matches!(late, Err(CardError::CertificateExpired { which: Which::Authentication, .. })));
        assert!(reader().read(&mut card, "R", "2030-01-01T00:00:00Z".parse().unwrap()).is_ok());
        let early = reader().read(&mut card, "R", "2019-12-31T23:59:59Z".parse().unwrap());
        assert!(matches!(early, Err(CardError::CertificateEarly { .. })));
    }

    #[test]
    fn another_card_is_not_talked_to() {
        let mut link = Script::new(&[0x3B, 0x00], &[]);
        let log = link.log.clone();
        assert_eq!(reader().read(&mut link, "R", now()).unwrap_err(), CardError::NotEid);
        assert!(log.lines().is_empty());
    }

    #[test]
    fn a_card_taken_out_at_any_command_says_so() {
        let mut whole = Card::of(papers::ec(), 0x18);
        reader().read(&mut whole, "R", now()).unwrap();
        for error in [LinkError::Removed, LinkError::Broken] {
            for at in 0..whole.log.apdus().len() {
                let mut card = Card::of(papers::ec(), 0x18);
                card.breaks = Some((at, error, false));
                let read = reader().read(&mut card, "R", now());
                assert_eq!(read.unwrap_err(), LinkError::Removed.into(), "{error} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_card_answers_it_is_never_sent_a_pin(
            answers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..260), 0..12),
            new in any::<bool>(),
        ) {
            let mut link = Script::new(if new { ATR_18 } else { ATR_17 }, &[]);
            link.answers = answers.into_iter().map(Ok).collect();
            let log = link.log.clone();
            prop_assert!(reader().read(&mut link, "R", now()).is_err());
            prop_assert_eq!(log.pins_sent(), 0);
        }
    }
}
