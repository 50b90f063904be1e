//! A private smart-card service: pcscd with one vpcd reader, in a network namespace of its own.
//!
//! vpcd listens on all interfaces and the system may have a pcscd already, so each test (and each benchmark) runs a second
//! time, alone, in a namespace where only its own loopback exists; see [`privately`]. pcscd has no option for its socket, but takes over a
//! bound one as from systemd. Needs Linux, the programs `pcscd`, `unshare`, `ip`, and the driver `vsmartcard-vpcd`; what
//! is missing fails the test.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use relais_card::backend::{Backend, Monitor, ReaderSlot, SlotContent};
use relais_card::pcsc::PcscBackend;
use relais_sandbox::eid::VirtualEid;
use relais_sandbox::eid::vpcd::{SharedEid, VpcdCard, serve_vpcd};

/// Names the folder of a test that runs in its namespace.
const INSIDE: &str = "RELAIS_TEST_PCSC";
/// What libpcsclite reads the place of the service's socket from.
const SOCKET: &str = "PCSCLITE_CSOCK_NAME";
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
pub const PORT: u16 = 0x8C7B;
/// pcscd looks for virtual cards every 400 ms, and a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs `test` in a namespace of its own: calls this program again for the test named `name` alone.
pub fn privately(name: &str, test: fn(&mut Pcscd)) {
    if let Some(mut service) = Pcscd::within() {
        return test(&mut service);
    }
    let told = in_namespace(&["--exact", name, "--nocapture"]);
    assert!(told.contains("1 passed"), "the test {name} did not run:\n{told}");
}

/// Runs this program again with these arguments, in a namespace where [`Pcscd::within`] is something, and gives back
/// what it printed.
pub fn in_namespace(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let namespaces = if rustix::process::geteuid().is_root() { "-n" } else { "-rn" };
    let ran = Command::new("unshare")
        .args([namespaces, "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(arguments)
        .env(INSIDE, folder.path())
        .env(SOCKET, folder.path().join("pcscd.comm"))
        .env("HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("unshare (util-linux) starts");
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "in its namespace:\n{told}");
    told
}

/// The service and what is needed to start it again.
pub struct Pcscd {
    folder: PathBuf,
    process: Option<Child>,
    monitor: Box<dyn Monitor>,
}

impl Pcscd {
    /// The service of this namespace, if this program runs in one of its own.
    pub fn within() -> Option<Self> {
        std::env::var_os(INSIDE).map(|folder| Self::start(PathBuf::from(folder)))
    }

    fn start(folder: PathBuf) -> Self {
        let configuration = folder.join("readers");
        std::fs::create_dir_all(&configuration).unwrap();
        let reader = format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:{PORT:#06X}\nLIBPATH {DRIVER}\nCHANNELID {PORT:#06X}\n"
        );
        std::fs::write(configuration.join("vpcd"), reader).unwrap();
        let monitor = PcscBackend::new().monitor().unwrap();
        let mut service = Self { folder, process: None, monitor };
        service.run();
        service
    }

    /// Starts the service, after [`Self::kill`] again.
    pub fn run(&mut self) {
        let socket = self.folder.join("pcscd.comm");
        let _ = std::fs::remove_file(&socket);
        let listener = OwnedFd::from(UnixListener::bind(&socket).unwrap());
        let take_over =
            "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec pcscd --foreground --config \"$0\"";
        let log = std::fs::File::create(self.folder.join("pcscd.log")).unwrap();
        let process = Command::new("sh")
            .args(["-c", take_over])
            .arg(self.folder.join("readers"))
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdin(listener)
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("a shell starts");
        self.process = Some(process);
        self.wait_until("a reader", |readers| !readers.is_empty());
    }

    /// Kills the service as a crash would.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Puts a card into the reader and waits until PC/SC sees it.
    pub fn insert(&mut self, card: VirtualEid) -> (SharedEid, VpcdCard) {
        let card = Arc::new(Mutex::new(card));
        let served = serve_vpcd(Arc::clone(&card), PORT).expect("vpcd listens");
        self.wait_until("the card", |readers| readers.iter().any(is_occupied));
        (card, served)
    }

    /// Waits until PC/SC sees no card.
    pub fn wait_until_empty(&mut self) {
        self.wait_until("the empty reader", |readers| !readers.iter().any(is_occupied));
    }

    /// The reader with the card, by its name.
    pub fn reader(&self) -> String {
        let readers = PcscBackend::new().readers().unwrap();
        readers.into_iter().find(is_occupied).expect("a card is in").name
    }

    fn wait_until(&mut self, what: &str, seen: impl Fn(&[ReaderSlot]) -> bool) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            // Errors pass while the service starts.
            if let Ok(Some(readers)) = self.monitor.wait(Duration::from_secs(1))
                && seen(&readers)
            {
                return;
            }
            let now = PcscBackend::new().readers();
            if now.is_ok_and(|readers| seen(&readers)) {
                return;
            }
        }
        let log = std::fs::read_to_string(self.folder.join("pcscd.log")).unwrap_or_default();
        panic!("PC/SC does not see {what}; pcscd said:\n{log}");
    }
}

impl Drop for Pcscd {
    fn drop(&mut self) {
        self.kill();
    }
}

fn is_occupied(slot: &ReaderSlot) -> bool {
    matches!(slot.content, SlotContent::Card { .. })
}
