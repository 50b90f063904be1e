//! A vendor's own surroundings: the second token service, a keystore under its authority, and the built `relaisctl`.
#![allow(dead_code, reason = "each test target uses its part of the harness")]

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use jiff::Timestamp;
use openssl::x509::X509;
use relais_sandbox::eid::{EidAuthorities, Model, Person, VirtualEid};
use rustix::process::{Pid, Signal};
use serde_json::Value;

use crate::ks_tools::{Bench, subject};

/// The second token service as a process of its own, and the folder it works in.
pub struct Vendor {
    bench: Bench,
    service: Child,
    state: EidAuthorities,
}

impl Vendor {
    /// Starts the service; it knows the cards of a state that was invented for this run.
    pub fn open() -> Self {
        let bench = Bench::new();
        let state = EidAuthorities::create(Timestamp::now()).unwrap();
        let (roots, issuers) = (bench.file("eid-roots.pem"), bench.file("eid-issuers.pem"));
        std::fs::write(&roots, pem(&state.roots())).unwrap();
        std::fs::write(&issuers, pem(&state.citizen_authorities())).unwrap();
        let mut service = Command::new(env!("CARGO_BIN_EXE_second-sts"))
            .args([bench.path(), &roots, &issuers])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the second service starts");
        let mut said = String::new();
        BufReader::new(service.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n");
        Self { bench, service, state }
    }

    /// A doctor's card.
    pub fn card(&self, model: Model) -> VirtualEid {
        VirtualEid::personalise(&Person::doctor(), model, &self.state, Timestamp::now()).unwrap()
    }

    /// How the service behaves from now on; see `second_sts/wish.rs`.
    pub fn wish(&self, name: &str) {
        std::fs::write(self.bench.file("wish"), name).unwrap();
    }

    /// The doctor's keystore, made by openssl under the service's own authority.
    pub fn keystore(&self, password: &str) -> PathBuf {
        self.holder();
        let out = format!("pass:{password}");
        let arguments = ["pkcs12", "-export", "-inkey", "holder.key", "-in", "holder.pem"];
        let rest = ["-name", "authentication", "-out", "openssl.p12", "-passout", &out];
        self.bench.run("openssl", &[&arguments[..], &rest[..]].concat());
        self.bench.file("openssl.p12")
    }

    /// The same by keytool, under the password of [`crate::ks_tools`].
    pub fn keystore_of_java(&self) -> PathBuf {
        self.holder();
        self.bench.add_to_java("keytool.p12", "holder", "authentication", "");
        self.bench.file("keytool.p12")
    }

    fn holder(&self) {
        if !self.bench.file("holder.pem").exists() {
            self.bench.issued("ca", "holder", &subject(&Person::doctor().ssin()), "-newkey|rsa:2048", 77);
        }
    }

    /// The service answers nobody until [`Self::go_on`].
    pub fn hold(&self) {
        self.signal(Signal::STOP);
    }

    /// It answers those who waited.
    pub fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let service = Pid::from_child(&self.service);
        rustix::process::kill_process(service, signal).unwrap();
    }

    /// What was written down since the last look: step, what xmlsec1 said, what was answered.
    pub fn record(&self) -> Vec<String> {
        let file = self.bench.file("record.tsv");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let _ = std::fs::remove_file(file);
        text.lines().map(|line| line.replace('\t', " ")).collect()
    }

    /// A file in the service's folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.bench.file(name)
    }

    /// The folder of a Relais that begins here.
    pub fn data(&self, name: &str) -> PathBuf {
        self.bench.file(name)
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.service.kill();
        let _ = self.service.wait();
    }
}

fn pem(certificates: &[X509]) -> Vec<u8> {
    certificates.iter().flat_map(|one| one.to_pem().unwrap()).collect()
}

/// The built command line: `RELAIS_CTL`, else beside the tests. One that is missing fails the test.
pub fn relaisctl() -> PathBuf {
    let beside = || Some(std::env::current_exe().ok()?.parent()?.parent()?.join("relaisctl"));
    let program = std::env::var_os("RELAIS_CTL").map(PathBuf::from).or_else(beside).unwrap();
    assert!(program.is_file(), "{} is not there: run cargo build -p relais-cli", program.display());
    program
}

/// What a command came to.
#[derive(Debug)]
pub struct Told {
    pub exit: Option<i32>,
    pub document: Value,
    pub output: Output,
}

impl Told {
    /// The code it failed with.
    pub fn code(&self) -> &str {
        self.document["code"].as_str().unwrap_or_default()
    }
}

/// Runs relaisctl with the vendor's profile on a data folder; `secrets` are the lines of its standard input.
pub fn told(vendor: &Vendor, data: &Path, arguments: &[&OsStr], secrets: &str) -> Told {
    told_by(Command::new(relaisctl()), vendor, data, arguments, secrets)
}

/// The same under a program that watches it.
pub fn told_by(
    mut command: Command,
    vendor: &Vendor,
    data: &Path,
    arguments: &[&OsStr],
    secrets: &str,
) -> Told {
    let mut running = command
        .args(["--json", "--language", "en", "--key-store", "file", "--profile"])
        .arg(vendor.file("profile.toml"))
        .arg("--data-dir")
        .arg(data)
        .args(arguments)
        .env_remove("XDG_RUNTIME_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("relaisctl starts");
    // A command that ended early reads nothing.
    let _ = running.stdin.take().unwrap().write_all(secrets.as_bytes());
    let output = running.wait_with_output().unwrap();
    let document = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    Told { exit: output.status.code(), document, output }
}

/// Arguments of a sign-in whose secrets come on standard input: the PIN's line, then the password's.
pub fn sign_in<'a>(mode: &'a str, keystore: Option<&'a Path>) -> Vec<&'a OsStr> {
    let plain = ["sign-in", "--mode", mode, "--pin-fd", "0", "--password-fd", "0"];
    let mut arguments: Vec<&OsStr> = plain.map(OsStr::new).to_vec();
    if let Some(file) = keystore {
        arguments.extend([OsStr::new("--keystore"), file.as_os_str()]);
    }
    arguments
}

/// The session that a command started anew finds on disk.
pub fn session(vendor: &Vendor, data: &Path) -> Value {
    let shown = told(vendor, data, &[OsStr::new("session"), OsStr::new("show")], "");
    assert_eq!(shown.exit, Some(0), "{shown:?}");
    shown.document["session"].clone()
}
