//! Relais without its window: the icon near the clock, and what closing, hiding and stopping mean.
//!
//! Closing the window hides it where an icon brings it back; elsewhere it is only made small, so that nobody loses a
//! program that goes on. A setting lets closing stop Relais. Stopping ends Relais anywhere; the session stays on this PC as
//! the settings say.

use std::time::Duration;

use relais_core::session::notice::Board;
use relais_core::session::sign::sign;
use relais_core::{Code, Problem};
use relais_host::preferences::Closing;
use relais_host::when;

use super::{Desktop, lock};
use crate::autostart::{self, Program, Settled};
use crate::tray::{Mark, Said, Tray, Wish};
use crate::windows;

/// How often the icon is looked at while nothing happens: time alone can change it.
const LOOK: Duration = Duration::from_secs(30);

/// What becomes of the window when a person closes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenClosed {
    /// It is hidden; the icon near the clock brings it back.
    Hides,
    /// It is made small: nothing else would bring it back.
    Shrinks,
    /// Relais ends with it.
    Stops,
}

impl Desktop {
    /// Puts the icon near the clock. Without one the window is all there is.
    pub(crate) fn start_tray(&self) {
        let theirs = self.clone();
        let mark = self.mark();
        match Tray::start(self.app(), mark, move |said| theirs.tray_said(said)) {
            Ok(tray) => {
                // Nobody else sets it.
                let _ = self.0.tray.set(tray);
                self.look_at_the_time();
            }
            Err(error) => {
                tracing::warn!(%error, "no icon near the clock");
                self.tray_said(Said::There(false));
            }
        }
    }

    fn look_at_the_time(&self) {
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            loop {
                looks.tick().await;
                desktop.mark_tray();
                desktop.tell_outside();
            }
        });
    }

    /// Shows on the icon what is true now.
    pub(super) fn mark_tray(&self) {
        if let Some(tray) = self.0.tray.get() {
            tray.show(self.mark());
        }
    }

    fn mark(&self) -> Mark {
        let (state, now) = self.now();
        let environment = lock(&self.0.wired).as_ref().map(|wired| wired.environment.class.clone());
        Mark {
            sign: sign(&state.session, Board::loudest(&state.matters()), state.platform_moment(now)),
            stored: state.session.open().map(|open| open.stored),
            renews: state.ask_to_renew(None).is_ok(),
            real: environment.is_none_or(|class| class == "production"),
            language: lock(&self.0.preferences).language(),
            today: when::day(state.platform_moment(now).wall),
        }
    }

    /// The icon near the clock is there.
    pub(crate) fn near_clock(&self) -> bool {
        self.0.tray.get().is_some_and(Tray::is_there)
    }

    /// What becomes of the window when a person closes it.
    pub(crate) fn when_closed(&self) -> WhenClosed {
        match lock(&self.0.preferences).closing {
            Closing::Stops => WhenClosed::Stops,
            Closing::Hides if self.near_clock() => WhenClosed::Hides,
            Closing::Hides => WhenClosed::Shrinks,
        }
    }

    /// Relais was started with the computer: nobody asked for a window.
    pub(crate) fn starts_in_background(&self) -> bool {
        self.0.arguments.background
    }

    /// Starts Relais with the computer, or no longer. The entry of the system goes first: what is kept is then true.
    pub(crate) fn choose_autostart(&self, on: bool) -> Result<(), Problem> {
        let done = match on {
            true => self.program().and_then(|program| autostart::switch_on(&program)),
            false => autostart::switch_off(),
        };
        done.map_err(|error| autostart_refused(&error))?;
        self.prefer(|preferences| preferences.autostart = on)
    }

    /// Repairs the entry of the system, or follows what a person said there. Beside the window's thread: it is a file.
    pub(crate) fn settle_autostart(&self) {
        let desktop = self.clone();
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(problem) = desktop.settled_autostart() {
                desktop.say(problem);
            }
        });
    }

    fn settled_autostart(&self) -> Result<(), Problem> {
        if !lock(&self.0.preferences).autostart {
            return Ok(());
        }
        let settled = self.program().and_then(|program| autostart::settle(&program));
        match settled.map_err(|error| autostart_refused(&error))? {
            Settled::Fine => Ok(()),
            Settled::Repaired => {
                tracing::info!("the entry that starts Relais with the computer was written anew");
                Ok(())
            }
            Settled::Refused => self.prefer(|preferences| preferences.autostart = false),
        }
    }

    fn program(&self) -> std::io::Result<Program> {
        Program::own(self.0.arguments.for_the_next_start()?)
    }

    fn tray_said(&self, said: Said) {
        let app = self.app().clone();
        match said {
            Said::There(true) => {
                tracing::info!("the icon near the clock is there");
                self.emit();
            }
            // Asking a window waits for its thread, and this is a thread of the panel's.
            Said::There(false) => {
                self.emit();
                tauri::async_runtime::spawn_blocking(move || windows::bring_back(&app));
            }
            Said::Wished(Wish::Open) => windows::show_main(&app),
            Said::Wished(Wish::Renew) => {
                windows::show_main(&app);
                let desktop = self.clone();
                tauri::async_runtime::spawn(async move {
                    if let Err(problem) = desktop.renew().await {
                        tracing::info!(%problem, "nothing is renewed");
                    }
                });
            }
            Said::Wished(Wish::Hide) => windows::hide_main(&app),
            Said::Wished(Wish::Stop) => app.exit(0),
        }
    }
}

fn autostart_refused(error: &std::io::Error) -> Problem {
    Problem::new(Code::AUTOSTART_REFUSED).with("reason", error.kind())
}
