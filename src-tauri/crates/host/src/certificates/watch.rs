//! The watch of certificates, beside the session and the watch of the services: looks at the folders that a person agreed
//! to, and says who has to be told of what. What is written down is written before anybody hears it.
//!
//! It sleeps until something is due, changes or is wanted. Looking, noticing and thinking have threads of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use jiff::Timestamp;
use relais_core::certificates::looking::Pace;
use relais_core::certificates::reminder::{Event, Reminders};
use relais_core::certificates::{CertificateId, delivery};
use relais_core::ident::Identity;
use relais_core::journal::Subject;
use relais_core::lease::{LeaseId, SlotId};
use relais_core::session::quiet::Hours;
use relais_core::session::{Record, State as Sessions};
use relais_core::{Code, Problem};
use relais_engine::Handle;
use relais_keystore::inventory::{Found, Public, Row, Seen, Shelf};
use tokio::sync::{mpsc, oneshot, watch};

use super::agreed::{Agreed, Decided, Deputy};
use super::changes::Noticing;
use super::known::{Folder, Given, Known, Listed, Thought, not_listed, out_of_reach, publics, think};
use super::looks::{self, GoesOn, Looked, OWN, Shelves};
use crate::adapters::{Adapters, unwritten};
use crate::clock::Time;

/// Longest sleep: a suspend, and a clock that was set, are noticed by then.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// A share that does not say what a folder is within this is none that can be agreed to now.
const NAMED_WITHIN: Duration = Duration::from_secs(10);

/// What somebody answers to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// "I know": nothing more until the next rung.
    Known,
    /// "Remind me later": the next morning.
    Later,
}

type Reply<T> = oneshot::Sender<Result<T, Problem>>;

enum Message {
    Looked(Box<Looked>),
    Progress(PathBuf, usize),
    /// Something changed there; `false` where nobody can notice it.
    Noticed(PathBuf, bool),
    /// Who is in use.
    Person(Option<Identity>),
    /// A card showed this certificate, or a keystore, which is this file.
    Shown(Arc<[u8]>, Option<PathBuf>),
    Agree(PathBuf, Reply<PathBuf>),
    Withdraw(PathBuf, Reply<PathBuf>),
    Look,
    GiveUp,
    Answer(Option<Vec<CertificateId>>, Answered, Reply<()>),
    Deputy(Option<Deputy>, Reply<()>),
    Forget(SlotId, Reply<()>),
    Stop(oneshot::Sender<()>),
}

/// The watch of one environment. Clones are the same one; it ends with the last of them.
#[derive(Clone)]
pub struct Certificates {
    messages: mpsc::UnboundedSender<Message>,
    states: watch::Receiver<Arc<Known>>,
}

/// What a watch needs of its environment.
pub(crate) struct Place<'a> {
    pub adapters: &'a Arc<Adapters>,
    pub engine: &'a Handle,
    pub time: &'a Time,
    /// It looks by itself, and says what there is to say. A command does what it is told.
    pub looks: bool,
}

/// A watch of this environment, and what could not be read of an earlier run.
pub(crate) async fn open(place: Place<'_>) -> (Certificates, Vec<Problem>) {
    let Adapters { records, leases, folder, .. } = &**place.adapters;
    let install = leases.install_key();
    let shelves = Shelves { at: folder.clone(), install: install.clone() };
    let (read, told) = (records.decided().await, records.reminders().await);
    let mut problems = vec![];
    let decided = match read {
        Ok(text) => {
            let decided = text.map(|text| Decided::shown(&text, &install)).unwrap_or_default();
            // What was withdrawn, and could not be erased then, goes now.
            problems.extend(shelves.erase_others(&decided).err());
            decided
        }
        Err(problem) => {
            problems.push(problem);
            Decided::default()
        }
    };
    let reminders = told.map(Reminders::known).unwrap_or_else(|problem| {
        problems.push(problem);
        Reminders::default()
    });
    let (sender, messages) = mpsc::unbounded_channel();
    let watch = Watch {
        adapters: Arc::downgrade(place.adapters),
        engine: place.engine.clone(),
        time: place.time.clone(),
        looks: place.looks,
        shelves,
        decided,
        folders: BTreeMap::new(),
        own: Arc::default(),
        loaded: false,
        reminders: Arc::new(reminders),
        listed: Arc::default(),
        said: None,
        own_id: None,
        problem: None,
        hours: place.engine.state().habits.hours.clone(),
        person: None,
        ssin: None,
        held: None,
        wake: None,
        fresh: true,
        sender: sender.downgrade(),
    };
    let states = watch::Sender::new(Arc::new(watch.known()));
    let seen = states.subscribe();
    tokio::spawn(watch.run(messages, states));
    (Certificates { messages: sender, states: seen }, problems)
}

/// A folder while it is watched.
#[derive(Default)]
struct Kept {
    pace: Pace,
    shelf: Arc<Shelf>,
    goes_on: Option<GoesOn>,
    met: usize,
    noticing: Option<Noticing>,
    unnoticed: bool,
}

impl Kept {
    fn of(shelf: Shelf) -> Self {
        Self { shelf: Arc::new(shelf), ..Self::default() }
    }
}

struct Watch {
    adapters: Weak<Adapters>,
    engine: Handle,
    time: Time,
    looks: bool,
    shelves: Shelves,
    decided: Decided,
    folders: BTreeMap<PathBuf, Kept>,
    own: Arc<Shelf>,
    /// What an earlier run kept was read.
    loaded: bool,
    reminders: Arc<Reminders>,
    listed: Arc<Listed>,
    said: Option<(Vec<CertificateId>, Timestamp)>,
    own_id: Option<CertificateId>,
    problem: Option<Problem>,
    hours: Hours,
    person: Option<SlotId>,
    ssin: Option<String>,
    /// The session whose keystore showed its certificate.
    held: Option<LeaseId>,
    /// When there is something to think about.
    wake: Option<Timestamp>,
    /// Something is new that nobody thought about.
    fresh: bool,
    sender: mpsc::WeakUnboundedSender<Message>,
}

impl Watch {
    async fn run(
        mut self,
        mut messages: mpsc::UnboundedReceiver<Message>,
        states: watch::Sender<Arc<Known>>,
    ) {
        let mut sessions = self.engine.states();
        if self.looks {
            self.load().await;
        }
        loop {
            let now = sessions.borrow_and_update().clone();
            self.meet(&now);
            self.begin_looks();
            let due = self.wake.is_some_and(|at| at <= self.now());
            if (self.fresh || due) && self.looks {
                self.think(vec![]).await;
            }
            let known = self.known();
            states.send_if_modified(|before| {
                let changed = !known.same(before);
                if changed {
                    *before = Arc::new(known);
                }
                changed
            });
            let timer = self.time.timer.clone();
            tokio::select! {
                biased;
                message = messages.recv() => match message {
                    None => return,
                    Some(Message::Stop(done)) => {
                        // Who gave up waiting needs no answer.
                        let _ = done.send(());
                        return;
                    }
                    Some(message) => self.take(message).await,
                },
                changed = sessions.changed() => if changed.is_err() { return },
                () = timer.wait(self.next(), LONGEST) => {}
            }
        }
    }

    /// Reads what an earlier run kept, off the loop: with thousands of certificates it takes a while.
    async fn load(&mut self) {
        let (shelves, paths) = (self.shelves.clone(), self.decided.paths());
        let load = move || {
            let all = paths.iter().map(|path| (path.clone(), Kept::of(shelves.load(path)))).collect();
            (all, Arc::new(shelves.load(Path::new(OWN))))
        };
        (self.folders, self.own) = tokio::task::spawn_blocking(load).await.unwrap_or_default();
        (self.loaded, self.fresh) = (true, true);
    }

    fn now(&self) -> Timestamp {
        self.time.clock.now().wall
    }

    /// When something is due at last; none for one that does only what it is told.
    fn next(&self) -> Option<Timestamp> {
        let now = self.now();
        let looks = self.folders.values().filter_map(|one| one.pace.due(now));
        looks.chain(self.wake).min().filter(|_| self.looks)
    }

    fn known(&self) -> Known {
        let folder = |agreed: &Agreed| {
            let kept = self.folders.get(&agreed.folder)?;
            let lost = out_of_reach(&kept.shelf, &agreed.folder);
            let unnoticed = || kept.unnoticed.then(|| Problem::new(Code::CERTIFICATE_FOLDER_NOT_NOTICED));
            Some(Folder {
                agreed: agreed.clone(),
                whole_at: kept.shelf.whole_at(),
                looking: kept.goes_on.as_ref().map(|_| kept.met),
                problem: lost.or_else(unnoticed),
            })
        };
        let quiet =
            |one: &Kept| !one.pace.under_way() && one.pace.due(self.now()).is_none_or(|at| at > self.now());
        Known {
            folders: self.decided.folders.iter().filter_map(folder).collect(),
            listed: self.listed.clone(),
            reminders: self.reminders.clone(),
            said: self.said.clone(),
            deputy: self.decided.deputy.clone(),
            own: self.own_id,
            problem: self.problem.clone(),
            settled: !self.fresh && (!self.looks || (self.loaded && self.folders.values().all(quiet))),
        }
    }

    /// What the session has to do with it: the hours of the practice, who is in use, and the certificate of their keystore.
    fn meet(&mut self, sessions: &Sessions) {
        if sessions.habits.hours != self.hours {
            self.hours = sessions.habits.hours.clone();
            self.fresh = true;
        }
        let person = sessions.person_in_use();
        let held = sessions.session.open().map(|open| open.lease.id.clone());
        if (person == self.person && held == self.held) || !self.looks {
            return;
        }
        (self.person, self.held) = (person.clone(), held);
        let (Some(adapters), sender) = (self.adapters.upgrade(), self.sender.clone()) else { return };
        tokio::spawn(async move {
            let owner = adapters.identity_of(person.as_ref()).await.unwrap_or_default();
            let holder = match &owner {
                Some(owner) => adapters.keys.holder_in_file(owner.clone()).await.unwrap_or_default(),
                None => None,
            };
            let Some(sender) = sender.upgrade() else { return };
            let shown = holder.map(|(holder, file)| {
                use relais_core::ports::Signer as _;
                Message::Shown(holder.signer.certificate().into(), Some(file))
            });
            // A watch that is gone wants to know nothing.
            let _ = sender.send(Message::Person(owner));
            shown.map(|shown| sender.send(shown));
        });
    }

    fn begin_looks(&mut self) {
        if !self.looks {
            return;
        }
        let now = self.now();
        for (folder, kept) in &mut self.folders {
            if kept.pace.due(now).is_none_or(|at| at > now) {
                continue;
            }
            let (clock, progress, done) = (self.time.clock.clone(), self.sender.clone(), self.sender.clone());
            let place = folder.clone();
            let begun = looks::begin(
                folder.clone(),
                kept.shelf.clone(),
                self.shelves.clone(),
                move || clock.now().wall,
                move |met| tell(&progress, Message::Progress(place.clone(), met)),
                move |looked| tell(&done, Message::Looked(Box::new(looked))),
            );
            match begun {
                Ok(goes_on) => {
                    kept.pace.begin();
                    (kept.goes_on, kept.met) = (Some(goes_on), 0);
                }
                Err(error) => {
                    tracing::warn!(%error, "no thread to look at a folder of certificates");
                    kept.pace.end(relais_core::certificates::looking::Came::OutOfReach, now);
                }
            }
        }
    }

    /// Thinks about everything that is known; what somebody answered goes before what time does.
    async fn think(&mut self, answered: Vec<Event>) {
        self.fresh = false;
        let given = Given {
            shelves: self.folders.values().map(|kept| kept.shelf.clone()).collect(),
            own: self.own.clone(),
            reminders: self.reminders.clone(),
            // A command tells nobody of anything.
            events: answered.into_iter().chain(self.looks.then_some(Event::Tick)).collect(),
            hours: self.hours.clone(),
            now: self.now(),
            ssin: self.ssin.clone(),
        };
        let now = given.now;
        match tokio::task::spawn_blocking(|| think(given)).await {
            Ok(thought) => self.say(thought, now).await,
            Err(error) => {
                tracing::error!(%error, "the list of certificates broke");
                self.problem = Some(Code::ADAPTER_PANIC.into());
            }
        }
    }

    /// Writes down what was said, then says it.
    async fn say(&mut self, thought: Thought, now: Timestamp) {
        let Some(adapters) = self.adapters.upgrade() else { return };
        if !thought.news.is_empty() {
            unwritten(adapters.records.note_reminders(thought.news, now).await);
        }
        if !thought.told.is_empty() {
            let count = thought.told.len().to_string();
            let detail = [("count".to_owned(), count)].into();
            record(&adapters, now, "certificates-told", detail).await;
            // What was said before, and nobody has answered, is said with it: one message for all.
            let (mut said, _) = self.said.take().unwrap_or_default();
            said.retain(|id| !thought.told.contains(id));
            said.extend(thought.told);
            self.said = Some((said, now));
        }
        self.reminders = Arc::new(thought.reminders);
        self.listed = Arc::new(thought.listed);
        (self.wake, self.own_id) = (thought.wake, thought.own);
    }

    async fn take(&mut self, message: Message) {
        if !self.loaded {
            self.load().await;
        }
        match message {
            Message::Looked(looked) => self.looked(*looked),
            Message::Progress(folder, met) => {
                if let Some(kept) = self.folders.get_mut(&folder).filter(|kept| kept.goes_on.is_some()) {
                    kept.met = met;
                }
            }
            Message::Noticed(folder, noticed) => {
                if let Some(kept) = self.folders.get_mut(&folder) {
                    kept.unnoticed = !noticed;
                    if noticed {
                        kept.pace.want();
                    }
                }
            }
            Message::Person(owner) => {
                let ssin = owner.and_then(|owner| match owner {
                    Identity::Person(person) => Some(person.reveal().to_owned()),
                    Identity::Organisation(_) => None,
                });
                self.fresh |= ssin != self.ssin;
                self.ssin = ssin;
            }
            Message::Shown(der, file) => self.shown(&der, file).await,
            Message::Agree(folder, reply) => answer(reply, self.agree(folder).await),
            Message::Withdraw(folder, reply) => answer(reply, self.withdraw(folder).await),
            Message::Look => self.folders.values_mut().for_each(|kept| kept.pace.want()),
            Message::GiveUp => {
                self.folders.values().filter_map(|kept| kept.goes_on.as_ref()).for_each(GoesOn::give_up);
            }
            Message::Answer(ids, how, reply) => answer(reply, self.answered(ids, how).await),
            Message::Deputy(deputy, reply) => {
                let decided = Decided { deputy, ..self.decided.clone() };
                answer(reply, self.decide(decided).await);
            }
            Message::Forget(slot, reply) => answer(reply, self.forget(slot).await),
            Message::Stop(_) => {}
        }
    }

    fn looked(&mut self, looked: Looked) {
        let Looked { folder, shelf, came, unkept } = looked;
        let now = self.now();
        let Some(kept) = self.folders.get_mut(&folder) else {
            // Somebody withdrew it meanwhile: nothing of it stays.
            unwritten(self.shelves.erase_others(&self.decided));
            return;
        };
        kept.pace.end(came, now);
        kept.goes_on = None;
        let mut shelf = shelf;
        if shelf.learn_from(&kept.shelf) {
            kept.pace.want();
        }
        kept.shelf = Arc::new(shelf);
        self.problem = unkept;
        self.fresh = true;
        let gone = out_of_reach(&kept.shelf, &folder).is_some();
        // One that is gone can be noticed only once it is back.
        if gone || kept.noticing.as_ref().is_some_and(|noticing| !noticing.alive()) {
            kept.noticing = None;
        }
        if !gone && kept.noticing.is_none() && !kept.unnoticed {
            let (sender, place) = (self.sender.clone(), folder.clone());
            let told = move |noticed| tell(&sender, Message::Noticed(place.clone(), noticed));
            kept.noticing = Noticing::of(&folder, told).ok();
            kept.unnoticed = kept.noticing.is_none();
        }
    }

    async fn decide(&mut self, decided: Decided) -> Result<(), Problem> {
        let adapters = self.adapters.upgrade().ok_or(Code::ENGINE_STOPPED)?;
        adapters.records.keep_decided(decided.hidden(&self.shelves.install)?).await?;
        self.decided = decided;
        Ok(())
    }

    async fn agree(&mut self, folder: PathBuf) -> Result<PathBuf, Problem> {
        let (mut decided, now) = (self.decided.clone(), self.now());
        let agreed = tokio::task::spawn_blocking(move || {
            let folder = decided.agree(&folder, now)?;
            Ok::<_, Problem>((decided, folder))
        });
        let named = tokio::time::timeout(NAMED_WITHIN, agreed).await;
        let silent = || Problem::new(Code::KEYSTORE_TIMEOUT);
        let (decided, folder) = named.map_err(|_| silent())?.map_err(|_| Code::ADAPTER_PANIC)??;
        self.decide(decided).await?;
        // Those that lie in it were agreed to by themselves; what is known of them is found again.
        let paths = self.decided.paths();
        self.folders.retain(|path, _| paths.contains(path));
        self.folders.insert(folder.clone(), Kept::default());
        self.fresh = true;
        unwritten(self.shelves.erase_others(&self.decided));
        self.note("certificate-folder-agreed").await;
        Ok(folder)
    }

    async fn withdraw(&mut self, folder: PathBuf) -> Result<PathBuf, Problem> {
        let mut decided = self.decided.clone();
        let folder = decided.withdraw(&folder)?;
        self.decide(decided).await?;
        let gone = self.folders.remove(&folder);
        let erased = self.shelves.erase_others(&self.decided);
        // What was said of what lies nowhere else any more is forgotten, too.
        if let Some(gone) = gone {
            let mine = ids(&gone.shelf);
            let others: Vec<_> =
                self.folders.values().map(|kept| ids(&kept.shelf)).chain([ids(&self.own)]).collect();
            let only_here = |id: &CertificateId| !others.iter().any(|known| known.contains(id));
            let lost: Vec<_> = mine.into_iter().filter(only_here).collect();
            self.forget_told(lost).await;
        }
        self.fresh = true;
        self.note("certificate-folder-withdrawn").await;
        erased.map(|()| folder)
    }

    async fn forget_told(&mut self, ids: Vec<CertificateId>) {
        let mut reminders = Reminders::clone(&self.reminders);
        reminders.forget(|id| ids.contains(&id));
        self.reminders = Arc::new(reminders);
        if let Some((said, _)) = &mut self.said {
            said.retain(|id| !ids.contains(id));
        }
        if let Some(adapters) = self.adapters.upgrade() {
            unwritten(adapters.records.forget_reminders(ids).await);
        }
    }

    async fn answered(&mut self, ids: Option<Vec<CertificateId>>, how: Answered) -> Result<(), Problem> {
        let ids = ids.unwrap_or_else(|| self.reminders.unanswered().map(|(id, _)| id).collect());
        if ids.iter().any(|id| self.reminders.of(*id).is_none()) {
            return Err(not_listed());
        }
        if let Some((said, _)) = &mut self.said {
            said.retain(|id| !ids.contains(id));
        }
        let event = match how {
            Answered::Known => Event::Acknowledged { ids },
            Answered::Later => Event::Snoozed { ids, until: delivery::later(self.now(), &self.hours) },
        };
        self.think(vec![event]).await;
        Ok(())
    }

    /// A card or a keystore showed a certificate: it is kept beside the folders.
    async fn shown(&mut self, der: &[u8], file: Option<PathBuf>) {
        let contents = relais_keystore::inventory::read(der);
        let Some(public) = contents.certificates.first() else { return };
        if let Some(file) = file {
            self.learn(file, std::slice::from_ref(public)).await;
        }
        if publics(&self.own).iter().any(|known| known.id == public.id) {
            return;
        }
        let path = PathBuf::from(public.id.to_string());
        let row = Row { path, modified_at: None, found: Found::Read(Arc::new(contents)) };
        self.keep_own(|rows| rows.push(row)).await;
    }

    /// A keystore in one of the folders shows its dates from now on.
    async fn learn(&mut self, file: PathBuf, shown: &[Public]) {
        let named =
            move || Some((relais_keystore::find::read(&file).ok()?, std::fs::canonicalize(&file).ok()?));
        // A share that hangs keeps nobody waiting; what was not learned now is learned at the next sign-in.
        let read = tokio::time::timeout(NAMED_WITHIN, tokio::task::spawn_blocking(named)).await;
        let Ok(Ok(Some((bytes, file)))) = read else { return };
        let Some((_, kept)) = self.folders.iter_mut().find(|(folder, _)| file.starts_with(folder)) else {
            return;
        };
        Arc::make_mut(&mut kept.shelf).learn(&bytes, shown);
        kept.pace.want();
    }

    async fn forget(&mut self, slot: SlotId) -> Result<(), Problem> {
        let adapters = self.adapters.upgrade().ok_or(Code::ENGINE_STOPPED)?;
        let theirs = |row: &Row| match &row.found {
            Found::Read(contents) => contents.certificates.iter().any(|public| {
                let owner = public.owner.as_ref();
                let owner = owner.and_then(|it| Identity::parse(&it.kind, &it.id, it.application.as_deref()));
                owner.is_some_and(|owner| adapters.leases.slot(&owner).as_ref() == Ok(&slot))
            }),
            Found::Failed(_) => false,
        };
        let before = ids(&self.own);
        self.keep_own(|rows| rows.retain(|row| !theirs(row))).await;
        let after = ids(&self.own);
        self.forget_told(before.into_iter().filter(|id| !after.contains(id)).collect()).await;
        match self.problem.clone() {
            Some(problem) if problem.code == Code::CERTIFICATES_NOT_KEPT => Err(problem),
            _ => Ok(()),
        }
    }

    async fn keep_own(&mut self, change: impl FnOnce(&mut Vec<Row>)) {
        let mut rows: Vec<Row> = self.own.rows().iter().map(|one| one.row.clone()).collect();
        change(&mut rows);
        let mut shelf = Shelf::default();
        shelf.take_up(&Seen::of(rows, true), false, self.now());
        self.own = Arc::new(shelf);
        self.fresh = true;
        let (shelves, own) = (self.shelves.clone(), self.own.clone());
        let saved = tokio::task::spawn_blocking(move || shelves.save(Path::new(OWN), &own)).await;
        self.problem = saved.unwrap_or_else(|_| Err(Code::ADAPTER_PANIC.into())).err();
    }

    async fn note(&self, event: &'static str) {
        if let Some(adapters) = self.adapters.upgrade() {
            record(&adapters, self.now(), event, BTreeMap::new()).await;
        }
    }
}

async fn record(adapters: &Adapters, at: Timestamp, event: &'static str, detail: BTreeMap<String, String>) {
    let record = Record { at, subject: Subject::Certificate, event, slot: None, code: None, detail };
    unwritten(adapters.record(record).await);
}

fn ids(shelf: &Shelf) -> std::collections::BTreeSet<CertificateId> {
    publics(shelf).into_iter().map(|public| public.id).collect()
}

fn tell(sender: &mpsc::WeakUnboundedSender<Message>, message: Message) {
    if let Some(sender) = sender.upgrade() {
        // A watch that is gone wants to know nothing.
        let _ = sender.send(message);
    }
}

fn answer<T>(reply: Reply<T>, done: Result<T, Problem>) {
    // Who gave up waiting needs no answer.
    let _ = reply.send(done);
}

impl Certificates {
    /// What is known now.
    #[must_use]
    pub fn known(&self) -> Arc<Known> {
        self.states.borrow().clone()
    }

    /// What is known, from now on.
    #[must_use]
    pub fn states(&self) -> watch::Receiver<Arc<Known>> {
        self.states.clone()
    }

    /// A person agrees that a folder and all below it is looked at; gives the folder as it is kept.
    ///
    /// # Errors
    /// It cannot be looked at, or was agreed to before; or that cannot be written down.
    pub async fn agree(&self, folder: PathBuf) -> Result<PathBuf, Problem> {
        self.ask(|reply| Message::Agree(folder, reply)).await
    }

    /// A person takes that back: what is known of the folder is erased.
    ///
    /// # Errors
    /// Nobody agreed to it; or that cannot be written down, or not be erased now.
    pub async fn withdraw(&self, folder: PathBuf) -> Result<PathBuf, Problem> {
        self.ask(|reply| Message::Withdraw(folder, reply)).await
    }

    /// Somebody answers to what was said of these; none = of all.
    ///
    /// # Errors
    /// [`Code::CERTIFICATE_NOT_LISTED`] where nothing was said of one of them.
    pub async fn answer(&self, ids: Option<Vec<CertificateId>>, how: Answered) -> Result<(), Problem> {
        self.ask(|reply| Message::Answer(ids, how, reply)).await
    }

    /// Somebody could look after certificates where nobody answers; none = nobody.
    ///
    /// # Errors
    /// It cannot be written down.
    pub async fn set_deputy(&self, deputy: Option<Deputy>) -> Result<(), Problem> {
        self.ask(|reply| Message::Deputy(deputy, reply)).await
    }

    /// Looks at every folder now.
    pub fn look_now(&self) {
        self.say(Message::Look);
    }

    /// Gives up the looks that are under way.
    pub fn give_up(&self) {
        self.say(Message::GiveUp);
    }

    /// A card showed its certificate.
    pub(crate) fn shown(&self, der: Arc<[u8]>) {
        self.say(Message::Shown(der, None));
    }

    /// Forgets what the card and the keystore of a person showed.
    pub(crate) async fn forget(&self, slot: SlotId) -> Result<(), Problem> {
        self.ask(|reply| Message::Forget(slot, reply)).await
    }

    /// Ends the watch. One that is gone has ended.
    pub(crate) async fn stop(&self) {
        let (done, waiting) = oneshot::channel();
        self.say(Message::Stop(done));
        let _ = waiting.await;
    }

    fn say(&self, message: Message) {
        // A watch that is gone hears nothing any more.
        let _ = self.messages.send(message);
    }

    async fn ask<T>(&self, message: impl FnOnce(Reply<T>) -> Message) -> Result<T, Problem> {
        let (reply, waiting) = oneshot::channel();
        self.say(message(reply));
        waiting.await.map_err(|_| Problem::new(Code::ENGINE_STOPPED))?
    }
}
