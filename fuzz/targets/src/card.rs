//! What a card says: its files, and its answers to commands.

use std::time::Duration;

use relais_card::address::{self, Address};
use relais_card::backend::{Link, LinkError};
use relais_card::card_data::CardData;
use relais_card::certificate::{Certificate, Which};
use relais_card::document::read_document_with;
use relais_card::file::der_length;
use relais_card::identity::Identity;
use relais_card::tlv::Fields;
use relais_card::verify::Verdict;
use relais_card::{Anchors, FaceReader, FaceSettings, Timing, atr};

/// One file, whichever it is taken for: read or refused, and no field reaches beyond the file.
pub fn files(bytes: &[u8]) -> bool {
    let mut read = false;
    if let Ok(fields) = Fields::parse(bytes) {
        read = true;
        let all: usize = (0..=u8::MAX).filter_map(|tag| fields.bytes(tag)).map(<[u8]>::len).sum();
        assert!(all <= bytes.len(), "fields are parts of their file");
    }
    if let (Ok(identity), Ok(address)) = (Identity::parse(bytes), Address::parse(bytes)) {
        assert!(format!("{identity:?}{address:?}") == "Identity(•)Address(•)", "nothing personal is printed");
    }
    let _ = (address::is_complete(bytes), der_length(bytes), CardData::parse(bytes));
    assert!(
        atr::family(bytes).is_none() || matches!(bytes.len(), 13 | 20),
        "an eID's ATR has 13 or 20 bytes"
    );
    if let Ok(certificate) = Certificate::parse(bytes) {
        let _ = (certificate.facts(Which::Authentication), certificate.holder(), certificate.is_ca());
        let _ = (certificate.ssin(true), certificate.public_key(), certificate.is_of_a_test_card());
        let _ = (certificate.signature_hash(), certificate.not_after());
        read = true;
    }
    read
}

/// A card that answers with these bytes: two for the length, then as many, command after command.
struct Talker<'b> {
    atr: &'static [u8],
    answers: &'b [u8],
    commands: usize,
    /// Something it said can be the version of applet 1.7, where an empty VERIFY costs nothing.
    told_17: bool,
}

/// Longer than any answer of a card: 256 bytes and the status word.
const LONGEST: usize = 300;

/// Commands after which a reading that has not ended is endless: a card of 1.8 with its photo needs some forty.
const ENDLESS: usize = 5_000;

/// VERIFY, and everything else that spends a try or changes the card: CHANGE REFERENCE DATA, RESET RETRY COUNTER,
/// PSO, MANAGE SECURITY ENVIRONMENT.
const NEVER_WHILE_READING: [u8; 5] = [0x20, 0x24, 0x2C, 0x2A, 0x22];

impl Talker<'_> {
    fn answer(&mut self) -> Vec<u8> {
        let Some((length, rest)) = self.answers.split_first_chunk() else { return vec![0x6A, 0x82] };
        let length = usize::from(u16::from_be_bytes(*length)) % LONGEST;
        let (answer, rest) = rest.split_at(length.min(rest.len()));
        self.answers = rest;
        answer.to_vec()
    }
}

impl Link for Talker<'_> {
    fn atr(&self) -> &[u8] {
        self.atr
    }
    fn begin(&mut self, _: Duration) -> Result<(), LinkError> {
        Ok(())
    }
    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.commands += 1;
        assert!(self.commands < ENDLESS, "reading a card comes to an end");
        let instruction = apdu.get(1).copied().unwrap_or_default();
        let asks_tries =
            self.told_17 && matches!(apdu, [0x00, 0x20, 0x00, 0x01] | [0x00, 0x20, 0x00, 0x01, 0x00]);
        assert!(asks_tries || !NEVER_WHILE_READING.contains(&instruction), "{apdu:02X?} while reading");
        let answer = self.answer();
        self.told_17 |= answer.contains(&0x17);
        Some(answer).filter(|answer| answer.len() >= 2).ok_or(LinkError::Broken)
    }
    fn end(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
    fn reconnect(&mut self, _: bool) -> Result<(), LinkError> {
        Ok(())
    }
    fn control(&mut self, _: u32, _: &[u8]) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Other(0x8010_001F))
    }
    fn feature_request(&self) -> u32 {
        0x4200_0D48
    }
}

const ATR_17: &[u8] = &[0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11];
const ATR_18: &[u8] = &[
    0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 0x04, 0x01, 0x20, 0x12, 0x0F, 0xFF,
    0x82, 0x90, 0x00,
];

/// A card read whole: it comes to an end, no PIN is sent, and nothing counts as true that no anchor signed.
pub fn talk(bytes: &[u8]) -> bool {
    let Some((&kind, answers)) = bytes.split_first() else { return false };
    let atr = if kind & 1 == 0 { ATR_17 } else { ATR_18 };
    let mut talker = Talker { atr, answers, commands: 0, told_17: false };
    let timing = Timing { pause: |_| {}, ..Timing::default() };
    let photo = kind & 2 != 0;
    let now = jiff::Timestamp::UNIX_EPOCH;
    if kind & 4 != 0 {
        let settings = FaceSettings { timing, any_number: true, card_number: photo, without_keypad: vec![] };
        return FaceReader::new(settings).read(&mut talker, "reader", now).is_ok();
    }
    let read = read_document_with(timing, &mut talker, "reader", photo, &Anchors::default(), now);
    if let Ok(reading) = &read {
        let proven = [reading.verified.identity, reading.verified.address, reading.verified.chain];
        assert!(!proven.contains(&Verdict::Proven), "nobody is trusted");
    }
    read.is_ok()
}
