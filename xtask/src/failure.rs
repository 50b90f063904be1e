//! Why a command of xtask stopped, said to the developer who started it.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// A stage of a longer run failed.
    Stage { name: String, cause: Box<Failure> },
    /// A program ran and was not content.
    Program { line: String, status: ExitStatus },
    /// A program could not be started or watched.
    Start { line: String, cause: std::io::Error },
    /// A file could not be read or written.
    File { path: PathBuf, cause: std::io::Error },
    /// Something has to be installed or mended by a person first.
    Missing(String),
    /// A check found something.
    Found(String),
}

impl Failure {
    /// The failure of one file.
    pub fn file(path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        Self::File { path: path.into(), cause }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage { name, cause } => write!(f, "stage `{name}` failed: {cause}"),
            Self::Program { line, status } => write!(f, "`{line}` ended with {status}"),
            Self::Start { line, cause } => write!(f, "`{line}` did not start: {cause}"),
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::Missing(text) | Self::Found(text) => f.write_str(text),
        }
    }
}
