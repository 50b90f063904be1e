//! The publisher of the list: signs it anew at each switch, and spoils it on demand.

use std::net::SocketAddr;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use jiff::SignedDuration;
use openssl::sha::sha256;
use tokio::sync::Mutex;

use super::registry::{ROWS, Row, STS, Zone};
use super::situation::ListState;
use super::stage::{Publication, Stage};
use crate::clock::TurnedClock;
use crate::platform::http::{Flow, Handler, dated, text, xml};
use crate::platform::service_list::{Published, PublishedService, SignError, document};
use crate::x509::Authority;

/// Path of the list, without its ending.
pub(crate) const BASE: &str = "/servicelist";
/// The sandbox's word for its environment.
pub const ENVIRONMENT: &str = "Sandbox";
/// What an hour before or after is.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Where everything is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addresses {
    /// The STS of the main zone and of its twin.
    pub sts: [SocketAddr; 2],
    /// The others, by [`Zone::ALL`].
    pub zones: [SocketAddr; 4],
}

impl Addresses {
    fn of(&self, key: &str, zone: Zone) -> SocketAddr {
        match (key, zone) {
            (STS, Zone::Main) => self.sts[0],
            (STS, Zone::Backup) => self.sts[1],
            _ => self.zones[Zone::ALL.iter().position(|one| *one == zone).unwrap_or(0)],
        }
    }

    /// Addresses of a service, the main one first.
    pub fn urls(&self, row: &Row) -> Vec<String> {
        let url = |(zone, path): &(Zone, &str)| format!("https://{}{path}", self.of(row.key, *zone));
        row.places.iter().map(url).collect()
    }
}

/// Who signs.
pub(crate) struct Signers {
    pub list: Authority,
    pub impostor: Authority,
    pub issuing: Authority,
}

/// A document, and what it says.
struct Signed {
    of: Publication,
    document: Vec<u8>,
}

/// The handler of the list.
#[derive(Clone)]
pub(crate) struct Publisher {
    stage: Stage,
    addresses: Addresses,
    signers: Arc<Signers>,
    clock: TurnedClock,
    signed: Arc<Mutex<Option<Signed>>>,
}

impl Publisher {
    pub fn new(stage: Stage, addresses: Addresses, signers: Signers, clock: TurnedClock) -> Self {
        Self { stage, addresses, signers: Arc::new(signers), clock, signed: Arc::default() }
    }

    async fn current(&self) -> Result<Vec<u8>, SignError> {
        self.stage.settle().await;
        let publication = self.stage.publication();
        let mut signed = self.signed.lock().await;
        if let Some(known) = signed.as_ref().filter(|known| known.of == publication) {
            return Ok(known.document.clone());
        }
        let document = self.sign(&publication).await?;
        *signed = Some(Signed { of: publication, document: document.clone() });
        Ok(document)
    }

    async fn sign(&self, publication: &Publication) -> Result<Vec<u8>, SignError> {
        let mut list = self.list(publication);
        let mut signer = &self.signers.list;
        let moved =
            |by: SignedDuration| publication.issued_at.saturating_add(by).unwrap_or(publication.issued_at);
        match publication.state {
            ListState::WrongSigner => signer = &self.signers.impostor,
            ListState::OtherEnvironment => list.environment = "Production".to_owned(),
            ListState::ToCome => {
                list.issued_at = self.clock.trusted().saturating_add(HOUR).unwrap_or(list.issued_at)
            }
            ListState::Old => list.issued_at = moved(-HOUR),
            ListState::Twin => list.services.iter_mut().for_each(|service| service.name.push('.')),
            ListState::Honest | ListState::BadSignature | ListState::Gone => {}
        }
        let document = document(&list, signer, &self.signers.issuing).await?;
        let spoilt = publication.state == ListState::BadSignature;
        Ok(if spoilt { changed(&document) } else { document })
    }

    fn list(&self, publication: &Publication) -> Published {
        let service = |row: &Row| {
            let zone = publication.published.get(row.key);
            let active = row.places.iter().position(|(place, _)| Some(place) == zone).unwrap_or(0);
            let name = row.listed?.to_owned();
            Some(PublishedService {
                key: row.key.to_owned(),
                name,
                endpoints: self.addresses.urls(row),
                active,
            })
        };
        Published {
            issued_at: publication.issued_at,
            environment: ENVIRONMENT.to_owned(),
            form: publication.form,
            services: ROWS.iter().filter_map(service).collect(),
        }
    }

    async fn answer(&self, path: &str) -> Response<Flow> {
        if self.stage.publication().state == ListState::Gone {
            return text(StatusCode::SERVICE_UNAVAILABLE, "the list is not to be had");
        }
        let Ok(document) = self.current().await else {
            return text(StatusCode::INTERNAL_SERVER_ERROR, "the sandbox could not sign its list");
        };
        match path.strip_prefix(BASE) {
            Some(".xml") => xml(StatusCode::OK, document),
            Some(".sha2") => text(StatusCode::OK, "").map(|_| Flow::whole(hash(&document))),
            _ => text(StatusCode::NOT_FOUND, "nothing is here"),
        }
    }
}

impl Handler for Publisher {
    async fn handle(&self, request: Request<Incoming>) -> Response<Flow> {
        let response = match *request.method() {
            Method::GET | Method::HEAD => self.answer(request.uri().path()).await,
            _ => text(StatusCode::METHOD_NOT_ALLOWED, "the list is only read"),
        };
        dated(response, &self.clock)
    }
}

/// The short text that says whether anything is new, with the end of line that real ones may have.
fn hash(document: &[u8]) -> String {
    sha256(document).iter().map(|byte| format!("{byte:02x}")).chain(["\r\n".to_owned()]).collect()
}

/// The same list with another word in it, and the old signature.
fn changed(document: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(document).replacen(" Name=\"", " Name=\"Not ", 1).into_bytes()
}
