//! Asking the platform for an assertion: who asks, with which keys, anew or for one more life.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::Quality;
use relais_core::ident::Identity;
use relais_core::lease::{LeaseId, Means, Person, SlotId, TokenLease};
use relais_core::ports::Signer;
use relais_core::session::Ask;
use relais_core::trusted::{Teller, Told};
use relais_core::{Code, Problem};
use relais_ehealth::claims::ClaimProfile;
use relais_ehealth::sts::{Granted, IssueAsk, StsClient, StsError};

use crate::adapters::{Adapters, unwritten};
use crate::keys::{HeldKey, KeyRoom};
use crate::organisation::claimant;

/// Whose session is asked for, and what proves it.
pub(crate) struct Proof {
    pub(crate) owner: Identity,
    /// Name as the card tells it; none where there is no card.
    pub(crate) name: Option<String>,
    /// Signs the request.
    pub(crate) identity: Arc<dyn Signer>,
    /// Proves the key of the session.
    pub(crate) holder: Arc<dyn Signer>,
    /// End of the holder's certificate.
    pub(crate) until: Timestamp,
}

impl Proof {
    /// A keystore that is identity and holder of key.
    pub(crate) async fn of_keystore(keys: &KeyRoom, owner: Identity) -> Result<Self, Problem> {
        let key = keys.holder(owner.clone()).await?.ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?;
        let (until, name) = (key.until, key.name.clone());
        let key: Arc<dyn Signer> = Arc::new(HeldKey(key));
        Ok(Self { owner, name, identity: key.clone(), holder: key, until })
    }
}

/// Whether this platform was seen to refuse a renewal: then nobody gives a PIN for one more refusal.
#[derive(Debug, Default)]
pub(crate) struct Refused(AtomicBool);

impl Adapters {
    /// Asks the platform, once; a renewal that it does not do becomes a new token.
    pub(crate) async fn granted(&self, ask: &Ask, proof: &Proof) -> Result<(TokenLease, Granted), Problem> {
        let sts = self.sign_in_service()?;
        let (claimant, quality) = claimant(&proof.owner, &ask.quality)?;
        let claims = claims(&quality)?;
        let slot = self.leases.slot(&proof.owner)?;
        let seen = self.records.seen(self.now().wall).await;
        let seen = |id: &LeaseId| seen.contains(&id.0);
        let issue = IssueAsk {
            claimant: &claimant,
            claims: &claims,
            life: life(ask.means, proof.until, self.now().wall)?,
            clock: &*self.clock,
            offset: self.offset(),
            seen: &seen,
        };
        let granted = self.asked(&sts, issue, ask, proof, &slot).await;
        self.heard(sts.contacts()).await;
        let granted = granted.map_err(|error| error.problem())?;
        self.signed_in.is(slot.clone(), proof.owner.clone());
        self.time_told(Told { at: granted.issued_at, by: Teller::Signature }).await;
        self.learn(granted.offset, Some(granted.issued_at)).await;
        unwritten(self.records.received(granted.id.clone(), self.now().wall).await);
        let name = match proof.name.clone().or_else(|| granted.name.clone()) {
            Some(name) => name,
            None => self.known_name(&slot).await,
        };
        let lease = TokenLease {
            id: granted.id.clone(),
            person: Person { name, slot },
            means: ask.means,
            quality,
            environment: self.environment.clone(),
            issued_at: granted.issued_at,
            expires_at: granted.expires_at,
            holder: granted.holder,
        };
        Ok((lease, granted))
    }

    async fn asked(
        &self,
        sts: &StsClient,
        issue: IssueAsk<'_>,
        ask: &Ask,
        proof: &Proof,
        slot: &SlotId,
    ) -> Result<Granted, StsError> {
        let (identity, holder) = (&*proof.identity, &*proof.holder);
        if let Some(lease) = ask.renews.clone().filter(|_| !self.refused.0.load(Ordering::Relaxed))
            && let Some(assertion) = self.leases.assertion(slot.clone(), lease).await
        {
            match sts.renew(issue, &assertion, identity, holder).await {
                Err(refused) if sts.issues_instead(&refused) => {
                    self.refused.0.store(true, Ordering::Relaxed);
                }
                answered => return answered,
            }
        }
        sts.issue(issue, identity, holder).await
    }

    /// The name an earlier session of this person had; nobody is named by their number.
    pub(crate) async fn known_name(&self, slot: &SlotId) -> String {
        let names = self.records.names().await.unwrap_or_default();
        names.into_iter().find(|person| person.slot == *slot).map(|person| person.name).unwrap_or_default()
    }
}

/// Whether the platform vouches for the quality: for one of its yes-or-no claims at least, where it has any.
///
/// That a person opened the session, and not a machine, is no quality. Source: docs/reference/ehealth-sts.md, section 4.
pub(crate) fn confirmed(certified: &[(String, bool)]) -> bool {
    let mut quality =
        certified.iter().filter(|(claim, _)| !claim.ends_with(":usersession:boolean")).peekable();
    quality.peek().is_none() || quality.any(|(_, granted)| *granted)
}

/// The life to ask for: what the means allows, cut to the end of the holder's certificate.
///
/// # Errors
/// [`Code::CARD_CERTIFICATE_EXPIRED`], [`Code::KEYSTORE_EXPIRED`]: nothing is left of it.
fn life(means: Means, holder_until: Timestamp, now: Timestamp) -> Result<SignedDuration, Code> {
    let left = holder_until.duration_since(now);
    match (left.is_positive(), means) {
        (true, _) => Ok(means.wished_life().min(left)),
        (false, Means::EidOnly) => Err(Code::CARD_CERTIFICATE_EXPIRED),
        (false, _) => Err(Code::KEYSTORE_EXPIRED),
    }
}

fn claims(quality: &Quality) -> Result<ClaimProfile, Problem> {
    ClaimProfile::built_in(quality)
        .ok_or_else(|| Problem::new(Code::QUALITY_UNKNOWN).with("quality", quality.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_life_is_asked_for_beyond_the_certificate_and_none_where_that_has_ended() {
        let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        assert_eq!(life(Means::Eid, now + hour, now), Ok(hour));
        assert_eq!(life(Means::Eid, now + hour * 1_000, now), Ok(Means::Eid.wished_life()));
        for until in [now, now - hour] {
            assert_eq!(life(Means::Fallback, until, now), Err(Code::KEYSTORE_EXPIRED));
            assert_eq!(life(Means::EidOnly, until, now), Err(Code::CARD_CERTIFICATE_EXPIRED));
        }
    }
}
