//! Starting Relais with the computer: a setting, off at first, that repairs itself.
//!
//! An entry that was deleted, or that leads to where Relais no longer is, is written anew at the next start. One that the
//! system's own settings switched off, and did not delete, stays off, and our setting follows.

#[cfg(target_os = "linux")]
#[path = "autostart/xdg.rs"]
mod platform;
#[cfg(target_os = "macos")]
#[path = "platform/macos.rs"]
mod platform;
#[cfg(windows)]
#[path = "platform/windows.rs"]
mod platform;

use std::io;
use std::path::PathBuf;

/// What is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    /// The binary.
    path: PathBuf,
    /// What this start was told, which is what the next one is to be told: where to keep things, and which world it is.
    told: Vec<String>,
}

/// What became of the setting at a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// All is as it should be.
    Fine,
    /// It was gone or led elsewhere, and was written anew.
    Repaired,
    /// A person switched it off in the system's settings.
    Refused,
}

impl Program {
    /// This program.
    pub(crate) fn own(told: Vec<String>) -> io::Result<Self> {
        let path = std::env::current_exe()?;
        // A binary that was replaced while it ran has no path any more.
        if !path.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Self { path, told })
    }

    /// The line that starts it, word by word: no window, and what it was told.
    fn words(&self) -> Option<Vec<&str>> {
        let mut words = vec![self.path.to_str()?, "--background"];
        words.extend(self.told.iter().map(String::as_str));
        // A line of its own would be another entry.
        words.iter().all(|word| !word.contains(['\n', '\r', '\0'])).then_some(words)
    }
}

/// Switches it on, whatever was there.
pub(crate) fn switch_on(program: &Program) -> io::Result<()> {
    platform::write(program)
}

/// Switches it off.
pub(crate) fn switch_off() -> io::Result<()> {
    platform::remove()
}

/// To be called at a start while the setting is on.
pub(crate) fn settle(program: &Program) -> io::Result<Settled> {
    match platform::found(program)? {
        Found::Ours => Ok(Settled::Fine),
        Found::Refused => Ok(Settled::Refused),
        Found::Other => switch_on(program).map(|()| Settled::Repaired),
    }
}

/// What the system keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// What would be written.
    Ours,
    /// Nothing, or what leads elsewhere.
    Other,
    /// That a person does not want it.
    Refused,
}

/// A path that cannot be written down.
fn unwritable() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "a path that no start-up entry can hold")
}
