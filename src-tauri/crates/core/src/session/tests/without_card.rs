//! Without the card: a reason, a typed password, twelve hours by three clocks, and one line in the ledger.

use super::super::exception::{Exception, Habit, Limits, Reason, Restraint, Used, Warning, Why};
use super::super::ledger::{Ended, Ending, Line, Past};
use super::*;
use crate::lease::SlotId;
use crate::time::TrustedMark;

const HOUR: i64 = 3_600;

fn slot() -> SlotId {
    SlotId::parse(&"a".repeat(32)).unwrap()
}

fn why() -> Why {
    Why::just(Reason::EidNotAtHand)
}

fn ask() -> Ask {
    Ask { why: Some(why()), ..Ask::by(Means::Fallback) }
}

impl Run {
    fn type_password(&mut self) -> EntryId {
        let entry = self.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), self.now);
        self.event(Event::PasswordGiven { question: self.asked_now(), entry, remember: true });
        entry
    }

    /// The service answers, and the keystore of this person is there.
    fn asked_without_card(&mut self, past: Past) -> &mut Self {
        self.event(Event::SignInAsked(ask())).answer(Answer::Probed(Ok(())));
        let whose =
            Whose { slot: Some(slot()), name: None, past, goes_on: None, key: KeyAtHand::NeedsPassword };
        self.answer(Answer::HolderFound(Ok(Box::new(whose))))
    }

    /// A session without the card that the platform gave this many seconds.
    fn without_card(&mut self, life: i64) -> &mut Self {
        let past = self.state.uses.of(&slot());
        self.asked_without_card(past).type_password();
        self.claimed(life)
    }

    fn claimed(&mut self, life: i64) -> &mut Self {
        let assertion = self.desk.put_bytes(SecretBytes::new(vec![1]), self.now);
        let mut lease = lease(self.now.wall.as_second(), life, Means::Fallback);
        lease.id = crate::lease::LeaseId(format!("{:032x}", self.now.wall.as_second()));
        self.answer(Answer::Granted { lease: Box::new(lease), assertion });
        self.answer(Answer::Sealed { stored: Stored::Os, warning: None })
    }

    fn tick_at(&mut self, wall: i64, boot: i64) -> &mut Self {
        self.now = Moment { boot: SignedDuration::from_secs(boot), ..at(wall) };
        self.event(Event::Tick)
    }

    fn ended_by(&self) -> Option<Ending> {
        self.done.iter().rev().find_map(|effect| match effect {
            Effect::EndEpisode { ended, .. } => Some(ended.how),
            _ => None,
        })
    }

    fn uses_begun(&self) -> usize {
        self.done.iter().filter(|effect| matches!(effect, Effect::BeginEpisode(_))).count()
    }
}

#[test]
fn a_reason_and_a_typed_password_make_a_session_of_twelve_hours_at_most() {
    let mut run = Run::new();
    run.asked_without_card(Past::default());
    assert!(matches!(run.state.errand, Errand::Keystore(_)), "the password is always typed");
    let entry = run.type_password();
    let claim = run.done.iter().find(|effect| matches!(effect, Effect::Claim { .. }));
    assert!(
        matches!(claim, Some(Effect::Claim { password, remember: false, .. }) if *password == Some(entry))
    );
    run.claimed(24 * HOUR);
    let open = run.state.session.open().unwrap();
    assert_eq!(open.ends_at(), at(12 * HOUR).wall);
    assert_eq!(run.uses_begun(), 1);
    assert!(run.done.iter().any(|e| matches!(e, Effect::Seal { history, .. } if history.episode.is_some())));
    run.tick_at(12 * HOUR, 12 * HOUR);
    assert!(run.state.session.open().is_none());
    assert_eq!(run.ended_by(), Some(Ending::Time));
    assert!(run.done.contains(&Effect::Erase { slot: slot() }), "the token is wiped");
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.code == Some(Code::EXCEPTION_ENDED))));
}

#[test]
fn without_a_reason_nobody_is_asked_for_a_password() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::Fallback)));
    let Errand::Failed { problem, in_window } = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!((problem.code, *in_window), (Code::REASON_WANTED, false));
}

#[test]
fn a_shorter_token_ends_the_session_before_the_cap() {
    let mut run = Run::new();
    run.without_card(4 * HOUR).tick_at(4 * HOUR, 4 * HOUR);
    assert_eq!(run.ended_by(), Some(Ending::Time));
}

#[test]
fn a_token_issued_a_moment_before_the_exception_began_lasts_its_twelve_hours() {
    use super::super::notice::Matter;
    let mut run = Run::new();
    run.without_card(12 * HOUR - 2).tick_at(12 * HOUR - 2, 12 * HOUR - 2);
    assert!(matches!(run.state.matters()[..], [Matter::Ended { capped: true, .. }]));
}

#[test]
fn a_wrong_password_is_asked_again_and_costs_nothing() {
    let mut run = Run::new();
    run.asked_without_card(Past::default());
    let question = run.asked_now();
    run.type_password();
    run.answer(refused(Code::KEYSTORE_PASSWORD_WRONG, PinFate::Spent));
    let Errand::Keystore(keyed) = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!(keyed.notice.as_ref().unwrap().code, Code::KEYSTORE_PASSWORD_WRONG);
    assert_ne!(keyed.question, question, "a new question");
    run.type_password();
    run.claimed(12 * HOUR);
    assert!(run.state.session.open().is_some());
}

#[test]
fn nothing_of_it_is_renewed() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    for hour in 1..12 {
        run.tick_at(hour * HOUR, hour * HOUR);
    }
    assert!(!run.done.contains(&Effect::ProbeForRenewal));
    assert_eq!(run.state.ask_to_renew(None), Err(Code::NEVER_RENEWED));
}

#[test]
fn its_warnings_come_at_60_15_and_5_minutes_and_wake_the_loop() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    let mut said = vec![];
    while run.state.session.open().is_some() {
        let wake = deadline(&run.state).unwrap();
        let seconds = wake.as_second() - 1_000_000;
        run.tick_at(seconds, seconds);
        if let Some(open) = run.state.session.open() {
            said.push((open.left(run.now).as_secs() / 60, open.exception.as_ref().unwrap().said));
        }
    }
    let expected = [(60, Warning::Hour), (15, Warning::Quarter), (5, Warning::Minutes)];
    assert_eq!(said, expected.map(|(minutes, warning)| (minutes, Some(warning))));
}

#[test]
fn what_is_said_outside_the_window_is_what_is_true_now() {
    use super::super::notice::Matter;
    let mut run = Run::new();
    assert_eq!(run.state.matters(), []);
    run.without_card(24 * HOUR);
    assert_eq!(run.state.matters(), []);
    run.tick_at(11 * HOUR, 11 * HOUR).event(seen(ReaderState::Eid));
    let ends_at = at(12 * HOUR).wall;
    let warned = Matter::WithoutCard { warning: Warning::Hour, ends_at };
    assert_eq!(run.state.matters(), [warned, Matter::CardBack]);
    run.event(Event::TriesSeen { reader: "Reader 0".into(), tries: Tries::Left(0) });
    assert_eq!(run.state.matters(), [warned], "a blocked card is no way back");
    run.tick_at(12 * HOUR, 12 * HOUR);
    assert_eq!(run.state.matters(), [Matter::Ended { at: ends_at, capped: true }]);
    run.event(Event::SignOutAsked);
    assert_eq!(run.state.matters(), []);
}

#[test]
fn opened_again_it_is_the_same_episode_with_the_same_end_and_one_line() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    run.tick_at(2 * HOUR, 2 * HOUR).event(Event::SignOutAsked);
    assert_eq!(run.ended_by(), Some(Ending::Person));
    run.tick_at(5 * HOUR, 5 * HOUR).without_card(24 * HOUR);
    assert_eq!(run.state.session.open().unwrap().ends_at(), at(12 * HOUR).wall);
    assert_eq!(run.state.uses.of(&slot()), Past { beginnings: vec![at(0).wall], in_a_row: 1 });
    run.tick_at(12 * HOUR, 12 * HOUR);
    assert!(run.state.session.open().is_none());
    run.tick_at(13 * HOUR, 13 * HOUR).without_card(24 * HOUR);
    assert_eq!(run.state.uses.of(&slot()).in_a_row, 2, "the twelve hours were over");
}

#[test]
fn one_that_was_found_again_goes_on_by_its_own_count_and_not_by_the_wall_clock_alone() {
    let mut first = Run::new();
    first.without_card(24 * HOUR).tick_at(9 * HOUR, 9 * HOUR);
    let mut found = on_disk(&first).unwrap();
    found.lease.id = crate::lease::LeaseId("0".repeat(32));
    let mut run = Run::new();
    // The PC starts anew, and its clock was set back to just after the beginning; somebody has told the time.
    run.now = Moment { boot: SignedDuration::from_secs(60), ..at(HOUR) };
    run.event(Event::TimeTold(TrustedMark(Some(at(9 * HOUR).wall))));
    run.event(Event::Restored(Box::new(found))).event(Event::SignOutAsked);
    let left = run.state.uses.going_on(&slot(), run.now).map(|exception| exception.left(run.now));
    let left = left.expect("it may be opened again");
    assert!(left <= SignedDuration::from_hours(3), "{left} are left");
}

#[test]
fn the_journal_says_the_end_of_the_exception_and_not_of_its_later_token() {
    let mut run = Run::new();
    run.without_card(24 * HOUR).event(Event::SignOutAsked);
    run.done.clear();
    run.tick_at(5 * HOUR, 5 * HOUR).without_card(24 * HOUR);
    let until = run.done.iter().find_map(|effect| match effect {
        Effect::Record(record) if record.event == "signed-in" => record.detail.get("until").cloned(),
        _ => None,
    });
    assert_eq!(until, Some(at(12 * HOUR).wall.to_string()));
}

impl Run {
    /// The line that was written down last.
    fn line(&self) -> Line {
        let line = self.done.iter().rev().find_map(|effect| match effect {
            Effect::BeginEpisode(line) => Some((**line).clone()),
            _ => None,
        });
        line.expect("a line of the ledger")
    }

    /// The records knew an episode that began at `begun`, and answer only now.
    fn records_answer(&mut self, begun: i64) -> Line {
        let asked = self.line();
        let started_at = at(begun).wall;
        let episode = crate::lease::LeaseId("e".repeat(32));
        let ends_at = started_at + SignedDuration::from_hours(12);
        let line = Line { episode, started_at, ends_at, ..asked.clone() };
        self.event(Event::EpisodeInForce { asked: asked.episode, line: Box::new(line.clone()) });
        line
    }

    fn kept_since(&self) -> Option<Timestamp> {
        self.done.iter().rev().find_map(|effect| match effect {
            Effect::KeepHistory { history, .. } => history.episode.as_ref().map(|kept| kept.used.since),
            _ => None,
        })
    }
}

#[test]
fn records_that_answer_later_take_back_the_hours_nobody_knew_of() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    let line = run.records_answer(-2 * HOUR);
    let open = run.state.session.open().unwrap();
    assert_eq!(open.ends_at(), at(10 * HOUR).wall);
    assert_eq!(open.left(run.now), SignedDuration::from_hours(10));
    assert_eq!(run.kept_since(), Some(at(-2 * HOUR).wall), "the lease file says so, too");
    let expected = Past { beginnings: vec![at(-2 * HOUR).wall], in_a_row: 1 };
    assert_eq!(run.state.uses.of(&slot()), expected, "one use");
    assert_eq!(run.state.uses.going_on(&slot(), run.now).map(|it| it.id.clone()), Some(line.episode.clone()));
    run.tick_at(10 * HOUR, 10 * HOUR);
    assert!(run.state.session.open().is_none());
    let ended = run.done.iter().rev().find_map(|effect| match effect {
        Effect::EndEpisode { episode, ended } => Some((episode.clone(), *ended)),
        _ => None,
    });
    assert_eq!(ended, Some((line.episode, Ended { at: at(10 * HOUR).wall, how: Ending::Time })));
}

#[test]
fn records_that_answer_after_its_end_end_it_at_once_and_those_of_a_later_beginning_give_nothing() {
    let mut run = Run::new();
    run.without_card(24 * HOUR).tick_at(5 * HOUR, 5 * HOUR);
    run.records_answer(-8 * HOUR);
    assert!(run.state.session.open().is_none(), "it was over an hour ago");
    assert_eq!(run.ended_by(), Some(Ending::Time));

    let mut run = Run::new();
    run.without_card(24 * HOUR);
    run.records_answer(3 * HOUR);
    assert_eq!(run.state.session.open().unwrap().ends_at(), at(12 * HOUR).wall);
}

#[test]
fn an_episode_that_was_known_to_be_over_takes_nothing_from_the_next() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    let first = run.line();
    // The clock of the PC was set back, and nobody told the time: by the boot clock it is over.
    run.tick_at(HOUR, 13 * HOUR).without_card(24 * HOUR);
    let asked = run.line();
    assert_ne!(asked.episode, first.episode);
    let before = run.state.session.clone();
    run.event(Event::EpisodeInForce { asked: asked.episode, line: Box::new(first) });
    assert_eq!(run.state.session, before, "nobody is locked out");
}

#[test]
fn a_token_that_is_just_being_put_away_hears_of_its_beginning_as_well() {
    let mut run = Run::new();
    run.without_card(24 * HOUR).event(Event::SignOutAsked);
    let past = run.state.uses.of(&slot());
    run.tick_at(60, 60).asked_without_card(past).type_password();
    let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
    let lease = Box::new(lease(run.now.wall.as_second(), 24 * HOUR, Means::Fallback));
    run.answer(Answer::Granted { lease, assertion });
    let line = run.records_answer(-2 * HOUR);
    run.answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!(run.state.session.open().unwrap().ends_at(), at(10 * HOUR).wall);
    assert_eq!((run.line().episode, run.state.uses.of(&slot()).in_a_row), (line.episode, 1), "one use");
}

#[test]
fn a_session_that_waits_hears_of_its_beginning_as_well() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    let open = run.state.session.open().unwrap().clone();
    run.state.session = Session::None;
    run.state.people.others.insert(slot(), open);
    run.records_answer(-2 * HOUR);
    assert_eq!(run.state.session_of(&slot()).unwrap().ends_at(), at(10 * HOUR).wall);
}

#[test]
fn a_sign_in_with_the_card_ends_it() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    run.tick_at(HOUR, HOUR);
    run.event(seen(ReaderState::Eid)).event(Event::SignInAsked(Ask::by(Means::Eid)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.answer(Answer::KeyFound(Ok(KeyAtHand::Open)));
    run.give_pin();
    run.grant(24 * HOUR).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!(run.ended_by(), Some(Ending::Card));
    assert_eq!(run.state.uses.of(&slot()).in_a_row, 0);
    assert!(run.state.session.open().unwrap().exception.is_none());
}

#[test]
fn a_habit_asks_for_a_sentence_and_never_blocks() {
    let mut run = Run::new();
    let beginnings = (1..=4).map(|day| at(-day * 24 * HOUR).wall).collect();
    let past = Past { beginnings, in_a_row: 0 };
    run.asked_without_card(past.clone());
    let Errand::Failed { problem, .. } = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!(problem.code, Code::JUSTIFICATION_WANTED);
    let why = Why { note: Some("the reader is being repaired".into()), ..why() };
    run.event(Event::SignInAsked(Ask { why: Some(why), ..ask() })).answer(Answer::Probed(Ok(())));
    let whose = Whose { slot: Some(slot()), name: None, past, goes_on: None, key: KeyAtHand::NeedsPassword };
    run.answer(Answer::HolderFound(Ok(Box::new(whose)))).type_password();
    run.claimed(12 * HOUR);
    assert!(run.state.session.open().is_some());
    let restraint = run.state.uses.restraint(&slot(), &Limits::USUAL, run.now);
    assert_eq!(restraint, Restraint::None, "it goes on");
    assert_eq!(run.state.uses.habit(&slot(), &Limits::USUAL, run.now), Some(Habit::Often(5)));
}

#[test]
fn a_note_of_blanks_explains_no_habit() {
    let mut run = Run::new();
    let beginnings = (1..=4).map(|day| at(-day * 24 * HOUR).wall).collect();
    let past = Past { beginnings, in_a_row: 0 };
    for note in ["", " ", "\u{200B}\n\t "] {
        let why = Why { note: Some(note.into()), ..why() };
        run.event(Event::SignInAsked(Ask { why: Some(why), ..ask() })).answer(Answer::Probed(Ok(())));
        let (slot, past, key) = (Some(slot()), past.clone(), KeyAtHand::NeedsPassword);
        let whose = Whose { slot, name: None, past, goes_on: None, key };
        run.answer(Answer::HolderFound(Ok(Box::new(whose))));
        assert_eq!(run.failed_with(), Some(Code::JUSTIFICATION_WANTED), "{note:?}");
    }
    let why = Why { note: Some(" the reader\nis broken ".into()), ..why() };
    run.event(Event::SignInAsked(Ask { why: Some(why), ..ask() }));
    let note = run.state.errand.ask().and_then(|ask| ask.why.clone()).and_then(|why| why.note);
    assert_eq!(note.as_deref(), Some("the reader is broken"));
}

/// A session with the card that lasts a day.
fn with_the_card() -> Run {
    let mut run = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::Open);
    run.give_pin();
    run.grant(24 * HOUR).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    run.done.clear();
    run
}

impl Run {
    fn failed_with(&self) -> Option<Code> {
        match &self.state.errand {
            Errand::Failed { problem, .. } => Some(problem.code),
            _ => None,
        }
    }

    fn found(&mut self, slot: Option<SlotId>) -> &mut Self {
        let (name, past, goes_on, key) = (None, Past::default(), None, KeyAtHand::NeedsPassword);
        self.answer(Answer::HolderFound(Ok(Box::new(Whose { slot, name, past, goes_on, key }))))
    }
}

#[test]
fn what_ends_sooner_never_takes_the_place_of_a_session_with_the_card() {
    let mut run = with_the_card();
    let open = run.state.session.clone();
    run.event(Event::SignInAsked(Ask { person: Some(slot()), ..ask() }));
    assert_eq!(run.failed_with(), Some(Code::CARD_SESSION_OPEN));
    assert!(!run.done.iter().any(|effect| matches!(effect, Effect::Probe { .. })), "nobody is asked");

    run.event(Event::SignInAsked(ask())).answer(Answer::Probed(Ok(()))).found(Some(slot()));
    assert_eq!(run.failed_with(), Some(Code::CARD_SESSION_OPEN), "once it is known whose keystore it is");

    run.event(Event::SignInAsked(ask())).answer(Answer::Probed(Ok(()))).found(None).type_password();
    run.claimed(12 * HOUR);
    assert_eq!(run.failed_with(), Some(Code::CARD_SESSION_OPEN), "once its password has told it");
    assert!(run.done.iter().any(|effect| matches!(effect, Effect::Wipe { .. })), "the token is not kept");
    assert!(!run.done.iter().any(|effect| matches!(effect, Effect::Seal { .. } | Effect::BeginEpisode(_))));
    assert_eq!(run.state.session, open);
}

#[test]
fn another_person_works_without_the_card_beside_a_session_with_it() {
    let mut run = with_the_card();
    let other = SlotId::parse(&"b".repeat(32)).unwrap();
    run.event(Event::SignInAsked(ask())).answer(Answer::Probed(Ok(()))).found(Some(other));
    assert!(matches!(run.state.errand, Errand::Keystore(_)), "{:?}", run.state.errand);
}

#[test]
fn in_its_last_half_hour_a_session_with_the_card_may_be_followed_by_one_without_it() {
    let mut run = with_the_card();
    let named = Ask { person: Some(slot()), ..ask() };
    run.event(Event::SignInAsked(named.clone()));
    assert_eq!(run.failed_with(), Some(Code::CARD_SESSION_OPEN));
    run.tick_at(23 * HOUR, 23 * HOUR);
    assert_eq!(run.failed_with(), Some(Code::CARD_SESSION_OPEN), "it is still so");
    run.tick_at(24 * HOUR - 1_800, 24 * HOUR - 1_800);
    assert_eq!(run.failed_with(), None, "what is no longer so is not said any more");
    run.event(Event::SignInAsked(named));
    assert!(matches!(run.state.errand, Errand::Probing { .. }), "{:?}", run.state.errand);
}

#[test]
fn a_pc_that_slept_past_its_end_writes_down_the_end_and_the_reason() {
    let mut run = Run::new();
    run.without_card(24 * HOUR);
    run.tick_at(13 * HOUR, 13 * HOUR);
    let ended = run.done.iter().find_map(|effect| match effect {
        Effect::EndEpisode { ended, .. } => Some(*ended),
        _ => None,
    });
    assert_eq!(ended, Some(Ended { at: at(12 * HOUR).wall, how: Ending::Time }));
    let reasons = run.done.iter().filter_map(|effect| match effect {
        Effect::Record(record) => record.detail.get("reason").map(String::as_str),
        _ => None,
    });
    assert_eq!(reasons.collect::<Vec<_>>(), ["eid-not-at-hand"]);
    assert_eq!(run.state.why_nobody(), Code::EXCEPTION_ENDED);
}

#[test]
fn a_keystore_that_is_not_there_costs_nobody_a_password() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(ask())).answer(Answer::Probed(Ok(())));
    run.answer(Answer::HolderFound(Err(Code::KEYSTORE_NOT_FOUND.into())));
    let Errand::Failed { problem, in_window } = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!((problem.code, *in_window), (Code::KEYSTORE_NOT_FOUND, false));
}

#[test]
fn after_a_reboot_with_the_clock_set_back_it_waits_for_a_trusted_time() {
    let mut used = Used::begun(at(0));
    let kept = used.keep(at(6 * HOUR));
    let id = crate::lease::LeaseId("0".repeat(32));
    let trusted = TrustedMark::default();
    let used = Used::found(kept, true);
    let exception = Exception { id, why: why(), used, trusted, rebooted: true, said: None };
    let mut run = Run::new();
    run.now = Moment { boot: SignedDuration::from_secs(60), ..at(HOUR) };
    run.event(Event::Restored(Box::new(Found {
        lease: lease(1_000_000, 24 * HOUR, Means::Fallback),
        stored: Stored::Os,
        key: HolderKey::Locked,
        attempts: vec![],
        exception: Some(exception),
    })));
    let open = run.state.session.open().unwrap();
    assert!(open.held(run.now) && !open.usable(run.now), "kept, not used");
    run.event(Event::TimeTold(TrustedMark(Some(at(7 * HOUR).wall))));
    let open = run.state.session.open().unwrap();
    assert!(open.usable(run.now));
    assert_eq!(open.left(run.now), SignedDuration::from_hours(5), "by the clock that says most");
    run.event(Event::TimeTold(TrustedMark(Some(at(12 * HOUR).wall))));
    assert!(run.state.session.open().is_none());
}

#[test]
fn what_the_app_finds_wrong_stands_beside_the_reason() {
    let mut run = Run::new();
    run.event(seen(ReaderState::Mute)).without_card(HOUR);
    let found = run.done.iter().find_map(|effect| match effect {
        Effect::BeginEpisode(line) => Some(line.evidence.clone()),
        _ => None,
    });
    assert_eq!(found, Some(vec![Code::CARD_MUTE]));
}

impl Run {
    fn evidence(&self) -> Vec<Code> {
        let line = self.done.iter().rev().find_map(|effect| match effect {
            Effect::BeginEpisode(line) => Some(line.evidence.clone()),
            _ => None,
        });
        line.expect("a line of the ledger")
    }

    fn card_refused(&mut self, code: Code) -> &mut Self {
        self.event(seen(ReaderState::Eid)).event(Event::SignInAsked(Ask::by(Means::EidOnly)));
        self.answer(Answer::Probed(Err(code.into())))
    }
}

#[test]
fn what_was_found_of_the_service_stands_beside_the_reason_for_an_hour() {
    let mut run = Run::new();
    run.card_refused(Code::STS_UNREACHABLE).tick_at(HOUR - 1, HOUR - 1).without_card(HOUR);
    assert_eq!(run.evidence(), [Code::STS_UNREACHABLE]);

    let mut run = Run::new();
    run.card_refused(Code::STS_UNREACHABLE).tick_at(HOUR, HOUR).without_card(HOUR);
    assert_eq!(run.evidence(), [], "what was an hour ago says nothing of now");

    let mut run = Run::new();
    run.card_refused(Code::STS_UNREACHABLE).without_card(60).tick_at(120, 120).without_card(HOUR);
    assert_eq!(run.evidence(), [], "it has answered since, and granted a session");

    let mut run = Run::new();
    run.card_refused(Code::CARD_MUTE).without_card(HOUR);
    assert_eq!(run.evidence(), [], "what is not of the service is seen, or is not");
}

#[test]
fn a_renewal_that_the_service_left_unanswered_stands_beside_the_reason() {
    let mut run = with_the_card();
    run.tick_at(24 * HOUR - 1_500, 24 * HOUR - 1_500);
    run.event(Event::RenewalProbed(Err(Code::STS_TIMEOUT.into())));
    run.event(seen(ReaderState::Empty)).without_card(HOUR);
    assert_eq!(run.evidence(), [Code::NO_CARD, Code::STS_TIMEOUT]);
}

#[test]
fn a_session_that_waits_is_ended_in_the_ledger_by_the_card_of_its_person() {
    let mut run = Run::new();
    run.without_card(24 * HOUR).tick_at(HOUR, HOUR);
    let other = SlotId::parse(&"b".repeat(32)).unwrap();
    let card_of = |run: &mut Run, slot: SlotId| {
        run.event(seen(ReaderState::Eid)).event(Event::SignInAsked(Ask::by(Means::EidOnly)));
        run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
        run.give_pin();
        let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
        let mut lease = lease(run.now.wall.as_second(), 24 * HOUR, Means::EidOnly);
        lease.person.slot = slot;
        run.answer(Answer::Granted { lease: Box::new(lease), assertion });
        run.answer(Answer::Sealed { stored: Stored::Os, warning: None });
    };
    card_of(&mut run, other);
    assert_eq!(run.ended_by(), None, "it waits, and goes on");
    run.tick_at(2 * HOUR, 2 * HOUR);
    card_of(&mut run, slot());
    assert_eq!(run.ended_by(), Some(Ending::Card));
}

/// The lease file and the ledger as they lie on disk when the PC goes off.
fn on_disk(run: &Run) -> Option<Found> {
    let open = run.state.session.open()?;
    let kept = run.done.iter().rev().find_map(|effect| match effect {
        Effect::KeepHistory { history, .. } | Effect::Seal { history, .. } => history.episode.clone(),
        _ => None,
    });
    let kept = kept.unwrap_or_else(|| open.exception.clone().unwrap().keep(run.now));
    let exception = Exception::found(&kept, true, TrustedMark::default());
    let (lease, stored) = (open.lease.clone(), open.stored);
    Some(Found { lease, stored, key: HolderKey::Locked, attempts: vec![], exception: Some(exception) })
}

proptest! {
    /// Threat T7: whatever the wall clock is set to, and however often the PC starts anew.
    #[test]
    fn no_clock_lengthens_it(
        turns in prop::collection::vec((-50_000i64..50_000, 1i64..8_000, any::<bool>()), 1..40),
    ) {
        let mut run = Run::new();
        run.without_card(24 * HOUR);
        let (mut real, mut wall, mut boot) = (0, 0, 0);
        for (jump, passed, reboot) in turns {
            // The loop looks every 30 s.
            for _ in 0..passed / 30 {
                (real, wall, boot) = (real + 30, wall + 30, boot + 30);
                run.tick_at(wall, boot);
                if run.state.session.open().is_some_and(|open| open.usable(run.now)) {
                    prop_assert!(real < 12 * HOUR + 60, "used after {real} s");
                }
            }
            wall += jump;
            if reboot && let Some(found) = on_disk(&run) {
                boot = 0;
                run = Run::new();
                run.now = Moment { boot: SignedDuration::ZERO, ..at(wall) };
                run.event(Event::Restored(Box::new(found)));
            }
        }
    }
}
