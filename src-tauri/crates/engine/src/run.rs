//! The loop. What is written down, and what is erased, comes first and in order ([`Effect::comes_first`]); every other
//! effect runs beside the loop, supervised.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use relais_core::ports::{Ports, Timer};
use relais_core::secret::Desk;
use relais_core::session::{Ask, Effect, ErrandId, Event, State, deadline, next};
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use tokio::sync::{mpsc, watch};

use crate::handle::{Handle, Message, Typing};

/// Longest sleep while a session is open, a sign-in goes on or something is tried again: a suspend must be noticed.
const AWAKE: Duration = Duration::from_secs(30);
/// Longest sleep otherwise.
const IDLE: Duration = Duration::from_secs(300);
/// Events that may wait; who sends more waits, too.
const QUEUE: usize = 256;

/// What an engine is made of.
pub struct Setup {
    /// Those who act.
    pub ports: Arc<dyn Ports>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The waiting.
    pub timer: Arc<dyn Timer>,
    /// Where secrets wait.
    pub desk: Desk,
}

/// The loop before it runs.
pub struct Engine {
    setup: Setup,
    state: State,
    messages: mpsc::Receiver<Message>,
    answers: mpsc::Sender<Message>,
    states: watch::Sender<Arc<State>>,
    typing: Typing,
}

impl Engine {
    /// An engine without a session, and the handle to it.
    #[must_use]
    pub fn new(setup: Setup) -> (Self, Handle) {
        let (answers, messages) = mpsc::channel(QUEUE);
        let (states, seen) = watch::channel(Arc::new(State::new()));
        let typing = Typing::default();
        let handle =
            Handle::new(answers.clone(), seen, setup.desk.clone(), setup.clock.clone(), typing.clone());
        (Self { setup, state: State::new(), messages, answers, states, typing }, handle)
    }

    /// Runs until every handle is gone or [`Handle::stop`] was called.
    pub async fn run(mut self) {
        loop {
            let (wake, longest) = self.sleep();
            tokio::select! {
                biased;
                message = self.messages.recv() => match message {
                    Some(Message::Event(event)) if !self.typing.stopped() => {
                        self.take(event).await;
                    }
                    Some(Message::Answer(event, told)) if !self.typing.stopped() => {
                        let taken = self.take(event).await;
                        // Who gave up waiting needs no answer.
                        let _ = told.send(taken);
                    }
                    Some(Message::SignIn(ask, told)) if !self.typing.stopped() => {
                        let begun = self.sign_in(ask).await;
                        // Who gave up waiting needs no answer.
                        let _ = told.send(begun);
                    }
                    // Who gave up waiting needs no answer.
                    Some(Message::Settle(done)) => drop(done.send(())),
                    _ => break,
                },
                () = self.setup.timer.wait(wake, longest) => {}
            }
            self.take(Event::Tick).await;
        }
        self.setup.desk.wipe_all();
    }

    fn sleep(&self) -> (Option<jiff::Timestamp>, Duration) {
        let longest = if self.state.restless() { AWAKE } else { IDLE };
        let now = self.setup.clock.now();
        let boot = now.boot;
        let wake = deadline(&self.state).map(|at| self.state.by_this_pc(at, now));
        let sweep =
            self.setup.desk.next_sweep().map(|at| Duration::try_from(at - boot).unwrap_or(Duration::ZERO));
        (wake, sweep.map_or(longest, |sweep| sweep.min(longest)))
    }

    /// Begins a sign-in and names it. While one goes on, only who asks for the same has a part in it.
    async fn sign_in(&mut self, ask: Ask) -> Result<ErrandId, Problem> {
        let ask = ask.tidied();
        if self.state.errand.busy() && self.state.errand.ask() != Some(&ask) {
            return Err(Code::SIGN_IN_RUNNING.into());
        }
        // The core lets one that goes on alone.
        self.take(Event::SignInAsked(ask)).await;
        Ok(self.state.newest())
    }

    /// Takes an event; `false` when it answers a question that is not the one that is open.
    async fn take(&mut self, event: Event) -> bool {
        let now = self.setup.clock.now();
        // Digits are no part of the state: whoever draws them is told that they are gone, though nothing else changed.
        let typed = self.typing.digits(&self.setup.desk) > 0;
        for entry in self.setup.desk.sweep(now) {
            self.step(Event::EntryWiped(entry)).await;
        }
        let taken = self.state.takes(&event);
        self.step(event).await;
        self.typing.wipe_unless(self.state.errand.question(), &self.setup.desk);
        self.states.send_if_modified(|seen| {
            let changed = **seen != self.state || (typed && self.typing.digits(&self.setup.desk) == 0);
            if changed {
                *seen = Arc::new(self.state.clone());
            }
            changed
        });
        taken
    }

    /// One event, and what the ports say at once about it: nobody sees a state in between.
    async fn step(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let (state, effects) = next(std::mem::take(&mut self.state), event, self.setup.clock.now());
            self.state = state;
            // No secret waits for a disk.
            let (wipes, effects): (Vec<_>, Vec<_>) =
                effects.into_iter().partition(|it| matches!(it, Effect::Wipe { .. } | Effect::WipeTyping));
            wipes.into_iter().for_each(|effect| self.act(effect));
            let (first, acts): (Vec<_>, Vec<_>) = effects.into_iter().partition(Effect::comes_first);
            for effect in first {
                events.extend(supervised(self.setup.ports.clone(), effect).await);
            }
            acts.into_iter().for_each(|effect| self.act(effect));
        }
    }

    fn act(&self, effect: Effect) {
        match effect {
            Effect::Wipe { entry } => return self.setup.desk.wipe(entry),
            Effect::WipeTyping => return self.typing.wipe(&self.setup.desk),
            _ => {}
        }
        let (ports, answers) = (self.setup.ports.clone(), self.answers.clone());
        tokio::spawn(async move {
            if let Some(event) = supervised(ports, effect).await {
                // The loop is gone: nobody waits for this answer any more.
                let _ = answers.send(Message::Event(event)).await;
            }
        });
    }
}

/// What the ports answer. One that panics leaves no errand waiting for ever, and the loop alive.
async fn supervised(ports: Arc<dyn Ports>, effect: Effect) -> Option<Event> {
    let lost = effect.lost(Problem::new(Code::ADAPTER_PANIC));
    let work = tokio::spawn(async move { ports.perform(effect).await });
    work.await.unwrap_or_else(|broken| if broken.is_panic() { lost } else { None })
}

#[cfg(test)]
mod tests;
