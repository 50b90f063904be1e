//! A command line that is none: help that was asked for, mistakes, and commands of later versions.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use relais_core::{Code, Problem};
use relais_host::catalogue;
use relais_host::texts::Texts;

use crate::arguments::Options;
use crate::outcome::{printed, refuse};

/// Commands of the product's contract that are not built yet, each below its parent.
const LATER: [(&str, &[&str]); 3] = [
    ("relaisctl", &["doctor", "report", "redact", "decode"]),
    ("certificate", &["renew"]),
    ("journal", &["export"]),
];

/// Says what clap found: help and version go out with 0, mistakes with 2 and a code.
pub fn tell(error: &clap::Error, texts: &Texts) -> ExitCode {
    let json = std::env::args_os().any(|argument| argument == "--json");
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return printed(texts, write!(std::io::stdout(), "{error}"));
    }
    if later(error) {
        return refuse(texts, json, &Code::NOT_HERE_YET.into());
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json {
        // Nobody reads it any more: the exit code says it all the same.
        let _ = write!(std::io::stderr(), "{error}");
        return ExitCode::from(catalogue::code(Code::USAGE).exit);
    }
    refuse(texts, json, &problem(error))
}

/// What clap found, in values that have words in every language.
fn problem(error: &clap::Error) -> Problem {
    let found = |kind| error.get(kind).map(words).filter(|found| !found.is_empty());
    let argument = found(ContextKind::InvalidArg);
    // What should have come through the descriptor may have been typed in its place.
    let secret = argument.as_deref().is_some_and(of_a_secret);
    let value = found(ContextKind::InvalidValue).filter(|_| !secret);
    let (reason, named) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            ("no-such-command", [("word", found(ContextKind::InvalidSubcommand)), ("option", None)])
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            ("no-command", [("word", None), ("option", None)])
        }
        ErrorKind::UnknownArgument => {
            let option = argument.as_ref().is_some_and(|word| word.starts_with('-'));
            if option {
                ("no-such-option", [("word", argument), ("option", None)])
            } else {
                // Where nothing was expected it may be anything, a password among it.
                ("one-too-many", [("word", None), ("option", None)])
            }
        }
        ErrorKind::InvalidValue if value.is_none() => ("no-value", [("option", argument), ("value", None)]),
        ErrorKind::InvalidValue => ("not-one-of", [("option", argument), ("value", value)]),
        ErrorKind::ValueValidation => ("not-such-a-value", [("option", argument), ("value", value)]),
        ErrorKind::MissingRequiredArgument => ("not-given", [("option", argument), ("value", None)]),
        ErrorKind::ArgumentConflict => ("given-twice", [("option", argument), ("value", None)]),
        ErrorKind::InvalidUtf8 => ("no-text", [("option", argument), ("value", None)]),
        _ => ("does-not-fit", [("option", argument), ("value", None)]),
    };
    let usage = Problem::new(Code::USAGE).with("reason", reason);
    let problem =
        named.into_iter().fold(usage, |problem, (name, found)| match found.filter(|w| speakable(w)) {
            Some(found) => problem.with(name, found),
            None => problem,
        });
    match found(ContextKind::ValidValue).or_else(|| found(ContextKind::SuggestedSubcommand)) {
        Some(possible) => problem.with("possible", possible),
        None => problem,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(", "),
        _ => String::new(),
    }
}

/// `--pin-fd <FD>`, as clap names it.
fn of_a_secret(argument: &str) -> bool {
    ["--pin-fd", "--password-fd", "--new-password-fd"]
        .iter()
        .any(|option| argument.split([' ', '=']).next() == Some(option))
}

/// Digits alone may be a PIN or a national number that nobody should have typed here: they are not repeated.
fn speakable(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits < 4 || word.chars().any(char::is_alphabetic)
}

/// The word that clap does not know is one of the contract.
fn later(error: &clap::Error) -> bool {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let (parent, word) = match error.kind() {
        ErrorKind::InvalidSubcommand => (parent(), context(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => (parent(), context(ContextKind::InvalidArg)),
        _ => return false,
    };
    LATER.iter().any(|(above, words)| *above == parent && words.contains(&word.as_str()))
}

/// The command that the line names, as far as its words are commands.
fn parent() -> String {
    let mut relaisctl = Options::command();
    // Options of every command reach the groups only then.
    relaisctl.build();
    let words = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok());
    named(&relaisctl, words).to_owned()
}

/// Options and their values name no command, whatever they read.
fn named(relaisctl: &clap::Command, mut words: impl Iterator<Item = String>) -> &str {
    let mut here = relaisctl;
    while let Some(word) = words.next() {
        if let Some(option) = word.strip_prefix("--") {
            let takes_value = here
                .get_arguments()
                .any(|known| known.get_long() == Some(option) && known.get_action().takes_values());
            if takes_value {
                words.next();
            }
        } else if let Some(below) = here.find_subcommand(&word) {
            here = below;
        } else {
            break;
        }
    }
    here.get_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_pin_or_a_number_of_somebody_is_not_repeated() {
        for secret in ["1234", "85010199885", "85.01.01-998.85"] {
            assert!(!speakable(secret), "{secret}");
        }
        for word in ["frob", "--frob", "1.9", "vpcd:35963"] {
            assert!(speakable(word), "{word}");
        }
    }

    #[test]
    fn what_was_typed_in_place_of_a_descriptor_or_where_nothing_belongs_is_not_repeated() {
        let lines = [
            "sign-in --mode eid-only --pin-fd Geheim1",
            "sign-in --mode eid-only --password-fd=Geheim1",
            "keystore change-password a.p12 --new-password-fd Geheim1",
            "sign-in --mode eid-only Geheim1",
        ];
        for line in lines {
            let words = std::iter::once("relaisctl").chain(line.split(' '));
            let found = problem(&Options::command().try_get_matches_from(words).unwrap_err());
            assert_eq!(found.code, Code::USAGE, "{line}");
            assert!(found.with.contains_key("reason"), "{line}");
            assert!(!found.with.values().any(|value| value.contains("Geheim1")), "{line}: {found:?}");
        }
    }

    #[test]
    fn the_value_of_an_option_is_no_command() {
        let mut relaisctl = Options::command();
        relaisctl.build();
        let parent = |line: &str| named(&relaisctl, line.split(' ').map(str::to_owned)).to_owned();
        assert_eq!(parent("keystore export"), "keystore");
        assert_eq!(parent("--data-dir keystore doctor"), "relaisctl");
        assert_eq!(parent("--data-dir=keystore --json journal export"), "journal");
        assert_eq!(parent("journal --reader card export"), "journal");
        assert_eq!(parent("doctor journal"), "relaisctl");
    }
}
