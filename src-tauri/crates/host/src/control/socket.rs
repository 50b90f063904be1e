//! The socket: below the user's runtime folder, for this user alone, and the other side is asked who it is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use relais_core::{Code, Problem};
use relais_engine::Handle;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::talk::{Caller, Reception};
use super::{MOST, Reply, WHOLE_WITHIN, send};
use crate::folders::{Folders, refused};
use crate::relais::Running;

/// Conversations at once; who comes then waits in the system's queue.
const MOST_CALLERS: usize = 32;
/// Pause after the system refused a conversation, for instance because too many files are open.
const AGAIN: Duration = Duration::from_millis(200);

fn path(folders: &Folders) -> PathBuf {
    folders.runtime.join("control")
}

/// A socket that listens until the engine ends; this is how its owner closes it before.
#[derive(Debug)]
pub struct Listening {
    reception: Reception,
    closing: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

/// Listens for commands. Only the owner of the folder may call this.
///
/// # Errors
/// The socket cannot be made: the folder refuses, or its path is too long for one.
pub fn serve(running: &Running) -> Result<Listening, Problem> {
    listen(running, Caller::Command)
}

/// As [`serve`], for a command that owns the folder for a moment: others may see and end the session meanwhile, and
/// sign in once they own the folder themselves.
///
/// # Errors
/// As [`serve`].
pub fn serve_meanwhile(running: &Running) -> Result<Listening, Problem> {
    listen(running, Caller::Meanwhile)
}

fn listen(running: &Running, caller: Caller) -> Result<Listening, Problem> {
    let (reception, engine) = (Reception::of(running), running.handle.clone());
    let path = path(&running.folders);
    let listener = bind(&path).map_err(|e| refused(&path, &e))?;
    let (closing, closed) = watch::channel(false);
    let end = End { closed, engine };
    let accepting = tokio::spawn(accept(listener, reception.clone(), caller, end));
    Ok(Listening { reception, closing, accepting })
}

impl Listening {
    /// Where the callers of this socket are attended to.
    #[must_use]
    pub fn reception(&self) -> Reception {
        self.reception.clone()
    }

    /// Takes no more callers, and comes back when those who were being attended to have their answers.
    pub async fn close(self) {
        // When the listening has broken there is nobody to tell.
        let _ = self.closing.send(true);
        if let Err(error) = self.accepting.await {
            tracing::error!(%error, "the control socket broke");
        }
    }
}

async fn accept(listener: UnixListener, reception: Reception, caller: Caller, mut end: End) {
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            () = end.come() => break,
            Some(_) = talks.join_next() => {}
            came = listener.accept(), if talks.len() < MOST_CALLERS => match came {
                Ok((stream, _)) => drop(talks.spawn(welcome(stream, reception.clone(), caller, end.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "a command could not be let in");
                    tokio::time::sleep(AGAIN).await;
                }
            },
        }
    }
    drop(listener);
    while talks.join_next().await.is_some() {}
}

/// When to stop listening: the owner says so, or the engine has ended.
#[derive(Clone)]
struct End {
    closed: watch::Receiver<bool>,
    engine: Handle,
}

impl End {
    async fn come(&mut self) {
        let mut states = self.engine.states();
        let closed = async {
            // An owner that forgot the socket never closes it.
            if self.closed.wait_for(|closed| *closed).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = closed => {}
            () = async { while states.changed().await.is_ok() {} } => {}
        }
    }
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

async fn welcome(stream: UnixStream, reception: Reception, caller: Caller, mut end: End) {
    let done =
        if ours(&stream) { reception.attend(stream, caller, end.come()).await } else { refuse(stream).await };
    if let Err(problem) = done {
        tracing::info!(%problem, "a command went away");
    }
}

/// Tells a stranger so. What they sent is read and dropped first: a socket closed over unread bytes takes the answer back.
async fn refuse(mut stream: UnixStream) -> Result<(), Problem> {
    send(&mut stream, &Reply::Failed(Code::CONTROL_PEER_REFUSED.into())).await?;
    stream.shutdown().await.map_err(|_| Problem::new(Code::CONTROL_SOCKET))?;
    let (mut rest, mut nowhere) = (stream.take(MOST as u64), tokio::io::sink());
    let dropped = tokio::io::copy(&mut rest, &mut nowhere);
    // A stranger who does not hang up is left standing.
    let _ = tokio::time::timeout(WHOLE_WITHIN, dropped).await;
    Ok(())
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
