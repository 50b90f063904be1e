//! Writes bags in the one form that is written: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC, sealed by HMAC-SHA256.
//!
//! Java has written it since version 16 and reads it since 8u301. Certificates and keys stand where Java puts them: the
//! first in one encrypted part, each key in a part of its own, so that names can be read without the password.
//! Source: RFC 7292, RFC 8018; docs/decisions/0037-writing-keystores.md says why a library does not do this.

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkcs5::pbkdf2_hmac;
use openssl::rand::rand_bytes;
use openssl::symm::{self, Cipher};
use zeroize::Zeroizing;

use super::archive::{Bag, Content, FRIENDLY_NAME, LOCAL_KEY_ID, Label, TRUSTED_KEY_USAGE};
use super::cipher::{Digest, Purpose, Typed, derive, hmac};
use super::der::{BMP_STRING, CONTEXT_0, INTEGER, OCTET_STRING, OID, SET, sequence, wrapped};

/// Rounds of every derivation: as Java 16 and later write. Source: docs/reference/ehealth-certificates.md, section 1.
pub const ROUNDS: u16 = 10_000;
/// Bytes of a salt, as Java writes.
const SALT: usize = 20;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
const HMAC_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09];
const AES_256_CBC: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const ANY_USAGE: &[u8] = &[0x55, 0x1d, 0x25, 0x00];
const NULL: &[u8] = &[0x05, 0x00];
/// Last number of a bag's identifier: a key under its own encryption, and a certificate.
const SHROUDED: u8 = 2;
const CERTIFICATE: u8 = 3;

/// A file with these bags. One whose content is only listed or foreign cannot be written and is left out: who has such
/// bags asks first.
pub fn write(bags: &[Bag], password: &str) -> Result<Vec<u8>, ErrorStack> {
    let (mut certificates, mut keys) = (Vec::new(), Vec::new());
    for Bag { label, content } in bags {
        match content {
            Content::Certificate(der) => certificates.push(bag(CERTIFICATE, &certificate(der), label)),
            Content::Key(pkcs8) => keys.push(bag(SHROUDED, &sequence(&encrypted(pkcs8, password)?), label)),
            Content::Secret | Content::Foreign => {}
        }
    }
    let [scheme, data] = encrypted(&sequence(&certificates), password)?;
    // The content of an encrypted part is a string under an implicit tag.
    let implicit = [&[CONTEXT_0 & !0x20], &data[1..]].concat();
    let content = sequence(&[wrapped(OID, DATA), scheme, implicit]);
    let closed = info(ENCRYPTED_DATA, &sequence(&[wrapped(INTEGER, &[0]), content]));
    let open = info(DATA, &wrapped(OCTET_STRING, &sequence(&keys)));
    let safes = sequence(&[closed, open]);
    let seal = seal(&safes, password)?;
    Ok(sequence(&[wrapped(INTEGER, &[3]), info(DATA, &wrapped(OCTET_STRING, &safes)), seal]))
}

/// A ContentInfo.
fn info(kind: &[u8], content: &[u8]) -> Vec<u8> {
    sequence(&[wrapped(OID, kind), wrapped(CONTEXT_0, content)])
}

fn certificate(der: &[u8]) -> Vec<u8> {
    sequence(&[wrapped(OID, X509), wrapped(CONTEXT_0, &wrapped(OCTET_STRING, der))])
}

fn bag(kind: u8, content: &[u8], label: &Label) -> Vec<u8> {
    let kind = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, kind];
    let parts = [wrapped(OID, &kind), wrapped(CONTEXT_0, content)];
    match attributes(label) {
        attributes if attributes.is_empty() => sequence(&parts),
        attributes => sequence(&[parts.concat(), wrapped(SET, &attributes.concat())]),
    }
}

fn attributes(label: &Label) -> Vec<Vec<u8>> {
    let attribute = |kind, value: Vec<u8>| sequence(&[wrapped(OID, kind), wrapped(SET, &value)]);
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
    let name =
        label.alias.as_deref().map(|alias| attribute(FRIENDLY_NAME, wrapped(BMP_STRING, &wide(alias))));
    let link = label.local_key_id.as_deref().map(|id| attribute(LOCAL_KEY_ID, wrapped(OCTET_STRING, id)));
    let trusted = label.trusted.then(|| attribute(TRUSTED_KEY_USAGE, wrapped(OID, ANY_USAGE)));
    let mut all: Vec<_> = [name, link, trusted].into_iter().flatten().collect();
    // The order of a SET in DER.
    all.sort();
    all
}

/// The scheme, and the string that it made of the bytes.
fn encrypted(plain: &[u8], password: &str) -> Result<[Vec<u8>; 2], ErrorStack> {
    let (salt, iv) = (random::<SALT>()?, random::<16>()?);
    let mut key = Zeroizing::new([0u8; 32]);
    pbkdf2_hmac(password.as_bytes(), &salt, usize::from(ROUNDS), MessageDigest::sha256(), &mut *key)?;
    let data = symm::encrypt(Cipher::aes_256_cbc(), &*key, Some(&iv), plain)?;
    let derived = sequence(&[
        wrapped(OCTET_STRING, &salt),
        wrapped(INTEGER, &ROUNDS.to_be_bytes()),
        sequence(&[wrapped(OID, HMAC_SHA256), NULL.to_vec()]),
    ]);
    let parameters = sequence(&[
        sequence(&[wrapped(OID, PBKDF2), derived]),
        sequence(&[wrapped(OID, AES_256_CBC), wrapped(OCTET_STRING, &iv)]),
    ]);
    Ok([sequence(&[wrapped(OID, PBES2), parameters]), wrapped(OCTET_STRING, &data)])
}

/// MacData over the parts.
fn seal(sealed: &[u8], password: &str) -> Result<Vec<u8>, ErrorStack> {
    let salt = random::<SALT>()?;
    let typed = Typed::new(password);
    let key = derive(Digest::SHA256, Purpose::Mac, &typed, &salt, u32::from(ROUNDS), 32);
    let made = hmac(MessageDigest::sha256(), &key, sealed)?;
    let digest = sequence(&[sequence(&[wrapped(OID, SHA256), NULL.to_vec()]), wrapped(OCTET_STRING, &made)]);
    Ok(sequence(&[digest, wrapped(OCTET_STRING, &salt), wrapped(INTEGER, &ROUNDS.to_be_bytes())]))
}

fn random<const N: usize>() -> Result<[u8; N], ErrorStack> {
    let mut bytes = [0; N];
    rand_bytes(&mut bytes)?;
    Ok(bytes)
}

// 10 000 has no leading one bit, so that its two bytes are a positive INTEGER as they are.
const _: () = assert!(ROUNDS >= 0x80 && ROUNDS < 0x8000);
