//! HTTPS to the platform: one request, one answer, within limits, to hosts of the profile only.
//!
//! Decides what leaves the PC and what may come back: allowed hosts, trust, deadlines, sizes, content types. What an
//! answer means is read by others. Redirects are never followed, connections are never reused (each one is judged
//! anew), and nothing is sent before the server's certificate has been checked.

mod answer;
mod connect;
mod error;
mod hedge;
mod hosts;
mod settings;
mod tls;

use std::future::Future;
use std::sync::Arc;

use reqwest::{Client, Method, RequestBuilder, header};
use zeroize::Zeroizing;

use answer::Kind;
pub use answer::{Answered, Reply};
pub use error::{BadAnswer, ProxyTrouble, Retry, TlsCause, TransportError};
pub use hosts::HostList;
pub use reqwest::Url;
pub use settings::{Limits, ProxyChoice, Settings, SettingsError, Trust};
pub use tls::TlsFacts;

/// What is sent and expected back of every SOAP call.
const XML: &str = "text/xml; charset=utf-8";

/// Longest text that is one line to us, in bytes.
const LINE: usize = 1024;

/// A client for the hosts of one profile. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transport {
    client: Client,
    hosts: HostList,
    limits: Limits,
    book: Arc<tls::Book>,
}

/// What came of one message, or of one look.
#[derive(Debug)]
pub struct Sent<T = Reply> {
    /// The endpoint it was written to, by its place in the order that was asked; `None` if it never left this PC.
    pub written_to: Option<usize>,
    /// Endpoints that could not be reached, by their place, in the order of their failures.
    pub unreached: Vec<(usize, TransportError)>,
    /// The answer, or why there is none: where nothing was written, what the first endpoint in the order says.
    pub answer: Result<T, TransportError>,
}

/// How a JSON document is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// POST: something is done.
    Post,
    /// PUT: something is replaced.
    Put,
}

impl Transport {
    /// Makes a client.
    ///
    /// # Errors
    /// When a setting cannot be used, or the system has no trust store that can be read.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let book = Arc::new(tls::Book::default());
        let config = tls::client_config(&settings.trust, settings.refuse_inspected, book.clone())?;
        let client = Client::builder()
            .tls_backend_preconfigured(config)
            .https_only(true)
            .http1_only()
            .pool_max_idle_per_host(0)
            .retry(reqwest::retry::never())
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(settings.limits.connect)
            .connector_layer(hedge::FirstOnly)
            .default_headers(settings.headers()?);
        let client = settings.proxy.apply(client)?.build().map_err(SettingsError::Client)?;
        Ok(Self { client, hosts: settings.hosts, limits: settings.limits, book })
    }

    /// Sends a SOAP 1.1 message to the first of these endpoints whose connection stands, and reads the answer: an XML
    /// text of any status, or an error. The next endpoint is tried when one cannot be reached or lets 3 s pass; the
    /// message is written to one of them at most.
    ///
    /// The errors in it are those of [`TransportError`]; an HTTP status other than 2xx with an XML body is not one, it
    /// may be a SOAP fault.
    pub async fn post_soap(&self, endpoints: &[Url], action: &str, message: Vec<u8>) -> Sent {
        let requests = endpoints.iter().map(|url| self.soap(url, action, message.clone())).collect();
        let mut race = hedge::Race::default();
        let answer = self.within_deadline(async {
            let response = race.run(requests).await?;
            answer::read(response, Kind::Xml, self.limits.answer_bytes).await
        });
        let answer = answer.await;
        Sent { written_to: race.written_to(), unreached: race.unreached, answer }
    }

    fn soap(&self, url: &Url, action: &str, message: Vec<u8>) -> Result<RequestBuilder, TransportError> {
        let request = self
            .request(Method::POST, url)?
            .header(header::CONTENT_TYPE, XML)
            .header(header::ACCEPT, "text/xml")
            .header("SOAPAction", format!("\"{action}\""))
            .body(message);
        Ok(request)
    }

    /// Reads a JSON document of a service on this PC that asks for a token of its own.
    ///
    /// # Errors
    /// Any answer but 200 with a JSON text in UTF-8.
    pub async fn get_json(&self, url: &Url, token: &str) -> Result<Zeroizing<Vec<u8>>, TransportError> {
        let request = self.request(Method::GET, url)?.bearer_auth(token);
        self.get(request, Kind::Json, self.limits.answer_bytes).await
    }

    /// Sends a JSON document to a service on this PC that asks for a token of its own, and reads what it answers.
    ///
    /// # Errors
    /// Any answer but 200 with a JSON text in UTF-8.
    pub async fn send_json(
        &self,
        verb: Verb,
        url: &Url,
        token: &str,
        document: String,
    ) -> Result<Zeroizing<Vec<u8>>, TransportError> {
        let method = match verb {
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
        };
        let request = self.request(method, url)?.bearer_auth(token).body(document);
        let request = request.header(header::CONTENT_TYPE, Kind::Json.name());
        self.get(request, Kind::Json, self.limits.answer_bytes).await
    }

    /// Reads an XML document that is published for everybody.
    ///
    /// # Errors
    /// Any answer but 200 with an XML text in UTF-8.
    pub async fn get_xml(&self, url: &Url) -> Result<Zeroizing<Vec<u8>>, TransportError> {
        self.get(self.request(Method::GET, url)?, Kind::Xml, self.limits.answer_bytes).await
    }

    /// Reads a short text that is published for everybody, at most 1 KB, whatever the server calls it.
    ///
    /// # Errors
    /// Any answer but 200 with such a text in UTF-8.
    pub async fn get_line(&self, url: &Url) -> Result<Zeroizing<Vec<u8>>, TransportError> {
        self.get(self.request(Method::GET, url)?, Kind::Line, LINE).await
    }

    async fn get(
        &self,
        request: RequestBuilder,
        kind: Kind,
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, TransportError> {
        let request = request.header(header::ACCEPT, kind.name());
        self.within_deadline(async {
            let response = request.send().await.map_err(connect::explain)?;
            let reply = answer::read(response, kind, limit).await?;
            if reply.head.status == 200 { Ok(reply.body) } else { Err(reply.head.refusal()) }
        })
        .await
    }

    /// Asks whether anybody answers there, without a body either way.
    ///
    /// # Errors
    /// When no HTTP answer came; any status but a redirect is an answer.
    pub async fn head(&self, url: &Url) -> Result<Answered, TransportError> {
        let request = self.request(Method::HEAD, url)?;
        self.within_deadline(async {
            let response = request.send().await.map_err(connect::explain)?;
            answer::not_redirected(&response)?;
            Ok(Answered::of(&response))
        })
        .await
    }

    /// Asks as [`Self::head`] does the first of these endpoints whose connection stands; the next is tried as in
    /// [`Self::post_soap`].
    pub async fn head_first(&self, endpoints: &[Url]) -> Sent<Answered> {
        let requests = endpoints.iter().map(|url| self.request(Method::HEAD, url)).collect();
        let mut race = hedge::Race::default();
        let answer = self.within_deadline(async {
            let response = race.run(requests).await?;
            answer::not_redirected(&response)?;
            Ok(Answered::of(&response))
        });
        let answer = answer.await;
        Sent { written_to: race.written_to(), unreached: race.unreached, answer }
    }

    /// What was seen of a host's certificate at the last connection to it.
    #[must_use]
    pub fn tls_facts(&self, host: &str) -> Option<TlsFacts> {
        self.book.of(host)
    }

    fn request(&self, method: Method, url: &Url) -> Result<RequestBuilder, TransportError> {
        self.hosts.check(url)?;
        Ok(self.client.request(method, url.clone()))
    }

    async fn within_deadline<T>(
        &self,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        tokio::time::timeout(self.limits.deadline, work).await.unwrap_or(Err(TransportError::Timeout))
    }
}
