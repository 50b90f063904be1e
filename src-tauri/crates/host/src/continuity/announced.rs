//! What somebody wrote down of announced maintenance: `announced.toml` in the folder of the environment.
//!
//! The platform announces maintenance in words and in no signed document, so a person or an administrator carries it over.
//! Form: docs/reference/announced.md.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use relais_core::code::clean;
use relais_core::continuity::announced::Announced;
use relais_core::{Code, Problem};
use serde::Deserialize;

use crate::file;
use crate::services::Catalogue;

/// Name of the file.
const NAME: &str = "announced.toml";
/// Longest window: what lasts longer is no maintenance, and would hide an outage.
const LONGEST: SignedDuration = SignedDuration::from_hours(72);
/// Most windows of one file.
const MOST: usize = 200;
/// Most characters of what was announced, and of its source.
const LONGEST_WORDS: usize = 300;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    window: Vec<Window>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Window {
    #[serde(default)]
    functions: Vec<String>,
    from: String,
    until: String,
    words: String,
    source: String,
}

/// Where it is written, and which state of the file was read last.
#[derive(Debug)]
pub(super) struct Announcements {
    path: PathBuf,
    read: Mutex<Stamp>,
}

/// What tells one state of a file from another; `None` where there is none.
type Stamp = Option<(SystemTime, u64)>;

/// What a file says, or why it cannot be used.
pub(super) type Read = Result<Arc<[Announced]>, Problem>;

impl Announcements {
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(NAME), read: Mutex::default() }
    }

    /// What the file says, where it is another one than at the last look. It costs one question to the file system.
    pub fn changed(&self) -> Option<Read> {
        let stamp = self.path.metadata().ok().and_then(|found| Some((found.modified().ok()?, found.len())));
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if *read == stamp {
            return None;
        }
        *read = stamp;
        Some(match stamp {
            None => Ok(Arc::default()),
            Some(_) => self.whole(),
        })
    }

    fn whole(&self) -> Read {
        let text = file::text(&self.path).map_err(|why| why.problem(&self.path))?;
        parse(&text).map(Arc::from).map_err(|wrong| wrong.problem(&self.path))
    }
}

/// What is wrong with such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    /// `window 2: until`, counted from 1, or `line 7`.
    key: String,
    /// A name of `ui/locales/*/codes.ftl`, or what TOML says.
    reason: String,
}

impl Wrong {
    fn problem(self, path: &Path) -> Problem {
        let problem = Problem::new(Code::ANNOUNCED_INVALID).with("file", path.display());
        problem.with("key", self.key).with("reason", self.reason)
    }
}

/// Reads it whole or not at all: who wrote a window wrong is told, and not half believed.
fn parse(text: &str) -> Result<Vec<Announced>, Wrong> {
    let document: Document = toml::from_str(text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        Wrong { key: format!("line {line}"), reason: clean(error.message()) }
    })?;
    if document.window.len() > MOST {
        return Err(Wrong { key: "window".into(), reason: "too-many".into() });
    }
    let numbered = document.window.into_iter().enumerate();
    numbered.map(|(number, window)| window.announced().map_err(|wrong| named(number, wrong))).collect()
}

fn named(number: usize, (key, reason): (&str, &str)) -> Wrong {
    Wrong { key: format!("window {}: {key}", number + 1), reason: reason.into() }
}

impl Window {
    fn announced(self) -> Result<Announced, (&'static str, &'static str)> {
        let moment = |key, text: &str| text.parse::<Timestamp>().map_err(|_| (key, "no-moment"));
        let (from, until) = (moment("from", &self.from)?, moment("until", &self.until)?);
        if until <= from {
            return Err(("until", "ends-before-it-begins"));
        }
        if until.duration_since(from) > LONGEST {
            return Err(("until", "lasts-too-long"));
        }
        let known = |id: &String| Catalogue::built_in().service(id).is_some();
        if !self.functions.iter().all(known) {
            return Err(("functions", "no-function"));
        }
        let words = line("words", &self.words)?;
        Ok(Announced { functions: self.functions, from, until, words, source: line("source", &self.source)? })
    }
}

/// One line that a window can show.
fn line(key: &'static str, text: &str) -> Result<String, (&'static str, &'static str)> {
    let text = clean(text.trim());
    match text.chars().count() {
        0 => Err((key, "empty")),
        1..=LONGEST_WORDS => Ok(text),
        _ => Err((key, "too-long")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "[[window]]\nfunctions = [\"prescription\"]\nfrom = \"2026-12-05T20:00:00+01:00\"\n\
                        until = \"2026-12-05T23:00:00+01:00\"\nwords = \"Recip-e: new version\"\n\
                        source = \"mail of 1 December\"\n";

    #[test]
    fn a_window_is_read_with_its_moments_functions_words_and_source() {
        let read = parse(GOOD).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].from, "2026-12-05T19:00:00Z".parse().unwrap());
        assert!(read[0].names("prescription") && !read[0].names("auth"));
        assert_eq!(
            (read[0].words.as_str(), read[0].source.as_str()),
            ("Recip-e: new version", "mail of 1 December")
        );
        let every = parse(&GOOD.replace("functions = [\"prescription\"]\n", "")).unwrap();
        assert!(every[0].names("auth"), "none named means every one");
        assert_eq!(parse("").unwrap(), []);
    }

    #[test]
    fn each_mistake_has_its_place_and_its_reason() {
        for (good, bad, key, reason) in [
            ("\"prescription\"", "\"prescriptions\"", "window 1: functions", "no-function"),
            ("T23:00:00+01:00", "", "window 1: until", "no-moment"),
            ("T20:00:00+01:00", "T20:00:00", "window 1: from", "no-moment"),
            ("12-05T23", "12-05T19", "window 1: until", "ends-before-it-begins"),
            ("12-05T23", "12-09T23", "window 1: until", "lasts-too-long"),
            ("Recip-e: new version", "  ", "window 1: words", "empty"),
            ("mail of 1 December", &"x".repeat(301), "window 1: source", "too-long"),
        ] {
            assert!(GOOD.contains(good), "{good}");
            let wrong = parse(&GOOD.replacen(good, bad, 1)).unwrap_err();
            assert_eq!((wrong.key.as_str(), wrong.reason.as_str()), (key, reason), "{bad}");
        }
        let unknown = parse(&format!("{GOOD}title = \"x\"\n")).unwrap_err();
        assert!(unknown.reason.contains("title") && unknown.key == "line 7", "{unknown:?}");
        let many = parse(&GOOD.repeat(201)).unwrap_err();
        assert_eq!(many.reason, "too-many");
    }

    #[test]
    fn a_file_is_read_when_it_changes_and_one_that_is_gone_announces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (all, path) = (Announcements::in_folder(folder.path()), folder.path().join(NAME));
        assert_eq!(all.changed(), None, "there is none");
        std::fs::write(&path, GOOD).unwrap();
        assert_eq!(all.changed().unwrap().unwrap().len(), 1);
        assert_eq!(all.changed(), None, "it is the same");
        std::fs::write(&path, "[[window]]\n").unwrap();
        let problem = all.changed().unwrap().unwrap_err();
        assert_eq!(problem.code, Code::ANNOUNCED_INVALID);
        assert!(problem.with["file"].ends_with(NAME) && problem.with["reason"].contains("from"));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(all.changed(), Some(Ok(Arc::default())));
    }

    #[test]
    fn what_is_no_text_has_the_code_of_a_file_that_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), [0xFF, 0xFE]).unwrap();
        let problem = Announcements::in_folder(folder.path()).changed().unwrap().unwrap_err();
        assert_eq!((problem.code, problem.with["reason"].as_str()), (Code::FILE_UNREADABLE, "no-text"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_what_is_read_is_a_stretch_of_time(text in "(\\[\\[window\\]\\]|[a-z]+ = \"?[0-9T:Z-]{0,20}\"?|\n){0,30}") {
            if let Ok(all) = parse(&text) {
                prop_assert!(all.iter().all(|one| one.from < one.until));
            }
        }
    }
}
