//! A person is forgotten: in one act, journalled without saying whom, and once more where something remained.

use super::people::{found, in_use, signed_in, slot, told, tried};
use super::*;

fn forget(letter: char) -> Effect {
    Effect::Forget { slot: slot(letter) }
}

fn forgotten(letter: char, problem: Option<Problem>) -> Event {
    Event::Forgotten { slot: slot(letter), problem }
}

#[test]
fn forgetting_ends_the_session_and_the_note_of_it_names_nobody() {
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.event(Event::ForgetAsked(slot('a')));
    assert_eq!(in_use(&run), None);
    assert_eq!((tried(&run, &forget('a')), tried(&run, &Effect::Erase { slot: slot('a') })), (1, 0));
    assert!(run.done.contains(&Effect::Use(LastUsed::Nobody)));
    let noted = |effect: &Effect| match effect {
        Effect::Record(record) if record.event == "person-forgotten" => Some(record.clone()),
        _ => None,
    };
    let notes: Vec<_> = run.done.iter().filter_map(noted).collect();
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].slot.clone(), notes[0].detail.len()), (None, 0));
    run.event(forgotten('a', None));
    assert!(!run.state.knows(&slot('a')) && run.state.known_people().is_empty());
}

#[test]
fn somebody_else_is_left_alone_and_who_waits_or_is_only_known_can_be_forgotten_too() {
    let mut run = Run::new();
    run.event(Event::Remembered { people: vec![slot('c')], last: LastUsed::Slot(slot('a')) });
    run.event(found('a', -10)).event(found('b', -20));
    for letter in ['b', 'c'] {
        run.event(Event::ForgetAsked(slot(letter))).event(forgotten(letter, None));
        assert_eq!(tried(&run, &forget(letter)), 1);
    }
    assert_eq!(in_use(&run), Some(slot('a')));
    assert_eq!(run.state.known_people(), [slot('a')].into());
    run.event(Event::ForgetAsked(slot('d')));
    assert_eq!(tried(&run, &forget('d')), 0, "nothing is known of them");
}

#[test]
fn what_is_being_signed_in_or_opened_meanwhile_does_not_come_back() {
    let mut run = Run::new();
    run.event(super::people::locked('a'));
    run.event(Event::ForgetAsked(slot('a'))).event(found('a', -10)).event(forgotten('a', None));
    assert!(!run.state.knows(&slot('a')));
    signed_in(&mut run, 'b');
    run.event(Event::SignInAsked(Ask::by(Means::EidOnly)));
    assert_eq!(run.state.may_forget(&slot('b')), Err(Code::SIGN_IN_RUNNING));
    run.event(Event::ForgetAsked(slot('b')));
    assert_eq!(tried(&run, &forget('b')), 0);
}

#[test]
fn what_remains_is_told_until_it_is_gone_or_the_person_is_back() {
    let remains = Problem::new(Code::PERSON_NOT_FORGOTTEN).with("reason", "password");
    let mut run = Run::new();
    signed_in(&mut run, 'a');
    run.event(Event::ForgetAsked(slot('a'))).event(forgotten('a', Some(remains.clone())));
    assert!(told(&run, Code::PERSON_NOT_FORGOTTEN) && run.state.knows(&slot('a')));
    assert_eq!(run.state.remains_of(&slot('a')), Some(&remains));
    run.event(Event::ForgetAsked(slot('a'))).event(forgotten('a', None));
    assert_eq!(tried(&run, &forget('a')), 2);
    assert!(!told(&run, Code::PERSON_NOT_FORGOTTEN) && !run.state.knows(&slot('a')));
    signed_in(&mut run, 'a');
    run.event(Event::ForgetAsked(slot('a'))).event(forgotten('a', Some(remains)));
    signed_in(&mut run, 'a');
    assert!(!told(&run, Code::PERSON_NOT_FORGOTTEN), "who signs in again is known again");
}
