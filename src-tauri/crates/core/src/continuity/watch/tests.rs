mod cut_off;
mod gentle;
mod lists;

use proptest::prelude::*;

use super::super::judge;
use super::super::list::{Endpoint, Service};
use super::super::plan::{Function, Target, host};
use super::*;
use crate::code::Code;

pub(in super::super) const MAIN: &str = "https://platform.test/Kgss/v1";
pub(in super::super) const BACKUP: &str = "https://third.test/Kgss/v1";
pub(in super::super) const INSURED: &str = "https://platform.test/Insurability/v2";
pub(in super::super) const DIRECT: &str = "https://insurers.test:9443/ehealth/bcp/insurability";

/// The platform with its list, and nobody else.
const PLATFORM: [&str; 2] = ["platform.test", "third.test"];

pub(in super::super) fn at(second: i64) -> Moment {
    Moment {
        wall: Timestamp::from_second(1_000_000 + second).unwrap(),
        boot: SignedDuration::from_secs(second),
    }
}

fn function(id: &str, key: &str, default: &str, direct: Option<&str>) -> Function {
    let target = Target {
        key: ServiceKey(key.into()),
        default: Some(default.into()),
        direct: direct.map(str::to_owned),
    };
    Function { id: id.into(), targets: vec![target], insurers: direct.is_some(), rungs: vec![] }
}

pub(in super::super) fn plan(lists: bool) -> Arc<Plan> {
    let insured = function("insurability", "uddi:ins", INSURED, Some("/ehealth/bcp/insurability"));
    Arc::new(Plan {
        list_every: lists.then(|| SignedDuration::from_mins(5)),
        functions: vec![function("encryption", "uddi:kgss", MAIN, None), insured],
    })
}

fn service(key: &str, urls: [&str; 2], active: usize) -> Service {
    let endpoint = |(order, url): (usize, &&str)| Endpoint {
        order: order as u32,
        url: (*url).to_owned(),
        active: order == active,
    };
    let endpoints = urls.iter().enumerate().map(endpoint).collect();
    Service::new(ServiceKey(key.into()), key.into(), endpoints).unwrap()
}

/// A list issued at a second that names these as active.
pub(in super::super) fn list(issued: i64, kgss: usize, insured: usize) -> Arc<ServiceList> {
    let services =
        vec![service("uddi:kgss", [MAIN, BACKUP], kgss), service("uddi:ins", [INSURED, DIRECT], insured)];
    let digest = [issued as u8 ^ (kgss as u8) << 6 ^ (insured as u8) << 7; 32];
    Arc::new(ServiceList { issued_at: at(issued).wall, digest, services })
}

/// A world in which hosts answer or do not, driven by the deadlines of the machine alone.
pub(in super::super) struct World {
    pub state: State,
    pub now: i64,
    pub dead: BTreeSet<&'static str>,
    pub list: Looked,
    pub list_dead: bool,
    /// A service that comes and goes: its address, and for how many seconds each.
    pub flaps: Option<(&'static str, i64)>,
    pub chance: Chance,
    pub log: Vec<(i64, Effect)>,
}

impl World {
    pub fn new(lists: bool) -> Self {
        let list = Looked::New { list: list(0, 0, 0), hash: "one".into(), skipped: 0 };
        let state = State::new(plan(lists));
        let (dead, chance) = (BTreeSet::new(), Chance::EVEN);
        let mut world =
            Self { state, now: 0, dead, list, list_dead: false, flaps: None, chance, log: vec![] };
        world.tell(Event::InUse(true));
        world
    }

    pub fn tell(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let state = std::mem::replace(&mut self.state, State::new(plan(true)));
            let (state, effects) = next(state, event, at(self.now));
            self.state = state;
            for effect in effects {
                events.extend(self.answer(&effect));
                self.log.push((self.now, effect));
            }
        }
    }

    fn answer(&mut self, effect: &Effect) -> Option<Event> {
        let chance = self.chance;
        match effect {
            Effect::LookAtList { .. } if self.list_dead => {
                let looked = Looked::Unreached(Code::STS_UNREACHABLE.into());
                Some(Event::ListLooked { looked, wait: None, chance })
            }
            Effect::LookAtList { known } => {
                let same =
                    matches!((&self.list, known), (Looked::New { hash, .. }, Some(known)) if hash == known);
                let looked = if same { Looked::Same } else { self.list.clone() };
                Some(Event::ListLooked { looked, wait: None, chance })
            }
            Effect::Probe { url } => {
                let gone = self.flaps.is_some_and(|(flaps, each)| flaps == url && self.now / each % 2 == 1);
                let heard = match self.dead.contains(host(url)) {
                    true => Heard::Unreached,
                    false if gone => Heard::Fails { wait: None },
                    false => Heard::Answers,
                };
                Some(Event::Probed { url: url.clone(), heard, chance })
            }
            _ => None,
        }
    }

    /// Lives on, awake at the machine's own deadlines only.
    pub fn live(&mut self, seconds: i64) {
        let end = self.now + seconds;
        // A moment within a second is over when that second is.
        let second = |due: Timestamp| (due.as_millisecond() + 999).div_euclid(1_000) - 1_000_000;
        while let Some(due) = deadline(&self.state).map(second) {
            if due > end {
                break;
            }
            assert!(due > self.now, "it would spin at {}", self.now);
            self.now = due;
            self.tell(Event::Tick);
        }
        self.now = end;
        self.tell(Event::Tick);
    }

    pub fn health(&self, id: &str) -> Health {
        let function = self.state.plan().functions.iter().find(|function| function.id == id).unwrap();
        judge::health(&self.state, function, at(self.now).wall)
    }

    /// What was written down of a function.
    fn noted(&self, id: &str) -> Vec<Health> {
        let noted = self.notes().into_iter().flat_map(|(_, changes)| changes);
        noted.filter(|noted| noted.function == id).map(|noted| noted.change.health).collect()
    }

    /// What was written down, and when.
    pub fn notes(&self) -> Vec<(i64, &Vec<Noted>)> {
        let mut notes = vec![];
        for (at, effect) in &self.log {
            if let Effect::Noted { changes, .. } = effect {
                notes.push((*at, changes));
            }
        }
        notes
    }

    /// What was done about routes.
    pub fn did(&self) -> Vec<&Did> {
        let mut done = vec![];
        for (_, effect) in &self.log {
            if let Effect::Did(did) = effect {
                done.push(&**did);
            }
        }
        done
    }

    fn probes(&self, url: &str) -> Vec<i64> {
        let of = |(at, effect): &(i64, Effect)| {
            matches!(effect, Effect::Probe { url: probed } if probed == url).then_some(*at)
        };
        self.log.iter().filter_map(of).collect()
    }

    fn lists(&self) -> Vec<i64> {
        let of = |(at, effect): &(i64, Effect)| matches!(effect, Effect::LookAtList { .. }).then_some(*at);
        self.log.iter().filter_map(of).collect()
    }
}

#[test]
fn a_good_hour_looks_at_the_list_and_the_active_addresses_every_five_minutes_and_at_no_insurer() {
    let mut world = World::new(true);
    world.live(3_600);
    assert_eq!(world.lists(), (0..=12).map(|n| n * 300).collect::<Vec<_>>());
    assert_eq!(world.probes(MAIN), (0..=12).map(|n| n * 300).collect::<Vec<_>>());
    assert_eq!((world.probes(BACKUP), world.probes(DIRECT)), (vec![], vec![]));
    assert_eq!(
        (world.health("encryption"), world.health("insurability")),
        (Health::Operational, Health::Operational)
    );
}

#[test]
fn an_idle_pc_looks_at_services_every_fifteen_minutes_and_at_once_when_somebody_comes() {
    let mut world = World::new(true);
    world.tell(Event::InUse(false));
    world.live(3_600);
    assert_eq!(world.probes(MAIN), [0, 900, 1_800, 2_700, 3_600]);
    assert_eq!(world.health("encryption"), Health::Operational);
    world.live(600);
    world.tell(Event::InUse(true));
    assert_eq!(world.probes(MAIN).last(), Some(&4_200));
}

#[test]
fn a_service_moved_by_the_platform_is_on_backup_with_the_next_look_and_normal_again_with_another() {
    let mut world = World::new(true);
    world.live(400);
    world.list = Looked::New { list: list(400, 1, 0), hash: "two".into(), skipped: 0 };
    world.live(300);
    assert_eq!(
        (world.health("encryption"), world.health("insurability")),
        (Health::OnBackup, Health::Operational)
    );
    world.list = Looked::New { list: list(700, 0, 0), hash: "three".into(), skipped: 0 };
    world.live(300);
    assert_eq!(world.health("encryption"), Health::Operational);
    let (up, backup) = (Health::Operational, Health::OnBackup);
    assert_eq!(world.noted("encryption"), [up, backup, up]);
}

#[test]
fn a_dead_main_address_is_looked_at_every_minute_and_the_insurers_are_asked_soon() {
    let mut world = World::new(true);
    world.live(100);
    world.dead.insert("platform.test");
    world.live(200 + 121);
    assert_eq!(world.probes(INSURED)[1..], [300, 360, 420]);
    assert_eq!(world.probes(DIRECT)[0], 305);
    assert_eq!(
        (world.health("insurability"), world.health("encryption")),
        (Health::OnBackup, Health::OnBackup)
    );
    world.dead.clear();
    world.live(1_200);
    assert_eq!(world.health("insurability"), Health::Operational);
    let asked = world.probes(DIRECT).len();
    world.live(3_600);
    assert_eq!(world.probes(DIRECT).len(), asked, "nobody asks the insurers of a platform that works");
}

#[test]
fn a_call_that_failed_and_was_not_made_again_sends_nobody_to_the_insurers_once_it_is_old() {
    let mut world = World::new(true);
    world.live(100);
    world.tell(Event::Called { url: INSURED.into(), outcome: Outcome::Switch, reached: true });
    world.live(1_500);
    let asked = world.probes(DIRECT).len();
    assert!(asked > 0, "the road of the platform was in doubt");
    world.live(7_200);
    assert_eq!(world.probes(DIRECT).len(), asked, "every look at the platform was answered since");
    world.tell(Event::Called { url: INSURED.into(), outcome: Outcome::Answered, reached: true });
    assert!(!world.state.calls.is_empty(), "what was called is still told with its age");
}

#[test]
fn one_good_look_is_followed_by_another_one_soon_so_that_what_is_back_is_told_at_once() {
    let mut world = World::new(true);
    world.live(10);
    world.dead.insert("platform.test");
    world.live(600);
    world.dead.clear();
    let mended = world.now;
    while world.health("encryption") != Health::Operational {
        world.live(10);
    }
    assert!(world.now - mended <= 300 + 60 + 10, "{} s later", world.now - mended);
    let looks: Vec<_> = world.probes(MAIN).into_iter().filter(|at| *at > mended).collect();
    assert_eq!(looks[1] - looks[0], 60);
}

#[test]
fn a_service_that_comes_and_goes_every_four_minutes_is_called_so() {
    let mut unstable = 0;
    for chance in (0..=255).step_by(15) {
        let mut world = World::new(true);
        (world.flaps, world.chance) = (Some((INSURED, 240)), Chance(chance));
        let end = world.now + 3_600;
        while world.now < end && world.health("insurability") != Health::Unstable {
            world.live(60);
        }
        unstable += usize::from(world.now < end);
        assert_ne!(world.health("encryption"), Health::Unstable);
        // Once it stays, it is looked at no more often than anything else.
        world.flaps = None;
        world.live(3_600);
        assert_eq!(world.health("insurability"), Health::Operational);
        let before = world.probes(INSURED).len();
        world.live(3_600);
        assert!(world.probes(INSURED).len() - before <= 16);
    }
    assert_eq!(unstable, 18);
}

#[test]
fn pauses_grow_while_a_host_stays_dead() {
    let mut world = World::new(true);
    world.dead.insert("platform.test");
    world.live(1_200);
    assert_eq!(world.probes(MAIN), [0, 300, 360, 420, 480, 600, 840, 1_140]);
}

#[test]
fn answers_that_are_taken_together_teach_what_they_teach_one_after_another() {
    let answers = |heard: Heard| {
        [MAIN, INSURED].map(|url| Event::Probed { url: url.into(), heard, chance: Chance::EVEN })
    };
    let mut state = State::new(plan(false));
    (state, _) = next(state, Event::InUse(true), at(0));
    let (mut together, mut apart) = (state.clone(), state);
    for (second, heard) in [(1, Heard::Answers), (400, Heard::Fails { wait: None }), (800, Heard::Answers)] {
        (together, _) = next_all(together, answers(heard), at(second));
        for answer in answers(heard) {
            (apart, _) = next(apart, answer, at(second));
        }
        assert_eq!(together.probes, apart.probes, "after {second} s");
        assert_eq!(together.seen, apart.seen);
    }
}
