//! The hand at the readers of a sandbox that runs in another process: its control endpoint.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Whoever may read the token of a sandbox and so reaches its control endpoint.
pub struct Hand {
    address: String,
    token: String,
    root: PathBuf,
}

impl Hand {
    /// The hand in the sandbox of this world. Each start of the sandbox needs a new one.
    pub fn in_world(folder: &Path) -> Self {
        let profile =
            std::fs::read_to_string(folder.join("profile.toml")).expect("the sandbox wrote its profile");
        let profile: toml::Table = profile.parse().expect("a profile");
        let text = |value: &toml::Value| value.as_str().expect("text").to_owned();
        let sandbox = &profile["sandbox"];
        Self {
            address: text(&sandbox["control"]).replace("https://", ""),
            token: std::fs::read_to_string(text(&sandbox["token_file"])).expect("the token"),
            root: text(&profile["trust"]["tls"][0]).into(),
        }
    }

    /// Does something at the only reader.
    pub async fn act(&self, act: Value) {
        self.ask("POST", "/v1/readers", &json!({ "act": act }).to_string()).await;
    }

    /// Turns every clock of the sandbox ahead.
    pub async fn turn_ahead(&self, by: Duration) {
        let by = by.as_millis();
        let turn = format!("{{\"wall_ms\":{by},\"boot_ms\":{by},\"trusted_ms\":{by}}}");
        self.ask("POST", "/v1/clock/turn", &turn).await;
    }

    /// Turns the wall clock of the PC alone.
    pub async fn turn_wall(&self, minutes: i64) {
        let turn = format!("{{\"wall_ms\":{}}}", minutes * 60_000);
        self.ask("POST", "/v1/clock/turn", &turn).await;
    }

    /// The sign-in service goes, or comes back.
    pub async fn service_is_there(&self, there: bool) {
        let plan = if there { "[]" } else { r#"[{"fault":{"kind":"refuse-connections"}}]"# };
        self.ask("PUT", "/v1/faults", plan).await;
    }

    /// A scenario begins.
    pub async fn play(&self, scenario: &str) {
        self.ask("POST", "/v1/scenarios", &json!({ "play": scenario }).to_string()).await;
    }

    /// Every clock is turned to the next step of the scenario, which is done.
    pub async fn next_step(&self) {
        self.ask("POST", "/v1/scenarios", "\"next\"").await;
    }

    /// What the wall clock says.
    pub async fn wall(&self) -> String {
        self.ask("GET", "/v1/clock", "").await["wall"].as_str().expect("an instant").to_owned()
    }

    /// The tries left of the card in the only reader, and the PINs it has been sent since the sandbox was started.
    pub async fn tries_and_pins(&self) -> (u64, u64) {
        let seen = self.ask("GET", "/v1/readers", "").await;
        let count = |name: &str| seen[0]["card"][name].as_u64().expect("a card is in the reader");
        (count("tries"), count("pins"))
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let Self { address, token, .. } = self;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let answer = self.exchange(request.as_bytes()).await.expect("the sandbox answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}\n{body}");
        serde_json::from_str(body).expect("JSON")
    }

    async fn exchange(&self, request: &[u8]) -> std::io::Result<String> {
        let stream = TcpStream::connect(&self.address).await?;
        let name = ServerName::try_from("127.0.0.1").expect("an address");
        let mut stream = TlsConnector::from(Arc::new(self.trust())).connect(name, stream).await?;
        stream.write_all(request).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    fn trust(&self) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_file(&self.root).expect("the sandbox's TLS root");
        roots.add(root).expect("a certificate");
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth()
    }
}
