//! The control endpoint, as another process of this PC uses it.

use relais_core::time::Clock;
use relais_sandbox::eid::{Model, VirtualReader};
use relais_sandbox::platform::Ports;
use relais_sandbox::platform::faults::Fault;
use serde_json::{Value, json};

use crate::world::{Reply, Sandbox};

pub async fn told(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Reply {
    let token = std::fs::read_to_string(sandbox.served.token_file()).unwrap();
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let url = format!("{}{path}", sandbox.served.control_url());
    sandbox.request(&url, method, &headers, body.as_bytes()).await
}

#[tokio::test]
async fn another_process_turns_the_clock_and_hears_of_turns() {
    let sandbox = Sandbox::open().await;
    let before = sandbox.world.clock().now();
    let turned = told(&sandbox, "POST", "/v1/clock/turn", r#"{"wall_ms":-3600000,"boot_ms":1000}"#).await;
    assert_eq!(turned.status, 200, "{}", turned.body);
    let now = sandbox.world.clock().now();
    assert_eq!(now.wall.duration_since(before.wall).as_hours(), -1);
    assert_eq!((now.boot - before.boot).as_secs(), 1);
    let heard = told(&sandbox, "GET", "/v1/clock?after=0", "").await;
    assert!(
        heard.body.contains("\"turns\":1") && heard.body.contains("\"trusted\":\"2026-03-02T12:00:00Z\"")
    );
    assert!(told(&sandbox, "POST", "/v1/clock/reboot", "").await.body.contains("\"boot_ms\":0"));
    assert_eq!(told(&sandbox, "GET", "/v1/clock?after=soon", "").await.status, 400);
}

#[tokio::test]
async fn another_process_plans_faults_and_turns_switches() {
    let sandbox = Sandbox::open().await;
    let planned = told(&sandbox, "PUT", "/v1/faults", r#"[{"fault":{"kind":"html"},"step":"first"}]"#).await;
    assert_eq!(planned.status, 200, "{}", planned.body);
    assert_eq!(sandbox.served.faults().planned()[0].fault, Fault::Html);
    assert_eq!(told(&sandbox, "PUT", "/v1/faults", r#"[{"fault":{"kind":"flood"}}]"#).await.status, 400);
    assert_eq!(told(&sandbox, "PUT", "/v1/faults", "[]").await.body, "[]");
    let rules = told(&sandbox, "PUT", "/v1/rules", r#"{"challenges":"always"}"#).await;
    assert_eq!(rules.body, r#"{"challenges":"always","denial":"false","collection":false}"#);
    assert_eq!(told(&sandbox, "GET", "/v1/secrets", "").await.status, 404);
}

#[tokio::test]
async fn another_process_is_the_hand_at_the_readers_of_this_one() {
    let sandbox = Sandbox::open().await;
    assert_eq!(told(&sandbox, "GET", "/v1/readers", "").await.body, "[]", "this sandbox has none of its own");
    assert_eq!(told(&sandbox, "POST", "/v1/readers", r#"{"act":"pull"}"#).await.status, 404);
    let readers = VirtualReader::new("Reader 0");
    readers.insert("Reader 0", sandbox.world.card(sandbox.world.people().doctor(), Model::V18).unwrap());
    // A folder is served by one at a time.
    let Sandbox { world, served, dir } = sandbox;
    drop(served);
    let served = world.serve_with(Ports::default(), readers.clone()).await.unwrap();
    let sandbox = Sandbox { world, served, dir };
    let seen = r#"[{"name":"Reader 0","keypad":true,"card":{"tries":3,"pins":0}}]"#;
    assert_eq!(told(&sandbox, "POST", "/v1/readers", r#"{"act":{"keypad":true}}"#).await.body, seen);
    let pulled = told(&sandbox, "POST", "/v1/readers", r#"{"act":"pull"}"#).await;
    assert_eq!(pulled.body, r#"[{"name":"Reader 0","keypad":true,"card":null}]"#);
    assert_eq!(told(&sandbox, "POST", "/v1/readers", r#"{"act":"pull"}"#).await.status, 409);
    assert_eq!(told(&sandbox, "POST", "/v1/readers", r#"{"act":"put-back"}"#).await.body, seen);
    assert!(readers.with_card("Reader 0", |_| ()).is_some());
    assert_eq!(told(&sandbox, "POST", "/v1/readers", r#"{"act":"steal"}"#).await.status, 400);
}

#[tokio::test]
async fn one_look_tells_everything_that_a_hand_can_change_and_what_there_is_to_change() {
    let sandbox = Sandbox::open().await;
    let look = async || -> Value {
        let reply = told(&sandbox, "GET", "/v1/look", "").await;
        assert_eq!(reply.status, 200);
        serde_json::from_str(&reply.body).unwrap()
    };
    let usual = look().await;
    assert_eq!(usual["continuity"]["lost"], json!([]));
    assert_eq!((&usual["faults"], &usual["readers"]), (&json!([]), &json!([])));
    let services = usual["services"].as_array().unwrap();
    let kgss = services.iter().find(|it| it["key"] == "uddi:ehealth-fgov-be:business:kgss:v1").unwrap();
    assert_eq!((&kgss["name"], &kgss["zones"]), (&json!("ETEE KGSS V1"), &json!(["main", "backup"])));
    assert!(services.iter().any(|service| service["name"].is_null()), "those of the registry alone, too");

    let mut changes = sandbox.served.stage().subscribe();
    told(&sandbox, "POST", "/v1/scenarios", r#"{"play":"everything-lost"}"#).await;
    told(&sandbox, "POST", "/v1/scenarios", r#""next""#).await;
    let first_step = look().await;
    assert_eq!(first_step["continuity"]["lost"], json!(["main", "backup"]));
    let playing = &first_step["continuity"]["playing"];
    let story = first_step["scenarios"].as_array().unwrap().iter().find(|it| it["name"] == "everything-lost");
    assert_eq!((&playing["left"], &story.unwrap()["steps"]), (&json!(4), &json!(5)));
    assert!(changes.has_changed().unwrap(), "whoever follows the sandbox hears of it");
    changes.mark_unchanged();
    look().await;
    assert!(!changes.has_changed().unwrap(), "a look changes nothing");
}

#[tokio::test]
async fn nobody_without_the_token_and_no_web_page_controls_anything() {
    let sandbox = Sandbox::open().await;
    let token = std::fs::read_to_string(sandbox.served.token_file()).unwrap();
    let right = format!("Bearer {token}");
    let url = format!("{}/v1/faults", sandbox.served.control_url());
    let status = async |headers: &[(&str, &str)]| sandbox.request(&url, "GET", headers, b"").await.status;
    assert_eq!(status(&[("Authorization", &right)]).await, 200);
    assert_eq!(status(&[]).await, 401);
    assert_eq!(status(&[("Authorization", "Bearer 0")]).await, 401);
    assert_eq!(status(&[("Authorization", &right), ("Origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("Authorization", &right), ("Host", "evil.example")]).await, 403);
    let plain = [("Authorization", right.as_str()), ("Content-Type", "text/plain")];
    assert_eq!(sandbox.request(&url, "PUT", &plain, b"[]").await.status, 415);
}
