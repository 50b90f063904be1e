//! logind on the system bus, screen savers on the session bus.
//!
//! Source: org.freedesktop.login1(5), signals `Lock` and `PrepareForSleep`; Idle Inhibition Service draft of
//! freedesktop.org, signal `ActiveChanged`, and the names desktops give the same interface.

use relais_core::session::Event;
use relais_engine::Handle;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};
use zbus::{MatchRule, fdo};

/// A signal that says that nobody sits here any more; one that says whether also says when somebody is back.
#[derive(Debug, Clone, Copy)]
struct Signal {
    sender: Option<&'static str>,
    interface: &'static str,
    member: &'static str,
    /// It says whether, and not only that.
    whether: bool,
}

const LOGIND: Option<&str> = Some("org.freedesktop.login1");

/// Of any session on this computer: which one is ours cannot always be told, and a wipe too many costs a few digits.
const SYSTEM: [Signal; 2] = [
    Signal { sender: LOGIND, interface: "org.freedesktop.login1.Session", member: "Lock", whether: false },
    Signal {
        sender: LOGIND,
        interface: "org.freedesktop.login1.Manager",
        member: "PrepareForSleep",
        whether: true,
    },
];

const SESSION: [Signal; 5] = [
    saver("org.freedesktop.ScreenSaver"),
    saver("org.gnome.ScreenSaver"),
    saver("org.cinnamon.ScreenSaver"),
    saver("org.mate.ScreenSaver"),
    saver("org.xfce.ScreenSaver"),
];

const fn saver(interface: &'static str) -> Signal {
    Signal { sender: None, interface, member: "ActiveChanged", whether: true }
}

pub(super) fn listen(engine: &Handle) {
    on_thread("lock-system", engine.clone(), Connection::system, &SYSTEM);
    on_thread("lock-session", engine.clone(), Connection::session, &SESSION);
}

/// A bus blocks, so each has a thread; it ends with the bus, with the engine, or with Relais.
fn on_thread(
    name: &str,
    engine: Handle,
    connect: fn() -> zbus::Result<Connection>,
    signals: &'static [Signal],
) {
    let work = move || match connect().and_then(|bus| follow(&bus, &engine, signals)) {
        Ok(()) => tracing::info!("the bus or the engine ended"),
        Err(error) => tracing::warn!(%error, "a lock of the desktop may go unnoticed"),
    };
    if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(work) {
        tracing::warn!(%error, "a lock of the desktop may go unnoticed");
    }
}

fn follow(bus: &Connection, engine: &Handle, signals: &[Signal]) -> zbus::Result<()> {
    let messages = MessageIterator::from(bus);
    let names = DBusProxy::new(bus)?;
    signals.iter().try_for_each(|signal| asked_for(&names, signal))?;
    tracing::info!(interface = signals[0].interface, "a lock of the desktop is listened for");
    for message in messages {
        let message = message?;
        if let Some(event) = heard(&message, signals)
            && meant(&names, &message, signals)
        {
            if engine.tell_blocking(event).is_err() {
                break;
            }
            tracing::info!(interface = signals[0].interface, "a signal of the desktop is heard");
        }
    }
    Ok(())
}

/// Whoever the signal is from is who may send it: a match rule keeps no message away that is addressed to us.
fn meant(names: &DBusProxy<'_>, message: &Message, signals: &[Signal]) -> bool {
    let header = message.header();
    let owner = |name: &str| names.get_name_owner(name.try_into().ok()?).ok();
    let from = |name: &str| owner(name).is_some_and(|owner| header.sender() == Some(owner.inner()));
    signals
        .iter()
        .filter(|signal| header.interface().is_some_and(|it| it.as_str() == signal.interface))
        .any(|signal| signal.sender.is_none_or(from))
}

fn asked_for(names: &DBusProxy<'_>, signal: &Signal) -> fdo::Result<()> {
    let rule = MatchRule::builder().msg_type(Type::Signal).interface(signal.interface)?;
    let rule = rule.member(signal.member)?;
    let rule = match signal.sender {
        Some(sender) => rule.sender(sender)?,
        None => rule,
    };
    names.add_match_rule(rule.build())
}

/// What the message says, if it is one of these signals: that the desktop is left, or that somebody is back and a
/// session may have ended while the computer slept.
fn heard(message: &Message, signals: &[Signal]) -> Option<Event> {
    let header = message.header();
    let is = |signal: &&Signal| {
        header.message_type() == Type::Signal
            && header.interface().is_some_and(|name| name.as_str() == signal.interface)
            && header.member().is_some_and(|name| name.as_str() == signal.member)
    };
    let says = |signal: &Signal| if signal.whether { message.body().deserialize().ok() } else { Some(true) };
    let left = signals.iter().find(is).and_then(says)?;
    Some(if left { Event::DesktopLocked } else { Event::Tick })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(interface: &str, member: &str, says: Option<bool>) -> Message {
        let message = Message::signal("/a", interface, member).unwrap();
        match says {
            Some(says) => message.build(&says).unwrap(),
            None => message.build(&()).unwrap(),
        }
    }

    #[test]
    fn a_lock_is_heard_and_a_computer_that_wakes_up_looks_at_its_clock_at_once() {
        let (left, awake) = (Some(Event::DesktopLocked), Some(Event::Tick));
        let cases = [
            (signal("org.freedesktop.login1.Session", "Lock", None), left.clone()),
            (signal("org.freedesktop.login1.Session", "Unlock", None), None),
            (signal("org.freedesktop.login1.Manager", "PrepareForSleep", Some(true)), left.clone()),
            (signal("org.freedesktop.login1.Manager", "PrepareForSleep", Some(false)), awake.clone()),
            (signal("org.freedesktop.login1.Manager", "PrepareForSleep", None), None),
            (signal("org.freedesktop.ScreenSaver", "ActiveChanged", Some(true)), None),
        ];
        for (message, expected) in cases {
            assert_eq!(heard(&message, &SYSTEM), expected, "{message:?}");
        }
        for saver in SESSION {
            assert_eq!(heard(&signal(saver.interface, "ActiveChanged", Some(true)), &SESSION), left);
            assert_eq!(heard(&signal(saver.interface, "ActiveChanged", Some(false)), &SESSION), awake);
        }
    }
}
