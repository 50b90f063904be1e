//! The two windows. Neither ever goes anywhere but to its own page.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::desktop::Desktop;
use crate::pages;

const MAIN: &str = "main";
const PIN: &str = "pin";

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
        .build()?;
    // It shows what the engine says, and nothing is lost with it.
    pages::keep(&window, |_| ());
    let desktop = desktop.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            // With the main window gone nobody could see what a PIN is for.
            close_pin(desktop.app());
        }
    });
    Ok(())
}

/// Brings the main window to the front: somebody started Relais a second time.
pub(crate) fn show_main(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
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
    let built = WebviewWindowBuilder::new(app, PIN, WebviewUrl::App("pin.html".into()))
        .title(desktop.pin_title())
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
