//! A session that is kept: renewals in turned time, through outages and restarts.

use jiff::SignedDuration;
use relais_core::session::lookout::Lookout;
use relais_core::session::notice::Matter;
use relais_core::session::quiet::{Day, Stretch};
use relais_core::session::renewal::Renewal;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::faults::{Fault, Plan, Step};

use super::*;

/// A practice that may be asked at any time, so that the plan alone decides.
pub async fn awake(practice: &Practice) -> Running {
    let day = Stretch::new(jiff::civil::Time::midnight(), jiff::civil::Time::MAX);
    let mut parts = practice.parts(KeyStoreChoice::File);
    parts.habits.hours.week = std::array::from_fn(|_| Day { open: day, consultations: vec![] });
    start(parts).await.unwrap()
}

/// Time passes for everybody, up to `at` of the wall clock.
pub fn until_wall(practice: &Practice, at: jiff::Timestamp) {
    let clock = practice.house.clock();
    let left = at.duration_since(clock.read().wall) + SignedDuration::from_millis(1);
    clock.turn(Turn::all(left));
}

/// To the next attempt of the plan.
pub async fn due(relais: &Running, practice: &Practice) {
    let state = relais.handle.state();
    let open = state.session.open().expect("a session");
    until_wall(practice, open.next_attempt().expect("an attempt"));
}

pub async fn wanted(relais: &Running) {
    until(relais, |state| matches!(state.renewal, Renewal::Wanted { .. })).await;
}

pub async fn attempts(relais: &Running, count: usize) {
    until(relais, |state| state.session.open().is_some_and(|open| open.attempts.len() == count)).await;
}

pub async fn renew(relais: &Running, practice: &Practice) -> Settled {
    let ask = relais.handle.state().ask_to_renew(None).unwrap();
    relais.handle.sign_in(ask).await.unwrap();
    pin_asked(relais).await;
    give_pin(relais, &practice.house.pin()).await;
    relais.handle.settled().await
}

#[tokio::test(flavor = "multi_thread")]
async fn at_half_of_its_life_one_pin_gives_the_session_a_new_one() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::Eid).await else { panic!("no session") };
    assert!(matches!(relais.handle.state().renewal, Renewal::Resting(_)));
    due(&relais, &practice).await;
    wanted(&relais).await;
    assert_eq!(practice.verifies(), 1, "nobody was asked for a PIN yet");
    let Settled::Open(second) = renew(&relais, &practice).await else { panic!("no renewal") };
    assert_eq!(practice.verifies(), 2);
    assert_ne!(first.lease.id, second.lease.id);
    assert!(second.ends_at() > first.ends_at());
    assert!(matches!(relais.handle.state().renewal, Renewal::Resting(_)), "a new plan");
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in", "renewed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_just_under_half_a_token_asks_nobody_and_loses_nothing() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::Eid).await else { panic!("no session") };
    practice.house.served().faults().set(Fault::RefuseConnections).await;
    for failed in 1..=4 {
        due(&relais, &practice).await;
        attempts(&relais, failed).await;
    }
    let state = relais.handle.state();
    let open = state.session.open().unwrap();
    assert_eq!(open.lease.id, first.lease.id, "the token in use stays");
    assert!(open.attempts.iter().all(|attempt| attempt.code == Code::STS_UNREACHABLE));
    assert_eq!(practice.verifies(), 1, "no PIN was wanted while nobody answered");
    relais.stop().await;

    // The PC starts anew in the middle of it: what was tried is not tried again.
    let relais = awake(&practice).await;
    assert_eq!(relais.handle.state().session.open().unwrap().attempts.len(), 4);
    practice.house.served().faults().clear().await;
    due(&relais, &practice).await;
    wanted(&relais).await;
    relais.handle.sign_in(relais.handle.state().ask_to_renew(None).unwrap()).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    give_password(&relais, &practice).await;
    let Settled::Open(second) = relais.handle.settled().await else { panic!("no renewal") };
    assert!(second.attempts.is_empty());
    relais.stop().await;
}

/// The plan of a token of twelve hours, in seconds after it was issued: half of its life, half of the rest each time,
/// a quarter of an hour apart at least, and two minutes before the end.
const OF_TWELVE_HOURS: [i64; 7] = [21_600, 32_400, 37_800, 40_500, 41_850, 42_750, 43_080];

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_twelve_hours_is_tried_by_its_own_plan_to_the_second_and_is_over_at_its_end() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    practice.house.served().faults().set(Fault::ShortLife { seconds: 43_200 }).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::EidOnly).await else {
        panic!("no session")
    };
    let issued_at = first.lease.issued_at;
    assert_eq!(first.ends_at().duration_since(issued_at), SignedDuration::from_hours(12));
    practice.house.served().faults().set(Fault::RefuseConnections).await;
    for (failed, planned) in (1..).zip(OF_TWELVE_HOURS) {
        let open = relais.handle.state().session.open().unwrap().clone();
        let next = open.next_attempt().expect("an attempt").duration_since(issued_at);
        // An attempt is made a few milliseconds after its instant, and the smallest gap counts from there.
        let late = next - SignedDuration::from_secs(planned);
        assert!(!late.is_negative() && late < SignedDuration::from_secs(1), "attempt {failed}: {next:?}");
        due(&relais, &practice).await;
        attempts(&relais, failed).await;
    }
    let open = relais.handle.state().session.open().unwrap().clone();
    assert_eq!(open.next_attempt(), None, "that was the last");
    assert_eq!(practice.verifies(), 1, "no PIN was wanted while nobody answered");
    until_wall(&practice, first.ends_at());
    until(&relais, |state| state.session.open().is_none()).await;
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_days_of_sleep_end_the_session_and_ask_for_nothing() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    sign_in(&relais, &practice, Means::EidOnly).await;
    practice.house.clock().turn(Turn::all(SignedDuration::from_hours(72)));
    until(&relais, |state| state.session.open().is_none()).await;
    let state = relais.handle.state();
    assert_eq!((&state.renewal, &state.errand), (&Renewal::Off, &Errand::Idle));
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_renews_nothing_gives_a_new_token_for_the_same_renewal() {
    let practice = Practice::new().await;
    let relais = awake(&practice).await;
    let Settled::Open(first) = sign_in(&relais, &practice, Means::Eid).await else { panic!("no session") };
    due(&relais, &practice).await;
    wanted(&relais).await;
    let refuses =
        Plan { fault: Fault::Soap { code: "wst:RequestFailed".into() }, step: Step::First, times: Some(1) };
    practice.house.served().faults().set(refuses).await;
    let ask = relais.handle.state().ask_to_renew(None).unwrap();
    relais.handle.sign_in(ask).await.unwrap();
    pin_asked(&relais).await;
    give_pin(&relais, &practice.house.pin()).await;
    // One more signature of the card is one more PIN, and says so.
    let again = |state: &State| matches!(&state.errand, Errand::Pin(asking) if asking.again.is_some());
    until(&relais, |state| again(state) || matches!(state.errand, Errand::Failed { .. })).await;
    give_pin(&relais, &practice.house.pin()).await;
    let settled = relais.handle.settled().await;
    let Settled::Open(second) = settled else { panic!("{settled:?}") };
    assert_ne!(first.lease.id, second.lease.id);
    assert_eq!(practice.verifies(), 3);
    relais.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relais_in_another_process_than_its_sandbox_is_woken_by_a_turn_of_the_clock_there() {
    let practice = Practice::new().await;
    let mut parts = practice.parts(KeyStoreChoice::File);
    parts.time = Time::in_environment(&parts.profile).await.unwrap();
    let relais = start(parts).await.unwrap();
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    practice.house.clock().turn(Turn::all(SignedDuration::from_hours(25)));
    until(&relais, |state| state.session.open().is_none()).await;
    let apart = relais.handle.now().wall.duration_since(practice.house.clock().read().wall);
    assert!(apart.abs() < SignedDuration::from_secs(60), "{apart}");
    relais.stop().await;
    assert_eq!(practice.journal(), ["signed-in", "ended"]);
}

/// The token ends while nobody answers.
async fn ended_in_an_outage(practice: &Practice) -> Running {
    let relais = awake(practice).await;
    sign_in(&relais, practice, Means::EidOnly).await;
    practice.house.served().faults().set(Fault::RefuseConnections).await;
    let ends_at = relais.handle.state().session.open().unwrap().ends_at();
    until_wall(practice, ends_at - SignedDuration::from_mins(2));
    attempts(&relais, 1).await;
    until_wall(practice, ends_at);
    until(&relais, |state| state.session.open().is_none()).await;
    relais
}

/// To the next look, and what came of it.
async fn looked(relais: &Running, practice: &Practice, looks_before: u32) -> Lookout {
    practice.house.clock().turn(Turn::all(SignedDuration::from_mins(7)));
    let more = |state: &State| match state.lookout {
        Lookout::Waiting { looks, .. } => looks > looks_before,
        Lookout::Looking { .. } => false,
        Lookout::Off | Lookout::Back => true,
    };
    until(relais, more).await.lookout
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_end_in_an_outage_the_service_is_looked_for_and_its_return_told_once() {
    let practice = Practice::new().await;
    let relais = ended_in_an_outage(&practice).await;
    for looks in 0..12 {
        let lookout = looked(&relais, &practice, looks).await;
        assert!(matches!(lookout, Lookout::Waiting { .. }), "{lookout:?}");
    }
    let state = relais.handle.state();
    assert!(!state.matters().contains(&Matter::ServiceBack));
    practice.house.served().faults().clear().await;
    assert_eq!(looked(&relais, &practice, 12).await, Lookout::Back);
    let state = relais.handle.state();
    assert!(state.matters().contains(&Matter::ServiceBack));
    assert_eq!(state.errand, Errand::Idle, "no question takes the screen");
    assert_eq!(practice.verifies(), 1, "nobody was asked for a PIN");
    practice.house.clock().turn(Turn::all(SignedDuration::from_hours(2)));
    assert!(matches!(sign_in(&relais, &practice, Means::EidOnly).await, Settled::Open(_)));
    assert!(!relais.handle.state().matters().contains(&Matter::ServiceBack));
    relais.stop().await;
    let journal = practice.journal();
    assert_eq!(journal.iter().filter(|event| *event == "service-back").count(), 1, "{journal:?}");
}
