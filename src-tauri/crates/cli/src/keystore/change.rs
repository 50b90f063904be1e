//! `keystore change-password`: the old password, then the new one, which is typed twice at a terminal.

use std::path::Path;

use jiff::Zoned;
use relais_core::secret::Password;
use relais_core::{Code, Problem};
use relais_host::texts::Texts;
use relais_keystore::{KeystoreError, NewPassword, change_password};
use serde::Serialize;

use super::password;
use crate::outcome::Outcome;
use crate::person;
use crate::plain::Page;

#[derive(Serialize)]
struct Changed {
    file: String,
    /// The file as it was; it opens with the old password.
    backup: String,
    entries: usize,
}

pub fn run(
    words: &Texts,
    file: &Path,
    password_fd: Option<u32>,
    new_password_fd: Option<u32>,
) -> Result<Outcome, Problem> {
    relais_host::file::look(file)?;
    let refused = |e: KeystoreError| e.problem().with("file", file.display());
    let old = password(words, password_fd)?;
    let new = NewPassword::check(new_password(words, new_password_fd)?).map_err(refused)?;
    // The clock on the wall, which has nothing to do with that of a sandbox: it names a file.
    let now = Zoned::now().datetime();
    let done = change_password(file, &old, &new, now).map_err(refused)?;
    let changed = Changed {
        file: file.display().to_string(),
        backup: done.backup.display().to_string(),
        entries: done.entries,
    };
    Outcome::new(&changed, told(words, &changed))
}

fn new_password(words: &Texts, descriptor: Option<u32>) -> Result<Password, Problem> {
    let missing = Code::KEYSTORE_PASSWORD_NOT_GIVEN;
    let mut typed = match descriptor {
        Some(number) => person::line(number, missing)?,
        None => {
            let typed = person::typed(&words.get("ask-new-password", &[]), missing)?;
            let again = person::typed(&words.get("ask-new-password-again", &[]), missing)?;
            if typed != again {
                return Err(Problem::new(Code::USAGE).with("reason", "not-the-same"));
            }
            typed
        }
    };
    let too_long = |_| Problem::new(Code::USAGE).with("reason", "too-long");
    Password::take(std::mem::take(&mut *typed)).map_err(too_long)
}

fn told(words: &Texts, changed: &Changed) -> String {
    Page::new(words)
        .part("keystore-changed")
        .line("keystore-file", &changed.file)
        .line("keystore-backup", &changed.backup)
        .line("keystore-entries", &changed.entries.to_string())
        .text()
}
