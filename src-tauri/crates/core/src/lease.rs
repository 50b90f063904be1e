//! What Relais knows of an assertion's life: until when, whose, by which means. Never the assertion itself.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::environment::{EnvironmentName, Quality};
use crate::time::Moment;

/// Longest life of a token; a longer one is treated as this long.
///
/// Source: the platform's page on session management, requirement R-062.
pub const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Longest a practice works on a keystore session before signing in again.
///
/// Runs from the first assertion of an episode; neither a restart nor a clock moves the start.
/// Source: the platform's page on session management, requirements.
pub const FALLBACK_CAP: SignedDuration = SignedDuration::from_hours(12);

/// A lease whose end is this far behind a trusted time no clock will bring back.
pub const LONG_AGO: SignedDuration = SignedDuration::from_hours(24);

/// How the person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// The card signs the request, the keystore key is holder of key.
    Eid,
    /// The card is both.
    EidOnly,
    /// The keystore is both; organisations only.
    Certificate,
    /// The keystore is both, exceptionally, 12 hours at most.
    Fallback,
}

impl Means {
    /// Life asked of the STS.
    #[must_use]
    pub fn wished_life(self) -> SignedDuration {
        match self {
            Self::Eid | Self::EidOnly | Self::Certificate => LONGEST_LIFE,
            Self::Fallback => FALLBACK_CAP,
        }
    }

    /// A card must sign.
    #[must_use]
    pub fn needs_card(self) -> bool {
        matches!(self, Self::Eid | Self::EidOnly)
    }

    /// A keystore key must be unlocked.
    #[must_use]
    pub fn needs_keystore(self) -> bool {
        self != Self::EidOnly
    }
}

/// Slot of one person in one environment: first 32 hex digits of HMAC-SHA-256(install key, environment and SSIN).
///
/// It names files and rows, so that no SSIN stands in clear on disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SlotId(String);

/// A text that cannot be a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a slot has 32 lower-case hexadecimal digits")]
pub struct SlotIdError;

impl SlotId {
    /// Checks a text from a command line or a file name.
    pub fn parse(given: &str) -> Result<Self, SlotIdError> {
        let good = given.len() == 32 && given.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if good { Ok(Self(given.to_owned())) } else { Err(SlotIdError) }
    }

    /// The slot as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SlotId {
    type Error = SlotIdError;
    fn try_from(given: String) -> Result<Self, Self::Error> {
        Self::parse(&given)
    }
}

impl From<SlotId> for String {
    fn from(slot: SlotId) -> Self {
        slot.0
    }
}

/// Who a session belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name as the card or certificate tells it.
    pub name: String,
    /// Where their session is kept.
    pub slot: SlotId,
}

/// SHA-256 of a DER certificate.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 32];
        let nibble = |place: usize| text.as_bytes().get(place).and_then(|c| char::from(*c).to_digit(16));
        for (i, byte) in bytes.iter_mut().enumerate() {
            let (Some(high), Some(low)) = (nibble(2 * i), nibble(2 * i + 1)) else {
                return Err(serde::de::Error::custom("a fingerprint has 64 hexadecimal digits"));
            };
            *byte = (high << 4 | low) as u8;
        }
        if text.len() == 64 {
            Ok(Self(bytes))
        } else {
            Err(serde::de::Error::custom("a fingerprint has 64 hexadecimal digits"))
        }
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// Number of a lease: first 32 hex digits of SHA-256 of the AssertionID, so that it can stand in a journal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LeaseId(pub String);

/// The life of one assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLease {
    /// Its number.
    pub id: LeaseId,
    /// Whose it is.
    pub person: Person,
    /// How it was obtained.
    pub means: Means,
    /// Quality it was asked in.
    pub quality: Quality,
    /// Where it is good.
    pub environment: EnvironmentName,
    /// IssueInstant of the assertion.
    pub issued_at: Timestamp,
    /// NotOnOrAfter of the assertion: this instant counts as expired.
    pub expires_at: Timestamp,
    /// Certificate of the holder of key.
    pub holder: Fingerprint,
}

impl TokenLease {
    /// Life of the token, cut to [`LONGEST_LIFE`].
    #[must_use]
    pub fn life(&self) -> SignedDuration {
        self.expires_at.duration_since(self.issued_at).min(LONGEST_LIFE)
    }

    /// When the session ends: the token's end, the longest life, and for a fallback its cap, whichever comes first.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let cap = if self.means == Means::Fallback { FALLBACK_CAP } else { LONGEST_LIFE };
        self.issued_at.checked_add(cap).map_or(self.expires_at, |end| end.min(self.expires_at))
    }

    /// It may be used now.
    #[must_use]
    pub fn usable(&self, now: Moment) -> bool {
        now.wall < self.ends_at()
    }
}

/// Where a lease is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stored {
    /// Sealed on disk, its key in the key store of the operating system.
    Os,
    /// Sealed on disk, its key in a file the person accepted.
    File,
    /// In memory only: a restart loses it.
    Memory,
}

/// What of the holder's key is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HolderKey {
    /// Open in memory.
    Unlocked,
    /// Its password must be typed first.
    Locked,
    /// On the card.
    Card,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn lease(issued: i64, life: i64, means: Means) -> TokenLease {
        let issued_at = Timestamp::from_second(issued).unwrap();
        TokenLease {
            id: LeaseId("0".repeat(32)),
            person: Person { name: "Claire Lambert".into(), slot: SlotId::parse(&"a".repeat(32)).unwrap() },
            means,
            quality: Quality::doctor(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            issued_at,
            expires_at: issued_at + SignedDuration::from_secs(life),
            holder: Fingerprint([7; 32]),
        }
    }

    #[test]
    fn a_fallback_ends_after_twelve_hours_though_the_token_lasts_longer() {
        let lease = lease(0, 24 * 3600, Means::Fallback);
        assert_eq!(lease.ends_at(), Timestamp::from_second(12 * 3600).unwrap());
    }

    #[test]
    fn a_lease_survives_being_written_and_read() {
        let lease = lease(1_700_000_000, 43_200, Means::EidOnly);
        let text = serde_json::to_string(&lease).unwrap();
        assert_eq!(serde_json::from_str::<TokenLease>(&text).unwrap(), lease);
    }

    proptest! {
        #[test]
        fn the_end_is_never_after_the_token_nor_after_a_day(life in -10i64..400_000, fallback in any::<bool>()) {
            let lease = lease(1_000_000, life, if fallback { Means::Fallback } else { Means::Eid });
            prop_assert!(lease.ends_at() <= lease.expires_at);
            prop_assert!(lease.ends_at().duration_since(lease.issued_at) <= LONGEST_LIFE);
            let at_end = Moment { wall: lease.ends_at(), boot: SignedDuration::ZERO };
            prop_assert!(!lease.usable(at_end));
        }
    }
}
