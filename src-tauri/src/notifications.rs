//! Notifications of the desktop: they show what [`relais_core::session::notice`] decided, and tell what the person did with
//! them. They never take the focus and make no sound.
//!
//! What shows them may block or be absent, so it has a thread of its own; its absence is told and is no error.

#[cfg(target_os = "linux")]
#[path = "notifications/xdg.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "notifications/toasts.rs"]
mod platform;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use jiff::Timestamp;
use relais_core::session::notice::{Change, Key, Notice, Sheet};
use relais_host::certificates::date;
use relais_host::texts::Texts;
use relais_host::when;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long Relais waits at its end for notifications to be taken back.
const LAST_WORD: Duration = Duration::from_secs(1);

/// What comes back from the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The person clicked: this is to be opened.
    Opened(Key, Sheet),
    /// It is no longer on the screen.
    Gone(Key),
    /// Whether this desktop shows notifications at all; told when it changes.
    Shows(bool),
}

/// A notification in the language of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The sentence.
    pub summary: String,
    /// What it means.
    pub body: String,
    /// On the button, where the desktop has buttons.
    pub button: String,
}

impl Words {
    /// The words of a notice that is shown at `now`, with the name of its function where it has one. Times are those of
    /// the windows.
    #[must_use]
    pub fn of(notice: &Notice, function: Option<&str>, texts: &Texts, now: Timestamp) -> Self {
        let time = notice.time.map(|at| when::tell(at, when::day(now), texts));
        let mut values = time.as_ref().map_or_else(Vec::new, |time| time.values().to_vec());
        values.extend(function.map(|name| ("function", name)));
        let ends = notice.ends.map(|(at, count)| (date(when::day(at), texts), count.to_string()));
        values.extend(ends.iter().flat_map(|(day, count)| [("d", day.as_str()), ("count", count.as_str())]));
        let values = values.as_slice();
        let button = match notice.opens {
            Sheet::Renew => "note-act-renew",
            Sheet::Password => "note-act-password",
            Sheet::SignIn => "note-act-sign-in",
            Sheet::ReturnToCard => "note-act-return",
            Sheet::Services => "note-act-services",
            Sheet::Certificates => "note-act-certificates",
        };
        Self {
            summary: texts.get(notice.text, values),
            body: texts.more(notice.text, values),
            button: texts.get(button, &[]),
        }
    }
}

/// What the thread is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    change: Change,
    /// None where something is taken back.
    words: Option<Words>,
}

/// Whoever is told what comes back; called on the thread of the notifications.
pub(crate) type Listener = Arc<dyn Fn(Heard) + Send + Sync>;

/// The notifications of this program. With this value they go from the screen.
pub struct Notifications {
    orders: Option<UnboundedSender<Order>>,
    ended: Receiver<()>,
}

impl Notifications {
    /// Starts the thread; `heard` is called there.
    pub fn start(heard: impl Fn(Heard) + Send + Sync + 'static) -> std::io::Result<Self> {
        let (sender, orders) = unbounded_channel();
        let (end, ended) = channel();
        let work = move || {
            let _told_when_dropped: std::sync::mpsc::Sender<()> = end;
            platform::show(orders, Arc::new(heard));
        };
        std::thread::Builder::new().name("notifications".to_owned()).spawn(work)?;
        Ok(Self { orders: Some(sender), ended })
    }

    /// Changes what is on the screen; `words` says a notice in the language of the person.
    pub fn change(&self, change: Change, words: impl FnOnce(&Notice) -> Words) {
        let words = match &change {
            Change::Show(notice) | Change::Replace(notice) => Some(words(notice)),
            Change::TakeBack(_) => None,
        };
        let order = Order { change, words };
        if self.orders.as_ref().is_none_or(|orders| orders.send(order).is_err()) {
            tracing::error!("the thread of the notifications is gone");
        }
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        self.orders = None;
        if let Err(RecvTimeoutError::Timeout) = self.ended.recv_timeout(LAST_WORD) {
            tracing::warn!("notifications may stay on the screen");
        }
    }
}

/// Orders of each place go to whoever keeps it.
fn key_of(change: &Change) -> Key {
    match change {
        Change::Show(notice) | Change::Replace(notice) => notice.key,
        Change::TakeBack(key) => *key,
    }
}

/// Orders for one place.
type Orders = UnboundedReceiver<Order>;

#[cfg(test)]
mod tests;
