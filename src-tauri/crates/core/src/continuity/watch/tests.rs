use proptest::prelude::*;

use super::super::judge;
use super::super::list::{Endpoint, Service};
use super::super::plan::{Function, Target};
use super::*;

pub(in super::super) const MAIN: &str = "https://platform.test/Kgss/v1";
pub(in super::super) const BACKUP: &str = "https://third.test/Kgss/v1";
pub(in super::super) const INSURED: &str = "https://platform.test/Insurability/v2";
pub(in super::super) const DIRECT: &str = "https://insurers.test:9443/ehealth/bcp/insurability";

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
fn a_pc_that_reaches_nothing_claims_nothing_and_asks_one_host_after_another_whether_it_is_back() {
    let mut world = World::new(true);
    world.live(1_000);
    world.dead = ["platform.test", "third.test", "insurers.test:9443"].into();
    world.list_dead = true;
    world.live(300);
    assert!(world.state.offline_since().is_some());
    assert_eq!(
        (world.health("encryption"), world.health("insurability")),
        (Health::Unknown, Health::Unknown)
    );
    let from = world.now;
    world.live(3_600);
    let asked: Vec<_> = world.log.iter().filter(|(at, _)| *at > from).filter_map(probed).collect();
    assert!((50..=61).contains(&asked.len()), "{}", asked.len());
    let hosts = |asked: &[&str]| asked.iter().map(|url| host(url).to_owned()).collect::<BTreeSet<_>>().len();
    assert!(asked.windows(3).all(|three| hosts(three) == 3), "one after another: {asked:?}");
    (world.list_dead, world.dead) = (false, BTreeSet::new());
    world.live(80);
    assert_eq!(world.state.offline_since(), None);
    assert_eq!(world.health("encryption"), Health::Operational);
}

#[test]
fn a_list_of_an_earlier_run_is_no_contact_of_this_one() {
    let mut world = World::new(true);
    let held = Held { list: list(0, 0, 0), hash: Some("one".into()), answered_at: at(0).wall, skipped: 0 };
    world.state = State::new(plan(true)).with(Some(held));
    world.list_dead = true;
    world.dead = ["platform.test", "third.test", "insurers.test:9443"].into();
    world.tell(Event::Tick);
    world.live(5);
    assert_eq!(world.state.reached_at(), None);
    world.dead.clear();
    world.live(100);
    assert!(world.state.reached_at().is_some_and(|at_last| at_last > at(5).wall));
}

fn probed((_, effect): &(i64, Effect)) -> Option<&str> {
    match effect {
        Effect::Probe { url } => Some(url),
        _ => None,
    }
}

/// The platform with its list, and nobody else.
const PLATFORM: [&str; 2] = ["platform.test", "third.test"];

#[test]
fn a_platform_that_is_gone_with_its_list_is_no_cut_cable_whichever_failed_first() {
    for (list_first, later) in [(true, 0), (true, 130), (false, 130)] {
        let mut world = World::new(true);
        world.live(290);
        world.list_dead = list_first;
        world.dead = if list_first && later > 0 { [].into() } else { PLATFORM.into() };
        world.live(later);
        (world.list_dead, world.dead) = (true, PLATFORM.into());
        world.live(900);
        assert_eq!(world.state.offline_since(), None, "{list_first} {later}");
        assert_eq!(
            (world.health("encryption"), world.health("insurability")),
            (Health::Down, Health::OnBackup),
            "{list_first} {later}"
        );
        world.dead.insert("insurers.test:9443");
        world.live(900);
        assert!(world.state.offline_since().is_some(), "now it cannot be told from a cut cable");
    }
}

#[test]
fn a_cable_that_comes_back_to_a_dead_platform_is_noticed_by_the_insurers_host() {
    let mut world = World::new(true);
    world.live(1_000);
    world.dead = [PLATFORM[0], PLATFORM[1], "insurers.test:9443"].into();
    world.list_dead = true;
    world.live(1_000);
    assert!(world.state.offline_since().is_some());
    world.dead = PLATFORM.into();
    world.live(600);
    assert_eq!(world.state.offline_since(), None);
    assert_eq!((world.health("encryption"), world.health("insurability")), (Health::Down, Health::OnBackup));
}

#[test]
fn a_host_that_failed_long_ago_is_no_witness_of_a_cut_cable() {
    let mut world = World::new(true);
    world.live(100);
    world.dead = ["platform.test", "insurers.test:9443"].into();
    world.live(1_000);
    world.dead.clear();
    world.live(2_000);
    (world.list_dead, world.dead) = (true, PLATFORM.into());
    world.live(900);
    assert_eq!(world.state.offline_since(), None);
    assert_eq!(world.health("insurability"), Health::OnBackup);
}

#[test]
fn one_dead_platform_is_no_cut_cable_while_the_list_answers() {
    let mut world = World::new(true);
    world.live(100);
    world.dead = ["platform.test", "third.test", "insurers.test:9443"].into();
    world.live(900);
    assert_eq!(world.state.offline_since(), None);
    assert_eq!(world.health("encryption"), Health::Down);
}

#[test]
fn a_list_nobody_should_believe_changes_nothing_and_is_told_once() {
    let mut world = World::new(true);
    world.live(100);
    world.list = Looked::Refused(Code::LIST_OTHER_ENVIRONMENT.into());
    world.live(600);
    assert_eq!(world.state.held().unwrap().hash.as_deref(), Some("one"));
    let told = world.log.iter().filter(|(_, effect)| matches!(effect, Effect::ListRefused(_))).count();
    assert_eq!((told, world.state.list_problem().map(|(_, refused)| refused)), (1, Some(true)));
    world.list = Looked::New { list: list(-60, 1, 1), hash: "old".into(), skipped: 0 };
    world.live(300);
    assert_eq!(world.state.list_problem().unwrap().0.code, Code::LIST_OLDER);
    assert_eq!(world.health("encryption"), Health::Operational);
}

#[test]
fn a_list_older_than_a_kept_one_that_a_slow_clock_cannot_use_is_not_taken() {
    let mut world = World::new(true);
    world.state = State::new(plan(true)).not_before(Some(list(5_000, 1, 0)));
    world.list = Looked::New { list: list(4_000, 0, 0), hash: "replayed".into(), skipped: 0 };
    world.tell(Event::Tick);
    world.live(400);
    assert_eq!(world.state.held(), None);
    assert_eq!(world.state.list_problem().unwrap().0.code, Code::LIST_OLDER);
    world.list = Looked::New { list: list(6_000, 0, 0), hash: "new".into(), skipped: 0 };
    world.live(400);
    assert_eq!(world.state.held().unwrap().hash.as_deref(), Some("new"));
}

#[test]
fn a_hash_that_runs_ahead_of_its_list_is_asked_for_again() {
    let mut world = World::new(true);
    world.live(100);
    world.list = Looked::New { list: list(0, 0, 0), hash: "two".into(), skipped: 0 };
    world.live(300);
    assert_eq!(world.state.held().unwrap().hash.as_deref(), Some("one"));
    world.list = Looked::New { list: list(400, 1, 0), hash: "two".into(), skipped: 0 };
    world.live(300);
    assert_eq!(world.health("encryption"), Health::OnBackup);
}

#[test]
fn a_kept_list_that_is_not_believed_is_told_until_a_good_one_comes() {
    let mut world = World::new(true);
    world.state = State::new(plan(true));
    world.list = Looked::Failed(Code::LIST_NOT_FETCHED.into());
    world.tell(Event::KeptRefused(Code::XML_SIGNATURE.into()));
    world.live(400);
    assert_eq!(
        world.state.list_problem(),
        Some((&Code::XML_SIGNATURE.into(), true)),
        "there is no other list"
    );
    assert_eq!(world.state.troubles(), [&Code::XML_SIGNATURE.into()]);
    world.list = Looked::New { list: list(0, 0, 0), hash: "one".into(), skipped: 0 };
    world.live(400);
    assert_eq!((world.state.list_problem(), world.state.troubles()), (None, vec![]));
}

#[test]
fn a_list_that_somebody_wants_is_looked_at_at_once_but_not_against_the_hosts_wish() {
    let looks = |world: &World| {
        world.log.iter().filter(|(_, effect)| matches!(effect, Effect::LookAtList { .. })).count()
    };
    let mut world = World::new(true);
    world.live(10);
    let before = (looks(&world), world.state.list_looks());
    world.tell(Event::ListWanted);
    assert_eq!((looks(&world), world.state.list_looks()), (before.0 + 1, before.1 + 1));
    let looked = Looked::Failed(Code::LIST_NOT_FETCHED.into());
    let wait = Some(SignedDuration::from_mins(20));
    world.tell(Event::ListLooked { looked, wait, chance: Chance::EVEN });
    world.tell(Event::ListWanted);
    assert_eq!(looks(&world), before.0 + 1);
}

fn announced(functions: &[&str], from: i64, until: i64) -> Event {
    let functions = functions.iter().map(|name| (*name).to_owned()).collect();
    let (words, source) = ("new version".to_owned(), "a mail".to_owned());
    Event::Announced(Ok(
        [Announced { functions, from: at(from).wall, until: at(until).wall, words, source }].into()
    ))
}

#[test]
fn what_was_announced_is_no_outage_while_it_lasts_and_one_after() {
    let mut world = World::new(true);
    world.live(10);
    world.tell(announced(&["encryption"], 600, 2_400));
    world.live(600);
    assert_eq!(world.health("encryption"), Health::Operational, "what works is said to work");
    world.dead = ["platform.test", "third.test"].into();
    world.live(600);
    assert_eq!(world.health("encryption"), Health::Planned);
    assert_eq!(world.health("insurability"), Health::OnBackup, "nobody spoke of it");
    let noted = world.log.iter().filter_map(|(_, effect)| match effect {
        Effect::Noted { changes, .. } => Some(changes),
        _ => None,
    });
    let planned = |one: &&Noted| one.function == "encryption" && one.change.health == Health::Planned;
    assert_eq!(noted.flatten().filter(planned).count(), 1, "the history has it");
    world.live(1_500);
    assert_eq!(world.health("encryption"), Health::Down);
}

#[test]
fn announcements_that_cannot_be_read_take_nothing_away_and_are_told() {
    let mut world = World::new(true);
    world.tell(announced(&[], 0, 5_000));
    world.tell(Event::Announced(Err(Code::ANNOUNCED_INVALID.into())));
    assert!(world.state.announced("encryption", at(100).wall).is_some());
    assert_eq!(world.state.troubles(), [&Code::ANNOUNCED_INVALID.into()]);
    world.tell(Event::Announced(Ok(Arc::default())));
    assert_eq!((world.state.announced("encryption", at(100).wall), world.state.troubles().len()), (None, 0));
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

#[test]
fn what_a_host_asks_for_is_waited_for() {
    let mut world = World::new(true);
    let wait = Some(SignedDuration::from_mins(20));
    world.tell(Event::Probed { url: MAIN.into(), heard: Heard::Fails { wait }, chance: Chance(0) });
    world.live(1_300);
    assert_eq!(world.probes(MAIN), [0, 1_200]);
}

#[test]
fn one_that_answers_and_asks_to_be_left_alone_works_and_is_left_alone() {
    let mut world = World::new(true);
    let wait = SignedDuration::from_mins(20);
    world.tell(Event::Probed { url: MAIN.into(), heard: Heard::Busy { wait }, chance: Chance::EVEN });
    assert_eq!(world.health("encryption"), Health::Operational);
    world.live(1_190);
    assert_eq!(world.probes(MAIN), [0]);
    world.live(20);
    assert_eq!(world.probes(MAIN), [0, 1_200]);
}

#[test]
fn what_a_host_asked_for_outlives_a_cut_cable_and_a_move_of_the_service() {
    let wait = Some(SignedDuration::from_mins(50));
    let asked =
        |url: &str| Event::Probed { url: url.into(), heard: Heard::Fails { wait }, chance: Chance::EVEN };
    let mut world = World::new(true);
    world.live(10);
    world.tell(asked(MAIN));
    let silent = [PLATFORM[0], PLATFORM[1], "insurers.test:9443"];
    (world.list_dead, world.dead) = (true, silent.into());
    world.live(900);
    (world.list_dead, world.dead) = (false, BTreeSet::new());
    world.live(900);
    assert_eq!(world.state.offline_since(), None);
    assert_eq!(world.probes(MAIN), [0]);
    // Now the list moves the service away and back.
    for active in [1, 0] {
        let hash = format!("moved {active}");
        world.list = Looked::New { list: list(world.now, active, 0), hash, skipped: 0 };
        world.live(400);
    }
    assert_eq!(world.probes(MAIN), [0]);
    world.live(1_000);
    assert!(world.probes(MAIN).len() > 1);
}

#[test]
fn the_first_looks_of_a_doubt_are_not_made_by_every_pc_at_the_same_instant() {
    let first = |chance| {
        let mut world = World::new(true);
        world.chance = Chance(chance);
        world.live(1_000);
        world.tell(Event::Called { url: INSURED.into(), outcome: Outcome::Switch, reached: true });
        world.live(60);
        world.probes(DIRECT)[0] - 1_000
    };
    let all: BTreeSet<_> = (0..=255).step_by(51).map(first).collect();
    assert!(all.len() >= 5 && all.iter().all(|at| (0..=10).contains(at)), "{all:?}");
}

#[test]
fn what_is_wanted_while_a_look_is_under_way_is_looked_at_after_it() {
    let (state, effects) = next(State::new(plan(true)), Event::Tick, at(0));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::LookAtList { .. })));
    let failed = Event::Called { url: MAIN.into(), outcome: Outcome::Switch, reached: true };
    let (state, _) = next(state, failed, at(1));
    let looked = Looked::New { list: list(0, 0, 0), hash: "one".into(), skipped: 0 };
    let (state, _) = next(state, Event::ListLooked { looked, wait: None, chance: Chance::EVEN }, at(2));
    let again = |state: State, second| {
        let (_, effects) = next(state, Event::Tick, at(second));
        effects.iter().any(|effect| matches!(effect, Effect::LookAtList { .. }))
    };
    assert!(!again(state.clone(), 61));
    assert!(again(state, 62), "the look that was under way may have come too early");
}

#[test]
fn a_look_of_a_sign_in_moves_the_route_beats_the_pulse_of_looks_and_ends_no_look_of_the_watch() {
    let (state, effects) = next(State::new(plan(true)), Event::Tick, at(0));
    assert!(effects.contains(&Effect::Probe { url: INSURED.into() }));
    let passed = |outcome| Event::PassedBy { url: INSURED.into(), outcome, reached: true };
    let (state, effects) = next(state, passed(Outcome::Answered), at(1));
    assert!(
        effects.iter().all(|effect| !matches!(effect, Effect::Probe { .. })),
        "one look at a host at a time"
    );
    assert!(state.looks[INSURED].under_way());
    assert_eq!(state.probes[INSURED].health(at(1).wall), Health::Operational);
    assert!(state.calls.is_empty(), "nobody called anybody");
    let looked = Looked::New { list: list(0, 0, 0), hash: "one".into(), skipped: 0 };
    let (state, _) = next(state, Event::ListLooked { looked, wait: None, chance: Chance::EVEN }, at(2));
    let (state, _) = next(state, passed(Outcome::Switch), at(3));
    let key = ServiceKey("uddi:ins".into());
    assert_eq!(state.route(&key, at(3).wall).unwrap().order, [DIRECT, INSURED]);
    assert!(state.calls.is_empty());
}

#[test]
fn a_call_that_failed_moves_the_route_and_the_road_back_is_probed() {
    let mut world = World::new(true);
    world.live(10);
    let key = ServiceKey("uddi:kgss".into());
    world.tell(Event::Called { url: MAIN.into(), outcome: Outcome::Switch, reached: false });
    assert_eq!(world.state.route(&key, at(10).wall).unwrap().order, [BACKUP, MAIN]);
    world.live(1_500);
    assert_eq!(world.state.route(&key, at(world.now).wall).unwrap().order, [MAIN, BACKUP]);
}

#[test]
fn a_clock_that_is_set_back_puts_no_look_off() {
    let mut world = World::new(true);
    let back = Moment { wall: at(-7_200).wall, boot: SignedDuration::from_secs(301) };
    let (_, effects) = next(world.state, Event::Tick, back);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::LookAtList { .. })));
    world.state = State::new(plan(true));
}

#[test]
fn whoever_wants_to_know_now_is_told_after_as_many_looks_as_ever_and_leaves_alone_who_asked_for_it() {
    let mut world = World::new(true);
    world.live(100);
    let (lists, probes) = (world.lists().len(), world.probes(MAIN).len());
    world.dead.insert("platform.test");
    let wanted = || Event::Wanted { after: SignedDuration::from_secs(2) };
    for looks in 1..=3 {
        assert_eq!(world.health("encryption"), Health::Operational, "after {} looks", looks - 1);
        world.tell(wanted());
        assert_eq!(world.probes(MAIN).len(), probes + looks);
        world.live(3);
    }
    assert_eq!(world.health("encryption"), Health::OnBackup);
    assert!(world.lists().len() >= lists + 3);
    world.tell(wanted());
    world.tell(wanted());
    assert_eq!(world.probes(MAIN).len(), probes + 4, "it was looked at just now");
    world.live(2);
    assert_eq!(world.probes(MAIN).len(), probes + 5, "and is once that is no longer so");

    let wait = Some(SignedDuration::from_mins(10));
    let looked = Looked::Failed(Code::LIST_NOT_FETCHED.into());
    world.tell(Event::ListLooked { looked, wait, chance: Chance::EVEN });
    let lists = world.lists().len();
    world.tell(Event::Wanted { after: SignedDuration::ZERO });
    world.live(300);
    assert_eq!(world.lists().len(), lists);
}

fn many(hosts: usize, of_each: usize) -> Arc<Plan> {
    let url = |n: usize| format!("https://host{}.test/{n}", n % hosts);
    let functions = (0..hosts * of_each).map(|n| function(&n.to_string(), &format!("k{n}"), &url(n), None));
    Arc::new(Plan { list_every: None, functions: functions.collect() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_host_is_asked_one_thing_at_a_time_and_never_too_many_at_once_nor_in_vain(
        hosts in 1usize..130, of_each in 1usize..3,
        answers in prop::collection::vec((any::<prop::sample::Index>(), 0u8..4, 0i64..120), 0..120),
    ) {
        let mut under_way: Vec<String> = vec![];
        let (mut state, mut second) = (State::new(many(hosts, of_each)), 0);
        let mut events = vec![Event::InUse(true)];
        for (which, what, later) in answers {
            for event in events.drain(..) {
                let (after, effects) = next(state, event, at(second));
                state = after;
                under_way.extend(effects.into_iter().filter_map(|it| match it {
                    Effect::Probe { url } => Some(url),
                    _ => None,
                }));
                let asked: BTreeSet<_> = under_way.iter().map(|url| host(url)).collect();
                prop_assert_eq!(asked.len(), under_way.len());
                prop_assert!(under_way.len() <= AT_ONCE);
                prop_assert!(deadline(&state).is_none_or(|due| due > at(second).wall));
            }
            second += later;
            events.push(Event::Tick);
            if !under_way.is_empty() {
                let url = under_way.swap_remove(which.index(under_way.len()));
                let heard = match what {
                    0 => Heard::Unreached,
                    1 => Heard::Fails { wait: Some(SignedDuration::from_secs(90)) },
                    _ => Heard::Answers,
                };
                events.push(Event::Probed { url, heard, chance: Chance(what * 60) });
            }
            if state.offline_since().is_some() {
                let all = &state.plan().functions;
                prop_assert!(all.iter().all(|it| judge::health(&state, it, at(second).wall) == Health::Unknown));
            }
        }
    }

    #[test]
    fn any_weather_wakes_the_pc_at_most_every_twenty_seconds_on_average(
        dead in prop::collection::vec((0usize..4, any::<bool>(), 1i64..4_000), 0..20), used: bool,
    ) {
        let names = ["platform.test", "third.test", "insurers.test:9443"];
        let mut world = World::new(true);
        world.tell(Event::InUse(used));
        for (which, dies, seconds) in dead {
            match names.get(which) {
                Some(name) if dies => drop(world.dead.insert(name)),
                Some(name) => drop(world.dead.remove(name)),
                None => world.list_dead = dies,
            }
            world.live(seconds);
        }
        world.live(3_600);
        let moments: BTreeSet<_> = world.log.iter().map(|(at, _)| *at).collect();
        prop_assert!(moments.len() as i64 <= 6 + world.now / 20, "{} in {} s", moments.len(), world.now);
    }
}
