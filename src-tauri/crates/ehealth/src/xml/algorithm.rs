//! The signature algorithms of the profile, over a digest that is already there.

use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, Id, PKeyRef};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use relais_core::ports::KeyKind;

use super::error::XmlError;
use super::names::{ECDSA_SHA256, RSA_SHA256};

/// Smallest RSA modulus, in bits.
pub const RSA_MIN_BITS: u32 = 2048;

/// A signature algorithm of the profile; which curve, the key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// RSA PKCS#1 v1.5 with SHA-256.
    RsaSha256,
    /// ECDSA with SHA-256, r and s side by side, each as long as the curve's order.
    EcdsaSha256,
}

impl Method {
    /// What a key of this kind signs with.
    #[must_use]
    pub fn of(kind: KeyKind) -> Self {
        match kind {
            KeyKind::Rsa => Self::RsaSha256,
            KeyKind::EcP256 | KeyKind::EcP384 => Self::EcdsaSha256,
        }
    }

    /// Its identifier in `SignatureMethod`.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::RsaSha256 => RSA_SHA256,
            Self::EcdsaSha256 => ECDSA_SHA256,
        }
    }

    /// Checks a signature value over a SHA-256 digest.
    ///
    /// # Errors
    /// [`XmlError::KeySize`] for a key outside the profile, else [`XmlError::SignatureValue`].
    pub fn verify<T: HasPublic>(
        self,
        key: &PKeyRef<T>,
        digest: &[u8; 32],
        value: &[u8],
    ) -> Result<(), XmlError> {
        let good = match (self, kind_of(key)?) {
            (Self::RsaSha256, KeyKind::Rsa) => rsa(key, digest, value),
            (Self::EcdsaSha256, kind @ (KeyKind::EcP256 | KeyKind::EcP384)) => {
                ecdsa(key, kind, digest, value)
            }
            (Self::RsaSha256, _) | (Self::EcdsaSha256, KeyKind::Rsa) => return Err(XmlError::SignatureValue),
        };
        if good { Ok(()) } else { Err(XmlError::SignatureValue) }
    }
}

/// Which of the profile's keys this is.
///
/// # Errors
/// [`XmlError::KeySize`] when it is none of them.
pub fn kind_of<T: HasPublic>(key: &PKeyRef<T>) -> Result<KeyKind, XmlError> {
    match key.id() {
        Id::RSA if key.bits() >= RSA_MIN_BITS => Ok(KeyKind::Rsa),
        Id::EC => match key.ec_key().ok().and_then(|key| key.group().curve_name()) {
            Some(Nid::X9_62_PRIME256V1) => Ok(KeyKind::EcP256),
            Some(Nid::SECP384R1) => Ok(KeyKind::EcP384),
            _ => Err(XmlError::KeySize),
        },
        _ => Err(XmlError::KeySize),
    }
}

/// Length of r, and of s, in bytes.
#[must_use]
pub fn half_length(kind: KeyKind) -> Option<usize> {
    match kind {
        KeyKind::Rsa => None,
        KeyKind::EcP256 => Some(32),
        KeyKind::EcP384 => Some(48),
    }
}

fn rsa<T: HasPublic>(key: &PKeyRef<T>, digest: &[u8; 32], value: &[u8]) -> bool {
    let check = || {
        let mut context = PkeyCtx::new(key)?;
        context.verify_init()?;
        context.set_rsa_padding(Padding::PKCS1)?;
        context.set_signature_md(Md::sha256())?;
        context.verify(digest, value)
    };
    check().unwrap_or_else(|_| forget_openssl_errors())
}

fn ecdsa<T: HasPublic>(key: &PKeyRef<T>, kind: KeyKind, digest: &[u8; 32], value: &[u8]) -> bool {
    let Some((r, s)) =
        half_length(kind).filter(|half| value.len() == 2 * half).map(|half| value.split_at(half))
    else {
        return false;
    };
    let check = || {
        let signature = EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?;
        signature.verify(digest, &*key.ec_key()?)
    };
    check().unwrap_or_else(|_: openssl::error::ErrorStack| forget_openssl_errors())
}

/// A refused signature leaves entries in OpenSSL's queue of this thread, where a later call would find them.
fn forget_openssl_errors() -> bool {
    drop(openssl::error::ErrorStack::get());
    false
}
