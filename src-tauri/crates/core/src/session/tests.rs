//! The promises of a sign-in, as tables and as properties of random runs.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

mod clocks;
mod doubts;
mod ends;
mod forgetting;
mod keeping;
mod lookout;
mod organisation;
mod people;
mod questions;
mod waits;
mod without_card;

use super::*;
use crate::card::{Applet, CardFace, ChipNumber, Reader, ReaderState, Tries};
use crate::ident::Ssin;
use crate::lease::tests::lease;
use crate::lease::{HolderKey, Means, TokenLease};
use crate::secret::{Desk, EntryId, Pin, SecretBytes};

fn at(seconds: i64) -> Moment {
    Moment {
        wall: Timestamp::from_second(1_000_000 + seconds).unwrap(),
        boot: SignedDuration::from_secs(seconds),
    }
}

fn face(tries: Tries) -> Box<CardFace> {
    Box::new(CardFace {
        reader: "Reader 0".into(),
        applet: Applet::V18,
        chip: ChipNumber([1; 16]),
        card_number_end: "4127".into(),
        holder: "Claire Lambert".into(),
        ssin: Ssin::parse_unchecked("85010199700").unwrap(),
        tries,
        keypad: false,
        certificate: Arc::from([].as_slice()),
        certificate_until: Timestamp::MAX,
    })
}

fn seen(state: ReaderState) -> Event {
    Event::ReadersSeen(Readers::Seen(vec![Reader { name: "Reader 0".into(), state }]))
}

/// A run of the machine that keeps what it was told to do.
struct Run {
    state: State,
    desk: Desk,
    now: Moment,
    done: Vec<Effect>,
}

impl Run {
    fn new() -> Self {
        Self { state: State::new(), desk: Desk::new(), now: at(0), done: vec![] }
    }

    fn event(&mut self, event: Event) -> &mut Self {
        let (state, effects) = next(std::mem::take(&mut self.state), event, self.now);
        self.state = state;
        self.done.extend(effects);
        self
    }

    fn answer(&mut self, answer: Answer) -> &mut Self {
        let errand = self.state.errand.id().unwrap_or(ErrandId(0));
        self.event(Event::Answered { errand, answer })
    }

    fn pin(&self) -> EntryId {
        self.desk.put_pin(Pin::from_ascii(b"1234").unwrap_or_else(|e| panic!("{e}")), self.now)
    }

    fn asked(means: Means, tries: Tries, key: KeyAtHand) -> Self {
        let mut run = Self::new();
        run.event(seen(ReaderState::Eid));
        run.event(Event::SignInAsked(Ask::by(means)));
        run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(tries))));
        if means == Means::Eid {
            run.answer(Answer::KeyFound(Ok(key)));
        }
        run
    }

    fn asked_now(&self) -> QuestionId {
        self.state.errand.question().unwrap_or_default()
    }

    fn give_pin(&mut self) -> EntryId {
        let entry = self.pin();
        self.event(Event::PinGiven { question: self.asked_now(), pin: PinSource::Desk(entry) });
        entry
    }

    fn grant(&mut self, life: i64) -> &mut Self {
        let assertion = self.desk.put_bytes(SecretBytes::new(vec![1]), self.now);
        let lease = Box::new(lease(self.now.wall.as_second(), life, Means::Eid));
        self.answer(Answer::Granted { lease, assertion })
    }

    fn requests(&self) -> usize {
        self.done.iter().filter(|effect| matches!(effect, Effect::Request { .. })).count()
    }

    fn wiped(&self, entry: EntryId) -> bool {
        self.done.contains(&Effect::Wipe { entry })
    }
}

fn restored(lease: TokenLease, key: HolderKey) -> Event {
    Event::Restored(Box::new(Found { lease, stored: Stored::Os, key, attempts: vec![], exception: None }))
}

fn refused(code: Code, pin: PinFate) -> Answer {
    Answer::Refused { problem: code.into(), pin }
}

#[test]
fn a_card_a_pin_and_a_password_make_a_session() {
    let mut run = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::NeedsPassword);
    run.give_pin();
    assert_eq!(run.requests(), 0, "the PIN waits until the keystore is open");
    let entry = run.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), run.now);
    run.event(Event::PasswordGiven { question: run.asked_now(), entry, remember: false })
        .answer(Answer::KeyOpened(Ok(())));
    assert_eq!(run.requests(), 1);
    run.grant(43_200).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    let open = run.state.session.open().expect("a session");
    assert_eq!(open.key, HolderKey::Unlocked);
    assert!(deadline(&run.state).is_some_and(|wake| wake < open.ends_at()), "it is renewed before its end");
    assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.event == "signed-in")));
}

#[test]
fn a_password_that_was_not_remembered_is_said_until_the_next_sign_in() {
    let mut run = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::Open);
    run.give_pin();
    run.event(Event::Warned(Code::PASSWORD_NOT_REMEMBERED.into()));
    run.grant(43_200).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert_eq!(
        run.state.warnings,
        [Code::PASSWORD_NOT_REMEMBERED.into()],
        "sealing a lease says nothing of it"
    );
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    assert_eq!(run.state.warnings, []);
}

#[test]
fn no_pin_is_asked_where_there_is_no_keystore_or_no_service() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    run.answer(Answer::Probed(Err(Code::STS_UNREACHABLE.into())));
    assert!(
        matches!(&run.state.errand, Errand::Failed { problem, in_window: false } if problem.code == Code::STS_UNREACHABLE)
    );

    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.answer(Answer::KeyFound(Err(Code::KEYSTORE_NOT_FOUND.into())));
    assert!(matches!(&run.state.errand, Errand::Failed { in_window: false, .. }));
}

#[test]
fn a_wrong_pin_costs_one_request_and_shows_the_tries_left() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::Refused {
        problem: Problem::new(Code::PIN_WRONG).with("tries_left", 2),
        pin: PinFate::Spent,
    });
    let Errand::Pin(asking) = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!(asking.face.tries, Tries::Left(2));
    assert_eq!(run.requests(), 1);
}

#[test]
fn a_right_pin_gives_the_tries_back() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::Refused {
        problem: Problem::new(Code::PIN_WRONG).with("tries_left", 2),
        pin: PinFate::Spent,
    });
    assert_eq!(run.state.tries["Reader 0"], Tries::Left(2));
    run.give_pin();
    run.grant(1_000);
    assert_eq!(run.state.tries["Reader 0"], Tries::Left(3));
}

#[test]
fn a_pin_is_wiped_when_its_card_goes_while_the_password_is_asked() {
    let mut run = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::NeedsPassword);
    let pin = run.give_pin();
    assert!(matches!(run.state.errand, Errand::Password { .. }));
    run.event(seen(ReaderState::Empty));
    assert!(run.wiped(pin));
    assert!(matches!(run.state.errand, Errand::Waiting { .. }));
}

#[test]
fn a_card_that_blocks_shows_no_try_as_soon_as_it_is_known() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(1), KeyAtHand::Card);
    run.event(Event::Consented(run.asked_now())).give_pin();
    run.answer(Answer::Refused { problem: Code::PIN_BLOCKED.into(), pin: PinFate::Spent });
    assert_eq!(run.state.tries["Reader 0"], Tries::Left(0));
    assert!(matches!(&run.state.errand, Errand::Failed { problem, .. } if problem.code == Code::PIN_BLOCKED));
}

#[test]
fn the_last_try_needs_consent_and_enter_alone_never_uses_it() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(1), KeyAtHand::Card);
    let entry = run.give_pin();
    assert!(run.wiped(entry));
    assert_eq!(run.requests(), 0);
    run.event(Event::Consented(run.asked_now())).give_pin();
    assert_eq!(run.requests(), 1);
}

#[test]
fn an_unknown_counter_needs_consent_only_after_a_failure() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    run.give_pin();
    assert_eq!(run.requests(), 1);
    run.answer(refused(Code::PIN_OUTCOME_UNKNOWN, PinFate::Spent));
    run.give_pin();
    assert_eq!(run.requests(), 1, "no second VERIFY without consent");
}

#[test]
fn a_blocked_card_is_told_before_anything_is_typed() {
    let run = Run::asked(Means::EidOnly, Tries::Left(0), KeyAtHand::Card);
    assert!(
        matches!(&run.state.errand, Errand::Failed { problem, in_window: true } if problem.code == Code::PIN_BLOCKED)
    );
}

#[test]
fn a_pin_that_was_never_sent_is_used_when_the_same_card_is_back_within_ten_seconds() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let entry = run.give_pin();
    run.answer(refused(Code::CARD_REMOVED, PinFate::Kept(entry)));
    run.event(seen(ReaderState::Empty));
    run.now = at(9);
    run.event(seen(ReaderState::Eid)).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    assert_eq!(run.requests(), 2);
    assert!(!run.wiped(entry));
}

#[test]
fn another_card_never_gets_the_pin_of_the_first() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let entry = run.give_pin();
    run.answer(refused(Code::CARD_REMOVED, PinFate::Kept(entry))).event(seen(ReaderState::Eid));
    let other = Box::new(CardFace { chip: ChipNumber([2; 16]), ..*face(Tries::Left(3)) });
    run.answer(Answer::CardRead(Ok(other)));
    assert!(run.wiped(entry));
    assert!(matches!(run.state.errand, Errand::Pin(_)));
    assert_eq!(run.requests(), 1);
}

#[test]
fn a_kept_pin_is_wiped_after_ten_seconds() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let entry = run.give_pin();
    run.answer(refused(Code::CARD_IN_USE, PinFate::Kept(entry))).event(seen(ReaderState::InUse));
    assert_eq!(deadline(&run.state), Some(at(10).wall));
    run.now = at(10);
    run.event(Event::Tick);
    assert!(run.wiped(entry));
    assert_eq!(deadline(&run.state), None);
}

#[test]
fn a_challenge_to_the_card_asks_one_more_pin_and_says_why() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::PinWantedAgain);
    assert!(matches!(&run.state.errand, Errand::Pin(asking) if asking.again.is_some()));
    let second = run.give_pin();
    assert_eq!(run.requests(), 1, "the same request goes on");
    assert!(
        run.done
            .iter()
            .any(|e| matches!(e, Effect::HandPin { pin: Ok(PinSource::Desk(e)), .. } if *e == second))
    );
    run.event(Event::Cancelled);
    assert!(matches!(run.state.errand, Errand::Requesting(_)), "the card is at work");
}

#[test]
fn a_failed_sign_in_leaves_the_open_session_alone() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.grant(1_000).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    let before = run.state.session.clone();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.give_pin();
    run.answer(refused(Code::STS_DOWN, PinFate::Spent));
    assert_eq!(run.state.session, before);
}

#[test]
fn a_second_sign_in_waits_for_the_first() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let before = run.state.clone();
    run.event(Event::SignInAsked(Ask::by(Means::Eid)));
    assert_eq!(run.state, before);
}

#[test]
fn a_late_answer_to_a_cancelled_sign_in_is_wiped() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let old = run.state.errand.id().unwrap();
    run.event(Event::Cancelled);
    let assertion = run.desk.put_bytes(SecretBytes::new(vec![1]), run.now);
    let lease = Box::new(lease(0, 100, Means::Eid));
    run.event(Event::Answered { errand: old, answer: Answer::Granted { lease, assertion } });
    assert!(run.wiped(assertion));
    assert_eq!(run.state.session, Session::None);
}

#[test]
fn a_clock_set_back_does_not_lengthen_and_one_that_jumped_ahead_loses_nothing() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.grant(1_000).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    // Ahead by an hour for a moment: the session is over, but its file stays and it comes back.
    run.now = Moment { wall: at(3_600).wall, boot: at(10).boot };
    run.event(Event::Tick);
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert!(!run.done.iter().any(|e| matches!(e, Effect::Erase { .. })));
    run.now = at(20);
    run.event(Event::Tick);
    assert!(run.state.session.open().is_some());
    // Set back by an hour: the boot clock still counts.
    run.now = Moment { wall: at(-3_600).wall, boot: at(1_000).boot };
    run.event(Event::Tick);
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert!(run.done.iter().any(|e| matches!(e, Effect::Erase { .. })));
}

#[test]
fn a_clock_that_jumped_past_the_end_is_said_while_the_boot_clock_sees_time_left() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.grant(10_000).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    let mut seen_at = |wall, boot| {
        run.now = Moment { wall: at(wall).wall, boot: at(boot).boot };
        run.event(Event::Tick);
        let said = run.state.said(run.now).iter().any(|it| it.code == Code::CLOCK_JUMPED);
        (run.state.session.open().is_some(), said)
    };
    assert_eq!(seen_at(100, 100), (true, false));
    assert_eq!(seen_at(31_000_000, 200), (false, true));
    assert_eq!(seen_at(300, 300), (true, false), "it is right again");
    assert_eq!(seen_at(10_000, 9_940), (false, false), "two clocks drift apart by so much");
}

#[test]
fn a_session_that_the_noted_time_ends_is_not_said_to_be_over_by_a_clock_that_jumped() {
    let mut run = Run::new();
    run.now = at(100);
    run.event(Event::TimeTold(crate::time::TrustedMark(Some(at(9_950).wall))));
    run.event(restored(lease(at(0).wall.as_second(), 10_000, Means::EidOnly), HolderKey::Card));
    run.now = at(200);
    run.event(Event::Tick);
    assert!(matches!(run.state.session, Session::Ended(_)), "{:?}", run.state.session);
    let said = run.state.said(run.now);
    assert!(!said.iter().any(|it| it.code == Code::CLOCK_JUMPED), "the clock is behind: {said:?}");
}

#[test]
fn the_end_of_the_old_session_never_erases_the_lease_that_is_being_sealed() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.grant(1_000).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    run.now = at(900);
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    run.give_pin();
    run.grant(1_000);
    run.now = at(1_000);
    run.event(Event::Tick);
    assert!(matches!(run.state.session, Session::Ended(_)));
    assert!(!run.done.iter().any(|e| matches!(e, Effect::Erase { .. })));
    run.answer(Answer::Sealed { stored: Stored::Os, warning: None });
    assert!(run.state.session.open().is_some());
}

/// One run for each place in which something typed waits, and the PIN that waits there.
fn runs_with_something_typed() -> Vec<(Run, Option<EntryId>)> {
    let typing = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::NeedsPassword);
    let mut at_password = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::NeedsPassword);
    let first = at_password.give_pin();
    let mut opening = Run::asked(Means::Eid, Tries::Left(3), KeyAtHand::NeedsPassword);
    let second = opening.give_pin();
    let entry = opening.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), opening.now);
    opening.event(Event::PasswordGiven { question: opening.asked_now(), entry, remember: false });
    vec![(typing, None), (at_password, Some(first)), (opening, Some(second))]
}

#[test]
fn what_was_typed_is_wiped_and_the_window_says_why() {
    for (event, code) in
        [(Event::DesktopLocked, Code::DESKTOP_LOCKED), (Event::PinPageLost, Code::PIN_PAGE_LOST)]
    {
        for (mut run, waiting) in runs_with_something_typed() {
            run.done.clear();
            run.event(event.clone());
            assert!(run.done.contains(&Effect::WipeTyping));
            assert!(waiting.is_none_or(|entry| run.wiped(entry)));
            let Errand::Pin(asking) = &run.state.errand else { panic!("{:?}", run.state.errand) };
            assert_eq!(asking.notice, Some(code.into()));
            assert!(run.done.iter().any(|e| matches!(e, Effect::Record(r) if r.code == Some(code))));
            run.answer(Answer::KeyOpened(Ok(())));
            assert_eq!(run.requests(), 0, "nothing goes on without the person");
        }
    }
}

#[test]
fn a_pin_that_waits_for_its_card_is_wiped_when_the_desktop_is_locked() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    let entry = run.give_pin();
    run.answer(refused(Code::CARD_REMOVED, PinFate::Kept(entry)));
    run.event(Event::DesktopLocked);
    assert!(run.wiped(entry));
    run.event(seen(ReaderState::Eid)).answer(Answer::CardRead(Ok(face(Tries::Left(3)))));
    assert!(matches!(run.state.errand, Errand::Pin(_)), "the PIN is asked anew: {:?}", run.state.errand);
}

#[test]
fn a_locked_desktop_disturbs_neither_a_session_nor_what_the_platform_works_on() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    let before = run.state.clone();
    run.done.clear();
    run.event(Event::DesktopLocked);
    assert_eq!((&run.state, run.done.len()), (&before, 0));
    run.grant(43_200).answer(Answer::Sealed { stored: Stored::Os, warning: None });
    run.event(Event::DesktopLocked);
    assert!(run.state.session.open().is_some());
}

#[test]
fn a_last_try_is_asked_for_again_after_the_desktop_was_locked() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(1), KeyAtHand::Card);
    run.event(Event::Consented(run.asked_now())).event(Event::DesktopLocked);
    let Errand::Pin(asking) = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert!(asking.needs_consent());
}

#[test]
fn digits_that_were_wiped_while_somebody_paused_are_said() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    let entry = run.pin();
    run.event(Event::EntryWiped(entry));
    let Errand::Pin(asking) = &run.state.errand else { panic!("{:?}", run.state.errand) };
    assert_eq!(asking.notice, Some(Code::PIN_TIMED_OUT.into()));
    assert!(!asking.needs_consent(), "nothing was tried");
}

#[test]
fn a_pause_while_typing_never_takes_the_question_for_consent_away() {
    let mut run = Run::asked(Means::EidOnly, Tries::Unknown, KeyAtHand::Card);
    run.give_pin();
    run.answer(refused(Code::PIN_OUTCOME_UNKNOWN, PinFate::Spent));
    let entry = run.pin();
    run.event(Event::EntryWiped(entry));
    run.give_pin();
    assert_eq!(run.requests(), 1, "no second VERIFY without consent");
}

#[test]
fn a_restart_finds_the_session_again_without_a_prompt() {
    let mut run = Run::new();
    let found = lease(at(-100).wall.as_second(), 1_000, Means::Eid);
    run.event(restored(found.clone(), HolderKey::Locked));
    assert!(run.state.session.open().is_some_and(|open| open.restored && open.key == HolderKey::Locked));
    let mut late = Run::new();
    late.now = at(900);
    late.event(restored(found, HolderKey::Locked));
    assert_eq!(late.state.session, Session::None);
}

#[test]
fn a_keypad_is_waited_for_at_once_and_after_a_failure_only_when_the_person_says_so() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let face = Box::new(CardFace { keypad: true, ..*face(Tries::Left(3)) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face)));
    assert!(matches!(&run.state.errand, Errand::Requesting(asking) if asking.on_keypad));
    run.answer(refused(Code::PIN_TIMED_OUT, PinFate::Spent));
    assert!(matches!(&run.state.errand, Errand::Pin(asking) if asking.face.keypad));
    run.event(Event::TypeInstead(run.asked_now()));
    assert!(matches!(&run.state.errand, Errand::Pin(asking) if !asking.face.keypad));
    assert_eq!(run.requests(), 1);
}

#[test]
fn a_person_whose_pin_the_keypad_took_is_done_with_the_reader() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let face = Box::new(CardFace { keypad: true, ..*face(Tries::Left(3)) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face))).answer(Answer::PinTaken);
    assert!(matches!(&run.state.errand, Errand::Requesting(asking) if !asking.on_keypad));
    run.answer(Answer::PinWantedAgain);
    assert!(
        matches!(&run.state.errand, Errand::Requesting(asking) if asking.on_keypad && asking.again.is_some())
    );
}

#[test]
fn what_the_last_try_came_to_is_over_with_the_next_one() {
    let mut run = Run::asked(Means::EidOnly, Tries::Left(3), KeyAtHand::Card);
    run.give_pin();
    run.answer(Answer::Refused {
        problem: Problem::new(Code::PIN_WRONG).with("tries_left", 2),
        pin: PinFate::Spent,
    });
    assert!(matches!(&run.state.errand, Errand::Pin(asking) if asking.notice.is_some()));
    run.give_pin();
    assert!(matches!(&run.state.errand, Errand::Requesting(asking) if asking.notice.is_none()));
}

#[test]
fn a_second_pin_on_a_keypad_is_waited_for_at_once() {
    let mut run = Run::new();
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    let face = Box::new(CardFace { keypad: true, ..*face(Tries::Left(3)) });
    run.answer(Answer::Probed(Ok(()))).answer(Answer::CardRead(Ok(face))).answer(Answer::PinWantedAgain);
    assert!(
        matches!(&run.state.errand, Errand::Requesting(asking) if asking.on_keypad && asking.again.is_some())
    );
    assert!(run.done.iter().any(|e| matches!(e, Effect::HandPin { pin: Ok(PinSource::Keypad), .. })));
}

#[derive(Debug, Clone)]
enum Move {
    Ask(bool),
    Cancel,
    Consent,
    Pin,
    Keypad,
    Password,
    SignOut,
    Answer(u8, u8),
    Readers(bool),
    Wait(i64),
    ClockBack(i64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        1 => any::<bool>().prop_map(Move::Ask),
        1 => Just(Move::Cancel),
        1 => Just(Move::Consent),
        3 => Just(Move::Pin),
        1 => Just(Move::Keypad),
        1 => Just(Move::Password),
        1 => Just(Move::SignOut),
        8 => (0u8..10, 0u8..4).prop_map(|(kind, tries)| Move::Answer(kind, tries)),
        1 => any::<bool>().prop_map(Move::Readers),
        1 => (1i64..4_000).prop_map(Move::Wait),
        1 => (1i64..4_000).prop_map(Move::ClockBack),
    ];
    prop::collection::vec(one, 0..60)
}

fn answer_of(run: &Run, kind: u8, tries: u8) -> Answer {
    let kept = || PinFate::Kept(run.pin());
    match kind {
        0 => Answer::Probed(Ok(())),
        1 => Answer::CardRead(Ok(face(Tries::Left(tries)))),
        2 => Answer::CardRead(Ok(face(Tries::Unknown))),
        3 => Answer::KeyFound(Ok(if tries == 0 { KeyAtHand::NeedsPassword } else { KeyAtHand::Open })),
        4 => Answer::KeyOpened(Ok(())),
        5 => Answer::Refused {
            problem: Problem::new(Code::PIN_WRONG).with("tries_left", tries),
            pin: PinFate::Spent,
        },
        6 => refused(Code::CARD_REMOVED, kept()),
        7 => Answer::PinWantedAgain,
        8 => Answer::Sealed { stored: Stored::Memory, warning: Some(Code::SESSION_IN_MEMORY.into()) },
        _ => Answer::Granted {
            lease: Box::new(lease(run.now.wall.as_second(), 3_000, Means::Eid)),
            assertion: run.desk.put_bytes(SecretBytes::new(vec![1]), run.now),
        },
    }
}

fn make(run: &mut Run, step: Move) {
    match step {
        Move::Ask(only) => {
            let means = if only { Means::EidOnly } else { Means::Eid };
            run.event(Event::SignInAsked(Ask::by(means)));
        }
        Move::Cancel => drop(run.event(Event::Cancelled)),
        Move::Consent => drop(run.event(Event::Consented(run.asked_now()))),
        Move::Pin => drop(run.give_pin()),
        Move::Keypad => {
            let question = run.asked_now();
            run.event(Event::PinGiven { question, pin: PinSource::Keypad });
        }
        Move::Password => {
            let entry = run.desk.put_password(crate::secret::Password::take("x".into()).unwrap(), run.now);
            run.event(Event::PasswordGiven { question: run.asked_now(), entry, remember: true });
        }
        Move::SignOut => drop(run.event(Event::SignOutAsked)),
        Move::Answer(kind, tries) => {
            let answer = answer_of(run, kind, tries);
            run.answer(answer);
        }
        Move::Readers(eid) => drop(run.event(seen(if eid { ReaderState::Eid } else { ReaderState::Empty }))),
        Move::Wait(seconds) => {
            run.now.wall += SignedDuration::from_secs(seconds);
            run.now.boot += SignedDuration::from_secs(seconds);
        }
        Move::ClockBack(seconds) => run.now.wall -= SignedDuration::from_secs(seconds),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_session_outlives_its_lease_and_no_pin_buys_two_requests(steps in moves()) {
        let mut run = Run::new();
        let mut pins = 0;
        for step in steps {
            pins += usize::from(matches!(step, Move::Pin | Move::Keypad | Move::Answer(6, _)));
            make(&mut run, step);
            run.event(Event::Tick);
            if let Some(open) = run.state.session.open() {
                prop_assert!(run.now.wall < open.lease.ends_at());
                prop_assert!(open.usable(run.now));
            }
            if let Some(wake) = deadline(&run.state) {
                prop_assert!(wake > run.now.wall, "after a tick the next deadline lies in the future");
            }
            let asked = run.requests() + run.done.iter().filter(|e| matches!(e, Effect::HandPin { pin: Ok(_), .. })).count();
            prop_assert!(asked <= pins, "{asked} requests for {pins} PINs");
        }
    }
}
