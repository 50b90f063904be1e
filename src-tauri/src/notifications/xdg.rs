//! Notifications by org.freedesktop.Notifications on the session bus, through notify-rust.
//!
//! Source: Desktop Notifications Specification 1.3, "Protocol" (capabilities, Notify, signals).

mod signals;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use notify_rust::{Hint, Notification, NotificationHandle, Timeout};
use relais_core::session::notice::{Change, Key, Notice, Sheet, Urgency};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{LocalSet, spawn_blocking};
use tokio::time::timeout;

use self::signals::{Fate, Said};
use super::{Heard, Listener, Order, Orders, Words, key_of};

/// A service that is silent for this long shows nothing. Seconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// Name of the desktop entry and of the icon, without endings.
const NAME: &str = "relais";

/// Runs until nobody orders anything any more, and takes back what is left.
pub(super) fn show(mut orders: Orders, heard: Listener) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "notifications cannot be shown"),
    };
    let screen = Rc::new(Screen::new(heard));
    let bus = LocalSet::new().block_on(&runtime, async {
        screen.look().await;
        let mut listeners = Vec::new();
        let mut places = BTreeMap::new();
        let mut keepers = Vec::new();
        for key in Key::ALL {
            let (place, theirs) = unbounded_channel();
            places.insert(key, place);
            let (listener, said) = unbounded_channel();
            listeners.push(listener);
            keepers.push(tokio::task::spawn_local(keep(key, theirs, said, screen.clone())));
        }
        let bus = listened(listeners).await;
        while let Some(order) = orders.recv().await {
            if places.get(&key_of(&order.change)).is_none_or(|place| place.send(order).is_err()) {
                tracing::error!("a place of notifications is gone");
            }
        }
        drop(places);
        for keeper in keepers {
            if let Err(error) = keeper.await {
                tracing::error!(%error, "notifications may stay on the screen");
            }
        }
        bus
    });
    if let Some(Err(error)) = bus.map(zbus::blocking::Connection::close) {
        tracing::info!(%error, "the bus was gone");
    }
    // A call that a silent service never answers is left alone.
    runtime.shutdown_background();
}

/// Hears what the service says; none where there is no bus.
async fn listened(listeners: Vec<UnboundedSender<Said>>) -> Option<zbus::blocking::Connection> {
    let listening = timeout(PATIENCE, spawn_blocking(move || signals::listen(listeners))).await;
    match listening {
        Ok(Ok(Ok(bus))) => return Some(bus),
        Ok(Ok(Err(error))) => tracing::info!(%error, "no click on a notification will be heard"),
        Ok(Err(_)) | Err(_) => tracing::info!("no click on a notification will be heard: the bus is silent"),
    }
    None
}

/// What all places share.
struct Screen {
    heard: Listener,
    shows: Cell<Option<bool>>,
    count: Cell<usize>,
    /// Handles that are done with. Some desktops take all notifications of a program away when a connection ends that
    /// showed one of them, so connections end when nothing is on the screen.
    retired: RefCell<Vec<NotificationHandle>>,
}

impl Screen {
    fn new(heard: Listener) -> Self {
        Self { heard, shows: Cell::new(None), count: Cell::new(0), retired: RefCell::new(vec![]) }
    }

    /// Tells whether this desktop shows notifications, when that is news.
    fn shows(&self, shows: bool) {
        if self.shows.replace(Some(shows)) != Some(shows) {
            (self.heard)(Heard::Shows(shows));
        }
    }

    /// What the service can do; none where there is no service.
    async fn look(&self) -> Option<Vec<String>> {
        let asked = timeout(PATIENCE, spawn_blocking(notify_rust::get_capabilities)).await;
        match asked.map_err(|_| "it is silent".to_owned()).and_then(|answer| match answer {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        }) {
            Ok(capabilities) => {
                self.shows(true);
                Some(capabilities)
            }
            Err(reason) => {
                tracing::info!(reason, "no notification service answers");
                self.shows(false);
                None
            }
        }
    }

    fn appeared(&self) {
        self.count.set(self.count.get() + 1);
    }

    fn went(&self, handle: NotificationHandle) {
        self.count.set(self.count.get().saturating_sub(1));
        self.retired.borrow_mut().push(handle);
        if self.count.get() == 0 {
            self.retired.borrow_mut().clear();
        }
    }
}

/// What is on the screen in one place.
struct Shown {
    handle: NotificationHandle,
    opens: Sheet,
}

/// Keeps one place until its orders end.
async fn keep(key: Key, mut orders: Orders, mut said: UnboundedReceiver<Said>, screen: Rc<Screen>) {
    let mut shown: Option<Shown> = None;
    loop {
        tokio::select! {
            biased;
            Some((id, fate)) = said.recv() => {
                if let Some(Shown { handle, opens }) = shown.take_if(|it| it.handle.id() == id) {
                    screen.went(handle);
                    (screen.heard)(heard(key, opens, fate));
                }
            }
            order = orders.recv() => match order {
                Some(order) => shown = carried_out(order, shown, &screen).await,
                None => break,
            },
        }
    }
    taken_back(shown, &screen).await;
}

fn heard(key: Key, opens: Sheet, fate: Fate) -> Heard {
    match fate {
        Fate::Clicked => Heard::Opened(key, opens),
        Fate::Gone => Heard::Gone(key),
    }
}

/// What is shown after this order.
async fn carried_out(order: Order, shown: Option<Shown>, screen: &Screen) -> Option<Shown> {
    let (Change::Show(notice) | Change::Replace(notice), Some(words)) = (order.change, order.words) else {
        taken_back(shown, screen).await;
        return None;
    };
    let capabilities = screen.look().await.unwrap_or_default();
    let notification = made(&notice, &words, &capabilities);
    match shown {
        Some(shown) => replaced(shown, notification, notice, screen).await,
        None => new(notification, notice, screen).await,
    }
}

async fn new(notification: Notification, notice: Notice, screen: &Screen) -> Option<Shown> {
    match timeout(PATIENCE, notification.show_async()).await {
        Ok(Ok(handle)) => {
            screen.shows(true);
            screen.appeared();
            return Some(Shown { handle, opens: notice.opens });
        }
        Ok(Err(error)) => tracing::info!(%error, text = notice.text, "a notification is not shown"),
        Err(_) => tracing::info!(text = notice.text, "a notification is not shown: the service is silent"),
    }
    screen.shows(false);
    (screen.heard)(Heard::Gone(notice.key));
    None
}

/// The same notification with another text, over the connection that showed it.
async fn replaced(shown: Shown, text: Notification, notice: Notice, screen: &Screen) -> Option<Shown> {
    let mut handle = shown.handle;
    let update = move || {
        *handle = text;
        let updated = handle.update();
        (handle, updated)
    };
    match timeout(PATIENCE, spawn_blocking(update)).await {
        Ok(Ok((handle, Ok(())))) => return Some(Shown { handle, opens: notice.opens }),
        Ok(Ok((handle, Err(error)))) => {
            tracing::info!(%error, text = notice.text, "a notification is not replaced");
            screen.went(handle);
        }
        Ok(Err(_)) | Err(_) => {
            tracing::info!(text = notice.text, "a notification is not replaced: the service is silent");
            screen.count.set(screen.count.get().saturating_sub(1));
        }
    }
    screen.shows(false);
    (screen.heard)(Heard::Gone(notice.key));
    None
}

async fn taken_back(shown: Option<Shown>, screen: &Screen) {
    let Some(Shown { handle, .. }) = shown else { return };
    if timeout(PATIENCE, handle.close_async()).await.is_err() {
        tracing::info!("a notification is not taken back: the service is silent");
    }
    screen.went(handle);
}

/// A notification for a service with these capabilities.
fn made(notice: &Notice, words: &Words, capabilities: &[String]) -> Notification {
    let can = |name: &str| capabilities.iter().any(|capability| capability == name);
    let mut notification = Notification::new();
    let body = if can("body-markup") { escaped(&words.body) } else { words.body.clone() };
    notification.appname("Relais").icon(NAME).summary(&words.summary).body(&body);
    notification.hint(Hint::DesktopEntry(NAME.to_owned())).hint(Hint::SuppressSound(true));
    match notice.urgency {
        // Without it some desktops put a notification away after a few seconds, whatever its time.
        Urgency::Banner => notification.urgency(notify_rust::Urgency::Critical).timeout(Timeout::Never),
        Urgency::Note | Urgency::Badge => notification.urgency(notify_rust::Urgency::Normal),
    };
    if can("actions") {
        // `default` is a click on the notification itself.
        notification.action("default", &words.button).action("open", &words.button);
    }
    notification
}

/// Markup in which nothing is markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use relais_core::session::notice::{Matter, notice};

    use super::*;

    fn words() -> Words {
        Words { summary: "Ends <soon>".into(), body: "5 < 6 & so on".into(), button: "Open".into() }
    }

    fn with(capabilities: &[&str]) -> Notification {
        let all: Vec<String> = capabilities.iter().map(ToString::to_string).collect();
        made(&notice(Matter::CardBack), &words(), &all)
    }

    #[test]
    fn a_button_is_offered_only_where_the_desktop_has_buttons() {
        assert_eq!(with(&["body"]).actions, Vec::<String>::new());
        assert_eq!(with(&["body", "actions"]).actions, ["default", "Open", "open", "Open"]);
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(with(&["body-markup"]).body, "5 &lt; 6 &amp; so on");
        assert_eq!(with(&["body"]).body, "5 < 6 & so on");
    }
}
