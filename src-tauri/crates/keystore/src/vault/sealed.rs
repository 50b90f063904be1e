//! The bytes of a lease file: a header in clear that is authenticated, and a sealed body.
//!
//! Source: docs/reference/lease-file.md.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use relais_core::environment::EnvironmentName;
use relais_core::lease::{SlotId, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::session::history::History;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::Found;
use super::error::VaultError;
use super::keys::LeaseKey;

const MAGIC: &[u8; 8] = b"RLSLEASE";
const FORMAT: u16 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
/// Magic, format and length of the header.
const FIXED: usize = 8 + 2 + 2;

/// Most bytes of a lease file; an assertion has some ten thousand.
pub const MOST_BYTES: u64 = 1 << 20;

/// For whom and where a lease was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub environment: EnvironmentName,
    pub user: String,
    pub machine: String,
    pub slot: SlotId,
}

/// A lease file taken apart, nothing of it believed yet.
pub struct Parts<'a> {
    pub header: Header,
    clear: &'a [u8],
    nonce: &'a [u8],
    body: &'a [u8],
    tag: &'a [u8],
}

#[derive(Serialize, Deserialize)]
struct Body {
    lease: TokenLease,
    assertion: String,
    #[serde(default)]
    history: History,
}

impl Drop for Body {
    fn drop(&mut self) {
        self.assertion.zeroize();
    }
}

/// Seals a lease and what is kept beside it, with a nonce of its own.
pub fn seal(
    header: &Header,
    key: &LeaseKey,
    lease: &TokenLease,
    assertion: &SecretBytes,
    history: &History,
) -> Result<Vec<u8>, VaultError> {
    let header = serde_json::to_vec(header).map_err(|_| VaultError::Damaged)?;
    let size = u16::try_from(header.len()).map_err(|_| VaultError::Damaged)?;
    let mut bytes = [MAGIC.as_slice(), &FORMAT.to_be_bytes(), &size.to_be_bytes(), &header].concat();
    let assertion = STANDARD.encode(assertion.reveal());
    let body = Body { lease: lease.clone(), assertion, history: history.clone() };
    let plain = Zeroizing::new(serde_json::to_vec(&body).map_err(|_| VaultError::Damaged)?);
    let mut nonce = [0; NONCE];
    openssl::rand::rand_bytes(&mut nonce)?;
    let mut tag = [0; TAG];
    let sealed = encrypt_aead(Cipher::aes_256_gcm(), key.reveal(), Some(&nonce), &bytes, &plain, &mut tag)?;
    bytes.extend([nonce.as_slice(), &sealed, &tag].concat());
    if bytes.len() as u64 > MOST_BYTES {
        return Err(VaultError::Damaged);
    }
    Ok(bytes)
}

/// Takes a file apart.
pub fn parse(bytes: &[u8]) -> Result<Parts<'_>, VaultError> {
    let fixed = bytes.get(..FIXED).ok_or(VaultError::Damaged)?;
    if &fixed[..8] != MAGIC {
        return Err(VaultError::Damaged);
    }
    let format = u16::from_be_bytes([fixed[8], fixed[9]]);
    if format != FORMAT {
        return Err(if format > FORMAT { VaultError::Newer { found: format } } else { VaultError::Damaged });
    }
    let clear = FIXED + usize::from(u16::from_be_bytes([fixed[10], fixed[11]]));
    let end = bytes.len().checked_sub(TAG).filter(|end| *end >= clear + NONCE).ok_or(VaultError::Damaged)?;
    let header = serde_json::from_slice(&bytes[FIXED..clear]).map_err(|_| VaultError::Damaged)?;
    Ok(Parts {
        header,
        clear: &bytes[..clear],
        nonce: &bytes[clear..clear + NONCE],
        body: &bytes[clear + NONCE..end],
        tag: &bytes[end..],
    })
}

/// Opens the body.
pub fn open(parts: &Parts<'_>, key: &LeaseKey) -> Result<Found, VaultError> {
    let plain = decrypt_aead(
        Cipher::aes_256_gcm(),
        key.reveal(),
        Some(parts.nonce),
        parts.clear,
        parts.body,
        parts.tag,
    )
    .map(Zeroizing::new)
    .map_err(|_| VaultError::Damaged)?;
    let mut body: Body = serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)?;
    let assertion = STANDARD.decode(&body.assertion).map_err(|_| VaultError::Damaged)?;
    let history = std::mem::take(&mut body.history);
    Ok(Found { lease: body.lease.clone(), assertion: SecretBytes::new(assertion), history })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn lease() -> TokenLease {
        serde_json::from_value(serde_json::json!({
            "id": "0".repeat(32), "person": {"name": "Claire Lambert", "slot": "a".repeat(32)}, "means": "eid",
            "quality": "doctor", "environment": "sandbox", "issued_at": "2026-03-02T07:00:00Z",
            "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
        }))
        .unwrap()
    }

    fn header() -> Header {
        Header {
            environment: lease().environment,
            user: "1000".into(),
            machine: "m".into(),
            slot: lease().person.slot,
        }
    }

    fn sealed(assertion: &[u8], key: &LeaseKey) -> Vec<u8> {
        seal(&header(), key, &lease(), &SecretBytes::new(assertion.to_vec()), &History::default()).unwrap()
    }

    #[test]
    fn a_file_from_before_anything_was_kept_beside_the_token_still_opens() {
        let key = LeaseKey::from_stored(vec![0x2a; 32]).unwrap();
        let parts = parse(include_bytes!("fixtures/before_history.lease")).unwrap();
        assert_eq!(parts.header, header());
        let found = open(&parts, &key).unwrap();
        assert_eq!((found.lease, found.history), (lease(), History::default()));
        assert_eq!(found.assertion.reveal(), b"<Assertion/>");
    }

    #[test]
    fn a_bit_flipped_anywhere_opens_nothing() {
        let key = LeaseKey::random().unwrap();
        let good = sealed(b"<Assertion/>", &key);
        for place in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[place] ^= 1 << bit;
                let opened = parse(&bad).and_then(|parts| open(&parts, &key));
                assert!(opened.is_err(), "byte {place}, bit {bit}");
            }
        }
        assert!(parse(&good).and_then(|parts| open(&parts, &key)).is_ok());
    }

    #[test]
    fn a_nonce_is_never_used_twice() {
        let key = LeaseKey::random().unwrap();
        let nonces: HashSet<Vec<u8>> =
            (0..10_000).map(|_| parse(&sealed(b"x", &key)).unwrap().nonce.to_vec()).collect();
        assert_eq!(nonces.len(), 10_000);
    }

    #[test]
    fn a_file_of_a_newer_relais_is_told_from_a_damaged_one() {
        let mut bytes = sealed(b"x", &LeaseKey::random().unwrap());
        bytes[9] = 2;
        assert!(matches!(parse(&bytes), Err(VaultError::Newer { found: 2 })));
    }

    proptest! {
        #[test]
        fn what_is_sealed_comes_back_byte_for_byte(assertion in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let key = LeaseKey::random().unwrap();
            let bytes = sealed(&assertion, &key);
            let found = open(&parse(&bytes).unwrap(), &key).unwrap();
            prop_assert_eq!(found.lease, lease());
            prop_assert_eq!(found.assertion.reveal(), assertion.as_slice());
        }

        #[test]
        fn a_file_cut_anywhere_or_made_of_noise_opens_nothing(
            cut in any::<proptest::sample::Index>(), noise in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let key = LeaseKey::random().unwrap();
            let whole = sealed(b"<Assertion/>", &key);
            for bytes in [&whole[..cut.index(whole.len())], &noise, &[MAGIC.as_slice(), &noise].concat()] {
                prop_assert!(parse(bytes).and_then(|parts| open(&parts, &key)).is_err());
            }
        }
    }
}
