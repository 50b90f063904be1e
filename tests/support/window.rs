//! Drives the real window: the built program under WebKitWebDriver, reached through tauri-driver.
//!
//! `cargo xtask test` gives the display, a session bus of its own, and `RELAIS_BIN`. Without them a test fails: one that
//! did not run must not count as passed. Every program gets a home of its own, so that no real setting is touched.
#![allow(dead_code, reason = "each test target uses its part of the harness")]

use std::ffi::OsString;
use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WindowHandle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, interval, timeout};

/// How long anything in the window may take, on a machine that compiles beside it. A watchdog: nothing is measured against it.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long the driver may take to open the first window.
const START: Duration = Duration::from_secs(45);

/// WebKitWebDriver dies at its start once in a while, under load, and tauri-driver then never answers. That is told, and
/// started anew; a program that opens no window fails all the same.
const STARTS: usize = 3;

/// How often a condition is looked at again.
const LOOK: Duration = Duration::from_millis(50);

/// A person's home, empty at first and gone with this value.
pub struct Home {
    folder: TempDir,
    /// What [`Home::with`] added.
    pub environment: Vec<(&'static str, OsString)>,
}

impl Home {
    /// An empty home.
    pub fn new() -> Self {
        Self {
            folder: tempfile::Builder::new().prefix("relais-home-").tempdir().expect("a temporary folder"),
            environment: vec![],
        }
    }

    /// A variable that the program finds in its environment.
    pub fn with(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Where everything of this home lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder given to the program as `--data-dir`.
    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// The folder of the window's own sandbox.
    pub fn world(&self) -> PathBuf {
        self.data().join("sandbox-world")
    }

    /// What the program and the drivers wrote to standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path().join("driver.log")).unwrap_or_default()
    }
}

/// The program with its windows, and the driver that reaches them.
pub struct Desktop {
    driver: WebDriver,
    server: Server,
}

impl Desktop {
    /// Starts the program of `RELAIS_BIN` in this home, in the sandbox and in English unless `arguments` say otherwise.
    pub async fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut all = vec![];
        if !arguments.iter().any(|argument| matches!(*argument, "--environment" | "--profile")) {
            all.extend(["--environment", "sandbox"]);
        }
        if !arguments.contains(&"--language") {
            all.extend(["--language", "en"]);
        }
        all.extend(arguments);
        Self::fresh(home, &all).await
    }

    /// Starts it with these arguments and nothing else: without an environment it is a fresh install.
    pub async fn fresh(home: &Home, arguments: &[&str]) -> Self {
        let data = home.data();
        let mut all = vec!["--data-dir", data.to_str().expect("a path in UTF-8")];
        all.extend(arguments);
        let mut wanted = Capabilities::new();
        wanted.set("tauri:options", json!({ "application": program(), "args": all })).expect("plain JSON");
        for _ in 0..STARTS {
            let server = Server::start(home).await;
            match timeout(START, WebDriver::new(server.address(), wanted.clone())).await {
                Ok(Ok(driver)) => return Self { driver, server },
                Ok(Err(cause)) => panic!("the window did not open: {cause}\n{}", home.log()),
                Err(_) => eprintln!("no answer of the driver; there are {:?}", members(server.process.id())),
            }
        }
        panic!("the program opened no window, {STARTS} times:\n{}", home.log())
    }

    /// The page in front, as WebDriver sees it.
    pub fn page(&self) -> &WebDriver {
        &self.driver
    }

    /// Turns to the window with this label, as soon as it is there.
    pub async fn turn_to(&self, label: &str) {
        let there = self.until(async || self.try_turn_to(label).await).await;
        assert!(there, "no window {label:?} appeared; there are {:?}", self.labels().await);
    }

    /// Whether the window with this label is gone, now or within our patience.
    pub async fn is_gone(&self, label: &str) -> bool {
        self.until(async || !self.labels().await.iter().any(|there| there == label)).await
    }

    /// The labels of all windows.
    pub async fn labels(&self) -> Vec<String> {
        let mut labels = Vec::new();
        for handle in self.handles().await {
            labels.extend(self.label_of(handle).await);
        }
        labels
    }

    async fn handles(&self) -> Vec<WindowHandle> {
        self.driver.windows().await.expect("the driver lists the windows")
    }

    async fn try_turn_to(&self, label: &str) -> bool {
        for handle in self.handles().await {
            if self.label_of(handle).await.as_deref() == Some(label) {
                return true;
            }
        }
        false
    }

    /// Turns to a window and asks it for the label the shell gave it; none while it closes or loads.
    async fn label_of(&self, handle: WindowHandle) -> Option<String> {
        self.driver.switch_to_window(handle).await.ok()?;
        let script = "return window.__TAURI_INTERNALS__?.metadata?.currentWindow?.label ?? null";
        let answer = self.driver.execute(script, vec![]).await.ok()?;
        answer.json().as_str().map(str::to_owned)
    }

    /// The element for this CSS selector, once it is there and shown.
    pub async fn find(&self, selector: &str) -> WebElement {
        let query = self.driver.query(By::Css(selector)).wait(PATIENCE, LOOK).and_displayed();
        match query.first().await {
            Ok(element) => element,
            Err(_) => panic!("nothing shown for {selector:?} on this page:\n{}", self.text().await),
        }
    }

    /// Whether nothing fits this CSS selector, now or within our patience.
    pub async fn lacks(&self, selector: &str) -> bool {
        self.until(async || self.driver.find_all(By::Css(selector)).await.is_ok_and(|found| found.is_empty()))
            .await
    }

    /// Whether an element fits this CSS selector now.
    pub async fn has(&self, selector: &str) -> bool {
        self.driver.find_all(By::Css(selector)).await.is_ok_and(|found| !found.is_empty())
    }

    /// Clicks the element for this CSS selector, once it can be clicked.
    pub async fn click(&self, selector: &str) {
        self.click_at(By::Css(selector)).await;
    }

    /// Clicks the button that a person reads, or hears, as `name`.
    pub async fn press(&self, name: &str) {
        self.click_at(By::XPath(format!("//button[normalize-space(.)='{name}' or @aria-label='{name}']")))
            .await;
    }

    /// A page may be drawn anew between a look at an element and the click: such a click was none, and what stands
    /// there now is clicked.
    async fn click_at(&self, by: By) {
        let clicked = self
            .until(async || {
                let query = self.driver.query(by.clone()).wait(PATIENCE, LOOK).and_clickable();
                match query.first().await {
                    Ok(element) => done(element.click().await),
                    Err(_) => panic!("nothing to click for {by:?} on this page:\n{}", self.text().await),
                }
            })
            .await;
        assert!(clicked, "{by:?} is drawn anew without end");
    }

    /// Types keys into whatever has the focus.
    pub async fn type_keys(&self, keys: &str) {
        assert!(
            done(self.driver.action_chain().send_keys(keys).perform().await),
            "keys go to a page, not an element"
        );
    }

    /// Presses a key while Ctrl is held.
    pub async fn with_control(&self, key: char) {
        let keys = self.driver.action_chain().key_down(Key::Control).send_keys(key).key_up(Key::Control);
        assert!(done(keys.perform().await), "keys go to a page, not an element");
    }

    /// All text a person can read on this page.
    pub async fn text(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the page says this.
    pub async fn says(&self, expected: &str) {
        let said = self.until(async || self.text().await.contains(expected)).await;
        assert!(said, "{expected:?} did not appear on this page:\n{}", self.text().await);
    }

    /// Calls a command of the shell from this page; the shell's refusal is the error.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value, String> {
        let script = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given)
                .then(value => done({ ok: value ?? null }), error => done({ error: String(error?.message ?? error) }));";
        let answer = self
            .driver
            .execute_async(script, vec![json!(command), arguments])
            .await
            .expect("the page answers");
        match answer.json().get("error") {
            Some(error) => Err(error.as_str().unwrap_or_default().to_owned()),
            None => Ok(answer.json()["ok"].clone()),
        }
    }

    /// What axe finds on this page that is serious or critical, one line each.
    pub async fn serious_faults(&self) -> Vec<String> {
        let axe = root().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&axe).unwrap_or_else(|cause| panic!("{}: {cause}", axe.display()));
        self.driver.execute(&axe, vec![]).await.expect("axe was loaded");
        let script = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done(found.violations.map(v => [v.impact, v.id, ...v.nodes.map(n => n.html)].join(' '))),
                error => done(['critical axe itself failed: ' + error]));";
        let found = self.driver.execute_async(script, vec![]).await.expect("axe ran");
        let lines: Vec<String> = serde_json::from_value(found.json().clone()).expect("axe answers lines");
        lines.into_iter().filter(|line| line.starts_with("serious") || line.starts_with("critical")).collect()
    }

    /// Saves a picture of this page as `name.png` in `RELAIS_SHOTS`, else in Cargo's folder for tests.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let folder = std::env::var_os("RELAIS_SHOTS").unwrap_or_else(|| env!("CARGO_TARGET_TMPDIR").into());
        std::fs::create_dir_all(&folder).expect("the folder for pictures");
        let file = Path::new(&folder).join(format!("{name}.png"));
        // Text is drawn once its font is there; a picture before that shows a page without words, and one while a colour
        // changes shows a page that nobody reads.
        let drawn = "const done = arguments[0];
            const changing = () => document.getAnimations().filter(one => one instanceof CSSTransition);
            document.fonts.ready
                .then(() => Promise.allSettled(changing().map(one => one.finished)))
                .then(() => requestAnimationFrame(() => done(true)));";
        self.driver.execute_async(drawn, vec![]).await.expect("the page is drawn");
        self.driver.screenshot(&file).await.expect("a picture was taken");
        file
    }

    /// The process group of the program, of what WebKit started for it and of the drivers.
    pub fn group(&self) -> u32 {
        self.server.process.id()
    }

    /// Ends the program and the driver.
    pub async fn quit(self) {
        self.driver.quit().await.expect("the session ended");
        drop(self.server);
    }

    /// Looks until `condition` holds; `false` once our patience ends.
    pub async fn until(&self, mut condition: impl AsyncFnMut() -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        let mut looks = interval(LOOK);
        while Instant::now() < end {
            if condition().await {
                return true;
            }
            looks.tick().await;
        }
        false
    }
}

/// Whether it was done. What a person does may close the very window it is done in, before the driver could say so; an
/// element that is no longer in the page was not touched.
fn done(answer: WebDriverResult<()>) -> bool {
    match answer.as_ref().map_err(|cause| cause.as_inner()) {
        Ok(()) | Err(WebDriverErrorInner::NoSuchWindow(_)) => true,
        Err(WebDriverErrorInner::StaleElementReference(_)) => false,
        Err(cause) => panic!("not done: {cause}"),
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// The built program.
pub fn program() -> PathBuf {
    let program =
        std::env::var_os("RELAIS_BIN").expect("RELAIS_BIN names the built program: run cargo xtask test");
    let program = PathBuf::from(program);
    assert!(program.is_file(), "{} is not there: run cargo xtask test", program.display());
    program
}

/// tauri-driver and what it started, in a process group of their own that ends with this value.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    async fn start(home: &Home) -> Self {
        provide_tls();
        let (port, native) = (free_port(), free_port());
        let log =
            File::options().create(true).append(true).open(home.path().join("driver.log")).expect("a log");
        let process = Command::new("tauri-driver")
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .envs(surroundings(home.path()))
            .envs(home.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("tauri-driver runs: cargo xtask setup installs it");
        let server = Self { process, port };
        assert!(server.serves().await, "tauri-driver does not serve:\n{}", home.log());
        server
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// An open port is not enough: the driver behind tauri-driver has to say that it is ready.
    async fn serves(&self) -> bool {
        let end = Instant::now() + PATIENCE;
        let mut looks = interval(LOOK);
        while Instant::now() < end {
            looks.tick().await;
            if self.status().await.is_ok_and(|answer| answer.contains("\"ready\":true")) {
                return true;
            }
        }
        false
    }

    async fn status(&self) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        stream.write_all(b"GET /status HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw) {
            // The group may be gone already, which is what is wanted.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.process.wait();
        // The program is not our child. The next start finds its folder free only once it has gone.
        let end = std::time::Instant::now() + PATIENCE;
        while lives(self.process.id()) && std::time::Instant::now() < end {
            std::thread::sleep(LOOK);
        }
        assert!(std::thread::panicking() || !lives(self.process.id()), "the program does not end");
    }
}

/// Whether a process of this group is there and no corpse.
fn lives(group: u32) -> bool {
    members(group).iter().any(|member| !member.ends_with(['Z', 'X']))
}

/// Name and state of every process of this group. Source: proc(5), `/proc/PID/stat`.
fn members(group: u32) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("Linux lists its processes");
    let stat = |entry: std::io::Result<std::fs::DirEntry>| {
        std::fs::read_to_string(entry.ok()?.path().join("stat")).ok()
    };
    let member = |stat: String| {
        // The name stands in brackets and may hold anything; behind it come state, parent and group.
        let (start, behind) = stat.rsplit_once(')')?;
        let mut behind = behind.split_whitespace();
        let (state, found) = (behind.next()?, behind.nth(1)?);
        (found == group.to_string()).then(|| format!("{}) {state}", start.trim_start_matches(|c| c != '(')))
    };
    processes.filter_map(stat).filter_map(member).collect()
}

/// A home, and none of the person's who runs the tests.
pub fn surroundings(home: &Path) -> Vec<(&'static str, PathBuf)> {
    let folder = |name: &str| {
        let folder = home.join(name);
        std::fs::create_dir_all(&folder).expect("a folder in the home");
        folder
    };
    vec![
        ("HOME", home.to_owned()),
        ("XDG_CONFIG_HOME", folder("config")),
        ("XDG_DATA_HOME", folder("share")),
        ("XDG_CACHE_HOME", folder("cache")),
        ("XDG_STATE_HOME", folder("state")),
        ("XDG_RUNTIME_DIR", private(folder("run"))),
        ("GDK_BACKEND", "x11".into()),
    ]
}

/// Runtime folders have to belong to one person alone.
fn private(folder: PathBuf) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).expect("permissions are set");
    folder
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its number").port()
}

/// WebDriver's HTTP client is built without a TLS provider of its own, and asks for one even though it uses none.
fn provide_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Somebody else in this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
