//! Everything of a person goes, from every place, in one act; what cannot go now is told, and the rest goes all the same.

use relais_core::lease::SlotId;
use relais_core::session::Event;
use relais_core::{Code, Problem};
use relais_engine::Handle;

use crate::adapters::{Adapters, unwritten};
use crate::etk_cache::EtkCache;
use crate::leases::remains;

impl Adapters {
    /// Closes their key, erases lease and password, then their name and what they wrote.
    pub(crate) async fn forget_person(&self, slot: SlotId) -> Result<(), Problem> {
        let (leases, theirs) = (self.leases.clone(), slot.clone());
        let whose = slot.clone();
        let closed = self.keys.close(move |person| leases.slot(person).as_ref() == Ok(&whose)).await;
        let closed = closed.map_err(|problem| remains("key", problem.code));
        let erased = self.leases.forget(slot.clone()).await;
        unwritten(self.records.unerased(slot.clone(), erased.is_err()).await);
        let written = match self.records.forget(slot).await {
            Ok(kept) if kept.is_empty() => Ok(()),
            Ok(kept) => Err(remains("copy", Code::DATABASE_CORRUPT).with("file", kept.join(", "))),
            Err(problem) => Err(remains("name", problem.code)),
        };
        let cached = self.signed_in.forget(&theirs, || EtkCache::forget_owner(&self.folder, &theirs));
        let cached = cached.map_err(|problem| remains("etk", problem.code));
        let shown = match self.certificates.get() {
            Some(certificates) => certificates.forget(theirs).await,
            None => Ok(()),
        };
        let shown = shown.map_err(|problem| remains("certificate", problem.code));
        erased.and(written).and(closed).and(cached).and(shown)
    }
}

/// Has a person forgotten; comes back once everything of them is gone.
///
/// # Errors
/// Nobody has this slot, somebody is just signing in, or something remains.
pub async fn forget(engine: &Handle, slot: SlotId) -> Result<(), Problem> {
    engine.state().may_forget(&slot)?;
    engine.tell(Event::ForgetAsked(slot.clone())).await?;
    engine.settle().await?;
    let state = engine.state();
    match (state.remains_of(&slot), state.knows(&slot)) {
        (Some(problem), _) => Err(problem.clone()),
        // Somebody began to sign in just before.
        (None, true) => Err(Code::SIGN_IN_RUNNING.into()),
        (None, false) => Ok(()),
    }
}
