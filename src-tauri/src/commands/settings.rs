//! How Relais looks and behaves on this PC. What writes a file does so beside the window's thread (`async`).

use relais_core::session::notice::Popups;
use relais_core::{Code, Problem};
use relais_engine::view::{FactView, HoursView, ProblemView};
use relais_host::book;
use relais_host::preferences::{Appearance, Closing, KeyStoreChoice, Language};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

fn unknown() -> ProblemView {
    told(Problem::new(Code::USAGE))
}

/// `nl`, `fr`, `de` or `en`.
pub(super) fn language_named(name: &str) -> Result<Language, Problem> {
    Language::ALL.into_iter().find(|language| language.name() == name).ok_or_else(|| Code::USAGE.into())
}

/// `nl`, `fr`, `de` or `en`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_language(desktop: State<'_, Desktop>, language: String) -> Result<(), ProblemView> {
    let language = language_named(&language).map_err(told)?;
    desktop.prefer(|preferences| preferences.language = Some(language)).map_err(told)
}

/// A reader's name, or none for the one that holds a card.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_reader(desktop: State<'_, Desktop>, reader: Option<String>) -> Result<(), ProblemView> {
    desktop.prefer(|preferences| preferences.reader = reader).map_err(told)
}

/// The PIN is typed on this reader's keypad again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn use_keypad(desktop: State<'_, Desktop>, reader: String) -> Result<(), ProblemView> {
    desktop.use_keypad(&reader).map_err(told)
}

/// `system`, `light` or `dark`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_appearance(desktop: State<'_, Desktop>, appearance: String) -> Result<(), ProblemView> {
    let appearance = match appearance.as_str() {
        "system" => Appearance::System,
        "light" => Appearance::Light,
        "dark" => Appearance::Dark,
        _ => return Err(unknown()),
    };
    desktop.prefer(|preferences| preferences.appearance = appearance).map_err(told)
}

/// When the practice works, and when nobody is to be disturbed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_hours(desktop: State<'_, Desktop>, hours: HoursView) -> Result<(), ProblemView> {
    desktop.set_hours(&hours).await.map_err(told)
}

/// `os`, `file` or `memory`; holds from the next sign-in on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_key_store(desktop: State<'_, Desktop>, key_store: String) -> Result<(), ProblemView> {
    let choice = match key_store.as_str() {
        "os" => KeyStoreChoice::Os,
        "file" => KeyStoreChoice::File,
        "memory" => KeyStoreChoice::Memory,
        _ => return Err(unknown()),
    };
    desktop.choose_key_store(choice).await.map_err(told)
}

/// Whether Relais starts with the computer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_autostart(desktop: State<'_, Desktop>, on: bool) -> Result<(), ProblemView> {
    desktop.choose_autostart(on).map_err(told)
}

/// Which notifications are shown: `all`, `essential` or `none`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_notifications(
    desktop: State<'_, Desktop>,
    notifications: String,
) -> Result<(), ProblemView> {
    let popups = match notifications.as_str() {
        "all" => Popups::All,
        "essential" => Popups::Essential,
        "none" => Popups::None,
        _ => return Err(unknown()),
    };
    desktop.prefer(|preferences| preferences.notifications = popups).map_err(told)
}

/// What closing the window does: `hides` or `stops`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_closing(desktop: State<'_, Desktop>, closing: String) -> Result<(), ProblemView> {
    let closing = match closing.as_str() {
        "hides" => Closing::Hides,
        "stops" => Closing::Stops,
        _ => return Err(unknown()),
    };
    desktop.prefer(|preferences| preferences.closing = closing).map_err(told)
}

/// The numbers that are policy, each with its source.
#[tauri::command]
#[specta::specta]
pub(crate) fn policy() -> Vec<FactView> {
    book::policy()
}

/// Whether this PC signs in for an organisation, with its certificate.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_organisation(desktop: State<'_, Desktop>, on: bool) -> Result<(), ProblemView> {
    desktop.prefer(|preferences| preferences.organisation = on).map_err(told)
}

/// The first choice of a fresh install: `production`, `acceptance`, `integration` or `sandbox`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_environment(desktop: State<'_, Desktop>, name: String) -> Result<(), ProblemView> {
    desktop.choose_environment(&name).await.map_err(told)
}

/// Whether `forget_environment` can be asked for: nothing but the choice of a person says which environment it is.
#[tauri::command]
#[specta::specta]
pub(crate) fn environment_chosen(desktop: State<'_, Desktop>) -> bool {
    desktop.environment_chosen()
}

/// Forgets the choice of the environment; Relais starts anew and asks.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn forget_environment(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.forget_environment().map_err(told)
}
