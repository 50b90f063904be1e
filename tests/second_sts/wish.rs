//! How the service behaves: honestly, or in one way that a client has to notice.

use std::path::Path;

/// The behaviour asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// As the platform.
    Honest,
    /// As the platform, the answer being wrapped in a collection.
    Collection,
    /// As the platform, but with a challenge also when both certificates are one.
    Challenge,
    /// A SOAP fault in place of an assertion.
    Fault,
    /// Signed by another key than the certificate's.
    OtherKey,
    /// Signed under another authority, which calls its signer by the same name.
    OtherAuthority,
    /// Signed by a customer of the same authority.
    Customer,
    /// Changed after it was signed.
    Tampered,
    /// Made out for another key.
    OtherHolder,
    /// Made out for another person.
    OtherPerson,
    /// Under another context.
    OtherContext,
    /// By another issuer.
    OtherIssuer,
    /// Issued an hour ago.
    Stale,
    /// Expired already.
    Expired,
    /// Without a word about its life.
    Lifeless,
    /// Under the number of the assertion before.
    Again,
}

const NAMES: [(&str, Wish); 16] = [
    ("honest", Wish::Honest),
    ("collection", Wish::Collection),
    ("challenge", Wish::Challenge),
    ("fault", Wish::Fault),
    ("other-key", Wish::OtherKey),
    ("other-authority", Wish::OtherAuthority),
    ("customer", Wish::Customer),
    ("tampered", Wish::Tampered),
    ("other-holder", Wish::OtherHolder),
    ("other-person", Wish::OtherPerson),
    ("other-context", Wish::OtherContext),
    ("other-issuer", Wish::OtherIssuer),
    ("stale", Wish::Stale),
    ("expired", Wish::Expired),
    ("lifeless", Wish::Lifeless),
    ("again", Wish::Again),
];

/// What the file `wish` of the folder says; without one, honest.
pub fn of(folder: &Path) -> Wish {
    let Ok(text) = std::fs::read_to_string(folder.join("wish")) else { return Wish::Honest };
    let found = NAMES.iter().find(|(name, _)| *name == text.trim());
    found.unwrap_or_else(|| panic!("no such wish: {text}")).1
}
