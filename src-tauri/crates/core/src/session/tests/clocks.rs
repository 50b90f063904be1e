//! A clock of the PC that is wrong, and a mark of trusted time that is.

use super::super::exception::{Reason, Why};
use super::super::ledger::Past;
use super::*;
use crate::lease::SlotId;
use crate::time::TrustedMark;

const HOUR: i64 = 3_600;

fn codes(run: &Run) -> Vec<Code> {
    run.state.said(run.now).into_iter().map(|problem| problem.code).collect()
}

impl Run {
    /// The platform's clock is so many seconds ahead of this PC's.
    fn measured(&mut self, ahead: i64) -> &mut Self {
        let offset = SignedDuration::from_secs(ahead);
        let signed = Some(self.now.wall + offset);
        self.event(Event::ClockMeasured { offset, signed })
    }

    /// One host tells so, and nobody else.
    fn one_host_tells(&mut self, ahead: i64) -> &mut Self {
        self.event(Event::ClockMeasured { offset: SignedDuration::from_secs(ahead), signed: None })
    }

    fn marked(&mut self) -> &mut Self {
        self.event(Event::TimeTold(TrustedMark::default().heard(self.now.wall)))
    }

    /// Time passes; the clock of the PC is moved by `step` besides.
    fn pass(&mut self, passed: i64, step: i64) -> &mut Self {
        let boot = self.now.boot + SignedDuration::from_secs(passed);
        let wall = self.now.wall + SignedDuration::from_secs(passed + step);
        self.now = Moment { wall, boot };
        self.event(Event::Tick)
    }

    fn left(&self) -> Option<SignedDuration> {
        self.state.session.open().map(|open| open.left(self.state.platform_moment(self.now)))
    }

    /// A lease that the platform issued now, by its own clock.
    fn granted_there(&mut self, means: Means, life: i64) -> &mut Self {
        let there = self.state.platform_moment(self.now).wall;
        let assertion = self.desk.put_bytes(SecretBytes::new(vec![1]), self.now);
        let lease = Box::new(lease(there.as_second(), life, means));
        self.answer(Answer::Granted { lease, assertion });
        self.answer(Answer::Sealed { stored: Stored::Os, warning: None })
    }

    fn without_card_there(&mut self) -> &mut Self {
        let why = Some(Why::just(Reason::EidNotAtHand));
        self.event(Event::SignInAsked(Ask { why, ..Ask::by(Means::Fallback) }))
            .answer(Answer::Probed(Ok(())));
        let slot = Some(SlotId::parse(&"a".repeat(32)).unwrap());
        let whose =
            Whose { slot, name: None, past: Past::default(), goes_on: None, key: KeyAtHand::NeedsPassword };
        self.answer(Answer::HolderFound(Ok(Box::new(whose))));
        let entry = self.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), self.now);
        self.event(Event::PasswordGiven { question: self.asked_now(), entry, remember: false });
        self.granted_there(Means::Fallback, 12 * HOUR)
    }
}

#[test]
fn a_lease_lasts_as_long_as_the_platform_says_though_the_clock_of_the_pc_is_wrong() {
    for ahead in [-13 * HOUR, -180, 180, 13 * HOUR] {
        let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
        run.measured(ahead).give_pin();
        run.granted_there(Means::EidOnly, 24 * HOUR);
        assert_eq!(run.left(), Some(SignedDuration::from_hours(24)), "{ahead}");
        assert_eq!(codes(&run), [Code::CLOCK_DIFFERS], "{ahead}");
        run.pass(23 * HOUR, 0);
        assert_eq!(run.left(), Some(SignedDuration::from_hours(1)), "{ahead}");
        let end = run.state.by_this_pc(deadline(&run.state).unwrap(), run.now);
        assert!(end <= run.now.wall + SignedDuration::from_hours(1), "{ahead}: nobody sleeps past the end");
        run.pass(0, ahead);
        assert_eq!(run.left(), Some(SignedDuration::from_hours(1)), "{ahead}: the clock was set right");
        assert_eq!(codes(&run), [], "{ahead}");
        run.pass(HOUR, 0);
        assert_eq!(run.left(), None, "{ahead}");
    }
}

#[test]
fn from_two_minutes_on_the_difference_is_said_with_its_direction() {
    let mut run = Run::new();
    for (ahead, said) in
        [(119, None), (-119, None), (120, Some(("2", "behind"))), (-7_229, Some(("120", "ahead")))]
    {
        run.measured(ahead);
        let told = run.state.said(run.now);
        let told =
            told.first().map(|problem| (problem.with["minutes"].as_str(), problem.with["way"].as_str()));
        assert_eq!(told, said, "{ahead}");
    }
}

#[test]
fn a_clock_that_is_thirteen_hours_slow_costs_no_minute_without_the_card() {
    let mut run = Run::new();
    run.measured(13 * HOUR);
    let there = run.state.platform_moment(run.now).wall;
    run.event(Event::TimeTold(TrustedMark::default().heard(there)));
    run.without_card_there();
    assert_eq!(run.left(), Some(SignedDuration::from_hours(12)));
    run.pass(12 * HOUR - 1, 0);
    assert_eq!(run.left(), Some(SignedDuration::from_secs(1)));
    run.pass(1, 0);
    assert_eq!(run.left(), None);
}

#[test]
fn what_was_measured_is_kept_beside_the_token_and_the_journal_goes_by_the_clock_on_the_wall() {
    let mut run = Run::new();
    run.measured(HOUR).without_card_there();
    let kept = run.done.iter().find_map(|effect| match effect {
        Effect::Seal { history, .. } => Some(history.platform.clone()),
        _ => None,
    });
    assert_eq!(kept, Some(run.state.platform.clone()));
    let noted = run.done.iter().find_map(|effect| match effect {
        Effect::Record(record) => Some(record.at),
        _ => None,
    });
    assert_eq!(noted, Some(run.now.wall));
}

#[test]
fn a_session_found_by_a_wrong_clock_is_judged_anew_once_the_platforms_clock_is_measured() {
    let mut run = Run::new();
    // This PC is three hours fast, which nobody knows yet.
    run.event(restored(
        lease(run.now.wall.as_second() - 3 * HOUR, 24 * HOUR, Means::EidOnly),
        HolderKey::Card,
    ));
    assert_eq!(run.left(), Some(SignedDuration::from_hours(21)));
    run.measured(-3 * HOUR);
    assert_eq!(run.left(), Some(SignedDuration::from_hours(24)));
}

#[test]
fn a_mark_years_ahead_is_said_ends_work_without_the_card_and_is_put_back_by_a_person_in_the_journal() {
    let mut run = Run::new();
    let years = run.now.wall + SignedDuration::from_hours(3 * 366 * 24);
    run.event(Event::TimeTold(TrustedMark::default().heard(years)));
    assert_eq!(codes(&run), [Code::TIME_AHEAD]);
    run.without_card_there().event(Event::Tick);
    assert_eq!(run.left(), None, "nobody gains an hour by a wrong mark");

    run.event(Event::TimeTold(TrustedMark::default().heard(run.now.wall)));
    assert_eq!(codes(&run), [Code::TIME_AHEAD], "no time that is told puts it back");
    run.event(Event::TimeLowered(TrustedMark::default().heard(run.now.wall)));
    assert_eq!(codes(&run), []);
    let noted = run.done.iter().rev().find_map(|effect| match effect {
        Effect::Record(record) if record.event == "noted-time-put-back" => {
            Some(record.detail["from"].clone())
        }
        _ => None,
    });
    assert_eq!(noted, Some(years.to_string()));
    run.pass(60, 0).without_card_there();
    assert!(
        run.left() >= Some(SignedDuration::from_hours(12) - SignedDuration::from_secs(60)),
        "{:?}",
        run.left()
    );
}

#[test]
fn one_host_that_tells_the_time_of_yesterday_stretches_no_session_and_opens_no_ended_one_again() {
    let hour = |hours| SignedDuration::from_hours(hours);
    let mut run = Run::new();
    run.marked();
    run.event(restored(
        lease(run.now.wall.as_second() - 22 * HOUR, 24 * HOUR, Means::EidOnly),
        HolderKey::Card,
    ));
    run.one_host_tells(-13 * HOUR);
    assert_eq!(run.left(), Some(hour(2)), "the mark says that this has passed");
    run.pass(2 * HOUR, 0);
    assert_eq!(run.left(), None);

    let mut late = Run::new();
    late.marked();
    late.event(restored(
        lease(late.now.wall.as_second() - 25 * HOUR, 24 * HOUR, Means::EidOnly),
        HolderKey::Card,
    ));
    late.one_host_tells(-13 * HOUR).event(Event::Tick);
    assert_eq!(late.left(), None, "it ended an hour ago");

    // A PC that is slow, which a signature has told, and then one host that knows nothing of it.
    let mut slow = Run::new();
    slow.measured(13 * HOUR);
    let there = slow.state.platform_moment(slow.now).wall;
    slow.event(Event::TimeTold(TrustedMark::default().heard(there)));
    slow.one_host_tells(HOUR);
    assert_eq!(slow.state.platform_moment(slow.now).wall, there);
}

#[test]
fn a_pc_that_is_fast_is_believed_to_be_so_by_a_mark_that_is_not_ahead_or_by_a_signature() {
    let mut run = Run::new();
    let there = run.now.wall - SignedDuration::from_hours(13);
    run.event(Event::TimeTold(TrustedMark::default().heard(there))).one_host_tells(-13 * HOUR);
    assert_eq!(run.state.platform_moment(run.now).wall, there);

    let mut wrong = Run::new();
    wrong.marked().measured(-13 * HOUR);
    assert_eq!(wrong.state.platform_moment(wrong.now).wall, there, "the platform signed it");
    assert_eq!(codes(&wrong), [Code::CLOCK_DIFFERS, Code::TIME_AHEAD], "and a person can put the mark back");
}

#[test]
fn one_host_alone_makes_no_jump_ahead_for_a_lease() {
    let mut run = Run::new();
    run.marked().one_host_tells(13 * HOUR);
    assert_eq!(run.state.platform_moment(run.now), run.now);
    run.one_host_tells(540);
    assert_eq!(run.state.platform_moment(run.now).wall, run.now.wall + SignedDuration::from_secs(540));
}

#[test]
fn a_difference_at_the_edge_of_measuring_lengthens_no_wait_until_a_lease_is_erased() {
    let mut run = Run::new();
    // It looks ended by a year when it is found.
    run.event(restored(
        lease(run.now.wall.as_second() - 366 * 24 * HOUR, 24 * HOUR, Means::EidOnly),
        HolderKey::Card,
    ));
    let gone = |run: &Run| run.done.iter().any(|effect| matches!(effect, Effect::Erase { .. }));
    for minute in 0..24 * 60 {
        assert!(!gone(&run), "{minute}");
        run.one_host_tells(if minute % 2 == 0 { 2 } else { 0 }).pass(60, 0);
    }
    assert!(gone(&run), "a whole life has passed in this run");
}

/// The PC has started anew without a network, its clock set back: the mark says that 20 hours of 24 have passed, the clock
/// on the wall that it were 10.
fn set_back_over_a_reboot() -> Run {
    let mut run = Run::new();
    let issued = run.now.wall;
    let hour = |hours| SignedDuration::from_hours(hours);
    run.now = Moment { wall: issued + hour(10), boot: SignedDuration::from_secs(60) };
    run.event(Event::TimeTold(TrustedMark::default().heard(issued + hour(20))));
    run.event(restored(lease(issued.as_second(), 24 * HOUR, Means::EidOnly), HolderKey::Card));
    run
}

#[test]
fn a_clock_that_was_set_back_over_a_reboot_lengthens_no_session_though_nobody_answers() {
    let mut run = set_back_over_a_reboot();
    assert_eq!(run.left(), Some(SignedDuration::from_hours(4)));
    run.pass(4 * HOUR - 1, 0);
    assert_eq!(run.left(), Some(SignedDuration::from_secs(1)));
    run.pass(1, -HOUR);
    assert_eq!(run.left(), None);
    assert!(matches!(run.state.session, Session::Ended(_)));
    run.one_host_tells(10 * HOUR).event(Event::Tick);
    assert_eq!(run.left(), None, "the platform agrees");
}

#[test]
fn a_session_that_only_a_wrong_mark_ended_is_kept_and_comes_back_once_the_clock_is_measured() {
    for offline in [0, 5 * HOUR] {
        let mut run = set_back_over_a_reboot();
        run.pass(offline, 0);
        assert!(!run.done.iter().any(|effect| matches!(effect, Effect::Erase { .. })), "{offline}");
        // The clock of the PC was right all the time.
        run.one_host_tells(0).event(Event::Tick);
        assert_eq!(run.left(), Some(SignedDuration::from_secs(14 * HOUR - offline)), "{offline}");
    }
    // So does one that was over by the mark when it was found.
    let mut run = Run::new();
    let issued = run.now.wall;
    run.event(Event::TimeTold(TrustedMark::default().heard(issued + SignedDuration::from_hours(30))));
    run.event(restored(lease(issued.as_second(), 24 * HOUR, Means::EidOnly), HolderKey::Card));
    run.pass(HOUR, 0);
    assert_eq!(run.left(), None);
    run.one_host_tells(0).event(Event::Tick);
    assert_eq!(run.left(), Some(SignedDuration::from_hours(23)));
}
