//! A computer that sleeps at any step (fault F15): what has ended is marked, one renewal and not a burst, one question.

use jiff::SignedDuration;
use relais_core::session::renewal::Renewal;
use relais_sandbox::clock::Turn;

use super::keeping::{awake, due, wanted};
use super::*;

/// Where the computer falls asleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Resting,
    Wanted,
    Asking,
    AskingForThePassword,
}

const PLACES: [Where; 4] = [Where::Resting, Where::Wanted, Where::Asking, Where::AskingForThePassword];

async fn brought_there(practice: &Practice, place: Where) -> Running {
    let relais = awake(practice).await;
    assert!(matches!(sign_in(&relais, practice, Means::EidOnly).await, Settled::Open(_)));
    match place {
        Where::Resting => {}
        Where::Wanted => {
            due(&relais, practice).await;
            wanted(&relais).await;
        }
        Where::Asking => {
            relais.handle.sign_in(relais.handle.state().ask_to_renew(None).unwrap()).await.unwrap();
            pin_asked(&relais).await;
        }
        Where::AskingForThePassword => {
            relais.handle.sign_in(ask(Means::Eid)).await.unwrap();
            pin_asked(&relais).await;
            give_pin(&relais, &practice.house.pin()).await;
            until(&relais, |state| matches!(state.errand, Errand::Password { .. })).await;
        }
    }
    relais
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_at_any_step_ends_what_is_over_and_asks_once_at_most() {
    let mut practice = Practice::new().await;
    for place in PLACES {
        for sleep in
            [SignedDuration::from_mins(1), SignedDuration::from_hours(6), SignedDuration::from_hours(72)]
        {
            practice.move_to(&format!("{place:?}-{}", sleep.as_secs())).await;
            let relais = brought_there(&practice, place).await;
            let before = relais.handle.state();
            let heard = practice.house.served().asked();
            practice.house.clock().turn(Turn::all(sleep));
            let now = relais.handle.now();
            let over = before.session.open().is_none_or(|open| open.ends_at() <= now.wall);
            // The turn of the clock wakes the engine: a tick, and what follows from it.
            until(&relais, |state| state.session.open().is_none() == over).await;
            relais.handle.settle().await.unwrap();
            let what = format!("{place:?} for {sleep:#}");
            let state = relais.handle.state();
            assert!(state.session.open().is_none_or(|open| open.usable(now)), "{what}");
            assert_eq!(practice.verifies(), 1, "{what}: no PIN is used that nobody typed since");
            let asked = practice.house.served().asked().since(heard);
            assert_eq!(asked.messages, 0, "{what}: no message by itself");
            // One of the session, one of the watch of the services.
            assert!(asked.probes <= 2, "{what}: {} looks at the service at once", asked.probes);
            if over {
                assert_eq!(state.renewal, Renewal::Off, "{what}: nothing is left to renew");
            }
            if state.errand.busy() {
                relais.handle.tell(Event::Cancelled).await.unwrap();
            }
            relais.handle.settle().await.unwrap();
            let settled = sign_in(&relais, &practice, Means::EidOnly).await;
            assert!(matches!(settled, Settled::Open(_)), "{what}: {settled:?}");
            assert_eq!(practice.verifies(), 2, "{what}");
            relais.stop().await;
        }
    }
}
