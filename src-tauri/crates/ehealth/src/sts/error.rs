//! Why a sign-in at the token service did not work.

use jiff::SignedDuration;
use relais_core::{Code, Problem};

use crate::assertion::AssertionError;
use crate::claims::ClaimError;
use crate::soap::{Fault, FaultKind};
use crate::transport::{Retry, TransportError};
use crate::xml::XmlError;

/// Why there is no session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StsError {
    /// The profile names nobody who could sign an assertion, so none could be accepted.
    #[error("the profile has no trust anchor for assertions")]
    NoAnchor,
    /// The claims are not about this kind of person or organisation.
    #[error(transparent)]
    Claims(#[from] ClaimError),
    /// The holder's certificate has expired.
    #[error("the certificate of the session's key has expired")]
    HolderExpired {
        /// It is the card's, so the municipality renews it and not the platform.
        card: bool,
    },
    /// The holder's certificate cannot be read.
    #[error("the certificate of the session's key cannot be read")]
    HolderUnreadable,
    /// This PC's clock is in another day than the platform's.
    #[error("the clock of this PC is {} hours off", .offset.as_hours())]
    ClockOff {
        /// The platform's clock minus ours.
        offset: SignedDuration,
    },
    /// The key did not sign: the card's or keystore's own failure.
    #[error("the key did not sign: {0}")]
    Signer(Problem),
    /// A value of ours has no place in XML.
    #[error("the message cannot be written")]
    Unwritable,
    /// The signature took longer than the message lives; nothing was sent.
    #[error("the message had expired when it was signed")]
    SignedTooLate,
    /// No answer, or none that is a message.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// XML, but not the answer to this request.
    #[error("the answer cannot be read: {0}")]
    Answer(#[from] XmlError),
    /// The service says no.
    #[error("the service answers with the fault {}", .fault.quotable())]
    Fault {
        /// What it means for us.
        kind: FaultKind,
        /// What it says.
        fault: Box<Fault>,
        /// How long the server asks us to wait.
        wait: Option<SignedDuration>,
    },
    /// An assertion came that is not ours, not new or not the platform's.
    #[error(transparent)]
    Assertion(#[from] AssertionError),
}

impl StsError {
    /// The failure for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::NoAnchor => Problem::new(Code::NO_PLATFORM_ANCHOR),
            Self::Claims(_) => Problem::new(Code::QUALITY_UNKNOWN),
            Self::HolderExpired { card: true } => Problem::new(Code::CARD_CERTIFICATE_EXPIRED),
            Self::HolderExpired { card: false } => Problem::new(Code::KEYSTORE_EXPIRED),
            Self::HolderUnreadable => Problem::new(Code::KEYSTORE_UNREADABLE),
            Self::ClockOff { offset } => Problem::new(Code::CLOCK_OFF).with("seconds", offset.as_secs()),
            Self::Signer(problem) => problem.clone(),
            Self::Unwritable => Problem::new(Code::INTERNAL).with("what", "message"),
            Self::SignedTooLate => Problem::new(Code::PIN_TIMED_OUT),
            Self::Transport(error) => error.problem(),
            Self::Answer(error) => Problem::new(Code::STS_BAD_RESPONSE).with("cause", error.reason()),
            Self::Fault { kind, fault, .. } => told(*kind, fault),
            Self::Assertion(error) => error.problem(),
        }
    }

    /// Whether trying again makes sense.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Transport(error) => error.retry(),
            Self::Fault { wait: Some(wait), kind: FaultKind::Down | FaultKind::Unknown, .. } => {
                Retry::After(*wait)
            }
            Self::Fault { kind: FaultKind::Down, .. } => Retry::Later,
            Self::Fault { kind: FaultKind::Unknown, fault, .. } => unknown(fault),
            Self::SignedTooLate | Self::Answer(_) => Retry::Later,
            _ => Retry::Never,
        }
    }

    /// It looks like somebody's work rather than a failure, and belongs among the security events.
    #[must_use]
    pub fn suspicious(&self) -> bool {
        matches!(self, Self::Assertion(_))
    }
}

/// Code, text and ticket as the platform says them, for the person to quote.
fn told(kind: FaultKind, fault: &Fault) -> Problem {
    let code = match kind {
        FaultKind::Refused => Code::STS_REFUSED,
        FaultKind::Down => Code::STS_DOWN,
        FaultKind::Ours => Code::STS_OUR_FAULT,
        FaultKind::Clock => Code::CLOCK_OFF,
        FaultKind::Unknown => Code::STS_FAULT_UNKNOWN,
    };
    let problem = Problem::new(code).with("fault", fault.quotable()).with("text", &fault.text);
    let more = [("ticket", &fault.ticket), ("message", &fault.message), ("origin", &fault.origin)];
    more.into_iter().fold(problem, |problem, (name, value)| match value {
        Some(value) => problem.with(name, value),
        None => problem,
    })
}

/// What the fault itself says of trying again, else whose fault SOAP says it is.
fn unknown(fault: &Fault) -> Retry {
    match fault.retry {
        Some(true) => Retry::Later,
        Some(false) => Retry::Never,
        None if matches!(fault.local(), "Client" | "Sender") => Retry::Never,
        None => Retry::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: FaultKind, faultcode: &str, retry: Option<bool>) -> StsError {
        let fault = Fault { faultcode: faultcode.into(), retry, ..Fault::default() };
        StsError::Fault { kind, fault: Box::new(fault), wait: None }
    }

    #[test]
    fn a_refusal_is_final_and_an_outage_is_not() {
        assert_eq!(fault(FaultKind::Refused, "soap:Client", Some(true)).retry(), Retry::Never);
        assert_eq!(fault(FaultKind::Ours, "soap:Client", None).retry(), Retry::Never);
        assert_eq!(fault(FaultKind::Down, "soap:Server", None).retry(), Retry::Later);
    }

    #[test]
    fn an_unknown_fault_is_tried_again_only_if_it_is_the_servers() {
        assert_eq!(fault(FaultKind::Unknown, "soap:Client", None).retry(), Retry::Never);
        assert_eq!(fault(FaultKind::Unknown, "soap:Client", Some(true)).retry(), Retry::Later);
        assert_eq!(fault(FaultKind::Unknown, "soap:Server", None).retry(), Retry::Later);
        assert_eq!(fault(FaultKind::Unknown, "soap:Server", Some(false)).retry(), Retry::Never);
    }

    #[test]
    fn a_fault_quotes_code_and_ticket() {
        let fault = Fault {
            faultcode: "soap:Server".into(),
            text: "out of order".into(),
            code: Some("SOA-02001".into()),
            ticket: Some("7f3a".into()),
            ..Fault::default()
        };
        let problem = StsError::Fault { kind: FaultKind::Down, fault: Box::new(fault), wait: None }.problem();
        let with = |name: &str| problem.with[name].as_str();
        assert_eq!((problem.code, with("fault"), with("ticket")), (Code::STS_DOWN, "SOA-02001", "7f3a"));
    }
}
