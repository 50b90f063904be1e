//! A PC that reaches nothing, and a platform that is gone.

use super::*;

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
