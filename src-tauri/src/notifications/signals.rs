//! What the service says of what it shows: somebody clicked, or it is gone. Listened to from before the first
//! notification, so that nothing is missed while one is shown or replaced.
//!
//! Source: Desktop Notifications Specification 1.3, "Signals".

use tokio::sync::mpsc::UnboundedSender;
use zbus::MatchRule;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};

const SERVICE: &str = "org.freedesktop.Notifications";

/// What became of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Somebody clicked on it or on its button.
    Clicked,
    /// It went, by itself or by somebody.
    Gone,
}

/// A notification, by the number that the service gave it, and its fate.
pub(super) type Said = (u32, Fate);

/// Tells each listener until the connection is closed or nobody listens any more.
pub(super) fn listen(listeners: Vec<UnboundedSender<Said>>) -> zbus::Result<Connection> {
    let bus = Connection::session()?;
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(SERVICE)?.interface(SERVICE)?.build();
    let messages = MessageIterator::for_match_rule(rule, &bus, None)?;
    let work = move || {
        for said in messages.map_while(Result::ok).filter_map(|message| said(&message)) {
            // Every place hears it: whose it is, only they know.
            let hearing = listeners.iter().filter(|listener| listener.send(said).is_ok()).count();
            if hearing == 0 {
                break;
            }
        }
    };
    std::thread::Builder::new().name("notifications-heard".to_owned()).spawn(work)?;
    Ok(bus)
}

fn said(message: &Message) -> Option<Said> {
    let header = message.header();
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (id, _) = message.body().deserialize::<(u32, String)>().ok()?;
            Some((id, Fate::Clicked))
        }
        "NotificationClosed" => {
            let (id, _) = message.body().deserialize::<(u32, u32)>().ok()?;
            Some((id, Fate::Gone))
        }
        _ => None,
    }
}
