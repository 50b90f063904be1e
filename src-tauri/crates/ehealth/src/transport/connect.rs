//! Names to addresses, and what a failed connection means.

use std::error::Error;
use std::io;

use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::{AlertDescription, CertificateError};

use super::error::{BadAnswer, ProxyTrouble, TlsCause, TransportError};

/// What the way through a proxy fails with; the library gives the type no name of its own.
type TunnelError = <Tunnel<HttpConnector> as tower_service::Service<http::Uri>>::Error;

/// The system's resolver, with a failure that can be told from a refused connection.
#[derive(Debug)]
pub(super) struct Resolver;

#[derive(Debug, thiserror::Error)]
#[error("the name cannot be resolved")]
struct NameError(#[source] io::Error);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // Port 0 is replaced by the port of the address.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(NameError)?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}

/// Finds the cause that a person can act on in a failure of the HTTP client.
pub(super) fn explain(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::Timeout;
    }
    let known = causes(&error).find_map(|cause| {
        None.or_else(|| cause.downcast_ref().map(proxy))
            .or_else(|| cause.downcast_ref().map(|NameError(_)| TransportError::NameNotFound))
            .or_else(|| cause.downcast_ref().map(|tls| TransportError::Tls(handshake(tls))))
            .or_else(|| cause.downcast_ref().filter(|_| error.is_connect()).and_then(socket))
    });
    let unknown = if error.is_connect() {
        TransportError::Unreachable
    } else {
        TransportError::BadAnswer(BadAnswer::BrokenOff)
    };
    known.unwrap_or(unknown)
}

/// The chain of causes. An `io::Error` hides the error it carries from `source`, so it is opened here.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| match cause.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => cause.source(),
    })
}

fn proxy(error: &TunnelError) -> TransportError {
    TransportError::Proxy(match error {
        TunnelError::ProxyAuthRequired => ProxyTrouble::WantsPassword,
        TunnelError::ConnectFailed(_) => ProxyTrouble::Unreachable,
        _ => ProxyTrouble::Refused,
    })
}

/// A connection that ends before it stands: while it is opened, or in the middle of the handshake.
fn socket(error: &io::Error) -> Option<TransportError> {
    use io::ErrorKind::*;
    match error.kind() {
        // An error that carries another is judged by what it carries.
        _ if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => None,
        ConnectionReset | ConnectionAborted | BrokenPipe | UnexpectedEof => {
            Some(TransportError::Tls(TlsCause::Broken))
        }
        TimedOut => Some(TransportError::Timeout),
        _ => None,
    }
}

fn handshake(error: &rustls::Error) -> TlsCause {
    match error {
        rustls::Error::InvalidCertificate(why) => certificate(why),
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
        | rustls::Error::PeerIncompatible(_) => TlsCause::TooOld,
        _ => TlsCause::Broken,
    }
}

fn certificate(why: &CertificateError) -> TlsCause {
    use CertificateError::*;
    match why {
        Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => TlsCause::Dates,
        NotValidForName | NotValidForNameContext { .. } => TlsCause::WrongName,
        // Only our own verifier says this (see `tls::Judge`).
        ApplicationVerificationFailure => TlsCause::Inspected,
        _ => TlsCause::UnknownCa,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_inside_an_io_error_is_found() {
        let inner = rustls::Error::InvalidCertificate(CertificateError::Expired);
        let outer = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, inner));
        let found = causes(&outer).find_map(|cause| cause.downcast_ref::<rustls::Error>());
        assert_eq!(found.map(handshake), Some(TlsCause::Dates));
    }

    #[test]
    fn a_reset_that_carries_a_tls_error_is_judged_by_it() {
        let inner = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        assert_eq!(socket(&io::Error::new(io::ErrorKind::ConnectionReset, inner)), None);
        let bare = io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(socket(&bare), Some(TransportError::Tls(TlsCause::Broken)));
    }
}
