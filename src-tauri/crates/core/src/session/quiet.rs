//! When a person is asked for the PIN of a renewal: in a gap of their day, not in the middle of a consultation.
//!
//! [`super::plan`] says when a token could be renewed; this says when to ask.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::plan::Life;

/// A prompt at the end of a consultation still leaves this much of the token; a prompt before a night comes this long
/// before the gap closes. Source: docs/architecture.md, "Quiet prompts".
pub const ROOM: SignedDuration = SignedDuration::from_mins(30);

/// Part of one day, in the practice's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first moment.
    pub from: Time,
    /// The first moment after it.
    pub to: Time,
}

impl Stretch {
    /// None when it would end before it began.
    #[must_use]
    pub fn new(from: Time, to: Time) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }
}

/// One weekday: when the practice works, and when it must not be disturbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Working hours; none on a day off.
    pub open: Option<Stretch>,
    /// Consultations, in any order; they may touch or overlap.
    pub consultations: Vec<Stretch>,
}

/// The hours of a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// From Monday to Sunday.
    pub week: [Day; 7],
    /// Where the practice is.
    pub zone: TimeZone,
}

impl Hours {
    /// From 07:00 to 20:00 every day, without consultations. Source: docs/architecture.md, "Quiet prompts".
    #[must_use]
    pub fn usual(zone: TimeZone) -> Self {
        let open = Stretch::new(Time::constant(7, 0, 0, 0), Time::constant(20, 0, 0, 0));
        let day = Day { open, consultations: vec![] };
        Self { week: std::array::from_fn(|_| day.clone()), zone }
    }

    /// Every day, all day: for what disturbs nobody.
    #[must_use]
    pub fn always(zone: TimeZone) -> Self {
        let day = Day { open: Stretch::new(Time::MIN, Time::MAX), consultations: vec![] };
        Self { week: std::array::from_fn(|_| day.clone()), zone }
    }

    /// The practice's date at this instant.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// A moment of the practice's day as an instant; one that daylight saving skips is the first after it.
    pub(crate) fn instant(&self, date: Date, time: Time) -> Timestamp {
        let civil = DateTime::from_parts(date, time);
        self.zone.to_ambiguous_timestamp(civil).compatible().unwrap_or(Timestamp::MAX)
    }

    fn day(&self, date: Date) -> &Day {
        let monday_first = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        &self.week[monday_first % 7]
    }

    /// Consultations of one date inside its working hours, in order, those that touch joined.
    fn blocks(&self, date: Date) -> Vec<Span> {
        let day = self.day(date);
        let Some(open) = day.open else { return vec![] };
        let mut blocks: Vec<Span> = day
            .consultations
            .iter()
            .filter_map(|block| Stretch::new(block.from.max(open.from), block.to.min(open.to)))
            .map(|block| self.span(date, block))
            .filter(|block| block.from < block.to)
            .collect();
        blocks.sort_by_key(|block| block.from);
        blocks.dedup_by(|later, earlier| {
            let touch = later.from <= earlier.to;
            if touch {
                earlier.to = earlier.to.max(later.to);
            }
            touch
        });
        blocks
    }

    /// Working time of one date outside every consultation, in order.
    pub(crate) fn gaps(&self, date: Date) -> Vec<Span> {
        let Some(open) = self.day(date).open else { return vec![] };
        let open = self.span(date, open);
        let blocks = self.blocks(date);
        let starts = std::iter::once(open.from).chain(blocks.iter().map(|block| block.to));
        let ends = blocks.iter().map(|block| block.from).chain(std::iter::once(open.to));
        starts.zip(ends).map(|(from, to)| Span { from, to }).filter(|gap| gap.from < gap.to).collect()
    }

    fn span(&self, date: Date, stretch: Stretch) -> Span {
        Span { from: self.instant(date, stretch.from), to: self.instant(date, stretch.to) }
    }
}

/// A stretch of real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Span {
    fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// When the attempt planned for `attempt` asks for the PIN.
///
/// In a gap: then. In a consultation: at its end, if [`ROOM`] of life remains. Else shortly before the last gap closes
/// that ends at or before the attempt, but not before a quarter of the life has passed; and if that gap is too early for
/// that, when the next one opens. None when no gap is left before the token ends.
#[must_use]
pub fn quiet_moment(attempt: Timestamp, life: Life, hours: &Hours) -> Option<Timestamp> {
    let (gaps, blocks) = around(life, hours);
    if gaps.iter().any(|gap| gap.holds(attempt)) {
        return Some(attempt);
    }
    let block = blocks.into_iter().find(|block| block.holds(attempt));
    if let Some(block) = block
        && life.ends_at.duration_since(block.to) >= ROOM
    {
        return Some(block.to);
    }
    before(attempt, life, &gaps).or_else(|| after(attempt, life, &gaps))
}

/// When somebody may be told at last, at `now` or later, that the attempt planned for `attempt` wants the PIN.
///
/// The quiet moment of the attempt, while it is to come; else now, in a gap; else when the next gap opens.
#[must_use]
pub fn note_at(attempt: Timestamp, now: Timestamp, life: Life, hours: &Hours) -> Option<Timestamp> {
    let to_come = quiet_moment(attempt, life, hours).filter(|at| *at >= now);
    let (gaps, _) = around(life, hours);
    let open = || gaps.iter().any(|gap| gap.holds(now)).then_some(now);
    to_come.or_else(open).or_else(|| after(now, life, &gaps))
}

/// In the last gap that has closed by the attempt.
fn before(attempt: Timestamp, life: Life, gaps: &[Span]) -> Option<Timestamp> {
    let gap = gaps.iter().rev().find(|gap| gap.to <= attempt)?;
    let at = gap.from.max(gap.to - ROOM).max(life.after_one_of(4));
    gap.holds(at).then_some(at)
}

/// When the next gap opens, if the token lives so long.
fn after(attempt: Timestamp, life: Life, gaps: &[Span]) -> Option<Timestamp> {
    gaps.iter().map(|gap| gap.from).find(|from| *from > attempt && *from < life.ends_at)
}

/// Gaps and consultations of the days this life touches, in order.
fn around(life: Life, hours: &Hours) -> (Vec<Span>, Vec<Span>) {
    let (first, last) = (hours.date(life.issued_at), hours.date(life.ends_at));
    let days: Vec<Date> = first.series(1.day()).take_while(|date| *date <= last).collect();
    let gaps = days.iter().flat_map(|date| hours.gaps(*date)).collect();
    let blocks = days.iter().flat_map(|date| hours.blocks(*date)).collect();
    (gaps, blocks)
}

#[cfg(test)]
mod tests;
