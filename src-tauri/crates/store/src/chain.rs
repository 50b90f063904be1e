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

/// The columns of an entry that its hash covers, exactly as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub seq: u64,
    pub at: i64,
    pub subject: String,
    pub event: String,
    pub environment: String,
    pub slot: Option<String>,
    pub code: Option<i64>,
    /// A JSON object of texts, its members sorted, without blanks.
    pub detail: String,
}

impl Columns {
    /// SHA-256 over the hash before and the canonical JSON of the entry.
    pub fn hash(&self, previous: ChainHash) -> ChainHash {
        let mut sha = Sha256::new();
        sha.update(&previous.0);
        sha.update(self.canonical().as_bytes());
        ChainHash(sha.finish())
    }

    /// JSON with sorted members and without blanks; members that are absent are left out.
    pub fn canonical(&self) -> String {
        // Room for most entries: a whole chain is written so when it is verified.
        let mut out = String::with_capacity(256);
        put(&mut out, format_args!("{{\"at\":{}", self.at));
        if let Some(code) = self.code {
            put(&mut out, format_args!(",\"code\":{code}"));
        }
        out.push_str(",\"detail\":");
        out.push_str(&self.detail);
        member(&mut out, "environment", &self.environment);
        member(&mut out, "event", &self.event);
        put(&mut out, format_args!(",\"seq\":{}", self.seq));
        if let Some(slot) = &self.slot {
            member(&mut out, "slot", slot);
        }
        member(&mut out, "subject", &self.subject);
        out.push('}');
        out
    }
}

fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string takes all");
}

fn member(out: &mut String, name: &str, value: &str) {
    put(out, format_args!(",\"{name}\":"));
    // What needs no escape, which is nearly everything, is written as it stands.
    if value.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.extend(["\"", value, "\""]);
    } else {
        put(out, format_args!("{}", serde_json::Value::from(value)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn columns() -> impl Strategy<Value = Columns> {
        let text = "\\PC{0,12}";
        let detail = proptest::collection::btree_map(text, text, 0..3);
        let optional = (proptest::option::of(text), proptest::option::of(any::<i64>()));
        (any::<u32>(), any::<i64>(), text, text, text, optional, detail).prop_map(
            |(seq, at, subject, event, environment, (slot, code), detail)| Columns {
                seq: seq.into(),
                at,
                subject,
                event,
                environment,
                slot,
                code,
                detail: serde_json::to_string(&detail).unwrap(),
            },
        )
    }

    #[test]
    fn the_documented_example_has_the_documented_hash() {
        let entry = Columns {
            seq: 1,
            at: 1_772_434_800_000,
            subject: "session".into(),
            event: "signed-in".into(),
            environment: "sandbox".into(),
            slot: None,
            code: None,
            detail: "{\"means\":\"eid\"}".into(),
        };
        let page = include_str!("../../../../docs/reference/journal.md");
        assert!(page.contains(&entry.canonical()), "{}", entry.canonical());
        assert!(page.contains(&entry.hash(ChainHash::START).to_string()), "{}", entry.hash(ChainHash::START));
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_json_with_sorted_members(entry in columns()) {
            let text = entry.canonical();
            let parsed: std::collections::BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
            let sorted: Vec<_> = parsed.iter().map(|(k, v)| format!("{}:{v}", serde_json::Value::from(k.as_str()))).collect();
            prop_assert_eq!(text, format!("{{{}}}", sorted.join(",")));
        }

        #[test]
        fn two_different_entries_never_share_a_hash(a in columns(), b in columns()) {
            prop_assert_eq!(a == b, a.hash(ChainHash::START) == b.hash(ChainHash::START));
        }
    }
}
