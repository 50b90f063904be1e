//! Entries that wait in memory because the database cannot be written. Care goes on meanwhile.

use jiff::Timestamp;
use relais_core::journal::{Entry, Subject};

/// Most entries that wait; the ones after them are counted and lost.
pub const MOST_WAITING: usize = 1_000;

/// Entries in their order, and how many found no room.
#[derive(Debug, Default)]
pub struct Backlog {
    waiting: Vec<Entry>,
    lost: usize,
    refused: bool,
}

impl Backlog {
    /// Takes an entry in.
    pub fn push(&mut self, entry: Entry) {
        if self.waiting.len() < MOST_WAITING { self.waiting.push(entry) } else { self.lost += 1 }
    }

    /// Entries that wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Entries that found no room.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// The database refused what waits.
    pub fn refused(&mut self) {
        self.refused = true;
    }

    /// Nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What is to be written: after a refusal a gap record first, which says what happened to the rest.
    pub(crate) fn to_write(&self) -> Vec<Entry> {
        let gap = if self.refused {
            self.waiting.first().zip(self.waiting.last()).map(|ends| self.gap(ends))
        } else {
            None
        };
        gap.into_iter().chain(self.waiting.iter().cloned()).collect()
    }

    fn gap(&self, (first, last): (&Entry, &Entry)) -> Entry {
        let ms = |at: Timestamp| at.as_millisecond().to_string();
        let detail = [
            ("waited", self.waiting.len().to_string()),
            ("lost", self.lost.to_string()),
            ("from", ms(first.at)),
            ("until", ms(last.at)),
        ];
        Entry {
            at: last.at,
            subject: Subject::System,
            event: "journal-waited".to_owned(),
            environment: last.environment.clone(),
            slot: None,
            code: Some(relais_core::Code::JOURNAL_WAITING),
            detail: detail.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }

    /// All of it was written.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
