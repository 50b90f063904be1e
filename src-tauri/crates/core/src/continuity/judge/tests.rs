use std::sync::Arc;

use super::super::ladder::{Condition, Rung};
use super::super::list::ServiceKey;
use super::super::plan::{Function, Plan, Target, VITALINK};
use super::super::route::Outcome;
use super::super::watch::tests::{BACKUP, MAIN, World, at, list};
use super::super::watch::{Chance, Event, Heard, Looked, next};
use super::*;

fn function(world: &World, id: &str) -> Function {
    world.state.plan().functions.iter().find(|function| function.id == id).unwrap().clone()
}

fn facts(world: &World, id: &str) -> [Option<bool>; 3] {
    let all = [Fact::PlatformRouteOk, Fact::FailoverActive, Fact::MycarenetRouteOk];
    all.map(|fact| signal(&world.state, &function(world, id), fact, at(world.now).wall))
}

fn listed(world: &mut World, kgss: usize, insured: usize) {
    world.live(10);
    let hash = format!("{}", world.now);
    world.list = Looked::New { list: list(world.now, kgss, insured), hash, skipped: 0 };
    world.live(301);
}

#[test]
fn one_active_main_address_is_no_failover() {
    let mut world = World::new(true);
    world.live(10);
    assert_eq!(facts(&world, "encryption"), [Some(true), Some(false), None]);
    // The same without any list: nothing hides behind one address that answers.
    let mut world = World::new(false);
    world.live(10);
    assert_eq!(facts(&world, "encryption"), [Some(true), Some(false), None]);
}

#[test]
fn a_backup_zone_named_by_the_list_is_a_failover_and_the_insurers_are_none() {
    let mut world = World::new(true);
    listed(&mut world, 1, 1);
    assert_eq!(facts(&world, "encryption"), [Some(true), Some(true), None]);
    assert_eq!(facts(&world, "insurability"), [Some(false), None, Some(true)]);
    let verdict = verdict(&world.state, &function(&world, "insurability"), &|_| None, at(world.now).wall);
    assert_eq!(
        (verdict.authority.said, verdict.authority.hosts),
        (Said::Backup, vec!["insurers.test:9443".into()])
    );
    assert_eq!((verdict.platform, verdict.insurers), (Health::Down, Some(Health::Operational)));
}

#[test]
fn a_main_zone_that_is_dead_here_while_its_backup_answers_is_a_failover_too() {
    let mut world = World::new(true);
    world.dead.insert("platform.test");
    world.live(500);
    assert_eq!(facts(&world, "encryption"), [Some(true), Some(true), None]);
    assert_eq!(facts(&world, "insurability"), [Some(false), None, Some(true)]);
}

#[test]
fn paper_is_in_force_only_when_platform_and_insurers_are_known_to_be_out() {
    let mut world = World::new(true);
    let condition = |name: &str| Condition::try_from(name.to_owned()).unwrap();
    let paper = Rung { order: 1, when: ["!platform_route_ok", "!mycarenet_route_ok"].map(condition).into() };
    let mut insured = function(&world, "insurability");
    insured.rungs = vec![Rung { order: 0, when: vec![condition("platform_route_ok")] }, paper];
    let level = |world: &World| verdict(&world.state, &insured, &|_| None, at(world.now).wall).level;
    world.live(10);
    assert_eq!(level(&world), Some(0));
    world.dead.insert("platform.test");
    world.live(500);
    assert_eq!(level(&world), None, "the insurers answer");
    world.dead.insert("insurers.test:9443");
    world.live(2_000);
    assert_eq!(level(&world), Some(1));
    assert_eq!(world.health("insurability"), Health::Down);
}

#[test]
fn a_backup_that_the_list_names_and_nobody_has_heard_yet_is_a_road() {
    let mut world = World::new(true);
    world.live(10);
    // The main address is known to be dead here; the list says where it went before anybody was heard there.
    world.dead = ["platform.test", "third.test"].into();
    world.live(500);
    assert_eq!(facts(&world, "encryption")[0], Some(false));
    let state = std::mem::replace(&mut world.state, State::new(crate::continuity::watch::tests::plan(true)));
    let looked = Looked::New { list: list(world.now, 1, 0), hash: "moved".into(), skipped: 0 };
    let event = Event::ListLooked { looked, wait: None, chance: crate::continuity::watch::Chance::EVEN };
    world.state = crate::continuity::watch::next(state, event, at(world.now)).0;
    world.state.probes.remove(BACKUP);
    assert_eq!(facts(&world, "encryption"), [Some(true), Some(true), None]);
    let verdict = verdict(&world.state, &function(&world, "encryption"), &|_| None, at(world.now).wall);
    assert_eq!(verdict.platform, Health::OnBackup);
}

#[test]
fn a_list_that_grew_old_is_dated_and_says_nothing() {
    let mut world = World::new(true);
    listed(&mut world, 1, 0);
    world.list = Looked::Failed(crate::Code::STS_DOWN.into());
    world.live(1_200);
    let verdict = verdict(&world.state, &function(&world, "encryption"), &|_| None, at(world.now).wall);
    assert_eq!((verdict.authority.health, verdict.authority.said), (Health::Unknown, Said::Old));
    assert!(verdict.authority.at.is_some());
}

#[test]
fn vitalink_is_neither_the_platforms_nor_known_where_no_address_of_it_is() {
    let nowhere = Target { key: ServiceKey(VITALINK.into()), default: None, direct: None };
    let there = Target { default: Some("https://region.test/Vitalink/v1".into()), ..nowhere.clone() };
    let vaccination =
        |target| Function { id: "vaccination".into(), targets: vec![target], insurers: false, rungs: vec![] };
    let mut state =
        State::new(Arc::new(Plan { list_every: None, functions: vec![vaccination(there.clone())] }));
    let mut told = |heard: Heard, second: i64| {
        let url = "https://region.test/Vitalink/v1".to_owned();
        let before = std::mem::replace(&mut state, State::new(Arc::default()));
        let event = Event::Probed { url, heard, chance: Chance::EVEN };
        state = next(before, event, at(second)).0;
        let fact = |target, fact| signal(&state, &vaccination(target), fact, at(second).wall);
        (
            fact(there.clone(), Fact::VitalinkOk),
            fact(there.clone(), Fact::PlatformRouteOk),
            fact(nowhere.clone(), Fact::VitalinkOk),
        )
    };
    assert_eq!(told(Heard::Answers, 0), (Some(true), None, None));
    let fails = || Heard::Fails { wait: None };
    told(fails(), 1);
    told(fails(), 2);
    assert_eq!(told(fails(), 3), (Some(false), None, None));
}

#[test]
fn each_witness_is_kept_apart() {
    let mut world = World::new(true);
    world.live(10);
    for _ in 0..3 {
        let outcome = crate::continuity::route::Outcome::Switch;
        world.tell(Event::Called { url: MAIN.into(), outcome, reached: true });
    }
    let verdict = verdict(&world.state, &function(&world, "encryption"), &|_| None, at(world.now).wall);
    assert_eq!(
        (verdict.authority.said, verdict.real.said, verdict.probe.said),
        (Said::Works, Said::Fails, Said::Works)
    );
    assert_eq!(verdict.health, Health::Down, "the headline is the worst");
    assert_eq!(verdict.real.hosts, ["platform.test"]);
}

#[test]
fn a_look_that_contradicts_a_call_makes_a_function_doubtful_until_it_is_believed_or_taken_back() {
    let mut world = World::new(false);
    world.live(10);
    let told = |world: &World, turn| {
        let verdict = verdict(&world.state, &function(world, "encryption"), &|_| None, at(world.now).wall);
        assert_eq!(verdict.turning.map(|(turn, _)| turn), turn);
        (verdict.health, verdict.real.said, verdict.probe.said)
    };
    let looked = |world: &mut World, heard| {
        world.now += 60;
        world.tell(Event::Probed { url: MAIN.into(), heard, chance: Chance::EVEN });
    };
    world.tell(Event::Called { url: MAIN.into(), outcome: Outcome::Answered, reached: true });
    assert_eq!(told(&world, None), (Health::Operational, Said::Works, Said::Works));
    for _ in 0..2 {
        looked(&mut world, Heard::Fails { wait: None });
        let expected = (Health::Operational, Said::Works, Said::Falters);
        assert_eq!(told(&world, Some(Turn::Faltering)), expected);
    }
    looked(&mut world, Heard::Fails { wait: None });
    assert_eq!(told(&world, None), (Health::Down, Said::Works, Said::Fails));
    looked(&mut world, Heard::Answers);
    assert_eq!(told(&world, Some(Turn::Returning)), (Health::Down, Said::Works, Said::Returns));
    looked(&mut world, Heard::Answers);
    assert_eq!(told(&world, None), (Health::Operational, Said::Works, Said::Works));
}

#[test]
fn a_call_that_fails_long_after_one_that_was_answered_does_not_say_that_calls_are_answered() {
    let mut world = World::new(false);
    world.live(10);
    world.tell(Event::Called { url: MAIN.into(), outcome: Outcome::Answered, reached: true });
    world.now += 1_500;
    world.tell(Event::Called { url: MAIN.into(), outcome: Outcome::Switch, reached: true });
    let verdict = verdict(&world.state, &function(&world, "encryption"), &|_| None, at(world.now).wall);
    assert_eq!((verdict.real.health, verdict.real.said), (Health::Unknown, Said::Falters));
}

#[test]
fn once_everything_is_lost_nothing_is_said_to_be_answered_after_that_moment_nor_by_a_list_that_is_old() {
    const HOSTS: [&str; 3] = ["platform.test", "third.test", "insurers.test:9443"];
    // The list is lost, too; or its host answers, and has none.
    for list_dead in [true, false] {
        // The platform goes first, or all at once.
        for first in [0, 700] {
            let mut world = World::new(true);
            world.live(290);
            world.dead = HOSTS[..2].iter().copied().collect();
            world.live(first);
            let (lost, answered) = (at(world.now).wall, world.state.held().unwrap().answered_at);
            world.dead = HOSTS.into();
            (world.list_dead, world.list) = (list_dead, Looked::Failed(crate::Code::STS_DOWN.into()));
            for _ in 0..400 {
                world.live(5);
                for function in &world.state.plan().functions {
                    let now = at(world.now).wall;
                    let verdict = verdict(&world.state, function, &|_| None, now);
                    for one in [&verdict.real, &verdict.probe] {
                        let reached =
                            matches!(one.said, Said::Works | Said::Backup | Said::Partly | Said::Returns);
                        assert!(
                            !reached || one.at <= Some(lost),
                            "{first} {list_dead} {} {one:?}",
                            world.now
                        );
                    }
                    let counts = world.state.offline_since().is_none() && fresh(answered, now);
                    let told = !matches!(verdict.authority.said, Said::Old);
                    assert_eq!(told, counts, "{first} {list_dead} {} {:?}", world.now, verdict.authority);
                }
            }
        }
    }
}
