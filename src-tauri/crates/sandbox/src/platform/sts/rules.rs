//! Switches for what is not known of the real platform: a client must live with each position.

use serde::{Deserialize, Serialize};

/// When the holder's key has to prove itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Challenges {
    /// When another key signed the request.
    #[default]
    WhenDifferent,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Challenges {
    pub(crate) fn wanted(self, keys_differ: bool) -> bool {
        match self {
            Self::WhenDifferent => keys_differ,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// How a claim that is not certified comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Denial {
    /// As `false`, where it is a yes or no.
    #[default]
    False,
    /// Not at all.
    Absent,
}

/// The switches. Source: docs/reference/sandbox.md, section 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// When there is a challenge.
    pub challenges: Challenges,
    /// How a denied claim comes back.
    pub denial: Denial,
    /// Answers come in a `RequestSecurityTokenResponseCollection`, as WS-Trust 1.3 has it.
    pub collection: bool,
}
