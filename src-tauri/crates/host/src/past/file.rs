//! Puts a file where a person finds it, under a name that no other file has.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use relais_core::{Code, Problem};

use crate::file::Unreadable;

/// Files of one name and day; who has so many needs no other.
const MOST: u32 = 99;

/// Writes it into the first of these folders that takes it: `NAME.END`, `NAME-2.END`, and so on.
pub fn save(bytes: &[u8], name: (&str, &str), folders: &[PathBuf]) -> Result<PathBuf, Problem> {
    let mut why = Problem::new(Code::RECORD_NOT_SAVED).with("reason", "not-found");
    for folder in folders {
        match in_folder(bytes, name, folder) {
            Ok(path) => return Ok(path),
            Err(error) => why = why.with("reason", Unreadable::of(&error).0),
        }
    }
    Err(why)
}

fn in_folder(bytes: &[u8], (name, end): (&str, &str), folder: &Path) -> io::Result<PathBuf> {
    for number in 1..=MOST {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{number}.{end}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                // Half a record is none.
                return written.map(|()| path.clone()).inspect_err(|_| drop(std::fs::remove_file(&path)));
            }
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_file_is_ever_written_over_nor_a_link_followed() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let save = |bytes| save(bytes, ("relais-auth-2026-03-02", "json"), &folders);
        let names = |paths: &[PathBuf]| -> Vec<_> {
            paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        let first = save(b"one").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/nowhere/at/all", folder.path().join("relais-auth-2026-03-02-2.json"))
            .unwrap();
        #[cfg(not(unix))]
        std::fs::write(folder.path().join("relais-auth-2026-03-02-2.json"), "").unwrap();
        let second = save(b"two").unwrap();
        assert_eq!(
            names(&[first.clone(), second]),
            ["relais-auth-2026-03-02.json", "relais-auth-2026-03-02-3.json"]
        );
        assert_eq!(std::fs::read(first).unwrap(), b"one");
    }

    #[test]
    fn a_folder_that_takes_nothing_is_passed_by_and_none_at_all_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        let saved = save(b"one", ("record", "json"), &[gone.clone(), folder.path().to_owned()]).unwrap();
        assert_eq!(saved, folder.path().join("record.json"));
        let refused = Problem::new(Code::RECORD_NOT_SAVED).with("reason", "not-found");
        assert_eq!(save(b"one", ("record", "json"), &[gone]), Err(refused.clone()));
        assert_eq!(save(b"one", ("record", "json"), &[]), Err(refused));
    }
}
