//! Runs `relaisctl` and reads what it says.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The built program.
pub fn path() -> PathBuf {
    let path = std::env::var_os("RELAIS_CTL").map_or_else(
        || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("relaisctl"),
        PathBuf::from,
    );
    assert!(path.is_file(), "{} is missing: cargo build -p relais-cli", path.display());
    path
}

/// One call of it.
pub struct Ctl {
    arguments: Vec<OsString>,
    secrets: Vec<(u8, String)>,
    before: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    pub exit: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Ctl {
    /// With arguments between blanks.
    pub fn new(arguments: &str) -> Self {
        let arguments = arguments.split_whitespace().map(OsString::from).collect();
        Self { arguments, secrets: vec![], before: String::new() }
    }

    /// One more option with its value.
    pub fn with(mut self, option: &str, value: impl AsRef<OsStr>) -> Self {
        self.arguments.extend([OsString::from(option), value.as_ref().to_owned()]);
        self
    }

    /// One more argument.
    pub fn and(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// The PIN, in a file behind a descriptor; more lines answer a challenge.
    pub fn pin(mut self, lines: &str) -> Self {
        self.secrets.push((3, lines.to_owned()));
        self.with("--pin-fd", "3")
    }

    /// The password of the keystore, behind another one.
    pub fn password(mut self, line: &str) -> Self {
        self.secrets.push((4, line.to_owned()));
        self.with("--password-fd", "4")
    }

    /// The password that a keystore is to have, behind a third.
    pub fn new_password(mut self, line: &str) -> Self {
        self.secrets.push((5, line.to_owned()));
        self.with("--new-password-fd", "5")
    }

    /// Shell commands to run before, in the same shell.
    pub fn after(mut self, commands: &str) -> Self {
        self.before = commands.to_owned();
        self
    }

    /// The command, ready to run; a run that hangs ends after two minutes. The folder holds the secrets.
    pub fn command(&self) -> (Command, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut script = format!("{}\n", self.before);
        for (number, text) in &self.secrets {
            let file = folder.path().join(number.to_string());
            std::fs::write(&file, text).unwrap();
            script.push_str(&format!("exec {number}<'{}'\n", file.display()));
        }
        script.push_str("timeout 120 \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(path()).args(&self.arguments);
        command.env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
        (command, folder)
    }

    /// Runs it.
    pub fn run(&self) -> Done {
        let (mut command, _folder) = self.command();
        Done::of(command.output().unwrap())
    }

    /// Runs it for a person, and expects that it worked; the last line's end is left out.
    pub fn text(&self) -> String {
        let done = self.run();
        assert_eq!(done.exit, 0, "{}", done.err);
        String::from_utf8(done.out).unwrap().trim_end_matches('\n').to_owned()
    }

    /// Runs it with `--json`, and expects this exit code and exactly one document.
    pub fn json(mut self, exit: i32) -> Value {
        self.arguments.push("--json".into());
        self.run().document(exit)
    }
}

impl Done {
    pub fn of(output: std::process::Output) -> Self {
        let err = String::from_utf8(output.stderr).unwrap();
        Self { exit: output.status.code().unwrap(), out: output.stdout, err }
    }

    pub fn document(&self, exit: i32) -> Value {
        let out = String::from_utf8_lossy(&self.out);
        assert_eq!(self.exit, exit, "out: {out}\nerr: {}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        let document = serde_json::from_str(&out);
        document.unwrap_or_else(|error| panic!("one document: {error}\nout: {out}\nerr: {}", self.err))
    }
}

/// A simulator that runs until this is dropped.
pub struct Simulator {
    process: Child,
    /// What it said at its start.
    pub said: Value,
}

impl Simulator {
    /// Starts `relaisctl sandbox …` in the world of a folder.
    pub fn start(arguments: &str, state: &Path) -> Self {
        let mut command = Command::new(path());
        command.args(["sandbox", "--json"]).args(arguments.split_whitespace()).arg("--state").arg(state);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{arguments}: {error}: {line}"));
        Self { process, said }
    }

    pub fn text(&self, field: &str) -> &str {
        self.said[field].as_str().unwrap()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
