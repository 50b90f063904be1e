//! Signing in and out.

use relais_core::environment::Quality;
use relais_core::lease::Means;
use relais_core::session::{Ask, Event};
use relais_core::{Code, Problem};
use relais_engine::view::{CardView, ProblemView, Snapshot};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// Everything the main window shows.
#[tauri::command]
#[specta::specta]
pub(crate) fn snapshot(desktop: State<'_, Desktop>) -> Snapshot {
    desktop.snapshot()
}

/// Starts a sign-in: `eid` or `eid-only`. What comes of it arrives as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(desktop: State<'_, Desktop>, means: String) -> Result<(), ProblemView> {
    let means = match means.as_str() {
        "eid" => Means::Eid,
        "eid-only" => Means::EidOnly,
        _ => return Err(told(Problem::new(Code::MEANS_NOT_HERE))),
    };
    // The card that the window shows as ready is the one that is meant.
    let reader = match desktop.snapshot().card {
        CardView::Ready { reader, .. } => Some(reader),
        _ => desktop.reader(),
    };
    desktop
        .engine()
        .map_err(told)?
        .sign_in(Ask { means, quality: Quality::doctor(), reader, person: None })
        .await
        .map(drop)
        .map_err(told)
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
