//! The hash chain of the journal: what is hashed, and how. Source: docs/reference/journal.md.

use std::fmt::Write;

use openssl::sha::Sha256;

/// Hash of an entry, over the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ChainHash(pub [u8; 32]);

impl ChainHash {
    /// What the first entry of all is linked to.
    pub const START: Self = Self([0; 32]);

    /// The hash as the database has it.
    #[must_use]
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl std::fmt::Display for ChainHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// A place in the chain: the sequence number of an entry and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Number of the entry; the first is 1.
    pub seq: u64,
    /// Its hash.
    pub hash: ChainHash,
}

impl Link {
    /// Before the first entry of all.
    pub const START: Self = Self { seq: 0, hash: ChainHash::START };
}

/// The columns of an entry that its hash covers, exactly as they are stored; borrowed, as a whole chain of them is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns<'a> {
    pub seq: u64,
    pub at: i64,
    pub subject: &'a str,
    pub event: &'a str,
    pub environment: &'a str,
    pub slot: Option<&'a str>,
    pub code: Option<i64>,
    /// A JSON object of texts, its members sorted, without blanks.
    pub detail: &'a str,
}

impl Columns<'_> {
    /// SHA-256 over the hash before and the canonical JSON of the entry.
    pub fn hash(&self, previous: ChainHash) -> ChainHash {
        self.hash_with(previous, &mut String::with_capacity(256))
    }

    /// The same, in room that is used again for the next.
    pub fn hash_with(&self, previous: ChainHash, room: &mut String) -> ChainHash {
        room.clear();
        self.canonical(room);
        let mut sha = Sha256::new();
        sha.update(&previous.0);
        sha.update(room.as_bytes());
        ChainHash(sha.finish())
    }

    /// JSON with sorted members and without blanks; members that are absent are left out.
    pub fn canonical(&self, out: &mut String) {
        out.push_str("{\"at\":");
        number(out, self.at);
        if let Some(code) = self.code {
            out.push_str(",\"code\":");
            number(out, code);
        }
        out.push_str(",\"detail\":");
        out.push_str(self.detail);
        member(out, ",\"environment\":", self.environment);
        member(out, ",\"event\":", self.event);
        out.push_str(",\"seq\":");
        number(out, self.seq);
        if let Some(slot) = self.slot {
            member(out, ",\"slot\":", slot);
        }
        member(out, ",\"subject\":", self.subject);
        out.push('}');
    }
}

fn number(out: &mut String, number: impl std::fmt::Display) {
    write!(out, "{number}").expect("a string takes all");
}

fn member(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    // What needs no escape, which is nearly everything, is written as it stands.
    if value.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.extend(["\"", value, "\""]);
    } else {
        number(out, serde_json::Value::from(value));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An entry whose texts are its own.
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Owned {
        numbers: (u64, i64, Option<i64>),
        texts: (String, String, String, Option<String>),
        detail: String,
    }

    impl Owned {
        fn columns(&self) -> Columns<'_> {
            let ((seq, at, code), (subject, event, environment, slot)) = (self.numbers, &self.texts);
            let (slot, detail) = (slot.as_deref(), self.detail.as_str());
            Columns { seq, at, subject, event, environment, slot, code, detail }
        }

        fn canonical(&self) -> String {
            let mut text = String::new();
            self.columns().canonical(&mut text);
            text
        }
    }

    fn entry() -> impl Strategy<Value = Owned> {
        let text = "\\PC{0,12}";
        let detail = proptest::collection::btree_map(text, text, 0..3);
        let numbers = (any::<u32>().prop_map(u64::from), any::<i64>(), proptest::option::of(any::<i64>()));
        let texts = (text, text, text, proptest::option::of(text));
        (numbers, texts, detail).prop_map(|(numbers, (subject, event, environment, slot), detail)| Owned {
            numbers,
            texts: (subject, event, environment, slot),
            detail: serde_json::to_string(&detail).unwrap(),
        })
    }

    #[test]
    fn the_documented_example_has_the_documented_hash() {
        let entry = Owned {
            numbers: (1, 1_772_434_800_000, None),
            texts: ("session".into(), "signed-in".into(), "sandbox".into(), None),
            detail: "{\"means\":\"eid\"}".into(),
        };
        let (page, hash) =
            (include_str!("../../../../docs/reference/journal.md"), entry.columns().hash(ChainHash::START));
        assert!(page.contains(&entry.canonical()), "{}", entry.canonical());
        assert!(page.contains(&hash.to_string()), "{hash}");
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_json_with_sorted_members(entry in entry()) {
            let text = entry.canonical();
            let parsed: std::collections::BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
            let sorted: Vec<_> = parsed.iter().map(|(k, v)| format!("{}:{v}", serde_json::Value::from(k.as_str()))).collect();
            prop_assert_eq!(text, format!("{{{}}}", sorted.join(",")));
        }

        #[test]
        fn two_different_entries_never_share_a_hash(a in entry(), b in entry()) {
            let mut room = a.canonical();
            let of_b = b.columns().hash_with(ChainHash::START, &mut room);
            prop_assert_eq!(of_b, b.columns().hash(ChainHash::START), "whatever was in the room before");
            prop_assert_eq!(a == b, a.columns().hash(ChainHash::START) == of_b);
        }
    }
}
