//! Any document means the same to us and to libxml2, or we refuse it (threat T3): two parsers that see two documents are
//! how a signature comes to cover one thing while another is read.

use std::thread;

use relais_ehealth::xml::c14n;

use crate::libxml2::{self, Judged};

/// Documents of an ordinary run, one hundredth of the ten million of the threat model.
const DOCUMENTS: u64 = 100_000;

/// A small generator (SplitMix64), the same everywhere for the same number.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// True once in so many times.
    fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const PREFIXES: [&str; 6] = ["", "", "a:", "b:", "xml:", "é:"];
const NAMES: [&str; 6] = ["x", "y", "Id", "zé", "a.b-c_1", "lang"];
const DECLARED: [&str; 4] = ["xmlns", "xmlns:a", "xmlns:b", "xmlns:é"];
const URIS: [&str; 4] = ["urn:one", "urn:two", "http://example.org/?a=b", "urn:three"];
const TEXTS: [&str; 24] = [
    "text",
    "é✓𐍈",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "&amp;",
    "&lt;",
    "&gt;",
    "&quot;",
    "&apos;",
    "&#13;",
    "&#xD;",
    "&#10;",
    "&#9;",
    "&#x10348;",
    ">",
    "]]",
    "'",
    "\"",
    "\u{a0}\u{85}\u{2028}",
    "&#38;#38;",
    "&#60;x&#62;",
];
const INSIDE: [&str; 8] = [
    "<!-- c -->",
    "<!---->",
    "<!--&amp;-->",
    "<?p i?>",
    "<?p?>",
    "<![CDATA[<&]]>",
    "<![CDATA[]]>",
    "<![CDATA[\r\n]]>",
];
const BEFORE: [&str; 7] = [
    "",
    "",
    "<?xml version='1.0'?>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n",
    "\u{feff}",
    "<!-- b -->\n",
];
/// What may not stand where it is put: both are to find it.
const BAD: [&str; 22] = [
    "]]>",
    "&#0;",
    "&#x1F;",
    "&unknown;",
    "&",
    "<",
    "<!-- a--b -->",
    "<?xml version='1.0'?>",
    "\u{1}",
    "\u{fffe}",
    " xmlns:a=''",
    " xmlns:xml='urn:x'",
    " xmlns:xmlns='urn:x'",
    " xmlns:q='http://www.w3.org/XML/1998/namespace'",
    " a:x='1' b:x='2'",
    " x='1' x='2'",
    "<!DOCTYPE x>",
    "<q:x/>",
    "<:x/>",
    "<x:/>",
    "<a:b:x/>",
    "<?a:b c?>",
];

/// Nearly always `good`.
fn nearly<'a>(dice: &mut Dice, good: &[&'a str]) -> &'a str {
    if dice.once_in(150) { dice.of(&BAD) } else { dice.of(good) }
}

fn element(dice: &mut Dice, depth: usize, top: bool, out: &mut String) {
    let tag = format!("{}{}", dice.of(&PREFIXES), dice.of(&NAMES));
    out.push_str(&format!("<{tag}"));
    let first = dice.below(DECLARED.len());
    for declared in DECLARED.iter().cycle().skip(first).take(if top { 4 } else { dice.below(3) }) {
        let gap = nearly(dice, &[" ", "\n ", "\t"]);
        out.push_str(&format!("{gap}{declared}=\"{}\"", nearly(dice, &URIS)));
    }
    if !top && dice.once_in(6) && first != 0 {
        out.push_str(" xmlns=''");
    }
    for _ in 0..dice.below(3) {
        let value = format!("{}{}", nearly(dice, &TEXTS), nearly(dice, &TEXTS)).replace('"', "&quot;");
        out.push_str(&format!(" {}{} = \"{value}\"", dice.of(&PREFIXES), dice.of(&NAMES)));
    }
    if dice.once_in(4) {
        return out.push_str("/>");
    }
    out.push('>');
    for _ in 0..dice.below(4) {
        match dice.below(3) {
            0 if depth > 0 => element(dice, depth - 1, false, out),
            1 => out.push_str(nearly(dice, &INSIDE)),
            _ => out.push_str(nearly(dice, &TEXTS)),
        }
    }
    out.push_str(&format!("</{tag} >"));
}

/// A document that a person could have written, and one time in four one with a byte or a piece out of place.
fn document(dice: &mut Dice) -> Vec<u8> {
    let mut text = dice.of(&BEFORE).to_owned();
    element(dice, 4, true, &mut text);
    if dice.once_in(6) {
        text.push_str(dice.of(&["\n", "<!-- after -->", "<?after?>", "x", "<x/>", "&amp;"]));
    }
    let mut bytes = text.into_bytes();
    if dice.once_in(4) {
        let (at, other) = (dice.below(bytes.len()), dice.below(bytes.len()));
        match dice.below(4) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.truncate(at.max(1)),
            2 => bytes.swap(at, other),
            _ => drop(bytes.drain(at.min(other)..at.max(other))),
        }
    }
    bytes
}

/// How a document was judged by both.
#[derive(Default)]
struct Count {
    same: u64,
    refused_by_both: u64,
    /// By a rule of the profile that goes beyond XML, or one of XML that libxml2 does not hold (versions other than 1.0).
    refused_by_us_alone: u64,
    /// libxml2 gives no canonical form for a name of a namespace.
    not_judged: u64,
}

fn judge(bytes: &[u8], comments: bool, list: &[&str], count: &mut Count) {
    let theirs = match libxml2::exclusive(bytes, comments, list) {
        Judged::Canonical(theirs) => Some(theirs),
        Judged::Unnamed => return count.not_judged += 1,
        Judged::Refused => None,
    };
    match (c14n::exclusive(bytes, comments, list), theirs) {
        (Ok(ours), Some(theirs)) if ours == theirs => count.same += 1,
        (Ok(ours), theirs) => panic!(
            "{:?} with {list:?}\n  means to us     {:?}\n  and to libxml2  {:?}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&ours),
            theirs.as_deref().map(String::from_utf8_lossy),
        ),
        (Err(_), None) => count.refused_by_both += 1,
        (Err(_), Some(_)) => count.refused_by_us_alone += 1,
    }
}

fn judge_all(seed: u64, rounds: std::ops::Range<u64>) -> Count {
    let mut count = Count::default();
    for round in rounds {
        let mut dice = Dice(seed.rotate_left(32) ^ round);
        let bytes = document(&mut dice);
        let lists: [&[&str]; 4] = [&[], &["a"], &["#default", "b"], &["a", "b", "é"]];
        let (comments, list) = (dice.once_in(2), lists[dice.below(lists.len())]);
        judge(&bytes, comments, list, &mut count);
    }
    count
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn a_document_means_the_same_to_libxml2_or_is_refused() {
    let (seed, all) = (number("RELAIS_SEED", 1), DOCUMENTS * number("RELAIS_SOAK", 1));
    let half = all / 2;
    let counts = thread::scope(|scope| {
        let other = scope.spawn(|| judge_all(seed, half..all));
        [judge_all(seed, 0..half), other.join().unwrap()]
    });
    let sum = |of: fn(&Count) -> u64| counts.iter().map(of).sum::<u64>();
    let (same, both, us) = (sum(|c| c.same), sum(|c| c.refused_by_both), sum(|c| c.refused_by_us_alone));
    println!("seed {seed}: {same} alike, {both} refused by both, {us} by us alone, of {all}");
    assert!(us < all / 1_000, "we are no stricter than we say: {us} of {all}");
    assert!(
        same > all / 20 && both > all / 20,
        "the documents prove something: {same} alike, {both} refused of {all}"
    );
}
