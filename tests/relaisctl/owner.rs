//! One owner per data folder: commands go to it over the control socket; nobody else does.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::Arc;

use jiff::tz::TimeZone;
use relais_core::lease::Means;
use relais_core::session::renewal::Habits;
use relais_core::session::{Ask, Errand, Event};
use relais_host::clock::Time;
use relais_host::control::{self, Listening};
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::house::{House, READER};
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::{Act, ListState, Place};
use relais_store::{Reader, Verdict};
use serde_json::{Value, json};

use crate::program::{Ctl, Done};

/// A practice whose card is in this process: a command that signs in must have spoken with the owner.
pub(crate) struct Practice {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) house: House,
}

/// As many threads as the owner and its guests need, while the test itself waits for processes.
pub(crate) fn practice() -> (tokio::runtime::Runtime, Practice) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let house = runtime.block_on(House::open(&folder.path().join("world"))).unwrap();
    (runtime, Practice { folder, house })
}

impl Practice {
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn ctl(&self, arguments: &str) -> Ctl {
        Ctl::new(arguments).with("--profile", self.house.profile_path()).with("--data-dir", self.data())
    }

    pub(crate) async fn owner(&self) -> (Running, Listening) {
        let readers = self.house.readers().clone();
        let running = start(Parts {
            profile: Profile::load(self.house.profile_path()).unwrap(),
            data_root: Some(self.data()),
            backend: Arc::new(move || Box::new(readers.clone())),
            keystores: KeystorePlace::Folder(self.house.keystores()),
            key_store: KeyStoreChoice::File,
            time: Time::of(self.house.clock().clone()),
            language: Language::Nl,
            calls: Calls::default(),
            typed_readers: BTreeSet::new(),
            habits: Habits::usual(TimeZone::UTC),
            watch: true,
        });
        let running = running.await.unwrap();
        let listening = control::serve(&running).unwrap();
        (running, listening)
    }

    /// A command that waits for its PIN on a descriptor that never says anything.
    fn silent(&self) -> (Child, tempfile::TempDir) {
        let silent = self.folder.path().join("silent");
        let made = std::process::Command::new("mkfifo").arg(&silent).status().unwrap();
        assert!(made.success());
        let script = format!("exec 3<>'{}'; exec timeout 120 \"$0\" \"$@\"", silent.display());
        spawned(&self.ctl("sign-in --mode eid-only --pin-fd 3").after(&script))
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
fn a_keystore_that_is_named_counts_whoever_owns_the_folder() {
    let (runtime, practice) = practice();
    let world = practice.folder.path().join("world");
    let world = relais_sandbox::World::open(&world, practice.house.clock().clone()).unwrap();
    let keystore = world.people().doctor().keystore.clone();
    let elsewhere = practice.folder.path().join("elsewhere");
    std::fs::rename(practice.house.keystores(), &elsewhere).unwrap();
    std::fs::create_dir(practice.house.keystores()).unwrap();
    let named = elsewhere.join(keystore.file_name().unwrap());
    let (running, _listening) = runtime.block_on(practice.owner());
    let without_card = || practice.ctl("sign-in --mode fallback --reason eid-not-at-hand");
    let nowhere = without_card().password(practice.house.password()).json(69);
    assert_eq!(nowhere["code"], "RLS-4001");
    let lease = without_card().with("--keystore", named).password(practice.house.password()).json(0);
    assert_eq!(lease["mode"], "fallback");
    assert!(running.handle.state().session.open().is_some(), "the owner has it");
}

#[test]
fn a_key_that_is_open_does_not_stand_for_another_file_that_is_named() {
    let (runtime, practice) = practice();
    let world = practice.folder.path().join("world");
    let world = relais_sandbox::World::open(&world, practice.house.clock().clone()).unwrap();
    let (doctor, stranger) = (world.people().doctor(), world.people().stranger());
    let (_running, _listening) = runtime.block_on(practice.owner());
    let sign_in = |file: &PathBuf, password: &str| {
        let ctl = practice.ctl("sign-in --mode eid").with("--keystore", file);
        ctl.pin(&practice.house.pin()).password(password)
    };
    assert_eq!(sign_in(&doctor.keystore, &doctor.password).json(0)["mode"], "eid");
    assert_eq!(sign_in(&doctor.keystore, "").json(0)["mode"], "eid", "its key is open");
    assert_eq!(sign_in(&stranger.keystore, &stranger.password).json(65)["code"], "RLS-4007");
    let shown = practice.ctl("session show").json(0);
    assert_eq!(shown["session"]["mode"], "eid", "the session goes on: {shown}");
}

#[test]
fn a_sign_in_that_is_going_on_is_told_and_not_disturbed() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let asked = Ask::by(Means::EidOnly);
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
    let (mut child, _kept) = practice.silent();
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
fn a_terminal_that_nobody_sits_at_keeps_nobody_from_the_next_sign_in() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let (mut waiting, _kept) = practice.silent();
    runtime.block_on(async {
        let mut states = running.handle.states();
        states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.map(drop).unwrap();
        running.handle.tell(Event::Cancelled).await.unwrap();
        running.handle.settle().await.unwrap();
    });
    let lease = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    assert_eq!(lease["mode"], "eid-only");
    waiting.kill().unwrap();
    waiting.wait().unwrap();
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

fn no_session() -> Value {
    json!({ "session": { "session": null, "warnings": [] } })
}

fn socket(running: &Running) -> PathBuf {
    running.folders.runtime.join("control")
}

fn mode(path: &std::path::Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn show(path: &std::path::Path) -> Option<Value> {
    let mut stream = UnixStream::connect(path).ok()?;
    let body = br#"{"show":{}}"#;
    stream.write_all(&[&u32::try_from(body.len()).unwrap().to_be_bytes()[..], body].concat()).ok()?;
    answer(&mut stream)
}

fn say(stream: &mut UnixStream, body: &str) {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    stream.write_all(&[&length[..], body.as_bytes()].concat()).unwrap();
}

/// A PIN as a frame carries it. Source: docs/threat-model.md, T12.
fn carried(pin: &str) -> String {
    pin.bytes().map(|digit| format!("{digit:02x}")).collect()
}

/// The next frame that is more than a sign of life, or nothing when the conversation is over.
fn answer(stream: &mut UnixStream) -> Option<Value> {
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let mut body = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut body).ok()?;
        match serde_json::from_slice(&body).ok()? {
            Value::String(alive) if alive == "alive" => {}
            said => return Some(said),
        }
    }
}

#[test]
fn nonsense_closes_its_conversation_and_the_owner_goes_on() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let path = socket(&running);
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
    assert_eq!(show(&path), Some(no_session()), "while half a frame is still awaited");
    drop(half);
    // A PIN nobody asked for is no answer and no question.
    let mut stream = UnixStream::connect(&path).unwrap();
    for body in [r#"{"pin":{"question":1,"digits":"1234"}}"#, r#"{"show":{}}"#] {
        say(&mut stream, body);
    }
    assert_eq!(answer(&mut stream), Some(no_session()));
    assert_eq!(practice.verifies(), 0);
}

#[test]
fn another_user_is_refused_even_where_the_file_modes_let_them_in() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let path = socket(&running);
    if !rustix::process::geteuid().is_root() {
        // Nobody else can be had without root; what the modes refuse is held by the modes.
        assert_eq!([&path, &running.folders.runtime].map(|door| mode(door)), [0o600, 0o700]);
        return;
    }
    assert_eq!(as_nobody(path.clone()), None, "the folder is closed");
    let told = with_open_doors(&path, as_nobody).expect("an answer");
    assert_eq!(told["failed"]["code"], "RLS-6016");
    assert_eq!(show(&path), Some(no_session()));
}

/// What somebody else hears at this socket.
fn as_nobody(path: PathBuf) -> Option<Value> {
    let other = std::thread::spawn(move || {
        let uid = rustix::process::Uid::from_raw(65534);
        // Of this thread alone; it ends with it.
        rustix::thread::set_thread_res_uid(uid, uid, uid).unwrap();
        show(&path)
    });
    other.join().unwrap()
}

/// As if somebody had opened the socket and its folder by mistake, both of Relais's own making. The way there leads over
/// the folder that is open here, so that no other folder of this machine has to let anybody in.
fn with_open_doors<T>(socket: &std::path::Path, done: impl FnOnce(PathBuf) -> T) -> T {
    let room = socket.parent().unwrap();
    let set = |door, mode| std::fs::set_permissions(door, std::fs::Permissions::from_mode(mode)).unwrap();
    let held = std::fs::File::open(room).unwrap();
    let way = format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&held));
    let shut = [room, socket].map(|door| (door, mode(door)));
    shut.iter().for_each(|(door, mode)| set(door, mode | 0o777));
    let done = done(PathBuf::from(way).join(socket.file_name().unwrap()));
    shut.iter().for_each(|(door, mode)| set(door, *mode));
    done
}

#[test]
fn each_person_is_shown_and_ended_by_their_slot() {
    let (runtime, practice) = practice();
    let (_running, _listening) = runtime.block_on(practice.owner());
    let doctor = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let world =
        relais_sandbox::World::open(&practice.folder.path().join("world"), practice.house.clock().clone())
            .unwrap();
    let card = world.card(world.people().stranger(), relais_sandbox::eid::Model::V18).unwrap();
    practice.house.readers().insert(READER, card);
    let other = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let slot = |lease: &Value| lease["person"]["slot"].as_str().unwrap().to_owned();
    assert_ne!(slot(&doctor), slot(&other));
    let show = |slot: &str| practice.ctl("session show").with("--person", slot);
    assert_eq!(practice.ctl("session show").json(0)["session"], other, "the one in use");
    assert_eq!(show(&slot(&doctor)).json(0)["session"], doctor);
    let unnamed = practice.ctl("person forget --yes").json(2);
    assert_eq!(unnamed["code"], "RLS-6053", "of several one is named");
    let choices: Vec<&Value> = unnamed["choices"].as_array().unwrap().iter().map(|it| &it["slot"]).collect();
    assert!(choices.len() == 2 && choices.contains(&&doctor["person"]["slot"]), "{unnamed}");
    assert_eq!(practice.ctl("person list").json(0)["people"].as_array().unwrap().len(), 2);
    let not_theirs = practice.ctl("sign-in --mode eid-only").with("--person", slot(&doctor));
    assert_eq!(not_theirs.pin(&practice.house.pin()).json(77)["code"], "RLS-2209");

    let unknown = "0".repeat(32);
    for command in ["session show", "session end"] {
        assert_eq!(practice.ctl(command).with("--person", &unknown).json(2)["code"], "RLS-2210");
    }
    let sign_in = practice.ctl("sign-in --mode eid-only").with("--person", &unknown);
    assert_eq!(sign_in.pin(&practice.house.pin()).json(2)["code"], "RLS-2210");
    let typed = show("85010199700").run();
    assert_eq!(typed.exit, 2);
    let said = format!("{}{}", String::from_utf8_lossy(&typed.out), typed.err);
    assert!(!said.contains("85010199700"), "what is no slot is not repeated: {said}");

    let end = |slot: &str| practice.ctl("session end").with("--person", slot);
    assert_eq!(end(&slot(&doctor)).json(0), json!({ "session": null }));
    assert_eq!(show(&slot(&doctor)).json(0)["session"], Value::Null);
    assert_eq!(end(&slot(&doctor)).json(69)["code"], "RLS-2206");
    assert_eq!(practice.ctl("session show").json(0)["session"], other, "untouched");
}

#[test]
fn a_person_is_forgotten_by_the_owner_or_by_the_command_itself() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    assert_eq!(practice.ctl("person list").json(0), json!({ "people": [] }));
    assert_eq!(practice.ctl("person forget").json(69)["code"], "RLS-2206", "nobody is guessed");
    let sign_in = || practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let person = sign_in()["person"].clone();
    assert_eq!(practice.ctl("person list").json(0), json!({ "people": [person] }));
    let text = practice.ctl("person list").text();
    assert!(text.contains(person["name"].as_str().unwrap()), "{text}");
    assert_eq!(practice.ctl("person forget").json(0), json!({ "forgotten": person["slot"] }));
    assert_eq!(practice.ctl("session show").json(0)["session"], Value::Null);
    assert_eq!(practice.ctl("person list").json(0), json!({ "people": [] }));

    sign_in();
    assert_eq!(practice.ctl("session end").json(0), json!({ "session": null }));
    assert_eq!(
        practice.ctl("person list").json(0),
        json!({ "people": [person] }),
        "known after the end, too"
    );
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
    });
    let slot = person["slot"].as_str().unwrap();
    let forget = || practice.ctl("person forget").with("--person", slot);
    assert_eq!(forget().json(0), json!({ "forgotten": slot }), "nobody owns the folder now");
    assert_eq!(forget().json(2)["code"], "RLS-2210");
    assert_eq!(practice.ctl("person list").json(0), json!({ "people": [] }));
    assert_eq!(practice.ctl("journal verify").json(0)["ok"], true);
}

#[test]
fn what_remains_of_a_forgotten_person_is_told_and_gone_at_the_next_try() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let copy = running.folders.environment.join("relais.damaged-20261122T090000Z.db");
    std::fs::write(&copy, "no database").unwrap();
    let told = practice.ctl("person forget").json(75);
    assert_eq!(told["code"], "RLS-6025");
    assert!(told["message"].as_str().unwrap().contains("relais.damaged-20261122T090000Z.db"), "{told}");
    let slot = running.handle.state().known_people().pop_first().unwrap().as_str().to_owned();
    std::fs::remove_file(&copy).unwrap();
    assert_eq!(practice.ctl("person forget").with("--person", &slot).json(0), json!({ "forgotten": slot }));
}

#[test]
fn an_end_that_leaves_something_behind_fails_and_says_what() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let lease = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let slot = lease["person"]["slot"].as_str().unwrap();
    let file = running.folders.environment.join("sessions").join(format!("{slot}.lease"));
    // A folder in its place: even root cannot remove it as a file.
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let told = practice.ctl("session end").json(75);
    assert_eq!(told["code"], "RLS-6024");
    assert!(told["message"].as_str().unwrap().contains("Its file remains"), "{told}");
    assert_eq!(practice.ctl("session show").json(0)["session"], Value::Null);
    std::fs::remove_dir(&file).unwrap();
    assert_eq!(practice.ctl("session end").json(0), json!({ "session": null }), "tried again");
    assert_eq!(practice.ctl("session end").json(69)["code"], "RLS-2206");
}

#[test]
fn what_is_left_of_an_ended_session_is_told_as_that_after_a_start_too() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    let lease = practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    let slot = lease["person"]["slot"].as_str().unwrap();
    let file = running.folders.environment.join("sessions").join(format!("{slot}.lease"));
    let sealed = std::fs::read(&file).unwrap();
    // A folder in its place: even root cannot remove it as a file.
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(practice.ctl("session end").json(75)["code"], "RLS-6024");
    std::fs::remove_dir(&file).unwrap();
    std::fs::write(&file, sealed).unwrap();
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
    });
    let codes = |err: &str| -> Vec<String> {
        err.lines().filter(|line| line.starts_with("RLS-")).map(|line| line[..8].to_owned()).collect()
    };
    let show = practice.ctl("session show --json").run();
    assert_eq!(
        (show.document(0)["session"].clone(), codes(&show.err)),
        (Value::Null, vec!["RLS-6024".to_owned()])
    );
    assert_eq!(practice.ctl("session end").json(0), json!({ "session": null }), "tried again");
    assert_eq!(codes(&practice.ctl("session show --json").run().err), [""; 0]);
    // The place is as good as any other.
    let (_running, _listening) = runtime.block_on(practice.owner());
    practice.ctl("sign-in --mode eid-only").pin(&practice.house.pin()).json(0);
    assert_eq!(practice.ctl("session show").json(0)["session"]["person"]["slot"], slot);
}

#[test]
fn a_pin_for_a_question_that_is_over_is_wiped_and_refused() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let mut command = UnixStream::connect(socket(&running)).unwrap();
    let sign_in = r#"{"sign-in":{"means":"eid-only","quality":"doctor","reader":null,"answers":true}}"#;
    say(&mut command, sign_in);
    let wanted = answer(&mut command).unwrap();
    let question = &wanted["wanted"]["question"];
    // The window gives the command's sign-in up and begins one of its own, while somebody still types at the terminal.
    runtime.block_on(async {
        running.handle.tell(relais_core::session::Event::Cancelled).await.unwrap();
        running.handle.settle().await.unwrap();
        let asked = Ask::by(Means::EidOnly);
        running.handle.sign_in(asked).await.unwrap();
        let mut states = running.handle.states();
        states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.unwrap();
    });
    let pin = practice.house.pin();
    say(&mut command, &format!(r#"{{"pin":{{"question":{question},"digits":"{}"}}}}"#, carried(&pin)));
    // The command hears that its sign-in was given up, or, where its PIN was quicker, that the PIN answers nothing.
    let told = answer(&mut command).unwrap()["failed"]["code"].clone();
    assert!(["RLS-1205", "RLS-1212"].contains(&told.as_str().unwrap()), "{told}");
    assert_eq!(practice.verifies(), 0);
    assert!(matches!(running.handle.state().errand, Errand::Pin(_)), "the window still asks");
}

#[test]
fn a_card_that_was_changed_meanwhile_makes_the_command_ask_anew() {
    let (runtime, practice) = practice();
    let (running, _listening) = runtime.block_on(practice.owner());
    let mut command = UnixStream::connect(socket(&running)).unwrap();
    say(&mut command, r#"{"sign-in":{"means":"eid-only","quality":"doctor","reader":null,"answers":true}}"#);
    let first = answer(&mut command).unwrap()["wanted"]["question"].clone();
    let card = practice.house.readers().remove(READER).unwrap();
    let mut states = running.handle.states();
    runtime
        .block_on(states.wait_for(|state| matches!(state.errand, Errand::Waiting { .. })))
        .map(drop)
        .unwrap();
    practice.house.readers().insert(READER, card);
    runtime.block_on(states.wait_for(|state| matches!(state.errand, Errand::Pin(_)))).map(drop).unwrap();
    let pin = practice.house.pin();
    say(&mut command, &format!(r#"{{"pin":{{"question":{first},"digits":"{}"}}}}"#, carried(&pin)));
    let told = answer(&mut command).unwrap();
    let again = told["wanted"].clone();
    assert!(again.is_object(), "{told}");
    assert_eq!((&again["what"], &again["notice"]["code"]), (&json!("pin"), &json!("RLS-1212")));
    assert_eq!(practice.verifies(), 0);
    let question = &again["question"];
    say(&mut command, &format!(r#"{{"pin":{{"question":{question},"digits":"{}"}}}}"#, carried(&pin)));
    assert!(answer(&mut command).unwrap()["signed-in"]["lease"].is_object());
    assert_eq!(practice.verifies(), 1);
}

#[test]
fn a_command_does_not_wait_for_ever_for_an_owner_that_hangs() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    runtime.block_on(listening.close());
    let path = socket(&running);
    std::fs::remove_file(&path).unwrap();
    // Somebody who owns the folder and takes every call, and never says a word.
    let hangs = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let told = practice.ctl("session show").json(75);
    assert_eq!(told["code"], "RLS-6023");
    drop(hangs);
}

#[test]
fn a_fetch_beside_an_owner_has_that_one_look_and_says_what_it_has() {
    let (runtime, practice) = practice();
    let (running, listening) = runtime.block_on(practice.owner());
    let services = running.services().unwrap();
    let known = |state: &relais_core::continuity::watch::State| state.list().map(|list| list.digest);
    let mut states = services.handle().states();
    let before =
        runtime.block_on(async { known(&states.wait_for(|state| state.held().is_some()).await.unwrap()) });
    let kgss = "uddi:ehealth-fgov-be:business:kgss:v1";
    let moved = Act::Publish(Place { service: kgss.into(), zone: Zone::Backup });
    runtime.block_on(practice.house.served().stage().act(&moved)).unwrap();
    let told = practice.ctl("services fetch").json(0);
    assert_eq!(told["kept"], json!(true), "{told}");
    assert_ne!(
        known(&services.handle().state()),
        before,
        "the owner has it at once, and not with its next look"
    );
    // Somebody in between: the owner believes nothing that the command was told, but what it verified itself.
    runtime.block_on(practice.house.served().stage().act(&Act::List(ListState::BadSignature))).unwrap();
    assert_eq!(practice.ctl("services fetch").json(65)["code"], "RLS-2304");
    let now = known(&services.handle().state());
    runtime.block_on(async {
        listening.close().await;
        running.stop().await;
    });
    assert!(now.is_some() && now != before);
}
