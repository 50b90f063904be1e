//! Why a document is refused. Every reason has a name that never changes: `relaisctl xml verify` prints it.

use relais_core::{Code, Problem};

/// A bound of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the document.
    Size,
    /// Elements inside each other.
    Depth,
    /// Elements, texts, comments and instructions together.
    Nodes,
    /// Attributes of one element.
    Attributes,
    /// Namespaces declared on one element.
    Namespaces,
    /// References of one signature.
    References,
    /// Transforms of one reference.
    Transforms,
}

macro_rules! refusals {
    ($($variant:ident, $reason:literal, $code:ident, $sentence:literal;)*) => {
        /// A document, or a part of it, that the profile does not take.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        pub enum XmlError {
            /// A bound of the profile is passed.
            #[error("{}", .0.sentence())]
            Limit(Limit),
            $(#[doc = $sentence] #[error($sentence)] $variant,)*
        }

        impl XmlError {
            /// Stable name of the reason.
            #[must_use]
            pub fn reason(&self) -> &'static str {
                match self {
                    Self::Limit(limit) => limit.reason(),
                    $(Self::$variant => $reason,)*
                }
            }

            /// Code of the catalogue.
            #[must_use]
            pub fn code(&self) -> Code {
                match self {
                    Self::Limit(_) => Code::XML_LIMIT,
                    $(Self::$variant => Code::$code,)*
                }
            }

            /// Every reason that is not a limit, with its code and sentence.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $sentence),)*];
        }
    };
}

refusals! {
    Doctype, "doctype", XML_DOCTYPE, "the document has a DOCTYPE";
    NotUtf8, "not-utf-8", XML_MALFORMED, "the document is not UTF-8, or says it is something else";
    Malformed, "malformed", XML_MALFORMED, "the document is not well-formed";
    NotWritable, "not-writable", XML_MALFORMED, "a text or name cannot be written in XML";

    SignatureValue, "signature-value", XML_SIGNATURE, "the signature value does not fit the key and the signed bytes";
    Digest, "digest", XML_SIGNATURE, "a signed part was changed";
    DigestOfNothing, "digest-of-nothing", XML_SIGNATURE, "a digest was taken over nothing";

    Shape, "shape", XML_PROFILE, "an element is not built as expected";
    SignatureShape, "signature-shape", XML_PROFILE, "the signature is not built as the profile wants it";
    Sha1, "sha-1", XML_PROFILE, "SHA-1 is not accepted";
    Hmac, "hmac", XML_PROFILE, "a keyed digest is no signature";
    SignatureAlgorithm, "signature-algorithm", XML_PROFILE, "the signature algorithm is not RSA or ECDSA with SHA-256";
    DigestAlgorithm, "digest-algorithm", XML_PROFILE, "the digest algorithm is not SHA-256";
    InclusiveC14n, "inclusive-c14n", XML_PROFILE, "only exclusive canonical form is accepted";
    C14nWithComments, "c14n-with-comments", XML_PROFILE, "canonical form with comments is not accepted";
    XPath, "xpath", XML_PROFILE, "XPath transforms are not accepted";
    Xslt, "xslt", XML_PROFILE, "XSLT transforms are not accepted";
    Transform, "transform", XML_PROFILE, "a transform is not of the profile";
    Comment, "comment", XML_PROFILE, "a comment stands where it could split a text";
    Instruction, "processing-instruction", XML_PROFILE, "a processing instruction stands in a signed part";
    KeySize, "key-size", XML_PROFILE, "the key is too weak, or on another curve";

    Root, "root", XML_COVERAGE, "the document is of another kind";
    NoAssertion, "no-assertion", XML_COVERAGE, "there is no assertion at its place";
    SeveralAssertions, "several-assertions", XML_COVERAGE, "there is more than one assertion";
    NoSignature, "no-signature", XML_COVERAGE, "there is no signature at its place";
    SeveralSignatures, "several-signatures", XML_COVERAGE, "there is more than one signature";
    DuplicateId, "duplicate-id", XML_COVERAGE, "an identifier stands twice in the document";
    ExternalReference, "external-reference", XML_COVERAGE, "a reference does not name an element of the document";
    Misplaced, "misplaced", XML_COVERAGE, "a reference names an element that is not at its place";
    AssertionNotCovered, "assertion-not-covered", XML_COVERAGE, "the assertion is not signed";
    BodyNotCovered, "body-not-covered", XML_COVERAGE, "the body is not signed";
    TimestampNotCovered, "timestamp-not-covered", XML_COVERAGE, "the timestamp is not signed";
    ListNotCovered, "list-not-covered", XML_COVERAGE, "the service list is not signed";
    PropertiesNotCovered, "properties-not-covered", XML_COVERAGE, "the signed properties are missing or not signed";

    NoCertificate, "no-certificate", XML_SIGNER, "the signature does not tell its certificate";
    KeyReference, "key-reference", XML_SIGNER, "the key reference does not name the token at its place";
    Chain, "chain", XML_SIGNER, "the signer's certificate does not lead to a trusted issuer";
    SignerAttribute, "signer-attribute", XML_SIGNER, "the signer is not the one expected";
    KeyUsage, "key-usage", XML_SIGNER, "the signer's certificate is not meant for signing";
    Holder, "holder", XML_SIGNER, "the assertion names no holder of key";
    SigningCertificate, "signing-certificate", XML_SIGNER, "the signed properties name another certificate";

    TimestampShape, "timestamp-shape", XML_TIME, "the timestamp cannot be read";
    TimestampEarly, "timestamp-early", XML_TIME, "the timestamp lies in the future";
    TimestampLate, "timestamp-late", XML_TIME, "the timestamp has expired";
}

impl XmlError {
    /// As it travels to a person: the code and the name of the reason.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::new(self.code()).with("reason", self.reason())
    }
}

impl From<XmlError> for Problem {
    fn from(error: XmlError) -> Self {
        error.problem()
    }
}

impl Limit {
    /// Every limit.
    pub const ALL: &'static [Self] = &[
        Self::Size,
        Self::Depth,
        Self::Nodes,
        Self::Attributes,
        Self::Namespaces,
        Self::References,
        Self::Transforms,
    ];

    fn reason(self) -> &'static str {
        match self {
            Self::Size => "limit-size",
            Self::Depth => "limit-depth",
            Self::Nodes => "limit-nodes",
            Self::Attributes => "limit-attributes",
            Self::Namespaces => "limit-namespaces",
            Self::References => "limit-references",
            Self::Transforms => "limit-transforms",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Size => "the document is too large",
            Self::Depth => "the elements are nested too deeply",
            Self::Nodes => "the document has too many nodes",
            Self::Attributes => "an element has too many attributes",
            Self::Namespaces => "an element declares too many namespaces",
            Self::References => "the signature has too many references",
            Self::Transforms => "a reference has too many transforms",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_refusals_share_a_reason() {
        let limits = Limit::ALL.iter().map(|limit| XmlError::Limit(*limit));
        let all: Vec<XmlError> = XmlError::ALL.iter().map(|(error, _)| *error).chain(limits).collect();
        let reasons: BTreeSet<&str> = all.iter().map(XmlError::reason).collect();
        assert_eq!(reasons.len(), all.len());
        assert!(all.iter().all(|error| (2301..=2308).contains(&error.code().number())));
    }
}
