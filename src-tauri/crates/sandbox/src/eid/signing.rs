//! Keys of the card and what they sign. The card never hashes (docs/reference/eid-card.md, section 7).

use std::collections::BTreeMap;

use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, PKeyRef, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use openssl::sign::RsaPssSaltlen;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::command::Command;
use super::model::Model;
use super::status::Status;

/// Reference of the basic key, for internal authentication only.
pub(super) const BASIC: u8 = 0x81;
/// Reference of the authentication key.
pub(super) const AUTHENTICATION: u8 = 0x82;
/// Reference of the signature key.
pub(super) const SIGNATURE: u8 = 0x83;

/// A private key that is written as PEM.
#[derive(Clone)]
pub(super) struct Key(pub(super) PKey<Private>);

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let pem = self.0.private_key_to_pem_pkcs8().map_err(serde::ser::Error::custom)?;
        to.serialize_str(&String::from_utf8_lossy(&pem))
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let pem = String::deserialize(from)?;
        PKey::private_key_from_pem(pem.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Keys by their reference.
pub(super) type Keys = BTreeMap<u8, Key>;

/// What MSE SET has chosen for the next signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) algorithm: Algorithm,
    pub(super) key: u8,
}

impl Choice {
    /// MSE SET: `04 80 algorithm 84 key`.
    pub(super) fn read(command: &Command<'_>, model: Model, keys: &Keys) -> Result<Self, Status> {
        if command.p1p2() != 0x41B6 {
            return Err(Status::PARAMETERS);
        }
        let [0x04, 0x80, algorithm, 0x84, key] = *command.exactly::<5>()? else { return Err(Status::DATA) };
        if ![AUTHENTICATION, SIGNATURE].contains(&key) || !keys.contains_key(&key) {
            return Err(Status::NO_SUCH_KEY);
        }
        let algorithm = Algorithm::named(algorithm, model).ok_or(Status::DATA)?;
        Ok(Self { algorithm, key })
    }
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// PKCS#1 v1.5 over a DigestInfo that the caller brings.
    RsaRaw,
    /// PKCS#1 v1.5 over a hash of this kind.
    Rsa(Hash),
    /// PSS over a hash of this kind, salt as long as the hash.
    RsaPss(Hash),
    /// ECDSA over a hash of so many bytes.
    Ecdsa(usize),
    /// ECDSA over any hash of 20, 28, 32, 48 or 64 bytes.
    EcdsaAny,
}

/// Hashes of RSA signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
}

impl Hash {
    fn digest(self) -> MessageDigest {
        match self {
            Self::Md5 => MessageDigest::md5(),
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
        }
    }
}

impl Algorithm {
    fn named(byte: u8, model: Model) -> Option<Self> {
        match model {
            Model::V10 | Model::V11 => Self::rsa(byte).filter(|_| byte <= 0x04),
            Model::V17 | Model::V17Rekeyed => Self::rsa(byte),
            Model::V18 => Self::elliptic(byte),
        }
    }

    fn rsa(byte: u8) -> Option<Self> {
        Some(match byte {
            0x01 => Self::RsaRaw,
            0x02 => Self::Rsa(Hash::Sha1),
            0x04 => Self::Rsa(Hash::Md5),
            0x08 => Self::Rsa(Hash::Sha256),
            0x10 => Self::RsaPss(Hash::Sha1),
            0x20 => Self::RsaPss(Hash::Sha256),
            _ => return None,
        })
    }

    fn elliptic(byte: u8) -> Option<Self> {
        Some(match byte {
            0x01 | 0x08 => Self::Ecdsa(32),
            0x02 | 0x10 => Self::Ecdsa(48),
            0x04 | 0x20 => Self::Ecdsa(64),
            0x40 => Self::EcdsaAny,
            _ => return None,
        })
    }

    /// Whether the data has a length this algorithm signs; `room` is the longest PKCS#1 content of the key.
    fn takes(self, length: usize, room: usize) -> bool {
        match self {
            Self::RsaRaw => (1..=room).contains(&length),
            Self::Rsa(hash) | Self::RsaPss(hash) => length == hash.digest().size(),
            Self::Ecdsa(size) => length == size,
            Self::EcdsaAny => [20, 28, 32, 48, 64].contains(&length),
        }
    }

    /// Signs. RSA gives the big-endian block, ECDSA plain r and s.
    pub(super) fn sign(self, key: &PKeyRef<Private>, data: &[u8]) -> Result<Vec<u8>, Status> {
        if data.is_empty() {
            return Err(Status::LENGTH);
        }
        if !self.takes(data.len(), key.size() - 11) {
            return Err(Status::DATA);
        }
        let made = match self {
            Self::RsaRaw => rsa(key, None, Padding::PKCS1, data),
            Self::Rsa(hash) => rsa(key, Some(hash), Padding::PKCS1, data),
            Self::RsaPss(hash) => rsa(key, Some(hash), Padding::PKCS1_PSS, data),
            Self::Ecdsa(_) | Self::EcdsaAny => plain_ecdsa(key, data),
        };
        made.map_err(|_| Status::CONDITIONS)
    }
}

fn rsa(
    key: &PKeyRef<Private>,
    hash: Option<Hash>,
    padding: Padding,
    data: &[u8],
) -> Result<Vec<u8>, ErrorStack> {
    let mut context = PkeyCtx::new(key)?;
    context.sign_init()?;
    context.set_rsa_padding(padding)?;
    if let Some(hash) = hash {
        set_digest(&mut context, hash)?;
    }
    if padding == Padding::PKCS1_PSS {
        context.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
    }
    let mut made = Vec::new();
    context.sign_to_vec(data, &mut made)?;
    Ok(made)
}

fn set_digest(context: &mut openssl::pkey_ctx::PkeyCtxRef<Private>, hash: Hash) -> Result<(), ErrorStack> {
    let digest = match hash {
        Hash::Md5 => openssl::md::Md::md5(),
        Hash::Sha1 => openssl::md::Md::sha1(),
        Hash::Sha256 => openssl::md::Md::sha256(),
    };
    context.set_signature_md(digest)
}

/// r and s, each as long as the field of the key's curve.
pub(super) fn plain_ecdsa(key: &PKeyRef<Private>, data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let signature = EcdsaSig::sign(data, key.ec_key()?.as_ref())?;
    let size = i32::try_from(key.bits().div_ceil(8)).unwrap_or(i32::MAX);
    Ok([signature.r().to_vec_padded(size)?, signature.s().to_vec_padded(size)?].concat())
}
