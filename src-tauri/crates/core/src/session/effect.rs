//! What happens, and what is to be done about it.

use std::collections::BTreeMap;

use crate::card::{CardFace, Readers, Tries};
use crate::code::{Code, Problem};
use crate::environment::Quality;
use crate::journal::Subject;
use crate::lease::{HolderKey, Means, SlotId, Stored, TokenLease};
use crate::secret::EntryId;
use crate::time::Moment;

use super::errand::KeyAtHand;

/// Number of one sign-in; answers to an older one mean nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrandId(pub(super) u64);

/// A sign-in as a person asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// By which means.
    pub means: Means,
    /// In which quality.
    pub quality: Quality,
    /// Reader to use; none = the one that holds an eID.
    pub reader: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A person wants to sign in.
    SignInAsked(Ask),
    /// A person does not want to go on; nothing was sent to the card yet.
    Cancelled,
    /// A person wants the session to end.
    SignOutAsked,
    /// A person is certain of the PIN though one try is left, or the number is unknown.
    Consented,
    /// The person types on this PC though the reader has a keypad.
    TypeInstead,
    /// A complete PIN lies on the desk, or the reader's keypad is to take it.
    PinGiven(PinSource),
    /// A keystore password lies on the desk.
    PasswordGiven {
        /// Where.
        entry: EntryId,
        /// It may be kept on this PC for sign-in with the card.
        remember: bool,
    },
    /// The desk wiped a slot that nobody had touched.
    EntryWiped(EntryId),
    /// The desktop was locked, or the computer is about to sleep: whoever typed has left.
    DesktopLocked,
    /// The page of the PIN window died, with what was typed in it.
    PinPageLost,
    /// An adapter answered.
    Answered {
        /// To which sign-in.
        errand: ErrandId,
        /// What.
        answer: Answer,
    },
    /// A lease was found on disk at start.
    Restored {
        /// The lease.
        lease: Box<TokenLease>,
        /// Where it was.
        stored: Stored,
        /// What of its key is at hand.
        key: HolderKey,
    },
    /// Something must be said though nothing has to be done.
    Warned(Problem),
    /// Readers and cards changed.
    ReadersSeen(Readers),
    /// The tries left of the card in a reader have been read.
    TriesSeen {
        /// In which reader.
        reader: String,
        /// How many.
        tries: Tries,
    },
    /// Time has passed.
    Tick,
}

/// What an adapter answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The sign-in service answers, or not.
    Probed(Result<(), Problem>),
    /// The card was read.
    CardRead(Result<Box<CardFace>, Problem>),
    /// The person's keystore was looked for.
    KeyFound(Result<KeyAtHand, Problem>),
    /// The keystore was opened with the password.
    KeyOpened(Result<(), Problem>),
    /// The platform challenges the card itself: one more PIN is needed for this sign-in.
    PinWantedAgain,
    /// The PIN that the reader's keypad took was right: the person is done with the reader.
    PinTaken,
    /// The platform granted an assertion, which lies on the desk.
    Granted {
        /// Its life.
        lease: Box<TokenLease>,
        /// Where it lies.
        assertion: EntryId,
    },
    /// It did not work.
    Refused {
        /// Why.
        problem: Problem,
        /// What became of the PIN.
        pin: PinFate,
    },
    /// The lease was put away.
    Sealed {
        /// Where.
        stored: Stored,
        /// Why it is only in memory, if it is.
        warning: Option<Problem>,
    },
}

/// Where the PIN comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinSource {
    /// From the desk.
    Desk(EntryId),
    /// From the keypad of the reader; it never enters this PC.
    Keypad,
}

/// What became of a PIN when something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinFate {
    /// It was never sent to the card and lies on the desk again.
    Kept(EntryId),
    /// It was sent, or may have been: it is gone.
    Spent,
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the sign-in service whether it answers; nothing is signed.
    Probe {
        /// For which sign-in.
        errand: ErrandId,
    },
    /// Read who the card belongs to and how many tries are left.
    ReadCard {
        /// For which sign-in.
        errand: ErrandId,
        /// In which reader.
        reader: Option<String>,
    },
    /// Look for the person's keystore, and for its password if it may be kept.
    FindKey {
        /// For which sign-in.
        errand: ErrandId,
        /// Whose.
        face: Box<CardFace>,
    },
    /// Open the keystore.
    OpenKey {
        /// For which sign-in.
        errand: ErrandId,
        /// Whose.
        face: Box<CardFace>,
        /// Where the password lies.
        password: EntryId,
        /// Keep it afterwards.
        remember: bool,
    },
    /// Ask the platform for an assertion: one PIN, one VERIFY.
    Request {
        /// For which sign-in.
        errand: ErrandId,
        /// How.
        ask: Ask,
        /// With which card.
        face: Box<CardFace>,
        /// With which PIN.
        pin: PinSource,
    },
    /// Hand one more PIN to the request that waits for it.
    HandPin {
        /// To which sign-in.
        errand: ErrandId,
        /// Which PIN; none = the person does not want to go on.
        pin: Option<PinSource>,
    },
    /// Put a lease and its assertion away.
    Seal {
        /// For which sign-in.
        errand: ErrandId,
        /// The lease.
        lease: Box<TokenLease>,
        /// Where the assertion lies.
        assertion: EntryId,
    },
    /// Erase a person's lease.
    Erase {
        /// Whose.
        slot: SlotId,
    },
    /// Wipe a slot of the desk.
    Wipe {
        /// Which.
        entry: EntryId,
    },
    /// Wipe the PIN and the password that are being typed.
    WipeTyping,
    /// Write an entry into the journal, before anything else is done.
    Record(Record),
}

/// An entry for the journal; the host adds the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub at: jiff::Timestamp,
    /// About what.
    pub subject: Subject,
    /// What happened.
    pub event: &'static str,
    /// Whose session.
    pub slot: Option<SlotId>,
    /// The failure, where it is one.
    pub code: Option<Code>,
    /// Values that are safe to keep.
    pub detail: BTreeMap<String, String>,
}

impl Effect {
    pub(super) fn record(subject: Subject, event: &'static str, lease: &TokenLease, now: Moment) -> Self {
        Self::note(subject, event, Some(lease.person.slot.clone()), now)
    }

    pub(super) fn note(subject: Subject, event: &'static str, slot: Option<SlotId>, now: Moment) -> Self {
        Self::Record(Record { at: now.wall, subject, event, slot, code: None, detail: BTreeMap::new() })
    }

    /// Adds a value to a record; other effects stay as they are.
    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        if let Self::Record(record) = &mut self {
            record.detail.insert(name.to_owned(), value.to_string());
        }
        self
    }

    /// Adds the code to a record; other effects stay as they are.
    #[must_use]
    pub(super) fn because(mut self, code: Code) -> Self {
        if let Self::Record(record) = &mut self {
            record.code = Some(code);
        }
        self
    }

    /// The answer that stands for a port that broke while it did this.
    #[must_use]
    pub fn lost(&self, problem: Problem) -> Option<Event> {
        let (errand, answer) = match self {
            Self::Probe { errand } => (*errand, Answer::Probed(Err(problem))),
            Self::ReadCard { errand, .. } => (*errand, Answer::CardRead(Err(problem))),
            Self::FindKey { errand, .. } => (*errand, Answer::KeyFound(Err(problem))),
            Self::OpenKey { errand, .. } => (*errand, Answer::KeyOpened(Err(problem))),
            Self::Request { errand, .. } => (*errand, Answer::Refused { problem, pin: PinFate::Spent }),
            // The assertion was in the hands of the port that broke: the session lives in memory of its lease only.
            Self::Seal { errand, .. } => (*errand, Answer::Refused { problem, pin: PinFate::Spent }),
            Self::HandPin { .. }
            | Self::Erase { .. }
            | Self::Wipe { .. }
            | Self::WipeTyping
            | Self::Record(_) => return None,
        };
        Some(Event::Answered { errand, answer })
    }
}
