//! One look at one folder, and a look at everything for whoever only wants to know.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use relais_core::certificates::looking::Came;
use relais_core::certificates::reminder::Reminders;
use relais_core::session::quiet::Hours;
use relais_core::{Code, Problem};
use relais_keystore::InstallKey;
use relais_keystore::inventory::{Found, SILENCE, Seen, Shelf, Sidecar, scan};

use super::agreed::Decided;
use super::known::{Known, listed};
use crate::records::reminded;

/// Where what the card and the keystore of a session show is kept: no folder is called so, since theirs are whole paths.
pub(super) const OWN: &str = "own";
/// How often somebody hears how far a look is.
const BEAT: Duration = Duration::from_millis(250);

/// What a look came to.
pub(super) struct Looked {
    pub folder: PathBuf,
    pub shelf: Shelf,
    pub came: Came,
    /// Why it is not there after a restart.
    pub unkept: Option<Problem>,
}

/// A look that goes on. It is given up with this value.
pub(super) struct GoesOn(Arc<AtomicBool>);

impl GoesOn {
    /// Nobody wants it any more; it ends with what it had.
    pub fn give_up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drop for GoesOn {
    fn drop(&mut self) {
        self.give_up();
    }
}

/// Where shelves are kept.
#[derive(Clone)]
pub(super) struct Shelves {
    pub at: PathBuf,
    pub install: Arc<InstallKey>,
}

impl Shelves {
    /// What is kept of this folder.
    pub fn load(&self, folder: &Path) -> Shelf {
        Shelf::load(&self.at, &self.install, folder)
    }

    /// Keeps what is known of a folder.
    pub fn save(&self, folder: &Path, shelf: &Shelf) -> Result<(), Problem> {
        shelf.save(&self.at, &self.install, folder).map_err(|cause| unkept(&cause.problem()))
    }

    /// Erases what is kept of every folder that nobody agreed to.
    pub fn erase_others(&self, decided: &Decided) -> Result<(), Problem> {
        let kept: Vec<_> = decided.paths().into_iter().chain([OWN.into()]).collect();
        Shelf::erase_others(&self.at, &self.install, &kept).map_err(|cause| cause.problem())
    }
}

/// What could not be kept, and why.
pub(super) fn unkept(cause: &Problem) -> Problem {
    Problem::new(Code::CERTIFICATES_NOT_KEPT).with("cause", cause.code)
}

/// Looks at a folder on a thread of its own; `now` is asked at its end, `progress` hears how many files it has met.
pub(super) fn begin(
    folder: PathBuf,
    shelf: Arc<Shelf>,
    shelves: Shelves,
    now: impl Fn() -> Timestamp + Send + 'static,
    progress: impl Fn(usize) + Send + 'static,
    done: impl FnOnce(Looked) + Send + 'static,
) -> std::io::Result<GoesOn> {
    let given_up = Arc::new(AtomicBool::new(false));
    let stopped = given_up.clone();
    let work = move || {
        let mut told = Instant::now();
        let seen = scan(std::slice::from_ref(&folder), shelf.known(), SILENCE, &mut |so_far| {
            if told.elapsed() >= BEAT {
                told = Instant::now();
                progress(so_far.files);
            }
            if stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let came = came(&seen, &folder, stopped.load(Ordering::Relaxed));
        let mut shelf = Shelf::clone(&shelf);
        shelf.take_up(&seen, came == Came::GivenUp, now());
        let unkept = shelves.save(&folder, &shelf).err();
        done(Looked { folder, shelf, came, unkept });
    };
    std::thread::Builder::new().name("certificates".to_owned()).spawn(work)?;
    Ok(GoesOn(given_up))
}

/// What a look came to; a part that may not be read is a row, and no reason to look again.
fn came(seen: &Seen, folder: &Path, given_up: bool) -> Came {
    let lost = || {
        seen.rows
            .iter()
            .find(|row| row.path == folder)
            .is_some_and(|row| !matches!(row.found, Found::Read(_)))
    };
    match (given_up && !seen.whole, seen.whole) {
        (true, _) => Came::GivenUp,
        (_, true) => Came::Whole,
        _ if lost() => Came::OutOfReach,
        _ => Came::Whole,
    }
}

/// Everything that is known in this folder of an environment; where somebody wants to hear of a look, after one at what was
/// agreed to. Nothing of it is kept. Blocks: it belongs on a thread of its own.
///
/// # Errors
/// The database or the key of the installation cannot be read.
pub fn looked_over(
    environment: &Path,
    hours: &Hours,
    now: Timestamp,
    mut look: Option<&mut dyn FnMut(usize)>,
) -> Result<Known, Problem> {
    let install = Arc::new(InstallKey::load_or_unsaved(environment)?);
    let decided = reminded::decided(environment)?;
    let decided = decided.map(|text| Decided::shown(&text, &install)).unwrap_or_default();
    let shelves = Shelves { at: environment.to_owned(), install };
    let reminders = Reminders::known(reminded::reminders(environment)?);
    let (mut all, mut before) = (vec![], 0);
    for one in &decided.folders {
        let mut shelf = shelves.load(&one.folder);
        if let Some(progress) = &mut look {
            let seen = scan(std::slice::from_ref(&one.folder), shelf.known(), SILENCE, &mut |so_far| {
                progress(before + so_far.files);
                ControlFlow::Continue(())
            });
            before += seen.progress.files;
            shelf.take_up(&seen, false, now);
        }
        all.push(Arc::new(shelf));
    }
    let own = shelves.load(Path::new(OWN));
    let listed = listed(&all, &own, hours, now);
    Ok(Known::looked_at(decided, &all, listed, reminders))
}

/// What is known of the files in this folder from looks at a folder that was agreed to and holds it, or is it; else what
/// only a session's own keystore has shown.
#[must_use]
pub fn known_of(environment: &Path, folder: &Path) -> Arc<Sidecar> {
    let Ok(install) = InstallKey::load_or_unsaved(environment) else { return Arc::default() };
    let install = Arc::new(install);
    let decided = reminded::decided(environment).ok().flatten();
    let decided = decided.map(|text| Decided::shown(&text, &install)).unwrap_or_default();
    let shelves = Shelves { at: environment.to_owned(), install };
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let holds = decided.folders.iter().find(|one| folder.starts_with(&one.folder));
    shelves.load(holds.map_or(Path::new(OWN), |one| &one.folder)).known().clone()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use relais_keystore::inventory::Row;

    #[test]
    fn a_part_that_may_not_be_read_is_no_share_that_is_gone() {
        let lost = |path: &str| Row {
            path: path.into(),
            modified_at: None,
            found: Found::Failed(Code::CERTIFICATE_FOLDER_UNREACHABLE),
        };
        let look = |rows, whole, given_up| came(&Seen::of(rows, whole), Path::new("/s"), given_up);
        assert_eq!(look(vec![], true, false), Came::Whole);
        assert_eq!(look(vec![lost("/s/private")], false, false), Came::Whole);
        assert_eq!(look(vec![lost("/s")], false, false), Came::OutOfReach);
        assert_eq!(look(vec![], false, true), Came::GivenUp);
        assert_eq!(look(vec![], true, true), Came::Whole, "it had ended before anybody gave it up");
    }
}
