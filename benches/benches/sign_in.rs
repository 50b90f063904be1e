//! P11: our own work in a sign-in, against the raw cryptography in it.
//!
//! A whole sign-in runs over TLS against the sandbox in this process: the card (applet 1.8) signs the request, the
//! keystore's key answers the challenge. What is counted is the processor time of the one thread that Relais works on:
//! the sandbox serves from threads of its own, waiting costs none, and what the virtual card takes is taken off. Sealing
//! waits for the disk, so it is counted by the clock on the wall. Source: docs/reference/performance.md.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::rsa::{Padding, Rsa};
use openssl::x509::X509;
use relais_benches::{Row, Spent, report, spent};
use relais_card::backend::{Backend, Link, LinkError};
use relais_card::sign::sign_with;
use relais_card::{CardKey, FaceReader, FaceSettings, Timing};
use relais_core::Problem;
use relais_core::card::CardFace;
use relais_core::environment::{EnvironmentName, Quality};
use relais_core::lease::{Means, Person, TokenLease};
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::secret::{Password, Pin};
use relais_core::session::history::History;
use relais_core::time::Clock;
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::sts::{Granted, IssueAsk, StsClient, StsProfile};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_keystore::{Anchors, FileKeys, Holder, InstallKey, Vault, Wanted, find};
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::{Model, VirtualReader};
use relais_sandbox::platform::authority::STS_SIGNER;
use relais_sandbox::platform::{Ports, Served};
use relais_sandbox::world::World;
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;

const READER: &str = "Virtual reader 00";
const ROUNDS: usize = 100;

/// Processor time of this thread.
fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

/// What the card took of this thread.
#[derive(Clone, Default)]
struct Aside(Arc<AtomicU64>);

impl Aside {
    fn during<T>(&self, act: impl FnOnce() -> T) -> T {
        let start = processor();
        let done = act();
        let took = u64::try_from((processor() - start).as_nanos()).unwrap();
        self.0.fetch_add(took, Ordering::Relaxed);
        done
    }

    fn take(&self) -> Duration {
        Duration::from_nanos(self.0.swap(0, Ordering::Relaxed))
    }
}

/// A connection to the card whose time is put aside.
struct Uncounted {
    link: Box<dyn Link>,
    aside: Aside,
}

impl Link for Uncounted {
    fn atr(&self) -> &[u8] {
        self.link.atr()
    }

    fn begin(&mut self, longest: Duration) -> Result<(), LinkError> {
        self.aside.during(|| self.link.begin(longest))
    }

    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.aside.during(|| self.link.transmit(apdu))
    }

    fn end(&mut self) -> Result<(), LinkError> {
        self.aside.during(|| self.link.end())
    }

    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError> {
        self.aside.during(|| self.link.reconnect(reset))
    }

    fn control(&mut self, code: u32, data: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.aside.during(|| self.link.control(code, data))
    }

    fn feature_request(&self) -> u32 {
        self.link.feature_request()
    }
}

/// The card as the signer of one sign-in.
struct Card<'a> {
    link: Mutex<Uncounted>,
    face: CardFace,
    pin: &'a str,
}

impl Signer for Card<'_> {
    fn certificate(&self) -> &[u8] {
        &self.face.certificate
    }

    fn kind(&self) -> KeyKind {
        KeyKind::EcP384
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move {
            let mut link = self.link.lock().unwrap();
            let pin = Pin::from_ascii(self.pin.as_bytes()).unwrap();
            sign_with(Timing::default(), &mut *link, &self.face, CardKey::Authentication, pin, digest)
                .map_err(|failure| failure.error.problem())
        })
    }
}

/// The sandbox, and all that a Relais that is signed in before has open.
struct Bench {
    folder: tempfile::TempDir,
    world: World,
    _served: Served,
    _server: Runtime,
    runtime: Runtime,
    readers: VirtualReader,
    pin: String,
    client: StsClient,
    holder: Holder,
    vault: Vault,
    environment: EnvironmentName,
    aside: Aside,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::open(&folder.path().join("world"), TurnedClock::running()).unwrap();
        let server =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let served = server.block_on(world.serve(Ports::default())).unwrap();
        let card = world.card(world.people().doctor(), Model::V18).unwrap();
        let pin = card.pin().to_owned();
        let readers = VirtualReader::new(READER);
        readers.insert(READER, card);
        let environment = EnvironmentName::parse("sandbox").unwrap();
        let vault = vault(folder.path(), &environment);
        Self {
            client: client(&world, &served),
            holder: holder(&world),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            aside: Aside::default(),
            _served: served,
            _server: server,
            folder,
            world,
            readers,
            pin,
            vault,
            environment,
        }
    }

    fn link(&self) -> Uncounted {
        let connect = || self.readers.clone().connect(READER).unwrap();
        Uncounted { link: self.aside.during(connect), aside: self.aside.clone() }
    }

    /// Reads whose card it is, as a start does for the first time.
    fn face(&self) -> Card<'_> {
        let mut link = self.link();
        let mut faces = FaceReader::new(FaceSettings { card_number: true, ..FaceSettings::default() });
        let face = faces.read(&mut link, READER, self.world.clock().now().wall).unwrap();
        Card { link: Mutex::new(link), face, pin: &self.pin }
    }

    /// Request, challenge, acceptance.
    fn issue(&self, card: &Card<'_>) -> Granted {
        let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let ask = IssueAsk {
            claimant: &Claimant::Person(card.face.ssin),
            claims: &claims,
            life: Means::Eid.wished_life(),
            clock: self.world.clock(),
            offset: SignedDuration::ZERO,
            seen: &|_| false,
        };
        self.runtime.block_on(self.client.issue(ask, card, &self.holder.signer)).unwrap()
    }

    fn seal(&self, card: &Card<'_>, granted: Granted) {
        let install = InstallKey::load_or_create(self.folder.path()).unwrap();
        let slot = install.slot_id(&self.environment, &card.face.ssin.into()).unwrap();
        let lease = TokenLease {
            id: granted.id,
            person: Person { name: card.face.holder.clone(), slot },
            means: Means::Eid,
            quality: Quality::doctor(),
            environment: self.environment.clone(),
            issued_at: granted.issued_at,
            expires_at: granted.expires_at,
            holder: granted.holder,
        };
        self.vault.seal(&lease, &granted.assertion, &History::default()).unwrap();
    }

    /// Processor time of something, without the card's.
    fn own<T>(&self, act: impl FnOnce() -> T) -> (Duration, T) {
        self.aside.take();
        let start = processor();
        let done = act();
        ((processor() - start).saturating_sub(self.aside.take()), done)
    }

    fn probe(&self) {
        self.runtime.block_on(self.client.probe(self.world.clock())).unwrap();
    }
}

fn client(world: &World, served: &Served) -> StsClient {
    let endpoint = Url::parse(served.sts_url()).unwrap();
    let hosts = HostList::parse(&[endpoint.host_str().unwrap()]).unwrap();
    let mut settings =
        Settings::new(hosts, Trust::Only(vec![world.authorities().tls_root.certificate.clone()]));
    settings.proxy = ProxyChoice::Direct;
    let signer = STS_SIGNER.iter().map(|entry| WholeAttribute::parse(entry).unwrap()).collect();
    let anchors = X509::stack_from_pem(&world.authorities().ehealth_anchors().unwrap()).unwrap();
    StsClient::new(StsProfile::new(endpoint, signer, anchors), Transport::new(settings).unwrap())
}

/// The doctor's key, from an open keystore: its key derivation is P4's matter.
fn holder(world: &World) -> Holder {
    let doctor = world.people().doctor();
    let pem = world.authorities().ehealth_anchors().unwrap();
    let anchors = Anchors::from_pem([pem.as_slice()]).unwrap();
    let password = Password::take(doctor.password.clone()).unwrap();
    let wanted =
        Wanted { owner: Some(&doctor.ssin.into()), now: world.clock().now().wall, anchors: &anchors };
    let holder = find::open_file(&doctor.keystore, &password).unwrap().into_holder(&wanted).unwrap();
    assert_eq!(holder.signer.kind(), KeyKind::Rsa, "the limit signs with RSA");
    holder
}

fn vault(folder: &Path, environment: &EnvironmentName) -> Vault {
    let owner = relais_keystore::vault::Owner::of_this_process();
    Vault::new(folder, environment.clone(), owner, Box::new(FileKeys::new(folder)))
}

/// The cryptography that no sign-in of this kind can leave out: the holder signs the challenge (RSA-2048); the card's
/// signature is proven (ECDSA P-384) before it is sent; the assertion's signature and the two links of its signer's chain
/// are (RSA-2048). The TLS handshakes are not in it.
struct Limit {
    rsa: Rsa<openssl::pkey::Private>,
    value: Vec<u8>,
    ec: EcKey<openssl::pkey::Private>,
    ecdsa: EcdsaSig,
}

const DIGEST: [u8; 32] = [0x5A; 32];

impl Limit {
    fn new() -> Self {
        let rsa = Rsa::generate(2048).unwrap();
        let mut value = vec![0; 256];
        rsa.private_encrypt(&DIGEST, &mut value, Padding::PKCS1).unwrap();
        let ec = EcKey::generate(&EcGroup::from_curve_name(Nid::SECP384R1).unwrap()).unwrap();
        let ecdsa = EcdsaSig::sign(&DIGEST, &ec).unwrap();
        Self { rsa, value, ec, ecdsa }
    }

    fn run(&self) {
        let mut out = vec![0; 256];
        self.rsa.private_encrypt(&DIGEST, &mut out, Padding::PKCS1).unwrap();
        for _ in 0..3 {
            let length = self.rsa.public_decrypt(&self.value, &mut out, Padding::PKCS1).unwrap();
            assert_eq!(out[..length], DIGEST);
        }
        assert!(self.ecdsa.verify(&DIGEST, &self.ec).unwrap());
        assert_eq!(PKey::from_ec_key(self.ec.clone()).unwrap().bits(), 384);
    }
}

/// Times of the parts of one sign-in, in this order.
const PARTS: [&str; 6] = [
    "own work in a sign-in",
    "of it: reading the card",
    "of it: request, challenge, acceptance, TLS",
    "of it: sealing, with the disk (wall)",
    "within: two TLS connections (as two probes)",
    "limit",
];

fn round(bench: &Bench, limit: &Limit) -> [Duration; 6] {
    let (reading, card) = bench.own(|| bench.face());
    let (asking, granted) = bench.own(|| bench.issue(&card));
    let start = Instant::now();
    bench.seal(&card, granted);
    let sealing = start.elapsed();
    let (probing, ()) = bench.own(|| bench.probe());
    let (crypto, ()) = bench.own(|| limit.run());
    [reading + asking + sealing, reading, asking, sealing, probing * 2, crypto]
}

fn main() {
    if !relais_benches::is_asked_for() {
        return;
    }
    let (bench, limit) = (Bench::new(), Limit::new());
    round(&bench, &limit);
    let rounds: Vec<_> = (0..ROUNDS).map(|_| round(&bench, &limit)).collect();
    let times: [Spent; 6] = std::array::from_fn(|part| spent(rounds.iter().map(|one| one[part]).collect()));
    let rows = PARTS[..5].iter().zip(&times).enumerate().map(|(at, (path, ours))| Row {
        goal: "P11",
        path,
        limit: "raw signatures",
        ours: *ours,
        theirs: times[5],
        wanted: if at == 0 { "<= 10 ms (moonshot 2 ms)" } else { "" },
    });
    report(&rows.map(|row| row.line()).collect::<Vec<_>>()).unwrap();
}
