//! Notifications of Windows and macOS, through notify-rust. Never compiled here (docs/conformance.md).
//!
//! There a notification can be neither replaced nor taken back: a new one stands beside the old one until that goes by
//! itself, and a click on an old one opens the same place.

use notify_rust::{Notification, NotificationResponse, Timeout};
use relais_core::session::notice::{Change, Notice, Urgency};

use super::{Heard, Listener, Orders, Words};

/// Runs until nobody orders anything any more.
pub(super) fn show(mut orders: Orders, heard: Listener) {
    while let Some(order) = orders.blocking_recv() {
        if let (Change::Show(notice) | Change::Replace(notice), Some(words)) = (order.change, order.words) {
            shown(notice, &words, &heard);
        }
    }
}

fn shown(notice: Notice, words: &Words, heard: &Listener) {
    let mut notification = Notification::new();
    notification.summary(&words.summary).body(&words.body).action("open", &words.button);
    if notice.urgency == Urgency::Banner {
        notification.timeout(Timeout::Never);
    }
    match notification.show() {
        Ok(handle) => {
            heard(Heard::Shows(true));
            let heard = heard.clone();
            let wait = move || {
                let told = handle.wait_for_response(move |response: &NotificationResponse| {
                    heard(match response {
                        NotificationResponse::Closed(_) => Heard::Gone(notice.key),
                        _ => Heard::Opened(notice.key, notice.opens),
                    });
                });
                if let Err(error) = told {
                    tracing::info!(%error, "a click will open nothing");
                }
            };
            if let Err(error) = std::thread::Builder::new().name("notification".to_owned()).spawn(wait) {
                tracing::info!(%error, "a click will open nothing");
            }
        }
        Err(error) => {
            tracing::info!(%error, text = notice.text, "a notification is not shown");
            heard(Heard::Shows(false));
            heard(Heard::Gone(notice.key));
        }
    }
}
