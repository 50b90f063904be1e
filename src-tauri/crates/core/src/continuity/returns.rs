//! Which functions are back to normal after somebody had to do something else: said once, discreetly.
//! Source: requirement D-22.
//!
//! What switches by itself is information and no event (D-19): only a function that did not work at all is missed, so
//! only its return is worth a word.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::health::Health;

/// A return is said for so long; who reads it later sees the window.
pub const SAID_FOR: SignedDuration = SignedDuration::from_hours(1);

/// The same function is not said to be back twice in this time: one that comes and goes is no news.
pub const SPARED: SignedDuration = SignedDuration::from_mins(30);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It did not work, and has not been seen to work as usual since.
    Out,
    /// It came back at this moment; whether that is said.
    Back { at: Timestamp, said: bool },
}

/// Functions that were out since Relais looks, by their place in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returns(BTreeMap<usize, (Place, Option<Timestamp>)>);

impl Returns {
    /// Somebody looked: how each function is now, by its place in the plan. What was out before the first look is not
    /// known to have been, and is not missed.
    pub fn look(&mut self, functions: impl IntoIterator<Item = (usize, Health)>, now: Timestamp) {
        for (place, health) in functions {
            let before = self.0.get(&place).copied();
            let said_at = before.and_then(|(_, said_at)| said_at);
            let spared = said_at.is_some_and(|at| now.duration_since(at).abs() < SPARED);
            match (health, before) {
                (Health::Down | Health::Planned, _) => self.0.insert(place, (Place::Out, said_at)),
                (Health::Operational, Some((Place::Out, _))) => {
                    let back = Place::Back { at: now, said: !spared };
                    self.0.insert(place, (back, if spared { said_at } else { Some(now) }))
                }
                _ => None,
            };
        }
    }

    /// Those whose return is to be said at `now`, and when they came back, in the order of the plan.
    #[must_use]
    pub fn said(&self, now: Timestamp) -> Vec<(usize, Timestamp)> {
        let lately = |(function, (place, _)): (&usize, &(Place, _))| match place {
            Place::Back { at, said: true } if now.duration_since(*at).abs() < SAID_FOR => {
                Some((*function, *at))
            }
            _ => None,
        };
        self.0.iter().filter_map(lately).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_772_434_800 + 60 * minute).unwrap()
    }

    /// Looks at one function each minute; the minutes at which its return began to be said.
    fn told(healths: &[Health]) -> Vec<i64> {
        let (mut returns, mut told, mut before) = (Returns::default(), vec![], false);
        for (minute, health) in (0..).zip(healths) {
            returns.look([(3, *health)], at(minute));
            let said = !returns.said(at(minute)).is_empty();
            if said && !before {
                told.push(minute);
            }
            before = said;
        }
        told
    }

    #[test]
    fn what_did_not_work_is_missed_and_what_switched_by_itself_is_not() {
        use Health::*;
        let table: &[(&[Health], &[i64])] = &[
            (&[Operational, Down, Operational], &[2]),
            (&[Operational, Down, Unknown, OnBackup, Unstable, Operational, Operational], &[5]),
            (&[Operational, OnBackup, Operational], &[]),
            (&[Operational, Unstable, Degraded, Operational], &[]),
            (&[Unknown, Operational, Unknown, Operational], &[]),
            (&[Operational, Planned, Operational], &[2]),
            (&[Down, Operational], &[1]),
            (&[Operational, Down, Down], &[]),
        ];
        for (healths, expected) in table {
            assert_eq!(told(healths), *expected, "{healths:?}");
        }
    }

    #[test]
    fn what_comes_and_goes_is_said_once_in_half_an_hour_and_none_of_it_for_longer_than_an_hour() {
        use Health::*;
        let mut restless = vec![Down, Operational, Down, Operational];
        assert_eq!(told(&restless), [1]);
        restless.extend([Down; 30]);
        restless.push(Operational);
        assert_eq!(told(&restless), [1, 34]);

        let mut returns = Returns::default();
        returns.look([(0, Down), (1, Down), (2, Operational)], at(0));
        returns.look([(0, Operational), (1, Operational), (2, Operational)], at(5));
        assert_eq!(returns.said(at(5)), [(0, at(5)), (1, at(5))]);
        returns.look([(1, Down)], at(6));
        assert_eq!(returns.said(at(6)), [(0, at(5))], "it is out again");
        assert_eq!(returns.said(at(65)), []);
    }

    fn some_health() -> impl Strategy<Value = Health> {
        use Health::*;
        prop::sample::select(vec![Unknown, Operational, OnBackup, Degraded, Unstable, Down, Planned])
    }

    proptest! {
        #[test]
        fn no_return_is_said_without_an_absence_nor_twice_in_half_an_hour(
            healths in prop::collection::vec(some_health(), 1..120),
        ) {
            let told = told(&healths);
            for minute in &told {
                let before = &healths[..usize::try_from(*minute).unwrap()];
                prop_assert!(before.iter().any(|health| matches!(health, Health::Down | Health::Planned)));
                prop_assert_eq!(healths[usize::try_from(*minute).unwrap()], Health::Operational);
            }
            prop_assert!(told.windows(2).all(|pair| pair[1] - pair[0] >= SPARED.as_mins()));
        }
    }
}
