//! Journal and ledger as a window shows them.

use std::collections::HashMap;

use jiff::Timestamp;
use relais_core::journal::Entry;
use relais_core::lease::SlotId;
use relais_core::session::State;
use relais_core::session::exception::{Limits, Reason, whole};
use relais_core::session::ledger::{Ending, Line};
use relais_core::time::Moment;
use relais_core::{Code, Problem};
use relais_engine::view::{
    ChainView, EntryView, FactView, HowView, JournalPage, LedgerView, Millis, PersonView, RestraintView,
    ServiceView, UseView, WithoutCardView,
};
use relais_store::{Filter, Lines, Recorded, Verdict};

use crate::policy::{Fact, Policy, Unit};
use crate::records::RecordRoom;
use crate::without_card::Facts;

/// Entries of one page.
const PAGE: usize = 50;
/// Lines of the ledger: more than a year of exceptions.
const USES: usize = 200;

/// A page of the journal: the newest entries, or those before one.
///
/// # Errors
/// When the journal cannot be read.
pub async fn page(records: &RecordRoom, before: Option<u32>) -> Result<JournalPage, Problem> {
    let filter = Filter { before: before.map(u64::from), ..Filter::default() };
    let mut found = records.show(filter, PAGE + 1).await?;
    let older = found.len() > PAGE;
    found.truncate(PAGE);
    let names = names(records).await;
    Ok(JournalPage { entries: entry_views(&found, &names), older })
}

/// Whether the chain of the journal holds.
///
/// # Errors
/// When the journal cannot be read.
pub async fn chain(records: &RecordRoom) -> Result<ChainView, Problem> {
    Ok(match records.verify().await? {
        Verdict::Verified { from, .. } => ChainView::Whole { after: small(from.seq) },
        Verdict::Broken { seq, .. } => ChainView::Broken { seq: small(seq) },
    })
}

/// The sessions without the card of everybody on this PC.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn ledger(records: &RecordRoom, now: Timestamp) -> Result<LedgerView, Problem> {
    let lines = records.ledger(Lines::default(), USES).await?;
    let beginnings: Vec<Timestamp> = lines.iter().map(|line| line.started_at).collect();
    Ok(LedgerView {
        uses: lines.iter().map(use_view).collect(),
        recent: small(Limits::USUAL.recent(&beginnings, now)),
        days: small(Limits::USUAL.days),
    })
}

/// The numbers that are policy, in the order of the catalogue.
#[must_use]
pub fn policy() -> Vec<FactView> {
    let unit = |unit| match unit {
        Unit::Hours => "hours",
        Unit::Minutes => "minutes",
        Unit::Seconds => "seconds",
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Uses => "uses",
        Unit::Percent => "percent",
        Unit::TimeOfDay => "time",
    };
    let view = |fact: &Fact| FactView {
        name: fact.name.to_owned(),
        value: fact.value.clone(),
        unit: unit(fact.unit).to_owned(),
        date: fact.date.to_string(),
    };
    Policy::built_in().facts.iter().map(view).collect()
}

/// Everybody this PC knows; who is signed in comes first.
///
/// # Errors
/// When their names cannot be read.
pub async fn people(records: &RecordRoom, state: &State, now: Moment) -> Result<Vec<PersonView>, Problem> {
    let names: Names = records.names().await?.into_iter().map(|person| (person.slot, person.name)).collect();
    let hints: Names = records.hints().await?.into_iter().collect();
    let in_use = state.session.open().map(|open| open.lease.person.slot.clone());
    let mut people: Vec<_> = state
        .known_people()
        .into_iter()
        .map(|slot| PersonView {
            name: names.get(&slot).filter(|name| !name.is_empty()).cloned(),
            in_use: in_use.as_ref() == Some(&slot),
            hint: hints.get(&slot).cloned().unwrap_or_default(),
            until: state.session_of(&slot).filter(|open| open.usable(now)).map(|open| millis(open.ends_at())),
            slot: slot.as_str().to_owned(),
        })
        .collect();
    people.sort_by(|a, b| (!a.in_use, &a.name, &a.slot).cmp(&(!b.in_use, &b.name, &b.slot)));
    Ok(people)
}

/// What is told before somebody works without the card.
#[must_use]
pub fn without_card(facts: &Facts) -> WithoutCardView {
    use relais_core::session::exception::Restraint;
    WithoutCardView {
        person: facts.person.clone(),
        hint: facts.hint.clone(),
        since: facts.since.map(millis),
        cap_hours: small(facts.cap.as_hours()),
        uses: small(facts.uses),
        days: small(facts.days),
        in_a_row: small(facts.in_a_row),
        restraint: match facts.restraint {
            Restraint::None => RestraintView::None,
            Restraint::Notice => RestraintView::Notice,
            Restraint::Justify => RestraintView::Justify,
        },
        service: match facts.service {
            None => ServiceView::Unknown,
            Some(true) => ServiceView::Answers,
            Some(false) => ServiceView::Silent,
        },
    }
}

type Names = HashMap<SlotId, String>;

/// Names of the people of this PC; without the index nobody is named.
async fn names(records: &RecordRoom) -> Names {
    let named =
        records.names().await.unwrap_or_default().into_iter().filter(|person| !person.name.is_empty());
    named.map(|person| (person.slot, person.name)).collect()
}

/// An entry that cannot be read stands where the next newer one stands, or the first that can be read.
fn entry_views(found: &[Recorded], names: &Names) -> Vec<EntryView> {
    let mut place = found.iter().find_map(|one| one.entry.as_ref()).map_or(0.0, |entry| millis(entry.at));
    let view = |one: &Recorded| match &one.entry {
        Some(entry) => {
            place = millis(entry.at);
            entry_view(one.seq, entry, names)
        }
        None => unreadable(one.seq, place),
    };
    found.iter().map(view).collect()
}

fn unreadable(seq: u64, place: Millis) -> EntryView {
    EntryView {
        seq: small(seq),
        readable: false,
        at: place,
        subject: String::new(),
        event: String::new(),
        person: None,
        code: None,
        means: None,
        until: None,
    }
}

fn entry_view(seq: u64, entry: &Entry, names: &Names) -> EntryView {
    let detail = |name: &str| entry.detail.get(name);
    let subject = serde_json::to_value(entry.subject).ok();
    EntryView {
        seq: small(seq),
        readable: true,
        at: millis(entry.at),
        subject: subject.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default(),
        event: entry.event.clone(),
        person: entry.slot.as_ref().and_then(|slot| names.get(slot).cloned()),
        code: entry.code.map(|code: Code| code.to_string()),
        means: detail("means").cloned(),
        until: detail("until").and_then(|until| until.parse().ok()).map(millis),
    }
}

fn use_view(line: &Line) -> UseView {
    UseView {
        since: millis(line.started_at),
        until: line.ended.map(|ended| millis(ended.at)),
        reason: match line.reason {
            Reason::EidNotAtHand => "eid-not-at-hand".to_owned(),
            Reason::TechnicalProblem => "technical-problem".to_owned(),
        },
        note: line.note.clone(),
        how: how(line),
    }
}

fn how(line: &Line) -> HowView {
    match line.ended {
        None => HowView::Open,
        Some(ended) => match ended.how {
            Ending::Card => HowView::Card,
            Ending::Person => HowView::Person,
            Ending::Lost => HowView::Lost,
            // The cap ends where the line could not end later.
            Ending::Time if whole(line.end(Timestamp::MAX), line.ends_at) => HowView::Cap,
            Ending::Time => HowView::Life,
        },
    }
}

fn millis(at: Timestamp) -> Millis {
    at.as_millisecond() as Millis
}

/// A count for a page; more than four billions of anything is as good as four.
fn small(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use jiff::SignedDuration;
    use relais_core::environment::EnvironmentName;
    use relais_core::lease::LeaseId;
    use relais_core::session::ledger::Ended;

    fn line(hours: i64, ended: Option<Ending>) -> Line {
        let started_at = Timestamp::from_second(1_772_434_800).unwrap();
        let ends_at = started_at + SignedDuration::from_hours(hours);
        Line {
            episode: LeaseId("0".repeat(32)),
            slot: SlotId::parse(&"a".repeat(32)).unwrap(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            started_at,
            ends_at,
            reason: Reason::EidNotAtHand,
            note: None,
            evidence: vec![],
            ended: ended.map(|how| Ended { at: ends_at, how }),
        }
    }

    #[test]
    fn a_use_says_how_it_ended() {
        let cases = [
            (12, None, HowView::Open),
            (12, Some(Ending::Time), HowView::Cap),
            (4, Some(Ending::Time), HowView::Life),
            (4, Some(Ending::Card), HowView::Card),
            (4, Some(Ending::Person), HowView::Person),
        ];
        for (hours, ended, expected) in cases {
            assert_eq!(use_view(&line(hours, ended)).how, expected);
        }
    }

    #[tokio::test]
    async fn pages_of_the_journal_follow_each_other_and_the_chain_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let records = journal(folder.path(), 60).await;
        let first = page(&records, None).await.unwrap();
        assert_eq!((first.entries.len(), first.older), (50, true));
        let last = page(&records, first.entries.last().map(|entry| entry.seq)).await.unwrap();
        assert!(!last.older && last.entries.len() >= 10);
        assert!(last.entries[0].seq < first.entries[49].seq);
        assert_eq!(first.entries[0].means.as_deref(), Some("eid"));
        assert_eq!(chain(&records).await.unwrap(), ChainView::Whole { after: 0 });
    }

    async fn journal(folder: &std::path::Path, entries: i64) -> RecordRoom {
        let environment = EnvironmentName::parse("sandbox").unwrap();
        let records = RecordRoom::open(folder, environment.clone(), Time::of_this_pc().clock).unwrap();
        for second in 0..entries {
            let entry = Entry {
                at: Timestamp::from_second(1_772_434_800 + second).unwrap(),
                subject: relais_core::journal::Subject::Session,
                event: "signed-in".into(),
                environment: environment.clone(),
                slot: None,
                code: None,
                detail: [("means".to_owned(), "eid".to_owned())].into(),
            };
            records.append(entry).await.unwrap();
        }
        records
    }

    #[tokio::test]
    async fn an_entry_that_somebody_changed_is_shown_by_its_number_among_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let records = journal(folder.path(), 3).await;
        let behind = rusqlite::Connection::open(folder.path().join(relais_store::DATABASE)).unwrap();
        let change = "DROP TRIGGER journal_is_not_changed; UPDATE journal SET code = 1 WHERE seq > 1";
        behind.execute_batch(change).unwrap();
        let shown = page(&records, None).await.unwrap().entries;
        let shown: Vec<_> = shown.iter().map(|entry| (entry.seq, entry.readable, entry.at)).collect();
        let place = 1_772_434_800_000.0;
        assert_eq!(shown, [(3, false, place), (2, false, place), (1, true, place)]);
    }

    #[tokio::test]
    async fn a_journal_that_goes_on_after_another_one_says_where_it_begins() {
        let folder = tempfile::tempdir().unwrap();
        journal(folder.path(), 3).await.close().await;
        std::fs::remove_file(folder.path().join(relais_store::DATABASE)).unwrap();
        let records = journal(folder.path(), 1).await;
        assert_eq!(chain(&records).await.unwrap(), ChainView::Whole { after: 3 });
    }
}
