//! What is said outside the window while time is turned: by a notification service and a panel of our own.

use std::time::Duration;

use serde_json::json;

use crate::hand::Hand;
use crate::near_clock::{World, seen};
use crate::notification_daemon::{Asked, Daemon, Notify};
use crate::panel::Panel;
use crate::private_bus::{stays, until};
use crate::sandbox::{Sandbox, snapshot};

/// Urgencies of the specification.
const CRITICAL: u8 = 2;

async fn signed_in(world: &World) -> Sandbox {
    let sandbox = Sandbox::open(&world.home).await;
    sandbox.ask_for_the_pin().await;
    sandbox.give_pin().await;
    sandbox.give_password().await;
    sandbox
}

/// Turns the clock until so much of the session is left.
async fn leave(sandbox: &Sandbox, world: &World, left: Duration) {
    let now = snapshot(&sandbox.desktop).await;
    let at = |value: &serde_json::Value| value.as_f64().expect("an instant");
    let by = at(&now["session"]["endsAt"]) - at(&now["now"]) - left.as_millis() as f64;
    Hand::in_world(&world.home.world()).turn_ahead(Duration::from_millis(by as u64)).await;
}

fn last(daemon: &Daemon, urgency: u8) -> Notify {
    let wanted = || daemon.notified().into_iter().rfind(|notify| notify.urgency == Some(urgency));
    until("a notification of this urgency", wanted)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_a_notification_opens_today_over_whatever_was_open_and_presses_nothing() {
    let world = World::new();
    let panel = Panel::start(&world.bus.address);
    let daemon = Daemon::at(&world.bus.address, &["body", "actions"]);
    let sandbox = signed_in(&world).await;
    let desktop = &sandbox.desktop;
    desktop.click("[data-testid=place-settings]").await;
    desktop.click("[data-testid=forget-person]").await;
    desktop.find("[data-testid=forget-now]").await;
    until("an icon comes", || panel.icon().filter(crate::panel::Icon::lives)).choose("Hide the window");
    seen(false);
    leave(&sandbox, &world, Duration::from_secs(25 * 60)).await;
    let told = last(&daemon, CRITICAL);
    assert!(told.summary.starts_with("The session ends "), "{told:?}");
    assert!(told.silent && told.actions.contains(&"Give the PIN".to_owned()), "{told:?}");

    daemon.act(told.id, "default");
    seen(true);
    desktop.find("[data-testid=end-time]").await;
    assert!(desktop.lacks("dialog").await, "what was open does not cover it");
    assert_eq!(snapshot(desktop).await["session"]["kind"], "open", "nobody was forgotten");
    assert_eq!(desktop.labels().await, ["main"], "no PIN is asked before somebody asks for it");
    desktop.turn_to("main").await;
    desktop.find("[data-testid=do-givePin]").await;
    sandbox.desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_no_notifications_gets_none_and_the_essential_ones_are_few() {
    let world = World::new();
    let daemon = Daemon::at(&world.bus.address, &["body", "actions"]);
    let sandbox = signed_in(&world).await;
    let desktop = &sandbox.desktop;
    desktop.click("[data-testid=place-settings]").await;
    desktop.click("input[name=notifications][value=none]").await;
    desktop.says("Nothing pops up.").await;
    leave(&sandbox, &world, Duration::from_secs(25 * 60)).await;
    assert!(
        desktop.until(async || desktop.has("[data-testid=due]").await).await,
        "the window says it all the same"
    );
    stays("no notification", || daemon.notified().is_empty());

    desktop.call("set_notifications", json!({ "notifications": "essential" })).await.unwrap();
    let told = last(&daemon, CRITICAL);
    assert!(told.summary.starts_with("The session ends "), "{told:?}");
    desktop.call("set_notifications", json!({ "notifications": "none" })).await.unwrap();
    until("what is on the screen goes", || daemon.asked().contains(&Asked::Close(told.id)).then_some(()));
    sandbox.desktop.quit().await;
}
