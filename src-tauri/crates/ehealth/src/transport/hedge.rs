//! One request, several endpoints: connections are opened one after the other, the request is written to the first
//! that stands.
//!
//! A connection counts once the server has proven who it is. The gate stands behind the handshake, so the others have
//! not been told a byte when one has won.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use reqwest::{RequestBuilder, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::connect;
use super::error::TransportError;

/// How long one endpoint may keep the next one waiting. Ours: a slow line gets its time, and a dead endpoint costs less
/// than the 4 s of docs/reference/performance.md, P9.
pub(super) const HEDGE: Duration = Duration::from_secs(3);

tokio::task_local! {
    static GATE: Gate;
}

/// Who may write: one number of one race.
#[derive(Clone)]
struct Gate {
    number: usize,
    winner: Arc<OnceLock<usize>>,
}

/// One race, which can be looked at also when it was cut short.
#[derive(Default)]
pub(super) struct Race {
    winner: Arc<OnceLock<usize>>,
    /// Endpoints that could not be reached, in the order of their failures.
    pub unreached: Vec<(usize, TransportError)>,
}

/// Lets a request of a race write on its connection only if none of the others did.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstOnly;

/// A connector behind the gate.
#[derive(Debug, Clone)]
pub(super) struct Gated<S>(S);

#[derive(Debug, thiserror::Error)]
#[error("another endpoint was faster")]
struct Outrun;

impl<S> Layer<S> for FirstOnly {
    type Service = Gated<S>;

    fn layer(&self, inner: S) -> Gated<S> {
        Gated(inner)
    }
}

impl<S, R> Service<R> for Gated<S>
where
    S: Service<R, Error = Box<dyn std::error::Error + Send + Sync>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, to: R) -> Self::Future {
        let gate = GATE.try_with(Gate::clone);
        let connecting = self.0.call(to);
        Box::pin(async move {
            let connection = connecting.await?;
            match gate {
                Ok(gate) if !gate.passes() => Err(Outrun.into()),
                _ => Ok(connection),
            }
        })
    }
}

impl Gate {
    fn passes(&self) -> bool {
        *self.winner.get_or_init(|| self.number) == self.number
    }
}

impl Race {
    /// Which of the endpoints may have been told something.
    pub(super) fn written_to(&self) -> Option<usize> {
        self.winner.get().copied()
    }

    /// Sends the first of these requests whose connection stands. The next is begun when one fails, or after
    /// [`HEDGE`].
    pub(super) async fn run(
        &mut self,
        requests: Vec<Result<RequestBuilder, TransportError>>,
    ) -> Result<Response, TransportError> {
        let winner = self.winner.clone();
        let mut begin = requests
            .into_iter()
            .enumerate()
            .map(|(number, request)| {
                let gate = Gate { number, winner: winner.clone() };
                async move { (number, GATE.scope(gate, send(request)).await) }
            })
            .peekable();
        let mut running: FuturesUnordered<_> = begin.next().into_iter().collect();
        loop {
            let more = self.written_to().is_none() && begin.peek().is_some();
            let done = tokio::select! {
                done = running.next() => done,
                () = tokio::time::sleep(HEDGE), if more => {
                    running.extend(begin.next());
                    continue;
                }
            };
            match (done, self.written_to()) {
                (Some((number, answer)), Some(first)) if number == first => return answer,
                (Some((number, Err(error))), None) => {
                    self.unreached.push((number, error));
                    running.extend(begin.next());
                }
                // Outrun, or too late to matter.
                (Some(_), _) => {}
                (None, _) => return Err(self.nobody()),
            }
        }
    }

    /// Nobody could be reached: what the first endpoint in the order says counts.
    fn nobody(&self) -> TransportError {
        let first = self.unreached.iter().min_by_key(|(number, _)| *number);
        first.map_or(TransportError::Unreachable, |(_, error)| error.clone())
    }
}

async fn send(request: Result<RequestBuilder, TransportError>) -> Result<Response, TransportError> {
    request?.send().await.map_err(connect::explain)
}
