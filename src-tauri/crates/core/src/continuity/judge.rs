//! What is said of one function: by the list, by the calls of this PC, by our own looks; and what follows from it.

use jiff::Timestamp;

use super::health::{Health, Pulse, Turn, headline, together};
use super::ladder::{Fact, Known, Standing, standings};
use super::plan::{Found, Function, Side, fresh, host};
use super::timeline::{Seen, Witness as By};
use super::watch::State;

/// What one witness says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// Nothing: the list does not name it, nothing was called, nothing can be looked at.
    Nothing,
    /// What it said is too old to count.
    Old,
    /// All as usual.
    Works,
    /// It goes by a backup.
    Backup,
    /// Part of it does.
    Partly,
    /// Nothing answers.
    Fails,
    /// It comes and goes.
    Restless,
    /// The newest failed, which is not believed yet.
    Falters,
    /// It failed, and the newest worked, which is not believed yet.
    Returns,
}

/// One dated witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How things are, by it.
    pub health: Health,
    /// What it says.
    pub said: Said,
    /// When it said so last.
    pub at: Option<Timestamp>,
    /// The hosts it speaks of.
    pub hosts: Vec<String>,
}

/// Everything that is said of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The worst of what is said.
    pub health: Health,
    /// What was heard and is not believed yet, and since when: whatever `health` says is in doubt.
    pub turning: Option<(Turn, Timestamp)>,
    /// The platform's list.
    pub authority: Evidence,
    /// The calls of this PC.
    pub real: Evidence,
    /// Our own looks.
    pub probe: Evidence,
    /// The platform's part.
    pub platform: Health,
    /// The insurers' part; `None` where they have none.
    pub insurers: Option<Health>,
    /// How each level stands, by its place.
    pub standings: Vec<Standing>,
    /// The first level in force.
    pub level: Option<usize>,
}

/// How a function is.
#[must_use]
pub fn health(state: &State, function: &Function, now: Timestamp) -> Health {
    if state.offline_since().is_some() {
        return Health::Unknown;
    }
    let witness = Witness::new(state, function, now);
    let announced = state.announced(&function.id, now).is_some_and(|one| one.holds(now));
    headline(&[witness.listed(), witness.heard(Kind::Call), witness.heard(Kind::Probe)], announced)
}

/// What that rests on: who said anything, and when last. Who knows nothing is asked only where nobody knows anything.
#[must_use]
pub fn seen(state: &State, function: &Function, now: Timestamp) -> Vec<Seen> {
    let witness = Witness::new(state, function, now);
    let all = [
        (By::Authority, witness.authority()),
        (By::Real, witness.evidence(Kind::Call)),
        (By::Probe, witness.evidence(Kind::Probe)),
    ];
    let silent = all.iter().all(|(_, evidence)| evidence.health == Health::Unknown);
    let told = |(by, evidence): (By, Evidence)| {
        let counts = silent || evidence.health != Health::Unknown;
        evidence.at.filter(|_| counts).map(|at| Seen { by, health: evidence.health, at })
    };
    all.into_iter().filter_map(told).collect()
}

/// Everything that is said of a function; `local` knows what this PC itself can tell.
#[must_use]
pub fn verdict(state: &State, function: &Function, local: &impl Known, now: Timestamp) -> Verdict {
    let witness = Witness::new(state, function, now);
    let known = |fact: Fact| witness.fact(fact).or_else(|| local.fact(fact));
    let standings = standings(&function.rungs, &known);
    Verdict {
        health: health(state, function, now),
        turning: witness.turning(),
        authority: witness.authority(),
        real: witness.evidence(Kind::Call),
        probe: witness.evidence(Kind::Probe),
        platform: witness.side(Side::Platform),
        insurers: function.insurers.then(|| witness.side(Side::Insurers)),
        level: standings.iter().position(|standing| *standing == Standing::InForce),
        standings,
    }
}

/// What a fact that the signals tell comes to for this function.
#[must_use]
pub fn signal(state: &State, function: &Function, fact: Fact, now: Timestamp) -> Option<bool> {
    Witness::new(state, function, now).fact(fact)
}

/// Which of our own witnesses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Call,
    Probe,
}

/// The services of one function at one moment.
struct Witness<'a> {
    state: &'a State,
    services: Vec<Found>,
    /// The list is young enough to say what is true now.
    fresh: bool,
    now: Timestamp,
}

impl<'a> Witness<'a> {
    fn new(state: &'a State, function: &Function, now: Timestamp) -> Self {
        let fresh = state.held().is_some_and(|held| fresh(held.answered_at, now));
        Self { state, services: function.services(state.list()), fresh, now }
    }

    fn online(&self) -> bool {
        self.state.offline_since().is_none()
    }

    fn pulse(&self, kind: Kind, url: &str) -> Option<&Pulse> {
        match kind {
            Kind::Call => self.state.calls.get(url),
            Kind::Probe => self.state.probes.get(url),
        }
    }

    fn at(&self, kind: Kind, url: &str) -> Health {
        self.pulse(kind, url).map_or(Health::Unknown, |pulse| pulse.health(self.now))
    }

    /// What both of our own witnesses say of one address: the worse, for a call may fail where a look is answered.
    fn own(&self, url: &str) -> Health {
        self.at(Kind::Call, url).max(self.at(Kind::Probe, url))
    }

    /// What the list says, while it counts.
    fn listed(&self) -> Health {
        if !self.fresh || !self.online() {
            return Health::Unknown;
        }
        together(self.services.iter().filter(|found| found.listed).map(by_list))
    }

    /// What our own calls or looks say.
    fn heard(&self, kind: Kind) -> Health {
        together(self.services.iter().map(|found| self.of_service(kind, found)))
    }

    /// How one service is reached: at the address that is to be called, else at any other.
    fn of_service(&self, kind: Kind, found: &Found) -> Health {
        let active = found.service.active();
        let works = |url: &str| self.at(kind, url) == Health::Operational;
        let elsewhere = || found.service.endpoints().iter().any(|endpoint| works(&endpoint.url));
        match self.at(kind, &active.url) {
            Health::Operational if active.order == 0 => Health::Operational,
            Health::Operational => Health::OnBackup,
            Health::Down if elsewhere() => Health::OnBackup,
            other => other,
        }
    }

    /// What calls or looks at the addresses that are to be called say against what is believed of them: a failure before a
    /// return, and of these the one that began first.
    fn turning(&self) -> Option<(Turn, Timestamp)> {
        let all = [Kind::Call, Kind::Probe].into_iter().filter_map(|kind| self.turning_of(kind));
        all.filter(|_| self.online()).min_by_key(|(turn, since)| (*turn == Turn::Returning, *since))
    }

    fn turning_of(&self, kind: Kind) -> Option<(Turn, Timestamp)> {
        let all = self.services.iter().filter_map(|found| self.turning_at(kind, found));
        all.min_by_key(|(turn, since)| (*turn == Turn::Returning, *since))
    }

    /// The same of one service: at the address that is to be called; where that is down and others serve instead, at those.
    fn turning_at(&self, kind: Kind, found: &Found) -> Option<(Turn, Timestamp)> {
        let turning = |url: &str| self.pulse(kind, url)?.turning(self.now);
        let active = &found.service.active().url;
        let works = |url: &&String| self.at(kind, url) == Health::Operational;
        let mut others = found.service.endpoints().iter().map(|it| &it.url).filter(works).peekable();
        if self.at(kind, active) != Health::Down || others.peek().is_none() {
            return turning(active);
        }
        // One that answers serves; the last that began to fail tells since when none does.
        let turns: Option<Vec<_>> = others.map(|url| turning(url)).collect();
        turns?.into_iter().max_by_key(|(_, since)| *since)
    }

    /// How one side does its part, by the list as long as nothing here says otherwise.
    fn side(&self, side: Side) -> Health {
        if !self.online() {
            return Health::Unknown;
        }
        let served = self.services.iter().filter(|found| found.on(side).next().is_some());
        together(served.map(|found| self.side_of(side, found)))
    }

    fn side_of(&self, side: Side, found: &Found) -> Health {
        let named = self.fresh && found.listed;
        // The platform itself sends calls elsewhere: its own road is closed, whatever still answers there.
        if side == Side::Platform && named && found.active_side() == Side::Insurers {
            return Health::Down;
        }
        let own: Vec<_> = found.on(side).map(|it| (it.order == 0, self.own(&it.url))).collect();
        let up = own.iter().find(|(_, health)| matches!(health, Health::Operational | Health::Unstable));
        match up {
            Some((true, health)) => *health,
            Some((false, _)) if side == Side::Platform => Health::OnBackup,
            Some((false, health)) => *health,
            // Nobody was heard yet where the platform says that it is: its word counts.
            None if named
                && found.active_side() == side
                && self.own(&found.service.active().url) == Health::Unknown =>
            {
                by_list(found)
            }
            None if own.iter().any(|(_, health)| *health == Health::Down) => Health::Down,
            None => Health::Unknown,
        }
    }

    /// A fact that signals tell; the others are nobody's here.
    fn fact(&self, fact: Fact) -> Option<bool> {
        match fact {
            Fact::PlatformRouteOk => works(self.side(Side::Platform)),
            Fact::MycarenetRouteOk => works(self.side(Side::Insurers)),
            Fact::VitalinkOk => works(self.side(Side::Region)),
            Fact::FailoverActive => self.moved(),
            _ => None,
        }
    }

    /// The platform runs it from a backup zone, by its list or by what answers here.
    fn moved(&self) -> Option<bool> {
        if works(self.side(Side::Platform)) != Some(true) {
            return None;
        }
        let moved = |found: &Found| {
            let active = found.service.active();
            let named = self.fresh && found.listed && found.active_side() == Side::Platform;
            let answers = |order: bool| {
                let mut there = found.on(Side::Platform).filter(|endpoint| (endpoint.order == 0) == order);
                there.any(|endpoint| self.own(&endpoint.url) == Health::Operational)
            };
            let failed =
                found.on(Side::Platform).any(|it| it.order == 0 && self.own(&it.url) == Health::Down);
            (named && active.order != 0) || (failed && answers(false))
        };
        Some(self.services.iter().any(moved))
    }

    fn authority(&self) -> Evidence {
        let listed: Vec<_> = self.services.iter().filter(|found| found.listed).collect();
        let health = self.listed();
        let said = match health {
            _ if listed.is_empty() => Said::Nothing,
            _ if !self.fresh || !self.online() => Said::Old,
            health => said(health, listed.iter().map(|found| by_list(found))),
        };
        let at = self.state.held().filter(|_| !listed.is_empty()).map(|held| held.answered_at);
        let hosts = listed.iter().map(|found| host(&found.service.active().url).to_owned());
        Evidence { health, said, at, hosts: once(hosts) }
    }

    fn evidence(&self, kind: Kind) -> Evidence {
        let health = if self.online() { self.heard(kind) } else { Health::Unknown };
        let urls: Vec<_> =
            self.services.iter().flat_map(|found| found.service.endpoints()).map(|it| &it.url).collect();
        let heard: Vec<_> = urls.into_iter().filter(|url| self.pulse(kind, url).is_some()).collect();
        let last = heard.iter().filter_map(|url| self.pulse(kind, url)?.last()).max();
        let turned = self.turning_of(kind);
        let said = match last {
            None => Said::Nothing,
            Some(_) if health == Health::Unknown && self.all_old(kind, &heard) => Said::Old,
            Some(_) if self.online() && turned.is_some() => match turned {
                Some((Turn::Returning, _)) => Said::Returns,
                _ => Said::Falters,
            },
            Some(_) => said(health, self.services.iter().map(|found| self.of_service(kind, found))),
        };
        // What was answered is dated by an answer, whatever failed elsewhere since.
        let answered = heard.iter().filter_map(|url| self.pulse(kind, url)?.answered()).max();
        let reached = matches!(said, Said::Works | Said::Backup | Said::Partly | Said::Returns);
        let at = answered.filter(|_| reached).or(last);
        Evidence { health, said, at, hosts: once(heard.iter().map(|url| host(url).to_owned())) }
    }

    fn all_old(&self, kind: Kind, urls: &[&String]) -> bool {
        urls.iter()
            .filter_map(|url| self.pulse(kind, url)?.last())
            .all(|last| self.now.duration_since(last).abs() > super::health::STALE)
    }
}

fn by_list(found: &Found) -> Health {
    if found.service.on_backup() { Health::OnBackup } else { Health::Operational }
}

/// Whether what is said of a side means that calls come through.
fn works(health: Health) -> Option<bool> {
    match health {
        Health::Operational | Health::OnBackup | Health::Degraded | Health::Unstable => Some(true),
        Health::Down | Health::Planned => Some(false),
        Health::Unknown => None,
    }
}

fn said(health: Health, parts: impl Iterator<Item = Health>) -> Said {
    match health {
        Health::Unknown => Said::Nothing,
        Health::Operational => Said::Works,
        Health::OnBackup if parts.into_iter().any(|part| part == Health::Operational) => Said::Partly,
        Health::OnBackup => Said::Backup,
        Health::Degraded => Said::Partly,
        Health::Unstable => Said::Restless,
        Health::Down | Health::Planned => Said::Fails,
    }
}

fn once(hosts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<_> = hosts.collect();
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
