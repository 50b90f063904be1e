//! Both directions of one conversation. What comes in is read without a pause, so that nothing that happens meanwhile
//! can cut a frame in two; what goes out is sent whole, one frame after the other.

use std::pin::pin;
use std::sync::Arc;

use relais_core::Problem;
use relais_engine::Handle;
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::sync::{Mutex, mpsc};

use super::{BEAT, Reply, Request, receive, send};

/// What a command says: the next request, the reason why there will be none, or the end.
pub(super) type Heard = mpsc::Receiver<Result<Request, Problem>>;

/// The way to the command.
pub(super) struct Line<S> {
    to: Arc<Mutex<WriteHalf<S>>>,
}

impl<S> Clone for Line<S> {
    fn clone(&self) -> Self {
        Self { to: self.to.clone() }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    pub(super) fn new(to: WriteHalf<S>) -> Self {
        Self { to: Arc::new(Mutex::new(to)) }
    }

    pub(super) async fn send<T: Serialize>(&self, what: &T) -> Result<(), Problem> {
        send(&mut *self.to.lock().await, what).await
    }

    /// Does `work` and lets the command hear meanwhile that the engine lives: one that hangs is not heard of.
    pub(super) async fn living<T>(&self, engine: &Handle, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            let lives = async {
                tokio::time::sleep(BEAT).await;
                engine.settle().await
            };
            tokio::select! {
                done = &mut work => return done,
                lives = lives => if lives.is_err() {
                    return work.await;
                },
            }
            // A frame that has begun is sent to its end, also when the work is done before.
            let (mut beat, mut done) = (pin!(self.send(&Reply::Alive)), None);
            loop {
                tokio::select! {
                    // Who has gone hears no beat; the work notices.
                    _ = &mut beat => break,
                    result = &mut work, if done.is_none() => done = Some(result),
                }
            }
            if let Some(done) = done {
                return done;
            }
        }
    }
}

/// What the command says, and the reading of it, which has to run beside the conversation: see [`beside`].
pub(super) fn read<S: AsyncRead>(from: ReadHalf<S>) -> (Heard, impl Future<Output = ()>) {
    let (tell, heard) = mpsc::channel(1);
    (heard, read_all(from, tell))
}

async fn read_all<S: AsyncRead>(mut from: ReadHalf<S>, tell: mpsc::Sender<Result<Request, Problem>>) {
    while let Some(next) = receive::<Request>(&mut from).await.transpose() {
        let broken = next.is_err();
        // The conversation is over, or this was its last word.
        if tell.send(next).await.is_err() || broken {
            return;
        }
    }
}

/// Has the conversation to its end, reading meanwhile.
pub(super) async fn beside<T>(talk: impl Future<Output = T>, reading: impl Future<Output = ()>) -> T {
    let mut talk = pin!(talk);
    tokio::select! {
        done = &mut talk => return done,
        () = reading => {}
    }
    talk.await
}
