//! For whom an encrypted message is: the head of a CMS EnvelopedData, also inside SignedData as eHealth seals it.
//!
//! Only the names of the recipients are read, never a key and never the content: they stand at the front, so that a
//! message of any size costs no more than its head. Which keystore has such a key is `matching.rs`.
//! Source: RFC 5652, sections 5 and 6; docs/reference/ehealth-certificates.md, section 6.

use std::io::Read;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais_core::{Code, Problem};

use crate::certificate::decimal;
use crate::name::Name;
use crate::p12::der::{
    CONTEXT_0, INTEGER, Malformed, OCTET_STRING, OID, Reader, SEQUENCE, SET, begun, octets_begun,
};

/// Most bytes of a message that are read; its recipients stand in the first hundreds. Source: docs/threat-model.md, T19.
pub const MOST_HEAD: usize = 4 << 20;
/// Most recipients of one message.
pub const MOST_RECIPIENTS: usize = 1_000;
/// Envelopes in envelopes that are opened: eHealth seals in three layers.
const MOST_LAYERS: usize = 4;

/// 1.2.840.113549.1.7.2.
const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.7.3.
const ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
/// 1.2.840.113549.1.9.16.1.23.
const AUTHENTICATED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];
/// `[0]`, primitive: the identifier of a key.
const KEY_ID: u8 = 0x80;
/// `[1]`, constructed: recipients whose key is agreed on, as elliptic keys are.
const AGREED: u8 = 0xa1;

/// Whose key opens a message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// That of a certificate, by who issued it and its number.
    Certificate {
        /// Issuer, RFC 4514.
        issuer: String,
        /// Serial number, decimal.
        serial: String,
    },
    /// That of a certificate, by the identifier of its key, in hexadecimal digits.
    KeyId(String),
    /// A key that stands in no keystore: one that is shared, or a password.
    Other,
}

impl std::fmt::Debug for Recipient {
    /// Without the issuer: of a key for messages it is the owner, and holds an SSIN.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Certificate { serial, .. } => write!(f, "Certificate({serial})"),
            Self::KeyId(id) => write!(f, "KeyId({id})"),
            Self::Other => f.write_str("Other"),
        }
    }
}

/// Why the recipients of a message cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// It cannot be read.
    #[error("the message cannot be read")]
    Io(#[source] std::io::Error),
    /// It is no encrypted message, or damaged at its very front.
    #[error("the file is no encrypted message")]
    NotEncrypted,
    /// It names more recipients than any message has.
    #[error("the message has too many recipients")]
    TooLarge,
}

impl MessageError {
    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Io(_) => Code::FILE_UNREADABLE.into(),
            Self::NotEncrypted => Code::MESSAGE_NOT_ENCRYPTED.into(),
            Self::TooLarge => Code::MESSAGE_TOO_LARGE.into(),
        }
    }
}

impl From<Malformed> for MessageError {
    fn from(Malformed: Malformed) -> Self {
        Self::NotEncrypted
    }
}

/// Reads the front of a message, DER or base64 with or without PEM's marks, and tells its recipients, each once.
pub fn recipients(message: impl Read) -> Result<Vec<Recipient>, MessageError> {
    let mut head = Vec::new();
    message.take(MOST_HEAD as u64).read_to_end(&mut head).map_err(MessageError::Io)?;
    let cut = head.len() == MOST_HEAD;
    if head.first() != Some(&SEQUENCE) {
        head = from_text(&head).ok_or(MessageError::NotEncrypted)?;
    }
    let mut found = layer(&head, cut, 0)?;
    found.sort();
    found.dedup();
    if found.is_empty() { Err(MessageError::NotEncrypted) } else { Ok(found) }
}

/// The bytes of a text in base64, as far as it goes.
fn from_text(head: &[u8]) -> Option<Vec<u8>> {
    let marked = head.windows(11).take(256).position(|window| window == b"-----BEGIN ");
    let body = match marked {
        Some(at) => &head[at + head[at..].iter().position(|byte| *byte == b'\n')?..],
        None => head,
    };
    let mut text: Vec<u8> =
        body.iter().copied().take_while(|byte| *byte != b'-').filter(|b| !b.is_ascii_whitespace()).collect();
    text.truncate(text.len() / 4 * 4);
    STANDARD.decode(text).ok().filter(|bytes| bytes.first() == Some(&SEQUENCE))
}

/// A ContentInfo: what it holds decides.
fn layer(head: &[u8], cut: bool, depth: usize) -> Result<Vec<Recipient>, MessageError> {
    if depth == MOST_LAYERS {
        return Err(MessageError::NotEncrypted);
    }
    let mut info = Reader::new(begun(head, SEQUENCE)?);
    let kind = info.expect(OID)?.content;
    let content = begun(info.rest(), CONTEXT_0)?;
    match kind {
        ENVELOPED | AUTHENTICATED => enveloped(content, cut),
        SIGNED => signed(content, cut, depth),
        _ => Err(MessageError::NotEncrypted),
    }
}

/// SignedData: what was signed may be an envelope, with or without a ContentInfo around it.
fn signed(data: &[u8], cut: bool, depth: usize) -> Result<Vec<Recipient>, MessageError> {
    let mut fields = Reader::new(begun(data, SEQUENCE)?);
    fields.number()?;
    fields.expect(SET)?;
    let mut content = Reader::new(begun(fields.rest(), SEQUENCE)?);
    content.expect(OID)?;
    let inner = octets_begun(begun(content.rest(), CONTEXT_0)?)?;
    match begun(&inner, SEQUENCE)?.first() {
        Some(&INTEGER) => enveloped(&inner, cut),
        _ => layer(&inner, cut, depth + 1),
    }
}

fn enveloped(data: &[u8], cut: bool) -> Result<Vec<Recipient>, MessageError> {
    let mut fields = Reader::new(begun(data, SEQUENCE)?);
    fields.number()?;
    fields.optional(CONTEXT_0)?;
    if fields.rest().first() != Some(&SET) {
        return Err(MessageError::NotEncrypted);
    }
    // Recipients that do not end within the head are too many.
    let refused = |Malformed| if cut { MessageError::TooLarge } else { MessageError::NotEncrypted };
    let mut infos = fields.enter(SET).map_err(refused)?;
    let mut found = Vec::new();
    while !infos.is_empty() {
        let info = infos.any()?;
        match info.tag {
            SEQUENCE => found.push(transported(info.content)?),
            AGREED => found.extend(agreed(info.content)?),
            _ => found.push(Recipient::Other),
        }
        if found.len() > MOST_RECIPIENTS {
            return Err(MessageError::TooLarge);
        }
    }
    Ok(found)
}

/// KeyTransRecipientInfo.
fn transported(info: &[u8]) -> Result<Recipient, MessageError> {
    let mut fields = Reader::new(info);
    fields.number()?;
    named(&mut fields)
}

/// KeyAgreeRecipientInfo: several recipients share the sender's part.
fn agreed(info: &[u8]) -> Result<Vec<Recipient>, MessageError> {
    let mut fields = Reader::new(info);
    fields.number()?;
    fields.expect(CONTEXT_0)?;
    fields.optional(AGREED)?;
    fields.expect(SEQUENCE)?;
    let mut keys = fields.enter(SEQUENCE)?;
    let mut found = Vec::new();
    while !keys.is_empty() && found.len() <= MOST_RECIPIENTS {
        found.push(named(&mut keys.enter(SEQUENCE)?)?);
    }
    Ok(found)
}

/// Issuer and serial number, or the identifier of a key.
fn named(fields: &mut Reader<'_>) -> Result<Recipient, MessageError> {
    let name = fields.any()?;
    match name.tag {
        SEQUENCE => {
            let mut fields = Reader::new(name.content);
            let issuer = Name::read(fields.enter(SEQUENCE)?)?.to_string();
            let serial = decimal(fields.expect(INTEGER)?.content).map_err(|_| MessageError::NotEncrypted)?;
            Ok(Recipient::Certificate { issuer, serial })
        }
        KEY_ID => Ok(Recipient::KeyId(hex::encode(name.content))),
        CONTEXT_0 => {
            let id = Reader::new(name.content).expect(OCTET_STRING)?;
            Ok(Recipient::KeyId(hex::encode(id.content)))
        }
        _ => Err(MessageError::NotEncrypted),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::p12::der::{sequence, wrapped};

    fn info(kind: &[u8], content: &[u8]) -> Vec<u8> {
        sequence(&[wrapped(OID, kind), wrapped(CONTEXT_0, content)])
    }

    fn for_key(id: &[u8]) -> Vec<u8> {
        sequence(&[
            wrapped(INTEGER, &[2]),
            wrapped(KEY_ID, id),
            sequence(&[]),
            wrapped(OCTET_STRING, &[7; 256]),
        ])
    }

    fn envelope(infos: &[Vec<u8>]) -> Vec<u8> {
        let content = sequence(&[wrapped(OID, SIGNED), sequence(&[]), wrapped(KEY_ID, &[1; 64])]);
        sequence(&[wrapped(INTEGER, &[2]), wrapped(SET, &infos.concat()), content])
    }

    fn read(bytes: &[u8]) -> Result<Vec<Recipient>, Code> {
        recipients(bytes).map_err(|error| error.problem().code)
    }

    #[test]
    fn of_a_message_without_end_only_the_head_is_read() {
        let one = info(ENVELOPED, &envelope(&[for_key(&[1; 20])]));
        let expected = Ok(vec![Recipient::KeyId("01".repeat(20))]);
        assert_eq!(read(&one), expected);
        // A content of a gigabyte, told by lengths that go far beyond what is here.
        let head = &envelope(&[for_key(&[1; 20])])[4..];
        let far = [0x84, 0x40, 0, 0, 0];
        let endless =
            [&[SEQUENCE][..], &far, &wrapped(OID, ENVELOPED), &[CONTEXT_0], &far, &[SEQUENCE], &far, head];
        let mut endless = endless.concat();
        let tail = std::io::repeat(0x55);
        assert_eq!(
            recipients(endless.as_slice().chain(tail)).map_err(|_| ()),
            expected.clone().map_err(|_| ())
        );
        endless.truncate(endless.len() - 60);
        assert_eq!(read(&endless), expected, "cut within the content");
    }

    #[test]
    fn junk_of_any_length_is_refused_by_its_front() {
        for junk in
            [vec![0x30; 8], vec![0xff; 64], b"a letter in clear".to_vec(), vec![b'A'; MOST_HEAD], vec![]]
        {
            assert_eq!(read(&junk), Err(Code::MESSAGE_NOT_ENCRYPTED));
        }
        let zeros = recipients(std::io::repeat(0).take(100 << 20));
        assert_eq!(zeros.unwrap_err().problem().code, Code::MESSAGE_NOT_ENCRYPTED);
        let signed_only = info(
            SIGNED,
            &sequence(&[wrapped(INTEGER, &[1]), wrapped(SET, &[]), sequence(&[wrapped(OID, SIGNED)])]),
        );
        assert_eq!(read(&signed_only), Err(Code::MESSAGE_NOT_ENCRYPTED), "its content is elsewhere");
        assert_eq!(read(&info(ENVELOPED, &envelope(&[]))), Err(Code::MESSAGE_NOT_ENCRYPTED), "for nobody");
    }

    #[test]
    fn more_recipients_than_any_message_has_are_refused() {
        let many = |count: usize| {
            let infos: Vec<_> =
                (0..count).map(|n| for_key(&u32::try_from(n).unwrap().to_be_bytes())).collect();
            read(&info(ENVELOPED, &envelope(&infos))).map(|found| found.len())
        };
        assert_eq!(many(MOST_RECIPIENTS), Ok(MOST_RECIPIENTS));
        assert_eq!(many(MOST_RECIPIENTS + 1), Err(Code::MESSAGE_TOO_LARGE));
        assert_eq!(many(20_000), Err(Code::MESSAGE_TOO_LARGE), "they go on beyond the head");
    }

    #[test]
    fn layers_without_end_are_refused() {
        let sealed = |inner: Vec<u8>| {
            let content =
                sequence(&[wrapped(OID, ENVELOPED), wrapped(CONTEXT_0, &wrapped(OCTET_STRING, &inner))]);
            info(SIGNED, &sequence(&[wrapped(INTEGER, &[1]), wrapped(SET, &[]), content]))
        };
        let layers = |count: usize| {
            (0..count).fold(info(ENVELOPED, &envelope(&[for_key(&[9])])), |one, _| sealed(one))
        };
        assert_eq!(read(&layers(2)), Ok(vec![Recipient::KeyId("09".to_owned())]));
        assert_eq!(read(&layers(50)), Err(Code::MESSAGE_NOT_ENCRYPTED));
        let bare = sealed(envelope(&[for_key(&[9])]));
        assert_eq!(read(&bare), Ok(vec![Recipient::KeyId("09".to_owned())]), "no ContentInfo between");
    }

    #[test]
    fn nobody_is_printed() {
        let one =
            Recipient::Certificate { issuer: "CN=SSIN\\=85010199885".to_owned(), serial: "5".to_owned() };
        assert_eq!(format!("{one:?}"), "Certificate(5)");
    }
}
