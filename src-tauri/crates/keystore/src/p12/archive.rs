//! The bags of a PKCS#12 file, opened with a password. What they mean to eHealth is `keystore.rs`.
//!
//! Costs are checked before anything is derived, the seal before anything is decrypted, and a bag that is no valid
//! certificate stays a bag: the dummy of a request in progress must not make the file unreadable.
//! Source: RFC 7292; docs/decisions/0020-pkcs12-reader.md says why a library does not do this.

use zeroize::Zeroizing;

use super::cipher::{Budget, Mac, Refusal, Scheme, Typed};
use super::der::{BMP_STRING, CONTEXT_0, OCTET_STRING, OID, Reader, SEQUENCE, SET};

/// Most bytes of a keystore file. Source: docs/threat-model.md, T19.
pub const MOST_BYTES: usize = 4 << 20;
/// Most bags of a keystore: a hospital's file of many years has some hundreds.
pub const MOST_BAGS: usize = 4_096;
/// Deepest nesting of bags in bags; nobody nests at all.
const MOST_NESTING: usize = 4;

/// 1.2.840.113549.1.9.20.
pub const FRIENDLY_NAME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x14];
/// 1.2.840.113549.1.9.21.
pub const LOCAL_KEY_ID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x15];
/// 2.16.840.1.113894.746875.1.1, Java's own.
pub const TRUSTED_KEY_USAGE: &[u8] =
    &[0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01, 0x01];

/// One bag, decrypted.
#[derive(PartialEq, Eq)]
pub struct Bag {
    pub label: Label,
    pub content: Content,
}

/// What is written beside a bag's content.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Label {
    pub alias: Option<String>,
    /// Links a key to its certificate.
    pub local_key_id: Option<Vec<u8>>,
    /// Java's mark of a certificate that is an entry of its own.
    pub trusted: bool,
}

/// What a bag holds.
#[derive(PartialEq, Eq)]
pub enum Content {
    /// PKCS#8.
    Key(Zeroizing<Vec<u8>>),
    /// What claims to be an X.509 certificate.
    Certificate(Vec<u8>),
    /// A secret key or something else that is only listed.
    Secret,
    /// A revocation list, a certificate that is no X.509, a kind nobody knows: passed over by who reads.
    Foreign,
}

/// A bag before its key is decrypted.
struct Closed {
    label: Label,
    content: ClosedContent,
}

enum ClosedContent {
    Open(Content),
    Shrouded { scheme: Scheme, data: Vec<u8> },
}

enum Safe {
    Plain(Vec<Closed>),
    Encrypted { scheme: Scheme, data: Vec<u8> },
}

/// Opens a file. An empty password also opens a file that was made without any.
pub fn open(bytes: &[u8], password: &str) -> Result<Vec<Bag>, Refusal> {
    let mut budget = Budget::new();
    let file = File::read(bytes, &mut budget)?;
    let password = file.password_that_fits(password)?;
    let mut closed = Vec::new();
    for safe in file.safes {
        match safe {
            Safe::Plain(bags) => closed.extend(bags),
            Safe::Encrypted { scheme, data } => {
                let plain = scheme.decrypt(&password, &data)?;
                // What a wrong password decrypts to is noise, not a malformed file.
                closed.extend(bags(Reader::new(&plain), &mut budget, 0).map_err(
                    |refusal| match refusal {
                        Refusal::Malformed => Refusal::Wrong,
                        other => other,
                    },
                )?);
            }
        }
        if closed.len() > MOST_BAGS {
            return Err(Refusal::TooCostly);
        }
    }
    closed.into_iter().map(|bag| bag.open(&password)).collect()
}

/// What a keystore shows to everybody.
#[derive(Debug, Default)]
pub struct Glance {
    /// Certificates that are not encrypted, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Names of the entries that can be read.
    pub aliases: Vec<String>,
    /// Parts of it open with a password alone.
    pub closed: bool,
}

/// Reads what no password is needed for; nothing is derived, so that it costs no more than the bytes.
pub fn glance(bytes: &[u8]) -> Result<Glance, Refusal> {
    let file = File::read(bytes, &mut Budget::new())?;
    let mut glance = Glance::default();
    for safe in file.safes {
        let Safe::Plain(bags) = safe else {
            glance.closed = true;
            continue;
        };
        for bag in bags {
            glance.aliases.extend(bag.label.alias);
            match bag.content {
                ClosedContent::Open(Content::Certificate(der)) => glance.certificates.push(der),
                ClosedContent::Open(Content::Key(_) | Content::Secret | Content::Foreign) => {}
                ClosedContent::Shrouded { .. } => glance.closed = true,
            }
        }
        if glance.certificates.len() > MOST_BAGS {
            return Err(Refusal::TooCostly);
        }
    }
    Ok(glance)
}

struct File {
    mac: Option<Mac>,
    sealed: Vec<u8>,
    safes: Vec<Safe>,
}

impl File {
    fn read(bytes: &[u8], budget: &mut Budget) -> Result<Self, Refusal> {
        if bytes.len() > MOST_BYTES {
            return Err(Refusal::TooCostly);
        }
        let mut pfx = Reader::new(bytes).enter(SEQUENCE)?;
        if pfx.number()? != 3 {
            return Err(Refusal::Unsupported);
        }
        let sealed = data_content(&mut pfx)?;
        let mac = if pfx.is_empty() { None } else { Some(Mac::read(pfx.enter(SEQUENCE)?, budget)?) };
        let mut contents = Reader::new(&sealed).enter(SEQUENCE)?;
        let mut safes = Vec::new();
        while !contents.is_empty() {
            safes.push(safe(&mut contents, budget)?);
            if safes.len() > MOST_BAGS {
                return Err(Refusal::TooCostly);
            }
        }
        Ok(Self { mac, sealed, safes })
    }

    fn password_that_fits<'a>(&self, text: &'a str) -> Result<Typed<'a>, Refusal> {
        let typed = Typed::new(text);
        let Some(mac) = &self.mac else { return Ok(typed) };
        if mac.fits(&typed, &self.sealed)? {
            return Ok(typed);
        }
        if text.is_empty() && mac.fits(&Typed::none(), &self.sealed)? {
            return Ok(Typed::none());
        }
        Err(Refusal::Wrong)
    }
}

/// A ContentInfo of type data: its bytes.
fn data_content(reader: &mut Reader<'_>) -> Result<Vec<u8>, Refusal> {
    let mut info = reader.enter(SEQUENCE)?;
    match info.expect(OID)?.content {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01] => Ok(info.enter(CONTEXT_0)?.octets()?),
        _ => Err(Refusal::Unsupported),
    }
}

fn safe(contents: &mut Reader<'_>, budget: &mut Budget) -> Result<Safe, Refusal> {
    let mut info = contents.enter(SEQUENCE)?;
    match info.expect(OID)?.content {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01] => {
            let data = info.enter(CONTEXT_0)?.octets()?;
            bags(Reader::new(&data), budget, 0).map(Safe::Plain)
        }
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06] => {
            let mut encrypted = info.enter(CONTEXT_0)?.enter(SEQUENCE)?;
            encrypted.number()?;
            let mut content = encrypted.enter(SEQUENCE)?;
            content.expect(OID)?;
            let scheme = Scheme::read(&mut content, budget)?;
            Ok(Safe::Encrypted { scheme, data: content.octets()? })
        }
        _ => Err(Refusal::Unsupported),
    }
}

fn bags(mut contents: Reader<'_>, budget: &mut Budget, nesting: usize) -> Result<Vec<Closed>, Refusal> {
    if nesting > MOST_NESTING {
        return Err(Refusal::TooCostly);
    }
    let mut contents = contents.enter(SEQUENCE)?;
    let mut found = Vec::new();
    while !contents.is_empty() {
        let mut bag = contents.enter(SEQUENCE)?;
        let kind = bag.expect(OID)?.content;
        let mut value = bag.enter(CONTEXT_0)?;
        if kind == [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x06] {
            found.extend(bags(value, budget, nesting + 1)?);
        } else {
            let content = content(kind, &mut value, budget)?;
            let label = match content {
                // Nothing is asked of what is passed over.
                ClosedContent::Open(Content::Foreign) => Label::default(),
                _ => label(bag)?,
            };
            found.push(Closed { label, content });
        }
        if found.len() > MOST_BAGS {
            return Err(Refusal::TooCostly);
        }
    }
    Ok(found)
}

/// What a bag of this kind holds.
fn content(kind: &[u8], value: &mut Reader<'_>, budget: &mut Budget) -> Result<ClosedContent, Refusal> {
    let [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, last] = kind else {
        return Ok(ClosedContent::Open(Content::Foreign));
    };
    Ok(match last {
        1 => {
            let key = Zeroizing::new(value.expect(SEQUENCE)?.whole.to_vec());
            ClosedContent::Open(Content::Key(key))
        }
        2 => {
            let mut shrouded = value.enter(SEQUENCE)?;
            let scheme = Scheme::read(&mut shrouded, budget)?;
            ClosedContent::Shrouded { scheme, data: shrouded.octets()? }
        }
        3 => ClosedContent::Open(certificate(value.enter(SEQUENCE)?)?),
        5 => ClosedContent::Open(Content::Secret),
        _ => ClosedContent::Open(Content::Foreign),
    })
}

/// The DER of an X.509 bag.
fn certificate(mut bag: Reader<'_>) -> Result<Content, Refusal> {
    match bag.expect(OID)?.content {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01] => {
            Ok(Content::Certificate(bag.enter(CONTEXT_0)?.octets()?))
        }
        _ => Ok(Content::Foreign),
    }
}

/// friendlyName, localKeyId and Java's trustedKeyUsage of a bag; other attributes say nothing to us.
fn label(mut bag: Reader<'_>) -> Result<Label, Refusal> {
    let mut label = Label::default();
    if bag.is_empty() {
        return Ok(label);
    }
    let mut set = bag.enter(SET)?;
    while !set.is_empty() {
        let mut attribute = set.enter(SEQUENCE)?;
        let oid = attribute.expect(OID)?.content;
        let Some(value) = attribute.enter(SET)?.any().ok() else { continue };
        match (oid, value.tag) {
            (FRIENDLY_NAME, BMP_STRING) => label.alias = Some(wide(value.content)),
            (LOCAL_KEY_ID, OCTET_STRING) => label.local_key_id = Some(value.content.to_vec()),
            (TRUSTED_KEY_USAGE, _) => label.trusted = true,
            _ => {}
        }
    }
    Ok(label)
}

fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
    String::from_utf16_lossy(&units)
}

impl Closed {
    fn open(self, password: &Typed<'_>) -> Result<Bag, Refusal> {
        let content = match self.content {
            ClosedContent::Open(content) => content,
            ClosedContent::Shrouded { scheme, data } => Content::Key(scheme.decrypt(password, &data)?),
        };
        Ok(Bag { label: self.label, content })
    }
}
