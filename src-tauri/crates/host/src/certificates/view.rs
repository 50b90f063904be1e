//! The list of certificates as a window gets it: one page, and what is true of the whole.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relais_core::certificates::shown::{Axis, Left, LeftUnit, Press};
use relais_core::certificates::window::Today;
use relais_core::certificates::{CertificateId, Holder};
use relais_core::environment::EnvironmentClass;
use relais_engine::problem_view;
use relais_engine::view::Millis;
use relais_engine::view::certificates::{
    AgreedFolderView, BarView, CertificateGroup, CertificateRow, CertificateView, CertificatesQuery,
    CertificatesView, DeputyView, GroupCount, LeftUnitView, LeftView, MOST_FILES, MOST_ROWS, PressView,
    PurposeView, SourceView, TodayView, ToldView,
};
use relais_keystore::inventory::Use;

use super::known::{Entry, Folder, Known, Part};
use super::{Closed, Line, shown_path};

/// One page of what is known.
#[must_use]
pub fn view(
    known: &Known,
    query: &CertificatesQuery,
    revision: u32,
    now: Timestamp,
    zone: &TimeZone,
) -> CertificatesView {
    let page = Page { known, now, zone, axis: Axis::around(now, zone) };
    let words = query.search.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let found = |entry: &&Entry| words.iter().all(|word| entry.words.contains(word));
    let matching: Vec<&Entry> = known.listed.order.iter().filter(found).collect();
    let count = |group| matching.iter().filter(|entry| entry.group == group).count();
    let counts =
        CertificateGroup::ALL.into_iter().map(|group| GroupCount { group, rows: number(count(group)) });
    let wanted = |entry: &&&Entry| query.group.is_none_or(|group| entry.group == group);
    let total = matching.iter().filter(wanted).count();
    let (from, most) = (query.from as usize, query.count.min(MOST_ROWS) as usize);
    let rows = matching.iter().filter(wanted).skip(from).take(most).map(|entry| page.row(entry)).collect();
    let own = known.own.and_then(|id| known.line(id)).map(|line| Box::new(page.certificate(line)));
    CertificatesView {
        revision,
        now: millis(now),
        folders: known.folders.iter().map(folder).collect(),
        usual_folder: None,
        counts: counts.collect(),
        total: number(total),
        rows,
        today: page.axis.place(now),
        axis_from: millis(page.axis.from),
        axis_until: millis(page.axis.until),
        own,
        unanswered: number(known.unanswered()),
        deputy: known.deputy.as_ref().map(|it| DeputyView { name: it.name.clone(), mail: it.mail.clone() }),
        problem: known.problem.as_ref().map(problem_view),
    }
}

impl Known {
    /// The certificate of this fingerprint.
    #[must_use]
    pub fn line(&self, id: CertificateId) -> Option<&Line> {
        self.listed.overview.lines.iter().find(|line| line.public.id == id)
    }

    /// Certificates of which something was said that nobody has answered, and about which something can be done.
    #[must_use]
    pub fn unanswered(&self) -> usize {
        let lines = self.listed.overview.lines.iter().filter(|line| line.today.possible());
        let open =
            |line: &&Line| self.reminders.of(line.public.id).is_some_and(|it| it.acknowledged_at.is_none());
        lines.filter(open).count()
    }
}

struct Page<'a> {
    known: &'a Known,
    now: Timestamp,
    zone: &'a TimeZone,
    axis: Axis,
}

impl Page<'_> {
    fn row(&self, entry: &Entry) -> CertificateRow {
        let overview = &self.known.listed.overview;
        match entry.part {
            Part::Line(at) => {
                let certificate = Box::new(self.certificate(&overview.lines[at]));
                CertificateRow::Certificate { group: entry.group, certificate }
            }
            Part::Closed(at) => closed(&overview.closed[at]),
            Part::Failed(at) => {
                let (path, problem) = &overview.failed[at];
                CertificateRow::Unreadable { file: shown_path(path), problem: problem_view(problem) }
            }
        }
    }

    fn certificate(&self, line: &Line) -> CertificateView {
        let ends = line.public.not_after;
        CertificateView {
            id: line.public.id.to_string(),
            who: line.who(),
            environment: line.watched.world.environment().map(class),
            purpose: purpose(line.public.purpose),
            source: source(line),
            files: line.files.iter().take(MOST_FILES).map(|file| shown_path(file)).collect(),
            file_count: number(line.files.len()),
            begins_at: millis(line.public.not_before),
            ends_at: millis(ends),
            left: Left::until(ends, self.now, self.zone).map(left),
            today: today(line.today),
            press: press(Press::of(line.today, ends, self.now)),
            bar: self.bar(line),
            told: self.told(line.public.id),
            seen_at: line.seen_at.map(millis),
        }
    }

    fn bar(&self, line: &Line) -> BarView {
        let (opens, ends) = (self.axis.place(line.opens_at), self.axis.place(line.public.not_after));
        let left = opens.max(self.axis.place(self.now)).min(ends);
        BarView { opens, ends, left, dashed: matches!(line.today, Today::Keep | Today::Complete) }
    }

    fn told(&self, id: CertificateId) -> Option<ToldView> {
        let told = self.known.reminders.of(id)?;
        Some(ToldView {
            rung: told.rung.name(),
            at: millis(told.at),
            acknowledged_at: told.acknowledged_at.map(millis),
            again_at: told.again_at.map(millis),
        })
    }
}

fn closed(one: &Closed) -> CertificateRow {
    let who = one.owner.as_ref().map(|(kind, number, application)| match kind.as_str() {
        "SSIN" => kind.clone(),
        _ => {
            let application = application.as_ref().map_or_else(String::new, |id| format!(", {id}"));
            format!("{kind} {number}{application}")
        }
    });
    CertificateRow::Closed {
        file: shown_path(&one.file),
        made: one.made.map(|day| day.to_string()),
        who,
        seen_at: one.seen_at.map(millis),
    }
}

fn folder(folder: &Folder) -> AgreedFolderView {
    AgreedFolderView {
        folder: shown_path(&folder.agreed.folder),
        agreed_at: millis(folder.agreed.agreed_at),
        whole_at: folder.whole_at.map(millis),
        looking: folder.looking.map(number),
        problem: folder.problem.as_ref().map(problem_view),
    }
}

fn source(line: &Line) -> SourceView {
    match line.watched.holder {
        Holder::Card(_) if line.files.is_empty() => SourceView::Card,
        Holder::Authority(_) => SourceView::Relais,
        _ if line.files.is_empty() => SourceView::Keystore,
        _ => SourceView::Files,
    }
}

fn today(today: Today) -> TodayView {
    match today {
        Today::NotYetValid { from } => TodayView::NotYetValid { from: millis(from) },
        Today::Wait { opens_at } => TodayView::Wait { opens_at: millis(opens_at) },
        Today::Renew { until } => TodayView::Renew { until: millis(until) },
        Today::AskAnew { since } => TodayView::AskAnew { since: millis(since) },
        Today::Municipality { until } => TodayView::Municipality { until: millis(until) },
        Today::NewAnchors { until } => TodayView::NewAnchors { until: millis(until) },
        Today::Complete => TodayView::Complete,
        Today::Keep => TodayView::Keep,
        Today::Nothing => TodayView::Nothing,
    }
}

fn press(press: Press) -> PressView {
    match press {
        Press::None => PressView::None,
        Press::Possible => PressView::Possible,
        Press::Soon => PressView::Soon,
        Press::Urgent => PressView::Urgent,
        Press::TooLate => PressView::TooLate,
    }
}

fn purpose(purpose: Use) -> PurposeView {
    match purpose {
        Use::Authentication => PurposeView::Authentication,
        Use::Signature => PurposeView::Signature,
        Use::Encryption => PurposeView::Encryption,
        Use::Authority => PurposeView::Authority,
        Use::InProgress => PurposeView::InProgress,
    }
}

fn class(class: EnvironmentClass) -> String {
    match class {
        EnvironmentClass::Production => "production",
        EnvironmentClass::Acceptance => "acceptance",
        EnvironmentClass::Integration => "integration",
        EnvironmentClass::Sandbox => "sandbox",
    }
    .to_owned()
}

fn left(left: Left) -> LeftView {
    let unit = match left.unit {
        LeftUnit::Years => LeftUnitView::Years,
        LeftUnit::Months => LeftUnitView::Months,
        LeftUnit::Days => LeftUnitView::Days,
    };
    LeftView { count: left.count, unit }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn millis(at: Timestamp) -> Millis {
    at.as_millisecond() as Millis
}
