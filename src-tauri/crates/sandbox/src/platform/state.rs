//! The folder a sandbox keeps its inventions in: only its owner may enter, every file is whole or absent.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use openssl::error::ErrorStack;

/// A state folder that cannot be made, read or understood.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// A file or folder refused.
    #[error("the sandbox cannot use {path}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        #[source]
        because: std::io::Error,
    },
    /// A key or certificate could not be made or read.
    #[error("a key or certificate of the sandbox cannot be made or read")]
    Crypto(#[from] ErrorStack),
    /// A keystore could not be written.
    #[error("a keystore of the sandbox cannot be written")]
    Keystore(#[from] p12_keystore::error::Error),
    /// The authorities of cards could not be made or read.
    #[error("the authorities of cards cannot be made or read")]
    Card(#[from] crate::eid::StoreError),
    /// A file of the state folder says something the sandbox never wrote.
    #[error("{path} is not what the sandbox wrote")]
    Foreign {
        /// Which one.
        path: PathBuf,
    },
    /// A certificate outlives the calendar.
    #[error("the clock of the sandbox stands too near the end of the calendar")]
    Calendar(#[from] jiff::Error),
}

/// A folder of mode 0700.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder and makes it if need be; its parents are made with the caller's umask. Its path is absolute
    /// from now on: a profile names files in it and is read from anywhere.
    pub fn open(path: &Path) -> Result<Self, StateError> {
        let refused = |because| StateError::File { path: path.to_owned(), because };
        let whole = std::path::absolute(path).map_err(refused)?;
        fs::create_dir_all(&whole).map_err(refused)?;
        close(&whole, 0o700).map_err(refused)?;
        Ok(Self(whole))
    }

    /// A folder inside this one.
    pub fn inner(&self, name: &str) -> Result<Self, StateError> {
        Self::open(&self.0.join(name))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Reads a file; one that is not there is no error.
    pub fn read(&self, name: &str) -> Result<Option<String>, StateError> {
        let path = self.0.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(absent) if absent.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(because) => Err(StateError::File { path, because }),
        }
    }

    /// Writes a file of mode 0600 beside its place and moves it there.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StateError> {
        let path = self.0.join(name);
        let beside = self.0.join(format!(".{name}.new"));
        written(&beside, bytes)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|because| StateError::File { path: path.clone(), because })?;
        Ok(path)
    }
}

/// Held while a folder is founded: whoever opens it at the same time waits, and finds what was founded.
pub(crate) struct Founding {
    _lock: fs::File,
}

impl Folder {
    /// Waits until nobody else founds this folder.
    pub fn founding(&self) -> Result<Founding, StateError> {
        let path = self.0.join("founding.lock");
        let locked = || -> std::io::Result<fs::File> {
            let lock = private(&path)?;
            lock.lock()?;
            Ok(lock)
        };
        locked()
            .map(|lock| Founding { _lock: lock })
            .map_err(|because| StateError::File { path: path.clone(), because })
    }
}

/// Held while the endpoints of a folder are served.
pub(crate) struct Serving {
    _lock: fs::File,
}

impl Folder {
    /// Keeps others from serving this folder; `None` where somebody serves it.
    pub fn serving(&self) -> Result<Option<Serving>, StateError> {
        let path = self.0.join("serving.lock");
        let refused = |because| StateError::File { path: path.clone(), because };
        let lock = private(&path).map_err(refused)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Serving { _lock: lock })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(because)) => Err(StateError::File { path, because }),
        }
    }

    /// A world was founded here, whole or in part.
    #[must_use]
    pub fn founded(state: &Path) -> bool {
        state.join("founding.lock").is_file()
    }
}

/// Opens a file of mode 0600 for writing, made if need be.
pub(crate) fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    close(path, 0o600)?;
    Ok(file)
}

fn written(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = private(path)?;
    file.set_len(0)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn close(path: &Path, mode: u32) -> std::io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere the profile folder of the user is closed to others already.
#[cfg(not(unix))]
fn close(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_owner_may_read_what_the_sandbox_keeps() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(&dir.path().join("state")).unwrap();
        let file = folder.write("key.pem", b"secret").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&file)), (0o700, 0o600));
        assert_eq!(folder.read("key.pem").unwrap().as_deref(), Some("secret"));
        assert_eq!(folder.read("other.pem").unwrap(), None);
    }
}
