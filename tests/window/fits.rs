//! Every page in its smallest window, in every language, light and dark: nothing is cut off, and axe is content.

use serde_json::{Value, json};

use crate::steps::{ask_for_the_pin, at_step, looked_at, open, signed_in, type_pin};
use crate::window::{Desktop, Home};

/// Each language once, in both appearances between them.
const LOOKS: [(&str, &str); 4] = [("nl", "light"), ("fr", "dark"), ("de", "light"), ("en", "dark")];

/// What of this page stands outside its window, or is cut off at an edge of its own.
async fn cut_off(desktop: &Desktop) -> Value {
    let script = "const shown = element => element.checkVisibility() && element.closest('.vh, .sr') === null
                && getComputedStyle(element).clipPath === 'none' && element.getBoundingClientRect().width > 1;
        const outside = box => box.left < -1 || box.right > innerWidth + 1;
        const clipped = element => getComputedStyle(element).overflowX !== 'visible'
                && element.scrollWidth > element.clientWidth + 1;
        return [...document.querySelectorAll('body *')]
            .filter(element => shown(element) && (outside(element.getBoundingClientRect()) || clipped(element)))
            .map(element => element.outerHTML.slice(0, 120));";
    desktop.page().execute(script, vec![]).await.expect("the page answers").json().clone()
}

/// In a window of fixed size, everything can be seen without scrolling.
async fn needs_no_scrolling(desktop: &Desktop) -> bool {
    let script = "return document.documentElement.scrollHeight <= innerHeight + 1";
    desktop.page().execute(script, vec![]).await.expect("the page answers").json() == &json!(true)
}

async fn looks_like(desktop: &Desktop, (language, appearance): (&str, &str)) {
    desktop.call("set_language", json!({ "language": language })).await.expect("a language");
    desktop.call("set_appearance", json!({ "appearance": appearance })).await.expect("an appearance");
}

async fn drawn(desktop: &Desktop, (language, appearance): (&str, &str)) {
    let script = "return [document.documentElement.lang.slice(0, 2), document.documentElement.dataset.theme]";
    let drawn = desktop
        .until(async || {
            let now = desktop.page().execute(script, vec![]).await;
            now.is_ok_and(|now| now.json() == &json!([language, appearance]))
        })
        .await;
    assert!(drawn, "the page does not turn {language} and {appearance}");
}

/// The page in front, in every look.
async fn fits(desktop: &Desktop, window: &str, name: &str) {
    for look in LOOKS {
        desktop.turn_to("main").await;
        looks_like(desktop, look).await;
        desktop.turn_to(window).await;
        drawn(desktop, look).await;
        let name = format!("fits-{name}-{}-{}", look.0, look.1);
        looked_at(desktop, &name).await;
        assert_eq!(cut_off(desktop).await, json!([]), "{name}");
        assert!(window == "main" || needs_no_scrolling(desktop).await, "{name} does not fit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_the_smallest_window_in_every_language_light_and_dark() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &[]).await;
    desktop.page().set_window_rect(0, 0, 860, 600).await.expect("the window is made small");
    fits(&desktop, "main", "today").await;
    desktop.click("[data-testid=place-settings]").await;
    fits(&desktop, "main", "settings").await;
    desktop.click("[data-testid=place-today]").await;
    ask_for_the_pin(&desktop).await;
    fits(&desktop, "pin", "pin").await;
    type_pin(&desktop, &pin).await;
    at_step(&desktop, "password").await;
    fits(&desktop, "pin", "password").await;
    desktop.click("[data-testid=password-field]").await;
    desktop.type_keys(&password).await;
    desktop.click("[data-testid=password-confirm]").await;
    signed_in(&desktop, &home).await;
    fits(&desktop, "main", "open").await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_leads_everywhere_and_signs_in() {
    const ESCAPE: &str = "\u{e00c}";
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "nl"]).await;
    desktop.find("[data-testid=sign-in]").await;
    desktop.with_control(',').await;
    desktop.find("[data-testid=reader]").await;
    desktop.with_control('l').await;
    desktop.turn_to("pin").await;
    at_step(&desktop, "pin").await;
    desktop.type_keys(ESCAPE).await;
    assert!(desktop.is_gone("pin").await, "Escape means later");
    desktop.turn_to("main").await;
    desktop.find("[data-testid=sign-in]").await;
    desktop.with_control('l').await;
    desktop.turn_to("pin").await;
    at_step(&desktop, "pin").await;
    type_pin(&desktop, &pin).await;
    at_step(&desktop, "password").await;
    type_pin(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    desktop.quit().await;
}
