//! HTTPS on loopback: connections, limits, and the faults that strike before the STS has a say.
//!
//! Connections are not kept, so that a fault strikes the next request and not the next connection.

mod door;
mod flow;
mod raw;
mod reply;
mod tls;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub(crate) use door::Door;
pub(crate) use flow::Flow;
pub use reply::{Asked, Exchange};
pub(crate) use reply::{Heard, LARGEST, PATH, StsHandler, dated, is_xml, sts, text, xml};
pub(crate) use tls::Certificates;
pub use tls::TlsError;

use super::faults::{Fault, Faults, Layer, Step};

/// Pause after the system refused to listen or to accept.
const LISTEN_AGAIN: Duration = Duration::from_millis(50);

/// Answers one request.
pub(crate) trait Handler: Clone + Send + Sync + 'static {
    fn handle(&self, request: Request<Incoming>) -> impl Future<Output = Response<Flow>> + Send;
}

/// Serves until it is dropped. With a `door` it stops listening while that is shut; with `faults`, connections go wrong as
/// planned.
pub(crate) async fn serve<H: Handler>(
    listener: TcpListener,
    certificates: Arc<Certificates>,
    door: Option<Door>,
    faults: Option<Faults>,
    handler: H,
) {
    let Some(door) = door else {
        let mut connections = JoinSet::new();
        return accept(&listener, &mut connections, &certificates, faults.as_ref(), &handler).await;
    };
    let Ok(address) = listener.local_addr() else { return };
    let mut listener = Some(listener);
    let _gone = Gone(door.clone());
    loop {
        let open = match listener.take() {
            Some(open) => open,
            None => listen_again(address).await,
        };
        door.is(Some(false));
        let mut connections = JoinSet::new();
        tokio::select! {
            () = accept(&open, &mut connections, &certificates, faults.as_ref(), &handler) => {}
            () = door.until(true) => {}
        }
        drop(open);
        connections.shutdown().await;
        door.is(Some(true));
        door.until(false).await;
    }
}

/// Tells that nobody listens any more.
struct Gone(Door);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.is(None);
    }
}

async fn listen_again(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(refused) => tracing::warn!(%refused, "the sandbox cannot listen again yet"),
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

async fn accept<H: Handler>(
    listener: &TcpListener,
    connections: &mut JoinSet<()>,
    certificates: &Arc<Certificates>,
    faults: Option<&Faults>,
    handler: &H,
) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most likely: connections that end give some back.
            tokio::time::sleep(LISTEN_AGAIN).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let fault = faults.and_then(|faults| faults.strike(Layer::Connection, Step::Any));
        connections.spawn(connection(stream, certificates.clone(), fault, handler.clone()));
    }
}

async fn connection<H: Handler>(
    stream: TcpStream,
    certificates: Arc<Certificates>,
    fault: Option<Fault>,
    handler: H,
) {
    let ended = match fault {
        Some(Fault::TlsReset) => raw::reset(stream).await,
        Some(Fault::TlsTooOld) => raw::tls_1_1(stream).await,
        Some(Fault::ChunkedGarbage) => raw::garbage(stream, &certificates).await,
        other => exchange(stream, &certificates, other.as_ref(), handler).await,
    };
    if let Err(because) = ended {
        tracing::debug!(%because, "a connection to the sandbox ended early");
    }
}

async fn exchange<H: Handler>(
    stream: TcpStream,
    certificates: &Certificates,
    fault: Option<&Fault>,
    handler: H,
) -> std::io::Result<()> {
    let stream = certificates.acceptor(fault).accept(stream).await?;
    let service = service_fn(move |request| {
        let handler = handler.clone();
        async move { Ok::<_, Infallible>(handler.handle(request).await) }
    });
    let mut http = http1::Builder::new();
    http.keep_alive(false).auto_date_header(false);
    http.serve_connection(TokioIo::new(stream), service).await.map_err(std::io::Error::other)
}
