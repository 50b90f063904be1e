//! Writes down what the watch saw and what was done: the timeline, the journal, and the routes that a person chose.

use std::collections::BTreeMap;

use jiff::Timestamp;
use relais_core::continuity::record::{Deed, FUNCTIONS};
use relais_core::continuity::timeline::FunctionId;
use relais_core::continuity::watch::{Did, Noted};
use relais_core::journal::Subject;
use relais_core::session::Record;
use relais_core::{Code, Problem};

use crate::adapters::{Adapters, unwritten};
use crate::records::Sight;

/// Somebody looked, and these functions are not as they were.
pub(super) async fn seen(adapters: &Adapters, at: Timestamp, changes: Vec<Noted>) {
    let named = |Noted { function, change }: Noted| {
        tracing::info!(function, health = ?change.health, "a function is in another state");
        // The catalogue names its functions as the timeline does, which a test of it holds.
        FunctionId::parse(&function).ok().map(|function| (function, change))
    };
    let changes = changes.into_iter().filter_map(named).collect();
    told(adapters, adapters.records.sighted(Sight { at, changes }).await).await;
}

/// Something was done about a route.
pub(super) async fn did(adapters: &Adapters, did: Did) {
    let mut detail = BTreeMap::from([
        ("service".to_owned(), did.service.0),
        (FUNCTIONS.to_owned(), did.functions.join(" ")),
    ]);
    detail.extend(did.to.map(|to| ("to".to_owned(), to)));
    if let (Deed::RouteChosen, Some(manual)) = (did.what, did.manual) {
        detail.insert("reason".to_owned(), manual.reason);
        detail.insert("until".to_owned(), manual.until.to_string());
    }
    record(adapters, did.at, did.what, detail).await;
}

/// The paper of a function was printed.
pub(crate) async fn printed(adapters: &Adapters, function: &FunctionId) {
    let detail = [(FUNCTIONS.to_owned(), function.as_str().to_owned())].into();
    record(adapters, adapters.clock.now().wall, Deed::PaperPrinted, detail).await;
}

async fn record(adapters: &Adapters, at: Timestamp, what: Deed, detail: BTreeMap<String, String>) {
    let record =
        Record { at, subject: Subject::Service, event: what.event(), slot: None, code: None, detail };
    told(adapters, adapters.record(record).await).await;
}

/// The choices as they are when they are written: of two at once the later one stays.
pub(super) async fn keep_routes(adapters: &Adapters) {
    let Ok(services) = adapters.watch() else { return };
    let watch = services.handle().clone();
    let chosen = move || watch.state().chosen(watch.now().wall);
    told(adapters, adapters.records.keep_routes(chosen).await).await;
}

/// What waits is tried again by the engine, as entries of the journal are, and the person is told.
async fn told(adapters: &Adapters, written: Result<(), Problem>) {
    match written {
        Err(problem) if problem.code == Code::JOURNAL_WAITING => adapters.warn(problem).await,
        written => unwritten(written),
    }
}
