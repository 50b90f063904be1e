//! What a person is shown of a month of all functions, in an amount that a page can draw whatever happened.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use relais_core::continuity::past::{Departure, departures, gaps, up_to_now};
use relais_core::continuity::record::Gap;
use relais_core::continuity::timeline::{self, Change, FunctionId, Span, Watched, hour_of};
use rusqlite::Connection;

use crate::error::StoreError;
use crate::timeline::{changes_up_to, functions, hours, last_before, watched};

/// Changes of one function that are shown one by one; where there were more, hours are told apart before [`NEAR`].
pub const MOST_SHOWN: usize = 200;

/// So far back hours are too coarse, unless more than [`MOST_SHOWN`] changes lie in it.
const NEAR: SignedDuration = SignedDuration::from_hours(24);

/// A time of all functions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Departures {
    /// Of each function that ever changed, what was not on its normal road, in the order of time.
    pub of: BTreeMap<FunctionId, Vec<Departure>>,
    /// When nobody looked.
    pub off: Vec<Gap>,
}

/// One function, as it is known at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// How it was, without a hole.
    pub spans: Vec<Span>,
    /// The changes that was made of; the last one up to the beginning comes first.
    pub changes: Vec<Change>,
}

/// All functions from `from` to `now`. `noted` is when this run wrote down last that it looked: what was seen then holds on.
pub fn of_all(
    connection: &Connection,
    from: Timestamp,
    now: Timestamp,
    noted: Option<Timestamp>,
) -> Result<Departures, StoreError> {
    let looked = up_to_now(watched(connection, from, now)?, noted, now);
    let off = gaps(&timeline::spans(&[], &looked, from, now));
    let line = |function: FunctionId| {
        let view = View { connection, function: &function, noted, now };
        let departures = view.departures(from)?;
        Ok((function, departures))
    };
    let of = functions(connection)?.into_iter().map(line).collect::<Result<_, StoreError>>()?;
    Ok(Departures { of, off })
}

/// One function from `from` to `now`, at most `most` changes of it; `None` where there were more.
pub fn of(
    connection: &Connection,
    function: &FunctionId,
    from: Timestamp,
    now: Timestamp,
    noted: Option<Timestamp>,
    most: usize,
) -> Result<Option<Story>, StoreError> {
    View { connection, function, noted, now }.story(from, most)
}

struct View<'a> {
    connection: &'a Connection,
    function: &'a FunctionId,
    noted: Option<Timestamp>,
    now: Timestamp,
}

impl View<'_> {
    fn watched(&self, from: Timestamp) -> Result<Vec<Watched>, StoreError> {
        Ok(up_to_now(watched(self.connection, from, self.now)?, self.noted, self.now))
    }

    fn story(&self, from: Timestamp, most: usize) -> Result<Option<Story>, StoreError> {
        let begin = last_before(self.connection, self.function, from)?;
        let Some(changes) = changes_up_to(self.connection, self.function, (begin, self.now), most)? else {
            return Ok(None);
        };
        let plain: Vec<_> = changes.iter().map(|change| (change.at, change.health)).collect();
        let mut spans = timeline::spans(&plain, &self.watched(begin)?, begin, self.now);
        // What reaches into the time keeps its beginning.
        spans.retain(|span| span.until > from);
        Ok(Some(Story { spans, changes }))
    }

    fn departures(&self, from: Timestamp) -> Result<Vec<Departure>, StoreError> {
        if let Some(story) = self.story(from, MOST_SHOWN)? {
            return Ok(departures(&story.spans, &story.changes));
        }
        let near = hour_of(self.now.saturating_sub(NEAR).unwrap_or(from)).max(from);
        let Some(story) = self.story(near, MOST_SHOWN)? else {
            return Ok(departures(&self.by_hours(from, self.now)?, &[]));
        };
        let mut spans = self.by_hours(from, near)?;
        // The hours end where the changes begin, and what they say of one stretch is one stretch.
        for mut span in story.spans {
            span.from = span.from.max(near);
            match spans.last_mut().filter(|last| last.health == span.health) {
                Some(last) => last.until = span.until,
                None => spans.push(span),
            }
        }
        Ok(departures(&spans, &story.changes))
    }

    fn by_hours(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Span>, StoreError> {
        let from = hour_of(from);
        let hours = hours(self.connection, self.function, from, until)?;
        let watched = self.watched(from)?;
        let watched: Vec<_> = watched.into_iter().filter(|time| time.from < until).collect();
        Ok(timeline::by_hours(&hours, &watched, from, until))
    }
}
