//! The bad days of the platform in the real window, one for each scenario of the sandbox: the dashboard follows, and says
//! what to do.

use std::time::Duration;

use serde_json::{Value, json};

use crate::hand::Hand;
use crate::steps::{ask_for_the_pin, looked_at, open, session, signed_in, type_password, type_pin};
use crate::window::{Desktop, Home};

/// Most minutes that pass until something is seen: less than the hour that the longest step of a scenario lasts.
const MINUTES: u32 = 55;

/// So often nothing new was seen before it counts as rest, and so often it is looked at most.
const STILL: u32 = 5;
const LOOKS: u32 = 100;

/// A practice that looks at its window while a scenario is played.
struct Watching {
    desktop: Desktop,
    hand: Hand,
    name: &'static str,
    pin: String,
    password: String,
}

impl Watching {
    async fn open(home: &Home, scenario: &'static str, arguments: &[&str]) -> Self {
        let (desktop, pin, password) = open(home, arguments).await;
        let hand = Hand::in_world(&home.world());
        let watching = Self { desktop, hand, name: scenario, pin, password };
        watching.reaches("auth", &["operational"]).await;
        watching.hand.play(scenario).await;
        watching
    }

    async fn view(&self) -> Value {
        self.desktop.call("continuity", json!({})).await.expect("the continuity")
    }

    async fn function(&self, id: &str) -> Value {
        let view = self.view().await;
        let functions = view["functions"].as_array().expect("functions");
        functions.iter().find(|function| function["id"] == id).expect("a function of the catalogue").clone()
    }

    /// Minute after minute passes until a function is in one of these states.
    async fn reaches(&self, id: &str, states: &[&str]) -> Value {
        let there = async || {
            let function = self.function(id).await;
            states.iter().any(|state| function["state"] == *state).then_some(function)
        };
        self.passes(&format!("{id} in {states:?}"), there).await
    }

    /// Minute after minute passes until this is so.
    async fn passes<T>(&self, what: &str, there: impl AsyncFn() -> Option<T>) -> T {
        for _ in 0..MINUTES {
            self.rests().await;
            if let Some(found) = there().await {
                return found;
            }
            self.hand.turn_ahead(Duration::from_secs(60)).await;
        }
        panic!("{}: never {what}, but {:#}", self.name, self.view().await);
    }

    /// Looks go over the real network of this PC and get real time, too: until nothing new is seen for a while.
    async fn rests(&self) {
        let mut looks = tokio::time::interval(Duration::from_millis(100));
        let (mut seen, mut still) = (Value::Null, 0);
        for _ in 0..LOOKS {
            looks.tick().await;
            let functions = self.view().await["functions"].take();
            still = if functions == seen { still + 1 } else { 0 };
            seen = functions;
            if still == STILL {
                return;
            }
        }
    }

    /// The tile of a function stands on Today and says this.
    async fn tile_says(&self, id: &str, words: &str) {
        let tile = self.desktop.find(&format!("[data-testid=tile-{id}]")).await;
        let said = self
            .desktop
            .until(async || tile.text().await.is_ok_and(|text| text.to_lowercase().contains(words)))
            .await;
        assert!(said, "{}: {words:?} is not on the tile:\n{}", self.name, self.desktop.text().await);
    }

    async fn no_tile(&self, id: &str) {
        let gone = self.desktop.lacks(&format!("[data-testid=tile-{id}]")).await;
        assert!(gone, "{}: {id} is off its road still:\n{}", self.name, self.desktop.text().await);
    }

    async fn looked_at(&self, station: &str) {
        looked_at(&self.desktop, &format!("services-{}-{station}", self.name)).await;
    }

    async fn sign_in(&self, home: &Home) {
        ask_for_the_pin(&self.desktop).await;
        type_pin(&self.desktop, &self.pin).await;
        type_password(&self.desktop, &self.password).await;
        signed_in(&self.desktop, home).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prescription_service_that_fails_on_monday_morning_is_seen_before_and_after_the_list_says_so() {
    let home = Home::new();
    let day = Watching::open(&home, "recip-e-monday-morning", &["--language", "nl"]).await;
    day.hand.next_step().await;
    let failing = day.reaches("prescription", &["degraded", "down", "unstable", "onBackup"]).await;
    assert_ne!(failing["probe"]["said"], "works", "our own look says so, the list does not yet: {failing}");
    assert_eq!(failing["authority"]["said"], "works", "{failing}");
    day.desktop.find("[data-testid=tile-prescription]").await;
    day.looked_at("1-before-the-list").await;

    day.hand.next_step().await;
    day.passes("the list says so", async || {
        (day.function("prescription").await["authority"]["said"] == "backup").then_some(())
    })
    .await;
    day.reaches("prescription", &["onBackup"]).await;
    day.tile_says("prescription", "noodroute").await;
    day.looked_at("2-on-backup").await;

    day.hand.next_step().await;
    day.hand.next_step().await;
    day.reaches("prescription", &["operational"]).await;
    day.no_tile("prescription").await;
    day.desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_zone_of_the_sign_in_service_is_told_and_leaves_the_session_as_it_is() {
    let home = Home::new();
    let day = Watching::open(&home, "sts-zone-lost", &["--language", "fr"]).await;
    day.sign_in(&home).await;
    let before = session(&day.desktop).await["endsAt"].clone();
    day.hand.next_step().await;
    let off = ["onBackup", "degraded", "down", "unstable"];
    day.reaches("auth", &off).await;
    day.desktop.find("[data-testid=tile-auth]").await;
    assert_eq!(session(&day.desktop).await["endsAt"], before, "nobody noticed");
    day.looked_at("1-lost").await;
    day.hand.next_step().await;
    day.reaches("auth", &["onBackup"]).await;
    day.tile_says("auth", "en secours").await;
    day.hand.next_step().await;
    day.hand.next_step().await;
    day.reaches("auth", &["operational"]).await;
    day.no_tile("auth").await;
    day.desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_everything_is_lost_the_card_leads_to_paper_and_the_outage_can_be_proved_afterwards() {
    let home = Home::new();
    let day = Watching::open(&home, "everything-lost", &["--language", "fr"]).await;
    let appearance = json!({ "appearance": "dark" });
    day.desktop.call("set_appearance", appearance).await.expect("an appearance");
    day.hand.next_step().await;
    // The platform goes address by address; once it is gone the insurers answer directly, and nothing is to be done.
    day.passes("the way to the insurers themselves", async || {
        let function = day.function("insurability").await;
        (function["state"] == "onBackup" && function["sentence"]["kind"] == "automatic").then_some(())
    })
    .await;
    day.tile_says("insurability", "mycarenet").await;
    day.looked_at("1-directly").await;

    day.hand.next_step().await;
    day.reaches("insurability", &["down"]).await;
    day.desktop.click("[data-testid=tile-insurability] button").await;
    day.desktop.find("[data-testid=level-paper]").await;
    day.desktop.says("Annexe 30").await;
    day.looked_at("2-card").await;
    day.desktop.click("[data-testid=print]").await;
    let paper = day.desktop.find("[data-testid=paper]").await.text().await.expect("the paper");
    assert!(paper.contains("Annexe 30"), "{paper}");
    day.looked_at("3-paper").await;
    day.desktop.click("[data-testid=sheet-close]").await;

    for _ in 0..3 {
        day.hand.next_step().await;
    }
    day.reaches("insurability", &["operational"]).await;
    day.desktop.click("[data-testid=place-services]").await;
    day.desktop.find("[data-testid=row-insurability][data-state=operational]").await;
    day.looked_at("4-back").await;
    day.desktop.click("[value=past]").await;
    day.desktop.click("[data-testid=record]").await;
    day.desktop.find("[data-testid=paper]").await;
    day.looked_at("5-record").await;
    day.desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_a_bad_signature_moves_nothing_and_is_told() {
    let home = Home::new();
    let day = Watching::open(&home, "bad-list-signature", &["--language", "nl"]).await;
    day.desktop.click("[data-testid=place-services]").await;
    for station in ["1-bad-signature", "2-wrong-signer"] {
        day.hand.next_step().await;
        day.passes("a refused list", async || (day.view().await["list"]["state"] == "refused").then_some(()))
            .await;
        day.desktop.says("niet echt").await;
        assert_eq!(day.function("encryption-unknown").await["state"], "operational", "{station}");
        day.looked_at(station).await;
    }
    day.hand.next_step().await;
    day.reaches("encryption-unknown", &["onBackup"]).await;
    day.desktop.find("[data-testid=row-encryption-unknown][data-state=onBackup]").await;
    assert_eq!(day.view().await["list"]["state"], "good");
    day.hand.next_step().await;
    day.reaches("encryption-unknown", &["operational"]).await;
    day.desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_comes_and_goes_is_called_unstable() {
    let home = Home::new();
    let day = Watching::open(&home, "flapping", &["--language", "nl"]).await;
    // With a session open services are looked at every five minutes.
    day.sign_in(&home).await;
    day.hand.next_step().await;
    day.reaches("eattest", &["unstable"]).await;
    day.tile_says("eattest", "onstabiel").await;
    day.looked_at("1-restless").await;
    day.hand.next_step().await;
    day.reaches("eattest", &["operational"]).await;
    day.no_tile("eattest").await;
    day.desktop.quit().await;
}
