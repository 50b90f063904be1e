//! A lease as the command line prints it: the contract of docs/reference/cli.md.

use jiff::Timestamp;
use relais_core::lease::{HolderKey, Means, Person, Stored};
use relais_core::session::OpenSession;
use relais_core::session::renewal::Attempt;
use serde::{Deserialize, Serialize};

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseView {
    /// Whose it is.
    pub person: Person,
    /// How it was obtained.
    pub mode: Means,
    /// Where it is good.
    pub environment: String,
    /// IssueInstant of the token.
    pub issued_at: Timestamp,
    /// NotOnOrAfter of the token.
    pub expires_at: Timestamp,
    /// End of the session: never after `expires_at`.
    pub ends_at: Timestamp,
    /// Where it is kept.
    pub stored: Stored,
    /// What of the holder's key is at hand.
    pub key: HolderKey,
    /// Next planned renewal; none where none is left, or none is made: without the card.
    pub next_attempt_at: Option<Timestamp>,
    /// Renewals tried so far.
    pub attempts: Vec<AttemptView>,
}

/// One renewal that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    /// When.
    pub at: Timestamp,
    /// What came of it: `failed`; one that succeeded begins a new session.
    pub result: String,
    /// Why not, where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<relais_core::Code>,
}

impl From<&Attempt> for AttemptView {
    fn from(attempt: &Attempt) -> Self {
        Self { at: attempt.at, result: "failed".to_owned(), code: Some(attempt.code) }
    }
}

impl From<&OpenSession> for LeaseView {
    fn from(open: &OpenSession) -> Self {
        Self {
            person: open.lease.person.clone(),
            mode: open.lease.means,
            environment: open.lease.environment.to_string(),
            issued_at: open.lease.issued_at,
            expires_at: open.lease.expires_at,
            ends_at: open.ends_at(),
            stored: open.stored,
            key: open.key,
            next_attempt_at: open.next_attempt(),
            attempts: open.attempts.iter().map(AttemptView::from).collect(),
        }
    }
}
