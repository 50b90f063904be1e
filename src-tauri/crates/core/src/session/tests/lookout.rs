//! A sign-in service that is missed is looked for gently, and its return is told once.

use super::super::lookout::{ASKED, Chance, FIRST, LONGEST, Lookout, UNHEARD};
use super::super::notice::Matter;
use super::super::renewal::{Attempt, Renewal};
use super::*;

const HOUR: i64 = 3_600;

/// A session of 24 hours whose last renewal, two minutes before its end, failed like this.
fn at_the_end(code: Code) -> Run {
    let mut run = Run::new();
    let lease = lease(0, 24 * HOUR, Means::Eid);
    let planned = lease.ends_at() - SignedDuration::from_mins(2);
    let attempt = Attempt { planned, at: planned, code, not_before: None };
    run.now = Moment { wall: planned, boot: SignedDuration::from_secs(24 * HOUR - 120) };
    run.event(Event::Restored(Box::new(Found {
        lease,
        stored: Stored::Os,
        key: HolderKey::Locked,
        attempts: vec![attempt],
        exception: None,
    })));
    assert!(matches!(run.state.renewal, Renewal::Resting(_)));
    run
}

/// It ended, and nobody answers.
fn missed() -> Run {
    let mut run = at_the_end(Code::STS_UNREACHABLE);
    run.passes(SignedDuration::from_mins(2));
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert!(run.state.lookout.waits(), "{:?}", run.state.lookout);
    run
}

impl Run {
    fn passes(&mut self, span: SignedDuration) -> &mut Self {
        self.now = Moment { wall: self.now.wall + span, boot: self.now.boot + span };
        self.event(Event::Tick)
    }

    fn looks(&self) -> usize {
        self.done.iter().filter(|effect| matches!(effect, Effect::LookForService)).count()
    }

    /// To the moment of the next look; how long that took.
    fn next_look(&mut self) -> SignedDuration {
        let pause = deadline(&self.state).expect("it goes on").duration_since(self.now.wall);
        let before = self.looks();
        self.passes(pause - SignedDuration::from_millis(1));
        assert_eq!(self.looks(), before, "not a moment earlier");
        self.passes(SignedDuration::from_millis(1));
        assert_eq!(self.looks(), before + 1);
        pause
    }

    fn looked(&mut self, result: Result<(), Problem>, chance: Chance) -> &mut Self {
        self.event(Event::ServiceLooked { result, chance })
    }

    fn unreachable(&mut self) -> &mut Self {
        self.looked(Err(Code::STS_UNREACHABLE.into()), Chance::EVEN)
    }
}

#[test]
fn after_an_end_without_answer_the_service_is_looked_for_ever_more_gently() {
    let mut run = missed();
    let mut pauses = vec![];
    for _ in 0..6 {
        pauses.push(run.next_look());
        run.unreachable();
    }
    let minutes = [1, 2, 4, 5, 5, 5].map(SignedDuration::from_mins);
    assert_eq!(pauses, minutes);
    assert_eq!(run.state.matters().len(), 1, "the end is all there is to say");
    assert_eq!(run.state.errand, Errand::Idle, "nobody is asked for anything");
}

#[test]
fn a_service_that_is_back_is_told_once_and_no_longer_looked_for() {
    let mut run = missed();
    run.next_look();
    run.unreachable().next_look();
    run.looked(Ok(()), Chance::EVEN);
    assert_eq!(run.state.matters()[1..], [Matter::ServiceBack]);
    let told = |run: &Run| {
        run.done.iter().filter(|it| matches!(it, Effect::Record(r) if r.event == "service-back")).count()
    };
    run.passes(SignedDuration::from_hours(1)).looked(Ok(()), Chance::EVEN);
    assert_eq!((told(&run), run.looks()), (1, 2));
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    assert_eq!(run.state.lookout, Lookout::Off, "who signs in has understood");
}

#[test]
fn a_pause_varies_by_a_fifth_and_is_never_shorter_than_the_service_asks_for() {
    let busy = || Problem::new(Code::STS_HTTP).with("status", 503).with("seconds", 1_800);
    for (chance, shortest, longest) in
        [(Chance(0), 240, 240), (Chance(255), 355, 360), (Chance(128), 300, 300)]
    {
        let mut run = missed();
        for _ in 0..5 {
            run.next_look();
            run.looked(Err(Code::STS_TIMEOUT.into()), chance);
        }
        let pause = run.next_look().as_secs();
        assert!((shortest..=longest).contains(&pause), "{chance:?}: {pause}");
        run.looked(Err(busy()), chance);
        assert_eq!(run.next_look(), SignedDuration::from_mins(30));
        assert!(FIRST < LONGEST);
    }
}

#[test]
fn nothing_is_looked_for_where_the_service_answered_or_the_card_is_not_used() {
    for code in [Code::STS_REFUSED, Code::STS_DOWN, Code::STS_OUR_FAULT, Code::ASSERTION_SIGNER] {
        let mut run = at_the_end(code);
        run.passes(SignedDuration::from_mins(2));
        assert_eq!(run.state.lookout, Lookout::Off, "{code}");
    }
    // The person alone was missing.
    let mut run = Run::new();
    let found = lease(run.now.wall.as_second(), 24 * HOUR, Means::Eid);
    run.event(restored(found, HolderKey::Locked));
    run.passes(SignedDuration::from_hours(12)).event(Event::RenewalProbed(Ok(())));
    run.passes(SignedDuration::from_hours(12));
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert_eq!(run.state.lookout, Lookout::Off);
}

#[test]
fn who_wanted_to_sign_in_during_an_outage_hears_of_its_end_too() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    run.answer(Answer::Probed(Err(Code::STS_UNREACHABLE.into())));
    run.next_look();
    run.looked(Ok(()), Chance::EVEN);
    assert_eq!(run.state.matters(), [Matter::ServiceBack]);
}

#[test]
fn while_somebody_signs_in_nothing_else_looks_and_a_sign_in_ends_it() {
    let mut run = missed();
    run.event(seen(ReaderState::Eid)).event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.passes(SignedDuration::from_hours(1));
    assert_eq!(run.looks(), 0, "one request at a time");
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.give_pin();
    run.grant(24 * HOUR).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!(run.state.lookout, Lookout::Off);
    let mut run = missed();
    run.event(Event::SignOutAsked);
    assert_eq!(run.state.lookout, Lookout::Off, "who signed out waits for nothing");
}

#[test]
fn a_clock_that_is_set_back_puts_no_look_off() {
    let mut run = missed();
    let boot = run.now.boot + FIRST;
    run.now = Moment { wall: run.now.wall - SignedDuration::from_hours(5), boot };
    run.event(Event::Tick);
    assert_eq!(run.looks(), 1);
}

#[test]
fn a_port_that_breaks_is_a_look_in_vain() {
    let problem = Problem::new(Code::ADAPTER_PANIC);
    let lost = Effect::LookForService.lost(problem).unwrap();
    let mut run = missed();
    run.next_look();
    run.event(lost);
    assert!(run.state.lookout.waits());
}

#[test]
fn no_service_puts_a_look_off_for_longer_than_an_hour() {
    let mut run = missed();
    run.next_look();
    let asked = Problem::new(Code::STS_HTTP).with("status", 503).with("seconds", 31_536_000);
    run.looked(Err(asked), Chance(255));
    assert_eq!(run.next_look(), ASKED);
}

#[test]
fn a_look_that_is_never_answered_is_a_look_in_vain() {
    let mut run = missed();
    run.next_look();
    let given_up = deadline(&run.state).expect("nobody is waited for without end");
    assert_eq!(given_up.duration_since(run.now.wall), UNHEARD);
    run.passes(UNHEARD);
    assert!(matches!(run.state.lookout, Lookout::Waiting { looks: 1, .. }), "{:?}", run.state.lookout);
    run.next_look();
    assert_eq!(run.looks(), 2);
}
