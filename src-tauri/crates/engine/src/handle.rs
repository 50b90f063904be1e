//! What windows, command line and adapters hold of the engine: a way to tell it something and to see its state.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use relais_core::secret::{Desk, EntryId, Password, Pin};
use relais_core::session::{Ask, Errand, ErrandId, Event, OpenSession, PinSource, QuestionId, State};
use relais_core::time::{Clock, Moment};
use relais_core::{Code, Problem};
use tokio::sync::{mpsc, oneshot, watch};

/// What comes to the loop.
pub(crate) enum Message {
    /// Something that happened.
    Event(Event),
    /// An answer to a question; who gave it wants to know whether it was still the question.
    Answer(Event, oneshot::Sender<bool>),
    /// Somebody wants to sign in, and to know which sign-in is theirs.
    SignIn(Ask, oneshot::Sender<Result<ErrandId, Problem>>),
    /// Somebody wants to know that everything before has been taken.
    Settle(oneshot::Sender<()>),
}

/// The PIN that is being typed, and the password that arrives character by character; each for one question.
#[derive(Clone, Default)]
pub(crate) struct Typing {
    pin: Arc<Mutex<Option<(QuestionId, EntryId)>>>,
    password: Arc<Mutex<Option<Arriving>>>,
    stopped: Arc<AtomicBool>,
}

/// A password of which not every character is there yet.
struct Arriving {
    question: QuestionId,
    entry: EntryId,
    characters: usize,
}

impl Typing {
    fn pin(&self) -> MutexGuard<'_, Option<(QuestionId, EntryId)>> {
        self.pin.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn password(&self) -> MutexGuard<'_, Option<Arriving>> {
        self.password.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Digits of the PIN so far.
    pub(crate) fn digits(&self, desk: &Desk) -> usize {
        self.pin().and_then(|(_, entry)| desk.pin_len(entry)).unwrap_or(0)
    }

    /// Wipes everything that is being typed.
    pub(crate) fn wipe(&self, desk: &Desk) {
        self.wipe_unless(None, desk);
    }

    /// Wipes what is not for the question that is open.
    pub(crate) fn wipe_unless(&self, open: Option<QuestionId>, desk: &Desk) {
        if let Some((_, entry)) = self.pin().take_if(|(question, _)| Some(*question) != open) {
            desk.wipe(entry);
        }
        if let Some(arriving) = self.password().take_if(|arriving| Some(arriving.question) != open) {
            desk.wipe(arriving.entry);
        }
    }

    fn wipe_password(&self, desk: &Desk) {
        if let Some(arriving) = self.password().take() {
            desk.wipe(arriving.entry);
        }
    }

    pub(crate) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }
}

/// How a sign-in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// With a session.
    Open(Box<OpenSession>),
    /// With a failure.
    Failed(Problem),
    /// The person did not want to go on.
    Cancelled,
}

/// A handle to a running engine. Clones lead to the same one.
#[derive(Clone)]
pub struct Handle {
    messages: mpsc::Sender<Message>,
    states: watch::Receiver<Arc<State>>,
    desk: Desk,
    clock: Arc<dyn Clock>,
    typing: Typing,
}

impl Handle {
    pub(crate) fn new(
        messages: mpsc::Sender<Message>,
        states: watch::Receiver<Arc<State>>,
        desk: Desk,
        clock: Arc<dyn Clock>,
        typing: Typing,
    ) -> Self {
        Self { messages, states, desk, clock, typing }
    }

    /// Tells the engine something. Fails only when the engine is gone.
    pub async fn tell(&self, event: Event) -> Result<(), Problem> {
        self.messages.send(Message::Event(event)).await.map_err(|_| Code::ENGINE_STOPPED.into())
    }

    /// As [`Self::tell`], from a thread outside the runtime.
    pub fn tell_blocking(&self, event: Event) -> Result<(), Problem> {
        self.messages.blocking_send(Message::Event(event)).map_err(|_| Code::ENGINE_STOPPED.into())
    }

    /// Comes back when everything told so far has been taken.
    pub async fn settle(&self) -> Result<(), Problem> {
        let (done, waiting) = oneshot::channel();
        let gone = || Problem::new(Code::ENGINE_STOPPED);
        self.messages.send(Message::Settle(done)).await.map_err(|_| gone())?;
        waiting.await.map_err(|_| gone())
    }

    /// The state now.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        self.states.borrow().clone()
    }

    /// A view of the states to come.
    #[must_use]
    pub fn states(&self) -> watch::Receiver<Arc<State>> {
        self.states.clone()
    }

    /// The engine's clock.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Where secrets wait.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Starts a sign-in and comes back once it has begun, with its number; a running one is told, not disturbed. Who
    /// asks at the same instant for the very same shares it.
    pub async fn sign_in(&self, ask: Ask) -> Result<ErrandId, Problem> {
        if self.state().errand.busy() {
            return Err(Code::SIGN_IN_RUNNING.into());
        }
        let (told, begun) = oneshot::channel();
        let gone = || Problem::new(Code::ENGINE_STOPPED);
        self.messages.send(Message::SignIn(ask, told)).await.map_err(|_| gone())?;
        begun.await.map_err(|_| gone())?
    }

    /// Waits until no sign-in is going on, and says how the newest one ended. A session that was open before is no
    /// success of it.
    pub async fn settled(&self) -> Settled {
        let mut states = self.states.clone();
        let Ok(state) = states.wait_for(|state| !state.errand.busy()).await.map(|state| state.clone()) else {
            return Settled::Failed(Code::ENGINE_STOPPED.into());
        };
        match (&state.errand, state.made()) {
            (Errand::Failed { problem, .. }, _) => Settled::Failed(problem.clone()),
            (_, Some(open)) => Settled::Open(Box::new(open.clone())),
            (_, None) => Settled::Cancelled,
        }
    }

    /// Digits typed so far.
    #[must_use]
    pub fn digits(&self) -> usize {
        self.typing.digits(&self.desk)
    }

    /// Takes one digit, 0 to 9. Nothing is taken while no PIN is asked, or while consent is missing.
    pub fn push_digit(&self, digit: u8) -> usize {
        let Some(question) = self.asks_pin().filter(|_| digit <= 9) else { return self.digits() };
        // Digits for an older question are no part of this PIN.
        self.typing.wipe_unless(Some(question), &self.desk);
        let now = self.now();
        let mut typing = self.typing.pin();
        if let Some(count) = typing.and_then(|(_, entry)| self.desk.push_digit(entry, digit, now)) {
            return count;
        }
        // Nothing typed yet, or what was typed has been wiped after two minutes.
        let entry = self.desk.put_pin(Pin::empty(), now);
        *typing = Some((question, entry));
        self.desk.push_digit(entry, digit, now).unwrap_or(0)
    }

    /// Takes the last digit back.
    pub fn erase_digit(&self) -> usize {
        let now = self.now();
        self.typing.pin().and_then(|(_, entry)| self.desk.erase_digit(entry, now)).unwrap_or(0)
    }

    /// The PIN is complete.
    pub async fn confirm_pin(&self) -> Result<(), Problem> {
        if self.digits() < Pin::MIN {
            return Err(Code::PIN_FORMAT.into());
        }
        let typed = self.typing.pin().take();
        let (question, entry) = typed.ok_or(Code::PIN_FORMAT)?;
        self.answer(Event::PinGiven { question, pin: PinSource::Desk(entry) }).await
    }

    /// The question that is open, if one is. Whoever answers it names it: see [`Code::ANSWER_OUTDATED`].
    #[must_use]
    pub fn question(&self) -> Option<QuestionId> {
        self.state().errand.question()
    }

    /// A whole PIN at once, from a descriptor or a terminal.
    pub async fn give_pin(&self, question: QuestionId, pin: Pin) -> Result<(), Problem> {
        let entry = self.desk.put_pin(pin, self.now());
        self.answer(Event::PinGiven { question, pin: PinSource::Desk(entry) }).await
    }

    /// The keypad of the reader is to take the PIN.
    pub async fn use_keypad(&self, question: QuestionId) -> Result<(), Problem> {
        self.answer(Event::PinGiven { question, pin: PinSource::Keypad }).await
    }

    /// The person types here though the reader has a keypad.
    pub async fn type_instead(&self, question: QuestionId) -> Result<(), Problem> {
        self.answer(Event::TypeInstead(question)).await
    }

    /// The person is certain of the PIN.
    pub async fn consent(&self, question: QuestionId) -> Result<(), Problem> {
        self.answer(Event::Consented(question)).await
    }

    /// Takes the character of a password that stands at `place`; the one at 0 begins anew. Nothing is taken while no
    /// password is asked. Fails where the characters before are missing, or the password is too long.
    pub fn push_character(&self, place: usize, character: char) -> Result<(), Problem> {
        let Some(question) = self.asks_password() else { return Ok(()) };
        // Characters for an older question are no part of this password.
        self.typing.wipe_unless(Some(question), &self.desk);
        let now = self.now();
        if place == 0 {
            self.typing.wipe_password(&self.desk);
        }
        let mut typing = self.typing.password();
        let arriving = typing.get_or_insert_with(|| Arriving {
            question,
            entry: self.desk.put_password(Password::empty(), now),
            characters: 0,
        });
        let in_order = arriving.characters == place;
        let pushed = in_order.then(|| self.desk.push_character(arriving.entry, character, now)).flatten();
        pushed.ok_or(Code::KEYSTORE_PASSWORD_WRONG)?;
        arriving.characters += 1;
        Ok(())
    }

    /// The password is complete.
    pub async fn confirm_password(&self, remember: bool) -> Result<(), Problem> {
        let arrived = self.typing.password().take();
        match arrived {
            Some(Arriving { question, entry, .. }) => {
                self.answer(Event::PasswordGiven { question, entry, remember }).await
            }
            None if self.asks_password().is_some() => Err(Code::KEYSTORE_PASSWORD_WRONG.into()),
            // Nobody asks any more: what was asked instead says why.
            None => Ok(()),
        }
    }

    /// A whole keystore password at once, from a descriptor or a terminal.
    pub async fn give_password(
        &self,
        question: QuestionId,
        password: Password,
        remember: bool,
    ) -> Result<(), Problem> {
        let entry = self.desk.put_password(password, self.now());
        self.answer(Event::PasswordGiven { question, entry, remember }).await
    }

    /// Hands an answer in. One to an older question is wiped and refused.
    async fn answer(&self, event: Event) -> Result<(), Problem> {
        let (taken, waiting) = oneshot::channel();
        let gone = || Problem::new(Code::ENGINE_STOPPED);
        self.messages.send(Message::Answer(event, taken)).await.map_err(|_| gone())?;
        match waiting.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Code::ANSWER_OUTDATED.into()),
            Err(_) => Err(gone()),
        }
    }

    fn asks_pin(&self) -> Option<QuestionId> {
        match &self.state().errand {
            Errand::Pin(asking) if !asking.needs_consent() => Some(asking.question),
            _ => None,
        }
    }

    fn asks_password(&self) -> Option<QuestionId> {
        match &self.state().errand {
            Errand::Password { asking, .. } => Some(asking.question),
            Errand::Keystore(keyed) => Some(keyed.question),
            _ => None,
        }
    }

    /// Ends the engine after what it is doing; secrets on the desk are wiped.
    pub async fn stop(&self) {
        self.typing.stopped.store(true, Ordering::Release);
        // When the loop is gone already there is nothing to wake.
        let _ = self.messages.send(Message::Event(Event::Tick)).await;
    }
}
