//! Just enough DER to write extensions and PKCS#15 files: tags, lengths, object identifiers.

/// A value with a one-byte tag and its length.
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    out.extend(length(value.len()));
    out.extend_from_slice(value);
    out
}

/// The parts, one after the other, under a tag of a constructed type.
pub fn constructed(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(tag, &parts.concat())
}

/// SEQUENCE.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    constructed(0x30, parts)
}

/// OBJECT IDENTIFIER from its dotted form. What is not a number counts as nought: only our own constants come here.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs = dotted.split('.').map(|arc| arc.parse().unwrap_or(0)).collect::<Vec<u64>>();
    let [first, second, rest @ ..] = arcs.as_slice() else { return tlv(0x06, &[]) };
    let mut value = base128(first * 40 + second);
    rest.iter().for_each(|arc| value.extend(base128(*arc)));
    tlv(0x06, &value)
}

fn base128(mut arc: u64) -> Vec<u8> {
    let mut out = vec![(arc & 0x7F) as u8];
    while arc > 0x7F {
        arc >>= 7;
        out.insert(0, (arc & 0x7F) as u8 | 0x80);
    }
    out
}

fn length(n: usize) -> Vec<u8> {
    if n < 0x80 {
        return vec![n as u8];
    }
    let bytes = n.to_be_bytes();
    let significant = &bytes[bytes.iter().take_while(|b| **b == 0).count()..];
    let mut out = vec![0x80 | significant.len() as u8];
    out.extend_from_slice(significant);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use openssl::asn1::Asn1Object;

    #[test]
    fn object_identifiers_are_those_of_openssl() {
        for dotted in ["2.5.29.32", "2.16.56.1.40.40.40.1", "1.2.840.10045.4.3.3", "2.999.1"] {
            let ours = oid(dotted);
            let theirs = Asn1Object::from_str(dotted).map(|it| it.as_slice().to_vec());
            assert_eq!(theirs.ok().as_deref(), Some(&ours[2..]), "{dotted}");
        }
    }

    #[test]
    fn long_lengths_take_more_bytes() {
        assert_eq!(tlv(4, &[0; 127])[..2], [4, 0x7F]);
        assert_eq!(tlv(4, &[0; 128])[..3], [4, 0x81, 0x80]);
        assert_eq!(tlv(4, &[0; 256])[..4], [4, 0x82, 1, 0]);
    }
}
