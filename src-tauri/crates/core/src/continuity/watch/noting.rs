//! What is written down of the functions: that somebody looked, and how they are when that is not as it was.

use jiff::{SignedDuration, Timestamp};

use super::super::health::Health;
use super::super::judge;
use super::super::plan::Function;
use super::super::timeline::{Change, goes_on};
use super::{Effect, Event, Heard, State};

/// A look is written down when the last one that was lies this far back: a little less than the pause between two looks,
/// so that each look at the list is, and a storm of answers is not.
pub const MARK: SignedDuration = SignedDuration::from_mins(4);
/// Changes of one moment follow each other by this much, so that each keeps its place.
const STEP: SignedDuration = SignedDuration::from_millis(1);

/// A function that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Which, by its name in the catalogue.
    pub function: String,
    /// When, how, and by whom it is known.
    pub change: Change,
}

impl Event {
    /// Somebody looked, whatever came of it.
    pub(super) fn is_look(&self) -> bool {
        match self {
            Self::ListLooked { .. } | Self::Called { .. } | Self::PassedBy { .. } => true,
            Self::Probed { heard, .. } => *heard != Heard::Lost,
            Self::Tick
            | Self::InUse(_)
            | Self::Wanted { .. }
            | Self::ListWanted
            | Self::KeptRefused(_)
            | Self::Announced(_)
            | Self::Chosen { .. } => false,
        }
    }
}

impl State {
    /// When something was written down last.
    #[must_use]
    pub fn noted_at(&self) -> Option<Timestamp> {
        self.noted_at
    }

    /// What has to be written down. After a time in which nobody looked every function that is known is said anew, once
    /// somebody does: what was known before says nothing of the time after.
    pub(super) fn noted(&mut self, look: bool, now: Timestamp) -> Option<Effect> {
        let mut changes = self.changes(now);
        let goes_on = self.noted_at.is_some_and(|last| goes_on(last, now));
        if !goes_on {
            if !look {
                return None;
            }
            // Of what is unknown still nobody has to be told: after a gap everything is.
            changes.retain(|noted| noted.change.health != Health::Unknown);
            self.restate(&mut changes, now);
        }
        let over = |last: Timestamp| now < last || now.duration_since(last) >= MARK;
        if changes.is_empty() && !(look && self.noted_at.is_none_or(over)) {
            return None;
        }
        self.noted_at = Some(now);
        Some(Effect::Noted { at: now, changes })
    }

    /// The functions that are in another state than they were seen in.
    fn changes(&mut self, now: Timestamp) -> Vec<Noted> {
        let mut changed = vec![];
        for function in &self.plan.clone().functions {
            let health = judge::health(self, function, now);
            let before = self.seen.get(&function.id).copied();
            if before.is_some_and(|(before, _)| before == health) {
                continue;
            }
            let at = before.map_or(now, |(_, since)| after(since, now));
            self.seen.insert(function.id.clone(), (health, at));
            // Who knew nothing yet and knows nothing now has seen no change.
            if before.is_some() || health != Health::Unknown {
                changed.push(self.note(function, health, at, now));
            }
        }
        changed
    }

    /// Adds those that are as they were.
    fn restate(&self, changes: &mut Vec<Noted>, now: Timestamp) {
        for function in &self.plan.functions {
            let told = changes.iter().any(|noted| noted.function == function.id);
            let known = self.seen.get(&function.id).map(|(health, _)| *health);
            if let Some(health) = known.filter(|health| !told && *health != Health::Unknown) {
                changes.push(self.note(function, health, now, now));
            }
        }
    }

    fn note(&self, function: &Function, health: Health, at: Timestamp, now: Timestamp) -> Noted {
        let seen = judge::seen(self, function, now);
        Noted { function: function.id.clone(), change: Change { at, health, seen } }
    }
}

/// By a clock that stands, or was set back by next to nothing, what comes later is later all the same.
fn after(since: Timestamp, now: Timestamp) -> Timestamp {
    let stands = (SignedDuration::ZERO..=SignedDuration::from_secs(1)).contains(&since.duration_since(now));
    if stands { since.saturating_add(STEP).unwrap_or(now) } else { now }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::tests::{INSURED, MAIN, World, at};
    use super::super::{Chance, Outcome};
    use super::*;
    use crate::continuity::past::up_to_now;
    use crate::continuity::timeline::{Watched, Witness, merged, spans};

    fn called(url: &str) -> Event {
        Event::Called { url: url.into(), outcome: Outcome::Answered, reached: true }
    }

    #[test]
    fn a_good_hour_is_written_down_at_each_look_at_the_list_and_at_no_other_moment() {
        let mut world = World::new(true);
        world.live(3_600);
        let mut marks: Vec<_> = world.notes().iter().map(|(at, _)| *at).collect();
        marks.dedup();
        assert_eq!(marks, (0..=12).map(|n| n * 300).collect::<Vec<_>>());
        let changes: usize = world.notes().iter().map(|(_, changes)| changes.len()).sum();
        assert_eq!(changes, 2, "each function once, when it was seen first");
    }

    #[test]
    fn a_storm_of_answers_is_no_storm_of_writes() {
        let mut world = World::new(true);
        world.live(10);
        let before = world.notes().len();
        for second in 10..1_000 {
            world.now = second;
            world.tell(called(MAIN));
            world.tell(called(INSURED));
        }
        let written = world.notes().len() - before;
        assert!((4..=5).contains(&written), "{written} in a quarter of an hour");
    }

    #[test]
    fn a_change_is_written_down_with_each_witness_and_when_it_was_heard_last() {
        let mut world = World::new(true);
        world.live(310);
        world.tell(called(MAIN));
        world.dead.insert("platform.test");
        world.live(420);
        let (second, changes) = world.notes().into_iter().rfind(|(_, changes)| !changes.is_empty()).unwrap();
        let noted = changes.iter().find(|noted| noted.function == "encryption").unwrap();
        assert_eq!((noted.change.at, noted.change.health), (at(second).wall, Health::OnBackup));
        let seen: Vec<_> = noted.change.seen.iter().map(|seen| (seen.by, seen.health)).collect();
        let expected = [
            (Witness::Authority, Health::Operational),
            (Witness::Real, Health::Operational),
            (Witness::Probe, Health::OnBackup),
        ];
        assert_eq!(seen, expected);
        assert!(noted.change.seen.iter().all(|seen| seen.at <= noted.change.at));
        assert_eq!(noted.change.seen[1].at, at(310).wall);
    }

    #[test]
    fn what_still_holds_after_a_time_in_which_nobody_looked_is_said_anew() {
        let mut world = World::new(true);
        world.live(310);
        world.now = 530;
        world.tell(called(INSURED));
        assert_eq!(world.notes().last().unwrap().0, 300, "written down a moment ago");
        // It sleeps, not long enough for what was heard to be old.
        world.now = 1_720;
        let heard = Heard::Answers;
        world.tell(Event::Probed { url: INSURED.into(), heard, chance: Chance::EVEN });
        let anew = world.notes().into_iter().filter(|(when, _)| *when == 1_720);
        let insured: Vec<_> =
            anew.flat_map(|(_, changes)| changes).filter(|noted| noted.function == "insurability").collect();
        assert_eq!(insured.len(), 1);
        assert_eq!((insured[0].change.at, insured[0].change.health), (at(1_720).wall, Health::Operational));
        assert!(world.state.since("insurability") < Some(at(1).wall), "it is as it was all the same");
    }

    #[test]
    fn a_pc_that_slept_writes_nothing_before_somebody_looked_so_that_the_time_is_a_gap_and_not_unknown() {
        let mut world = World::new(true);
        world.live(310);
        let before = world.notes().len();
        world.now = 4_000;
        let (state, effects) = super::super::next(world.state.clone(), Event::Tick, at(4_000));
        let written = |effect: &Effect| matches!(effect, Effect::Noted { .. });
        assert!(!effects.iter().any(written), "it woke up, and has asked nobody yet: {effects:?}");
        assert_eq!(
            state.since("encryption"),
            Some(at(4_000).wall),
            "on the screen it is unknown all the same"
        );
        world.tell(Event::Tick);
        let after = &world.notes()[before..];
        let unknown = after
            .iter()
            .flat_map(|(_, changes)| changes.iter())
            .filter(|noted| noted.change.health == Health::Unknown);
        assert_eq!((after.is_empty(), unknown.count()), (false, 0));
    }

    #[test]
    fn changes_of_one_moment_keep_their_order() {
        assert_eq!(after(at(5).wall, at(9).wall), at(9).wall);
        let next = after(at(5).wall, at(5).wall);
        assert!(at(5).wall < next && next < after(next, at(5).wall));
        assert_eq!(after(at(500).wall, at(9).wall), at(9).wall, "a clock that was set back is believed");
    }

    /// What the database makes of what is written down.
    #[derive(Default)]
    struct Kept {
        watched: Vec<Watched>,
        last: Option<Timestamp>,
        changes: BTreeMap<String, BTreeMap<Timestamp, Health>>,
    }

    impl Kept {
        fn look(&mut self, at: Timestamp) {
            let from = self.last.filter(|last| goes_on(*last, at)).unwrap_or(at);
            let until = at.saturating_add(STEP).unwrap();
            self.watched.push(Watched { from, until });
            self.last = Some(at);
        }

        fn note(&mut self, at: Timestamp, changes: &[Noted]) {
            changes.iter().for_each(|noted| self.look(noted.change.at));
            self.look(at);
            for Noted { function, change } in changes {
                self.changes.entry(function.clone()).or_default().insert(change.at, change.health);
            }
        }

        fn now(&self, id: &str, noted: Option<Timestamp>, now: Timestamp) -> Option<Health> {
            let end = now.saturating_add(STEP * 50).unwrap();
            let watched = up_to_now(merged(self.watched.clone()), noted, end);
            let changes: Vec<_> =
                self.changes.get(id).into_iter().flatten().map(|(at, health)| (*at, *health)).collect();
            spans(&changes, &watched, at(-10).wall, end).last().and_then(|span| span.health)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn in_any_weather_what_is_kept_says_how_each_function_is(
            weather in prop::collection::vec((0usize..5, any::<bool>(), 1i64..2_400, any::<bool>()), 1..25),
        ) {
            let names = ["platform.test", "third.test", "insurers.test:9443"];
            let mut world = World::new(true);
            for (which, dies, seconds, asleep) in weather {
                match names.get(which) {
                    Some(name) if dies => drop(world.dead.insert(name)),
                    Some(name) => drop(world.dead.remove(name)),
                    None if which == 3 => world.list_dead = dies,
                    None => world.tell(called(INSURED)),
                }
                if asleep {
                    world.now += seconds;
                    world.tell(Event::Tick);
                } else {
                    world.live(seconds);
                }
                let mut kept = Kept::default();
                world.notes().into_iter().for_each(|(second, changes)| kept.note(at(second).wall, changes));
                let (now, noted) = (at(world.now).wall, world.state.noted_at());
                for id in ["encryption", "insurability"] {
                    if let Some(said) = kept.now(id, noted, now) {
                        prop_assert_eq!(said, world.health(id), "{} at {}", id, world.now);
                    }
                }
            }
        }
    }
}
