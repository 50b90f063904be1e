//! What the platform certifies of a person or an organisation when it is asked.
//!
//! Source: docs/reference/sandbox.md, section 4.

use super::identity::PERSON;
use crate::platform::organisations::Organisation;
use crate::platform::people::{Person, Profession};

/// Asserted: whose the holder's certificate is.
pub const HOLDER_SSIN: &str = "urn:be:fgov:ehealth:1.0:certificateholder:person:ssin";
/// Asserted: who signs in.
pub const PERSON_SSIN: &str = "urn:be:fgov:person:ssin";
/// Certified: a person opened the session, not just a machine.
const USER_SESSION: &str = "urn:be:fgov:ehealth:1.0:certificateholder:person:ssin:usersession:boolean";

/// Namespace of asserted attributes.
pub const IDENTIFICATION: &str = "urn:be:fgov:identification-namespace";
/// Namespace of certified attributes.
pub const CERTIFIED: &str = "urn:be:fgov:certified-namespace:ehealth";

/// Qualities the platform knows.
const QUALITIES: [&str; 11] = [
    "doctor",
    "nurse",
    "dentist",
    "physiotherapist",
    "midwife",
    "logopedist",
    "dietician",
    "clinicalpsychologist",
    "optician",
    "podologist",
    "pharmacist",
];

/// The platform's answer to one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certified {
    /// Yes or no.
    Boolean(bool),
    /// A name or number.
    Text(String),
    /// There is no such name or number.
    Absent,
}

/// A sort of claimant: the type of number its certificate names, and the claims that assert it, all with that number.
#[derive(Debug, PartialEq, Eq)]
pub struct Sort {
    /// Type of the number in the certificate.
    pub name: &'static str,
    /// Names of the asserted claims.
    pub asserted: &'static [&'static str],
    /// What the recognition of such an organisation is called; none where nothing is certified by it.
    recognised: Option<&'static str>,
}

macro_rules! institution {
    ($name:literal, $word:literal) => {
        Sort {
            name: $name,
            asserted: &[
                concat!("urn:be:fgov:ehealth:1.0:certificateholder:", $word, ":nihii-number"),
                concat!("urn:be:fgov:ehealth:1.0:", $word, ":nihii-number"),
            ],
            recognised: Some(concat!("urn:be:fgov:ehealth:1.0:", $word, ":nihii-number:recognised", $word)),
        }
    };
}

/// Everybody who may sign in. Source: docs/reference/ehealth-sts.md, section 4.
const SORTS: [Sort; 10] = [
    Sort { name: PERSON, asserted: &[HOLDER_SSIN, PERSON_SSIN], recognised: None },
    Sort {
        name: "CBE",
        asserted: &["urn:be:fgov:ehealth:1.0:certificateholder:enterprise:cbe-number"],
        recognised: None,
    },
    Sort {
        name: "EHP",
        asserted: &[
            "urn:be:fgov:ehealth:1.0:certificateholder:organization:ehp-number",
            "urn:be:fgov:ehealth:1.0:organization:ehp-number",
        ],
        recognised: Some("urn:be:fgov:ehealth:1.0:organization:ehp-number:recognisedehp"),
    },
    institution!("NIHII-HOSPITAL", "hospital"),
    institution!("NIHII-GROUP", "groupofnurses"),
    institution!("NIHII-MEDICAL_HOUSE", "medicalhouse"),
    institution!("NIHII-OFFICE_DOCTORS", "officedoctors"),
    institution!("NIHII-GUARD_POST", "guardpost"),
    institution!("NIHII-REEDUCATION", "reeducation"),
    institution!("NIHII-SORTING_CENTER", "sortingcenter"),
];

/// Certified of every organisation the platform knows.
const RECOGNISED: &str = "urn:be:fgov:ehealth:1.0:certificateholder:recognisedorganization:boolean";
/// Certified of an enterprise: its number.
const ENTERPRISE: &str = "urn:be:fgov:kbo-bce:organization:cbe-number";
/// Certified of an enterprise that may ask for others.
const DAAS: &str =
    "urn:be:fgov:ehealth:1.0:certificateholder:enterprise:cbe-number:ehealth:1.0:cbe_daas_authorized:boolean";

/// Whether a claim is one that somebody asserts, and the platform does not certify.
#[must_use]
pub fn assertable(uri: &str) -> bool {
    SORTS.iter().any(|sort| sort.asserted.contains(&uri))
}

/// The sort of claimant that asserts exactly these.
#[must_use]
pub fn sort(asserted: &[(String, String)]) -> Option<&'static Sort> {
    SORTS.iter().find(|sort| {
        sort.asserted.len() == asserted.len()
            && asserted.iter().all(|(uri, _)| sort.asserted.contains(&uri.as_str()))
    })
}

/// What is certified of `organisation` for the claim `uri`; `None` when nobody knows the claim.
#[must_use]
pub fn certified_of(organisation: &Organisation, uri: &str) -> Option<Certified> {
    let number = || Certified::Text(organisation.number.clone());
    if uri == RECOGNISED {
        return Some(Certified::Boolean(true));
    }
    if organisation.sort == "CBE" {
        return match uri {
            ENTERPRISE => Some(number()),
            DAAS => Some(Certified::Boolean(false)),
            _ => None,
        };
    }
    let sort = SORTS.iter().find(|sort| sort.name == organisation.sort)?;
    match uri.strip_prefix(sort.recognised?)?.strip_prefix(':')? {
        "boolean" => Some(Certified::Boolean(true)),
        // Eleven digits, as those of a person: an institution has no qualification.
        "nihii11" => Some(Certified::Text(format!("{}000", organisation.number))),
        _ => None,
    }
}

/// What is certified of `person` for the claim `uri`; `None` when nobody knows the claim.
#[must_use]
pub fn certified(person: &Person, uri: &str, by_card: bool) -> Option<Certified> {
    if uri == USER_SESSION {
        return Some(Certified::Boolean(by_card));
    }
    match uri.strip_prefix(PERSON_SSIN)?.strip_prefix(':')? {
        "doctor:boolean" => Some(Certified::Boolean(person.profession == Profession::Doctor)),
        "nurse:boolean" => Some(Certified::Boolean(person.profession == Profession::Nurse)),
        "ehealth:1.0:givenname" => Some(Certified::Text(person.given_name.clone())),
        "ehealth:1.0:surname" => Some(Certified::Text(person.surname.clone())),
        "ehealth:1.0:doctor:nihii11" => Some(number(person, "doctor")),
        "ehealth:1.0:nurse:nihii11" => Some(number(person, "nurse")),
        other => by_quality(person, other.strip_prefix("ehealth:1.0:")?),
    }
}

/// `fpsph:<q>:boolean`, `professional:<q>:boolean`, `nihii:<q>:nihii11`.
fn by_quality(person: &Person, rest: &str) -> Option<Certified> {
    let mut parts = rest.split(':');
    let (source, quality, form) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !QUALITIES.contains(&quality) {
        return None;
    }
    match (source, form) {
        ("fpsph" | "professional", "boolean") => {
            Some(Certified::Boolean(person.profession.word() == quality))
        }
        ("nihii", "nihii11") => Some(number(person, quality)),
        _ => None,
    }
}

fn number(person: &Person, quality: &str) -> Certified {
    let holds = person.profession.word() == quality;
    if holds { Certified::Text(person.nihii.reveal().to_owned()) } else { Certified::Absent }
}
