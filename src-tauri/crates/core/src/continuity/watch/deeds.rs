//! What is done about routes: calls that move away after a failure and come back, and addresses that a person chooses.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::list::ServiceKey;
use super::super::record::Deed;
use super::super::route::Manual;
use super::{Effect, State};

/// What was done about the route of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Deed,
    /// Of which service.
    pub service: ServiceKey,
    /// The functions that rest on it.
    pub functions: Vec<String>,
    /// Where its calls go from then on; `None` where nobody knows it any more.
    pub to: Option<String>,
    /// The choice of a person that began, or ended.
    pub manual: Option<Manual>,
}

/// How the calls of a service went when that was written down last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// Away after a failure, to this address.
    away: Option<String>,
    /// As a person chose.
    chosen: Option<Manual>,
}

impl State {
    /// With the choices of an earlier run; one that ended meanwhile is written down as ended.
    #[must_use]
    pub fn with_chosen(mut self, chosen: BTreeMap<ServiceKey, Manual>) -> Self {
        for (key, manual) in chosen {
            let memory = self.routes.remove(&key).unwrap_or_default();
            self.routes.insert(key.clone(), memory.by_person(Some(manual.clone())));
            self.ways.insert(key, Way { away: None, chosen: Some(manual) });
        }
        self
    }

    /// The choices of a person that hold at `now`.
    #[must_use]
    pub fn chosen(&self, now: Timestamp) -> BTreeMap<ServiceKey, Manual> {
        let held = self.routes.iter().filter_map(|(key, memory)| Some((key, memory.manual(now)?)));
        held.map(|(key, manual)| (key.clone(), manual.clone())).collect()
    }

    /// When the next choice of a person ends.
    pub(super) fn choice_ends_at(&self) -> Option<Timestamp> {
        self.ways.values().filter_map(|way| way.chosen.as_ref()).map(|manual| manual.until).min()
    }

    /// What was done since this was asked last.
    pub(super) fn deeds(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut done = vec![];
        for (key, way) in self.ways_now(now) {
            let before = self.ways.insert(key.clone(), way.clone()).unwrap_or_default();
            let did = |at, what, manual| self.did(&key, at, what, manual, now);
            if before.away != way.away {
                let what = if way.away.is_some() { Deed::MovedAway } else { Deed::MovedBack };
                done.push(did(now, what, None));
            }
            match (before.chosen, way.chosen) {
                (before, Some(chosen)) if before.as_ref() != Some(&chosen) => {
                    done.push(did(now, Deed::RouteChosen, Some(chosen)));
                }
                (Some(left), None) => {
                    // It ended when it said, though that is seen only now.
                    done.push(did(left.until.min(now), Deed::RouteLeft, Some(left)));
                }
                _ => {}
            }
        }
        self.ways.retain(|_, way| *way != Way::default());
        let chosen = done.iter().any(|did| matches!(did.what, Deed::RouteChosen | Deed::RouteLeft));
        let mut effects: Vec<_> = done.into_iter().map(|did| Effect::Did(Box::new(did))).collect();
        if chosen {
            effects.push(Effect::KeepRoutes);
        }
        effects
    }

    /// How calls go now, of every service whose calls ever went otherwise than the list says.
    fn ways_now(&self, now: Timestamp) -> BTreeMap<ServiceKey, Way> {
        let found = self.found();
        let of = |key: &ServiceKey| {
            let memory = self.memory(key);
            let service = found.iter().find(|found| found.key == *key);
            let away = service.and_then(|found| memory.away(&found.service)).map(str::to_owned);
            Way { away, chosen: memory.manual(now).cloned() }
        };
        self.routes.keys().chain(self.ways.keys()).map(|key| (key.clone(), of(key))).collect()
    }

    fn did(
        &self,
        key: &ServiceKey,
        at: Timestamp,
        what: Deed,
        manual: Option<Manual>,
        now: Timestamp,
    ) -> Did {
        let rests = |function: &&super::super::plan::Function| {
            function.services(self.list()).iter().any(|found| found.key == *key)
        };
        let functions = self.plan.functions.iter().filter(rests).map(|function| function.id.clone());
        let to = self.route(key, now).and_then(|route| route.order.into_iter().next());
        Did { at, what, service: key.clone(), functions: functions.collect(), to, manual }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::route::{By, Outcome};
    use super::super::tests::{BACKUP, MAIN, World, at, plan};
    use super::super::{Event, deadline};
    use super::*;

    fn key() -> ServiceKey {
        ServiceKey("uddi:kgss".into())
    }

    fn choice(until: i64) -> Manual {
        Manual { url: BACKUP.into(), reason: "asked by the helpdesk".into(), until: at(until).wall }
    }

    fn told(world: &World) -> Vec<(Deed, Timestamp)> {
        world.did().into_iter().map(|did| (did.what, did.at)).collect()
    }

    fn kept(world: &World) -> usize {
        world.log.iter().filter(|(_, effect)| *effect == Effect::KeepRoutes).count()
    }

    #[test]
    fn calls_that_move_away_and_come_back_are_each_told_once() {
        let mut world = World::new(true);
        world.live(10);
        for _ in 0..3 {
            let failed = Event::Called { url: MAIN.into(), outcome: Outcome::Switch, reached: true };
            world.tell(failed);
        }
        world.live(1_500);
        let did = world.did();
        let whats: Vec<_> = did.iter().map(|did| (did.what, did.to.as_deref())).collect();
        assert_eq!(whats, [(Deed::MovedAway, Some(BACKUP)), (Deed::MovedBack, Some(MAIN))]);
        assert!(did.iter().all(|did| did.functions == ["encryption"] && did.service == key()));
        assert_eq!(kept(&world), 0, "a person chose nothing");
    }

    #[test]
    fn a_choice_is_told_and_kept_and_ends_by_itself_at_its_end() {
        let mut world = World::new(true);
        world.live(10);
        world.tell(Event::Chosen { key: key(), manual: Some(choice(130)) });
        assert_eq!(told(&world), [(Deed::RouteChosen, at(10).wall)]);
        assert_eq!(world.state.chosen(at(10).wall).get(&key()), Some(&choice(130)));
        assert_eq!(deadline(&world.state), Some(at(130).wall), "it is noticed when it ends");
        world.live(400);
        assert_eq!(told(&world)[1..], [(Deed::RouteLeft, at(130).wall)]);
        assert_eq!((world.state.chosen(at(world.now).wall).len(), kept(&world)), (0, 2));
        assert_eq!(world.state.route(&key(), at(world.now).wall).unwrap().by, By::List);
    }

    #[test]
    fn a_choice_that_is_changed_or_taken_back_is_told_when_that_is_done() {
        let mut world = World::new(true);
        world.live(10);
        for manual in [Some(choice(900)), Some(choice(900)), Some(choice(1_800)), None] {
            world.now += 10;
            world.tell(Event::Chosen { key: key(), manual });
        }
        let expected = [(Deed::RouteChosen, 20), (Deed::RouteChosen, 40), (Deed::RouteLeft, 50)]
            .map(|(what, s)| (what, at(s).wall));
        assert_eq!(told(&world), expected);
    }

    #[test]
    fn a_choice_is_found_after_a_restart_and_one_that_ended_meanwhile_is_told_as_ended() {
        let start = |until| State::new(plan(true)).with_chosen([(key(), choice(until))].into());
        let mut world = World::new(true);
        world.log.clear();
        world.state = start(5_000);
        world.now = 1_000;
        world.tell(Event::Tick);
        assert_eq!(told(&world), []);
        assert_eq!(world.state.route(&key(), at(1_000).wall).unwrap().by, By::Person);
        world.state = start(500);
        world.tell(Event::Tick);
        assert_eq!(told(&world), [(Deed::RouteLeft, at(500).wall)]);
        assert_eq!(kept(&world), 1);
    }
}
