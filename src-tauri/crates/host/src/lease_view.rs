//! A lease as the command line prints it: the contract of docs/reference/cli.md.

use jiff::Timestamp;
use relais_core::lease::{HolderKey, Means, Person, Stored};
use relais_core::session::OpenSession;
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
    /// Next planned renewal; none is planned in this version.
    pub next_attempt_at: Option<Timestamp>,
    /// Renewals tried so far.
    pub attempts: Vec<AttemptView>,
}

/// One renewal that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub result: String,
    /// Why not, where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<relais_core::Code>,
}

impl From<&OpenSession> for LeaseView {
    fn from(open: &OpenSession) -> Self {
        Self {
            person: open.lease.person.clone(),
            mode: open.lease.means,
            environment: open.lease.environment.to_string(),
            issued_at: open.lease.issued_at,
            expires_at: open.lease.expires_at,
            ends_at: open.lease.ends_at(),
            stored: open.stored,
            key: open.key,
            next_attempt_at: None,
            attempts: vec![],
        }
    }
}
