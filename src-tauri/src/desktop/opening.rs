//! How an environment is opened, once, and what a second start finds.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use relais_core::session::Errand;
use relais_core::{Code, Problem};

use super::{Desktop, lock};
use crate::arguments::{self, Arguments};
use crate::{windows, wiring};

/// How often a folder that another program owns is tried again.
const AGAIN: Duration = Duration::from_secs(2);
/// How long a second start is told that this is not the world it named.
const TOLD: Duration = Duration::from_mins(2);

impl Desktop {
    /// Opens the environment that was given or chosen before; a fresh install has none yet.
    pub(crate) fn start_chosen(&self) {
        let chosen = match &self.0.arguments {
            Arguments { profile: Some(_), .. } => Some(String::new()),
            Arguments { environment: Some(name), .. } => Some(name.clone()),
            _ => lock(&self.0.preferences).environment.as_ref().map(ToString::to_string),
        };
        if let Some(name) = chosen {
            let desktop = self.clone();
            tauri::async_runtime::spawn(async move {
                if let Err(problem) = desktop.wire_in_turn(&name).await {
                    desktop.say(problem);
                }
            });
        }
    }

    /// Opens it as soon as no other program has its folder: a command that waits for a PIN is done some time, and a
    /// Relais that started meanwhile renews the session then.
    async fn wire_in_turn(&self, name: &str) -> Result<(), Problem> {
        loop {
            let wired = self.wire(name).await;
            let owned = wired.as_ref().err().filter(|problem| problem.code == Code::ALREADY_OWNED);
            match (owned, self.0.awaiting.load(Ordering::SeqCst)) {
                (Some(problem), false) => {
                    self.0.awaiting.store(true, Ordering::SeqCst);
                    self.say(problem.clone());
                }
                (Some(_), true) => {}
                (None, awaited) => {
                    if awaited {
                        self.0.awaiting.store(false, Ordering::SeqCst);
                        self.unsay(Code::ALREADY_OWNED);
                    }
                    return wired;
                }
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Whether an environment is about to show.
    pub(super) fn is_opening(&self) -> bool {
        self.0.opening.load(Ordering::SeqCst) || self.0.awaiting.load(Ordering::SeqCst)
    }

    /// Relais was started while it runs, with this command line in this folder. A start in the background wants no
    /// window; one that asked for another world is told that this is not it.
    pub(crate) fn started_again(&self, line: &[String], folder: &Path) {
        if arguments::in_background(line) {
            return;
        }
        let told = lock(&self.0.trouble).iter().any(|problem| problem.code == Code::OTHER_START);
        if self.0.arguments.differ_from(line, folder) && !told {
            self.say(Code::OTHER_START.into());
            let desktop = self.clone();
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(TOLD).await;
                desktop.unsay(Code::OTHER_START);
            });
        }
        windows::show_main(self.app());
    }

    fn unsay(&self, code: Code) {
        lock(&self.0.trouble).retain(|problem| problem.code != code);
        self.emit();
    }

    /// Remembers the environment a person chose, and opens it.
    pub(crate) async fn choose_environment(&self, name: &str) -> Result<(), Problem> {
        let parsed = relais_core::environment::EnvironmentName::parse(name)
            .map_err(|_| Problem::new(Code::NO_ENVIRONMENT).with("environment", name))?;
        self.wire(name).await?;
        self.prefer(|preferences| preferences.environment = Some(parsed))
    }

    /// Whether the environment was chosen in the window and can be chosen anew there: what an argument says stays.
    pub(crate) fn environment_chosen(&self) -> bool {
        let Arguments { profile, environment, .. } = &self.0.arguments;
        profile.is_none() && environment.is_none() && lock(&self.0.preferences).environment.is_some()
    }

    /// Forgets which environment was chosen, and starts anew to ask. Sessions on disk stay with their environment.
    pub(crate) fn forget_environment(&self) -> Result<(), Problem> {
        if !self.environment_chosen() {
            return Err(Code::USAGE.into());
        }
        if self
            .engine()
            .is_ok_and(|engine| !matches!(engine.state().errand, Errand::Idle | Errand::Failed { .. }))
        {
            return Err(Code::SIGN_IN_RUNNING.into());
        }
        self.prefer(|preferences| preferences.environment = None)?;
        self.app().request_restart();
        Ok(())
    }

    /// Opens an environment, once: a second wish waits for no second engine.
    async fn wire(&self, name: &str) -> Result<(), Problem> {
        if lock(&self.0.wired).is_some() || self.0.opening.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        self.emit();
        let wired = self.wired(name).await;
        self.0.opening.store(false, Ordering::SeqCst);
        self.emit();
        wired
    }

    async fn wired(&self, name: &str) -> Result<(), Problem> {
        let preferences = lock(&self.0.preferences).clone();
        let wired = wiring::wire(&self.0.arguments, name, &self.0.root, &preferences).await?;
        let states = wired.running.handle.states();
        let (turns, changes) = (wired.turns(), wired.changes());
        *lock(&self.0.wired) = Some(wired);
        self.ask_for_notifications();
        self.watch(states);
        self.follow_services();
        self.follow_certificates();
        turns.into_iter().for_each(|turns| self.follow(turns));
        changes.into_iter().for_each(|changes| self.follow_sandbox(changes));
        Ok(())
    }
}
