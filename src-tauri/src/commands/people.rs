//! Who this PC knows, and that it knows them no more.

use relais_core::Code;
use relais_core::lease::SlotId;
use relais_engine::view::{PersonView, ProblemView};
use relais_host::{book, forgetting};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// Everybody this PC knows; who is signed in comes first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn people(desktop: State<'_, Desktop>) -> Result<Vec<PersonView>, ProblemView> {
    let engine = desktop.engine().map_err(told)?;
    book::people(&desktop.records().map_err(told)?, &engine.state(), engine.now()).await.map_err(told)
}

/// Erases everything of the person with this slot from this PC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_person(desktop: State<'_, Desktop>, slot: String) -> Result<(), ProblemView> {
    let slot = SlotId::parse(&slot).map_err(|_| told(Code::USAGE.into()))?;
    forgetting::forget(&desktop.engine().map_err(told)?, slot).await.map_err(told)
}

/// Keeps where the person with this slot keeps the password of their keystore: one line in their own words.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_hint(
    desktop: State<'_, Desktop>,
    slot: String,
    hint: String,
) -> Result<(), ProblemView> {
    let slot = SlotId::parse(&slot).map_err(|_| told(Code::USAGE.into()))?;
    desktop.records().map_err(told)?.set_hint(slot, &hint).await.map_err(told)
}
