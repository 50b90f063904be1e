//! `card list` and `card read`.

mod page;

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use relais_card::{Anchors, read_document};
use relais_core::card::{Applet, ReaderState, Readers};
use relais_core::{Code, Problem};
use relais_host::file::Unreadable;
use relais_host::{cards, catalogue};
use serde::Serialize;

use crate::arguments::{Card, Options};
use crate::context;
use crate::outcome::{Outcome, texts};

pub fn run(options: &Options, command: &Card) -> Result<Outcome, Problem> {
    match command {
        Card::List => list(options),
        Card::Read { photo } => read(options, photo.as_deref()),
    }
}

#[derive(Serialize)]
struct List {
    readers: Vec<Line>,
}

/// One reader as `card list` prints it.
#[derive(Serialize)]
struct Line {
    name: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    applet: Option<Applet>,
    keypad: bool,
}

fn list(options: &Options) -> Result<Outcome, Problem> {
    context::look_at_profile(options)?;
    let mut backend = context::readers();
    let seen = match relais_card::atr::readers(backend.readers()) {
        Readers::Seen(seen) => seen,
        Readers::Down(problem) => return Err(problem),
        Readers::Unseen => vec![],
    };
    let wanted = |name: &str| options.reader.as_deref().is_none_or(|reader| reader == name);
    if let Some(reader) = &options.reader
        && !seen.iter().any(|one| wanted(&one.name))
    {
        return Err(Problem::new(Code::READER_UNKNOWN).with("reader", reader));
    }
    let readers: Vec<Line> = seen
        .into_iter()
        .filter(|reader| wanted(&reader.name))
        .map(|reader| {
            let look = (reader.state == ReaderState::Eid)
                .then(|| relais_card::face::look(&mut *backend, &reader.name).ok())
                .flatten();
            let state = match reader.state {
                ReaderState::Empty => "empty",
                ReaderState::Eid => "eid",
                ReaderState::OtherCard => "other-card",
                ReaderState::Mute => "mute",
                ReaderState::InUse => "in-use",
            };
            let (applet, keypad) = look.map_or((None, false), |(applet, keypad)| (Some(applet), keypad));
            Line { name: reader.name, state, applet, keypad }
        })
        .collect();
    let text = page::listed(&texts(options), &readers);
    Outcome::new(&List { readers }, text)
}

/// Roots the card is judged by: those of the profile, else the built-in Belgian ones.
fn anchors(options: &Options) -> Result<Anchors, Problem> {
    if options.profile.is_some() || options.environment.is_some() {
        let profile = context::profile(options)?;
        let ders: Result<Vec<_>, _> = profile.trust.eid.iter().map(|x509| x509.to_der()).collect();
        let ders = ders.map_err(|_| Problem::new(Code::INTERNAL))?;
        return Anchors::from_der(ders.iter().map(Vec::as_slice)).map_err(|e| e.problem());
    }
    let names =
        ["ca3", "ca4", "ca4-renewed", "ca6"].map(|n| format!("trust/belgian-eid/belgium-root-{n}.pem"));
    let pems = names.iter().filter_map(|name| catalogue::file(name)).map(str::as_bytes);
    Anchors::from_pem(pems).map_err(|e| e.problem())
}

fn read(options: &Options, photo: Option<&Path>) -> Result<Outcome, Problem> {
    let anchors = anchors(options)?;
    let mut backend = context::readers();
    let reader = cards::choose(&mut *backend, options.reader.clone())?;
    let mut link = backend.connect(&reader).map_err(|e| e.problem())?;
    let reading = read_document(&mut *link, &reader, true, &anchors, Timestamp::now());
    let reading = reading.map_err(|e| e.problem())?;
    if let (Some(path), Some(jpeg)) = (photo, &reading.photo) {
        save(path, jpeg)?;
    }
    let document = serde_json::to_value(&reading).map_err(|_| Problem::new(Code::INTERNAL))?;
    Outcome::new(&document, page::told(&texts(options), &reading))
}

/// A face is for its owner's eyes: the file is for this user alone.
fn save(path: &Path, jpeg: &[u8]) -> Result<(), Problem> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(jpeg));
    written.map_err(|e| Unreadable::of(&e).problem(path))
}
