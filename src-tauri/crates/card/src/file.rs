//! Files of the card, read with as few commands as they allow.
//!
//! The end of a file is not told beforehand. A certificate says its length in its first bytes, so no zero of its padding
//! is fetched; other files are asked for in full blocks, and the card's 6Cxx names the rest.
//! Source: docs/reference/eid-card.md, sections 2 and 3.

use crate::apdu::{Channel, Command, Meaning, ins, refused};
use crate::certificate::Which;
use crate::error::CardError;

/// Most bytes asked for at once; some readers under macOS cannot do more than 248.
const BLOCK: usize = if cfg!(target_os = "macos") { 248 } else { 256 };

/// No file of an eID is as long; a card that goes on is not one.
const LONGEST_FILE: usize = 16 * 1024;

/// Shortest address file of any card; asking for that much needs no second try.
const SHORTEST_ADDRESS: usize = 117;

/// A file by its path below the MF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path(pub [u8; 6]);

impl Path {
    /// Identity.
    pub const IDENTITY: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31]);
    /// Signature over the identity.
    pub const IDENTITY_SIGNATURE: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x32]);
    /// Address.
    pub const ADDRESS: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x33]);
    /// Signature over the address.
    pub const ADDRESS_SIGNATURE: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x34]);
    /// Photo.
    pub const PHOTO: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x35]);
    /// Basic public key of applet 1.8.
    pub const BASIC_KEY: Self = Self([0x3F, 0x00, 0xDF, 0x01, 0x40, 0x40]);

    /// Where a certificate lies.
    #[must_use]
    pub fn of(which: Which) -> Self {
        let last = match which {
            Which::Authentication => 0x38,
            Which::Signature => 0x39,
            Which::CitizenCa => 0x3A,
            Which::Root => 0x3B,
            Which::Rrn => 0x3C,
        };
        Self([0x3F, 0x00, 0xDF, 0x00, 0x50, last])
    }
}

impl Channel<'_> {
    /// Selects a file.
    ///
    /// # Errors
    /// The card's refusal, or the link's error.
    pub fn select(&mut self, path: Path) -> Result<(), CardError> {
        self.run(&Command::bringing([0x00, ins::SELECT, 0x08, 0x0C], &path.0)).map(drop)
    }

    /// Reads a file to its end, padding included.
    ///
    /// # Errors
    /// The card's refusal, the link's error, or a file that never ends.
    pub fn read_whole(&mut self, path: Path) -> Result<Vec<u8>, CardError> {
        self.select(path)?;
        let mut content = Vec::new();
        self.read_on(&mut content)?;
        Ok(content)
    }

    /// Reads a file of which at least `expected` bytes are there, and no more of it when it has exactly as many.
    ///
    /// # Errors
    /// As [`Self::read_whole`].
    pub fn read_expected(&mut self, path: Path, expected: usize) -> Result<Vec<u8>, CardError> {
        self.select(path)?;
        let mut content = Vec::new();
        self.read_until(&mut content, expected)?;
        Ok(content)
    }

    /// Reads the address: its shortest form first, the rest only when a field or the padding goes on there.
    ///
    /// # Errors
    /// As [`Self::read_whole`].
    pub fn read_address(&mut self) -> Result<Vec<u8>, CardError> {
        let mut content = self.read_expected(Path::ADDRESS, SHORTEST_ADDRESS)?;
        if content.len() == SHORTEST_ADDRESS && !crate::address::is_complete(&content) {
            self.read_on(&mut content)?;
        }
        Ok(content)
    }

    /// Reads a certificate, without its padding; `None` where the card has none.
    ///
    /// # Errors
    /// The card's refusal, the link's error, or a header that is not DER.
    pub fn read_certificate(&mut self, which: Which) -> Result<Option<Vec<u8>>, CardError> {
        match self.select(Path::of(which)) {
            Err(CardError::Refused { status, .. }) if status.meaning() == Meaning::NoFile => return Ok(None),
            other => other?,
        }
        let mut content = self.read_block(0, BLOCK)?.data;
        if content.first().is_none_or(|first| *first == 0) {
            return Ok(None);
        }
        let length = der_length(&content).ok_or(CardError::Answer("a certificate does not begin as one"))?;
        self.read_until(&mut content, length)?;
        if content.len() < length {
            return Err(CardError::Answer("a certificate is cut off"));
        }
        content.truncate(length);
        Ok(Some(content))
    }

    /// Reads `length` bytes (at most a block) from an offset of a file.
    ///
    /// # Errors
    /// As [`Self::read_whole`].
    pub fn read_part(&mut self, path: Path, offset: usize, length: usize) -> Result<Vec<u8>, CardError> {
        self.select(path)?;
        Ok(self.read_block(offset, length)?.data)
    }

    fn read_on(&mut self, content: &mut Vec<u8>) -> Result<(), CardError> {
        while content.len() < LONGEST_FILE {
            let block = self.read_block(content.len(), BLOCK)?;
            content.extend_from_slice(&block.data);
            if block.last {
                return Ok(());
            }
        }
        Err(CardError::Answer("a file never ends"))
    }

    fn read_until(&mut self, content: &mut Vec<u8>, length: usize) -> Result<(), CardError> {
        while content.len() < length {
            let block = self.read_block(content.len(), BLOCK.min(length - content.len()))?;
            content.extend_from_slice(&block.data);
            if block.last {
                break;
            }
        }
        Ok(())
    }

    fn read_block(&mut self, offset: usize, length: usize) -> Result<Block, CardError> {
        let [high, low] = u16::try_from(offset).unwrap_or(u16::MAX).to_be_bytes();
        if high >= 0x80 {
            return Err(CardError::Answer("a file never ends"));
        }
        let command = Command::asking([0x00, ins::READ, high, low], length);
        let answer = self.exchange(&command)?;
        match answer.status.meaning() {
            Meaning::Done if answer.data.len() > length => Err(CardError::Answer("more than was asked for")),
            Meaning::Done => {
                let last = answer.length_was_told || answer.data.len() < length;
                Ok(Block { data: answer.data, last })
            }
            Meaning::PastEnd => Ok(Block { data: Vec::new(), last: true }),
            _ => Err(refused(&command, answer.status)),
        }
    }
}

struct Block {
    data: Vec<u8>,
    /// Nothing comes after it.
    last: bool,
}

/// Whole length of the DER sequence that begins here, header included; `None` when none of a believable size does.
#[must_use]
pub fn der_length(start: &[u8]) -> Option<usize> {
    let length = match *start {
        [0x30, short, ..] if short < 0x80 => 2 + usize::from(short),
        [0x30, 0x81, one, ..] => 3 + usize::from(one),
        [0x30, 0x82, high, low, ..] => 4 + usize::from(u16::from_be_bytes([high, low])),
        _ => return None,
    };
    (length <= LONGEST_FILE).then_some(length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::document::read_identity_and_address;
    use crate::scripted::{ATR_18, Card, Script, no_pause, papers};
    use proptest::prelude::*;

    fn certificate(length: usize) -> Vec<u8> {
        let [high, low] = u16::try_from(length - 4).unwrap().to_be_bytes();
        let mut out = vec![0x30, 0x82, high, low];
        out.resize(length, 0x5A);
        out
    }

    fn card_with(which: Which, mut content: Vec<u8>, zeros: usize) -> Card {
        let mut card = Card::of(papers::ec(), 0x18);
        content.resize(content.len() + zeros, 0);
        card.files.insert(Path::of(which).0, content);
        card
    }

    #[test]
    fn of_a_certificate_no_zero_of_its_padding_is_read() {
        let mut card = card_with(Which::Authentication, certificate(700), 1100);
        let log = card.log.clone();
        let read =
            Channel::begin(&mut card, no_pause()).unwrap().read_certificate(Which::Authentication).unwrap();
        assert_eq!(read.unwrap(), certificate(700));
        let sent = ["00 A4 08 0C 06 3F 00 DF 00 50 38", "00 B0 00 00 00", "00 B0 01 00 00", "00 B0 02 00 BC"];
        assert_eq!(log.apdus(), sent);
    }

    #[test]
    fn a_file_of_zeros_holds_no_certificate() {
        for zeros in [1300, 2500] {
            let mut card = card_with(Which::Signature, Vec::new(), zeros);
            let log = card.log.clone();
            let read = Channel::begin(&mut card, no_pause()).unwrap().read_certificate(Which::Signature);
            assert_eq!(read, Ok(None));
            assert_eq!(log.apdus().len(), 2);
        }
    }

    #[test]
    fn a_missing_file_holds_no_certificate() {
        let mut card = Card::of(papers::ec(), 0x18);
        card.files.remove(&Path::of(Which::Rrn).0);
        assert_eq!(Channel::begin(&mut card, no_pause()).unwrap().read_certificate(Which::Rrn), Ok(None));
    }

    #[test]
    fn a_certificate_that_is_cut_off_or_none_is_refused() {
        for content in
            [certificate(700)[..600].to_vec(), b"no certificate at all".to_vec(), vec![0x30, 0x84, 1, 2]]
        {
            let mut card = card_with(Which::Root, content, 0);
            let read = Channel::begin(&mut card, no_pause()).unwrap().read_certificate(Which::Root);
            assert!(matches!(read, Err(CardError::Answer(_))), "{read:?}");
        }
    }

    #[test]
    fn identity_and_address_cost_at_most_six_commands() {
        let mut card = Card::of(papers::ec(), 0x18);
        let log = card.log.clone();
        let (identity, address) = read_identity_and_address(&mut card, no_pause()).unwrap();
        assert_eq!((identity.surname.as_str(), address.zip.as_str()), ("Proef", "1000"));
        assert!(log.apdus().len() <= 6, "{:?}", log.apdus());
    }

    #[test]
    fn an_address_longer_than_the_shortest_is_read_to_its_end() {
        let street = "S".repeat(120);
        let mut content = [&[0x01, 120], street.as_bytes(), b"\x02\x049000\x03\x04Gent"].concat();
        for length in [content.len(), content.len() + 9] {
            content.resize(length, 0);
            let mut card = Card::of(papers::ec(), 0x18);
            card.files.insert(Path::ADDRESS.0, content.clone());
            let read = Channel::begin(&mut card, no_pause()).unwrap().read_address().unwrap();
            assert_eq!(read, content);
        }
    }

    #[test]
    fn a_file_of_exactly_whole_blocks_ends_without_an_error() {
        for length in [0, 1, 255, 256, 257, 512, 3_000] {
            let mut card = card_with(Which::Root, vec![7; length], 0);
            let read =
                Channel::begin(&mut card, no_pause()).unwrap().read_whole(Path::of(Which::Root)).unwrap();
            assert_eq!(read, vec![7; length]);
        }
    }

    #[test]
    fn a_card_that_never_ends_a_file_is_refused() {
        let block = "5A ".repeat(256) + "90 00";
        let answers: Vec<&str> =
            std::iter::once("90 00").chain(std::iter::repeat_n(&block[..], 200)).collect();
        let mut link = Script::new(ATR_18, &answers);
        let read = Channel::begin(&mut link, no_pause()).unwrap().read_whole(Path::PHOTO);
        assert!(matches!(read, Err(CardError::Answer(_))));
    }

    #[test]
    fn a_card_that_is_not_activated_says_so() {
        let mut link = Script::new(ATR_18, &["90 00", "6D 00"]);
        let read = Channel::begin(&mut link, no_pause()).unwrap().read_whole(Path::IDENTITY);
        assert_eq!(read, Err(CardError::NotActivated));
    }

    proptest! {
        #[test]
        fn any_answers_end_in_a_result(
            answers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..40),
        ) {
            let mut link = Script::new(ATR_18, &[]);
            link.answers = answers.into_iter().map(Ok).collect();
            let mut channel = Channel::begin(&mut link, no_pause()).unwrap();
            let _ = channel.read_certificate(Which::Root);
            let _ = channel.read_whole(Path::PHOTO);
        }
    }
}
