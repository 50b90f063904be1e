//! Where a call goes: the platform's list, what failed here, and a person's own choice.
//!
//! Ours differ from the list only after a failure, for at least ten minutes, and go back by themselves.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::list::Service;

/// How long a route that was left after a failure stays left. Source: docs/architecture.md, "Continuity".
pub const STAY: SignedDuration = SignedDuration::from_mins(10);
/// So many good probes bring calls back to the address the list names.
pub const GOOD_PROBES: u8 = 2;

/// What came of one call, as far as the route is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered, with whatever words.
    Answered,
    /// Nobody answered, or the platform says that this zone cannot (SOA-02001, SOA-02002): the next address is tried.
    Switch,
    /// The token was refused (SOA-01001, SOA-01002): every other address would say the same.
    TokenRefused,
}

/// The codes of a platform fault that mean another zone may answer. Source: docs/reference/ehealth-bcp.md, section 4.
const SWITCHING: [&str; 2] = ["SOA-02001", "SOA-02002"];
/// Those that mean the token is not accepted.
const REFUSING: [&str; 2] = ["SOA-01001", "SOA-01002"];

impl Outcome {
    /// What a fault of this code means; every other one is an answer.
    #[must_use]
    pub fn of_fault(code: &str) -> Self {
        match code {
            _ if SWITCHING.contains(&code) => Self::Switch,
            _ if REFUSING.contains(&code) => Self::TokenRefused,
            _ => Self::Answered,
        }
    }
}

/// A route that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {
    /// The address.
    pub url: String,
    /// Their reason, in their own words.
    pub reason: String,
    /// When it ends.
    pub until: Timestamp,
}

/// Calls that go elsewhere than the list says, since something failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Moved {
    to: String,
    /// The list's address that was left.
    from: String,
    since: Timestamp,
    /// Good probes of `from` in a row.
    good: u8,
}

/// What is remembered of one service's route.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    manual: Option<Manual>,
    moved: Option<Moved>,
}

/// Who decided on the address that is called first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The platform's list.
    List,
    /// A failure on this PC.
    Failure,
    /// A person.
    Person,
}

/// The addresses to try, in their order, and who put the first one there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Each once; the first is the route in force.
    pub order: Vec<String>,
    /// Who put it first.
    pub by: By,
}

/// Where a call goes: a person's choice until its end, else away from what failed, else as the list says; then the others
/// by their order.
#[must_use]
pub fn choose(service: &Service, memory: &Memory, now: Timestamp) -> Route {
    let manual = memory.manual.as_ref().filter(|manual| now < manual.until).map(|manual| &manual.url);
    let moved = memory.standing(service).map(|moved| &moved.to);
    let known = |url: &&String| service.answers_at(url);
    let (first, by) = match (manual.filter(known), moved) {
        (Some(url), _) => (url, By::Person),
        (None, Some(url)) => (url, By::Failure),
        (None, None) => (&service.active().url, By::List),
    };
    let others = service.endpoints().iter().map(|endpoint| &endpoint.url).filter(|url| *url != first);
    Route { order: std::iter::once(first).chain(others).cloned().collect(), by }
}

impl Memory {
    /// A move stands as long as the list still names the address that was left, and knows the one that was taken.
    fn standing(&self, service: &Service) -> Option<&Moved> {
        let stands = |moved: &&Moved| moved.from == service.active().url && service.answers_at(&moved.to);
        self.moved.as_ref().filter(stands)
    }

    /// After a call to `url`. A switch signal of the route in force moves to the next address, cyclic; a failure of any
    /// other says nothing of it.
    #[must_use]
    pub fn called(self, service: &Service, url: &str, outcome: Outcome, now: Timestamp) -> Self {
        let route = choose(service, &self, now);
        let in_force = route.order.first().is_some_and(|first| first == url);
        if outcome != Outcome::Switch || !in_force || route.by == By::Person {
            return self;
        }
        let from = service.active().url.clone();
        let moved = match next_after(service, url) {
            // Round once: the list's own address gets its turn again.
            Some(to) if *to != from => Some(Moved { to: to.clone(), from, since: now, good: 0 }),
            _ => None,
        };
        Self { moved, ..self }
    }

    /// After a probe of `url`. Two good ones of the address that was left, once [`STAY`] is over, bring calls back.
    #[must_use]
    pub fn probed(mut self, url: &str, worked: bool, now: Timestamp) -> Self {
        let Some(moved) = self.moved.as_mut().filter(|moved| moved.from == url) else { return self };
        moved.good = if worked { moved.good.saturating_add(1) } else { 0 };
        // A clock that was set back must not keep calls away for longer.
        let stayed = now < moved.since || now.duration_since(moved.since) >= STAY;
        if moved.good >= GOOD_PROBES && stayed {
            self.moved = None;
        }
        self
    }

    /// After a person chose an address, or took the choice back.
    #[must_use]
    pub fn by_person(self, manual: Option<Manual>) -> Self {
        Self { manual, ..self }
    }

    /// The person's choice, as long as it lasts.
    #[must_use]
    pub fn manual(&self, now: Timestamp) -> Option<&Manual> {
        self.manual.as_ref().filter(|manual| now < manual.until)
    }

    /// Where calls go, or will go once a person's choice ends, since something failed; `None` where as the list says.
    #[must_use]
    pub fn away(&self, service: &Service) -> Option<&str> {
        self.standing(service).map(|moved| moved.to.as_str())
    }

    /// The address that was left and has to be probed before calls go back.
    #[must_use]
    pub fn to_probe(&self, service: &Service) -> Option<&str> {
        self.standing(service).map(|moved| moved.from.as_str())
    }
}

fn next_after<'a>(service: &'a Service, url: &str) -> Option<&'a String> {
    let urls = service.endpoints().iter().map(|endpoint| &endpoint.url);
    urls.cycle().skip_while(|known| *known != url).nth(1).filter(|next| *next != url)
}

#[cfg(test)]
mod tests {
    use super::super::list::tests::service;
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + 60 * minute).unwrap()
    }

    fn zone(order: u32) -> String {
        format!("https://zone{order}.test/Kgss/v1")
    }

    fn first(service: &Service, memory: &Memory, minute: i64) -> (String, By) {
        let route = choose(service, memory, at(minute));
        (route.order[0].clone(), route.by)
    }

    #[test]
    fn the_lists_active_address_comes_first_and_the_others_by_their_order() {
        let route = choose(&service(1, 3), &Memory::default(), at(0));
        assert_eq!(route, Route { order: vec![zone(1), zone(0), zone(2)], by: By::List });
    }

    #[test]
    fn a_switch_signal_moves_on_and_a_refused_token_does_not() {
        let service = service(0, 3);
        for (outcome, expected) in [
            (Outcome::Answered, (zone(0), By::List)),
            (Outcome::TokenRefused, (zone(0), By::List)),
            (Outcome::Switch, (zone(1), By::Failure)),
        ] {
            let memory = Memory::default().called(&service, &zone(0), outcome, at(0));
            assert_eq!(first(&service, &memory, 0), expected, "{outcome:?}");
        }
        assert_eq!(Outcome::of_fault("SOA-02001"), Outcome::Switch);
        assert_eq!(Outcome::of_fault("SOA-01002"), Outcome::TokenRefused);
        assert_eq!(Outcome::of_fault("SOA-03001"), Outcome::Answered);
    }

    #[test]
    fn a_late_failure_of_an_address_that_was_left_moves_nothing() {
        let service = service(0, 3);
        let memory = Memory::default().called(&service, &zone(0), Outcome::Switch, at(0));
        let again = memory.clone().called(&service, &zone(0), Outcome::Switch, at(0));
        assert_eq!(again, memory);
    }

    #[test]
    fn calls_go_back_after_ten_minutes_and_two_good_probes_in_a_row() {
        let service = service(0, 2);
        let moved = Memory::default().called(&service, &zone(0), Outcome::Switch, at(0));
        assert_eq!(moved.to_probe(&service), Some(zone(0).as_str()));
        let early = moved.clone().probed(&zone(0), true, at(3)).probed(&zone(0), true, at(6));
        assert_eq!(first(&service, &early, 6).1, By::Failure, "not before the ten minutes");
        let broken = early.clone().probed(&zone(0), false, at(9)).probed(&zone(0), true, at(12));
        assert_eq!(first(&service, &broken, 12).1, By::Failure, "one good probe is not two");
        assert_eq!(first(&service, &broken.probed(&zone(0), true, at(13)), 13), (zone(0), By::List));
        assert_eq!(first(&service, &early.probed(&zone(0), true, at(10)), 10), (zone(0), By::List));
    }

    #[test]
    fn a_list_that_names_another_address_decides_at_once() {
        let moved = Memory::default().called(&service(0, 3), &zone(0), Outcome::Switch, at(0));
        assert_eq!(first(&service(2, 3), &moved, 1), (zone(2), By::List));
        assert_eq!(first(&service(1, 3), &moved, 1), (zone(1), By::List));
    }

    #[test]
    fn with_every_address_failing_each_gets_its_turn_and_the_first_comes_round() {
        let service = service(0, 3);
        let (mut memory, mut seen) = (Memory::default(), vec![]);
        for minute in 0..4 {
            let (url, _) = first(&service, &memory, minute);
            memory = memory.called(&service, &url, Outcome::Switch, at(minute));
            seen.push(url);
        }
        assert_eq!(seen, [zone(0), zone(1), zone(2), zone(0)]);
    }

    #[test]
    fn a_persons_choice_holds_until_its_end_whatever_fails() {
        let service = service(0, 2);
        let manual = Manual { url: zone(1), reason: "asked by the helpdesk".into(), until: at(30) };
        let memory = Memory::default().by_person(Some(manual));
        let memory = memory.called(&service, &zone(1), Outcome::Switch, at(1));
        assert_eq!(first(&service, &memory, 29), (zone(1), By::Person));
        assert_eq!(first(&service, &memory, 30), (zone(0), By::List));
        let gone = Manual { url: "https://gone.test/".into(), reason: String::new(), until: at(30) };
        assert_eq!(first(&service, &Memory::default().by_person(Some(gone)), 0).1, By::List);
    }

    proptest! {
        #[test]
        fn every_address_is_in_the_order_once_and_the_way_back_is_always_open(
            active in 0u32..3,
            events in prop::collection::vec((0u32..3, 0u8..4, 0i64..30), 0..60),
        ) {
            let service = service(active, 3);
            let (mut memory, mut minute) = (Memory::default(), 0);
            for (url, what, later) in events {
                minute += later;
                memory = match what {
                    0 => memory.called(&service, &zone(url), Outcome::Switch, at(minute)),
                    1 => memory.called(&service, &zone(url), Outcome::TokenRefused, at(minute)),
                    other => memory.probed(&zone(url), other == 2, at(minute)),
                };
                let mut order = choose(&service, &memory, at(minute)).order;
                order.sort();
                prop_assert_eq!(order, vec![zone(0), zone(1), zone(2)]);
            }
            let left = service.active().url.clone();
            let back = memory.probed(&left, true, at(minute + 20)).probed(&left, true, at(minute + 21));
            prop_assert_eq!(choose(&service, &back, at(minute + 21)).by, By::List);
        }
    }
}
