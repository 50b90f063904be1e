//! The people of a sandbox: valid by every rule, and nobody's real numbers.
//!
//! Their serial numbers (the three digits after the birth date) lie at the end of the range, which the register does
//! not reach; their names are common ones.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use relais_core::ident::{Nihii, Ssin};
use serde::{Deserialize, Serialize};

use super::authority::Authorities;
use super::keystore::{Keystore, file_name};
use super::state::{Folder, StateError};
use crate::eid;
use crate::x509::{Authority, Validity};

/// Profession that eHealth certifies of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profession {
    /// Physician.
    Doctor,
    /// Nurse.
    Nurse,
}

impl Profession {
    /// The word claims use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Doctor => "doctor",
            Self::Nurse => "nurse",
        }
    }
}

/// Sex, as the identity file of the card says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Woman.
    Female,
    /// Man.
    Male,
}

/// Somebody who signs in.
#[derive(Clone)]
pub struct Person {
    /// Short name for folders and options: `lambert`.
    pub key: String,
    /// First given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Sex.
    pub sex: Sex,
    /// Day of birth; the SSIN begins with it.
    pub born: Date,
    /// Number in social security.
    pub ssin: Ssin,
    /// Number at the INAMI/RIZIV, eleven digits.
    pub nihii: Nihii,
    /// What eHealth certifies.
    pub profession: Profession,
    /// Password of the keystore. Invented, and printed by whoever shows the sandbox.
    pub password: String,
    /// The keystore file.
    pub keystore: PathBuf,
    /// Certificate and key inside the keystore, alias `authentication`.
    pub authentication: Authority,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Person {
    /// The same person as the makers of cards know them.
    #[must_use]
    pub fn on_card(&self) -> eid::Person {
        let place = self.ssin.reveal()[6..9].parse().expect("three digits");
        let home = match self.sex {
            Sex::Female => eid::Person::doctor(),
            Sex::Male => eid::Person::colleague(),
        };
        eid::Person {
            surname: self.surname.clone(),
            given_names: self.given_name.clone(),
            born: self.born,
            woman: self.sex == Sex::Female,
            register_place: place,
            ..home
        }
    }

    /// Given name and surname.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }
}

/// What is the same in every sandbox.
struct Invented {
    key: &'static str,
    given_name: &'static str,
    surname: &'static str,
    sex: Sex,
    born: (i16, i8, i8),
    ssin: &'static str,
    nihii: &'static str,
    profession: Profession,
    password: &'static str,
}

const PEOPLE: [Invented; 2] = [
    Invented {
        key: "lambert",
        given_name: "Claire",
        surname: "Lambert",
        sex: Sex::Female,
        born: (1985, 1, 1),
        ssin: "85010199885",
        nihii: "19999816004",
        profession: Profession::Doctor,
        password: "clair-obscur",
    },
    Invented {
        key: "maes",
        given_name: "Pieter",
        surname: "Maes",
        sex: Sex::Male,
        born: (1979, 6, 13),
        ssin: "79061399723",
        nihii: "18887779003",
        profession: Profession::Doctor,
        password: "zonder-kaart",
    },
];

/// Everybody in a sandbox.
#[derive(Debug, Clone)]
pub struct People(Vec<Person>);

impl People {
    /// Reads the people of a folder, or gives them keystores there, made at `now` and valid three years and three
    /// months (docs/reference/ehealth-certificates.md, section 3).
    pub(crate) fn open(
        state: &Folder,
        authorities: &Authorities,
        now: Timestamp,
    ) -> Result<Self, StateError> {
        let folder = state.inner("keystore")?;
        PEOPLE.iter().map(|it| opened(&folder, authorities, it, now)).collect::<Result<_, _>>().map(Self)
    }

    /// Everybody.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.0.iter()
    }

    /// The person of this short name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.key == key)
    }

    /// The person of this number.
    #[must_use]
    pub fn by_ssin(&self, ssin: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.ssin.reveal() == ssin)
    }

    /// Somebody else than [`Self::doctor`].
    #[must_use]
    pub fn stranger(&self) -> &Person {
        &self.0[1]
    }

    /// The doctor whom demonstrations and tests sign in.
    #[must_use]
    pub fn doctor(&self) -> &Person {
        &self.0[0]
    }
}

/// What the sandbox remembers of a keystore beside the file itself.
#[derive(Serialize, Deserialize)]
struct Card {
    file: String,
    authentication: String,
}

fn opened(
    folder: &Folder,
    authorities: &Authorities,
    who: &Invented,
    now: Timestamp,
) -> Result<Person, StateError> {
    let note = format!("{}.toml", who.key);
    if let Some(text) = folder.read(&note)? {
        let foreign = |_| StateError::Foreign { path: folder.path().join(&note) };
        let card: Card = toml::from_str(&text).map_err(foreign)?;
        return Ok(person(who, folder.path().join(card.file), Authority::from_pem(&card.authentication)?));
    }
    let (file, store) = equipped(folder, authorities, who, now)?;
    let card = Card { file, authentication: store.authentication.to_pem()? };
    let text = toml::to_string(&card).expect("two strings are always TOML");
    folder.write(&note, text.as_bytes())?;
    Ok(person(who, folder.path().join(card.file), store.authentication))
}

/// Issues a keystore and writes its file.
fn equipped(
    folder: &Folder,
    authorities: &Authorities,
    who: &Invented,
    now: Timestamp,
) -> Result<(String, Keystore), StateError> {
    let ssin = ssin(who);
    let name = format!("{} {}", who.given_name, who.surname);
    let end = now.to_zoned(TimeZone::UTC).checked_add(3.years().months(3))?.timestamp();
    let store = Keystore::issue(&authorities.issuing, &ssin.into(), &name, Validity::new(now, end))?;
    let chain = [&authorities.issuing.certificate, &authorities.root.certificate];
    let file = file_name(&ssin.into(), now);
    folder.write(&file, &store.to_pkcs12(&chain, who.password)?)?;
    Ok((file, store))
}

fn ssin(who: &Invented) -> Ssin {
    Ssin::parse(who.ssin).expect("a test checks every invented number")
}

fn person(who: &Invented, keystore: PathBuf, authentication: Authority) -> Person {
    let (year, month, day) = who.born;
    Person {
        key: who.key.to_owned(),
        given_name: who.given_name.to_owned(),
        surname: who.surname.to_owned(),
        sex: who.sex,
        born: Date::new(year, month, day).expect("a test checks every invented date"),
        ssin: ssin(who),
        nihii: Nihii::parse(who.nihii).expect("a test checks every invented number"),
        profession: who.profession,
        password: who.password.to_owned(),
        keystore,
        authentication,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_invented_number_and_date_keeps_the_rules() {
        for who in &PEOPLE {
            let (year, month, day) = who.born;
            assert!(Date::new(year, month, day).is_ok(), "{}", who.key);
            assert_eq!(
                ssin(who).reveal()[..6],
                format!("{:02}{month:02}{day:02}", year % 100),
                "{}",
                who.key
            );
            let serial: u16 = ssin(who).reveal()[6..9].parse().unwrap();
            assert!(serial >= 997, "{} could be somebody's", who.key);
            assert_eq!(serial.is_multiple_of(2), who.sex == Sex::Female, "{}", who.key);
            assert_eq!(Nihii::parse(who.nihii).unwrap().reveal().len(), 11, "{}", who.key);
        }
    }

    #[test]
    fn people_keep_their_keystores_when_the_sandbox_starts_again() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let authorities = Authorities::open(&state).unwrap();
        let first = People::open(&state, &authorities, noon()).unwrap();
        let second =
            People::open(&state, &authorities, noon() + jiff::SignedDuration::from_hours(30)).unwrap();
        for (one, two) in first.iter().zip(second.iter()) {
            assert_eq!(one.keystore, two.keystore);
            assert!(one.authentication.key.public_eq(&two.authentication.key));
            assert!(one.keystore.is_file());
        }
    }

    #[test]
    fn nobody_prints_their_numbers() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let people = People::open(&state, &Authorities::open(&state).unwrap(), noon()).unwrap();
        assert!(!format!("{people:?}").contains(|c: char| c.is_ascii_digit()));
    }
}
