//! Three days of a practice in the real window, in turned time: signed in on Monday morning, asked at lunch, an outage that
//! nobody notices, a restart, sleep, a clock that is set, the card lost, twelve hours without it, the card found.

use std::time::Duration;

use jiff::civil::{Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde_json::{Value, json};

use crate::hand::Hand;
use crate::steps::{ask_for_the_pin, at_step, looked_at, open, session, signed_in, type_password, type_pin};
use crate::window::{Desktop, Home};

/// How the practice looks at it.
#[derive(Clone, Copy)]
struct Look {
    language: &'static str,
    appearance: &'static str,
    /// What the window says at these stations.
    asked: &'static str,
    ended: &'static str,
    capped: &'static str,
    /// From an hour, a quarter of an hour and five minutes before the end on.
    soon: [&'static str; 3],
}

const LOOKS: [Look; 2] = [
    Look {
        language: "nl",
        appearance: "light",
        asked: "Uw pincode wordt verwacht",
        ended: "Sessie beëindigd om",
        capped: "De twaalf uur zijn om.",
        soon: ["Minder dan een uur.", "Minder dan 15 minuten.", "Minder dan 5 minuten."],
    },
    Look {
        language: "fr",
        appearance: "dark",
        asked: "Votre code PIN est attendu",
        ended: "Session terminée à",
        capped: "Les douze heures sont passées.",
        soon: ["Moins d'une heure.", "Moins de 15 minutes.", "Moins de 5 minutes."],
    },
];

/// A practice with its window open.
struct Practice<'a> {
    home: &'a Home,
    look: Look,
    desktop: Desktop,
    hand: Hand,
    pin: String,
    password: String,
    stations: u32,
}

fn belgium() -> TimeZone {
    TimeZone::get("Europe/Brussels").expect("the zone is known")
}

impl<'a> Practice<'a> {
    async fn open(home: &'a Home, look: Look, stations: u32) -> Self {
        let (desktop, pin, password) = open(home, &["--language", look.language]).await;
        let appearance = json!({ "appearance": look.appearance });
        desktop.call("set_appearance", appearance).await.expect("an appearance");
        let hand = Hand::in_world(&home.world());
        Self { home, look, desktop, hand, pin, password, stations }
    }

    async fn now(&self) -> Zoned {
        let wall: Timestamp = self.hand.wall().await.parse().expect("an instant");
        wall.to_zoned(belgium())
    }

    /// Time passes for everybody, in steps no longer than two hours.
    async fn live_until(&self, at: &Zoned) {
        loop {
            let left = at.duration_since(&self.now().await);
            if left <= SignedDuration::ZERO {
                return;
            }
            let step = left.min(SignedDuration::from_hours(2));
            self.hand.turn_ahead(Duration::from_millis(step.as_millis() as u64)).await;
        }
    }

    /// The computer sleeps: all of this passes at once.
    async fn sleep_until(&self, at: &Zoned) {
        let left = at.duration_since(&self.now().await);
        self.hand.turn_ahead(Duration::from_millis(left.as_millis() as u64)).await;
    }

    /// The turn of the clocks has reached Relais, and whatever it did about it is done.
    async fn taken_in(&self) {
        let wall = self.now().await.timestamp().as_millisecond() as f64;
        let there =
            async || (self.snapshot().await["now"].as_f64().expect("an instant") - wall).abs() < 60_000.0;
        assert!(self.desktop.until(there).await, "the clock was turned: {}", self.home.log());
        // A tick follows each of them, and the second is only heard after the tick of the first.
        for _ in 0..2 {
            self.desktop.call("sign_in_cancel", json!({})).await.expect("nothing is going on");
        }
    }

    async fn snapshot(&self) -> Value {
        self.desktop.call("snapshot", json!({})).await.expect("the snapshot")
    }

    /// Until when the session lasts, as the window says it.
    async fn end_shown(&self) -> String {
        self.desktop.find("[data-testid=end-time]").await.text().await.expect("a text")
    }

    /// A picture of this station, and axe is content.
    async fn station(&mut self, name: &str) {
        self.stations += 1;
        let Look { language, appearance, .. } = self.look;
        looked_at(&self.desktop, &format!("day-{language}-{appearance}-{:02}-{name}", self.stations)).await;
    }

    async fn session(&self) -> Value {
        session(&self.desktop).await
    }

    async fn ends_at(&self) -> Timestamp {
        let millis = self.session().await["endsAt"].as_f64().expect("an end");
        Timestamp::from_millisecond(millis as i64).expect("an instant")
    }

    async fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) {
        let there = self.desktop.until(async || holds(&self.session().await)).await;
        assert!(there, "{what}: {}\n{}", self.session().await, self.home.log());
    }

    /// The PIN is given where the window offers it, and the session lasts longer than before.
    async fn give_the_pin(&self, button: &str) {
        let before = self.ends_at().await;
        self.desktop.click(&format!("[data-testid={button}]")).await;
        self.desktop.turn_to("pin").await;
        at_step(&self.desktop, "pin").await;
        type_pin(&self.desktop, &self.pin).await;
        signed_in(&self.desktop, self.home).await;
        let longer = |session: &Value| {
            session["endsAt"].as_f64().is_some_and(|end| end as i64 > before.as_millisecond())
        };
        self.until("it lasts longer", longer).await;
    }

    /// A reason and the password open a session without the card; gives its end.
    async fn work_without_the_card(&mut self, name: &str) -> Timestamp {
        self.desktop.click("[data-testid=do-withoutCard]").await;
        self.desktop.find("[data-testid=found]").await;
        self.desktop.click("label.answer").await;
        self.station(name).await;
        self.desktop.click("[data-testid=keystore-password]").await;
        self.desktop.type_keys(&self.password).await;
        self.desktop.click("[data-testid=open-without-card]").await;
        self.until("it is open", |session| session["kind"] == "open" && session["means"] == "fallback").await;
        self.ends_at().await
    }
}

/// Consultations from Monday to Friday; between them lunch, where the PIN may be asked for.
fn hours() -> Value {
    let stretch = |from: &str, to: &str| json!({ "from": from, "to": to });
    let day = json!({ "open": stretch("07:00", "20:00"),
        "consultations": [stretch("08:00", "12:30"), stretch("14:30", "20:00")] });
    let off = json!({ "open": null, "consultations": [] });
    json!({ "week": [day, day, day, day, day, off, off] })
}

fn on(day: &Zoned, at: Time) -> Zoned {
    day.with().time(at).build().expect("a time of that day")
}

async fn three_days(look: Look) {
    let home = Home::new();
    let mut practice = Practice::open(&home, look, 0).await;
    practice.desktop.call("set_hours", json!({ "hours": hours() })).await.expect("hours");
    let today = practice.now().await;
    let monday = today.nth_weekday(1, Weekday::Monday).expect("a Monday comes");
    let day = |n: i64| monday.checked_add(n.days()).expect("a day");
    signs_in(&mut practice, &monday).await;
    is_asked_at_lunch(&mut practice, &monday).await;
    lives_through_an_outage(&mut practice, &monday, &day(1)).await;
    let mut practice = starts_anew(practice).await;
    sleeps(&mut practice, &day(1)).await;
    has_its_clock_set_back_and_right_again(&mut practice).await;
    loses_the_card(&mut practice, &day(2)).await;
    works_without_the_card(&mut practice).await;
    finds_the_card(&mut practice, &day(3)).await;
    practice.desktop.quit().await;
}

/// Monday morning, before the first consultation.
async fn signs_in(practice: &mut Practice<'_>, monday: &Zoned) {
    practice.live_until(&on(monday, time(8, 1, 0, 0))).await;
    practice.desktop.find("[data-testid=sign-in]").await;
    practice.station("monday-nobody").await;
    ask_for_the_pin(&practice.desktop).await;
    practice.station("monday-pin").await;
    type_pin(&practice.desktop, &practice.pin).await;
    type_password(&practice.desktop, &practice.password).await;
    signed_in(&practice.desktop, practice.home).await;
    practice.station("monday-signed-in").await;
}

/// Nobody is disturbed in the consultation; at lunch the window asks, and opens no other by itself.
async fn is_asked_at_lunch(practice: &mut Practice<'_>, monday: &Zoned) {
    practice.live_until(&on(monday, time(10, 30, 0, 0))).await;
    practice.taken_in().await;
    assert!(!practice.desktop.has("[data-testid=do-givePin]").await);
    practice.station("monday-consultation").await;
    practice.live_until(&on(monday, time(14, 3, 0, 0))).await;
    practice.desktop.says(practice.look.asked).await;
    assert_eq!(practice.desktop.labels().await, ["main"], "nothing opens by itself");
    practice.desktop.turn_to("main").await;
    practice.station("monday-lunch").await;
    practice.give_the_pin("do-givePin").await;
    practice.station("monday-renewed").await;
}

/// The sign-in service is away for just under half a token; nobody notices.
async fn lives_through_an_outage(practice: &mut Practice<'_>, monday: &Zoned, tuesday: &Zoned) {
    let kept = practice.ends_at().await;
    practice.hand.service_is_there(false).await;
    practice.live_until(&on(monday, time(21, 0, 0, 0))).await;
    practice.taken_in().await;
    assert_eq!((practice.session().await["kind"].clone(), practice.ends_at().await), (json!("open"), kept));
    assert!(!practice.desktop.has("[data-testid=problem]").await);
    practice.station("monday-outage").await;
    practice.live_until(&on(tuesday, time(1, 50, 0, 0))).await;
    practice.hand.service_is_there(true).await;
    practice.live_until(&on(tuesday, time(7, 2, 0, 0))).await;
    practice.desktop.says(practice.look.asked).await;
    practice.station("tuesday-asked").await;
    practice.give_the_pin("do-givePin").await;
}

/// The computer starts anew: no PIN. Its world has kept its time.
async fn starts_anew(practice: Practice<'_>) -> Practice<'_> {
    let kept = practice.ends_at().await;
    let (at, home, look, stations) = (practice.now().await, practice.home, practice.look, practice.stations);
    practice.desktop.quit().await;
    let mut practice = Practice::open(home, look, stations).await;
    assert!(practice.now().await >= at, "{} after {at}", practice.now().await);
    practice
        .until("it is found again", |session| session["kind"] == "open" && session["restored"] == true)
        .await;
    assert_eq!(practice.ends_at().await, kept);
    practice.station("tuesday-restarted").await;
    practice
}

/// The laptop sleeps through the morning.
async fn sleeps(practice: &mut Practice<'_>, tuesday: &Zoned) {
    let kept = practice.ends_at().await;
    practice.sleep_until(&on(tuesday, time(11, 45, 0, 0))).await;
    practice.until("the session goes on", |session| session["kind"] == "open").await;
    assert_eq!(practice.ends_at().await, kept);
    practice.station("tuesday-slept").await;
}

/// Somebody sets the clock an hour back, and right again: the session is neither longer nor gone.
async fn has_its_clock_set_back_and_right_again(practice: &mut Practice<'_>) {
    let kept = practice.ends_at().await;
    let shown = practice.end_shown().await;
    for minutes in [-60, 60] {
        practice.hand.turn_wall(minutes).await;
        practice.taken_in().await;
        let still =
            (practice.session().await["kind"].clone(), practice.ends_at().await, practice.end_shown().await);
        assert_eq!(still, (json!("open"), kept, shown.clone()), "{minutes} minutes");
        if minutes < 0 {
            practice.station("tuesday-clock-back").await;
        }
    }
}

/// The card is lost: the session comes to its end on Wednesday.
async fn loses_the_card(practice: &mut Practice<'_>, wednesday: &Zoned) {
    let kept = practice.ends_at().await;
    practice.hand.act(json!("pull")).await;
    practice.live_until(&kept.to_zoned(belgium()).checked_sub(25.minutes()).expect("an instant")).await;
    practice.station("wednesday-ends-soon").await;
    practice.live_until(&on(wednesday, time(8, 0, 0, 0))).await;
    practice.desktop.says(practice.look.ended).await;
    practice.station("wednesday-ended").await;
}

/// Twelve hours without it, said 60, 15 and 5 minutes before their end.
async fn works_without_the_card(practice: &mut Practice<'_>) {
    let ends_at = practice.work_without_the_card("wednesday-sheet").await;
    practice.station("wednesday-without-card").await;
    for (left, soon) in [60, 15, 5].into_iter().zip(practice.look.soon) {
        let at = ends_at.to_zoned(belgium()).checked_sub((left - 1).minutes()).expect("an instant");
        practice.live_until(&at).await;
        practice.taken_in().await;
        assert_eq!(
            (practice.session().await["kind"].clone(), practice.ends_at().await),
            (json!("open"), ends_at)
        );
        practice.desktop.says(soon).await;
        practice.station(&format!("wednesday-{left}-minutes")).await;
    }
    practice.live_until(&ends_at.to_zoned(belgium()).checked_add(1.second()).expect("an instant")).await;
    practice.until("twelve hours are all", |session| session["kind"] == "ended").await;
    practice.desktop.says(practice.look.capped).await;
    assert_eq!(practice.session().await["because"], "cap");
    practice.station("wednesday-twelve-hours").await;
}

/// Thursday: once more without it, then the card is found, and the way back is offered.
async fn finds_the_card(practice: &mut Practice<'_>, thursday: &Zoned) {
    practice.live_until(&on(thursday, time(8, 5, 0, 0))).await;
    practice.work_without_the_card("thursday-sheet").await;
    practice.hand.act(json!("put-back")).await;
    practice.desktop.find("[data-testid=do-backToCard]").await;
    practice.station("thursday-card-back").await;
    practice.give_the_pin("do-backToCard").await;
    assert_eq!(practice.session().await["means"], "eid");
    practice.station("thursday-with-card").await;
    practice.desktop.click("[data-testid=place-journal]").await;
    practice.desktop.find(".log li").await;
    practice.station("thursday-journal").await;
    practice.desktop.click("input[value=withoutCard]").await;
    practice.desktop.find(".ledger table").await;
    practice.station("thursday-ledger").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_lives_three_days_in_dutch_and_light() {
    three_days(LOOKS[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_lives_three_days_in_dutch_and_dark() {
    three_days(Look { appearance: "dark", ..LOOKS[0] }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_lives_three_days_in_french_and_light() {
    three_days(Look { appearance: "light", ..LOOKS[1] }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_lives_three_days_in_french_and_dark() {
    three_days(LOOKS[1]).await;
}
