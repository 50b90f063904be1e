//! The three bodies we send and the answers we expect back.
//!
//! Source: docs/reference/ehealth-sts.md, sections 2.1, 2.2, 2.4 and 12.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};

use crate::claims::ClaimValue;
use crate::xml::XmlError;
use crate::xml::names::{AUTH, DS, NONE, SAML_V1_1, WSSE, WST, WSU, attr};
use crate::xml::tree::Element;
use crate::xml::write::{BodyContent, Writer};

/// SOAPAction of the first request.
pub const ISSUE_ACTION: &str = "urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken";
/// SOAPAction of the answer to a challenge.
pub const CHALLENGE_ACTION: &str = "urn:be:fgov:ehealth:sts:protocol:v1:Challenge";

const ISSUE: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue";
const RENEW: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Renew";
const DIALECT: &str = "http://docs.oasis-open.org/wsfed/authorization/200706/authclaims";
/// Without the hyphen of the standard, as three independent clients send it.
const PUBLIC_KEY: &str = "http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey";

/// Longest challenge we sign, in bytes; a nonce needs a few dozen.
const LONGEST_CHALLENGE: usize = 4096;

/// What identifies one exchange: 128 random bits that the answer must bring back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(String);

impl Context {
    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        let mut bits = [0; 16];
        openssl::rand::rand_bytes(&mut bits).expect("OpenSSL has random bytes, or nothing here is safe");
        Self(format!("context-{:032x}", u128::from_be_bytes(bits)))
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an answer carries it, with or without the namespace that some clients give the attribute.
    #[must_use]
    pub fn came_back(&self, answer: Element<'_>) -> bool {
        let found = answer.attribute(NONE, "Context").or_else(|| answer.attribute(WST, "Context"));
        found == Some(self.as_str())
    }
}

/// What is asked for.
pub(crate) struct Request<'a> {
    pub context: &'a Context,
    pub asserted: &'a [ClaimValue<'a>],
    pub requested: &'a [String],
    pub created: Timestamp,
    pub life: SignedDuration,
    /// Certificate of the holder of key, DER.
    pub holder: &'a [u8],
}

impl Request<'_> {
    /// `wst:RequestSecurityToken`.
    pub fn body(&self) -> Result<BodyContent, XmlError> {
        let expires = self.created.saturating_add(self.life).unwrap_or(Timestamp::MAX);
        BodyContent::write(|w| {
            w.element(WST.tag("RequestSecurityToken"), &[attr("Context", self.context.as_str())], |w| {
                w.leaf(WST.tag("TokenType"), &[], SAML_V1_1);
                w.leaf(WST.tag("RequestType"), &[], ISSUE);
                w.element(WST.tag("Claims"), &[attr("Dialect", DIALECT)], |w| self.claims(w));
                w.element(WST.tag("Lifetime"), &[], |w| {
                    w.leaf(WSU.tag("Created"), &[], &instant(self.created));
                    w.leaf(WSU.tag("Expires"), &[], &instant(expires));
                });
                w.leaf(WST.tag("KeyType"), &[], PUBLIC_KEY);
                w.element(WST.tag("UseKey"), &[], |w| self.use_key(w));
            });
        })
    }

    /// Each name once: first those with a value.
    fn claims(&self, w: &mut Writer) {
        for claim in self.asserted {
            w.element(AUTH.tag("ClaimType"), &[attr("Uri", claim.uri)], |w| {
                w.leaf(AUTH.tag("Value"), &[], claim.value);
            });
        }
        for uri in self.requested {
            w.leaf(AUTH.tag("ClaimType"), &[attr("Uri", uri)], "");
        }
    }

    fn use_key(&self, w: &mut Writer) {
        w.element(WSSE.tag("SecurityTokenReference"), &[], |w| {
            w.element(DS.tag("X509Data"), &[], |w| {
                w.leaf(DS.tag("X509Certificate"), &[], &BASE64.encode(self.holder));
            });
        });
    }
}

/// `wst:RequestSecurityToken` for a new life of an assertion, which goes along to the byte. The platform decides how long.
pub(crate) fn renewal_body(context: &Context, assertion: &[u8]) -> Result<BodyContent, XmlError> {
    let id = context.as_str().replacen("context", "token", 1);
    BodyContent::write(|w| {
        w.element(WST.tag("RequestSecurityToken"), &[attr("Context", context.as_str())], |w| {
            w.leaf(WST.tag("TokenType"), &[], SAML_V1_1);
            w.leaf(WST.tag("RequestType"), &[], RENEW);
            w.element(WST.tag("RenewTarget"), &[], |w| {
                w.element(WSSE.tag("SecurityTokenReference"), &[], |w| {
                    w.element(WSSE.tag("Embedded"), &[WSU.attr("Id", &id)], |w| w.embed(assertion));
                });
            });
        });
    })
}

/// `wst:RequestSecurityTokenResponse` with the challenge that the holder's key signs.
pub(crate) fn challenge_body(context: &Context, challenge: &str) -> Result<BodyContent, XmlError> {
    BodyContent::write(|w| {
        w.element(WST.tag("RequestSecurityTokenResponse"), &[attr("Context", context.as_str())], |w| {
            w.element(WST.tag("SignChallengeResponse"), &[], |w| {
                w.leaf(WST.tag("Challenge"), &[], challenge);
            });
        });
    })
}

/// What an answer holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Granting {
    /// A token; it is taken out by verification.
    Token,
    /// Something to sign first.
    Challenge(String),
}

/// Reads the body of an answer: a bare response, or one in a collection.
pub(crate) fn read<'t>(payload: Element<'t>) -> Result<(Element<'t>, Granting), XmlError> {
    let response = if payload.is(WST, "RequestSecurityTokenResponseCollection") {
        payload.only(WST, "RequestSecurityTokenResponse")?
    } else if payload.is(WST, "RequestSecurityTokenResponse") {
        payload
    } else {
        return Err(XmlError::Shape);
    };
    let token = response.child(WST, "RequestedSecurityToken");
    let granting = match (token, response.child(WST, "SignChallenge")) {
        (Some(_), None) => Granting::Token,
        (None, Some(sign)) => Granting::Challenge(challenge(sign)?),
        _ => return Err(XmlError::Shape),
    };
    Ok((response, granting))
}

fn challenge(sign: Element<'_>) -> Result<String, XmlError> {
    let text = sign.only(WST, "Challenge")?.text()?;
    if text.is_empty() || text.len() > LONGEST_CHALLENGE { Err(XmlError::Shape) } else { Ok(text) }
}

fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::tree::Tree;

    fn answer(inner: &str) -> Result<Granting, XmlError> {
        let name = "w:RequestSecurityTokenResponse";
        let text = format!(r#"<{name} xmlns:w="{}">{inner}</{name}>"#, WST.uri);
        let tree = Tree::parse(text.as_bytes())?;
        read(tree.root()).map(|(_, granting)| granting)
    }

    #[test]
    fn an_answer_is_a_token_or_a_challenge_and_never_both() {
        let token = "<w:RequestedSecurityToken/>";
        let challenge = "<w:SignChallenge><w:Challenge>abc</w:Challenge></w:SignChallenge>";
        assert_eq!(answer(token), Ok(Granting::Token));
        assert_eq!(answer(challenge), Ok(Granting::Challenge("abc".into())));
        assert_eq!(answer(&format!("{token}{challenge}")), Err(XmlError::Shape));
        assert_eq!(answer(""), Err(XmlError::Shape));
    }

    #[test]
    fn a_challenge_that_is_empty_or_endless_is_not_signed() {
        for text in [String::new(), "x".repeat(LONGEST_CHALLENGE + 1)] {
            let inner = format!("<w:SignChallenge><w:Challenge>{text}</w:Challenge></w:SignChallenge>");
            assert_eq!(answer(&inner), Err(XmlError::Shape));
        }
    }

    #[test]
    fn no_two_contexts_are_alike() {
        assert_ne!(Context::random(), Context::random());
        assert_eq!(Context::random().as_str().len(), "context-".len() + 32);
    }
}
