//! What each fuzz target checks, one function for any bytes: it says whether they were read, not refused, or panics over
//! a broken promise.
//!
//! `fuzz/fuzz_targets` hands them to libFuzzer; the test below replays the corpora and mutated seeds on every run.

pub mod card;
pub mod control;
pub mod etk;
pub mod keystore;
pub mod lease;
pub mod mutate;
pub mod profile;
pub mod sts;
pub mod xml;

/// A target: its name is that of its corpus and of its program.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// `fuzz/corpus/NAME`, `fuzz/fuzz_targets/NAME.rs`.
    pub name: &'static str,
    /// Whether the bytes were read; panics over a broken promise.
    pub check: fn(&[u8]) -> bool,
    /// Mutated seeds of one ordinary run.
    pub rounds: u64,
}

/// Every target. A costly one (a signature, a key derivation, a file in every round) gets fewer rounds.
pub const TARGETS: &[Target] = &[
    Target { name: "card_files", check: card::files, rounds: 20_000 },
    Target { name: "card_talk", check: card::talk, rounds: 5_000 },
    Target { name: "p12", check: keystore::p12, rounds: 1_000 },
    Target { name: "inventory", check: keystore::inventory, rounds: 20_000 },
    Target { name: "message", check: keystore::message, rounds: 20_000 },
    Target { name: "sts_answer", check: sts::answer, rounds: 2_000 },
    Target { name: "sts_assertion", check: sts::assertion, rounds: 1_000 },
    Target { name: "etk_answer", check: etk::answer, rounds: 2_000 },
    Target { name: "lease", check: lease::file, rounds: 2_000 },
    Target { name: "control", check: control::frames, rounds: 10_000 },
    Target { name: "xml", check: xml::document, rounds: 2_000 },
    Target { name: "profile", check: profile::file, rounds: 2_000 },
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn fuzz() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// The seeds of a target, in the order of their names.
    fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
        let folder = fuzz().join("corpus").join(name);
        let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        files.iter().map(|path| (named(path), std::fs::read(path).unwrap())).collect()
    }

    fn number(variable: &str, otherwise: u64) -> u64 {
        std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
    }

    /// What falls out is kept where the fuzzer keeps its own findings, so that it can be run alone.
    fn replay(target: &Target, what: &str, input: &[u8]) -> bool {
        let ran = std::panic::catch_unwind(|| (target.check)(input));
        ran.unwrap_or_else(|panic| {
            let kept = fuzz().join("artifacts").join(target.name);
            std::fs::create_dir_all(&kept).unwrap();
            let kept = kept.join(what.replace(' ', "-"));
            std::fs::write(&kept, input).unwrap();
            eprintln!("{}: {what} is kept in {}", target.name, kept.display());
            std::panic::resume_unwind(panic)
        })
    }

    fn replay_all(name: &str) {
        let target = TARGETS.iter().find(|target| target.name == name).unwrap();
        let seeds = corpus(name);
        assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
        let read = seeds.iter().filter(|(file, bytes)| replay(target, file, bytes)).count();
        assert!(read > 0, "no seed of {name} is read: mutating them would prove little");
        let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|(_, bytes)| bytes).collect();
        let seed = number("RELAIS_SEED", 1);
        for round in 0..target.rounds * number("RELAIS_SOAK", 1) {
            let input = mutate::mutated(&seeds, seed, round);
            replay(target, &format!("seed {seed} round {round}"), &input);
        }
    }

    #[test]
    fn changed_files_of_a_card_are_read_or_refused() {
        replay_all("card_files");
    }

    #[test]
    fn whatever_a_card_answers_reading_it_never_checks_a_pin() {
        replay_all("card_talk");
    }

    #[test]
    fn changed_keystores_are_opened_or_refused() {
        replay_all("p12");
    }

    #[test]
    fn changed_files_of_strangers_are_listed_or_refused() {
        replay_all("inventory");
    }

    #[test]
    fn changed_messages_are_told_or_refused() {
        replay_all("message");
    }

    #[test]
    fn changed_answers_of_the_platform_are_read_or_refused() {
        replay_all("sts_answer");
    }

    #[test]
    fn whatever_a_signed_assertion_says_it_is_read_or_refused() {
        replay_all("sts_assertion");
    }

    #[test]
    fn changed_answers_of_the_etk_depot_are_read_or_refused() {
        replay_all("etk_answer");
    }

    #[test]
    fn a_changed_lease_file_opens_nothing() {
        replay_all("lease");
    }

    #[test]
    fn changed_frames_at_the_control_socket_are_read_or_refused() {
        replay_all("control");
    }

    #[test]
    fn changed_xml_is_believed_by_nobody() {
        replay_all("xml");
    }

    #[test]
    fn changed_profiles_are_read_or_refused() {
        replay_all("profile");
    }

    #[test]
    fn every_target_is_replayed_and_has_a_program() {
        let programs = std::fs::read_dir(fuzz().join("fuzz_targets")).unwrap();
        let mut programs: Vec<_> =
            programs.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        programs.sort();
        let mut known: Vec<_> = TARGETS.iter().map(|target| format!("{}.rs", target.name)).collect();
        known.sort();
        assert_eq!(programs, known);
        for target in TARGETS {
            let replay = format!("replay_all(\"{}\");", target.name);
            assert!(include_str!("lib.rs").contains(&replay), "{} is replayed", target.name);
        }
    }
}
