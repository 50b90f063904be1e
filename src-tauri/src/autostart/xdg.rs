//! A desktop entry in `~/.config/autostart`.
//!
//! Source: freedesktop.org, "Desktop Application Autostart Specification" 0.5 (`Hidden`) and "Desktop Entry
//! Specification" 1.5 ("The Exec key", "Possible value types"). `X-GNOME-Autostart-enabled` is how GNOME's settings and
//! others switch an entry off.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Found, Program, unwritable};

const NAME: &str = "relais.desktop";

fn folder() -> io::Result<PathBuf> {
    let dirs = directories::BaseDirs::new().ok_or(io::ErrorKind::NotFound)?;
    Ok(dirs.config_dir().join("autostart"))
}

pub(super) fn found(program: &Program) -> io::Result<Found> {
    found_in(&folder()?, program)
}

pub(super) fn write(program: &Program) -> io::Result<()> {
    write_in(&folder()?, program)
}

pub(super) fn remove() -> io::Result<()> {
    remove_in(&folder()?)
}

fn found_in(folder: &Path, program: &Program) -> io::Result<Found> {
    match fs::read(folder.join(NAME)) {
        Ok(bytes) => Ok(judged(&String::from_utf8_lossy(&bytes), program)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Other),
        Err(error) => Err(error),
    }
}

/// Whole or not at all: a new file takes the place of the old one.
fn write_in(folder: &Path, program: &Program) -> io::Result<()> {
    let text = entry(program).ok_or_else(unwritable)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".relais-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(NAME))?;
    Ok(())
}

fn remove_in(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn judged(text: &str, program: &Program) -> Found {
    let says = |key: &str, value: &str| value_of(text, key).is_some_and(|it| it.eq_ignore_ascii_case(value));
    if says("Hidden", "true") || says("X-GNOME-Autostart-enabled", "false") {
        Found::Refused
    } else if value_of(text, "Exec") == line(program).as_deref() && value_of(text, "Exec").is_some() {
        Found::Ours
    } else {
        Found::Other
    }
}

/// The value of a key in the group `[Desktop Entry]`.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut ours = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            ours = line == "[Desktop Entry]";
        } else if let Some((found, value)) = line.split_once('=')
            && ours
            && found.trim_end() == key
        {
            return Some(value.trim_start());
        }
    }
    None
}

fn entry(program: &Program) -> Option<String> {
    let exec = line(program)?;
    Some(format!(
        "[Desktop Entry]\nType=Application\nName=Relais\nExec={exec}\nIcon=relais\nTerminal=false\n\
         X-GNOME-Autostart-enabled=true\n"
    ))
}

/// The value of `Exec`: every word in quotes, then escaped as any value of the file.
fn line(program: &Program) -> Option<String> {
    let words: Vec<String> = program.words()?.into_iter().map(quoted).collect();
    Some(words.join(" ").replace('\\', "\\\\"))
}

fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    for letter in word.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => text.extend(['\\', letter]),
            // A single one would be a field code.
            '%' => text.push_str("%%"),
            _ => text.push(letter),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(path: &str, data: Option<&str>) -> Program {
        let told = data.map(|data| ["--data-dir".to_owned(), data.to_owned()]);
        Program { path: path.into(), told: told.into_iter().flatten().collect() }
    }

    fn usual() -> Program {
        program("/usr/bin/relais", None)
    }

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn folder(&self) -> PathBuf {
            self.0.path().join("autostart")
        }

        fn put(&self, text: &str) {
            fs::create_dir_all(self.folder()).unwrap();
            fs::write(self.folder().join(NAME), text).unwrap();
        }

        fn text(&self) -> String {
            fs::read_to_string(self.folder().join(NAME)).unwrap()
        }

        fn found(&self, program: &Program) -> Found {
            found_in(&self.folder(), program).unwrap()
        }
    }

    #[test]
    fn what_was_written_is_found_again_and_what_was_lost_or_leads_elsewhere_is_not() {
        let home = Home::new();
        assert_eq!(home.found(&usual()), Found::Other, "nothing yet");
        write_in(&home.folder(), &usual()).unwrap();
        assert_eq!(home.found(&usual()), Found::Ours);
        assert_eq!(home.found(&program("/opt/relais/relais", None)), Found::Other, "the binary has moved");
        write_in(&home.folder(), &program("/opt/relais/relais", None)).unwrap();
        assert_eq!(home.found(&program("/opt/relais/relais", None)), Found::Ours);
        let names: Vec<_> = fs::read_dir(home.folder()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names, [NAME], "no half file stays");
        remove_in(&home.folder()).unwrap();
        remove_in(&home.folder()).unwrap();
        assert_eq!(home.found(&usual()), Found::Other);
    }

    #[test]
    fn an_entry_that_a_person_switched_off_stays_off_until_it_is_asked_for() {
        let home = Home::new();
        write_in(&home.folder(), &usual()).unwrap();
        let written = home.text();
        for off in ["Hidden=true\n", "Hidden = true\n", "X-GNOME-Autostart-enabled=false\n"] {
            let kept = written.replace("X-GNOME-Autostart-enabled=true\n", "");
            home.put(&format!("{kept}{off}"));
            assert_eq!(home.found(&usual()), Found::Refused, "{off}");
            assert_eq!(home.found(&program("/elsewhere", None)), Found::Refused, "{off}");
        }
        home.put("[Desktop Entry]\nHidden=true\n");
        assert_eq!(home.found(&usual()), Found::Refused, "the least that a desktop writes");
        home.put(&format!("{written}[Desktop Action more]\nHidden=true\n"));
        assert_eq!(home.found(&usual()), Found::Ours, "another group says nothing about it");
        home.put("[Desktop Entry]\nHidden=true\n");
        write_in(&home.folder(), &usual()).unwrap();
        assert_eq!(home.found(&usual()), Found::Ours);
    }

    #[test]
    fn nonsense_in_its_place_is_written_over() {
        let home = Home::new();
        for text in ["", "Exec", "\u{0}\u{1}", "[Desktop Entry]\nExec=\n", "Exec=\"/usr/bin/relais\"\n"] {
            home.put(text);
            assert_eq!(home.found(&usual()), Found::Other, "{text:?}");
        }
    }

    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let home = Home::new();
        let target = home.0.path().join("somebody's");
        fs::write(&target, "precious").unwrap();
        fs::create_dir_all(home.folder()).unwrap();
        std::os::unix::fs::symlink(&target, home.folder().join(NAME)).unwrap();
        write_in(&home.folder(), &usual()).unwrap();
        assert_eq!(fs::read_to_string(target).unwrap(), "precious");
        assert_eq!(home.found(&usual()), Found::Ours);
    }

    #[test]
    fn a_path_keeps_its_letters_through_both_kinds_of_quoting() {
        let strange = program("/opt/my \"apps\" 100%/$HOME/a\\b/relais", Some("/data/ü `x`"));
        let expected = concat!(
            r#""/opt/my \\"apps\\" 100%%/\\$HOME/a\\\\b/relais" "--background" "#,
            r#""--data-dir" "/data/ü \\`x\\`""#
        );
        assert_eq!(line(&strange).unwrap(), expected);
        let home = Home::new();
        write_in(&home.folder(), &strange).unwrap();
        assert_eq!(home.found(&strange), Found::Ours);
        assert_eq!(line(&program("/opt/two\nlines", None)), None);
        assert!(write_in(&home.folder(), &program("/opt/two\nlines", None)).is_err());
    }
}
