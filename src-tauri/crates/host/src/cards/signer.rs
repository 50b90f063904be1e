//! The card as a signer: one PIN entry, one VERIFY, one signature.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use relais_card::keypad::Language as KeypadLanguage;
use relais_core::card::{Applet, CardFace};
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::secret::Desk;
use relais_core::session::{Answer, ErrandId, Event, PinFate, PinSource};
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use tokio::sync::oneshot;

use super::{CardRoom, PinEntry};

/// A PIN, or why there is none.
type Handed = Result<PinSource, Code>;

/// Where a request that needs one more PIN waits for it.
#[derive(Default)]
pub(crate) struct PinCounter(Mutex<HashMap<ErrandId, oneshot::Sender<Handed>>>);

impl PinCounter {
    fn wait(&self, errand: ErrandId) -> oneshot::Receiver<Handed> {
        let (give, wait) = oneshot::channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(errand, give);
        wait
    }

    /// Hands a PIN to who waits for it; says whether anybody did.
    pub(crate) fn hand(&self, errand: ErrandId, pin: Handed) -> bool {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&errand);
        waiting.is_some_and(|give| give.send(pin).is_ok())
    }
}

/// What a card signer works with.
#[derive(Clone)]
pub(crate) struct SignerTools {
    pub(crate) room: CardRoom,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) counter: Arc<PinCounter>,
    pub(crate) language: KeypadLanguage,
}

/// Tells the engine that one more PIN is wanted.
type Tell = Arc<dyn Fn(Event) -> Later<'static, ()> + Send + Sync>;

/// The authentication key of one card, for one sign-in.
pub(crate) struct CardSigner {
    tools: SignerTools,
    errand: ErrandId,
    face: CardFace,
    tell: Tell,
    pin: Mutex<Option<PinSource>>,
    fate: Mutex<PinFate>,
}

impl CardSigner {
    pub(crate) fn new(
        tools: SignerTools,
        errand: ErrandId,
        face: CardFace,
        pin: PinSource,
        tell: Tell,
    ) -> Self {
        Self { tools, errand, face, tell, pin: Mutex::new(Some(pin)), fate: Mutex::new(PinFate::Spent) }
    }

    /// What became of the PIN, once signing failed. A PIN that no signature asked for is still on the desk.
    pub(crate) fn fate(&self) -> PinFate {
        match *self.pin.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(PinSource::Desk(entry)) => PinFate::Kept(entry),
            _ => *self.fate.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn take(&self) -> Option<PinSource> {
        self.pin.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn has_pin(&self) -> bool {
        self.pin.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    async fn one_more(&self) -> Result<(), Problem> {
        let given = self.tools.counter.wait(self.errand);
        (self.tell)(Event::Answered { errand: self.errand, answer: Answer::PinWantedAgain }).await;
        let pin = given.await.unwrap_or(Err(Code::PIN_CANCELLED))?;
        *self.pin.lock().unwrap_or_else(PoisonError::into_inner) = Some(pin);
        Ok(())
    }

    async fn signed(&self, digest: [u8; 32]) -> Result<Vec<u8>, Problem> {
        let entry = match self.take() {
            Some(PinSource::Desk(entry)) => {
                PinEntry::Typed(self.tools.desk.take_pin(entry).ok_or(Code::PIN_TIMED_OUT)?)
            }
            Some(PinSource::Keypad) => PinEntry::Keypad(self.tools.language),
            None => return Err(Code::PIN_TIMED_OUT.into()),
        };
        let on_keypad = matches!(entry, PinEntry::Keypad(_));
        let signed = self.tools.room.sign(self.face.clone(), entry, digest).await;
        if on_keypad && signed.is_ok() {
            (self.tell)(Event::Answered { errand: self.errand, answer: Answer::PinTaken }).await;
        }
        signed.map_err(|(problem, pin)| {
            let back = pin.map(|pin| self.tools.desk.put_pin(pin, self.tools.clock.now()));
            *self.fate.lock().unwrap_or_else(PoisonError::into_inner) =
                back.map_or(PinFate::Spent, PinFate::Kept);
            problem
        })
    }
}

impl Signer for CardSigner {
    fn certificate(&self) -> &[u8] {
        &self.face.certificate
    }

    fn kind(&self) -> KeyKind {
        match self.face.applet {
            Applet::V18 | Applet::Unknown => KeyKind::EcP384,
            Applet::V10 | Applet::V11 | Applet::V17 => KeyKind::Rsa,
        }
    }

    fn ready(&self) -> Later<'_, Result<(), Problem>> {
        Box::pin(async move { if self.has_pin() { Ok(()) } else { self.one_more().await } })
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(self.signed(digest))
    }
}
