//! Seeds changed the way a fuzzer changes them, the same for the same number.

/// Bytes that lengths and counters break at, and marks of the formats read here.
const TOKENS: &[&[u8]] = &[
    &[0x00],
    &[0x7F],
    &[0x80],
    &[0xFF],
    &[0xFF, 0xFF],
    &[0x00, 0x00, 0x00, 0x00],
    &[0x7F, 0xFF, 0xFF, 0xFF],
    &[0xFF, 0xFF, 0xFF, 0xFF],
    &[0x84, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x30, 0x80],
    &[0x24, 0x80],
    &[0x90, 0x00],
    &[0x61, 0x00],
    &[0x6C, 0x00],
    &[0x63, 0xC0],
    b"<",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?x?>",
    b"<!DOCTYPE a>",
    b"&amp;",
    b"&#0;",
    b"&#x10FFFF;",
    b" xmlns='urn:x'",
    b" xmlns:a='urn:x'",
    b" Id='a'",
    b"\"",
    b"{}",
    b"[]",
    b"null",
    b"9999999999999999999",
    b"-1",
    b"\\u0000",
    b"\xC0\x80",
    b"\xE2\x80\xAE",
    b"\r\n",
    b"=",
];

/// A small generator (SplitMix64): no quality is needed here but that it is the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, 0 for none.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default().checked_rem(limit).unwrap_or_default()
    }

    /// A short piece of `length` bytes: where it begins and ends.
    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length + 1);
        let most = (length - from).min(1 << self.below(10));
        from..from + self.below(most + 1)
    }
}

/// One of the seeds, with one to eight changes.
#[must_use]
pub fn mutated(seeds: &[Vec<u8>], seed: u64, round: u64) -> Vec<u8> {
    let mut dice = Dice(seed.rotate_left(32) ^ round);
    let Some(mut bytes) = seeds.get(dice.below(seeds.len())).cloned() else { return Vec::new() };
    for _ in 0..=dice.below(8) {
        change(&mut bytes, seeds, &mut dice);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], dice: &mut Dice) {
    let piece = dice.piece(bytes.len());
    let at = dice.below(bytes.len() + 1);
    match dice.below(8) {
        0 | 1 => flip(bytes, dice),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(piece)),
        4 => {
            let twice = bytes[piece].to_vec();
            bytes.splice(at..at, twice);
        }
        5 => drop(bytes.splice(at..at, TOKENS[dice.below(TOKENS.len())].iter().copied())),
        6 => drop(bytes.splice(piece, TOKENS[dice.below(TOKENS.len())].iter().copied())),
        _ => {
            let other = &seeds[dice.below(seeds.len())];
            let taken = other[dice.piece(other.len())].to_vec();
            bytes.splice(piece, taken);
        }
    }
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte = match dice.below(3) {
            0 => *byte ^ (1 << dice.below(8)),
            1 => byte.wrapping_add(1),
            _ => u8::try_from(dice.below(256)).unwrap_or_default(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_bytes_and_others_give_others() {
        let seeds = [b"one seed of some length".to_vec(), b"and another".to_vec()];
        let all: Vec<_> = (0..200).map(|round| mutated(&seeds, 1, round)).collect();
        assert_eq!(all, (0..200).map(|round| mutated(&seeds, 1, round)).collect::<Vec<_>>());
        assert_ne!(all, (0..200).map(|round| mutated(&seeds, 2, round)).collect::<Vec<_>>());
        let different: std::collections::HashSet<_> = all.into_iter().collect();
        assert!(different.len() > 150, "{}", different.len());
    }

    #[test]
    fn nothing_to_change_is_no_panic() {
        assert_eq!(mutated(&[], 1, 1), Vec::<u8>::new());
        for round in 0..1_000 {
            let _ = mutated(&[Vec::new()], 1, round);
        }
    }
}
