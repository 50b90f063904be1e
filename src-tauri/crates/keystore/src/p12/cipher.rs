//! The ways a keystore's parts are locked: password-based encryption, old and new, and the seal over the whole.
//!
//! Decides which schemes are read and how costly one may be; where they stand in the file is `archive.rs`.
//! Source: RFC 7292 (PKCS#12) appendix B, RFC 8018 (PKCS#5); docs/reference/ehealth-certificates.md, section 1.

use cbc::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::Pkcs7};
use openssl::hash::MessageDigest;
use openssl::pkcs5::pbkdf2_hmac;
use openssl::pkey::PKey;
use openssl::sha;
use openssl::symm::{self, Cipher};
use zeroize::Zeroizing;

use super::der::{INTEGER, Malformed, OCTET_STRING, OID, Reader, SEQUENCE};

/// Most rounds of one key derivation; Java writes 10 000 to 100 000. Source: docs/threat-model.md, T19.
pub const MOST_ROUNDS: u64 = 1_000_000;
/// Most rounds of a whole file: a file of two hundred old keys still opens, one of ten thousand costly bags does not.
pub const MOST_ROUNDS_IN_ALL: u64 = 20_000_000;

/// Why a part of the file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not the format it claims to be.
    Malformed,
    /// A scheme that no eHealth keystore uses.
    Unsupported,
    /// Opening it would cost too much.
    TooCostly,
    /// The password does not open it.
    Wrong,
}

impl From<Malformed> for Refusal {
    fn from(Malformed: Malformed) -> Self {
        Self::Malformed
    }
}

/// Work that a file may still ask for.
#[derive(Debug)]
pub struct Budget {
    rounds: u64,
}

impl Budget {
    pub fn new() -> Self {
        Self { rounds: MOST_ROUNDS_IN_ALL }
    }

    /// Takes the rounds of one derivation out, before anything is derived.
    pub fn spend(&mut self, rounds: u64) -> Result<u32, Refusal> {
        if rounds == 0 {
            return Err(Refusal::Malformed);
        }
        if rounds > MOST_ROUNDS {
            return Err(Refusal::TooCostly);
        }
        self.rounds = self.rounds.checked_sub(rounds).ok_or(Refusal::TooCostly)?;
        u32::try_from(rounds).map_err(|_| Refusal::TooCostly)
    }
}

/// A password in the two forms that the schemes want.
pub struct Typed<'a> {
    text: &'a str,
    /// UTF-16 with two closing zero bytes, or nothing at all where a file was made without any password.
    wide: Zeroizing<Vec<u8>>,
}

impl<'a> Typed<'a> {
    pub fn new(text: &'a str) -> Self {
        let wide = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
        Self { text, wide: Zeroizing::new(wide) }
    }

    /// What a program gives that was given no password; differs from an empty one only in the old schemes.
    pub fn none() -> Typed<'static> {
        Typed { text: "", wide: Zeroizing::new(Vec::new()) }
    }
}

/// A hash function of the PKCS#12 derivation, with its sizes in bytes.
#[derive(Clone, Copy)]
pub struct Digest {
    hash: fn(&[u8], &mut [u8; 64]),
    size: usize,
    block: usize,
    openssl: fn() -> MessageDigest,
}

impl Digest {
    const SHA1: Self = Self {
        hash: |data, out| out[..20].copy_from_slice(&sha::sha1(data)),
        size: 20,
        block: 64,
        openssl: MessageDigest::sha1,
    };
    const SHA224: Self = Self {
        hash: |data, out| out[..28].copy_from_slice(&sha::sha224(data)),
        size: 28,
        block: 64,
        openssl: MessageDigest::sha224,
    };
    pub const SHA256: Self = Self {
        hash: |data, out| out[..32].copy_from_slice(&sha::sha256(data)),
        size: 32,
        block: 64,
        openssl: MessageDigest::sha256,
    };
    const SHA384: Self = Self {
        hash: |data, out| out[..48].copy_from_slice(&sha::sha384(data)),
        size: 48,
        block: 128,
        openssl: MessageDigest::sha384,
    };
    const SHA512: Self = Self {
        hash: |data, out| out.copy_from_slice(&sha::sha512(data)),
        size: 64,
        block: 128,
        openssl: MessageDigest::sha512,
    };

    fn of_hash(oid: &[u8]) -> Result<Self, Refusal> {
        match oid {
            [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Ok(Self::SHA1),
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last] => match last {
                1 => Ok(Self::SHA256),
                2 => Ok(Self::SHA384),
                3 => Ok(Self::SHA512),
                4 => Ok(Self::SHA224),
                _ => Err(Refusal::Unsupported),
            },
            _ => Err(Refusal::Unsupported),
        }
    }

    /// By the identifier of its HMAC (1.2.840.113549.2.x).
    fn of_hmac(oid: &[u8]) -> Result<Self, Refusal> {
        match oid {
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, last] => match last {
                7 => Ok(Self::SHA1),
                8 => Ok(Self::SHA224),
                9 => Ok(Self::SHA256),
                10 => Ok(Self::SHA384),
                11 => Ok(Self::SHA512),
                _ => Err(Refusal::Unsupported),
            },
            _ => Err(Refusal::Unsupported),
        }
    }
}

/// What derived bytes are for.
#[derive(Clone, Copy)]
pub enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// The derivation of RFC 7292, appendix B.2.
pub fn derive(
    digest: Digest,
    purpose: Purpose,
    password: &Typed<'_>,
    salt: &[u8],
    rounds: u32,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    let (u, v) = (digest.size, digest.block);
    let mut input = Zeroizing::new(filled(salt, v));
    input.extend_from_slice(&Zeroizing::new(filled(&password.wide, v)));
    let mut derived = Zeroizing::new(Vec::with_capacity(size + u));
    while derived.len() < size {
        let mut block = Zeroizing::new(vec![purpose as u8; v]);
        block.extend_from_slice(&input);
        let mut a = Zeroizing::new([0u8; 64]);
        (digest.hash)(&block, &mut a);
        for _ in 1..rounds {
            let before = Zeroizing::new(*a);
            (digest.hash)(&before[..u], &mut a);
        }
        derived.extend_from_slice(&a[..u]);
        let b = Zeroizing::new(a[..u].iter().copied().cycle().take(v).collect::<Vec<_>>());
        input.chunks_exact_mut(v).for_each(|chunk| add_one_more(chunk, &b));
    }
    derived.truncate(size);
    derived
}

/// The bytes repeated up to a whole number of blocks; nothing stays nothing.
fn filled(bytes: &[u8], block: usize) -> Vec<u8> {
    bytes.iter().copied().cycle().take(bytes.len().div_ceil(block) * block).collect()
}

/// `chunk = chunk + b + 1`, big-endian, the carry out dropped.
fn add_one_more(chunk: &mut [u8], b: &[u8]) {
    let mut carry = 1u16;
    for (byte, add) in chunk.iter_mut().zip(b).rev() {
        carry += u16::from(*byte) + u16::from(*add);
        *byte = (carry & 0xff) as u8;
        carry >>= 8;
    }
}

/// How an old keystore encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Old {
    ThreeDes,
    TwoKeyThreeDes,
    Rc2Of128,
    Rc2Of40,
}

/// How one part of the file is encrypted.
pub struct Scheme(Kind);

enum Kind {
    /// PBE of PKCS#12 itself.
    Pbes1 { cipher: Old, salt: Vec<u8>, rounds: u32 },
    /// PBKDF2 with a cipher of choice.
    Pbes2 { prf: Digest, salt: Vec<u8>, rounds: u32, cipher: Cipher, iv: Vec<u8> },
}

impl Scheme {
    /// Reads an AlgorithmIdentifier and takes its cost out of the budget.
    pub fn read(algorithm: &mut Reader<'_>, budget: &mut Budget) -> Result<Self, Refusal> {
        let mut fields = algorithm.enter(SEQUENCE)?;
        match fields.expect(OID)?.content {
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, last] => {
                let cipher = match last {
                    3 => Old::ThreeDes,
                    4 => Old::TwoKeyThreeDes,
                    5 => Old::Rc2Of128,
                    6 => Old::Rc2Of40,
                    _ => return Err(Refusal::Unsupported),
                };
                let mut parameters = fields.enter(SEQUENCE)?;
                let salt = parameters.octets()?;
                let rounds = budget.spend(parameters.number()?)?;
                Ok(Self(Kind::Pbes1 { cipher, salt, rounds }))
            }
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d] => {
                pbes2(fields.enter(SEQUENCE)?, budget).map(Self)
            }
            _ => Err(Refusal::Unsupported),
        }
    }

    /// Decrypts; what comes out of a wrong password is either refused here or no ASN.1.
    pub fn decrypt(&self, password: &Typed<'_>, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        match &self.0 {
            Kind::Pbes1 { cipher, salt, rounds } => {
                let part = |purpose, size| derive(Digest::SHA1, purpose, password, salt, *rounds, size);
                cipher.decrypt(&part(Purpose::Key, cipher.key_size()), &part(Purpose::Iv, 8), data)
            }
            Kind::Pbes2 { prf, salt, rounds, cipher, iv } => {
                let mut key = Zeroizing::new(vec![0; cipher.key_len()]);
                let rounds = *rounds as usize;
                pbkdf2_hmac(password.text.as_bytes(), salt, rounds, (prf.openssl)(), &mut key)
                    .map_err(|_| Refusal::Malformed)?;
                decrypt(*cipher, &key, iv, data)
            }
        }
    }
}

fn pbes2(mut parameters: Reader<'_>, budget: &mut Budget) -> Result<Kind, Refusal> {
    let mut kdf = parameters.enter(SEQUENCE)?;
    if kdf.expect(OID)?.content != [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c] {
        return Err(Refusal::Unsupported);
    }
    let Pbkdf2 { salt, rounds, prf, .. } = Pbkdf2::read(kdf.enter(SEQUENCE)?, budget)?;
    let mut encryption = parameters.enter(SEQUENCE)?;
    let cipher = match encryption.expect(OID)?.content {
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x02] => Cipher::aes_128_cbc(),
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x16] => Cipher::aes_192_cbc(),
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a] => Cipher::aes_256_cbc(),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07] => Cipher::des_ede3_cbc(),
        _ => return Err(Refusal::Unsupported),
    };
    let iv = encryption.octets()?;
    if Some(iv.len()) != cipher.iv_len() {
        return Err(Refusal::Malformed);
    }
    Ok(Kind::Pbes2 { prf, salt, rounds, cipher, iv })
}

/// Parameters of PBKDF2; without a function named it is HMAC-SHA1.
struct Pbkdf2 {
    salt: Vec<u8>,
    rounds: u32,
    prf: Digest,
    length: Option<u64>,
}

impl Pbkdf2 {
    fn read(mut parameters: Reader<'_>, budget: &mut Budget) -> Result<Self, Refusal> {
        let salt = parameters.expect(OCTET_STRING)?.content.to_vec();
        let rounds = budget.spend(parameters.number()?)?;
        let length = match parameters.optional(INTEGER)? {
            Some(element) => Some(Reader::new(element.whole).number()?),
            None => None,
        };
        let prf = if parameters.is_empty() {
            Digest::SHA1
        } else {
            Digest::of_hmac(parameters.enter(SEQUENCE)?.expect(OID)?.content)?
        };
        Ok(Self { salt, rounds, prf, length })
    }
}

impl Old {
    fn key_size(self) -> usize {
        match self {
            Self::ThreeDes => 24,
            Self::TwoKeyThreeDes | Self::Rc2Of128 => 16,
            Self::Rc2Of40 => 5,
        }
    }

    /// RC2 is not asked of OpenSSL: it lives in a provider that may be missing.
    fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        match self {
            Self::ThreeDes => decrypt(Cipher::des_ede3_cbc(), key, iv, data),
            Self::TwoKeyThreeDes => {
                let tripled = Zeroizing::new([key, &key[..8]].concat());
                decrypt(Cipher::des_ede3_cbc(), &tripled, iv, data)
            }
            Self::Rc2Of128 | Self::Rc2Of40 => cbc::Decryptor::<rc2::Rc2>::new_from_slices(key, iv)
                .map_err(|_| Refusal::Malformed)?
                .decrypt_padded_vec::<Pkcs7>(data)
                .map(Zeroizing::new)
                .map_err(|_| Refusal::Wrong),
        }
    }
}

fn decrypt(cipher: Cipher, key: &[u8], iv: &[u8], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    symm::decrypt(cipher, key, Some(iv), data).map(Zeroizing::new).map_err(|_| Refusal::Wrong)
}

/// The seal over a keystore.
pub struct Mac {
    kind: MacKind,
    digest: Digest,
    salt: Vec<u8>,
    rounds: u32,
    expected: Vec<u8>,
}

enum MacKind {
    Classic,
    /// RFC 9579: the key comes out of PBKDF2 with this function, this many bytes long.
    Pbmac1 {
        prf: Digest,
        length: usize,
    },
}

impl Mac {
    /// Reads MacData and takes its cost out of the budget.
    pub fn read(mut data: Reader<'_>, budget: &mut Budget) -> Result<Self, Refusal> {
        let mut digest_info = data.enter(SEQUENCE)?;
        let mut algorithm = digest_info.enter(SEQUENCE)?;
        let oid = algorithm.expect(OID)?.content;
        let expected = digest_info.octets()?;
        if oid == [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0e] {
            return pbmac1(algorithm, expected, budget);
        }
        let salt = data.octets()?;
        let rounds = if data.is_empty() { 1 } else { data.number()? };
        let rounds = budget.spend(rounds)?;
        Ok(Self { kind: MacKind::Classic, digest: Digest::of_hash(oid)?, salt, rounds, expected })
    }

    /// The password made this seal over these bytes.
    pub fn fits(&self, password: &Typed<'_>, sealed: &[u8]) -> Result<bool, Refusal> {
        let key = match self.kind {
            MacKind::Classic => {
                derive(self.digest, Purpose::Mac, password, &self.salt, self.rounds, self.digest.size)
            }
            MacKind::Pbmac1 { prf, length } => {
                let mut key = Zeroizing::new(vec![0; length]);
                let rounds = self.rounds as usize;
                pbkdf2_hmac(password.text.as_bytes(), &self.salt, rounds, (prf.openssl)(), &mut key)
                    .map_err(|_| Refusal::Malformed)?;
                key
            }
        };
        let made = hmac((self.digest.openssl)(), &key, sealed).map_err(|_| Refusal::Unsupported)?;
        Ok(made.len() == self.expected.len() && openssl::memcmp::eq(&made, &self.expected))
    }
}

fn pbmac1(mut algorithm: Reader<'_>, expected: Vec<u8>, budget: &mut Budget) -> Result<Mac, Refusal> {
    let mut parameters = algorithm.enter(SEQUENCE)?;
    let mut kdf = parameters.enter(SEQUENCE)?;
    kdf.expect(OID)?;
    let Pbkdf2 { salt, rounds, prf, length } = Pbkdf2::read(kdf.enter(SEQUENCE)?, budget)?;
    let digest = Digest::of_hmac(parameters.enter(SEQUENCE)?.expect(OID)?.content)?;
    let length = length.and_then(|n| usize::try_from(n).ok()).filter(|n| (1..=64).contains(n));
    let kind = MacKind::Pbmac1 { prf, length: length.ok_or(Refusal::Malformed)? };
    Ok(Mac { kind, digest, salt, rounds, expected })
}

pub fn hmac(digest: MessageDigest, key: &[u8], data: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
    let key = PKey::hmac(key)?;
    openssl::sign::Signer::new(digest, &key)?.sign_oneshot_to_vec(data)
}
