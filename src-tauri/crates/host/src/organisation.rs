//! An organisation that signs in with its certificate: its key, its password, its claims.

use relais_core::environment::Quality;
use relais_core::ident::{Cbe, Identity, Nihii, Organisation};
use relais_core::lease::{HolderKey, Means, SlotId, TokenLease};
use relais_core::secret::EntryId;
use relais_core::session::{Ask, Event, KeyAtHand};
use relais_core::{Code, Problem};
use relais_ehealth::claims::{Claimant, EhpNumber};
use relais_ehealth::sts::Granted;

use crate::adapters::Adapters;
use crate::exchange::Proof;
use crate::keys::{KeyRoom, suits};
use crate::leases;

impl Adapters {
    /// Whether an organisation's key is open, after the remembered password has been tried.
    pub(crate) async fn key_of(&self, keys: &KeyRoom, slot: &SlotId) -> Result<KeyAtHand, Problem> {
        let owner = self.owner_of(keys, Some(slot)).await?.ok_or(Code::KEYSTORE_NOT_FOUND)?;
        match keys.find(owner.clone()).await? {
            KeyAtHand::NeedsPassword => self.opened_with_remembered(keys, slot.clone(), owner).await,
            known => Ok(known),
        }
    }

    /// The same where one file was named: it may be open since the last sign-in.
    pub(crate) async fn key_of_the_file(&self, keys: &KeyRoom, means: Means) -> Result<KeyAtHand, Problem> {
        let open = means == Means::Certificate && keys.open_alone().await?.is_some();
        Ok(if open { KeyAtHand::Open } else { KeyAtHand::NeedsPassword })
    }

    /// Whether the key of a session that was found is at hand without anybody.
    pub(crate) async fn found_key(&self, found: &leases::Found) -> HolderKey {
        match found.lease.means {
            Means::EidOnly => HolderKey::Card,
            Means::Certificate if self.key_at_hand(&found.lease.person.slot).await => HolderKey::Unlocked,
            Means::Certificate | Means::Eid | Means::Fallback => HolderKey::Locked,
        }
    }

    /// Whether an organisation's key can be used without anybody. A keystore that is gone is told when somebody asks for
    /// it.
    pub(crate) async fn key_at_hand(&self, slot: &SlotId) -> bool {
        matches!(self.key_of(&self.keys, slot).await, Ok(KeyAtHand::Open | KeyAtHand::Card))
    }

    /// Without a password the key that is open signs.
    pub(crate) async fn claimed(
        &self,
        ask: &Ask,
        password: Option<EntryId>,
        remember: bool,
    ) -> Result<(TokenLease, Granted), Problem> {
        let keys = self.keys.by_file(ask.keystore.as_deref());
        let owner = match self.owner_of(&keys, ask.person.as_ref()).await? {
            None if password.is_none() => keys.open_alone().await?,
            owner => owner,
        };
        let (owner, typed) = match password {
            Some(entry) => {
                let password = self.desk.take_password(entry).ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?;
                let meant = self.meant(ask.person.clone());
                let (owner, typed) = keys.unlock_alone(owner, ask.means, password, meant).await?;
                (owner, Some(typed))
            }
            None => (owner.ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?, None),
        };
        suits(ask.means, &owner)?;
        self.meant(ask.person.clone())(&owner)?;
        let slot = self.leases.slot(&owner)?;
        if ask.person.is_none() && ask.means == Means::Fallback {
            self.ledger_read(slot.clone()).await;
            self.explained(ask, &slot)?;
        }
        match typed.filter(|_| ask.means == Means::Certificate) {
            Some(typed) if remember => self.remember(slot, typed).await,
            Some(_) => self.forget(slot, None).await,
            None => {}
        }
        let proof = Proof::of_keystore(&keys, owner).await?;
        self.granted(ask, &proof).await
    }

    /// Whether somebody is the one that is meant; anybody is where nobody was named.
    fn meant(&self, wanted: Option<SlotId>) -> impl Fn(&Identity) -> Result<(), Problem> + Send + 'static {
        let leases = self.leases.clone();
        move |owner| match &wanted {
            Some(wanted) if *wanted != leases.slot(owner)? => Err(Code::KEYSTORE_OTHER_PERSON.into()),
            _ => Ok(()),
        }
    }

    /// A habit is explained before a token is asked for, also where only the password told whose it is.
    fn explained(&self, ask: &Ask, slot: &SlotId) -> Result<(), Problem> {
        let Some(engine) = self.engine.get() else { return Ok(()) };
        match engine.state().uses.wants_note(slot, ask.why.as_ref(), self.vouched_now()) {
            true => Err(Code::JUSTIFICATION_WANTED.into()),
            false => Ok(()),
        }
    }

    /// Only the password told whose keystore it is: the engine hears of their sessions before it gets one more.
    async fn ledger_read(&self, slot: SlotId) {
        let Some(engine) = self.engine.get() else { return };
        let whose = self.ledger_of(slot).await;
        // An engine that is gone takes no token either.
        let _ = engine.tell(Event::LedgerRead(Box::new(whose))).await;
        let _ = engine.settle().await;
    }
}

/// Whom the platform is asked about, in which quality: an organisation's is told by the type of its number.
///
/// # Errors
/// [`Code::KEYSTORE_KIND_UNKNOWN`] where no public source says what this type signs in with.
pub(crate) fn claimant(owner: &Identity, asked: &Quality) -> Result<(Claimant, Quality), Problem> {
    let organisation = match owner {
        Identity::Person(person) => return Ok((Claimant::Person(*person), asked.clone())),
        Identity::Organisation(organisation) => organisation,
    };
    let unknown = || Problem::new(Code::KEYSTORE_KIND_UNKNOWN).with("kind", organisation.kind());
    let quality = organisation.quality().and_then(|name| Quality::parse(name).ok()).ok_or_else(unknown)?;
    let claimant = number(organisation).ok_or(Code::KEYSTORE_UNREADABLE)?;
    Ok((claimant, quality))
}

fn number(organisation: &Organisation) -> Option<Claimant> {
    let number = organisation.number();
    match organisation.kind().split('-').next()? {
        "CBE" => Cbe::parse(number).ok().map(Claimant::Enterprise),
        "EHP" => EhpNumber::parse(number).map(Claimant::Ehp),
        "NIHII" => Nihii::parse(number).ok().map(Claimant::Institution),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relais_ehealth::claims::ClaimProfile;

    fn of(kind: &str, number: &str) -> Result<(Claimant, Quality), Problem> {
        claimant(&Identity::parse(kind, number, None).unwrap(), &Quality::doctor())
    }

    #[test]
    fn the_type_of_the_number_tells_the_claims_and_they_fit_it() {
        for (kind, number, quality) in [
            ("CBE", "0809394427", "enterprise"),
            ("EHP", "1234567890", "ehp"),
            ("NIHII-HOSPITAL", "71000436", "hospital"),
            ("NIHII-OFFICE_DOCTORS", "71000436", "officedoctors"),
            ("NIHII-GROUP", "71000436", "groupofnurses"),
            ("SSIN", "85010199885", "doctor"),
        ] {
            let (claimant, told) = of(kind, number).unwrap();
            assert_eq!(told.as_str(), quality, "{kind}");
            assert!(ClaimProfile::built_in(&told).unwrap().values(&claimant).is_ok(), "{kind}");
        }
    }

    #[test]
    fn a_type_whose_claims_nobody_published_is_told_and_not_guessed() {
        let problem = of("NIHII-PHARMACY", "71000436").unwrap_err();
        assert_eq!(
            (problem.code, problem.with["kind"].as_str()),
            (Code::KEYSTORE_KIND_UNKNOWN, "NIHII-PHARMACY")
        );
    }
}
