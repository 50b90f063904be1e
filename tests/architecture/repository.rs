//! The files of this checkout, without what tools produce.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold what tools produced or fetched.
const PRODUCED: [&str; 5] = [".git", "target", "node_modules", "dist", "gen"];

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// The text of a file, named from the root.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// Every text file below `folder` (from the root) with its path from the root.
pub fn texts_below(folder: &str) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            match path.is_dir() {
                _ if PRODUCED.iter().any(|produced| name == *produced) => {}
                true => folders.push(path),
                false => found.extend(text(&root, &path)),
            }
        }
    }
    found.sort();
    found
}

fn text(root: &Path, path: &Path) -> Option<(String, String)> {
    let name = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    Some((name, fs::read_to_string(path).ok()?))
}
