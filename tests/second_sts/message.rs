//! What the two messages ask for. Source: docs/reference/ehealth-sts.md, sections 2.1, 2.2 and 12.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use openssl::nid::Nid;
use openssl::x509::{X509, X509NameRef};

use crate::envelope;
use crate::house::Refusal;
use crate::names::{AUTH, DIALECT, DS, HOLDER, ISSUE, PUBLIC_KEY, SAML_1_1, USER, WSSE, WST};
use crate::tree::Element;

/// Longest life of an assertion. Source: docs/reference/ehealth-sts.md, section 9.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A request for an assertion, judged.
#[derive(Clone)]
pub struct Wanted {
    pub context: String,
    /// Certificate of the key that will hold the assertion.
    pub holder: X509,
    /// Certificate of the key that signed the request.
    pub signer: X509,
    /// What the client says about itself: name and value.
    pub asserted: Vec<(String, String)>,
    /// What the client wants certified.
    pub requested: Vec<String>,
    pub expires: Timestamp,
}

fn invalid(text: &'static str) -> Refusal {
    Refusal::new("wst:InvalidRequest", text)
}

/// Reads `wst:RequestSecurityToken`, signed by the key of `signer`.
pub fn wanted(payload: &Element, signer: X509, now: Timestamp) -> Result<Wanted, Refusal> {
    if !payload.is(WST, "RequestSecurityToken") {
        return Err(invalid("RequestSecurityToken expected"));
    }
    let text = |name| payload.only(WST, name).map_or("", Element::trimmed);
    if (text("TokenType"), text("RequestType")) != (SAML_1_1, ISSUE) {
        return Err(invalid("a SAML 1.1 assertion is issued, nothing else"));
    }
    if !PUBLIC_KEY.contains(&text("KeyType")) {
        return Err(invalid("the KeyType is not PublicKey"));
    }
    let steps =
        [(WST, "UseKey"), (WSSE, "SecurityTokenReference"), (DS, "X509Data"), (DS, "X509Certificate")];
    let holder = payload.path(&steps).and_then(envelope::certificate);
    let holder = holder.ok_or(invalid("UseKey names no certificate"))?;
    let (asserted, requested) = claims(payload)?;
    persons(&asserted, &signer, &holder)?;
    let expires = expiry(payload, &holder, now)?;
    Ok(Wanted { context: context(payload)?, holder, signer, asserted, requested, expires })
}

/// The challenge that came back, and its context.
pub fn challenge(payload: &Element) -> Result<(String, String), Refusal> {
    if !payload.is(WST, "RequestSecurityTokenResponse") {
        return Err(invalid("RequestSecurityTokenResponse expected"));
    }
    let text = payload.path(&[(WST, "SignChallengeResponse"), (WST, "Challenge")]);
    let text = text.map(|challenge| challenge.trimmed().to_owned()).ok_or(invalid("no challenge"))?;
    Ok((context(payload)?, text))
}

fn context(payload: &Element) -> Result<String, Refusal> {
    let found = payload.attribute("", "Context").or_else(|| payload.attribute(WST, "Context"));
    found.filter(|context| context.len() >= 16).map(str::to_owned).ok_or(invalid("no Context"))
}

type Claims = (Vec<(String, String)>, Vec<String>);

/// Each name once, first those with a value.
fn claims(payload: &Element) -> Result<Claims, Refusal> {
    let claims = payload.only(WST, "Claims").ok_or(invalid("no claims"))?;
    if claims.attribute("", "Dialect") != Some(DIALECT) {
        return Err(invalid("claims in another dialect"));
    }
    let (mut asserted, mut requested) = (vec![], vec![]);
    for claim in &claims.children {
        let uri = claim.attribute("", "Uri").filter(|_| claim.is(AUTH, "ClaimType"));
        let uri = uri.ok_or(invalid("a claim is not an auth:ClaimType"))?.to_owned();
        match claim.only(AUTH, "Value") {
            Some(value) if requested.is_empty() => asserted.push((uri, value.trimmed().to_owned())),
            Some(_) => return Err(invalid("claims with a value come first")),
            None => requested.push(uri),
        }
    }
    let names: BTreeSet<&String> = asserted.iter().map(|(uri, _)| uri).chain(&requested).collect();
    if names.len() != asserted.len() + requested.len() {
        return Err(invalid("a claim stands twice"));
    }
    Ok((asserted, requested))
}

/// The user is whoever signed, the owner of the holder's key is who its certificate says.
fn persons(asserted: &[(String, String)], signer: &X509, holder: &X509) -> Result<(), Refusal> {
    let said = |uri: &str| asserted.iter().find(|(name, _)| name == uri).map(|(_, value)| value.clone());
    for (uri, certificate) in [(USER, signer), (HOLDER, holder)] {
        let own = ssin(certificate);
        if own.is_none() || said(uri) != own {
            return Err(Refusal::new(
                "wst:FailedAuthentication",
                "a person is not whom the certificate names",
            ));
        }
    }
    Ok(())
}

fn expiry(payload: &Element, holder: &X509, now: Timestamp) -> Result<Timestamp, Refusal> {
    let range = Refusal::new("wst:InvalidTimeRange", "the wished life");
    let life = payload.only(WST, "Lifetime").and_then(envelope::life);
    let (created, expires) = life.ok_or_else(|| range.clone())?;
    let near = created.duration_since(now).abs() < SignedDuration::from_mins(5);
    let length = expires.duration_since(created);
    let end = openssl::asn1::Asn1Time::from_unix(expires.as_second()).map_err(|_| range.clone())?;
    let within = holder.not_after() >= &*end;
    if near && within && length > SignedDuration::ZERO && length <= LONGEST {
        Ok(expires)
    } else {
        Err(range)
    }
}

/// The national number that a certificate names: serialNumber of an eID, `SSIN=` of an eHealth certificate.
pub fn ssin(certificate: &X509) -> Option<String> {
    let subject = certificate.subject_name();
    let number = |text: &String| text.len() == 11 && text.bytes().all(|c| c.is_ascii_digit());
    let of_eid = values(subject, Nid::SERIALNUMBER).into_iter().find(number);
    let of_platform = || {
        let units = values(subject, Nid::ORGANIZATIONALUNITNAME).into_iter();
        units.filter_map(|unit| unit.strip_prefix("SSIN=").map(str::to_owned)).find(number)
    };
    of_eid.or_else(of_platform)
}

/// Values of an attribute of a name.
pub fn values(name: &X509NameRef, kind: Nid) -> Vec<String> {
    let text = |entry: &openssl::x509::X509NameEntryRef| entry.data().to_string().ok();
    name.entries_by_nid(kind).filter_map(text).collect()
}
