//! Whether what a card says is true: the national register signed it, and a root we were given stands behind the register.
//!
//! Roots come from the configuration only, never from the card. Every function takes hostile bytes and answers a
//! [`Verdict`]; none fails. Source: docs/reference/eid-card.md, sections 5 and 10.

use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::hash::{MessageDigest, hash};
use openssl::sign::Verifier;
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509KeyUsage, X509StoreContext, X509VerifyResult};
use serde::{Serialize, Serializer};

use crate::certificate::{Certificate, Shape, same_name};
use crate::error::CardError;
use crate::file::der_length;

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// True, up to a root we were given.
    Proven,
    /// True in itself, but no root we were given stands behind it.
    NoAnchor,
    /// Not true: forged, damaged, out of its dates, or missing.
    Refuted,
}

impl Verdict {
    /// The worse of two: a chain is as good as its weakest link.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Refuted, _) | (_, Self::Refuted) => Self::Refuted,
            (Self::NoAnchor, _) | (_, Self::NoAnchor) => Self::NoAnchor,
            (Self::Proven, Self::Proven) => Self::Proven,
        }
    }

    fn only_if(self, holds: bool) -> Self {
        if holds { self } else { Self::Refuted }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Proven => to.serialize_bool(true),
            Self::Refuted => to.serialize_bool(false),
            Self::NoAnchor => to.serialize_str("no-anchor"),
        }
    }
}

/// Roots (and, where need be, issuing CAs) that the configuration trusts for cards.
#[derive(Clone, Default)]
pub struct Anchors(Vec<X509>);

impl std::fmt::Debug for Anchors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Anchors({})", self.0.len())
    }
}

impl Anchors {
    /// Reads PEM texts, each with one certificate or more.
    ///
    /// # Errors
    /// [`CardError::Answer`] for a text that is not PEM.
    pub fn from_pem<'a>(texts: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, CardError> {
        let mut all = Vec::new();
        for text in texts {
            all.extend(
                X509::stack_from_pem(text)
                    .map_err(|_| CardError::Answer("a trust anchor that is not PEM"))?,
            );
        }
        Ok(Self(all))
    }

    /// Reads DER certificates.
    ///
    /// # Errors
    /// [`CardError::Answer`] for one that is not a certificate.
    pub fn from_der<'a>(all: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, CardError> {
        let read = all.into_iter().map(X509::from_der).collect::<Result<_, _>>();
        read.map(Self).map_err(|_| CardError::Answer("a trust anchor that is not a certificate"))
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn store(&self, now: Timestamp) -> Result<X509Store, ErrorStack> {
        let mut store = X509StoreBuilder::new()?;
        for anchor in &self.0 {
            store.add_cert(anchor.clone())?;
        }
        let mut wanted = X509VerifyParam::new()?;
        wanted.set_time(now.as_second());
        // An anchor may be an issuing CA.
        wanted.set_flags(X509VerifyFlags::PARTIAL_CHAIN)?;
        store.set_param(&wanted)?;
        Ok(store.build())
    }
}

/// A certificate that may have been issued by `ca`, up to an anchor, at `now`, for a use.
#[must_use]
pub fn chain(
    anchors: &Anchors,
    leaf: &Certificate,
    ca: Option<&Certificate>,
    usage: X509KeyUsage,
    now: Timestamp,
) -> Verdict {
    path(anchors, leaf, ca, now)
        .map_or(Verdict::Refuted, |(verdict, _)| verdict)
        .only_if(leaf.has_usage(usage))
}

/// The certificate of the national register: issued by a root itself, and no CA. Any citizen's certificate hangs lower,
/// so a card cannot put its own key in the register's place.
#[must_use]
pub fn register(anchors: &Anchors, rrn: &Certificate, now: Timestamp) -> Verdict {
    let Ok((verdict, path)) = path(anchors, rrn, None, now) else { return Verdict::Refuted };
    let fit = !rrn.is_ca() && rrn.has_usage(X509KeyUsage::DIGITAL_SIGNATURE | X509KeyUsage::NON_REPUDIATION);
    match verdict {
        Verdict::Proven => match &path[..] {
            [_, root] if same_name(root.subject_name(), root.issuer_name()) => Verdict::Proven.only_if(fit),
            _ => Verdict::NoAnchor.only_if(fit),
        },
        other => other.only_if(fit),
    }
}

/// The identity file, signed by the register.
#[must_use]
pub fn identity(rrn: &Certificate, identity: &[u8], signature: &[u8]) -> bool {
    signed(rrn, &[identity], signature).unwrap_or(false)
}

/// The address file, signed together with the identity's signature: without its own trailing zeros, with all of theirs.
#[must_use]
pub fn address(rrn: &Certificate, address: &[u8], identity_signature: &[u8], signature: &[u8]) -> bool {
    let end = address.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    signed(rrn, &[&address[..end], identity_signature], signature).unwrap_or(false)
}

/// Something that the identity file names by its hash: the photo, or the basic public key.
#[must_use]
pub fn named_by_hash(content: &[u8], named: &[u8]) -> bool {
    let by = match named.len() {
        20 => MessageDigest::sha1(),
        32 => MessageDigest::sha256(),
        48 => MessageDigest::sha384(),
        _ => return false,
    };
    hash(by, content).is_ok_and(|found| *found == *named)
}

fn signed(rrn: &Certificate, parts: &[&[u8]], signature: &[u8]) -> Result<bool, CardError> {
    let public = rrn.public_key()?;
    // The register signs as its own certificate is signed; the applet does not tell.
    let by = rrn.signature_hash().ok_or(CardError::Answer("a certificate with an unknown algorithm"))?;
    let length = match public.shape() {
        Shape::Rsa { bytes } => bytes,
        Shape::Ec { .. } => der_length(signature).unwrap_or(usize::MAX),
    };
    let Some(signature) = signature.get(..length) else { return Ok(false) };
    let check = || {
        let mut verifier = Verifier::new(by, public.key())?;
        parts.iter().try_for_each(|part| verifier.update(part))?;
        verifier.verify(signature)
    };
    check().map_err(|_: ErrorStack| CardError::Library)
}

/// Builds and checks the path; the certificates of it come along, leaf first.
fn path(
    anchors: &Anchors,
    leaf: &Certificate,
    ca: Option<&Certificate>,
    now: Timestamp,
) -> Result<(Verdict, Vec<X509>), ErrorStack> {
    let store = anchors.store(now)?;
    let mut between = Stack::new()?;
    if let Some(ca) = ca {
        between.push(ca.x509().clone())?;
    }
    let mut context = X509StoreContext::new()?;
    let (valid, error, path) = context.init(&store, leaf.x509(), &between, |context| {
        let valid = context.verify_cert()?;
        let path =
            context.chain().map(|path| path.iter().map(ToOwned::to_owned).collect()).unwrap_or_default();
        Ok((valid, context.error(), path))
    })?;
    let verdict = match valid {
        true => Verdict::Proven,
        false if lacks_anchor(error) && is_foreign(anchors, leaf, ca) => Verdict::NoAnchor,
        false => Verdict::Refuted,
    };
    Ok((verdict, path))
}

fn lacks_anchor(error: X509VerifyResult) -> bool {
    // X509_V_ERR_: UNABLE_TO_GET_ISSUER_CERT, DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN,
    // UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE
    matches!(error.as_raw(), 2 | 18 | 19 | 20 | 21)
}

/// The card is consistent in itself, and none of our anchors bears the name of its root. With a name we know and a key we
/// do not, it is forged rather than foreign.
fn is_foreign(anchors: &Anchors, leaf: &Certificate, ca: Option<&Certificate>) -> bool {
    let issues = |ca: &&Certificate| same_name(ca.x509().subject_name(), leaf.x509().issuer_name());
    let top = match ca.filter(issues) {
        Some(ca) if !ca.x509().public_key().is_ok_and(|key| leaf.x509().verify(&key).unwrap_or(false)) => {
            return false;
        }
        Some(ca) => ca,
        None => leaf,
    };
    !anchors.0.iter().any(|anchor| same_name(anchor.subject_name(), top.x509().issuer_name()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
