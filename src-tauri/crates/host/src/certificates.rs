//! Certificates as a person sees them: one line for each, from files, from the card and from what Relais itself trusts,
//! with what can be done today. Which rules hold is `core/certificates`, what lies in a file `keystore/inventory`.

mod agreed;
mod calendar;
mod changes;
pub mod files;
mod known;
mod looks;
mod message;
mod table;
mod view;
mod watch;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use relais_core::certificates::successor::Successors;
use relais_core::certificates::window::{self, Today};
use relais_core::certificates::{CertificateId, Holder, Watched};
use relais_core::environment::EnvironmentClass;
use relais_core::{Code, Problem};
use relais_keystore::inventory::{self, Found, Public, Row, Use};

use crate::catalogue;
use crate::texts::Texts;

pub use agreed::{Agreed, Deputy};
pub use calendar::ics;
pub use known::{Folder, Known};
pub use looks::{known_of, looked_over};
pub use message::{Draft, draft, failed, told};
pub use table::csv;
pub use view::view;
pub use watch::{Answered, Certificates};
pub(crate) use watch::{Place, open};

/// One certificate, wherever and however often it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its public parts.
    pub public: Public,
    /// As the rules see it.
    pub watched: Watched,
    /// What can be done about it now.
    pub today: Today,
    /// From when it may be renewed.
    pub opens_at: Timestamp,
    /// Files that hold it; none for a card and for what Relais trusts.
    pub files: Vec<PathBuf>,
    /// When it was seen last, where it cannot be looked at now.
    pub seen_at: Option<Timestamp>,
}

/// A keystore that shows nothing without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The file.
    pub file: PathBuf,
    /// When it was made, by its name, else by the time of the file.
    pub made: Option<Date>,
    /// Type, number and application of its owner, by its name.
    pub owner: Option<(String, String, Option<String>)>,
    /// When it was seen last, where it cannot be looked at now.
    pub seen_at: Option<Timestamp>,
}

/// A row, and when it was seen last, where it cannot be looked at now.
pub type Aged<'a> = (&'a Row, Option<Timestamp>);

/// Rows of a look of now.
pub fn fresh(rows: &[Row]) -> impl Iterator<Item = Aged<'_>> {
    rows.iter().map(|row| (row, None))
}

/// Everything that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Certificates, what ends first first.
    pub lines: Vec<Line>,
    /// Keystores that have to be opened once for their dates.
    pub closed: Vec<Closed>,
    /// What could not be read, or not whole.
    pub failed: Vec<(PathBuf, Problem)>,
}

/// One certificate while its places are gathered.
struct Gathered {
    public: Public,
    watched: Watched,
    files: Vec<PathBuf>,
    seen_at: Option<Timestamp>,
}

/// Joins what lies in files, what the card shows and what Relais trusts.
#[must_use]
pub fn overview<'a>(
    rows: impl IntoIterator<Item = Aged<'a>>,
    card: &[Public],
    now: Timestamp,
    zone: &TimeZone,
) -> Overview {
    let mut found = Overview::default();
    let mut places: HashMap<CertificateId, usize> = HashMap::new();
    let mut certificates: Vec<Gathered> = Vec::new();
    let mut add =
        |public: &Public, watched: Watched, (file, seen_at): (Option<&PathBuf>, Option<Timestamp>)| {
            let at = match places.entry(public.id) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(free) => {
                    certificates.push(Gathered { public: public.clone(), watched, files: vec![], seen_at });
                    *free.insert(certificates.len() - 1)
                }
            };
            let one = &mut certificates[at];
            one.files.extend(file.cloned());
            // What can be looked at in one of its places is of now.
            one.seen_at = one.seen_at.zip(seen_at).map(|(one, other)| one.max(other));
        };
    // First: a copy of one of these in a file stays one that Relais trusts.
    anchors().iter().for_each(|anchor| add(anchor, anchor.watched_anchor(), (None, None)));
    card.iter().for_each(|public| add(public, public.watched(), (None, None)));
    for (row, seen_at) in rows {
        match &row.found {
            Found::Failed(code) => found.failed.push((row.path.clone(), (*code).into())),
            Found::Read(contents) => {
                let place = (Some(&row.path), seen_at);
                contents.certificates.iter().for_each(|one| add(one, one.watched(), place));
                found.failed.extend(contents.problem.map(|code| (row.path.clone(), code.into())));
                if contents.closed && contents.certificates.is_empty() {
                    found.closed.push(Closed { seen_at, ..closed(row, zone) });
                }
            }
        }
    }
    let all: Vec<Watched> = certificates.iter().map(|one| one.watched.clone()).collect();
    let successors = Successors::among(&all, now);
    let line = |Gathered { public, watched, files, seen_at }: Gathered| Line {
        today: window::today(&watched, successors.of(&watched).is_some(), now, zone),
        opens_at: window::opens_at(&watched, zone),
        public,
        watched,
        files,
        seen_at,
    };
    found.lines = certificates.into_iter().map(line).collect();
    found.lines.sort_by_key(|line| (line.public.not_after, line.public.id));
    found
}

/// Where eHealth's own tool puts keystores; none without a home.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    relais_keystore::find::default_folder()
}

/// The public parts of a certificate that a card or a profile shows.
///
/// # Errors
/// [`Code::CERTIFICATE_UNREADABLE`] for what is none.
pub fn shown(bytes: &[u8]) -> Result<Vec<Public>, Problem> {
    let contents = inventory::read(bytes);
    contents.problem.map_or(Ok(contents.certificates), |code: Code| Err(code.into()))
}

/// What Relais trusts: its end is somebody's business, too.
fn anchors() -> &'static [Public] {
    static ANCHORS: LazyLock<Vec<Public>> = LazyLock::new(|| {
        catalogue::anchors().flat_map(|pem| inventory::read(pem.as_bytes()).certificates).collect()
    });
    &ANCHORS
}

fn closed(row: &Row, zone: &TimeZone) -> Closed {
    let named = row.named();
    let by_name = named.as_ref().and_then(|named| DateTime::strptime("%Y%m%d-%H%M%S", named.made()).ok());
    let by_file = || row.modified_at.map(|at| at.to_zoned(zone.clone()).date());
    let owner = named.map(|named| match named.owner {
        relais_core::ident::Identity::Person(person) => ("SSIN".to_owned(), person.reveal().to_owned(), None),
        relais_core::ident::Identity::Organisation(one) => {
            (one.kind().to_owned(), one.number().to_owned(), one.application().map(str::to_owned))
        }
    });
    let made = by_name.map(|at| at.date()).or_else(by_file);
    Closed { file: row.path.clone(), made, owner, seen_at: None }
}

impl Line {
    /// Whose it is, for a text that leaves this PC: the name, and the number of an organisation, never a person's.
    #[must_use]
    pub fn who(&self) -> String {
        let name = self.public.name.as_deref().map(one_line);
        match &self.watched.holder {
            Holder::Owner { kind, number, application } if kind != "SSIN" => {
                let application = application.as_ref().map_or_else(String::new, |id| format!(", {id}"));
                let number = format!("{kind} {number}{application}");
                name.map_or(number.clone(), |name| format!("{name} ({number})"))
            }
            Holder::Owner { kind, .. } => name.unwrap_or_else(|| kind.clone()),
            Holder::Card(_) | Holder::Authority(_) | Holder::Stranger(_) => {
                name.unwrap_or_else(|| "•".to_owned())
            }
        }
    }
}

/// What can be done, in words.
#[must_use]
pub fn step(today: Today, texts: &Texts, zone: &TimeZone) -> String {
    let on = |key, at: Timestamp| texts.get(key, &[("d", &date(at.to_zoned(zone.clone()).date(), texts))]);
    match today {
        Today::NotYetValid { from } => on("certificates-today-early", from),
        Today::Wait { opens_at } => on("certificates-today-wait", opens_at),
        Today::Renew { until } => on("certificates-today-renew", until),
        Today::AskAnew { since } => on("certificates-today-ask-anew", since),
        Today::Municipality { until } => on("certificates-today-municipality", until),
        Today::NewAnchors { until } => on("certificates-today-anchors", until),
        Today::Complete => texts.get("certificates-today-complete", &[]),
        Today::Keep => texts.get("certificates-today-keep", &[]),
        Today::Nothing => texts.get("certificates-today-nothing", &[]),
    }
}

/// A date in words.
#[must_use]
pub fn date(date: Date, texts: &Texts) -> String {
    let (day, month, year) = (date.day().to_string(), date.month().to_string(), date.year().to_string());
    texts.get("certificates-date", &[("day", &day), ("month", &month), ("year", &year)])
}

fn purpose(purpose: Use, texts: &Texts) -> String {
    let key = match purpose {
        Use::Authentication => "certificates-use-authentication",
        Use::Signature => "certificates-use-signature",
        Use::Encryption => "certificates-use-encryption",
        Use::Authority => "certificates-use-authority",
        Use::InProgress => "certificates-use-in-progress",
    };
    texts.get(key, &[])
}

fn environment(class: Option<EnvironmentClass>, texts: &Texts) -> String {
    let key = match class {
        Some(EnvironmentClass::Production) => "certificates-environment-production",
        Some(EnvironmentClass::Acceptance) => "certificates-environment-acceptance",
        Some(EnvironmentClass::Integration) => "certificates-environment-integration",
        Some(EnvironmentClass::Sandbox) => "certificates-environment-sandbox",
        None => return String::new(),
    };
    texts.get(key, &[])
}

/// A path as it is shown: without numbers of people, which eHealth's own tool writes into the names of files.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    const DOTTED: &[u8] = b"00.00.00-000.00";
    let text = path.display().to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let bytes = rest.as_bytes();
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let like =
            |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
        let dotted = bytes.len() >= DOTTED.len() && bytes.iter().zip(DOTTED).all(like);
        let (shown, length) = match digits {
            11 => ("…", 11),
            _ if dotted => ("…", DOTTED.len()),
            0 => (&rest[..first.len_utf8()], first.len_utf8()),
            run => (&rest[..run], run),
        };
        out.push_str(shown);
        rest = &rest[length..];
    }
    out
}

/// A text of a stranger without line ends and other control characters, which mean something where it goes.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
