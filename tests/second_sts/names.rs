//! Names of the protocol. Source: docs/reference/ehealth-sts.md, section 2.

pub const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub const WST: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
pub const AUTH: &str = "http://docs.oasis-open.org/wsfed/authorization/200706";
pub const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
pub const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
pub const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
pub const SAML: &str = "urn:oasis:names:tc:SAML:1.0:assertion";

pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

pub const X509_TOKEN: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
pub const BASE64_TOKEN: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
pub const SAML_1_1: &str = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1";
pub const ISSUE: &str = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue";
pub const DIALECT: &str = "http://docs.oasis-open.org/wsfed/authorization/200706/authclaims";
/// Clients leave out the hyphen of the standard; both spellings are taken.
pub const PUBLIC_KEY: [&str; 2] = [
    "http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey",
    "http://docs.oasis-open.org/ws-sx/ws-trust/200512/PublicKey",
];

pub const PATH: &str = "/IAM/SecurityTokenService/v1";
pub const ISSUE_ACTION: &str = "urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken";
pub const CHALLENGE_ACTION: &str = "urn:be:fgov:ehealth:sts:protocol:v1:Challenge";

pub const ISSUER: &str = "urn:be:fgov:ehealth:sts:1_0";
pub const IDENTIFICATION: &str = "urn:be:fgov:identification-namespace";
pub const CERTIFIED: &str = "urn:be:fgov:certified-namespace:ehealth";
pub const USER: &str = "urn:be:fgov:person:ssin";
pub const HOLDER: &str = "urn:be:fgov:ehealth:1.0:certificateholder:person:ssin";
