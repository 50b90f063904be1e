//! A secret in every form a program may leave it in, and the search for it.

use std::io::BufRead;
use std::path::Path;

/// Bytes of a part that no other text holds by accident.
const PIECE: usize = 8;

/// A secret and its forms.
pub struct Canary {
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Canary {
    /// Digits: also packed two to a byte, and one to a byte.
    pub fn pin(digits: &str) -> Self {
        let mut canary = Self::text(digits);
        canary.forms.push(("packed", packed(digits)));
        canary.forms.push(("digits", digits.bytes().map(|digit| digit - b'0').collect()));
        canary
    }

    /// Any text.
    pub fn text(text: &str) -> Self {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let forms = vec![
            ("ascii", text.as_bytes().to_vec()),
            ("utf-16-le", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("utf-16-be", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            ("hex", hex.into_bytes()),
            ("base64", base64(text)),
        ];
        Self { forms }
    }

    /// A long text, found by any part of it: memory that was given back loses its first bytes to the allocator.
    pub fn in_pieces(text: &str) -> Self {
        let mut canary = Self::text(text);
        for piece in text.as_bytes().chunks_exact(PIECE) {
            canary.forms.push(("part in ascii", piece.to_vec()));
            canary.forms.push(("part in utf-16-le", piece.iter().flat_map(|byte| [*byte, 0]).collect()));
            canary.forms.push(("part in utf-16-be", piece.iter().flat_map(|byte| [0, *byte]).collect()));
        }
        canary
    }

    pub fn forms(&self) -> &[(&'static str, Vec<u8>)] {
        &self.forms
    }

    /// The first form that is in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> Option<&'static str> {
        self.forms.iter().find(|(_, form)| count(bytes, form) > 0).map(|(name, _)| *name)
    }

    /// How often it is in these bytes, in any form.
    pub fn count_in(&self, bytes: &[u8]) -> usize {
        self.forms.iter().map(|(_, form)| count(bytes, form)).sum()
    }
}

/// Base64 without its last group, which depends on what follows.
fn base64(text: &str) -> Vec<u8> {
    let whole = openssl::base64::encode_block(text.as_bytes());
    whole.as_bytes()[..text.len() / 3 * 4].to_vec()
}

/// Two digits to a byte.
pub fn packed(digits: &str) -> Vec<u8> {
    digits.as_bytes().chunks(2).map(|two| (two[0] - b'0') << 4 | (two[1] - b'0')).collect()
}

/// By its largest byte, the rarest in memory: the library's search for one byte is quick, also in a debug build.
fn count(bytes: &[u8], form: &[u8]) -> usize {
    let (place, wanted) = form.iter().enumerate().max_by_key(|(_, byte)| **byte).unwrap();
    let (mut rest, mut after, mut found) = (bytes, 0, 0);
    loop {
        after += rest.skip_until(*wanted).unwrap();
        if after == 0 || bytes[after - 1] != *wanted {
            return found;
        }
        let start = (after - 1).checked_sub(place);
        let here = start.and_then(|start| bytes.get(start..start + form.len()));
        found += usize::from(here == Some(form));
        if rest.is_empty() {
            return found;
        }
    }
}

/// Files below a folder that hold the canary, in name or content.
pub fn found_below(folder: &Path, canary: &Canary) -> Vec<String> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let mut hit = canary.found_in(entry.file_name().as_encoded_bytes());
        if kind.is_dir() {
            found.extend(found_below(&path, canary));
        } else if kind.is_file() {
            hit = hit.or(canary.found_in(&std::fs::read(&path).unwrap()));
        }
        found.extend(hit.map(|form| format!("{} ({form})", path.display())));
    }
    found
}
