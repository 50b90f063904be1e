//! The record of an outage as a file that can be given away: signed by this PC, and found changed when any byte of it is.
//!
//! The signature says that the record is as this PC made it, and names the PC by its key; it does not say that the PC's
//! clock was right. Its shape: docs/reference/cli.md, "The record of an outage".

mod page;

use openssl::sha::sha256;
use relais_core::Code;
use relais_core::Problem;
use relais_core::continuity::record::{NoRecord, Record};
use relais_keystore::RecordKey;
use relais_keystore::vault::record_key::signed_by;
use serde::{Deserialize, Serialize};

pub use page::{Page, Row, page};

/// Names the shape of the file; it is signed along, so that nothing else this key signs is ever taken for a record.
const FORMAT: &str = "relais-outage-record-1";
/// The only algorithm of that shape.
const ALGORITHM: &str = "Ed25519";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    record: Record,
    signature: Signature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    algorithm: String,
    /// 32 bytes in hex.
    public_key: String,
    /// 64 bytes in hex.
    value: String,
}

/// A record whose signature was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genuine {
    /// What it says.
    pub record: Record,
    /// The key that signed it.
    pub key: Vec<u8>,
}

/// A file that is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Forged {
    /// It is no record, or written otherwise than one is.
    #[error("it is no record of an outage, or was written anew")]
    Form,
    /// Signature and text do not belong together.
    #[error("it was changed after it was signed")]
    Altered,
    /// What was signed makes no sense.
    #[error(transparent)]
    Content(#[from] NoRecord),
}

impl Forged {
    /// In one word, for programs.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Altered => "altered",
            Self::Content(_) => "content",
        }
    }
}

/// The file of a record.
///
/// # Errors
/// [`Code::INTERNAL`] where the key does not sign.
pub fn sign(record: &Record, key: &RecordKey) -> Result<Vec<u8>, Problem> {
    let value = key.sign(&signed_bytes(record)?)?;
    let signature = Signature {
        algorithm: ALGORITHM.to_owned(),
        public_key: hex::encode(key.public()?),
        value: hex::encode(value),
    };
    written(&File { format: FORMAT.to_owned(), record: record.clone(), signature })
}

/// Reads a file that says it is a record.
///
/// # Errors
/// [`Forged`], for a change of any byte.
pub fn verify(bytes: &[u8]) -> Result<Genuine, Forged> {
    let file: File = serde_json::from_slice(bytes).map_err(|_| Forged::Form)?;
    // One content has one form, so that what was not signed (blanks, an order) cannot be changed either.
    let same = written(&file).is_ok_and(|same| same == bytes);
    if !same || file.format != FORMAT || file.signature.algorithm != ALGORITHM {
        return Err(Forged::Form);
    }
    // Hex could be written in two ways, and only one of them is ours.
    let hex = |text: &str| {
        let bytes = hex::decode(text).ok().filter(|bytes| hex::encode(bytes) == text);
        bytes.ok_or(Forged::Form)
    };
    let (key, value) = (hex(&file.signature.public_key)?, hex(&file.signature.value)?);
    let text = signed_bytes(&file.record).map_err(|_| Forged::Form)?;
    if !signed_by(&key, &text, &value) {
        return Err(Forged::Altered);
    }
    file.record.check()?;
    Ok(Genuine { record: file.record, key })
}

/// A key as people compare it: the first 80 bits of its SHA-256, in groups of four.
#[must_use]
pub fn fingerprint(key: &[u8]) -> String {
    let digits = hex::encode(&sha256(key)[..10]);
    digits.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

fn signed_bytes(record: &Record) -> Result<Vec<u8>, Problem> {
    let text = serde_json::to_vec(record).map_err(|_| Problem::new(Code::INTERNAL))?;
    Ok([FORMAT.as_bytes(), b"\n", &text].concat())
}

fn written(file: &File) -> Result<Vec<u8>, Problem> {
    let mut text = serde_json::to_vec(file).map_err(|_| Problem::new(Code::INTERNAL))?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests;
