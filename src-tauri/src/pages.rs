//! A page whose web process died is loaded again by itself (fault F22). The engine has its own process, this one, and
//! goes on meanwhile.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use relais_core::{Code, Problem};
use tauri::WebviewWindow;
use tokio::sync::oneshot;

#[cfg(target_os = "linux")]
#[path = "pages/webkitgtk.rs"]
mod platform;

/// Nothing is noticed there yet (docs/conformance.md).
#[cfg(not(target_os = "linux"))]
mod platform {
    pub(super) fn on_death(_: &tauri::WebviewWindow, _: impl Fn() + Send + 'static) -> tauri::Result<()> {
        Ok(())
    }

    /// Nobody is told there whether the person printed in the end.
    pub(super) fn print(
        window: &tauri::WebviewWindow,
        told: impl FnOnce(bool) + Send + 'static,
    ) -> tauri::Result<()> {
        window.print().map(|()| told(true))
    }
}

/// A page that dies more often than this within [`SOON`] would come back for ever, and is left alone.
const OFTEN: usize = 3;
/// See [`OFTEN`].
const SOON: Duration = Duration::from_secs(60);

/// What became of a page that died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is being loaded again, empty.
    Back,
    /// It died too often.
    Gone,
}

/// When a page died.
#[derive(Default)]
struct Deaths(Vec<Instant>);

impl Deaths {
    fn another(&mut self, now: Instant) -> Fate {
        self.0.retain(|death| now.duration_since(*death) < SOON);
        self.0.push(now);
        if self.0.len() > OFTEN { Fate::Gone } else { Fate::Back }
    }
}

/// Opens the system's print dialogue for what a window shows; whether the person printed, as far as the system tells.
///
/// # Errors
/// [`Code::PRINT_REFUSED`].
pub(crate) async fn print(window: &WebviewWindow) -> Result<bool, Problem> {
    let (told, waiting) = oneshot::channel();
    let asked = platform::print(window, move |printed| {
        // Who asked may be gone by then, and needs no answer.
        let _ = told.send(printed);
    });
    let refused = |error: String| {
        tracing::warn!(error, "nothing can be printed");
        Problem::new(Code::PRINT_REFUSED)
    };
    asked.map_err(|error| refused(error.to_string()))?;
    waiting.await.map_err(|error| refused(error.to_string()))
}

/// Loads the page of this window again whenever it dies; `died` is told each time.
pub(crate) fn keep(window: &WebviewWindow, died: impl Fn(Fate) + Send + 'static) {
    let (page, deaths) = (window.clone(), Mutex::new(Deaths::default()));
    let again = move || {
        let fate = deaths.lock().unwrap_or_else(PoisonError::into_inner).another(Instant::now());
        tracing::warn!(window = page.label(), ?fate, "the page of a window died");
        if fate == Fate::Back
            && let Err(error) = page.reload()
        {
            tracing::error!(%error, "the page of a window does not come back");
        }
        died(fate);
    };
    if let Err(error) = platform::on_death(window, again) {
        tracing::error!(%error, "a page that dies will not come back");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_dies_again_and_again_is_left_alone_until_it_has_lived_a_while() {
        let (start, mut deaths) = (Instant::now(), Deaths::default());
        let mut after = |seconds| deaths.another(start + Duration::from_secs(seconds));
        assert_eq!([0, 1, 2].map(&mut after), [Fate::Back; 3]);
        assert_eq!(after(3), Fate::Gone);
        assert_eq!(after(63), Fate::Back);
    }
}
