//! What a start finds missing, compared with the exported head, and what stays of it for good: a checkpoint the chain goes
//! on after, and an entry of the journal that says so, in one change. Source: docs/reference/journal.md.

use std::path::Path;

use jiff::Timestamp;
use relais_core::environment::EnvironmentName;
use relais_core::journal::{Entry, Subject};
use relais_core::{Code, Problem};
use rusqlite::{Connection, Transaction};

use crate::chain::Link;
use crate::error::StoreError;
use crate::{cut, journal, meta};

/// Name of the entry that says what is missing.
const EVENT: &str = "journal-gap";
/// Row of the table `meta`: the journal of this database was begun, so that one without entries was emptied.
const BEGUN: &str = "journal-begun";

/// Name of a note ([`crate::Reader::noted`]): this database took the place of a damaged one, of that file name. What stood
/// in the damaged one and is not here is lost, not absent.
pub const IN_PLACE_OF: &str = "in-place-of";

/// What a start finds.
pub struct Found {
    /// The exported head, where the journal ends before it.
    missing: Option<Link>,
    tail: Link,
    begun: bool,
}

impl Found {
    pub fn read(connection: &Connection, exported: Option<Link>) -> Result<Self, StoreError> {
        let tail = journal::tail(connection)?;
        let missing = exported.filter(|exported| exported.seq > tail.seq);
        Ok(Self { missing, tail, begun: meta::get(connection, BEGUN)?.is_some() })
    }

    /// Nothing is to be written or said.
    pub fn is_nothing(&self) -> bool {
        self.begun && self.missing.is_none()
    }

    /// Nothing was ever written to this database.
    pub fn begins(&self) -> bool {
        !self.begun && self.tail == Link::START
    }

    /// The journal of a new database goes on where that of another one, which is gone or was set aside, ended.
    fn goes_on(&self) -> Option<Link> {
        self.missing.filter(|_| self.begins())
    }

    /// Links the chain to what is missing, never over it, and writes down what is told; gives it, and the new head where
    /// there is one.
    pub fn close(
        &self,
        change: &Transaction<'_>,
        aside: Option<&Path>,
        environment: &EnvironmentName,
        now: Timestamp,
    ) -> Result<(Vec<Problem>, Option<Link>), StoreError> {
        meta::set(change, BEGUN, "yes")?;
        if let Some(aside) = aside {
            meta::set(change, IN_PLACE_OF, &name(aside))?;
        }
        if let Some(missing) = self.missing {
            let why = if self.goes_on().is_some() { "set-aside" } else { "lost" };
            journal::add_checkpoint(change, missing, why, now)?;
        }
        let told = self.told(aside);
        let said: Vec<Entry> = told.iter().map(|problem| self.said(problem, environment, now)).collect();
        let head = if said.is_empty() { None } else { Some(journal::write(change, &said)?.0) };
        Ok((told, head))
    }

    fn told(&self, aside: Option<&Path>) -> Vec<Problem> {
        let aside = aside.map(|aside| Problem::new(Code::DATABASE_CORRUPT).with("file", name(aside)));
        let missing = self.missing.map(|_| Problem::new(Code::JOURNAL_BROKEN).with("seq", self.tail.seq + 1));
        aside.into_iter().chain(missing).collect()
    }

    fn said(&self, problem: &Problem, environment: &EnvironmentName, now: Timestamp) -> Entry {
        let set_aside = problem.code == Code::DATABASE_CORRUPT;
        let mut detail = problem.with.clone();
        if let Some(head) = self.goes_on().filter(|_| !set_aside) {
            detail.insert("after".to_owned(), head.seq.to_string());
            detail.insert("hash".to_owned(), head.hash.to_string());
        }
        Entry {
            at: now,
            subject: Subject::System,
            event: if set_aside { "database-set-aside" } else { EVENT }.to_owned(),
            environment: environment.clone(),
            slot: None,
            code: Some(problem.code),
            detail,
        }
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether an entry says that the journal goes on after this one, which stood in another database.
pub fn says(event: &str, detail: &str, last: Link) -> bool {
    event == EVENT && cut::names(detail, "after", last)
}
