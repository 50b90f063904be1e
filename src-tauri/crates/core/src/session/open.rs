//! A session that is open, and by which clocks it is over.

use jiff::{SignedDuration, Timestamp};

use super::effect::{Effect, ErrandId, Found};
use super::exception::{self, Exception};
use super::history::History;
use super::renewal::Attempt;
use crate::lease::{HolderKey, LONG_AGO, LONGEST_LIFE, Stored, TokenLease};
use crate::platform_time::TOLD;
use crate::time::{Moment, TrustedMark};

/// A session in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its lease.
    pub lease: TokenLease,
    /// Where it is kept.
    pub stored: Stored,
    /// What of the holder's key is at hand.
    pub key: HolderKey,
    /// It was found again after a restart.
    pub restored: bool,
    /// When this run of Relais got it, to see a clock that is set back.
    pub since: Moment,
    /// The latest time that somebody trustworthy had told when it was found again, until the platform's clock is
    /// measured: of a clock that was set back over a restart nothing else tells.
    pub(super) noted: Option<Timestamp>,
    /// The sign-in that made it; none, when it was found again.
    pub errand: Option<ErrandId>,
    /// Renewals of this token that were tried and came to nothing, the latest last.
    pub attempts: Vec<Attempt>,
    /// The exception it belongs to, where it was made without the card.
    pub exception: Option<Box<Exception>>,
}

impl OpenSession {
    pub(super) fn found(found: Found, noted: Option<Timestamp>, now: Moment) -> Self {
        let Found { lease, stored, key, attempts, exception } = found;
        let exception = exception.map(Box::new);
        Self { lease, stored, key, restored: true, since: now, noted, errand: None, attempts, exception }
    }

    /// As if it were found only now: what the wall clock said before is what turned out to be wrong.
    pub(super) fn found_now(&self, now: Moment) -> Self {
        Self { since: now, noted: self.by_note(now), ..self.clone() }
    }

    /// The latest of what the wall clock says, what it would say had nobody touched it since [`Self::since`], and what
    /// was noted then.
    pub(super) fn now(&self, now: Moment) -> Timestamp {
        let noted = self.by_note(now).unwrap_or(Timestamp::MIN);
        now.wall.max(self.by_boot(now)).max(noted)
    }

    fn by_boot(&self, now: Moment) -> Timestamp {
        self.since.wall.checked_add(now.boot - self.since.boot).unwrap_or(Timestamp::MAX)
    }

    fn by_note(&self, now: Moment) -> Option<Timestamp> {
        Some(self.noted?.checked_add(now.boot - self.since.boot).unwrap_or(Timestamp::MAX))
    }

    /// When it ends by the wall clock: with its token, or with the exception it belongs to.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let end = self.lease.ends_at();
        self.exception.as_ref().map_or(end, |exception| end.min(exception.ends_at()))
    }

    /// It ends because an exception does, not because its token does before.
    #[must_use]
    pub fn capped(&self) -> bool {
        self.exception.as_ref().is_some_and(|it| exception::whole(it.ends_at(), self.lease.ends_at()))
    }

    /// What is left of it by the clock that says most.
    #[must_use]
    pub fn left(&self, now: Moment) -> SignedDuration {
        let of_token = self.ends_at().duration_since(self.now(now)).max(SignedDuration::ZERO);
        self.exception.as_ref().map_or(of_token, |exception| of_token.min(exception.left(now)))
    }

    /// What is kept beside its token.
    pub(super) fn history(&mut self, now: Moment) -> History {
        let episode = self.exception.as_mut().map(|exception| exception.keep(now));
        History { attempts: self.attempts.clone(), episode, platform: None }
    }

    pub(super) fn keep(&mut self, now: Moment) -> Effect {
        let (slot, lease) = (self.lease.person.slot.clone(), self.lease.id.clone());
        Effect::KeepHistory { slot, lease, history: self.history(now) }
    }

    /// Some clock has reached its end.
    pub(super) fn has_ended(&self, now: Moment) -> bool {
        self.left(now).is_zero()
    }

    /// Nobody knows how long it has lasted: it is kept and not used.
    #[must_use]
    pub fn held(&self, now: Moment) -> bool {
        self.exception.as_ref().is_some_and(|exception| exception.held(now))
    }

    /// It may be used now: no clock has reached its end.
    #[must_use]
    pub fn usable(&self, now: Moment) -> bool {
        !self.has_ended(now) && !self.held(now)
    }

    /// It is over, and no wall clock that comes back changes that: the boot clock saw its end pass, or, where it had
    /// ended when it was found, saw a whole life pass since; or somebody trustworthy told a time long after its end.
    pub(super) fn over(&self, trusted: TrustedMark, now: Moment) -> bool {
        let used_up = self.exception.as_ref().is_some_and(|exception| exception.used_up_for_good(now));
        let end = self.ends_at();
        let seen = if self.since.wall < end {
            self.by_boot(now) >= end
        } else {
            now.boot - self.since.boot >= LONGEST_LIFE
        };
        let long_ago = end.checked_add(LONG_AGO).ok();
        used_up || seen || trusted.0.zip(long_ago).is_some_and(|(told, long_ago)| told >= long_ago)
    }

    /// Only the wall clock says that it has ended, and by more than two clocks drift apart: once that is right, it is
    /// there again.
    pub(super) fn ended_by_the_wall(&self, trusted: TrustedMark, now: Moment) -> bool {
        let end = self.ends_at();
        now.wall >= end && end.duration_since(self.by_boot(now)) > TOLD && !self.over(trusted, now)
    }
}
