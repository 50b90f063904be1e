//! A panel of our own on a bus: it has a place for icons, looks at them and chooses from their menus.
//!
//! Source: freedesktop.org, "StatusNotifierItem"; the interface com.canonical.dbusmenu, version 3.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::interface;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

const NAME: &str = "org.kde.StatusNotifierWatcher";

struct Watcher(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(service);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    id: i32,
    pub label: String,
    pub enabled: bool,
}

/// The panel, for as long as this value lives.
pub struct Panel {
    items: Arc<Mutex<Vec<String>>>,
    bus: Connection,
}

impl Panel {
    /// Takes its place on the bus with this address.
    pub fn start(address: &str) -> Self {
        let items = Arc::new(Mutex::new(vec![]));
        let builder = Builder::address(address).unwrap();
        let builder = builder.serve_at("/StatusNotifierWatcher", Watcher(items.clone())).unwrap();
        Self { items, bus: builder.name(NAME).unwrap().build().expect("the name is free") }
    }

    /// The icon that came last, if any.
    pub fn icon(&self) -> Option<Icon<'_>> {
        let service = self.items.lock().unwrap_or_else(PoisonError::into_inner).last().cloned()?;
        Some(Icon { service, bus: &self.bus })
    }
}

/// An icon in the panel.
pub struct Icon<'a> {
    service: String,
    bus: &'a Connection,
}

impl Icon<'_> {
    fn item(&self) -> Proxy<'_> {
        let service = self.service.clone();
        Proxy::new(self.bus, service, "/StatusNotifierItem", "org.kde.StatusNotifierItem").unwrap()
    }

    fn menu_proxy(&self) -> Proxy<'_> {
        let path: OwnedObjectPath = self.item().get_property("Menu").unwrap();
        Proxy::new(self.bus, self.service.clone(), path, "com.canonical.dbusmenu").unwrap()
    }

    /// Whether its program is still on the bus.
    pub fn lives(&self) -> bool {
        self.item().get_property::<String>("Id").is_ok()
    }

    /// What a screen reader says of it.
    pub fn title(&self) -> String {
        self.item().get_property("Title").unwrap()
    }

    /// Title and text of what is shown beside it.
    pub fn tip(&self) -> (String, String) {
        let tip: OwnedValue = self.item().get_property("ToolTip").unwrap();
        let tip = Structure::try_from(tip).unwrap();
        let text = |number: usize| String::try_from(tip.fields()[number].clone()).unwrap();
        (text(2), text(3))
    }

    /// Its picture: width, height and ARGB.
    pub fn picture(&self) -> (i32, i32, Vec<u8>) {
        let all: Vec<(i32, i32, Vec<u8>)> = self.item().get_property("IconPixmap").unwrap();
        all.into_iter().next().expect("a picture")
    }

    /// A click on it.
    pub fn click(&self) {
        self.item().call_method("Activate", &(0, 0)).unwrap();
    }

    /// Its menu, without the rules between the lines.
    pub fn menu(&self) -> Vec<Line> {
        type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let wanted: Vec<&str> = vec![];
        let (_, (_, _, children)): (u32, Entry) =
            self.menu_proxy().call("GetLayout", &(0, -1, wanted)).unwrap();
        children.into_iter().filter_map(line).collect()
    }

    /// Chooses the line with this label.
    pub fn choose(&self, label: &str) {
        let menu = self.menu();
        let line = menu.iter().find(|line| line.label == label);
        let id = line.unwrap_or_else(|| panic!("no {label:?} in {menu:?}")).id;
        // A program that is told to end may do so before it answers.
        let _ = self.menu_proxy().call_method("Event", &(id, "clicked", Value::from(0), 0_u32));
    }
}

fn line(child: OwnedValue) -> Option<Line> {
    let child = Structure::try_from(child).unwrap();
    let id = i32::try_from(child.fields()[0].clone()).unwrap();
    let properties: HashMap<String, OwnedValue> = child.fields()[1].clone().try_into().unwrap();
    let label = String::try_from(properties.get("label")?.clone()).unwrap();
    let enabled = properties.get("enabled").is_none_or(|it| bool::try_from(it.clone()).unwrap());
    Some(Line { id, label, enabled })
}
