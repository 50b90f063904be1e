//! What hosts ask for, and how often anything is looked at.

use super::*;

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
