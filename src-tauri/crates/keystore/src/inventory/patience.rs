//! A look at several folders that is told on the way, can be given up, and waits for no share that hangs.
//!
//! Each folder has threads of its own: one that says nothing for too long is given up, and so costs the others
//! nothing. A thread cannot be stopped while its system holds it; it ends when that lets go.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::time::{Duration, Instant, SystemTime};

use relais_core::Code;

use super::scan::{Beat, Look, Progress, Seen};
use super::sidecar::Sidecar;
use super::work::Work;
use super::{Found, Row};

/// Between two times of listening: a thread that is listened to all the time has to wake the listener at every file.
/// Somebody who wants to give up is asked as often.
const PAUSE: Duration = Duration::from_millis(1);

/// A folder that says nothing for this long is given up. Source: docs/threat-model.md, F24.
pub const SILENCE: Duration = Duration::from_secs(10);

/// Threads that read one folder: of a share most of the time goes by between a question and its answer.
const READERS: usize = 4;

/// What a folder's thread says; none when it has ended.
type Told = (usize, Option<Beat>);

/// Looks at these folders and all below them; what lies in one that is named twice is told once.
///
/// A folder that says nothing for `silence` becomes a row (RLS-4010), with what it had told until then. `progress` is
/// asked at every file, and often while nothing moves, whether to go on. Blocks: it belongs on a thread of its own.
pub fn scan(
    roots: &[PathBuf],
    known: &Arc<Sidecar>,
    silence: Duration,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Seen {
    let roots = outermost(roots);
    let agreed: Arc<[PathBuf]> = roots.clone().into();
    let works: Vec<_> = roots.iter().map(|root| Arc::new(Work::below(root))).collect();
    let start = |at: usize, sender: Sender<Told>| {
        let (work, agreed, known) = (works[at].clone(), agreed.clone(), known.clone());
        move || {
            let mut tell = |beat| match sender.send((at, Some(beat))) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            };
            let now = SystemTime::now();
            let ended = Look { known: &known, agreed: &agreed, now, tell: &mut tell }.at(&work);
            // Whoever gave up hears nothing any more.
            let _ = ended.is_continue() && sender.send((at, None)).is_ok();
        }
    };
    listen(&roots, READERS, start, silence, progress)
}

/// Folders that lie in no other of them, each once.
fn outermost(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut sorted = roots.to_vec();
    sorted.sort();
    sorted.dedup();
    let inside = |one: &Path| sorted.iter().any(|other| one != other && one.starts_with(other));
    sorted.iter().filter(|one| !inside(one)).cloned().collect()
}

/// A folder while it is listened to.
struct Heard<'a> {
    root: &'a Path,
    /// Threads that have not ended; none once it was given up.
    threads: usize,
    last: Instant,
}

/// Starts so many threads for each folder and listens to them all.
fn listen<W: FnOnce() + Send + 'static>(
    roots: &[PathBuf],
    readers: usize,
    start: impl Fn(usize, Sender<Told>) -> W,
    silence: Duration,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Seen {
    let (sender, heard) = channel();
    let mut seen = Seen { whole: true, ..Seen::default() };
    let begun = |root| Heard { root, threads: readers, last: Instant::now() };
    let mut folders: Vec<_> = roots.iter().map(|root| begun(root.as_path())).collect();
    for (at, folder) in folders.iter_mut().enumerate() {
        for _ in 0..readers {
            let thread = std::thread::Builder::new().name("inventory".into());
            if thread.spawn(start(at, sender.clone())).is_err() {
                folder.lose(&mut seen, Code::INTERNAL);
                break;
            }
        }
    }
    drop(sender);
    'listening: while folders.iter().any(|folder| folder.threads > 0) {
        loop {
            match heard.try_recv() {
                Ok((at, told)) if folders[at].threads > 0 => {
                    folders[at].hear(told, &mut seen);
                    if progress(seen.progress).is_break() {
                        seen.whole = false;
                        break 'listening;
                    }
                }
                Ok(_) => {}
                Err(TryRecvError::Empty) => break,
                // A thread that ended without a word has panicked.
                Err(TryRecvError::Disconnected) => {
                    let left = folders.iter_mut().filter(|folder| folder.threads > 0);
                    left.for_each(|folder| folder.lose(&mut seen, Code::ADAPTER_PANIC));
                    break;
                }
            }
        }
        let silent = |folder: &&mut Heard<'_>| folder.threads > 0 && folder.last.elapsed() >= silence;
        folders.iter_mut().filter(silent).for_each(|folder| folder.lose(&mut seen, Code::KEYSTORE_TIMEOUT));
        if progress(seen.progress).is_break() {
            seen.whole = false;
            break;
        }
        if folders.iter().any(|folder| folder.threads > 0) {
            std::thread::sleep(PAUSE);
        }
    }
    // Byte by byte: paths are compared part by part, which costs more than all the rest of a look.
    seen.rows.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    seen
}

impl Heard<'_> {
    fn hear(&mut self, told: Option<Beat>, seen: &mut Seen) {
        self.last = Instant::now();
        match told {
            Some(beat) => seen.take(beat),
            None => self.threads -= 1,
        }
    }

    fn lose(&mut self, seen: &mut Seen, code: Code) {
        self.threads = 0;
        let row = Row { path: self.root.to_owned(), modified_at: None, found: Found::Failed(code) };
        seen.take(Beat::Lost(row));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_hangs_costs_its_own_row_and_no_other() {
        let roots = [PathBuf::from("good"), PathBuf::from("hangs")];
        let (release, held) = channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        let start = |at: usize, sender: Sender<Told>| {
            let held = held.clone();
            move || {
                let row = Row {
                    path: format!("{at}/a.pem").into(),
                    modified_at: None,
                    found: Found::Failed(Code::CERTIFICATE_UNREADABLE),
                };
                sender.send((at, Some(Beat::Row(row)))).unwrap();
                if at == 1 {
                    let _ = held.lock().unwrap().recv();
                }
                let _ = sender.send((at, None));
            }
        };
        let mut asked = 0;
        let seen = listen(&roots, 1, start, Duration::from_millis(300), &mut |_| {
            asked += 1;
            ControlFlow::Continue(())
        });
        drop(release);
        let rows: Vec<_> = seen.rows.iter().map(|row| (row.path.to_str().unwrap(), &row.found)).collect();
        let unreadable = Found::Failed(Code::CERTIFICATE_UNREADABLE);
        let silent = Found::Failed(Code::KEYSTORE_TIMEOUT);
        assert_eq!(rows, [("0/a.pem", &unreadable), ("1/a.pem", &unreadable), ("hangs", &silent)]);
        assert!(!seen.whole && asked > 2, "what was known of it is kept, and somebody could have given up");
    }

    #[test]
    fn a_panic_of_one_thread_is_told() {
        let roots = [PathBuf::from("root")];
        let start = |_, sender: Sender<Told>| {
            move || {
                drop(sender);
                panic!("planted");
            }
        };
        let seen = listen(&roots, 1, start, Duration::from_secs(30), &mut |_| ControlFlow::Continue(()));
        assert_eq!(seen.rows[0].found, Found::Failed(Code::ADAPTER_PANIC));
    }

    #[test]
    fn a_folder_inside_another_is_looked_at_once() {
        let paths = ["/a/b", "/a", "/a", "/ab", "/c/d"].map(PathBuf::from);
        assert_eq!(outermost(&paths), ["/a", "/ab", "/c/d"].map(PathBuf::from));
    }
}
