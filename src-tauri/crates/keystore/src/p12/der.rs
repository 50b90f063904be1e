//! Reads and writes the tags of ASN.1, reading as strictly as real keystores allow. Decides nothing about what they mean.
//!
//! Java and OpenSSL write DER; old Bouncy Castle wrote BER with indefinite lengths and strings in pieces, so both are
//! read here. Every read is bounded by the bytes at hand and by [`DEPTH`].

/// Deepest nesting that is followed; a keystore needs about 12.
const DEPTH: usize = 32;

pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const BMP_STRING: u8 = 0x1e;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;
/// `[0]`, constructed.
pub const CONTEXT_0: u8 = 0xa0;
/// `[3]`, constructed.
pub const CONTEXT_3: u8 = 0xa3;
/// `[0]`, primitive: a string under an implicit tag.
const CONTEXT_0_PRIMITIVE: u8 = 0x80;
const CONSTRUCTED: u8 = 0x20;

/// The bytes are not what the format says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// One element: its tag, its content, and all of its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

/// A run of elements, read from the front.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, depth: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next element, whatever it is.
    pub fn any(&mut self) -> Result<Element<'a>, Malformed> {
        let (element, used) = element(self.rest, self.depth)?;
        self.rest = &self.rest[used..];
        Ok(element)
    }

    /// The next element, which must have this tag.
    pub fn expect(&mut self, tag: u8) -> Result<Element<'a>, Malformed> {
        let element = self.any()?;
        if element.tag == tag { Ok(element) } else { Err(Malformed) }
    }

    /// The next element if it has this tag; otherwise nothing is read.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        if self.rest.first() == Some(&tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// Opens the next element, which must have this tag.
    pub fn enter(&mut self, tag: u8) -> Result<Reader<'a>, Malformed> {
        let element = self.expect(tag)?;
        Ok(Reader { rest: element.content, depth: self.depth + 1 })
    }

    /// A non-negative number of at most eight bytes.
    pub fn number(&mut self) -> Result<u64, Malformed> {
        let bytes = self.expect(INTEGER)?.content;
        let negative = bytes.first().is_none_or(|first| first & 0x80 != 0);
        let digits = bytes.strip_prefix(&[0]).unwrap_or(bytes);
        if negative || digits.len() > 8 {
            return Err(Malformed);
        }
        Ok(digits.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// An octet string, put together when it came in pieces.
    pub fn octets(&mut self) -> Result<Vec<u8>, Malformed> {
        let element = self.any()?;
        match element.tag {
            OCTET_STRING | CONTEXT_0_PRIMITIVE => Ok(element.content.to_vec()),
            tag if tag == OCTET_STRING | CONSTRUCTED || tag == CONTEXT_0 => {
                pieces(Reader { rest: element.content, depth: self.depth + 1 })
            }
            _ => Err(Malformed),
        }
    }
}

fn pieces(mut parts: Reader<'_>) -> Result<Vec<u8>, Malformed> {
    if parts.depth > DEPTH {
        return Err(Malformed);
    }
    let mut all = Vec::new();
    while !parts.is_empty() {
        all.extend(parts.octets()?);
    }
    Ok(all)
}

/// The first element of `bytes` and how many bytes it takes, end mark included.
fn element(bytes: &[u8], depth: usize) -> Result<(Element<'_>, usize), Malformed> {
    let (&tag, &first) = (bytes.first().ok_or(Malformed)?, bytes.get(1).ok_or(Malformed)?);
    if tag & 0x1f == 0x1f || depth > DEPTH {
        return Err(Malformed);
    }
    if first == 0x80 {
        return indefinite(bytes, tag, depth);
    }
    let (head, length) = length(bytes, first)?;
    let end = head.checked_add(length).ok_or(Malformed)?;
    let whole = bytes.get(..end).ok_or(Malformed)?;
    Ok((Element { tag, content: &whole[head..], whole }, end))
}

/// Bytes of the head, and the length it tells.
fn length(bytes: &[u8], first: u8) -> Result<(usize, usize), Malformed> {
    if first < 0x80 {
        return Ok((2, usize::from(first)));
    }
    let count = usize::from(first & 0x7f);
    if count > 4 {
        return Err(Malformed);
    }
    let digits = bytes.get(2..2 + count).ok_or(Malformed)?;
    Ok((2 + count, digits.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))))
}

/// What is there of the content of the first element, which must have this tag, where the bytes may end in it.
pub fn begun(bytes: &[u8], tag: u8) -> Result<&[u8], Malformed> {
    if bytes.first() != Some(&tag) {
        return Err(Malformed);
    }
    let (head, length) = match bytes.get(1) {
        None => return Err(Malformed),
        Some(0x80) if tag & CONSTRUCTED != 0 => (2, usize::MAX),
        Some(&first) => length(bytes, first)?,
    };
    Ok(&bytes[head..head.saturating_add(length).min(bytes.len()).max(head)])
}

/// The first octet string, put together when it came in pieces, where the bytes may end in it.
pub fn octets_begun(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    let constructed = OCTET_STRING | CONSTRUCTED;
    if bytes.first() != Some(&constructed) {
        return begun(bytes, OCTET_STRING).map(<[u8]>::to_vec);
    }
    let mut rest = begun(bytes, constructed)?;
    let mut all = Vec::new();
    while !rest.is_empty() && !rest.starts_with(&[0, 0]) {
        let piece = begun(rest, OCTET_STRING)?;
        all.extend_from_slice(piece);
        let head = length(rest, rest[1])?.0;
        rest = &rest[head + piece.len()..];
    }
    Ok(all)
}

/// An element without a length, closed by two zero bytes (BER).
fn indefinite(bytes: &[u8], tag: u8, depth: usize) -> Result<(Element<'_>, usize), Malformed> {
    if tag & CONSTRUCTED == 0 {
        return Err(Malformed);
    }
    let mut at = 2;
    loop {
        let rest = bytes.get(at..).ok_or(Malformed)?;
        if rest.starts_with(&[0, 0]) {
            return Ok((Element { tag, content: &bytes[2..at], whole: &bytes[..at + 2] }, at + 2));
        }
        at += element(rest, depth + 1)?.1;
    }
}

/// An element of this tag, in DER.
pub fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let digits: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let head = match content.len() {
        0..0x80 => vec![tag, content.len() as u8],
        _ => [&[tag, 0x80 | digits.len() as u8][..], &digits].concat(),
    };
    [head, content.to_vec()].concat()
}

/// A SEQUENCE of these elements.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    wrapped(SEQUENCE, &parts.concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_string_in_pieces_without_lengths_is_put_together() {
        let ber = [0x24, 0x80, 0x04, 2, 1, 2, 0x04, 1, 3, 0, 0];
        assert_eq!(Reader::new(&ber).octets(), Ok(vec![1, 2, 3]));
    }

    #[test]
    fn a_length_beyond_the_bytes_is_refused() {
        assert!(Reader::new(&[0x30, 5, 1]).any().is_err());
        assert!(Reader::new(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 1]).any().is_err());
    }

    #[test]
    fn endless_nesting_is_refused_before_the_stack_ends() {
        assert!(Reader::new(&[0x24, 0x80].repeat(1_000_000)).octets().is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic_or_read_beyond_them(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut reader = Reader::new(&bytes);
            let mut read = 0;
            while let Ok(element) = reader.any() {
                read += element.whole.len();
            }
            prop_assert!(read <= bytes.len());
            let _ = Reader::new(&bytes).octets();
            let _ = Reader::new(&bytes).number();
        }
    }
}
