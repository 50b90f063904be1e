//! Small files that somebody named: profiles, certificates, documents. Reads a bounded part, and says why it cannot.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use relais_core::{Code, Problem};

/// Most bytes of such a file. The largest one that means something to Relais, a service list, has a tenth of it.
pub const MOST: u64 = 16 << 20;

/// Why a file cannot be read: a name of `ui/locales/*/cli.ftl`, without its `reason-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

impl Unreadable {
    /// There is none.
    pub const NOT_FOUND: Self = Self("not-found");
    /// Larger than [`MOST`].
    pub const TOO_LARGE: Self = Self("too-large");

    /// The reason of an error of the system.
    #[must_use]
    pub fn of(error: &io::Error) -> Self {
        Self(match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => "not-found",
            ErrorKind::PermissionDenied => "not-allowed",
            ErrorKind::IsADirectory => "folder",
            ErrorKind::InvalidData => "no-text",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
            _ => "disk-fault",
        })
    }

    /// The failure as a person meets it, with the name of the file.
    #[must_use]
    pub fn problem(self, path: &Path) -> Problem {
        Problem::new(Code::FILE_UNREADABLE).with("file", path.display()).with("reason", self.0)
    }
}

/// A file's bytes, at most [`MOST`].
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    start(path)
        .and_then(|bytes| if bytes.len() as u64 > MOST { Err(Unreadable::TOO_LARGE) } else { Ok(bytes) })
}

/// A file's bytes; of one larger than [`MOST`] one byte more than that, for a judge who refuses it by its size.
pub fn start(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| Unreadable::of(&error))?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| Unreadable::of(&error))?;
    Ok(bytes)
}

/// A file's text.
pub fn text(path: &Path) -> Result<String, Unreadable> {
    String::from_utf8(bytes(path)?).map_err(|_| Unreadable("no-text"))
}

/// That somebody named a plain file which may be read; its content is for others.
pub fn look(path: &Path) -> Result<(), Problem> {
    let refused = |why: Unreadable| why.problem(path);
    let found = path.metadata().map_err(|error| refused(Unreadable::of(&error)))?;
    if found.is_dir() {
        return Err(refused(Unreadable("folder")));
    }
    if !found.is_file() {
        return Err(refused(Unreadable("no-plain-file")));
    }
    File::open(path).map(drop).map_err(|error| refused(Unreadable::of(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_end_is_not_read_to_its_end() {
        assert_eq!(bytes(Path::new("/dev/zero")), Err(Unreadable::TOO_LARGE));
        assert_eq!(look(Path::new("/dev/zero")).unwrap_err().with["reason"], "no-plain-file");
    }
}
