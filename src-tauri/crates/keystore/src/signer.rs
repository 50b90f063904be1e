//! A key of a keystore as a signer.

use openssl::ec::EcKey;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::{Code, Problem};

use crate::certificate::Certificate;
use crate::error::KeystoreError;

/// Fewest bits of an RSA key that may sign. Source: design of the XML profile, docs/threat-model.md T4.
const FEWEST_RSA_BITS: u32 = 2_048;

/// The authentication key of an open keystore.
pub struct KeySigner {
    certificate: Certificate,
    key: PKey<Private>,
    kind: KeyKind,
}

impl std::fmt::Debug for KeySigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySigner").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl KeySigner {
    pub(crate) fn new(certificate: Certificate, key: PKey<Private>) -> Result<Self, KeystoreError> {
        let kind = kind_of(&key).ok_or(KeystoreError::NoKey)?;
        Ok(Self { certificate, key, kind })
    }

    /// Facts of the certificate that belongs to the key.
    #[must_use]
    pub fn facts(&self) -> &Certificate {
        &self.certificate
    }

    /// Signs at once; some hundred microseconds.
    pub fn sign_now(&self, digest: [u8; 32]) -> Result<Vec<u8>, Problem> {
        let signed = match self.kind {
            KeyKind::Rsa => self.rsa(&digest),
            KeyKind::EcP256 => self.key.ec_key().and_then(|key| ecdsa(&key, &digest, 32)),
            KeyKind::EcP384 => self.key.ec_key().and_then(|key| ecdsa(&key, &digest, 48)),
        };
        signed.map_err(|_| Problem::new(Code::INTERNAL))
    }

    fn rsa(&self, digest: &[u8; 32]) -> Result<Vec<u8>, ErrorStack> {
        let mut context = PkeyCtx::new(&self.key)?;
        context.sign_init()?;
        context.set_rsa_padding(Padding::PKCS1)?;
        context.set_signature_md(Md::sha256())?;
        let mut signature = Vec::new();
        context.sign_to_vec(digest, &mut signature)?;
        Ok(signature)
    }
}

fn kind_of(key: &PKey<Private>) -> Option<KeyKind> {
    match key.id() {
        Id::RSA if key.bits() >= FEWEST_RSA_BITS => Some(KeyKind::Rsa),
        Id::EC => match key.ec_key().ok()?.group().curve_name()? {
            Nid::X9_62_PRIME256V1 => Some(KeyKind::EcP256),
            Nid::SECP384R1 => Some(KeyKind::EcP384),
            _ => None,
        },
        _ => None,
    }
}

/// Plain r and s, each as long as the curve's order.
fn ecdsa(key: &EcKey<Private>, digest: &[u8; 32], size: i32) -> Result<Vec<u8>, ErrorStack> {
    let signature = EcdsaSig::sign(digest, key)?;
    let mut raw = signature.r().to_vec_padded(size)?;
    raw.extend(signature.s().to_vec_padded(size)?);
    Ok(raw)
}

impl Signer for KeySigner {
    fn certificate(&self) -> &[u8] {
        self.certificate.der()
    }

    fn kind(&self) -> KeyKind {
        self.kind
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move { self.sign_now(digest) })
    }
}
