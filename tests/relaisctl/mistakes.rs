//! Files that are missing, empty or something else, options that fit nothing, commands of later versions.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::program::{Ctl, Simulator, path};

/// A folder with a file of every wrong kind.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.file("empty", b"");
        desk.file("text", b"no certificate\n");
        let zeros = fs::File::create(desk.path("zeros")).unwrap();
        zeros.set_len(100 << 20).unwrap();
        fs::create_dir(desk.path("folder")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn profile(&self, text: &str) -> PathBuf {
        self.file("profile.toml", text.as_bytes())
    }
}

fn says(told: &Value, parts: &[&str]) {
    let message = told["message"].as_str().unwrap();
    for part in parts {
        assert!(message.contains(part), "{part:?} is missing in {told}");
    }
}

#[test]
fn a_file_named_on_the_command_line_that_is_none_is_a_mistake_with_its_name_and_the_reason() {
    let desk = Desk::new();
    let sign_in = "sign-in --mode eid --environment acceptance --keystore";
    for command in ["keystore inspect", "keystore change-password", "xml c14n", sign_in] {
        for (name, reason) in [("gone.p12", "there is no such file"), ("folder", "it is a folder")] {
            let told = Ctl::new(command).and(desk.path(name)).with("--data-dir", desk.path("data"));
            // The file comes before every secret: none is given here.
            let told = told.json(2);
            assert_eq!(told["code"], "RLS-6017", "{command} {name}: {told}");
            says(&told, &[name, reason]);
        }
    }
}

#[test]
fn trust_without_a_certificate_is_told_of_the_trust_file_and_not_of_the_message() {
    let desk = Desk::new();
    let message = desk.file("message.xml", b"<a/>");
    for (name, reason) in [
        ("empty", "there is no certificate in it"),
        ("text", "there is no certificate in it"),
        ("zeros", "it is too large"),
    ] {
        let verify = Ctl::new("xml verify --as soap").and(&message).with("--trust", desk.path(name));
        let told = verify.json(2);
        assert_eq!(told["code"], "RLS-6041", "{told}");
        says(&told, &[name, reason]);
    }
    let verify =
        |file: &Path, trust: &Path| Ctl::new("xml verify --as soap").and(file).with("--trust", trust);
    assert_eq!(verify(&message, &desk.path("gone")).json(2)["code"], "RLS-6017");
    let ca = desk.file("ca.pem", anchor().as_bytes());
    let large = verify(&desk.path("zeros"), &ca).json(65);
    assert_eq!((&large["ok"], &large["reason"]), (&Value::Bool(false), &Value::from("limit-size")));
    assert_eq!(Ctl::new("xml c14n").and(desk.path("zeros")).json(65)["code"], "RLS-2301");
    assert_eq!(verify(&desk.path("empty"), &ca).json(65)["ok"], false);
}

fn anchor() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(folder.join("src-tauri/catalogue/trust/belgian-eid/belgium-root-ca4.pem")).unwrap()
}

#[test]
fn a_profile_that_is_wrong_is_told_with_its_file_the_key_and_the_reason() {
    let desk = Desk::new();
    desk.file("ca.pem", anchor().as_bytes());
    let told = |text: &str| {
        let profile = desk.profile(text);
        let told = Ctl::new("card list").with("--profile", profile).json(2);
        assert_eq!(told["code"], "RLS-6013", "{told}");
        told
    };
    let base = "name = \"x\"\nclass = \"integration\"\n";
    for (entry, reason) in [
        ("gone.pem", "there is no such file"),
        ("empty", "there is no certificate in it"),
        ("text", "there is no certificate in it"),
        ("zeros", "it is too large"),
        ("folder", "there is no certificate in it"),
    ] {
        for key in ["tls", "ehealth", "eid"] {
            let wrong = told(&format!("{base}[trust]\n{key} = [\"ca.pem\", \"{entry}\"]"));
            says(&wrong, &["profile.toml", &format!("trust.{key}"), entry, reason]);
        }
    }
    says(&told("name = \"x\""), &["profile.toml", "class"]);
    says(&told(&format!("{base}colour = 3")), &["profile.toml", "colour", "3"]);
    let sandbox = "name = \"y\"\nclass = \"sandbox\"\n";
    let remote = told(&format!("{sandbox}[hosts]\nallowed = [\"127.0.0.1:1\", \"sts.vendor.test:8443\"]"));
    says(&remote, &["profile.toml", "hosts.allowed", "sts.vendor.test:8443", "only this PC"]);
    let control = format!("{sandbox}[sandbox]\ncontrol = \"https://10.0.0.1:1\"\ntoken_file = \"t\"");
    says(&told(&control), &["sandbox.control", "10.0.0.1", "only this PC"]);
}

#[test]
fn what_a_profile_lacks_for_signing_in_is_told_with_its_file_and_the_key() {
    let desk = Desk::new();
    desk.file("ca.pem", anchor().as_bytes());
    let sandbox = "name = \"y\"\nclass = \"sandbox\"\n[hosts]\nallowed = [\"127.0.0.1\"]\n";
    let sts = "[sts]\nendpoint = \"https://127.0.0.1:1/\"\n";
    for (text, key, reason) in [
        (format!("{sandbox}[trust]\nehealth = [\"ca.pem\"]\ntls = [\"ca.pem\"]"), "sts", "it is missing"),
        (format!("{sandbox}{sts}[trust]\nehealth = [\"ca.pem\"]"), "trust.tls", "it is missing"),
        (
            format!("{sandbox}[trust]\ntls = [\"ca.pem\"]\nehealth = [\"ca.pem\"]\n[sts]\nendpoint = \"sts\""),
            "sts.endpoint",
            "it is not an https address",
        ),
        (
            "name = \"y\"\nclass = \"integration\"\n[hosts]\nallowed = [\"a/b\"]\n[sts]\nendpoint = \"https://a/\""
                .to_owned(),
            "hosts.allowed",
            "a host is written without path",
        ),
    ] {
        let sign_in = Ctl::new("sign-in --mode eid-only").with("--profile", desk.profile(&text)).pin("1234");
        let told = sign_in.with("--data-dir", desk.path("data")).json(2);
        assert_eq!(told["code"], "RLS-6013", "{told}");
        says(&told, &["profile.toml", key, reason]);
    }
}

#[test]
fn a_list_of_readers_asked_for_with_a_wrong_profile_or_environment_is_refused() {
    for (arguments, code) in [
        ("card list --profile /nonexistent/profile.toml", "RLS-6017"),
        ("card list --environment moon", "RLS-6014"),
        ("card list --environment sandbox --data-dir /nonexistent/relais", "RLS-6047"),
    ] {
        assert_eq!(Ctl::new(arguments).json(2)["code"], code, "{arguments}");
    }
}

#[test]
fn what_this_version_does_not_have_yet_is_told_as_such() {
    for arguments in [
        "doctor",
        "certificate renew",
        "journal export",
        "report report.zip",
        "redact a.log",
        "decode RLS-1202",
    ] {
        let told = Ctl::new(arguments).json(2);
        assert_eq!(told["code"], "RLS-6043", "{arguments}: {told}");
        let text = Ctl::new(&format!("--language nl {arguments}")).run();
        assert_eq!((text.exit, text.out.len()), (2, 0));
        assert!(text.err.starts_with("RLS-6043: Dit "), "{}", text.err);
    }
    for arguments in ["doctors", "card renew", "session show --frob", "sign-in --mode moon"] {
        assert_eq!(Ctl::new(arguments).json(2)["code"], "RLS-6015", "{arguments}");
    }
}

#[test]
fn a_value_that_does_not_fit_is_told_with_its_option_and_why() {
    let eid = "sign-in --mode eid --environment acceptance";
    for (arguments, parts) in [
        (
            "session plan --issued gisteren --expires 2026-03-02T07:00:00Z",
            ["--issued", "gisteren", "geen tijdstip"],
        ),
        (
            "session plan --issued 2026-03-02T07:00:00Z --expires 2026-03-02T06:00:00Z",
            ["--expires", "niet na het begin", ""],
        ),
        ("session show --environment acceptance --person abc", ["--person", "geen plaats", "person list"]),
        (&format!("{eid} --reason technical-problem"), ["--reason", "alleen bij --mode fallback", ""]),
        (&format!("{eid} --quality %"), ["--quality", "geen naam van een hoedanigheid", ""]),
        (
            "sign-in --mode certificate --quality doctor --environment acceptance",
            ["--quality", "certificaat", ""],
        ),
        ("sandbox card --reader somewhere", ["--reader", "vpcd:PORT", ""]),
        ("sandbox turn soon", ["soon", "tijdsduur", "3h"]),
        ("sandbox turn 99999h", ["99999h", "tien jaar", ""]),
        ("journal show --limit 0 --environment acceptance", ["--limit", "", ""]),
        ("card list --environment moon", ["[omgeving: moon]", "", ""]),
    ] {
        let told = Ctl::new(arguments).with("--language", "nl").json(2);
        says(&told, &parts);
        assert!(!told["message"].as_str().unwrap().contains("abc"), "it may be somebody's number: {told}");
    }
}

#[test]
fn words_that_fit_nothing_are_told_with_a_code_in_the_language_of_the_person() {
    for (arguments, word, reason) in [
        ("doctors", "doctors", "cette commande n'existe pas"),
        ("card renew", "renew", "cette commande n'existe pas"),
        ("session show --frob", "--frob", "cette option n'existe pas ici"),
        ("card list frob", "", "rien n'était attendu"),
        ("session --json", "", "il manque une commande"),
        ("sign-in --mode moon", "moon", "eid, eid-only, certificate, fallback"),
        ("sign-in", "--mode", "il faut l'indiquer"),
        ("sign-in --mode", "--mode", "sa valeur manque"),
        ("sign-in --mode eid --mode eid", "--mode", "qu'une fois"),
        ("sandbox serve --sts-port x", "--sts-port", "ne convient pas"),
        ("sandbox outage perhaps", "perhaps", "on, off"),
    ] {
        let text = Ctl::new(arguments).with("--language", "fr").run();
        if arguments.contains("--json") {
            let told = text.document(2);
            assert!(told["message"].as_str().unwrap().contains(reason), "{told}");
            assert_eq!(text.err, "", "one document and nothing beside it");
            continue;
        }
        assert_eq!((text.exit, text.out.len()), (2, 0), "{arguments}: {}", text.err);
        let lines: Vec<&str> = text.err.lines().collect();
        assert_eq!(lines.len(), 2, "{}", text.err);
        assert!(lines[0].starts_with("RLS-6015: Cette commande n'a pas été comprise."), "{}", text.err);
        assert!(lines[0].contains(word) && lines[0].contains(reason), "{}", text.err);
        assert!(lines[1].contains("--help") && !text.err.contains("error:"), "{}", text.err);
    }
    let secret = Ctl::new("sign-in --mode eid 1234").run();
    assert_eq!(secret.exit, 2);
    assert!(!secret.err.contains("1234"), "{}", secret.err);
}

#[test]
fn whoever_has_no_session_to_renew_is_told_that_before_a_pin_is_missed() {
    let desk = Desk::new();
    let renew = || Ctl::new("session renew --environment acceptance --key-store file");
    let told = renew().with("--data-dir", desk.path("data")).json(69);
    assert_eq!(told["code"], "RLS-2206", "{told}");
    let pin = renew().with("--data-dir", desk.path("data")).after("exec 3</dev/null").with("--pin-fd", "3");
    assert_eq!(pin.json(69)["code"], "RLS-2206");
}

#[test]
fn a_plan_says_that_each_renewal_waits_for_the_failure_of_all_before_it() {
    let plan = |issued: &str, expires: &str| {
        let plan = Ctl::new("session plan --language en").after("export TZ=UTC");
        plan.with("--issued", issued).with("--expires", expires).text()
    };
    let day = plan("2026-03-02T08:00:30Z", "2026-03-03T08:00:30Z");
    assert!(day.starts_with("One renewal is enough: "), "{day}");
    assert!(day.contains("2026-03-02 20:00:30 UTC") && !day.contains("24 hours"), "{day}");
    let long = plan("2026-03-02T08:00:00Z", "2026-03-04T08:00:00Z");
    assert!(long.contains("2026-03-03 08:00 UTC") && !long.contains(":00:00"), "{long}");
    assert!(long.ends_with("lasts until 2026-03-04 08:00 UTC; Relais counts 24 hours at most."), "{long}");
}

#[test]
fn without_arguments_help_is_shown_as_a_mistake() {
    for arguments in ["", "card", "session", "sandbox", "xml", "journal", "keystore"] {
        let text = Ctl::new(arguments).run();
        assert_eq!((text.exit, text.out.len()), (2, 0), "{arguments}");
        assert!(text.err.contains("relaisctl"), "{}", text.err);
        let told = Ctl::new(arguments).json(2);
        assert_eq!(told["code"], "RLS-6015", "{arguments}");
        says(&told, &["--help"]);
    }
}

#[test]
fn names_that_are_no_text_break_nothing() {
    let desk = Desk::new();
    let odd = desk.folder.path().join(std::ffi::OsStr::from_bytes(b"odd-\xFF"));
    fs::create_dir(&odd).unwrap();
    for command in ["keystore inspect", "xml c14n"] {
        let told = Ctl::new(command).and(odd.join("gone")).json(2);
        assert_eq!(told["code"], "RLS-6017", "{command}");
    }
    let profile = Ctl::new("journal show").with("--profile", odd.join("gone.toml")).json(2);
    assert_eq!(profile["code"], "RLS-6017");
    let sandbox = Ctl::new("sandbox serve").with("--state", odd.join("world")).json(2);
    assert_eq!(sandbox["code"], "RLS-6015", "a profile cannot name such a folder");
    let text = Ctl::new("card list").with("--environment", std::ffi::OsStr::from_bytes(b"\xFF")).json(2);
    assert_eq!(text["code"], "RLS-6015");
}

#[test]
fn a_port_in_use_is_told_by_its_number() {
    let desk = Desk::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for option in ["--sts-port", "--control-port"] {
        let serve = Ctl::new("sandbox serve").with("--state", desk.path("world")).with(option, &port);
        let told = serve.json(69);
        assert_eq!(told["code"], "RLS-6042", "{told}");
        says(&told, &[&port]);
        assert!(told["advice"].as_str().unwrap().contains("--sts-port"), "{told}");
    }
}

#[test]
fn ctrl_c_while_a_world_is_founded_is_obeyed_and_the_folder_stays_usable() {
    let desk = Desk::new();
    let state = desk.path("world");
    // Whoever founds a world looks first whether these are there: before anything is made, and when much of it is.
    for file in ["authority/root.pem", "authority/tls.pem", "keystore/lambert.toml"] {
        let pipe = state.join(file);
        fs::create_dir_all(pipe.parent().unwrap()).unwrap();
        mknodat(CWD, &pipe, FileType::Fifo, Mode::from(0o600), 0).unwrap();
        let mut serve = Command::new(path());
        serve.args(["sandbox", "serve", "--state"]).arg(&state);
        let mut child =
            serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Opens once the simulator has opened the other end, where it waits for words that do not come.
        let silent = fs::File::options().write(true).open(&pipe).unwrap();
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{file}");
        drop(silent);
        fs::remove_file(pipe).unwrap();
    }
    let served = Simulator::start("serve", &state);
    assert!(served.text("profile").ends_with("profile.toml"));
}

#[test]
fn a_second_serve_of_a_folder_is_refused_and_the_first_goes_on() {
    let desk = Desk::new();
    let state = desk.path("world");
    let first = Simulator::start("serve", &state);
    let profile = fs::read_to_string(first.text("profile")).unwrap();
    let second =
        Command::new(path()).args(["--json", "sandbox", "serve", "--state"]).arg(&state).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!((second.status.code(), &told["code"]), (Some(75), &"RLS-6045".into()));
    assert_eq!(fs::read_to_string(first.text("profile")).unwrap(), profile, "it still leads to the first");
}

#[test]
fn a_card_for_a_folder_without_a_sandbox_founds_none() {
    let desk = Desk::new();
    let state = desk.path("no-world");
    let card = Command::new(path())
        .args(["--json", "--reader", "vpcd:35963", "sandbox", "card", "--state"])
        .arg(&state)
        .output()
        .unwrap();
    let told: serde_json::Value = serde_json::from_slice(&card.stdout).unwrap();
    assert_eq!((card.status.code(), &told["code"]), (Some(2), &"RLS-6046".into()));
    assert!(!state.exists());
}

#[test]
fn output_that_finds_no_room_is_told_and_is_no_interruption() {
    let desk = Desk::new();
    let file = desk.path("good.xml");
    fs::write(&file, "<a/>").unwrap();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(path());
    let child =
        command.args(["--language", "en", "xml", "c14n"]).arg(&file).stdout(full).stderr(Stdio::piped());
    let done = child.spawn().unwrap().wait_with_output().unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(69), "{told}");
    assert!(told.starts_with("RLS-6044"), "{told}");
}

#[test]
fn a_refused_file_is_named() {
    let desk = Desk::new();
    let file = desk.path("bad.xml");
    fs::write(&file, "<a>").unwrap();
    let refused = Command::new(path()).args(["--json", "xml", "c14n"]).arg(&file).output().unwrap();
    assert!(String::from_utf8(refused.stdout).unwrap().contains("bad.xml"));
}

#[test]
fn a_damaged_journal_is_told_by_who_only_reads_and_left_as_it_is() {
    let desk = Desk::new();
    let data = desk.path("data");
    let database = data.join("acceptance").join("relais.db");
    fs::create_dir_all(database.parent().unwrap()).unwrap();
    fs::write(&database, vec![b'x'; 8_192]).unwrap();
    for command in ["journal verify", "journal show"] {
        let ctl = Ctl::new(command).with("--data-dir", &data).with("--environment", "acceptance");
        assert_eq!(ctl.json(65)["code"], "RLS-6026", "{command}");
    }
    assert_eq!(fs::read(&database).unwrap(), vec![b'x'; 8_192]);
}
