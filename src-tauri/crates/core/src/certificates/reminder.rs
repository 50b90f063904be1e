//! Who has to be told of which certificate, and when: each rung once, the latest only, many in one message.
//!
//! Rungs: the window opens, 60, 30, 14 and 7 days before the end, then every day, and the end. [`super::delivery`] says
//! at what time of day; what is said is put into words elsewhere, and nothing is ever sent.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use super::successor::Successors;
use super::{CertificateId, Watched, delivery, window};
use crate::Code;
use crate::session::quiet::Hours;

/// Days before the end at which somebody is told, after the window has opened and before it is every day.
/// Source: docs/architecture.md, "Certificates"; requirement D-30.
pub const RUNG_DAYS: [u8; 4] = [60, 30, 14, 7];
/// From so many days before the end on it is said that somebody else could look after it, where nobody answered.
/// Source: docs/architecture.md, "Certificates".
pub const DEPUTY_DAYS: u8 = 14;

/// How near the end of a certificate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rung {
    /// Its window has opened: possible, not urgent.
    Opened,
    /// So many days are left.
    Days(u8),
    /// It has ended.
    Ended,
}

impl Rung {
    /// All of them, the first first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        let daily = (1..RUNG_DAYS[RUNG_DAYS.len() - 1]).rev();
        let days = RUNG_DAYS.into_iter().chain(daily.collect::<Vec<_>>()).map(Self::Days);
        std::iter::once(Self::Opened).chain(days).chain(std::iter::once(Self::Ended))
    }

    /// When this certificate reaches it; none for one that lies before its window.
    #[must_use]
    pub fn reached_at(self, certificate: &Watched, hours: &Hours) -> Option<Timestamp> {
        let end = certificate.not_after;
        let opens_at = window::opens_at(certificate, &hours.zone);
        match self {
            Self::Opened => Some(opens_at),
            Self::Ended => Some(end),
            Self::Days(days) => {
                let day = end.to_zoned(hours.zone.clone()).checked_sub(i32::from(days).days()).ok()?;
                Some(day.timestamp()).filter(|at| *at > opens_at)
            }
        }
    }

    /// Its name, as it is stored and printed: `opened`, `days-30`, `ended`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Opened => "opened".to_owned(),
            Self::Days(days) => format!("days-{days}"),
            Self::Ended => "ended".to_owned(),
        }
    }

    /// The rung of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|rung| rung.name() == name)
    }

    fn rank(self) -> u16 {
        match self {
            Self::Opened => 0,
            Self::Days(days) => 1_000 - u16::from(days),
            Self::Ended => 1_000,
        }
    }
}

impl PartialOrd for Rung {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rung {
    /// The nearer to the end, the greater.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// What was said so far. It is stored, so that a restart repeats nothing; a renewal that failed is its project's to keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reminders {
    told: BTreeMap<CertificateId, Told>,
    failed: BTreeMap<CertificateId, Failed>,
}

/// What was said last of one certificate, and what somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// How near its end was.
    pub rung: Rung,
    /// When it was said.
    pub at: Timestamp,
    /// When somebody said that they know.
    pub acknowledged_at: Option<Timestamp>,
    /// When somebody wants to hear it again.
    pub again_at: Option<Timestamp>,
}

/// A renewal that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failed {
    code: Code,
    said: bool,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Time has passed.
    Tick,
    /// "Remind me later" of these. It never silences the next rung.
    Snoozed {
        /// Which.
        ids: Vec<CertificateId>,
        /// Until when.
        until: Timestamp,
    },
    /// "I know" of these: nothing more until the next rung.
    Acknowledged {
        /// Which.
        ids: Vec<CertificateId>,
    },
    /// The renewal of this one failed.
    RenewalFailed {
        /// Which.
        id: CertificateId,
        /// Why.
        code: Code,
    },
    /// "I know" of a renewal that failed.
    FailureAcknowledged {
        /// Which.
        id: CertificateId,
    },
}

/// What has to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// These certificates come to an end: one message for all, the most urgent first.
    Tell(Vec<Item>),
    /// A renewal failed: an alert of its own, whatever else is said.
    Alert {
        /// Of which certificate.
        id: CertificateId,
        /// Why.
        code: Code,
    },
}

/// One certificate in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub id: CertificateId,
    /// How near its end is.
    pub rung: Rung,
    /// Nobody answered so far: the deputy may be asked. A draft is offered, nothing is sent.
    pub deputy: bool,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Every certificate that is known, each once.
    pub certificates: &'a [Watched],
    /// When the practice works.
    pub hours: &'a Hours,
}

/// What has to be said after this event.
#[must_use]
pub fn next(mut state: Reminders, event: Event, view: View<'_>, now: Timestamp) -> (Reminders, Vec<Effect>) {
    match event {
        Event::Tick => return tick(state, view, now),
        Event::Snoozed { ids, until } => state.answered(&ids, |told| told.again_at = Some(until)),
        Event::Acknowledged { ids } => state.answered(&ids, |told| {
            (told.acknowledged_at, told.again_at) = (Some(now), None);
        }),
        // The same failure again, which nobody has answered yet, is no news.
        Event::RenewalFailed { id, code }
            if state.failed.get(&id).is_some_and(|known| known.code == code) => {}
        Event::RenewalFailed { id, code } => {
            state.failed.insert(id, Failed { code, said: false });
        }
        Event::FailureAcknowledged { id } => {
            state.failed.remove(&id);
        }
    }
    (state, vec![])
}

/// When [`Event::Tick`] has something to say at last, as things are.
#[must_use]
pub fn deadline(state: &Reminders, view: View<'_>, now: Timestamp) -> Option<Timestamp> {
    let successors = Successors::among(view.certificates, now);
    let spoken_for = |one: &&Watched| one.reminded_of() && !one.bygone(now) && successors.of(one).is_none();
    let rungs = view.certificates.iter().filter(spoken_for).filter_map(|one| {
        let due = state.due(one, view.hours, now).map(|_| now);
        let from = due.or_else(|| state.later(one, view.hours, now))?;
        Some(delivery::moment(from, Some(one.not_after), view.hours))
    });
    let failures = state.unsaid(view).map(|(_, _, end)| delivery::moment(now, end, view.hours));
    rungs.chain(failures).min()
}

fn tick(mut state: Reminders, view: View<'_>, now: Timestamp) -> (Reminders, Vec<Effect>) {
    let may_be_said = |end: Option<Timestamp>| delivery::moment(now, end, view.hours) == now;
    // Of most certificates the moment is the same: those that do not end before it.
    let quiet = may_be_said(None);
    let failures: Vec<_> = state
        .unsaid(view)
        .filter(|(_, _, end)| quiet || may_be_said(*end))
        .map(|(id, code, _)| Effect::Alert { id, code })
        .collect();
    let successors = Successors::among(view.certificates, now);
    let mut items: Vec<(Timestamp, Item)> = view
        .certificates
        .iter()
        .filter(|one| one.reminded_of() && !one.bygone(now) && successors.of(one).is_none())
        .filter_map(|one| Some((one.not_after, state.due(one, view.hours, now)?)))
        .filter(|(end, _)| quiet || may_be_said(Some(*end)))
        .collect();
    items.sort_by_key(|(end, item)| (std::cmp::Reverse(item.rung), *end, item.id));
    items.dedup_by_key(|(_, item)| item.id);
    state.said(&items, &failures, now);
    let items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    let told = (!items.is_empty()).then_some(Effect::Tell(items));
    (state, failures.into_iter().chain(told).collect())
}

impl Reminders {
    /// What an earlier run said.
    #[must_use]
    pub fn known(told: impl IntoIterator<Item = (CertificateId, Told)>) -> Self {
        Self { told: told.into_iter().collect(), failed: BTreeMap::new() }
    }

    /// Everything that was said.
    pub fn all(&self) -> impl Iterator<Item = (CertificateId, Told)> {
        self.told.iter().map(|(id, told)| (*id, *told))
    }

    /// What was said and nobody has answered: it stays in the list until then.
    pub fn unanswered(&self) -> impl Iterator<Item = (CertificateId, Rung)> {
        self.all().filter(|(_, told)| told.acknowledged_at.is_none()).map(|(id, told)| (id, told.rung))
    }

    /// What was said of this one.
    #[must_use]
    pub fn of(&self, id: CertificateId) -> Option<Told> {
        self.told.get(&id).copied()
    }

    /// Nothing is known of these any more.
    pub fn forget(&mut self, gone: impl Fn(CertificateId) -> bool) {
        self.told.retain(|id, _| !gone(*id));
        self.failed.retain(|id, _| !gone(*id));
    }

    /// What has to be said of this certificate now, if anybody may be disturbed.
    fn due(&self, one: &Watched, hours: &Hours, now: Timestamp) -> Option<Item> {
        let reached = |rung: &Rung| rung.reached_at(one, hours).is_some_and(|at| at <= now);
        let rung = Rung::all().rev().find(reached)?;
        let told = self.told.get(&one.id);
        let news = told.is_none_or(|told| rung > told.rung);
        let again = told.is_some_and(|told| told.again_at.is_some_and(|at| at <= now));
        let unanswered = told.is_some_and(|told| told.acknowledged_at.is_none());
        let deputy = unanswered && rung >= Rung::Days(DEPUTY_DAYS);
        (news || again).then_some(Item { id: one.id, rung, deputy })
    }

    /// When the next rung is reached, or somebody wants to hear it again.
    fn later(&self, one: &Watched, hours: &Hours, now: Timestamp) -> Option<Timestamp> {
        let rungs = Rung::all().filter_map(|rung| Some((rung, rung.reached_at(one, hours)?)));
        let told = self.told.get(&one.id);
        let to_come = rungs.filter(|(rung, at)| *at > now && told.is_none_or(|told| *rung > told.rung));
        let again = told.and_then(|told| told.again_at).filter(|at| *at > now);
        to_come.map(|(_, at)| at).chain(again).min()
    }

    /// Failures that were not said yet, with the end of their certificate while that is ahead.
    fn unsaid<'a>(
        &'a self,
        view: View<'a>,
    ) -> impl Iterator<Item = (CertificateId, Code, Option<Timestamp>)> + 'a {
        let end = |id| view.certificates.iter().find(|one| one.id == id).map(|one| one.not_after);
        let unsaid = self.failed.iter().filter(|(_, failed)| !failed.said);
        unsaid.map(move |(id, failed)| (*id, failed.code, end(*id)))
    }

    fn said(&mut self, items: &[(Timestamp, Item)], failures: &[Effect], now: Timestamp) {
        for (_, Item { id, rung, .. }) in items {
            self.told.insert(*id, Told { rung: *rung, at: now, acknowledged_at: None, again_at: None });
        }
        for effect in failures {
            if let Effect::Alert { id, .. } = effect
                && let Some(failed) = self.failed.get_mut(id)
            {
                failed.said = true;
            }
        }
    }

    fn answered(&mut self, ids: &[CertificateId], how: impl Fn(&mut Told)) {
        for id in ids {
            // What was never said cannot be answered.
            if let Some(told) = self.told.get_mut(id) {
                how(told);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
