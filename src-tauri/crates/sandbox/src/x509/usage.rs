//! What a key may be used for, as the extensions keyUsage and extendedKeyUsage say it.

use openssl::error::ErrorStack;
use openssl::x509::X509Extension;
use openssl::x509::extension::{ExtendedKeyUsage, KeyUsage};

/// One bit of keyUsage (RFC 5280, 4.2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the standard")]
pub enum KeyUse {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    CertificateSigning,
    CrlSigning,
}

/// One purpose of extendedKeyUsage (RFC 5280, 4.2.1.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the standard")]
pub enum ExtendedUse {
    ServerAuth,
    ClientAuth,
    EmailProtection,
    TimeStamping,
}

/// What a certificate allows: keyUsage (critical), and extendedKeyUsage unless it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Bits of keyUsage.
    pub key: &'static [KeyUse],
    /// Purposes of extendedKeyUsage.
    pub extended: &'static [ExtendedUse],
}

impl Usage {
    /// An issuer.
    pub const AUTHORITY: Self =
        Self { key: &[KeyUse::CertificateSigning, KeyUse::CrlSigning], extended: &[] };

    /// The authentication key of an eID, and any other signer of messages.
    pub const AUTHENTICATION: Self = Self { key: &[KeyUse::DigitalSignature], extended: &[] };

    /// The signature key of an eID.
    pub const NON_REPUDIATION: Self = Self { key: &[KeyUse::NonRepudiation], extended: &[] };

    /// The national register, which signs identities and issues nothing.
    pub const REGISTRY: Self =
        Self { key: &[KeyUse::DigitalSignature, KeyUse::NonRepudiation], extended: &[] };

    /// An eHealth certificate. Source: docs/reference/ehealth-certificates.md, section 2.
    pub const EHEALTH: Self = Self {
        key: &[KeyUse::DigitalSignature, KeyUse::NonRepudiation, KeyUse::KeyEncipherment],
        extended: &[ExtendedUse::ClientAuth, ExtendedUse::EmailProtection],
    };

    /// The certificate inside an encryption token. Source: docs/reference/ehealth-certificates.md, section 5.
    pub const ENCRYPTION: Self =
        Self { key: &[KeyUse::KeyEncipherment, KeyUse::DataEncipherment], extended: &[] };

    /// A TLS server.
    pub const TLS_SERVER: Self = Self {
        key: &[KeyUse::DigitalSignature, KeyUse::KeyEncipherment],
        extended: &[ExtendedUse::ServerAuth],
    };

    pub(super) fn key_usage(&self) -> Result<X509Extension, ErrorStack> {
        let mut all = KeyUsage::new();
        all.critical();
        for bit in self.key {
            match bit {
                KeyUse::DigitalSignature => all.digital_signature(),
                KeyUse::NonRepudiation => all.non_repudiation(),
                KeyUse::KeyEncipherment => all.key_encipherment(),
                KeyUse::DataEncipherment => all.data_encipherment(),
                KeyUse::CertificateSigning => all.key_cert_sign(),
                KeyUse::CrlSigning => all.crl_sign(),
            };
        }
        all.build()
    }

    pub(super) fn extended_key_usage(&self) -> Result<Option<X509Extension>, ErrorStack> {
        if self.extended.is_empty() {
            return Ok(None);
        }
        let mut all = ExtendedKeyUsage::new();
        for purpose in self.extended {
            match purpose {
                ExtendedUse::ServerAuth => all.server_auth(),
                ExtendedUse::ClientAuth => all.client_auth(),
                ExtendedUse::EmailProtection => all.email_protection(),
                ExtendedUse::TimeStamping => all.time_stamping(),
            };
        }
        all.build().map(Some)
    }
}
