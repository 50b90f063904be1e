//! Which looks are due, and which addresses are worth one.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::super::health::{Health, Pulse};
use super::super::plan::{Found, Side, host};
use super::super::route::choose;
use super::pace::{AT_ONCE, FAILED, Look};
use super::{Effect, LONG_AGO, State};
use crate::time::Moment;

/// The latest moment at which something has to be looked at.
pub(super) fn next_look(state: &State) -> Option<Timestamp> {
    if !state.watches() {
        return None;
    }
    let list = state.plan.list_every.and_then(|every| state.list.look.due_at(state.list_pause(every)));
    let busy = state.busy_hosts();
    // What waits for another look begins when that one ends.
    let full = busy.len() >= state.room();
    let free = state.looks.iter().filter(|(url, _)| !full && !busy.contains(host(url)));
    let looks = free.filter_map(|(url, look)| look.due_at(state.pause(url, look)));
    list.into_iter().chain(looks).min()
}

impl State {
    /// Who is cut off looks often: a list that nobody reaches costs nobody anything.
    fn list_pause(&self, every: SignedDuration) -> SignedDuration {
        let offline = self.offline_since.is_some();
        self.list.look.length(if offline { every.min(FAILED) } else { every })
    }

    /// How many services may be looked at at once. A PC that is cut off asks the list whether it is back, and one host
    /// after another: the platform may be gone with its list.
    fn room(&self) -> usize {
        if self.offline_since.is_some() { 1 } else { AT_ONCE }
    }

    /// The pause of one look. What just came back has to prove it soon, and what came and went of late is watched.
    fn pause(&self, url: &str, look: &Look) -> SignedDuration {
        if self.offline_since.is_some() {
            return self.turn(look);
        }
        let closer = self.probes.get(url).and_then(|pulse| match pulse {
            doubtful if doubtful.in_doubt() => Some(FAILED),
            restless if restless.comes_and_goes() => Some(FAILED * 2),
            _ => None,
        });
        look.pause(self.in_use, closer)
    }

    /// Hosts that are being asked; one at a time each, so they are as many as the looks under way.
    fn busy_hosts(&self) -> BTreeSet<String> {
        let busy = self.looks.iter().filter(|(_, look)| look.under_way());
        busy.map(|(url, _)| host(url).to_owned()).collect()
    }

    /// The looks whose time has come; a host is asked one thing at a time, and not everything at once.
    pub(super) fn looks_due(&mut self, now: Moment) -> Vec<Effect> {
        let mut effects = vec![];
        let known = self.held().and_then(|held| held.hash.clone());
        if let Some(every) = self.plan.list_every {
            let pause = self.list_pause(every);
            if self.list.look.begin(pause, now) {
                effects.push(Effect::LookAtList { known });
            }
        }
        let (usual, more) = self.wanted(now.wall);
        let wanted = |url: &String| usual.contains(url) || more.contains(url);
        self.looks.retain(|url, look| look.under_way() || wanted(url) || look.left_alone(now));
        self.probes.retain(|url, pulse| wanted(url) || pulse.health(now.wall) != Health::Unknown);
        self.calls.retain(|_, pulse| {
            pulse.last().is_some_and(|last| now.wall.duration_since(last).abs() <= LONG_AGO)
        });
        for url in more {
            self.looks.entry(url).or_insert_with(|| Look::in_a_while(self.chance, now));
        }
        for url in usual {
            self.looks.entry(url).or_default();
        }
        effects.extend(self.begin_probes(now).into_iter().map(|url| Effect::Probe { url }));
        effects
    }

    fn begin_probes(&mut self, now: Moment) -> Vec<String> {
        let (room, mut busy) = (self.room(), self.busy_hosts());
        let mut pauses: Vec<_> =
            self.looks.iter().map(|(url, look)| (url.clone(), self.pause(url, look), look.last())).collect();
        if self.offline_since.is_some() {
            pauses.sort_by_key(|(_, _, last)| last.map(|last| last.boot));
        }
        let mut begun = vec![];
        for (url, pause, _) in pauses {
            let free = busy.len() < room && !busy.contains(host(&url));
            if free && self.looks.get_mut(&url).is_some_and(|look| look.begin(pause, now)) {
                busy.insert(host(&url).to_owned());
                begun.push(url);
            }
        }
        begun
    }

    /// The addresses worth a look: the one that is to be called and the one that was left; and, as the second, every other
    /// while that one is in doubt. The insurers' hosts are asked only then.
    fn wanted(&self, now: Timestamp) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut wanted, mut more) = (BTreeSet::new(), BTreeSet::new());
        if self.offline_since.is_some() {
            return (wanted, self.witnesses().into_values().collect());
        }
        for found in self.found() {
            let memory = self.memory(&found.key);
            let first = choose(&found.service, &memory, now).order.swap_remove(0);
            let doubt = self.in_doubt(&found, now);
            wanted.insert(first);
            wanted.insert(found.service.active().url.clone());
            wanted.extend(memory.to_probe(&found.service).map(str::to_owned));
            if doubt {
                more.extend(found.service.endpoints().iter().map(|endpoint| endpoint.url.clone()));
            } else if found.service.on_backup() {
                more.extend(found.on(Side::Platform).map(|endpoint| endpoint.url.clone()));
            }
        }
        more.extend(self.last_resort(&wanted));
        (wanted, more)
    }

    /// The platform's road to a service is in doubt.
    fn in_doubt(&self, found: &Found, now: Timestamp) -> bool {
        // A look that failed is made again soon; a call may never be, and says nothing of now once it is old.
        let called = |pulse: &Pulse| pulse.in_doubt() && !pulse.is_stale(now);
        let doubtful = |url: &String| {
            self.probes.get(url).is_some_and(Pulse::in_doubt) || self.calls.get(url).is_some_and(called)
        };
        found.on(Side::Platform).any(|endpoint| endpoint.active && doubtful(&endpoint.url))
            || found.active_side() == Side::Insurers
    }
}
