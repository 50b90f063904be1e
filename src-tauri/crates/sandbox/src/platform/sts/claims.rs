//! What the platform certifies of a person when it is asked.
//!
//! Source: docs/reference/sandbox.md, section 4.

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
