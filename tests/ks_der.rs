//! Writes PKCS#12 by hand, for files that no tool makes any more or that nobody should.

/// One element.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        n @ 0..0x80 => out.push(n as u8),
        n @ 0x80..0x100 => out.extend([0x81, n as u8]),
        n @ 0x100..0x1_0000 => out.extend([0x82, (n >> 8) as u8, n as u8]),
        n => out.extend([0x84, (n >> 24) as u8, (n >> 16) as u8, (n >> 8) as u8, n as u8]),
    }
    out.extend(content);
    out
}

/// One element without a length, as Bouncy Castle wrote it.
pub fn endless(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], content, &[0, 0]].concat()
}

/// A SEQUENCE.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// A number below 2^31.
pub fn number(value: u32) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(3);
    let lead = if bytes[zeros] & 0x80 == 0 { &[][..] } else { &[0][..] };
    tlv(0x02, &[lead, &bytes[zeros..]].concat())
}

/// An object identifier below 1.2.840.113549.1.
pub fn rsa_oid(rest: &[u8]) -> Vec<u8> {
    tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], rest].concat())
}

/// ContentInfo of type data around these bytes.
pub fn data(bytes: &[u8]) -> Vec<u8> {
    sequence(&[rsa_oid(&[1, 7, 1]), tlv(0xa0, &tlv(0x04, bytes))])
}

/// A bag of this kind (last number of its identifier), named.
pub fn bag(kind: u8, value: &[u8], alias: &str) -> Vec<u8> {
    let name: Vec<u8> = alias.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let attribute = sequence(&[rsa_oid(&[1, 9, 0x14]), tlv(0x31, &tlv(0x1e, &name))]);
    sequence(&[rsa_oid(&[1, 0x0c, 0x0a, 1, kind]), tlv(0xa0, value), tlv(0x31, &attribute)])
}

/// What a certificate bag holds.
pub fn certificate(der: &[u8]) -> Vec<u8> {
    sequence(&[rsa_oid(&[1, 9, 0x16, 1]), tlv(0xa0, &tlv(0x04, der))])
}

/// A file without a seal around these bags in clear.
pub fn file(bags: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[number(3), data(&sequence(&[data(&sequence(bags))]))])
}

/// The AlgorithmIdentifier of PBES1 with 3DES.
pub fn three_des(rounds: u32) -> Vec<u8> {
    sequence(&[rsa_oid(&[1, 0x0c, 1, 3]), sequence(&[tlv(0x04, b"saltsalt"), number(rounds)])])
}

/// A shrouded key that nobody will get to decrypt.
pub fn shrouded(algorithm: Vec<u8>) -> Vec<u8> {
    sequence(&[algorithm, tlv(0x04, &[0; 16])])
}

/// MacData with SHA-1 and these rounds; it fits nothing.
pub fn seal(rounds: u32) -> Vec<u8> {
    let sha1 = sequence(&[tlv(0x06, &[0x2b, 0x0e, 3, 2, 0x1a]), vec![5, 0]]);
    sequence(&[sequence(&[sha1, tlv(0x04, &[0; 20])]), tlv(0x04, b"saltsalt"), number(rounds)])
}
