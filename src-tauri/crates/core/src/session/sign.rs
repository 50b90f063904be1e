//! The mark near the clock of the computer: one look says whether somebody is signed in, and until when.

use jiff::{SignedDuration, Timestamp};

use super::Session;
use super::notice::Urgency;
use crate::lease::Means;
use crate::time::Moment;

/// This long before its end a session is one that ends soon. Source: docs/architecture.md, "Outside the window".
pub const SOON: SignedDuration = SignedDuration::from_mins(30);

/// What the mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Nobody is signed in.
    Nobody,
    /// Nobody is any more.
    Ended {
        /// Since when.
        at: Timestamp,
    },
    /// Somebody is, and nothing is needed.
    SignedIn {
        /// Until when.
        until: Timestamp,
    },
    /// The session ends soon, or a person is asked to extend it.
    EndsSoon {
        /// When it ends.
        until: Timestamp,
    },
    /// Somebody is signed in without the card, and nobody knows how long that may last yet.
    Held,
    /// Somebody is signed in without the card.
    WithoutCard {
        /// Until when.
        until: Timestamp,
    },
}

/// The mark for this session, when so much of a person's attention is asked for.
#[must_use]
pub fn sign(session: &Session, asked: Option<Urgency>, now: Moment) -> Sign {
    let open = match session {
        Session::None => return Sign::Nobody,
        Session::Ended(ended) => return Sign::Ended { at: ended.ends_at() },
        Session::Open(open) => open,
    };
    let until = open.ends_at();
    if open.has_ended(now) {
        Sign::Ended { at: until }
    } else if open.held(now) {
        Sign::Held
    } else if open.lease.means == Means::Fallback {
        Sign::WithoutCard { until }
    } else if asked.is_some() || until.duration_since(open.now(now)) <= SOON {
        Sign::EndsSoon { until }
    } else {
        Sign::SignedIn { until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lease::{HolderKey, Stored};
    use crate::session::OpenSession;

    const HOUR: i64 = 3_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn moment(second: i64) -> Moment {
        Moment { wall: at(second), boot: SignedDuration::from_secs(second) }
    }

    fn open(means: Means) -> OpenSession {
        OpenSession {
            lease: crate::lease::tests::lease(0, 10 * HOUR, means),
            stored: Stored::Os,
            key: HolderKey::Unlocked,
            restored: false,
            noted: None,
            since: moment(0),
            errand: None,
            attempts: vec![],
            exception: None,
        }
    }

    #[test]
    fn the_mark_says_who_is_signed_in_and_how() {
        let until = at(10 * HOUR);
        let (card, alone) = (Session::Open(open(Means::Eid)), Session::Open(open(Means::Fallback)));
        let late = 10 * HOUR - 30 * 60;
        let table = [
            (&Session::None, 0, None, Sign::Nobody),
            (&card, 0, None, Sign::SignedIn { until }),
            (&card, 0, Some(Urgency::Badge), Sign::EndsSoon { until }),
            (&card, late - 1, None, Sign::SignedIn { until }),
            (&card, late, None, Sign::EndsSoon { until }),
            (&card, 10 * HOUR, None, Sign::Ended { at: until }),
            (&alone, 0, None, Sign::WithoutCard { until }),
            (&alone, late, Some(Urgency::Banner), Sign::WithoutCard { until }),
            (&Session::Ended(open(Means::Eid)), 0, None, Sign::Ended { at: until }),
        ];
        for (session, second, asked, expected) in table {
            assert_eq!(sign(session, asked, moment(second)), expected, "{second} {asked:?}");
        }
    }

    #[test]
    fn one_that_is_held_has_not_ended_and_names_no_time() {
        use super::super::exception::{Exception, Reason, Used, Why};
        use crate::lease::LeaseId;
        use crate::time::TrustedMark;
        let mut used = Used::begun(moment(0));
        let used = Used::found(used.keep(moment(6 * HOUR)), true);
        let (id, why) = (LeaseId("0".repeat(32)), Why::just(Reason::EidNotAtHand));
        let trusted = TrustedMark::default();
        let exception = Exception { id, why, used, trusted, rebooted: true, said: None };
        let held = OpenSession { exception: Some(Box::new(exception)), ..open(Means::Fallback) };
        let now = Moment { wall: at(HOUR), boot: SignedDuration::from_secs(60) };
        let late = Moment { wall: at(10 * HOUR), boot: SignedDuration::from_secs(60) };
        assert_eq!(sign(&Session::Open(held.clone()), None, now), Sign::Held);
        assert_eq!(sign(&Session::Open(held), None, late), Sign::Ended { at: at(10 * HOUR) });
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_no_mark() {
        let now = Moment { wall: at(0), boot: SignedDuration::from_secs(10 * HOUR - 60) };
        let sign = sign(&Session::Open(open(Means::Eid)), None, now);
        assert_eq!(sign, Sign::EndsSoon { until: at(10 * HOUR) });
    }
}
