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
        let mut keys = fault.code.iter().chain([&fault.text, &fault.faultcode]);
        keys.find_map(|key| self.row(key)).map_or(FaultKind::Unknown, |row| row.kind)
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
