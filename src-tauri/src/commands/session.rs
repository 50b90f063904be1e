//! Signing in and out.

use jiff::Timestamp;
use relais_core::lease::{Means, SlotId};
use relais_core::session::exception::{Reason, Why};
use relais_core::session::{Ask, Event};
use relais_core::{Code, Problem};
use relais_engine::view::{Millis, ProblemView, Snapshot, WithoutCardView};
use relais_host::book;
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// Everything the main window shows.
#[tauri::command]
#[specta::specta]
pub(crate) fn snapshot(desktop: State<'_, Desktop>) -> Snapshot {
    desktop.snapshot()
}

/// Starts a sign-in: `eid`, `eid-only` or, for an organisation, `certificate`; of this one, where several may be meant.
/// What comes of it arrives as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(
    desktop: State<'_, Desktop>,
    means: String,
    person: Option<String>,
) -> Result<(), ProblemView> {
    let means = match means.as_str() {
        "eid" => Means::Eid,
        "eid-only" => Means::EidOnly,
        "certificate" => Means::Certificate,
        _ => return Err(told(Problem::new(Code::MEANS_NOT_HERE))),
    };
    let (reader, person) = (desktop.meant_reader(), meant(person)?);
    begin(&desktop, Ask { reader, person, ..Ask::by(means) }).await
}

async fn begin(desktop: &Desktop, ask: Ask) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.sign_in(ask).await.map(drop).map_err(told)
}

/// Gives the session in use a new life: the PIN is asked. What comes of it arrives as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn renew(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.renew().await.map_err(told)
}

/// The PIN of a renewal is asked for later.
#[tauri::command]
#[specta::specta]
pub(crate) async fn snooze(desktop: State<'_, Desktop>, until: Millis) -> Result<(), ProblemView> {
    // Whole milliseconds; what no calendar knows is no time.
    let until = Timestamp::from_millisecond(until as i64).map_err(|_| told(Code::USAGE.into()))?;
    desktop.engine().map_err(told)?.tell(Event::Snoozed { until }).await.map_err(told)
}

/// The slot of the person whom somebody chose.
fn meant(person: Option<String>) -> Result<Option<SlotId>, ProblemView> {
    person.map(|slot| SlotId::parse(&slot).map_err(|_| told(Code::USAGE.into()))).transpose()
}

/// Puts the noted time back, where the sign-in service agrees that it lies ahead.
#[tauri::command]
#[specta::specta]
pub(crate) async fn put_time_back(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.time_keeper().map_err(told)?.put_back().await.map_err(told)
}

/// What is to be told before somebody works without the card: this person, where several may be meant.
#[tauri::command]
#[specta::specta]
pub(crate) async fn without_card(
    desktop: State<'_, Desktop>,
    person: Option<String>,
) -> Result<WithoutCardView, ProblemView> {
    let person = meant(person)?;
    let room = desktop.without_card().map_err(told)?;
    room.facts(person).await.map(|facts| book::without_card(&facts)).map_err(told)
}

/// Begins a sign-in without the card, for a reason, of this person; the password is asked next.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_without_card(
    desktop: State<'_, Desktop>,
    reason: String,
    note: Option<String>,
    person: Option<String>,
) -> Result<(), ProblemView> {
    let person = meant(person)?;
    let reason = Reason::parse(&reason).ok_or_else(|| told(Code::REASON_WANTED.into()))?;
    let why = Some(Why { reason, note });
    begin(&desktop, Ask { why, person, ..Ask::by(Means::Fallback) }).await
}

/// The person does not want to go on, or has read what went wrong.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in_cancel(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.tell(Event::Cancelled).await.map_err(told)
}

/// Ends the session and erases it from this PC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_out(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.tell(Event::SignOutAsked).await.map_err(told)
}
