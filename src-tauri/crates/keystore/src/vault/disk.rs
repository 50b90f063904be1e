//! Files that hold secrets: for this user alone, replaced as a whole, no link followed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Makes the folder for this user alone. One that is a link or somebody else's is refused, a wider one narrowed.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    made(folder)?;
    own_folder(folder)
}

/// Makes the folder and those above it that are missing, for this user alone and so that they survive a power cut:
/// what is written into one is of no use without its name.
pub fn made(folder: &Path) -> io::Result<()> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|one| !one.as_os_str().is_empty() && !one.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    missing.into_iter().filter_map(Path::parent).try_for_each(sync_names)
}

/// Waits until the names in a folder survive a power cut. One of somebody else may take a new name and not be read.
#[cfg(unix)]
fn sync_names(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder) {
        Err(refused) if refused.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        opened => opened?.sync_all(),
    }
}

#[cfg(not(unix))]
fn sync_names(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn own_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let open = open_folder(folder)?;
    let found = open.metadata()?;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the folder belongs to another user"));
    }
    if found.mode() & 0o777 != 0o700 {
        open.set_permissions(fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A link to a folder is not followed: opening it fails.
#[cfg(unix)]
fn open_folder(folder: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(folder, flags, Mode::empty())?.into())
}

/// On Windows the profile's own access list keeps others out; a link is refused all the same.
#[cfg(not(unix))]
fn own_folder(folder: &Path) -> io::Result<()> {
    if fs::symlink_metadata(folder)?.is_symlink() {
        return Err(io::Error::other("the folder is a link"));
    }
    Ok(())
}

/// Writes a file as a whole: after a crash the old one or the new one is there. A link in its place is replaced,
/// never followed.
pub fn replace(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    written(folder, bytes)?.persist(file).map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Writes a file only if there is none; says whether it did.
pub fn create(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<bool> {
    match written(folder, bytes)?.persist_noclobber(file) {
        Ok(_) => sync_folder(folder).map(|()| true),
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(refused.error),
    }
}

fn written(folder: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    // The library makes it 0600, whatever the umask, and removes it when it is not persisted.
    let mut fresh = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    fresh.write_all(bytes)?;
    fresh.as_file().sync_all()?;
    Ok(fresh)
}

/// A file whose bytes are on the disk and that has no name yet. It goes away unless it gets one.
pub struct Fresh {
    folder: PathBuf,
    file: tempfile::NamedTempFile,
}

impl Fresh {
    /// Writes it, for this user alone. The folder may be anybody's, and may be reached by a link.
    pub fn written(folder: &Path, bytes: &[u8]) -> io::Result<Self> {
        Ok(Self { folder: folder.to_owned(), file: written(folder, bytes)? })
    }

    /// What is there, as somebody else would read it.
    pub fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.reopen()?.take(most + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Those who may read the file that it replaces may go on reading it.
    pub fn allow_as(&self, other: &fs::Metadata) -> io::Result<()> {
        self.file.as_file().set_permissions(other.permissions())
    }

    /// Gives it a name that nobody has; says whether it could. After an error no file has that name.
    pub fn create(self, file: &Path) -> io::Result<bool> {
        match self.file.persist_noclobber(file) {
            Ok(_) => match sync_names(&self.folder) {
                // Shares of other systems know no such waiting.
                Err(cause)
                    if !matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
                {
                    fs::remove_file(file).and(Err(cause))
                }
                _ => Ok(true),
            },
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(refused) => Err(refused.error),
        }
    }

    /// Gives it the name of another file, which is gone then. After an error the other file is there.
    pub fn replace(self, file: &Path) -> io::Result<()> {
        self.file.persist(file).map_err(|refused| refused.error)?;
        // It is done, and after a power cut one of the two is there: nobody is told that it failed.
        let _ = sync_names(&self.folder);
        Ok(())
    }
}

/// Waits until the names in a folder of our own survive a power cut.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    open_folder(folder)?.sync_all()
}

/// Windows keeps the names of its files itself.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Reads a plain file of at most `most` bytes in a folder of our own; `None` if there is none. No link is followed.
pub fn read(folder: &Path, file: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let opened = match own_folder(folder).and_then(|()| open_plain(file)) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = Vec::new();
    opened.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than such a file can be"));
    }
    Ok(Some(bytes))
}

fn open_plain(file: &Path) -> io::Result<File> {
    #[cfg(unix)]
    let opened = {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        File::from(rustix::fs::open(file, flags, Mode::empty())?)
    };
    #[cfg(not(unix))]
    let opened = if fs::symlink_metadata(file)?.is_symlink() {
        return Err(io::Error::other("the file is a link"));
    } else {
        File::open(file)?
    };
    if opened.metadata()?.is_file() { Ok(opened) } else { Err(io::Error::other("not a plain file")) }
}

/// Names of what lies in the folder; none if there is no folder.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let listing = match fs::read_dir(folder) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    listing.filter_map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).transpose()).collect()
}

/// Removes a file; that there is none is fine.
pub fn remove(folder: &Path, file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(cause),
        Ok(()) => sync_folder(folder),
    }
}
