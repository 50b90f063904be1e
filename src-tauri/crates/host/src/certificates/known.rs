//! What is known of certificates at one moment, in the order in which it is shown; and what follows from it: who has to
//! be told of what, and when something changes by itself.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use relais_core::certificates::reminder::{self, Effect, Event, Reminders, Told};
use relais_core::certificates::shown::{self, Group};
use relais_core::certificates::{CertificateId, Watched};
use relais_core::session::notice::Matter;
use relais_core::session::quiet::Hours;
use relais_core::{Code, Problem};
use relais_engine::view::certificates::CertificateGroup;
use relais_keystore::inventory::{Found, Public, Shelf, Shelved};

use super::agreed::{Agreed, Decided, Deputy};
use super::{Aged, Overview, overview, shown_path};

/// A folder that a person agreed to, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Which, and since when.
    pub agreed: Agreed,
    /// When the whole of it was seen last.
    pub whole_at: Option<Timestamp>,
    /// Files that the look that is under way has met.
    pub looking: Option<usize>,
    /// Why it, or a change in it, is not seen now.
    pub problem: Option<Problem>,
}

/// What is known.
#[derive(Debug, Clone)]
pub struct Known {
    /// The folders, in the order of their names.
    pub folders: Vec<Folder>,
    /// Everything that was found.
    pub listed: Arc<Listed>,
    /// What was said of it.
    pub reminders: Arc<Reminders>,
    /// What was said last in this run and nobody has answered, and when.
    pub said: Option<(Vec<CertificateId>, Timestamp)>,
    /// Who could look after certificates.
    pub deputy: Option<Deputy>,
    /// The certificate with which the person in use signs in.
    pub own: Option<CertificateId>,
    /// What could not be kept.
    pub problem: Option<Problem>,
    /// Everything that was found so far is in it.
    pub settled: bool,
}

/// Everything that was found, in the order of the list.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// What was found.
    pub overview: Overview,
    /// The order of the list.
    pub order: Vec<Entry>,
}

/// One row of the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its group.
    pub group: CertificateGroup,
    /// Which part of the overview it is.
    pub part: Part,
    /// What somebody who searches may name, in small letters.
    pub words: String,
}

/// A part of an overview, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A certificate.
    Line(usize),
    /// A keystore that shows nothing.
    Closed(usize),
    /// What could not be read.
    Failed(usize),
}

impl Known {
    /// What somebody knows who has just looked.
    pub(super) fn looked_at(
        decided: Decided,
        shelves: &[Arc<Shelf>],
        listed: Listed,
        reminders: Reminders,
    ) -> Self {
        let Decided { folders, deputy } = decided;
        let folder = |(agreed, shelf): (Agreed, &Arc<Shelf>)| Folder {
            problem: out_of_reach(shelf, &agreed.folder),
            whole_at: shelf.whole_at(),
            looking: None,
            agreed,
        };
        Self {
            folders: folders.into_iter().zip(shelves).map(folder).collect(),
            listed: Arc::new(listed),
            reminders: Arc::new(reminders),
            said: None,
            deputy,
            own: None,
            problem: None,
            settled: true,
        }
    }

    /// Nothing is other than there.
    pub(super) fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.listed, &other.listed)
            && self.reminders == other.reminders
            && (&self.folders, &self.said, &self.deputy) == (&other.folders, &other.said, &other.deputy)
            && (&self.own, &self.problem, self.settled) == (&other.own, &other.problem, other.settled)
    }

    /// What has to be said outside the window for as long as nobody answers.
    #[must_use]
    pub fn matter(&self) -> Option<Matter> {
        let (ids, told_at) = self.said.as_ref()?;
        let lines = self.listed.overview.lines.iter();
        // What got a successor meanwhile needs nobody any more.
        let open: Vec<Timestamp> = lines
            .filter(|line| line.today.possible() && ids.contains(&line.public.id))
            .map(|line| line.public.not_after)
            .collect();
        let first_ends_at = *open.iter().min()?;
        let count = u32::try_from(open.len()).unwrap_or(u32::MAX);
        Some(Matter::Certificates { count, first_ends_at, told_at: *told_at })
    }
}

/// Why nobody can look at the folder itself now.
pub(super) fn out_of_reach(shelf: &Shelf, folder: &std::path::Path) -> Option<Problem> {
    let here = shelf.rows().iter().find(|one| one.row.path == folder)?;
    match here.row.found {
        Found::Failed(code) => Some(code.into()),
        Found::Read(_) => None,
    }
}

/// Everything on these shelves, with what the card and the keystore of a session show, in the order of the list.
pub(super) fn listed(shelves: &[Arc<Shelf>], own: &Shelf, hours: &Hours, now: Timestamp) -> Listed {
    let rows = shelves.iter().flat_map(|shelf| aged(shelf));
    let overview = overview(rows, &publics(own), now, &hours.zone);
    let order = order(&overview, hours, now);
    Listed { overview, order }
}

/// Rows with their age: what the newest look did not meet is of before.
fn aged(shelf: &Shelf) -> impl Iterator<Item = Aged<'_>> {
    let newest = shelf.rows().iter().map(|one| one.seen_at).max();
    shelf.rows().iter().map(move |one: &Shelved| {
        let old = Some(one.seen_at).filter(|seen| Some(*seen) < newest);
        (&one.row, old)
    })
}

/// Certificates that lie in no file that was agreed to.
pub(super) fn publics(own: &Shelf) -> Vec<Public> {
    let of = |one: &Shelved| match &one.row.found {
        Found::Read(contents) => contents.certificates.clone(),
        Found::Failed(_) => vec![],
    };
    own.rows().iter().flat_map(of).collect()
}

fn order(overview: &Overview, hours: &Hours, now: Timestamp) -> Vec<Entry> {
    let lines = overview.lines.iter().enumerate().map(|(at, line)| {
        let group = match Group::of(line.today, now, &hours.zone) {
            Group::Now => CertificateGroup::Now,
            Group::UnderWay => CertificateGroup::UnderWay,
            Group::Soon => CertificateGroup::Soon,
            Group::Fine => CertificateGroup::Fine,
            Group::Kept => CertificateGroup::Kept,
        };
        Entry { group, part: Part::Line(at), words: words(&line.who(), &line.files) }
    });
    let closed = overview.closed.iter().enumerate().map(|(at, one)| {
        let words = words("", std::slice::from_ref(&one.file));
        Entry { group: CertificateGroup::Closed, part: Part::Closed(at), words }
    });
    let failed = overview.failed.iter().enumerate().map(|(at, (path, _))| {
        let words = words("", std::slice::from_ref(path));
        Entry { group: CertificateGroup::Unreadable, part: Part::Failed(at), words }
    });
    let mut all: Vec<Entry> = lines.chain(closed).chain(failed).collect();
    // Within a group what ends first stands first, as in the overview.
    all.sort_by_key(|entry| entry.group);
    all
}

fn words(who: &str, files: &[PathBuf]) -> String {
    let mut text = who.to_lowercase();
    for file in files {
        text.push('\n');
        text.push_str(&shown_path(file).to_lowercase());
    }
    text
}

/// What somebody thinks about.
pub(super) struct Given {
    pub shelves: Vec<Arc<Shelf>>,
    pub own: Arc<Shelf>,
    pub reminders: Arc<Reminders>,
    /// What happened.
    pub events: Vec<Event>,
    pub hours: Hours,
    pub now: Timestamp,
    /// Number of the person in use.
    pub ssin: Option<String>,
}

/// What they come to.
pub(super) struct Thought {
    pub listed: Listed,
    pub reminders: Reminders,
    /// What was said or answered anew: to be written down before anybody hears it.
    pub news: Vec<(CertificateId, Told)>,
    /// What has to be said.
    pub told: Vec<CertificateId>,
    /// When it has to be thought about again.
    pub wake: Option<Timestamp>,
    pub own: Option<CertificateId>,
}

/// Lists everything and asks the rules. With thousands of certificates it takes a while, so it has a thread of its own.
pub(super) fn think(given: Given) -> Thought {
    let Given { shelves, own, reminders, events, hours, now, ssin } = given;
    let listed = listed(&shelves, &own, &hours, now);
    let lines = &listed.overview.lines;
    let certificates: Vec<Watched> = lines.iter().map(|line| line.watched.clone()).collect();
    let view = reminder::View { certificates: &certificates, hours: &hours };
    let before = reminders.clone();
    let (mut reminders, mut told) = (Reminders::clone(&reminders), vec![]);
    for event in events {
        let (after, effects) = reminder::next(reminders, event, view, now);
        reminders = after;
        told.extend(effects.into_iter().flat_map(|effect| match effect {
            Effect::Tell(items) => items.into_iter().map(|item| item.id).collect(),
            Effect::Alert { id, .. } => vec![id],
        }));
    }
    let news = reminders.all().filter(|(id, told)| before.of(*id).as_ref() != Some(told)).collect();
    let due = reminder::deadline(&reminders, view, now);
    let turns = certificates.iter().filter_map(|one| shown::changes_at(one, now, &hours.zone));
    // What is due now was said just now; whatever lies behind is no reason to wake up for.
    let wake = turns.chain(due).filter(|at| *at > now).min();
    let own = ssin.and_then(|ssin| shown::own(&certificates, &ssin).map(|one| one.id));
    Thought { listed, reminders, news, told, wake, own }
}

/// Why a certificate that somebody names cannot be answered for.
pub(super) fn not_listed() -> Problem {
    Code::CERTIFICATE_NOT_LISTED.into()
}
