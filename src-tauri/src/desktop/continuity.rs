//! Continuity, for whoever looks: the page asks for it, and is told when to ask again.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use relais_core::Problem;
use relais_core::continuity::judge::health;
use relais_core::continuity::returns::Returns;
use relais_engine::view::ProblemView;
use relais_engine::view::continuity::{Continuity, SoftwareView};
use relais_host::continuity::Services;
use relais_host::continuity::view::{Scene, continuity, software};
use relais_host::past::PastBook;
use relais_host::preferences::{Language, Practice};
use serde::{Deserialize, Serialize};
use tauri::Manager;
use tauri_specta::Event;

use super::{Desktop, lock};

/// Something is other than it was: whoever shows continuity asks for it again.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct ContinuityChanged;

/// Many answers of one moment are told once.
const TOGETHER: Duration = Duration::from_millis(300);

impl Desktop {
    /// The watch of the platform's services.
    pub(crate) fn services(&self) -> Result<Services, Problem> {
        self.of_running(relais_host::relais::Running::services)?
    }

    /// What was, as it is shown and given away.
    pub(crate) fn past(&self) -> Result<PastBook, Problem> {
        self.of_running(relais_host::relais::Running::past)?
    }

    /// Where a person looks for what they saved, the likeliest first.
    pub(crate) fn documents(&self) -> Vec<PathBuf> {
        let path = self.app().path();
        let all = [path.document_dir(), path.download_dir(), path.home_dir()];
        all.into_iter().filter_map(Result::ok).filter(|folder| folder.is_dir()).collect()
    }

    /// Everything that is said of the functions; in the words of a language, or of the person's.
    pub(crate) fn continuity(&self, language: Option<Language>) -> Result<Continuity, Problem> {
        let revision = self.next_view();
        let (services, engine) = (self.services()?, self.engine()?);
        let (usual, practice) = {
            let preferences = lock(&self.0.preferences);
            (preferences.language(), preferences.practice)
        };
        let language = language.unwrap_or(usual);
        let scene = Scene { revision, language, now: engine.now(), facts: services.facts(), practice };
        Ok(continuity(&services.handle().state(), &engine.state(), scene))
    }

    /// Which software supports the emergency procedure.
    pub(crate) fn software(&self) -> SoftwareView {
        software(lock(&self.0.preferences).language())
    }

    /// What lay on this PC for continuity and cannot be used, for as long as that is so.
    pub(super) fn continuity_troubles(&self) -> Vec<ProblemView> {
        let services = self.services().ok();
        let state = services.map(|services| services.handle().state());
        state.iter().flat_map(|state| state.troubles()).map(relais_engine::problem_view).collect()
    }

    /// Something that only the practice knows of itself.
    pub(crate) fn set_practice(&self, change: impl FnOnce(&mut Practice)) -> Result<(), Problem> {
        self.prefer(|preferences| change(&mut preferences.practice))?;
        self.continuity_changed();
        Ok(())
    }

    fn continuity_changed(&self) {
        if let Err(error) = ContinuityChanged.emit_to(self.app(), "main") {
            tracing::warn!(%error, "a window does not hear");
        }
    }

    /// Somebody looks at the window, or nobody does any more.
    pub(crate) fn looked_at(&self, somebody: bool) {
        self.0.looked_at.store(somebody, Ordering::SeqCst);
        self.tell_who_looks();
    }

    /// Says on what the window said last. With no environment open there is nobody to tell: that is done once there is.
    fn tell_who_looks(&self) {
        // Read under the lock, so that what was said later is told later.
        let told = self.of_running(|running| {
            let services = running.services();
            services.iter().for_each(|it| it.looked_at(self.0.looked_at.load(Ordering::SeqCst)));
        });
        told.unwrap_or_default();
    }

    /// Sees how each function is, and says it outside the window where one is back to normal.
    fn look_for_returns(&self) {
        let Ok(services) = self.services() else { return };
        let (state, now) = (services.handle().state(), services.handle().now().wall);
        let functions = state.plan().functions.iter().map(|function| health(&state, function, now));
        lock(&self.0.returns).look(functions.enumerate(), now);
        self.tell_outside();
    }

    /// Tells the page of every change.
    pub(super) fn follow_services(&self) {
        self.tell_who_looks();
        let (Ok(services), Ok(engine)) = (self.services(), self.engine()) else { return };
        let (mut watched, mut sessions) = (services.handle().states(), engine.states());
        let mut found = services.found();
        drop((services, engine));
        *lock(&self.0.returns) = Returns::default();
        self.look_for_returns();
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            let mut troubles = desktop.continuity_troubles();
            loop {
                let changed = tokio::select! {
                    changed = watched.changed() => changed,
                    changed = sessions.changed() => changed,
                    changed = found.changed() => changed,
                };
                if changed.is_err() {
                    return;
                }
                tokio::time::sleep(TOGETHER).await;
                watched.mark_unchanged();
                sessions.mark_unchanged();
                found.mark_unchanged();
                desktop.continuity_changed();
                desktop.look_for_returns();
                let now = desktop.continuity_troubles();
                if std::mem::replace(&mut troubles, now.clone()) != now {
                    desktop.emit();
                }
            }
        });
    }
}
