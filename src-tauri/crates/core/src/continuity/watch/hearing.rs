//! What each event teaches: of services by looks, by calls and by who passed them, of routes, and of what was announced.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::super::announced::Announced;
use super::super::list::ServiceKey;
use super::super::plan::host;
use super::super::route::{Manual, Outcome};
use super::pace::FAILED;
use super::{Chance, Effect, Event, Heard, State};
use crate::code::Problem;
use crate::time::Moment;

impl State {
    pub(super) fn hear(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        match event {
            Event::Tick => vec![],
            Event::InUse(in_use) => {
                self.in_use = in_use;
                vec![]
            }
            Event::ListLooked { looked, wait, chance } => self.list_looked(looked, wait, chance, now),
            Event::Probed { url, heard, chance } => {
                self.probed(&url, heard, chance, now);
                vec![]
            }
            Event::Wanted { after } => {
                self.list.look.wanted_after(after);
                self.looks.values_mut().for_each(|look| look.wanted_after(after));
                vec![]
            }
            Event::PassedBy { url, outcome, reached } => {
                self.passed_by(&url, outcome, reached, now);
                vec![]
            }
            Event::Called { url, outcome, reached } => {
                self.called(&url, outcome, reached, now);
                vec![]
            }
            Event::ListWanted => {
                self.list.look.wanted_after(SignedDuration::ZERO);
                vec![]
            }
            Event::KeptRefused(problem) => {
                self.list.kept_problem = Some(problem);
                vec![]
            }
            Event::Announced(read) => {
                self.announce(read);
                vec![]
            }
            Event::Chosen { key, manual } => {
                self.choose(&key, manual);
                vec![]
            }
        }
    }

    fn probed(&mut self, url: &str, heard: Heard, chance: Chance, now: Moment) {
        let worked = matches!(heard, Heard::Answers | Heard::Busy { .. });
        let wait = match heard {
            Heard::Fails { wait } => wait,
            Heard::Busy { wait } => Some(wait),
            Heard::Answers | Heard::Unreached | Heard::Lost => None,
        };
        self.chance = chance;
        if let Some(look) = self.looks.get_mut(url) {
            look.done(worked, wait, chance, now);
        }
        if heard == Heard::Lost {
            return;
        }
        self.heard_of(host(url), heard != Heard::Unreached, now);
        self.beat(url, worked, now);
    }

    fn passed_by(&mut self, url: &str, outcome: Outcome, reached: bool, now: Moment) {
        self.heard_of(host(url), reached, now);
        self.beat(url, outcome != Outcome::Switch, now);
        if self.offline_since.is_none() {
            self.moved(url, outcome, now.wall);
        }
    }

    /// What a look says. Nothing is said of a service by a PC that reaches nothing.
    fn beat(&mut self, url: &str, worked: bool, now: Moment) {
        if self.offline_since.is_some() {
            return;
        }
        let pulse = self.probes.remove(url).unwrap_or_default().heard(worked, now.wall);
        self.probes.insert(url.to_owned(), pulse);
        for memory in self.routes.values_mut() {
            *memory = std::mem::take(memory).probed(url, worked, now.wall);
        }
        if !worked {
            self.list_wanted();
        }
    }

    fn called(&mut self, url: &str, outcome: Outcome, reached: bool, now: Moment) {
        self.heard_of(host(url), reached, now);
        if self.offline_since.is_some() {
            return;
        }
        let worked = outcome != Outcome::Switch;
        let pulse = self.calls.remove(url).unwrap_or_default().heard(worked, now.wall);
        self.calls.insert(url.to_owned(), pulse);
        self.moved(url, outcome, now.wall);
        if !worked {
            self.list_wanted();
            // Whoever reads that it seems to fail is told soon whether it does.
            self.looks.get_mut(url).into_iter().for_each(|look| look.wanted_after(FAILED));
        }
    }

    /// The route of a service after its address said this.
    fn moved(&mut self, url: &str, outcome: Outcome, now: Timestamp) {
        let found = self.found().into_iter().find(|found| found.service.answers_at(url));
        if let Some(found) = found {
            let memory = self.routes.remove(&found.key).unwrap_or_default();
            self.routes.insert(found.key, memory.called(&found.service, url, outcome, now));
        }
    }

    /// What cannot be read takes nothing away.
    fn announce(&mut self, read: Result<Arc<[Announced]>, Problem>) {
        match read {
            Ok(announced) => (self.announced, self.announced_problem) = (announced, None),
            Err(problem) => self.announced_problem = Some(problem),
        }
    }

    fn choose(&mut self, key: &ServiceKey, manual: Option<Manual>) {
        let key = self.target(key).and_then(|target| target.found(self.list())).map(|found| found.key);
        if let Some(key) = key {
            let memory = self.routes.remove(&key).unwrap_or_default();
            self.routes.insert(key, memory.by_person(manual));
        }
    }
}
