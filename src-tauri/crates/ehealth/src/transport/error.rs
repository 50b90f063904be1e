//! Why a call brought no answer, with one code per cause a person can act on.

use jiff::SignedDuration;
use relais_core::{Code, Problem};

/// What a caller may do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The same request will fail again.
    Never,
    /// Later, by the caller's own back-off.
    Later,
    /// Not before this span has passed: the server asked for it.
    After(SignedDuration),
}

/// Why a server's certificate or handshake was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsCause {
    /// Expired, or not valid yet: the certificate's dates and this PC's clock do not fit.
    Dates,
    /// Made out to another host.
    WrongName,
    /// By nobody this PC or the profile trusts, revoked, or not a server's.
    UnknownCa,
    /// The server knows nothing newer than TLS 1.1.
    TooOld,
    /// The handshake broke off.
    Broken,
    /// TLS is inspected on this PC, and the policy refuses that.
    Inspected,
}

/// What went wrong with the proxy on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProxyTrouble {
    /// It wants a name and a password (407).
    WantsPassword,
    /// It cannot be reached.
    Unreachable,
    /// It would not open a way to the host.
    Refused,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BadAnswer {
    /// A web page: a captive portal, or a gateway's own words.
    Html,
    /// Another content type than XML.
    ContentType,
    /// Another character set than UTF-8.
    Charset,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// The connection ended, or its framing broke, before the answer was whole.
    BrokenOff,
    /// XML, but not the message that was expected.
    Unexpected,
}

impl BadAnswer {
    /// Stable word for texts and logs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::ContentType => "content-type",
            Self::Charset => "charset",
            Self::NotUtf8 => "not-utf-8",
            Self::BrokenOff => "broken-off",
            Self::Unexpected => "unexpected",
        }
    }
}

/// Why there is no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The profile does not allow the address.
    #[error("the profile does not allow calls to {host:?}")]
    HostNotAllowed {
        /// Host of the address.
        host: String,
    },
    /// No address for the name.
    #[error("the name of the server cannot be resolved")]
    NameNotFound,
    /// Nobody takes the connection.
    #[error("the server cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// The certificate or the handshake was not accepted; no byte of the request was sent.
    #[error("no trusted connection: {0:?}")]
    Tls(TlsCause),
    /// The proxy is in the way.
    #[error("the proxy is in the way: {0:?}")]
    Proxy(ProxyTrouble),
    /// The answer sends us elsewhere, which is never followed.
    #[error("the server answered with a redirect")]
    Redirected,
    /// The answer is larger than the limit.
    #[error("the answer is too large")]
    TooLarge,
    /// An HTTP status without a readable message.
    #[error("the server answered with HTTP status {status}")]
    Http {
        /// The status.
        status: u16,
        /// How long the server asked us to wait.
        wait: Option<SignedDuration>,
    },
    /// An answer, but no message.
    #[error("the answer is no message: {}", .0.word())]
    BadAnswer(BadAnswer),
}

impl TransportError {
    /// The failure for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(self.code());
        match self {
            Self::HostNotAllowed { host } => problem.with("host", host),
            Self::Http { status, wait } => {
                let problem = problem.with("status", status);
                match wait {
                    Some(wait) => problem.with("seconds", wait.as_secs()),
                    None => problem,
                }
            }
            Self::Proxy(ProxyTrouble::WantsPassword) => problem.with("cause", "password"),
            Self::Proxy(ProxyTrouble::Unreachable) => problem.with("cause", "unreachable"),
            Self::Proxy(ProxyTrouble::Refused) => problem.with("cause", "refused"),
            Self::BadAnswer(bad) => problem.with("cause", bad.word()),
            _ => problem,
        }
    }

    /// The code alone.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::HostNotAllowed { .. } => Code::HOST_NOT_ALLOWED,
            Self::NameNotFound => Code::NAME_NOT_FOUND,
            Self::Unreachable => Code::STS_UNREACHABLE,
            Self::Timeout => Code::STS_TIMEOUT,
            Self::Tls(TlsCause::Dates) => Code::TLS_EXPIRED,
            Self::Tls(TlsCause::WrongName) => Code::TLS_WRONG_NAME,
            Self::Tls(TlsCause::UnknownCa) => Code::TLS_UNKNOWN_CA,
            Self::Tls(TlsCause::TooOld) => Code::TLS_TOO_OLD,
            Self::Tls(TlsCause::Broken) => Code::TLS_BROKEN,
            Self::Tls(TlsCause::Inspected) => Code::TLS_INSPECTED,
            Self::Proxy(_) => Code::PROXY_REFUSED,
            Self::Redirected => Code::REDIRECTED,
            Self::TooLarge => Code::ANSWER_TOO_LARGE,
            Self::Http { .. } => Code::STS_HTTP,
            Self::BadAnswer(_) => Code::STS_BAD_RESPONSE,
        }
    }

    /// Whether trying again makes sense.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::HostNotAllowed { .. } | Self::Tls(TlsCause::Inspected) => Retry::Never,
            Self::Http { wait: Some(wait), .. } => Retry::After(*wait),
            // A status that speaks of our request will not change with it; one that speaks of the server may.
            Self::Http { status, wait: None }
                if (400..500).contains(status) && ![408, 425, 429].contains(status) =>
            {
                Retry::Never
            }
            _ => Retry::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tls_cause_has_a_code_of_its_own() {
        use TlsCause::*;
        let codes: std::collections::BTreeSet<_> = [Dates, WrongName, UnknownCa, TooOld, Broken, Inspected]
            .map(|cause| TransportError::Tls(cause).code())
            .into_iter()
            .collect();
        assert_eq!(codes.len(), 6);
    }

    #[test]
    fn what_the_server_asked_for_is_what_the_caller_waits() {
        let wait = SignedDuration::from_secs(120);
        assert_eq!(TransportError::Http { status: 503, wait: Some(wait) }.retry(), Retry::After(wait));
        assert_eq!(TransportError::Http { status: 503, wait: None }.retry(), Retry::Later);
        assert_eq!(TransportError::Http { status: 429, wait: None }.retry(), Retry::Later);
        assert_eq!(TransportError::Http { status: 404, wait: None }.retry(), Retry::Never);
    }
}
