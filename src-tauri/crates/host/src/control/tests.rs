//! An owner that hangs is given up; one that lives is waited for as long as it takes.

use std::sync::Arc;

use relais_core::ports::{Later, Ports};
use relais_core::secret::Desk;
use relais_core::session::{Effect, Event};
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
    Engine::new(Setup {
        ports: Arc::new(Nobody),
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
