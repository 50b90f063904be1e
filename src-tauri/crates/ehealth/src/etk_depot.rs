//! The ETK depot: the public encryption key of a recipient, asked for by number and believed only when it is signed.
//!
//! The question is not signed and neither is the envelope of the answer: only the token inside is, so only that is read.
//! Source: docs/reference/ehealth-certificates.md, sections 5 and 8.

mod message;
mod recipient;
mod token;

use jiff::Timestamp;
use openssl::x509::X509;
use relais_core::continuity::route::Outcome;
use relais_core::{Code, Problem};

use crate::soap::{Fault, FaultKind, FaultTable};
use crate::sts::Contact;
use crate::sts::road::Road;
use crate::transport::{Reply, Transport, TransportError, Url};
use crate::xml::XmlError;
use crate::xml::verify::{Trust, WholeAttribute};

pub use message::{Answer, DEPOT, question, read};
pub use recipient::{NoRecipient, Recipient};
pub use token::{Etk, EtkError, verify};

/// A client of the depot.
#[derive(Debug, Clone)]
pub struct EtkDepot {
    /// The way there.
    pub transport: Transport,
    /// Certificates the signers of tokens have to lead to.
    pub anchors: Vec<X509>,
    /// What the subject of the depot's signer has to hold, each as one whole attribute.
    pub signer: Vec<WholeAttribute>,
}

/// What the depot says of a recipient.
#[derive(Debug, Clone)]
pub enum Found {
    /// Their key.
    Etk(Box<Etk>),
    /// Several have one: ask again for one of them.
    Several(Vec<Vec<Recipient>>),
    /// Nobody of that number has one, as the depot says by this code.
    Nobody {
        /// The depot's own.
        code: String,
    },
}

/// Why nothing was learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepotError {
    /// No answer came.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The depot refused, or does not work.
    #[error("the ETK depot answers with a fault")]
    Fault(Box<Fault>),
    /// It answered something else.
    #[error("no answer of the ETK depot")]
    Answer(#[source] XmlError),
    /// The token is not to be believed.
    #[error(transparent)]
    Etk(#[from] EtkError),
}

impl DepotError {
    /// Whether the depot is in trouble: only then a key that was kept may take the place of an answer (D-26).
    #[must_use]
    pub fn is_trouble(&self) -> bool {
        match self {
            Self::Transport(error) => lost(error),
            Self::Fault(fault) => {
                let switch = Outcome::of_fault(fault.quotable()) == Outcome::Switch;
                switch || FaultTable::built_in().kind(fault) == FaultKind::Down
            }
            Self::Answer(_) | Self::Etk(_) => false,
        }
    }

    /// The code, with values that may be shown.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Transport(error) => error.problem(),
            Self::Fault(fault) => Problem::new(Code::ETK_DEPOT_FAULT).with("fault", fault.quotable()),
            Self::Answer(error) => error.problem(),
            Self::Etk(_) => Code::ETK_NOT_GENUINE.into(),
        }
    }
}

impl EtkDepot {
    /// Asks for the key of one recipient, at the first of these addresses that does its work.
    ///
    /// # Errors
    /// [`DepotError`].
    pub async fn ask(&self, endpoints: &[Url], whom: &Recipient, at: Timestamp) -> Result<Found, DepotError> {
        self.ask_heard(endpoints, whom, at).await.0
    }

    /// The same, with what came of each address on the way: the watch of the services hears of it.
    pub async fn ask_heard(
        &self,
        endpoints: &[Url],
        whom: &Recipient,
        at: Timestamp,
    ) -> (Result<Found, DepotError>, Vec<Contact>) {
        let road = Road::new(self.transport.clone(), endpoints.to_vec());
        let found = self.along(&road, whom, at).await;
        (found, road.contacts())
    }

    async fn along(&self, road: &Road, whom: &Recipient, at: Timestamp) -> Result<Found, DepotError> {
        let question = question(std::slice::from_ref(whom)).map_err(DepotError::Answer)?;
        // It is not signed, so it grows no older.
        let (reply, _) = road.send("", question, &|| true).await?;
        match answer_of(&reply)? {
            Answer::Etk(der) => Ok(Found::Etk(Box::new(self.believed(&der, whom, at)?))),
            Answer::Several(all) => Ok(Found::Several(all)),
            Answer::Nobody { code } => Ok(Found::Nobody { code }),
        }
    }

    /// Judges a token as if it had just come: one that was kept.
    ///
    /// # Errors
    /// [`EtkError`].
    pub fn believed(&self, der: &[u8], whom: &Recipient, at: Timestamp) -> Result<Etk, EtkError> {
        let trust = Trust { anchors: self.anchors.clone(), signer: self.signer.clone(), at };
        verify(der, &trust, whom)
    }
}

/// What an answer says. What is no SOAP under a status that speaks for itself is a gateway's own words.
fn answer_of(reply: &Reply) -> Result<Answer, DepotError> {
    match read(&reply.body) {
        Err(DepotError::Answer(_)) if reply.head.status >= 500 => Err(reply.head.refusal().into()),
        answer => answer,
    }
}

/// Nobody was there to answer, by whatever cause between here and the depot; a refusal, or an answer that is none, is no
/// trouble of the depot's.
fn lost(error: &TransportError) -> bool {
    use TransportError::*;
    match error {
        NameNotFound | Unreachable | Timeout | Tls(_) | Proxy(_) => true,
        Http { status, .. } => *status >= 500,
        HostNotAllowed { .. } | Redirected | TooLarge | BadAnswer(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::{ProxyTrouble, TlsCause};

    #[test]
    fn only_a_depot_that_nobody_reaches_or_that_fails_is_in_trouble() {
        use TransportError::*;
        let status = |status| Http { status, wait: None };
        let trouble = |error: TransportError| DepotError::Transport(error).is_trouble();
        for error in [NameNotFound, Unreachable, Timeout, Tls(TlsCause::Broken), Proxy(ProxyTrouble::Refused)]
        {
            assert!(trouble(error.clone()), "{error:?}");
        }
        assert!(trouble(status(500)) && trouble(status(503)));
        for error in [HostNotAllowed { host: "x".into() }, Redirected, TooLarge, status(404), status(429)] {
            assert!(!trouble(error.clone()), "{error:?}");
        }
        assert!(!DepotError::Etk(EtkError::Signature).is_trouble());
    }
}
