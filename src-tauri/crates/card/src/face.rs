//! What is read of a card before a PIN is asked, with the fewest commands: card data, tries, authentication certificate.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use openssl::x509::X509KeyUsage;
use relais_core::card::{CardFace, ChipNumber};

use crate::apdu::{Channel, Timing, reading};
use crate::atr::family;
use crate::backend::Link;
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

/// Reads faces, and remembers the certificates of the last few cards so that they are not read twice.
#[derive(Default)]
pub struct FaceReader {
    /// Waits.
    pub timing: Timing,
    /// National numbers need not fit their check digits: set by the environment, for test cards.
    pub any_number: bool,
    /// Reads the card number too (two commands more); else [`CardFace::card_number_end`] is empty. For when more than
    /// one card is in sight.
    pub card_number: bool,
    /// Readers wrongly taken for one with a keypad, by their names.
    pub without_keypad: Vec<String>,
    remembered: VecDeque<(ChipNumber, Arc<[u8]>)>,
}

impl FaceReader {
    /// Reads the face of the card in `reader`. A remembered certificate is only used after its end was compared.
    ///
    /// # Errors
    /// Not an eID, no certificate, a certificate out of its dates, or whatever the link says.
    pub fn read(&mut self, link: &mut dyn Link, reader: &str, now: Timestamp) -> Result<CardFace, CardError> {
        if family(link.atr()).is_none() {
            return Err(CardError::NotEid);
        }
        let (data, der, card_number_end) = reading(link, self.timing, |channel| self.gather(channel))?;
        let keypad =
            !self.without_keypad.iter().any(|name| name == reader) && keypad::find(link, reader).is_some();
        let certificate = Certificate::parse(&der)?;
        if !certificate.has_usage(X509KeyUsage::DIGITAL_SIGNATURE) {
            return Err(CardError::Answer("an authentication certificate that may not sign"));
        }
        certificate.check_dates(Which::Authentication, now)?;
        self.remember(data.chip, &der);
        Ok(CardFace {
            reader: reader.to_owned(),
            applet: data.applet,
            chip: data.chip,
            card_number_end,
            holder: certificate.holder(),
            ssin: certificate.ssin(self.any_number)?,
            tries: data.tries,
            keypad,
            certificate_until: certificate.not_after(),
            certificate: der,
        })
    }

    fn gather(&self, channel: &mut Channel<'_>) -> Result<(CardData, Arc<[u8]>, String), CardError> {
        let data = channel.card_data_and_tries()?;
        let card_number_end = if self.card_number { card_number_end(channel)? } else { String::new() };
        let known =
            self.remembered.iter().find(|(chip, _)| *chip == data.chip).map(|(_, der)| Arc::clone(der));
        if let Some(der) = known
            && ends_with_certificate(channel, &der)?
        {
            return Ok((data, der, card_number_end));
        }
        let read = channel.read_certificate(Which::Authentication)?;
        let der = read.ok_or(CardError::NoCertificate(Which::Authentication))?;
        Ok((data, der.into(), card_number_end))
    }

    fn remember(&mut self, chip: ChipNumber, der: &Arc<[u8]>) {
        self.remembered.retain(|(other, _)| *other != chip);
        self.remembered.truncate(REMEMBERED - 1);
        self.remembered.push_front((chip, Arc::clone(der)));
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
