//! What a command prints, and with which number it ends.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use relais_core::{Code, Problem};
use relais_host::catalogue;
use relais_host::file::Unreadable;
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Choice>,
}

/// Somebody who may be meant: `--person` names them by the slot.
#[derive(Serialize)]
struct Choice {
    slot: String,
    name: String,
}

/// The words of a command: the option, else the preferences, else the system.
pub fn texts(options: &Options) -> Texts {
    Texts::new(language_of(options))
}

/// The language of a command: the option, else the preferences, else the system.
pub fn language_of(options: &Options) -> Language {
    language(options.language.as_deref(), options.data_dir.as_deref())
}

/// The words for a command line that may turn out to be none.
pub fn texts_of_line() -> Texts {
    let words: Vec<OsString> = std::env::args_os().collect();
    let value = |option: &str| {
        let after = words.iter().position(|word| word == option).and_then(|at| words.get(at + 1));
        let joined = words.iter().find_map(|word| word.to_str()?.strip_prefix(option)?.strip_prefix('='));
        after.cloned().or_else(|| joined.map(OsString::from))
    };
    let named = value("--language").and_then(|named| named.into_string().ok());
    Texts::new(language(named.as_deref(), value("--data-dir").as_deref().map(Path::new)))
}

fn language(given: Option<&str>, data_dir: Option<&Path>) -> Language {
    let named = Language::ALL.into_iter().find(|language| Some(language.name()) == given);
    let preferred = || Preferences::load(&relais_host::folders::root(data_dir).ok()?).ok()?.language;
    named.or_else(preferred).unwrap_or_else(Language::of_system)
}

/// Prints what a command came to.
pub fn print(options: &Options, done: Result<Outcome, Problem>) -> ExitCode {
    let texts = texts(options);
    match done {
        Ok(outcome) => {
            for problem in &outcome.warnings {
                tell(&texts, problem);
            }
            match written(options, &outcome) {
                Ok(()) => ExitCode::from(outcome.exit),
                failed => printed(&texts, failed),
            }
        }
        Err(problem) => refuse(&texts, options.json, &problem),
    }
}

/// How a command ends whose output was written, or was not.
pub fn printed(texts: &Texts, written: std::io::Result<()>) -> ExitCode {
    match written {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read our output has gone; there is nobody left to tell.
        Err(gone) if gone.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::from(catalogue::code(Code::INTERRUPTED).exit)
        }
        Err(error) => unwritten(texts, &error),
    }
}

/// What was done is done; its output has no place. A document cannot be printed where nothing can.
fn unwritten(texts: &Texts, error: &std::io::Error) -> ExitCode {
    let problem = Problem::new(Code::OUTPUT_UNWRITABLE).with("reason", Unreadable::of(error).0);
    tell(texts, &problem);
    ExitCode::from(catalogue::code(problem.code).exit)
}

/// Says why a command did nothing.
pub fn refuse(texts: &Texts, json: bool, problem: &Problem) -> ExitCode {
    if json {
        fail(problem, sentence(texts, problem), texts.advice(problem));
    } else {
        tell(texts, problem);
    }
    ExitCode::from(catalogue::code(problem.code).exit)
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
fn fail(problem: &Problem, message: String, advice: String) {
    let (code, choices) = (problem.code, choices(problem));
    let failure = serde_json::to_string(&Failure { code, message, advice, choices }).unwrap_or_default();
    // Whoever read our output has gone; the exit code says it all the same.
    let _ = writeln!(std::io::stdout(), "{failure}");
}

/// Who may be meant, where that is unclear.
fn choices(problem: &Problem) -> Vec<Choice> {
    let all = problem.with.get("choices").map(String::as_str).unwrap_or_default();
    let one = |choice: &str| {
        let (slot, name) = choice.split_once(' ').unwrap_or((choice, ""));
        Choice { slot: slot.to_owned(), name: name.to_owned() }
    };
    all.split("; ").filter(|choice| !choice.is_empty()).map(one).collect()
}

/// Says what a command that goes on has to say, once.
pub fn announce(options: &Options, document: &serde_json::Value, text: &str) {
    let mut out = std::io::stdout().lock();
    // A simulator goes on when nobody listens.
    let _ = if options.json { writeln!(out, "{document}") } else { writeln!(out, "{text}") };
    let _ = out.flush();
}

/// Values that belong into every sentence, in this order; their names are `detail-…` of `ui/locales/*/cli.ftl`.
const DETAILS: [&str; 13] = [
    "environment",
    "file",
    "line",
    "key",
    "option",
    "word",
    "value",
    "port",
    "reader",
    "program",
    "reason",
    "possible",
    "choices",
];

/// What happened, with the values the sentence itself does not name: a script has no window to look at.
fn sentence(texts: &Texts, problem: &Problem) -> String {
    let mut sentence = texts.sentence(problem);
    for name in DETAILS {
        let Some(value) = problem.with.get(name).map(|value| relais_core::code::clean(value)) else {
            continue;
        };
        let mut without = problem.clone();
        without.with.remove(name);
        let spoken = texts.sentence(&without) != texts.sentence(problem);
        let words = Some(&value)
            .filter(|_| name == "reason")
            .and_then(|value| texts.find(&format!("reason-{value}")));
        let value = words.unwrap_or(value);
        if !spoken && !sentence.contains(&value) {
            let detail = texts.get(&format!("detail-{name}"), &[]);
            sentence.push_str(&format!(" [{detail}: {value}]"));
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

/// A mistake in a value that clap cannot know; the reason is a name of `ui/locales/*/cli.ftl`.
pub fn mistake(option: &str, reason: &str) -> Problem {
    Problem::new(Code::USAGE).with("option", option).with("reason", reason)
}
