//! What a command prints, and with which number it ends.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use relais_core::{Code, Problem};
use relais_host::catalogue;
use relais_host::preferences::{Language, Preferences};
use relais_host::texts::Texts;
use serde::Serialize;

use crate::arguments::Options;

/// What a command came to.
pub struct Outcome {
    /// For `--json`.
    pub document: serde_json::Value,
    /// For a person.
    pub text: String,
    /// Bytes to print as they are, in place of the text.
    pub bytes: Option<Vec<u8>>,
    /// Ends with another number than 0 though it printed its document.
    pub exit: u8,
    /// What must be said all the same, on standard error.
    pub warnings: Vec<Problem>,
}

impl Outcome {
    /// A document, and the same for a person.
    pub fn new(document: &impl Serialize, text: String) -> Result<Self, Problem> {
        let document = serde_json::to_value(document).map_err(|_| Problem::new(Code::INTERNAL))?;
        Ok(Self { document, text, bytes: None, exit: 0, warnings: vec![] })
    }
}

#[derive(Serialize)]
struct Failure {
    code: Code,
    message: String,
    advice: String,
}

/// The words of a command: the option, else the preferences, else the system.
pub fn texts(options: &Options) -> Texts {
    let given = options.language.as_deref();
    let named = Language::ALL.into_iter().find(|language| Some(language.name()) == given);
    let preferred = || {
        let root = relais_host::folders::root(options.data_dir.as_deref()).ok()?;
        Preferences::load(&root).ok()?.language
    };
    Texts::new(named.or_else(preferred).unwrap_or_else(Language::of_system))
}

/// Prints what a command came to.
pub fn print(options: &Options, done: Result<Outcome, Problem>) -> ExitCode {
    let texts = texts(options);
    match done {
        Ok(outcome) => {
            for problem in &outcome.warnings {
                tell(&texts, problem);
            }
            if written(options, &outcome).is_err() {
                // Whoever read our output has gone; there is nobody left to tell.
                return ExitCode::from(catalogue::code(Code::INTERRUPTED).exit);
            }
            ExitCode::from(outcome.exit)
        }
        Err(problem) => {
            if options.json {
                let failure = Failure {
                    code: problem.code,
                    message: texts.sentence(&problem),
                    advice: texts.advice(&problem),
                };
                println!("{}", serde_json::to_string(&failure).unwrap_or_default());
            } else {
                tell(&texts, &problem);
            }
            ExitCode::from(catalogue::code(problem.code).exit)
        }
    }
}

fn written(options: &Options, outcome: &Outcome) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match &outcome.bytes {
        _ if options.json => writeln!(out, "{}", outcome.document),
        Some(bytes) => out.write_all(bytes),
        None if outcome.text.is_empty() => Ok(()),
        None => writeln!(out, "{}", outcome.text),
    }?;
    out.flush()
}

/// Says a problem on standard error.
pub fn tell(texts: &Texts, problem: &Problem) {
    let advice = texts.advice(problem);
    let line = format!(
        "{}: {}\n{}\n",
        problem.code,
        texts.sentence(problem),
        texts.get("advice", &[("advice", &advice)])
    );
    // Standard error that is closed hears nothing.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Says something while a command runs, where a person watches.
pub fn progress(line: &str) {
    if std::io::stderr().is_terminal() {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// What clap has to say: help and version go out with 0, mistakes with 2 and a code.
pub fn usage(error: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    if matches!(error.kind(), DisplayHelp | DisplayVersion) {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    let json = std::env::args().any(|argument| argument == "--json");
    if json {
        let problem = Problem::new(Code::USAGE);
        let texts = Texts::new(Language::of_system());
        let message = error.to_string();
        let failure = Failure {
            code: problem.code,
            message: message.lines().next().unwrap_or_default().to_owned(),
            advice: texts.advice(&problem),
        };
        println!("{}", serde_json::to_string(&failure).unwrap_or_default());
    }
    let _ = write!(std::io::stderr(), "{error}");
    ExitCode::from(catalogue::code(Code::USAGE).exit)
}

/// A mistake in a value that clap cannot know.
pub fn mistake(reason: impl std::fmt::Display) -> Problem {
    Problem::new(Code::USAGE).with("reason", reason)
}
