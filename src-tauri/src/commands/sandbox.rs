//! The hand in the sandbox: what is shown of it, and what a person does there. In any other environment it is refused.

use relais_engine::view::ProblemView;
use relais_engine::view::sandbox::{SandboxDeed, SandboxView};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// The sandbox as it is now: asked, never remembered.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sandbox(desktop: State<'_, Desktop>) -> Result<SandboxView, ProblemView> {
    desktop.sandbox().await.map_err(told)
}

/// Does something there, and tells how it is then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sandbox_do(
    desktop: State<'_, Desktop>,
    deed: SandboxDeed,
) -> Result<SandboxView, ProblemView> {
    desktop.sandbox_do(deed).await.map_err(told)
}
