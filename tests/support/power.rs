//! What a power cut leaves of a folder: the log of the shim, and the folder as it can be afterwards at each place in it.
//!
//! The strict reading of POSIX: bytes survive for sure when their file was synced after them, names when their folder was.
//! Of everything else any beginning may be there, or the part of one file without that of another.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// A file or folder; an inode that is used again is another one.
type Thing = usize;

#[derive(Debug)]
enum What {
    Bytes { at: usize, bytes: Vec<u8> },
    Length(usize),
    Names(BTreeMap<String, Thing>),
    Synced,
}

#[derive(Debug)]
struct Act {
    thing: Thing,
    what: What,
}

/// What survives of that which was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All of it: a process that was killed.
    Everything,
    /// All, and half of the last write.
    Torn,
    /// What was done before this act.
    Before(usize),
    /// All but the part of one file or folder.
    AllBut(Thing),
}

/// A cut after so many acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    pub after: usize,
    pub kept: Kept,
}

/// Files with their bytes, folders with none; a folder stands before what is in it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Image(Vec<(String, Option<Vec<u8>>)>);

impl Image {
    pub fn build(&self, folder: &Path) {
        for (name, bytes) in &self.0 {
            let path = folder.join(name);
            match bytes {
                None => std::fs::create_dir(&path).unwrap(),
                Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            }
        }
    }

    pub fn fingerprint(&self, said: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self, said).hash(&mut hasher);
        hasher.finish()
    }
}

/// Everything a process did to the folder, in order.
#[derive(Debug, Default)]
pub struct Log {
    acts: Vec<Act>,
    /// What was said after so many acts.
    said: Vec<(usize, String)>,
    folders: BTreeSet<Thing>,
    things: usize,
    of_inode: BTreeMap<u64, Thing>,
}

/// The folder itself: its name is there all along.
const ROOT: Thing = 0;

impl Log {
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let mut log = Self::default();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            rest = log.record(rest);
        }
        log
    }

    fn record<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let end = rest.iter().position(|byte| *byte == b'\n').expect("a whole line");
        let line = std::str::from_utf8(&rest[..end]).unwrap();
        let rest = &rest[end + 1..];
        let words: Vec<_> = line.split(' ').collect();
        let [first, second, third] = [1, 2, 3].map(|n| words[n].parse::<u64>().unwrap());
        let (own, rest) = rest.split_at(match words[0] {
            "bytes" => third,
            "names" | "said" => first,
            _ => 0,
        } as usize);
        match words[0] {
            "names" => self.names(std::str::from_utf8(own).unwrap()),
            "said" => self.said.push((self.acts.len(), String::from_utf8(own.to_vec()).unwrap())),
            "made" => drop(self.new_thing(first)),
            "bytes" => self.act(first, What::Bytes { at: second as usize, bytes: own.to_vec() }),
            "length" => self.act(first, What::Length(second as usize)),
            "synced" | "folder-synced" => self.act(first, What::Synced),
            other => panic!("{other}"),
        }
        rest
    }

    fn new_thing(&mut self, inode: u64) -> Thing {
        self.of_inode.insert(inode, self.things);
        self.things += 1;
        self.things - 1
    }

    fn thing(&mut self, inode: u64) -> Thing {
        self.of_inode.get(&inode).copied().unwrap_or_else(|| self.new_thing(inode))
    }

    fn act(&mut self, inode: u64, what: What) {
        let thing = self.thing(inode);
        self.acts.push(Act { thing, what });
    }

    /// All the names there are; each folder whose own have changed is an act. The first line is the folder itself.
    fn names(&mut self, listing: &str) {
        let mut at: BTreeMap<&str, (Thing, BTreeMap<String, Thing>)> = BTreeMap::new();
        for line in listing.lines() {
            let (kind, rest) = line.split_once(' ').unwrap();
            let (inode, path) = rest.split_once(' ').unwrap();
            let thing = self.thing(inode.parse().unwrap());
            if let Some((parent, name)) = path.rsplit_once('/') {
                at.get_mut(parent).expect("a folder before what is in it").1.insert(name.to_owned(), thing);
            }
            if kind == "d" {
                self.folders.insert(thing);
                at.insert(path, (thing, BTreeMap::new()));
            }
        }
        for (thing, names) in at.into_values() {
            let last = self.acts.iter().rev().find_map(|act| match &act.what {
                What::Names(names) if act.thing == thing => Some(names),
                _ => None,
            });
            if last.map_or(!names.is_empty(), |last| *last != names) {
                self.acts.push(Act { thing, what: What::Names(names) });
            }
        }
    }

    /// How many acts there were.
    pub fn acts(&self) -> usize {
        self.acts.len()
    }

    /// What had been said by then.
    pub fn said(&self, after: usize) -> impl Iterator<Item = &str> {
        self.said.iter().filter(move |(place, _)| *place <= after).map(|(_, text)| text.as_str())
    }

    /// Acts by then that nothing has synced.
    fn unsynced(&self, after: usize) -> Vec<usize> {
        let mut synced = BTreeSet::new();
        let mut found: Vec<_> = (0..after)
            .rev()
            .filter(|&n| match self.acts[n].what {
                What::Synced => {
                    synced.insert(self.acts[n].thing);
                    false
                }
                _ => !synced.contains(&self.acts[n].thing),
            })
            .collect();
        found.reverse();
        found
    }

    /// Every cut that can leave something of its own.
    pub fn cuts(&self) -> Vec<Cut> {
        (0..=self.acts.len()).flat_map(|after| self.cuts_after(after)).collect()
    }

    fn cuts_after(&self, after: usize) -> Vec<Cut> {
        let unsynced = self.unsynced(after);
        let things: BTreeSet<_> = unsynced.iter().map(|&n| self.acts[n].thing).collect();
        let mut kept = vec![Kept::Everything];
        kept.extend(unsynced.iter().map(|&n| Kept::Before(n)));
        if unsynced.last().is_some_and(|&last| last + 1 == after) {
            kept.push(Kept::Torn);
        }
        if things.len() > 1 {
            kept.extend(things.into_iter().map(Kept::AllBut));
        }
        kept.into_iter().map(|kept| Cut { after, kept }).collect()
    }

    /// The folder after a cut.
    pub fn image(&self, cut: Cut) -> Image {
        let unsynced: BTreeSet<_> = self.unsynced(cut.after).into_iter().collect();
        let mut files: BTreeMap<Thing, Vec<u8>> = BTreeMap::new();
        let mut folders: BTreeMap<Thing, &BTreeMap<String, Thing>> = BTreeMap::new();
        for (n, act) in self.acts[..cut.after].iter().enumerate() {
            let survives = match cut.kept {
                Kept::Everything | Kept::Torn => true,
                Kept::Before(end) => n < end,
                Kept::AllBut(thing) => act.thing != thing,
            };
            if unsynced.contains(&n) && !survives {
                continue;
            }
            let half = cut.kept == Kept::Torn && n + 1 == cut.after;
            match &act.what {
                What::Bytes { at, bytes } => {
                    let bytes = if half { &bytes[..bytes.len() / 2] } else { bytes };
                    let file = files.entry(act.thing).or_default();
                    file.resize(file.len().max(at + bytes.len()), 0);
                    file[*at..at + bytes.len()].copy_from_slice(bytes);
                }
                What::Length(length) => files.entry(act.thing).or_default().resize(*length, 0),
                What::Names(names) => drop(folders.insert(act.thing, names)),
                What::Synced => {}
            }
        }
        let mut image = Image(vec![]);
        self.walk(ROOT, "", &files, &folders, &mut image);
        image
    }

    fn walk(
        &self,
        folder: Thing,
        prefix: &str,
        files: &BTreeMap<Thing, Vec<u8>>,
        folders: &BTreeMap<Thing, &BTreeMap<String, Thing>>,
        image: &mut Image,
    ) {
        // What SQLite maps into memory is made anew by the first who opens the database.
        let names = folders.get(&folder).into_iter().flat_map(|names| names.iter());
        for (name, &thing) in names.filter(|(name, _)| !name.ends_with("-shm")) {
            let path = format!("{prefix}{name}");
            if self.folders.contains(&thing) {
                image.0.push((path.clone(), None));
                self.walk(thing, &format!("{path}/"), files, folders, image);
            } else {
                image.0.push((path, Some(files.get(&thing).cloned().unwrap_or_default())));
            }
        }
    }
}
