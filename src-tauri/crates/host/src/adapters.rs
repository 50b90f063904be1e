//! Carries the engine's effects out: each goes to the room it belongs to, the answer comes back as an event.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError};

use jiff::{SignedDuration, Timestamp};
use relais_card::keypad::Language as KeypadLanguage;
use relais_core::card::{CardFace, ChipNumber, Tries};
use relais_core::environment::EnvironmentName;
use relais_core::journal::Entry;
use relais_core::lease::{HolderKey, Means, SlotId, Stored, TokenLease};
use relais_core::platform_time::{self, PlatformTime};
use relais_core::ports::{Later, Ports, Signer};
use relais_core::secret::{Desk, EntryId};
use relais_core::session::exception::Exception;
use relais_core::session::history::History;
use relais_core::session::lookout::Chance;
use relais_core::session::{Answer, Ask, Effect, ErrandId, Event, Found, PinFate, PinSource, Record};
use relais_core::time::{BootId, Clock, Moment, TrustedMark};
use relais_core::trusted::{Teller, Told};
use relais_core::{Code, Problem};
use relais_ehealth::sts::{Contact, Granted, Probe, StsClient};
use relais_engine::Handle;

use crate::cards::{CardRoom, CardSigner, PinCounter, SignerTools};
use crate::certificates::Certificates;
use crate::clock::Measured;
use crate::continuity::{SIGN_IN, Services};
use crate::etk_own::SignedIn;
use crate::exchange::{Proof, Refused, confirmed};
use crate::keys::{HeldKey, KeyRoom};
use crate::leases::{self, LeaseRoom, Reopened};
use crate::preferences::KeyStoreChoice;
use crate::records::RecordRoom;
use crate::trusted::TrustedTime;

/// Everything that acts, in one place.
pub(crate) struct Adapters {
    pub(crate) environment: EnvironmentName,
    pub(crate) cards: CardRoom,
    pub(crate) keys: KeyRoom,
    pub(crate) leases: LeaseRoom,
    pub(crate) records: RecordRoom,
    /// Folder of the environment.
    pub(crate) folder: PathBuf,
    pub(crate) sts: Result<Arc<StsClient>, Problem>,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) counter: Arc<PinCounter>,
    pub(crate) language: KeypadLanguage,
    pub(crate) engine: OnceLock<Handle>,
    /// The platform's clock, once an answer told that it differs from ours.
    pub(crate) platform: Measured,
    /// Whether the platform renews.
    pub(crate) refused: Refused,
    /// The mark of trusted time.
    pub(crate) trusted: OnceLock<TrustedTime>,
    /// It lives for one command.
    pub(crate) brief: bool,
    /// The watch of the platform's services, or why there is none.
    pub(crate) services: OnceLock<Result<Services, Problem>>,
    /// The watch of certificates.
    pub(crate) certificates: OnceLock<Certificates>,
    /// Whose sessions were begun in this run.
    pub(crate) signed_in: SignedIn,
    /// Which start of the PC this is, where the system tells.
    pub(crate) boot: Option<BootId>,
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
        Effect::FindKey { errand, face, keystore } => {
            let keys = all.keys.by_file(keystore.as_deref());
            (errand, Answer::KeyFound(all.find_key(&keys, &face).await))
        }
        Effect::OpenKey { errand, face, keystore, password, remember } => {
            let keys = all.keys.by_file(keystore.as_deref());
            (errand, Answer::KeyOpened(all.open_key(&keys, &face, password, remember).await))
        }
        Effect::Request { errand, ask, face, pin } => (errand, all.request(errand, ask, *face, pin).await),
        Effect::FindHolder { errand, means, person, keystore } => {
            let keys = all.keys.by_file(keystore.as_deref());
            (errand, Answer::HolderFound(all.whose(&keys, means, person).await.map(Box::new)))
        }
        Effect::Claim { errand, ask, password, remember } => {
            (errand, all.claim(&ask, password, remember).await)
        }
        Effect::Seal { errand, lease, history, assertion } => {
            (errand, all.seal(*lease, history, assertion).await)
        }
        Effect::ProbeForRenewal => return Some(Event::RenewalProbed(all.probe().await)),
        Effect::LookForService => {
            return Some(Event::ServiceLooked { result: all.probe().await, chance: chance() });
        }
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
        Effect::Forget { slot } => {
            let problem = all.forget_person(slot.clone()).await.err();
            return Some(Event::Forgotten { slot, problem });
        }
        Effect::Reopen { slot } => return Some(all.reopen(slot).await),
        Effect::WriteWaiting => {
            let written = all.records.write_waiting().await;
            all.tell_in_force().await;
            return Some(written.map_or_else(Event::Warned, |()| Event::JournalWritten));
        }
        Effect::Wipe { entry } => {
            all.desk.wipe(entry);
            return None;
        }
        // The engine has what is being typed, and has wiped it.
        Effect::WipeTyping => return None,
        Effect::Record(_)
        | Effect::KeepHistory { .. }
        | Effect::Attempted { .. }
        | Effect::BeginEpisode(_)
        | Effect::EndEpisode { .. }
        | Effect::Use(_)
        | Effect::Doubt { .. } => return write_down(&all, effect).await,
    };
    Some(Event::Answered { errand, answer })
}

/// What only goes into the records or beside a token.
async fn write_down(all: &Adapters, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Record(record) => all.record(record).await.err().map(Event::Warned),
        Effect::KeepHistory { slot, lease, history } => {
            all.leases.rewrite_later(slot, lease, all.in_this_start(history));
            noted(all.keep_time().await)
        }
        Effect::Attempted { lease, attempt } => noted(all.records.attempted(lease, attempt).await),
        Effect::BeginEpisode(line) => {
            all.leases.note_episode_later((*line).clone());
            let written = counted(all.records.open_episode(*line).await);
            // What waited from before was for sessions that this one has replaced.
            written.or_else(|| all.in_force().pop())
        }
        Effect::EndEpisode { episode, ended } => counted(all.records.close_episode(episode, ended).await),
        Effect::Use(last) => noted(all.records.use_now(last).await),
        Effect::Doubt { chip, doubtful } => counted(all.doubt(chip, doubtful).await),
        // Nothing else is handed in.
        _ => None,
    }
}

/// Drawn anew for each pause, so that not everybody asks a service that is back at the same moment.
pub(crate) fn chance() -> Chance {
    let mut drawn = [Chance::EVEN.0];
    // Without chance the pause is what it is.
    let _ = openssl::rand::rand_bytes(&mut drawn);
    Chance(drawn[0])
}

/// What could not be noted is still known to the engine; only a restart forgets it.
pub(crate) fn unwritten(noted: Result<(), Problem>) {
    if let Err(problem) = noted {
        tracing::warn!(%problem, "the records are behind");
    }
}

/// A note asks for no answer.
fn noted(done: Result<(), Problem>) -> Option<Event> {
    unwritten(done);
    None
}

/// A line of the ledger or a chip in doubt that waits is tried again by the engine, as entries of the journal are.
fn counted(done: Result<(), Problem>) -> Option<Event> {
    match done {
        Err(problem) if problem.code == Code::JOURNAL_WAITING => Some(Event::Warned(problem)),
        done => noted(done),
    }
}

/// What was measured of the platform's clock in this start of the PC, as the newest lease tells.
pub(crate) fn measured(found: &[leases::Found], now: Moment, boot: Option<&BootId>) -> Option<PlatformTime> {
    let newest = found.iter().max_by_key(|one| one.lease.issued_at)?;
    newest.history.platform.clone().filter(|platform| platform.holds(now, boot))
}

/// A lease that was found, as the engine hears of it.
pub(crate) fn restored(found: leases::Found, key: HolderKey, now: Moment, boot: Option<&BootId>) -> Event {
    let leases::Found { lease, stored, history } = found;
    let exception = history.episode.map(|kept| {
        let rebooted = kept.rebooted(now, boot);
        Exception::found(&kept, rebooted, TrustedMark::default())
    });
    Event::Restored(Box::new(Found { lease, stored, key, attempts: history.attempts, exception }))
}

/// The same for whoever only looks: no keystore is opened for that.
pub(crate) fn restored_locked(found: leases::Found, now: Moment, boot: Option<&BootId>) -> Event {
    let key = if found.lease.means == Means::EidOnly { HolderKey::Card } else { HolderKey::Locked };
    restored(found, key, now, boot)
}

impl Adapters {
    /// The mark of trusted time goes on with the boot clock, and is written down with what it counts for.
    async fn keep_time(&self) -> Result<(), Problem> {
        match self.trusted.get() {
            Some(time) => time.keep(self.clock.now()).await,
            None => Ok(()),
        }
    }

    /// Reads the card, which has to be this person's if one is named. The engine hears first what an earlier start knew
    /// of the chip.
    async fn face(&self, reader: Option<String>, person: Option<SlotId>) -> Result<CardFace, Problem> {
        let face = self.cards.face(reader).await?;
        if let Some(person) = person
            && self.leases.slot(&face.ssin.into())? != person
        {
            return Err(Code::OTHER_PERSON.into());
        }
        if let Some(certificates) = self.certificates.get() {
            certificates.shown(face.certificate.clone());
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
        match self.leases.reopen(slot.clone()).await {
            Ok(Reopened::Found(found)) => {
                let key = self.found_key(&found).await;
                restored(*found, key, self.clock.now(), self.boot.as_ref())
            }
            Ok(Reopened::Gone(problem)) => Event::Erased { slot, problem },
            Err(problem) => Event::Unopened { slot, problem },
        }
    }

    /// After a change of key store: what only another one could open may open now.
    async fn look_again(&self) {
        let Some(engine) = self.engine.get() else { return };
        for slot in engine.state().people.elsewhere.clone() {
            // An engine that is gone has no session to take up.
            let _ = engine.tell(self.reopen(slot).await).await;
        }
    }

    /// Keeps session keys elsewhere; what lies there is found.
    pub(crate) async fn choose(&self, choice: KeyStoreChoice) -> Result<(), Problem> {
        let stored = self.leases.choose(choice).await?;
        if let Some(engine) = self.engine.get() {
            engine.tell(Event::Moved(stored)).await?;
        }
        self.look_again().await;
        Ok(())
    }

    pub(crate) async fn probe(&self) -> Result<(), Problem> {
        let (told, offset) = self.probed().await?;
        if let Some(told) = told {
            self.time_told(told).await;
        }
        self.learn(offset, None).await;
        Ok(())
    }

    /// The sign-in service, at the addresses that the platform's list and what failed here leave.
    pub(crate) fn sign_in_service(&self) -> Result<StsClient, Problem> {
        let sts = self.sts.clone()?;
        let road = self.watch().map(|services| services.road(SIGN_IN)).unwrap_or_default();
        Ok(sts.at(road))
    }

    /// The watch of the platform's services.
    ///
    /// # Errors
    /// Why it could not be opened; [`Code::ENGINE_STOPPED`] before anybody tried.
    pub(crate) fn watch(&self) -> Result<&Services, Problem> {
        match self.services.get() {
            Some(Ok(services)) => Ok(services),
            Some(Err(problem)) => Err(problem.clone()),
            None => Err(Code::ENGINE_STOPPED.into()),
        }
    }

    /// What came of calls that were made: the watch of the services hears it.
    pub(crate) async fn heard(&self, contacts: Vec<Contact>) {
        if let Ok(services) = self.watch() {
            services.heard(contacts).await;
        }
    }

    /// Asks the sign-in service whether it answers; gives the time it tells, and how far that is ahead of ours.
    async fn probed(&self) -> Result<(Option<Told>, Option<SignedDuration>), Problem> {
        let sts = self.sign_in_service()?;
        let probe = sts.probe(&*self.clock).await;
        self.heard(sts.contacts()).await;
        let Probe { host, server_time, offset } = probe.map_err(|error| error.problem())?;
        Ok((server_time.map(|at| Told { at, by: Teller::Host(host) }), offset))
    }

    /// Somebody trustworthy told the time; whether it counts is decided by the mark.
    pub(crate) async fn time_told(&self, told: Told) {
        let (Some(time), Some(engine)) = (self.trusted.get(), self.engine.get()) else { return };
        let now = self.clock.now();
        let heard = time.hear(&told, now).await;
        if *heard.as_ref().unwrap_or(&true) {
            // An engine that is gone counts nothing any more.
            let _ = engine.tell(Event::TimeTold(time.mark(now))).await;
        }
        self.cut_the_journal(time.mark(now), now).await;
        unwritten(heard.map(drop));
    }

    /// Old months go by a time that somebody trustworthy told, and never by one ahead of the PC's own clock.
    pub(crate) async fn cut_the_journal(&self, trusted: TrustedMark, now: Moment) {
        let Some(told) = trusted.0 else { return };
        unwritten(self.records.cut(self.environment.clone(), told, told.min(now.wall)).await);
    }

    /// An answer told how far the platform's clock is ahead of ours. Messages go by it from now on; whether leases do,
    /// too, the engine decides by the mark as it stands now.
    pub(crate) async fn learn(&self, offset: Option<SignedDuration>, signed: Option<Timestamp>) {
        let (Some(offset), Some(engine)) = (offset, self.engine.get()) else { return };
        let now = self.clock.now();
        self.know(PlatformTime::measured(offset, now));
        // An engine that is gone judges nothing any more.
        if let Some(time) = self.trusted.get() {
            let _ = engine.tell(Event::TimeTold(time.mark(now))).await;
        }
        let _ = engine.tell(Event::ClockMeasured { offset, signed }).await;
    }

    /// A person says that the mark of trusted time is wrong: it goes back where the sign-in service, asked now, agrees.
    pub(crate) async fn put_time_back(&self) -> Result<(), Problem> {
        let (Some(time), Some(engine)) = (self.trusted.get(), self.engine.get()) else {
            return Err(Code::ENGINE_STOPPED.into());
        };
        let (told, offset) = self.probed().await?;
        let now = self.clock.now();
        if !time.lower(told.as_slice(), now).await? {
            return Err(Code::TIME_NOT_AGREED.into());
        }
        engine.tell(Event::TimeLowered(time.mark(now))).await?;
        self.learn(offset, None).await;
        engine.settle().await
    }

    pub(crate) fn know(&self, platform: Option<PlatformTime>) {
        *self.platform.lock().unwrap_or_else(PoisonError::into_inner) = platform;
    }

    /// The platform's clock minus ours.
    pub(crate) fn offset(&self) -> SignedDuration {
        let platform = self.platform.lock().unwrap_or_else(PoisonError::into_inner);
        platform.as_ref().map_or(SignedDuration::ZERO, |measured| measured.offset(self.clock.now()))
    }

    /// Now, by the platform's clock where that was measured.
    pub(crate) fn now(&self) -> Moment {
        platform_time::of(
            self.platform.lock().unwrap_or_else(PoisonError::into_inner).as_ref(),
            self.clock.now(),
        )
    }

    /// Now, by the clock that leases and the ledger go by: what one host told and nobody vouches for moves neither.
    pub(crate) fn vouched_now(&self) -> Moment {
        let pc = self.clock.now();
        self.engine.get().map_or_else(|| self.now(), |engine| engine.state().platform_moment(pc))
    }

    /// What the ledger made of episodes that were written down, where that is something else.
    fn in_force(&self) -> Vec<Event> {
        let in_force = self.records.in_force().into_iter();
        let heard = in_force.map(|(asked, line)| {
            self.leases.note_episode_later(line.clone());
            Event::EpisodeInForce { asked, line: Box::new(line) }
        });
        heard.collect()
    }

    /// The same, for what waited: whoever asked got no answer then.
    async fn tell_in_force(&self) {
        let Some(engine) = self.engine.get() else { return };
        for event in self.in_force() {
            // An engine that is gone has no session that could go on.
            let _ = engine.tell(event).await;
        }
    }

    /// The boot clock of what is kept counts from this start of the PC.
    fn in_this_start(&self, mut history: History) -> History {
        history.episode.iter_mut().for_each(|episode| episode.boot.clone_from(&self.boot));
        history.platform = history.platform.map(|platform| platform.of_start(self.boot.as_ref()));
        history
    }

    async fn seal(&self, lease: TokenLease, history: History, assertion: EntryId) -> Answer {
        let Some(assertion) = self.desk.take_bytes(assertion) else {
            return Answer::Refused { problem: Code::INTERNAL.into(), pin: PinFate::Spent };
        };
        // The index can be rebuilt from the lease files; the session does not wait for it.
        unwritten(self.records.note(lease.clone()).await);
        // What is left of an earlier one in the same place is written over.
        unwritten(self.records.unerased(lease.person.slot.clone(), false).await);
        match self.leases.keep(lease, assertion, self.in_this_start(history)).await {
            Ok(kept) => Answer::Sealed { stored: kept.stored, warning: kept.warning },
            // The vault still has it and goes on; a token that was granted is not given up for a slow key store.
            Err(problem) if problem.code == Code::KEY_STORE_LOCKED => {
                Answer::Sealed { stored: Stored::Memory, warning: Some(problem) }
            }
            Err(problem) => Answer::Refused { problem, pin: PinFate::Spent },
        }
    }

    pub(crate) async fn erase(&self, slot: SlotId) -> Result<(), Problem> {
        let erased = self.leases.erase(slot.clone()).await;
        unwritten(self.records.end(slot.clone()).await);
        unwritten(self.records.unerased(slot, erased.is_err()).await);
        erased
    }

    pub(crate) async fn record(&self, record: Record) -> Result<(), Problem> {
        // A command that ends takes no session up: it finds one.
        if self.brief && record.event == "restored" {
            return Ok(());
        }
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
        let granted = match self.proof(&ask, &face, card.clone()).await {
            Ok(proof) => self.granted(&ask, &proof).await,
            Err(problem) => Err(problem),
        };
        match granted {
            Ok((lease, granted)) => self.got(lease, granted).await,
            Err(problem) => Answer::Refused { problem, pin: card.fate() },
        }
    }

    async fn proof(&self, ask: &Ask, face: &CardFace, card: Arc<CardSigner>) -> Result<Proof, Problem> {
        let (holder, until): (Arc<dyn Signer>, _) = match ask.means {
            Means::EidOnly => (card.clone(), face.certificate_until),
            _ => {
                let key =
                    self.keys.holder(face.ssin.into()).await?.ok_or(Code::KEYSTORE_PASSWORD_NOT_GIVEN)?;
                let until = key.until;
                (Arc::new(HeldKey(key)), until)
            }
        };
        Ok(Proof { owner: face.ssin.into(), name: Some(face.holder.clone()), identity: card, holder, until })
    }

    /// Without a card: the keystore is identity and holder of key.
    async fn claim(&self, ask: &Ask, password: Option<EntryId>, remember: bool) -> Answer {
        match self.claimed(ask, password, remember).await {
            Ok((lease, granted)) => self.got(lease, granted).await,
            Err(problem) => Answer::Refused { problem, pin: PinFate::Spent },
        }
    }

    async fn got(&self, lease: TokenLease, granted: Granted) -> Answer {
        if !confirmed(&granted.certified) {
            // It is good for what asks for no quality, so it is kept; but nobody works in it unknowing.
            let quality = lease.quality.as_str();
            self.warn(Problem::new(Code::QUALITY_NOT_CONFIRMED).with("quality", quality)).await;
        }
        let assertion = self.desk.put_bytes(granted.assertion, self.clock.now());
        Answer::Granted { lease: Box::new(lease), assertion }
    }
}
