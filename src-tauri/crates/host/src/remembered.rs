//! A keystore password that a person let this PC remember, for sign-in with the card or of an organisation: kept, used
//! and forgotten.
//!
//! What goes wrong here is told and never fails a sign-in; the person types the password instead.

use std::collections::BTreeMap;

use relais_core::card::CardFace;
use relais_core::ident::Identity;
use relais_core::journal::Subject;
use relais_core::lease::SlotId;
use relais_core::secret::{EntryId, Password};
use relais_core::session::{Event, KeyAtHand, Record};
use relais_core::{Code, Problem};

use crate::adapters::Adapters;
use crate::keys::KeyRoom;

impl Adapters {
    /// What of the person's key is at hand, after the remembered password has been tried.
    pub(crate) async fn find_key(&self, keys: &KeyRoom, face: &CardFace) -> Result<KeyAtHand, Problem> {
        let owner = Identity::from(face.ssin);
        match keys.find(owner.clone()).await? {
            KeyAtHand::NeedsPassword => {
                self.opened_with_remembered(keys, self.leases.slot(&owner)?, owner).await
            }
            known => Ok(known),
        }
    }

    /// Opens the keystore with what was typed, then does as the person wished with the password.
    pub(crate) async fn open_key(
        &self,
        keys: &KeyRoom,
        face: &CardFace,
        password: EntryId,
        remember: bool,
    ) -> Result<(), Problem> {
        let password = self.desk.take_password(password).ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?;
        let owner = Identity::from(face.ssin);
        let slot = self.leases.slot(&owner)?;
        let password = keys.unlock(owner, password).await?;
        if remember {
            self.remember(slot, password).await;
        } else {
            self.forget(slot, None).await;
        }
        Ok(())
    }

    pub(crate) async fn opened_with_remembered(
        &self,
        keys: &KeyRoom,
        slot: SlotId,
        owner: Identity,
    ) -> Result<KeyAtHand, Problem> {
        let Some(password) = self.recalled(slot.clone()).await else { return Ok(KeyAtHand::NeedsPassword) };
        match keys.unlock(owner, password).await {
            Ok(_) => Ok(KeyAtHand::Open),
            Err(problem) if problem.code == Code::KEYSTORE_PASSWORD_WRONG => {
                self.forget(slot, Some(problem.code)).await;
                Ok(KeyAtHand::NeedsPassword)
            }
            Err(problem) => Err(problem),
        }
    }

    /// A key store that does not give the password is no news for the person: they are asked for it.
    async fn recalled(&self, slot: SlotId) -> Option<Password> {
        self.leases.remembered(slot).await.unwrap_or_else(|problem| {
            tracing::warn!(%problem, "a remembered password cannot be looked for");
            None
        })
    }

    pub(crate) async fn remember(&self, slot: SlotId, password: Password) {
        match self.leases.remember(slot.clone(), password).await {
            Ok(()) => self.note("password-remembered", slot, None).await,
            Err(why) => self.warn(because(Code::PASSWORD_NOT_REMEMBERED, &why)).await,
        }
    }

    /// `code` says why, where it was not the person's wish.
    pub(crate) async fn forget(&self, slot: SlotId, code: Option<Code>) {
        match self.leases.forget_password(slot.clone()).await {
            Ok(true) => self.note("password-forgotten", slot, code).await,
            Ok(false) => {}
            Err(why) => self.warn(because(Code::PASSWORD_NOT_FORGOTTEN, &why)).await,
        }
    }

    async fn note(&self, event: &'static str, slot: SlotId, code: Option<Code>) {
        let record = Record {
            at: self.clock.now().wall,
            subject: Subject::Certificate,
            event,
            slot: Some(slot),
            code,
            detail: BTreeMap::new(),
        };
        if let Err(problem) = self.record(record).await {
            self.warn(problem).await;
        }
    }

    pub(crate) async fn warn(&self, problem: Problem) {
        if let Some(engine) = self.engine.get() {
            // An engine that is gone shows nothing to anybody.
            let _ = engine.tell(Event::Warned(problem)).await;
        }
    }
}

fn because(code: Code, why: &Problem) -> Problem {
    Problem::new(code).with("cause", why.code)
}
