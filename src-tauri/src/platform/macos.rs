//! Starting with macOS: a property list in the person's `LaunchAgents`. Never compiled here (docs/conformance.md).
//!
//! Source: launchd.plist(5), `ProgramArguments`, `RunAtLoad`, `Disabled`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use super::{Found, Program, unwritable};

const LABEL: &str = "be.relais.desktop";

fn file() -> io::Result<PathBuf> {
    let dirs = directories::BaseDirs::new().ok_or(io::ErrorKind::NotFound)?;
    Ok(dirs.home_dir().join("Library/LaunchAgents").join(format!("{LABEL}.plist")))
}

pub(super) fn found(program: &Program) -> io::Result<Found> {
    match fs::read_to_string(file()?) {
        Ok(text) if text.contains("<key>Disabled</key>") => Ok(Found::Refused),
        Ok(text) if entry(program).is_some_and(|entry| entry == text) => Ok(Found::Ours),
        Ok(_) => Ok(Found::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Other),
        Err(error) => Err(error),
    }
}

pub(super) fn write(program: &Program) -> io::Result<()> {
    let (file, text) = (file()?, entry(program).ok_or_else(unwritable)?);
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut new = tempfile::Builder::new().prefix(".relais-").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(&file)?;
    Ok(())
}

pub(super) fn remove() -> io::Result<()> {
    match fs::remove_file(file()?) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn entry(program: &Program) -> Option<String> {
    let escaped = |word: &str| word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let words = program.words()?.into_iter().map(|word| format!("<string>{}</string>", escaped(word)));
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>Label</key>\
         <string>{LABEL}</string><key>RunAtLoad</key><true/><key>ProgramArguments</key><array>{}</array>\
         </dict></plist>\n",
        words.collect::<String>()
    ))
}
