//! Bodies of answers: whole, or going wrong on the way.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::Interval;

/// How a body reaches the client.
pub(crate) enum Flow {
    /// At once.
    Whole(Option<Bytes>),
    /// Half of it; then the connection ends.
    CutOff { half: Option<Bytes>, announced: u64 },
    /// One byte a second.
    Drip { left: Bytes, pace: Interval },
    /// Blanks for ever.
    Endless,
}

/// What an endless body sends at a time.
static BLANKS: [u8; 16 * 1024] = [b' '; 16 * 1024];

impl Flow {
    pub fn whole(bytes: impl Into<Bytes>) -> Self {
        Self::Whole(Some(bytes.into()))
    }

    pub fn cut_off(bytes: impl Into<Bytes>) -> Self {
        let bytes: Bytes = bytes.into();
        Self::CutOff { half: Some(bytes.slice(..bytes.len() / 2)), announced: bytes.len() as u64 }
    }

    pub fn drip(bytes: impl Into<Bytes>) -> Self {
        Self::Drip { left: bytes.into(), pace: tokio::time::interval(Duration::from_secs(1)) }
    }
}

impl Body for Flow {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let piece = match self.get_mut() {
            Self::Whole(bytes) => bytes.take(),
            Self::CutOff { half, .. } => {
                let first = half.take();
                if first.is_none() {
                    return Poll::Ready(Some(Err(ErrorKind::ConnectionAborted.into())));
                }
                first
            }
            Self::Drip { left, pace } => {
                ready!(pace.poll_tick(context));
                (!left.is_empty()).then(|| left.split_to(1))
            }
            Self::Endless => Some(Bytes::from_static(&BLANKS)),
        };
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Self::CutOff { announced, .. } => SizeHint::with_exact(*announced),
            Self::Drip { left, .. } => SizeHint::with_exact(left.len() as u64),
            Self::Endless => SizeHint::default(),
        }
    }
}
