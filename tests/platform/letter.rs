//! Messages to the STS written by hand, so that each rule can be broken by itself. Nothing of the product's writer is
//! used but its canonical form, which xmlsec1 judges elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use openssl::sha::sha256;
use relais_core::ports::{KeyKind, Signer};
use relais_ehealth::xml::c14n;
use relais_sandbox::World;
use relais_sandbox::platform::keystore::Keystore;
use relais_sandbox::platform::people::Person;
use relais_sandbox::platform::signer::SoftKey;
use relais_sandbox::x509::Validity;

use crate::world::noon;

pub const WST: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const AUTH: &str = "http://docs.oasis-open.org/wsfed/authorization/200706";
const EXC: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const X509_V3: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
const BINARY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

pub const HOLDER: &str = "urn:be:fgov:ehealth:1.0:certificateholder:person:ssin";
pub const PERSON: &str = "urn:be:fgov:person:ssin";

/// The body of a request for a token; every field can be spoilt.
#[derive(Clone)]
pub struct Ask {
    pub attributes: String,
    pub token_type: String,
    pub request_type: String,
    pub dialect: String,
    pub claims: Vec<(String, Option<String>)>,
    pub created: String,
    pub expires: String,
    pub key_type: String,
    pub holder: String,
    /// More elements at the end.
    pub more: String,
}

impl Ask {
    /// A doctor's request: `ssin` is the person, `holder` the certificate of the holder of key.
    pub fn of(person: &Person, holder: &SoftKey) -> Self {
        let asserted = |uri: &str| (uri.to_owned(), Some(person.ssin.reveal().to_owned()));
        let wanted = |rest: &str| (format!("{PERSON}:{rest}"), None);
        Self {
            attributes: "Context=\"context-1\"".into(),
            token_type: "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1".into(),
            request_type: format!("{WST}/Issue"),
            dialect: format!("{AUTH}/authclaims"),
            claims: vec![
                asserted(HOLDER),
                asserted(PERSON),
                wanted("doctor:boolean"),
                wanted("ehealth:1.0:doctor:nihii11"),
                wanted("ehealth:1.0:fpsph:doctor:boolean"),
                wanted("ehealth:1.0:givenname"),
                wanted("ehealth:1.0:surname"),
            ],
            created: noon().to_string(),
            expires: (noon() + SignedDuration::from_hours(24)).to_string(),
            key_type: "http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey".into(),
            holder: BASE64.encode(holder.certificate()),
            more: String::new(),
        }
    }

    pub fn body(&self) -> String {
        let claims: String = self.claims.iter().map(|(uri, value)| claim(uri, value.as_deref())).collect();
        let Self {
            attributes,
            token_type,
            request_type,
            dialect,
            created,
            expires,
            key_type,
            holder,
            more,
            ..
        } = self;
        format!(
            "<wst:RequestSecurityToken xmlns:wst=\"{WST}\" {attributes}><wst:TokenType>{token_type}</wst:TokenType>\
             <wst:RequestType>{request_type}</wst:RequestType><wst:Claims Dialect=\"{dialect}\">{claims}</wst:Claims>\
             <wst:Lifetime><wsu:Created xmlns:wsu=\"{WSU}\">{created}</wsu:Created>\
             <wsu:Expires xmlns:wsu=\"{WSU}\">{expires}</wsu:Expires></wst:Lifetime><wst:KeyType>{key_type}</wst:KeyType>\
             <wst:UseKey><wsse:SecurityTokenReference xmlns:wsse=\"{WSSE}\"><ds:X509Data xmlns:ds=\"{DS}\">\
             <ds:X509Certificate>{holder}</ds:X509Certificate></ds:X509Data></wsse:SecurityTokenReference></wst:UseKey>\
             {more}</wst:RequestSecurityToken>"
        )
    }
}

fn claim(uri: &str, value: Option<&str>) -> String {
    let value = value.map(|value| format!("<auth:Value>{value}</auth:Value>")).unwrap_or_default();
    format!("<auth:ClaimType xmlns:auth=\"{AUTH}\" Uri=\"{uri}\">{value}</auth:ClaimType>")
}

/// The body that answers a challenge.
pub fn answer_to(challenge: &str, context: &str) -> String {
    format!(
        "<wst:RequestSecurityTokenResponse xmlns:wst=\"{WST}\" Context=\"{context}\"><wst:SignChallengeResponse>\
         <wst:Challenge>{challenge}</wst:Challenge></wst:SignChallengeResponse></wst:RequestSecurityTokenResponse>"
    )
}

/// The body that asks for a new life for a token.
pub fn renewal_of(assertion: &str) -> String {
    format!(
        "<wst:RequestSecurityToken xmlns:wst=\"{WST}\" Context=\"context-2\">\
         <wst:TokenType>http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1</wst:TokenType>\
         <wst:RequestType>{WST}/Renew</wst:RequestType><wst:RenewTarget>\
         <wsse:SecurityTokenReference xmlns:wsse=\"{WSSE}\"><wsse:Embedded>{assertion}</wsse:Embedded>\
         </wsse:SecurityTokenReference></wst:RenewTarget></wst:RequestSecurityToken>"
    )
}

/// A message around a body; every part of its header can be spoilt.
pub struct Letter<'a> {
    pub key: &'a SoftKey,
    /// The certificate in the header, if it is not the key's own.
    pub certificate: Option<Vec<u8>>,
    pub created: Timestamp,
    pub expires: Timestamp,
    /// Parts the signature covers, by their identifiers.
    pub signed: Vec<&'static str>,
    pub must_understand: &'static str,
    pub value_type: &'static str,
    pub encoding: &'static str,
    pub digest: &'static str,
    pub algorithm: Option<&'static str>,
    pub transform: &'static str,
    pub reference: &'static str,
}

impl<'a> Letter<'a> {
    pub fn by(key: &'a SoftKey) -> Self {
        Self {
            key,
            certificate: None,
            created: noon(),
            expires: noon() + SignedDuration::from_secs(60),
            signed: vec!["body", "timestamp", "token"],
            must_understand: "SOAP-ENV:mustUnderstand=\"1\"",
            value_type: X509_V3,
            encoding: BINARY,
            digest: "http://www.w3.org/2001/04/xmlenc#sha256",
            algorithm: None,
            transform: EXC,
            reference: "#token",
        }
    }

    /// The signed message.
    pub async fn around(&self, content: &str) -> Vec<u8> {
        let body = format!(
            "<SOAP-ENV:Body xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:wsu=\"{WSU}\" \
             wsu:Id=\"body\">{content}</SOAP-ENV:Body>"
        );
        let (timestamp, token) = (self.timestamp(), self.token());
        let part = |id: &str| match id {
            "body" => body.clone(),
            "timestamp" => timestamp.clone(),
            _ => token.clone(),
        };
        let digests: Vec<_> = self.signed.iter().map(|id| (*id, sha256(&canonical(&part(id))))).collect();
        let signature = self.signature(&digests).await;
        format!(
            "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"><SOAP-ENV:Header>\
             <wsse:Security xmlns:wsse=\"{WSSE}\" {}>{timestamp}{token}{signature}</wsse:Security></SOAP-ENV:Header>\
             {body}</SOAP-ENV:Envelope>",
            self.must_understand,
        )
        .into_bytes()
    }

    fn timestamp(&self) -> String {
        format!(
            "<wsu:Timestamp xmlns:wsu=\"{WSU}\" wsu:Id=\"timestamp\"><wsu:Created>{}</wsu:Created>\
             <wsu:Expires>{}</wsu:Expires></wsu:Timestamp>",
            self.created, self.expires,
        )
    }

    fn token(&self) -> String {
        let der = self.certificate.as_deref().unwrap_or_else(|| self.key.certificate());
        format!(
            "<wsse:BinarySecurityToken xmlns:wsse=\"{WSSE}\" xmlns:wsu=\"{WSU}\" EncodingType=\"{}\" ValueType=\"{}\" \
             wsu:Id=\"token\">{}</wsse:BinarySecurityToken>",
            self.encoding,
            self.value_type,
            BASE64.encode(der),
        )
    }

    async fn signature(&self, digests: &[(&str, [u8; 32])]) -> String {
        let own = match self.key.kind() {
            KeyKind::Rsa => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            KeyKind::EcP256 | KeyKind::EcP384 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        };
        let references: String = digests.iter().map(|(id, digest)| self.reference(id, digest)).collect();
        let info = format!(
            "<ds:SignedInfo xmlns:ds=\"{DS}\"><ds:CanonicalizationMethod Algorithm=\"{EXC}\"></ds:CanonicalizationMethod>\
             <ds:SignatureMethod Algorithm=\"{}\"></ds:SignatureMethod>{references}</ds:SignedInfo>",
            self.algorithm.unwrap_or(own),
        );
        let value = self.key.sign(sha256(&canonical(&info))).await.unwrap();
        format!(
            "<ds:Signature xmlns:ds=\"{DS}\">{info}<ds:SignatureValue>{}</ds:SignatureValue><ds:KeyInfo>\
             <wsse:SecurityTokenReference xmlns:wsse=\"{WSSE}\"><wsse:Reference URI=\"{}\" ValueType=\"{X509_V3}\">\
             </wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>",
            BASE64.encode(value),
            self.reference,
        )
    }

    fn reference(&self, id: &str, digest: &[u8; 32]) -> String {
        format!(
            "<ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{}\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"{}\"></ds:DigestMethod><ds:DigestValue>{}</ds:DigestValue></ds:Reference>",
            self.transform,
            self.digest,
            BASE64.encode(digest),
        )
    }
}

fn canonical(text: &str) -> Vec<u8> {
    c14n::exclusive(text.as_bytes(), false, &[]).unwrap()
}

/// The key in a person's keystore.
pub fn keystore_key(person: &Person) -> SoftKey {
    SoftKey::new(&person.authentication).unwrap()
}

/// Another eHealth certificate of the same person.
pub fn other_key(world: &World, person: &Person, validity: Validity) -> SoftKey {
    let store =
        Keystore::issue(&world.authorities().issuing, &person.ssin.into(), &person.name(), validity).unwrap();
    SoftKey::new(&store.authentication).unwrap()
}
