//! A server on this PC for one connection or many, and what it was told.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use relais_ehealth::transport::Url;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::pki::{Authority, Leaf};

/// A server and all it was told.
pub struct Server {
    pub address: SocketAddr,
    pub told: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    pub async fn listening() -> (TcpListener, Self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        (listener, Self { address, told: Arc::default() })
    }

    /// Speaks TLS with this certificate, reads one request, and lets `answer` go on from there.
    pub async fn tls<F>(leaf: Leaf, answer: impl FnOnce(TlsStream<TcpStream>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let (listener, server) = Self::listening().await;
        let acceptor = acceptor(&leaf);
        let told = server.told.clone();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            read_request(&mut stream, &told).await;
            answer(stream).await;
        });
        server
    }

    /// As [`Self::tls`], with one fixed answer.
    pub async fn answering(authority: &Authority, answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::tls(authority.good_leaf(), |mut stream| async move {
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        })
        .await
    }

    /// Answers one request after the other, each on a connection of its own.
    pub async fn serving(leaf: &Leaf, mut answer: impl FnMut(&str) -> Vec<u8> + Send + 'static) -> Self {
        let (listener, server) = Self::listening().await;
        let acceptor = acceptor(leaf);
        let told = server.told.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let request = Mutex::default();
                read_request(&mut stream, &request).await;
                let request = request.into_inner().unwrap();
                told.lock().unwrap().extend_from_slice(&request);
                let _ = stream.write_all(&answer(&String::from_utf8_lossy(&request))).await;
                let _ = stream.shutdown().await;
            }
        });
        server
    }

    /// No TLS: reads what comes first, and lets `answer` go on from there.
    pub async fn plain<F>(answer: impl FnOnce(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let (listener, server) = Self::listening().await;
        let told = server.told.clone();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut first = vec![0; 4096];
            let count = stream.read(&mut first).await.unwrap_or(0);
            told.lock().unwrap().extend_from_slice(&first[..count]);
            answer(stream).await;
        });
        server
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("https://{}/IAM/SecurityTokenService/v1", self.address)).unwrap()
    }

    pub fn told(&self) -> String {
        String::from_utf8_lossy(&self.told.lock().unwrap()).into_owned()
    }
}

pub fn acceptor(leaf: &Leaf) -> TlsAcceptor {
    let chain = vec![CertificateDer::from(leaf.certificate.to_der().unwrap())];
    let key = PrivatePkcs8KeyDer::from(leaf.key.private_key_to_pkcs8().unwrap());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Head and body of one request, by its Content-Length.
pub async fn read_request(stream: &mut TlsStream<TcpStream>, told: &Mutex<Vec<u8>>) {
    let mut chunk = vec![0; 4096];
    while !is_whole(&told.lock().unwrap()) {
        match stream.read(&mut chunk).await {
            Ok(count) if count > 0 => told.lock().unwrap().extend_from_slice(&chunk[..count]),
            _ => return,
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .to_ascii_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// An HTTP answer with its length.
pub fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}
