//! Reads an answer within its limits and refuses what cannot be a message.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap};
use reqwest::{Response, StatusCode};
use zeroize::Zeroizing;

use super::connect;
use super::error::{BadAnswer, TransportError};

/// Longest wait a server can ask of us; a longer one is cut, so that a mistake there does not end work here.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// Room for an ordinary answer with an assertion, in bytes.
const FIRST: usize = 32 * 1024;

/// That somebody answered, and when they think it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// The `Date` of the answer, to the second.
    pub server_time: Option<Timestamp>,
    /// How long the server asks us to wait.
    pub wait: Option<SignedDuration>,
}

/// A text. It may hold an assertion, so it is wiped when dropped and does not print itself.
pub struct Reply {
    /// Status and times.
    pub head: Answered,
    /// The text as it came, checked to be UTF-8.
    pub body: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply").field("head", &self.head).field("bytes", &self.body.len()).finish()
    }
}

impl Answered {
    pub(super) fn of(response: &Response) -> Self {
        let server_time = response.headers().get(header::DATE).and_then(|date| instant(date.as_bytes()));
        let wait = wait(response.headers(), server_time);
        Self { status: response.status().as_u16(), server_time, wait }
    }

    /// The status as an error, for an answer without a message.
    #[must_use]
    pub fn refusal(self) -> TransportError {
        TransportError::Http { status: self.status, wait: self.wait }
    }
}

pub(super) fn not_redirected(response: &Response) -> Result<(), TransportError> {
    if response.status().is_redirection() { Err(TransportError::Redirected) } else { Ok(()) }
}

/// What a text is that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xml,
    Json,
    /// A line of text; nobody has written down which type it is given.
    Line,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Xml => "text/xml",
            Self::Json => "application/json",
            Self::Line => "*/*",
        }
    }

    fn is(self, name: &str) -> bool {
        match self {
            Self::Xml => matches!(name, "text/xml" | "application/xml" | "application/soap+xml"),
            Self::Json => name == self.name(),
            Self::Line => !matches!(name, "text/html" | "application/xhtml+xml"),
        }
    }
}

pub(super) async fn read(response: Response, kind: Kind, limit: usize) -> Result<Reply, TransportError> {
    not_redirected(&response)?;
    let head = Answered::of(&response);
    let success = response.status() == StatusCode::OK;
    if let Err(bad) = content(response.headers(), kind) {
        return Err(if success { TransportError::BadAnswer(bad) } else { head.refusal() });
    }
    let body = collect(response, limit).await?;
    match text(&body) {
        Ok(()) => Ok(Reply { head, body }),
        Err(bad) if success => Err(TransportError::BadAnswer(bad)),
        Err(_) => Err(head.refusal()),
    }
}

/// The whole body, decoded, up to the limit; nothing is read beyond it.
async fn collect(mut response: Response, limit: usize) -> Result<Zeroizing<Vec<u8>>, TransportError> {
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(TransportError::TooLarge);
    }
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(connect::explain)? {
        if body.len() + chunk.len() > limit {
            return Err(TransportError::TooLarge);
        }
        append(&mut body, &chunk);
    }
    Ok(body)
}

/// Grows without leaving an unwiped copy behind.
fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    let needed = body.len() + chunk.len();
    if needed > body.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity((2 * needed).max(FIRST)));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(chunk);
}

fn content(headers: &HeaderMap, kind: Kind) -> Result<(), BadAnswer> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
        name if kind.is(name) => {}
        "text/html" | "application/xhtml+xml" => return Err(BadAnswer::Html),
        _ => return Err(BadAnswer::ContentType),
    }
    let charset =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    match charset {
        Some((_, set)) if !set.trim_matches('"').eq_ignore_ascii_case("utf-8") => Err(BadAnswer::Charset),
        _ => Ok(()),
    }
}

fn text(body: &[u8]) -> Result<(), BadAnswer> {
    let text = std::str::from_utf8(body).map_err(|_| BadAnswer::NotUtf8)?;
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Err(BadAnswer::Html)
    } else {
        Ok(())
    }
}

/// `Retry-After`: seconds, or a date, which is measured against the same answer's own `Date` and not our clock.
fn wait(headers: &HeaderMap, server_time: Option<Timestamp>) -> Option<SignedDuration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let asked = match value.parse::<u32>() {
        Ok(seconds) => SignedDuration::from_secs(seconds.into()),
        Err(_) => instant(value.as_bytes())?.duration_since(server_time?),
    };
    Some(asked.clamp(SignedDuration::ZERO, LONGEST_WAIT))
}

fn instant(date: &[u8]) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_wait_is_read_in_seconds_and_as_a_date() {
        let now = instant(b"Sun, 06 Nov 1994 08:49:37 GMT");
        assert!(now.is_some());
        let waited = |value: &str| wait(&headers(&[("retry-after", value)]), now).map(|w| w.as_secs());
        assert_eq!(waited("120"), Some(120));
        assert_eq!(waited("Sun, 06 Nov 1994 08:51:37 GMT"), Some(120));
        assert_eq!(waited("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        assert_eq!(waited("999999999"), Some(3600));
        assert_eq!(waited("soon"), None);
    }

    #[test]
    fn only_xml_in_utf_8_is_a_message() {
        let judged = |value: &str| content(&headers(&[("content-type", value)]), Kind::Xml);
        for good in ["text/xml", "Text/XML; charset=\"UTF-8\"", "application/soap+xml;charset=utf-8"] {
            assert_eq!(judged(good), Ok(()), "{good}");
        }
        assert_eq!(judged("text/html; charset=utf-8"), Err(BadAnswer::Html));
        assert_eq!(judged("application/json"), Err(BadAnswer::ContentType));
        assert_eq!(judged("text/xml; charset=iso-8859-1"), Err(BadAnswer::Charset));
        assert_eq!(content(&HeaderMap::new(), Kind::Xml), Err(BadAnswer::ContentType));
        assert_eq!(text(b"\n<!DOCTYPE HTML><p>"), Err(BadAnswer::Html));
        assert_eq!(text(b"<a>\xff</a>"), Err(BadAnswer::NotUtf8));
    }

    proptest! {
        #[test]
        fn a_body_grown_in_pieces_is_the_body(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..20)) {
            let mut body = Zeroizing::new(Vec::new());
            pieces.iter().for_each(|piece| append(&mut body, piece));
            prop_assert_eq!(&*body, &pieces.concat());
        }
    }
}
