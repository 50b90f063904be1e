//! The socket: below the user's runtime folder, for this user alone, and the other side is asked who it is.

use std::path::{Path, PathBuf};

use relais_core::{Code, Problem};
use relais_engine::Handle;
use tokio::net::{UnixListener, UnixStream};

use super::{Reply, attend, send};
use crate::folders::{Folders, refused};

fn path(folders: &Folders) -> PathBuf {
    folders.runtime.join("control")
}

/// Listens for commands until the engine ends. Only the owner of the folder may call this.
pub fn serve(folders: &Folders, engine: Handle) -> Result<tokio::task::JoinHandle<()>, Problem> {
    let path = path(folders);
    let listener = bind(&path).map_err(|e| refused(&path, &e))?;
    Ok(tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(welcome(stream, engine.clone()));
        }
    }))
}

/// A socket that an owner left behind is taken away: we hold the owner's lock.
fn bind(path: &Path) -> std::io::Result<UnixListener> {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    // The folder has mode 0700, so nobody else gets in between these two lines.
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

async fn welcome(mut stream: UnixStream, engine: Handle) {
    let done = if ours(&stream) {
        attend(stream, engine).await
    } else {
        send(&mut stream, &Reply::Failed(Code::CONTROL_PEER_REFUSED.into())).await
    };
    if let Err(problem) = done {
        tracing::info!(%problem, "a command went away");
    }
}

/// The other side runs as the user we run as.
fn ours(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == rustix::process::geteuid().as_raw())
}

/// The owner of the folder, if there is one that listens.
pub async fn connect(folders: &Folders) -> Option<UnixStream> {
    let stream = UnixStream::connect(path(folders)).await.ok()?;
    ours(&stream).then_some(stream)
}
