//! A card whose names were written by somebody who wants to take over the window (threat T14).

use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::{Model, Person, VirtualEid};
use serde_json::{Value, json};

use crate::steps::{ask_for_the_pin, looked_at, open, session, signed_in, type_password, type_pin};
use crate::window::{Desktop, Home};

/// Markup, a right-to-left override, a line break, the start of a terminal's command and an invisible letter mark; none
/// that XML forbids, so that the name goes all the way. A common name has room for 64 characters, of which 17 are the
/// certificate's own.
const GIVEN: &str = "<b\u{9B}id=x>\u{202E}";
const SURNAME: &str = "<img/src/onerror=taken=1>\n\u{61C}</b>";

/// Puts a card with those names where the sandbox of this home will look for its doctor's card.
fn plant(home: &Home) {
    let clock = TurnedClock::running();
    let world = World::open(&home.world(), clock.clone()).expect("a world");
    let doctor = world.people().doctor();
    let person = Person { given_names: GIVEN.into(), surname: SURNAME.into(), ..doctor.on_card() };
    let model = Model::V18;
    let mut card =
        VirtualEid::personalise(&person, model, world.eid_authorities(), clock.trusted()).expect("a card");
    let file = home.world().join("card").join(format!("{}-{model:?}.json", doctor.key));
    card.keep_in(&file).expect("the card is kept");
}

/// Asks this page something.
async fn asked(desktop: &Desktop, script: &str) -> Value {
    desktop.page().execute(script, vec![]).await.expect("the page answers").json().clone()
}

/// Nothing of the name became part of the page, and what it says turns no line and no direction.
async fn harmless(desktop: &Desktop, home: &Home) {
    desktop.says("<b id=x>").await;
    desktop.says("<img/src/onerror=taken=1>").await;
    let elements =
        "return document.querySelectorAll('img, iframe, object, #x, [onerror], script:not([src])').length";
    assert_eq!(asked(desktop, elements).await, json!(0), "an element was injected");
    assert_eq!(asked(desktop, "return typeof window.taken").await, json!("undefined"), "foreign script ran");
    let text = desktop.text().await;
    let marks = |c: char| c != '\n' && c.is_control() || "\u{202E}\u{61C}".contains(c);
    assert!(!text.contains(marks), "{text:?}");
    let raw = asked(desktop, "return document.body.textContent").await;
    assert!(!raw.as_str().expect("text").contains("\u{202E}"), "{raw:?}");
    assert!(!home.log().contains("Content Security Policy"), "the pages break no rule:\n{}", home.log());
}

/// The policy holds in this very page: what script gets in does not run.
async fn policy_holds(desktop: &Desktop) {
    let script = "const done = arguments[0], broken = [];
        document.addEventListener('securitypolicyviolation', event => broken.push(event.effectiveDirective));
        const inline = document.createElement('script');
        inline.textContent = 'window.taken = 1';
        const image = document.createElement('img');
        image.setAttribute('onerror', 'window.taken = 2');
        image.src = 'data:,';
        const told = () => {
            if (broken.length < 2 && window.taken === undefined) {
                return setTimeout(told, 10);
            }
            inline.remove();
            image.remove();
            done([typeof window.taken, broken.every(rule => rule.startsWith('script-src'))]);
        };
        document.body.append(inline, image);
        told();";
    let answer = desktop.page().execute_async(script, vec![]).await.expect("the page answers");
    assert_eq!(answer.json(), &json!(["undefined", true]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_with_a_hostile_name_is_shown_harmless_in_both_windows() {
    let home = Home::new();
    plant(&home);
    let (desktop, pin, password) = open(&home, &["--language", "fr"]).await;
    ask_for_the_pin(&desktop).await;
    harmless(&desktop, &home).await;
    looked_at(&desktop, "hostile-pin-fr").await;
    policy_holds(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    harmless(&desktop, &home).await;
    looked_at(&desktop, "hostile-today-fr").await;
    policy_holds(&desktop).await;
    let person = session(&desktop).await["person"].clone();
    assert!(!person.as_str().expect("a name").contains(char::is_control), "{person:?}");
    desktop.quit().await;
}
