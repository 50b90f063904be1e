//! What is written down of what happened on this PC. Never a PIN, password, token, SSIN or patient.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::environment::EnvironmentName;
use crate::lease::SlotId;

/// What an entry is about; the journal's filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Signing in, renewing, signing out, restoring.
    Session,
    /// Sessions without the card.
    Fallback,
    /// Card and reader.
    Card,
    /// Services and routes.
    Service,
    /// Certificates and keystores.
    Certificate,
    /// This PC: clock, storage, the journal itself.
    System,
    /// Something that looks like an attack: a refused assertion, a forged list.
    Security,
}

/// What happened: a name of a closed list per subject, such as `signed-in`, `pin-refused`, `restored`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// About what.
    pub subject: Subject,
    /// What happened, in kebab case.
    pub event: String,
    /// In which environment.
    pub environment: EnvironmentName,
    /// Whose session, where it is one person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotId>,
    /// The failure, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Further values that are safe to keep: a means, a time, a reader's name.
    #[serde(default, skip_serializing_if = "serde_is_empty")]
    pub detail: std::collections::BTreeMap<String, String>,
}

fn serde_is_empty(map: &std::collections::BTreeMap<String, String>) -> bool {
    map.is_empty()
}

/// Every event an entry tells of, with the key of its words (`ui/locales/*/journal.ftl`). A sign-in has words of its own
/// for each means.
pub const EVENTS: [(&str, &str); 31] = [
    ("signed-in", "journal-signed-in"),
    ("signed-out", "journal-signed-out"),
    ("replaced", "journal-replaced"),
    ("renewed", "journal-renewed"),
    ("renewal-failed", "journal-renewal-failed"),
    ("service-back", "journal-service-back"),
    ("restored", "journal-restored"),
    ("ended", "journal-ended"),
    ("sign-in-failed", "journal-failed"),
    ("extension-failed", "journal-extension-failed"),
    ("pin-refused", "journal-pin-refused"),
    ("pin-outcome-unknown", "journal-pin-unknown"),
    ("typed-secrets-wiped", "journal-wiped"),
    ("password-remembered", "journal-remembered"),
    ("password-forgotten", "journal-forgotten"),
    ("person-forgotten", "journal-person-forgotten"),
    ("clock-came-back", "journal-clock"),
    ("noted-time-put-back", "journal-time-back"),
    ("list-refused", "journal-list-refused"),
    ("route-moved-away", "journal-route-away"),
    ("route-moved-back", "journal-route-back"),
    ("route-chosen", "journal-route-chosen"),
    ("route-left", "journal-route-left"),
    ("paper-printed", "journal-paper-printed"),
    ("certificate-folder-agreed", "journal-folder-agreed"),
    ("certificate-folder-withdrawn", "journal-folder-withdrawn"),
    ("certificates-told", "journal-certificates-told"),
    ("database-set-aside", "journal-aside"),
    ("journal-gap", "journal-gap"),
    ("journal-waited", "journal-waited"),
    ("journal-cut", "journal-cut"),
];

/// The key of the words for an event; none for one that a newer Relais wrote.
#[must_use]
pub fn words(event: &str) -> Option<&'static str> {
    EVENTS.iter().find(|(name, _)| *name == event).map(|(_, key)| *key)
}
