//! Starting with Windows: a value below the person's `Run` key. Never compiled here (docs/conformance.md).
//!
//! Source: learn.microsoft.com, "Run and RunOnce Registry Keys". Task Manager keeps what a person switched off below
//! `StartupApproved`, beside the value, so a value that is written anew stays off there.

use std::io;
use std::process::{Command, Stdio};

use super::{Found, Program, unwritable};

const KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";
const NAME: &str = "Relais";

pub(super) fn found(program: &Program) -> io::Result<Found> {
    let output = Command::new("reg").args(["query", KEY, "/v", NAME]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let ours = line(program).is_some_and(|line| text.lines().any(|found| found.trim_end().ends_with(&line)));
    Ok(if output.status.success() && ours { Found::Ours } else { Found::Other })
}

pub(super) fn write(program: &Program) -> io::Result<()> {
    let line = line(program).ok_or_else(unwritable)?;
    run(&["add", KEY, "/v", NAME, "/t", "REG_SZ", "/d", &line, "/f"])
}

pub(super) fn remove() -> io::Result<()> {
    match Command::new("reg").args(["query", KEY, "/v", NAME]).stdout(Stdio::null()).status()?.success() {
        true => run(&["delete", KEY, "/v", NAME, "/f"]),
        false => Ok(()),
    }
}

fn run(arguments: &[&str]) -> io::Result<()> {
    match Command::new("reg").args(arguments).stdout(Stdio::null()).status()?.success() {
        true => Ok(()),
        false => Err(io::ErrorKind::PermissionDenied.into()),
    }
}

/// No path of Windows holds a quotation mark.
fn line(program: &Program) -> Option<String> {
    let words: Vec<String> = program.words()?.into_iter().map(|word| format!("\"{word}\"")).collect();
    Some(words.join(" "))
}
