//! WebKitGTK tells of a page that died by the signal `web-process-terminated`, and of a print dialogue how it ended.

use tauri::WebviewWindow;
use webkit2gtk::{
    PrintOperation, PrintOperationExt, PrintOperationResponse, WebProcessTerminationReason, WebViewExt,
};

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

/// The dialogue belongs to the window. While it is open GTK goes on, and this call does not.
pub(super) fn print(window: &WebviewWindow, told: impl FnOnce(bool) + Send + 'static) -> tauri::Result<()> {
    let of = window.clone();
    window.with_webview(move |page| {
        let dialogue = PrintOperation::new(&page.inner());
        let response = dialogue.run_dialog(of.gtk_window().ok().as_ref());
        told(response == PrintOperationResponse::Print);
    })
}
