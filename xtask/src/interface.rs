//! The built interface: `ui/dist`, and whether it is older than what it is made of.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// What lies in `ui` and is made by the build or by npm.
const MADE: [&str; 3] = ["node_modules", "dist", ".vite"];
/// The pages every build writes last.
const PAGES: [&str; 2] = ["index.html", "pin.html"];

/// Nothing in `ui` was changed, added or removed since its pages were built.
pub fn is_up_to_date(ui: &Path) -> bool {
    let built = PAGES.map(|page| time(fs::metadata(ui.join("dist").join(page)).ok()));
    match (built.into_iter().min().flatten(), newest(ui)) {
        (Some(built), Some(changed)) => built > changed,
        _ => false,
    }
}

/// When a file was written last, or a folder gained or lost one. What cannot be read counts as changed this moment.
fn newest(folder: &Path) -> Option<SystemTime> {
    let inside = folder.read_dir().ok()?.map(|entry| {
        let entry = entry.ok()?;
        if MADE.iter().any(|made| entry.file_name() == *made) {
            return Some(SystemTime::UNIX_EPOCH);
        }
        match entry.file_type().ok()?.is_dir() {
            true => newest(&entry.path()).max(time(entry.metadata().ok())),
            false => time(entry.metadata().ok()),
        }
    });
    inside.map(|time| time.unwrap_or_else(SystemTime::now)).max()
}

fn time(found: Option<Metadata>) -> Option<SystemTime> {
    found?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::Duration;

    #[test]
    fn an_interface_is_built_again_when_something_of_it_changed_and_only_then() {
        let ui = tempfile::tempdir().unwrap();
        let at = |name: &str, seconds: u64| {
            let path = ui.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = File::create(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        };
        let folder = |name: &str, seconds: u64| {
            let folder = File::open(ui.path().join(name)).unwrap();
            folder.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        };
        at("src/main.ts", 10);
        folder("src", 10);
        assert!(!is_up_to_date(ui.path()), "never built");
        at("dist/index.html", 20);
        assert!(!is_up_to_date(ui.path()), "half built");
        at("dist/pin.html", 20);
        at("node_modules/a/index.js", 99);
        assert!(is_up_to_date(ui.path()));
        folder("src", 21);
        assert!(!is_up_to_date(ui.path()), "a file was removed");
        folder("src", 10);
        at("src/main.ts", 30);
        folder("src", 10);
        assert!(!is_up_to_date(ui.path()), "a file was written");
    }
}
