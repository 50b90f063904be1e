//! What faults mean, as data (`catalogue/faults.toml`).

use serde::Deserialize;

use super::fault::Fault;

/// What a fault means for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultKind {
    /// Understood and denied.
    Refused,
    /// The service cannot answer now.
    Down,
    /// Our message is wrong.
    Ours,
    /// Our message came outside its life.
    Clock,
    /// Not in the table.
    Unknown,
}

/// Meaning of each known code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultTable {
    fault: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    kind: FaultKind,
    /// Said to a renewal it means that this token is not renewed, not that nobody gets a new one.
    #[serde(default)]
    issue_instead: bool,
}

/// A table of faults that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the table of faults cannot be read: {0}")]
pub struct FaultTableError(String);

impl FaultTable {
    /// Reads a table from TOML.
    ///
    /// # Errors
    /// When the text is not such a table.
    pub fn parse(text: &str) -> Result<Self, FaultTableError> {
        toml::from_str(text).map_err(|e| FaultTableError(e.message().to_owned()))
    }

    /// The table that Relais brings along.
    #[must_use]
    pub fn built_in() -> Self {
        Self::parse(include_str!("../../../../catalogue/faults.toml"))
            .expect("the built-in table is read by a test")
    }

    /// Meaning of a fault: by the platform's code, else by a text that is a code, else by `faultcode`.
    #[must_use]
    pub fn kind(&self, fault: &Fault) -> FaultKind {
        self.row_of(fault).map_or(FaultKind::Unknown, |row| row.kind)
    }

    /// Whether this answer to a renewal leaves asking for a new token.
    #[must_use]
    pub fn issues_instead(&self, fault: &Fault) -> bool {
        self.row_of(fault).is_some_and(|row| row.issue_instead)
    }

    fn row_of(&self, fault: &Fault) -> Option<&Row> {
        fault.code.iter().chain([&fault.text, &fault.faultcode]).find_map(|key| self.row(key))
    }

    /// Codes of WS-Trust and WS-Security carry a prefix of the sender's choice.
    fn row(&self, code: &str) -> Option<&Row> {
        let local = code.rsplit(':').next().unwrap_or_default();
        self.fault.iter().find(|row| row.code == local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FaultKind::*;

    fn kind(code: Option<&str>, text: &str, faultcode: &str) -> FaultKind {
        let fault = Fault {
            code: code.map(Into::into),
            text: text.into(),
            faultcode: faultcode.into(),
            ..Fault::default()
        };
        FaultTable::built_in().kind(&fault)
    }

    #[test]
    fn a_renewal_that_is_not_possible_leaves_a_new_token_and_a_refused_person_does_not() {
        let said = |faultcode: &str| Fault { faultcode: faultcode.into(), ..Fault::default() };
        let table = FaultTable::built_in();
        for leaves in
            ["wst:UnableToRenew", "wst:InvalidRequest", "wst:InvalidSecurityToken", "wst:ExpiredData"]
        {
            assert!(table.issues_instead(&said(leaves)), "{leaves}");
        }
        for ends in ["wst:FailedAuthentication", "wsse:FailedCheck", "soap:Server", ""] {
            assert!(!table.issues_instead(&said(ends)), "{ends}");
        }
    }

    #[test]
    fn each_kind_of_fault_is_told_by_its_code() {
        for (code, text, faultcode, expected) in [
            (Some("SOA-01001"), "", "soap:Client", Refused),
            (Some("SOA-02002"), "", "soap:Server", Down),
            (Some("SOA-03006"), "", "soap:Client", Ours),
            (None, "SOA-01002", "soap:Client", Refused),
            (None, "Authentication failed", "wst:FailedAuthentication", Refused),
            (None, "", "ns7:FailedCheck", Ours),
            (None, "", "wsu:MessageExpired", Clock),
            (Some("wst:FailedAuthentication"), "no", "soap:Client", Refused),
            (None, "something new", "soap:Server", Unknown),
            (Some("SOA-77777"), "", "soap:Client", Unknown),
            (None, "", "", Unknown),
        ] {
            assert_eq!(kind(code, text, faultcode), expected, "{code:?} {text:?} {faultcode:?}");
        }
    }

    #[test]
    fn the_code_in_the_detail_counts_more_than_the_faultcode() {
        assert_eq!(kind(Some("SOA-02001"), "SOA-01001", "wst:FailedAuthentication"), Down);
    }

    #[test]
    fn no_code_stands_twice_in_the_table() {
        let table = FaultTable::built_in();
        let codes: std::collections::BTreeSet<_> = table.fault.iter().map(|row| &row.code).collect();
        assert_eq!(codes.len(), table.fault.len());
    }
}
