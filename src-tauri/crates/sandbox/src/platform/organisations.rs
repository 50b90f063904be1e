//! The organisations of a sandbox: valid by every rule, and nobody's real numbers.

use std::path::PathBuf;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use relais_core::ident::Identity;
use serde::{Deserialize, Serialize};

use super::authority::Authorities;
use super::keystore::{Keystore, file_name};
use super::state::{Folder, StateError};
use crate::x509::{Authority, Validity};

/// An organisation that signs in.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Short name for folders: `tilleul`.
    pub key: String,
    /// Name, as its certificate has it.
    pub name: String,
    /// Type of its number, such as `NIHII-OFFICE_DOCTORS`.
    pub sort: String,
    /// Its number.
    pub number: String,
    /// Password of the keystore. Invented, and printed by whoever shows the sandbox.
    pub password: String,
    /// The keystore file.
    pub keystore: PathBuf,
}

/// What is the same in every sandbox.
struct Invented {
    key: &'static str,
    name: &'static str,
    sort: &'static str,
    number: &'static str,
    password: &'static str,
}

/// The number keeps the rule and lies in a range of registration that is not given out.
const ORGANISATIONS: [Invented; 1] = [Invented {
    key: "tilleul",
    name: "CABINET DU TILLEUL",
    sort: "NIHII-OFFICE_DOCTORS",
    number: "80000056",
    password: "tilleul-argente",
}];

/// Every organisation in a sandbox.
#[derive(Debug, Clone)]
pub struct Organisations(Vec<Organisation>);

impl Organisations {
    /// Reads the organisations of a folder, or gives them keystores there, made at `now` and valid three years and
    /// three months (docs/reference/ehealth-certificates.md, section 3).
    pub(crate) fn open(
        state: &Folder,
        authorities: &Authorities,
        now: Timestamp,
    ) -> Result<Self, StateError> {
        let folder = state.inner("keystore")?;
        ORGANISATIONS
            .iter()
            .map(|it| opened(&folder, authorities, it, now))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The organisation of this type and number.
    #[must_use]
    pub fn get(&self, sort: &str, number: &str) -> Option<&Organisation> {
        self.0.iter().find(|it| it.sort == sort && it.number == number)
    }

    /// The practice that demonstrations and tests sign in.
    #[must_use]
    pub fn practice(&self) -> &Organisation {
        &self.0[0]
    }
}

/// What the sandbox remembers of a keystore beside the file itself.
#[derive(Serialize, Deserialize)]
struct Card {
    file: String,
}

fn opened(
    folder: &Folder,
    authorities: &Authorities,
    who: &Invented,
    now: Timestamp,
) -> Result<Organisation, StateError> {
    let note = format!("{}.toml", who.key);
    let file = match folder.read(&note)? {
        Some(text) => {
            let foreign = |_| StateError::Foreign { path: folder.path().join(&note) };
            toml::from_str::<Card>(&text).map_err(foreign)?.file
        }
        None => {
            let file = equipped(folder, authorities, who, now)?;
            let text = toml::to_string(&Card { file: file.clone() }).expect("a string is always TOML");
            folder.write(&note, text.as_bytes())?;
            file
        }
    };
    Ok(Organisation {
        key: who.key.to_owned(),
        name: who.name.to_owned(),
        sort: who.sort.to_owned(),
        number: who.number.to_owned(),
        password: who.password.to_owned(),
        keystore: folder.path().join(file),
    })
}

/// Issues a keystore and writes its file.
fn equipped(
    folder: &Folder,
    authorities: &Authorities,
    who: &Invented,
    now: Timestamp,
) -> Result<String, StateError> {
    let end = now.to_zoned(TimeZone::UTC).checked_add(3.years().months(3))?.timestamp();
    let store = issue(&authorities.issuing, who, Validity::new(now, end))?;
    let chain = [&authorities.issuing.certificate, &authorities.root.certificate];
    let file = file_name(&identity(who), now);
    folder.write(&file, &store.to_pkcs12(&chain, who.password)?)?;
    Ok(file)
}

fn issue(issuing: &Authority, who: &Invented, validity: Validity) -> Result<Keystore, StateError> {
    Keystore::issue(issuing, &identity(who), who.name, validity)
}

fn identity(who: &Invented) -> Identity {
    Identity::parse(who.sort, who.number, None).expect("a test checks every invented number")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use relais_core::ident::Nihii;

    #[test]
    fn every_invented_number_keeps_the_rules() {
        for who in &ORGANISATIONS {
            assert!(identity(who).organisation().is_some(), "{}", who.key);
            assert!(!who.sort.starts_with("NIHII") || Nihii::parse(who.number).is_ok(), "{}", who.key);
        }
    }

    #[test]
    fn organisations_keep_their_keystores_when_the_sandbox_starts_again() {
        let dir = tempfile::tempdir().unwrap();
        let state = Folder::open(dir.path()).unwrap();
        let authorities = Authorities::open(&state).unwrap();
        let at = "2026-03-02T12:00:00Z".parse().unwrap();
        let first = Organisations::open(&state, &authorities, at).unwrap();
        let later = at + jiff::SignedDuration::from_hours(30);
        let second = Organisations::open(&state, &authorities, later).unwrap();
        assert_eq!(first.practice().keystore, second.practice().keystore);
        assert!(first.practice().keystore.is_file());
    }
}
