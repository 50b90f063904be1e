//! What leaves a process, as strace writes it down: bytes in hexadecimal, one system call a line.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::forms::Canary;
use crate::vendor::relaisctl;

/// Everything that writes, connects, or starts a program.
const CALLS: &str = "trace=write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,connect,execve";

/// strace, ready to be given a program.
pub fn strace(record: &Path) -> Command {
    let mut strace = Command::new("strace");
    // Whole strings, in hexadecimal; environments too.
    strace.args(["-f", "-qq", "-v", "-xx", "-s", "4194304", "-e", CALLS, "-o"]).arg(record);
    strace
}

/// relaisctl under strace, as talkative as it can be.
pub fn watched(record: &Path) -> Command {
    let mut strace = strace(record);
    strace.arg(relaisctl()).env("RELAIS_LOG", "trace").env("RUST_LOG", "trace");
    strace
}

/// One system call.
#[derive(Debug)]
pub struct Call {
    /// The descriptor was connected to PC/SC's socket.
    pub to_card_service: bool,
    /// Every string of its arguments, one after the other.
    pub bytes: Vec<u8>,
}

/// All calls of a run.
pub struct Sent {
    calls: Vec<Call>,
}

impl Sent {
    pub fn read(record: &Path) -> Self {
        let text = std::fs::read_to_string(record).expect("strace has written");
        assert!(text.contains("execve("), "strace has seen the start");
        let mut connected = BTreeMap::new();
        let calls = text.lines().map(|line| call(line, &mut connected)).collect();
        Self { calls }
    }

    /// The calls that carry the canary.
    pub fn with(&self, canary: &Canary) -> Vec<&Call> {
        self.calls.iter().filter(|call| canary.found_in(&call.bytes).is_some()).collect()
    }
}

/// `PID name(fd, "\x01…", …) = n`; connections are remembered for the calls to come.
fn call<'l>(line: &'l str, connected: &mut BTreeMap<&'l str, bool>) -> Call {
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let (name, rest) = call.split_once('(').unwrap_or((call, ""));
    let descriptor = rest.split(',').next().unwrap_or_default();
    let bytes = strings(rest);
    if name == "connect" {
        let service = bytes.windows(10).any(|part| part == b"pcscd.comm");
        connected.insert(descriptor, service);
    }
    Call { to_card_service: connected.get(descriptor).copied().unwrap_or(false), bytes }
}

/// The bytes of all `\x` escapes; a break between two strings does not hide what runs over it.
fn strings(text: &str) -> Vec<u8> {
    let digits = |escape: &str| u8::from_str_radix(escape.get(..2)?, 16).ok();
    text.split("\\x").skip(1).filter_map(digits).collect()
}
