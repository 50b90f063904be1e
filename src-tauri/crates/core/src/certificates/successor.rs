//! Which certificate has taken the place of which: the newer one of the same owner, for the same use.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{CertificateId, Holder, Purpose, Watched, World};

/// The certificate that counts for each holder, world and use.
#[derive(Debug)]
pub struct Successors<'a> {
    newest: HashMap<(&'a Holder, &'a World, Purpose), &'a Watched>,
}

impl<'a> Successors<'a> {
    /// Finds them among all that are known. One that is not valid yet replaces nothing so far.
    #[must_use]
    pub fn among(all: &'a [Watched], now: Timestamp) -> Self {
        let mut newest: HashMap<_, &Watched> = HashMap::with_capacity(all.len());
        for one in all.iter().filter(|one| one.purpose != Purpose::InProgress && one.not_before <= now) {
            let key = (&one.holder, &one.world, one.purpose);
            newest.entry(key).and_modify(|best| *best = later(best, one)).or_insert(one);
        }
        Self { newest }
    }

    /// The one that replaces this one; none where it counts itself.
    ///
    /// A replaced certificate stays silent when its successor has ended, too: then the successor is reminded of.
    #[must_use]
    pub fn of(&self, certificate: &Watched) -> Option<CertificateId> {
        let newest = self.newest.get(&(&certificate.holder, &certificate.world, certificate.purpose))?;
        (newest.not_after > certificate.not_after).then_some(newest.id)
    }
}

/// The one that ends later.
fn later<'a>(one: &'a Watched, other: &'a Watched) -> &'a Watched {
    if other.not_after > one.not_after { other } else { one }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::{at, of};
    use crate::environment::EnvironmentClass;
    use proptest::prelude::*;

    fn pair() -> (Watched, Watched) {
        (
            of("71099914", 1, "2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
            of("71099914", 2, "2025-11-01T00:00:00Z", "2028-11-01T00:00:00Z"),
        )
    }

    fn replaces(old: &Watched, new: &Watched, now: &str) -> bool {
        let all = [old.clone(), new.clone()];
        Successors::among(&all, at(now)).of(old) == Some(new.id)
    }

    #[test]
    fn a_newer_one_of_the_same_owner_takes_its_place_once_it_is_valid() {
        let (old, new) = pair();
        assert!(!replaces(&old, &new, "2025-10-31T23:59:59Z"), "it begins tomorrow");
        assert!(replaces(&old, &new, "2025-11-01T00:00:00Z"));
        assert!(!replaces(&new, &old, "2025-12-01T00:00:00Z"));
        assert!(replaces(&old, &new, "2029-01-01T00:00:00Z"), "of two that ended, the newer one speaks");
    }

    #[test]
    fn another_number_type_application_environment_or_use_takes_nobodys_place() {
        let (old, new) = pair();
        let now = "2025-12-01T00:00:00Z";
        let owner = |kind: &str, number: &str, application: Option<&str>| Holder::Owner {
            kind: kind.into(),
            number: number.into(),
            application: application.map(str::to_owned),
        };
        let holders = [
            owner("NIHII-HOSPITAL", "71099915", None),
            owner("NIHII-PHARMACY", "71099914", None),
            owner("NIHII-HOSPITAL", "71099914", Some("LAB")),
            Holder::Card("71099914".into()),
        ];
        for holder in holders {
            assert!(!replaces(&old, &Watched { holder, ..new.clone() }, now));
        }
        for world in [
            World::of(Some(EnvironmentClass::Acceptance), "another"),
            World::of(None, "an authority nobody knows"),
        ] {
            assert!(!replaces(&old, &Watched { world, ..new.clone() }, now));
        }
        for purpose in [Purpose::Encryption, Purpose::InProgress] {
            assert!(!replaces(&old, &Watched { purpose, ..new.clone() }, now));
        }
        let unknown = |issuer: &str, one: &Watched| Watched { world: World::of(None, issuer), ..one.clone() };
        assert!(replaces(&unknown("CN=new CA", &old), &unknown("CN=new CA", &new), now));
        assert!(!replaces(&unknown("CN=new CA", &old), &unknown("CN=test CA", &new), now));
    }

    proptest! {
        #[test]
        fn of_every_owner_one_that_has_begun_speaks_for_itself(
            lives in proptest::collection::vec((0u8..3, 0i64..1_000, 0i64..1_000), 1..30), now in 0i64..1_200,
        ) {
            let second = |s| Timestamp::from_second(s).unwrap();
            let all: Vec<Watched> = lives.iter().zip(0u8..).map(|((owner, from, life), id)| {
                let mut one = of(&owner.to_string(), id, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
                (one.not_before, one.not_after) = (second(*from), second(from + life));
                one
            }).collect();
            let successors = Successors::among(&all, second(now));
            for one in all.iter().filter(|one| one.not_before <= second(now)) {
                let loud = all.iter().filter(|other| other.holder == one.holder && other.not_before <= second(now));
                prop_assert!(loud.clone().any(|other| successors.of(other).is_none()));
                if let Some(id) = successors.of(one) {
                    let newer = loud.clone().find(|other| other.id == id).unwrap();
                    prop_assert!(newer.not_after > one.not_after && newer.not_before <= second(now));
                    prop_assert!(successors.of(newer).is_none(), "no chain of silence");
                }
            }
        }
    }
}
