//! Where Relais keeps its files: one folder per environment, readable by this user only.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use relais_core::environment::EnvironmentName;
use relais_core::{Code, Problem};

use crate::file::Unreadable;

/// The folders of one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// `<data>/relais`, common to all environments.
    pub root: PathBuf,
    /// `<data>/relais/<environment>`: database, leases, install key, trusted-time mark.
    pub environment: PathBuf,
    /// Where the control socket stands.
    pub runtime: PathBuf,
}

impl Folders {
    /// The folders below `root` (or the user's data folder), made if missing.
    pub fn open(root: Option<&Path>, environment: &EnvironmentName) -> Result<Self, Problem> {
        let root = self::root(root)?;
        let folder = root.join(environment.as_str());
        private(&root).and_then(|()| private(&folder)).map_err(|e| refused(&folder, &e))?;
        // Only now: the way to a folder is followed to its end where there is one.
        let found = Self::of(root, folder);
        private(&found.runtime).map_err(|e| refused(&found.runtime, &e))?;
        Ok(found)
    }

    /// The same folders for whoever only looks: none is made.
    pub fn find(root: Option<&Path>, environment: &EnvironmentName) -> Result<Self, Problem> {
        let root = self::root(root)?;
        let folder = root.join(environment.as_str());
        Ok(Self::of(root, folder))
    }

    fn of(root: PathBuf, environment: PathBuf) -> Self {
        let runtime = runtime(&environment);
        Self { root, environment, runtime }
    }
}

/// The folder common to all environments: the one given, or the user's.
pub fn root(given: Option<&Path>) -> Result<PathBuf, Problem> {
    if let Some(given) = given {
        let whole = std::path::absolute(given).map_err(|e| refused(given, &e))?;
        // A file of that name would be told as something that is missing below it.
        let file = whole.metadata().is_ok_and(|found| !found.is_dir());
        return if file { Err(refused(&whole, &io::ErrorKind::NotADirectory.into())) } else { Ok(whole) };
    }
    let dirs = directories::BaseDirs::new().ok_or_else(|| Problem::new(Code::DATA_FOLDER))?;
    Ok(dirs.data_local_dir().join("relais"))
}

/// Below the user's runtime folder where the system has one; a socket's path must be short.
fn runtime(environment: &Path) -> PathBuf {
    match directories::BaseDirs::new().as_ref().and_then(|dirs| dirs.runtime_dir()) {
        Some(dir) if dir.is_dir() => dir.join(room_of(environment)),
        _ => environment.join("run"),
    }
}

/// Name of the folder below the user's runtime folder. Every way to the same folder, and every build of Relais, leads
/// to the same name: a command must find the owner that another version is.
fn room_of(environment: &Path) -> String {
    let path = environment.canonicalize().unwrap_or_else(|_| environment.to_owned());
    let digest = openssl::sha::sha256(path.as_os_str().as_encoded_bytes());
    let prefix: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("relais-{prefix}")
}

/// Makes `folder` for this user alone; one that exists is narrowed, a link is refused.
pub fn private(folder: &Path) -> io::Result<()> {
    relais_keystore::vault::folder_made(folder)?;
    if fs::symlink_metadata(folder)?.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the folder is a link"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A file or folder that cannot be used, with its name for the person.
pub(crate) fn refused(path: &Path, error: &io::Error) -> Problem {
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DISK_FULL,
        _ => Code::DATA_FOLDER,
    };
    let reason = match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "no-folder",
        _ => Unreadable::of(error).0,
    };
    Problem::new(code).with("file", path.display()).with("reason", reason)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_folders_are_for_this_user_alone() {
        let temp = tempfile::tempdir().unwrap();
        let name = EnvironmentName::parse("sandbox").unwrap();
        let folders = Folders::open(Some(&temp.path().join("data")), &name).unwrap();
        for folder in [&folders.root, &folders.environment, &folders.runtime] {
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn every_way_to_a_folder_leads_to_the_same_socket_in_every_build() {
        assert_eq!(room_of(Path::new("/no/such/data/sandbox")), "relais-f50a2ebb00950b0f");
        let temp = tempfile::tempdir().unwrap();
        let real = temp.path().join("real");
        fs::create_dir_all(real.join("sandbox")).unwrap();
        std::os::unix::fs::symlink(&real, temp.path().join("link")).unwrap();
        let other = room_of(&temp.path().join("link").join("sandbox"));
        assert_eq!(room_of(&real.join("sandbox")), other);
    }

    #[test]
    fn a_link_in_place_of_the_folder_is_refused() {
        let temp = tempfile::tempdir().unwrap();
        let name = EnvironmentName::parse("sandbox").unwrap();
        fs::create_dir_all(temp.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(temp.path().join("elsewhere"), temp.path().join("sandbox")).unwrap();
        assert_eq!(Folders::open(Some(temp.path()), &name).unwrap_err().code, Code::DATA_FOLDER);
    }
}
