//! Which function is on which level, and where calls go.

use jiff::{SignedDuration, Timestamp};
use relais_core::code::clean;
use relais_core::continuity::route::Manual;
use relais_core::{Code, Problem};
use relais_engine::view::ProblemView;
use relais_engine::view::continuity::{Continuity, PageView, PastView, RecentView, SoftwareView};
use relais_host::preferences::{Language, Practice};
use tauri::{State, WebviewWindow};

use super::settings::language_named;
use super::told;
use crate::desktop::Desktop;
use crate::pages;

/// Longest time for which a person may send calls elsewhere, in minutes: a shift, not a habit.
const LONGEST: u32 = 12 * 60;

/// Everything that is said of the functions; in the words of a language, or of the person's.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn continuity(
    desktop: State<'_, Desktop>,
    language: Option<String>,
) -> Result<Continuity, ProblemView> {
    let language = language.map(|name| language_named(&name)).transpose().map_err(told)?;
    desktop.continuity(language).map_err(told)
}

/// Whether a consultation of insurability of this day, `YYYY-MM-DD`, may be relied on today; nothing is kept of it.
#[tauri::command]
#[specta::specta]
pub(crate) fn recent(desktop: State<'_, Desktop>, day: String) -> Result<RecentView, ProblemView> {
    let now = desktop.engine().map_err(told)?.now().wall;
    relais_host::continuity::recent(&day, now).map_err(told)
}

/// Something that only the practice knows of itself: `flemish_region` or `module_available`; none = not said.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_practice(
    desktop: State<'_, Desktop>,
    fact: String,
    holds: Option<bool>,
) -> Result<(), ProblemView> {
    let change = |set: fn(&mut Practice, Option<bool>)| desktop.set_practice(|practice| set(practice, holds));
    let changed = match fact.as_str() {
        "flemish_region" => change(|practice, holds| practice.flemish = holds),
        "module_available" => change(|practice, holds| practice.tariff_module = holds),
        _ => Err(Code::USAGE.into()),
    };
    changed.map_err(told)
}

/// A person sends the calls of a service to another of its addresses, for a reason and so many minutes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_route(
    desktop: State<'_, Desktop>,
    key: String,
    url: String,
    reason: String,
    minutes: u32,
) -> Result<(), ProblemView> {
    let services = desktop.services().map_err(told)?;
    let reason = clean(reason.trim());
    if reason.is_empty() || !(1..=LONGEST).contains(&minutes) {
        return Err(told(Code::USAGE.into()));
    }
    let until = end(services.handle().now().wall, minutes).map_err(told)?;
    services.choose(&key, Some(Manual { url, reason, until })).await.map_err(told)
}

/// Calls of a service go by the list again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn release_route(desktop: State<'_, Desktop>, key: String) -> Result<(), ProblemView> {
    desktop.services().map_err(told)?.choose(&key, None).await.map_err(told)
}

/// The last 30 days of all functions.
#[tauri::command]
#[specta::specta]
pub(crate) async fn past(desktop: State<'_, Desktop>) -> Result<PastView, ProblemView> {
    desktop.past().map_err(told)?.view().await.map_err(told)
}

/// The page of the record of the outage that a departure belongs to, in a language.
#[tauri::command]
#[specta::specta]
pub(crate) async fn outage_page(
    desktop: State<'_, Desktop>,
    departure: String,
    language: String,
) -> Result<PageView, ProblemView> {
    let known = Language::ALL.into_iter().find(|known| known.name() == language);
    let language = known.ok_or_else(|| told(Code::USAGE.into()))?;
    desktop.past().map_err(told)?.page(&departure, language).await.map_err(told)
}

/// Saves the signed record of that outage where the person keeps documents, and says where that is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn outage_save(
    desktop: State<'_, Desktop>,
    departure: String,
) -> Result<String, ProblemView> {
    let saved = desktop.past().map_err(told)?.save(&departure, desktop.documents()).await;
    saved.map(|path| path.display().to_string()).map_err(told)
}

/// Which software supports the emergency procedure, in the person's language.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn software(desktop: State<'_, Desktop>) -> SoftwareView {
    desktop.software()
}

/// Opens the print dialogue for what the window shows; `id` names the function whose paper that is, and it is written down
/// that it was printed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn print_page(
    desktop: State<'_, Desktop>,
    window: WebviewWindow,
    id: Option<String>,
) -> Result<(), ProblemView> {
    let printed = pages::print(&window).await.map_err(told)?;
    match id.filter(|_| printed) {
        Some(id) => desktop.past().map_err(told)?.printed(&id).await.map_err(told),
        None => Ok(()),
    }
}

fn end(now: Timestamp, minutes: u32) -> Result<Timestamp, Problem> {
    now.checked_add(SignedDuration::from_mins(minutes.into())).map_err(|_| Code::USAGE.into())
}
