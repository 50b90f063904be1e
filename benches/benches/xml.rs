//! P1 to P3: signing and verifying messages, against the work that cannot be avoided and against libxmlsec.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use std::hint::black_box;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::{Padding, Rsa};
use openssl::sha::sha256;
use openssl::x509::{X509, X509Name};
use relais_benches::{Row, Runner, Spent, in_turns, report};
use relais_core::Problem;
use relais_core::ports::{KeyKind, Later, Signer};
use relais_ehealth::xml::names::{Ns, attr};
use relais_ehealth::xml::sign::{self, RandomIds, Security, Timestamps};
use relais_ehealth::xml::verify::{self, Trust};
use relais_ehealth::xml::write::BodyContent;

const KIB: usize = 1024;

struct SoftKey {
    key: PKey<Private>,
    certificate: X509,
    der: Vec<u8>,
}

impl Signer for SoftKey {
    fn certificate(&self) -> &[u8] {
        &self.der
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Rsa
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move { Ok(raw_sign(&self.key, &digest)) })
    }
}

fn raw_sign(key: &PKey<Private>, digest: &[u8; 32]) -> Vec<u8> {
    let mut context = PkeyCtx::new(key).unwrap();
    context.sign_init().unwrap();
    context.set_rsa_padding(Padding::PKCS1).unwrap();
    context.set_signature_md(Md::sha256()).unwrap();
    let mut value = Vec::new();
    context.sign_to_vec(digest, &mut value).unwrap();
    value
}

fn raw_verify(key: &PKey<Public>, digest: &[u8; 32], value: &[u8]) -> bool {
    let mut context = PkeyCtx::new(key).unwrap();
    context.verify_init().unwrap();
    context.set_rsa_padding(Padding::PKCS1).unwrap();
    context.set_signature_md(Md::sha256()).unwrap();
    context.verify(digest, value).unwrap()
}

fn now() -> Timestamp {
    Timestamp::now()
}

/// A key whose certificate is its own anchor, so that the chain has one link.
fn soft_key() -> SoftKey {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "Benchmark").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&Asn1Integer::from_bn(&BigNum::from_u32(1).unwrap()).unwrap()).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::days_from_now(2).unwrap()).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    let certificate = builder.build();
    SoftKey { der: certificate.to_der().unwrap(), certificate, key }
}

/// A body of about so many bytes: elements with an attribute and a text, as services send them.
fn body(bytes: usize) -> BodyContent {
    const BUSINESS: Ns = Ns::new("b", "urn:example:business:v1");
    let text = "Claire Lambert asks for an answer & gets one, whatever <it> says";
    BodyContent::write(|w| {
        w.element(BUSINESS.tag("Request"), &[], |w| {
            for _ in 0..bytes / 110 {
                w.leaf(BUSINESS.tag("Entry"), &[attr("Code", "urn:be:1.0")], text);
            }
        });
    })
    .unwrap()
}

struct Bench {
    key: SoftKey,
    public: PKey<Public>,
    trust: Trust,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn new() -> Self {
        let key = soft_key();
        let public = key.certificate.public_key().unwrap();
        let at = now() + SignedDuration::from_secs(60);
        let trust = Trust { anchors: vec![key.certificate.clone()], signer: vec![], at };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { key, public, trust, runtime }
    }

    fn signed(&self, body: &BodyContent) -> Vec<u8> {
        let at = self.trust.at;
        let times = Timestamps { created: at, expires: at + SignedDuration::from_secs(60) };
        let mut ids = RandomIds;
        let message = sign::envelope(body, Security::Certificate, times, &self.key, &mut ids);
        self.runtime.block_on(message).unwrap()
    }

    fn verify(&self, message: &[u8]) {
        black_box(verify::soap(message, &self.trust, self.trust.at).unwrap());
    }

    fn sign_limit(&self, message: &[u8]) {
        black_box(raw_sign(&self.key.key, &sha256(message)));
    }

    fn verify_limit(&self, message: &[u8], value: &[u8]) {
        assert!(raw_verify(&self.public, &sha256(message), value), "the limit does real work");
    }
}

/// P1: sign 10 KB.
fn signing(bench: &Bench, xmlsec: &Xmlsec) -> [Row<'static>; 2] {
    let body = body(10 * KIB);
    let message = bench.signed(&body);
    let times = in_turns(
        &mut [
            Runner::new("ours", || drop(black_box(bench.signed(&body)))),
            Runner::new("limit", || bench.sign_limit(&message)),
        ],
        2_000,
    );
    let row = |path, ours| Row {
        goal: "P1",
        path,
        limit: "raw sign + SHA-256",
        ours,
        theirs: times[1],
        wanted: "<= 1.5 (moonshot 1.1)",
    };
    [row("sign 10 KB", times[0]), row("libxmlsec signs 10 KB", xmlsec.sign(&message))]
}

/// P2 and P3: verify 10 KB and 1 MB.
fn verifying(bench: &Bench, xmlsec: &Xmlsec) -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    for (goal, size, rounds, names, wanted) in [
        ("P2", 10 * KIB, 2_000, ["verify 10 KB", "libxmlsec verifies 10 KB"], "<= 6 (moonshot 3)"),
        ("P3", KIB * KIB, 60, ["verify 1 MB", "libxmlsec verifies 1 MB"], "<= 10 (moonshot 4)"),
    ] {
        let message = bench.signed(&body(size));
        let value = raw_sign(&bench.key.key, &sha256(&message));
        let times = in_turns(
            &mut [
                Runner::new("ours", || bench.verify(&message)),
                Runner::new("limit", || bench.verify_limit(&message, &value)),
            ],
            rounds,
        );
        let limit = "raw verify + SHA-256";
        let row = |path, ours| Row { goal, path, limit, ours, theirs: times[1], wanted };
        rows.push(row(names[0], times[0]));
        rows.push(row(names[1], xmlsec.verify(&message)));
    }
    rows
}

/// P3: how time grows with size, doubled from 64 KB to almost 4 MB.
fn growth(bench: &Bench) -> Vec<Row<'static>> {
    let sizes = [64, 128, 256, 512, 1024, 2048, 4000].map(|kib| kib * KIB);
    let messages = sizes.map(|size| bench.signed(&body(size)));
    let mut runners: Vec<Runner<'_>> =
        messages.iter().map(|message| Runner::new("verify", || bench.verify(message))).collect();
    let times = in_turns(&mut runners, 30);
    let names = ["64 KB", "128 KB", "256 KB", "512 KB", "1 MB", "2 MB", "3.9 MB"];
    let pairs = times.windows(2).zip(names.windows(2));
    pairs
        .map(|(times, names)| Row {
            goal: "P3 growth",
            path: names[1],
            limit: names[0],
            ours: times[1],
            theirs: times[0],
            wanted: "<= 2.2",
        })
        .collect()
}

/// libxmlsec through its program, which can repeat its work; what starting it costs is taken off.
struct Xmlsec {
    folder: tempfile::TempDir,
    key: PathBuf,
    certificate: PathBuf,
}

const REPEATS: u32 = 200;

impl Xmlsec {
    fn new(bench: &Bench) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (key, certificate) = (folder.path().join("key.pem"), folder.path().join("public.pem"));
        std::fs::write(&key, bench.key.key.private_key_to_pem_pkcs8().unwrap()).unwrap();
        std::fs::write(&certificate, bench.public.public_key_to_pem().unwrap()).unwrap();
        Self { folder, key, certificate }
    }

    fn sign(&self, message: &[u8]) -> Spent {
        self.timed(message, &["--sign", "--output", "/dev/null", "--privkey-pem", self.key.to_str().unwrap()])
    }

    fn verify(&self, message: &[u8]) -> Spent {
        self.timed(message, &["--verify", "--pubkey-pem", self.certificate.to_str().unwrap()])
    }

    fn timed(&self, message: &[u8], arguments: &[&str]) -> Spent {
        let file = self.folder.path().join("message.xml");
        std::fs::write(&file, message).unwrap();
        let repeats = if message.len() > 100 * KIB { REPEATS / 10 } else { REPEATS };
        let run = |repeats: u32| {
            let mut program = Command::new("xmlsec1");
            program.args(arguments).args([
                "--repeat",
                &repeats.to_string(),
                "--enabled-key-data",
                "key-name",
            ]);
            program.args(["--node-xpath", "//*[local-name()='Security']/*[local-name()='Signature']"]);
            for element in ["soap/envelope/:Body", UTILITY, EXTENSION] {
                let element = element.replace("soap/envelope", "http://schemas.xmlsoap.org/soap/envelope");
                program.args(["--id-attr:Id", &element]);
            }
            let start = std::time::Instant::now();
            let good =
                program.arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success();
            assert!(good, "xmlsec1 does not take the message");
            start.elapsed()
        };
        let rounds: Vec<_> = (0..5).map(|_| run(repeats + 1).saturating_sub(run(1)) / repeats).collect();
        let mut sorted = rounds.clone();
        sorted.sort_unstable();
        Spent { least: sorted[0], median: sorted[2] }
    }
}

const UTILITY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd:Timestamp";
const EXTENSION: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd:BinarySecurityToken";

fn main() {
    if !relais_benches::is_asked_for() {
        return;
    }
    let bench = Bench::new();
    let xmlsec = Xmlsec::new(&bench);
    let mut rows: Vec<Row<'_>> = signing(&bench, &xmlsec).into();
    rows.extend(verifying(&bench, &xmlsec));
    rows.extend(growth(&bench));
    report(&rows.iter().map(Row::line).collect::<Vec<_>>()).unwrap();
}
