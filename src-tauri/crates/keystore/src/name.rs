//! Distinguished names: their attributes, and their text by RFC 4514.

use std::borrow::Cow;

use crate::p12::der::{BMP_STRING, Malformed, OID, Reader, SEQUENCE, SET};

/// A distinguished name: attributes in the order of the certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(Vec<(Cow<'static, str>, String)>);

impl Name {
    /// Reads the content of a Name.
    pub(crate) fn read(mut names: Reader<'_>) -> Result<Self, Malformed> {
        let mut attributes = Vec::new();
        while !names.is_empty() {
            let mut together = names.enter(SET)?;
            while !together.is_empty() {
                let mut attribute = together.enter(SEQUENCE)?;
                let kind = kind(attribute.expect(OID)?.content);
                let value = attribute.any()?;
                attributes.push((kind, text(value.tag, value.content)));
            }
        }
        Ok(Self(attributes))
    }

    /// Values of all attributes of this type, such as `OU` or a dotted number.
    pub fn values<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(found, _)| found == kind).map(|(_, value)| value.as_str())
    }
}

impl std::fmt::Display for Name {
    /// RFC 4514: the last attribute first.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (kind, value)) in self.0.iter().rev().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{kind}={}", escaped(value))?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Name {
    /// Masked: a name may hold an SSIN.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Name(•)")
    }
}

fn escaped(value: &str) -> Cow<'_, str> {
    const SPECIAL: &[u8] = b",+\"\\<>;=";
    let plain = !value.starts_with([' ', '#']) && !value.ends_with(' ');
    if plain && !value.bytes().any(|byte| SPECIAL.contains(&byte)) {
        return Cow::Borrowed(value);
    }
    let last = value.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(value.len());
    for (at, c) in value.chars().enumerate() {
        let edge = (c == ' ' && (at == 0 || at == last)) || (c == '#' && at == 0);
        if edge || u8::try_from(c).is_ok_and(|byte| SPECIAL.contains(&byte)) {
            out.push('\\');
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// Short name of an attribute type, or its dotted number.
fn kind(oid: &[u8]) -> Cow<'static, str> {
    let short = match oid {
        [0x55, 0x04, 3] => "CN",
        [0x55, 0x04, 4] => "SN",
        [0x55, 0x04, 5] => "serialNumber",
        [0x55, 0x04, 6] => "C",
        [0x55, 0x04, 7] => "L",
        [0x55, 0x04, 8] => "ST",
        [0x55, 0x04, 10] => "O",
        [0x55, 0x04, 11] => "OU",
        [0x55, 0x04, 12] => "title",
        [0x55, 0x04, 42] => "GN",
        _ => return Cow::Owned(dotted(oid)),
    };
    Cow::Borrowed(short)
}

fn dotted(oid: &[u8]) -> String {
    let mut numbers = Vec::new();
    let mut number = 0u64;
    for byte in oid {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(std::mem::take(&mut number));
        }
    }
    if let Some(first) = numbers.first().copied() {
        numbers.splice(..1, [(first / 40).min(2), first - 40 * (first / 40).min(2)]);
    }
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

/// Text of a directory string; old ones are Latin-1.
fn text(tag: u8, bytes: &[u8]) -> String {
    match tag {
        BMP_STRING => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        // T61String, in practice Latin-1.
        0x14 => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
