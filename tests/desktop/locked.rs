//! A desktop that is locked wipes what was being typed: the real window on private buses, with a logind and a screen
//! saver that are only names there.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;

use crate::sandbox::Sandbox;
use crate::window::Home;

/// A system bus of our own.
struct SystemBus {
    daemon: Child,
    address: String,
}

impl SystemBus {
    fn start(home: &Home) -> Self {
        let address = format!("--address=unix:dir={}", home.path().display());
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address", &address])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { daemon, address: line.trim().to_owned() }
    }
}

impl Drop for SystemBus {
    fn drop(&mut self) {
        self.daemon.kill().unwrap();
        self.daemon.wait().unwrap();
    }
}

/// Who says that the desktop was locked.
struct Sayers {
    saver: Connection,
    logind: Connection,
}

impl Sayers {
    fn new(bus: &SystemBus) -> Self {
        let logind = Builder::address(&*bus.address).unwrap().name("org.freedesktop.login1").unwrap();
        Self { saver: Connection::session().unwrap(), logind: logind.build().unwrap() }
    }

    fn saver_says(&self, active: bool) {
        let interface = "org.freedesktop.ScreenSaver";
        let path = "/org/freedesktop/ScreenSaver";
        self.saver.emit_signal(None::<()>, path, interface, "ActiveChanged", &active).unwrap();
    }

    fn session_is_locked(&self) {
        let path = "/org/freedesktop/login1/session/_31";
        self.logind.emit_signal(None::<()>, path, "org.freedesktop.login1.Session", "Lock", &()).unwrap();
    }

    fn computer_sleeps(&self, soon: bool) {
        let (path, interface) = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager");
        self.logind.emit_signal(None::<()>, path, interface, "PrepareForSleep", &soon).unwrap();
    }
}

/// A signal that is addressed needs no match rule to arrive. How many were told; each has been handed on by then, since
/// the bus answers each of us in the order of what we sent.
fn stranger_says(bus: &SystemBus) -> usize {
    let stranger = Builder::address(&*bus.address).unwrap().build().unwrap();
    let (path, interface) = ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session");
    let names = zbus::blocking::fdo::DBusProxy::new(&stranger).unwrap();
    let own = stranger.unique_name().map(|own| own.as_str());
    let all = names.list_names().unwrap();
    let others: Vec<_> =
        all.iter().filter(|name| name.starts_with(':') && Some(name.as_str()) != own).collect();
    for name in &others {
        stranger.emit_signal(Some(name.as_str()), path, interface, "Lock", &()).unwrap();
    }
    names.list_names().unwrap();
    others.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_or_sleep_wipes_the_digits_and_the_window_says_so() {
    let home = Home::new();
    let bus = SystemBus::start(&home);
    let home = home.with("DBUS_SYSTEM_BUS_ADDRESS", &bus.address).with("RELAIS_LOG", "info");
    let sayers = Sayers::new(&bus);
    let sandbox = Sandbox::open(&home).await;
    let desktop = &sandbox.desktop;
    let listens = || home.log().matches("a lock of the desktop is listened for").count();
    assert!(desktop.until(async || listens() == 2).await, "{}", home.log());
    sandbox.ask_for_the_pin().await;

    let locks: [&dyn Fn(); 3] =
        [&|| sayers.saver_says(true), &|| sayers.session_is_locked(), &|| sayers.computer_sleeps(true)];
    for (number, lock) in locks.into_iter().enumerate() {
        desktop.type_keys("735").await;
        assert!(sandbox.draws(3).await, "typed before lock {number}");
        lock();
        assert!(sandbox.draws(0).await, "wiped by lock {number}:\n{}", home.log());
        desktop.says("The screen was locked").await;
    }

    // Somebody else on the bus, who says the same to our very name, wipes nothing.
    desktop.type_keys("735").await;
    assert!(sandbox.draws(3).await);
    assert!(stranger_says(&bus) >= 2, "logind of ours, and Relais");
    // Relais reads its connection in order: once it has heard logind, it had heard the stranger before.
    let woken = || home.log().matches("a signal of the desktop is heard").count();
    let before = woken();
    sayers.computer_sleeps(false);
    assert!(desktop.until(async || woken() > before).await, "{}", home.log());
    desktop.type_keys("1").await;
    assert!(sandbox.draws(4).await, "{}", home.log());
    sayers.session_is_locked();
    assert!(sandbox.draws(0).await);

    // Waking up and unlocking wipe nothing: the rest of the PIN follows.
    sayers.saver_says(false);
    sayers.computer_sleeps(false);
    sandbox.give_pin().await;
    desktop.type_keys(&sandbox.password).await;
    sayers.session_is_locked();
    desktop.find("[data-testid=pin-step][data-step=pin]").await;
    assert!(sandbox.draws(0).await, "the PIN that waited for the password is gone, too");
    sandbox.give_pin().await;
    sandbox.give_password().await;
    sandbox.desktop.quit().await;
}
