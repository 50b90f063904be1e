//! What is looked at, and when: the platform's list, and whether services answer. Gently: every look has its pause, a host
//! is asked one thing at a time, and what asks to be left alone is.
//!
//! A failure of everything at once is this PC's own: then nothing is claimed of any service.

mod deeds;
mod hearing;
mod listing;
mod looking;
mod noting;
mod offline;
mod pace;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::announced::{self, Announced};
use super::health::{Health, Pulse};
use super::list::{ServiceKey, ServiceList};
use super::plan::Plan;
use super::route::{Manual, Memory, Outcome, Route, choose};
use crate::code::Problem;
use crate::time::Moment;

pub use crate::session::lookout::Chance;
pub use deeds::Did;
use deeds::Way;
use looking::next_look;
pub use noting::{MARK, Noted};
use pace::Look;
pub use pace::{AT_ONCE, FAILED, IDLE, SPREAD, USED};

/// Calls that were made longer ago are forgotten.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24);

/// Everything that is known of the platform's services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    plan: Arc<Plan>,
    /// Somebody looks, or a session is open.
    in_use: bool,
    list: ListWatch,
    /// What is looked at, by address.
    looks: BTreeMap<String, Look>,
    /// What came of looks, by address.
    pub(super) probes: BTreeMap<String, Pulse>,
    /// What came of calls, by address.
    pub(super) calls: BTreeMap<String, Pulse>,
    routes: BTreeMap<ServiceKey, Memory>,
    /// Hosts that did not answer since anybody was last reached.
    silent: BTreeSet<String>,
    /// The newest that was drawn.
    chance: Chance,
    offline_since: Option<Timestamp>,
    /// When anybody was reached last, in this run.
    reached_at: Option<Timestamp>,
    /// How each function was seen last, and since when.
    seen: BTreeMap<String, (Health, Timestamp)>,
    announced: Arc<[Announced]>,
    /// Why the newest announcements were not taken.
    announced_problem: Option<Problem>,
    /// When it was written down last that somebody looked.
    noted_at: Option<Timestamp>,
    /// How calls went when that was written down last, where not as the list says.
    ways: BTreeMap<ServiceKey, Way>,
}

/// The platform's list, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ListWatch {
    held: Option<Held>,
    /// The newest that is known of and cannot be used now: nothing older takes its place.
    floor: Option<Arc<ServiceList>>,
    look: Look,
    /// Why the newest look taught nothing.
    problem: Option<Problem>,
    /// It came, and was not believed.
    refused: bool,
    /// Why the list of an earlier run was not believed; until a good one comes.
    kept_problem: Option<Problem>,
    /// How many looks have ended.
    looks: u64,
}

/// A list that is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it says.
    pub list: Arc<ServiceList>,
    /// Its short hash, to be asked with.
    pub hash: Option<String>,
    /// When the platform last answered with it, or said that it is the newest.
    pub answered_at: Timestamp,
    /// Services that were left out of it.
    pub skipped: usize,
}

/// What came of a look at the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// There is nothing newer than the hash that was asked with.
    Same,
    /// A list that is believed.
    New {
        /// What it says.
        list: Arc<ServiceList>,
        /// Its short hash.
        hash: String,
        /// Services that were left out of it.
        skipped: usize,
    },
    /// It came and is not believed.
    Refused(Problem),
    /// The host answered, with something else.
    Failed(Problem),
    /// The host was not reached.
    Unreached(Problem),
}

/// What a look at a service came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It answers.
    Answers,
    /// It answers, and its host asks to be left alone.
    Busy {
        /// How long.
        wait: SignedDuration,
    },
    /// Its host answers, and says that it does not.
    Fails {
        /// How long the host asks to be left alone.
        wait: Option<SignedDuration>,
    },
    /// Nobody was reached.
    Unreached,
    /// The look itself broke: nothing was learned.
    Lost,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Time has passed.
    Tick,
    /// Somebody looks, or a session is open; or neither.
    InUse(bool),
    /// Somebody wants to know how things are now: whatever is looked at is looked at once this has passed since the last look.
    Wanted {
        /// The pause. What a host asks for still holds.
        after: SignedDuration,
    },
    /// The list was looked at.
    ListLooked {
        /// What came of it.
        looked: Looked,
        /// How long the host asks to be left alone.
        wait: Option<SignedDuration>,
        /// For the next pause.
        chance: Chance,
    },
    /// A service was looked at.
    Probed {
        /// Its address.
        url: String,
        /// What came of it.
        heard: Heard,
        /// For the next pause.
        chance: Chance,
    },
    /// Somebody's sign-in asked whether an address answers before it is used. It is as good as a look, and what finds a
    /// zone out of order moves the route.
    PassedBy {
        /// Which address.
        url: String,
        /// What it means for the route.
        outcome: Outcome,
        /// Whether the host was reached.
        reached: bool,
    },
    /// A real call was made from this PC.
    Called {
        /// Where to.
        url: String,
        /// What it means for the route.
        outcome: Outcome,
        /// Whether the host was reached.
        reached: bool,
    },
    /// Somebody wants the list to be looked at now.
    ListWanted,
    /// The list of an earlier run is not believed.
    KeptRefused(Problem),
    /// What was announced; or why that cannot be read, and what was known of it stays.
    Announced(Result<Arc<[Announced]>, Problem>),
    /// A person chose an address, or took the choice back.
    Chosen {
        /// Of which service.
        key: ServiceKey,
        /// What they chose.
        manual: Option<Manual>,
    },
}

/// What is to be done. Doing it twice is harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Look whether there is another list than the one of this hash.
    LookAtList {
        /// The hash at hand.
        known: Option<String>,
    },
    /// Keep the document of this digest: it is the list in use now.
    KeepList {
        /// SHA-256 of the document.
        digest: [u8; 32],
        /// Its short hash.
        hash: String,
        /// When it came.
        at: Timestamp,
    },
    /// Ask whether anybody answers there.
    Probe {
        /// The address.
        url: String,
    },
    /// Write down that somebody looked, and which functions are not as they were.
    Noted {
        /// When.
        at: Timestamp,
        /// Each function once.
        changes: Vec<Noted>,
    },
    /// Write down what was done about a route.
    Did(Box<Did>),
    /// Keep the routes that a person chose, as [`State::chosen`] has them by then, for the next start.
    KeepRoutes,
    /// Write down that a list came which nobody should believe. Told once for each reason.
    ListRefused(Problem),
}

impl Effect {
    /// What its asker hears where whoever should do it broke.
    #[must_use]
    pub fn lost(&self, problem: Problem) -> Option<Event> {
        let chance = Chance::EVEN;
        match self {
            Self::LookAtList { .. } => {
                Some(Event::ListLooked { looked: Looked::Failed(problem), wait: None, chance })
            }
            Self::Probe { url } => Some(Event::Probed { url: url.clone(), heard: Heard::Lost, chance }),
            Self::KeepList { .. }
            | Self::Noted { .. }
            | Self::Did(_)
            | Self::KeepRoutes
            | Self::ListRefused(_) => None,
        }
    }
}

impl State {
    /// Nothing is known yet of what the plan names.
    #[must_use]
    pub fn new(plan: Arc<Plan>) -> Self {
        Self {
            plan,
            in_use: false,
            list: ListWatch::default(),
            looks: BTreeMap::new(),
            probes: BTreeMap::new(),
            calls: BTreeMap::new(),
            routes: BTreeMap::new(),
            silent: BTreeSet::new(),
            chance: Chance::EVEN,
            offline_since: None,
            reached_at: None,
            seen: BTreeMap::new(),
            announced: Arc::default(),
            announced_problem: None,
            noted_at: None,
            ways: BTreeMap::new(),
        }
    }

    /// With a list of an earlier run, whose signature was verified anew.
    #[must_use]
    pub fn with(mut self, held: Option<Held>) -> Self {
        self.list.held = held;
        self
    }

    /// With a list of an earlier run that cannot be used now, such as one from after the clock's time: none older is taken.
    #[must_use]
    pub fn not_before(mut self, newest: Option<Arc<ServiceList>>) -> Self {
        self.list.floor = newest;
        self
    }

    /// What is watched.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The list in use, whatever its age.
    #[must_use]
    pub fn held(&self) -> Option<&Held> {
        self.list.held.as_ref()
    }

    /// The list in use, whatever its age.
    #[must_use]
    pub fn list(&self) -> Option<&ServiceList> {
        self.held().map(|held| &*held.list)
    }

    /// Why the newest look at the list taught nothing; and whether that was because it is not authentic or not for here.
    #[must_use]
    pub fn list_problem(&self) -> Option<(&Problem, bool)> {
        let kept = self.list.kept_problem.as_ref().filter(|_| self.list.held.is_none());
        let newest = self.list.problem.as_ref().map(|problem| (problem, self.list.refused));
        kept.map(|problem| (problem, true)).or(newest)
    }

    /// How many looks at the list have ended.
    #[must_use]
    pub fn list_looks(&self) -> u64 {
        self.list.looks
    }

    /// What is announced of a function: what holds now, else what comes next.
    #[must_use]
    pub fn announced(&self, function: &str, now: Timestamp) -> Option<&Announced> {
        announced::of(&self.announced, function, now)
    }

    /// What a person has to be told of what lay on this PC and cannot be used.
    #[must_use]
    pub fn troubles(&self) -> Vec<&Problem> {
        self.list.kept_problem.iter().chain(&self.announced_problem).collect()
    }

    /// This PC has reached nothing since then.
    #[must_use]
    pub fn offline_since(&self) -> Option<Timestamp> {
        self.offline_since
    }

    /// When this PC reached anybody last, in this run: a list that was kept says nothing of the network of now.
    #[must_use]
    pub fn reached_at(&self) -> Option<Timestamp> {
        self.reached_at
    }

    /// Since when a function is in the state it was seen in last.
    #[must_use]
    pub fn since(&self, function: &str) -> Option<Timestamp> {
        self.seen.get(function).map(|(_, since)| *since)
    }

    /// Where the calls of a service go; `None` where neither list nor environment knows it.
    #[must_use]
    pub fn route(&self, key: &ServiceKey, now: Timestamp) -> Option<Route> {
        let found = self.target(key)?.found(self.list())?;
        Some(choose(&found.service, &self.memory(&found.key), now))
    }

    /// What is remembered of a service's route, by the key the list gives it.
    #[must_use]
    pub fn memory(&self, key: &ServiceKey) -> Memory {
        self.routes.get(key).cloned().unwrap_or_default()
    }

    fn target(&self, key: &ServiceKey) -> Option<&super::plan::Target> {
        self.plan.functions.iter().flat_map(|function| &function.targets).find(|target| target.key == *key)
    }

    /// Somebody looks, or a session is open.
    #[must_use]
    pub fn in_use(&self) -> bool {
        self.in_use
    }

    /// Nothing is being looked at, and nothing has to be before `deadline`.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> bool {
        let under_way = self.list.look.under_way() || self.looks.values().any(Look::under_way);
        !under_way && next_look(self).is_none_or(|due| due > now)
    }

    /// Something is to be looked at.
    fn watches(&self) -> bool {
        self.plan.list_every.is_some() || !self.plan.functions.is_empty()
    }
}

/// The state after `event`, and what is to be done.
#[must_use]
pub fn next(state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    next_all(state, [event], now)
}

/// The state after events of one moment, and what is to be done. What follows from all of them together is looked at once,
/// so that many answers at a time cost little more than one.
#[must_use]
pub fn next_all(
    mut state: State,
    events: impl IntoIterator<Item = Event>,
    now: Moment,
) -> (State, Vec<Effect>) {
    let (mut effects, mut look) = (vec![], false);
    for event in events {
        look |= event.is_look();
        effects.extend(state.hear(event, now));
    }
    effects.extend(state.noted(look, now.wall));
    effects.extend(state.deeds(now.wall));
    effects.extend(state.looks_due(now));
    (state, effects)
}

/// The latest moment at which something has to be looked at, or a person's choice ends; `None` while everything due is
/// under way.
#[must_use]
pub fn deadline(state: &State) -> Option<Timestamp> {
    next_look(state).into_iter().chain(state.choice_ends_at()).min()
}

impl State {
    fn found(&self) -> Vec<super::plan::Found> {
        self.plan.functions.iter().flat_map(|function| function.services(self.list())).collect()
    }
}

#[cfg(test)]
pub(super) mod tests;
