//! The loop against scripted ports: order, supervision, wiping.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use relais_core::card::{Applet, CardFace, ChipNumber, Tries};
use relais_core::environment::{EnvironmentName, Quality};
use relais_core::ident::Ssin;
use relais_core::lease::{Fingerprint, HolderKey, LeaseId, Means, Person, SlotId, Stored, TokenLease};
use relais_core::ports::Later;
use relais_core::secret::Pin;
use relais_core::session::{Answer, Ask, Errand, Found};
use relais_core::time::Moment;

use super::*;
use crate::Settled;

#[derive(Default)]
struct TurnedClock(AtomicI64);

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        let seconds = self.0.load(Ordering::SeqCst);
        Moment {
            wall: Timestamp::from_second(1_000_000 + seconds).unwrap(),
            boot: SignedDuration::from_secs(seconds),
        }
    }
}

/// Never wakes by itself: tests hand in every tick.
struct NoTimer;

impl Timer for NoTimer {
    fn wait(&self, _: Option<Timestamp>, _: Duration) -> Later<'_, ()> {
        Box::pin(std::future::pending())
    }
}

type Script = dyn Fn(&Effect) -> Option<Event> + Send + Sync;

struct Scripted {
    script: Box<Script>,
    done: Mutex<Vec<String>>,
}

impl Ports for Scripted {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        self.done
            .lock()
            .unwrap()
            .push(format!("{effect:?}").split([' ', '(']).next().unwrap_or_default().to_owned());
        let answer = (self.script)(&effect);
        Box::pin(async move { answer })
    }
}

fn engine(
    script: impl Fn(&Effect) -> Option<Event> + Send + Sync + 'static,
) -> (Engine, Handle, Arc<Scripted>) {
    let ports = Arc::new(Scripted { script: Box::new(script), done: Mutex::default() });
    let setup = Setup {
        ports: ports.clone(),
        clock: Arc::new(TurnedClock::default()),
        timer: Arc::new(NoTimer),
        desk: Desk::new(),
    };
    let (engine, handle) = Engine::new(setup);
    (engine, handle, ports)
}

fn ask() -> Ask {
    Ask::by(Means::Eid)
}

#[tokio::test]
async fn a_port_that_panics_ends_the_sign_in_with_a_code_and_the_loop_lives_on() {
    let (engine, handle, ports) = engine(|effect| match effect {
        Effect::Probe { .. } => panic!("planted"),
        _ => None,
    });
    let running = tokio::spawn(engine.run());
    handle.sign_in(ask()).await.unwrap();
    let Settled::Failed(problem) = handle.settled().await else { panic!("expected a failure") };
    assert_eq!(problem.code, Code::ADAPTER_PANIC);
    handle.sign_in(ask()).await.unwrap();
    assert_eq!(handle.settled().await, Settled::Failed(problem));
    assert_eq!(ports.done.lock().unwrap().iter().filter(|name| *name == "Probe").count(), 2);
    handle.stop().await;
    running.await.unwrap();
}

#[tokio::test]
async fn a_port_that_panics_over_a_record_costs_the_record_and_not_the_loop() {
    let (engine, handle, ports) = engine(|effect| match effect {
        Effect::Record(_) => panic!("planted"),
        Effect::Probe { errand } => Some(Event::Answered {
            errand: *errand,
            answer: Answer::Probed(Err(Code::STS_UNREACHABLE.into())),
        }),
        _ => None,
    });
    let running = tokio::spawn(engine.run());
    for tries in 1..=2 {
        handle.sign_in(ask()).await.unwrap();
        let Settled::Failed(problem) = handle.settled().await else { panic!("expected a failure") };
        assert_eq!(problem.code, Code::STS_UNREACHABLE);
        assert_eq!(ports.done.lock().unwrap().iter().filter(|name| *name == "Record").count(), tries);
    }
    handle.stop().await;
    running.await.unwrap();
}

#[tokio::test]
async fn the_record_of_a_failure_is_written_before_anybody_sees_it() {
    let (engine, handle, ports) = engine(|effect| match effect {
        Effect::Probe { errand } => Some(Event::Answered {
            errand: *errand,
            answer: Answer::Probed(Err(Code::STS_UNREACHABLE.into())),
        }),
        _ => None,
    });
    tokio::spawn(engine.run());
    handle.sign_in(ask()).await.unwrap();
    handle.settled().await;
    assert_eq!(*ports.done.lock().unwrap(), ["Probe", "Record"]);
}

#[tokio::test]
async fn digits_are_taken_only_while_a_pin_is_asked() {
    let (engine, handle, _) = engine(|_| None);
    tokio::spawn(engine.run());
    assert_eq!(handle.push_digit(1), 0);
    assert_eq!(handle.confirm_pin().await, Err(Code::PIN_FORMAT.into()));
}

#[tokio::test]
async fn characters_are_taken_only_while_a_password_is_asked() {
    let (engine, handle, _) = engine(|_| None);
    tokio::spawn(engine.run());
    assert_eq!(handle.push_character(0, 'x'), Ok(()));
    assert_eq!(handle.desk().next_sweep(), None, "nothing lies on the desk");
    assert_eq!(handle.confirm_password(false).await, Ok(()));
}

#[tokio::test]
async fn the_end_of_the_engine_wipes_the_desk() {
    let (engine, handle, _) = engine(|_| None);
    let desk = handle.desk().clone();
    let entry = desk.put_pin(Pin::empty(), handle.now());
    let running = tokio::spawn(engine.run());
    handle.stop().await;
    running.await.unwrap();
    assert!(desk.take_pin(entry).is_none());
    assert_eq!(handle.tell(Event::Tick).await, Err(Code::ENGINE_STOPPED.into()));
}

fn lease() -> Box<TokenLease> {
    Box::new(TokenLease {
        id: LeaseId("0".repeat(32)),
        person: Person { name: "Claire Lambert".into(), slot: SlotId::parse(&"a".repeat(32)).unwrap() },
        means: Means::EidOnly,
        quality: Quality::doctor(),
        environment: EnvironmentName::parse("sandbox").unwrap(),
        issued_at: Timestamp::from_second(1_000_000).unwrap(),
        expires_at: Timestamp::from_second(1_040_000).unwrap(),
        holder: Fingerprint([7; 32]),
    })
}

fn found() -> Event {
    Event::Restored(Box::new(Found {
        lease: *lease(),
        stored: Stored::Os,
        key: HolderKey::Card,
        attempts: vec![],
        exception: None,
    }))
}

#[tokio::test]
async fn a_sign_in_that_was_cancelled_made_no_session_though_an_older_one_is_open() {
    let (engine, handle, _) = engine(|_| None);
    tokio::spawn(engine.run());
    handle.tell(found()).await.unwrap();
    handle.sign_in(ask()).await.unwrap();
    handle.tell(Event::Cancelled).await.unwrap();
    assert_eq!(handle.settled().await, Settled::Cancelled);
    assert!(handle.state().session.open().is_some());
}

#[tokio::test]
async fn of_two_who_ask_at_once_the_second_is_told_unless_both_ask_for_the_same() {
    let (engine, handle, ports) = engine(|_| None);
    let other = Ask { means: Means::EidOnly, ..ask() };
    let both = async { tokio::join!(handle.sign_in(ask()), handle.sign_in(other)) };
    let running = tokio::spawn(engine.run());
    let (first, second) = both.await;
    assert!(first.is_ok());
    assert_eq!(second, Err(Code::SIGN_IN_RUNNING.into()));
    handle.tell(Event::Cancelled).await.unwrap();
    handle.settle().await.unwrap();
    let (first, second) = tokio::join!(handle.sign_in(ask()), handle.sign_in(ask()));
    assert!(first.is_ok());
    assert_eq!(first, second, "one sign-in for both");
    assert_eq!(ports.done.lock().unwrap().iter().filter(|name| *name == "Probe").count(), 2);
    handle.stop().await;
    running.await.unwrap();
}

#[tokio::test]
async fn what_an_end_left_behind_is_seen_by_whoever_waits_for_it() {
    let remains = || Problem::new(Code::SESSION_NOT_ERASED).with("reason", "file");
    let (engine, handle, _) = engine(move |effect| match effect {
        Effect::Erase { slot } => Some(Event::Erased { slot: slot.clone(), problem: Some(remains()) }),
        _ => None,
    });
    tokio::spawn(engine.run());
    handle.tell(found()).await.unwrap();
    handle.tell(Event::SignOutAsked).await.unwrap();
    handle.settle().await.unwrap();
    assert_eq!(handle.state().people.unerased.values().collect::<Vec<_>>(), [&remains()]);
}

/// An engine that asks for the PIN of a card.
async fn asking_a_pin() -> (Handle, Arc<Scripted>) {
    let (engine, handle, ports) = engine(|effect| {
        let (errand, answer) = match effect {
            Effect::Probe { errand } => (*errand, Answer::Probed(Ok(()))),
            Effect::ReadCard { errand, .. } => (*errand, Answer::CardRead(Ok(face()))),
            _ => return None,
        };
        Some(Event::Answered { errand, answer })
    });
    tokio::spawn(engine.run());
    ask_anew(&handle).await;
    (handle, ports)
}

async fn ask_anew(handle: &Handle) {
    handle.tell(Event::Cancelled).await.unwrap();
    handle.settle().await.unwrap();
    handle.sign_in(Ask { means: Means::EidOnly, ..ask() }).await.unwrap();
    let mut states = handle.states();
    states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.unwrap();
}

fn face() -> Box<CardFace> {
    Box::new(CardFace {
        reader: "Reader 0".into(),
        applet: Applet::V18,
        chip: ChipNumber([1; 16]),
        card_number_end: "4127".into(),
        holder: "Claire Lambert".into(),
        ssin: Ssin::parse_unchecked("85010199700").unwrap(),
        tries: Tries::Left(3),
        keypad: false,
        certificate: Arc::from([].as_slice()),
        certificate_until: Timestamp::MAX,
    })
}

#[tokio::test]
async fn a_pin_for_an_older_question_is_refused_with_a_code_and_never_used() {
    let (handle, ports) = asking_a_pin().await;
    let older = handle.question().unwrap();
    ask_anew(&handle).await;
    let pin = || Pin::from_ascii(b"1234").unwrap();
    assert_eq!(handle.give_pin(older, pin()).await, Err(Code::ANSWER_OUTDATED.into()));
    assert_eq!(handle.desk().next_sweep(), None, "nothing lies on the desk");
    assert!(!ports.done.lock().unwrap().contains(&"Request".to_owned()));
    assert_eq!(handle.give_pin(handle.question().unwrap(), pin()).await, Ok(()));
}

#[tokio::test]
async fn digits_typed_for_an_older_question_are_no_part_of_the_next_pin() {
    let (handle, _) = asking_a_pin().await;
    assert_eq!((handle.push_digit(1), handle.push_digit(2)), (1, 2));
    ask_anew(&handle).await;
    assert_eq!(handle.push_digit(3), 1);
}
