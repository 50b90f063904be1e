//! Carries the engine's effects out: each goes to the room it belongs to, the answer comes back as an event.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::SignedDuration;
use relais_card::keypad::Language as KeypadLanguage;
use relais_core::card::{CardFace, ChipNumber, Tries};
use relais_core::environment::{EnvironmentName, Quality};
use relais_core::journal::Entry;
use relais_core::lease::{HolderKey, LeaseId, Means, Person, SlotId, Stored, TokenLease};
use relais_core::ports::{Later, Ports, Signer};
use relais_core::secret::{Desk, EntryId};
use relais_core::session::history::History;
use relais_core::session::{Answer, Ask, Effect, ErrandId, Event, PinFate, PinSource, Record};
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::sts::{Granted, IssueAsk, StsClient};
use relais_engine::Handle;

use crate::cards::{CardRoom, CardSigner, PinCounter, SignerTools};
use crate::keys::KeyRoom;
use crate::leases::{Found, LeaseRoom};
use crate::records::RecordRoom;

/// Everything that acts, in one place.
pub(crate) struct Adapters {
    pub(crate) environment: EnvironmentName,
    pub(crate) cards: CardRoom,
    pub(crate) keys: KeyRoom,
    pub(crate) leases: LeaseRoom,
    pub(crate) records: RecordRoom,
    pub(crate) sts: Result<Arc<StsClient>, Problem>,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) counter: Arc<PinCounter>,
    pub(crate) language: KeypadLanguage,
    pub(crate) engine: OnceLock<Handle>,
    /// The platform's clock minus ours, once an answer told it.
    pub(crate) offset: Mutex<SignedDuration>,
}

/// The engine's ports: a shared handle on the adapters.
pub(crate) struct Act(pub(crate) Arc<Adapters>);

impl Ports for Act {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        Box::pin(perform(self.0.clone(), effect))
    }
}

async fn perform(all: Arc<Adapters>, effect: Effect) -> Option<Event> {
    let (errand, answer) = match effect {
        Effect::Probe { errand } => (errand, Answer::Probed(all.probe().await)),
        Effect::ReadCard { errand, reader, person } => {
            let face = all.face(reader, person).await;
            (errand, Answer::CardRead(face.map(Box::new)))
        }
        Effect::FindKey { errand, face } => (errand, Answer::KeyFound(all.find_key(&face).await)),
        Effect::OpenKey { errand, face, password, remember } => {
            (errand, Answer::KeyOpened(all.open_key(&face, password, remember).await))
        }
        Effect::Request { errand, ask, face, pin } => (errand, all.request(errand, ask, *face, pin).await),
        Effect::Seal { errand, lease, assertion } => (errand, all.seal(*lease, assertion).await),
        Effect::HandPin { errand, pin } => {
            // Who waited for it gave up meanwhile, and says so: nobody will take this PIN.
            if !all.counter.hand(errand, pin)
                && let Ok(PinSource::Desk(entry)) = pin
            {
                all.desk.wipe(entry);
            }
            return None;
        }
        Effect::Erase { slot } => {
            let problem = all.erase(slot.clone()).await.err();
            return Some(Event::Erased { slot, problem });
        }
        Effect::Reopen { slot } => return Some(all.reopen(slot).await),
        Effect::Use(last) => {
            unwritten(all.records.use_now(last).await);
            return None;
        }
        Effect::Doubt { chip, doubtful } => {
            unwritten(all.doubt(chip, doubtful).await);
            return None;
        }
        Effect::WriteWaiting => {
            let written = all.records.write_waiting().await;
            return Some(written.map_or_else(Event::Warned, |()| Event::JournalWritten));
        }
        Effect::Wipe { entry } => {
            all.desk.wipe(entry);
            return None;
        }
        // The engine has what is being typed, and has wiped it.
        Effect::WipeTyping => return None,
        Effect::Record(record) => return all.record(record).await.err().map(Event::Warned),
    };
    Some(Event::Answered { errand, answer })
}

/// What could not be noted is still known to the engine; only a restart forgets it.
fn unwritten(noted: Result<(), Problem>) {
    if let Err(problem) = noted {
        tracing::warn!(%problem, "the records are behind");
    }
}

/// A lease that was found, as the engine hears of it.
pub(crate) fn restored(Found { lease, stored, .. }: Found) -> Event {
    let key = if lease.means == Means::EidOnly { HolderKey::Card } else { HolderKey::Locked };
    Event::Restored { lease: Box::new(lease), stored, key }
}

impl Adapters {
    /// Reads the card, which has to be this person's if one is named. The engine hears first what an earlier start knew
    /// of the chip.
    async fn face(&self, reader: Option<String>, person: Option<SlotId>) -> Result<CardFace, Problem> {
        let face = self.cards.face(reader).await?;
        if let Some(person) = person
            && self.leases.slot(&face.ssin)? != person
        {
            return Err(Code::OTHER_PERSON.into());
        }
        let mark = self.leases.chip_mark(&face.chip)?;
        // Who cannot know takes the safe side, where the card itself does not tell.
        if self.records.doubted(mark).await.unwrap_or(face.tries == Tries::Unknown)
            && let Some(engine) = self.engine.get()
        {
            // An engine that is gone asks nobody for a PIN.
            let _ = engine.tell(Event::Doubted(face.chip)).await;
        }
        Ok(face)
    }

    async fn doubt(&self, chip: ChipNumber, doubtful: bool) -> Result<(), Problem> {
        self.records.doubt(self.leases.chip_mark(&chip)?, doubtful).await
    }

    async fn reopen(&self, slot: SlotId) -> Event {
        match self.leases.reopen(slot.clone(), self.clock.clone()).await {
            Ok(Some(found)) => restored(found),
            // Its file has gone: nobody needs its key any more.
            Ok(None) => Event::Erased { problem: self.erase(slot.clone()).await.err(), slot },
            Err(problem) => Event::Unopened { slot, problem },
        }
    }

    async fn probe(&self) -> Result<(), Problem> {
        let sts = self.sts.clone()?;
        let probe = sts.probe(&*self.clock).await.map_err(|error| error.problem())?;
        self.learn(probe.offset);
        Ok(())
    }

    fn learn(&self, offset: Option<SignedDuration>) {
        if let Some(offset) = offset {
            *self.offset.lock().unwrap_or_else(PoisonError::into_inner) = offset;
        }
    }

    fn offset(&self) -> SignedDuration {
        *self.offset.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn seal(&self, lease: TokenLease, assertion: EntryId) -> Answer {
        let Some(assertion) = self.desk.take_bytes(assertion) else {
            return Answer::Refused { problem: Code::INTERNAL.into(), pin: PinFate::Spent };
        };
        // The index can be rebuilt from the lease files; the session does not wait for it.
        unwritten(self.records.note(lease.clone()).await);
        match self.leases.keep(lease, assertion, History::default()).await {
            Ok(kept) => Answer::Sealed { stored: kept.stored, warning: kept.warning },
            // The vault still has it and goes on; a token that was granted is not given up for a slow key store.
            Err(problem) if problem.code == Code::KEY_STORE_LOCKED => {
                Answer::Sealed { stored: Stored::Memory, warning: Some(problem) }
            }
            Err(problem) => Answer::Refused { problem, pin: PinFate::Spent },
        }
    }

    async fn erase(&self, slot: SlotId) -> Result<(), Problem> {
        let erased = self.leases.erase(slot.clone()).await;
        unwritten(self.records.end(slot).await);
        erased
    }

    pub(crate) async fn record(&self, record: Record) -> Result<(), Problem> {
        self.records
            .append(Entry {
                at: record.at,
                subject: record.subject,
                event: record.event.to_owned(),
                environment: self.environment.clone(),
                slot: record.slot,
                code: record.code,
                detail: record.detail,
            })
            .await
    }

    fn signer(self: &Arc<Self>, errand: ErrandId, face: CardFace, pin: PinSource) -> Arc<CardSigner> {
        let tools = SignerTools {
            room: self.cards.clone(),
            desk: self.desk.clone(),
            clock: self.clock.clone(),
            counter: self.counter.clone(),
            language: self.language,
        };
        let all = self.clone();
        let tell = move |event| -> Later<'static, ()> {
            let engine = all.engine.get().cloned();
            Box::pin(async move {
                if let Some(engine) = engine {
                    // An engine that is gone asks nobody for a PIN.
                    let _ = engine.tell(event).await;
                }
            })
        };
        Arc::new(CardSigner::new(tools, errand, face, pin, Arc::new(tell)))
    }

    async fn request(self: &Arc<Self>, errand: ErrandId, ask: Ask, face: CardFace, pin: PinSource) -> Answer {
        let card = self.signer(errand, face.clone(), pin);
        match self.granted(&ask, &face, card.clone()).await {
            Ok((lease, granted)) => {
                if !confirmed(&granted.certified) {
                    // It is good for what asks for no quality, so it is kept; but nobody works in it unknowing.
                    let quality = lease.quality.as_str();
                    self.warn(Problem::new(Code::QUALITY_NOT_CONFIRMED).with("quality", quality)).await;
                }
                let assertion = self.desk.put_bytes(granted.assertion, self.clock.now());
                Answer::Granted { lease: Box::new(lease), assertion }
            }
            Err(problem) => Answer::Refused { problem, pin: card.fate() },
        }
    }

    async fn granted(
        &self,
        ask: &Ask,
        face: &CardFace,
        card: Arc<CardSigner>,
    ) -> Result<(TokenLease, Granted), Problem> {
        let sts = self.sts.clone()?;
        let claims = claims(&ask.quality)?;
        let (holder, until): (Arc<dyn Signer>, _) = match ask.means {
            Means::EidOnly => (card.clone(), face.certificate_until),
            _ => {
                let key = self.keys.holder(face.ssin).await?.ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?;
                let until = key.until;
                (Arc::new(crate::keys::HeldKey(key)), until)
            }
        };
        let life = life(ask.means, until, &*self.clock);
        let claimant = Claimant::Person(face.ssin);
        let seen = self.records.seen(self.clock.now().wall).await?;
        let seen = |id: &LeaseId| seen.contains(&id.0);
        let issue = IssueAsk {
            claimant: &claimant,
            claims: &claims,
            life,
            clock: &*self.clock,
            offset: self.offset(),
            seen: &seen,
        };
        let granted = sts.issue(issue, &*card, &*holder).await.map_err(|error| error.problem())?;
        self.learn(granted.offset);
        unwritten(self.records.received(granted.id.clone(), self.clock.now().wall).await);
        Ok((self.lease(ask, face, &granted)?, granted))
    }

    fn lease(&self, ask: &Ask, face: &CardFace, granted: &Granted) -> Result<TokenLease, Problem> {
        Ok(TokenLease {
            id: granted.id.clone(),
            person: Person { name: face.holder.clone(), slot: self.leases.slot(&face.ssin)? },
            means: ask.means,
            quality: ask.quality.clone(),
            environment: self.environment.clone(),
            issued_at: granted.issued_at,
            expires_at: granted.expires_at,
            holder: granted.holder,
        })
    }
}

/// Whether the platform vouches for the quality: for one of its yes-or-no claims at least, where it has any.
///
/// That a person opened the session, and not a machine, is no quality. Source: docs/reference/ehealth-sts.md, section 4.
fn confirmed(certified: &[(String, bool)]) -> bool {
    let mut quality =
        certified.iter().filter(|(claim, _)| !claim.ends_with(":usersession:boolean")).peekable();
    quality.peek().is_none() || quality.any(|(_, granted)| *granted)
}

/// The life to ask for: what the means allows, cut to the end of the holder's certificate.
fn life(means: Means, holder_until: jiff::Timestamp, clock: &dyn Clock) -> SignedDuration {
    means.wished_life().min(holder_until.duration_since(clock.now().wall))
}

fn claims(quality: &Quality) -> Result<ClaimProfile, Problem> {
    ClaimProfile::built_in(quality)
        .ok_or_else(|| Problem::new(Code::QUALITY_UNKNOWN).with("quality", quality.as_str()))
}
