use super::*;
use crate::certificates::tests::{at, of};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn hours() -> Hours {
    Hours::usual(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap())
}

/// Reminders that somebody lives with.
struct World {
    certificates: Vec<Watched>,
    state: Reminders,
    now: Timestamp,
}

impl World {
    fn new(now: &str, certificates: Vec<Watched>) -> Self {
        Self { certificates, state: Reminders::default(), now: at(now) }
    }

    fn does(&mut self, event: Event) -> Vec<Effect> {
        let hours = hours();
        let view = View { certificates: &self.certificates, hours: &hours };
        let (state, effects) = next(std::mem::take(&mut self.state), event, view, self.now);
        self.state = state;
        effects
    }

    fn tick_at(&mut self, now: &str) -> Vec<Effect> {
        self.now = at(now);
        self.does(Event::Tick)
    }

    fn deadline(&self) -> Option<Timestamp> {
        let hours = hours();
        deadline(&self.state, View { certificates: &self.certificates, hours: &hours }, self.now)
    }

    /// Ticks at every deadline until then; what was said, and when.
    fn run_until(&mut self, end: &str) -> Vec<(Timestamp, Effect)> {
        let mut said: Vec<_> = self.does(Event::Tick).into_iter().map(|effect| (self.now, effect)).collect();
        while let Some(deadline) = self.deadline().filter(|at_| *at_ <= at(end)) {
            assert!(deadline > self.now, "after a tick the next deadline is in the future");
            self.now = deadline;
            said.extend(self.does(Event::Tick).into_iter().map(|effect| (deadline, effect)));
        }
        said
    }
}

fn rungs(effects: &[Effect]) -> Vec<Rung> {
    let items = |effect: &Effect| match effect {
        Effect::Tell(items) => items.clone(),
        Effect::Alert { .. } => vec![],
    };
    effects.iter().flat_map(items).map(|item| item.rung).collect()
}

/// Ends on a Friday at noon.
fn hospital() -> Watched {
    of("71099914", 1, "2023-06-12T10:00:00Z", "2026-06-12T10:00:00Z")
}

#[test]
fn each_rung_is_said_once_at_nine_or_when_it_is_reached_on_a_working_day() {
    let mut world = World::new("2026-01-01T00:00:00Z", vec![hospital()]);
    let said = world.run_until("2027-01-01T00:00:00Z");
    let told: Vec<(String, Rung)> = said
        .iter()
        .map(|(at, effect)| {
            (
                at.to_zoned(hours().zone).strftime("%a %d %b %H:%M").to_string(),
                rungs(std::slice::from_ref(effect))[0],
            )
        })
        .collect();
    let expected = [
        ("Thu 12 Mar 12:00", Rung::Opened),
        ("Mon 13 Apr 12:00", Rung::Days(60)),
        ("Wed 13 May 12:00", Rung::Days(30)),
        ("Fri 29 May 12:00", Rung::Days(14)),
        ("Fri 05 Jun 12:00", Rung::Days(7)),
        // Saturday's and Sunday's rungs wait for Monday, and only the latest is said.
        ("Mon 08 Jun 09:00", Rung::Days(5)),
        ("Mon 08 Jun 12:00", Rung::Days(4)),
        ("Tue 09 Jun 12:00", Rung::Days(3)),
        ("Wed 10 Jun 12:00", Rung::Days(2)),
        ("Thu 11 Jun 12:00", Rung::Days(1)),
        ("Fri 12 Jun 12:00", Rung::Ended),
    ];
    assert_eq!(told, expected.map(|(when, rung)| (when.to_owned(), rung)));
    assert_eq!(world.deadline(), None, "nothing is left to say");
}

#[test]
fn after_weeks_off_only_the_latest_rung_is_said() {
    let mut world = World::new("2026-02-01T09:00:00Z", vec![hospital()]);
    assert_eq!(world.does(Event::Tick), []);
    assert_eq!(rungs(&world.tick_at("2026-06-01T09:00:00Z")), [Rung::Days(14)]);
    assert_eq!(world.tick_at("2026-06-01T09:01:00Z"), [], "once");
}

#[test]
fn a_pc_that_is_on_at_night_keeps_quiet_until_the_morning() {
    let mut world = World::new("2026-03-12T20:00:00Z", vec![hospital()]);
    assert_eq!(world.does(Event::Tick), []);
    assert_eq!(world.deadline(), Some(at("2026-03-13T08:00:00Z")));
    assert_eq!(rungs(&world.tick_at("2026-03-13T08:00:00Z")), [Rung::Opened]);
}

#[test]
fn one_that_ends_before_the_next_working_day_is_said_on_a_day_off() {
    let sunday = of("71099914", 1, "2023-03-08T18:00:00Z", "2026-03-08T18:00:00Z");
    let mut world = World::new("2026-03-07T06:00:00Z", vec![sunday]);
    assert_eq!(world.does(Event::Tick), [], "Saturday, too early");
    assert_eq!(rungs(&world.tick_at("2026-03-07T09:00:00Z")), [Rung::Days(2)]);
}

#[test]
fn ten_thousand_that_end_in_one_night_are_one_message() {
    let all = (0u16..10_000).map(|number| {
        let mut one = of(&number.to_string(), 0, "2023-06-12T10:00:00Z", "2026-06-12T22:00:00Z");
        one.id.0[..2].copy_from_slice(&number.to_be_bytes());
        one
    });
    let mut world = World::new("2026-06-15T07:00:00Z", all.collect());
    let said = world.does(Event::Tick);
    assert_eq!(said.len(), 1);
    assert_eq!(rungs(&said), vec![Rung::Ended; 10_000]);
    let ids: Vec<_> = world.certificates.iter().map(|one| one.id).collect();
    world.does(Event::Acknowledged { ids });
    // Over a restart: it is stored and read again.
    world.state = Reminders::known(world.state.all().collect::<Vec<_>>());
    assert_eq!(world.tick_at("2026-06-16T09:00:00Z"), []);
    assert_eq!((world.deadline(), world.state.unanswered().count()), (None, 0));
}

#[test]
fn the_most_urgent_stands_first() {
    let ended = of("1", 3, "2023-01-01T00:00:00Z", "2026-06-01T00:00:00Z");
    let soon = of("2", 2, "2023-01-01T00:00:00Z", "2026-06-18T00:00:00Z");
    let open = of("3", 1, "2023-01-01T00:00:00Z", "2026-09-01T00:00:00Z");
    let mut world = World::new("2026-06-15T09:00:00Z", vec![open, soon, ended]);
    assert_eq!(rungs(&world.does(Event::Tick)), [Rung::Ended, Rung::Days(3), Rung::Opened]);
}

#[test]
fn a_copy_of_a_certificate_in_another_file_is_not_told_twice() {
    let mut world = World::new("2026-06-15T09:00:00Z", vec![hospital(), hospital()]);
    assert_eq!(rungs(&world.does(Event::Tick)), [Rung::Ended]);
}

#[test]
fn later_means_once_more_and_never_silences_the_next_rung() {
    let ids = || vec![hospital().id];
    let mut world = World::new("2026-05-13T12:00:00Z", vec![hospital()]);
    assert_eq!(rungs(&world.does(Event::Tick)), [Rung::Days(30)]);
    world.does(Event::Snoozed { ids: ids(), until: at("2026-05-18T12:00:00Z") });
    assert_eq!(world.deadline(), Some(at("2026-05-18T12:00:00Z")));
    assert_eq!(rungs(&world.tick_at("2026-05-18T12:00:00Z")), [Rung::Days(30)]);
    assert_eq!(world.tick_at("2026-05-19T12:00:00Z"), []);
    world.does(Event::Snoozed { ids: ids(), until: at("2026-12-01T12:00:00Z") });
    assert_eq!(rungs(&world.tick_at("2026-05-29T12:00:00Z")), [Rung::Days(14)]);
}

#[test]
fn who_knows_hears_no_more_until_the_next_rung() {
    let mut world = World::new("2026-05-13T12:00:00Z", vec![hospital()]);
    world.does(Event::Tick);
    assert_eq!(world.state.unanswered().collect::<Vec<_>>(), [(hospital().id, Rung::Days(30))]);
    let ids = vec![hospital().id];
    world.does(Event::Snoozed { ids: ids.clone(), until: at("2026-05-18T12:00:00Z") });
    world.does(Event::Acknowledged { ids });
    assert_eq!((world.tick_at("2026-05-18T12:00:00Z"), world.state.unanswered().count()), (vec![], 0));
    assert_eq!(rungs(&world.tick_at("2026-05-29T12:00:00Z")), [Rung::Days(14)]);
}

#[test]
fn the_deputy_is_thought_of_when_nobody_has_answered_two_weeks_before() {
    let deputy = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Tell(items)] => items[0].deputy,
        other => panic!("{other:?}"),
    };
    let mut world = World::new("2026-05-13T12:00:00Z", vec![hospital()]);
    assert!(!deputy(world.does(Event::Tick)));
    assert!(deputy(world.tick_at("2026-05-29T12:00:00Z")));
    world.does(Event::Acknowledged { ids: vec![hospital().id] });
    assert!(!deputy(world.tick_at("2026-06-05T12:00:00Z")), "somebody knows");
    let mut fresh = World::new("2026-06-05T12:00:00Z", vec![hospital()]);
    assert!(!deputy(fresh.does(Event::Tick)), "nobody could answer so far");
}

#[test]
fn a_successor_silences_and_its_loss_repeats_nothing() {
    let newer = of("71099914", 2, "2026-05-20T00:00:00Z", "2029-05-20T00:00:00Z");
    let mut world = World::new("2026-05-13T12:00:00Z", vec![hospital(), newer]);
    assert_eq!(rungs(&world.does(Event::Tick)), [Rung::Days(30)], "the newer one is not valid yet");
    assert_eq!(world.tick_at("2026-05-29T12:00:00Z"), []);
    assert_eq!(world.deadline(), Some(at("2029-02-20T08:00:00Z")), "the newer one's window");
    let newer = world.certificates.pop();
    assert!(newer.is_some());
    assert_eq!(rungs(&world.tick_at("2026-05-29T13:00:00Z")), [Rung::Days(14)], "its file is gone");
    world.certificates.extend(newer);
    assert_eq!(world.tick_at("2026-06-08T09:00:00Z"), []);
}

#[test]
fn a_renewal_that_failed_is_an_alert_of_its_own_once() {
    let failed = |code| Event::RenewalFailed { id: hospital().id, code };
    let alert = |code| vec![Effect::Alert { id: hospital().id, code }];
    let mut world = World::new("2026-05-13T20:00:00Z", vec![hospital()]);
    assert_eq!(world.does(failed(Code::STS_UNREACHABLE)), []);
    assert_eq!(world.does(Event::Tick), [], "at night");
    let morning = world.tick_at("2026-05-15T09:00:00Z");
    assert_eq!(morning[..1], alert(Code::STS_UNREACHABLE));
    assert_eq!(rungs(&morning), [Rung::Days(30)], "the rung is said beside it");
    world.does(Event::Acknowledged { ids: vec![hospital().id] });
    assert_eq!(world.does(failed(Code::STS_UNREACHABLE)), []);
    assert_eq!(world.tick_at("2026-05-15T10:00:00Z"), [], "the same again is no news");
    world.does(failed(Code::KEYSTORE_PASSWORD_WRONG));
    assert_eq!(world.tick_at("2026-05-15T11:00:00Z"), alert(Code::KEYSTORE_PASSWORD_WRONG));
    world.does(Event::FailureAcknowledged { id: hospital().id });
    world.does(failed(Code::KEYSTORE_PASSWORD_WRONG));
    assert_eq!(
        world.tick_at("2026-05-15T12:00:00Z"),
        alert(Code::KEYSTORE_PASSWORD_WRONG),
        "it was answered"
    );
}

#[test]
fn a_window_that_the_platform_opens_late_has_no_rungs_before_it() {
    let mut one = hospital();
    one.replaceable_at = Some(at("2026-05-01T08:00:00Z"));
    let mut world = World::new("2026-01-01T00:00:00Z", vec![one]);
    let said = world.run_until("2026-05-20T00:00:00Z");
    let told: Vec<_> =
        said.iter().map(|(at, effect)| (*at, rungs(std::slice::from_ref(effect))[0])).collect();
    let (monday, may) = (at("2026-05-04T07:00:00Z"), at("2026-05-13T10:00:00Z"));
    assert_eq!(told, [(monday, Rung::Opened), (may, Rung::Days(30))], "the first of May is a holiday");
}

fn some_certificate() -> impl Strategy<Value = Watched> {
    (0u8..4, 0u8..20, 0i64..60, 1i64..300).prop_map(|(owner, id, from, life)| {
        let mut one = of(&owner.to_string(), id, "2023-01-01T00:00:00Z", "2023-01-01T00:00:00Z");
        one.not_before += (from * 24).hours();
        one.not_after = one.not_before + (life * 24 + i64::from(id)).hours();
        one
    })
}

proptest! {
    // Each case lives through more than a year.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_rung_is_said_twice_or_before_its_time_or_out_of_order_and_none_ends_unheard(
        certificates in proptest::collection::vec(some_certificate(), 1..6),
        steps in proptest::collection::vec(1i64..900, 1..80),
    ) {
        let mut unique = certificates;
        unique.sort_by_key(|one| one.id);
        unique.dedup_by_key(|one| one.id);
        let mut world = World::new("2023-01-01T00:00:00Z", unique);
        let mut last: BTreeMap<CertificateId, Rung> = BTreeMap::new();
        // Seven hours: every time of day comes by.
        let steps = steps.into_iter().chain(std::iter::repeat_n(7, 1_500));
        for hours_on in steps {
            world.now += hours_on.hours();
            let effects = world.does(Event::Tick);
            prop_assert!(effects.len() <= 1, "one message for all");
            if let Some(next) = world.deadline() {
                prop_assert!(next > world.now);
            }
            for effect in effects {
                let Effect::Tell(items) = effect else { continue };
                for item in items {
                    let one = world.certificates.iter().find(|one| one.id == item.id).unwrap();
                    prop_assert!(item.rung.reached_at(one, &hours()).unwrap() <= world.now);
                    prop_assert!(last.insert(item.id, item.rung).is_none_or(|before| before < item.rung));
                }
            }
        }
        let successors = Successors::among(&world.certificates, world.now);
        for one in &world.certificates {
            let over = world.now > one.not_after + (10 * 24).hours();
            prop_assert!(!over || successors.of(one).is_some() || last.get(&one.id) == Some(&Rung::Ended));
        }
    }

    #[test]
    fn following_the_deadlines_somebody_hears_of_every_end_before_it_comes(one in some_certificate()) {
        let mut world = World::new("2023-01-01T00:00:00Z", vec![one.clone()]);
        let said = world.run_until("2030-01-01T00:00:00Z");
        prop_assert!(said.first().is_some_and(|(at, _)| *at < one.not_after), "told before its end");
        let told: Vec<Rung> = said.iter().flat_map(|(_, effect)| rungs(std::slice::from_ref(effect))).collect();
        prop_assert!(told.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(told.last(), Some(&Rung::Ended));
    }
}

#[test]
fn every_rung_has_a_name_that_leads_back_to_it() {
    for rung in Rung::all() {
        assert_eq!(Rung::named(&rung.name()), Some(rung));
    }
    assert_eq!(Rung::named("days-31"), None);
}

#[test]
fn an_authority_of_the_past_is_nobodys_business_and_one_that_ends_now_is() {
    let authority = |until: &str| Watched {
        holder: crate::certificates::Holder::Authority("CN=an authority".into()),
        purpose: crate::certificates::Purpose::Authority,
        ..of("1", 1, "2011-01-01T00:00:00Z", until)
    };
    let mut world = World::new("2026-06-15T09:00:00Z", vec![authority("2021-12-15T08:00:00Z")]);
    assert_eq!((world.does(Event::Tick), world.deadline()), (vec![], None));
    let mut world = World::new("2026-06-15T09:00:00Z", vec![authority("2026-06-01T08:00:00Z")]);
    assert_eq!(rungs(&world.does(Event::Tick)), [Rung::Ended]);
}
