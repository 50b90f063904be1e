//! The snapshot: everything a window may know, and nothing more. No SSIN, PIN, password or token is in it.

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
    },
    /// The last session is over.
    Ended {
        /// Whose it was.
        person: String,
        /// When it ended.
        at: Millis,
    },
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
    /// Card and sign-in service are at work.
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
    /// Relais starts with the computer.
    pub autostart: bool,
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
