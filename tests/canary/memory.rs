//! The memory of a command that has said its result and is about to end.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::process_memory::Memory;
use crate::vendor::{Vendor, relaisctl};

/// Runs relaisctl until it has printed its document, which must say `expected`, and takes its memory.
///
/// strace holds the process at its end; nothing of it runs any more when its memory is read.
pub fn left(vendor: &Vendor, data: &Path, arguments: &[&OsStr], secrets: &str, expected: &str) -> Memory {
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
    let left = Memory::of(command);
    let command = rustix::process::Pid::from_raw(command).unwrap();
    // strace first, or it keeps the process for the whole delay.
    running.kill().unwrap();
    running.wait().unwrap();
    // It may have gone with its tracer.
    let _ = rustix::process::kill_process(command, rustix::process::Signal::KILL);
    left
}
