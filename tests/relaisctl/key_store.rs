//! Where the key of a session is kept: a real gnome-keyring, or, without any session bus, memory (fault F23).

use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::platform::Ports;
use serde_json::Value;

use crate::pcscd::privately;
use crate::program::{Ctl, Done};

/// Starts gnome-keyring with an unlocked login keyring and waits until it answers.
const KEYRING: &str = "printf 'a password' | gnome-keyring-daemon --foreground --unlock --components=secrets \
    >/dev/null 2>&1 & keyring=$!; trap 'kill $keyring' EXIT; \
    gdbus wait --session --timeout 20 org.freedesktop.secrets";

#[test]
fn a_session_is_kept_by_the_system_or_held_in_memory_with_a_warning() {
    privately("key_store::a_session_is_kept_by_the_system_or_held_in_memory_with_a_warning", |service| {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
        let served = runtime.block_on(world.serve(Ports::default())).unwrap();
        let card = world.card(world.people().doctor(), Model::V18).unwrap();
        let pin = card.pin().to_owned();
        let (_card, _served) = service.insert(card);
        let ctl = |arguments: &str, data: &str| {
            let ctl = Ctl::new(arguments).with("--profile", served.profile_path());
            ctl.with("--data-dir", folder.path().join(data))
        };
        let home = folder.path().join("home");
        std::fs::create_dir_all(home.join("services")).unwrap();
        let bus = home.join("session.conf");
        let config = include_str!("../ks_session.conf").replace("FOLDER", home.to_str().unwrap());
        std::fs::write(&bus, config).unwrap();
        let on_a_bus = |ctl: Ctl| {
            let (command, _kept) = ctl.after(KEYRING).command();
            let mut run = std::process::Command::new("dbus-run-session");
            run.arg("--config-file").arg(&bus).args(["--", "sh"]).args(command.get_args());
            run.env("HOME", &home).env("XDG_RUNTIME_DIR", &home).env("XDG_DATA_HOME", &home);
            run.env_remove("DBUS_SESSION_BUS_ADDRESS");
            Done::of(run.output().unwrap())
        };
        let kept = on_a_bus(ctl("sign-in --mode eid-only --key-store os --json", "a").pin(&pin));
        assert_eq!(kept.document(0)["stored"], "os", "{}", kept.err);
        let found = on_a_bus(ctl("session show --key-store os --json", "a")).document(0);
        assert_eq!(found["session"]["stored"], "os");

        let alone = "unset DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR";
        let held = ctl("sign-in --mode eid-only --key-store os --json", "b").pin(&pin).after(alone).run();
        assert_eq!(held.document(0)["stored"], "memory");
        assert!(held.err.contains("RLS-6002"), "{}", held.err);
        let gone = ctl("session show --key-store os", "b").after(alone).json(0);
        assert_eq!(gone["session"], Value::Null, "memory ends with its process");
    });
}
