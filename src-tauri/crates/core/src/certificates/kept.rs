//! Which keystore is kept for the messages of before: it signs nobody in any more, and still opens them.

use jiff::Timestamp;

use super::successor::Successors;
use super::{Purpose, Watched};

/// Whether a file with these certificates is kept for old messages and for nothing else.
///
/// Somebody could sign in with it once, and with none of its certificates now: each has ended, or a newer one has
/// taken its place. One that waits for its certificate is still in use.
#[must_use]
pub fn for_old_messages(file: &[Watched], successors: &Successors<'_>, now: Timestamp) -> bool {
    let of = |purpose| file.iter().filter(move |one| one.purpose == purpose);
    let over = |one: &Watched| one.not_after < now || successors.of(one).is_some();
    of(Purpose::Encryption).next().is_some()
        && of(Purpose::Authentication).next().is_some()
        && of(Purpose::Authentication).all(over)
        && of(Purpose::InProgress).next().is_none()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::{at, of};

    #[test]
    fn a_keystore_is_kept_for_old_messages_once_it_signs_nobody_in_and_not_before() {
        let old = of("71099914", 1, "2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
        let new = of("71099914", 2, "2025-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
        let messages = Watched {
            purpose: Purpose::Encryption,
            ..of("71099914", 3, "2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
        };
        let waiting = Watched {
            purpose: Purpose::InProgress,
            ..of("71099914", 4, "2000-01-01T00:00:00Z", "2000-01-02T00:00:00Z")
        };
        let all = [old.clone(), new.clone(), messages.clone()];
        let told = |file: &[&Watched], now: &str| {
            let file: Vec<Watched> = file.iter().map(|one| (*one).clone()).collect();
            for_old_messages(&file, &Successors::among(&all, at(now)), at(now))
        };
        assert!(!told(&[&old, &messages], "2025-10-01T00:00:00Z"), "it is in use");
        assert!(told(&[&old, &messages], "2025-12-01T00:00:00Z"), "a newer one has taken its place");
        assert!(told(&[&old, &messages], "2026-02-01T00:00:00Z"));
        let alone = |now: &str| {
            let file = [old.clone(), messages.clone()];
            for_old_messages(&file, &Successors::among(&file, at(now)), at(now))
        };
        assert!(!alone("2026-01-01T00:00:00Z"), "the last second is in it");
        assert!(alone("2026-01-01T00:00:01Z"), "it has ended, whether or not there is a newer one");
        assert!(!told(&[&old, &new, &messages], "2026-02-01T00:00:00Z"), "the newer one lies in it, too");
        assert!(!told(&[&old], "2026-02-01T00:00:00Z"), "it opens nothing");
        assert!(!told(&[&messages], "2026-02-01T00:00:00Z"), "nobody ever signed in with it");
        assert!(!told(&[&old, &messages, &waiting], "2026-02-01T00:00:00Z"), "a request waits in it");
        assert!(!told(&[], "2026-02-01T00:00:00Z"));
    }
}
