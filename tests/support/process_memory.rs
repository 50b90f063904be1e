//! The memory of another process, as far as that process may write to it. Reading it is a privilege of root.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::forms::Canary;

/// Bytes of a page, and of its line in `pagemap`.
const PAGE: usize = 4096;
const ENTRY: usize = 8;
/// Pages that are asked for at once.
const BLOCK: usize = 512;
/// In `pagemap`: the page is in memory, or swapped out. Source: proc_pid_pagemap(5).
const THERE: u64 = 0b11 << 62;

/// What a process had written down when it was looked at.
pub struct Memory {
    parts: Vec<(String, Vec<u8>)>,
    /// Bytes that were read.
    pub looked_at: usize,
}

impl Memory {
    /// Reads all pages of the process that hold something of its own.
    pub fn of(process: i32) -> Self {
        let file = |name: &str| format!("/proc/{process}/{name}");
        let maps = std::fs::read_to_string(file("maps")).unwrap();
        let open =
            |name| File::open(file(name)).unwrap_or_else(|cause| panic!("{name} of {process}: {cause}"));
        let (memory, pages) = (open("mem"), open("pagemap"));
        let parts: Vec<_> = maps.lines().flat_map(|line| parts(line, &memory, &pages)).collect();
        let looked_at = parts.iter().map(|(_, bytes)| bytes.len()).sum();
        Self { parts, looked_at }
    }

    /// Where the canary is, and in which form.
    pub fn found(&self, canary: &Canary) -> Vec<String> {
        let hit = |(name, bytes): &(String, Vec<u8>)| Some(format!("{name} ({})", canary.found_in(bytes)?));
        self.parts.iter().filter_map(hit).collect()
    }
}

/// `start-end rw-p offset device inode  name`
fn parts(line: &str, memory: &File, pages: &File) -> Vec<(String, Vec<u8>)> {
    let mut words = line.split_whitespace();
    let (Some(range), Some(rights)) = (words.next(), words.next()) else { return vec![] };
    let Some((start, end)) = range.split_once('-') else { return vec![] };
    let hex = |text| u64::from_str_radix(text, 16);
    let (Ok(start), Ok(end), true) = (hex(start), hex(end), rights.starts_with("rw")) else { return vec![] };
    let runs = runs(pages, start, end);
    // Pages of a device and the like cannot be read by anybody.
    let read = runs.into_iter().filter_map(|(from, to)| {
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        memory.read_exact_at(&mut bytes, from).ok()?;
        Some((line.to_owned(), bytes))
    });
    read.collect()
}

/// Runs of pages that exist: a web process reserves far more than it uses.
fn runs(pages: &File, start: u64, end: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = vec![];
    let mut entries = [0; BLOCK * ENTRY];
    for block in (start..end).step_by(BLOCK * PAGE) {
        let count = BLOCK.min(usize::try_from(end - block).unwrap() / PAGE);
        let entries = &mut entries[..count * ENTRY];
        let place = block / PAGE as u64 * ENTRY as u64;
        // Nothing of a block is there more often than not; comparing it whole is quick.
        if pages.read_exact_at(entries, place).is_err() || *entries == [0; BLOCK * ENTRY][..count * ENTRY] {
            continue;
        }
        for (number, entry) in entries.chunks_exact(ENTRY).enumerate() {
            if u64::from_le_bytes(entry.try_into().unwrap()) & THERE == 0 {
                continue;
            }
            let at = block + (number * PAGE) as u64;
            match runs.last_mut() {
                Some((_, to)) if *to == at => *to += PAGE as u64,
                _ => runs.push((at, at + PAGE as u64)),
            }
        }
    }
    runs
}
