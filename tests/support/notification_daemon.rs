//! A notification service of our own on the session bus, which shows nothing and remembers what it got.
//!
//! Source: Desktop Notifications Specification 1.3, "Protocol".
#![allow(dead_code, reason = "each test target uses its part")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::interface;
use zbus::zvariant::{OwnedValue, Value};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What it was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Notify(Box<Notify>),
    Close(u32),
}

/// One call of `Notify`, and the id that was given for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notify {
    pub id: u32,
    pub app: String,
    pub replaces: u32,
    pub icon: String,
    pub summary: String,
    pub body: String,
    pub actions: Vec<String>,
    pub urgency: Option<u8>,
    pub silent: bool,
    pub entry: Option<String>,
    pub timeout: i32,
}

#[derive(Default)]
struct Book {
    asked: Vec<Asked>,
    last: u32,
}

struct Service {
    book: Arc<Mutex<Book>>,
    capabilities: Vec<String>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[allow(clippy::too_many_arguments, reason = "the specification has as many")]
    fn notify(
        &self,
        app: String,
        replaces: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout: i32,
    ) -> u32 {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let id = if replaces == 0 { book.last + 1 } else { replaces };
        book.last = book.last.max(id);
        let urgency = hints.get("urgency").and_then(|value| u8::try_from(value).ok());
        let silent = hints.get("suppress-sound").is_some_and(|value| **value == Value::Bool(true));
        let entry = hints.get("desktop-entry").and_then(|v| <&str>::try_from(v).ok()).map(str::to_owned);
        let got = Notify { id, app, replaces, icon, summary, body, actions, urgency, silent, entry, timeout };
        book.asked.push(Asked::Notify(Box::new(got)));
        id
    }

    fn close_notification(&self, id: u32) {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).asked.push(Asked::Close(id));
    }

    fn get_capabilities(&self) -> Vec<String> {
        self.capabilities.clone()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("relais-tests".into(), "Relais".into(), "1".into(), "1.2".into())
    }
}

/// The service, for as long as this value lives.
pub struct Daemon {
    book: Arc<Mutex<Book>>,
    bus: Connection,
}

impl Daemon {
    /// On the session bus of this process.
    pub fn start(capabilities: &[&str]) -> Self {
        Self::on(Builder::session().unwrap(), capabilities)
    }

    /// On the bus with this address.
    pub fn at(address: &str, capabilities: &[&str]) -> Self {
        Self::on(Builder::address(address).unwrap(), capabilities)
    }

    fn on(builder: Builder<'_>, capabilities: &[&str]) -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let capabilities = capabilities.iter().map(ToString::to_string).collect();
        let service = Service { book: book.clone(), capabilities };
        let builder = builder.serve_at(PATH, service).unwrap().name(NAME).unwrap();
        Self { book, bus: builder.build().expect("the name is free") }
    }

    /// Everything it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).asked.clone()
    }

    /// The calls of `Notify` among them.
    pub fn notified(&self) -> Vec<Notify> {
        let all = self.asked().into_iter();
        all.filter_map(|asked| match asked {
            Asked::Notify(notify) => Some(*notify),
            Asked::Close(_) => None,
        })
        .collect()
    }

    /// The person clicks on this action.
    pub fn act(&self, id: u32, action: &str) {
        self.bus.emit_signal(None::<()>, PATH, NAME, "ActionInvoked", &(id, action)).unwrap();
    }

    /// It is gone: 1 by itself, 2 by the person, 3 on demand.
    pub fn closed(&self, id: u32, reason: u32) {
        self.bus.emit_signal(None::<()>, PATH, NAME, "NotificationClosed", &(id, reason)).unwrap();
    }
}
