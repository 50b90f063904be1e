//! A running Relais: one environment, its owner's lock, its rooms and its engine.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use relais_card::face::FaceSettings;
use relais_card::keypad::Language as KeypadLanguage;
use relais_core::environment::EnvironmentClass;
use relais_core::lease::{Means, SlotId};
use relais_core::secret::Desk;
use relais_core::session::Event;
use relais_core::session::ledger::Holder;
use relais_core::session::renewal::Habits;
use relais_core::{Code, Problem};
use relais_ehealth::sts::{StsClient, StsProfile};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_engine::{Engine, Handle, Setup};
use relais_keystore::Anchors;
use tokio::task::JoinHandle;

use crate::adapters::{Act, Adapters, measured, restored_locked};
use crate::cards::{CardRoom, MakeBackend, PinCounter, watch};
use crate::certificates::{self, Certificates};
use crate::clock::{Measured, PlatformClock, Time};
use crate::continuity::{self, Services};
use crate::etk_own::{self, SignedIn};
use crate::exchange::Refused;
use crate::folders::Folders;
use crate::keys::{KeyRoom, KeystorePlace};
use crate::leases::{Found, LeaseRoom, Place};
use crate::owner::Owner;
use crate::past::PastBook;
use crate::preferences::{Calls, KeyStoreChoice, Language};
use crate::profile::Profile;
use crate::records::{RecordRoom, Remembered};
use crate::trusted::TrustedTime;
use crate::without_card::WithoutCard;

/// What a Relais is made of.
pub struct Parts {
    /// Which platform.
    pub profile: Profile,
    /// Folder for everything; none = the user's data folder.
    pub data_root: Option<PathBuf>,
    /// Readers and cards.
    pub backend: MakeBackend,
    /// Where keystores are.
    pub keystores: KeystorePlace,
    /// Where session keys are kept.
    pub key_store: KeyStoreChoice,
    /// The time, and the waiting for it.
    pub time: Time,
    /// Language of a reader's keypad.
    pub language: Language,
    /// How calls leave this PC.
    pub calls: Calls,
    /// Readers with a keypad at which the PIN is typed on this PC all the same.
    pub typed_readers: BTreeSet<String>,
    /// How the practice wants its sessions kept.
    pub habits: Habits,
    /// Watch the readers; a command that signs in once need not.
    pub watch: bool,
}

/// A running Relais.
pub struct Running {
    /// The engine.
    pub handle: Handle,
    /// Its folders.
    pub folders: Folders,
    /// The profile in force.
    pub profile: Profile,
    keeper: Keeper,
    without_card: WithoutCard,
    records: RecordRoom,
    cards: CardRoom,
    engine: JoinHandle<()>,
    _owner: Owner,
}

/// Decides where session keys are kept. Clones are the same one.
#[derive(Clone)]
pub struct Keeper(Arc<Adapters>);

impl Keeper {
    /// Where they are kept now.
    #[must_use]
    pub fn choice(&self) -> KeyStoreChoice {
        self.0.leases.choice()
    }

    /// Keeps them elsewhere from now on, with every session that is here; what lies there already is found.
    ///
    /// # Errors
    /// Not all of them can go along: everything stays where it is.
    pub async fn choose(&self, choice: KeyStoreChoice) -> Result<(), Problem> {
        self.0.choose(choice).await
    }
}

/// Puts the mark of trusted time back. Clones are the same one.
#[derive(Clone)]
pub struct TimeKeeper(Weak<Adapters>);

impl TimeKeeper {
    /// A person says that the mark lies ahead of the time.
    ///
    /// # Errors
    /// The sign-in service does not answer, or nothing it says agrees: the mark stays.
    pub async fn put_back(&self) -> Result<(), Problem> {
        let adapters = self.0.upgrade().ok_or(Code::ENGINE_STOPPED)?;
        adapters.put_time_back().await
    }
}

/// Starts Relais: owns the folder, opens the rooms, finds the session again. Runs inside a tokio runtime.
pub async fn start(parts: Parts) -> Result<Running, Problem> {
    begin(parts, false).await
}

/// The same for one command: that it finds a session is not worth an entry in the journal.
///
/// # Errors
/// As [`start`].
pub async fn start_briefly(parts: Parts) -> Result<Running, Problem> {
    begin(parts, true).await
}

async fn begin(parts: Parts, brief: bool) -> Result<Running, Problem> {
    let folders = Folders::open(parts.data_root.as_deref(), &parts.profile.name)?;
    let owner = Owner::take(&folders.environment)?;
    let (adapters, setup) = rooms(&parts, &folders, brief)?;
    let cards = adapters.cards.clone();
    let records = adapters.records.clone();
    let adapters = Arc::new(adapters);
    let (engine, handle) = Engine::new(setup(Arc::new(Act(adapters.clone()))));
    // The lock is fresh: this is the only engine these adapters will ever have.
    let _ = adapters.engine.set(handle.clone());
    let engine = tokio::spawn(engine.run());
    let habits = Event::HabitsSet(Box::new(parts.habits.clone()));
    let begun = async {
        handle.tell(habits).await?;
        trust(&adapters, &handle).await?;
        watch_services(&parts, &folders, &adapters, &handle).await?;
        for problem in records.troubles().await {
            handle.tell(Event::Warned(problem)).await?;
        }
        restore(&handle, &adapters).await?;
        watch_certificates(&parts, &adapters, &handle).await?;
        if parts.watch {
            etk_own::follow(&parts, &adapters, &handle);
            watch(parts.backend.clone(), cards.clone(), handle.clone())?;
        }
        Ok(())
    };
    let engine = or_stopped(begun, &handle, engine).await?;
    Ok(Running {
        handle,
        folders,
        profile: parts.profile,
        keeper: Keeper(adapters.clone()),
        without_card: WithoutCard(adapters),
        records: records.clone(),
        cards,
        engine,
        _owner: owner,
    })
}

/// How long an end waits for what the watch of the services writes down: a list that is kept comes again.
const LAST_NOTES: Duration = Duration::from_secs(20);

/// The mark of trusted time is known before any session is found again.
async fn trust(adapters: &Adapters, handle: &Handle) -> Result<(), Problem> {
    let (records, install) = (adapters.records.clone(), adapters.leases.install_key());
    let (time, problem) = TrustedTime::open(records, install, adapters.environment.clone()).await;
    if let Some(problem) = problem {
        handle.tell(Event::Warned(problem)).await?;
    }
    let now = adapters.clock.now();
    let mark = time.mark(now);
    handle.tell(Event::TimeTold(mark)).await?;
    adapters.cut_the_journal(mark, now).await;
    // The lock is fresh: nobody else has set it.
    let _ = adapters.trusted.set(time);
    Ok(())
}

/// The running engine, once everything else has begun; else it ends before the folder is given back.
async fn or_stopped(
    begun: impl Future<Output = Result<(), Problem>>,
    handle: &Handle,
    engine: JoinHandle<()>,
) -> Result<JoinHandle<()>, Problem> {
    match begun.await {
        Ok(()) => Ok(engine),
        Err(problem) => {
            stopped(handle, engine).await;
            Err(problem)
        }
    }
}

async fn stopped(handle: &Handle, engine: JoinHandle<()>) {
    handle.stop().await;
    if let Err(error) = engine.await {
        tracing::error!(%error, "the engine broke");
    }
}

type MakeSetup = Box<dyn FnOnce(Arc<Act>) -> Setup>;

fn rooms(parts: &Parts, folders: &Folders, brief: bool) -> Result<(Adapters, MakeSetup), Problem> {
    let desk = Desk::new();
    let faces = FaceSettings {
        // Test cards may carry impossible numbers; the environment decides, not the card.
        any_number: parts.profile.class != EnvironmentClass::Production,
        // The window shows the end of the number, so that two cards are told apart.
        card_number: true,
        without_keypad: parts.typed_readers.iter().cloned().collect(),
        ..FaceSettings::default()
    };
    let place = Place {
        folder: folders.environment.clone(),
        environment: parts.profile.name.clone(),
        choice: parts.key_store,
    };
    let platform = Measured::default();
    let judging = PlatformClock { pc: parts.time.clock.clone(), measured: platform.clone() };
    let adapters = Adapters {
        environment: parts.profile.name.clone(),
        folder: folders.environment.clone(),
        cards: CardRoom::open(parts.backend.clone(), parts.time.clock.clone(), faces)?,
        keys: KeyRoom::open(parts.keystores.clone(), anchors(&parts.profile)?, Arc::new(judging))?,
        leases: LeaseRoom::open(place)?,
        records: RecordRoom::open(
            &folders.environment,
            parts.profile.name.clone(),
            parts.time.clock.clone(),
        )?,
        sts: sts(&parts.profile, &parts.calls).map(Arc::new),
        desk: desk.clone(),
        clock: parts.time.clock.clone(),
        counter: Arc::new(PinCounter::default()),
        language: keypad_language(parts.language),
        engine: OnceLock::new(),
        platform,
        refused: Refused::default(),
        trusted: OnceLock::new(),
        brief,
        services: OnceLock::new(),
        certificates: OnceLock::new(),
        signed_in: SignedIn::default(),
        boot: parts.time.clock.boot_id(),
    };
    let (clock, timer) = (parts.time.clock.clone(), parts.time.timer.clone());
    let setup = move |ports: Arc<Act>| Setup { ports, clock, timer, desk };
    Ok((adapters, Box::new(setup)))
}

fn keypad_language(language: Language) -> KeypadLanguage {
    match language {
        Language::Nl => KeypadLanguage::Nl,
        Language::Fr => KeypadLanguage::Fr,
        Language::De => KeypadLanguage::De,
        Language::En => KeypadLanguage::En,
    }
}

fn anchors(profile: &Profile) -> Result<Anchors, Problem> {
    let pems: Result<Vec<Vec<u8>>, _> = profile.trust.ehealth.iter().map(|x509| x509.to_pem()).collect();
    let pems = pems.map_err(|_| Problem::new(Code::INTERNAL))?;
    Anchors::from_pem(pems.iter().map(Vec::as_slice)).map_err(|e| e.problem())
}

/// The client of the profile's sign-in service. What is missing is told when somebody wants to sign in.
fn sts(profile: &Profile, calls: &Calls) -> Result<StsClient, Problem> {
    let invalid = |key, reason| profile.refused(key, reason);
    let sts = profile.sts.as_ref().ok_or_else(|| invalid("sts", "missing"))?;
    let endpoint = Url::parse(&sts.endpoint).ok().filter(|url| url.scheme() == "https");
    let endpoint = endpoint.ok_or_else(|| invalid("sts.endpoint", "no-address"))?;
    let signer: Option<Vec<_>> = sts.signer.iter().map(|entry| WholeAttribute::parse(entry)).collect();
    let signer = signer.ok_or_else(|| invalid("sts.signer", "signer-form"))?;
    let transport = transport(profile, calls)?;
    Ok(StsClient::new(StsProfile::new(endpoint, signer, profile.trust.ehealth.clone()), transport))
}

/// The one way by which calls leave this PC: to the hosts of the profile, as the settings say.
///
/// # Errors
/// A key of the profile or a setting that cannot be used.
pub fn transport(profile: &Profile, calls: &Calls) -> Result<Transport, Problem> {
    let invalid = |key, reason| profile.refused(key, reason);
    let hosts = HostList::parse(&profile.allowed).map_err(|_| invalid("hosts.allowed", "host-form"))?;
    let sandbox = profile.class == EnvironmentClass::Sandbox;
    let tls = profile.trust.tls.clone();
    if sandbox && tls.is_empty() {
        return Err(invalid("trust.tls", "missing"));
    }
    let mut settings = Settings::new(hosts, if sandbox { Trust::Only(tls) } else { Trust::System(tls) });
    settings.proxy = match &calls.proxy {
        _ if sandbox => ProxyChoice::Direct,
        Some(address) => ProxyChoice::Fixed(address.clone()),
        None => ProxyChoice::System,
    };
    settings.user_agent = calls.user_agent.clone().unwrap_or(settings.user_agent);
    settings.from.clone_from(&calls.from);
    settings.refuse_inspected = calls.refuse_inspected;
    Transport::new(settings).map_err(|e| e.problem())
}

/// The watch of the platform's services. A profile that has none that could be watched still signs in.
async fn watch_services(
    parts: &Parts,
    folders: &Folders,
    adapters: &Arc<Adapters>,
    handle: &Handle,
) -> Result<(), Problem> {
    let chosen = match adapters.records.routes().await {
        Ok(chosen) => chosen,
        Err(problem) => {
            handle.tell(Event::Warned(problem)).await?;
            BTreeMap::new()
        }
    };
    let place = continuity::Place {
        profile: &parts.profile,
        chosen,
        transport: transport(&parts.profile, &parts.calls),
        folder: &folders.environment,
        time: &parts.time,
        adapters: Arc::downgrade(adapters),
        looks: parts.watch,
    };
    match continuity::open(place).await {
        Ok((services, problem)) => {
            if parts.watch {
                services.follow(handle);
            }
            // The lock is fresh: nobody else has set it.
            let _ = adapters.services.set(Ok(services));
            if let Some(problem) = problem {
                // The next look brings another; nobody has to do anything.
                continuity::forged(adapters, problem).await;
            }
            Ok(())
        }
        Err(problem) => {
            let _ = adapters.services.set(Err(problem.clone()));
            handle.tell(Event::Warned(problem)).await
        }
    }
}

/// The watch of certificates; what it could not read of an earlier run is told.
async fn watch_certificates(parts: &Parts, adapters: &Arc<Adapters>, handle: &Handle) -> Result<(), Problem> {
    // A command that signs in watches the readers and is gone before anybody is reminded.
    let looks = parts.watch && !adapters.brief;
    let place = certificates::Place { adapters, engine: handle, time: &parts.time, looks };
    let (watch, problems) = certificates::open(place).await;
    // The lock is fresh: nobody else has set it.
    let _ = adapters.certificates.set(watch);
    for problem in problems {
        handle.tell(Event::Warned(problem)).await?;
    }
    Ok(())
}

/// Finds the sessions of this folder again, the newest first; what cannot be read is told and left where it is.
async fn restore(handle: &Handle, adapters: &Arc<Adapters>) -> Result<(), Problem> {
    let Adapters { leases, records, clock, .. } = &**adapters;
    let remembered = match records.remembered().await {
        Ok(remembered) => remembered,
        Err(problem) => {
            handle.tell(Event::Warned(problem)).await?;
            Remembered::default()
        }
    };
    let Remembered { people, last, .. } = remembered.clone();
    handle.tell(Event::Remembered { people, last }).await?;
    let (mut found, mut events) = (Vec::new(), Vec::new());
    let slots = leases.slots().await;
    let all_are_known = slots.is_ok();
    match slots {
        Err(problem) => events.push(Event::Warned(problem)),
        Ok(slots) => {
            for slot in slots {
                match leases.lease(slot.clone()).await {
                    // It was ended, and what was to erase it never had its turn.
                    Ok(Some(_)) if remembered.unerased.contains(&slot) => {
                        let problem = adapters.erase(slot.clone()).await.err();
                        events.push(Event::Erased { slot, problem });
                    }
                    Ok(one) => found.extend(one),
                    Err(problem) => events.push(remembered.unopened(slot, problem)),
                }
            }
        }
    }
    if let Err(problem) = records.rebuild(found.iter().map(|one| one.lease.clone()).collect()).await {
        events.push(Event::Warned(problem));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.lease.issued_at));
    if let Some(platform) = measured(&found, clock.now(), adapters.boot.as_ref()) {
        adapters.know(Some(platform.clone()));
        handle.tell(Event::ClockKept(platform)).await?;
    }
    if all_are_known && let Err(problem) = close_the_lost(adapters, &found, &events).await {
        events.push(Event::Warned(problem));
    }
    for found in found {
        let slot = found.lease.person.slot.clone();
        let begun = found.history.episode.clone();
        let organisation = found.lease.means == Means::Certificate;
        handle.tell(restored_locked(found, clock.now(), adapters.boot.as_ref())).await?;
        if organisation {
            find_key(handle, adapters, slot);
        } else if let Some(kept) = begun
            // The ledger may have answered only when nobody was there any more to hear it.
            && let Some(line) = adapters.episode_of(&slot, kept.used.since).await
        {
            handle.tell(Event::EpisodeInForce { asked: kept.id, line: Box::new(line) }).await?;
        }
    }
    for event in events {
        handle.tell(event).await?;
    }
    // Whoever looks next sees the session, not the moment before it.
    handle.settle().await
}

/// Opens the key of an organisation whose password is remembered, beside the start: neither a share that hangs nor a key
/// store that waits for somebody keeps the session from being shown and given out.
fn find_key(handle: &Handle, adapters: &Arc<Adapters>, slot: SlotId) {
    let (handle, adapters) = (handle.clone(), Arc::downgrade(adapters));
    tokio::spawn(async move {
        let Some(adapters) = adapters.upgrade() else { return };
        if adapters.key_at_hand(&slot).await {
            // An engine that is gone renews nothing.
            let _ = handle.tell(Event::KeyAtHand(slot)).await;
        }
    });
}

/// Lines of the ledger that are open and have no lease any more end now; whose lease did not open keeps theirs.
async fn close_the_lost(adapters: &Adapters, found: &[Found], events: &[Event]) -> Result<(), Problem> {
    let of_a_lease = |one: &Found| {
        let since = one.history.episode.as_ref()?.used.since;
        Some(Holder { slot: one.lease.person.slot.clone(), since: Some(since) })
    };
    let unopened = events.iter().filter_map(|event| match event {
        Event::Unopened { slot, .. } => Some(Holder { slot: slot.clone(), since: None }),
        _ => None,
    });
    let leases = found.iter().filter_map(of_a_lease).chain(unopened).collect();
    let Adapters { records, environment, .. } = adapters;
    records.lose_episodes(environment.clone(), leases, adapters.now().wall).await
}

impl Running {
    /// Who decides where session keys are kept.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        self.keeper.clone()
    }

    /// Who puts the mark of trusted time back.
    #[must_use]
    pub fn time_keeper(&self) -> TimeKeeper {
        TimeKeeper(Arc::downgrade(&self.keeper.0))
    }

    /// The watch of the platform's services.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn services(&self) -> Result<Services, Problem> {
        self.keeper.0.watch().cloned()
    }

    /// The watch of certificates.
    ///
    /// # Errors
    /// [`Code::ENGINE_STOPPED`] where there is none.
    pub fn certificates(&self) -> Result<Certificates, Problem> {
        self.keeper.0.certificates.get().cloned().ok_or_else(|| Code::ENGINE_STOPPED.into())
    }

    /// What was, as it is shown and given away.
    ///
    /// # Errors
    /// Why nothing is watched.
    pub fn past(&self) -> Result<PastBook, Problem> {
        let services = self.services()?;
        Ok(PastBook::new(Arc::downgrade(&self.keeper.0), services, self.folders.environment.clone()))
    }

    /// Who knows what is to be told before somebody works without the card.
    #[must_use]
    pub fn without_card(&self) -> WithoutCard {
        self.without_card.clone()
    }

    /// The journal and the ledger.
    #[must_use]
    pub fn records(&self) -> RecordRoom {
        self.records.clone()
    }

    /// From the next card that is read on, the PIN is typed on this PC at these readers, and at no others with a keypad.
    pub fn type_here(&self, readers: &BTreeSet<String>) {
        self.cards.type_here(readers.iter().cloned().collect());
    }

    /// Ends the engine: secrets are wiped, the session stays on disk.
    pub async fn stop(self) {
        let services = self.services();
        stopped(&self.handle, self.engine).await;
        if let Ok(services) = services {
            let written = tokio::time::timeout(LAST_NOTES, services.handle().stop()).await;
            if written.is_err() {
                tracing::warn!(
                    "what the watch of the services was writing down may be lost: the disk is silent"
                );
            }
        }
        if let Some(certificates) = self.keeper.0.certificates.get() {
            certificates.stop().await;
        }
        // What was asked last is on the disk before somebody else owns the folder.
        self.keeper.0.leases.settle().await;
        self.keeper.0.records.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{SystemClock, SystemTimer};
    use relais_core::ports::{Later, Ports};
    use relais_core::session::Effect;

    struct Nobody;

    impl Ports for Nobody {
        fn perform(&self, _: Effect) -> Later<'static, Option<Event>> {
            Box::pin(std::future::ready(None))
        }
    }

    #[tokio::test]
    async fn a_start_that_fails_half_way_leaves_no_engine_behind() {
        let setup = Setup {
            ports: Arc::new(Nobody),
            clock: Arc::new(SystemClock),
            timer: Arc::new(SystemTimer),
            desk: Desk::new(),
        };
        let (engine, handle) = Engine::new(setup);
        let engine = tokio::spawn(engine.run());
        let failed = or_stopped(async { Err(Code::INTERNAL.into()) }, &handle, engine).await;
        assert_eq!(failed.map(drop), Err(Code::INTERNAL.into()));
        assert_eq!(handle.tell(Event::Tick).await, Err(Code::ENGINE_STOPPED.into()));
    }

    /// What the client of the acceptance platform says to these settings.
    fn told(calls: Calls) -> Option<Problem> {
        sts(&Profile::built_in("acceptance").unwrap(), &calls).err()
    }

    #[test]
    fn calls_are_set_up_as_the_settings_say_and_nonsense_is_told_by_name() {
        let good = Calls {
            user_agent: Some("Vendor/2.1 Relais/0.1.0".into()),
            from: Some("help@vendor.test".into()),
            proxy: Some("http://proxy.vendor.test:3128".into()),
            refuse_inspected: true,
        };
        assert_eq!(told(good.clone()), None);
        let cases = [
            (Calls { user_agent: Some("no version".into()), ..good.clone() }, "user agent"),
            (Calls { from: Some("nobody".into()), ..good.clone() }, "support address"),
            (Calls { proxy: Some("http://".into()), ..good }, "proxy"),
        ];
        for (calls, what) in cases {
            let problem = told(calls).expect("it is refused");
            assert_eq!(problem.code, Code::CALL_SETTING_INVALID, "{what}");
            assert_eq!(problem.with["what"], what);
        }
    }
}
