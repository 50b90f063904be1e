//! Namespaces with the prefixes we write them with, and the identifiers of the XML-security standards.

/// A namespace and the prefix we give it; readers compare the URI only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ns {
    /// Prefix in what we write; empty for the default namespace.
    pub prefix: &'static str,
    /// The namespace itself; empty for names without one.
    pub uri: &'static str,
}

/// An element's name on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    pub(super) ns: Ns,
    pub(super) local: &'a str,
}

/// An attribute on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Attr<'a> {
    pub(super) ns: Ns,
    pub(super) local: &'a str,
    pub(super) value: &'a str,
}

impl Ns {
    /// A namespace of another page of the platform; the prefix may be empty only for elements.
    #[must_use]
    pub const fn new(prefix: &'static str, uri: &'static str) -> Self {
        Self { prefix, uri }
    }

    /// An element of this namespace.
    #[must_use]
    pub const fn tag(self, local: &str) -> Tag<'_> {
        Tag { ns: self, local }
    }

    /// An attribute of this namespace, which needs a prefix.
    #[must_use]
    pub const fn attr<'a>(self, local: &'a str, value: &'a str) -> Attr<'a> {
        Attr { ns: self, local, value }
    }
}

/// An attribute without a namespace, as most are.
#[must_use]
pub const fn attr<'a>(local: &'a str, value: &'a str) -> Attr<'a> {
    Attr { ns: NONE, local, value }
}

/// Names without a namespace.
pub const NONE: Ns = Ns::new("", "");
/// `xml:lang` and the like; never declared.
pub const XML: Ns = Ns::new("xml", "http://www.w3.org/XML/1998/namespace");
/// SOAP 1.1.
pub const SOAP: Ns = Ns::new("SOAP-ENV", "http://schemas.xmlsoap.org/soap/envelope/");
/// WS-Security.
pub const WSSE: Ns =
    Ns::new("wsse", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd");
/// WS-Security 1.1.
pub const WSSE11: Ns =
    Ns::new("wsse11", "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd");
/// WS-Security utilities: `wsu:Id`, `wsu:Timestamp`.
pub const WSU: Ns =
    Ns::new("wsu", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd");
/// XML signatures.
pub const DS: Ns = Ns::new("ds", "http://www.w3.org/2000/09/xmldsig#");
/// Exclusive canonicalization, for its `InclusiveNamespaces`.
pub const EC: Ns = Ns::new("ec", "http://www.w3.org/2001/10/xml-exc-c14n#");
/// WS-Trust 1.3.
pub const WST: Ns = Ns::new("wst", "http://docs.oasis-open.org/ws-sx/ws-trust/200512");
/// WS-Federation claims.
pub const AUTH: Ns = Ns::new("auth", "http://docs.oasis-open.org/wsfed/authorization/200706");
/// SAML 1.1 assertion, written without a prefix.
pub const SAML: Ns = Ns::new("", "urn:oasis:names:tc:SAML:1.0:assertion");
/// XAdES 1.3.2.
pub const XADES: Ns = Ns::new("xades", "http://uri.etsi.org/01903/v1.3.2#");

/// Service list, version 1.
pub const SERVICE_LIST_V1: Ns = Ns::new("", "urn:be:fgov:ehealth:bcp:protocol:v1");
/// Service list, version 2.
pub const SERVICE_LIST_V2: Ns = Ns::new("", "urn:be:fgov:ehealth:bcp:protocol:v2");

/// Exclusive canonicalization without comments: the only one of the profile.
pub const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// Leaves the signature out of the element that contains it.
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// The only digest of the profile.
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// RSA PKCS#1 v1.5 over SHA-256.
pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// ECDSA over SHA-256, plain r and s.
pub const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
/// Reference type of the XAdES properties.
pub const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";

/// ValueType of a certificate in a BinarySecurityToken.
pub const X509_V3: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
/// EncodingType of a BinarySecurityToken.
pub const BASE64_BINARY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
/// TokenType of a SAML 1.1 assertion.
pub const SAML_V1_1: &str = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1";
/// ValueType of a key identifier that is an AssertionID.
pub const SAML_ASSERTION_ID: &str =
    "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID";
