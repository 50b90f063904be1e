//! `keystore scan` and `keystore match`: what lies in a folder, and what of it opens a message. No password is asked for and
//! nothing is written; what Relais noted of files before is read where it is there.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use relais_core::certificates::successor::Successors;
use relais_core::certificates::{Watched, kept};
use relais_core::environment::EnvironmentClass;
use relais_core::{Code, Problem};
use relais_host::certificates::known_of;
use relais_host::file::{Unreadable, look};
use relais_host::texts::Texts;
use relais_keystore::Owner;
use relais_keystore::inventory::{self, Contents, Found, Progress, Public, Row, SILENCE, Seen, Sidecar, Use};
use relais_keystore::matching::{self, Answer, By, Candidate, Match};
use relais_keystore::message::{self, Recipient};
use serde::Serialize;

use crate::arguments::Options;
use crate::context::{folders_to_look, profile};
use crate::outcome::{Outcome, mistake, progress, texts};
use crate::plain::{Page, columns, moment};
use crate::services;

/// Files between two lines that tell how far a look is.
const STEP: usize = 1_000;

/// What a folder holds.
#[derive(Serialize)]
struct Scan<'a> {
    /// Every folder could be read.
    whole: bool,
    files: usize,
    rows: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_at: Option<Timestamp>,
    /// Why it, or a part of it, could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    keystore: bool,
    /// Parts of it open with a password alone.
    closed: bool,
    kept_for_old_messages: bool,
    aliases: &'a [String],
    certificates: Vec<Shown<'a>>,
}

/// A certificate, as it may be seen without any password.
#[derive(Serialize)]
struct Shown<'a> {
    sha256: String,
    serial: &'a str,
    subject: &'a str,
    issuer: &'a str,
    not_before: Timestamp,
    not_after: Timestamp,
    purpose: Use,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<&'a Owner>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<EnvironmentClass>,
}

pub async fn scan(options: &Options, dir: &Path) -> Result<Outcome, Problem> {
    let words = texts(options);
    let (seen, now) = seen(options, dir).await?;
    let kept = Kept::of(&seen.rows, now);
    let successors = kept.successors();
    let rows = seen.rows.iter().map(|row| place(row, &kept, &successors)).collect();
    let scan = Scan { whole: seen.whole, files: seen.progress.files, rows };
    Outcome::new(&scan, scanned(&words, dir, &scan))
}

/// Looks at a folder, with what is known of its files from before; and the time that counts.
async fn seen(options: &Options, dir: &Path) -> Result<(Seen, Timestamp), Problem> {
    let found = dir.metadata().map_err(|error| Unreadable::of(&error).problem(dir))?;
    if !found.is_dir() {
        return Err(Unreadable("no-folder").problem(dir));
    }
    let (known, now) = known(options, dir).await?;
    let mut told = 0;
    let mut tell = |far: Progress| {
        if far.files >= told + STEP {
            told = far.files;
            progress(&far.files.to_string());
        }
        ControlFlow::Continue(())
    };
    Ok((inventory::scan(&[dir.to_owned()], &known, SILENCE, &mut tell), now))
}

/// What the Relais of this environment noted of files that were opened. Without an environment nothing is.
async fn known(options: &Options, dir: &Path) -> Result<(Arc<Sidecar>, Timestamp), Problem> {
    let named = options.profile.is_some() || options.environment.is_some();
    match profile(options) {
        Ok(profile) => {
            let noted = folders_to_look(options, &profile).map(|folders| known_of(&folders.environment, dir));
            Ok((noted.unwrap_or_default(), services::now(&profile).await))
        }
        Err(problem) if named => Err(problem),
        Err(_) => Ok((Arc::default(), Timestamp::now())),
    }
}

/// Which files are kept for old messages, by all certificates that are known here.
struct Kept {
    all: Vec<Watched>,
    now: Timestamp,
}

impl Kept {
    fn of(rows: &[Row], now: Timestamp) -> Self {
        let all = rows.iter().filter_map(contents).flat_map(|contents| &contents.certificates);
        Self { all: all.map(Public::watched).collect(), now }
    }

    fn successors(&self) -> Successors<'_> {
        Successors::among(&self.all, self.now)
    }

    fn holds(&self, contents: &Contents, successors: &Successors<'_>) -> bool {
        let file: Vec<Watched> = contents.certificates.iter().map(Public::watched).collect();
        contents.keystore && kept::for_old_messages(&file, successors, self.now)
    }
}

fn contents(row: &Row) -> Option<&Contents> {
    match &row.found {
        Found::Read(contents) => Some(contents),
        Found::Failed(_) => None,
    }
}

fn place<'a>(row: &'a Row, kept: &Kept, successors: &Successors<'_>) -> Place<'a> {
    let (file, modified_at) = (text(&row.path), row.modified_at);
    let contents = match &row.found {
        Found::Read(contents) => contents,
        Found::Failed(code) => {
            return Place {
                file,
                modified_at,
                code: Some(*code),
                keystore: false,
                closed: false,
                kept_for_old_messages: false,
                aliases: &[],
                certificates: vec![],
            };
        }
    };
    Place {
        file,
        modified_at,
        code: contents.problem,
        keystore: contents.keystore,
        closed: contents.closed,
        kept_for_old_messages: kept.holds(contents, successors),
        aliases: &contents.aliases,
        certificates: contents.certificates.iter().map(shown).collect(),
    }
}

fn shown(public: &Public) -> Shown<'_> {
    Shown {
        sha256: public.id.to_string(),
        serial: &public.serial,
        subject: &public.subject,
        issuer: &public.issuer,
        not_before: public.not_before,
        not_after: public.not_after,
        purpose: public.purpose,
        identity: public.owner.as_ref(),
        environment: public.environment,
    }
}

/// A line for each file: its name, until when, and what there is to say.
fn scanned(words: &Texts, dir: &Path, scan: &Scan<'_>) -> String {
    let row = |place: &Place<'_>| {
        let own = |one: &&Shown<'_>| one.purpose != Use::Authority;
        let until = place.certificates.iter().filter(own).map(|one| one.not_after).max();
        vec![
            name(dir, Path::new(&place.file)),
            until.map(moment).unwrap_or_default(),
            remarks(words, place).join(", "),
        ]
    };
    let rows: Vec<_> = scan.rows.iter().map(row).collect();
    let none = || words.get("keystore-scan-none", &[]);
    let mut text = if rows.is_empty() { none() } else { columns(&rows) };
    if !scan.whole {
        text.push_str(&format!("\n{}", words.get("keystore-scan-not-whole", &[])));
    }
    text
}

fn remarks(words: &Texts, place: &Place<'_>) -> Vec<String> {
    let waits = place.certificates.iter().any(|one| one.purpose == Use::InProgress);
    let shows = !place.certificates.is_empty();
    let said = [
        (place.kept_for_old_messages, "keystore-kept"),
        (waits, "keystore-waits"),
        (place.closed && !shows, "keystore-closed"),
    ];
    let said = said.into_iter().filter(|(so, _)| *so).map(|(_, key)| words.get(key, &[]));
    place.code.map(|code| code.to_string()).into_iter().chain(said).collect()
}

/// A path as a document has it: one that is no text is told as far as it is.
fn text(path: &Path) -> String {
    path.display().to_string()
}

/// As it lies in the folder.
fn name(dir: &Path, file: &Path) -> String {
    let name = file.strip_prefix(dir).ok().filter(|name| !name.as_os_str().is_empty()).unwrap_or(file);
    relais_core::code::clean(&name.display().to_string())
}

/// What is known of a message.
#[derive(Serialize)]
struct Matched<'a> {
    /// Nothing opens it, as far as can be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// When it was sent: as somebody said, else by the time of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<Timestamp>,
    recipients: Vec<Named<'a>>,
    whole: bool,
    matches: Vec<Opening<'a>>,
    candidates: Vec<Try>,
    unread: Vec<Unread>,
}

/// Who issued the certificate is left out: of a key for messages it is its owner, who may be anybody.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Named<'a> {
    Serial(&'a str),
    KeyId(&'a str),
    Other(bool),
}

#[derive(Serialize)]
struct Opening<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'a str>,
    by: &'static str,
    /// It holds a key, not the certificate alone.
    keystore: bool,
    /// The certificate could be read, so that it is certain.
    readable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_after: Option<Timestamp>,
    kept_for_old_messages: bool,
}

#[derive(Serialize)]
struct Try {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    names_others: bool,
}

#[derive(Serialize)]
struct Unread {
    file: String,
    code: Code,
}

pub async fn matching(
    options: &Options,
    message: &Path,
    dir: &Path,
    sent: Option<&str>,
) -> Result<Outcome, Problem> {
    let sent = match sent {
        Some(text) => Some(text.parse().map_err(|_| mistake("--sent", "no-moment").with("value", text))?),
        None => None,
    };
    let (recipients, modified) = recipients(message)?;
    let (seen, now) = seen(options, dir).await?;
    let sent_at = sent.or(modified);
    let answer = matching::matching(&recipients, &seen.rows, sent_at);
    let kept = Kept::of(&seen.rows, now);
    let matched = matched(&recipients, sent_at, &seen, &answer, &kept);
    let mut outcome = Outcome::new(&matched, opened(&texts(options), dir, &matched))?;
    if let Some(code) = matched.code {
        outcome.exit = relais_host::catalogue::code(code).exit;
        outcome.warnings.push(code.into());
    }
    Ok(outcome)
}

/// Whom a message is for, and when its file was changed last.
fn recipients(path: &Path) -> Result<(Vec<Recipient>, Option<Timestamp>), Problem> {
    look(path)?;
    let unreadable = |error: &std::io::Error| Unreadable::of(error).problem(path);
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let modified = file.metadata().and_then(|data| data.modified()).ok();
    let found = message::recipients(file).map_err(|error| match &error {
        message::MessageError::Io(cause) => unreadable(cause),
        other => other.problem().with("file", path.display()),
    })?;
    Ok((found, modified.and_then(|at| Timestamp::try_from(at).ok())))
}

fn matched<'a>(
    recipients: &'a [Recipient],
    sent_at: Option<Timestamp>,
    seen: &'a Seen,
    answer: &Answer<'a>,
    kept: &Kept,
) -> Matched<'a> {
    let successors = kept.successors();
    let unread = |row: &&Row| match row.found {
        Found::Failed(code) => Some(Unread { file: text(&row.path), code }),
        Found::Read(_) => None,
    };
    Matched {
        code: (!answer.matches.iter().any(Match::opens)).then_some(Code::MESSAGE_NO_KEYSTORE),
        sent_at,
        recipients: recipients.iter().map(named).collect(),
        whole: seen.whole,
        matches: answer.matches.iter().map(|one| opening(one, kept, &successors)).collect(),
        candidates: answer.candidates.iter().map(to_try).collect(),
        unread: answer.unread.iter().filter_map(unread).collect(),
    }
}

fn named(recipient: &Recipient) -> Named<'_> {
    match recipient {
        Recipient::Certificate { serial, .. } => Named::Serial(serial),
        Recipient::KeyId(id) => Named::KeyId(id),
        Recipient::Other => Named::Other(true),
    }
}

fn opening<'a>(one: &Match<'a>, kept: &Kept, successors: &Successors<'_>) -> Opening<'a> {
    Opening {
        file: text(&one.row.path),
        alias: one.alias,
        by: match one.by {
            By::Certificate => "certificate",
            By::KeyId => "key-id",
            By::Alias => "alias",
        },
        keystore: one.opens(),
        readable: one.certificate.is_some(),
        not_before: one.certificate.map(|certificate| certificate.not_before),
        not_after: one.certificate.map(|certificate| certificate.not_after),
        kept_for_old_messages: contents(one.row).is_some_and(|contents| kept.holds(contents, successors)),
    }
}

fn to_try(one: &Candidate<'_>) -> Try {
    Try { file: text(&one.row.path), from: one.from, until: one.until, names_others: one.names_others }
}

fn opened(words: &Texts, dir: &Path, matched: &Matched<'_>) -> String {
    let say = |key: &str| words.get(key, &[]);
    let mut page = Page::new(words);
    for (holds, title) in [(true, "keystore-match-opens"), (false, "keystore-match-certificate")] {
        let these: Vec<_> = matched.matches.iter().filter(|one| one.keystore == holds).collect();
        if these.is_empty() {
            continue;
        }
        page = page.part(title);
        for one in these {
            let kept = one.kept_for_old_messages.then(|| say("keystore-kept"));
            let alias = one.alias.map(str::to_owned);
            let said: Vec<_> = alias.into_iter().chain(one.not_after.map(moment)).chain(kept).collect();
            page = page.row(name(dir, Path::new(&one.file)), &or_dash(said));
        }
    }
    if !matched.candidates.is_empty() {
        page = page.part("keystore-match-candidates");
        for one in &matched.candidates {
            let others = one.names_others.then(|| say("keystore-match-others"));
            let said: Vec<_> =
                one.from.map(moment).into_iter().chain(one.until.map(moment)).chain(others).collect();
            page = page.row(name(dir, Path::new(&one.file)), &or_dash(said));
        }
    }
    if !matched.unread.is_empty() {
        page = page.part("keystore-match-unread");
        for one in &matched.unread {
            page = page.row(name(dir, Path::new(&one.file)), &one.code.to_string());
        }
    }
    page.text()
}

/// A line without a value would not be shown.
fn or_dash(said: Vec<String>) -> String {
    if said.is_empty() { "-".to_owned() } else { said.join("  ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_place_in_the_folder_without_marks_for_the_terminal() {
        let dir = Path::new("/a");
        assert_eq!(name(dir, Path::new("/a/b/c\u{1b}.p12")), "b/c .p12");
        assert_eq!(name(dir, Path::new("/a")), "/a", "the folder itself");
    }
}
