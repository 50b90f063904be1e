//! The snapshot: everything a window may know, and nothing more. No SSIN, PIN, password or token is in it.

pub mod certificates;
pub mod continuity;
pub mod sandbox;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Milliseconds since 1970, UTC. Exact in a JavaScript number until the year 287396.
pub type Millis = f64;

/// A failure: the page finds the words by the code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// `RLS-1202`.
    pub code: String,
    /// Values the sentence names.
    pub with: BTreeMap<String, String>,
}

/// Everything the main window shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Counts up: a view that arrives after a younger one is old, and not shown.
    pub revision: u32,
    /// Environment in use; none on a fresh install.
    pub environment: Option<EnvironmentView>,
    /// An environment is being opened: there is nothing to choose, and not yet anything to show.
    pub opening: bool,
    /// The session, or its absence.
    pub session: SessionView,
    /// Whether the sign-in service is looked for, because nobody is signed in and it does not answer.
    pub lookout: LookoutView,
    /// What is going on towards a session.
    pub sign_in: SignInView,
    /// Readers and card.
    pub card: CardView,
    /// Something that needs no action but must be said, such as a session kept in memory only.
    pub warnings: Vec<ProblemView>,
    /// Settings in force.
    pub settings: SettingsView,
    /// The clock of this environment; differs from the PC's in a sandbox whose time is turned.
    pub now: Millis,
}

/// Which world this is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentView {
    /// Name of the profile.
    pub name: String,
    /// `production`, `acceptance`, `integration` or `sandbox`.
    pub class: String,
    /// Sandbox only: the invented PIN and keystore password, for the banner.
    pub sandbox_note: Option<SandboxNote>,
    /// Sandbox only: the window reaches its control, so that a person can act there.
    pub hand: bool,
}

/// The invented secrets of the sandbox, shown to everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxNote {
    /// PIN of the virtual eID.
    pub pin: String,
    /// Password of the invented keystore.
    pub password: String,
}

/// The sign-in service, as far as somebody without a session waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LookoutView {
    /// Nobody waits for it.
    Off,
    /// It does not answer, and is looked for.
    Missed,
    /// It answers again.
    Back,
}

/// The session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SessionView {
    /// Nobody is signed in.
    None,
    /// Somebody is.
    Open {
        /// Name of the person.
        person: String,
        /// `eid`, `eid-only`, `certificate` or `fallback`.
        means: String,
        /// Since when.
        issued_at: Millis,
        /// Until when.
        ends_at: Millis,
        /// `os`, `file` or `memory`.
        stored: String,
        /// `unlocked`, `locked` or `card`.
        key: String,
        /// It was found again after a restart.
        restored: bool,
        /// Where its renewal stands.
        renewal: RenewalView,
    },
    /// The last session is over.
    Ended {
        /// Whose it was.
        person: String,
        /// When it ended.
        at: Millis,
        /// Why.
        because: EndView,
    },
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EndView {
    /// The cap of a session without the card was reached.
    Cap,
    /// The token's life ended.
    Life,
}

/// Where the renewal of an open session stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RenewalView {
    /// Nothing is renewed: the session was opened without the card.
    Off,
    /// The next attempt is to come.
    Resting {
        /// When the PIN is asked for; none = no quiet moment is left before the end.
        asks_at: Option<Millis>,
        /// When the next attempt is made, which may be before the PIN is asked for; none = no attempt is left.
        tries_at: Option<Millis>,
        /// Attempts to come, in order.
        attempts: Vec<Millis>,
        /// Attempts since the token was issued that came to nothing.
        failed: Vec<AttemptView>,
        /// The sign-in service is being asked whether it answers.
        probing: bool,
    },
    /// The service answers, so the PIN is wanted.
    Wanted {
        /// The person is reminded then.
        snoozed_until: Option<Millis>,
        /// Attempts to come, in order.
        attempts: Vec<Millis>,
        /// Attempts since the token was issued that came to nothing.
        failed: Vec<AttemptView>,
    },
}

/// An attempt that was made and came to nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// When.
    pub at: Millis,
    /// Why it failed: `RLS-2001`.
    pub code: String,
}

/// The way to a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SignInView {
    /// Nothing is going on.
    Idle,
    /// Asking the sign-in service whether it answers.
    Probing,
    /// Reading the card.
    Reading,
    /// The PIN window is open (PIN or keystore password).
    Asking,
    /// The keystore's password is asked, without the card.
    WithoutCard {
        /// Which question: what is typed is an answer to it alone.
        question: u32,
        /// What the last try came to.
        problem: Option<ProblemView>,
    },
    /// The password of the organisation's keystore is asked.
    Organisation {
        /// Which question: what is typed is an answer to it alone.
        question: u32,
        /// Name of the organisation, where an earlier session told it.
        name: Option<String>,
        /// What the last try came to.
        problem: Option<ProblemView>,
        /// The password may be remembered on this PC.
        can_remember: bool,
    },
    /// Card or keystore, and the sign-in service, are at work.
    Working,
    /// It did not work; the session that was open is untouched.
    Failed {
        /// Why.
        problem: ProblemView,
    },
}

/// Readers and card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CardView {
    /// Not looked yet.
    Unknown,
    /// The smart-card service does not answer.
    Down {
        /// Why.
        problem: ProblemView,
    },
    /// No reader.
    NoReader,
    /// A reader, no card.
    NoCard {
        /// Names of the readers.
        readers: Vec<String>,
    },
    /// A card that is mute, no eID, or in use.
    Unusable {
        /// Why.
        problem: ProblemView,
    },
    /// An eID is there.
    Ready {
        /// Its reader.
        reader: String,
        /// Tries left, once they have been read.
        tries: Option<u8>,
    },
    /// Several eIDs: the person chooses a reader in the settings.
    Several {
        /// Readers with an eID.
        readers: Vec<String>,
    },
}

/// Settings a window shows and changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// `nl`, `fr`, `de` or `en`.
    pub language: String,
    /// Reader to use when there are several; none = the one with a card.
    pub reader: Option<String>,
    /// Readers seen now, for the choice.
    pub readers: Vec<String>,
    /// `system`, `light` or `dark`.
    pub appearance: String,
    /// Where session keys are kept: `os`, `file` or `memory`.
    pub key_store: String,
    /// Readers with a keypad at which the PIN is typed on this PC.
    pub typed_readers: Vec<String>,
    /// When the practice works, and when nobody is to be disturbed.
    pub hours: HoursView,
    /// Relais starts with the computer.
    pub autostart: bool,
    /// Which notifications are shown: `all`, `essential` or `none`.
    pub notifications: String,
    /// This desktop shows notifications; none while nobody knows.
    pub notifies: Option<bool>,
    /// What closing the window does: `hides` or `stops`.
    pub closing: String,
    /// The icon near the clock is there, so that a hidden window can be brought back.
    pub near_clock: bool,
    /// This PC signs in for an organisation, with its certificate.
    pub organisation: bool,
    /// The practice lies in the Flemish Region, or its patients live there; none = it was not said.
    pub flemish: Option<bool>,
    /// The practice's software has a tariff module of its own; none = it was not said.
    pub tariff_module: Option<bool>,
}

/// The hours of a practice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HoursView {
    /// From Monday to Sunday.
    pub week: Vec<DayView>,
}

/// One weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayView {
    /// Working hours; none on a day off.
    pub open: Option<StretchView>,
    /// Consultations, in any order; they may touch or overlap.
    pub consultations: Vec<StretchView>,
}

/// Part of a day on the clock of the practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StretchView {
    /// `08:00`.
    pub from: String,
    /// The first minute after it, `12:30`.
    pub to: String,
}

/// What a person is told before they decide to work without the card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WithoutCardView {
    /// Whose keystore, where an earlier session told it.
    pub person: Option<String>,
    /// Where they keep its password, in their own words.
    pub hint: Option<String>,
    /// Begin of an exception that is not over: its end does not move.
    pub since: Option<Millis>,
    /// Longest life of an exception, in hours.
    pub cap_hours: u32,
    /// The number this use would have in `days` days; the first is 1.
    pub uses: u32,
    /// Days that are looked back on.
    pub days: u32,
    /// The number this use would have since the last sign-in with the card; the first is 1.
    pub in_a_row: u32,
    /// What is said about that.
    pub restraint: RestraintView,
    /// The sign-in service.
    pub service: ServiceView,
}

/// What the uses before this one have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RestraintView {
    /// Nothing.
    None,
    /// What would cure it.
    Notice,
    /// A sentence is asked for.
    Justify,
}

/// Whether the sign-in service answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ServiceView {
    /// It was not heard in time.
    Unknown,
    /// It does.
    Answers,
    /// It does not, now.
    Silent,
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalPage {
    /// Newest first.
    pub entries: Vec<EntryView>,
    /// There are older ones.
    pub older: bool,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    /// Its number in the chain.
    pub seq: u32,
    /// It can be read; one that cannot was changed by somebody, and has nothing but its number and a place.
    pub readable: bool,
    /// When.
    pub at: Millis,
    /// What it is about: `session`, `card` and so on.
    pub subject: String,
    /// What happened, in kebab case.
    pub event: String,
    /// Whose session, where it is one person's.
    pub person: Option<String>,
    /// The failure, where it is one: `RLS-1202`.
    pub code: Option<String>,
    /// `eid`, `eid-only`, `certificate` or `fallback`, where somebody signed in.
    pub means: Option<String>,
    /// Until when the session lasts, where that is said.
    pub until: Option<Millis>,
}

/// A number of the policy, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    /// Its name in the catalogue, which is the key of its text.
    pub name: String,
    /// Its value or values, in figures.
    pub value: String,
    /// `hours`, `minutes`, `seconds`, `days`, `uses`, `percent` or `time`.
    pub unit: String,
    /// The day it was laid down, `YYYY-MM-DD`.
    pub date: String,
}

/// A person this PC knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Whose place this is; it names nobody.
    pub slot: String,
    /// Their name, where a session told it.
    pub name: Option<String>,
    /// Their session is the one in use.
    pub in_use: bool,
    /// Where they keep the password of their keystore, in their own words; empty = not noted.
    pub hint: String,
    /// Until when their session lasts, where they have one.
    pub until: Option<Millis>,
}

/// Whether the chain of the entries holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ChainView {
    /// It does.
    Whole {
        /// The last entry that is not in it any more: what came up to it was cut, or set aside. 0 = nothing was.
        after: u32,
    },
    /// Not from this entry on.
    Broken {
        /// The first bad entry.
        seq: u32,
    },
}

/// Sessions without the card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerView {
    /// Newest first.
    pub uses: Vec<UseView>,
    /// How many of them began in the last `days` days.
    pub recent: u32,
    /// Days that are looked back on.
    pub days: u32,
}

/// A session without the card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UseView {
    /// Since when.
    pub since: Millis,
    /// When it ended; none while it is open.
    pub until: Option<Millis>,
    /// `eid-not-at-hand` or `technical-problem`.
    pub reason: String,
    /// What the person wrote.
    pub note: Option<String>,
    /// How it ended.
    pub how: HowView,
}

/// How a session without the card ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HowView {
    /// It has not.
    Open,
    /// By a sign-in with the card.
    Card,
    /// Its twelve hours were over.
    Cap,
    /// Its token ended before.
    Life,
    /// The person ended it.
    Person,
    /// Its token was not found again.
    Lost,
}

/// Everything the PIN window shows. It never learns a digit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PinView {
    /// Counts up: a view that arrives after a younger one is old, and not shown.
    pub revision: u32,
    /// What is asked now.
    pub step: PinStep,
    /// The question that an answer has to name; none while nothing is asked.
    pub question: Option<u32>,
    /// Until when the session will last, as asked of the platform.
    pub until: Option<Millis>,
    /// Whose card.
    pub holder: String,
    /// Last four characters of the card number.
    pub card_end: String,
    /// Tries left; none = unknown.
    pub tries: Option<u8>,
    /// Dots to draw, 0 to 12.
    pub digits: u8,
    /// What the last try came to.
    pub notice: Option<ProblemView>,
    /// The open session's end, said when a card is blocked or at its last try.
    pub session_until: Option<Millis>,
    /// The next try may block the card: it is the last, or nobody knows after a doubtful one.
    pub risky: bool,
    /// The first PIN did its work, and the platform challenges the card itself: one more is asked.
    pub again: bool,
    /// A session that is open gets a new life by it.
    pub renewing: bool,
    /// The clock of this environment, against which "tomorrow" is meant.
    pub now: Millis,
    /// The reader has a keypad.
    pub keypad: bool,
    /// A keystore password may be remembered on this PC: the key store of the operating system is in use.
    pub can_remember: bool,
    /// Appearance and language, as in the settings.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub appearance: String,
}

/// Steps of the PIN window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PinStep {
    /// Nothing is asked: the window should close.
    Closed,
    /// Waiting for the card (taken out, or another program has it).
    WaitingForCard,
    /// The person types.
    Pin,
    /// One try left, or unknown after a failure: the person has not said yet that they are certain.
    Consent,
    /// The reader's keypad takes the PIN, now.
    Keypad,
    /// The reader has a keypad and does not wait: the person tries it once more, or types here.
    KeypadChoice,
    /// The card is blocked.
    Blocked,
    /// The keystore password is asked, once.
    Password,
    /// Card and sign-in service are at work.
    Working,
    /// Signed in.
    Done,
    /// Something else went wrong; `notice` says what.
    Failed,
}
