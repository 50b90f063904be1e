//! The past as the window gets it.

use jiff::Timestamp;
use relais_core::continuity::past::{Departure, name};
use relais_core::continuity::record::Gap;
use relais_core::continuity::timeline::{FunctionId, Seen, Witness};
use relais_engine::view::continuity::{
    DepartureView, OffView, PageRowView, PageView, PastView, SeenView, WitnessView,
};
use relais_store::Departures;

use crate::continuity::view::{health, millis};
use crate::outage::{Page, Row};

/// All departures, in the order in which they began.
pub fn past(past: &Departures, from: Timestamp, now: Timestamp) -> PastView {
    let of = |(function, departures): (&FunctionId, &Vec<Departure>)| -> Vec<_> {
        departures.iter().map(|one| departure(function, one)).collect()
    };
    let mut departures: Vec<_> = past.of.iter().flat_map(of).collect();
    departures.sort_by(|one, other| one.from.total_cmp(&other.from));
    PastView {
        from: millis(from),
        now: millis(now),
        departures,
        off: past
            .off
            .iter()
            .map(|gap: &Gap| OffView { from: millis(gap.from), until: millis(gap.until) })
            .collect(),
    }
}

fn departure(function: &FunctionId, one: &Departure) -> DepartureView {
    DepartureView {
        id: name(function, one.from),
        function: function.as_str().to_owned(),
        state: health(one.health),
        from: millis(one.from),
        until: one.until.map(millis),
        seen: one.seen.iter().map(seen).collect(),
    }
}

fn seen(seen: &Seen) -> SeenView {
    let by = match seen.by {
        Witness::Authority => WitnessView::Authority,
        Witness::Real => WitnessView::Real,
        Witness::Probe => WitnessView::Probe,
    };
    SeenView { by, health: health(seen.health), at: millis(seen.at) }
}

/// The page of a record.
pub fn page(page: Page) -> PageView {
    let [at, what, because] = page.columns;
    let row = |Row { at, what, because }: Row| PageRowView { at, what, because };
    PageView {
        title: page.title,
        facts: page.facts,
        columns: (at, what, because),
        rows: page.rows.into_iter().map(row).collect(),
        note: page.note,
    }
}
