//! `services fetch`, `show` and `verify`: the signed list, as other programs ask for it (threat T16, fault F27).

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::house::House;
use relais_sandbox::platform::authority::LIST_SIGNER;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::{Act, ListState, Place};
use relais_sandbox::platform::service_list::{Form, Published, PublishedService, document};
use serde_json::json;

use crate::program::Ctl;

const AT: &str = "2026-03-02T08:00:00Z";

/// Somebody who publishes lists, and a profile that believes them.
struct Desk {
    folder: tempfile::TempDir,
    world: World,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at(AT.parse().unwrap());
        let world = World::open(&folder.path().join("world"), clock).unwrap();
        let root = world.authorities().root.certificate.to_pem().unwrap();
        std::fs::write(folder.path().join("root.pem"), root).unwrap();
        Self { folder, world }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A profile whose list is signed like this and for this environment.
    fn profile(&self, signer: &[&str], environment: &str) -> PathBuf {
        let path = self.path("profile.toml");
        let text = format!(
            "name = \"desk\"\nclass = \"integration\"\n[hosts]\nallowed = [\"zone0.test\", \"zone1.test\"]\n\
             [trust]\nehealth = [\"root.pem\"]\n[service_list]\nbase = \"https://zone0.test/servicelist\"\n\
             signer = {signer:?}\nenvironment = \"{environment}\"\n"
        );
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn list(&self) -> Vec<u8> {
        let service = |key: &str, hosts: [&str; 2]| PublishedService {
            key: key.into(),
            name: key.to_uppercase(),
            endpoints: hosts.map(|host| format!("https://{host}/x")).to_vec(),
            active: 1,
        };
        let good = service("uddi:good", ["zone0.test", "zone1.test"]);
        let foreign = service("uddi:foreign", ["zone0.test", "evil.test"]);
        let issued_at: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
        let list = Published {
            issued_at,
            environment: "Desk".into(),
            form: Form::default(),
            services: vec![good, foreign],
        };
        let authorities = self.world.authorities();
        document(&list, &authorities.list, &authorities.issuing).await.unwrap()
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.path("list.xml");
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn verify(file: &Path, profile: &Path, at: &str) -> Ctl {
    Ctl::new("services verify").and(file).with("--profile", profile).with("--at", at)
}

#[tokio::test]
async fn a_list_that_lies_here_is_told_with_what_of_it_is_skipped() {
    let desk = Desk::new();
    let (profile, file) = (desk.profile(&LIST_SIGNER, "Desk"), desk.file(&desk.list().await));
    let told = verify(&file, &profile, AT).json(0);
    let endpoint = |order: u32, active: bool| json!({"order": order, "url": format!("https://zone{order}.test/x"), "active": active});
    assert_eq!(
        told,
        json!({
            "ok": true, "version": 1, "environment": "Desk", "issued_at": "2026-03-02T07:00:00Z", "age_seconds": 3600,
            "services": [{"id": "uddi:good", "name": "UDDI:GOOD", "endpoints": [endpoint(0, false), endpoint(1, true)]}],
            "skipped": [{"id": "uddi:foreign", "code": "RLS-3015"}],
        })
    );
    let text = verify(&file, &profile, AT).text();
    assert!(text.contains("0 d 1 h 0 min"), "its age: {text}");
    assert!(text.contains("on backup") && text.contains("RLS-3015: uddi:foreign"), "{text}");
}

#[tokio::test]
async fn each_list_that_nobody_should_believe_is_refused_by_its_own_code() {
    let desk = Desk::new();
    let good = desk.list().await;
    let text = String::from_utf8(good.clone()).unwrap();
    let changed = text.replacen("UDDI:GOOD", "UDDI:EVIL", 1).into_bytes();
    let doctype = text.replacen("<ServiceList", "<!DOCTYPE x><ServiceList", 1).into_bytes();
    let ours: &[&str] = &LIST_SIGNER;
    let unsigned = format!("{}</ServiceList>", text.split_once("<ds:Signature").unwrap().0).into_bytes();
    for (bytes, signer, environment, at, code) in [
        (good.clone(), ours, "Production", AT, "RLS-3001"),
        (good.clone(), ours, "Desk", "2026-03-02T06:00:00Z", "RLS-3004"),
        (good.clone(), &["OU=OTHERLIST"], "Desk", AT, "RLS-2307"),
        (changed, ours, "Desk", AT, "RLS-2304"),
        (unsigned, ours, "Desk", AT, "RLS-2306"),
        (doctype, ours, "Desk", AT, "RLS-2302"),
        (b"no xml at all".to_vec(), ours, "Desk", AT, "RLS-2303"),
        (vec![b' '; 5 << 20], ours, "Desk", AT, "RLS-2301"),
    ] {
        let (profile, file) = (desk.profile(signer, environment), desk.file(&bytes));
        let told = verify(&file, &profile, at).json(65);
        assert_eq!((told["ok"].as_bool(), told["code"].as_str()), (Some(false), Some(code)), "{told}");
        assert!(!told["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn what_cannot_be_judged_is_a_mistake() {
    let desk = Desk::new();
    let profile = desk.profile(&LIST_SIGNER, "Desk");
    let told = verify(&desk.path("none.xml"), &profile, AT).json(2);
    assert_eq!(told["code"], "RLS-6017");
    assert_eq!(verify(&desk.file(b"x"), &profile, "noon").json(2)["code"], "RLS-6015");
    let bare = desk.path("bare.toml");
    std::fs::write(&bare, "name = \"bare\"\nclass = \"integration\"\n").unwrap();
    assert_eq!(verify(&desk.file(b"x"), &bare, AT).json(2)["code"], "RLS-6013");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_fetched_kept_and_shown_and_a_bad_one_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(&folder.path().join("world")).await.unwrap();
    let served = house.served();
    let (data, profile) = (folder.path().join("data"), house.profile_path().to_owned());
    let ctl = |arguments: &str| {
        let ctl = Ctl::new(arguments).with("--data-dir", &data).with("--profile", &profile);
        move |exit: i32| ctl.json(exit)
    };
    let ask = |arguments: &str, exit: i32| {
        let asked = ctl(arguments);
        tokio::task::block_in_place(|| asked(exit))
    };
    assert_eq!(ask("services show", 0), json!({"list": null, "announced": []}));
    let first = ask("services fetch", 0);
    assert_eq!((&first["changed"], &first["kept"]), (&json!(true), &json!(true)));
    assert!(first["list"]["services"].as_array().unwrap().len() > 10);
    assert_eq!(ask("services fetch", 0)["changed"], json!(false));
    let shown = ask("services show", 0);
    assert_eq!(shown["list"]["services"], first["list"]["services"]);
    for (state, code) in [
        (ListState::BadSignature, "RLS-2304"),
        (ListState::WrongSigner, "RLS-2307"),
        (ListState::OtherEnvironment, "RLS-3001"),
        (ListState::ToCome, "RLS-3004"),
        (ListState::Old, "RLS-3002"),
        (ListState::Twin, "RLS-3003"),
    ] {
        served.stage().act(&Act::List(state)).await.unwrap();
        assert_eq!(ask("services fetch", 65)["code"], code);
        assert_eq!(ask("services show", 0)["list"], shown["list"], "{code}");
    }
    served.stage().act(&Act::List(ListState::Gone)).await.unwrap();
    assert_eq!(ask("services fetch", 69)["code"], "RLS-3005");
    served.stage().act(&Act::List(ListState::Honest)).await.unwrap();
    let kgss = "uddi:ehealth-fgov-be:business:kgss:v1";
    served.stage().act(&Act::Publish(Place { service: kgss.into(), zone: Zone::Backup })).await.unwrap();
    let moved = ask("services fetch", 0);
    let of = |list: &serde_json::Value| {
        let services = list["list"]["services"].as_array().unwrap();
        services.iter().find(|service| service["id"] == kgss).unwrap()["endpoints"][1]["active"].clone()
    };
    assert_eq!((of(&first), of(&moved)), (json!(false), json!(true)));
    house.stop().await;
}

#[test]
fn what_was_announced_is_shown_and_a_mistake_in_it_is_told_with_its_place() {
    let desk = Desk::new();
    let (profile, data) = (desk.profile(&LIST_SIGNER, "Desk"), desk.path("data"));
    let file = data.join("desk/announced.toml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = "[[window]]\nfunctions = [\"prescription\"]\nfrom = \"2026-12-05T20:00:00+01:00\"\n\
                until = \"2026-12-05T23:00:00+01:00\"\nwords = \"Recip-e: new version\"\nsource = \"a mail\"\n";
    std::fs::write(&file, text).unwrap();
    let show = || Ctl::new("services show").with("--profile", &profile).with("--data-dir", &data);
    let window = json!({
        "functions": ["prescription"], "from": "2026-12-05T19:00:00Z", "until": "2026-12-05T22:00:00Z",
        "words": "Recip-e: new version", "source": "a mail",
    });
    assert_eq!(show().json(0), json!({"list": null, "announced": [window]}));
    assert!(show().text().contains("Recip-e: new version"));
    std::fs::write(&file, text.replace("prescription", "prescriptions")).unwrap();
    let done = show().run();
    assert_eq!(done.exit, 0, "{}", done.err);
    assert!(done.err.contains("RLS-3006") && done.err.contains("window 1: functions"), "{}", done.err);
}
