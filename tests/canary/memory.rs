//! The memory of a command that has said its result and is about to end.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::forms::Canary;
use crate::vendor::{Vendor, relaisctl};

/// Parts of a process's memory that it may write to.
pub struct Left {
    parts: Vec<(String, Vec<u8>)>,
    pub looked_at: usize,
}

impl Left {
    /// Where the canary is, and in which form.
    pub fn found(&self, canary: &Canary) -> Vec<String> {
        let hit = |(name, bytes): &(String, Vec<u8>)| Some(format!("{name} ({})", canary.found_in(bytes)?));
        self.parts.iter().filter_map(hit).collect()
    }
}

/// Runs relaisctl until it has printed its document, which must say `expected`, and takes its memory.
///
/// strace holds the process at its end; nothing of it runs any more when its memory is read.
pub fn left(vendor: &Vendor, data: &Path, arguments: &[&OsStr], secrets: &str, expected: &str) -> Left {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", "trace=exit_group", "-e", "inject=exit_group:delay_enter=120s", "-o"]);
    let mut running = strace
        .arg("/dev/null")
        .arg(relaisctl())
        .args(["--json", "--language", "en", "--key-store", "file", "--profile"])
        .arg(vendor.file("profile.toml"))
        .arg("--data-dir")
        .arg(data)
        .args(arguments)
        .env_remove("XDG_RUNTIME_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("strace is installed");
    running.stdin.take().unwrap().write_all(secrets.as_bytes()).unwrap();
    let mut document = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut document).unwrap();
    assert!(document.contains(expected), "{document}");
    let strace = running.id();
    let children = std::fs::read_to_string(format!("/proc/{strace}/task/{strace}/children")).unwrap();
    let command: i32 = children.split_whitespace().next().expect("relaisctl still stands").parse().unwrap();
    let left = memory(command);
    let command = rustix::process::Pid::from_raw(command).unwrap();
    // strace first, or it keeps the process for the whole delay.
    running.kill().unwrap();
    running.wait().unwrap();
    // It may have gone with its tracer.
    let _ = rustix::process::kill_process(command, rustix::process::Signal::KILL);
    left
}

fn memory(process: i32) -> Left {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let parts: Vec<_> = maps.lines().filter_map(|line| part(line, &memory)).collect();
    let looked_at = parts.iter().map(|(_, bytes)| bytes.len()).sum();
    Left { parts, looked_at }
}

/// `start-end rw-p offset device inode  name`
fn part(line: &str, memory: &File) -> Option<(String, Vec<u8>)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let writable = words.next()?.starts_with("rw");
    let start = u64::from_str_radix(start, 16).ok()?;
    let length = usize::try_from(u64::from_str_radix(end, 16).ok()? - start).ok()?;
    let mut bytes = vec![0; length];
    // Guard pages and the like cannot be read by anybody.
    let read = memory.read_exact_at(&mut bytes, start).is_ok();
    (writable && read).then(|| (line.to_owned(), bytes))
}
