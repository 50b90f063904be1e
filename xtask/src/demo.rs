//! `cargo xtask demo`: from a bare machine to Relais in the sandbox.

use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::display::{self, Display};
use crate::failure::Failure;
use crate::program::Program;
use crate::workspace::{self, ONE_SET};
use crate::{interface, setup, tools};

/// Opens Relais, or tours it when nobody could see the window.
pub fn run() -> Result<(), Failure> {
    setup::prerequisites()?;
    setup::system_packages()?;
    interface()?;
    if display::is_here() { open() } else { tour_here() }
}

/// Builds the interface, unless nothing of it changed since it was built.
fn interface() -> Result<(), Failure> {
    if interface::is_up_to_date(&workspace::root().join("ui")) {
        println!("interface is up to date");
        return Ok(());
    }
    step("interface: packages", |log| npm("ci --ignore-scripts --no-audit --no-fund", log))?;
    step("interface: build", |log| npm("run build", log))
}

fn npm(arguments: &str, log: &Path) -> Result<(), Failure> {
    Program::new(&format!("npm {arguments}")).at("ui").run_into(log)
}

fn open() -> Result<(), Failure> {
    println!("building the desktop; the first time takes some minutes");
    Program::new("cargo build --locked --features custom-protocol").run()?;
    let home = workspace::target().join("demo");
    println!("the card is in the reader; its PIN is 1234");
    Program::of(workspace::binary("relais"))
        .arg("--environment")
        .arg("sandbox")
        .arg("--data-dir")
        .arg(home.join("data"))
        .run()
}

fn tour_here() -> Result<(), Failure> {
    println!("no display here: the tour runs on one of its own");
    tools::TAURI_DRIVER.install()?;
    println!("building the desktop and the tour; the first time takes some minutes");
    Program::new(&format!("cargo build --locked {ONE_SET} --bin relais --test tour")).run()?;
    tour()
}

/// Tours the built desktop on a display of its own and saves pictures in `target/demo`.
pub fn tour() -> Result<(), Failure> {
    let display = Display::start()?;
    Program::new(&format!("dbus-run-session -- cargo test --quiet --locked {ONE_SET} --test tour"))
        .env("DISPLAY", display.name())
        .env("RELAIS_BIN", workspace::binary("relais"))
        .env("RELAIS_SHOTS", workspace::target().join("demo"))
        .run()
}

/// A long step that says nothing of interest: a spinner on a terminal, two plain lines elsewhere, its output on failure.
fn step(name: &str, work: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let log = workspace::target().join("demo").join(format!("{}.log", name.replace([' ', ':'], "-")));
    // A log that is not there yet is what we want.
    let _ = std::fs::remove_file(&log);
    let bar = ProgressBar::new_spinner().with_message(name.to_owned());
    match bar.is_hidden() {
        true => println!("{name} …"),
        false => bar.enable_steady_tick(Duration::from_millis(120)),
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    let result = work(&log);
    bar.finish_and_clear();
    match &result {
        Ok(()) => println!("{name}: done"),
        Err(_) => print!("{}", std::fs::read_to_string(&log).unwrap_or_default()),
    }
    result
}
