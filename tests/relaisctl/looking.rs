//! Commands that only look change nothing; a session that another key store holds is neither lost nor hidden.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::platform::Ports;
use serde_json::{Value, json};

use crate::pcscd::privately;
use crate::program::Ctl;

/// Every file with its bytes, and everything else by its name.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        all.extend(everything(&entry.path()));
        let name = entry.file_name().into_string().unwrap();
        // What SQLite needs to read beside a writer; it holds nothing.
        if name.ends_with("-shm") || name.ends_with("-wal") {
            continue;
        }
        let is_file = entry.file_type().unwrap().is_file();
        all.insert(entry.path(), is_file.then(|| std::fs::read(entry.path()).unwrap()));
    }
    all
}

#[test]
fn to_look_for_a_session_where_none_ever_was_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for (command, document) in [
        ("session show", json!({ "session": null })),
        ("journal show", json!({ "entries": [] })),
        ("journal verify", json!({ "ok": true, "entries": 0 })),
    ] {
        let ctl = Ctl::new(command).with("--data-dir", &data).with("--environment", "acceptance");
        assert_eq!(ctl.with("--key-store", "file").json(0), document);
    }
    let slot = "0".repeat(32);
    let show = Ctl::new("session show --environment acceptance --person").and(slot).with("--data-dir", &data);
    assert_eq!(show.json(2)["code"], "RLS-2210");
    assert!(!data.exists());
}

#[test]
fn a_session_is_shown_without_a_trace_and_never_hidden_by_another_key_store() {
    privately(
        "looking::a_session_is_shown_without_a_trace_and_never_hidden_by_another_key_store",
        |service| {
            let folder = tempfile::tempdir().unwrap();
            let data = folder.path().join("data");
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
            let served = runtime.block_on(world.serve(Ports::default())).unwrap();
            let card = world.card(world.people().doctor(), Model::V18).unwrap();
            let pin = card.pin().to_owned();
            let (_card, _served) = service.insert(card);
            let ctl = |arguments: &str| {
                Ctl::new(arguments).with("--profile", served.profile_path()).with("--data-dir", &data)
            };
            let lease = ctl("sign-in --mode eid-only").pin(&pin).json(0);
            assert_eq!(lease["stored"], "file");

            let before = everything(&data);
            let slot = lease["person"]["slot"].as_str().unwrap();
            for command in ["session show", &format!("session show --person {slot}")] {
                assert_eq!(ctl(command).json(0)["session"], lease);
            }
            assert!(everything(&data) == before, "looking left a trace");

            let hidden = ctl("session show --key-store memory --json").run();
            assert_eq!(hidden.document(0), json!({ "session": null }));
            assert!(hidden.err.starts_with("RLS-2221: "), "{}", hidden.err);
            assert!(everything(&data) == before);
            assert_eq!(ctl("session end --key-store memory").json(2)["code"], "RLS-2221");
            assert_eq!(
                ctl("session end --key-store memory").with("--person", slot).json(2)["code"],
                "RLS-2221"
            );

            let held = ctl("sign-in --mode eid-only --key-store memory --json").pin(&pin).run();
            assert_eq!(held.document(0)["stored"], "memory");
            let codes: Vec<&str> =
                held.err.lines().filter(|line| line.starts_with("RLS-")).map(|l| &l[..8]).collect();
            assert_eq!(codes, ["RLS-2221", "RLS-2222"], "{}", held.err);
            assert_eq!(ctl("session show").json(0)["session"], lease, "the older one is where it was");
            assert_eq!(ctl("session end").json(0)["session"], Value::Null);
            assert_eq!(ctl("session show --key-store memory").json(0)["session"], Value::Null);
        },
    );
}
