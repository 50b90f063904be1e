//! What is said outside the window: a mark, a notification, one that stays. Each subject has one place of its own, so a
//! notification is replaced and never stacked, and it is taken back when it is no longer true.
//!
//! [`Matter`] is what must be said, [`notice`] how, and [`turn`] what of it is to be done now. Words are the shell's: a
//! notice names a text and holds at most a time, a count and a function, so that no person, number or secret leaves the window with it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::exception::Warning;
use super::lookout::Lookout;
use super::renewal::{Loudness, Renewal};
use super::{OpenSession, Session, State};
use crate::card::{ReaderState, Readers};
use crate::lease::Means;

/// Between two notifications that can wait, and before the same one is said again after it had been taken back.
/// Source: docs/architecture.md, "Outside the window".
pub const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// What must be said now; as long as it is true it is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// The PIN is wanted, so that the session does not end.
    Pin {
        /// How loudly.
        loudness: Loudness,
        /// When the session ends without it.
        ends_at: Timestamp,
    },
    /// The password of the organisation's keystore is wanted, so that the session does not end.
    Password {
        /// How loudly.
        loudness: Loudness,
        /// When the session ends without it.
        ends_at: Timestamp,
    },
    /// A session without the card comes to its end.
    WithoutCard {
        /// The latest warning that has come.
        warning: Warning,
        /// When it ends.
        ends_at: Timestamp,
    },
    /// The card is in the reader again, and the session is still one without it.
    CardBack,
    /// The session is over.
    Ended {
        /// Since when.
        at: Timestamp,
        /// It was one without the card, and its twelve hours are over.
        capped: bool,
    },
    /// Nobody is signed in, and the sign-in service answers again after it did not.
    ServiceBack,
    /// Functions of the platform that did not work are back to normal.
    Normal {
        /// Which, by its place in the plan; none = several are.
        function: Option<usize>,
        /// When; of several, the last of them.
        at: Timestamp,
    },
    /// Certificates come to their end, and nobody has said yet that they know.
    Certificates {
        /// How many.
        count: u32,
        /// When the first of them ends, or ended.
        first_ends_at: Timestamp,
        /// When that was to be told.
        told_at: Timestamp,
    },
}

impl Matter {
    /// What the keeping of a session has to say.
    #[must_use]
    pub fn of_renewal(renewal: &Renewal) -> Option<Self> {
        match renewal {
            Renewal::Wanted { kept, loudness, .. } => {
                Some(Self::Pin { loudness: *loudness, ends_at: kept.life.ends_at })
            }
            Renewal::Off | Renewal::Resting(_) | Renewal::Probing { .. } => None,
        }
    }

    /// The same for a session of an organisation: nothing, where nobody is needed.
    fn of_organisation(self, open: &OpenSession) -> Option<Self> {
        match self {
            Self::Pin { .. } if open.renews_by_itself() => None,
            Self::Pin { loudness, ends_at } if open.lease.means == Means::Certificate => {
                Some(Self::Password { loudness, ends_at })
            }
            other => Some(other),
        }
    }

    /// What functions that are back to normal have to say, by their places in the plan and when they came back.
    #[must_use]
    pub fn of_returns(back: &[(usize, Timestamp)]) -> Option<Self> {
        let at = back.iter().map(|(_, at)| *at).max()?;
        let function = if let [(one, _)] = back { Some(*one) } else { None };
        Some(Self::Normal { function, at })
    }

    /// What a session without the card has to say when this much of it is left.
    #[must_use]
    pub fn of_exception(left: SignedDuration, ends_at: Timestamp) -> Option<Self> {
        Warning::at(left).map(|warning| Self::WithoutCard { warning, ends_at })
    }
}

impl State {
    /// What must be said now outside the window.
    #[must_use]
    pub fn matters(&self) -> Vec<Matter> {
        let service_back = (self.lookout == Lookout::Back).then_some(Matter::ServiceBack);
        let open = match &self.session {
            Session::None => return service_back.into_iter().collect(),
            Session::Ended(ended) => {
                let over = Matter::Ended { at: ended.ends_at(), capped: ended.capped() };
                return [over].into_iter().chain(service_back).collect();
            }
            Session::Open(open) => open,
        };
        let warned = open.exception.as_ref().and_then(|exception| exception.said);
        let warned = warned.map(|warning| Matter::WithoutCard { warning, ends_at: open.ends_at() });
        let back = (open.exception.is_some() && self.card_is_back()).then_some(Matter::CardBack);
        let wanted = Matter::of_renewal(&self.renewal).and_then(|matter| matter.of_organisation(open));
        wanted.into_iter().chain(warned).chain(back).collect()
    }

    /// A card that can sign is in a reader.
    fn card_is_back(&self) -> bool {
        let Readers::Seen(seen) = &self.readers else { return false };
        let usable = |reader: &str| !self.tries.get(reader).is_some_and(|tries| tries.blocked());
        seen.iter().any(|slot| slot.state == ReaderState::Eid && usable(&slot.name))
    }
}

/// How much of a person's attention is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// The mark near the clock and the window; nothing pops up.
    Badge,
    /// A notification that goes by itself.
    Note,
    /// A notification that stays until it is read or no longer true.
    Banner,
}

/// Which notifications a person wants. What is not shown still stands near the clock and in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Popups {
    /// Whatever has something to say.
    #[default]
    All,
    /// Only what cannot wait: the end of a session, before it comes and once it has come.
    Essential,
    /// None.
    None,
}

impl Popups {
    /// Whether something this loud is shown.
    #[must_use]
    pub fn show(self, urgency: Urgency) -> bool {
        match self {
            Self::All => urgency > Urgency::Badge,
            Self::Essential => urgency > Urgency::Note,
            Self::None => false,
        }
    }
}

/// The place of a notification. There is never more than one in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The session and how it goes on.
    Session,
    /// The sign-in service.
    Service,
    /// The functions of the platform.
    Functions,
    /// Certificates that come to their end.
    Certificates,
}

impl Key {
    /// All of them; what stands first is said first.
    pub const ALL: [Self; 4] = [Self::Session, Self::Service, Self::Functions, Self::Certificates];
}

/// Where a click leads. It opens the place and does nothing there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sheet {
    /// Today, where the PIN can be given.
    Renew,
    /// Today, where the password of the organisation's keystore can be given.
    Password,
    /// Today, where one can sign in.
    SignIn,
    /// Today, where a session without the card becomes one with it.
    ReturnToCard,
    /// The services.
    Services,
    /// The certificates.
    Certificates,
}

/// Something to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Notice {
    /// Its place.
    pub key: Key,
    /// How loudly.
    pub urgency: Urgency,
    /// Key of its text in `ui/locales/*/outside.ftl`.
    pub text: &'static str,
    /// The time that the text names as `t`.
    pub time: Option<Timestamp>,
    /// The day that the text names as `d`, and how many things end from it on, as `count`.
    pub ends: Option<(Timestamp, u32)>,
    /// Since when it is true, where what is left of it is no news.
    pub since: Option<Timestamp>,
    /// The function of the platform that the text names as `function`, by its place in the plan.
    pub function: Option<usize>,
    /// Where a click leads.
    pub opens: Sheet,
}

/// How a matter is said.
#[must_use]
pub fn notice(matter: Matter) -> Notice {
    let (key, opens) = place(matter);
    let (urgency, text, time) = words(matter);
    let function = match matter {
        Matter::Normal { function, .. } => function,
        _ => None,
    };
    let (ends, since) = match matter {
        Matter::Certificates { count, first_ends_at, told_at } => {
            (Some((first_ends_at, count)), Some(told_at))
        }
        Matter::Normal { at, .. } => (None, Some(at)),
        _ => (None, None),
    };
    Notice { key, urgency, text, time, ends, since, function, opens }
}

fn place(matter: Matter) -> (Key, Sheet) {
    match matter {
        Matter::Pin { .. } => (Key::Session, Sheet::Renew),
        Matter::Password { .. } => (Key::Session, Sheet::Password),
        Matter::WithoutCard { .. } | Matter::CardBack => (Key::Session, Sheet::ReturnToCard),
        Matter::Ended { .. } => (Key::Session, Sheet::SignIn),
        Matter::ServiceBack => (Key::Service, Sheet::SignIn),
        Matter::Normal { .. } => (Key::Functions, Sheet::Services),
        Matter::Certificates { .. } => (Key::Certificates, Sheet::Certificates),
    }
}

fn words(matter: Matter) -> (Urgency, &'static str, Option<Timestamp>) {
    use Urgency::{Badge, Banner, Note};
    match matter {
        Matter::Pin { loudness, ends_at } => match loudness {
            Loudness::Badge => (Badge, "note-pin", Some(ends_at)),
            Loudness::Note => (Note, "note-pin", Some(ends_at)),
            Loudness::Soon => (Banner, "note-pin-30", Some(ends_at)),
            Loudness::Last => (Banner, "note-pin-10", Some(ends_at)),
        },
        Matter::Password { loudness, ends_at } => match loudness {
            Loudness::Badge => (Badge, "note-password", Some(ends_at)),
            Loudness::Note => (Note, "note-password", Some(ends_at)),
            Loudness::Soon => (Banner, "note-password-30", Some(ends_at)),
            Loudness::Last => (Banner, "note-password-10", Some(ends_at)),
        },
        Matter::WithoutCard { warning, ends_at } => match warning {
            Warning::Hour => (Note, "note-nocard-60", Some(ends_at)),
            Warning::Quarter => (Banner, "note-nocard-15", Some(ends_at)),
            Warning::Minutes => (Banner, "note-nocard-5", Some(ends_at)),
        },
        Matter::CardBack => (Note, "note-card-back", None),
        Matter::Ended { at, capped: false } => (Banner, "note-ended", Some(at)),
        Matter::Ended { capped: true, .. } => (Banner, "note-capped", None),
        Matter::ServiceBack => (Banner, "note-service-back", None),
        Matter::Normal { function: Some(_), at } => (Note, "note-normal", Some(at)),
        Matter::Normal { function: None, at } => (Note, "note-normal-several", Some(at)),
        Matter::Certificates { .. } => (Note, "note-certificates", None),
    }
}

/// What is to be done on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A new notification.
    Show(Notice),
    /// Another text in the notification of the same key.
    Replace(Notice),
    /// The notification of this key goes.
    TakeBack(Key),
}

/// The last thing said in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    notice: Notice,
    at: Timestamp,
    /// It is still true.
    holds: bool,
    /// Neither the person nor we have put it away.
    on_screen: bool,
}

/// What was said so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    said: BTreeMap<Key, Said>,
    /// Something waits for the pause to be over.
    waits_until: Option<Timestamp>,
}

impl Board {
    /// The person has put it away, or clicked on it: the same is not said again.
    pub fn put_away(&mut self, key: Key) {
        if let Some(said) = self.said.get_mut(&key) {
            said.on_screen = false;
        }
    }

    /// The urgency that has to be visible without any notification, for the mark near the clock.
    #[must_use]
    pub fn loudest(matters: &[Matter]) -> Option<Urgency> {
        matters.iter().map(|matter| notice(*matter).urgency).max()
    }

    /// When this one may be said; a time that has passed is now.
    fn may_come_at(&self, notice: Notice) -> Option<Timestamp> {
        let before = match notice.urgency {
            // What cannot wait does so only when it was said just now, by something that comes and goes.
            Urgency::Banner => self.said.get(&notice.key).filter(|said| said.notice == notice).map(|s| s.at),
            Urgency::Badge | Urgency::Note => self.said.values().map(|said| said.at).max(),
        };
        Some(before?.checked_add(PAUSE).unwrap_or(Timestamp::MAX))
    }

    /// The pause before this one is not over. A clock that was set back makes no pause longer.
    fn waits(&self, notice: Notice, now: Timestamp) -> Option<Timestamp> {
        self.may_come_at(notice).filter(|at| now < *at && at.duration_since(now) <= PAUSE)
    }

    fn gone(&mut self, key: Key) -> Option<Change> {
        let said = self.said.get_mut(&key)?;
        said.holds = false;
        std::mem::take(&mut said.on_screen).then_some(Change::TakeBack(key))
    }

    fn wanted(&mut self, notice: Notice, now: Timestamp) -> Option<Change> {
        let before = self.said.get(&notice.key).copied();
        let on_screen = before.is_some_and(|said| said.on_screen);
        if before.is_some_and(|said| said.holds && said.notice == notice) {
            return None;
        }
        // What was told, and of which less is left by now, is no news: nothing was added since.
        let told = |said: Said| said.holds && notice.since.is_some() && notice.since <= said.notice.since;
        if !on_screen && before.is_some_and(told) {
            return None;
        }
        // What is on the screen is corrected at once: it is no longer true.
        if !on_screen && let Some(until) = self.waits(notice, now) {
            self.waits_until = Some(self.waits_until.map_or(until, |at| at.min(until)));
            return None;
        }
        self.said.insert(notice.key, Said { notice, at: now, holds: true, on_screen: true });
        Some(if on_screen { Change::Replace(notice) } else { Change::Show(notice) })
    }
}

/// The board after `matters` are what must be said to a person who wants these popups, and what changes on the screen.
#[must_use]
pub fn turn(mut board: Board, matters: &[Matter], popups: Popups, now: Timestamp) -> (Board, Vec<Change>) {
    board.waits_until = None;
    let changes = Key::ALL
        .into_iter()
        .filter_map(|key| match loudest(matters, key).filter(|notice| popups.show(notice.urgency)) {
            Some(notice) => board.wanted(notice, now),
            None => board.gone(key),
        })
        .collect();
    (board, changes)
}

/// The latest moment at which the runner has to hand in what must be said, though nothing has changed.
#[must_use]
pub fn deadline(board: &Board) -> Option<Timestamp> {
    board.waits_until
}

/// The one that is said in this place; the end of a session goes before a card that is back.
fn loudest(matters: &[Matter], key: Key) -> Option<Notice> {
    let weight = |matter: &Matter| (notice(*matter).urgency, !matches!(matter, Matter::CardBack));
    let here = matters.iter().filter(|matter| place(**matter).0 == key);
    here.max_by_key(|matter| weight(matter)).map(|matter| notice(*matter))
}

#[cfg(test)]
mod tests;
