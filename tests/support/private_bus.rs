//! A session bus of a test's own, on which nothing is started by itself.
#![allow(dead_code, reason = "each test target uses its part")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Set in the process that runs on the private bus.
const THERE: &str = "RELAIS_TEST_ON_PRIVATE_BUS";

/// A watchdog: nothing is measured against it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks: what is looked at needs the processor, too.
const PAUSE: Duration = Duration::from_millis(100);

const CONFIG: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// Runs this one test again, in a process whose session bus is empty and its own. `name` is its whole path.
pub fn on_private_bus(name: &str, test: impl FnOnce()) {
    if std::env::var_os(THERE).is_some() {
        return test();
    }
    let folder = tempfile::Builder::new().prefix("relais-bus-").tempdir().expect("a temporary folder");
    let config = folder.path().join("session.conf");
    std::fs::write(&config, configuration(folder.path())).expect("a file");
    let output = Command::new("dbus-run-session")
        .arg("--config-file")
        .arg(config)
        .arg("--")
        .arg(std::env::current_exe().expect("our own program"))
        .args(["--exact", name, "--nocapture"])
        .env(THERE, "1")
        .output()
        .expect("dbus-run-session is installed");
    let (told, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("1 passed"), "no test has this name: {name}\n{told}");
}

/// Looks until there is a value.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what}: never");
        std::thread::sleep(PAUSE);
    }
}

/// Looks ten times whether something is and stays.
pub fn stays(what: &str, look: impl Fn() -> bool) {
    for number in 0..10 {
        assert!(look(), "{what}: no longer, at look {number}");
        std::thread::sleep(PAUSE);
    }
}

/// A bus beside the one of this process, for the programs that are told of it.
pub struct Bus {
    daemon: Child,
    /// For `DBUS_SESSION_BUS_ADDRESS`.
    pub address: String,
}

impl Bus {
    /// Its files lie in this folder.
    pub fn start(folder: &Path) -> Self {
        let config = folder.join("bus.conf");
        std::fs::write(&config, configuration(folder)).expect("a file");
        let mut daemon = Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--print-address", "--config-file"])
            .arg(config)
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut line = String::new();
        let told = daemon.stdout.take().expect("it was piped");
        BufReader::new(told).read_line(&mut line).expect("its address");
        Self { daemon, address: line.trim().to_owned() }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn configuration(folder: &Path) -> String {
    CONFIG.replace("FOLDER", folder.to_str().expect("a path in UTF-8"))
}
