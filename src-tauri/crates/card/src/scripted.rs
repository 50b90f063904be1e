//! Cards for the tests of this crate: one that answers line by line from a script, and a small one that works.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use relais_core::card::ChipNumber;

use crate::apdu::Timing;
use crate::backend::{Link, LinkError};
use crate::certificate::Which;
use crate::file::Path;

pub mod papers;

use papers::Papers;

pub const ATR_18: &[u8] = &[
    0x3B, 0x7F, 0x96, 0, 0, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 4, 1, 0x20, 0x12, 0x0F, 0xFF, 0x82, 0x90, 0,
];
pub const ATR_17: &[u8] = &[0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11];
pub const CHIP: ChipNumber = ChipNumber(*b"SLIN\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B");

/// Waits that do not wait.
pub fn no_pause() -> Timing {
    Timing { pause: |_| (), ..Timing::default() }
}

pub fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

/// Everything a link was asked for, in order: APDUs in hexadecimal, and the words of the trait.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Only the APDUs.
    pub fn apdus(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| line.contains(' ')).collect()
    }

    /// VERIFY commands that carry a PIN block.
    pub fn pins_sent(&self) -> usize {
        self.apdus().iter().filter(|apdu| apdu.starts_with("00 20 00 01 08")).count()
    }

    /// VERIFY commands of any kind.
    pub fn verifies(&self) -> usize {
        self.apdus().iter().filter(|apdu| apdu.starts_with("00 20")).count()
    }
}

/// Answers each APDU from a list, whatever it is; then as a removed card.
pub struct Script {
    pub atr: Vec<u8>,
    pub answers: VecDeque<Result<Vec<u8>, LinkError>>,
    pub begins: VecDeque<Result<(), LinkError>>,
    pub log: Log,
}

impl Script {
    pub fn new(atr: &[u8], answers: &[&str]) -> Self {
        let answers = answers.iter().map(|answer| Ok(bytes(answer))).collect();
        Self { atr: atr.to_vec(), answers, begins: VecDeque::new(), log: Log::default() }
    }
}

impl Link for Script {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn begin(&mut self, _: Duration) -> Result<(), LinkError> {
        self.log.add("begin");
        self.begins.pop_front().unwrap_or(Ok(()))
    }

    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.log.add(hex(apdu));
        self.answers.pop_front().unwrap_or(Err(LinkError::Removed))
    }

    fn end(&mut self) -> Result<(), LinkError> {
        self.log.add("end");
        Ok(())
    }

    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError> {
        self.log.add(if reset { "reset" } else { "reconnect" });
        Ok(())
    }

    fn control(&mut self, _: u32, _: &[u8]) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Other(0x8010_0016))
    }

    fn feature_request(&self) -> u32 {
        0x4200_0D48
    }
}

/// A card that works: files, counter, keys. Everything is public so that a test can spoil it.
pub struct Card {
    pub atr: Vec<u8>,
    pub applet: u8,
    pub chip: ChipNumber,
    pub files: HashMap<[u8; 6], Vec<u8>>,
    pub keys: HashMap<u8, PKey<Private>>,
    pub pin: Vec<u8>,
    pub tries: u8,
    /// Breaks the link at the APDU of this number, before or after the card has worked on it.
    pub breaks: Option<(usize, LinkError, bool)>,
    /// Answers in place of the card's, by instruction.
    pub instead: HashMap<u8, Vec<u8>>,
    /// Control codes and what the reader answers.
    pub controls: HashMap<u32, Result<Vec<u8>, LinkError>>,
    pub log: Log,
    sent: usize,
    selected: Option<[u8; 6]>,
    key: Option<u8>,
    verified: bool,
    waiting: Vec<u8>,
}

impl Card {
    /// A card of applet 1.8 (EC) or 1.7 (RSA) of an invented person.
    pub fn of(papers: &Papers, applet: u8) -> Self {
        let padding = if applet == 0x18 { 1100 } else { 50 };
        let mut files: HashMap<_, _> = papers
            .certificates()
            .into_iter()
            .map(|(which, mut der)| {
                der.extend(vec![0; padding]);
                (Path::of(which).0, der)
            })
            .collect();
        files.extend(papers.signed_files(applet));
        Self {
            atr: if applet == 0x18 { ATR_18 } else { ATR_17 }.to_vec(),
            applet,
            chip: CHIP,
            files,
            keys: HashMap::from([
                (0x82, papers.authentication.1.clone()),
                (0x83, papers.signature.1.clone()),
            ]),
            pin: vec![0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            tries: 3,
            breaks: None,
            instead: HashMap::new(),
            controls: HashMap::new(),
            log: Log::default(),
            sent: 0,
            selected: None,
            key: None,
            verified: false,
            waiting: Vec::new(),
        }
    }

    pub fn without(mut self, which: Which) -> Self {
        self.files.insert(Path::of(which).0, vec![0; 2500]);
        self
    }

    pub fn is_verified(&self) -> bool {
        self.verified
    }

    fn work(&mut self, apdu: &[u8]) -> Vec<u8> {
        if let Some(answer) = self.instead.get(&apdu[1]) {
            return answer.clone();
        }
        match apdu {
            [0x00, 0xA4, 0x08, 0x0C, 6, path @ ..] => self.select(path),
            [0x00, 0xB0, high, low, le] => self.read(usize::from(*high) << 8 | usize::from(*low), *le),
            [0x80, 0xE4, 0x00, 0x00, 0x1C] => self.card_data(),
            [0x80, 0xE4, 0x00, 0x01, 0x1F] if self.applet == 0x18 => {
                let mut data = self.card_data();
                data.truncate(28);
                [data, vec![self.tries, 0xFF, 0xFF, 0x90, 0x00]].concat()
            }
            [0x80, 0xE4, 0x00, 0x01, _] => vec![0x6B, 0x00],
            [0x00, 0x20, 0x00, 0x01, 0x00] => self.pin_state(),
            [0x00, 0x20, 0x00, 0x01, 0x08, block @ ..] => self.verify(block),
            [0x00, 0x22, 0x41, 0xB6, 5, 0x04, 0x80, algorithm, 0x84, key] => {
                let fits = *algorithm == if self.applet == 0x18 { 0x01 } else { 0x08 };
                self.key = (fits && self.keys.contains_key(key)).then_some(*key);
                if self.key.is_some() { vec![0x90, 0x00] } else { vec![0x6A, 0x80] }
            }
            [0x00, 0x2A, 0x9E, 0x9A, 32, digest @ ..] => self.sign(digest),
            [0x00, 0xC0, 0x00, 0x00, _] => [std::mem::take(&mut self.waiting), vec![0x90, 0x00]].concat(),
            [0x80, 0xE6, 0x00, 0x00, 0x00] => {
                self.verified = false;
                vec![0x90, 0x00]
            }
            _ => vec![0x6D, 0x00],
        }
    }

    fn select(&mut self, path: &[u8]) -> Vec<u8> {
        let path: [u8; 6] = path.try_into().unwrap();
        self.selected = self.files.contains_key(&path).then_some(path);
        if self.selected.is_some() { vec![0x90, 0x00] } else { vec![0x6A, 0x82] }
    }

    fn read(&self, offset: usize, le: u8) -> Vec<u8> {
        let Some(file) = self.selected.and_then(|path| self.files.get(&path)) else {
            return vec![0x69, 0x86];
        };
        let wanted = if le == 0 { 256 } else { usize::from(le) };
        match file.len().saturating_sub(offset) {
            0 => vec![0x6B, 0x00],
            left if wanted > left => vec![0x6C, u8::try_from(left).unwrap()],
            _ => [&file[offset..offset + wanted], &[0x90, 0x00]].concat(),
        }
    }

    fn card_data(&self) -> Vec<u8> {
        let mut data = self.chip.0.to_vec();
        data.extend([1, 2, 3, 4, 5, self.applet, 0, 1, 0, 0, 2, 0x0F, 0x90, 0x00]);
        data
    }

    fn pin_state(&mut self) -> Vec<u8> {
        if self.applet < 0x17 {
            self.tries = self.tries.saturating_sub(1);
        }
        if self.tries == 0 { vec![0x69, 0x83] } else { vec![0x63, 0xC0 | self.tries] }
    }

    fn verify(&mut self, block: &[u8]) -> Vec<u8> {
        self.verified = self.tries > 0 && block == self.pin;
        match (self.verified, self.tries) {
            (_, 0) => vec![0x69, 0x83],
            (true, _) => {
                self.tries = 3;
                vec![0x90, 0x00]
            }
            (false, _) => {
                self.tries -= 1;
                vec![0x63, 0xC0 | self.tries]
            }
        }
    }

    fn sign(&mut self, digest: &[u8]) -> Vec<u8> {
        if !self.verified {
            return vec![0x69, 0x82];
        }
        let Some(key) = self.key.and_then(|key| self.keys.get(&key)) else { return vec![0x69, 0x85] };
        self.waiting = match key.ec_key() {
            Ok(ec) => {
                let signature = EcdsaSig::sign(digest, &ec).unwrap();
                let half = i32::try_from(key.bits().div_ceil(8)).unwrap();
                [signature.r().to_vec_padded(half).unwrap(), signature.s().to_vec_padded(half).unwrap()]
                    .concat()
            }
            Err(_) => papers::rsa_over_digest(key, digest),
        };
        vec![0x61, u8::try_from(self.waiting.len() % 256).unwrap()]
    }
}

impl Link for Card {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn begin(&mut self, _: Duration) -> Result<(), LinkError> {
        self.log.add("begin");
        Ok(())
    }

    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.log.add(hex(apdu));
        let at = self.sent;
        self.sent += 1;
        match self.breaks {
            Some((when, error, false)) if at >= when => Err(error),
            Some((when, error, true)) if at == when => {
                self.work(apdu);
                Err(error)
            }
            Some((when, error, true)) if at > when => Err(error),
            _ => Ok(self.work(apdu)),
        }
    }

    fn end(&mut self) -> Result<(), LinkError> {
        self.log.add("end");
        Ok(())
    }

    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError> {
        self.log.add(if reset { "reset" } else { "reconnect" });
        self.verified &= !reset;
        if self.breaks.is_some() { Err(LinkError::NoCard) } else { Ok(()) }
    }

    fn control(&mut self, code: u32, data: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.log.add(format!("control-{code:08X}-{}", hex(data).replace(' ', "")));
        self.verified = true;
        self.controls.get(&code).cloned().unwrap_or(Err(LinkError::Other(0x8010_0016)))
    }

    fn feature_request(&self) -> u32 {
        0x4200_0D48
    }
}

/// Signs as the register does: over the joined parts, DER for EC.
pub fn over(key: &PKey<Private>, by: MessageDigest, parts: &[&[u8]]) -> Vec<u8> {
    let mut signer = Signer::new(by, key).unwrap();
    parts.iter().for_each(|part| signer.update(part).unwrap());
    signer.sign_to_vec().unwrap()
}
