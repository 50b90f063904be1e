//! WebKitGTK tells of it by the signal `web-process-terminated`.

use tauri::WebviewWindow;
use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

pub(super) fn on_death(window: &WebviewWindow, died: impl Fn() + Send + 'static) -> tauri::Result<()> {
    window.with_webview(move |page| {
        page.inner().connect_web_process_terminated(move |_, reason| {
            // What we ended ourselves has not died.
            if reason != WebProcessTerminationReason::TerminatedByApi {
                died();
            }
        });
    })
}
