//! The folders below one that was agreed to, handed out to several threads until none is left.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Folders in folders that are followed; nobody sorts so deep.
const MOST_DEPTH: usize = 64;

/// What is left to look at below one folder.
pub(super) struct Work {
    todo: Mutex<Todo>,
    more: Condvar,
}

struct Todo {
    folders: Vec<(PathBuf, usize)>,
    /// Turns that may bring more folders.
    busy: usize,
    /// Places of folders that were looked at.
    visited: HashSet<(u64, u64)>,
}

/// One folder, handed to one thread. Its end lets the others know, also when the thread panics.
pub(super) struct Turn<'a> {
    work: &'a Work,
    pub folder: PathBuf,
    depth: usize,
}

impl Work {
    pub(super) fn below(root: &Path) -> Self {
        let folders = vec![(root.to_owned(), 0)];
        Self { todo: Mutex::new(Todo { folders, busy: 0, visited: HashSet::new() }), more: Condvar::new() }
    }

    /// The next folder; waits while a turn of somebody else may bring one.
    pub(super) fn next(&self) -> Option<Turn<'_>> {
        let mut todo = self.todo();
        loop {
            if let Some((folder, depth)) = todo.folders.pop() {
                todo.busy += 1;
                return Some(Turn { work: self, folder, depth });
            }
            if todo.busy == 0 {
                return None;
            }
            todo = self.more.wait(todo).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn todo(&self) -> MutexGuard<'_, Todo> {
        self.todo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// A folder in this one is looked at, too; it says so where that would go too deep.
    pub(super) fn add(&self, folder: PathBuf) -> Result<(), PathBuf> {
        if self.depth >= MOST_DEPTH {
            return Err(folder);
        }
        self.work.todo().folders.push((folder, self.depth + 1));
        self.work.more.notify_one();
        Ok(())
    }

    /// A folder that can be reached by two ways, as one that is mounted in itself, is looked at once.
    #[cfg(unix)]
    pub(super) fn first_time(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let place = std::fs::metadata(&self.folder).map(|data| (data.dev(), data.ino()));
        place.is_ok_and(|place| self.work.todo().visited.insert(place))
    }

    #[cfg(not(unix))]
    pub(super) fn first_time(&self) -> bool {
        true
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.work.todo().busy -= 1;
        self.work.more.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_threads_share_the_folders_and_all_of_them_end() {
        let work = Work::below(Path::new("0"));
        let seen = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(turn) = work.next() {
                        let name = turn.folder.to_string_lossy().into_owned();
                        for child in (0..3).filter(|_| name.len() < 4) {
                            turn.add(format!("{name}{child}").into()).unwrap();
                        }
                        seen.lock().unwrap().push(name);
                    }
                });
            }
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 1 + 3 + 9 + 27);
    }

    #[test]
    fn folders_end_somewhere_and_a_panic_leaves_nobody_waiting() {
        let work = Work::below(Path::new("0"));
        let mut depth = 0;
        while let Some(turn) = work.next() {
            depth += usize::from(turn.add("deeper".into()).is_ok());
        }
        assert_eq!(depth, MOST_DEPTH);
        let work = Work::below(Path::new("0"));
        let planted = std::thread::scope(|scope| {
            let panicking = scope.spawn(|| {
                let _turn = work.next();
                panic!("planted");
            });
            panicking.join().is_err()
        });
        assert!(planted && work.next().is_none());
    }
}
