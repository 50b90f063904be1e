//! A secret in every form a program may leave it in, and the search for it.

use std::path::Path;

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

fn count(bytes: &[u8], form: &[u8]) -> usize {
    let (mut rest, mut found) = (bytes, 0);
    // By its first byte: the library's search for one byte is quick, also in a debug build.
    while let Some(at) = next(rest, form[0]) {
        rest = &rest[at..];
        found += usize::from(rest.starts_with(form));
        rest = &rest[1..];
    }
    found
}

/// Place of a byte; looked for in blocks, most of which do not hold it.
fn next(bytes: &[u8], wanted: u8) -> Option<usize> {
    let blocks = bytes.chunks(256).enumerate();
    let (number, block) = blocks.into_iter().find(|(_, block)| block.contains(&wanted))?;
    Some(number * 256 + block.iter().position(|byte| *byte == wanted)?)
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
