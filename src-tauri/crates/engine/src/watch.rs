//! The loop that watches the platform's services, beside the one of the session: what a list says never waits for a card,
//! and a storm of answers never delays a PIN.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use relais_core::continuity::list::{ServiceKey, ServiceList};
use relais_core::continuity::plan::Plan;
use relais_core::continuity::route::{Manual, Route};
use relais_core::continuity::watch::{Effect, Event, Held, State, deadline, next_all};
use relais_core::ports::{Timer, Watching};
use relais_core::time::{Clock, Moment};
use relais_core::{Code, Problem};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

/// Longest sleep: a suspend must be noticed by who looks; nobody needs to be woken otherwise.
const USED: Duration = Duration::from_secs(60);
/// Longest sleep while nobody looks.
const IDLE: Duration = Duration::from_secs(300);
/// Events that may wait; who sends more waits, too.
const QUEUE: usize = 256;

/// What a watch is made of.
pub struct WatchSetup {
    /// What is watched.
    pub plan: Plan,
    /// The list of an earlier run, its signature verified anew.
    pub kept: Option<Held>,
    /// Routes that a person chose in an earlier run.
    pub chosen: BTreeMap<ServiceKey, Manual>,
    /// A list of an earlier run that cannot be used now: none older is taken.
    pub newest: Option<Arc<ServiceList>>,
    /// Those who look.
    pub ports: Arc<dyn Watching>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The waiting.
    pub timer: Arc<dyn Timer>,
}

enum Message {
    Event(Event),
    Settle(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

/// The loop before it runs.
pub struct Watcher {
    setup: WatchSetup,
    state: State,
    messages: mpsc::Receiver<Message>,
    answers: mpsc::WeakSender<Message>,
    states: watch::Sender<Arc<State>>,
    /// What nobody waits for is written down; it is not lost when the watch stops.
    writing: JoinSet<()>,
}

/// What others hold of the watch. Clones lead to the same one; it ends with the last of them.
#[derive(Clone)]
pub struct WatchHandle {
    messages: mpsc::Sender<Message>,
    states: watch::Receiver<Arc<State>>,
    clock: Arc<dyn Clock>,
}

impl Watcher {
    /// A watch that has seen nothing yet, and the handle to it.
    #[must_use]
    pub fn new(setup: WatchSetup) -> (Self, WatchHandle) {
        let (sender, messages) = mpsc::channel(QUEUE);
        let state = State::new(Arc::new(setup.plan.clone()))
            .with(setup.kept.clone())
            .not_before(setup.newest.clone())
            .with_chosen(setup.chosen.clone());
        let (states, seen) = watch::channel(Arc::new(state.clone()));
        let answers = sender.downgrade();
        let handle = WatchHandle { messages: sender, states: seen, clock: setup.clock.clone() };
        (Self { setup, state, messages, answers, states, writing: JoinSet::new() }, handle)
    }

    /// Runs until it is stopped or every handle is gone; then what is being written down is.
    pub async fn run(mut self) {
        let stopped = self.watch().await;
        while self.writing.join_next().await.is_some() {}
        // Who gave up waiting needs no answer.
        stopped.map(|done| done.send(()));
    }

    async fn watch(&mut self) -> Option<oneshot::Sender<()>> {
        let mut waiting = vec![];
        loop {
            let longest = if self.state.in_use() { USED } else { IDLE };
            let wake = deadline(&self.state);
            tokio::select! {
                biased;
                many = self.messages.recv_many(&mut waiting, QUEUE) => match many {
                    0 => return None,
                    _ => if let Some(done) = self.take_all(std::mem::take(&mut waiting)) {
                        return Some(done);
                    },
                },
                () = self.setup.timer.wait(wake, longest) => self.take(vec![Event::Tick]),
            }
        }
    }

    /// What waits is taken together, up to who wants to know that it has been. Whoever stops the watch comes back, once
    /// what was seen up to then is taken, too: it is written down.
    fn take_all(&mut self, mut messages: Vec<Message>) -> Option<oneshot::Sender<()>> {
        let (mut events, mut stopped) = (vec![], None);
        if messages.iter().any(|message| matches!(message, Message::Stop(_))) {
            messages.extend(std::iter::from_fn(|| self.messages.try_recv().ok()));
        }
        for message in messages {
            match message {
                Message::Event(event) => events.push(event),
                Message::Settle(done) => {
                    self.take(std::mem::take(&mut events));
                    // Who gave up waiting needs no answer.
                    let _ = done.send(());
                }
                Message::Stop(done) => {
                    stopped.get_or_insert(done);
                }
            }
        }
        self.take(events);
        stopped
    }

    fn take(&mut self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let plan = Arc::new(Plan::default());
        let state = std::mem::replace(&mut self.state, State::new(plan));
        let (state, effects) = next_all(state, events, self.setup.clock.now());
        self.state = state;
        self.states.send_if_modified(|seen| {
            let changed = **seen != self.state;
            if changed {
                *seen = Arc::new(self.state.clone());
            }
            changed
        });
        effects.into_iter().for_each(|effect| self.act(effect));
    }

    fn act(&mut self, effect: Effect) {
        while self.writing.try_join_next().is_some() {}
        let ports = self.setup.ports.clone();
        let Some(lost) = effect.lost(Problem::new(Code::ADAPTER_PANIC)) else {
            self.writing.spawn(async move { drop(ports.perform(effect).await) });
            return;
        };
        let answers = self.answers.clone();
        tokio::spawn(async move {
            let work = tokio::spawn(async move { ports.perform(effect).await });
            let answer = work.await.unwrap_or_else(|broken| broken.is_panic().then_some(lost));
            if let (Some(event), Some(answers)) = (answer, answers.upgrade()) {
                // The loop is gone: nobody waits for this answer any more.
                let _ = answers.send(Message::Event(event)).await;
            }
        });
    }
}

impl WatchHandle {
    /// Tells the watch something. Fails only when it is gone.
    ///
    /// # Errors
    /// [`Code::ENGINE_STOPPED`].
    pub async fn tell(&self, event: Event) -> Result<(), Problem> {
        self.messages.send(Message::Event(event)).await.map_err(|_| Code::ENGINE_STOPPED.into())
    }

    /// Comes back when everything told so far has been taken.
    ///
    /// # Errors
    /// [`Code::ENGINE_STOPPED`].
    pub async fn settle(&self) -> Result<(), Problem> {
        let (done, waiting) = oneshot::channel();
        let gone = || Problem::new(Code::ENGINE_STOPPED);
        self.messages.send(Message::Settle(done)).await.map_err(|_| gone())?;
        waiting.await.map_err(|_| gone())
    }

    /// Ends the watch and comes back once what it was writing down is written. A watch that is gone has ended.
    pub async fn stop(&self) {
        let (done, waiting) = oneshot::channel();
        if self.messages.send(Message::Stop(done)).await.is_ok() {
            let _ = waiting.await;
        }
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

    /// The clock it goes by.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Where the calls of a service go; `None` where nobody knows it.
    #[must_use]
    pub fn route(&self, key: &ServiceKey, now: Timestamp) -> Option<Route> {
        self.states.borrow().route(key, now)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use jiff::SignedDuration;
    use relais_core::continuity::plan::{Function, Target};
    use relais_core::continuity::watch::{Chance, Heard};
    use relais_core::ports::Later;

    use super::*;

    struct Standing;

    impl Clock for Standing {
        fn now(&self) -> Moment {
            Moment { wall: Timestamp::UNIX_EPOCH, boot: SignedDuration::ZERO }
        }
    }

    /// Time does not pass here.
    impl Timer for Standing {
        fn wait(&self, _: Option<Timestamp>, _: Duration) -> Later<'_, ()> {
            Box::pin(std::future::pending())
        }
    }

    /// Answers looks at services; whoever reads the list breaks.
    #[derive(Default)]
    struct Looks(Mutex<Vec<Effect>>);

    impl Watching for Looks {
        fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
            self.0.lock().unwrap().push(effect.clone());
            Box::pin(async move {
                match effect {
                    Effect::Probe { url } => {
                        Some(Event::Probed { url, heard: Heard::Answers, chance: Chance::EVEN })
                    }
                    Effect::LookAtList { .. } => panic!("a reader that breaks"),
                    _ => None,
                }
            })
        }
    }

    fn plan() -> Plan {
        let target = Target {
            key: ServiceKey("uddi:kgss".into()),
            default: Some("https://platform.test/Kgss/v1".into()),
            direct: None,
        };
        let function =
            Function { id: "encryption".into(), targets: vec![target], insurers: false, rungs: vec![] };
        Plan { list_every: Some(SignedDuration::from_mins(5)), functions: vec![function] }
    }

    fn watching(ports: Arc<Looks>) -> (Watcher, WatchHandle) {
        let (clock, timer) = (Arc::new(Standing), Arc::new(Standing));
        let (chosen, kept, newest) = (BTreeMap::new(), None, None);
        Watcher::new(WatchSetup { plan: plan(), kept, chosen, newest, ports, clock, timer })
    }

    #[tokio::test]
    async fn what_is_seen_while_the_watch_is_being_stopped_is_written_down_before_it_ends() {
        let ports = Arc::new(Looks::default());
        let (mut watcher, handle) = watching(ports.clone());
        let heard = Heard::Answers;
        let url = "https://platform.test/Kgss/v1".to_owned();
        let (done, ended) = oneshot::channel();
        handle.messages.send(Message::Stop(done)).await.unwrap();
        handle.tell(Event::Probed { url, heard, chance: Chance::EVEN }).await.unwrap();
        // The first look of the watch itself is not waited for.
        watcher.take(vec![Event::Tick]);
        watcher.run().await;
        ended.await.unwrap();
        let did = ports.0.lock().unwrap().clone();
        let noted = |effect: &Effect| matches!(effect, Effect::Noted { changes, .. } if !changes.is_empty());
        assert!(did.iter().any(noted), "{did:?}");
    }

    #[tokio::test]
    async fn looks_are_made_and_one_that_breaks_is_told_and_ends_nothing() {
        let ports = Arc::new(Looks::default());
        let (watcher, handle) = watching(ports.clone());
        let running = tokio::spawn(watcher.run());
        handle.tell(Event::InUse(true)).await.unwrap();
        let mut states = handle.states();
        let both = |state: &Arc<State>| {
            let health = relais_core::continuity::judge::health(
                state,
                &state.plan().functions[0],
                Timestamp::UNIX_EPOCH,
            );
            state.list_problem().is_some() && health != relais_core::continuity::health::Health::Unknown
        };
        let state = states.wait_for(both).await.unwrap().clone();
        let (problem, refused) = state.list_problem().unwrap();
        assert_eq!((problem.code, refused), (Code::ADAPTER_PANIC, false));
        drop((states, state, handle));
        running.await.unwrap();
        assert!(ports.0.lock().unwrap().contains(&Effect::LookAtList { known: None }));
    }
}
