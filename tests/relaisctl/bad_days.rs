//! Bad days over real PC/SC. The card and the platform are in this process, so that every VERIFY is counted.

use std::path::PathBuf;

use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::eid::vpcd::SharedEid;
use relais_sandbox::platform::faults::Fault;
use relais_sandbox::platform::sts::{Challenges, Rules};
use relais_sandbox::platform::{Ports, Served};

use crate::pcscd::{Pcscd, privately};
use crate::program::Ctl;

struct Practice {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    world: World,
    served: Served,
}

impl Practice {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
        let served = runtime.block_on(world.serve(Ports::default())).unwrap();
        Self { folder, runtime, world, served }
    }

    fn profile(&self) -> PathBuf {
        self.served.profile_path().to_owned()
    }

    fn ctl(&self, arguments: &str) -> Ctl {
        let data = self.folder.path().join("data");
        Ctl::new(arguments).with("--profile", self.profile()).with("--data-dir", data)
    }

    fn insert(&self, service: &mut Pcscd) -> (SharedEid, relais_sandbox::eid::vpcd::VpcdCard) {
        service.insert(self.world.card(self.world.people().doctor(), Model::V18).unwrap())
    }
}

fn verifies(card: &SharedEid) -> u32 {
    card.lock().unwrap().counters().verifies
}

fn tries(card: &SharedEid) -> u8 {
    card.lock().unwrap().tries_left()
}

fn pin(card: &SharedEid) -> String {
    card.lock().unwrap().pin().to_owned()
}

fn wrong(card: &SharedEid) -> String {
    let last = if pin(card).ends_with('0') { "1" } else { "0" };
    format!("{}{last}", &pin(card)[..pin(card).len() - 1])
}

#[test]
fn a_wrong_pin_costs_one_try_and_the_last_one_is_never_used_by_a_program() {
    privately("bad_days::a_wrong_pin_costs_one_try_and_the_last_one_is_never_used_by_a_program", |service| {
        let practice = Practice::open();
        let (card, _served) = practice.insert(service);
        let sign_in = || practice.ctl("sign-in --mode eid-only");
        // The second line is not another guess.
        let refused = sign_in().pin(&format!("{}\n{}\n", wrong(&card), pin(&card))).json(77);
        assert_eq!(refused["code"], "RLS-1202");
        assert_eq!((verifies(&card), tries(&card)), (1, 2));
        sign_in().pin(&pin(&card)).json(0);
        assert_eq!((verifies(&card), tries(&card)), (2, 3));
        for left in [2, 1] {
            assert_eq!(sign_in().pin(&wrong(&card)).json(77)["code"], "RLS-1202");
            assert_eq!(tries(&card), left);
        }
        let before = verifies(&card);
        assert_eq!(sign_in().pin(&pin(&card)).json(77)["code"], "RLS-1208", "a person has to say it");
        card.lock().unwrap().set_tries_left(0);
        assert_eq!(sign_in().pin(&pin(&card)).json(77)["code"], "RLS-1203");
        assert_eq!(verifies(&card), before);
    });
}

#[test]
fn what_is_missing_is_told_before_any_pin_reaches_the_card() {
    privately("bad_days::what_is_missing_is_told_before_any_pin_reaches_the_card", |service| {
        let practice = Practice::open();
        let (card, served) = practice.insert(service);
        card.lock().unwrap().clear_counters();
        assert_eq!(practice.ctl("sign-in --mode eid-only").json(2)["code"], "RLS-1207");
        assert_eq!(practice.ctl("sign-in --mode eid-only --pin-fd 9").json(2)["code"], "RLS-6017");
        assert_eq!(practice.ctl("sign-in --mode eid").pin(&pin(&card)).json(2)["code"], "RLS-4011");
        assert_eq!(practice.ctl("session show").json(0)["session"], serde_json::Value::Null);
        assert_eq!(card.lock().unwrap().counters().apdus(), 0, "the card was left alone");
        for nothing in ["", "12", "12345678901234567", "12a4"] {
            let told = practice.ctl("sign-in --mode eid-only").pin(nothing).json(2);
            assert_eq!(told["code"], if nothing.is_empty() { "RLS-1207" } else { "RLS-1201" });
        }
        let doctor = practice.world.people().doctor();
        let with_key =
            || practice.ctl("sign-in --mode eid").with("--keystore", &doctor.keystore).pin(&pin(&card));
        assert_eq!(with_key().password("not this one").json(77)["code"], "RLS-4002");
        let elsewhere = practice.folder.path().join("none.p12");
        let gone = practice.ctl("sign-in --mode eid").with("--keystore", elsewhere).pin(&pin(&card));
        assert_eq!(gone.password(&doctor.password).json(2)["code"], "RLS-6017");
        assert_eq!(
            practice.ctl("sign-in --mode eid-only --reader nobody").pin(&pin(&card)).json(69)["code"],
            "RLS-1023"
        );
        assert_eq!((verifies(&card), tries(&card)), (0, 3));
        served.pull();
        service.wait_until_empty();
        assert_eq!(practice.ctl("sign-in --mode eid-only").pin(&pin(&card)).json(69)["code"], "RLS-1004");
    });
}

#[test]
fn a_challenge_takes_the_second_line_and_a_platform_that_is_down_takes_none() {
    privately(
        "bad_days::a_challenge_takes_the_second_line_and_a_platform_that_is_down_takes_none",
        |service| {
            let practice = Practice::open();
            let (card, _served) = practice.insert(service);
            practice.served.set_rules(Rules { challenges: Challenges::Always, ..Rules::default() });
            let one = practice.ctl("sign-in --mode eid-only").pin(&pin(&card)).json(2);
            assert_eq!((one["code"].as_str(), verifies(&card)), (Some("RLS-1207"), 1), "one line, one PIN");
            practice.ctl("sign-in --mode eid-only").pin(&format!("{0}\r\n{0}\n", pin(&card))).json(0);
            assert_eq!(verifies(&card), 3);
            let sign_in = practice.ctl("sign-in --mode eid-only").pin(&pin(&card));
            practice.runtime.block_on(practice.served.faults().set(Fault::RefuseConnections));
            assert_eq!(sign_in.json(69)["code"], "RLS-2001");
            assert_eq!((verifies(&card), tries(&card)), (3, 3));
            service.kill();
            assert_eq!(Ctl::new("card list").json(69)["code"], "RLS-1001");
        },
    );
}
