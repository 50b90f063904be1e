//! What can be checked of the shell without a window.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Writes the bindings the pages are compiled with; the test run fails when they were not committed.
#[test]
fn the_bindings_of_the_pages_are_made_from_the_commands() {
    let path = root().join("ui/src/lib/bindings.ts");
    super::bindings().export(specta_typescript::Typescript::default(), &path).unwrap();
    assert!(commands(&std::fs::read_to_string(path).unwrap()).contains("snapshot"));
}

/// Names of the commands in generated bindings: `INVOKE<Snapshot>("snapshot")`.
fn commands(bindings: &str) -> BTreeSet<String> {
    let called = bindings.lines().filter(|line| line.contains(": (") && line.contains("INVOKE"));
    called.filter_map(|line| line.split_once("(\"")?.1.split('"').next()).map(str::to_owned).collect()
}

fn allowed(file: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("src-tauri/permissions").join(file)).unwrap();
    let (_, list) = text.split_once("commands.allow = [").unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_permission_and_only_one_window_may_call_it() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("bindings.ts");
    super::bindings().export(specta_typescript::Typescript::default(), &path).unwrap();
    let registered = commands(&std::fs::read_to_string(path).unwrap());
    let (main, pin) = (allowed("main.toml"), allowed("pin.toml"));
    assert_eq!(registered, main.union(&pin).cloned().collect());
    assert_eq!(main.intersection(&pin).collect::<Vec<_>>(), ["secret_push", "secret_put"]);
    assert!(main.iter().all(|command| !command.starts_with("pin_")));
}

#[test]
fn nothing_remote_and_nothing_inline_may_run_in_a_page() {
    let conf: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap();
    let csp = conf["app"]["security"]["csp"].as_str().unwrap();
    assert!(csp.starts_with("default-src 'none'"));
    assert!(!csp.contains("unsafe") && !csp.contains('*') && !csp.contains("https:"));
}
