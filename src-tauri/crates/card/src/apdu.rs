//! Commands to the card and its answers, over the protocol T=0.
//!
//! What is decided here: how an answer in parts is fetched, when a command may be repeated (only one that asks for data,
//! only for a wrong length, once), and that no byte of data ever reaches the log.
//! Source: docs/reference/eid-card.md, section 3.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::backend::{Link, LinkError};
use crate::error::CardError;

/// Most bytes an answer in parts may have; the largest real one is an RSA block of 256 bytes.
const LONGEST_ANSWER: usize = 4096;

/// Most data one answer can carry (Le 00) and its status word.
const LONGEST_PART: usize = 256 + 2;

/// Instruction bytes of the eID.
pub mod ins {
    /// SELECT FILE.
    pub const SELECT: u8 = 0xA4;
    /// READ BINARY.
    pub const READ: u8 = 0xB0;
    /// GET RESPONSE.
    pub const GET_RESPONSE: u8 = 0xC0;
    /// VERIFY.
    pub const VERIFY: u8 = 0x20;
    /// MANAGE SECURITY ENVIRONMENT.
    pub const SET_KEY: u8 = 0x22;
    /// PERFORM SECURITY OPERATION.
    pub const SIGN: u8 = 0x2A;
    /// GET CARD DATA.
    pub const CARD_DATA: u8 = 0xE4;
    /// LOG OFF.
    pub const LOG_OFF: u8 = 0xE6;
}

/// The two bytes that end every answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord(pub u16);

/// What a status word means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// 9000.
    Done,
    /// 61xx: that many bytes wait (0 means 256).
    More(u8),
    /// 6Cxx: ask again for exactly that many (0 means 256).
    RightLength(u8),
    /// 63Cx: wrong PIN, that many tries left.
    WrongPin(u8),
    /// 6983.
    PinBlocked,
    /// 6982.
    PinNeeded,
    /// 6B00: nothing at this offset.
    PastEnd,
    /// 6A82.
    NoFile,
    /// 6D00: not now, or a card that is not activated.
    NotNow,
    /// Any other.
    Refused,
}

impl StatusWord {
    /// 9000.
    pub const OK: Self = Self(0x9000);

    /// Reads it by the table of the reference.
    #[must_use]
    pub fn meaning(self) -> Meaning {
        let [high, low] = self.0.to_be_bytes();
        match (high, low) {
            (0x90, 0x00) => Meaning::Done,
            (0x61, waiting) => Meaning::More(waiting),
            (0x6C, right) => Meaning::RightLength(right),
            (0x63, 0xC0) | (0x69, 0x83) => Meaning::PinBlocked,
            (0x63, 0xC1..=0xCF) => Meaning::WrongPin(low & 0x0F),
            (0x69, 0x82) => Meaning::PinNeeded,
            (0x6B, 0x00) => Meaning::PastEnd,
            (0x6A, 0x82) => Meaning::NoFile,
            (0x6D, 0x00) => Meaning::NotNow,
            _ => Meaning::Refused,
        }
    }
}

impl std::fmt::Display for StatusWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl std::fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusWord({self})")
    }
}

/// A command: header and either data or a length asked for, never both (T=0). Wiped when dropped, because one of them
/// carries a PIN; prints its instruction only.
pub struct Command {
    bytes: Zeroizing<Vec<u8>>,
    asks: bool,
}

impl Command {
    /// A command without data.
    #[must_use]
    pub fn plain(header: [u8; 4]) -> Self {
        Self::build(header, 0, &[], false)
    }

    /// A command that asks for `length` bytes, 1 to 256.
    #[must_use]
    pub fn asking(header: [u8; 4], length: usize) -> Self {
        // 256 is written as 00.
        let le = u8::try_from(length.clamp(1, 256) % 256).unwrap_or(0);
        Self::build(header, le, &[], true)
    }

    /// A command that brings data, at most 255 bytes.
    ///
    /// # Panics
    /// With more than 255 bytes; no command of the eID has as many.
    #[must_use]
    pub fn bringing(header: [u8; 4], data: &[u8]) -> Self {
        let lc = u8::try_from(data.len()).expect("a command of the eID has at most 255 bytes of data");
        Self::build(header, lc, data, false)
    }

    fn build(header: [u8; 4], p3: u8, data: &[u8], asks: bool) -> Self {
        let mut bytes = Zeroizing::new(Vec::with_capacity(5 + data.len()));
        bytes.extend_from_slice(&header);
        bytes.push(p3);
        bytes.extend_from_slice(data);
        Self { bytes, asks }
    }

    /// INS byte.
    #[must_use]
    pub fn instruction(&self) -> u8 {
        self.bytes[1]
    }

    fn again_for(&self, length: u8) -> Self {
        let mut bytes = self.bytes.clone();
        bytes[4] = length;
        Self { bytes, asks: true }
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Command({:02X})", self.instruction())
    }
}

/// A whole answer: data of all parts and the last status word.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Data without status words.
    pub data: Vec<u8>,
    /// The last status word.
    pub status: StatusWord,
    /// The card named the right length, so `data` ends where the file does.
    pub length_was_told: bool,
}

/// Waits and pauses. Tests put in a pause that does not sleep.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Rest before a command is repeated with the right length: first-generation chips fall mute without it.
    ///
    /// 40 ms always as OpenSC, 50 ms in the government's software. Source: docs/reference/eid-card.md, section 3.
    pub before_repeat: Duration,
    /// Longest wait for another program's transaction. Source: fault F4.
    pub begin_within: Duration,
    /// How to pause.
    pub pause: fn(Duration),
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            before_repeat: Duration::from_millis(50),
            begin_within: Duration::from_secs(5),
            pause: std::thread::sleep,
        }
    }
}

/// A card inside a transaction: sends commands and puts answers together.
///
/// The transaction ends when the channel is dropped, whatever happened.
pub struct Channel<'l> {
    link: &'l mut dyn Link,
    timing: Timing,
}

impl<'l> Channel<'l> {
    /// Begins a transaction. A card that another program has reset is connected to anew, once.
    ///
    /// # Errors
    /// [`CardError::InUse`] when another program keeps the card, else the link's own.
    pub fn begin(link: &'l mut dyn Link, timing: Timing) -> Result<Self, CardError> {
        let begun = match link.begin(timing.begin_within) {
            Err(LinkError::Reset) => {
                link.reconnect(false)?;
                link.begin(timing.begin_within)
            }
            other => other,
        };
        match begun {
            Ok(()) => Ok(Self { link, timing }),
            Err(LinkError::InUse | LinkError::Timeout) => Err(CardError::InUse),
            Err(other) => Err(other.into()),
        }
    }

    /// Answer to reset of the card.
    #[must_use]
    pub fn atr(&self) -> &[u8] {
        self.link.atr()
    }

    /// The link, for the reader's own control codes.
    pub fn link(&mut self) -> &mut dyn Link {
        self.link
    }

    /// Sends a command and fetches the whole answer, whatever its status word.
    ///
    /// # Errors
    /// The link's, or [`CardError::Answer`] for an answer that is too long or never ends.
    pub fn exchange(&mut self, command: &Command) -> Result<Answer, CardError> {
        let (mut data, mut status) = self.once(command)?;
        let mut length_was_told = false;
        if let (Meaning::RightLength(right), true) = (status.meaning(), command.asks) {
            (data, status) = self.repeat(command, right)?;
            length_was_told = true;
        }
        while let Meaning::More(waiting) = status.meaning() {
            let (part, next) = self.fetch(waiting)?;
            let endless = part.is_empty() || data.len() + part.len() > LONGEST_ANSWER;
            if matches!(next.meaning(), Meaning::More(_)) && endless {
                return Err(CardError::Answer("it never ends"));
            }
            data.extend_from_slice(&part);
            status = next;
        }
        Ok(Answer { data, status, length_was_told })
    }

    /// Sends a command that has to succeed.
    ///
    /// # Errors
    /// As [`Self::exchange`], and [`CardError::Refused`].
    pub fn run(&mut self, command: &Command) -> Result<Answer, CardError> {
        let answer = self.exchange(command)?;
        if answer.status == StatusWord::OK { Ok(answer) } else { Err(refused(command, answer.status)) }
    }

    fn fetch(&mut self, waiting: u8) -> Result<(Vec<u8>, StatusWord), CardError> {
        let command = Command::build([0x00, ins::GET_RESPONSE, 0x00, 0x00], waiting, &[], true);
        let (part, status) = self.once(&command)?;
        match status.meaning() {
            Meaning::RightLength(right) => self.repeat(&command, right),
            _ => Ok((part, status)),
        }
    }

    fn repeat(&mut self, command: &Command, right: u8) -> Result<(Vec<u8>, StatusWord), CardError> {
        (self.timing.pause)(self.timing.before_repeat);
        let (data, status) = self.once(&command.again_for(right))?;
        match status.meaning() {
            Meaning::RightLength(_) => Err(CardError::Answer("no length is right")),
            _ => Ok((data, status)),
        }
    }

    /// One command, one answer; the only place that sends one.
    fn once(&mut self, command: &Command) -> Result<(Vec<u8>, StatusWord), CardError> {
        let sent = self.link.transmit(&command.bytes);
        let mut answer = match sent {
            Ok(answer) => answer,
            Err(error) => {
                tracing::debug!(ins = command.instruction(), %error, "apdu failed");
                return Err(error.into());
            }
        };
        let Some([high, low]) = answer.last_chunk::<2>().copied() else {
            return Err(LinkError::Broken.into());
        };
        let status = StatusWord(u16::from_be_bytes([high, low]));
        tracing::trace!(ins = command.instruction(), length = answer.len() - 2, %status, "apdu");
        if answer.len() > LONGEST_PART {
            return Err(CardError::Answer("it is longer than an answer can be"));
        }
        answer.truncate(answer.len() - 2);
        Ok((answer, status))
    }
}

/// Reads within one transaction. When another program resets the card, or the contact breaks, it starts over once:
/// reading costs nothing. Never used where a PIN is sent.
///
/// # Errors
/// Those of `work`; a card that is gone at the second try counts as taken out.
pub fn reading<T>(
    link: &mut dyn Link,
    timing: Timing,
    mut work: impl FnMut(&mut Channel<'_>) -> Result<T, CardError>,
) -> Result<T, CardError> {
    let first = Channel::begin(link, timing).and_then(|mut channel| work(&mut channel));
    let reset = match &first {
        Err(CardError::Link(LinkError::Reset)) => false,
        Err(CardError::Link(LinkError::Broken)) => true,
        _ => return first,
    };
    link.reconnect(reset).map_err(gone)?;
    Channel::begin(link, timing).and_then(|mut channel| work(&mut channel))
}

fn gone(error: LinkError) -> CardError {
    match error {
        LinkError::NoCard | LinkError::Removed => LinkError::Removed.into(),
        other => other.into(),
    }
}

impl Drop for Channel<'_> {
    fn drop(&mut self) {
        // A card that is gone has no transaction either; nothing can be done about a failure here.
        let _ = self.link.end();
    }
}

/// The error for a command that the card refused.
#[must_use]
pub fn refused(command: &Command, status: StatusWord) -> CardError {
    match (status.meaning(), command.instruction()) {
        (Meaning::NotNow, ins::READ | ins::SIGN) => CardError::NotActivated,
        (_, instruction) => CardError::Refused { instruction, status },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scripted::{ATR_18, Script, no_pause};
    use proptest::prelude::*;

    const READ: [u8; 4] = [0x00, ins::READ, 0x00, 0x00];

    fn asked(answers: &[&str], command: &Command) -> (Result<Answer, CardError>, Vec<String>) {
        let mut link = Script::new(ATR_18, answers);
        let log = link.log.clone();
        let result = Channel::begin(&mut link, no_pause()).and_then(|mut channel| channel.exchange(command));
        (result, log.lines())
    }

    #[test]
    fn an_answer_in_parts_is_fetched_to_its_end() {
        let sign = Command::bringing([0x00, ins::SIGN, 0x9E, 0x9A], &[7; 3]);
        let (answer, log) = asked(&["61 02", "AA BB 61 01", "CC 90 00"], &sign);
        assert_eq!(answer.unwrap().data, [0xAA, 0xBB, 0xCC]);
        let sent = ["begin", "00 2A 9E 9A 03 07 07 07", "00 C0 00 00 02", "00 C0 00 00 01", "end"];
        assert_eq!(log, sent);
    }

    #[test]
    fn a_wrong_length_is_asked_again_once_and_after_a_rest() {
        use std::sync::atomic::{AtomicU32, Ordering};
        static RESTS: AtomicU32 = AtomicU32::new(0);
        let timing = Timing {
            pause: |rest| {
                assert!(rest >= Duration::from_millis(40));
                RESTS.fetch_add(1, Ordering::Relaxed);
            },
            ..Timing::default()
        };
        let mut link = Script::new(ATR_18, &["6C 02", "AA BB 90 00"]);
        let log = link.log.clone();
        let answer =
            Channel::begin(&mut link, timing).unwrap().exchange(&Command::asking(READ, 256)).unwrap();
        assert!(answer.length_was_told && answer.data == [0xAA, 0xBB]);
        assert_eq!(log.apdus(), ["00 B0 00 00 00", "00 B0 00 00 02"]);
        assert_eq!(RESTS.load(Ordering::Relaxed), 1);
        assert_eq!(
            asked(&["6C 02", "6C 03"], &Command::asking(READ, 256)).1.len(),
            4,
            "begin, two reads, end"
        );
    }

    #[test]
    fn a_command_that_brings_data_is_never_repeated() {
        let verify = Command::bringing([0x00, ins::VERIFY, 0x00, 0x01], &[0xFF; 8]);
        let (answer, log) = asked(&["6C 08", "90 00"], &verify);
        assert_eq!(answer.unwrap().status, StatusWord(0x6C08));
        assert_eq!(log.len(), 3);
    }

    #[test]
    fn answers_no_card_gives_are_refused() {
        let read = Command::asking(READ, 256);
        let long = "00 ".repeat(257) + "90 00";
        assert!(matches!(asked(&[&long], &read).0, Err(CardError::Answer(_))));
        assert_eq!(asked(&[""], &read).0, Err(LinkError::Broken.into()));
        assert_eq!(asked(&["90"], &read).0, Err(LinkError::Broken.into()));
        let endless = vec!["61 00"; 10];
        assert!(matches!(asked(&endless, &read).0, Err(CardError::Answer(_))));
        let block = "00 ".repeat(256) + "61 00";
        assert!(matches!(asked(&vec![&block[..]; 40], &read).0, Err(CardError::Answer(_))));
    }

    #[test]
    fn a_card_another_program_has_reset_is_connected_to_anew() {
        let mut link = Script::new(ATR_18, &["90 00"]);
        link.begins = [Err(LinkError::Reset), Ok(())].into();
        let log = link.log.clone();
        assert!(Channel::begin(&mut link, no_pause()).is_ok());
        assert_eq!(log.lines(), ["begin", "reconnect", "begin", "end"]);
    }

    #[test]
    fn a_card_that_another_program_keeps_is_in_use() {
        for kept in [LinkError::InUse, LinkError::Timeout] {
            let mut link = Script::new(ATR_18, &[]);
            link.begins = [Err(kept)].into();
            assert_eq!(Channel::begin(&mut link, no_pause()).err(), Some(CardError::InUse));
        }
    }

    #[test]
    fn reading_starts_over_once_after_a_bad_contact() {
        let mut link = Script::new(ATR_18, &["", "", "90 00"]);
        let log = link.log.clone();
        let read = |channel: &mut Channel<'_>| channel.run(&Command::asking(READ, 1)).map(drop);
        assert_eq!(reading(&mut link, no_pause(), read), Err(LinkError::Broken.into()));
        let lines = log.lines();
        let words: Vec<_> = lines.iter().map(String::as_str).filter(|line| !line.contains(' ')).collect();
        assert_eq!(words, ["begin", "end", "reset", "begin", "end"]);
    }

    #[test]
    fn a_command_prints_its_instruction_only() {
        let verify = Command::bringing([0x00, ins::VERIFY, 0x00, 0x01], &[0x24, 0x12, 0x34]);
        assert_eq!(format!("{verify:?}"), "Command(20)");
    }

    proptest! {
        #[test]
        fn any_answers_end_in_a_result(
            answers in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..60),
        ) {
            let mut link = Script::new(ATR_18, &[]);
            link.answers = answers.into_iter().map(Ok).collect();
            let mut channel = Channel::begin(&mut link, no_pause()).unwrap();
            if let Ok(answer) = channel.exchange(&Command::asking(READ, 256)) {
                prop_assert!(answer.data.len() <= LONGEST_ANSWER + 256);
            }
        }
    }
}
