//! Every page in its smallest window, in every language, light and dark: nothing is cut off, and axe is content.

use serde_json::{Value, json};

use crate::hand::Hand;
use crate::steps::{
    ask_for_the_pin, at_step, looked_at, open, session, sign_out, signed_in, type_password, type_pin,
};
use crate::window::{Desktop, Home};

/// Keys, as WebDriver spells them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Each language once, in both appearances between them.
const LOOKS: [(&str, &str); 4] = [("nl", "light"), ("fr", "dark"), ("de", "light"), ("en", "dark")];

/// What of this page stands outside its window, or is cut off at an edge of its own.
async fn cut_off(desktop: &Desktop) -> Value {
    let script = "const shown = element => element.checkVisibility() && element.closest('.vh, .sr') === null
                && getComputedStyle(element).clipPath === 'none' && element.getBoundingClientRect().width > 1;
        const outside = box => box.left < -1 || box.right > innerWidth + 1;
        // Head and foot of a sheet are always in sight; what is between them scrolls.
        const below = element => { const box = element.getBoundingClientRect();
            return box.top < 0 || box.bottom > innerHeight + 1; };
        const clipped = element => getComputedStyle(element).overflowX !== 'visible'
                && element.scrollWidth > element.clientWidth + 1;
        return [...document.querySelectorAll('body *')]
            .filter(element => shown(element) && (outside(element.getBoundingClientRect()) || clipped(element)))
            .concat([...document.querySelectorAll('dialog[open] :is(header, footer)')].filter(below))
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
    desktop.click("[data-testid=place-sandbox]").await;
    desktop.click("[data-testid=function-insurability] summary").await;
    fits(&desktop, "main", "sandbox").await;
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

/// Opens something, looks at it in every look, and closes it by its key.
async fn sheet_fits(desktop: &Desktop, button: &str, name: &str) {
    desktop.click(&format!("[data-testid={button}]")).await;
    desktop.find("dialog[open]").await;
    fits(desktop, "main", name).await;
    desktop.type_keys(ESCAPE).await;
    assert!(desktop.lacks("dialog").await, "Escape closes {name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sheet_and_the_journal_fit_the_smallest_window_in_every_language_light_and_dark() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &[]).await;
    desktop.page().set_window_rect(0, 0, 860, 600).await.expect("the window is made small");
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    desktop.click("[data-testid=place-settings]").await;
    sheet_fits(&desktop, "hours-change", "hours").await;
    sheet_fits(&desktop, "policy-show", "policy").await;
    sheet_fits(&desktop, "forget-person", "forget").await;
    desktop.click("[data-testid=place-journal]").await;
    fits(&desktop, "main", "journal").await;
    desktop.click("[data-testid=place-today]").await;
    sign_out(&desktop).await;
    Hand::in_world(&home.world()).act(json!("pull")).await;
    sheet_fits(&desktop, "do-withoutCard", "without-card").await;
    desktop.quit().await;
}

/// Goes on with Tab until this has the focus.
pub async fn tab_to(desktop: &Desktop, hook: &str) {
    let script = "return document.activeElement?.dataset?.testid ?? null";
    for _ in 0..60 {
        desktop.type_keys(TAB).await;
        let focused = desktop.page().execute(script, vec![]).await.expect("the page answers");
        if focused.json() == &json!(hook) {
            return;
        }
    }
    panic!("no way by Tab to {hook}:\n{}", desktop.text().await);
}

async fn focused_on(desktop: &Desktop, hook: &str) -> bool {
    let script = "return document.activeElement?.dataset?.testid ?? null";
    desktop
        .until(async || {
            desktop.page().execute(script, vec![]).await.is_ok_and(|found| found.json() == &json!(hook))
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_opens_and_closes_every_sheet_and_works_without_the_card() {
    let home = Home::new();
    let (desktop, pin, password) = open(&home, &["--language", "fr"]).await;
    ask_for_the_pin(&desktop).await;
    type_pin(&desktop, &pin).await;
    type_password(&desktop, &password).await;
    signed_in(&desktop, &home).await;
    desktop.with_control(',').await;
    desktop.find("[data-testid=forget-person]").await;
    for (button, inside) in
        [("hours-change", "hours-save"), ("forget-person", "forget-now"), ("policy-show", "fact")]
    {
        tab_to(&desktop, button).await;
        desktop.type_keys(ENTER).await;
        desktop.find(&format!("dialog [data-testid={inside}]")).await;
        desktop.type_keys(ESCAPE).await;
        assert!(desktop.lacks("dialog").await);
        assert!(focused_on(&desktop, button).await, "the focus is back on {button}");
    }
    desktop.with_control('3').await;
    desktop.says("Session ouverte avec l'eID").await;
    desktop.with_control('1').await;
    sign_out(&desktop).await;

    Hand::in_world(&home.world()).act(json!("pull")).await;
    desktop.find("[data-testid=do-withoutCard]").await;
    tab_to(&desktop, "do-withoutCard").await;
    desktop.type_keys(ENTER).await;
    desktop.find("dialog input[type=radio]").await;
    // The close button, then the first reason.
    desktop.type_keys(&format!("{TAB}{TAB} ")).await;
    tab_to(&desktop, "keystore-password").await;
    desktop.type_keys(&password).await;
    desktop.type_keys(ENTER).await;
    assert!(desktop.until(async || session(&desktop).await["means"] == "fallback").await, "{}", home.log());
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_leads_everywhere_and_signs_in() {
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
