//! Where a message goes: to the address in force, and once to the next one when that one does not do its work.
//!
//! A signature costs a person a PIN, so a signed message may go to a second zone while it is young; it is never signed
//! again for that. Source: docs/reference/ehealth-bcp.md, section 4; docs/architecture.md, "Continuity".

use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use relais_core::continuity::route::Outcome;

use crate::soap;
use crate::transport::{Answered, Reply, Sent, Transport, TransportError, Url};
use crate::xml::tree::Tree;

/// How old a signed message may be to go to the next address. It lives a minute, and has to arrive.
pub(crate) const AGAIN_WITHIN: SignedDuration = SignedDuration::from_secs(45);

/// What came of one contact with one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The address.
    pub url: Url,
    /// What it means for the route.
    pub outcome: Outcome,
    /// Whether the host was reached.
    pub reached: bool,
    /// It was a look only: nothing was asked for.
    pub look: bool,
}

/// Addresses of one service, the one in force first.
#[derive(Debug, Clone)]
pub(crate) struct Road {
    transport: Transport,
    endpoints: Vec<Url>,
    contacts: Arc<Mutex<Vec<Contact>>>,
}

impl Road {
    pub fn new(transport: Transport, endpoints: Vec<Url>) -> Self {
        Self { transport, endpoints, contacts: Arc::default() }
    }

    /// Another road to the same service, with contacts of its own.
    pub fn along(&self, endpoints: Vec<Url>) -> Self {
        let endpoints = if endpoints.is_empty() { self.endpoints.clone() } else { endpoints };
        Self::new(self.transport.clone(), endpoints)
    }

    /// The same road with this address first.
    pub fn first(&self, first: &Url) -> Self {
        let others = self.endpoints.iter().filter(|url| *url != first);
        Self { endpoints: std::iter::once(first).chain(others).cloned().collect(), ..self.clone() }
    }

    pub fn contacts(&self) -> Vec<Contact> {
        std::mem::take(&mut self.contacts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks whether anybody answers; a zone that says it is out of order is passed by.
    ///
    /// # Errors
    /// What the first address in the order says, when none does its work.
    pub async fn look(&self) -> Result<(Answered, Url), TransportError> {
        let (mut left, mut first) = (self.endpoints.clone(), None);
        while !left.is_empty() {
            let sent = self.transport.head_first(&left).await;
            self.note(&left, &sent, true, |answered| look_outcome(answered.status));
            let by = sent.written_to.and_then(|by| left.get(by)).cloned();
            match (sent.answer, by) {
                (Ok(answered), Some(by)) if look_outcome(answered.status) == Outcome::Answered => {
                    return Ok((answered, by));
                }
                (answer, by) => {
                    let error = answer.map_or_else(|error| error, Answered::refusal);
                    first.get_or_insert(error);
                    let unreached: Vec<_> =
                        sent.unreached.iter().map(|(place, _)| left[*place].clone()).collect();
                    // Nobody at all: each had its turn in this race.
                    if by.is_none() {
                        break;
                    }
                    left.retain(|url| Some(url) != by.as_ref() && !unreached.contains(url));
                }
            }
        }
        Err(first.unwrap_or(TransportError::Unreachable))
    }

    /// Writes a message to one address, and to one more if that does not do its work while the message is `young`.
    ///
    /// # Errors
    /// Why there is no answer: what the last address says that the message was written to.
    pub async fn send(
        &self,
        action: &str,
        message: Vec<u8>,
        young: &(dyn Fn() -> bool + Sync),
    ) -> Result<(Reply, Url), TransportError> {
        let again = (self.endpoints.len() > 1).then(|| message.clone());
        let sent = self.transport.post_soap(&self.endpoints, action, message).await;
        self.note(&self.endpoints, &sent, false, fault_outcome);
        let Some(by) = sent.written_to.map(|by| self.endpoints[by].clone()) else {
            return Err(sent.answer.err().unwrap_or(TransportError::Unreachable));
        };
        let switch = outcome(&sent.answer, fault_outcome) == Some(Outcome::Switch);
        let tried: Vec<_> = sent.unreached.iter().map(|(place, _)| &self.endpoints[*place]).collect();
        let left: Vec<_> =
            self.endpoints.iter().filter(|url| **url != by && !tried.contains(url)).cloned().collect();
        match again {
            Some(message) if switch && !left.is_empty() && young() => {
                let second = self.transport.post_soap(&left, action, message).await;
                self.note(&left, &second, false, fault_outcome);
                match second.written_to {
                    Some(place) => second.answer.map(|reply| (reply, left[place].clone())),
                    // The one that was reached says more than one that was not.
                    None => sent.answer.map(|reply| (reply, by)),
                }
            }
            _ => sent.answer.map(|reply| (reply, by)),
        }
    }

    fn note<T>(&self, order: &[Url], sent: &Sent<T>, look: bool, judge: impl Fn(&T) -> Outcome) {
        let lost = sent.unreached.iter().filter(|(_, error)| !ours(error));
        let lost = lost.map(|(place, _)| (*place, Outcome::Switch, false));
        // Who let its time pass, so that a later one was asked and was faster, would let it pass at the next message, too.
        let outrun = (0..sent.written_to.unwrap_or_default())
            .filter(|place| !sent.unreached.iter().any(|(known, _)| known == place))
            .map(|place| (place, Outcome::Switch, false));
        let written = sent.written_to.and_then(|place| {
            let reached = !matches!(&sent.answer, Err(TransportError::Timeout | TransportError::Unreachable));
            Some((place, outcome(&sent.answer, &judge)?, reached))
        });
        let contact = |(place, outcome, reached): (usize, Outcome, bool)| {
            Some(Contact { url: order.get(place)?.clone(), outcome, reached, look })
        };
        let contacts = lost.chain(outrun).chain(written).filter_map(contact);
        self.contacts.lock().unwrap_or_else(PoisonError::into_inner).extend(contacts);
    }
}

/// It never left this PC, or not because of the host.
fn ours(error: &TransportError) -> bool {
    matches!(error, TransportError::HostNotAllowed { .. } | TransportError::Proxy(_))
}

/// What an answer means for the route; `None` where it says nothing of the host.
fn outcome<T>(answer: &Result<T, TransportError>, judge: impl Fn(&T) -> Outcome) -> Option<Outcome> {
    match answer {
        Ok(answer) => Some(judge(answer)),
        Err(error) if ours(error) => None,
        Err(TransportError::Http { status, .. }) if *status < 500 => Some(Outcome::Answered),
        Err(_) => Some(Outcome::Switch),
    }
}

fn look_outcome(status: u16) -> Outcome {
    if matches!(status, 502..=504) { Outcome::Switch } else { Outcome::Answered }
}

/// What a fault says of its zone; everything else is an answer, and for others to read.
fn fault_outcome(reply: &Reply) -> Outcome {
    let Ok(tree) = Tree::parse(&reply.body) else {
        return if reply.head.status >= 500 { Outcome::Switch } else { Outcome::Answered };
    };
    match soap::open(&tree) {
        Ok(soap::Answer::Fault(fault)) => {
            // The code stands in the detail, else in the text.
            fault.code.as_deref().map_or_else(|| Outcome::of_fault(&fault.text), Outcome::of_fault)
        }
        _ => Outcome::Answered,
    }
}
