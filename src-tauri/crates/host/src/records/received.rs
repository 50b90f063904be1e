//! Assertions that were received lately. They are known beside the database, too: one that hangs or cannot be written
//! keeps nobody from signing in, and nothing is forgotten while Relais runs.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use relais_core::lease::LeaseId;

/// An assertion is not taken twice within this time (docs/threat-model.md, T6).
const REPLAY: SignedDuration = SignedDuration::from_hours(48);

/// By the number of the lease: when, in milliseconds.
pub type Times = BTreeMap<String, i64>;

/// The shared handle.
#[derive(Debug, Clone, Default)]
pub struct Received(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    times: Times,
    begun: bool,
}

impl Received {
    /// Notes one; gives all that count at `now`.
    pub fn note(&self, lease: LeaseId, now: Timestamp) {
        self.held().times.insert(lease.0, now.as_millisecond());
    }

    /// All that count at `now`; older ones are forgotten.
    pub fn since(&self, now: Timestamp) -> HashSet<String> {
        let from = now.as_millisecond().saturating_sub(REPLAY.as_millis() as i64);
        let mut held = self.held();
        held.times.retain(|_, at| *at >= from);
        held.times.keys().cloned().collect()
    }

    /// As they are to be written down.
    pub fn times(&self) -> Times {
        self.held().times.clone()
    }

    /// Adds what an earlier start noted.
    pub fn add(&self, stored: Times) {
        let mut held = self.held();
        let newer = std::mem::replace(&mut held.times, stored);
        held.times.extend(newer);
    }

    /// What an earlier start noted was added, or cannot be read now.
    pub fn begin(&self) {
        self.held().begun = true;
    }

    /// Whether [`Self::begin`] was reached.
    pub fn is_begun(&self) -> bool {
        self.held().begun
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Every change is whole before anything that can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
