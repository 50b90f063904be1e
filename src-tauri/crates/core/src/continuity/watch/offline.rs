//! Whether it is this PC that reaches nothing.
//!
//! Nobody says so before one address of every host that is known has been silent since anybody was last reached: the
//! platform's list and its services may be gone together, and the insurers be there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;

use super::super::plan::host;
use super::State;
use super::pace::{FAILED, Look, SOON};
use crate::time::Moment;

/// Stands for the host of the list.
pub(super) const LIST: &str = "";
/// So many hosts are needed to tell this PC from a host.
const WITNESSES: usize = 2;

impl State {
    /// A host was reached, or not: when none is, it is this PC that is cut off.
    pub(super) fn heard_of(&mut self, of: &str, reached: bool, now: Moment) {
        if reached {
            self.silent.clear();
            self.reached_at = Some(now.wall);
            return self.back(now);
        }
        self.silent.insert(of.to_owned());
        if self.all_are_silent() {
            self.cut_off(now);
        } else {
            self.ask_the_others();
        }
    }

    fn all_are_silent(&self) -> bool {
        let hosts = self.witnesses();
        let listed = self.plan.list_every.is_some();
        let list = !listed || self.silent.contains(LIST);
        let known = hosts.len() + usize::from(listed);
        list && known >= WITNESSES && hosts.keys().all(|known| self.silent.contains(known))
    }

    /// One address of every host that is known, whoever runs it.
    pub(super) fn witnesses(&self) -> BTreeMap<String, String> {
        let mut hosts = BTreeMap::new();
        for found in self.found() {
            for endpoint in found.service.endpoints() {
                hosts.entry(host(&endpoint.url).to_owned()).or_insert_with(|| endpoint.url.clone());
            }
        }
        hosts
    }

    /// Whoever is looked at anyway is silent, and the list too: what is left are hosts that nobody asks in healthy times.
    pub(super) fn last_resort(&self, usual: &BTreeSet<String>) -> Vec<String> {
        let asked: BTreeSet<_> = usual.iter().map(|url| host(url)).collect();
        let list = self.plan.list_every.is_none() || self.silent.contains(LIST);
        let silent = list && asked.iter().all(|asked| self.silent.contains(*asked));
        if self.silent.is_empty() || !silent {
            return vec![];
        }
        let others = self.witnesses().into_iter().filter(|(host, _)| !asked.contains(host.as_str()));
        others.map(|(_, url)| url).collect()
    }

    /// Nothing is claimed of any service from here on.
    fn cut_off(&mut self, now: Moment) {
        self.offline_since.get_or_insert(now.wall);
        self.probes.clear();
        self.calls.clear();
    }

    /// Everything is looked at anew, not by every PC at the same instant.
    fn back(&mut self, now: Moment) {
        if self.offline_since.take().is_some() {
            let chance = self.chance;
            self.looks.values_mut().for_each(|look| look.begin_anew(chance, now));
            self.list.look.wanted_after(SignedDuration::ZERO);
        }
    }

    /// How long the pause of a look is while this PC is cut off: one host after another is asked whether it is there, the
    /// one that was asked longest ago first.
    pub(super) fn turn(&self, look: &Look) -> SignedDuration {
        let last = |look: &Look| look.last().map_or(SignedDuration::ZERO, |last| last.boot);
        let newest = self.looks.values().map(last).max().unwrap_or_default();
        look.asked_pause(FAILED + (newest - last(look)))
    }

    /// The list is asked whether this PC reaches anything; where it does not answer either, so is every host that is
    /// looked at, at one address.
    fn ask_the_others(&mut self) {
        if self.plan.list_every.is_some() && !self.silent.contains(LIST) {
            return self.list.look.wanted_after(SOON);
        }
        let mut asked = BTreeSet::new();
        for (url, look) in &mut self.looks {
            let heard = !self.silent.contains(host(url));
            if heard && !look.under_way() && asked.insert(host(url).to_owned()) {
                look.wanted_after(SOON);
            }
        }
    }
}
