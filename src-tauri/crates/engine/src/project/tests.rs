//! What a window learns of a sign-in, step by step.

use std::sync::Arc;

use jiff::SignedDuration;
use relais_core::card::{Applet, CardFace, ChipNumber, Tries};
use relais_core::ident::Ssin;
use relais_core::session::{Answer, Ask, Event, PinFate, PinSource, next};

use super::*;

const NOW: i64 = 1_772_452_800;

fn now() -> Moment {
    Moment { wall: Timestamp::from_second(NOW).unwrap(), boot: SignedDuration::ZERO }
}

fn scene() -> Scene {
    let settings = SettingsView {
        language: "fr".into(),
        reader: None,
        readers: vec![],
        appearance: "light".into(),
        key_store: "os".into(),
        typed_readers: vec![],
        hours: HoursView::default(),
        autostart: false,
        notifications: "all".into(),
        notifies: None,
        closing: "hides".into(),
        near_clock: true,
        organisation: false,
        flemish: None,
        tariff_module: None,
    };
    Scene { revision: 7, environment: None, opening: false, settings, can_remember: true }
}

fn face(tries: Tries, keypad: bool) -> Box<CardFace> {
    Box::new(CardFace {
        reader: "Reader 0".into(),
        applet: Applet::V18,
        chip: ChipNumber([1; 16]),
        card_number_end: "4127".into(),
        holder: "Claire Lambert".into(),
        ssin: Ssin::parse_unchecked("85010199700").unwrap(),
        tries,
        keypad,
        certificate: Arc::from([].as_slice()),
        certificate_until: Timestamp::MAX,
    })
}

fn after(state: State, event: Event) -> State {
    next(state, event, now()).0
}

fn answered(state: State, answer: Answer) -> State {
    let errand = state.errand.id().unwrap();
    after(state, Event::Answered { errand, answer })
}

/// The card alone, read and waiting for its PIN.
fn asked(face: Box<CardFace>) -> State {
    let ask = Ask::by(Means::EidOnly);
    let state = answered(after(State::new(), Event::SignInAsked(ask)), Answer::Probed(Ok(())));
    answered(state, Answer::CardRead(Ok(face)))
}

fn seen(state: &State) -> PinView {
    pin_view(state, &scene(), 0, false, now())
}

fn refused(state: State, problem: Problem) -> State {
    answered(state, Answer::Refused { problem, pin: PinFate::Spent })
}

#[test]
fn a_second_pin_for_the_challenge_says_that_it_is_one_and_no_old_notice() {
    let keypad = asked(face(Tries::Left(3), true));
    assert_eq!((seen(&keypad).step, seen(&keypad).again), (PinStep::Keypad, false));
    let timed_out = refused(keypad, Code::PIN_TIMED_OUT.into());
    assert_eq!(seen(&timed_out).notice.map(|notice| notice.code), Some("RLS-1206".into()));
    let question = timed_out.errand.question().unwrap();
    let once_more = after(timed_out, Event::PinGiven { question, pin: PinSource::Keypad });
    assert_eq!((seen(&once_more).step, seen(&once_more).notice), (PinStep::Keypad, None));
    let challenged = answered(answered(once_more, Answer::PinTaken), Answer::PinWantedAgain);
    assert_eq!((seen(&challenged).step, seen(&challenged).again), (PinStep::Keypad, true));
}

#[test]
fn a_keypad_that_does_not_wait_leaves_the_choice_and_one_that_is_done_says_so() {
    let keypad = asked(face(Tries::Left(3), true));
    assert_eq!(seen(&answered(keypad.clone(), Answer::PinTaken)).step, PinStep::Working);
    let refused = refused(keypad, Code::PIN_KEYPAD_REFUSED.into());
    assert_eq!(seen(&refused).step, PinStep::KeypadChoice);
    let question = refused.errand.question().expect("a question");
    assert_eq!(seen(&refused).question, Some(question.into()));
    let here = seen(&after(refused, Event::TypeInstead(question)));
    assert!(here.question.is_some_and(|number| number != u32::from(question)), "another question");
    assert_eq!((here.step, here.keypad), (PinStep::Pin, false));
}

#[test]
fn a_try_is_risky_when_it_is_the_last_or_after_a_doubtful_one_where_nobody_counts() {
    assert!(!seen(&asked(face(Tries::Left(2), false))).risky);
    let last = asked(face(Tries::Left(1), false));
    assert_eq!((seen(&last).step, seen(&last).risky), (PinStep::Consent, true));
    let question = last.errand.question().unwrap();
    let sure = after(last, Event::Consented(question));
    assert_eq!((seen(&sure).step, seen(&sure).risky), (PinStep::Pin, true));
    let unknown = asked(face(Tries::Unknown, false));
    assert!(!seen(&unknown).risky);
    // Digits that lay about too long are told, and were never a try.
    let entry = relais_core::secret::Desk::new().put_pin(relais_core::secret::Pin::empty(), now());
    let wiped = after(unknown, Event::EntryWiped(entry));
    assert_eq!((seen(&wiped).notice.is_some(), seen(&wiped).risky), (true, false));
}

#[test]
fn the_window_is_told_the_time_of_its_environment() {
    assert_eq!(seen(&State::new()).now, NOW as f64 * 1_000.0);
}
