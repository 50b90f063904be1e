//! The two windows. Neither ever goes anywhere but to its own page.

use relais_host::preferences::Appearance;
use tauri::webview::NewWindowResponse;
use tauri::window::Color;
use tauri::{AppHandle, Manager, Theme, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::desktop::{Desktop, WhenClosed};
use crate::pages;

const MAIN: &str = "main";
const PIN: &str = "pin";

/// What a window shows until its page draws: `--canvas` and `--raised` of ui/src/styles/tokens.css.
struct Ground {
    light: Color,
    dark: Color,
}

const CANVAS: Ground = Ground { light: Color(247, 251, 252, 255), dark: Color(18, 28, 35, 255) };
const RAISED: Ground = Ground { light: Color(255, 255, 255, 255), dark: Color(27, 38, 46, 255) };

impl Ground {
    /// The colour for an appearance; `theme` is asked only where it follows the system.
    fn of(&self, appearance: Appearance, theme: impl FnOnce() -> Option<Theme>) -> Color {
        let dark = match appearance {
            Appearance::Light => false,
            Appearance::Dark => true,
            Appearance::System => theme() == Some(Theme::Dark),
        };
        if dark { self.dark } else { self.light }
    }
}

/// The pages are served by Tauri itself; everything else is refused (threat T14).
fn ours(url: &tauri::Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    ) || (cfg!(not(feature = "custom-protocol"))
        && url.host_str() == Some("localhost")
        && url.port() == Some(1420))
}

/// Opens the main window.
pub(crate) fn open_main(app: &AppHandle, desktop: &Desktop) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Relais")
        .inner_size(1120.0, 760.0)
        .min_inner_size(860.0, 600.0)
        .on_navigation(ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .visible(!desktop.starts_in_background())
        .build()?;
    window.set_background_color(Some(CANVAS.of(desktop.appearance(), || window.theme().ok())))?;
    // It shows what the engine says, and nothing is lost with it.
    pages::keep(&window, |_| ());
    let desktop = desktop.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => match desktop.when_closed() {
            WhenClosed::Stops => {}
            WhenClosed::Hides => {
                api.prevent_close();
                hide_main(desktop.app());
            }
            WhenClosed::Shrinks => {
                api.prevent_close();
                shrink_main(desktop.app());
            }
        },
        WindowEvent::Focused(focused) => desktop.looked_at(*focused),
        // With the main window gone nobody could see what a PIN is for.
        WindowEvent::Destroyed => close_pin(desktop.app()),
        _ => {}
    });
    Ok(())
}

/// Hides the main window; Relais goes on, and the PIN window stays with its question.
pub(crate) fn hide_main(app: &AppHandle) {
    if let Some(Err(error)) = app.get_webview_window(MAIN).map(|window| window.hide()) {
        tracing::warn!(%error, "the main window does not hide");
    }
}

/// Makes the main window small, where no icon would bring a hidden one back; Relais goes on.
fn shrink_main(app: &AppHandle) {
    if let Some(Err(error)) = app.get_webview_window(MAIN).map(|window| window.minimize()) {
        tracing::warn!(%error, "the main window does not become small");
    }
}

/// Nothing else would bring a hidden window back any more: it is shown minimised, in nobody's way. Waits for the window.
pub(crate) fn bring_back(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.is_visible().and_then(|visible| match visible {
        true => Ok(()),
        false => window.minimize().and_then(|()| window.show()),
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "the main window does not come back");
    }
}

/// Brings the main window to the front: a person asked for it, near the clock or by starting Relais a second time.
pub(crate) fn show_main(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the main window does not come to the front");
        }
    }
}

/// Opens the PIN window; a person has just asked for it, so it may have the focus.
pub(crate) fn open_pin(app: &AppHandle, desktop: &Desktop) {
    if app.get_webview_window(PIN).is_some() {
        return;
    }
    let theme = || app.get_webview_window(MAIN)?.theme().ok();
    let built = WebviewWindowBuilder::new(app, PIN, WebviewUrl::App("pin.html".into()))
        .title(desktop.pin_title())
        .background_color(RAISED.of(desktop.appearance(), theme))
        .inner_size(424.0, 620.0)
        .resizable(false)
        .maximizable(false)
        .on_navigation(ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build();
    match built {
        Ok(window) => {
            let theirs = desktop.clone();
            pages::keep(&window, move |fate| theirs.pin_page_died(fate));
            let desktop = desktop.clone();
            window.on_window_event(move |event| {
                if let WindowEvent::CloseRequested { api, .. } = event
                    && !desktop.pin_window_closed()
                {
                    api.prevent_close();
                }
            });
        }
        Err(error) => tracing::error!(%error, "the PIN window cannot be opened"),
    }
}

/// Closes the PIN window.
pub(crate) fn close_pin(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(PIN)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "the PIN window does not close");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dark_window_is_dark_before_its_page_draws() {
        let asked = || panic!("the system has no say in what was chosen");
        assert_eq!(CANVAS.of(Appearance::Dark, asked), CANVAS.dark);
        assert_eq!(RAISED.of(Appearance::Light, asked), RAISED.light);
        assert_eq!(CANVAS.of(Appearance::System, || Some(Theme::Dark)), CANVAS.dark);
        assert_eq!(CANVAS.of(Appearance::System, || None), CANVAS.light);
    }
}
