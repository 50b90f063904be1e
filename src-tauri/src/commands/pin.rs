//! The PIN window. Each digit goes to the desk as it is typed; the page learns how many there are.

use relais_engine::view::{PinView, ProblemView};
use tauri::State;

use super::told;
use crate::desktop::Desktop;

/// Everything the PIN window shows.
#[tauri::command]
#[specta::specta]
pub(crate) fn pin_view(desktop: State<'_, Desktop>) -> PinView {
    desktop.pin_view()
}

/// One digit, 0 to 9.
#[tauri::command]
#[specta::specta]
pub(crate) fn pin_digit(desktop: State<'_, Desktop>, digit: u8) -> Result<PinView, ProblemView> {
    desktop.engine().map_err(told)?.push_digit(digit);
    Ok(desktop.pin_view())
}

/// Takes the last digit back.
#[tauri::command]
#[specta::specta]
pub(crate) fn pin_erase(desktop: State<'_, Desktop>) -> Result<PinView, ProblemView> {
    desktop.engine().map_err(told)?.erase_digit();
    Ok(desktop.pin_view())
}

/// The PIN is complete.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_confirm(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.confirm_pin().await.map_err(told)
}

/// The person does not want to go on; the window closes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_cancel(desktop: State<'_, Desktop>) -> Result<(), ProblemView> {
    desktop.leave_pin().await.map_err(told)
}

/// The person is certain of the PIN that `question` asks for; on a reader's keypad it is typed there, now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_consent(desktop: State<'_, Desktop>, question: u32) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.consent(question.into()).await.map_err(told)
}

/// The keypad of the reader once more (`true`), or this PC's keyboard instead, which is remembered for this reader.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_use_keypad(
    desktop: State<'_, Desktop>,
    question: u32,
    use_keypad: bool,
) -> Result<(), ProblemView> {
    if use_keypad {
        desktop.engine().map_err(told)?.use_keypad(question.into()).await.map_err(told)
    } else {
        desktop.type_here(question.into()).await.map_err(told)
    }
}

/// One character of a keystore's password, straight onto the desk; the one at place 0 begins anew.
///
/// A call leaves copies of what it carries in buffers of the web view that nobody can wipe, so none carries a password.
#[tauri::command]
#[specta::specta]
pub(crate) fn secret_push(
    desktop: State<'_, Desktop>,
    place: u16,
    character: char,
) -> Result<(), ProblemView> {
    desktop.engine().and_then(|engine| engine.push_character(place.into(), character)).map_err(told)
}

/// The password of a keystore is complete.
#[tauri::command]
#[specta::specta]
pub(crate) async fn secret_put(desktop: State<'_, Desktop>, remember: bool) -> Result<(), ProblemView> {
    desktop.engine().map_err(told)?.confirm_password(remember).await.map_err(told)
}
