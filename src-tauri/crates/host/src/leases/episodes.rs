//! Where the last exception of each person began, beside the leases and under a seal of this installation.
//!
//! The ledger lies in a database, which may be newer, damaged or silent; without this its next start would begin twelve
//! hours anew. It says what the ledger says, without what anybody wrote, and counts where the ledger knows nothing.

use std::io::Write;
use std::path::Path;

use relais_core::environment::EnvironmentName;
use relais_core::lease::SlotId;
use relais_core::session::ledger::Line;
use relais_keystore::InstallKey;
use serde::{Deserialize, Serialize};

use crate::file;

/// Name of the file in an environment's folder, and the purpose of its seal.
const EPISODES: &str = "episodes";

#[derive(Serialize, Deserialize)]
struct Sealed {
    /// The lines as JSON, byte for byte what was sealed.
    lines: String,
    seal: String,
}

/// The last one of this person; a file that was not sealed here counts as none.
pub fn of(folder: &Path, environment: &EnvironmentName, install: &InstallKey, slot: &SlotId) -> Option<Line> {
    all(folder, environment, install).into_iter().find(|line| line.slot == *slot)
}

/// Keeps this one in the place of the one before of its person.
pub fn keep(
    folder: &Path,
    environment: &EnvironmentName,
    install: &InstallKey,
    line: &Line,
) -> std::io::Result<()> {
    let line = Line { note: None, evidence: vec![], ended: None, ..line.clone() };
    let mut lines = all(folder, environment, install);
    if lines.contains(&line) {
        return Ok(());
    }
    lines.retain(|other| other.slot != line.slot);
    lines.push(line);
    let lines = serde_json::to_string(&lines)?;
    let seal = install.seal(EPISODES, &bytes(environment, &lines)).map_err(std::io::Error::other)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(&serde_json::to_vec(&Sealed { lines, seal })?)?;
    fresh.as_file().sync_all()?;
    fresh.persist(folder.join(EPISODES)).map(drop).map_err(|refused| refused.error)
}

fn all(folder: &Path, environment: &EnvironmentName, install: &InstallKey) -> Vec<Line> {
    let read = || {
        let text = file::text(&folder.join(EPISODES)).ok()?;
        let found: Sealed = serde_json::from_str(&text).ok()?;
        let ours = install.sealed(EPISODES, &bytes(environment, &found.lines), &found.seal);
        serde_json::from_str(&found.lines).ok().filter(|_| ours)
    };
    read().unwrap_or_default()
}

fn bytes(environment: &EnvironmentName, lines: &str) -> Vec<u8> {
    [environment.as_str().as_bytes(), &[0], lines.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relais_core::Code;
    use relais_core::lease::LeaseId;
    use relais_core::session::exception::Reason;

    fn line(letter: &str, hours: i64) -> Line {
        let started_at = jiff::Timestamp::from_second(1_772_434_800 + hours * 3_600).unwrap();
        Line {
            episode: LeaseId(format!("{hours:032x}")),
            slot: SlotId::parse(&letter.repeat(32)).unwrap(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            started_at,
            ends_at: started_at + relais_core::lease::FALLBACK_CAP,
            reason: Reason::EidNotAtHand,
            note: None,
            evidence: vec![],
            ended: None,
        }
    }

    #[test]
    fn the_last_one_of_each_person_is_kept_without_what_they_wrote_and_only_under_our_seal() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let install = InstallKey::load_or_create(folder.path()).unwrap();
        let sandbox = line("a", 0).environment;
        let of = |line: &Line| of(folder.path(), &sandbox, &install, &line.slot);
        let keep = |line: &Line| keep(folder.path(), &sandbox, &install, line).unwrap();
        assert_eq!(of(&line("a", 0)), None);
        let noted = Line { note: Some("Claire".into()), evidence: vec![Code::NO_CARD], ..line("a", 0) };
        [&noted, &line("b", 1), &line("a", 20)].into_iter().for_each(keep);
        assert_eq!((of(&line("a", 0)), of(&line("b", 0))), (Some(line("a", 20)), Some(line("b", 1))));
        let text = std::fs::read_to_string(folder.path().join(EPISODES)).unwrap();
        assert!(!text.contains("Claire"));

        let other = InstallKey::load_or_create(elsewhere.path()).unwrap();
        assert_eq!(super::of(folder.path(), &sandbox, &other, &line("a", 0).slot), None);
        let acceptance = EnvironmentName::parse("acceptance").unwrap();
        assert_eq!(super::of(folder.path(), &acceptance, &install, &line("a", 0).slot), None);
        for changed in
            [text.replace("2026-03-03", "2026-03-02"), text[..text.len() / 2].into(), String::new()]
        {
            assert_ne!(changed, text);
            std::fs::write(folder.path().join(EPISODES), changed).unwrap();
            assert_eq!(of(&line("a", 0)), None);
        }
        keep(&line("a", 21));
        assert_eq!(of(&line("a", 0)), Some(line("a", 21)), "the next one is kept all the same");
    }
}
