//! TLS of the sandbox: one right certificate and three wrong ones.

use std::sync::Arc;

use openssl::x509::X509;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

use crate::platform::authority::Authorities;
use crate::platform::faults::Fault;
use crate::x509::Authority;

/// A certificate that TLS does not take.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// It cannot be read.
    #[error("a TLS certificate of the sandbox cannot be read")]
    Crypto(#[from] openssl::error::ErrorStack),
    /// rustls refuses it.
    #[error("rustls refuses a certificate of the sandbox")]
    Rustls(#[from] rustls::Error),
}

/// What the server can show.
pub(crate) struct Certificates {
    right: TlsAcceptor,
    expired: TlsAcceptor,
    elsewhere: TlsAcceptor,
    unknown: TlsAcceptor,
}

impl Certificates {
    pub fn new(authorities: &Authorities) -> Result<Self, TlsError> {
        let root = &authorities.tls_root.certificate;
        Ok(Self {
            right: acceptor(&authorities.tls, root)?,
            expired: acceptor(&authorities.tls_expired, root)?,
            elsewhere: acceptor(&authorities.tls_elsewhere, root)?,
            unknown: acceptor(&authorities.tls_unknown, root)?,
        })
    }

    pub fn acceptor(&self, fault: Option<&Fault>) -> &TlsAcceptor {
        match fault {
            Some(Fault::TlsExpired) => &self.expired,
            Some(Fault::TlsWrongName) => &self.elsewhere,
            Some(Fault::TlsUnknownCa) => &self.unknown,
            _ => &self.right,
        }
    }
}

fn acceptor(server: &Authority, root: &X509) -> Result<TlsAcceptor, TlsError> {
    let chain =
        vec![CertificateDer::from(server.certificate.to_der()?), CertificateDer::from(root.to_der()?)];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server.key.private_key_to_pkcs8()?));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
