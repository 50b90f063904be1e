//! The control endpoint: turns the clock, plans faults, sets switches, moves services and zones, and is the hand at the virtual readers, from
//! another process on this PC.
//!
//! On loopback, over TLS, for whoever can read the token file of the state folder. Requests that come through a browser
//! (they carry an Origin) are refused, and so is any other Host than the literal address.
//! Source: docs/reference/sandbox.md, section 9.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap};
use hyper::{Method, Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::continuity::situation::{Act, Situation};
use super::continuity::stage::Stage;
use super::faults::{Faults, Plan};
use super::http::{Flow, Handler, text};
use super::look::{self, Stands};
use super::readers::Deed;
use super::sts::{Rules, Sts};
use crate::clock::{Reading, Turn, TurnedClock};
use crate::eid::VirtualReader;

/// Largest request that is read.
const LARGEST: usize = 64 * 1024;
/// Longest that a request waits for a turn of the clock.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// The handler of the control endpoint.
#[derive(Clone)]
pub(crate) struct Control {
    address: SocketAddr,
    token: Arc<str>,
    reach: Reach,
}

/// What the endpoint can turn and touch.
#[derive(Clone)]
pub(crate) struct Reach {
    pub clock: TurnedClock,
    pub faults: Faults,
    pub sts: Arc<Sts>,
    pub readers: VirtualReader,
    pub stage: Stage,
}

impl Control {
    pub fn new(address: SocketAddr, token: &str, reach: Reach) -> Self {
        Self { address, token: token.into(), reach }
    }

    fn admits(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let port = self.address.port();
        if host != format!("127.0.0.1:{port}") && host != format!("localhost:{port}") {
            return Err(StatusCode::FORBIDDEN);
        }
        if headers.contains_key(header::ORIGIN) {
            return Err(StatusCode::FORBIDDEN);
        }
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let known =
            given.len() == self.token.len() && openssl::memcmp::eq(given.as_bytes(), self.token.as_bytes());
        if known { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
    }

    async fn route(&self, request: Request<Incoming>) -> Result<Response<Flow>, StatusCode> {
        self.admits(request.headers())?;
        let (path, query) = (request.uri().path().to_owned(), request.uri().query().map(str::to_owned));
        match (request.method(), path.as_str()) {
            (&Method::GET, "/v1/clock") => json(&self.clock_after(query.as_deref()).await?),
            (&Method::POST, "/v1/clock/turn") => json(&self.reach.clock.turn(body::<Turn>(request).await?)),
            (&Method::POST, "/v1/clock/reboot") => json(&self.reach.clock.reboot()),
            (&Method::GET, "/v1/faults") => json(&self.reach.faults.planned()),
            (&Method::PUT, "/v1/faults") => {
                self.reach.faults.replace(body::<Vec<Plan>>(request).await?).await;
                json(&self.reach.faults.planned())
            }
            (&Method::GET, "/v1/rules") => json(&self.reach.sts.rules()),
            (&Method::PUT, "/v1/rules") => {
                self.reach.sts.set_rules(body::<Rules>(request).await?);
                json(&self.reach.sts.rules())
            }
            (&Method::GET, "/v1/continuity") => self.continuity().await,
            (&Method::PUT, "/v1/continuity") => {
                let done = self.reach.stage.replace(body::<Situation>(request).await?).await;
                done.map_err(|_| StatusCode::CONFLICT)?;
                self.continuity().await
            }
            (&Method::POST, "/v1/continuity") => {
                let done = self.reach.stage.act(&body::<Act>(request).await?).await;
                done.map_err(|_| StatusCode::CONFLICT)?;
                self.continuity().await
            }
            (&Method::GET, "/v1/look") => json(&look::at(&self.reach).await),
            (&Method::GET, "/v1/scenarios") => json(&look::scenarios()),
            (&Method::POST, "/v1/scenarios") => {
                body::<Cue>(request).await?.given(&self.reach.stage).await?;
                self.continuity().await
            }
            (&Method::GET, "/v1/readers") => json(&self.reach.readers.seen()),
            (&Method::POST, "/v1/readers") => {
                body::<Deed>(request).await?.done(&self.reach.readers)?;
                json(&self.reach.readers.seen())
            }
            _ => Err(StatusCode::NOT_FOUND),
        }
    }

    /// What is not as usual, once every step that is due was done.
    async fn continuity(&self) -> Result<Response<Flow>, StatusCode> {
        json(&Stands::of(&self.reach.stage).await)
    }

    /// The clock now, or with `after=N` once it has been turned more than N times, or after a while as it is.
    async fn clock_after(&self, query: Option<&str>) -> Result<Reading, StatusCode> {
        let Some(query) = query else { return Ok(self.reach.clock.read()) };
        let after = query.strip_prefix("after=").and_then(|turns| turns.parse::<u64>().ok());
        let after = after.ok_or(StatusCode::BAD_REQUEST)?;
        let mut turns = self.reach.clock.subscribe();
        // Neither outcome matters: after the wait the clock is read in any case.
        let _ = tokio::time::timeout(LONGEST_WAIT, turns.wait_for(|turns| *turns > after)).await;
        Ok(self.reach.clock.read())
    }
}

/// What is done with a scenario.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Cue {
    /// It begins.
    Play(String),
    /// Every clock is turned to its next step.
    Next,
    /// It ends; all is as usual.
    Stop,
}

impl Cue {
    async fn given(self, stage: &Stage) -> Result<(), StatusCode> {
        match self {
            Self::Play(name) => stage.play(&name).await.map_err(|_| StatusCode::NOT_FOUND),
            Self::Next => stage.next().await.map_err(|_| StatusCode::CONFLICT),
            Self::Stop => {
                stage.stop().await;
                Ok(())
            }
        }
    }
}

impl Handler for Control {
    async fn handle(&self, request: Request<Incoming>) -> Response<Flow> {
        self.route(request).await.unwrap_or_else(|status| text(status, "the sandbox does not do that"))
    }
}

async fn body<T: DeserializeOwned>(request: Request<Incoming>) -> Result<T, StatusCode> {
    let json = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !json {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let read = Limited::new(request.into_body(), LARGEST).collect().await;
    let bytes = read.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?.to_bytes();
    serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST)
}

fn json(value: &impl Serialize) -> Result<Response<Flow>, StatusCode> {
    let bytes = serde_json::to_vec(value).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let mut response = Response::new(Flow::whole(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    Ok(response)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::World;
    use crate::platform::served::tests::served;

    fn control(world: &World) -> Control {
        let sts = served(world);
        let address = "127.0.0.1:4711".parse().unwrap();
        let (clock, readers) = (world.clock().clone(), VirtualReader::without_readers());
        let kept = crate::platform::state::Folder::open(world.state_dir()).unwrap();
        let stage = Stage::new(clock.clone(), vec![], kept).unwrap();
        Control::new(address, "right-token", Reach { clock, faults: Faults::default(), sts, readers, stage })
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_the_token_at_the_literal_address_without_a_browser_is_admitted() {
        let dir = tempfile::tempdir().unwrap();
        let world = World::open(dir.path(), TurnedClock::running()).unwrap();
        let control = control(&world);
        let (host, token) = (("host", "127.0.0.1:4711"), ("authorization", "Bearer right-token"));
        assert_eq!(control.admits(&headers(&[host, token])), Ok(()));
        assert_eq!(control.admits(&headers(&[("host", "localhost:4711"), token])), Ok(()));
        for (refused, status) in [
            (vec![host], StatusCode::UNAUTHORIZED),
            (vec![host, ("authorization", "Bearer wrong-token")], StatusCode::UNAUTHORIZED),
            (vec![host, ("authorization", "right-token")], StatusCode::UNAUTHORIZED),
            (vec![("host", "evil.example:4711"), token], StatusCode::FORBIDDEN),
            (vec![("host", "127.0.0.1"), token], StatusCode::FORBIDDEN),
            (vec![token], StatusCode::FORBIDDEN),
            (vec![host, token, ("origin", "null")], StatusCode::FORBIDDEN),
        ] {
            assert_eq!(control.admits(&headers(&refused)), Err(status), "{refused:?}");
        }
    }
}
