//! One owner per data folder: commands go to it over the control socket; nobody else does.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::Arc;

use relais_core::environment::Quality;
use relais_core::lease::Means;
use relais_core::session::{Ask, Errand};
use relais_host::control::{self, Listening};
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::house::{House, READER};
use relais_store::{Reader, Verdict};
use serde_json::{Value, json};

use crate::program::{Ctl, Done};

/// A practice whose card is in this process: a command that signs in must have spoken with the owner.
struct Practice {
    folder: tempfile::TempDir,
    house: House,
}

/// As many threads as the owner and its guests need, while the test itself waits for processes.
fn practice() -> (tokio::runtime::Runtime, Practice) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let house = runtime.block_on(House::open(&folder.path().join("world"))).unwrap();
    (runtime, Practice { folder, house })
}

impl Practice {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn ctl(&self, arguments: &str) -> Ctl {
        Ctl::new(arguments).with("--profile", self.house.profile_path()).with("--data-dir", self.data())
    }

    async fn owner(&self) -> (Running, Listening) {
        let readers = self.house.readers().clone();
        let running = start(Parts {
            profile: Profile::load(self.house.profile_path()).unwrap(),
            data_root: Some(self.data()),
            backend: Arc::new(move || Box::new(readers.clone())),
            keystores: KeystorePlace::Folder(self.house.keystores()),
            key_store: KeyStoreChoice::File,
            clock: Arc::new(self.house.clock().clone()),
            timer: Arc::new(self.house.clock().clone()),
            language: Language::Nl,
            calls: Calls::default(),
            typed_readers: BTreeSet::new(),
            watch: true,
        });
        let running = running.await.unwrap();
        let listening = control::serve(&running.folders, running.handle.clone()).unwrap();
        (running, listening)
    }

    fn verifies(&self) -> u32 {
        self.house.readers().with_card(READER, |card| card.counters().verifies).unwrap()
    }
}

fn spawned(ctl: &Ctl) -> (Child, tempfile::TempDir) {
    let (mut command, folder) = ctl.command();
    (command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap(), folder)
}

#[test]
fn commands_reach_the_owner_and_its_session_outlives_it() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    assert_eq!(practice.ctl("session show").json(0), json!({ "session": null }));
    let lease = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let sign_in = practice.ctl("sign-in --mode eid").pin(&practice.house.pin());
    let with_key = sign_in.password(practice.house.password()).json(0);
    assert_eq!((&lease["mode"], &with_key["mode"]), (&json!("eid-only"), &json!("eid")));
    assert_eq!(
        practice.verifies(),
        2,
        "the card is in this process; the keystore's key answered the challenge"
    );
    assert_eq!(practice.ctl("session show").json(0)["session"]["key"], "unlocked", "as the owner holds it");
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
    });
    let found = practice.ctl("session show").json(0);
    assert_eq!(found["session"]["expires_at"], with_key["expires_at"]);
    let (running, _listening) = runtime.block_on(practice.owner());
    assert_eq!(practice.ctl("session end").json(0), json!({ "session": null }));
    assert!(running.handle.state().session.open().is_none());
    assert_eq!(practice.ctl("session end").json(69)["code"], "RLS-2206");
}

#[test]
fn a_sign_in_that_is_going_on_is_told_and_not_disturbed() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let asked = Ask { means: Means::EidOnly, quality: Quality::doctor(), reader: None };
    runtime.block_on(async {
        running.handle.sign_in(asked).await.unwrap();
        let mut states = running.handle.states();
        states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.unwrap();
    });
    let told = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(75);
    assert_eq!(told["code"], "RLS-2205");
    assert_eq!(practice.verifies(), 0);
    assert!(matches!(running.handle.state().errand, Errand::Pin(_)), "the window still asks");
}

#[test]
fn a_command_that_goes_away_while_a_pin_is_wanted_ends_its_sign_in() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    // A descriptor that never says anything: the command waits for its PIN.
    let silent = practice.folder.path().join("silent");
    let made = std::process::Command::new("mkfifo").arg(&silent).status().unwrap();
    assert!(made.success());
    let script = format!("exec 3<>'{}'; exec timeout 120 \"$0\" \"$@\"", silent.display());
    let (mut child, _kept) = spawned(&practice.ctl("sign-in --mode eid-only --pin-fd 3").after(&script));
    let mut states = running.handle.states();
    let asked = states.wait_for(|state| matches!(state.errand, Errand::Pin(_)));
    runtime.block_on(asked).map(drop).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::TERM)
        .unwrap();
    child.wait().unwrap();
    let idle = runtime.block_on(async {
        let wait = states.wait_for(|state| matches!(state.errand, Errand::Idle));
        tokio::time::timeout(std::time::Duration::from_secs(60), wait).await.map(|state| state.is_ok())
    });
    assert_eq!(idle, Ok(true));
    assert_eq!(practice.verifies(), 0);
    practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
}

#[test]
fn of_twenty_commands_at_once_each_gets_its_answer_and_nothing_is_lost() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    let lease = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
    });
    for round in 0..3 {
        let calls: Vec<_> = (0..20).map(|_| spawned(&practice.ctl("session show --json"))).collect();
        for (child, _folder) in calls {
            let done = Done::of(child.wait_with_output().unwrap());
            assert_eq!(done.document(0)["session"], lease, "round {round}");
        }
    }
    let calls: Vec<_> = (0..20).map(|_| spawned(&practice.ctl("session end --json"))).collect();
    let ends: Vec<_> =
        calls.into_iter().map(|(child, _)| Done::of(child.wait_with_output().unwrap())).collect();
    assert_eq!(ends.iter().filter(|done| done.exit == 0).count(), 1, "{ends:?}");
    assert!(ends.iter().filter(|done| done.exit != 0).all(|done| done.document(69)["code"] == "RLS-2206"));
    let journal = Reader::open(&practice.data().join("sandbox")).unwrap().unwrap();
    assert!(matches!(journal.verify().unwrap(), Verdict::Verified { .. }));
    let whole = practice.ctl("journal verify").json(0);
    assert_eq!(whole["ok"], true);
}

fn socket(running: &Running) -> PathBuf {
    running.folders.runtime.join("control")
}

fn show(path: &std::path::Path) -> Option<Value> {
    let mut stream = UnixStream::connect(path).ok()?;
    let body = br#""show""#;
    stream.write_all(&[&u32::try_from(body.len()).unwrap().to_be_bytes()[..], body].concat()).ok()?;
    answer(&mut stream)
}

/// The next frame, or nothing when the conversation is over.
fn answer(stream: &mut UnixStream) -> Option<Value> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).ok()?;
    let mut body = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

#[test]
fn nonsense_closes_its_conversation_and_the_owner_goes_on() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let path = socket(&running);
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    let half = UnixStream::connect(&path).unwrap();
    (&half).write_all(&[0, 0, 0]).unwrap();
    for nonsense in [
        &b"\0\0\0\x04abcd"[..],
        b"\0\0\0\x02{}",
        b"\0\0\0\x00",
        b"\0\x01\0\x01",
        b"\xFF\xFF\xFF\xFF",
        b"\0\0\0\x0C{\"sign-in\":1}",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        let mut stream = UnixStream::connect(&path).unwrap();
        stream.write_all(nonsense).unwrap();
        assert_eq!(answer(&mut stream), None, "{nonsense:?}");
    }
    let mut cut = UnixStream::connect(&path).unwrap();
    cut.write_all(b"\0\0\0\x06\"sh").unwrap();
    cut.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(answer(&mut cut), None);
    assert_eq!(show(&path), Some(json!({ "session": null })), "while half a frame is still awaited");
    drop(half);
    // A PIN nobody asked for is no answer and no question.
    let mut stream = UnixStream::connect(&path).unwrap();
    stream.write_all(b"\0\0\0\x0E{\"pin\":\"1234\"}\0\0\0\x06\"show\"").unwrap();
    assert_eq!(answer(&mut stream), Some(json!({ "session": null })));
    assert_eq!(practice.verifies(), 0);
}

#[test]
fn another_user_is_refused_even_where_the_file_modes_let_them_in() {
    assert!(rustix::process::geteuid().is_root(), "only root can become somebody else for this test");
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let path = socket(&running);
    let nobody = || {
        let uid = rustix::process::Uid::from_raw(65534);
        // Of this thread alone; it ends with it.
        rustix::thread::set_thread_res_uid(uid, uid, uid).unwrap();
    };
    let as_nobody = |path: PathBuf| {
        std::thread::spawn(move || {
            nobody();
            show(&path)
        })
    };
    assert_eq!(as_nobody(path.clone()).join().unwrap(), None, "the folder is closed");
    // As if somebody had opened every door by mistake.
    for door in
        path.ancestors().take_while(|door| *door != std::path::Path::new("/tmp") && door.parent().is_some())
    {
        let mode = door.metadata().unwrap().permissions().mode();
        std::fs::set_permissions(door, std::fs::Permissions::from_mode(mode | 0o777)).unwrap();
    }
    let told = as_nobody(path.clone()).join().unwrap().expect("an answer");
    assert_eq!(told["failed"]["code"], "RLS-6016");
    assert_eq!(show(&path), Some(json!({ "session": null })));
}
