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
const NORMAL: u8 = 1;
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

/// The organisation of the sandbox signs in: nobody and no card is asked.
async fn organisation_signed_in(sandbox: &Sandbox) {
    let desktop = &sandbox.desktop;
    desktop.call("set_organisation", json!({ "on": true })).await.unwrap();
    desktop.click("[data-testid=do-signInOrganisation]").await;
    desktop.click("[data-testid=keystore-password]").await;
    // As the sandbox tells it: invented, as all it has.
    desktop.type_keys("tilleul-argente").await;
    desktop.click("[data-testid=organisation-sign-in]").await;
    desktop.find("[data-testid=end-time]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_is_told_nothing_while_it_renews_itself_and_once_locked_that_its_password_is_wanted()
{
    let world = World::new();
    let daemon = Daemon::at(&world.bus.address, &["body", "actions"]);
    let sandbox = Sandbox::open(&world.home).await;
    organisation_signed_in(&sandbox).await;
    let first = snapshot(&sandbox.desktop).await["session"]["issuedAt"].clone();
    leave(&sandbox, &world, Duration::from_secs(25 * 60)).await;
    let renewed = async || snapshot(&sandbox.desktop).await["session"]["issuedAt"].as_f64() > first.as_f64();
    assert!(sandbox.desktop.until(renewed).await, "its open key renews it");
    stays("no notification", || daemon.notified().is_empty());
    sandbox.desktop.quit().await;

    let sandbox = Sandbox::open(&world.home).await;
    let kept = async || snapshot(&sandbox.desktop).await["session"]["key"] == "locked";
    assert!(sandbox.desktop.until(kept).await, "the session is found again, its key locked");
    leave(&sandbox, &world, Duration::from_secs(25 * 60)).await;
    let told = last(&daemon, CRITICAL);
    assert!(told.summary.starts_with("The session ends "), "{told:?}");
    assert!(told.body.contains("password of the organisation's keystore"), "{told:?}");
    assert!(told.actions.contains(&"Type the password".to_owned()), "{told:?}");
    leave(&sandbox, &world, Duration::ZERO).await;
    let ended = || daemon.notified().into_iter().find(|told| told.summary.starts_with("Session ended"));
    let ended = until("its end is told", ended);
    assert!(ended.actions.contains(&"Sign in".to_owned()), "{ended:?}");
    sandbox.desktop.quit().await;
}

/// Minute after minute passes until the platform is seen to do this function like this.
async fn reaches(sandbox: &Sandbox, hand: &Hand, id: &str, state: &str) {
    let mut looks = tokio::time::interval(Duration::from_millis(300));
    for _ in 0..200 {
        looks.tick().await;
        let view = sandbox.desktop.call("continuity", json!({})).await.unwrap();
        let functions = view["functions"].as_array().expect("functions");
        if functions.iter().any(|function| function["id"] == id && function["state"] == state) {
            return;
        }
        hand.turn_ahead(Duration::from_secs(30)).await;
    }
    panic!("{id} is never {state}");
}

#[tokio::test(flavor = "multi_thread")]
async fn services_that_are_back_are_told_in_one_notification_and_a_click_leads_to_them() {
    let world = World::new();
    let daemon = Daemon::at(&world.bus.address, &["body", "actions"]);
    let sandbox = Sandbox::open(&world.home).await;
    let hand = Hand::in_world(&world.home.world());
    reaches(&sandbox, &hand, "insurability", "operational").await;
    hand.play("everything-lost").await;
    for _ in 0..2 {
        hand.next_step().await;
    }
    reaches(&sandbox, &hand, "insurability", "down").await;
    stays("no alarm", || daemon.notified().is_empty());
    for _ in 0..3 {
        hand.next_step().await;
    }
    reaches(&sandbox, &hand, "insurability", "operational").await;
    let back = |notify: &Notify| notify.summary.ends_with("normally again.");
    let told = until("they are back", || daemon.notified().into_iter().find(back));
    assert!(told.silent && told.urgency == Some(NORMAL), "{told:?}");
    assert!(told.actions.contains(&"See the services".to_owned()), "{told:?}");
    stays("one notification", || daemon.notified().iter().filter(|notify| notify.replaces == 0).count() == 1);

    daemon.act(told.id, "default");
    sandbox.desktop.find("[data-testid=row-insurability][data-state=operational]").await;
    sandbox.desktop.quit().await;
}
