//! A second start, and a start while another program owns the folder.

use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::near_clock::World;
use crate::private_bus::until;
use crate::sandbox::{Sandbox, snapshot};
use crate::window::{Desktop, Home, program, surroundings};

/// Starts the program once more in this home; it has to end by itself.
fn start_again(home: &Home, arguments: &[&str]) {
    let mut second = Command::new(program())
        .arg("--data-dir")
        .arg(home.data())
        .args(arguments)
        .envs(surroundings(home.path()))
        .envs(home.environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let ended = until("the second one hands over and ends", || second.try_wait().unwrap());
    assert!(ended.success(), "{ended}");
}

fn warns(snapshot: &Value, code: &str) -> bool {
    snapshot["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_hands_over_to_the_first_and_is_told_when_it_named_another_world() {
    let world = World::new();
    let Sandbox { desktop, .. } = Sandbox::open(&world.home).await;
    start_again(&world.home, &["--environment", "sandbox"]);
    start_again(&world.home, &["--environment", "acceptance", "--background"]);
    assert!(!warns(&snapshot(&desktop).await, "RLS-6054"), "the same world, or nobody to tell");
    start_again(&world.home, &["--environment", "acceptance"]);
    assert!(desktop.until(async || warns(&snapshot(&desktop).await, "RLS-6054")).await);
    assert_eq!(snapshot(&desktop).await["environment"]["name"], "sandbox");
    desktop.says("another environment").await;
    desktop.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_a_command_owns_is_waited_for_and_nobody_is_asked_what_this_pc_is_for() {
    let home = Home::new();
    let folder = home.data().join("sandbox");
    std::fs::create_dir_all(&folder).unwrap();
    let command = File::create(folder.join("owner.lock")).unwrap();
    command.lock().unwrap();
    let desktop = Desktop::start(&home, &[]).await;
    desktop.turn_to("main").await;
    assert!(desktop.until(async || warns(&snapshot(&desktop).await, "RLS-6006")).await);
    let waiting = snapshot(&desktop).await;
    assert_eq!((&waiting["environment"], &waiting["opening"]), (&Value::Null, &Value::Bool(true)));
    desktop.says("RLS-6006").await;
    assert!(!desktop.has("[data-testid=choose-sandbox]").await, "{}", desktop.text().await);
    drop(command);
    assert!(desktop.until(async || snapshot(&desktop).await["environment"]["name"] == "sandbox").await);
    assert!(desktop.until(async || !warns(&snapshot(&desktop).await, "RLS-6006")).await);
    desktop.find("[data-testid=sign-in]").await;
    desktop.quit().await;
}
