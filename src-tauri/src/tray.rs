//! The icon near the clock: its shape and its text say whether somebody is signed in. Its menu opens the window, hides it
//! and stops Relais.
//!
//! Some desktops have no place for it. Then nothing may hide the window, because nothing would bring it back.

#[cfg(not(target_os = "linux"))]
#[path = "tray/native.rs"]
mod platform;
#[cfg(target_os = "linux")]
#[path = "tray/sni.rs"]
mod platform;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use relais_core::lease::Stored;
use relais_core::session::sign::Sign;
use relais_host::preferences::Language;
use relais_host::texts::Texts;
use relais_host::when;
use tauri::AppHandle;

/// The icons, drawn for light and dark panels: a ground of their own with a light rim. From `icons/tray/*.svg`.
const SIGNED_IN: &[u8] = include_bytes!("../../icons/tray/signed-in.png");
const ENDS_SOON: &[u8] = include_bytes!("../../icons/tray/ends-soon.png");
const WITHOUT_CARD: &[u8] = include_bytes!("../../icons/tray/without-card.png");
const NOBODY: &[u8] = include_bytes!("../../icons/tray/nobody.png");

/// What a person wants of the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The window, in front.
    Open,
    /// The PIN may be given now.
    Renew,
    /// No window, and Relais goes on.
    Hide,
    /// The end of Relais.
    Stop,
}

/// What the desktop says about the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// There is a place for it, or no longer. Told at the start and at each change.
    There(bool),
    /// The person chose this.
    Wished(Wish),
}

/// How the icon looks, in the language of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    /// A picture, PNG.
    pub(crate) icon: &'static [u8],
    /// State and time, in one line.
    pub(crate) line: String,
    /// That this is no real work; empty where it is.
    pub(crate) world: String,
    /// The words of the menu.
    pub(crate) menu: Menu,
}

/// The words of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Menu {
    pub(crate) open: String,
    pub(crate) renew: String,
    /// Renewing can be asked for.
    pub(crate) can_renew: bool,
    pub(crate) hide: String,
    pub(crate) stop: String,
}

/// All that the icon depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The session.
    pub(crate) sign: Sign,
    /// Where the session is kept, while one is open.
    pub(crate) stored: Option<Stored>,
    /// It is one that is renewed.
    pub(crate) renews: bool,
    /// What is done here has a real effect.
    pub(crate) real: bool,
    /// Language of the person.
    pub(crate) language: Language,
    /// The day on which it is shown: a time of another day says so.
    pub(crate) today: Date,
}

impl Face {
    /// The face for a mark.
    pub(crate) fn of(mark: &Mark) -> Self {
        let (icon, text, time) = match mark.sign {
            Sign::Nobody => (NOBODY, "tray-nobody", None),
            Sign::Ended { at } => (NOBODY, "tray-ended", Some(at)),
            Sign::Held => (NOBODY, "tray-held", None),
            Sign::SignedIn { until } => (SIGNED_IN, "tray-open", Some(until)),
            Sign::EndsSoon { until } => (ENDS_SOON, "tray-soon", Some(until)),
            Sign::WithoutCard { until } => (WITHOUT_CARD, "tray-nocard", Some(until)),
        };
        let texts = Texts::new(mark.language);
        let time = time.map(|at| when::tell(at, mark.today, &texts));
        let values = time.as_ref().map(when::Told::values);
        let word = |key| texts.get(key, &[]);
        Self {
            icon,
            line: texts.get(text, values.as_ref().map_or(&[], |values| values.as_slice())),
            world: if mark.real { String::new() } else { word("tray-tests") },
            menu: Menu {
                open: word("tray-act-open"),
                renew: word("tray-act-renew"),
                can_renew: mark.renews,
                hide: word("tray-act-hide"),
                stop: word(what_stops(mark.stored)),
            },
        }
    }
}

/// Closing, hiding and stopping are three things: who stops Relais is told what becomes of the session.
fn what_stops(stored: Option<Stored>) -> &'static str {
    match stored {
        None => "tray-act-stop",
        Some(Stored::Os | Stored::File) => "tray-act-stop-kept",
        Some(Stored::Memory) => "tray-act-stop-lost",
    }
}

/// Whoever is told what the desktop says.
pub(crate) type Listener = Arc<dyn Fn(Said) + Send + Sync>;

/// The icon. What it stands on may block, so it has a thread of its own.
pub(crate) struct Tray {
    faces: Sender<Face>,
    shown: Mutex<Mark>,
    there: Arc<AtomicBool>,
}

impl Tray {
    /// Starts the thread; `said` is called there or on one of the desktop's.
    pub(crate) fn start(
        app: &AppHandle,
        mark: Mark,
        said: impl Fn(Said) + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let (faces, theirs): (_, Receiver<Face>) = channel();
        let there = Arc::new(AtomicBool::new(false));
        let noted = there.clone();
        let listener: Listener = Arc::new(move |it| {
            if let Said::There(there) = it {
                noted.store(there, Ordering::SeqCst);
            }
            said(it);
        });
        let (app, first) = (app.clone(), Face::of(&mark));
        let work = move || platform::show(&app, first, &theirs, listener);
        std::thread::Builder::new().name("tray".to_owned()).spawn(work)?;
        Ok(Self { faces, shown: Mutex::new(mark), there })
    }

    /// Whether the person sees it.
    pub(crate) fn is_there(&self) -> bool {
        self.there.load(Ordering::SeqCst)
    }

    /// Gives it the face of another mark.
    pub(crate) fn show(&self, mark: Mark) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != mark {
            *shown = mark;
            // Where there is no icon nobody listens.
            let _ = self.faces.send(Face::of(&mark));
        }
    }
}

#[cfg(test)]
mod tests;
