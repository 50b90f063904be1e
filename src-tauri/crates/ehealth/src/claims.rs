//! Which claims a session is asked for: one profile per quality, as data (`catalogue/claims/<quality>.toml`).
//!
//! A profile says what is asserted (with a value) and what is requested (without). Who the values are about is the
//! [`Claimant`]; whether the platform certified a claim is read by [`crate::assertion`].

use relais_core::environment::Quality;
use relais_core::ident::{Cbe, Nihii, Ssin};
use serde::Deserialize;

/// Most claims of one profile: a profile comes from a file, and the message has room for so many.
const MOST_CLAIMS: usize = 64;

/// Claims of one quality.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimProfile {
    /// The quality; also the file's name.
    pub quality: Quality,
    /// What we say ourselves, each with a value.
    pub asserted: Vec<AssertedClaim>,
    /// What the platform shall certify.
    pub requested: Vec<String>,
}

/// A claim with a value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssertedClaim {
    /// Name of the attribute.
    pub uri: String,
    /// Where the value comes from.
    pub value: Placeholder,
    /// It names who uses the session; exactly one claim of a profile does. It must come back in the assertion.
    #[serde(default)]
    pub user: bool,
}

/// Which number stands in for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Placeholder {
    /// Number of a person.
    #[serde(rename = "${ssin}")]
    Ssin,
    /// Number of an institution at the INAMI/RIZIV.
    #[serde(rename = "${nihii}")]
    Nihii,
    /// Number of an enterprise.
    #[serde(rename = "${cbe}")]
    Cbe,
    /// Number the platform gave an organisation without one of the others.
    #[serde(rename = "${ehp}")]
    Ehp,
}

/// Whom a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimant {
    /// A person.
    Person(Ssin),
    /// An institution with an INAMI/RIZIV number.
    Institution(Nihii),
    /// An enterprise.
    Enterprise(Cbe),
    /// An organisation with a number of the platform's own.
    Ehp(EhpNumber),
}

/// Ten digits that the platform gave an organisation.
///
/// Source: docs/reference/ehealth-certificates.md, section 2 (length of `EHP`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EhpNumber([u8; 10]);

impl EhpNumber {
    /// Reads ten digits; `None` for anything else.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let digits: [u8; 10] = given.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    fn reveal(&self) -> &str {
        std::str::from_utf8(&self.0).expect("ASCII digits by construction")
    }
}

impl std::fmt::Debug for EhpNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EhpNumber(•)")
    }
}

impl Claimant {
    fn value(&self, wanted: Placeholder) -> Option<&str> {
        match (self, wanted) {
            (Self::Person(ssin), Placeholder::Ssin) => Some(ssin.reveal()),
            (Self::Institution(nihii), Placeholder::Nihii) => Some(nihii.reveal()),
            (Self::Enterprise(cbe), Placeholder::Cbe) => Some(cbe.reveal()),
            (Self::Ehp(number), Placeholder::Ehp) => Some(number.reveal()),
            _ => None,
        }
    }
}

/// Why a claim profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// The file is not a claim profile.
    #[error("the claim profile cannot be read: {0}")]
    Unreadable(String),
    /// Not exactly one asserted claim is marked `user = true`.
    #[error("a claim profile has exactly one asserted claim with user = true")]
    User,
    /// A name is empty, not an absolute URI without blanks, or stands there twice.
    #[error("the claim {0:?} is not a name, or stands there twice")]
    Name(String),
    /// More claims than fit.
    #[error("a claim profile has at most {MOST_CLAIMS} claims")]
    TooMany,
    /// The profile is about another kind of claimant (a person's profile for an organisation, say).
    #[error("the claims of {0:?} are not about this kind of claimant")]
    OtherKind(String),
}

impl ClaimProfile {
    /// Reads a profile from TOML.
    ///
    /// # Errors
    /// When the text is not a profile or breaks one of the rules named in [`ClaimError`].
    pub fn parse(text: &str) -> Result<Self, ClaimError> {
        let profile: Self =
            toml::from_str(text).map_err(|e| ClaimError::Unreadable(e.message().to_owned()))?;
        profile.check()?;
        Ok(profile)
    }

    /// The profile that Relais brings along for a quality.
    #[must_use]
    pub fn built_in(quality: &Quality) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(name, _)| *name == quality.as_str())?;
        Some(Self::parse(text).expect("every built-in profile is read by a test"))
    }

    /// Qualities with a built-in profile.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The asserted claims with their values, the user's marked.
    ///
    /// # Errors
    /// [`ClaimError::OtherKind`] when the claimant has no such number.
    pub fn values<'a>(&'a self, claimant: &'a Claimant) -> Result<Vec<ClaimValue<'a>>, ClaimError> {
        let other = || ClaimError::OtherKind(self.quality.as_str().to_owned());
        self.asserted
            .iter()
            .map(|claim| {
                let value = claimant.value(claim.value).ok_or_else(other)?;
                Ok(ClaimValue { uri: &claim.uri, value, user: claim.user })
            })
            .collect()
    }

    fn check(&self) -> Result<(), ClaimError> {
        if self.asserted.len() + self.requested.len() > MOST_CLAIMS {
            return Err(ClaimError::TooMany);
        }
        if self.asserted.iter().filter(|claim| claim.user).count() != 1 {
            return Err(ClaimError::User);
        }
        let mut seen = std::collections::BTreeSet::new();
        let names = self.asserted.iter().map(|claim| &claim.uri).chain(&self.requested);
        // In WS-Trust each name is sent once (docs/reference/ehealth-sts.md, section 12, point 1).
        match names.into_iter().find(|name| !is_uri(name) || !seen.insert(name.as_str())) {
            Some(bad) => Err(ClaimError::Name(bad.clone())),
            None => Ok(()),
        }
    }
}

/// An asserted claim ready to be sent, or to be compared with what came back. Its value is a person's number, so
/// there is no `Debug`.
#[derive(Clone, Copy)]
pub struct ClaimValue<'a> {
    /// Name of the attribute.
    pub uri: &'a str,
    /// Its value in full.
    pub value: &'a str,
    /// It names who uses the session.
    pub user: bool,
}

fn is_uri(name: &str) -> bool {
    name.contains(':') && name.len() <= 300 && name.bytes().all(|b| b.is_ascii_graphic())
}

macro_rules! built_in {
    ($($quality:literal)*) => {
        &[$(($quality, include_str!(concat!("../../../catalogue/claims/", $quality, ".toml")))),*]
    };
}

const BUILT_IN: &[(&str, &str)] = built_in! {
    "clinicalpsychologist" "dentist" "dietician" "doctor" "ehp" "enterprise" "groupofnurses" "guardpost" "hospital"
    "logopedist" "medicalhouse" "midwife" "nurse" "officedoctors" "optician" "physiotherapist" "podologist"
    "reeducation" "sortingcenter"
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SMALL: &str = r#"
        quality = "doctor"
        requested = ["urn:x:doctor:boolean"]
        [[asserted]]
        uri = "urn:be:fgov:person:ssin"
        value = "${ssin}"
        user = true
    "#;

    fn person() -> Claimant {
        Claimant::Person(Ssin::parse_unchecked("85010199786").unwrap())
    }

    #[test]
    fn every_file_of_the_catalogue_is_built_in_and_carries_its_own_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogue/claims");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(files, ClaimProfile::built_in_names().collect::<Vec<_>>());
        for name in files {
            let profile = ClaimProfile::built_in(&Quality::parse(&name).unwrap()).unwrap();
            assert_eq!(profile.quality.as_str(), name);
        }
    }

    #[test]
    fn a_doctor_asserts_the_number_twice_and_asks_for_five_claims() {
        let doctor = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let person = person();
        let values: Vec<_> = doctor
            .values(&person)
            .unwrap()
            .iter()
            .map(|v| (v.uri.to_owned(), v.value.to_owned(), v.user))
            .collect();
        let number = "85010199786".to_owned();
        assert_eq!(
            values,
            [
                ("urn:be:fgov:ehealth:1.0:certificateholder:person:ssin".to_owned(), number.clone(), false),
                ("urn:be:fgov:person:ssin".to_owned(), number, true),
            ]
        );
        assert_eq!(doctor.requested.len(), 5);
        assert!(doctor.requested.contains(&"urn:be:fgov:person:ssin:doctor:boolean".to_owned()));
    }

    #[test]
    fn a_persons_profile_is_refused_for_an_enterprise() {
        let doctor = ClaimProfile::parse(SMALL).unwrap();
        let enterprise = Claimant::Enterprise(Cbe::parse("0809394427").unwrap());
        assert_eq!(doctor.values(&enterprise).err(), Some(ClaimError::OtherKind("doctor".into())));
    }

    #[test]
    fn each_rule_of_a_profile_alone_broken_is_named() {
        let twice = SMALL.replace("urn:x:doctor:boolean", "urn:be:fgov:person:ssin");
        let nobody = SMALL.replace("user = true", "");
        let blank = SMALL.replace("urn:x:doctor:boolean", "urn:x y");
        let stranger = SMALL.replace("${ssin}", "${pin}");
        let many: Vec<_> = (0..MOST_CLAIMS).map(|i| format!("\"urn:x:{i}\"")).collect();
        let many = SMALL.replace("\"urn:x:doctor:boolean\"", &many.join(","));
        assert_eq!(ClaimProfile::parse(&twice), Err(ClaimError::Name("urn:be:fgov:person:ssin".into())));
        assert_eq!(ClaimProfile::parse(&nobody), Err(ClaimError::User));
        assert_eq!(ClaimProfile::parse(&blank), Err(ClaimError::Name("urn:x y".into())));
        assert!(matches!(ClaimProfile::parse(&stranger), Err(ClaimError::Unreadable(_))));
        assert_eq!(ClaimProfile::parse(&many), Err(ClaimError::TooMany));
    }

    #[test]
    fn an_ehp_number_has_ten_digits_and_never_prints_itself() {
        assert!(EhpNumber::parse("123456789").is_none() && EhpNumber::parse("12345678x9").is_none());
        let number = EhpNumber::parse("1234567890").unwrap();
        assert!(!format!("{:?}", Claimant::Ehp(number)).contains('1'));
    }

    proptest! {
        #[test]
        fn nonsense_is_refused_without_panic(text in ".{0,200}") {
            prop_assert!(ClaimProfile::parse(&text).is_err());
        }
    }
}
