//! The place of the hand in the sandbox, in the real window: what is done there comes true, what is done elsewhere is shown, and
//! the watch of the services follows both. In an environment that is no sandbox there is neither place nor hand.

use serde_json::{Value, json};

use crate::fits::tab_to;
use crate::program::Ctl;
use crate::steps::{looked_at, open};
use crate::window::{Desktop, Home};

const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";
/// Enter, as WebDriver spells it.
const ENTER: &str = "\u{e007}";
/// It runs on KGSS alone.
const FUNCTION: &str = "encryption-unknown";

/// `relaisctl` beside the window.
fn beside(home: &Home, arguments: &str) -> Value {
    tokio::task::block_in_place(|| Ctl::new(arguments).with("--data-dir", home.data()).json(0))
}

/// How the window's watch sees the function, and what it says the list says of it.
async fn seen(desktop: &Desktop) -> [Value; 2] {
    let continuity = desktop.call("continuity", json!({})).await.expect("the main window may ask");
    let mut functions = continuity["functions"].as_array().expect("functions").iter();
    let function = functions.find(|it| it["id"] == FUNCTION).expect("the function");
    [function["state"].clone(), function["authority"]["said"].clone()]
}

async fn comes_to(desktop: &Desktop, home: &Home, expected: [&str; 2]) {
    let there = desktop.until(async || seen(desktop).await == expected).await;
    assert!(there, "{expected:?}, not {:?}:\n{}", seen(desktop).await, home.log());
}

/// Whether the place tells a state.
async fn shows(desktop: &Desktop, hook: &str, good: bool) -> bool {
    let selector = format!("[data-testid={hook}-state][data-good={good}]");
    desktop.until(async || desktop.has(&selector).await).await
}

async fn chosen(desktop: &Desktop, hook: &str) -> Value {
    let script = "return document.querySelector(`[data-testid='${arguments[0]}']`)?.value ?? null";
    desktop.page().execute(script, vec![json!(hook)]).await.expect("the page answers").json().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_zone_and_a_moved_list_come_true_within_seconds_whoever_did_it() {
    let home = Home::new();
    let (desktop, ..) = open(&home, &[]).await;
    comes_to(&desktop, &home, ["operational", "works"]).await;
    desktop.with_control('5').await;
    desktop.says("Everything is as usual").await;
    looked_at(&desktop, "sandbox-usual").await;

    tab_to(&desktop, "zone-main").await;
    desktop.type_keys(ENTER).await;
    assert!(shows(&desktop, "zone-main", false).await);
    assert_eq!(beside(&home, "sandbox show")["lost"], json!(["main"]));
    comes_to(&desktop, &home, ["onBackup", "works"]).await;
    desktop.click("[data-testid=list-all-backup]").await;
    comes_to(&desktop, &home, ["onBackup", "backup"]).await;
    let kept = beside(&home, "services show --environment sandbox");
    let kgss = kept["list"]["services"].as_array().expect("services").iter().find(|it| it["id"] == KGSS);
    assert_eq!(kgss.expect("it is in the list")["endpoints"][1]["active"], true, "{kept}");
    looked_at(&desktop, "sandbox-outage").await;

    beside(&home, "sandbox zone backup lost");
    assert!(shows(&desktop, "zone-backup", false).await, "what is done elsewhere is seen here");
    comes_to(&desktop, &home, ["down", "backup"]).await;
    beside(&home, "sandbox card pull");
    assert!(shows(&desktop, "card", false).await);
    beside(&home, "sandbox list bad-signature");
    assert!(desktop.until(async || chosen(&desktop, "list").await == "bad-signature").await);

    desktop.click("[data-testid=usual]").await;
    desktop.says("Everything is as usual").await;
    assert_eq!(beside(&home, "sandbox show")["card"], true);
    comes_to(&desktop, &home, ["operational", "works"]).await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_that_is_no_sandbox_has_no_such_place_and_its_commands_are_refused() {
    let home = Home::new();
    let profile = home.path().join("profile.toml");
    std::fs::write(&profile, "name = \"desk\"\nclass = \"integration\"\n").expect("a profile");
    let desktop = Desktop::start(&home, &["--profile", profile.to_str().expect("a path in UTF-8")]).await;
    desktop.turn_to("main").await;
    desktop.find("[data-testid=place-settings]").await;
    assert!(!desktop.has("[data-testid=place-sandbox]").await);
    desktop.with_control('5').await;
    desktop.find("[data-testid=place-today][aria-current=page]").await;
    let script = "const [command, given, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given).then(() => done(null), error => done(error.code));";
    let lose = json!({ "deed": { "kind": "zone", "zone": "main", "there": false } });
    for (command, given) in [("sandbox", json!({})), ("sandbox_do", lose)] {
        let given = vec![json!(command), given];
        let refused = desktop.page().execute_async(script, given).await.expect("the page answers");
        assert_eq!(refused.json(), "RLS-6015", "{command}");
    }
    desktop.quit().await;
}
