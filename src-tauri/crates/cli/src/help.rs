//! `--help` in the language of the person: names and values stay, words come from `ui/locales/*/cli.ftl`.
//!
//! What clap says of a mistake is told by `usage` (docs/decisions/0030-help-in-four-languages.md).

use clap::{Arg, ArgAction, Command, CommandFactory};
use relais_host::texts::Texts;

use crate::arguments::Options;
use crate::plain;

/// The command line with its help.
pub fn command(texts: &Texts) -> Command {
    let say = |key: &str| texts.get(&format!("help-{key}"), &[]);
    let root =
        Options::command().disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).global(true);
    let root = worded(root.arg(help).arg(version), "", texts);
    let list = plain::columns(&leaves(&root, ""));
    let (usage, commands, everywhere) =
        (say("heading-usage"), say("heading-commands"), say("heading-everywhere"));
    root.help_template(format!(
        "{{about-with-newline}}\n{usage}: {{usage}}\n\n{commands}:\n{list}\n\n{everywhere}:\n{{options}}\n"
    ))
}

/// The command and everything below it, in words; `path` is what stands before its name, as its key has it.
fn worded(command: Command, path: &str, texts: &Texts) -> Command {
    let say = |key: &str| texts.get(&format!("help-{key}"), &[]);
    let name = command.get_name().to_owned();
    let key = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
    let below = if command.get_name() == "relaisctl" { String::new() } else { key.clone() };
    let usage = say("heading-usage");
    command
        .about(say(&key))
        .subcommand_help_heading(say("heading-commands"))
        .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}\n"))
        .mut_args(|arg| argument(arg, texts))
        .mut_subcommands(|sub| worded(sub, &below, texts))
}

fn argument(arg: Arg, texts: &Texts) -> Arg {
    let say = |key: &str| texts.get(&format!("help-{key}"), &[]);
    // The name a person types, where the program calls it otherwise.
    let name = arg.get_long().map_or_else(|| arg.get_id().to_string(), str::to_owned);
    let heading = match (arg.is_positional(), arg.is_global_set()) {
        (true, _) => "heading-arguments",
        (false, false) => "heading-options",
        (false, true) => "heading-everywhere",
    };
    let takes_value = arg.get_action().takes_values();
    arg.help(say(&format!("arg-{name}")))
        .help_heading(say(heading))
        .hide_default_value(takes_value)
        .hide_possible_values(takes_value)
}

/// One row for every command that does something.
fn leaves(command: &Command, path: &str) -> Vec<Vec<String>> {
    let rows = command.get_subcommands().map(|sub| {
        let name = format!("{path}{}", sub.get_name());
        if sub.has_subcommands() {
            return leaves(sub, &format!("{name} "));
        }
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        vec![vec![format!("  {name}"), about]]
    });
    rows.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relais_host::preferences::Language;

    #[test]
    fn every_command_and_option_has_its_words_in_every_language() {
        fn look(command: &Command, language: Language) {
            let words =
                |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string).unwrap_or_default();
            let about = words(command.get_about());
            assert!(!about.is_empty() && !about.starts_with("help-"), "{}: {about}", command.get_name());
            for arg in command.get_arguments() {
                let help = words(arg.get_help());
                let named = format!("{} {}", command.get_name(), arg.get_id());
                assert!(!help.is_empty() && !help.starts_with("help-"), "{named} in {language:?}: {help}");
                assert!(help.chars().count() <= 76, "one line: {help}");
            }
            command.get_subcommands().for_each(|sub| look(sub, language));
        }
        for language in Language::ALL {
            let command = command(&Texts::new(language));
            command.clone().debug_assert();
            look(&command, language);
        }
    }

    #[test]
    fn the_help_of_the_program_lists_every_command_with_one_line() {
        let help = command(&Texts::new(Language::Nl)).render_help().to_string();
        let lines: Vec<&str> = help.lines().collect();
        for command in ["card list", "sign-in", "session show", "xml verify", "sandbox card"] {
            let found = lines.iter().filter(|line| line.starts_with(&format!("  {command} "))).count();
            assert_eq!(found, 1, "{command} in {help}");
        }
        assert!(help.contains("\nOpdrachten:\n") && help.contains("\nOpties van elke opdracht:\n"), "{help}");
        assert!(!help.contains("possible values") && !help.contains("default:"), "{help}");
    }
}
