//! A web process is killed: its page comes back, and the engine with its session never went (fault F22).
//!
//! WebDriver ends its session when a page dies, so these windows are driven by real keys, looked at in pictures, and
//! asked over the control socket.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use serde_json::Value;

use crate::forms::Canary;
use crate::keyboard;
use crate::process_memory::Memory;
use crate::processes::{Process, of_group};
use crate::vendor::relaisctl;
use crate::window::{Home, program, surroundings};

/// A watchdog: nothing is measured against it.
const PATIENCE: Duration = Duration::from_secs(60);
/// More colours than an empty window has.
const DRAWN: usize = 16;
/// Digits that are in no memory unless somebody types them.
const DIGITS: &str = "73519264";
/// The PIN of the sandbox's card.
const PIN: &str = "1234";

/// The program in the sandbox, with nobody but us to drive it.
struct Program {
    home: Home,
    process: Child,
}

impl Program {
    fn start() -> Self {
        let home = Home::new();
        let log = File::create(home.path().join("driver.log")).unwrap();
        let process = Command::new(program())
            .args(["--environment", "sandbox", "--language", "en", "--data-dir"])
            .arg(home.data())
            .envs(surroundings(home.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .process_group(0)
            .spawn()
            .unwrap();
        let program = Self { home, process };
        program.until("it listens to commands", || program.listens());
        program
    }

    /// Its control socket is there.
    fn listens(&self) -> bool {
        let Ok(folders) = std::fs::read_dir(self.home.path().join("run")) else { return false };
        folders.map(Result::unwrap).any(|folder| folder.path().join("control").exists())
    }

    fn until(&self, what: &str, mut condition: impl FnMut() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !condition() {
            assert!(Instant::now() < end, "{what}: never;\n{}", self.home.log());
            std::thread::yield_now();
        }
    }

    /// relaisctl on the data folder that the window owns.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(relaisctl());
        command
            .args(["--json", "--environment", "sandbox", "--data-dir"])
            .arg(self.home.data())
            .args(arguments)
            .envs(surroundings(self.home.path()));
        command
    }

    fn session(&self) -> Value {
        let output = self.command(&["session", "show"]).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["session"].clone()
    }

    /// A sign-in that is asked for on the command line, where nobody types: the window asks, too.
    fn asks_for_the_pin(&self) -> Asking {
        let mut command = self.command(&["sign-in", "--mode", "eid-only", "--pin-fd", "0"]);
        Asking(command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// Types the PIN where it is asked, and says whether a session is open.
    fn signed_in(&self) -> bool {
        // The window of an earlier round may close while it is typed into.
        let _typed = keyboard::retype("PIN", PIN) && keyboard::press_enter();
        !self.session().is_null()
    }

    /// The web processes, in the order in which their windows were opened.
    fn pages(&self) -> Vec<Process> {
        let all = of_group(self.process.id()).into_iter();
        all.filter(|process| process.name == "WebKitWebProces").collect()
    }

    /// Kills one of them and waits until another has taken its place.
    fn kill(&self, page: &Process) {
        let count = self.pages().len();
        kill_process(Pid::from_raw(page.id).unwrap(), Signal::KILL).unwrap();
        self.until("a page in its place", || self.pages().len() == count && !self.pages().contains(page));
        // The web view may have the next process at hand before its owner hears of the death.
        self.until("Relais hears of it", || self.home.log().contains("the page of a window died"));
    }

    fn holds_the_digits(&self) -> bool {
        let memory = Memory::of(Pid::from_child(&self.process).as_raw_nonzero().get());
        !memory.found(&Canary::pin(DIGITS)).is_empty()
    }
}

/// A command that waits for a PIN on a descriptor that stays silent.
struct Asking(Child);

impl Drop for Asking {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The group may be gone already, which is what is wanted.
        let _ = kill_process_group(Pid::from_child(&self.process), Signal::KILL);
        let _ = self.process.wait();
    }
}

#[test]
fn a_pin_page_that_is_killed_comes_back_empty_and_the_sign_in_goes_on() {
    let program = Program::start();
    let _asking = program.asks_for_the_pin();
    program.until("two windows", || program.pages().len() == 2);
    // Keys that come before the page is there are lost, so they are typed until they have arrived.
    program.until("digits arrive", || keyboard::retype("PIN", DIGITS) && program.holds_the_digits());
    program.kill(&program.pages()[1]);
    program.until("the digits are wiped", || !program.holds_the_digits());
    assert!(program.session().is_null());
    program.until("the page that came back takes the PIN", || program.signed_in());
}

#[test]
fn a_main_page_that_is_killed_comes_back_and_the_session_goes_on() {
    let program = Program::start();
    let asking = program.asks_for_the_pin();
    program.until("a session", || program.signed_in());
    drop(asking);
    program.until("the PIN window closes", || program.pages().len() == 1);
    program.until("the page is drawn", || keyboard::colours("Relais") > DRAWN);
    let (session, before) = (program.session(), of_group(program.process.id()));
    program.kill(&program.pages()[0]);
    program.until("the page is drawn again", || keyboard::colours("Relais") > DRAWN);
    assert_eq!(program.session(), session);
    assert_eq!(of_group(program.process.id())[0], before[0], "the same program");
}
