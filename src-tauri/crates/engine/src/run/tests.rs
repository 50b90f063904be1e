//! The loop against scripted ports: order, supervision, wiping.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use relais_core::environment::Quality;
use relais_core::lease::Means;
use relais_core::ports::Later;
use relais_core::secret::Pin;
use relais_core::session::{Answer, Ask};
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
    Ask { means: Means::Eid, quality: Quality::doctor(), reader: None }
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
