//! Whose a certificate is, read from its subject, and which environment its issuer speaks for.
//!
//! Source: docs/reference/ehealth-certificates.md, section 2.

use relais_core::environment::EnvironmentClass;
use relais_core::ident::{Identity, Ssin};
use serde::{Deserialize, Serialize};

use crate::name::Name;

/// The unit that every certificate of the platform has.
const PLATFORM: &str = "eHealth-platform Belgium";

/// Type and number of a certificate's owner, such as `CBE` and `0809394427`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Type of the number: `SSIN`, `CBE`, `NIHII-HOSPITAL` and so on.
    #[serde(rename = "type")]
    pub kind: String,
    /// The number. For a person it is the SSIN: only for those who asked for it.
    pub id: String,
    /// Application id, which organisations may have several of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Owner").field("kind", &self.kind).field("id", &"•").finish_non_exhaustive()
    }
}

impl Owner {
    /// Reads a subject: an OU `TYPE=number`, an OU that ends the CN as application id, or an eID's serial number.
    ///
    /// The order of the attributes means nothing; the authority decides it.
    pub(crate) fn of(subject: &Name) -> Option<Self> {
        if let Some(number) = Self::on_card(subject) {
            return Some(Self { kind: "SSIN".into(), id: number.to_owned(), application: None });
        }
        let (unit, (kind, id)) = subject.values("OU").find_map(|unit| Some((unit, typed_number(unit)?)))?;
        let ends_a_name = |unit: &str| subject.values("CN").any(|name| name.ends_with(unit));
        let application = subject.values("OU").find(|other| *other != unit && ends_a_name(other));
        Some(Self { kind: kind.to_owned(), id: id.to_owned(), application: application.map(str::to_owned) })
    }

    /// The number of an eID's person: its serial number.
    pub(crate) fn on_card(subject: &Name) -> Option<&str> {
        subject.values("serialNumber").find(|number| Ssin::parse_unchecked(number).is_ok())
    }

    /// Name of an organisation; none for a person.
    pub(crate) fn organisation_name(subject: &Name) -> Option<String> {
        Self::of(subject)?.identity()?.organisation()?;
        Self::name(subject)
    }

    /// The unit that is neither number, application nor the platform's own; where nobody is named that way, the CN.
    ///
    /// Source: docs/reference/ehealth-certificates.md, section 2.
    pub(crate) fn name(subject: &Name) -> Option<String> {
        let common = || subject.values("CN").next().map(str::to_owned);
        if Self::on_card(subject).is_some() {
            return common();
        }
        let Some(owner) = Self::of(subject) else { return common() };
        let of_another_kind = |unit: &&str| {
            typed_number(unit).is_none() && *unit != PLATFORM && Some(*unit) != owner.application.as_deref()
        };
        subject.values("OU").find(of_another_kind).map(str::to_owned)
    }

    /// Whom it names, where its type is one that is known.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        Identity::parse(&self.kind, &self.id, self.application.as_deref())
    }
}

/// `TYPE=number`.
fn typed_number(unit: &str) -> Option<(&str, &str)> {
    let (kind, id) = unit.split_once('=')?;
    let named = !kind.is_empty()
        && kind.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-_".contains(&b));
    let numbered = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    (named && numbered).then_some((kind, id))
}

/// Which environment an issuer of this name belongs to, as far as it is one of those seen.
///
/// Source: docs/reference/ehealth-certificates.md, section 2, last table. Successors will appear: an unknown issuer
/// is `None`, never a wrong guess.
pub(crate) fn environment_of_issuer(issuer: &Name) -> Option<EnvironmentClass> {
    issuer.values("CN").find_map(|name| match name {
        _ if name.starts_with("TEST-ZetesConfidens-eHealth acceptance") => Some(EnvironmentClass::Acceptance),
        _ if name.starts_with("UAT ZetesConfidens Private Trust PKI - eHealth") => {
            Some(EnvironmentClass::Acceptance)
        }
        _ if name.starts_with("ZetesConfidens Private Trust PKI - eHealth") => {
            Some(EnvironmentClass::Production)
        }
        "QuoVadis No Reliance ICA G3" => Some(EnvironmentClass::Production),
        _ if name.starts_with("Relais sandbox") => Some(EnvironmentClass::Sandbox),
        _ => None,
    })
}
