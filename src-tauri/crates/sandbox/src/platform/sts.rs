//! The STS: WS-Trust issue, renew and challenge, strict about every rule that is known of the real one.
//!
//! Source: docs/reference/sandbox.md, which says which rules are the platform's and which were chosen here.

mod answer;
mod assertion;
mod claims;
mod grant;
mod header;
mod identity;
mod request;
mod rules;
mod soap;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use relais_core::Problem;
use relais_ehealth::xml::c14n::exclusive;
use relais_ehealth::xml::tree::Element;

pub use header::LIFE_OF_A_MESSAGE;
pub use identity::Anchors;
pub use rules::{Challenges, Denial, Rules};
pub use soap::{FaultCode, Refusal};

use super::authority::Authorities;
use super::faults::{Fault, Faults, Layer, Step};
use super::organisations::Organisations;
use super::people::People;
use super::signer::SoftKey;
use crate::clock::TurnedClock;
use answer::Answer;
use grant::{Grant, Known, Token};
use header::Authenticated;
use request::{Answered, Asked};

/// A challenge that nobody has answered for this long is void. Chosen here.
const LIFE_OF_A_CHALLENGE: SignedDuration = SignedDuration::from_mins(5);

/// What the two operations are called in SOAPAction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Issue and Renew.
    RequestSecurityToken,
    /// The answer to a challenge.
    Challenge,
}

impl Action {
    /// Reads the header SOAPAction, with or without its quotes.
    pub fn parse(header: &str) -> Result<Self, Refusal> {
        let name = header.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(header);
        match name.strip_prefix("urn:be:fgov:ehealth:sts:protocol:v1:") {
            Some("RequestSecurityToken") => Ok(Self::RequestSecurityToken),
            Some("Challenge") => Ok(Self::Challenge),
            _ => Err(Refusal::soa(3_005, "the STS has no operation of this SOAPAction")),
        }
    }

    pub fn step(self) -> Step {
        match self {
            Self::RequestSecurityToken => Step::First,
            Self::Challenge => Step::Challenge,
        }
    }
}

/// The keys that sign assertions, rightly and wrongly.
struct Keys {
    sts: SoftKey,
    impostor: SoftKey,
    retired: SoftKey,
    forged: SoftKey,
}

/// A challenge on its way.
struct Pending {
    grant: Grant,
    challenge: String,
    since: Timestamp,
}

/// What is remembered between requests.
#[derive(Default)]
struct Memory {
    pending: HashMap<String, Pending>,
    issued: HashMap<String, Token>,
    last: Option<Vec<u8>>,
}

impl Memory {
    /// What can no longer be answered or renewed is not kept. A challenge is kept a while longer, to be told from an
    /// unknown one.
    fn forget(&mut self, now: Timestamp) {
        self.pending.retain(|_, it| now.duration_since(it.since) <= LIFE_OF_A_CHALLENGE * 12);
        self.issued.retain(|_, token| now.duration_since(token.expires_at) <= SignedDuration::from_hours(24));
    }
}

/// The service.
pub(crate) struct Sts {
    clock: TurnedClock,
    people: People,
    organisations: Organisations,
    anchors: Anchors,
    keys: Keys,
    strangers: Strangers,
    faults: Faults,
    rules: Mutex<Rules>,
    memory: Mutex<Memory>,
}

/// Certificates that do not belong to whoever asks.
struct Strangers {
    holder: openssl::x509::X509,
    person: super::people::Person,
}

impl Sts {
    pub fn new(
        clock: TurnedClock,
        authorities: &Authorities,
        (people, organisations): (People, Organisations),
        anchors: Anchors,
        faults: Faults,
    ) -> Result<Self, openssl::error::ErrorStack> {
        let keys = Keys {
            sts: SoftKey::new(&authorities.sts)?,
            impostor: SoftKey::new(&authorities.impostor)?,
            retired: SoftKey::new(&authorities.retired)?,
            forged: SoftKey::new(&authorities.forged)?,
        };
        let holder = authorities.impostor.certificate.clone();
        let strangers = Strangers { holder, person: people.stranger().clone() };
        let (rules, memory) = (Mutex::default(), Mutex::default());
        Ok(Self { clock, people, organisations, anchors, keys, strangers, faults, rules, memory })
    }

    /// The switches as they are now.
    pub fn rules(&self) -> Rules {
        *self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns the switches.
    pub fn set_rules(&self, rules: Rules) {
        *self.rules.lock().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    fn known(&self) -> Known<'_> {
        Known { people: &self.people, organisations: &self.organisations }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one message with the SOAP envelope of the answer.
    pub async fn answer(&self, action: Action, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        let now = self.clock.trusted();
        let authenticated = header::authenticate(message, &self.anchors, now)?;
        let payload = authenticated.payload()?;
        match action {
            Action::RequestSecurityToken => self.first(&authenticated, payload, now).await,
            Action::Challenge => self.second(&authenticated, payload, now).await,
        }
    }

    async fn first(
        &self,
        sender: &Authenticated,
        payload: Element<'_>,
        now: Timestamp,
    ) -> Result<Vec<u8>, Refusal> {
        let grant = match request::token_request(payload)? {
            Asked::Issue(issue) => {
                Grant::judge(issue, sender, &self.known(), &self.anchors, self.rules(), now)?
            }
            Asked::Renew(renew) => {
                let memory = self.memory();
                let token = memory.issued.get(&renew.assertion_id);
                Grant::renewed(renew.context, token, sender, now)?
            }
        };
        let differ = sender.certificate != grant.holder;
        if self.rules().challenges.wanted(differ) {
            self.challenge(grant, now)
        } else {
            self.token(grant, now, Step::First).await
        }
    }

    fn challenge(&self, grant: Grant, now: Timestamp) -> Result<Vec<u8>, Refusal> {
        let challenge = random_text();
        let answer = self.answer_for(&grant.context, Step::First).challenge(&challenge);
        let mut memory = self.memory();
        if memory.pending.contains_key(&grant.context) {
            return Err(Refusal::trust(
                "InvalidRequest",
                "this Context waits for the answer to a challenge already",
            ));
        }
        memory.forget(now);
        memory.pending.insert(grant.context.clone(), Pending { grant, challenge, since: now });
        answer.map_err(defect)
    }

    async fn second(
        &self,
        sender: &Authenticated,
        payload: Element<'_>,
        now: Timestamp,
    ) -> Result<Vec<u8>, Refusal> {
        let answered = request::challenge_answer(payload)?;
        let grant = self.redeem(answered, sender, now)?;
        self.token(grant, now, Step::Challenge).await
    }

    /// A challenge is spent by the first answer to it, right or wrong.
    fn redeem(&self, answered: Answered, sender: &Authenticated, now: Timestamp) -> Result<Grant, Refusal> {
        let pending = self.memory().pending.remove(&answered.context);
        let unknown = Refusal::trust("InvalidRequest", "no challenge of this Context waits for an answer");
        let Pending { grant, challenge, since } = pending.ok_or(unknown)?;
        if now.duration_since(since) > LIFE_OF_A_CHALLENGE {
            return Err(Refusal::trust("ExpiredData", "the challenge was answered too late"));
        }
        if sender.certificate != grant.holder {
            return Err(Refusal::trust(
                "FailedAuthentication",
                "the challenge is answered with the holder's key",
            ));
        }
        if answered.challenge != challenge {
            return Err(Refusal::trust("FailedAuthentication", "the challenge comes back unchanged"));
        }
        Ok(grant)
    }

    async fn token(&self, grant: Grant, now: Timestamp, step: Step) -> Result<Vec<u8>, Refusal> {
        let fault = self.faults.strike(Layer::Answer, step);
        let own = grant.context.clone();
        let token = grant.token(now);
        let honest = token.assertion().signed(&self.keys.sts).await.map_err(defect)?;
        let bytes = match &fault {
            Some(fault) => self.falsified(fault, &token, &honest, now).await.map_err(defect)?,
            None => honest.clone(),
        };
        let context = if fault == Some(Fault::OtherContext) { random_text() } else { own };
        let answer = Answer { context: &context, collection: self.rules().collection };
        let message = answer.token(&bytes, now, token.expires_at).map_err(defect)?;
        let canonical = exclusive(&honest, false, &[]).map_err(defect)?;
        let mut memory = self.memory();
        memory.forget(now);
        memory.last = Some(honest);
        memory.issued.insert(token.id.clone(), token.known_by(canonical));
        Ok(message)
    }

    /// What arrives instead of the honest assertion.
    async fn falsified(
        &self,
        fault: &Fault,
        token: &Token,
        honest: &[u8],
        now: Timestamp,
    ) -> Result<Vec<u8>, Problem> {
        let mut assertion = token.assertion();
        let mut signer = &self.keys.sts;
        match fault {
            Fault::OtherHolder => assertion.holder = self.strangers.holder.clone(),
            Fault::OtherPerson => token.about(&mut assertion, &self.strangers.person),
            Fault::WrongSigner => signer = &self.keys.impostor,
            Fault::ExpiredSigner => signer = &self.keys.retired,
            Fault::UntrustedSigner => signer = &self.keys.forged,
            Fault::IssuedAt { off_ms } => {
                let off = SignedDuration::from_millis(*off_ms);
                assertion.issued_at = now.saturating_add(off).unwrap_or(now);
            }
            Fault::AlreadyOver => assertion.expires_at = now,
            Fault::ShortLife { seconds } => {
                let end = assertion.issued_at.saturating_add(SignedDuration::from_secs(i64::from(*seconds)));
                assertion.expires_at = end.map_or(assertion.expires_at, |end| end.min(assertion.expires_at));
            }
            Fault::Tampered => return Ok(longer(honest)),
            Fault::Replay => return Ok(self.memory().last.clone().unwrap_or_else(|| honest.to_vec())),
            _ => return Ok(honest.to_vec()),
        }
        assertion.signed(signer).await
    }

    /// A challenge can come back under another Context too.
    fn answer_for<'a>(&self, context: &'a str, step: Step) -> Answer<'a> {
        let collection = self.rules().collection;
        let astray =
            self.faults.planned().iter().any(|plan| plan.fault == Fault::OtherContext && plan.step == step);
        if astray && self.faults.strike(Layer::Answer, step).is_some() {
            return Answer { context: "context-of-somebody-else", collection };
        }
        Answer { context, collection }
    }
}

/// The same assertion with a thousand years more to live, and the old signature.
fn longer(honest: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(honest).replacen("NotOnOrAfter=\"2", "NotOnOrAfter=\"3", 1).into_bytes()
}

/// Something of the sandbox itself does not work: the client is told that the platform is at fault.
fn defect<E>(_: E) -> Refusal {
    Refusal::soa(1, "the sandbox could not write its answer")
}

/// 128 random bits as a text.
pub(crate) fn random_text() -> String {
    let mut bits = [0; 16];
    openssl::rand::rand_bytes(&mut bits).expect("OpenSSL has random bytes, or nothing here is safe");
    format!("{:032x}", u128::from_be_bytes(bits))
}
