//! The STS behind HTTP: what a request must look like before it is read, and how its answer goes wrong on demand.
//!
//! Source: docs/reference/sandbox.md, sections 1 and 8.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::{Method, Request, Response, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::{Flow, Handler};
use crate::clock::TurnedClock;
use crate::platform::faults::{Fault, Faults, Layer, Step};
use crate::platform::sts::{Action, FaultCode, Refusal, Sts, random_text};

/// Where the STS is. Source: docs/reference/ehealth-sts.md, section 1.
pub(crate) const PATH: &str = "/IAM/SecurityTokenService/v1";
/// Largest message that is read.
pub(crate) const LARGEST: usize = 4 * 1024 * 1024;
const XML: &str = "text/xml; charset=utf-8";
const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// The handler of the STS.
#[derive(Clone)]
pub(crate) struct StsHandler {
    sts: Arc<Sts>,
    faults: Faults,
    clock: TurnedClock,
    heard: Heard,
}

/// Puts the STS behind HTTP; what it hears is remembered in `heard`.
pub(crate) fn sts(sts: Arc<Sts>, faults: Faults, clock: TurnedClock, heard: Heard) -> StsHandler {
    StsHandler { sts, faults, clock, heard }
}

/// A message that reached the STS, and what it said to it.
#[derive(Clone)]
pub struct Exchange {
    /// The message as it came.
    pub request: Vec<u8>,
    /// The answer, before any fault of the way.
    pub answer: Vec<u8>,
    /// The rule that was broken, for a refused one.
    pub refused: Option<Refusal>,
}

/// Both texts hold numbers of people, invented ones.
impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").field("refused", &self.refused).finish_non_exhaustive()
    }
}

/// How often the STS was asked since it is served, whatever came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Requests that are no message, such as a probe.
    pub probes: u64,
    /// Messages.
    pub messages: u64,
}

impl Asked {
    /// How often since then.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self { probes: self.probes - before.probes, messages: self.messages - before.messages }
    }
}

#[derive(Default)]
struct Remembered {
    last: VecDeque<Exchange>,
    asked: Asked,
}

/// The last exchanges, and how many there were, for whoever wants to look at them.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Remembered>>);

impl Heard {
    /// How many are remembered.
    const MOST: usize = 32;
    /// Longest message that is remembered; a request for a token has some 10 kB.
    const LONGEST: usize = 256 * 1024;

    fn add(&self, exchange: Exchange) {
        if exchange.request.len() > Self::LONGEST {
            return;
        }
        let last = &mut self.remembered().last;
        if last.len() == Self::MOST {
            last.pop_front();
        }
        last.push_back(exchange);
    }

    fn count(&self, step: Step) {
        let asked = &mut self.remembered().asked;
        let count = if step == Step::Probe { &mut asked.probes } else { &mut asked.messages };
        *count += 1;
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn all(&self) -> Vec<Exchange> {
        self.remembered().last.iter().cloned().collect()
    }

    pub fn asked(&self) -> Asked {
        self.remembered().asked
    }
}

impl Handler for StsHandler {
    async fn handle(&self, request: Request<Incoming>) -> Response<Flow> {
        let step = step(&request);
        self.heard.count(step);
        let honest = self.honest(request).await;
        let fault = match honest.status() {
            // A refused request stays refused, whatever is planned.
            StatusCode::OK | StatusCode::METHOD_NOT_ALLOWED => self.faults.strike(Layer::Http, step),
            _ => None,
        };
        let response = match fault {
            Some(fault) => broken(fault, honest).await,
            None => honest,
        };
        dated(response, &self.clock)
    }
}

/// With the platform's time.
pub(crate) fn dated(mut response: Response<Flow>, clock: &TurnedClock) -> Response<Flow> {
    if let Ok(date) = rfc_date(clock.trusted()).parse() {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

fn step(request: &Request<Incoming>) -> Step {
    if request.method() != Method::POST {
        return Step::Probe;
    }
    action(request.headers()).map_or(Step::First, Action::step)
}

fn action(headers: &HeaderMap) -> Result<Action, Refusal> {
    let mut values = headers.get_all(SOAP_ACTION).iter();
    let missing = Refusal::soa(3_004, "a SOAP 1.1 request has one header SOAPAction");
    match (values.next(), values.next()) {
        (Some(value), None) => Action::parse(value.to_str().map_err(|_| missing)?),
        _ => Err(missing),
    }
}

impl StsHandler {
    async fn honest(&self, request: Request<Incoming>) -> Response<Flow> {
        if request.uri().path() != PATH {
            return text(StatusCode::NOT_FOUND, "nothing is here");
        }
        if request.method() != Method::POST {
            let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "the STS takes POST");
            response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
            return response;
        }
        if !is_xml(request.headers()) {
            return text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the STS takes text/xml in UTF-8");
        }
        let action = action(request.headers());
        match Limited::new(request.into_body(), LARGEST).collect().await {
            Ok(body) => self.soap(action, &body.to_bytes()).await,
            Err(large) if large.is::<LengthLimitError>() => {
                text(StatusCode::PAYLOAD_TOO_LARGE, "the STS takes 4 MB at most")
            }
            Err(_) => text(StatusCode::BAD_REQUEST, "the message did not arrive whole"),
        }
    }

    async fn soap(&self, action: Result<Action, Refusal>, message: &[u8]) -> Response<Flow> {
        let answered = match action {
            Ok(action) => self.sts.answer(action, message).await,
            Err(refusal) => Err(refusal),
        };
        let (status, answer, refused) = match answered {
            Ok(answer) => (StatusCode::OK, answer, None),
            Err(refusal) => {
                (StatusCode::INTERNAL_SERVER_ERROR, refusal.to_soap(&random_text()), Some(refusal))
            }
        };
        if let Some(refusal) = &refused {
            tracing::info!(%refusal, "the sandbox refused a request");
        }
        self.heard.add(Exchange { request: message.to_vec(), answer: answer.clone(), refused });
        xml(status, answer)
    }
}

/// `text/xml`, in UTF-8 if it says in what.
pub(crate) fn is_xml(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    let kind = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("text/xml"));
    let charset =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    kind && charset.is_some_and(|(_, set)| set.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

async fn broken(fault: Fault, honest: Response<Flow>) -> Response<Flow> {
    match fault {
        Fault::Status { status, retry_after } => status_only(status, retry_after),
        Fault::Redirect { to } => with(text(StatusCode::FOUND, "elsewhere"), header::LOCATION, &to),
        Fault::Soap { code } => {
            let refusal =
                Refusal { code: FaultCode::named(&code), rule: "the sandbox was told to answer so" };
            xml(StatusCode::INTERNAL_SERVER_ERROR, refusal.to_soap(&random_text()))
        }
        Fault::Silent => std::future::pending().await,
        Fault::EndlessBody => honest.map(|_| Flow::Endless),
        Fault::GzipBomb => with(honest.map(|_| Flow::whole(BOMB.clone())), header::CONTENT_ENCODING, "gzip"),
        Fault::Html => {
            with(honest.map(|_| Flow::whole(PORTAL)), header::CONTENT_TYPE, "text/html; charset=utf-8")
        }
        Fault::WrongContentType => with(honest, header::CONTENT_TYPE, "application/json"),
        Fault::NotUtf8 => honest.map(|body| Flow::whole(latin_1(&whole(body)))),
        Fault::Truncated => honest.map(|body| Flow::cut_off(whole(body))),
        Fault::Drip => honest.map(|body| Flow::drip(whole(body))),
        _ => honest,
    }
}

fn status_only(status: u16, retry_after: Option<u32>) -> Response<Flow> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let response = text(status, "the sandbox was told to answer so");
    match retry_after {
        Some(seconds) => with(response, header::RETRY_AFTER, &seconds.to_string()),
        None => response,
    }
}

fn whole(body: Flow) -> Bytes {
    match body {
        Flow::Whole(Some(bytes)) => bytes,
        _ => Bytes::new(),
    }
}

/// The same text with an `é` of ISO 8859-1 in it.
fn latin_1(text: &[u8]) -> Vec<u8> {
    let place = text.iter().position(|byte| *byte == b'>').unwrap_or(0);
    [&text[..place], b" note=\"caf\xE9\"", &text[place..]].concat()
}

/// Sixteen gzip members of 16 MB of zeros each: 256 MB in some 260 kB.
static BOMB: LazyLock<Bytes> = LazyLock::new(|| {
    let mut member = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    (0..16).try_for_each(|_| member.write_all(&zeros)).expect("a vector takes everything");
    member.finish().expect("a vector takes everything").repeat(16).into()
});

const PORTAL: &str = "<!DOCTYPE html><html><head><title>Welcome</title></head>\
                      <body><form action=\"/login\">Room number <input name=\"room\"></form></body></html>";

/// A short answer that is no message.
pub(crate) fn text(status: StatusCode, words: &'static str) -> Response<Flow> {
    with_status(status, "text/plain; charset=utf-8", Flow::whole(words))
}

/// A SOAP message.
pub(crate) fn xml(status: StatusCode, message: Vec<u8>) -> Response<Flow> {
    with_status(status, XML, Flow::whole(message))
}

pub(super) fn with_status(status: StatusCode, kind: &'static str, body: Flow) -> Response<Flow> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}

fn with(mut response: Response<Flow>, name: HeaderName, value: &str) -> Response<Flow> {
    if let Ok(value) = value.parse() {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The platform's time as HTTP writes it.
fn rfc_date(at: Timestamp) -> String {
    static PRINTER: DateTimePrinter = DateTimePrinter::new();
    PRINTER.timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_message_says_that_it_is_xml_in_utf_8() {
        for good in ["text/xml; charset=utf-8", "Text/XML;charset=\"UTF-8\""] {
            assert!(is_xml(&headers(&[("content-type", good)])), "{good}");
        }
        for bad in
            ["text/xml", "text/xml; charset=iso-8859-1", "application/soap+xml; charset=utf-8", "text/html"]
        {
            assert!(!is_xml(&headers(&[("content-type", bad)])), "{bad}");
        }
        assert!(!is_xml(&HeaderMap::new()));
    }

    #[test]
    fn an_action_stands_there_once_and_is_known() {
        let known = "\"urn:be:fgov:ehealth:sts:protocol:v1:Challenge\"";
        assert_eq!(action(&headers(&[("soapaction", known)])), Ok(Action::Challenge));
        assert_eq!(action(&headers(&[("soapaction", "\"\"")])).unwrap_err().code, FaultCode::Soa(3_005));
        assert_eq!(action(&HeaderMap::new()).unwrap_err().code, FaultCode::Soa(3_004));
        let twice = headers(&[("soapaction", known), ("soapaction", known)]);
        assert_eq!(twice.len(), 2);
        assert_eq!(action(&twice).unwrap_err().code, FaultCode::Soa(3_004));
    }

    #[test]
    fn the_bomb_is_small_and_the_date_is_of_http() {
        assert!(BOMB.len() < 1024 * 1024);
        assert_eq!(rfc_date("1994-11-06T08:49:37Z".parse().unwrap()), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
