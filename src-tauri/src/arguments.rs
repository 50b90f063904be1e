//! What may stand behind `relais` on a command line.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, ValueEnum};
use relais_core::{Code, Problem};
use relais_host::preferences::{KeyStoreChoice, Language};
use relais_host::texts::Texts;

/// Keeps a health-care practice signed in at the eHealth platform.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Arguments {
    /// Environment to open: production, acceptance, integration or sandbox.
    #[arg(long)]
    pub environment: Option<String>,
    /// A profile file; wins over --environment.
    #[arg(long)]
    pub profile: Option<PathBuf>,
    /// Folder for everything Relais keeps.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    /// Language of this start: nl, fr, de or en.
    #[arg(long, value_parser = Language::ALL.map(Language::name))]
    pub language: Option<String>,
    /// Keystore to use instead of the newest one in the usual folder.
    #[arg(long)]
    pub keystore: Option<PathBuf>,
    /// Where session keys are kept.
    #[arg(long)]
    pub key_store: Option<KeyStoreArgument>,
    /// Start with the icon near the clock and no window; without a place for the icon, with a minimised window.
    #[arg(long)]
    pub background: bool,
}

impl Arguments {
    /// What this start was told. What cannot be understood is told before anything is opened, with a code.
    ///
    /// # Errors
    /// How the program ends instead.
    pub(crate) fn of_this_start() -> Result<Self, ExitCode> {
        Self::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // Nobody reads it any more: then nobody asked.
                let _ = error.print();
                ExitCode::SUCCESS
            }
            _ => {
                let _ = writeln!(io::stderr(), "{}", refusal(&error, &Texts::new(Language::of_system())));
                ExitCode::from(relais_host::catalogue::code(Code::USAGE).exit)
            }
        })
    }

    /// What the next start has to be told to open the same world: everything but the language of this start and whether
    /// there is a window.
    ///
    /// # Errors
    /// A path that is no text, or of a folder that has gone.
    pub(crate) fn for_the_next_start(&self) -> io::Result<Vec<String>> {
        self.told_in(&std::env::current_dir()?)
    }

    /// Whether this command line, given in this folder, names another world than this start did. One that names nothing
    /// wants the one that runs.
    pub(crate) fn differ_from(&self, line: &[String], folder: &Path) -> bool {
        let Ok(theirs) =
            Self::try_parse_from(line).map_err(io::Error::other).and_then(|it| it.told_in(folder))
        else {
            return true;
        };
        !theirs.is_empty() && self.for_the_next_start().is_ok_and(|ours| ours != theirs)
    }

    fn told_in(&self, folder: &Path) -> io::Result<Vec<String>> {
        let path = |path: &PathBuf| -> io::Result<String> {
            let told = std::path::absolute(folder.join(path))?;
            told.into_os_string().into_string().map_err(|_| io::ErrorKind::InvalidInput.into())
        };
        let key_store =
            self.key_store.and_then(|it| it.to_possible_value()).map(|it| it.get_name().to_owned());
        let told = [
            ("--environment", self.environment.clone()),
            ("--profile", self.profile.as_ref().map(path).transpose()?),
            ("--data-dir", self.data_dir.as_ref().map(path).transpose()?),
            ("--keystore", self.keystore.as_ref().map(path).transpose()?),
            ("--key-store", key_store),
        ];
        let given = told.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
        Ok(given.flatten().collect())
    }
}

/// What was wrong with a command line, and what to do. A value is not repeated: it may be anybody's.
fn refusal(error: &clap::Error, texts: &Texts) -> String {
    let problem = Problem::from(Code::USAGE);
    let (sentence, advice) = (texts.sentence(&problem), texts.advice(&problem));
    let option = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if option.starts_with("--") => {
            format!(" [{}]", option.split(['=', ' ']).next().unwrap_or_default())
        }
        _ => String::new(),
    };
    format!("{}: {sentence}{option}\n{}", problem.code, texts.get("advice", &[("advice", &advice)]))
}

/// Whether a command line asks for no window.
pub(crate) fn in_background(line: &[String]) -> bool {
    Arguments::try_parse_from(line).is_ok_and(|arguments| arguments.background)
}

/// Where session keys are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyStoreArgument {
    /// In the key store of the operating system.
    Os,
    /// In a file for this user alone.
    File,
    /// In memory only.
    Memory,
}

impl From<KeyStoreArgument> for KeyStoreChoice {
    fn from(argument: KeyStoreArgument) -> Self {
        match argument {
            KeyStoreArgument::Os => Self::Os,
            KeyStoreArgument::File => Self::File,
            KeyStoreArgument::Memory => Self::Memory,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_its_code_in_the_language_of_the_person_and_without_its_value() {
        for (line, option) in
            [("--language xx", " [--language]"), ("--foo=secret", " [--foo]"), ("secret", "")]
        {
            let words = std::iter::once("relais").chain(line.split(' '));
            let error = Arguments::try_parse_from(words).unwrap_err();
            let told = refusal(&error, &Texts::new(Language::Nl));
            let (first, advice) = told.split_once('\n').unwrap();
            assert!(first.starts_with("RLS-6015: ") && first.ends_with(&format!(".{option}")), "{first}");
            assert!(advice.contains("--help") && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn a_second_start_that_names_another_world_is_told_apart_from_one_that_names_none() {
        let words = |line: &str| -> Vec<String> { line.split(' ').map(str::to_owned).collect() };
        let here = std::env::current_dir().unwrap();
        let ours = Arguments::try_parse_from(words("relais --environment sandbox --data-dir data")).unwrap();
        let differ = |line: &str| ours.differ_from(&words(line), &here);
        assert!(!differ("relais") && !differ("relais --language fr"));
        assert!(!differ("relais --data-dir ./data --environment sandbox"));
        assert!(!differ(&format!("relais --environment sandbox --data-dir {}/data", here.display())));
        assert!(differ("relais --environment acceptance --data-dir data"));
        assert!(differ("relais --environment sandbox"), "another folder");
        assert!(ours.differ_from(&words("relais --environment sandbox --data-dir data"), Path::new("/")));
        assert!(differ("relais --no-such-option"), "what was asked is not known, but not this");
    }

    #[test]
    fn the_next_start_opens_the_same_world() {
        let line = [
            "relais",
            "--environment",
            "sandbox",
            "--data-dir",
            "/data",
            "--keystore",
            "/keys/one.p12",
            "--key-store",
            "file",
            "--language",
            "nl",
        ];
        let given = Arguments::try_parse_from(line).unwrap();
        let told = given.for_the_next_start().unwrap();
        let again = Arguments::try_parse_from(["relais".to_owned()].into_iter().chain(told.clone())).unwrap();
        assert_eq!(again.for_the_next_start().unwrap(), told);
        assert_eq!((again.environment, again.data_dir), (given.environment, given.data_dir));
        assert_eq!((again.keystore, again.key_store), (given.keystore, given.key_store));
        assert_eq!(again.language, None, "the language of one start");
    }
}
