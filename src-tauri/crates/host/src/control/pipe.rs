//! Both ends of a conversation inside this process. What has been read is wiped: PINs and passwords pass here.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use zeroize::Zeroize;

/// Bytes on their way; more than the longest frame, so its place never moves.
const ROOM: usize = 128 * 1024;

/// One direction.
struct Lane {
    bytes: VecDeque<u8>,
    closed: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Lane {
    fn new() -> Shared {
        let bytes = VecDeque::with_capacity(ROOM);
        Arc::new(Mutex::new(Self { bytes, closed: false, reader: None, writer: None }))
    }

    fn wake(&mut self) {
        [self.reader.take(), self.writer.take()].into_iter().flatten().for_each(Waker::wake);
    }

    fn close(&mut self) {
        self.closed = true;
        self.wake();
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let (front, back) = self.bytes.as_mut_slices();
        front.zeroize();
        back.zeroize();
    }
}

type Shared = Arc<Mutex<Lane>>;

fn lock(lane: &Shared) -> MutexGuard<'_, Lane> {
    lane.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One end of the conversation; the other is told when it is dropped.
pub struct Pipe {
    inward: Shared,
    outward: Shared,
}

/// Two ends that speak with each other.
#[must_use]
pub fn pipe() -> (Pipe, Pipe) {
    let (one, other) = (Lane::new(), Lane::new());
    (Pipe { inward: one.clone(), outward: other.clone() }, Pipe { inward: other, outward: one })
}

impl AsyncRead for Pipe {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut lane = lock(&self.inward);
        if lane.bytes.is_empty() && !lane.closed {
            lane.reader = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let count = lane.bytes.len().min(to.remaining());
        for byte in lane.bytes.range_mut(..count) {
            to.put_slice(&[*byte]);
            byte.zeroize();
        }
        lane.bytes.drain(..count);
        lane.wake();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let mut lane = lock(&self.outward);
        if lane.closed {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let count = (ROOM - lane.bytes.len()).min(from.len());
        if count == 0 && !from.is_empty() {
            lane.writer = Some(cx.waker().clone());
            return Poll::Pending;
        }
        lane.bytes.extend(&from[..count]);
        lane.wake();
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        lock(&self.outward).close();
        Poll::Ready(Ok(()))
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        lock(&self.inward).close();
        lock(&self.outward).close();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn what_is_said_arrives_and_the_end_is_told() {
        let (mut one, mut other) = pipe();
        one.write_all(b"73519264").await.unwrap();
        let mut taken = [0; 8];
        other.read_exact(&mut taken).await.unwrap();
        assert_eq!(&taken, b"73519264");
        drop(one);
        assert_eq!(other.read(&mut taken).await.unwrap(), 0);
        assert!(other.write_all(b"x").await.is_err());
    }

    #[tokio::test]
    async fn more_than_there_is_room_for_arrives_whole_and_in_order() {
        let (mut one, mut other) = pipe();
        let sent: Vec<u8> = (0..3 * ROOM).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let expected = sent.clone();
        let writing = tokio::spawn(async move { one.write_all(&sent).await });
        let mut taken = vec![];
        other.read_to_end(&mut taken).await.unwrap();
        writing.await.unwrap().unwrap();
        assert!(taken == expected);
    }
}
