//! What the windows share: the preferences, the running engine, and the watch that turns states into events.

mod background;
pub(crate) mod certificates;
pub(crate) mod continuity;
mod opening;
mod outside;
mod sandbox;

pub(crate) use background::WhenClosed;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use relais_core::continuity::returns::Returns;
use relais_core::session::notice::{Board, Popups};
use relais_core::session::{Errand, Event, QuestionId, State};
use relais_core::{Code, Problem};
use relais_engine::view::{EnvironmentView, HoursView, PinView, SettingsView, Snapshot};
use relais_engine::{Handle, Scene, pin_view, snapshot};
use relais_host::hand::world::World;
use relais_host::policy::Policy;
use relais_host::preferences::{Appearance, Closing, KeyStoreChoice, Language, Preferences};
use relais_host::records::RecordRoom;
use relais_host::relais::{Running, TimeKeeper};
use relais_host::texts::Texts;
use relais_host::without_card::WithoutCard;
use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_specta::Event as _;

use crate::arguments::Arguments;
use crate::notifications::Notifications;
use crate::pages::Fate;
use crate::tray::Tray;
use crate::windows;
use crate::wiring::Wired;

/// A new snapshot for the main window.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct SnapshotChanged(pub(crate) Snapshot);

/// A new view for the PIN window.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct PinChanged(pub(crate) PinView);

/// A person clicked on a notification: this place of the window is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct PlaceAsked(pub(crate) AskedPlace);

/// Places that a notification leads to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AskedPlace {
    /// What is now, and what can be done.
    Today,
    /// The services.
    Services,
}

/// How long the PIN window says that it worked before it closes by itself.
const DONE: Duration = Duration::from_millis(1_200);

struct Inner {
    app: AppHandle,
    arguments: Arguments,
    root: PathBuf,
    preferences: Mutex<Preferences>,
    wired: Mutex<Option<Wired>>,
    trouble: Mutex<Vec<Problem>>,
    done: AtomicBool,
    /// The PIN window was closed on a blocked card; the main window still says it.
    put_away: AtomicBool,
    opening: AtomicBool,
    /// The folder belongs to another program, and is waited for.
    awaiting: AtomicBool,
    /// Somebody looks at the window, as it said last: that may have been before there was anybody to tell.
    looked_at: AtomicBool,
    views: AtomicU32,
    tray: OnceLock<Tray>,
    /// None before there was anything to say.
    notifications: Mutex<Option<Notifications>>,
    board: Mutex<Board>,
    returns: Mutex<Returns>,
    /// Whether this desktop shows notifications, once it has been asked.
    notifies: Mutex<Option<bool>>,
    /// The sandbox, as somebody saw it last.
    world: Mutex<Option<World>>,
}

/// Shared by all commands. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Desktop(Arc<Inner>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Everything behind these locks is replaced whole, so a panic elsewhere leaves it good.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desktop {
    /// Reads the preferences; unreadable ones are told, and the defaults hold.
    pub(crate) fn open(app: AppHandle, arguments: Arguments) -> Result<Self, Problem> {
        let root = relais_host::folders::root(arguments.data_dir.as_deref())?;
        let (mut preferences, trouble) = match Preferences::load(&root) {
            Ok(preferences) => (preferences, vec![]),
            Err(problem) => (Preferences::default(), vec![problem]),
        };
        let asked = arguments.language.as_deref();
        if let Some(language) = Language::ALL.into_iter().find(|language| Some(language.name()) == asked) {
            preferences.language = Some(language);
        }
        Ok(Self(Arc::new(Inner {
            app,
            arguments,
            root,
            preferences: Mutex::new(preferences),
            wired: Mutex::new(None),
            trouble: Mutex::new(trouble),
            done: AtomicBool::new(false),
            put_away: AtomicBool::new(false),
            opening: AtomicBool::new(false),
            awaiting: AtomicBool::new(false),
            looked_at: AtomicBool::new(false),
            views: AtomicU32::new(0),
            tray: OnceLock::new(),
            notifications: Mutex::new(None),
            board: Mutex::default(),
            returns: Mutex::default(),
            notifies: Mutex::default(),
            world: Mutex::default(),
        })))
    }

    pub(crate) fn app(&self) -> &AppHandle {
        &self.0.app
    }

    /// A clock that somebody turns in the sandbox is turned on the page, too.
    fn follow(&self, mut turns: tokio::sync::watch::Receiver<u64>) {
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            while turns.changed().await.is_ok() {
                desktop.emit();
            }
        });
    }

    fn watch(&self, mut states: tokio::sync::watch::Receiver<Arc<State>>) {
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            let mut before = states.borrow_and_update().clone();
            desktop.show(&before);
            while states.changed().await.is_ok() {
                let state = states.borrow_and_update().clone();
                if let (Errand::Sealing { ask, .. }, Errand::Idle) = (&before.errand, &state.errand)
                    && ask.means.needs_card()
                {
                    desktop.say_done();
                }
                desktop.show(&state);
                before = state;
            }
        });
    }

    fn show(&self, state: &State) {
        if !blocked(state.shown()) {
            self.0.put_away.store(false, Ordering::SeqCst);
        }
        let asked = state.shown().in_window() && !self.0.put_away.load(Ordering::SeqCst);
        if asked || self.0.done.load(Ordering::SeqCst) {
            windows::open_pin(self.app(), self);
        } else {
            windows::close_pin(self.app());
        }
        self.emit();
    }

    /// Tells both windows, and the icon near the clock, what is true now.
    fn emit(&self) {
        self.mark_tray();
        self.tell_outside();
        let main = SnapshotChanged(self.snapshot()).emit_to(self.app(), "main");
        let pin = PinChanged(self.pin_view()).emit_to(self.app(), "pin");
        if let Err(error) = main.and(pin) {
            tracing::warn!(%error, "a window does not hear");
        }
    }

    fn say_done(&self) {
        self.0.done.store(true, Ordering::SeqCst);
        let desktop = self.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(DONE).await;
            desktop.0.done.store(false, Ordering::SeqCst);
            if let Ok(engine) = desktop.engine() {
                desktop.show(&engine.state());
            }
        });
    }

    fn say(&self, problem: Problem) {
        tracing::warn!(%problem, "told to the person");
        lock(&self.0.trouble).push(problem);
        self.emit();
    }

    /// The engine; none on a fresh install.
    pub(crate) fn engine(&self) -> Result<Handle, Problem> {
        lock(&self.0.wired)
            .as_ref()
            .map(|wired| wired.running.handle.clone())
            .ok_or_else(|| Code::NO_ENVIRONMENT_CHOSEN.into())
    }

    /// Who knows what is to be told before somebody works without the card.
    pub(crate) fn without_card(&self) -> Result<WithoutCard, Problem> {
        self.of_running(Running::without_card)
    }

    /// Who puts the noted time back.
    pub(crate) fn time_keeper(&self) -> Result<TimeKeeper, Problem> {
        self.of_running(Running::time_keeper)
    }

    /// The journal and the ledger.
    pub(crate) fn records(&self) -> Result<RecordRoom, Problem> {
        self.of_running(Running::records)
    }

    fn of_running<T>(&self, part: impl FnOnce(&Running) -> T) -> Result<T, Problem> {
        let wired = lock(&self.0.wired);
        wired.as_ref().map(|wired| part(&wired.running)).ok_or_else(|| Code::NO_ENVIRONMENT_CHOSEN.into())
    }

    /// The hours of the practice, from now on.
    pub(crate) async fn set_hours(&self, shown: &HoursView) -> Result<(), Problem> {
        let week = lock(&self.0.preferences).hours.with_days(shown)?;
        let hours = Preferences::set_hours(&self.0.root, week.clone())?;
        lock(&self.0.preferences).hours = week;
        let habits = Policy::built_in().habits(hours);
        self.engine()?.tell(Event::HabitsSet(Box::new(habits))).await
    }

    /// Light, dark, or as the system has it.
    pub(crate) fn appearance(&self) -> Appearance {
        lock(&self.0.preferences).appearance
    }

    /// Reader the person prefers.
    pub(crate) fn reader(&self) -> Option<String> {
        lock(&self.0.preferences).reader.clone()
    }

    /// Changes a preference, keeps it and shows it.
    pub(crate) fn prefer(&self, change: impl FnOnce(&mut Preferences)) -> Result<(), Problem> {
        let saved = self.changed(change);
        self.emit();
        saved
    }

    /// What somebody wrote into the file meanwhile stays, and what only this start was told is not written down.
    fn changed(&self, change: impl FnOnce(&mut Preferences)) -> Result<(), Problem> {
        let mut preferences = lock(&self.0.preferences);
        let mut kept = Preferences::load_to_change(&self.0.root)?;
        let before = kept.language;
        change(&mut kept);
        kept.save(&self.0.root)?;
        let language = if kept.language == before { preferences.language } else { kept.language };
        *preferences = Preferences { language, ..kept };
        Ok(())
    }

    /// Where session keys are kept, from the next sign-in on.
    pub(crate) async fn choose_key_store(&self, choice: KeyStoreChoice) -> Result<(), Problem> {
        let keeper = lock(&self.0.wired).as_ref().map(|wired| wired.running.keeper());
        if let Some(keeper) = keeper {
            keeper.choose(choice).await?;
        }
        self.prefer(|preferences| preferences.key_store = Some(choice))
    }

    /// The person types on this PC though the reader has a keypad: now, and at this reader from now on.
    pub(crate) async fn type_here(&self, question: QuestionId) -> Result<(), Problem> {
        let engine = self.engine()?;
        let reader = match &engine.state().errand {
            Errand::Pin(asking) if asking.question == question => asking.face.reader.clone(),
            _ => return Err(Code::ANSWER_OUTDATED.into()),
        };
        engine.type_instead(question).await?;
        self.prefer_place(|typed| typed.extend([reader]))
    }

    /// The keypad of this reader takes the PIN again, from the next sign-in on.
    pub(crate) fn use_keypad(&self, reader: &str) -> Result<(), Problem> {
        self.prefer_place(|typed| typed.retain(|other| other != reader))
    }

    fn prefer_place(&self, change: impl FnOnce(&mut BTreeSet<String>)) -> Result<(), Problem> {
        let saved = self.prefer(|preferences| change(&mut preferences.typed_readers));
        let typed = lock(&self.0.preferences).typed_readers.clone();
        if let Some(wired) = lock(&self.0.wired).as_ref() {
            wired.running.type_here(&typed);
        }
        saved
    }

    /// To be called before the state is read: whoever got the younger number has then read the younger state, so that
    /// a page may forget what arrives late.
    fn next_view(&self) -> u32 {
        self.0.views.fetch_add(1, Ordering::SeqCst)
    }

    fn scene(&self) -> Scene {
        let revision = self.next_view();
        let preferences = lock(&self.0.preferences).clone();
        let wired = lock(&self.0.wired);
        let key_store = wired.as_ref().map_or(KeyStoreChoice::Os, |wired| wired.running.keeper().choice());
        let environment: Option<EnvironmentView> = wired.as_ref().map(|wired| wired.environment.clone());
        let settings = SettingsView {
            language: preferences.language().name().to_owned(),
            reader: preferences.reader.clone(),
            readers: vec![],
            appearance: appearance_name(preferences.appearance).to_owned(),
            key_store: key_store_name(key_store).to_owned(),
            typed_readers: preferences.typed_readers.into_iter().collect(),
            hours: HoursView::default(),
            autostart: preferences.autostart,
            notifications: popups_name(preferences.notifications).to_owned(),
            notifies: *lock(&self.0.notifies),
            closing: closing_name(preferences.closing).to_owned(),
            near_clock: self.near_clock(),
            organisation: preferences.organisation,
            flemish: preferences.practice.flemish,
            tariff_module: preferences.practice.tariff_module,
        };
        let can_remember = key_store == KeyStoreChoice::Os;
        Scene { revision, environment, opening: self.is_opening(), settings, can_remember }
    }

    /// Everything the main window shows.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let scene = self.scene();
        let (state, now) = self.now();
        let mut snapshot = snapshot(&state, &scene, now);
        snapshot.warnings.extend(lock(&self.0.trouble).iter().map(relais_engine::problem_view));
        snapshot.warnings.extend(self.continuity_troubles());
        snapshot
    }

    /// Everything the PIN window shows.
    pub(crate) fn pin_view(&self) -> PinView {
        let scene = self.scene();
        let (state, now) = self.now();
        let digits = self.engine().map_or(0, |engine| engine.digits());
        pin_view(&state, &scene, digits, self.0.done.load(Ordering::SeqCst), now)
    }

    fn now(&self) -> (Arc<State>, relais_core::time::Moment) {
        match self.engine() {
            Ok(engine) => (engine.state(), engine.now()),
            Err(_) => (Arc::default(), relais_core::time::Clock::now(&relais_host::clock::SystemClock)),
        }
    }

    /// Title of the PIN window, in the person's language.
    pub(crate) fn pin_title(&self) -> String {
        Texts::new(lock(&self.0.preferences).language()).pin_window_title()
    }

    /// The person wants to close the PIN window: the same as "later". While the card is at work there is nothing left
    /// to call back, and the window stays to say what comes of it (`false`).
    pub(crate) fn pin_window_closed(&self) -> bool {
        let Ok(engine) = self.engine() else { return true };
        let working = matches!(engine.state().shown(), Errand::Requesting(_) | Errand::Sealing { .. });
        if !working {
            let desktop = self.clone();
            tauri::async_runtime::spawn(async move { desktop.leave_pin().await });
        }
        !working
    }

    /// Ends what the PIN window is about. That a card is blocked stays on the main window until the person has read it
    /// there: whoever closes the small window by habit would never learn of it.
    pub(crate) async fn leave_pin(&self) -> Result<(), Problem> {
        let engine = self.engine()?;
        let state = engine.state();
        if !blocked(state.shown()) {
            return engine.tell(Event::Cancelled).await;
        }
        self.0.put_away.store(true, Ordering::SeqCst);
        self.show(&state);
        Ok(())
    }

    /// The page of the PIN window died with what was typed in it. Where it does not come back, nobody can go on in it.
    pub(crate) fn pin_page_died(&self, fate: Fate) {
        let Ok(engine) = self.engine() else { return };
        tauri::async_runtime::spawn(async move {
            engine.tell(Event::PinPageLost).await?;
            match fate {
                Fate::Back => Ok(()),
                Fate::Gone => engine.tell(Event::Cancelled).await,
            }
        });
    }

    /// Relais ends: secrets are wiped, the session stays.
    pub(crate) fn stop(&self) {
        self.say_no_more();
        // The lock goes before the wait: whoever shows a last state needs it.
        let wired = lock(&self.0.wired).take();
        if let Some(wired) = wired {
            tauri::async_runtime::block_on(wired.stop());
        }
    }
}

fn blocked(errand: &Errand) -> bool {
    matches!(errand, Errand::Failed { problem, .. } if problem.code == Code::PIN_BLOCKED)
}

fn appearance_name(appearance: Appearance) -> &'static str {
    match appearance {
        Appearance::System => "system",
        Appearance::Light => "light",
        Appearance::Dark => "dark",
    }
}

fn popups_name(popups: Popups) -> &'static str {
    match popups {
        Popups::All => "all",
        Popups::Essential => "essential",
        Popups::None => "none",
    }
}

fn closing_name(closing: Closing) -> &'static str {
    match closing {
        Closing::Hides => "hides",
        Closing::Stops => "stops",
    }
}

fn key_store_name(choice: KeyStoreChoice) -> &'static str {
    match choice {
        KeyStoreChoice::Os => "os",
        KeyStoreChoice::File => "file",
        KeyStoreChoice::Memory => "memory",
    }
}
