//! Which world a session belongs to, and whose claims it carries.

use serde::{Deserialize, Serialize};

/// Decides rules, colour and separation of keys. Tokens and keys never cross from one class to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvironmentClass {
    /// Real work.
    Production,
    /// eHealth's acceptance platform: nothing there has real effect.
    Acceptance,
    /// eHealth's integration platform.
    Integration,
    /// Everything invented, on this PC.
    Sandbox,
}

/// Name of a profile: `production`, `acceptance`, `integration`, `sandbox`, or a vendor's own.
///
/// Lower-case letters, digits and dashes, 1 to 40 characters: it is a folder name and part of key names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnvironmentName(String);

impl EnvironmentName {
    /// Checks a name.
    pub fn parse(given: &str) -> Result<Self, EnvironmentNameError> {
        let good = (1..=40).contains(&given.len())
            && given.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !given.starts_with('-');
        if good { Ok(Self(given.to_owned())) } else { Err(EnvironmentNameError) }
    }

    /// The name as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name that cannot be one of an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an environment name has 1 to 40 lower-case letters, digits and dashes")]
pub struct EnvironmentNameError;

impl TryFrom<String> for EnvironmentName {
    type Error = EnvironmentNameError;
    fn try_from(given: String) -> Result<Self, Self::Error> {
        Self::parse(&given)
    }
}

impl From<EnvironmentName> for String {
    fn from(name: EnvironmentName) -> Self {
        name.0
    }
}

impl std::fmt::Display for EnvironmentName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// In what quality a person signs in; names the claim profile (`catalogue/claims/<quality>.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quality(String);

impl Quality {
    /// Checks that a name could be a claim profile's: lower-case letters, digits, dashes.
    pub fn parse(given: &str) -> Result<Self, EnvironmentNameError> {
        EnvironmentName::parse(given).map(|name| Self(name.0))
    }

    /// The quality most people of Relais sign in with.
    pub fn doctor() -> Self {
        Self("doctor".to_owned())
    }

    /// The name as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Quality {
    type Error = EnvironmentNameError;
    fn try_from(given: String) -> Result<Self, Self::Error> {
        Self::parse(&given)
    }
}

impl From<Quality> for String {
    fn from(quality: Quality) -> Self {
        quality.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_never_leave_its_folder() {
        for bad in ["", "..", "a/b", "A", "a b", "-x", "é", &"a".repeat(41)] {
            assert!(EnvironmentName::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(EnvironmentName::parse("vendor-test").unwrap().as_str(), "vendor-test");
    }
}
