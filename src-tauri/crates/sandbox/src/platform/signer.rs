//! A key in memory that signs as cards and keystores do.

use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::pkey::{Id, PKey, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::{Code, Problem};

use crate::x509::Authority;

/// An invented key with its certificate.
#[derive(Clone)]
pub struct SoftKey {
    certificate: Vec<u8>,
    key: PKey<Private>,
    kind: KeyKind,
}

impl SoftKey {
    /// The key of a certificate.
    pub fn new(owner: &Authority) -> Result<Self, ErrorStack> {
        let kind = match (owner.key.id(), owner.key.bits()) {
            (Id::EC, 256) => KeyKind::EcP256,
            (Id::EC, _) => KeyKind::EcP384,
            _ => KeyKind::Rsa,
        };
        Ok(Self { certificate: owner.certificate.to_der()?, key: owner.key.clone(), kind })
    }

    fn signature(&self, digest: [u8; 32]) -> Result<Vec<u8>, ErrorStack> {
        let half = match self.kind {
            KeyKind::Rsa => return self.rsa(digest),
            KeyKind::EcP256 => 32,
            KeyKind::EcP384 => 48,
        };
        let signature = EcdsaSig::sign(&digest, &*self.key.ec_key()?)?;
        let mut plain = signature.r().to_vec_padded(half)?;
        plain.extend(signature.s().to_vec_padded(half)?);
        Ok(plain)
    }

    fn rsa(&self, digest: [u8; 32]) -> Result<Vec<u8>, ErrorStack> {
        let mut context = PkeyCtx::new(&self.key)?;
        context.sign_init()?;
        context.set_rsa_padding(Padding::PKCS1)?;
        context.set_signature_md(Md::sha256())?;
        let mut signature = Vec::new();
        context.sign_to_vec(&digest, &mut signature)?;
        Ok(signature)
    }
}

impl Signer for SoftKey {
    fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    fn kind(&self) -> KeyKind {
        self.kind
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        let signature = self.signature(digest);
        Box::pin(async move {
            signature
                .map_err(|_| Problem::new(Code::INTERNAL).with("what", "a key of the sandbox does not sign"))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::x509::{KeyType, Validity};
    use relais_ehealth::xml::algorithm::Method;

    #[tokio::test]
    async fn every_kind_of_key_signs_what_the_profile_verifies() {
        let from = "2026-01-01T00:00:00Z".parse().unwrap();
        for kind in [KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384] {
            let owner = Authority::root([("CN", "signer")], kind, Validity::days(from, 9)).unwrap();
            let key = SoftKey::new(&owner).unwrap();
            let value = key.sign([7; 32]).await.unwrap();
            Method::of(key.kind()).verify(&owner.key, &[7; 32], &value).unwrap();
        }
    }
}
