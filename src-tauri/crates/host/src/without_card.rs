//! Whose keystore signs in without a card, and what is known before a password is typed.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::ident::Identity;
use relais_core::lease::{FALLBACK_CAP, Means, SlotId};
use relais_core::session::exception::{Limits, Restraint};
use relais_core::session::ledger::{Line, Past};
use relais_core::session::{KeyAtHand, Whose};
use relais_core::{Code, Problem};

use crate::adapters::Adapters;
use crate::keys::{KeyRoom, suits};

/// A person who opens the sheet does not wait longer than this for the sign-in service to answer.
const GLANCE: Duration = Duration::from_secs(3);

/// What a person is told before they decide to work without the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Name of whose keystore it is, where an earlier session told it.
    pub person: Option<String>,
    /// Where they keep its password, in their own words.
    pub hint: Option<String>,
    /// When the exception began that this session would go on with.
    pub since: Option<Timestamp>,
    /// How long an exception lasts.
    pub cap: SignedDuration,
    /// Days that are looked back on.
    pub days: i64,
    /// Which use in those days this one would be.
    pub uses: usize,
    /// Which use since the last sign-in with the card it would be.
    pub in_a_row: usize,
    /// What is said about that.
    pub restraint: Restraint,
    /// Whether the sign-in service answers; none = it was not heard in time.
    pub service: Option<bool>,
}

/// Looks things up for the sheet. Clones are the same one.
#[derive(Clone)]
pub struct WithoutCard(pub(crate) Arc<Adapters>);

impl WithoutCard {
    /// What can be told now.
    ///
    /// # Errors
    /// Where there is no keystore, or it is not clear whose.
    pub async fn facts(&self, person: Option<SlotId>) -> Result<Facts, Problem> {
        let (whose, probed) = tokio::join!(
            self.0.whose(&self.0.keys, Means::Fallback, person),
            tokio::time::timeout(GLANCE, self.0.probe())
        );
        let Whose { slot, name, past, goes_on, key: _ } = whose?;
        let now = self.0.vouched_now();
        let (limits, state) = (Limits::USUAL, self.0.engine.get().map(|engine| engine.state()));
        let counted = state
            .zip(slot.as_ref())
            .and_then(|(state, slot)| state.uses.going_on(slot, now).map(|exception| exception.used.since()));
        let since = counted.or(goes_on.map(|line| line.started_at));
        let further = usize::from(since.is_none());
        let hint = match &slot {
            Some(slot) => self.0.hint(slot).await,
            None => None,
        };
        Ok(Facts {
            person: name,
            hint,
            since,
            cap: FALLBACK_CAP,
            days: limits.days,
            uses: limits.recent(&past.beginnings, now.wall) + further,
            in_a_row: past.in_a_row + further,
            restraint: match since {
                Some(_) => Restraint::None,
                None => limits.restraint(&past.beginnings, past.in_a_row, now.wall),
            },
            service: probed.ok().map(|probed| probed.is_ok()),
        })
    }
}

impl Adapters {
    /// Whose keystore it is, and what the ledger says of them; for an organisation, whether its key is open.
    pub(crate) async fn whose(
        &self,
        keys: &KeyRoom,
        means: Means,
        person: Option<SlotId>,
    ) -> Result<Whose, Problem> {
        let nobody = Whose {
            slot: None,
            name: None,
            past: Past::default(),
            goes_on: None,
            key: KeyAtHand::NeedsPassword,
        };
        let Some(slot) = self.chosen(keys, means, person).await? else {
            let key = self.key_of_the_file(keys, means).await?;
            let named = keys.named_owner().filter(|owner| suits(means, owner).is_ok());
            return match named.filter(|_| means == Means::Fallback) {
                // What the ledger says of them comes before the password; whose it is, only that tells.
                Some(owner) => {
                    let whose = self.ledger_of(self.leases.slot(&owner)?).await;
                    Ok(Whose { slot: None, name: None, key, ..whose })
                }
                None => Ok(Whose { key, ..nobody }),
            };
        };
        if means == Means::Certificate {
            let key = match keys.one_file() {
                true => self.key_of_the_file(keys, means).await?,
                false => self.key_of(keys, &slot).await?,
            };
            let name = self.named(&slot).await;
            return Ok(Whose { slot: Some(slot), name, key, ..nobody });
        }
        Ok(self.ledger_of(slot).await)
    }

    async fn named(&self, slot: &SlotId) -> Option<String> {
        Some(self.known_name(slot).await).filter(|name| !name.is_empty())
    }

    /// A note is a help: where it cannot be read the sheet goes on without.
    async fn hint(&self, slot: &SlotId) -> Option<String> {
        let hints = self.records.hints().await.unwrap_or_default();
        hints.into_iter().find_map(|(of, hint)| (of == *slot).then_some(hint))
    }

    /// What the records know of this person's sessions without the card.
    pub(crate) async fn ledger_of(&self, slot: SlotId) -> Whose {
        let name = self.named(&slot).await;
        // Without the ledger care goes on: it is a memory, not a gate.
        let past = self.records.past(slot.clone()).await.unwrap_or_default();
        let goes_on = self.episode_of(&slot, self.vouched_now().wall).await.map(Box::new);
        Whose { slot: Some(slot), name, past, goes_on, key: KeyAtHand::NeedsPassword }
    }

    /// The episode that a session of this person beginning at `at` belongs to: as the ledger says, and where that cannot be
    /// read or knows none, as it is kept beside the leases.
    pub(crate) async fn episode_of(&self, slot: &SlotId, at: Timestamp) -> Option<Line> {
        let in_ledger = self.records.episode(slot.clone(), at).await.unwrap_or_default();
        match in_ledger {
            None => self.leases.episode(slot.clone()).await.filter(|line| line.covers(at)),
            known => known,
        }
    }

    /// Who is meant: the one who is named, the one in use, the only one who ever signed in here, or the only one there
    /// is. None where one file is given, which only its password opens.
    async fn chosen(
        &self,
        keys: &KeyRoom,
        means: Means,
        person: Option<SlotId>,
    ) -> Result<Option<SlotId>, Problem> {
        if keys.one_file() || (means == Means::Certificate && self.is_open(keys, person.as_ref()).await?) {
            return Ok(person);
        }
        let all = keys.owners().await?;
        let suitable: Vec<_> = all.iter().filter(|owner| suits(means, owner).is_ok()).collect();
        let slots = suitable.iter().map(|owner| self.leases.slot(owner)).collect::<Result<Vec<_>, _>>()?;
        let state = self.engine.get().map(|engine| engine.state());
        let in_use = state.as_ref().and_then(|state| state.person_in_use());
        let known = |slot: &SlotId| state.as_ref().is_some_and(|state| state.knows(slot));
        match person.or(in_use.filter(|slot| slots.contains(slot))) {
            Some(person) if slots.contains(&person) => return Ok(Some(person)),
            Some(_) => return Err(Code::KEYSTORE_NOT_FOUND.into()),
            None => {}
        }
        let one = only(slots.iter().filter(|slot| known(slot))).or_else(|| only(slots.iter()));
        if one.is_none() && !slots.is_empty() {
            return Err(self.several(&suitable, &slots).await);
        }
        let unclear = || match all.first() {
            // What is here belongs to another sort of owner, which says more than that nothing is here.
            Some(other) if means == Means::Certificate => {
                suits(means, other).err().unwrap_or(Code::KEYSTORE_NOT_FOUND.into())
            }
            _ => Code::KEYSTORE_NOT_FOUND.into(),
        };
        one.cloned().map(Some).ok_or_else(unclear)
    }

    async fn is_open(&self, keys: &KeyRoom, person: Option<&SlotId>) -> Result<bool, Problem> {
        let Some(person) = person else { return Ok(false) };
        let open = keys.open_owners().await?;
        Ok(open.iter().any(|owner| self.leases.slot(owner).as_ref() == Ok(person)))
    }

    /// Whose keystores are here, each by the slot that names it and by what is known of its owner without a password.
    async fn several(&self, owners: &[&Identity], slots: &[SlotId]) -> Problem {
        let mut choices = Vec::new();
        for (owner, slot) in owners.iter().zip(slots) {
            let name = match (self.named(slot).await, owner) {
                (Some(name), _) => name,
                (None, Identity::Organisation(organisation)) => organisation.to_string(),
                // Nobody is named by their number: when the file was made tells people apart.
                (None, Identity::Person(_)) => self.keys.made_at((*owner).clone()).await.unwrap_or_default(),
            };
            choices.push((name, slot.as_str()));
        }
        // In the order of their names: that in which a folder lists its files is nobody's.
        choices.sort();
        let choices = choices.iter().map(|(name, slot)| format!("{slot} {name}").trim_end().to_owned());
        Problem::new(Code::KEYSTORE_SEVERAL).with("choices", choices.collect::<Vec<_>>().join("; "))
    }

    /// Who this slot belongs to, among those whose keystore is here; none where only its password tells.
    pub(crate) async fn owner_of(
        &self,
        keys: &KeyRoom,
        slot: Option<&SlotId>,
    ) -> Result<Option<Identity>, Problem> {
        let Some(slot) = slot else { return Ok(None) };
        let theirs = |owner: &Identity| self.leases.slot(owner).as_ref() == Ok(slot);
        // A key that is open needs no file: that may lie on a stick that is gone, or in another folder.
        if let Some(owner) = keys.open_owners().await?.into_iter().find(theirs) {
            return Ok(Some(owner));
        }
        Ok(keys.owners().await?.into_iter().find(theirs))
    }
}

/// The one there is; none where there are none or several.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
