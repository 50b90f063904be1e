//! What is said outside the window, while it is true: notifications of the desktop.

use relais_core::Problem;
use relais_core::session::notice::{Matter, Notice, Sheet, turn};
use relais_engine::view::CardView;
use relais_host::texts::Texts;
use tauri_specta::Event as _;

use super::{AskedPlace, Desktop, PlaceAsked, lock};
use crate::notifications::{Heard, Notifications, Words};
use crate::windows;

impl Desktop {
    /// Puts on the screen what must be said now, and takes back what is no longer true.
    pub(super) fn tell_outside(&self) {
        let (state, pc) = self.now();
        let now = state.platform_moment(pc);
        let popups = lock(&self.0.preferences).notifications;
        let mut matters = state.matters();
        matters.extend(Matter::of_returns(&lock(&self.0.returns).said(pc.wall)));
        matters.extend(self.certificates().ok().and_then(|certificates| certificates.known().matter()));
        let changes = {
            let mut board = lock(&self.0.board);
            let (turned, changes) = turn(std::mem::take(&mut *board), &matters, popups, now.wall);
            *board = turned;
            changes
        };
        if changes.is_empty() {
            return;
        }
        let texts = Texts::new(lock(&self.0.preferences).language());
        self.ask_for_notifications();
        let shown = lock(&self.0.notifications);
        for change in changes {
            if let Some(notifications) = shown.as_ref() {
                notifications.change(change, |notice| {
                    Words::of(notice, self.function_of(notice).as_deref(), &texts, now.wall)
                });
            }
        }
    }

    /// The name of the function that a notice tells of.
    fn function_of(&self, notice: &Notice) -> Option<String> {
        let place = notice.function?;
        let language = lock(&self.0.preferences).language();
        self.services().ok()?.function_name(place, language)
    }

    /// Has the desktop asked whether it shows notifications, before there is anything to say: the settings tell.
    pub(super) fn ask_for_notifications(&self) {
        let mut shown = lock(&self.0.notifications);
        if shown.is_none() {
            *shown = self.started();
        }
    }

    fn started(&self) -> Option<Notifications> {
        let desktop = self.clone();
        let started = Notifications::start(move |heard| desktop.heard_outside(heard));
        started.inspect_err(|error| tracing::warn!(%error, "no notifications")).ok()
    }

    /// Nothing of Relais stays on the screen when it ends.
    pub(super) fn say_no_more(&self) {
        lock(&self.0.notifications).take();
    }

    fn heard_outside(&self, heard: Heard) {
        match heard {
            Heard::Opened(key, sheet) => {
                lock(&self.0.board).put_away(key);
                windows::show_main(self.app());
                let place = match sheet {
                    Sheet::Services => AskedPlace::Services,
                    // Certificates have no place of their own in the window yet.
                    Sheet::Renew
                    | Sheet::Password
                    | Sheet::SignIn
                    | Sheet::ReturnToCard
                    | Sheet::Certificates => AskedPlace::Today,
                };
                if let Err(error) = PlaceAsked(place).emit_to(self.app(), "main") {
                    tracing::warn!(%error, "the window does not hear");
                }
            }
            Heard::Gone(key) => lock(&self.0.board).put_away(key),
            Heard::Shows(shows) => {
                *lock(&self.0.notifies) = Some(shows);
                self.emit();
            }
        }
    }

    /// Gives the session in use a new life: the PIN is asked.
    pub(crate) async fn renew(&self) -> Result<(), Problem> {
        let engine = self.engine()?;
        let ask = engine.state().ask_to_renew(self.meant_reader())?;
        engine.sign_in(ask).await.map(drop)
    }

    /// The card that the window shows as ready is the one that is meant.
    pub(crate) fn meant_reader(&self) -> Option<String> {
        match self.snapshot().card {
            CardView::Ready { reader, .. } => Some(reader),
            _ => self.reader(),
        }
    }
}
