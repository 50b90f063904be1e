//! The card room: one thread with the readers, another that watches them, and a signer for one PIN entry.

mod signer;
mod watch;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use relais_card::backend::{Backend, Link};
use relais_card::face::{FaceReader, FaceSettings};
use relais_card::keypad::Language as KeypadLanguage;
use relais_card::{CardKey, SignFailure, sign, sign_with_keypad};
use relais_core::card::{CardFace, ReaderState, Readers};
use relais_core::secret::Pin;
use relais_core::time::Clock;
use relais_core::{Code, Problem};

pub(crate) use signer::{CardSigner, PinCounter, SignerTools};
pub(crate) use watch::watch;

use crate::worker::Worker;

/// Makes a connection to the readers; called again when the first one broke.
pub type MakeBackend = Arc<dyn Fn() -> Box<dyn Backend> + Send + Sync>;

/// No command of ours takes a card longer than some seconds; a reader silent for this long hangs (fault F3).
const HUNG: Duration = Duration::from_secs(40);

/// The same while a person types at the reader: 30 s to the first key and 30 s from there are theirs, so a reader that
/// gives up on them says so before we give up on it. Source: docs/reference/eid-card.md, section 9.
const HUNG_AT_KEYPAD: Duration = Duration::from_secs(75);

struct Tool {
    backend: Box<dyn Backend>,
    faces: FaceReader,
    clock: Arc<dyn Clock>,
}

/// The thread with the readers.
#[derive(Clone)]
pub struct CardRoom {
    worker: Worker<Tool>,
    /// Readers at which the PIN is typed on this PC, whatever keypad they have.
    typed: Arc<Mutex<Vec<String>>>,
}

/// Where the PIN of a signature comes from.
pub enum PinEntry {
    /// A person typed it here.
    Typed(Pin),
    /// The keypad of the reader takes it.
    Keypad(KeypadLanguage),
}

impl CardRoom {
    /// Opens the room.
    pub fn open(make: MakeBackend, clock: Arc<dyn Clock>, settings: FaceSettings) -> Result<Self, Problem> {
        let typed = Arc::new(Mutex::new(settings.without_keypad.clone()));
        let tool =
            move || Tool { backend: make(), faces: FaceReader::new(settings.clone()), clock: clock.clone() };
        Ok(Self { worker: Worker::start("card", HUNG, tool)?, typed })
    }

    /// From now on the PIN is typed on this PC at these readers, and at no others that have a keypad.
    pub fn type_here(&self, readers: Vec<String>) {
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = readers;
    }

    /// Reads whose card it is: in `reader`, or in the only one that holds an eID.
    pub async fn face(&self, reader: Option<String>) -> Result<CardFace, Problem> {
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.call(move |tool| {
            tool.faces.without_keypad(typed);
            let reader = choose(&mut *tool.backend, reader)?;
            let mut link = tool.backend.connect(&reader).map_err(|e| e.problem())?;
            let now = tool.clock.now().wall;
            tool.faces.read(&mut *link, &reader, now).map_err(|e| e.problem())
        })
        .await?
    }

    /// One signature of the authentication key for one PIN entry. The PIN comes back when it was certainly not sent.
    pub async fn sign(
        &self,
        face: CardFace,
        pin: PinEntry,
        digest: [u8; 32],
    ) -> Result<Vec<u8>, (Problem, Option<Pin>)> {
        let limit = patience(&pin);
        let done = self.worker.call_within(limit, move |tool| match tool.backend.connect(&face.reader) {
            Ok(mut link) => signed(&mut *link, &face, pin, digest),
            Err(error) => Err((error.problem(), kept(pin))),
        });
        // A reader that hangs may have the PIN already.
        done.await.unwrap_or_else(|silence| Err((silence.problem(Code::PCSC_HUNG), None)))
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        self.worker.call(job).await.map_err(|silence| silence.problem(Code::PCSC_HUNG))
    }
}

/// How long the card may take with this PIN.
fn patience(pin: &PinEntry) -> Duration {
    match pin {
        PinEntry::Typed(_) => HUNG,
        PinEntry::Keypad(_) => HUNG_AT_KEYPAD,
    }
}

fn kept(pin: PinEntry) -> Option<Pin> {
    match pin {
        PinEntry::Typed(pin) => Some(pin),
        PinEntry::Keypad(_) => None,
    }
}

fn signed(
    link: &mut dyn Link,
    face: &CardFace,
    pin: PinEntry,
    digest: [u8; 32],
) -> Result<Vec<u8>, (Problem, Option<Pin>)> {
    match pin {
        PinEntry::Typed(pin) => sign(link, face, CardKey::Authentication, pin, digest)
            .map_err(|SignFailure { error, pin }| (error.problem(), pin)),
        PinEntry::Keypad(language) => sign_with_keypad(link, face, CardKey::Authentication, digest, language)
            .map_err(|error| (error.problem(), None)),
    }
}

/// The reader to use: the one named, or the only one with an eID.
pub fn choose(backend: &mut dyn Backend, named: Option<String>) -> Result<String, Problem> {
    let seen = match relais_card::atr::readers(backend.readers()) {
        Readers::Seen(seen) => seen,
        Readers::Down(problem) => return Err(problem),
        Readers::Unseen => vec![],
    };
    if let Some(name) = named {
        let slot = seen.iter().find(|slot| slot.name == name);
        return match slot.map(|slot| slot.state.clone()) {
            None => Err(Problem::new(Code::READER_UNKNOWN).with("reader", name)),
            Some(ReaderState::Eid) => Ok(name),
            Some(other) => Err(missing(&other).into()),
        };
    }
    let mut eids = seen.iter().filter(|slot| slot.state == ReaderState::Eid);
    match (eids.next(), eids.next()) {
        (Some(only), None) => Ok(only.name.clone()),
        (Some(_), Some(_)) => Err(Code::SEVERAL_CARDS.into()),
        (None, _) => Err(seen
            .iter()
            .map(|slot| missing(&slot.state))
            .find(|code| *code != Code::NO_CARD)
            .unwrap_or(if seen.is_empty() { Code::NO_READER } else { Code::NO_CARD })
            .into()),
    }
}

fn missing(state: &ReaderState) -> Code {
    match state {
        ReaderState::Empty | ReaderState::Eid => Code::NO_CARD,
        ReaderState::OtherCard => Code::CARD_NOT_EID,
        ReaderState::Mute => Code::CARD_MUTE,
        ReaderState::InUse => Code::CARD_IN_USE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_at_the_keypad_has_longer_than_the_reader_gives_them_and_nobody_else_has() {
        let typed = PinEntry::Typed(Pin::from_ascii(b"1234").unwrap());
        assert_eq!(patience(&typed), HUNG);
        let at_the_reader = Duration::from_secs(30 + 30);
        assert!(patience(&PinEntry::Keypad(KeypadLanguage::Fr)) > at_the_reader);
    }
}
