//! What was announced: a function will not work for a while, and somebody said so before.
//!
//! An announcement claims nothing of its own: a function that works meanwhile works. One that does not is then no outage.

use jiff::Timestamp;

/// A stretch of time for which functions were announced to be out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Which, by their names in the catalogue; none named means every one.
    pub functions: Vec<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when; that instant itself is past it.
    pub until: Timestamp,
    /// What was announced, in its own words.
    pub words: String,
    /// Who says so, or where it is to be read.
    pub source: String,
}

impl Announced {
    /// Whether it speaks of a function.
    #[must_use]
    pub fn names(&self, function: &str) -> bool {
        self.functions.is_empty() || self.functions.iter().any(|named| named == function)
    }

    /// Whether it is so now.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        (self.from..self.until).contains(&now)
    }
}

/// What is announced of a function: what holds now, and ends last; else what comes first.
#[must_use]
pub fn of<'a>(all: &'a [Announced], function: &str, now: Timestamp) -> Option<&'a Announced> {
    let named = || all.iter().filter(|one| one.names(function));
    let holding = named().filter(|one| one.holds(now)).max_by_key(|one| one.until);
    holding.or_else(|| named().filter(|one| one.from > now).min_by_key(|one| one.from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn one(functions: &[&str], from: i64, until: i64) -> Announced {
        let functions = functions.iter().map(|name| (*name).to_owned()).collect();
        let (words, source) = (format!("{from} to {until}"), "test".to_owned());
        Announced { functions, from: at(from), until: at(until), words, source }
    }

    #[test]
    fn what_holds_now_comes_before_what_comes_next_and_what_is_past_is_not_told() {
        let all = [one(&["tariff"], 10, 20), one(&[], 15, 30), one(&["tariff"], 40, 50)];
        let told = |function, now| of(&all, function, at(now)).map(|one| one.words.as_str());
        assert_eq!(told("tariff", 5), Some("10 to 20"));
        assert_eq!(told("eattest", 12), Some("15 to 30"), "of every function, and still to come");
        assert_eq!(told("tariff", 16), Some("15 to 30"), "the one that ends last");
        assert_eq!(told("tariff", 30), Some("40 to 50"));
        assert_eq!((told("eattest", 30), told("tariff", 50)), (None, None));
    }

    proptest! {
        #[test]
        fn what_is_told_names_the_function_and_is_not_past(
            all in prop::collection::vec((0i64..60, 1i64..20, any::<bool>()), 0..12), now in 0i64..80,
        ) {
            let all: Vec<_> = all
                .into_iter()
                .map(|(from, length, every)| one(if every { &[] } else { &["auth"] }, from, from + length))
                .collect();
            for function in ["auth", "tariff"] {
                let told = of(&all, function, at(now));
                prop_assert!(told.is_none_or(|one| one.names(function) && one.until > at(now)));
                let holds = all.iter().any(|one| one.names(function) && one.holds(at(now)));
                prop_assert_eq!(told.is_some_and(|one| one.holds(at(now))), holds);
            }
        }
    }
}
