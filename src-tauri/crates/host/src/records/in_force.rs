//! Episodes that were written down under a number of their own and go on with a line that the ledger had: what asked hears
//! of it, however late the disk answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use relais_core::lease::LeaseId;
use relais_core::session::ledger::Line;

#[derive(Default)]
struct Known {
    /// Which number counts for one that was asked for.
    instead: HashMap<LeaseId, LeaseId>,
    /// What nobody has heard of yet.
    unheard: Vec<(LeaseId, Line)>,
}

/// What the ledger made of what was written down. Clones are the same one.
#[derive(Clone, Default)]
pub struct InForce(Arc<Mutex<Known>>);

impl InForce {
    /// `line` is in force for what was written down as `asked`.
    pub fn note(&self, asked: &Line, line: Line) {
        if asked.episode == line.episode && asked.started_at <= line.started_at {
            return;
        }
        let mut known = self.known();
        known.instead.insert(asked.episode.clone(), line.episode.clone());
        known.unheard.push((asked.episode.clone(), line));
    }

    /// Under which number this episode stands in the ledger.
    pub fn number(&self, asked: &LeaseId) -> LeaseId {
        self.known().instead.get(asked).unwrap_or(asked).clone()
    }

    /// What nobody has heard of yet, with the number it was asked for.
    pub fn take(&self) -> Vec<(LeaseId, Line)> {
        std::mem::take(&mut self.known().unheard)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Every change is whole at once, so a panic elsewhere leaves it so.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
