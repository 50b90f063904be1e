//! The answers of the STS: a challenge, or the token, byte for byte as it was signed.

use jiff::Timestamp;
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::names::{SAML_V1_1, SOAP, WST, WSU, attr};
use relais_ehealth::xml::write::{Writer, document};

/// Where an answer belongs and how it is wrapped.
pub struct Answer<'a> {
    /// Context of the exchange.
    pub context: &'a str,
    /// In a collection, as WS-Trust 1.3 has it.
    pub collection: bool,
}

impl Answer<'_> {
    /// Asks for proof that the client has the holder's key.
    pub fn challenge(&self, challenge: &str) -> Result<Vec<u8>, XmlError> {
        self.write(|w| {
            w.element(WST.tag("SignChallenge"), &[], |w| w.leaf(WST.tag("Challenge"), &[], challenge));
        })
    }

    /// Hands the token out.
    pub fn token(&self, assertion: &[u8], from: Timestamp, until: Timestamp) -> Result<Vec<u8>, XmlError> {
        self.write(|w| {
            w.leaf(WST.tag("TokenType"), &[], SAML_V1_1);
            w.element(WST.tag("RequestedSecurityToken"), &[], |w| w.embed(assertion));
            w.element(WST.tag("Lifetime"), &[], |w| {
                w.leaf(WSU.tag("Created"), &[], &format!("{from:.3}"));
                w.leaf(WSU.tag("Expires"), &[], &format!("{until:.3}"));
            });
        })
    }

    fn write(&self, content: impl FnOnce(&mut Writer)) -> Result<Vec<u8>, XmlError> {
        let response = |w: &mut Writer| {
            w.element(WST.tag("RequestSecurityTokenResponse"), &[attr("Context", self.context)], content);
        };
        document(|w| {
            w.element(SOAP.tag("Envelope"), &[], |w| {
                w.element(SOAP.tag("Body"), &[], |w| {
                    if self.collection {
                        w.element(WST.tag("RequestSecurityTokenResponseCollection"), &[], response);
                    } else {
                        response(w);
                    }
                });
            });
        })
    }
}
