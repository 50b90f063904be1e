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
    /// For `--json`; nothing when it has been said already.
    pub document: Option<serde_json::Value>,
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
        Ok(Self { document: Some(document), text, ..Self::announced() })
    }

    /// Bytes for whoever reads standard output.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Self { bytes: Some(bytes), ..Self::announced() }
    }

    /// Everything was said while the command ran.
    pub fn announced() -> Self {
        Self { document: None, text: String::new(), bytes: None, exit: 0, warnings: vec![] }
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
                fail(problem.code, sentence(&texts, &problem), texts.advice(&problem));
            } else {
                tell(&texts, &problem);
            }
            ExitCode::from(catalogue::code(problem.code).exit)
        }
    }
}

fn written(options: &Options, outcome: &Outcome) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match (&outcome.document, &outcome.bytes) {
        (Some(document), _) if options.json => writeln!(out, "{document}"),
        (_, Some(bytes)) => out.write_all(bytes),
        _ if outcome.text.is_empty() => Ok(()),
        _ => writeln!(out, "{}", outcome.text),
    }?;
    out.flush()
}

/// Prints a failure as the one document.
fn fail(code: Code, message: String, advice: String) {
    let failure = serde_json::to_string(&Failure { code, message, advice }).unwrap_or_default();
    // Whoever read our output has gone; the exit code says it all the same.
    let _ = writeln!(std::io::stdout(), "{failure}");
}

/// Says what a command that goes on has to say, once.
pub fn announce(options: &Options, document: &serde_json::Value, text: &str) {
    let mut out = std::io::stdout().lock();
    // A simulator goes on when nobody listens.
    let _ = if options.json { writeln!(out, "{document}") } else { writeln!(out, "{text}") };
    let _ = out.flush();
}

/// What happened, with the file and the reason where the sentence does not name them: a script has no window to look at.
fn sentence(texts: &Texts, problem: &Problem) -> String {
    let mut sentence = texts.sentence(problem);
    for name in ["file", "reader", "reason"] {
        if let Some(value) = problem.with.get(name).map(|value| relais_core::code::clean(value))
            && !sentence.contains(&value)
        {
            sentence.push_str(&format!(" [{name}: {value}]"));
        }
    }
    sentence
}

/// Says a problem on standard error.
pub fn tell(texts: &Texts, problem: &Problem) {
    let advice = texts.advice(problem);
    let line = format!(
        "{}: {}\n{}\n",
        problem.code,
        sentence(texts, problem),
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
        // Nobody reads it any more: then nobody asked.
        let _ = write!(std::io::stdout(), "{error}");
        return ExitCode::SUCCESS;
    }
    if std::env::args_os().any(|argument| argument == "--json") {
        let advice = Texts::new(Language::of_system()).advice(&Code::USAGE.into());
        let message = error.to_string();
        // What is missing or possible stands in the lines up to the first empty one.
        let what: Vec<&str> = message.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
        fail(Code::USAGE, what.join(" ").trim_start_matches("error: ").to_owned(), advice);
    }
    let _ = write!(std::io::stderr(), "{error}");
    ExitCode::from(catalogue::code(Code::USAGE).exit)
}

/// A mistake in a value that clap cannot know.
pub fn mistake(reason: impl std::fmt::Display) -> Problem {
    Problem::new(Code::USAGE).with("reason", reason)
}
