//! The icon of Windows and macOS, through Tauri. Never compiled here (docs/conformance.md).

use std::sync::mpsc::Receiver;

use tauri::image::Image;
use tauri::menu::{MenuBuilder, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use super::{Face, Listener, Said, Wish};

/// Both systems have a place for it, always.
pub(super) fn show(app: &AppHandle, face: Face, faces: &Receiver<Face>, said: Listener) {
    let icon = match built(app, &face, said.clone()) {
        Ok(icon) => icon,
        Err(error) => {
            tracing::info!(%error, "no icon near the clock");
            return said(Said::There(false));
        }
    };
    said(Said::There(true));
    while let Ok(face) = faces.recv() {
        if let Err(error) = dressed(app, &icon, &face) {
            tracing::warn!(%error, "the icon near the clock does not change");
        }
    }
}

fn built(app: &AppHandle, face: &Face, said: Listener) -> tauri::Result<TrayIcon> {
    let clicked = said.clone();
    let icon = TrayIconBuilder::with_id("relais")
        .show_menu_on_left_click(false)
        .on_menu_event(move |_, event| {
            let wish = match event.id().as_ref() {
                "open" => Wish::Open,
                "renew" => Wish::Renew,
                "hide" => Wish::Hide,
                "stop" => Wish::Stop,
                _ => return,
            };
            said(Said::Wished(wish));
        })
        .on_tray_icon_event(move |_, event| {
            if let TrayIconEvent::DoubleClick { button: MouseButton::Left, .. } = event {
                clicked(Said::Wished(Wish::Open));
            }
        })
        .build(app)?;
    dressed(app, &icon, face)?;
    Ok(icon)
}

fn dressed(app: &AppHandle, icon: &TrayIcon, face: &Face) -> tauri::Result<()> {
    let item = |id: &str, text: &str, enabled| MenuItem::<Wry>::with_id(app, id, text, enabled, None::<&str>);
    let menu = MenuBuilder::new(app)
        .item(&item("line", &face.line, false)?)
        .item(&PredefinedMenuItem::separator(app)?)
        .item(&item("open", &face.menu.open, true)?)
        .item(&item("renew", &face.menu.renew, face.menu.can_renew)?)
        .item(&item("hide", &face.menu.hide, true)?)
        .item(&PredefinedMenuItem::separator(app)?)
        .item(&item("stop", &face.menu.stop, true)?)
        .build()?;
    icon.set_menu(Some(menu))?;
    icon.set_icon(Some(Image::from_bytes(face.icon)?))?;
    icon.set_tooltip(Some(&face.line))
}
