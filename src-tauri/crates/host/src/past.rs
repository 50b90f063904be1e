//! What was, as a person is shown it and gives it away: the past of the functions, and the record of one outage as a page
//! and as a signed file.

use std::path::PathBuf;
use std::sync::Weak;

use jiff::{SignedDuration, Timestamp};
use relais_core::continuity::past::{named, outage};
use relais_core::continuity::record::{MOST_CHANGES, Record, done};
use relais_core::continuity::timeline::{Change, FunctionId, HOUR, Span};
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::{Code, Problem};
use relais_engine::view::continuity::{PageView, PastView};
use relais_keystore::RecordKey;
use relais_store::{Filter, Story};

use crate::adapters::Adapters;
use crate::continuity::{Services, printed};
use crate::outage::{self, Genuine, sign};
use crate::preferences::Language;
use crate::records::RecordRoom;
use crate::services::Catalogue;
use crate::texts::Texts;
use crate::when;

pub(crate) mod file;
mod view;

/// How far back is shown.
const SHOWN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How far back an outage is followed to its beginning.
const FOLLOWED: SignedDuration = SignedDuration::from_hours(60 * 24);
/// Most entries of the journal that are read for one record.
const MOST_ENTRIES: usize = 10_000;

/// The past of one environment. Clones are the same one.
#[derive(Clone)]
pub struct PastBook {
    adapters: Weak<Adapters>,
    services: Services,
    folder: PathBuf,
}

impl PastBook {
    pub(crate) fn new(adapters: Weak<Adapters>, services: Services, folder: PathBuf) -> Self {
        Self { adapters, services, folder }
    }

    /// The last 30 days of all functions.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn view(&self) -> Result<PastView, Problem> {
        let now = self.services.handle().now().wall;
        let from = now.saturating_sub(SHOWN).unwrap_or(Timestamp::MIN);
        let past = self.records()?.departures((from, now), self.noted()).await?;
        Ok(view::past(&past, from, now))
    }

    /// The page of the record of the outage that a departure belongs to, in a language.
    ///
    /// # Errors
    /// [`Code::RECORD_NOT_MADE`], or it cannot be read.
    pub async fn page(&self, departure: &str, language: Language) -> Result<PageView, Problem> {
        let record = self.record(departure).await?;
        let key = self.key(|key| Ok(key.public()?)).await?;
        Ok(view::page(outage::page(&Genuine { record, key }, &Texts::new(language), language)))
    }

    /// Saves the signed record in the first of these folders that takes it, and never in place of another file; gives its
    /// path.
    ///
    /// # Errors
    /// [`Code::RECORD_NOT_MADE`], [`Code::RECORD_NOT_SAVED`], or it cannot be read.
    pub async fn save(&self, departure: &str, folders: Vec<PathBuf>) -> Result<PathBuf, Problem> {
        let record = self.record(departure).await?;
        self.key(move |key| {
            let named = format!("relais-{}-{}", record.function.as_str(), when::day(record.from));
            file::save(&sign(&record, &key)?, (&named, "json"), &folders)
        })
        .await
    }

    /// The paper of a function was printed: the journal and the records of that time say so.
    ///
    /// # Errors
    /// There is no such function.
    pub async fn printed(&self, function: &str) -> Result<(), Problem> {
        let known = Catalogue::built_in().service(function).is_some();
        let function = FunctionId::parse(function).ok().filter(|_| known).ok_or(Code::USAGE)?;
        printed(&*self.adapters.upgrade().ok_or(Code::ENGINE_STOPPED)?, &function).await;
        Ok(())
    }

    /// The record of the outage that a departure belongs to: from when all was well to when it was again, or to now.
    ///
    /// # Errors
    /// [`Code::RECORD_NOT_MADE`], or it cannot be read.
    pub async fn record(&self, departure: &str) -> Result<Record, Problem> {
        let (function, at) = named(departure).ok_or_else(|| not_made("gone"))?;
        let now = self.services.handle().now().wall;
        let from = at.min(now).saturating_sub(FOLLOWED).unwrap_or(Timestamp::MIN);
        let story = self.records()?.story(function.clone(), (from, now), self.noted(), MOST_CHANGES).await?;
        let story = story.ok_or_else(|| not_made("too-long"))?;
        let time = found(&story.spans, at).ok_or_else(|| not_made("gone"))?;
        let (environment, entries) = self.entries(time).await?;
        let done: Vec<_> = entries.iter().filter_map(|entry| done(entry, &function)).collect();
        let (changes, spans) = within(story, time);
        Record::new(environment, function, changes, &spans, &done, env!("CARGO_PKG_VERSION"))
            .map_err(|_| not_made("too-long"))
    }

    async fn entries(
        &self,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<(EnvironmentName, Vec<Entry>), Problem> {
        let environment = self.adapters.upgrade().ok_or(Code::ENGINE_STOPPED)?.environment.clone();
        let filter = Filter { from: Some(from), until: Some(until), ..Filter::default() };
        let shown = self.records()?.show(filter, MOST_ENTRIES).await?;
        Ok((environment, shown.into_iter().filter_map(|one| one.entry).collect()))
    }

    /// Does something with the key of this PC, which is made when it is first needed.
    async fn key<R: Send + 'static>(
        &self,
        job: impl FnOnce(RecordKey) -> Result<R, Problem> + Send + 'static,
    ) -> Result<R, Problem> {
        let folder = self.folder.clone();
        let work = move || job(RecordKey::load_or_create(&folder)?);
        tokio::task::spawn_blocking(work).await.map_err(|_| Problem::new(Code::INTERNAL))?
    }

    fn records(&self) -> Result<RecordRoom, Problem> {
        Ok(self.adapters.upgrade().ok_or(Code::ENGINE_STOPPED)?.records.clone())
    }

    fn noted(&self) -> Option<Timestamp> {
        self.services.handle().state().noted_at()
    }
}

fn not_made(reason: &str) -> Problem {
    Problem::new(Code::RECORD_NOT_MADE).with("reason", reason)
}

/// The outage at a moment; where only hours were told apart, the first that begins in that hour.
fn found(spans: &[Span], at: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let end = at.saturating_add(HOUR).unwrap_or(at);
    let later = || spans.iter().filter(|span| at <= span.from && span.from < end);
    outage(spans, at).or_else(|| later().find_map(|span| outage(spans, span.from)))
}

/// The part of a story that lies in a time; the last change up to its beginning is in it.
fn within(story: Story, (from, until): (Timestamp, Timestamp)) -> (Vec<Change>, Vec<Span>) {
    let Story { mut spans, mut changes } = story;
    spans.retain(|span| span.from < until && span.until > from);
    for span in &mut spans {
        (span.from, span.until) = (span.from.max(from), span.until.min(until));
    }
    let first = changes.partition_point(|change| change.at <= from).saturating_sub(1);
    changes.truncate(changes.partition_point(|change| change.at < until));
    (changes.split_off(first.min(changes.len())), spans)
}

#[cfg(test)]
mod tests;
