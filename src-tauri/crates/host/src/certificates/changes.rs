//! Notices that something changed in a folder, and tells it once things have come to rest. Where the system cannot tell (a
//! share of another machine, too many folders), the daily look is all there is.
//!
//! Each folder has a thread of its own: one that hangs hangs alone.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use relais_keystore::inventory::is_of_interest;

/// What changed is told once nothing did for this long: longer than a file takes to be known (2 s).
const REST: Duration = Duration::from_secs(3);
/// And at the latest this long after the first change: a folder that never rests is seen, too.
const AT_THE_LATEST: Duration = Duration::from_secs(60);

/// What the thread hears.
enum Heard {
    Changed,
    /// The folder itself is gone, or nobody can tell any more.
    Lost,
    Stop,
}

/// A folder whose changes are noticed. It ends with this value.
pub(super) struct Noticing {
    stop: Sender<Heard>,
    alive: Arc<AtomicBool>,
}

impl Noticing {
    /// Begins to notice; `tell` is called on the thread of the folder, with whether changes are still noticed.
    pub fn of(folder: &Path, tell: impl Fn(bool) + Send + 'static) -> std::io::Result<Self> {
        let (sender, heard) = channel();
        let alive = Arc::new(AtomicBool::new(true));
        let (stop, lives, folder) = (sender.clone(), alive.clone(), folder.to_owned());
        let work = move || {
            let noticed = watching(&folder, sender).map(|watcher| {
                attend(&heard, Instant::now, || tell(true));
                drop(watcher);
            });
            lives.store(false, Ordering::Relaxed);
            if noticed.is_err() {
                tell(false);
            }
        };
        std::thread::Builder::new().name("folder".to_owned()).spawn(work)?;
        Ok(Self { stop, alive })
    }

    /// The thread is there.
    pub fn alive(&self) -> bool {
        self.alive.load(Ordering::Relaxed)
    }
}

impl Drop for Noticing {
    fn drop(&mut self) {
        // A thread that is gone has stopped.
        let _ = self.stop.send(Heard::Stop);
    }
}

fn watching(folder: &Path, sender: Sender<Heard>) -> notify::Result<RecommendedWatcher> {
    let root = folder.to_owned();
    let told = move |event: notify::Result<Event>| {
        let heard = match event {
            Ok(event) => meant(&event, &root),
            // What was missed may have been anything.
            Err(_) => Some(Heard::Changed),
        };
        if let Some(heard) = heard {
            let _ = sender.send(heard);
        }
    };
    // What a link leads to was not agreed to, and may be everything.
    let mut watcher = RecommendedWatcher::new(told, Config::default().with_follow_symlinks(false))?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// What an event says. Looking at a file is none: we do that ourselves.
fn meant(event: &Event, root: &Path) -> Option<Heard> {
    let gone = || matches!(event.kind, EventKind::Remove(_)) && event.paths.iter().any(|path| path == root);
    match event.kind {
        EventKind::Access(_) => None,
        _ if gone() => Some(Heard::Lost),
        _ if event.need_rescan() => Some(Heard::Changed),
        _ => event.paths.iter().any(|path| counts(path)).then_some(Heard::Changed),
    }
}

/// A file of certificates, or what may be a folder: the name of one that is gone no longer tells.
fn counts(path: &Path) -> bool {
    is_of_interest(path) || path.extension().is_none() || path.is_dir()
}

/// Tells of changes once they have come to rest, until it is told to stop or the folder is gone.
fn attend(heard: &Receiver<Heard>, now: impl Fn() -> Instant, tell: impl Fn()) {
    // When the first and the last change was that was not told yet.
    let mut open: Option<(Instant, Instant)> = None;
    loop {
        let next = match open {
            None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some((first, last)) => {
                let due = (last + REST).min(first + AT_THE_LATEST);
                match due.saturating_duration_since(now()) {
                    Duration::ZERO => Err(RecvTimeoutError::Timeout),
                    left => heard.recv_timeout(left),
                }
            }
        };
        match next {
            Ok(Heard::Changed) => open = Some((open.map_or_else(&now, |(first, _)| first), now())),
            Ok(Heard::Lost) => {
                tell();
                return;
            }
            Err(RecvTimeoutError::Timeout) => {
                open = None;
                tell();
            }
            Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    const PATIENCE: Duration = Duration::from_secs(30);

    #[test]
    fn a_burst_of_changes_is_told_once_and_looking_at_files_is_none() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("ward")).unwrap();
        std::fs::write(folder.path().join("old.pem"), b"x").unwrap();
        let outside = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        let (sender, told) = channel();
        let noticing = Noticing::of(folder.path(), move |noticed| sender.send(noticed).unwrap()).unwrap();
        // The thread has to be there before anything happens; how long that takes nobody tells.
        std::thread::sleep(Duration::from_millis(500));
        drop(std::fs::read(folder.path().join("old.pem")).unwrap());
        std::fs::write(folder.path().join("notes.txt"), b"x").unwrap();
        std::fs::write(outside.path().join("a.p12"), b"x").unwrap();
        assert!(told.recv_timeout(REST + Duration::from_secs(1)).is_err(), "nobody changed a certificate");
        for number in 0..20 {
            std::fs::write(folder.path().join(format!("ward/{number}.p12")), b"x").unwrap();
        }
        assert!(told.recv_timeout(PATIENCE).unwrap());
        assert!(told.recv_timeout(REST + Duration::from_secs(1)).is_err(), "once");
        assert!(noticing.alive());
    }

    #[test]
    fn a_folder_that_is_gone_is_told_and_ends_its_thread_and_one_that_was_never_there_is_told_as_not_noticed()
    {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("share");
        std::fs::create_dir(&folder).unwrap();
        let told = Arc::new(Mutex::new(vec![]));
        let tell = |told: &Arc<Mutex<Vec<bool>>>| {
            let told = told.clone();
            move |noticed| told.lock().unwrap().push(noticed)
        };
        let noticing = Noticing::of(&folder, tell(&told)).unwrap();
        std::thread::sleep(Duration::from_millis(500));
        std::fs::remove_dir(&folder).unwrap();
        let end = Instant::now() + PATIENCE;
        while noticing.alive() && Instant::now() < end {
            std::thread::yield_now();
        }
        assert!(!noticing.alive());
        let again = Noticing::of(&folder, tell(&told)).unwrap();
        while told.lock().unwrap().len() < 2 && Instant::now() < end {
            std::thread::yield_now();
        }
        assert_eq!((&*told.lock().unwrap(), again.alive()), (&vec![true, false], false));
    }

    #[test]
    fn what_never_rests_is_told_at_the_latest_after_a_minute() {
        let (sender, heard) = channel();
        let begun = Instant::now();
        // A clock that runs a second with each look at it; changes come with every one.
        let looks = std::cell::Cell::new(0);
        let now = || {
            looks.set(looks.get() + 1);
            if looks.get() < 200 {
                sender.send(Heard::Changed).unwrap();
            } else {
                sender.send(Heard::Stop).unwrap();
            }
            begun + Duration::from_secs(looks.get())
        };
        sender.send(Heard::Changed).unwrap();
        let told = std::cell::Cell::new(0);
        attend(&heard, now, || told.set(told.get() + 1));
        // A look each minute of it, and a few for what had piled up.
        assert!((2..=12).contains(&told.get()), "{}", told.get());
    }
}
