//! P7 and P9: many looks at once, and a sign-in whose main zone is dead.
//!
//! P7: a round of the watch over 500 hosts of this PC, each of which answers in 100 ms, against one look at one of them. The
//! servers are in this process, so their handshakes cost our processor, too.
//! P9: sign-ins with a healthy main zone and with one that takes connections and says nothing, in turns. A sign-in has three
//! contacts (a look, and two messages); what a dead zone costs is paid once. Source: docs/reference/performance.md.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use openssl::asn1::Asn1Time;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509Name};
use relais_benches::{Counted, Row, report, spent};
use relais_core::card::{ReaderState, Readers};
use relais_core::continuity::list::ServiceKey;
use relais_core::continuity::plan::{Function, Plan, Target};
use relais_core::continuity::watch::{Chance, Effect, Event, Heard, State, next_all};
use relais_core::lease::Means;
use relais_core::ports::{Later, Watching};
use relais_core::secret::Pin;
use relais_core::session::renewal::Habits;
use relais_core::session::{Ask, Errand};
use relais_core::time::Clock;
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_engine::{Settled, WatchSetup, Watcher};
use relais_host::clock::{SystemClock, SystemTimer, Time};
use relais_host::keys::KeystorePlace;
use relais_host::preferences::{Calls, KeyStoreChoice, Language};
use relais_host::profile::Profile;
use relais_host::relais::{Parts, Running, start};
use relais_sandbox::house::House;
use relais_sandbox::platform::continuity::registry::Zone;
use relais_sandbox::platform::continuity::situation::Act;

/// Hosts that are looked at.
const HOSTS: u32 = 500;
/// How long each of them takes to answer.
const ANSWER: Duration = Duration::from_millis(100);
const ROUNDS: usize = 5;

/// Every address of 127/8 is this PC, so each of these is a host of its own.
fn host(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::LOCALHOST) + 256 + number)
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

/// A certificate for a day; of an authority, or by one for every host.
fn certificate(key: &PKey<Private>, by: Option<(&X509, &PKey<Private>)>) -> X509 {
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, if by.is_some() { "hosts" } else { "authority" }).unwrap();
    let name = name.build();
    let mut made = X509::builder().unwrap();
    made.set_version(2).unwrap();
    made.set_subject_name(&name).unwrap();
    made.set_issuer_name(by.map_or(&name, |(by, _)| by.subject_name())).unwrap();
    made.set_pubkey(key).unwrap();
    made.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    made.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    let mut basic = BasicConstraints::new();
    let basic = if by.is_some() { basic.critical().build() } else { basic.critical().ca().build() };
    made.append_extension(basic.unwrap()).unwrap();
    if by.is_some() {
        let mut names = SubjectAlternativeName::new();
        for number in 0..HOSTS {
            names.ip(&host(number).to_string());
        }
        let names = names.build(&made.x509v3_context(None, None)).unwrap();
        made.append_extension(names).unwrap();
    }
    made.sign(by.map_or(key, |(_, key)| key), MessageDigest::sha256()).unwrap();
    made.build()
}

/// One listener for every host; gives its port and the authority to trust.
fn serve() -> (u16, X509) {
    let (ours, leaf) = (key(), key());
    let authority = certificate(&ours, None);
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    acceptor.set_private_key(&leaf).unwrap();
    acceptor.set_certificate(&certificate(&leaf, Some((&authority, &ours)))).unwrap();
    let acceptor = acceptor.build();
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let acceptor = acceptor.clone();
            std::thread::spawn(move || {
                let Ok(mut stream) = acceptor.accept(stream.unwrap()) else { return };
                let mut request = [0; 1024];
                if stream.read(&mut request).is_err() {
                    return;
                }
                std::thread::sleep(ANSWER);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                // Who is gone needs no answer.
                let _ = stream.write_all(answer);
                let _ = stream.shutdown();
            });
        }
    });
    (port, authority)
}

/// Looks as the product does, at services alone.
struct Looks(Transport);

impl Watching for Looks {
    fn perform(&self, effect: Effect) -> Later<'static, Option<Event>> {
        let transport = self.0.clone();
        Box::pin(async move {
            let Effect::Probe { url } = effect else { return None };
            let answered = transport.head(&Url::parse(&url).unwrap()).await;
            let heard = if answered.is_ok() { Heard::Answers } else { Heard::Unreached };
            Some(Event::Probed { url, heard, chance: Chance::EVEN })
        })
    }
}

fn plan(port: u16) -> Plan {
    let function = |number: u32| Function {
        id: number.to_string(),
        targets: vec![Target {
            key: ServiceKey(format!("uddi:{number}")),
            default: Some(format!("https://{}:{port}/", host(number))),
            direct: None,
        }],
        insurers: false,
        rungs: vec![],
    };
    Plan { list_every: None, functions: (0..HOSTS).map(function).collect() }
}

/// A watch that begins with nothing looks at everything.
async fn round(transport: &Transport, port: u16) -> Duration {
    let setup = WatchSetup {
        plan: plan(port),
        kept: None,
        newest: None,
        chosen: BTreeMap::new(),
        ports: Arc::new(Looks(transport.clone())),
        clock: Arc::new(SystemClock),
        timer: Arc::new(SystemTimer),
    };
    let (watcher, handle) = Watcher::new(setup);
    let began = Instant::now();
    tokio::spawn(watcher.run());
    handle.tell(Event::InUse(true)).await.unwrap();
    let mut states = handle.states();
    let now = handle.now().wall;
    let state = states.wait_for(|state| state.in_use() && state.rests(now)).await.unwrap().clone();
    let took = began.elapsed();
    assert_eq!(state.offline_since(), None);
    took
}

/// The rules of such a round alone: every answer of a wave comes at once, and costs nothing.
fn rules(port: u16) -> Duration {
    let began = Instant::now();
    let mut state = State::new(Arc::new(plan(port)));
    let mut events = vec![Event::InUse(true)];
    while !events.is_empty() {
        let (after, effects) = next_all(state, events, SystemClock.now());
        state = after;
        let answer = |effect| match effect {
            Effect::Probe { url } => Some(Event::Probed { url, heard: Heard::Answers, chance: Chance::EVEN }),
            _ => None,
        };
        events = effects.into_iter().filter_map(answer).collect();
    }
    began.elapsed()
}

async fn looks() -> [String; 2] {
    let (port, authority) = serve();
    let hosts: Vec<_> = (0..HOSTS).map(|number| format!("{}:{port}", host(number))).collect();
    let mut settings = Settings::new(HostList::parse(&hosts).unwrap(), Trust::Only(vec![authority]));
    settings.proxy = ProxyChoice::Direct;
    let transport = Transport::new(settings).unwrap();
    let one = Url::parse(&format!("https://{}/", hosts[0])).unwrap();
    let (mut all, mut single, mut ruled) = (vec![], vec![], vec![]);
    for turn in 0..=ROUNDS {
        let began = Instant::now();
        transport.head(&one).await.unwrap();
        let (alone, together) = (began.elapsed(), round(&transport, port).await);
        if turn > 0 {
            single.push(alone);
            all.push(together);
            ruled.push(rules(port));
        }
    }
    let path = "a round of looks at 500 hosts that answer in 100 ms";
    let limit = "a look at one of them";
    let (all, theirs, ruled) = (spent(all), spent(single), spent(ruled));
    let whole = Row { goal: "P7", path, limit, ours: all, theirs, wanted: "<= 6 (moonshot 1.5)" };
    let part = Row { goal: "P7", path: "of it: the rules", limit, ours: ruled, theirs, wanted: "" };
    [whole.line(), part.line()]
}

/// Takes connections in the place of the main zone and says nothing; counts them until it is dropped.
struct Dead {
    taken: Arc<AtomicUsize>,
    listening: tokio::task::JoinHandle<()>,
}

impl Dead {
    async fn in_place_of(address: &Url) -> Self {
        let at = (Ipv4Addr::LOCALHOST, address.port().unwrap());
        let listener = tokio::net::TcpListener::bind(at).await.unwrap();
        let taken = Arc::new(AtomicUsize::new(0));
        let count = taken.clone();
        let listening = tokio::spawn(async move {
            let mut held = vec![];
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                held.push(stream);
            }
        });
        Self { taken, listening }
    }

    async fn gone(self) -> usize {
        self.listening.abort();
        let _ = self.listening.await;
        self.taken.load(Ordering::Relaxed)
    }
}

async fn relais(house: &House, folder: &Path) -> Running {
    let readers = house.readers().clone();
    let parts = Parts {
        profile: Profile::load(house.profile_path()).unwrap(),
        data_root: Some(folder.to_owned()),
        backend: Arc::new(move || Box::new(readers.clone())),
        keystores: KeystorePlace::Folder(house.keystores()),
        key_store: KeyStoreChoice::File,
        time: Time::of(house.clock().clone()),
        language: Language::Fr,
        calls: Calls::default(),
        typed_readers: BTreeSet::new(),
        habits: Habits::usual(TimeZone::UTC),
        watch: true,
    };
    let relais = start(parts).await.unwrap();
    let card = |readers: &Readers| matches!(readers, Readers::Seen(all) if all.iter().any(|one| one.state == ReaderState::Eid));
    relais.handle.states().wait_for(|state| card(&state.readers)).await.unwrap();
    // The list, which names the second zone, is known; as it is where a list was kept.
    let services = relais.services().unwrap();
    services.handle().states().wait_for(|state| state.held().is_some()).await.unwrap();
    relais
}

async fn sign_in(relais: &Running, house: &House) -> Duration {
    let began = Instant::now();
    relais.handle.sign_in(Ask::by(Means::EidOnly)).await.unwrap();
    let mut states = relais.handle.states();
    states.wait_for(|state| matches!(state.errand, Errand::Pin(_))).await.unwrap();
    let pin = Pin::from_ascii(house.pin().as_bytes()).unwrap();
    relais.handle.give_pin(relais.handle.question().unwrap(), pin).await.unwrap();
    assert!(matches!(relais.handle.settled().await, Settled::Open(_)));
    began.elapsed()
}

async fn zones() -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(&folder.path().join("world")).await.unwrap();
    let main = Url::parse(house.served().sts_url()).unwrap();
    let stage = house.served().stage();
    let (mut well, mut dead, mut taken) = (vec![], vec![], 0);
    for turn in 0..3 {
        let healthy = relais(&house, &folder.path().join(format!("well-{turn}"))).await;
        well.push(sign_in(&healthy, &house).await);
        healthy.stop().await;
        let struck = relais(&house, &folder.path().join(format!("dead-{turn}"))).await;
        stage.act(&Act::Lose(Zone::Main)).await.unwrap();
        let silent = Dead::in_place_of(&main).await;
        dead.push(sign_in(&struck, &house).await);
        taken = taken.max(silent.gone().await);
        struck.stop().await;
        stage.act(&Act::AllWell).await.unwrap();
        house.clock().turn(relais_sandbox::clock::Turn::all(SignedDuration::from_hours(1)));
    }
    let (ours, theirs) = (spent(dead), spent(well));
    let more = ours.least.saturating_sub(theirs.least);
    let met = if more <= Duration::from_secs(4) { "" } else { relais_benches::MISSED };
    let wanted = format!("<= 4 s more (moonshot 1 s): {:.1} s{met}", more.as_secs_f64());
    let path = "a sign-in with a main zone that says nothing";
    [
        Row { goal: "P9", path, limit: "one with a healthy zone", ours, theirs, wanted: &wanted }.line(),
        Counted {
            goal: "P9",
            path: "connections to the silent zone in a sign-in, looks of the watch included",
            peer: "contacts of a sign-in",
            unit: "connections",
            ours: taken,
            theirs: 3,
            most: 2,
        }
        .line(),
    ]
}

#[tokio::main]
async fn main() {
    if !relais_benches::is_asked_for() {
        return;
    }
    let mut rows = looks().await.to_vec();
    rows.extend(zones().await);
    report(&rows).unwrap();
}
