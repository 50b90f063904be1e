//! The icon near the clock, on a panel of our own: the real window hides only where an icon brings it back.

use std::process::Command;

use serde_json::json;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use crate::panel::{Icon, Panel};
use crate::private_bus::{Bus, stays, until};
use crate::processes::of_group;
use crate::sandbox::{Sandbox, snapshot};
use crate::window::{Desktop, Home, program};

/// A home whose programs see this bus and no other.
pub struct World {
    pub home: Home,
    pub bus: Bus,
}

impl World {
    pub fn new() -> Self {
        let home = Home::new();
        let bus = Bus::start(home.path());
        let home = home.with("DBUS_SESSION_BUS_ADDRESS", &bus.address).with("RELAIS_LOG", "info");
        // The clock of the PC is not that of the practice.
        let home = home.with("TZ", "UTC");
        Self { home, bus }
    }
}

/// The X windows with the title of the main window that can be seen.
fn windows() -> Vec<u32> {
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--name", "^Relais$"]).output();
    let text = String::from_utf8(found.expect("xdotool is installed").stdout).unwrap();
    text.lines().map(|line| line.parse().unwrap()).collect()
}

pub fn seen(there: bool) {
    until("the window is shown or hidden", || (windows().is_empty() != there).then_some(()));
}

/// A person closes the window by its frame. Source: ICCCM 4.2.8.1.
fn close() {
    let (x, _) = x11rb::connect(None).unwrap();
    let atom = |name: &str| x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let data = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
    for window in windows() {
        let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), data);
        x.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    }
    x.flush().unwrap();
}

fn icon(panel: &Panel) -> Icon<'_> {
    // A panel may still know one whose program has ended.
    until("an icon comes", || panel.icon().filter(Icon::lives))
}

fn labels(icon: &Icon<'_>) -> Vec<(String, bool)> {
    icon.menu().into_iter().map(|line| (line.label, line.enabled)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_says_the_state_and_closing_hides_while_stopping_ends() {
    let world = World::new();
    let panel = Panel::start(&world.bus.address);
    let sandbox = Sandbox::open(&world.home).await;
    let icon = icon(&panel);
    until("it says that this is a sandbox", || (!icon.tip().1.is_empty()).then_some(()));
    assert_eq!(icon.tip(), ("Not signed in".into(), "Tests: nothing has real effect".into()));
    assert_eq!(icon.title(), "Relais · Not signed in");
    let menu = [
        ("Not signed in", false),
        ("Tests: nothing has real effect", false),
        ("Open Relais", true),
        ("Renew now", false),
        ("Hide the window", true),
        ("Stop Relais", true),
    ];
    assert_eq!(labels(&icon), menu.map(|(label, enabled)| (label.to_owned(), enabled)));
    let before = icon.picture();

    sandbox.ask_for_the_pin().await;
    sandbox.give_pin().await;
    sandbox.give_password().await;
    until("it says until when", || icon.tip().0.starts_with("Signed in until ").then_some(()));
    sandbox.desktop.turn_to("main").await;
    let end = sandbox.desktop.find("[data-testid=end-time]").await.text().await.unwrap();
    assert_eq!(
        icon.tip().0,
        format!("Signed in until {end}"),
        "as the window says, whatever the zone of the PC"
    );
    assert_eq!(icon.title(), format!("Relais · Signed in until {end}"));
    assert_ne!(icon.picture(), before, "another shape");
    until("its menu follows", || {
        labels(&icon).contains(&("Stop Relais (the session stays valid)".into(), true)).then_some(())
    });

    // Closed, it is hidden: Relais and its session go on.
    close();
    seen(false);
    stays("Relais without its window", || icon.lives() && windows().is_empty());
    icon.click();
    seen(true);
    icon.choose("Hide the window");
    seen(false);
    icon.choose("Open Relais");
    seen(true);
    sandbox.desktop.find("[data-testid=end-time]").await;

    icon.choose("Stop Relais (the session stays valid)");
    until("Relais ends", || (!icon.lives()).then_some(()));
    drop(sandbox);

    let again = Desktop::start(&world.home, &["--language", "nl"]).await;
    let icon = self::icon(&panel);
    until("it says the session that was kept", || icon.tip().0.starts_with("Sessie open tot ").then_some(()));
    again.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_place_for_the_icon_closing_loses_no_window_and_the_settings_say_so() {
    let world = World::new();
    let desktop = open(&world.home).await;
    assert!(desktop.until(async || world.home.log().contains("no panel has a place for an icon")).await);
    desktop.click("[data-testid=place-settings]").await;
    desktop
        .says("This desktop has no place near the clock: the window is minimised, and Relais goes on.")
        .await;
    // Nor is anybody there who shows notifications.
    desktop.says("This desktop shows neither notifications (RLS-6052) nor an icon").await;
    let runs = || of_group(desktop.group()).iter().any(|process| process.name == "relais");
    close();
    // Nothing manages windows here, so one that was made small is still drawn.
    stays("Relais, and its window on the screen", || runs() && !windows().is_empty());

    desktop.call("set_closing", json!({ "closing": "stops" })).await.unwrap();
    close();
    until("Relais ends", || (!runs()).then_some(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_closing_to_stop_relais_gets_that_beside_the_icon_too() {
    let world = World::new();
    let panel = Panel::start(&world.bus.address);
    let desktop = open(&world.home).await;
    let icon = icon(&panel);
    desktop.click("[data-testid=place-settings]").await;
    desktop.says("The window is hidden. Relais goes on near the clock; the icon opens it again.").await;
    desktop.click("input[name=closing][value=stops]").await;
    desktop.says("Relais stops: no renewal, no notifications. The session stays valid on this PC.").await;
    close();
    until("Relais ends", || (!icon.lives()).then_some(()));
    drop(desktop);

    let again = open(&world.home).await;
    assert_eq!(snapshot(&again).await["settings"]["closing"], json!("stops"), "it is remembered");
    again.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_window_comes_back_when_the_panel_goes() {
    let world = World::new();
    let panel = Panel::start(&world.bus.address);
    let desktop = Desktop::start(&world.home, &[]).await;
    icon(&panel).choose("Hide the window");
    seen(false);
    drop(panel);
    seen(true);
    // A panel that starts anew gets the icon anew, and the window may be hidden again.
    let panel = Panel::start(&world.bus.address);
    icon(&panel).choose("Hide the window");
    seen(false);
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn started_in_the_background_it_shows_the_icon_and_no_window_until_it_is_asked() {
    let world = World::new();
    let panel = Panel::start(&world.bus.address);
    let desktop = Desktop::start(&world.home, &["--background"]).await;
    let icon = icon(&panel);
    assert!(desktop.until(async || world.home.log().contains("the icon near the clock is there")).await);
    stays("no window", || windows().is_empty());
    icon.click();
    seen(true);
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_with_the_computer_is_a_setting_that_repairs_itself_and_obeys_the_system() {
    let world = World::new();
    let entry = world.home.path().join("config/autostart/relais.desktop");
    let wanted = async |desktop: &Desktop| snapshot(desktop).await["settings"]["autostart"].clone();
    let desktop = open(&world.home).await;
    assert_eq!((wanted(&desktop).await, entry.exists()), (json!(false), false), "off at first");
    desktop.call("set_autostart", json!({ "on": true })).await.unwrap();
    assert_eq!(wanted(&desktop).await, json!(true));
    let written = std::fs::read_to_string(&entry).unwrap();
    let line = format!(
        "Exec=\"{}\" \"--background\" \"--environment\" \"sandbox\" \"--data-dir\"",
        program().display()
    );
    assert!(written.contains(&line), "{written}");
    desktop.quit().await;

    // Lost, or left behind by a binary that moved, it is written anew.
    for lost in ["", "[Desktop Entry]\nType=Application\nName=Relais\nExec=\"/elsewhere/relais\"\n"] {
        std::fs::write(&entry, lost).unwrap();
        let desktop = open(&world.home).await;
        until("it is repaired", || (std::fs::read_to_string(&entry).unwrap() == written).then_some(()));
        desktop.quit().await;
    }

    // Switched off in the system's settings, it stays off, and the setting says so.
    let hidden = format!("{written}Hidden=true\n");
    std::fs::write(&entry, &hidden).unwrap();
    let desktop = open(&world.home).await;
    assert!(desktop.until(async || wanted(&desktop).await == json!(false)).await, "{}", world.home.log());
    assert_eq!(std::fs::read_to_string(&entry).unwrap(), hidden);
    desktop.quit().await;
}

async fn open(home: &Home) -> Desktop {
    let desktop = Desktop::start(home, &[]).await;
    desktop.turn_to("main").await;
    assert!(desktop.until(async || !snapshot(&desktop).await["environment"].is_null()).await);
    desktop
}
