//! What happens, and what is to be done about it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::card::{CardFace, ChipNumber, Readers, Tries};
use crate::code::{Code, Problem};
use crate::environment::Quality;
use crate::journal::Subject;
use crate::lease::{HolderKey, LeaseId, Means, SlotId, Stored, TokenLease};
use crate::platform_time::PlatformTime;
use crate::secret::EntryId;
use crate::time::{Moment, TrustedMark};

use jiff::{SignedDuration, Timestamp};

use super::errand::KeyAtHand;
use super::exception::{Exception, Why};
use super::history::History;
use super::ledger::{Ended, Line, Past};
use super::lookout::Chance;
use super::people::LastUsed;
use super::question::QuestionId;
use super::renewal::{Attempt, Habits};

/// Number of one sign-in; answers to an older one mean nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrandId(pub(super) u64);

/// A sign-in as a person asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// By which means.
    pub means: Means,
    /// In which quality; that of an organisation is told by its certificate, whatever stands here.
    pub quality: Quality,
    /// Reader to use; none = the one that holds an eID.
    pub reader: Option<String>,
    /// Whose session it is to be; none = whoever the card belongs to.
    pub person: Option<SlotId>,
    /// The lease that is to get a new life, where the platform gives it one.
    pub renews: Option<LeaseId>,
    /// Why the card is not used, where it is not.
    pub why: Option<Why>,
    /// The file of the keystore, where one was named for this sign-in; none = where keystores usually lie.
    pub keystore: Option<PathBuf>,
}

impl Ask {
    /// A new session of whoever the card in any reader belongs to, as a doctor.
    #[must_use]
    pub fn by(means: Means) -> Self {
        let (reader, person, renews, why, keystore) = (None, None, None, None, None);
        Self { means, quality: Quality::doctor(), reader, person, renews, why, keystore }
    }

    /// As it is carried out, whoever asks: two that mean the same are the same.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.why.iter_mut().for_each(Why::tidy);
        self
    }
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
    /// A person wants the session of this slot to end, whether it is the one in use or not.
    SignOutOf(SlotId),
    /// A person wants everything of whoever has this slot to be gone from this PC.
    ForgetAsked(SlotId),
    /// A person is certain of the PIN though one try is left, or the number is unknown.
    Consented(QuestionId),
    /// The person types on this PC though the reader has a keypad.
    TypeInstead(QuestionId),
    /// A complete PIN lies on the desk, or the reader's keypad is to take it.
    PinGiven {
        /// What it answers.
        question: QuestionId,
        /// Where it comes from.
        pin: PinSource,
    },
    /// A keystore password lies on the desk.
    PasswordGiven {
        /// What it answers.
        question: QuestionId,
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
    /// What the index of sessions says at start, before any lease is found.
    Remembered {
        /// People this PC knows.
        people: Vec<SlotId>,
        /// Whose session was in use.
        last: LastUsed,
    },
    /// Whose keystore a password has opened, where only that tells.
    LedgerRead(Box<Whose>),
    /// What was written down as an episode of its own goes on with one that the records knew.
    EpisodeInForce {
        /// Under which number it was written down.
        asked: LeaseId,
        /// The line that counts.
        line: Box<Line>,
    },
    /// Somebody trustworthy told the time.
    TimeTold(TrustedMark),
    /// A person put the mark of trusted time back, and a check agreed.
    TimeLowered(TrustedMark),
    /// An answer told how far the platform's clock is ahead of this PC's, and a verified signature in it when that is.
    ClockMeasured {
        /// By the Date of the answer; less than nothing where the platform's is behind.
        offset: SignedDuration,
        /// When the platform signed, where it did.
        signed: Option<Timestamp>,
    },
    /// What was measured of the platform's clock earlier in this start of the PC, found again.
    ClockKept(PlatformTime),
    /// A lease was found on disk.
    Restored(Box<Found>),
    /// The key of an organisation whose session was found is open.
    KeyAtHand(SlotId),
    /// Every lease is kept here from now on.
    Moved(Stored),
    /// A lease lies on disk and cannot be opened now.
    Unopened {
        /// Whose.
        slot: SlotId,
        /// Why not.
        problem: Problem,
    },
    /// A lease was to be erased.
    Erased {
        /// Whose.
        slot: SlotId,
        /// What remains, and why, where something does.
        problem: Option<Problem>,
    },
    /// A person was to be forgotten.
    Forgotten {
        /// Who.
        slot: SlotId,
        /// What remains, and why, where something does.
        problem: Option<Problem>,
    },
    /// The chip of the card that is just being read was in doubt when Relais last ended.
    Doubted(ChipNumber),
    /// Nothing of the journal waits any more.
    JournalWritten,
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
    /// The practice wants its sessions kept this way.
    HabitsSet(Box<Habits>),
    /// The sign-in service was asked whether it answers, before a renewal.
    RenewalProbed(Result<(), Problem>),
    /// The sign-in service was asked whether it answers again, while nobody is signed in.
    ServiceLooked {
        /// Whether it does.
        result: Result<(), Problem>,
        /// Drawn for the pause that follows, if one does.
        chance: Chance,
    },
    /// The person wants to be asked for the PIN of a renewal later.
    Snoozed {
        /// When.
        until: jiff::Timestamp,
    },
    /// Time has passed.
    Tick,
}

/// A lease that was found on disk, with what lay beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The lease.
    pub lease: TokenLease,
    /// Where it was.
    pub stored: Stored,
    /// What of its key is at hand.
    pub key: HolderKey,
    /// Renewals that were tried and came to nothing.
    pub attempts: Vec<Attempt>,
    /// The exception it belongs to, where it was made without the card.
    pub exception: Option<Exception>,
}

/// Whose keystore signs in without the card, and what the ledger says of that person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Their slot; none where only the password of the keystore tells whose it is.
    pub slot: Option<SlotId>,
    /// Their name, where an earlier session told it.
    pub name: Option<String>,
    /// Their sessions without the card.
    pub past: Past,
    /// The one that may be opened again.
    pub goes_on: Option<Box<Line>>,
    /// What of the key is at hand; for a session without the card the password is asked all the same.
    pub key: KeyAtHand,
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
    /// Whose keystore it is that signs in without a card.
    HolderFound(Result<Box<Whose>, Problem>),
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
    /// Ask the sign-in service whether it answers, before a person is asked for the PIN of a renewal.
    ProbeForRenewal,
    /// Ask the sign-in service whether it answers again; nobody is signed in.
    LookForService,
    /// Keep another history beside the token of this person.
    KeepHistory {
        /// Whose.
        slot: SlotId,
        /// Beside which token.
        lease: LeaseId,
        /// What.
        history: History,
    },
    /// Look whose keystore it is that signs in without a card, and what the ledger says of them.
    FindHolder {
        /// For which sign-in.
        errand: ErrandId,
        /// By which means: an organisation's keystore is no person's.
        means: Means,
        /// Whose it has to be.
        person: Option<SlotId>,
        /// In which file, where one was named.
        keystore: Option<PathBuf>,
    },
    /// Open the keystore and ask the platform for an assertion with it, without any card.
    Claim {
        /// For which sign-in.
        errand: ErrandId,
        /// How.
        ask: Ask,
        /// Where the password lies; none where the key is open.
        password: Option<EntryId>,
        /// Keep the password afterwards.
        remember: bool,
    },
    /// Write down a renewal that came to nothing.
    Attempted {
        /// Of which token.
        lease: LeaseId,
        /// What was tried.
        attempt: Attempt,
    },
    /// Write down that a session without the card was opened: a new episode, or one that goes on.
    BeginEpisode(Box<Line>),
    /// Write down that an episode ended.
    EndEpisode {
        /// Which.
        episode: LeaseId,
        /// When and how.
        ended: Ended,
    },
    /// Read who the card belongs to and how many tries are left.
    ReadCard {
        /// For which sign-in.
        errand: ErrandId,
        /// In which reader.
        reader: Option<String>,
        /// Whose it has to be.
        person: Option<SlotId>,
    },
    /// Look for the person's keystore, and for its password if it may be kept.
    FindKey {
        /// For which sign-in.
        errand: ErrandId,
        /// Whose.
        face: Box<CardFace>,
        /// In which file, where one was named.
        keystore: Option<PathBuf>,
    },
    /// Open the keystore.
    OpenKey {
        /// For which sign-in.
        errand: ErrandId,
        /// Whose.
        face: Box<CardFace>,
        /// In which file, where one was named.
        keystore: Option<PathBuf>,
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
        /// Which PIN, or why there is none.
        pin: Result<PinSource, Code>,
    },
    /// Put a lease and its assertion away.
    Seal {
        /// For which sign-in.
        errand: ErrandId,
        /// The lease.
        lease: Box<TokenLease>,
        /// What is kept beside it.
        history: History,
        /// Where the assertion lies.
        assertion: EntryId,
    },
    /// Erase a person's lease.
    Erase {
        /// Whose.
        slot: SlotId,
    },
    /// Erase everything of a person: lease, remembered password, open key, name and what they wrote.
    Forget {
        /// Who.
        slot: SlotId,
    },
    /// Try again to open a lease that lies on disk, without making anybody be asked for anything.
    Reopen {
        /// Whose.
        slot: SlotId,
    },
    /// Note whose session is in use, for the next start.
    Use(LastUsed),
    /// Note, before a VERIFY, that a chip which does not tell its tries is in doubt; or that it is not any more.
    Doubt {
        /// Which chip.
        chip: ChipNumber,
        /// Whether it is.
        doubtful: bool,
    },
    /// Try again to write down what waits for the journal.
    WriteWaiting,
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
    /// Written down by the clock on the wall, and with what is known of the platform's beside a token.
    pub(super) fn on_this_pc(&mut self, platform: Option<&PlatformTime>, pc: Moment) {
        match self {
            Self::Record(record) => record.at = pc.wall,
            Self::KeepHistory { history, .. } | Self::Seal { history, .. } => {
                history.platform = platform.cloned();
            }
            _ => {}
        }
    }

    /// What failed was to give a session a new life: it goes on.
    pub(super) fn of_an_extension(&mut self) {
        if let Self::Record(record) = self
            && record.event == "sign-in-failed"
        {
            record.event = "extension-failed";
        }
    }

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

    /// Adds a value where there is one.
    #[must_use]
    pub(super) fn with_any(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds the code to a record; other effects stay as they are.
    #[must_use]
    pub(super) fn because(mut self, code: Code) -> Self {
        if let Self::Record(record) = &mut self {
            record.code = Some(code);
        }
        self
    }

    /// Done in order and before anything else, and before anybody sees the new state: what is written down, and what
    /// must be gone from the disk once somebody hears that it is.
    #[must_use]
    pub fn comes_first(&self) -> bool {
        matches!(
            self,
            Self::Record(_)
                | Self::Erase { .. }
                | Self::Forget { .. }
                | Self::Use(_)
                | Self::Doubt { .. }
                | Self::KeepHistory { .. }
                | Self::Attempted { .. }
                | Self::BeginEpisode(_)
                | Self::EndEpisode { .. }
        )
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
            Self::FindHolder { errand, .. } => (*errand, Answer::HolderFound(Err(problem))),
            Self::Claim { errand, .. } => (*errand, Answer::Refused { problem, pin: PinFate::Spent }),
            // The assertion was in the hands of the port that broke: there is no session without it.
            Self::Seal { errand, .. } => (*errand, Answer::Refused { problem, pin: PinFate::Spent }),
            Self::Reopen { slot } => return Some(Event::Unopened { slot: slot.clone(), problem }),
            Self::Forget { slot } => {
                let left = Problem::new(Code::PERSON_NOT_FORGOTTEN)
                    .with("reason", "all")
                    .with("cause", problem.code);
                return Some(Event::Forgotten { slot: slot.clone(), problem: Some(left) });
            }
            Self::ProbeForRenewal => return Some(Event::RenewalProbed(Err(problem))),
            Self::LookForService => {
                return Some(Event::ServiceLooked { result: Err(problem), chance: Chance::EVEN });
            }
            Self::WriteWaiting => return Some(Event::Warned(Code::JOURNAL_WAITING.into())),
            Self::HandPin { .. }
            | Self::Erase { .. }
            | Self::Use(_)
            | Self::Doubt { .. }
            | Self::KeepHistory { .. }
            | Self::Attempted { .. }
            | Self::BeginEpisode(_)
            | Self::EndEpisode { .. }
            | Self::Wipe { .. }
            | Self::WipeTyping
            | Self::Record(_) => return None,
        };
        Some(Event::Answered { errand, answer })
    }
}
