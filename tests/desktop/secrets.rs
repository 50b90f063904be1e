//! An unusual PIN and password, typed once into the real windows with real keys, are looked for everywhere (threat T10).

use relais_sandbox::eid::vpcd::{SharedEid, VpcdCard};
use relais_sandbox::eid::{Model, VirtualEid};
use serde_json::json;

use crate::forms::{Canary, found_below, packed};
use crate::keyboard::{press_enter, type_into};
use crate::pcscd::{Pcscd, privately};
use crate::process_memory::Memory;
use crate::processes::{Process, of_group};
use crate::vendor::Vendor;
use crate::window::{Desktop, Home};

/// As unlikely as a PIN can be.
const PIN: &str = "73519264";
/// A password whose parts no other text holds.
const PASSWORD: &str = "Kanarievogel-83-Zq7-zingt-om-Kwart-4";
/// What the page of the main window is given to keep, to see that its memory is searched.
const PLANTED: &str = "Geplant-58-in-de-Tuin-Vx3";

/// The web process, by as much of its name as the system keeps.
const WEB: &str = "WebKitWebProces";
const NETWORK: &str = "WebKitNetworkPr";

fn canaries() -> [Canary; 2] {
    [Canary::pin(PIN), Canary::in_pieces(PASSWORD)]
}

/// The window with a vendor's profile, a real PC/SC reader and a card whose PIN is the canary.
struct World {
    vendor: Vendor,
    home: Home,
    desktop: Desktop,
    _card: (SharedEid, VpcdCard),
}

impl World {
    async fn open(service: &mut Pcscd) -> Self {
        let vendor = Vendor::open();
        let card = service.insert(with_our_pin(vendor.card(Model::V18)));
        let (keystore, profile) = (vendor.keystore(PASSWORD), vendor.file("profile.toml"));
        // As talkative as it can be: the log is searched, too.
        let home = Home::new().with("RELAIS_LOG", "trace").with("RUST_LOG", "trace");
        let [keystore, profile] = [&keystore, &profile].map(|path| path.to_str().unwrap());
        let arguments = ["--profile", profile, "--keystore", keystore, "--key-store", "file"];
        let desktop = Desktop::start(&home, &arguments).await;
        desktop.turn_to("main").await;
        let plant = "window.planted = arguments[0].toUpperCase().toLowerCase()";
        desktop.page().execute(plant, vec![json!(PLANTED)]).await.unwrap();
        desktop.click("[data-testid=sign-in]").await;
        desktop.turn_to("pin").await;
        desktop.find("[data-testid=pin-step][data-step=pin]").await;
        Self { vendor, home, desktop, _card: card }
    }

    fn processes(&self) -> Vec<Process> {
        of_group(self.desktop.group())
    }

    fn called(&self, name: &str) -> Vec<Process> {
        self.processes().into_iter().filter(|process| process.name == name).collect()
    }

    /// The process that draws the PIN window: WebKit started it last.
    fn page_of_the_pin(&self) -> Option<Process> {
        let mut pages = self.called(WEB);
        assert_eq!(pages.len(), 2, "a process for each window: {pages:?}");
        pages.pop()
    }

    /// The PIN window is gone, and the process that drew it.
    async fn pin_window_is_gone(&self) {
        assert!(self.desktop.is_gone("pin").await, "{}", self.home.log());
        assert!(self.desktop.until(async || self.called(WEB).len() == 1).await, "{:?}", self.processes());
        self.desktop.turn_to("main").await;
    }

    /// Neither secret is in memory, arguments or environment of any process, or in what the main window shows.
    async fn nothing_is_left(&self) {
        for process in self.processes() {
            let (told, memory) = (process.told(), Memory::of(process.id));
            for canary in canaries() {
                assert_eq!(canary.found_in(&told), None, "what {process:?} was started with");
                assert_eq!(memory.found(&canary), Vec::<String>::new(), "{process:?}");
            }
        }
        let snapshot = self.desktop.call("snapshot", json!({})).await.unwrap().to_string();
        let shown = self.desktop.text().await;
        for canary in canaries() {
            assert_eq!(canary.found_in(snapshot.as_bytes()), None);
            assert_eq!(canary.found_in(shown.as_bytes()), None);
        }
    }

    /// What each process is known to hold is found in it by the same search.
    fn the_search_sees_who_is_left(&self) {
        let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let home = Canary::text(&name(self.home.path()));
        let planted = Canary::text(&PLANTED.to_lowercase());
        for (process, kept) in [("relais", &home), (NETWORK, &home), (WEB, &planted)] {
            let [process] = &self.called(process)[..] else { panic!("{:?}", self.processes()) };
            assert!(!Memory::of(process.id).found(kept).is_empty(), "{process:?}");
        }
    }

    /// Ends the program and looks into every file, the log among them.
    async fn no_file_holds_any(self) {
        self.desktop.quit().await;
        let log = self.home.log();
        assert!(log.contains("relais"), "the program has logged:\n{log}");
        let home = std::path::PathBuf::from(std::env::var_os("HOME").unwrap());
        for canary in canaries() {
            for folder in [self.home.path(), &self.vendor.file(""), &home] {
                assert_eq!(found_below(folder, &canary), Vec::<String>::new());
            }
        }
    }
}

/// PIN block of VERIFY. Source: docs/reference/eid-card.md, section 6.
fn block(pin: &str) -> Vec<u8> {
    let mut block = vec![0x20 | u8::try_from(pin.len()).unwrap()];
    block.extend(packed(pin));
    block.resize(8, 0xFF);
    block
}

/// The card's PIN becomes the canary, by the card's own command for it.
fn with_our_pin(mut card: VirtualEid) -> VirtualEid {
    let change = [vec![0x00, 0x24, 0x00, 0x01, 0x10], block("1234"), block(PIN)].concat();
    assert_eq!(card.transmit(&change), [0x90, 0x00]);
    assert_eq!(card.pin(), PIN);
    card
}

fn run(name: &str, test: fn(&mut Pcscd)) {
    privately(&format!("secrets::{name}"), test);
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

#[test]
fn neither_secret_is_anywhere_after_a_sign_in_through_the_window() {
    run("neither_secret_is_anywhere_after_a_sign_in_through_the_window", |service| wait(sign_in(service)));
}

async fn sign_in(service: &mut Pcscd) {
    let world = World::open(service).await;
    let page = world.page_of_the_pin();
    type_into("PIN", PIN);
    assert!(press_enter());
    world.desktop.find("[data-testid=pin-step][data-step=password]").await;
    // It waits on the desk now, in the program and nowhere else: the search sees it where it is.
    for process in world.processes() {
        let found = Memory::of(process.id).found(&canaries()[0]);
        assert_eq!(found.len(), usize::from(process.name == "relais"), "{process:?}: {found:?}");
    }
    type_into("PIN", PASSWORD);
    // So that the memory is looked at while the answer of the platform is waited for.
    world.vendor.hold();
    assert!(press_enter());
    world.desktop.find("[data-testid=pin-step][data-step=working]").await;
    // The page that it was typed into still holds it, and ends with its window; nobody else ever did.
    for process in world.processes() {
        let found = !Memory::of(process.id).found(&canaries()[1]).is_empty();
        assert_eq!(found, page.as_ref() == Some(&process), "{process:?}");
    }
    world.vendor.go_on();
    world.pin_window_is_gone().await;
    world.desktop.find("[data-testid=end-time]").await;
    world.nothing_is_left().await;
    world.the_search_sees_who_is_left();
    world.no_file_holds_any().await;
}

#[test]
fn digits_and_a_password_that_were_never_sent_are_nowhere_after_later() {
    run("digits_and_a_password_that_were_never_sent_are_nowhere_after_later", |service| wait(later(service)));
}

async fn later(service: &mut Pcscd) {
    let world = World::open(service).await;
    type_into("PIN", PIN);
    assert!(press_enter());
    world.desktop.find("[data-testid=pin-step][data-step=password]").await;
    type_into("PIN", PASSWORD);
    world.desktop.click("[data-testid=pin-cancel]").await;
    world.pin_window_is_gone().await;
    world.nothing_is_left().await;
    world.no_file_holds_any().await;
}
