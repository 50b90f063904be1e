//! An owner that hangs is given up; one that lives is waited for as long as it takes.

use std::sync::Arc;

use relais_core::card::{Applet, CardFace, ChipNumber};
use relais_core::ident::Ssin;
use relais_core::ports::{Later, Ports};
use relais_core::secret::Desk;
use relais_core::session::{Answer, Effect, Event, PinFate, PinSource};
use relais_engine::{Engine, Handle, Setup};
use tokio::io::duplex;

use super::line::Line;
use super::*;
use crate::clock::{SystemClock, SystemTimer};

struct Nobody;

impl Ports for Nobody {
    fn perform(&self, _: Effect) -> Later<'static, Option<Event>> {
        Box::pin(std::future::ready(None))
    }
}

fn engine() -> (Engine, Handle) {
    engine_of(Nobody)
}

fn engine_of(ports: impl Ports + 'static) -> (Engine, Handle) {
    Engine::new(Setup {
        ports: Arc::new(ports),
        clock: Arc::new(SystemClock),
        timer: Arc::new(SystemTimer),
        desk: Desk::new(),
    })
}

const LONG: Duration = Duration::from_secs(600);

#[tokio::test(start_paused = true)]
async fn an_owner_that_says_nothing_is_given_up_after_twenty_seconds() {
    let (mut ours, _theirs) = duplex(64);
    let begun = tokio::time::Instant::now();
    assert_eq!(hear(&mut ours).await, Err(Code::OWNER_SILENT.into()));
    assert_eq!(begun.elapsed(), SILENCE);
}

#[tokio::test(start_paused = true)]
async fn a_person_may_take_ten_minutes_while_the_owner_lives() {
    let (engine, handle) = engine();
    tokio::spawn(engine.run());
    let (mut ours, theirs) = duplex(64);
    let owner = async {
        let line = Line::new(tokio::io::split(theirs).1);
        line.living(&handle, tokio::time::sleep(LONG)).await;
        line.send(&Reply::Session { session: None, warnings: vec![] }).await
    };
    let (sent, heard) = tokio::join!(owner, hear(&mut ours));
    assert_eq!((sent, heard), (Ok(()), Ok(Some(Reply::Session { session: None, warnings: vec![] }))));
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_hangs_gives_no_sign_of_life() {
    // It never runs.
    let (_engine, handle) = engine();
    let (mut ours, theirs) = duplex(64);
    let line = Line::new(tokio::io::split(theirs).1);
    let owner = line.living(&handle, std::future::pending::<()>());
    tokio::select! {
        () = owner => unreachable!("it waits for ever"),
        heard = hear(&mut ours) => assert_eq!(heard, Err(Code::OWNER_SILENT.into())),
    }
}

#[tokio::test(start_paused = true)]
async fn a_beat_that_finds_no_room_is_sent_whole_though_the_work_is_done() {
    let (engine, handle) = engine();
    tokio::spawn(engine.run());
    // A beat does not fit in at once.
    let (mut ours, theirs) = duplex(3);
    let owner = async {
        let line = Line::new(tokio::io::split(theirs).1);
        line.living(&handle, tokio::time::sleep(BEAT + Duration::from_secs(1))).await;
        line.send(&Reply::Failed(Code::NO_SESSION.into())).await
    };
    let command = async {
        tokio::time::sleep(BEAT * 3).await;
        hear(&mut ours).await
    };
    let (sent, heard) = tokio::join!(owner, command);
    assert_eq!((sent, heard), (Ok(()), Ok(Some(Reply::Failed(Code::NO_SESSION.into())))));
}

#[test]
fn a_frame_is_written_into_one_buffer_that_never_grows_and_holds_no_secret_in_clear() {
    let text = Zeroizing::new("canary \"73519264\"".repeat(200));
    let request = Request::Password { question: QuestionId::default(), text: text.into() };
    let body = body(&request).unwrap();
    assert_eq!(body.capacity(), body.len());
    assert!(!body.windows(6).any(|part| part == b"canary"));
}

/// A reader with a keypad that gives up on the person each time.
struct Keypad;

impl Ports for Keypad {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        let refused = |code: Code| Answer::Refused { problem: code.into(), pin: PinFate::Spent };
        let answered = match effect {
            Effect::Probe { errand } => Some((errand, Answer::Probed(Ok(())))),
            Effect::ReadCard { errand, .. } => Some((errand, Answer::CardRead(Ok(face())))),
            Effect::Request { errand, pin: PinSource::Keypad, .. } => {
                Some((errand, refused(Code::PIN_TIMED_OUT)))
            }
            Effect::Request { errand, .. } => Some((errand, refused(Code::STS_DOWN))),
            _ => None,
        };
        let answered = answered.map(|(errand, answer)| Event::Answered { errand, answer });
        Box::pin(std::future::ready(answered))
    }
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
        keypad: true,
        certificate: Arc::from([].as_slice()),
        certificate_until: jiff::Timestamp::MAX,
    })
}

/// The next thing that needs an answer; what is only told is passed over.
async fn asked(from: &mut Pipe) -> Wanted {
    loop {
        match hear(from).await {
            Ok(Some(Reply::Wanted(wanted))) if wanted.question.is_some() => return wanted,
            Ok(Some(Reply::Wanted(_))) => {}
            other => panic!("expected a question, got {other:?}"),
        }
    }
}

#[tokio::test]
async fn after_a_failure_the_keypad_is_offered_again_and_this_pc_only_on_the_persons_word() {
    let (engine, handle) = engine_of(Keypad);
    tokio::spawn(engine.run());
    let (mut ours, theirs) = pipe();
    tokio::spawn(
        async move { Reception::new(handle).attend(theirs, Caller::Own, std::future::pending()).await },
    );
    let (means, quality) = (Means::EidOnly, Quality::doctor());
    send(
        &mut ours,
        &Request::SignIn {
            means,
            quality,
            reader: None,
            person: None,
            why: None,
            keystore: None,
            answers: true,
        },
    )
    .await
    .unwrap();
    let wanted = asked(&mut ours).await;
    assert_eq!((wanted.what, wanted.notice), (What::KeypadChoice, Some(Code::PIN_TIMED_OUT.into())));
    send(&mut ours, &Request::Keypad { question: wanted.question.unwrap() }).await.unwrap();
    let again = asked(&mut ours).await;
    assert_eq!(again.what, What::KeypadChoice, "the reader's keys, and they gave up once more");
    send(&mut ours, &Request::TypeHere { question: again.question.unwrap() }).await.unwrap();
    let here = asked(&mut ours).await;
    assert_eq!(here.what, What::Pin);
    let digits = Zeroizing::new("1234".to_owned()).into();
    send(&mut ours, &Request::Pin { question: here.question.unwrap(), digits }).await.unwrap();
    assert_eq!(hear(&mut ours).await, Ok(Some(Reply::Failed(Code::STS_DOWN.into()))));
}

/// Nobody's keystore lies here.
struct NoKeystore;

impl Ports for NoKeystore {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        let answered = match effect {
            Effect::Probe { errand } => Some((errand, Answer::Probed(Ok(())))),
            Effect::FindHolder { errand, .. } => {
                Some((errand, Answer::HolderFound(Err(Code::KEYSTORE_NOT_FOUND.into()))))
            }
            _ => None,
        };
        let answered = answered.map(|(errand, answer)| Event::Answered { errand, answer });
        Box::pin(std::future::ready(answered))
    }
}

#[tokio::test]
async fn whose_keystore_is_meant_is_decided_where_it_is_looked_for() {
    let (engine, handle) = engine_of(NoKeystore);
    tokio::spawn(engine.run());
    let (mut ours, theirs) = pipe();
    tokio::spawn(
        async move { Reception::new(handle).attend(theirs, Caller::Own, std::future::pending()).await },
    );
    let stranger = || Some(SlotId::parse(&"0123456789abcdef".repeat(2)).unwrap());
    let asked = |means| Request::SignIn {
        means,
        quality: Quality::doctor(),
        reader: None,
        person: stranger(),
        why: None,
        keystore: None,
        answers: false,
    };
    for (means, code) in
        [(Means::Certificate, Code::KEYSTORE_NOT_FOUND), (Means::EidOnly, Code::PERSON_UNKNOWN)]
    {
        send(&mut ours, &asked(means)).await.unwrap();
        assert_eq!(hear(&mut ours).await, Ok(Some(Reply::Failed(code.into()))), "{means:?}");
    }
}
