//! Just enough DER to find an extension; OpenSSL's Rust binding does not hand them out.

/// Object identifier of the certificate policies, 2.5.29.32.
pub const POLICIES: &[u8] = &[0x55, 0x1D, 0x20];

/// Object identifier of the basic constraints, 2.5.29.19.
pub const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];

const BOOLEAN: u8 = 0x01;
const OCTETS: u8 = 0x04;
const IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const EXTENSIONS: u8 = 0xA3;

/// Elements that follow each other; stops at the first that does not fit.
struct Elements<'a>(&'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&tag, rest) = self.0.split_first()?;
        let (length, rest) = length(rest)?;
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let (number, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
    if number.len() > 4 {
        return None;
    }
    Some((number.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest))
}

fn inside(der: &[u8], wanted: u8) -> Option<&[u8]> {
    Elements(der).find_map(|(tag, content)| (tag == wanted).then_some(content))
}

/// Value of an extension of a certificate.
pub fn extension<'a>(certificate: &'a [u8], id: &[u8]) -> Option<&'a [u8]> {
    let signed = inside(inside(certificate, SEQUENCE)?, SEQUENCE)?;
    let extensions = inside(inside(signed, EXTENSIONS)?, SEQUENCE)?;
    Elements(extensions)
        .filter(|(tag, _)| *tag == SEQUENCE)
        .find(|(_, one)| inside(one, IDENTIFIER) == Some(id))
        .and_then(|(_, one)| inside(one, OCTETS))
}

/// The certificate policies name this one.
pub fn names_policy(policies: &[u8], id: &[u8]) -> bool {
    inside(policies, SEQUENCE)
        .is_some_and(|list| Elements(list).any(|(_, one)| inside(one, IDENTIFIER) == Some(id)))
}

/// The basic constraints say that it is a CA.
pub fn says_ca(constraints: &[u8]) -> bool {
    inside(constraints, SEQUENCE).and_then(|list| inside(list, BOOLEAN)).is_some_and(|value| value != [0])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_length_longer_than_the_bytes_is_no_element() {
        assert!(Elements(&[0x30, 0x82, 0xFF, 0xFF, 0x00]).next().is_none());
        assert!(Elements(&[0x30, 0x85, 0, 0, 0, 0, 0]).next().is_none());
        assert_eq!(Elements(&[0x04, 0x01, 0x07]).next(), Some((0x04, &[0x07][..])));
    }

    proptest! {
        #[test]
        fn any_bytes_are_walked_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = extension(&bytes, POLICIES).map(|value| names_policy(value, POLICIES));
            let _ = says_ca(&bytes);
        }
    }
}
