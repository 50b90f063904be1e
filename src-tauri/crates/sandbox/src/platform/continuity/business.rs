//! The services of a zone behind HTTP: they answer probes, and refuse calls as the platform words it.

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};

use super::Depot;
use super::registry::{self, ETK_DEPOT, Zone};
use super::stage::Stage;
use crate::clock::TurnedClock;
use crate::platform::http::{Flow, Handler, LARGEST, StsHandler, dated, is_xml, text, xml};
use crate::platform::sts::{Refusal, random_text};

/// The handler of the services of one zone.
#[derive(Clone)]
pub(crate) struct Business {
    pub stage: Stage,
    pub zone: Zone,
    pub clock: TurnedClock,
    pub depot: Depot,
}

/// The handler of the STS in one zone.
#[derive(Clone)]
pub(crate) struct StsInZone {
    pub stage: Stage,
    pub zone: Zone,
    pub sts: StsHandler,
    pub clock: TurnedClock,
}

impl Handler for Business {
    async fn handle(&self, request: Request<Incoming>) -> Response<Flow> {
        let response = match self.stage.works(self.zone, request.uri().path()) {
            None => text(StatusCode::NOT_FOUND, "nothing is here"),
            Some(false) => unavailable(request.method()),
            Some(true) if self.is_question(&request) => self.depot(request).await,
            Some(true) => answer(request.method()),
        };
        dated(response, &self.clock)
    }
}

impl Business {
    fn is_question(&self, request: &Request<Incoming>) -> bool {
        let here = registry::row(ETK_DEPOT).and_then(|row| row.path(self.zone));
        request.method() == Method::POST && here == Some(request.uri().path())
    }

    async fn depot(&self, request: Request<Incoming>) -> Response<Flow> {
        if !is_xml(request.headers()) {
            return text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the ETK depot takes text/xml in UTF-8");
        }
        let Ok(body) = Limited::new(request.into_body(), LARGEST).collect().await else {
            return text(StatusCode::PAYLOAD_TOO_LARGE, "the ETK depot takes 4 MB at most");
        };
        let (depot, question) = (self.depot.clone(), body.to_bytes());
        // A keystore is opened the first time.
        let answered = tokio::task::spawn_blocking(move || depot.answer(&question)).await;
        match answered {
            Ok(Ok(answer)) => xml(StatusCode::OK, answer),
            Ok(Err(refusal)) => refused(&refusal),
            Err(_) => refused(&Refusal::soa(1, "the sandbox could not write its answer")),
        }
    }
}

impl Handler for StsInZone {
    async fn handle(&self, request: Request<Incoming>) -> Response<Flow> {
        match self.stage.works(self.zone, request.uri().path()) {
            Some(false) => dated(unavailable(request.method()), &self.clock),
            // What is not there is for the STS to say.
            Some(true) | None => self.sts.handle(request).await,
        }
    }
}

fn answer(method: &Method) -> Response<Flow> {
    match *method {
        Method::GET | Method::HEAD => text(StatusCode::OK, "this service is invented"),
        Method::POST => refused(&Refusal::soa(3_005, "the services of the sandbox answer probes only")),
        _ => text(StatusCode::METHOD_NOT_ALLOWED, "a service takes POST"),
    }
}

/// The zone answers and the service behind it does not. Source: docs/reference/ehealth-bcp.md, section 4.
fn unavailable(method: &Method) -> Response<Flow> {
    match *method {
        Method::POST => refused(&Refusal::soa(2_002, "the service does not answer in this zone")),
        _ => text(StatusCode::SERVICE_UNAVAILABLE, "the service does not answer in this zone"),
    }
}

fn refused(refusal: &Refusal) -> Response<Flow> {
    xml(StatusCode::INTERNAL_SERVER_ERROR, refusal.to_soap(&random_text()))
}
