//! What comes with Relais as data: the codes, the environments and their trust anchors, the claims.

use std::collections::HashMap;
use std::sync::LazyLock;

use relais_core::Code;
use serde::Deserialize;

/// One row of `catalogue/codes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRow {
    /// The number.
    pub number: u16,
    /// The slug.
    pub slug: String,
    /// `info`, `attention` or `trouble`.
    pub severity: String,
    /// Who can act: `person`, `admin`, `municipality`, `helpdesk`, `platform` or `vendor`.
    pub who: String,
    /// Trying again may help.
    pub retriable: bool,
    /// Exit code of `relaisctl`.
    pub exit: u8,
    /// Walkthrough that fits.
    pub walkthrough: Option<String>,
    /// Version that brought the code.
    pub since: String,
}

#[derive(Deserialize)]
struct CodeTable {
    code: Vec<CodeRow>,
}

static CODES: LazyLock<HashMap<u16, CodeRow>> = LazyLock::new(|| {
    let table: CodeTable = toml::from_str(include_str!("../../../catalogue/codes.toml"))
        .expect("the catalogue is checked by a test");
    table.code.into_iter().map(|row| (row.number, row)).collect()
});

/// The row of a code.
#[must_use]
pub fn code(code: Code) -> &'static CodeRow {
    CODES.get(&code.number()).expect("a test of the core holds constants and catalogue together")
}

/// A file of the catalogue by its path, as the built-in profiles name it.
#[must_use]
pub fn file(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The certificates of authorities that come with Relais, PEM.
pub fn anchors() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter(|(name, _)| name.starts_with("trust/")).map(|(_, text)| *text)
}

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../catalogue/", $path)))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "environments/production.toml",
    "environments/acceptance.toml",
    "environments/integration.toml",
    "trust/belgian-eid/belgium-root-ca2.pem",
    "trust/belgian-eid/belgium-root-ca3.pem",
    "trust/belgian-eid/belgium-root-ca4.pem",
    "trust/belgian-eid/belgium-root-ca4-renewed.pem",
    "trust/belgian-eid/belgium-root-ca6.pem",
    "trust/ehealth-production/zetesconfidens-ehealth-issuing-ca-001.pem",
    "trust/ehealth-production/zetesconfidens-root-ca-001.pem",
    "trust/ehealth-acceptance/test-zetesconfidens-ehealth-issuing-ca-001.pem",
    "trust/ehealth-acceptance/test-zetesconfidens-ehealth-root-ca-001.pem",
    "trust/ehealth-acceptance/uat-zetesconfidens-ehealth-issuing-ca-002.pem",
    "trust/ehealth-acceptance/uat-zetesconfidens-ehealth-issuing-ca-003.pem",
    "trust/ehealth-acceptance/uat-zetesconfidens-root-ca-002.pem",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_values_of_the_closed_lists() {
        for (_, code) in Code::ALL {
            let row = super::code(*code);
            assert!(["info", "attention", "trouble"].contains(&row.severity.as_str()), "{code}");
            let who = ["person", "admin", "municipality", "helpdesk", "platform", "vendor"];
            assert!(who.contains(&row.who.as_str()), "{code}");
            assert!([0, 2, 65, 69, 70, 75, 77, 130].contains(&row.exit), "{code}");
        }
    }
}
