//! What the list teaches, and what was announced.

use super::*;

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
