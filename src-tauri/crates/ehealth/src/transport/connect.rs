//! What a failed connection means.

use std::error::Error;
use std::io;

use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use rustls::{AlertDescription, CertificateError};

use super::error::{BadAnswer, ProxyTrouble, TlsCause, TransportError};

/// What the way through a proxy fails with; the library gives the type no name of its own.
type TunnelError = <Tunnel<HttpConnector> as tower_service::Service<http::Uri>>::Error;

/// Finds the cause that a person can act on in a failure of the HTTP client.
pub(super) fn explain(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::Timeout;
    }
    let known = causes(&error).find_map(|cause| {
        None.or_else(|| cause.downcast_ref().map(proxy))
            .or_else(|| cause.downcast_ref().map(|tls| TransportError::Tls(handshake(tls))))
            .or_else(|| cause.downcast_ref().filter(|_| error.is_connect()).and_then(socket))
    });
    let unknown = if error.is_dns() {
        TransportError::NameNotFound
    } else if error.is_connect() {
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

    /// Knows no name at all.
    struct Nobody;

    impl reqwest::dns::Resolve for Nobody {
        fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
            Box::pin(async { Err(io::Error::other("no such name").into()) })
        }
    }

    #[tokio::test]
    async fn a_name_without_address_is_told_from_a_server_that_is_gone() {
        let tls =
            rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth();
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
        let client = client.dns_resolver(std::sync::Arc::new(Nobody)).build().unwrap();
        let error = client.get("http://sts.test/").send().await.unwrap_err();
        assert_eq!(explain(error), TransportError::NameNotFound);
    }

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
