//! The head of the journal, exported beside the database: a cut tail or an old database put back is found by it.
//!
//! Two lines that are written in turn, each with a check of its own, so that a torn write costs one line only.
//! Source: docs/reference/journal.md.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use openssl::sha::sha256;

use crate::chain::{ChainHash, Link};
use crate::file;

/// Bytes of a line: number, hash, check, line end.
const LINE: usize = 20 + 1 + 64 + 1 + 16 + 1;

/// `journal.head` of a data folder.
#[derive(Debug, Clone)]
pub struct HeadFile {
    path: PathBuf,
}

impl HeadFile {
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join("journal.head") }
    }

    /// The newest head that was exported; `None` if there is no file or no line of it is whole.
    pub fn read(&self) -> io::Result<Option<Link>> {
        let mut bytes = Vec::new();
        match File::open(&self.path) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?.take(4 * LINE as u64).read_to_end(&mut bytes)?,
        };
        Ok(bytes.chunks(LINE).filter_map(parsed).max_by_key(|link| link.seq))
    }

    /// Makes the file of a journal that has no entry yet, for good: what comes later may be lost in a power cut, but an
    /// entry without this file means that somebody removed it.
    pub fn found(&self) -> io::Result<()> {
        self.write(Link::START, true)?;
        self.path.parent().map_or(Ok(()), file::sync_folder)
    }

    /// Exports a head; `durably` waits for the disk.
    pub fn write(&self, head: Link, durably: bool) -> io::Result<()> {
        let mut file = file::private().create(true).truncate(false).write(true).open(&self.path)?;
        let place = if head.seq.is_multiple_of(2) { 0 } else { LINE as u64 };
        file.seek(SeekFrom::Start(place))?;
        file.write_all(line(head).as_bytes())?;
        if durably { file.sync_data() } else { Ok(()) }
    }
}

fn line(head: Link) -> String {
    let told = format!("{:020} {}", head.seq, head.hash);
    format!("{told} {}\n", check(&told))
}

fn check(told: &str) -> String {
    hex::encode(&sha256(told.as_bytes())[..8])
}

fn parsed(line: &[u8]) -> Option<Link> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (told, found) = line.rsplit_once(' ')?;
    let (seq, hash) = told.split_once(' ')?;
    let hash = hex::decode(hash).ok().and_then(|bytes| ChainHash::from_stored(&bytes))?;
    (check(told) == found).then_some(Link { seq: seq.parse().ok()?, hash })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn link(seq: u64) -> Link {
        Link { seq, hash: ChainHash([seq as u8; 32]) }
    }

    #[test]
    fn a_journal_without_entries_has_a_head_and_the_first_entry_does_not_write_over_it() {
        let folder = tempfile::tempdir().unwrap();
        let head = HeadFile::of(folder.path());
        head.found().unwrap();
        assert_eq!(head.read().unwrap(), Some(Link::START));
        head.write(link(1), false).unwrap();
        let mut bytes = std::fs::read(&head.path).unwrap();
        bytes.truncate(LINE);
        std::fs::write(&head.path, bytes).unwrap();
        assert_eq!(head.read().unwrap(), Some(Link::START), "the line of the first entry was lost");
    }

    #[test]
    fn the_newest_head_is_found_and_a_torn_line_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let head = HeadFile::of(folder.path());
        assert_eq!(head.read().unwrap(), None);
        (1..=5).for_each(|seq| head.write(link(seq), seq == 5).unwrap());
        assert_eq!(head.read().unwrap(), Some(link(5)));
        let mut bytes = std::fs::read(&head.path).unwrap();
        assert_eq!(bytes.len(), 2 * LINE);
        bytes[LINE + 30] ^= 1;
        std::fs::write(&head.path, bytes).unwrap();
        assert_eq!(head.read().unwrap(), Some(link(4)));
    }
}
