//! One owner per data folder: an exclusive lock that the system releases when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use relais_core::{Code, Problem};

use crate::folders::refused;

/// Whoever only looks ([`taken`]) holds the lock for an instant: it is tried this often, with a pause in between.
const TRIES: u32 = 10;
/// No name of a program is longer.
const LINE: u64 = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// Held as long as this process owns the folder.
#[derive(Debug)]
pub struct Owner {
    _lock: File,
}

impl Owner {
    /// Takes the folder, or says with [`Code::ALREADY_OWNED`] that another process has it.
    pub fn take(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join("owner.lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        let lock = options.open(&path).map_err(|e| refused(&path, &e))?;
        match locked(&lock, || std::thread::sleep(PAUSE)) {
            Ok(()) => {
                sign(&lock);
                Ok(Self { _lock: lock })
            }
            Err(TryLockError::WouldBlock) => Err(owned(folder)),
            Err(TryLockError::Error(e)) => Err(refused(&path, &e)),
        }
    }
}

/// Writes who has the folder beside the lock, for whoever is refused. It is a help: the lock counts without.
fn sign(lock: &File) {
    let program = std::env::current_exe().ok();
    let program = program.as_deref().and_then(Path::file_stem).unwrap_or_default();
    let line = format!("{} ({})", program.to_string_lossy(), std::process::id());
    let _ = lock.set_len(0).and_then(|()| (&mut &*lock).write_all(line.as_bytes()));
}

/// Why the folder cannot be taken: which program has it, by its name and number in the system, where that can be read.
#[must_use]
pub fn owned(folder: &Path) -> Problem {
    let mut line = String::new();
    let read =
        File::open(folder.join("owner.lock")).and_then(|lock| lock.take(LINE).read_to_string(&mut line));
    let problem = Problem::new(Code::ALREADY_OWNED);
    match read {
        Ok(_) if !line.is_empty() => problem.with("program", relais_core::code::clean(&line)),
        _ => problem,
    }
}

fn locked(lock: &File, mut pause: impl FnMut()) -> Result<(), TryLockError> {
    for _ in 1..TRIES {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => pause(),
            tried => return tried,
        }
    }
    lock.try_lock()
}

/// Whether another process owns the folder now. Nothing is made; the folder is looked at for an instant only.
pub fn taken(folder: &Path) -> Result<bool, Problem> {
    let path = folder.join("owner.lock");
    let lock = match File::open(&path) {
        Ok(lock) => lock,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(refused(&path, &error)),
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(refused(&path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_at_the_folder_in_the_same_instant_keeps_nobody_from_taking_it() {
        let temp = tempfile::tempdir().unwrap();
        drop(Owner::take(temp.path()).unwrap());
        let open = || File::options().read(true).write(true).open(temp.path().join("owner.lock")).unwrap();
        let (mine, looking) = (open(), open());
        looking.try_lock_shared().unwrap();
        let mut pauses = 0;
        let taken = locked(&mine, || {
            pauses += 1;
            if pauses == 3 {
                looking.unlock().unwrap();
            }
        });
        assert!(taken.is_ok());
        assert_eq!(pauses, 3);
        mine.unlock().unwrap();
        looking.try_lock().unwrap();
        assert!(matches!(locked(&mine, || ()), Err(TryLockError::WouldBlock)), "an owner stays");
    }

    #[test]
    fn of_twenty_that_want_the_folder_exactly_one_gets_it() {
        let temp = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(20);
        let owners: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..20)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        Owner::take(temp.path())
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(owners.iter().filter(|owner| owner.is_ok()).count(), 1);
        assert!(owners.iter().flat_map(|o| o.as_ref().err()).all(|e| e.code == Code::ALREADY_OWNED));
        assert_eq!(taken(temp.path()), Ok(true));
        let ours = format!("({})", std::process::id());
        assert!(owned(temp.path()).with["program"].ends_with(&ours), "who has it is named");
        drop(owners);
        assert_eq!(taken(temp.path()), Ok(false));
        assert_eq!(taken(&temp.path().join("nowhere")), Ok(false));
        assert!(Owner::take(temp.path()).is_ok(), "released when its holder is gone");
    }
}
