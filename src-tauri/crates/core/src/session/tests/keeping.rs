//! The session in use is renewed by sign-ins, one at a time, and nobody is asked for nothing.

use super::super::renewal::{Attempt, Loudness, Renewal};
use super::*;
use crate::lease::{LeaseId, SlotId};

const HOUR: i64 = 3_600;

/// A session of 24 hours that began at second 0, some time in the morning.
fn open() -> Run {
    let mut run = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::Open);
    run.give_pin();
    run.grant(24 * HOUR).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    run.done.clear();
    run
}

impl Run {
    fn later(&mut self, seconds: i64) -> &mut Self {
        self.now = at(seconds);
        self.event(Event::Tick)
    }

    fn probes(&self) -> usize {
        self.done.iter().filter(|effect| matches!(effect, Effect::ProbeForRenewal)).count()
    }

    fn kept_attempts(&self) -> Vec<Attempt> {
        let kept = self.done.iter().rev().find_map(|effect| match effect {
            Effect::KeepHistory { history, .. } => Some(history.attempts.clone()),
            _ => None,
        });
        kept.unwrap_or_default()
    }

    /// To the moment when the renewal looks at the service.
    fn due(&mut self) -> &mut Self {
        let wake = deadline(&self.state).unwrap_or(Timestamp::MAX);
        self.later(wake.as_second() - 1_000_000)
    }

    /// The service answers, and the PIN is wanted.
    fn wanted() -> Self {
        let mut run = open();
        run.due().event(Event::RenewalProbed(Ok(())));
        assert!(matches!(run.state.renewal, Renewal::Wanted { .. }), "{:?}", run.state.renewal);
        run
    }

    fn renew(&mut self) -> &mut Self {
        let ask = self.state.ask_to_renew(None).unwrap();
        self.event(Event::SignInAsked(ask));
        self.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
        self.answer(Answer::KeyFound(Ok(KeyAtHand::Open)))
    }
}

#[test]
fn the_service_is_asked_before_the_person_is() {
    let mut run = open();
    run.due();
    assert_eq!(run.probes(), 1);
    assert_eq!(run.state.errand, Errand::Idle, "nobody was asked for anything");
    run.later(20 * HOUR);
    assert_eq!(run.probes(), 1, "one probe at a time");
    run.event(Event::RenewalProbed(Ok(())));
    assert!(matches!(run.state.renewal, Renewal::Wanted { .. }));
}

#[test]
fn a_service_that_does_not_answer_costs_an_attempt_and_no_pin() {
    let mut run = open();
    run.due().event(Event::RenewalProbed(Err(Code::STS_UNREACHABLE.into())));
    let kept = run.kept_attempts();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].code, kept[0].at), (Code::STS_UNREACHABLE, run.now.wall));
    assert_eq!(run.state.session.open().unwrap().attempts, kept);
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "renewal-failed")));
    assert!(run.state.session.open().unwrap().usable(run.now), "the token is still good");
}

#[test]
fn a_renewal_asks_for_the_person_in_use_and_begins_a_new_plan() {
    let mut run = Run::wanted();
    run.renew().give_pin();
    let asked = run.done.iter().find_map(|effect| match effect {
        Effect::Request { ask, .. } => Some(ask.clone()),
        _ => None,
    });
    let asked = asked.unwrap();
    assert_eq!(asked.renews, Some(LeaseId("0".repeat(32))));
    assert_eq!(asked.person, Some(SlotId::parse(&"a".repeat(32)).unwrap()));
    let ends = run.state.session.open().unwrap().ends_at();
    let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
    let mut granted = lease(run.now.wall.as_second(), 24 * HOUR, Means::Eid);
    granted.id = LeaseId("1".repeat(32));
    run.answer(Answer::Granted { lease: Box::new(granted), assertion });
    run.answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert!(run.state.session.open().unwrap().ends_at() > ends);
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "renewed")));
    let Renewal::Resting(kept) = &run.state.renewal else { panic!("{:?}", run.state.renewal) };
    assert_eq!(kept.life.issued_at, run.now.wall);
    assert!(deadline(&run.state).unwrap() > run.now.wall);
}

#[test]
fn a_prompt_that_nobody_answers_is_no_failure_and_one_that_is_cancelled_neither() {
    let mut run = Run::wanted();
    run.renew().event(Event::Cancelled);
    assert!(matches!(run.state.renewal, Renewal::Wanted { .. }));
    assert_eq!(run.kept_attempts(), []);
    let left_alone = run.now.wall.as_second() - 1_000_000 + 2 * HOUR;
    run.later(left_alone);
    assert!(matches!(run.state.renewal, Renewal::Wanted { .. }));
    assert_eq!(run.kept_attempts(), []);
}

#[test]
fn a_service_that_fails_during_the_renewal_is_an_attempt_and_a_wrong_pin_is_none() {
    let mut run = Run::wanted();
    run.renew().give_pin();
    let wrong = Problem::new(Code::PIN_WRONG).with("tries_left", 2);
    run.answer(Answer::Refused { problem: wrong, pin: PinFate::Spent });
    assert_eq!(run.kept_attempts(), []);
    run.give_pin();
    run.answer(refused(Code::STS_TIMEOUT, PinFate::Spent));
    assert_eq!(run.kept_attempts().len(), 1);
    assert!(matches!(run.state.renewal, Renewal::Resting(_)));
    assert!(run.state.session.open().is_some(), "the token that is still good stays");
    let noted =
        |event| run.done.iter().filter(|e| matches!(e, Effect::Record(r) if r.event == event)).count();
    assert_eq!((noted("extension-failed"), noted("sign-in-failed")), (1, 0), "nobody lost a session");
}

#[test]
fn nothing_is_probed_while_a_sign_in_goes_on() {
    let mut run = open();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.later(13 * HOUR);
    assert_eq!(run.probes(), 0);
    assert_eq!(deadline(&run.state), Some(run.state.session.open().unwrap().ends_at()));
    run.answer(Answer::Probed(Err(Code::STS_UNREACHABLE.into())));
    assert_eq!(run.probes(), 1, "it is made up for once the sign-in is over");
}

#[test]
fn attempts_survive_a_restart_and_those_missed_meanwhile_are_one() {
    let made = open();
    let found = made.state.session.open().unwrap().clone();
    let planned = found.lease.issued_at + SignedDuration::from_hours(12);
    let tried = Attempt { planned, at: planned, code: Code::STS_TIMEOUT, not_before: None };
    let mut run = Run::new();
    run.now = at(23 * HOUR);
    run.event(Event::Restored(Box::new(Found {
        lease: found.lease,
        stored: Stored::Os,
        key: HolderKey::Locked,
        attempts: vec![tried],
        exception: None,
    })));
    assert_eq!(run.probes(), 1, "18, 21 and 22:30 hours were missed and are one");
    run.event(Event::RenewalProbed(Err(Code::STS_TIMEOUT.into())));
    let kept = run.kept_attempts();
    assert_eq!((kept.len(), kept[0]), (2, tried));
    assert_eq!(kept[1].planned, planned + SignedDuration::from_mins(10 * 60 + 30));
}

#[test]
fn an_end_and_a_sign_out_end_the_plan() {
    let mut run = Run::wanted();
    run.event(Event::SignOutAsked);
    assert_eq!(run.state.renewal, Renewal::Off);
    let mut run = Run::wanted();
    run.later(24 * HOUR);
    assert_eq!(run.state.renewal, Renewal::Off);
    assert_eq!(run.state.ask_to_renew(None), Err(Code::NO_SESSION));
}

/// A renewal that the card has signed and the platform works on.
fn requesting() -> Run {
    let mut run = Run::wanted();
    run.renew().give_pin();
    assert!(matches!(run.state.errand, Errand::Requesting(_)), "{:?}", run.state.errand);
    run.done.clear();
    run
}

fn erased(run: &Run) -> usize {
    run.done.iter().filter(|effect| matches!(effect, Effect::Erase { .. })).count()
}

#[test]
fn who_signs_out_during_a_renewal_stays_signed_out_whatever_still_comes() {
    let mut run = requesting();
    run.event(Event::SignOutAsked);
    assert_eq!((run.state.session.clone(), erased(&run)), (Session::None, 1));
    let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
    let granted = lease(run.now.wall.as_second(), 24 * HOUR, Means::Eid);
    run.answer(Answer::Granted { lease: Box::new(granted), assertion });
    assert_eq!((&run.state.errand, run.wiped(assertion)), (&Errand::Idle, true));

    let mut run = requesting();
    run.grant(24 * HOUR).event(Event::SignOutAsked);
    run.answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!((&run.state.errand, &run.state.session), (&Errand::Idle, &Session::None));
    assert!(matches!(run.done.last(), Some(Effect::Erase { .. })), "after it was sealed: {:?}", run.done);
    assert!(!run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "renewed")));
}

#[test]
fn a_pin_that_was_asked_for_a_session_somebody_ended_is_asked_no_more() {
    let mut run = Run::wanted();
    run.renew();
    assert!(matches!(run.state.errand, Errand::Pin(_)), "{:?}", run.state.errand);
    run.event(Event::SignOutAsked);
    assert_eq!(run.state.errand, Errand::Idle);
}

#[test]
fn a_renewal_whose_session_ended_by_itself_meanwhile_signs_in() {
    let mut run = requesting();
    run.later(25 * HOUR);
    assert!(run.state.session.open().is_none());
    run.grant(24 * HOUR).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert!(run.state.session.open().is_some());
}

#[test]
fn a_clock_that_is_set_back_puts_no_renewal_off() {
    let mut run = open();
    let due = deadline(&run.state).unwrap();
    let boot = SignedDuration::from_secs(due.as_second() - 1_000_000);
    run.now = Moment { wall: due - SignedDuration::from_hours(5), boot };
    run.event(Event::Tick);
    assert_eq!(run.probes(), 1);
}

#[test]
fn the_last_warning_comes_though_the_person_wants_to_be_left_alone() {
    let mut run = Run::wanted();
    run.event(Event::Snoozed { until: Timestamp::MAX });
    let ends = run.state.session.open().unwrap().ends_at();
    let mut loudest = Loudness::Badge;
    while let Renewal::Wanted { loudness, .. } = &run.state.renewal {
        loudest = *loudness;
        run.due();
        assert!(run.now.wall <= ends);
    }
    assert_eq!(loudest, Loudness::Last);
}
