//! What a client asks: the body of a request, read strictly. Who may ask it is decided elsewhere.
//!
//! Source: docs/reference/sandbox.md, section 3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use openssl::x509::X509;
use relais_ehealth::xml::names::{AUTH, DS, NONE, Ns, SAML, SAML_V1_1, WSSE, WST, WSU};
use relais_ehealth::xml::tree::Element;

use super::claims::{Sort, assertable, sort};
use super::soap::Refusal;

/// The dialect of claims.
const DIALECT: &str = "http://docs.oasis-open.org/wsfed/authorization/200706/authclaims";
/// Asks for a new token.
const ISSUE: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue";
/// Asks for the same token with a new life.
const RENEW: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Renew";
/// A public key is wanted: as three independent clients write it, and as the standard does.
const KEY_TYPES: [&str; 2] = [
    "http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey",
    "http://docs.oasis-open.org/ws-sx/ws-trust/200512/PublicKey",
];

/// A `wst:RequestSecurityToken`.
pub enum Asked {
    /// A new token.
    Issue(Issue),
    /// A new life for a token.
    Renew(Renew),
}

/// Asks for a new token.
pub struct Issue {
    /// Comes back in every answer.
    pub context: String,
    /// What the token shall say.
    pub claims: Claims,
    /// When the client wrote this.
    pub created: Timestamp,
    /// Until when it wants the token.
    pub expires: Timestamp,
    /// Certificate of the holder of key.
    pub holder: X509,
}

/// Claims of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Of whom they speak.
    pub sort: &'static Sort,
    /// What is asserted: name and number, the holder's first.
    pub asserted: Vec<(String, String)>,
    /// Claims to be certified, in the order they were asked.
    pub wanted: Vec<String>,
}

/// Asks for a new life for a token.
pub struct Renew {
    /// Comes back in every answer.
    pub context: String,
    /// The token as it stands in the request.
    pub assertion_id: String,
}

/// The answer to a challenge.
pub struct Answered {
    /// Context of the exchange.
    pub context: String,
    /// The challenge, given back.
    pub challenge: String,
}

type Checked<T> = Result<T, Refusal>;

/// Reads the content of a body that came with the action RequestSecurityToken.
pub fn token_request(body: Element<'_>) -> Checked<Asked> {
    if !body.is(WST, "RequestSecurityToken") {
        return Err(Refusal::soa(3_005, "the action asks for a RequestSecurityToken in the body"));
    }
    let context = context(body)?;
    let kind = text(one(body, WST, "RequestType")?)?;
    if text(one(body, WST, "TokenType")?)? != SAML_V1_1 {
        return Err(Refusal::trust("BadRequest", "the only TokenType is the SAML 1.1 assertion"));
    }
    match kind.as_str() {
        ISSUE => issue(body, context).map(Asked::Issue),
        RENEW => renew(body, context).map(Asked::Renew),
        _ => Err(Refusal::trust("BadRequest", "the RequestType is Issue or Renew")),
    }
}

/// Reads the content of a body that came with the action Challenge.
pub fn challenge_answer(body: Element<'_>) -> Checked<Answered> {
    if !body.is(WST, "RequestSecurityTokenResponse") {
        return Err(Refusal::soa(3_005, "the action asks for a RequestSecurityTokenResponse in the body"));
    }
    let context = context(body)?;
    exactly(body, &[(WST, "SignChallengeResponse")])?;
    let response = one(body, WST, "SignChallengeResponse")?;
    exactly(response, &[(WST, "Challenge")])?;
    Ok(Answered { context, challenge: text(one(response, WST, "Challenge")?)? })
}

fn issue(request: Element<'_>, context: String) -> Checked<Issue> {
    let parts = ["TokenType", "RequestType", "Claims", "Lifetime", "KeyType", "UseKey"];
    exactly(request, &parts.map(|name| (WST, name)))?;
    if !KEY_TYPES.contains(&text(one(request, WST, "KeyType")?)?.as_str()) {
        return Err(Refusal::trust("BadRequest", "the only KeyType is PublicKey"));
    }
    let (created, expires) = lifetime(one(request, WST, "Lifetime")?)?;
    let claims = claims(one(request, WST, "Claims")?)?;
    let holder = holder(one(request, WST, "UseKey")?)?;
    Ok(Issue { context, claims, created, expires, holder })
}

fn renew(request: Element<'_>, context: String) -> Checked<Renew> {
    exactly(request, &["TokenType", "RequestType", "RenewTarget"].map(|name| (WST, name)))?;
    let target = one(request, WST, "RenewTarget")?;
    exactly(target, &[(WSSE, "SecurityTokenReference")])?;
    let reference = one(target, WSSE, "SecurityTokenReference")?;
    exactly(reference, &[(WSSE, "Embedded")])?;
    let embedded = one(reference, WSSE, "Embedded")?;
    exactly(embedded, &[(SAML, "Assertion")])?;
    let assertion = one(embedded, SAML, "Assertion")?;
    let id = assertion.attribute(NONE, "AssertionID");
    let id = id.ok_or(Refusal::trust("InvalidSecurityToken", "the assertion has no AssertionID"))?;
    Ok(Renew { context, assertion_id: id.to_owned() })
}

/// `Context`, with or without the namespace; nothing else stands on the element.
fn context(request: Element<'_>) -> Checked<String> {
    let mut found = None;
    for (namespace, name, value) in request.attributes() {
        if name != "Context" || !(namespace.is_empty() || namespace == WST.uri) || found.is_some() {
            return Err(Refusal::soa(3_006, "the request carries Context once, and no other attribute"));
        }
        found = Some(value);
    }
    let good = found.filter(|context| (1..=256).contains(&context.len()));
    good.map(str::to_owned)
        .ok_or(Refusal::trust("InvalidRequest", "the request carries a Context of 1 to 256 bytes"))
}

fn lifetime(element: Element<'_>) -> Checked<(Timestamp, Timestamp)> {
    exactly(element, &[(WSU, "Created"), (WSU, "Expires")])?;
    let created = instant(one(element, WSU, "Created")?)?;
    let expires = instant(one(element, WSU, "Expires")?)?;
    if expires <= created {
        return Err(Refusal::trust("InvalidTimeRange", "the asked life ends after it begins"));
    }
    Ok((created, expires))
}

/// Clients write `Z`, `+01:00`, `+0000` and up to seven digits after the second.
fn instant(element: Element<'_>) -> Checked<Timestamp> {
    let text = text(element)?;
    text.trim().parse().map_err(|_| {
        Refusal::trust("InvalidTimeRange", "an instant is written as xsd:dateTime with its zone")
    })
}

fn claims(element: Element<'_>) -> Checked<Claims> {
    if element.attribute(NONE, "Dialect") != Some(DIALECT) {
        return Err(Refusal::trust("BadRequest", "the dialect of claims is authclaims"));
    }
    let (mut asserted, mut wanted) = (Vec::new(), Vec::new());
    let mut seen = Vec::new();
    for claim in element.children() {
        let (uri, value) = claim_type(claim)?;
        if seen.contains(&uri) {
            return Err(Refusal::trust("InvalidRequest", "each claim is sent once"));
        }
        seen.push(uri);
        match (uri, value) {
            (uri, Some(value)) if assertable(uri) => asserted.push((uri.to_owned(), value)),
            (uri, None) if assertable(uri) => {
                return Err(Refusal::trust("InvalidRequest", "an asserted claim has a value"));
            }
            (_, Some(_)) => {
                return Err(Refusal::trust(
                    "InvalidRequest",
                    "the platform certifies this claim, nobody asserts it",
                ));
            }
            (uri, None) => wanted.push(uri.to_owned()),
        }
    }
    let incomplete = Refusal::trust("InvalidRequest", "the holder and who signs in are asserted");
    let sort = sort(&asserted).ok_or(incomplete)?;
    asserted.sort_by_key(|(uri, _)| sort.asserted.iter().position(|name| name == uri));
    Ok(Claims { sort, asserted, wanted })
}

fn claim_type(claim: Element<'_>) -> Checked<(&str, Option<String>)> {
    if !claim.is(AUTH, "ClaimType") {
        return Err(Refusal::soa(3_006, "claims are of the type auth:ClaimType"));
    }
    let uri = claim.attribute(NONE, "Uri").filter(|uri| !uri.is_empty());
    let uri = uri.ok_or(Refusal::soa(3_006, "a claim names its attribute in Uri"))?;
    let mut values = claim.children();
    let value = match (values.next(), values.next()) {
        (None, _) => None,
        (Some(value), None) if value.is(AUTH, "Value") => Some(text(value)?),
        _ => return Err(Refusal::soa(3_006, "a claim has one auth:Value, or none")),
    };
    Ok((uri, value))
}

fn holder(use_key: Element<'_>) -> Checked<X509> {
    exactly(use_key, &[(WSSE, "SecurityTokenReference")])?;
    let reference = one(use_key, WSSE, "SecurityTokenReference")?;
    exactly(reference, &[(DS, "X509Data")])?;
    let data = one(reference, DS, "X509Data")?;
    exactly(data, &[(DS, "X509Certificate")])?;
    certificate(&text(one(data, DS, "X509Certificate")?)?)
}

/// Base64 of DER, perhaps on several lines, with nothing behind the certificate.
fn certificate(text: &str) -> Checked<X509> {
    let joined: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let whole =
        |der: Vec<u8>| X509::from_der(&der).ok().filter(|it| it.to_der().is_ok_and(|again| again == der));
    let parsed = BASE64.decode(joined).ok().and_then(whole);
    parsed.ok_or(Refusal::trust("InvalidSecurityToken", "UseKey holds an X.509 certificate in base64"))
}

/// These elements, each once and in any order, and nothing else.
fn exactly(parent: Element<'_>, names: &[(Ns, &str)]) -> Checked<()> {
    let known = |child: Element<'_>| names.iter().any(|(ns, name)| child.is(*ns, name));
    if parent.children().all(known) && names.iter().all(|(ns, name)| parent.only(*ns, name).is_ok()) {
        Ok(())
    } else {
        Err(Refusal::soa(3_006, "an element of the request is missing, repeated or unknown"))
    }
}

fn one<'t>(parent: Element<'t>, ns: Ns, name: &str) -> Checked<Element<'t>> {
    parent.only(ns, name).map_err(|_| Refusal::soa(3_006, "an element of the request is missing or repeated"))
}

fn text(element: Element<'_>) -> Checked<String> {
    element.text().map_err(|_| Refusal::soa(3_006, "a value of the request is plain text"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use relais_ehealth::xml::tree::Tree;

    fn answer(context: &str, challenge: &str) -> String {
        format!(
            "<w:RequestSecurityTokenResponse xmlns:w=\"{}\" Context=\"{context}\"><w:SignChallengeResponse>\
             <w:Challenge>{challenge}</w:Challenge></w:SignChallengeResponse></w:RequestSecurityTokenResponse>",
            WST.uri
        )
    }

    fn renewal() -> String {
        format!(
            "<w:RequestSecurityToken xmlns:w=\"{}\" xmlns:s=\"{}\" Context=\"c\"><w:TokenType>{SAML_V1_1}</w:TokenType>\
             <w:RequestType>{RENEW}</w:RequestType><w:RenewTarget><s:SecurityTokenReference><s:Embedded>\
             <Assertion xmlns=\"{}\" AssertionID=\"_1\"></Assertion></s:Embedded></s:SecurityTokenReference>\
             </w:RenewTarget></w:RequestSecurityToken>",
            WST.uri, WSSE.uri, SAML.uri,
        )
    }

    #[test]
    fn an_answer_gives_context_and_challenge_back() {
        let text = answer("c", "x");
        let tree = Tree::parse(text.as_bytes()).unwrap();
        let read = challenge_answer(tree.root()).unwrap();
        assert_eq!((read.context.as_str(), read.challenge.as_str()), ("c", "x"));
    }

    #[test]
    fn a_renewal_names_the_assertion_it_holds() {
        let text = renewal();
        let tree = Tree::parse(text.as_bytes()).unwrap();
        assert!(matches!(token_request(tree.root()), Ok(Asked::Renew(it)) if it.assertion_id == "_1"));
    }

    proptest! {
        #[test]
        fn a_message_with_a_hole_in_it_is_read_or_refused_and_breaks_nothing(from in 0usize..700, length in 0usize..90) {
            for whole in [renewal(), answer("context", "challenge")] {
                let (start, end) = (from.min(whole.len()), (from + length).min(whole.len()));
                let holed = format!("{}{}", &whole[..start], &whole[end..]);
                if let Ok(tree) = Tree::parse(holed.as_bytes()) {
                    let (asked, answered) = (token_request(tree.root()), challenge_answer(tree.root()));
                    prop_assert!(asked.is_err() || answered.is_err(), "no message is both");
                }
            }
        }

        #[test]
        fn only_certificates_are_certificates(text in "[A-Za-z0-9+/= ]{0,200}") {
            prop_assert!(certificate(&text).is_err());
        }
    }
}
