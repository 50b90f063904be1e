//! The icon by org.kde.StatusNotifierItem on the session bus, which is what panels of Linux understand.
//!
//! Not by `tauri`'s own: that loads libayatana-appindicator, ends the program where it is missing, and shows no text.
//! Source: freedesktop.org, "StatusNotifierItem"; docs.rs/tray-icon, "Linux".

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use ksni::blocking::TrayMethods;
use ksni::menu::StandardItem;
use ksni::{Icon, MenuItem, OfflineReason, ToolTip};
use tauri::AppHandle;
use tauri::image::Image;

use super::{Face, Listener, Said, Wish};

/// Runs until nobody gives it a face any more.
pub(super) fn show(_: &AppHandle, face: Face, faces: &Receiver<Face>, said: Listener) {
    let item = Item { face, said: said.clone(), alone: AtomicBool::new(false) };
    // A panel may start after us, or anew.
    let handle = match item.assume_sni_available(true).spawn() {
        Ok(handle) => handle,
        Err(error) => {
            tracing::info!(%error, "no icon near the clock");
            return said(Said::There(false));
        }
    };
    // What is offline at the start has said so; what is online has not. Said while nobody else can say anything: a panel
    // that goes at this moment is told after it.
    handle.update(|item| {
        if !item.alone.load(Ordering::SeqCst) {
            (item.said)(Said::There(true));
        }
    });
    while let Ok(face) = faces.recv() {
        if handle.update(|item| item.face = face).is_none() {
            break;
        }
    }
}

/// What the panel asks.
struct Item {
    face: Face,
    said: Listener,
    /// No panel takes it.
    alone: AtomicBool,
}

impl Item {
    fn entry(label: &str, enabled: bool, wish: Wish) -> MenuItem<Self> {
        let activate = Box::new(move |item: &mut Self| (item.said)(Said::Wished(wish)));
        // An underscore would become a key of the menu.
        let label = label.replace('_', "__");
        StandardItem { label, enabled, activate, ..StandardItem::default() }.into()
    }

    fn text(label: &str) -> MenuItem<Self> {
        let label = label.replace('_', "__");
        StandardItem { label, enabled: false, ..StandardItem::default() }.into()
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "relais".into()
    }

    /// What a screen reader says.
    fn title(&self) -> String {
        format!("Relais · {}", self.face.line)
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        icon(self.face.icon).into_iter().collect()
    }

    fn tool_tip(&self) -> ToolTip {
        let (title, description) = (self.face.line.clone(), self.face.world.clone());
        ToolTip { title, description, ..ToolTip::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        (self.said)(Said::Wished(Wish::Open));
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let menu = &self.face.menu;
        let world = (!self.face.world.is_empty()).then(|| Self::text(&self.face.world));
        let mut all = vec![Self::text(&self.face.line)];
        all.extend(world);
        all.extend([
            MenuItem::Separator,
            Self::entry(&menu.open, true, Wish::Open),
            Self::entry(&menu.renew, menu.can_renew, Wish::Renew),
            Self::entry(&menu.hide, true, Wish::Hide),
            MenuItem::Separator,
            Self::entry(&menu.stop, true, Wish::Stop),
        ]);
        all
    }

    fn watcher_online(&self) {
        self.alone.store(false, Ordering::SeqCst);
        (self.said)(Said::There(true));
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "no panel has a place for an icon");
        self.alone.store(true, Ordering::SeqCst);
        (self.said)(Said::There(false));
        true
    }
}

/// A PNG as the bus wants it: ARGB, the first byte first. None of ours is unreadable, as a test shows.
pub(super) fn icon(png: &[u8]) -> Option<Icon> {
    let image = Image::from_bytes(png).ok()?;
    let (width, height) = (i32::try_from(image.width()).ok()?, i32::try_from(image.height()).ok()?);
    let mut data = image.rgba().to_vec();
    data.chunks_exact_mut(4).for_each(|pixel| pixel.rotate_right(1));
    Some(Icon { width, height, data })
}
