//! The interface reaches Tauri through one door.

use crate::repository;

/// The door: the folder with the calls, and the generated bindings they use.
const DOOR: [&str; 2] = ["ui/src/lib/api/", "ui/src/lib/bindings.ts"];

fn violations(files: &[(String, String)]) -> Vec<String> {
    let outside = files.iter().filter(|(path, _)| !DOOR.iter().any(|door| path.starts_with(door)));
    outside
        .filter(|(_, text)| text.contains("@tauri-apps/"))
        .map(|(path, _)| format!("{path} imports @tauri-apps"))
        .collect()
}

#[test]
fn only_the_api_folder_talks_to_tauri() {
    let found = violations(&repository::texts_below("ui/src"));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_planted_import_is_found() {
    let file = |path: &str| (path.to_owned(), "import { invoke } from '@tauri-apps/api/core';".to_owned());
    assert!(violations(&[file("ui/src/lib/api/session.ts"), file("ui/src/lib/bindings.ts")]).is_empty());
    assert_eq!(violations(&[file("ui/src/lib/today/Today.svelte")]).len(), 1);
}
