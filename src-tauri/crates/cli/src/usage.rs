//! A command line that is none: help that was asked for, mistakes, and commands of later versions.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use relais_core::{Code, Problem};
use relais_host::catalogue;
use relais_host::texts::Texts;

use crate::arguments::Options;
use crate::outcome::{fail, refuse};

/// Commands of the product's contract that are not built yet, each below its parent.
const LATER: [(&str, &[&str]); 3] = [
    ("relaisctl", &["doctor", "services", "certificate", "report", "redact", "decode"]),
    ("keystore", &["scan", "match", "change-password"]),
    ("journal", &["export"]),
];

/// Says what clap found: help and version go out with 0, mistakes with 2 and a code.
pub fn tell(error: &clap::Error, texts: &Texts) -> ExitCode {
    let json = std::env::args_os().any(|argument| argument == "--json");
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Nobody reads it any more: then nobody asked.
        let _ = write!(std::io::stdout(), "{error}");
        return ExitCode::SUCCESS;
    }
    if later(error) {
        return refuse(texts, json, &Code::NOT_HERE_YET.into());
    }
    let problem = Problem::new(Code::USAGE);
    if json {
        fail(&problem, message(error, texts), texts.advice(&problem));
    }
    let _ = write!(std::io::stderr(), "{error}");
    ExitCode::from(catalogue::code(Code::USAGE).exit)
}

/// What is missing or possible stands in the lines up to the first empty one; help has no such lines.
fn message(error: &clap::Error, texts: &Texts) -> String {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    ) {
        return texts.get("usage-no-command", &[]);
    }
    let message = error.to_string();
    let what: Vec<&str> = message.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    what.join(" ").trim_start_matches("error: ").to_owned()
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
    fn the_value_of_an_option_is_no_command() {
        let mut relaisctl = Options::command();
        relaisctl.build();
        let parent = |line: &str| named(&relaisctl, line.split(' ').map(str::to_owned)).to_owned();
        assert_eq!(parent("keystore scan"), "keystore");
        assert_eq!(parent("--data-dir keystore doctor"), "relaisctl");
        assert_eq!(parent("--data-dir=keystore --json journal export"), "journal");
        assert_eq!(parent("journal --reader card export"), "journal");
        assert_eq!(parent("doctor journal"), "relaisctl");
    }
}
