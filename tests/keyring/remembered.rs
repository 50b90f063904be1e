//! A keystore password that this PC remembers: by the key store of the operating system, and nowhere else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use relais_core::Code;
use relais_core::environment::EnvironmentName;
use relais_core::lease::{Means, SlotId};
use relais_core::secret::{Password, Pin};
use relais_core::session::renewal::Habits;
use relais_core::session::{Ask, Errand, State};
use relais_engine::Settled;
use relais_host::clock::Time;
use relais_host::forgetting::forget;
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_keystore::{InstallKey, KeyVault, OsKeys, OsPasswords};
use relais_sandbox::house::House;
use relais_store::{Filter, Reader};

use super::{FOLDER, KEYRING, LOCK, World, expected, lease, process};

/// For a process that signs in: whether the person is asked for the password, and whether they tick the box.
const ASKED: &str = "RELAIS_KEYRING_TEST_ASKED";
const TICKED: &str = "RELAIS_KEYRING_TEST_TICKED";
/// A password turns up in the key store after it was looked for, as from one that was locked until then.
const LATE: &str = "RELAIS_KEYRING_TEST_LATE";
/// What is warned of afterwards.
const WARNED: &str = "RELAIS_KEYRING_TEST_WARNED";

const CANARY: &str = "canary 73519264";

pub(crate) fn folder() -> PathBuf {
    std::env::var_os(FOLDER).unwrap().into()
}

fn passwords(folder: &Path) -> OsPasswords {
    let install = InstallKey::load_or_create(folder).unwrap();
    OsPasswords::new(&EnvironmentName::parse("sandbox").unwrap(), &install)
}

fn slot() -> SlotId {
    lease().person.slot
}

fn found(passwords: &OsPasswords, slot: &SlotId) -> Option<String> {
    passwords.get(slot).unwrap().map(|password| password.reveal().to_owned())
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_remembers() {
    passwords(&folder()).keep(&slot(), &Password::take(CANARY.to_owned()).unwrap()).unwrap();
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_recalls() {
    let passwords = passwords(&folder());
    assert_eq!(found(&passwords, &slot()).as_deref(), Some(CANARY));
    assert_eq!(found(&passwords, &SlotId::parse(&"b".repeat(32)).unwrap()), None, "another person's");
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_forgets() {
    let passwords = passwords(&folder());
    assert_eq!(passwords.forget(&slot()), Ok(true));
    assert_eq!(found(&passwords, &slot()), None);
    assert_eq!(passwords.forget(&slot()), Ok(false));
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_may_not() {
    let (passwords, expected) = (passwords(&folder()), expected());
    let refused = passwords.keep(&slot(), &Password::take(CANARY.to_owned()).unwrap());
    assert_eq!(refused.unwrap_err().problem().code, expected);
}

#[test]
#[ignore = "a process of the tests below"]
fn process_that_remembers_another() {
    remember_another();
}

/// A password that opens nothing, for everybody who has signed in here.
fn remember_another() {
    let folder = folder().join("data").join("sandbox");
    let leases = folder.join("sessions").read_dir().unwrap();
    for name in leases.map(|file| file.unwrap().file_name().into_string().unwrap()) {
        let slot = SlotId::parse(name.strip_suffix(".lease").unwrap()).unwrap();
        passwords(&folder).keep(&slot, &Password::take(CANARY.to_owned()).unwrap()).unwrap();
    }
}

pub(crate) async fn relais(house: &House) -> Running {
    let readers = house.readers().clone();
    let parts = Parts {
        profile: Profile::load(house.profile_path()).unwrap(),
        data_root: Some(folder().join("data")),
        backend: Arc::new(move || Box::new(readers.clone())),
        keystores: KeystorePlace::Folder(house.keystores()),
        key_store: KeyStoreChoice::Os,
        time: Time::of(house.clock().clone()),
        language: Language::Nl,
        calls: Calls::default(),
        typed_readers: BTreeSet::new(),
        habits: Habits::usual(TimeZone::UTC),
        watch: true,
    };
    start(parts).await.unwrap()
}

pub(crate) async fn until(relais: &Running, wanted: impl Fn(&State) -> bool) -> Arc<State> {
    let mut states = relais.handle.states();
    let found = tokio::time::timeout(Duration::from_secs(60), states.wait_for(|state| wanted(state))).await;
    found.expect("the state never came").unwrap().clone()
}

/// Signs in with the card; tells whether the password had to be typed.
async fn sign_in(house: &House, relais: &Running) -> bool {
    let ask = Ask::by(Means::Eid);
    relais.handle.sign_in(ask).await.unwrap();
    until(relais, |state| matches!(state.errand, Errand::Pin(_) | Errand::Failed { .. })).await;
    let pin = Pin::from_ascii(house.pin().as_bytes()).unwrap();
    relais.handle.give_pin(relais.handle.question().unwrap(), pin).await.unwrap();
    relais.handle.settle().await.unwrap();
    let asked = |errand: &Errand| matches!(errand, Errand::Password { .. });
    let over = |errand: &Errand| matches!(errand, Errand::Idle | Errand::Failed { .. });
    let state = until(relais, |state| asked(&state.errand) || over(&state.errand)).await;
    if asked(&state.errand) {
        let password = Password::take(house.password().to_owned()).unwrap();
        let ticked = std::env::var(TICKED).unwrap() == "ticked";
        if std::env::var_os(LATE).is_some() {
            remember_another();
        }
        relais.handle.give_password(relais.handle.question().unwrap(), password, ticked).await.unwrap();
        relais.handle.settle().await.unwrap();
    }
    asked(&state.errand)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the tests below"]
async fn process_that_signs_in() {
    let house = House::open(&folder().join("world")).await.unwrap();
    let relais = relais(&house).await;
    let asked = sign_in(&house, &relais).await;
    let settled = relais.handle.settled().await;
    assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    assert_eq!(asked, std::env::var(ASKED).unwrap() == "asked");
    let warned = std::env::var(WARNED).ok().map(|code| Code::parse(&code).unwrap());
    let about = [Code::PASSWORD_NOT_REMEMBERED, Code::PASSWORD_NOT_FORGOTTEN];
    let state = relais.handle.state();
    let told = state.warnings.iter().map(|problem| problem.code).filter(|code| about.contains(code));
    assert_eq!(told.collect::<Vec<_>>(), Vec::from_iter(warned));
    relais.stop().await;
}

/// Everybody who has signed in here is forgotten; the key store holds nothing of them afterwards.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the tests below"]
async fn process_that_forgets_everybody() {
    let house = House::open(&folder().join("world")).await.unwrap();
    let relais = relais(&house).await;
    let data = folder().join("data").join("sandbox");
    let install = InstallKey::load_or_create(&data).unwrap();
    let keys = OsKeys::new(&EnvironmentName::parse("sandbox").unwrap(), &install);
    let people = relais.handle.state().known_people();
    assert_eq!(people.len(), 1);
    for slot in people {
        assert!(found(&passwords(&data), &slot).is_some() && keys.get(&slot).unwrap().is_some());
        forget(&relais.handle, slot.clone()).await.unwrap();
        assert_eq!(found(&passwords(&data), &slot), None);
        assert!(keys.get(&slot).unwrap().is_none());
    }
    assert_eq!(data.join("sessions").read_dir().unwrap().count(), 0);
    relais.stop().await;
}

/// A shell's words for the processes above.
fn words() -> String {
    format!(
        "remember() {{ {}; }}\nrecall() {{ {}; }}\nforget() {{ {}; }}\nmay_not() {{ RELAIS_KEYRING_TEST_EXPECTED=$1 \
         {}; }}\nanother() {{ {}; }}\nforget_all() {{ {}; }}\nsign_in() {{ {ASKED}=$1 {TICKED}=$2 {}; }}\n",
        process("remembered::process_that_remembers"),
        process("remembered::process_that_recalls"),
        process("remembered::process_that_forgets"),
        process("remembered::process_that_may_not"),
        process("remembered::process_that_remembers_another"),
        process("remembered::process_that_forgets_everybody"),
        process("remembered::process_that_signs_in"),
    )
}

/// What the journal says of passwords, oldest first, with the reason where there is one.
fn journal(world: &World) -> Vec<(String, Option<Code>)> {
    let reader = Reader::open(&world.data().join("data/sandbox")).unwrap().unwrap();
    let entries = reader.show(&Filter::default(), 100).unwrap().into_iter().filter_map(|one| one.entry);
    let mut about: Vec<_> = entries
        .filter(|entry| entry.event.starts_with("password-") && entry.slot.is_some())
        .map(|entry| (entry.event, entry.code))
        .collect();
    about.reverse();
    about
}

fn holds(folder: &Path, text: &str) -> bool {
    folder.read_dir().unwrap().map(|entry| entry.unwrap()).any(|entry| {
        let kind = entry.file_type().unwrap();
        match (kind.is_dir(), kind.is_file()) {
            (true, _) => holds(&entry.path(), text),
            (_, true) => {
                std::fs::read(entry.path()).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
            }
            _ => false,
        }
    })
}

#[test]
fn a_key_store_that_is_locked_or_missing_is_told_and_remembers_nothing() {
    World::new("", None).run(&format!("{}{KEYRING} {LOCK} may_not 6003", words()));
    World::new("", None).run(&format!("{} may_not 6002", words()));
}

#[test]
fn a_password_is_asked_until_it_is_remembered_and_a_new_start_signs_in_with_the_pin_alone() {
    let world = World::new("", None);
    world.run(&format!(
        "{}{KEYRING} sign_in asked no; sign_in asked ticked; sign_in silent no; sign_in silent no",
        words()
    ));
    assert_eq!(journal(&world), [("password-remembered".to_owned(), None)]);
}

#[test]
fn a_person_who_is_forgotten_leaves_neither_key_nor_password_in_the_key_store() {
    let world = World::new("", None);
    world.run(&format!("{}{KEYRING} sign_in asked ticked; forget_all; sign_in asked no", words()));
    assert_eq!(journal(&world), [("password-remembered".to_owned(), None)]);
}

#[test]
fn a_remembered_password_that_opens_nothing_any_more_is_forgotten_and_the_person_is_asked() {
    let world = World::new("", None);
    world.run(&format!(
        "{}{KEYRING} sign_in asked no; sign_in asked ticked; another; sign_in asked no; sign_in asked no",
        words()
    ));
    let wrong = Some(Code::KEYSTORE_PASSWORD_WRONG);
    assert!(!holds(world.folder.path(), CANARY), "nothing of it lies on disk in clear");
    let said = [("password-remembered".to_owned(), None), ("password-forgotten".to_owned(), wrong)];
    assert_eq!(journal(&world), said);
}

#[test]
fn a_password_that_cannot_be_remembered_is_told_and_the_sign_in_succeeds() {
    let world = World::new("", None);
    world.run(&format!("{}{KEYRING} {LOCK} export {WARNED}=6020; sign_in asked ticked", words()));
    assert_eq!(journal(&world), []);
}

#[test]
fn a_password_that_is_typed_without_the_tick_is_forgotten() {
    let world = World::new("", None);
    world.run(&format!("{}{KEYRING} sign_in asked no; {LATE}=1 sign_in asked no; sign_in asked no", words()));
    assert_eq!(journal(&world), [("password-forgotten".to_owned(), None)]);
}
