//! Working without the card: how long, how often, and what is said about it. It is an exception and stays one.
//!
//! Twelve hours are counted by three clocks; the one that says most counts, so that setting one back gains nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::history::Episode;
use super::ledger::Line;
use crate::code::clean;
use crate::lease::{FALLBACK_CAP, LeaseId};
use crate::time::{Moment, TrustedMark};

/// Why somebody works without the card. Source: requirements, which name no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The eID is lost or forgotten.
    EidNotAtHand,
    /// Card, reader, PIN or software do not work.
    TechnicalProblem,
}

impl Reason {
    /// Reads `eid-not-at-hand` or `technical-problem`.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        match given {
            "eid-not-at-hand" => Some(Self::EidNotAtHand),
            "technical-problem" => Some(Self::TechnicalProblem),
            _ => None,
        }
    }

    /// Its name, which [`Self::parse`] reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EidNotAtHand => "eid-not-at-hand",
            Self::TechnicalProblem => "technical-problem",
        }
    }
}

/// Why somebody works without the card, in their own choice and words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// One of the two reasons there are.
    pub reason: Reason,
    /// What the person adds; asked for where the exception has become a habit.
    pub note: Option<String>,
}

impl Why {
    /// Only the reason.
    #[must_use]
    pub fn just(reason: Reason) -> Self {
        Self { reason, note: None }
    }

    /// As it is kept, whoever asked for it: a note that says nothing is none.
    pub(super) fn tidy(&mut self) {
        let note = self.note.take().map(|note| clean(&note).trim().to_owned());
        self.note = note.filter(|note| !note.is_empty());
    }
}

/// One use of the exception as it goes on: it begins with the first session without the card, and its end never moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its first token; names it in the ledger.
    pub id: LeaseId,
    /// Why.
    pub why: Why,
    /// How long it has lasted.
    pub used: Used,
    /// The latest time that somebody trustworthy told.
    pub trusted: TrustedMark,
    /// The PC has started anew since it was kept last.
    pub rebooted: bool,
    /// The warning that was said last.
    pub said: Option<Warning>,
}

impl Exception {
    /// One that begins now.
    #[must_use]
    pub fn begun(id: LeaseId, why: Why, now: Moment, trusted: TrustedMark) -> Self {
        Self { id, why, used: Used::begun(now), trusted, rebooted: false, said: None }
    }

    /// One that was kept beside its token.
    #[must_use]
    pub fn found(kept: &Episode, rebooted: bool, trusted: TrustedMark) -> Self {
        let why = Why { reason: kept.reason, note: None };
        Self {
            id: kept.id.clone(),
            why,
            used: Used::found(kept.used, rebooted),
            trusted,
            rebooted,
            said: None,
        }
    }

    /// One whose token is gone, as the ledger tells it.
    #[must_use]
    pub fn of_ledger(line: &Line, trusted: TrustedMark, now: Moment) -> Self {
        let why = Why { reason: line.reason, note: line.note.clone() };
        let used = Used::found(line.kept(now), false);
        Self { id: line.episode.clone(), why, used, trusted, rebooted: false, said: None }
    }

    /// Somebody trustworthy told the time: what has passed by it is counted, and nothing is held for want of it.
    pub fn told(&mut self, mark: TrustedMark, now: Moment) {
        self.trusted = self.trusted.max(mark);
        self.used.told(self.trusted, now);
        self.rebooted = false;
    }

    /// It goes on with the episode of this line, which began no later; tells whether that changes anything.
    pub(super) fn goes_on_with(&mut self, line: &Line) -> bool {
        let earlier = line.started_at < self.used.since;
        let changes = earlier || self.id != line.episode;
        self.id.clone_from(&line.episode);
        self.used.since = self.used.since.min(line.started_at);
        changes
    }

    /// Its count has to be written down now: in time, and before its first use after a start of the PC. While it is held
    /// nothing is written: that would hide why.
    #[must_use]
    pub fn is_to_be_kept(&self, now: Moment) -> bool {
        !self.held(now) && (self.rebooted || self.used.is_to_be_kept(now))
    }

    /// As it is to be kept beside its token now.
    #[must_use]
    pub fn keep(&mut self, now: Moment) -> Episode {
        self.rebooted = false;
        Episode { id: self.id.clone(), reason: self.why.reason, used: self.used.keep(now), boot: None }
    }

    /// What is left of it by the clock that says most.
    #[must_use]
    pub fn left(&self, now: Moment) -> SignedDuration {
        self.used.left(now, self.trusted)
    }

    /// A clock that nobody can turn back says that nothing is left.
    #[must_use]
    pub fn used_up_for_good(&self, now: Moment) -> bool {
        let told = self.trusted.0.map_or(SignedDuration::ZERO, |mark| mark.duration_since(self.used.since()));
        self.used.by_boot(now).max(told) >= FALLBACK_CAP
    }

    /// Nobody knows how long it has lasted: the token is kept, and not used until somebody trustworthy tells the time.
    #[must_use]
    pub fn held(&self, now: Moment) -> bool {
        self.used.held(now, self.trusted, self.rebooted)
    }

    /// When it ends by the wall clock, unless another clock says more.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.used.since().checked_add(FALLBACK_CAP).unwrap_or(Timestamp::MAX)
    }
}

/// The platform counts the life of a token from its issue, a moment before the exception that it opens begins.
const ISSUED_BEFORE: SignedDuration = SignedDuration::from_mins(1);

/// Whether a token that ends then lets an exception whose cap ends at `cap` last its whole twelve hours.
#[must_use]
pub fn whole(cap: Timestamp, token_ends_at: Timestamp) -> bool {
    cap.duration_since(token_ends_at) <= ISSUED_BEFORE
}

/// Time that an episode has lasted. It begins with the first session without the card and never begins anew within its cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// When it began, by the wall clock then.
    since: Timestamp,
    /// Time counted by the boot clock up to `seen`, over all starts of the PC.
    ran: SignedDuration,
    /// The last reading that was kept.
    seen: Moment,
}

/// An episode as it is kept beside the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptUse {
    /// When it began.
    pub since: Timestamp,
    /// Seconds counted so far.
    pub ran: i64,
    /// The wall clock when it was kept.
    pub seen_at: Timestamp,
    /// The boot clock when it was kept, in seconds.
    pub seen_boot: i64,
}

impl Used {
    /// An episode that begins now.
    #[must_use]
    pub fn begun(now: Moment) -> Self {
        Self { since: now.wall, ran: SignedDuration::ZERO, seen: now }
    }

    /// When it began.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// How long it has lasted by the clock that says most.
    #[must_use]
    pub fn passed(&self, now: Moment, trusted: TrustedMark) -> SignedDuration {
        let by_wall = now.wall.duration_since(self.since);
        let by_trust = trusted.0.map_or(SignedDuration::ZERO, |mark| mark.duration_since(self.since));
        by_wall.max(by_trust).max(self.by_boot(now))
    }

    /// What is left of the cap.
    #[must_use]
    pub fn left(&self, now: Moment, trusted: TrustedMark) -> SignedDuration {
        (FALLBACK_CAP - self.passed(now, trusted)).max(SignedDuration::ZERO)
    }

    /// As it is to be kept now, at least once a minute: what is not kept is lost to the count by a crash.
    #[must_use]
    pub fn keep(&mut self, now: Moment) -> KeptUse {
        self.ran = self.by_boot(now);
        self.seen = now;
        // Rounded up, so that keeping it often never makes it shorter.
        let up = |span: SignedDuration| span.as_secs() + i64::from(span.subsec_nanos() > 0);
        KeptUse { since: self.since, ran: up(self.ran), seen_at: now.wall, seen_boot: now.boot.as_secs() }
    }

    /// Found again beside its token; `rebooted` when the boot clock has started anew since it was kept.
    #[must_use]
    pub fn found(kept: KeptUse, rebooted: bool) -> Self {
        // All the time since a reboot came after what was kept. What ran between the two nobody kept; it counts in full,
        // so that no number of crashes buys a minute. The wall clock, where nobody touched it, says more anyway.
        let boot = if rebooted { SignedDuration::ZERO } else { SignedDuration::from_secs(kept.seen_boot) };
        let ran =
            SignedDuration::from_secs(kept.ran) + if rebooted { KEPT_EVERY } else { SignedDuration::ZERO };
        Self { since: kept.since, ran, seen: Moment { wall: kept.seen_at, boot } }
    }

    /// After a reboot the wall clock lies behind what was last seen and nobody trustworthy has told the time: the token
    /// is kept but not used until somebody does.
    #[must_use]
    pub fn held(&self, now: Moment, trusted: TrustedMark, rebooted: bool) -> bool {
        rebooted && now.wall < self.seen.wall && trusted.0.is_none_or(|mark| mark < self.seen.wall)
    }

    /// What the mark says has passed goes on with the boot clock from now on.
    fn told(&mut self, mark: TrustedMark, now: Moment) {
        let by_trust = mark.0.map_or(SignedDuration::ZERO, |mark| mark.duration_since(self.since));
        self.ran = self.by_boot(now).max(by_trust);
        // What was kept last still says whether a clock was set back since.
        self.seen = Moment { wall: self.seen.wall.max(now.wall), boot: now.boot };
    }

    /// The count has to be kept now, so that a crash loses no more than a minute of it.
    fn is_to_be_kept(&self, now: Moment) -> bool {
        now.boot < self.seen.boot || now.boot - self.seen.boot >= KEEP_EVERY
    }

    fn by_boot(&self, now: Moment) -> SignedDuration {
        // A boot clock that reads less has started anew, whatever was said: all it reads came after.
        let started_anew = now.boot < self.seen.boot;
        self.ran + if started_anew { now.boot } else { now.boot - self.seen.boot }
    }
}

/// The count is written down at least this often. Source: docs/architecture.md, "Time".
pub const KEPT_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// The loop looks twice in it.
const KEEP_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// Before the end of an exception it is said this often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// 60 minutes are left.
    Hour,
    /// 15 minutes are left.
    Quarter,
    /// 5 minutes are left.
    Minutes,
}

impl Warning {
    /// How long before the end each comes. Source: requirement D-12.
    pub const ALL: [(Self, SignedDuration); 3] = [
        (Self::Hour, SignedDuration::from_mins(60)),
        (Self::Quarter, SignedDuration::from_mins(15)),
        (Self::Minutes, SignedDuration::from_mins(5)),
    ];

    /// The latest warning that has come when this much is left; one that was missed is not made up for.
    #[must_use]
    pub fn at(left: SignedDuration) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|(_, before)| left <= *before).map(|(warning, _)| warning)
    }
}

/// What the uses before this one have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Restraint {
    /// Nothing.
    None,
    /// A calm paragraph: what would cure it.
    Notice,
    /// A sentence of justification is asked for. It never blocks: care comes first.
    Justify,
}

/// A use that is no exception any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// So many in the days that are looked back on.
    Often(usize),
    /// So many since the last sign-in with the card, while they are not many.
    InARow(usize),
}

/// From which use on something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days that are looked back on.
    pub days: i64,
    /// A notice from this use in those days on.
    pub notice: usize,
    /// A notice from this use in a row on.
    pub in_a_row: usize,
    /// A justification from this use in those days on.
    pub justify: usize,
}

impl Limits {
    /// Source: requirement D-15.
    pub const USUAL: Self = Self { days: 30, notice: 3, in_a_row: 2, justify: 5 };

    /// How many of these beginnings lie in the days that are looked back on.
    #[must_use]
    pub fn recent(&self, before: &[Timestamp], now: Timestamp) -> usize {
        let span = SignedDuration::from_hours(24 * self.days);
        before.iter().filter(|at| now.duration_since(**at) < span).count()
    }

    /// What is said when one more episode is about to begin. `before` are the beginnings of earlier ones, in any order;
    /// `in_a_row` counts those since the last sign-in with the card.
    #[must_use]
    pub fn restraint(&self, before: &[Timestamp], in_a_row: usize, now: Timestamp) -> Restraint {
        let recent = self.recent(before, now) + 1;
        if recent >= self.justify {
            Restraint::Justify
        } else if recent >= self.notice || in_a_row + 1 >= self.in_a_row {
            Restraint::Notice
        } else {
            Restraint::None
        }
    }
}

#[cfg(test)]
mod tests;
