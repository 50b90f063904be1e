//! An organisation, as its eHealth certificate names it, and whoever a certificate may name.

use super::{IdentError, Ssin};

/// A kind of organisation that eHealth certifies, and the claims it signs in with.
struct Kind {
    /// Type of the number in the certificate.
    name: &'static str,
    digits: usize,
    /// Name of the claim profile; none where no public source shows the claims of this kind.
    quality: Option<&'static str>,
}

const fn kind(name: &'static str, digits: usize, quality: Option<&'static str>) -> Kind {
    Kind { name, digits, quality }
}

/// `SSIN`, `NIHII` and `NIHII11` stand for people and are not in it.
///
/// Source: docs/reference/ehealth-certificates.md, section 2 (types and lengths); docs/reference/ehealth-sts.md,
/// section 4 (claims).
const KINDS: [Kind; 31] = [
    kind("CBE", 10, Some("enterprise")),
    kind("EHP", 10, Some("ehp")),
    kind("NIHII-HOSPITAL", 8, Some("hospital")),
    kind("NIHII-PHARMACY", 8, None),
    kind("NIHII-LABO", 8, None),
    kind("NIHII-RETIREMENT", 8, None),
    kind("NIHII-OTD_PHARMACY", 8, None),
    kind("NIHII-GROUP", 8, Some("groupofnurses")),
    kind("NIHII-PALLIATIVE_CARE", 8, None),
    kind("NIHII-OFFICE_DENTISTS", 8, None),
    kind("NIHII-MEDICAL_HOUSE", 8, Some("medicalhouse")),
    kind("NIHII-OFFICE_DOCTORS", 8, Some("officedoctors")),
    kind("NIHII-GROUP_DOCTORS", 8, None),
    kind("NIHII-OF_BAND", 8, None),
    kind("NIHII-PSYCH_HOUSE", 8, None),
    kind("NIHII-PROT_ACC", 8, None),
    kind("NIHII-HOME_SERVICES", 8, None),
    kind("NIHII-OF_PHYSIOS", 8, None),
    kind("NIHII-GUARD_POST", 8, Some("guardpost")),
    kind("NIHII-BELRAI", 8, None),
    kind("NIHII-GROUP_MIDWIVES", 8, None),
    kind("NIHII-AMBU_SERVICE", 8, None),
    kind("NIHII-LEGAL_PSY", 8, None),
    kind("NIHII-REEDUCATION", 8, Some("reeducation")),
    kind("NIHII-SORTING_CENTER", 8, Some("sortingcenter")),
    kind("CBE-TREAT_CENTER", 10, None),
    kind("CBE-CONSORTIUM", 10, None),
    kind("EHP-CTRL_ORGANISM", 10, None),
    kind("SITESMUR", 10, None),
    kind("SITEPIT", 10, None),
    kind("SITE", 4, None),
];

/// An organisation: the type of its number, the number, and the application id where the certificate has one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Organisation {
    kind: &'static str,
    quality: Option<&'static str>,
    number: String,
    application: Option<String>,
}

impl Organisation {
    /// Reads what a certificate or the name of its file says; none where the type is not an organisation's, or the
    /// number has another length.
    ///
    /// Check digits are left to the authority that issued the certificate: not all of these numbers have any.
    ///
    /// # Errors
    /// [`IdentError::Kind`] for a type of people or one that is not known, else what is wrong with the number.
    pub fn parse(kind: &str, number: &str, application: Option<&str>) -> Result<Self, IdentError> {
        let kind = KINDS.iter().find(|known| known.name == kind).ok_or(IdentError::Kind)?;
        if !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(IdentError::NotDigits);
        }
        if number.len() != kind.digits {
            return Err(IdentError::Length { expected: kind.digits, found: number.len() });
        }
        Ok(Self {
            kind: kind.name,
            quality: kind.quality,
            number: number.to_owned(),
            application: application.map(str::to_owned),
        })
    }

    /// Type of its number, such as `NIHII-HOSPITAL`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Name of its claim profile, where its claims are known.
    #[must_use]
    pub fn quality(&self) -> Option<&'static str> {
        self.quality
    }

    /// Its number. An organisation's is public.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Its application id.
    #[must_use]
    pub fn application(&self) -> Option<&str> {
        self.application.as_deref()
    }
}

/// `TYPE=number[,APPLICATION]`, as files are named.
impl std::fmt::Display for Organisation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.kind, self.number)?;
        self.application.iter().try_for_each(|application| write!(f, ",{application}"))
    }
}

impl std::fmt::Debug for Organisation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// Whom an eHealth certificate names. Its type decides, never its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    /// A natural person.
    Person(Ssin),
    /// An organisation.
    Organisation(Organisation),
}

impl Identity {
    /// Reads the type and the number of a certificate or a file name.
    #[must_use]
    pub fn parse(kind: &str, number: &str, application: Option<&str>) -> Option<Self> {
        match kind {
            "SSIN" => Ssin::parse_unchecked(number).ok().map(Self::Person),
            _ => Organisation::parse(kind, number, application).ok().map(Self::Organisation),
        }
    }

    /// The person, where it is one.
    #[must_use]
    pub fn person(&self) -> Option<Ssin> {
        match self {
            Self::Person(ssin) => Some(*ssin),
            Self::Organisation(_) => None,
        }
    }

    /// The organisation, where it is one.
    #[must_use]
    pub fn organisation(&self) -> Option<&Organisation> {
        match self {
            Self::Person(_) => None,
            Self::Organisation(organisation) => Some(organisation),
        }
    }
}

impl From<Ssin> for Identity {
    fn from(person: Ssin) -> Self {
        Self::Person(person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_type_decides_whether_it_is_an_organisation() {
        let hospital = Organisation::parse("NIHII-HOSPITAL", "71099914", Some("LAB")).unwrap();
        assert_eq!(hospital.to_string(), "NIHII-HOSPITAL=71099914,LAB");
        assert_eq!(hospital.quality(), Some("hospital"));
        for people in ["SSIN", "NIHII", "NIHII11", "cbe", "", "CBE-UNHEARD"] {
            assert_eq!(Organisation::parse(people, "71099914", None), Err(IdentError::Kind), "{people}");
        }
        let person = Identity::parse("SSIN", "85010199885", None).unwrap();
        assert!(person.person().is_some() && person.organisation().is_none());
        assert_eq!(Identity::parse("NIHII11", "19999816004", None), None);
    }

    #[test]
    fn a_number_of_another_length_or_with_letters_is_none() {
        let short = Organisation::parse("CBE", "80939442", None);
        assert_eq!(short, Err(IdentError::Length { expected: 10, found: 8 }));
        assert_eq!(Organisation::parse("SITE", "12a4", None), Err(IdentError::NotDigits));
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_is_both_a_person_and_an_organisation(kind in "[A-Z0-9_-]{0,24}", number in "[0-9]{0,12}") {
            if let Some(identity) = Identity::parse(&kind, &number, None) {
                prop_assert_eq!(identity.person().is_some(), kind == "SSIN");
                prop_assert_eq!(identity.organisation().is_some(), kind != "SSIN");
            }
        }
    }
}
