//! The processes of one window: the program and what WebKit started for it.

use std::path::Path;

/// A process that a driver's process group holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    pub id: i32,
    pub name: String,
}

impl Process {
    /// Its arguments and its environment.
    pub fn told(&self) -> Vec<u8> {
        let file = |name: &str| std::fs::read(format!("/proc/{}/{name}", self.id)).unwrap();
        [file("cmdline"), file("environ")].concat()
    }
}

/// All processes of this group.
pub fn of_group(group: u32) -> Vec<Process> {
    let all = std::fs::read_dir("/proc").unwrap().map(Result::unwrap);
    let mut found: Vec<_> = all.filter_map(|entry| in_group(&entry.path(), group)).collect();
    found.sort_by_key(|process| process.id);
    found
}

/// `id (name) state parent group …`; a process may end while it is looked at.
fn in_group(folder: &Path, group: u32) -> Option<Process> {
    let id = folder.file_name()?.to_str()?.parse().ok()?;
    let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
    let (front, back) = stat.rsplit_once(')')?;
    let mut words = back.split_whitespace();
    let (state, group_there) = (words.next()?, words.nth(1)?);
    let name = front.split_once('(')?.1.to_owned();
    (state != "Z" && group_there == group.to_string()).then_some(Process { id, name })
}
