//! `etk show`: the encryption key of a recipient, from the depot or, in its trouble, as it was kept (requirement D-26).

use std::path::Path;
use std::process::Stdio;

use relais_sandbox::house::House;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::Act;
use serde_json::Value;

use crate::program::{Ctl, Done};

struct Desk {
    folder: tempfile::TempDir,
    house: House,
}

impl Desk {
    /// The number of a person, as the name of their keystore has it.
    fn number(&self) -> String {
        let names = std::fs::read_dir(self.house.keystores()).unwrap();
        let names = names.map(|one| one.unwrap().file_name().into_string().unwrap());
        let person = names.filter_map(|name| Some(name.strip_prefix("SSIN=")?[..11].to_owned()));
        person.min().expect("a person's keystore")
    }

    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = House::open(&folder.path().join("world")).await.unwrap();
        // Where eHealth's own tool puts keystores, in a home of this desk.
        let home = folder.path().join("home/ehealth");
        std::fs::create_dir_all(&home).unwrap();
        std::os::unix::fs::symlink(house.keystores(), home.join("keystore")).unwrap();
        Self { folder, house }
    }

    fn ctl(&self, arguments: &str) -> Ctl {
        let home = format!("export HOME='{}'", self.folder.path().join("home").display());
        let ctl = Ctl::new(arguments).with("--data-dir", self.folder.path().join("data"));
        ctl.with("--profile", self.house.profile_path()).after(&home)
    }

    /// Every other process of the sandbox goes on meanwhile.
    fn ask(&self, arguments: &str, exit: i32) -> Value {
        tokio::task::block_in_place(|| self.ctl(arguments).json(exit))
    }

    fn with_input(&self, arguments: &str, input: &Path) -> Done {
        tokio::task::block_in_place(|| {
            let (mut command, _secrets) = self.ctl(arguments).and("--json").command();
            Done::of(command.stdin(Stdio::from(std::fs::File::open(input).unwrap())).output().unwrap())
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_comes_from_the_depot_and_in_its_trouble_from_this_pc_with_its_age() {
    let desk = Desk::new().await;
    let practice = desk.house.organisation();
    let ask = format!("etk show {} {}", practice.sort, practice.number);
    let first = desk.ask(&ask, 0);
    assert_eq!((first["from"].as_str(), first["age_seconds"].as_i64()), (Some("depot"), Some(0)));
    assert_eq!(first["recipient"]["type"], practice.sort.as_str());
    assert!(!first.to_string().contains(&practice.number), "no number is repeated: {first}");
    assert_eq!(first["sha256"].as_str().map(str::len), Some(64));
    for zone in [Zone::Main, Zone::Backup] {
        desk.house.served().stage().act(&Act::Lose(zone)).await.unwrap();
    }
    let kept = desk.ask(&ask, 0);
    assert_eq!((kept["from"].as_str(), &kept["sha256"]), (Some("kept"), &first["sha256"]));
    assert_eq!(kept["seen_at"], first["seen_at"]);
    assert_eq!(desk.ask("etk show CBE 0403019261", 69)["code"], "RLS-2001", "nothing was kept of these");
    desk.house.served().stage().act(&Act::AllWell).await.unwrap();
    assert_eq!(desk.ask("etk show CBE 0403019261", 69)["code"], "RLS-3031");
    desk.house.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_key_is_that_of_the_keystore_that_is_meant() {
    let desk = Desk::new().await;
    let several = desk.ask("etk show", 2);
    assert_eq!(several["code"], "RLS-4012", "there are people and organisations: {several}");
    let slots = several["choices"].as_array().unwrap_or_else(|| panic!("{several}"));
    assert!(slots.len() > 1);
    let own = desk.ask(&format!("etk show --person {}", slots[0]["slot"].as_str().unwrap()), 0);
    assert_eq!(own["from"], "depot");
    let nobody = desk.ask(&format!("etk show --person {}", "0".repeat(32)), 69);
    assert_eq!(nobody["code"], "RLS-4001");
    desk.house.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_a_person_comes_from_standard_input_alone_and_is_told_nowhere() {
    let desk = Desk::new().await;
    let number = desk.number();
    let typed = desk.ask(&format!("etk show SSIN {number}"), 2);
    assert_eq!(
        (typed["code"].as_str(), typed.to_string().contains(&number)),
        (Some("RLS-6015"), false),
        "{typed}"
    );
    let input = desk.folder.path().join("number");
    std::fs::write(&input, format!("{number}\n")).unwrap();
    let done = desk.with_input("etk show SSIN -", &input);
    assert_eq!(done.exit, 0, "{}", done.err);
    let out = String::from_utf8(done.out).unwrap();
    assert!(out.contains("\"from\":\"depot\"") && !out.contains(&number), "{out}");
    for wrong in ["etk show CBE", "etk show PASSPORT 1", "etk show CBE 12x", "etk show SSIN -"] {
        assert_eq!(desk.ask(wrong, 2)["code"], "RLS-6015", "{wrong}");
    }
    desk.house.stop().await;
}
