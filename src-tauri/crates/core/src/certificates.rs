//! Certificates that come to an end: when one may be renewed, what can be done today, and who has to be told.
//!
//! Every date comes from the certificate itself or from the platform, never from "one year" or "three years". What a
//! file holds is the keystore's matter; here a certificate is whose it is, what it is for, and how long it lives.

pub mod delivery;
pub mod drill;
pub mod kept;
pub mod looking;
pub mod reminder;
pub mod shown;
pub mod successor;
pub mod window;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::environment::EnvironmentClass;

/// An authority that ended this long ago is of the past.
const BYGONE: SignedDuration = SignedDuration::from_hours(365 * 24);

/// SHA-256 of a certificate: what it is known by, wherever it lies and however often.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateId(pub [u8; 32]);

/// 64 hexadecimal digits.
impl std::fmt::Display for CertificateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<CertificateId> for String {
    fn from(id: CertificateId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for CertificateId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |at: usize| text.get(at * 2..at * 2 + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        let bytes: Option<Vec<u8>> = (0..32).map(digit).collect();
        let all = bytes.filter(|_| text.len() == 64).and_then(|bytes| bytes.try_into().ok());
        all.map(Self).ok_or("no SHA-256 in hexadecimal digits")
    }
}

impl std::fmt::Debug for CertificateId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = self.0.iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>();
        write!(f, "CertificateId({short}…)")
    }
}

/// Whose a certificate is. An eID and an eHealth certificate of one person are two holders: neither replaces the other.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An eHealth certificate's: type of the number, the number, and the application where an organisation has several.
    /// The type is a text, since a new type of the platform has to be reminded of as well.
    Owner {
        /// `SSIN`, `CBE`, `NIHII-HOSPITAL` and so on.
        kind: String,
        /// The number; for a person the SSIN.
        number: String,
        /// The application id.
        application: Option<String>,
    },
    /// The person of an eID, by the number on its certificates.
    Card(String),
    /// An authority that Relais trusts, by its name.
    Authority(String),
    /// Somebody else, by the subject of the certificate: listed, never reminded of.
    Stranger(String),
}

impl std::fmt::Debug for Holder {
    /// Without numbers and names: they may be a person's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Owner { .. } => "Owner(•)",
            Self::Card(_) => "Card(•)",
            Self::Authority(_) => "Authority(•)",
            Self::Stranger(_) => "Stranger(•)",
        })
    }
}

/// Who speaks for a certificate: an environment whose authority is known, else the authority's own name.
///
/// Two certificates of unknown authorities are of one world only when the same authority issued both, so that one of
/// the acceptance platform never passes for the successor of a real one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum World {
    /// An environment of the platform.
    Known(EnvironmentClass),
    /// An issuer that is not in the table.
    Unknown(String),
}

impl World {
    /// The world of an environment, else of an issuer.
    #[must_use]
    pub fn of(environment: Option<EnvironmentClass>, issuer: &str) -> Self {
        environment.map_or_else(|| Self::Unknown(issuer.to_owned()), Self::Known)
    }

    /// The environment, where it is known.
    #[must_use]
    pub fn environment(&self) -> Option<EnvironmentClass> {
        match self {
            Self::Known(class) => Some(*class),
            Self::Unknown(_) => None,
        }
    }
}

/// What the key of a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Signing in.
    Authentication,
    /// Signing documents: the second certificate of an eID, which ends with its first.
    Signature,
    /// Opening messages: renewed with the one that signs in, kept for old messages, never reminded of by itself.
    Encryption,
    /// Issuing others.
    Authority,
    /// The stand-in of a request whose certificate was not delivered yet.
    InProgress,
}

/// A certificate as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// What it is known by.
    pub id: CertificateId,
    /// Whose it is.
    pub holder: Holder,
    /// Who speaks for it.
    pub world: World,
    /// What its key is for.
    pub purpose: Purpose,
    /// First moment it is valid.
    pub not_before: Timestamp,
    /// Last moment it is valid.
    pub not_after: Timestamp,
    /// From when the platform says that it may be replaced, where it was asked: goes before our own calendar.
    pub replaceable_at: Option<Timestamp>,
}

impl Watched {
    /// Somebody is reminded before it ends.
    #[must_use]
    pub fn reminded_of(&self) -> bool {
        match (&self.holder, self.purpose) {
            (Holder::Stranger(_), _) => false,
            (Holder::Authority(_), purpose) => purpose == Purpose::Authority,
            (Holder::Owner { .. } | Holder::Card(_), purpose) => purpose == Purpose::Authentication,
        }
    }

    /// An authority that ended so long ago that nothing of its own lives any more: nobody needs its successor.
    #[must_use]
    pub fn bygone(&self, now: Timestamp) -> bool {
        let gone = || self.not_after.saturating_add(BYGONE).is_ok_and(|gone| gone < now);
        matches!(self.holder, Holder::Authority(_)) && gone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// A certificate of an organisation for signing in, of real work.
    pub(crate) fn of(number: &str, id: u8, from: &str, until: &str) -> Watched {
        Watched {
            id: CertificateId([id; 32]),
            holder: Holder::Owner { kind: "NIHII-HOSPITAL".into(), number: number.into(), application: None },
            world: World::of(Some(EnvironmentClass::Production), "an authority"),
            purpose: Purpose::Authentication,
            not_before: at(from),
            not_after: at(until),
            replaceable_at: None,
        }
    }

    #[test]
    fn nothing_of_a_holder_is_printed() {
        let holder = Holder::Owner { kind: "SSIN".into(), number: "85010199885".into(), application: None };
        assert_eq!(format!("{holder:?} {:?}", Holder::Card("85010199885".into())), "Owner(•) Card(•)");
    }

    #[test]
    fn a_key_for_messages_and_a_stranger_remind_nobody() {
        let mut one = of("71099914", 1, "2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
        assert!(one.reminded_of());
        one.purpose = Purpose::Encryption;
        assert!(!one.reminded_of());
        one.purpose = Purpose::Authentication;
        one.holder = Holder::Stranger("CN=a web server".into());
        assert!(!one.reminded_of());
        one.holder = Holder::Authority("CN=an authority".into());
        assert!(!one.reminded_of(), "it says it is an authority's and is not one");
        one.purpose = Purpose::Authority;
        assert!(one.reminded_of());
    }
}
