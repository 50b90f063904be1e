//! No file names a place on somebody's machine: it would be wrong on the next one.

use crate::repository;

/// Folders of one machine or one person.
const PRIVATE: [&str; 4] = ["/root/", "/Users/", "/builds/", "/workspace/"];

/// Files that name such folders on purpose: this one, and lock files, which tools write.
const EXEMPT: [&str; 3] = ["tests/architecture/places.rs", "Cargo.lock", "package-lock.json"];

fn violations(files: &[(String, String)]) -> Vec<String> {
    let checked = files.iter().filter(|(path, _)| !EXEMPT.iter().any(|exempt| path.ends_with(exempt)));
    checked.flat_map(|(path, text)| places(text).map(move |place| format!("{path} names {place}"))).collect()
}

fn places(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "\"'`()<>=,;".contains(c));
    words.filter(|word| PRIVATE.iter().any(|folder| word.starts_with(folder)) || is_home(word))
}

/// `/home/somebody/…`
fn is_home(word: &str) -> bool {
    word.strip_prefix("/home/").is_some_and(|rest| rest.contains('/'))
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let files = repository::texts_below("");
    assert!(files.iter().any(|(path, _)| path == "Cargo.toml"), "the repository was read");
    let found = violations(&files);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_planted_place_is_found() {
    let file = |text: &str| vec![("notes.md".to_owned(), text.to_owned())];
    for planted in
        ["see /root/notes", "let path = \"/builds/relais\";", "cd /home/doctor/relais", "(/Users/doctor/x)"]
    {
        assert_eq!(violations(&file(planted)).len(), 1, "{planted}");
    }
    for fine in ["https://example.test/builds/x", "../builds/x", "/usr/lib/x", "below /home/ of the user"] {
        assert!(violations(&file(fine)).is_empty(), "{fine}");
    }
}
