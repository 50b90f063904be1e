//! Who gets which token: the rules between the request, the certificates and what is known of the person.
//!
//! Source: docs/reference/sandbox.md, sections 3 and 4.

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::x509::X509;

use super::assertion::{Assertion, Attribute};
use super::claims::{CERTIFIED, Certified, IDENTIFICATION, certified, certified_of};
use super::header::Authenticated;
use super::identity::{Anchors, Identity, Kind, PERSON};
use super::random_text;
use super::request::{Claims, Issue};
use super::rules::{Denial, Rules};
use super::soap::Refusal;
use crate::platform::organisations::Organisations;
use crate::platform::people::{People, Person};

/// Longest life of a token.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// How far the client's clock may lie from the platform's.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A token that may be issued.
#[derive(Clone)]
pub struct Grant {
    /// Comes back in the answer.
    pub context: String,
    /// Certificate of the holder of key.
    pub holder: X509,
    authenticated: X509,
    /// Type and number of whom it was issued to.
    owner: (String, String),
    attributes: Vec<Attribute>,
    /// Until when it was asked for; `None` leaves it to the platform.
    wished: Option<Timestamp>,
}

impl Grant {
    /// Judges a request for a new token.
    pub fn judge(
        issue: Issue,
        sender: &Authenticated,
        known: &Known<'_>,
        anchors: &Anchors,
        rules: Rules,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        period(&issue, now)?;
        let holder = holder(&issue, sender, anchors, now)?;
        let claims = &issue.claims;
        if !speak_of(claims, &holder, &sender.identity) {
            return Err(Refusal::trust(
                "FailedAuthentication",
                "who is asserted is who the certificates name",
            ));
        }
        let attributes = known.attributes(claims, &sender.identity, rules.denial)?;
        Ok(Self {
            context: issue.context,
            holder: issue.holder,
            authenticated: sender.certificate.clone(),
            owner: (sender.identity.sort.clone(), sender.identity.number.clone()),
            attributes,
            wished: Some(issue.expires),
        })
    }

    /// Judges a request to renew: the token is one of ours, unchanged, alive, and belongs to whoever asks.
    pub fn renewed(
        context: String,
        token: Option<&Token>,
        sender: &Authenticated,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let foreign = Refusal::trust("InvalidSecurityToken", "the token was issued here and is unchanged");
        let token = token.filter(|token| contains(sender.body(), &token.canonical)).ok_or(foreign)?;
        let (sort, number) = &token.grant.owner;
        if (sort, number) != (&sender.identity.sort, &sender.identity.number) {
            return Err(Refusal::trust("FailedAuthentication", "who renews a token is who it was issued to"));
        }
        if token.expires_at <= now {
            return Err(Refusal::trust("ExpiredData", "a token is renewed while it is alive"));
        }
        let authenticated = sender.certificate.clone();
        Ok(Self { context, authenticated, wished: None, ..token.grant.clone() })
    }

    /// The token, issued now: no longer than a day, than was wished, or than the holder's certificate.
    pub fn token(self, now: Timestamp) -> Token {
        let longest = now.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
        let holder = instant(self.holder.not_after()).unwrap_or(now);
        let expires_at = self.wished.unwrap_or(longest).min(longest).min(holder);
        Token {
            id: format!("_{}", random_text()),
            issued_at: now,
            expires_at,
            grant: self,
            canonical: Vec::new(),
        }
    }
}

/// A token that was issued.
pub struct Token {
    /// AssertionID.
    pub id: String,
    /// First instant it is no longer valid.
    pub expires_at: Timestamp,
    issued_at: Timestamp,
    grant: Grant,
    canonical: Vec<u8>,
}

impl Token {
    /// Remembers its canonical form, to know it again.
    #[must_use]
    pub fn known_by(self, canonical: Vec<u8>) -> Self {
        Self { canonical, ..self }
    }

    /// What it says.
    pub fn assertion(&self) -> Assertion {
        Assertion {
            id: self.id.clone(),
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            authenticated: self.grant.authenticated.clone(),
            holder: self.grant.holder.clone(),
            attributes: self.grant.attributes.clone(),
        }
    }

    /// Makes an assertion speak of somebody else; the holder stays.
    pub fn about(&self, assertion: &mut Assertion, stranger: &Person) {
        assertion.authenticated = stranger.authentication.certificate.clone();
        for attribute in assertion.attributes.iter_mut().filter(|it| it.value == self.grant.owner.1) {
            attribute.value = stranger.ssin.reveal().to_owned();
        }
    }
}

fn period(issue: &Issue, now: Timestamp) -> Result<(), Refusal> {
    if issue.created.duration_since(now).abs() > SKEW {
        return Err(Refusal::trust("InvalidTimeRange", "the asked life begins now"));
    }
    if issue.expires <= now {
        return Err(Refusal::trust("InvalidTimeRange", "the asked life ends in the future"));
    }
    Ok(())
}

fn holder(
    issue: &Issue,
    sender: &Authenticated,
    anchors: &Anchors,
    now: Timestamp,
) -> Result<Identity, Refusal> {
    let unknown = Refusal::trust(
        "InvalidSecurityToken",
        "the holder's certificate is valid and leads to a trusted issuer",
    );
    let holder = anchors.recognise(&issue.holder, now).ok_or(unknown)?;
    if holder.kind == Kind::Card && issue.holder != sender.certificate {
        return Err(Refusal::trust("InvalidSecurityToken", "a card is holder of key only for itself"));
    }
    if instant(issue.holder.not_after()).is_none_or(|end| end < issue.expires) {
        return Err(Refusal::trust(
            "InvalidTimeRange",
            "the holder's certificate is valid for the whole life asked",
        ));
    }
    Ok(holder)
}

/// The claims assert what both certificates name: a person's number, or an organisation's type and number.
fn speak_of(claims: &Claims, holder: &Identity, sender: &Identity) -> bool {
    let numbers = [&holder.number, &sender.number];
    let named = |((_, value), number): (&(String, String), &&String)| value == *number;
    let both = [holder, sender].iter().all(|identity| identity.sort == claims.sort.name);
    // Where one claim asserts both, holder and sender are the same.
    let same = claims.asserted.len() == numbers.len() || holder.number == sender.number;
    both && same && claims.asserted.iter().zip(&numbers).all(named)
}

/// The platform's answer to a claim about somebody; none where nobody knows the claim.
type Certify<'a> = dyn Fn(&str) -> Option<Certified> + 'a;

/// Everybody the platform knows.
pub struct Known<'a> {
    /// Natural persons.
    pub people: &'a People,
    /// Organisations.
    pub organisations: &'a Organisations,
}

impl Known<'_> {
    fn attributes(
        &self,
        claims: &Claims,
        sender: &Identity,
        denial: Denial,
    ) -> Result<Vec<Attribute>, Refusal> {
        let nobody = Refusal::trust("FailedAuthentication", "the platform knows who signs in");
        let certified: Box<Certify<'_>> = if sender.sort == PERSON {
            let person = self.people.by_ssin(&sender.number).ok_or(nobody)?;
            Box::new(move |uri| certified(person, uri, sender.kind == Kind::Card))
        } else {
            let organisation = self.organisations.get(&sender.sort, &sender.number).ok_or(nobody)?;
            Box::new(move |uri| certified_of(organisation, uri))
        };
        attributes(claims, &*certified, denial)
    }
}

fn attributes(claims: &Claims, certified: &Certify<'_>, denial: Denial) -> Result<Vec<Attribute>, Refusal> {
    let asserted = |(name, value): &(String, String)| Attribute {
        name: name.clone(),
        namespace: IDENTIFICATION,
        value: value.clone(),
    };
    let mut all: Vec<_> = claims.asserted.iter().map(asserted).collect();
    for uri in &claims.wanted {
        let unknown = Refusal::trust("InvalidRequest", "every claim is one the platform certifies");
        let value = match certified(uri).ok_or(unknown)? {
            Certified::Text(text) => text,
            Certified::Boolean(true) => "true".to_owned(),
            Certified::Boolean(false) if denial == Denial::False => "false".to_owned(),
            Certified::Boolean(false) | Certified::Absent => continue,
        };
        all.push(Attribute { name: uri.clone(), namespace: CERTIFIED, value });
    }
    Ok(all)
}

/// Both are in exclusive canonical form, in which an element reads the same wherever it stands.
fn contains(body: &[u8], token: &[u8]) -> bool {
    !token.is_empty() && body.windows(token.len()).any(|window| window == token)
}

/// The instant of an ASN.1 time.
fn instant(time: &Asn1TimeRef) -> Option<Timestamp> {
    let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    Timestamp::from_second(i64::from(since.days) * 86_400 + i64::from(since.secs)).ok()
}
