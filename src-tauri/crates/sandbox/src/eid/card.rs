//! The card itself: what it keeps, what one session with it knows, and how it answers each command.

use std::path::{Path, PathBuf};

use openssl::rand::rand_bytes;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::counters::{Counters, Exchange};
use super::files::{self, FileId, Files, Selection};
use super::identity;
use super::model::Model;
use super::pin::{PinSlot, Rights};
use super::signing::{self, BASIC, Choice, Keys, SIGNATURE};
use super::status::{Answer, Status};
use super::store::{self, StoreError};

/// Internal authentications before the chip wants a PIN. Source: docs/reference/eid-card.md, section 3.
const BASIC_CALLS: u16 = 5000;

/// What survives the loss of power.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Chip {
    pub(super) model: Model,
    pub(super) number: [u8; 16],
    pub(super) activated: bool,
    pub(super) pin: PinSlot,
    /// Internal authentications so far.
    pub(super) basic_calls: u16,
    pub(super) keys: Keys,
    #[serde(with = "store::base64_map")]
    pub(super) files: Files,
}

/// What a reset wipes.
#[derive(Default, Clone)]
struct Session {
    selection: Selection,
    rights: Rights,
    choice: Option<Choice>,
    /// Bytes that wait for GET RESPONSE.
    pending: Vec<u8>,
}

/// A virtual eID. It speaks T=0, one APDU at a time, and survives a restart when it has a file.
#[derive(Clone)]
pub struct VirtualEid {
    chip: Chip,
    session: Session,
    counters: Counters,
    file: Option<PathBuf>,
}

impl VirtualEid {
    pub(super) fn new(chip: Chip) -> Self {
        Self { chip, session: Session::default(), counters: Counters::default(), file: None }
    }

    /// The card kept in `file`; from now on it writes its PIN counter there.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let chip = store::read(file)?;
        Ok(Self { file: Some(file.to_owned()), ..Self::new(chip) })
    }

    /// Keeps the card in `file`, now and whenever its PIN or counter changes.
    pub fn keep_in(&mut self, file: &Path) -> Result<(), StoreError> {
        self.file = Some(file.to_owned());
        store::write(file, &self.chip)
    }

    /// Which chip it is.
    #[must_use]
    pub fn model(&self) -> Model {
        self.chip.model
    }

    /// Its chip number, as GET CARD DATA tells it.
    #[must_use]
    pub fn chip_number(&self) -> [u8; 16] {
        self.chip.number
    }

    /// Answer to reset.
    #[must_use]
    pub fn atr(&self) -> &'static [u8] {
        self.chip.model.atr()
    }

    /// The PIN, as it stands on the note beside the card.
    #[must_use]
    pub fn pin(&self) -> &str {
        self.chip.pin.digits()
    }

    /// Tries the PIN has left.
    #[must_use]
    pub fn tries_left(&self) -> u8 {
        self.chip.pin.tries_left()
    }

    /// Sets the tries left (0 to 3), as wrong PINs typed earlier would have.
    pub fn set_tries_left(&mut self, tries: u8) {
        self.chip.pin.set_tries_left(tries);
        self.keep();
    }

    /// A right of some earlier VERIFY is still in force: whoever reaches the card may use it.
    #[must_use]
    pub fn unlocked(&self) -> bool {
        self.session.rights.any()
    }

    /// What it was asked so far.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Forgets what it was asked so far.
    pub fn clear_counters(&mut self) {
        self.counters = Counters::default();
    }

    /// Reset, or power lost and given again: rights, selection and waiting answers are gone.
    pub fn reset(&mut self) {
        self.session = Session::default();
        self.counters.resets += 1;
    }

    /// Takes one command APDU and answers with data and status word.
    pub fn transmit(&mut self, apdu: &[u8]) -> Vec<u8> {
        let answer = match Command::parse(apdu) {
            Ok(command) => self.execute(&command).unwrap_or_else(Answer::from),
            Err(status) => status.into(),
        };
        self.note(apdu, answer.status);
        answer.into_bytes()
    }

    fn note(&mut self, apdu: &[u8], status: Status) {
        let byte = |at: usize| apdu.get(at).copied().unwrap_or(0);
        let exchange = Exchange {
            instruction: byte(1),
            parameters: u16::from_be_bytes([byte(2), byte(3)]),
            sent: apdu.len().saturating_sub(5),
            status: status.0,
        };
        match (exchange.instruction, exchange.sent) {
            (0x20, 0) => self.counters.status_questions += 1,
            (0x20, _) => self.counters.verifies += 1,
            (0x24, _) => self.counters.pin_changes += 1,
            _ => {}
        }
        self.counters.exchanges.push(exchange);
    }

    fn execute(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        self.session.rights.age();
        let waiting = std::mem::take(&mut self.session.pending);
        match (command.class, command.instruction) {
            (0x00, 0xA4) => self.select(command),
            (0x00, 0xC0) => self.get_response(command, waiting),
            (0x80, 0xE4) => self.card_data(command),
            (0x00 | 0x80, _) if !self.chip.activated => Err(Status::INSTRUCTION),
            (0x00, 0xB0) => self.read_binary(command),
            (0x00, 0x20) => self.verify(command),
            (0x00, 0x24) => self.change_pin(command),
            (0x00, 0x22) => self.choose_key(command),
            (0x00, 0x2A) => self.sign(command),
            (0x00, 0x84) => get_challenge(command),
            (0x00, 0x88) if self.chip.model == Model::V18 => self.internal_authenticate(command),
            (0x80, 0xB2) if self.chip.model == Model::V18 => self.read_record(command),
            (0x80, 0xE6) => self.log_off(command),
            (0x00 | 0x80, _) => Err(Status::INSTRUCTION),
            (0x01..=0x03, _) => Err(Status::CHANNEL),
            _ => Err(Status::CLASS),
        }
    }

    fn select(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        self.session.selection =
            self.session.selection.select(command.p1p2(), command.data, &self.chip.files)?;
        Ok(Status::OK.into())
    }

    fn selected(&self) -> Result<(FileId, &[u8]), Status> {
        let id = self.session.selection.file()?;
        self.chip.files.get(&id).map(|content| (id, content.as_slice())).ok_or(Status::NO_SUCH_FILE)
    }

    fn read_binary(&self, command: &Command<'_>) -> Result<Answer, Status> {
        let (_, content) = self.selected()?;
        if !command.data.is_empty() {
            return Err(Status::LENGTH);
        }
        files::read(content, command.p1p2(), command.expected())
    }

    /// Only identity and address are made of records.
    fn read_record(&self, command: &Command<'_>) -> Result<Answer, Status> {
        let (id, content) = self.selected()?;
        if ![FileId::IDENTITY, FileId::ADDRESS].contains(&id) {
            return Err(Status::CONDITIONS);
        }
        let found = identity::records(content, command.p1, command.p2);
        match command.expected() {
            // Le 00 asks for all there is.
            256 if found.len() <= 256 => Ok(Answer::data(found)),
            expected => files::read(&found, 0, expected),
        }
    }

    fn get_response(&mut self, command: &Command<'_>, waiting: Vec<u8>) -> Result<Answer, Status> {
        if command.p1p2() != 0 {
            return Err(Status::PARAMETERS);
        }
        if waiting.is_empty() {
            return Err(Status::CONDITIONS);
        }
        let right = waiting.len().min(256);
        self.session.pending = waiting;
        if command.expected() > right {
            return Err(Status::exact(right));
        }
        let rest = self.session.pending.split_off(command.expected());
        let data = std::mem::replace(&mut self.session.pending, rest);
        let left = self.session.pending.len();
        let status = if left == 0 { Status::OK } else { Status::more(left.min(256)) };
        Ok(Answer { data, status })
    }

    /// The data waits for GET RESPONSE: T=0 cannot carry it with the command's own data.
    fn later(&mut self, data: Vec<u8>) -> Answer {
        let status = Status::more(data.len().min(256));
        self.session.pending = data;
        status.into()
    }

    fn card_data(&self, command: &Command<'_>) -> Result<Answer, Status> {
        let mut data = self.chip.number.to_vec();
        data.extend(self.chip.model.card_data_tail());
        if !self.chip.activated {
            data[27] = 0x07;
        }
        match command.p1p2() {
            0x0000 => {}
            0x0001 if self.chip.model == Model::V18 => data.extend([self.tries_left(), 0xFF, 0xFF]),
            _ => return Err(Status::OFFSET),
        }
        if command.expected() == data.len() { Ok(Answer::data(data)) } else { Err(Status::exact(data.len())) }
    }

    fn verify(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        pin_reference(command)?;
        if command.data.is_empty() {
            return self.pin_status();
        }
        let block = command.exactly::<8>()?;
        self.session.rights = match self.chip.pin.check(block) {
            Ok(()) => self.granted(),
            Err(status) => return Err(self.refused(status)),
        };
        self.keep();
        Ok(Status::OK.into())
    }

    fn granted(&self) -> Rights {
        let mut rights = self.session.rights;
        rights.grant(self.session.choice.is_some_and(|choice| choice.key == SIGNATURE));
        rights
    }

    /// A wrong PIN takes all rights away, those of an earlier good one too.
    fn refused(&mut self, status: Status) -> Status {
        self.session.rights = Rights::default();
        self.keep();
        status
    }

    fn pin_status(&mut self) -> Result<Answer, Status> {
        if self.chip.model.status_costs_a_try() {
            let status = self.chip.pin.count_wrong();
            return Err(self.refused(status));
        }
        match self.tries_left() {
            0 => Err(Status::BLOCKED),
            _ if self.unlocked() => Ok(Status::OK.into()),
            left => Err(Status::tries_left(left)),
        }
    }

    fn change_pin(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        pin_reference(command)?;
        let blocks = command.exactly::<16>()?;
        let (old, new) = blocks.split_first_chunk::<8>().ok_or(Status::LENGTH)?;
        if let Err(status) = self.chip.pin.check(old) {
            return Err(self.refused(status));
        }
        self.chip.pin.change(new.try_into().map_err(|_| Status::LENGTH)?)?;
        self.session.rights = self.granted();
        self.keep();
        Ok(Status::OK.into())
    }

    fn choose_key(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        self.session.choice = Some(Choice::read(command, self.chip.model, &self.chip.keys)?);
        Ok(Status::OK.into())
    }

    fn sign(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        if command.p1p2() != 0x9E9A {
            return Err(Status::PARAMETERS);
        }
        let Choice { algorithm, key } = self.session.choice.ok_or(Status::CONDITIONS)?;
        if key == SIGNATURE {
            self.session.rights.take_for_signature(self.chip.model.commands_between())?;
        } else {
            self.session.rights.for_authentication()?;
        }
        let signer = self.chip.keys.get(&key).ok_or(Status::NO_SUCH_KEY)?;
        let made = algorithm.sign(&signer.0, command.data)?;
        self.counters.signatures += 1;
        Ok(self.later(made))
    }

    fn internal_authenticate(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        if command.p1p2() != 0x0281 {
            return Err(Status::PARAMETERS);
        }
        let [0x94, 0x30, hash @ ..] = command.exactly::<50>()? else { return Err(Status::DATA) };
        if self.chip.basic_calls >= BASIC_CALLS && !self.unlocked() {
            return Err(Status::PIN_NEEDED);
        }
        self.chip.basic_calls = self.chip.basic_calls.saturating_add(1);
        let key = self.chip.keys.get(&BASIC).ok_or(Status::NO_SUCH_KEY)?;
        let made = signing::plain_ecdsa(&key.0, hash).map_err(|_| Status::CONDITIONS)?;
        self.keep();
        Ok(self.later(made))
    }

    fn log_off(&mut self, command: &Command<'_>) -> Result<Answer, Status> {
        if command.p1p2() != 0 {
            return Err(Status::PARAMETERS);
        }
        self.session.rights = Rights::default();
        Ok(Status::OK.into())
    }

    /// Writes what must survive. A card that cannot be kept goes on in memory: the chip has no answer for a full disk.
    fn keep(&self) {
        if let Some(file) = &self.file
            && let Err(error) = store::write(file, &self.chip)
        {
            tracing::warn!(%error, "the virtual card was not kept");
        }
    }
}

fn pin_reference(command: &Command<'_>) -> Result<(), Status> {
    match (command.p1, command.p2) {
        (0x00, 0x01) => Ok(()),
        (0x00, _) => Err(Status::NO_SUCH_KEY),
        _ => Err(Status::PARAMETERS),
    }
}

fn get_challenge(command: &Command<'_>) -> Result<Answer, Status> {
    if command.p1p2() != 0 {
        return Err(Status::PARAMETERS);
    }
    let mut drawn = vec![0; command.expected()];
    rand_bytes(&mut drawn).map_err(|_| Status::CONDITIONS)?;
    Ok(Answer::data(drawn))
}

#[cfg(test)]
#[path = "card_tests.rs"]
mod tests;
