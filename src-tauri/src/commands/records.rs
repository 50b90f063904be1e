//! What is written down: the journal and the ledger.

use relais_engine::view::{ChainView, JournalPage, LedgerView, ProblemView};
use relais_host::book;
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// The newest entries of the journal, or those before one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn journal(
    desktop: State<'_, Desktop>,
    before: Option<u32>,
) -> Result<JournalPage, ProblemView> {
    book::page(&desktop.records().map_err(told)?, before).await.map_err(told)
}

/// Whether the chain of the journal holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn journal_chain(desktop: State<'_, Desktop>) -> Result<ChainView, ProblemView> {
    book::chain(&desktop.records().map_err(told)?).await.map_err(told)
}

/// Sessions without the card.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ledger(desktop: State<'_, Desktop>) -> Result<LedgerView, ProblemView> {
    let now = desktop.engine().map_err(told)?.now().wall;
    book::ledger(&desktop.records().map_err(told)?, now).await.map_err(told)
}
