//! A sandbox for one test, and a plain HTTPS client that sends exactly what it is told.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::platform::{Ports, Served};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// When every test begins.
pub fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

/// Keys take seconds to make, so one world is founded for all tests and copied for each.
static FOUNDED: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let world = World::open(dir.path(), TurnedClock::standing_at(noon())).unwrap();
    for model in [Model::V17, Model::V18] {
        world.card(world.people().doctor(), model).unwrap();
    }
    dir
});

/// A world of one's own, standing at noon, and its endpoints.
pub struct Sandbox {
    pub world: World,
    pub served: Served,
    pub dir: TempDir,
}

impl Sandbox {
    pub async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(FOUNDED.path(), dir.path());
        let world = World::open(dir.path(), TurnedClock::standing_at(noon())).unwrap();
        let served = world.serve(Ports::default()).await.unwrap();
        Self { world, served, dir }
    }

    /// Sends a message to the STS as SOAP 1.1 wants it.
    pub async fn post(&self, action: &str, message: &[u8]) -> Reply {
        let action = format!("\"urn:be:fgov:ehealth:sts:protocol:v1:{action}\"");
        let headers = [("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", &action)];
        self.request(self.served.sts_url(), "POST", &headers, message).await
    }

    /// Sends any request to any endpoint of the sandbox.
    pub async fn request(&self, url: &str, method: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let (host, path) = url.strip_prefix("https://").unwrap().split_once('/').unwrap();
        let mut head =
            format!("{method} /{path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head += &format!("Host: {host}\r\n");
        }
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        let message = [head.as_bytes(), b"\r\n", body].concat();
        let mut stream = self.connect(host).await;
        stream.write_all(&message).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        Reply::read(&answer)
    }

    async fn connect(&self, host: &str) -> tokio_rustls::client::TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        let root = self.world.authorities().tls_root.certificate.to_der().unwrap();
        roots.add(CertificateDer::from(root)).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let stream = TcpStream::connect(host).await.unwrap();
        tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
    }
}

/// An HTTP answer.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    fn read(answer: &[u8]) -> Self {
        let text = String::from_utf8(answer.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The text between two marks, which must be there.
    pub fn between(&self, from: &str, to: &str) -> &str {
        let (_, rest) =
            self.body.split_once(from).unwrap_or_else(|| panic!("{from} is not in {}", self.body));
        rest.split_once(to).unwrap().0
    }

    /// Code of the SOAP fault this is, after checking that it is a whole one.
    pub fn fault(&self) -> &str {
        assert_eq!(self.status, 500, "{}", self.body);
        assert!(self.head.contains("text/xml; charset=utf-8"), "{}", self.head);
        assert_eq!(self.between(" Id=\"", "\"").len(), 32, "every fault has a ticket");
        self.between("<Code>", "</Code>")
    }

    /// The assertion, byte for byte.
    pub fn assertion(&self) -> String {
        let inside = self.between("<wst:RequestedSecurityToken>", "</wst:RequestedSecurityToken>");
        assert_eq!(self.status, 200);
        inside.to_owned()
    }

    /// The challenge.
    pub fn challenge(&self) -> &str {
        self.between("<wst:Challenge>", "</wst:Challenge>")
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
