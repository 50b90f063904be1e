//! A look at several folders that is told on the way, can be given up, and waits for no share that hangs.
//!
//! Each folder has a thread of its own: one that says nothing for too long is given up, and so costs the others
//! nothing. The thread itself cannot be stopped while its system holds it; it ends when that lets go.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::time::{Duration, Instant, SystemTime};

use relais_core::Code;

use super::scan::{Beat, Look, Progress, Seen};
use super::sidecar::Sidecar;
use super::{Found, Row};

/// Between two times of listening: a thread that is listened to all the time has to wake the listener at every file.
/// Somebody who wants to give up is asked as often.
const PAUSE: Duration = Duration::from_millis(1);

/// A folder that says nothing for this long is given up. Source: docs/threat-model.md, F24.
pub const SILENCE: Duration = Duration::from_secs(10);

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
    let start = |at: usize, sender: Sender<Told>| {
        let (root, agreed, known) = (agreed[at].clone(), agreed.clone(), known.clone());
        move || {
            let mut tell = |beat| match sender.send((at, Some(beat))) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            };
            let now = SystemTime::now();
            let ended = Look { known: &known, agreed: &agreed, now, tell: &mut tell }.below(&root);
            // Whoever gave up hears nothing any more.
            let _ = ended.is_continue() && sender.send((at, None)).is_ok();
        }
    };
    listen(&roots, start, silence, progress)
}

/// Folders that lie in no other of them, each once.
fn outermost(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut sorted = roots.to_vec();
    sorted.sort();
    sorted.dedup();
    let inside = |one: &Path| sorted.iter().any(|other| one != other && one.starts_with(other));
    sorted.iter().filter(|one| !inside(one)).cloned().collect()
}

/// Starts a thread for each folder and listens to them all.
fn listen<W: FnOnce() + Send + 'static>(
    roots: &[PathBuf],
    start: impl Fn(usize, Sender<Told>) -> W,
    silence: Duration,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Seen {
    let (sender, heard) = channel();
    let mut seen = Seen { whole: true, ..Seen::default() };
    // When each folder was heard last; none once it has ended or was given up.
    let mut last: Vec<Option<Instant>> = roots.iter().map(|_| Some(Instant::now())).collect();
    for (at, root) in roots.iter().enumerate() {
        let thread = std::thread::Builder::new().name("inventory".into());
        if thread.spawn(start(at, sender.clone())).is_err() {
            lose(&mut seen, root, &mut last[at], Code::INTERNAL);
        }
    }
    drop(sender);
    'listening: while last.iter().any(Option::is_some) {
        loop {
            match heard.try_recv() {
                Ok((at, told)) if last[at].is_some() => {
                    last[at] = told.is_some().then(Instant::now);
                    told.into_iter().for_each(|beat| seen.take(beat));
                    if progress(seen.progress).is_break() {
                        seen.whole = false;
                        break 'listening;
                    }
                }
                Ok(_) => {}
                Err(TryRecvError::Empty) => break,
                // A thread that ended without a word has panicked.
                Err(TryRecvError::Disconnected) => {
                    for (root, last) in roots.iter().zip(&mut last).filter(|(_, last)| last.is_some()) {
                        lose(&mut seen, root, last, Code::ADAPTER_PANIC);
                    }
                    break;
                }
            }
        }
        for (root, last) in roots.iter().zip(&mut last) {
            if last.is_some_and(|at| at.elapsed() >= silence) {
                lose(&mut seen, root, last, Code::KEYSTORE_TIMEOUT);
            }
        }
        if progress(seen.progress).is_break() {
            seen.whole = false;
            break;
        }
        if last.iter().any(Option::is_some) {
            std::thread::sleep(PAUSE);
        }
    }
    // Byte by byte: paths are compared part by part, which costs more than all the rest of a look.
    seen.rows.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    seen
}

fn lose(seen: &mut Seen, root: &Path, last: &mut Option<Instant>, code: Code) {
    *last = None;
    seen.take(Beat::Lost(Row { path: root.to_owned(), modified_at: None, found: Found::Failed(code) }));
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
        let seen = listen(&roots, start, Duration::from_millis(300), &mut |_| {
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
        let seen = listen(&roots, start, Duration::from_secs(30), &mut |_| ControlFlow::Continue(()));
        assert_eq!(seen.rows[0].found, Found::Failed(Code::ADAPTER_PANIC));
    }

    #[test]
    fn a_folder_inside_another_is_looked_at_once() {
        let paths = ["/a/b", "/a", "/a", "/ab", "/c/d"].map(PathBuf::from);
        assert_eq!(outermost(&paths), ["/a", "/ab", "/c/d"].map(PathBuf::from));
    }
}
