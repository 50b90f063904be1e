//! The client of the platform's token service: ask, renew, answer a challenge, accept.
//!
//! Decides what is asked and in which order; the keys sign elsewhere, the transport sends, [`crate::assertion`] judges
//! what comes back. It never asks twice by itself: a signature costs a person a PIN.
//! Source: docs/reference/ehealth-sts.md, sections 2, 3 and 12.

mod error;
pub(crate) mod message;
pub(crate) mod road;

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::Asn1Time;
use openssl::nid::Nid;
use openssl::x509::{X509, X509Ref};
use relais_core::lease::{Fingerprint, LeaseId};
use relais_core::ports::Signer;
use relais_core::secret::SecretBytes;
use relais_core::time::Clock;

use crate::assertion::{self, Accepted, AssertionError, Expectations};
use crate::claims::{ClaimProfile, ClaimValue, Claimant};
use crate::soap::{self, FaultTable};
use crate::transport::{Answered, BadAnswer, Reply, Transport, TransportError, Url};
use crate::xml::sign::{RandomIds, Security, Timestamps, envelope};
use crate::xml::tree::Tree;
use crate::xml::verify::{Trust, WholeAttribute};
use crate::xml::write::BodyContent;

pub use error::StsError;
pub use message::{CHALLENGE_ACTION, Context, ISSUE_ACTION};
use message::{Granting, Request};
pub use road::Contact;
use road::Road;

/// Issuer of every assertion of the platform. Source: docs/reference/ehealth-sts.md, section 5.
pub const ISSUER: &str = "urn:be:fgov:ehealth:sts:1_0";

/// Life of a message, as the platform's own connector sets it.
/// Source: docs/reference/ehealth-sts.md, section 2.3.
pub const MESSAGE_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// A PC clock further than this from the platform's is wrong in its date, and nothing is signed by it.
pub const CLOCK_LIMIT: SignedDuration = SignedDuration::from_hours(24);

/// The token service of one environment.
#[derive(Debug, Clone)]
pub struct StsProfile {
    /// Where it is.
    pub endpoint: Url,
    /// What the subject of its signing certificate holds.
    pub signer: Vec<WholeAttribute>,
    /// Whom that certificate leads to. Empty: nobody can be recognised, so nobody is asked.
    pub anchors: Vec<X509>,
    /// How it calls itself in assertions.
    pub issuer: String,
    /// How far clocks may be apart.
    pub skew: SignedDuration,
    /// What its faults mean.
    pub faults: FaultTable,
}

impl StsProfile {
    /// A service with the platform's own issuer, the usual skew and the built-in table of faults.
    #[must_use]
    pub fn new(endpoint: Url, signer: Vec<WholeAttribute>, anchors: Vec<X509>) -> Self {
        let (issuer, skew, faults) = (ISSUER.to_owned(), assertion::SKEW, FaultTable::built_in());
        Self { endpoint, signer, anchors, issuer, skew, faults }
    }
}

/// What is asked for one sign-in.
#[derive(Clone, Copy)]
pub struct IssueAsk<'a> {
    /// Whom the session is for.
    pub claimant: &'a Claimant,
    /// Claims of the quality.
    pub claims: &'a ClaimProfile,
    /// Life wished for; cut to the end of the holder's certificate.
    pub life: SignedDuration,
    /// The clock of this PC, or the sandbox's.
    pub clock: &'a (dyn Clock + 'a),
    /// What is known of the platform's clock: its time minus ours.
    pub offset: SignedDuration,
    /// Whether an assertion was received in the last 48 hours.
    pub seen: &'a (dyn Fn(&LeaseId) -> bool + Sync),
}

impl IssueAsk<'_> {
    /// Platform time: this PC's clock and what is known of its error.
    fn now(&self) -> Timestamp {
        let wall = self.clock.now().wall;
        wall.saturating_add(self.offset).unwrap_or(wall)
    }
}

/// A session that the platform granted.
#[derive(Debug)]
pub struct Granted {
    /// The assertion, to the byte.
    pub assertion: SecretBytes,
    /// Hash of its AssertionID.
    pub id: LeaseId,
    /// When it was issued, by the platform's clock.
    pub issued_at: Timestamp,
    /// From when on it is no longer good.
    pub expires_at: Timestamp,
    /// Certificate of the holder of key.
    pub holder: Fingerprint,
    /// Given name and surname, where the platform certified them.
    pub name: Option<String>,
    /// Every requested yes-or-no claim, and whether it was granted.
    pub certified: Vec<(String, bool)>,
    /// The platform's clock minus ours, where the answer told its time.
    pub offset: Option<SignedDuration>,
}

/// That the service is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The host that answered.
    pub host: String,
    /// What its clock says, to the second.
    pub server_time: Option<Timestamp>,
    /// Its clock minus ours.
    pub offset: Option<SignedDuration>,
}

/// A client of one token service.
#[derive(Debug, Clone)]
pub struct StsClient {
    profile: StsProfile,
    road: Road,
}

impl StsClient {
    /// A client; the transport has to allow the endpoint's host.
    #[must_use]
    pub fn new(profile: StsProfile, transport: Transport) -> Self {
        let road = Road::new(transport, vec![profile.endpoint.clone()]);
        Self { profile, road }
    }

    /// The same service at these addresses, the one to be called first at the front. Without any it stays where it is.
    #[must_use]
    pub fn at(&self, endpoints: Vec<Url>) -> Self {
        Self { profile: self.profile.clone(), road: self.road.along(endpoints) }
    }

    /// What came of each contact since this was asked last, in its order.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact> {
        self.road.contacts()
    }

    /// Asks whether the service can be reached, before anybody is bothered for a PIN. Nothing is signed.
    ///
    /// # Errors
    /// When it cannot be reached, says itself that it is out of order, or could not be recognised anyway; when this PC's
    /// clock is more than [`CLOCK_LIMIT`] off.
    pub async fn probe(&self, clock: &dyn Clock) -> Result<Probe, StsError> {
        self.recognisable()?;
        let before = clock.now().wall;
        let (answered, by) = self.road.look().await?;
        if answered.status == 429 {
            return Err(answered.refusal().into());
        }
        let offset = offset(&answered, before, clock.now().wall);
        match offset.filter(|offset| offset.abs() > CLOCK_LIMIT) {
            Some(offset) => Err(StsError::ClockOff { offset }),
            None => {
                let host = by.host_str().unwrap_or_default().to_owned();
                Ok(Probe { host, server_time: answered.server_time, offset })
            }
        }
    }

    /// Signs in: `identity` signs the request, `holder` proves the session's key. They may be the same.
    ///
    /// `identity` signs once. `holder` signs once more when the service challenges it.
    ///
    /// # Errors
    /// See [`StsError`]. Nothing is tried again.
    pub async fn issue(
        &self,
        ask: IssueAsk<'_>,
        identity: &dyn Signer,
        holder: &dyn Signer,
    ) -> Result<Granted, StsError> {
        self.exchange(ask, Wish::New, identity, holder).await
    }

    /// Asks for a new life of `assertion`, an accepted one that is still good and belongs to `holder`.
    ///
    /// Signs as [`Self::issue`] does. The platform decides how long the new life is; `ask.life` is not sent.
    ///
    /// # Errors
    /// See [`StsError`]; [`Self::issues_instead`] says whether a new token may be asked for instead.
    pub async fn renew(
        &self,
        ask: IssueAsk<'_>,
        assertion: &SecretBytes,
        identity: &dyn Signer,
        holder: &dyn Signer,
    ) -> Result<Granted, StsError> {
        self.exchange(ask, Wish::Renewed(assertion), identity, holder).await
    }

    /// Whether a renewal failed because the service does not renew this token, so that a new one is worth a PIN.
    #[must_use]
    pub fn issues_instead(&self, refused: &StsError) -> bool {
        matches!(refused, StsError::Fault { fault, .. } if self.profile.faults.issues_instead(fault))
    }

    async fn exchange(
        &self,
        ask: IssueAsk<'_>,
        wish: Wish<'_>,
        identity: &dyn Signer,
        holder: &dyn Signer,
    ) -> Result<Granted, StsError> {
        self.recognisable()?;
        let asserted = ask.claims.values(ask.claimant)?;
        let exchange =
            Exchange { client: self, ask, wish, holder, asserted: &asserted, context: Context::random() };
        exchange.run(identity).await
    }

    fn recognisable(&self) -> Result<(), StsError> {
        if self.profile.anchors.is_empty() { Err(StsError::NoAnchor) } else { Ok(()) }
    }
}

/// What a first message asks for.
#[derive(Clone, Copy)]
enum Wish<'a> {
    /// A token.
    New,
    /// A new life for this one.
    Renewed(&'a SecretBytes),
}

/// One sign-in from the first message to the assertion.
struct Exchange<'a> {
    client: &'a StsClient,
    ask: IssueAsk<'a>,
    wish: Wish<'a>,
    holder: &'a dyn Signer,
    asserted: &'a [ClaimValue<'a>],
    context: Context,
}

impl Exchange<'_> {
    async fn run(&self, identity: &dyn Signer) -> Result<Granted, StsError> {
        let asked_at = self.ask.now();
        let first = self.send(&self.client.road, ISSUE_ACTION, &self.request(asked_at)?, identity).await?;
        let last = match self.opened(&first.reply)? {
            Granting::Token => first,
            Granting::Challenge(challenge) => {
                let body =
                    message::challenge_body(&self.context, &challenge).map_err(|_| StsError::Unwritable)?;
                // Who challenged knows the challenge; another zone may not.
                let back = self.client.road.first(&first.by);
                let second = self.send(&back, CHALLENGE_ACTION, &body, self.holder).await?;
                match self.opened(&second.reply)? {
                    Granting::Token => second,
                    // One challenge is the protocol; a second would have a key sign without end.
                    Granting::Challenge(_) => {
                        return Err(TransportError::BadAnswer(BadAnswer::Unexpected).into());
                    }
                }
            }
        };
        let accepted = self.accepted(&last.reply, asked_at)?;
        Ok(granted(accepted, last.offset))
    }

    fn request(&self, now: Timestamp) -> Result<BodyContent, StsError> {
        let holder = X509::from_der(self.holder.certificate()).map_err(|_| StsError::HolderUnreadable)?;
        let left = end(&holder)?.duration_since(now);
        if left <= SignedDuration::ZERO {
            return Err(StsError::HolderExpired { card: of_card(&holder) });
        }
        if let Wish::Renewed(assertion) = self.wish {
            let body = message::renewal_body(&self.context, assertion.reveal());
            return body.map_err(|_| StsError::Unwritable);
        }
        let request = Request {
            context: &self.context,
            asserted: self.asserted,
            requested: &self.ask.claims.requested,
            created: now,
            life: self.ask.life.min(left),
            holder: self.holder.certificate(),
        };
        request.body().map_err(|_| StsError::Unwritable)
    }

    async fn send(
        &self,
        road: &Road,
        action: &str,
        body: &BodyContent,
        signer: &dyn Signer,
    ) -> Result<Timed, StsError> {
        // A person may be asked for one more PIN here; only then the message is written.
        signer.ready().await.map_err(StsError::Signer)?;
        let created = self.ask.now();
        let times = Timestamps { created, expires: created.saturating_add(MESSAGE_LIFE).unwrap_or(created) };
        let started = self.ask.clock.now();
        let message = envelope(body, Security::Certificate, times, signer, &mut RandomIds).await;
        let message = message.map_err(StsError::Signer)?;
        let before = self.ask.clock.now();
        // A person who took longer at a keypad signed a message that nobody accepts any more.
        if before.boot - started.boot >= MESSAGE_LIFE {
            return Err(StsError::SignedTooLate);
        }
        // By the boot clock: a clock that is set while we wait makes no message younger.
        let young = || self.ask.clock.now().boot - started.boot < road::AGAIN_WITHIN;
        let (reply, by) = road.send(action, message, &young).await?;
        let offset = offset(&reply.head, before.wall, self.ask.clock.now().wall);
        Ok(Timed { reply, by, offset })
    }

    /// What an answer to this exchange holds.
    fn opened(&self, reply: &Reply) -> Result<Granting, StsError> {
        let status = reply.head.status;
        // XML that is no SOAP, under a status that speaks for itself: a gateway's own words.
        let unreadable =
            |error| if status == 200 { StsError::Answer(error) } else { reply.head.refusal().into() };
        let tree = Tree::parse(&reply.body).map_err(unreadable)?;
        let payload = match soap::open(&tree).map_err(unreadable)? {
            soap::Answer::Fault(fault) => return Err(self.fault(fault, &reply.head)),
            soap::Answer::Payload(payload) if status == 200 => payload,
            soap::Answer::Payload(_) => return Err(reply.head.refusal().into()),
        };
        let (response, granting) = message::read(payload)?;
        if self.context.came_back(response) { Ok(granting) } else { Err(AssertionError::Context.into()) }
    }

    fn fault(&self, fault: soap::Fault, head: &Answered) -> StsError {
        let kind = self.client.profile.faults.kind(&fault);
        StsError::Fault { kind, fault: Box::new(fault), wait: head.wait }
    }

    fn accepted(&self, reply: &Reply, asked_at: Timestamp) -> Result<Accepted, AssertionError> {
        let profile = &self.client.profile;
        let (anchors, signer) = (profile.anchors.clone(), profile.signer.clone());
        let trust = Trust { anchors, signer, at: self.ask.now() };
        let expectations = Expectations {
            trust: &trust,
            issuer: &profile.issuer,
            holder: self.holder.certificate(),
            asserted: self.asserted,
            requested: &self.ask.claims.requested,
            context: &self.context,
            asked_at,
            skew: profile.skew,
            seen: self.ask.seen,
        };
        assertion::accept(&reply.body, &expectations)
    }
}

/// An answer, and what it tells of the platform's clock.
struct Timed {
    reply: Reply,
    /// Who answered.
    by: Url,
    offset: Option<SignedDuration>,
}

fn granted(accepted: Accepted, offset: Option<SignedDuration>) -> Granted {
    let Accepted { assertion, id, issued_at, expires_at, holder, name, certified } = accepted;
    Granted { assertion, id, issued_at, expires_at, holder, name, certified, offset }
}

/// Longest wait over which a clock can be measured: no call lasts longer, so somebody set the clock, or the PC slept.
const MEASURED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// The server's time minus the middle of our waiting. A `Date` has whole seconds, so it lies half a second early.
fn offset(answered: &Answered, before: Timestamp, after: Timestamp) -> Option<SignedDuration> {
    if after.duration_since(before).abs() > MEASURED_WITHIN {
        return None;
    }
    let middle = before.saturating_add(after.duration_since(before) / 2).ok()?;
    Some(answered.server_time?.duration_since(middle) + SignedDuration::from_millis(500))
}

/// Last moment of a certificate.
fn end(certificate: &X509Ref) -> Result<Timestamp, StsError> {
    let since = Asn1Time::from_unix(0).and_then(|epoch| epoch.diff(certificate.not_after()));
    let since = since.map_err(|_| StsError::HolderUnreadable)?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Timestamp::from_second(seconds).map_err(|_| StsError::HolderUnreadable)
}

/// A card's certificate carries the person's number as SERIALNUMBER, the platform's own inside a unit.
/// Source: docs/reference/ehealth-sts.md, section 3.
fn of_card(certificate: &X509Ref) -> bool {
    certificate.subject_name().entries_by_nid(Nid::SERIALNUMBER).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_while_we_waited_measures_nothing() {
        let at = |second: i64| Timestamp::from_second(1_000_000 + second).unwrap();
        let answered = Answered { status: 200, server_time: Some(at(10)), wait: None };
        let half = SignedDuration::from_millis(500);
        assert_eq!(offset(&answered, at(0), at(20)), Some(half));
        assert_eq!(offset(&answered, at(0), at(7_200)), None, "asleep, or set ahead");
        assert_eq!(offset(&answered, at(0), at(-3_600)), None, "set back");
    }
}
