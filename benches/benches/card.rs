//! P10: commands sent to the card, against OpenSC's, over the same private smart-card service and in the same run.
//!
//! Source of the goals: docs/reference/performance.md.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops where it cannot measure")]

#[path = "../../tests/support/eid.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod eid;
#[path = "../../tests/support/pcscd.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod pcscd;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use relais_benches::{Counted, MISSED, Row, Runner, in_turns, report};
use relais_card::backend::{Backend, Link};
use relais_card::document::read_identity_and_address;
use relais_card::pcsc::PcscBackend;
use relais_card::{CardKey, FaceReader, FaceSettings, Timing, sign};
use relais_sandbox::eid::vpcd::SharedEid;
use relais_sandbox::eid::{Exchange, Model};

use eid::{DIGEST, card, now, right_pin};
use pcscd::{Pcscd, in_namespace};

/// Commands for identity and address.
const MOST_TO_READ: usize = 6;
/// Commands of a sign-in beyond reading the certificate.
const MOST_TO_SIGN: usize = 8;
/// SELECT FILE and READ BINARY.
const READING: [u8; 2] = [0xA4, 0xB0];
const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
const ROUNDS: usize = 10;

/// A card in the reader of the service.
struct Bench {
    shared: SharedEid,
    reader: String,
    folder: tempfile::TempDir,
}

impl Bench {
    /// What the card is asked while something is done.
    fn counted(&self, act: impl FnOnce()) -> Vec<Exchange> {
        self.shared.lock().unwrap().clear_counters();
        act();
        self.shared.lock().unwrap().counters().exchanges.clone()
    }

    fn link(&self) -> Box<dyn Link> {
        PcscBackend::new().connect(&self.reader).unwrap()
    }

    fn read(&self) {
        black_box(read_identity_and_address(self.link().as_mut(), Timing::default()).unwrap());
    }

    /// Fails with 1 whatever happens; that it read the card is seen in the count.
    fn eidenv(&self) {
        let mut program = Command::new("eidenv");
        program.args(["--reader", "0"]).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    }

    /// The face as a start reads it for the first time, then one signature: the commands of each.
    fn sign_in(&self, settings: &FaceSettings) -> [Vec<Exchange>; 2] {
        let mut face = None;
        let mut faces = FaceReader::new(settings.clone());
        if settings.card_number {
            // The window reads a card when it comes, and remembers its number.
            faces.read(self.link().as_mut(), &self.reader, now()).unwrap();
        }
        let read = || {
            face = Some(faces.read(self.link().as_mut(), &self.reader, now()).unwrap());
        };
        let reading = self.counted(read);
        let face = face.unwrap();
        let signing = self.counted(|| {
            let signed =
                sign(self.link().as_mut(), &face, CardKey::Authentication, right_pin(), DIGEST).unwrap();
            black_box(signed);
        });
        [reading, signing]
    }

    fn pkcs11_tool(&self) {
        let path = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        let (input, output) = (path("in"), path("out"));
        std::fs::write(&input, b"what is signed").unwrap();
        let _ = std::fs::remove_file(&output);
        let mut program = Command::new("pkcs11-tool");
        program.args(["--module", MODULE, "--login", "--pin", "1234", "--sign", "--id", "02"]);
        program.args(["--mechanism", "SHA256-RSA-PKCS", "--input-file", &input, "--output-file", &output]);
        let done = program.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(done.success() && Path::new(&output).exists(), "pkcs11-tool signed nothing");
    }
}

/// Reading a card without its certificates.
fn reading(bench: &Bench, path: &'static str) -> Counted<'static> {
    let ours = bench.counted(|| bench.read()).len();
    let theirs = bench.counted(|| bench.eidenv()).len();
    assert!(theirs > 0, "eidenv did not read the card");
    Counted { goal: "P10", path, peer: "OpenSC eidenv", unit: "APDUs", ours, theirs, most: MOST_TO_READ }
}

/// What a sign-in sends beside reading the certificate: alone, and with the card number as the window asks for it.
/// OpenSC's count is whole.
fn signing(bench: &Bench, path: [&'static str; 2], theirs: usize) -> [Counted<'static>; 2] {
    let [face, signature] = bench.sign_in(&FaceSettings::default());
    let [numbered, _] = bench.sign_in(&FaceSettings { card_number: true, ..FaceSettings::default() });
    // Both read one file only, the certificate: whole for the face, and its end again before the PIN is sent, so that no
    // other card gets it (docs/threat-model.md, T24).
    let certificate =
        |asked: &[Exchange]| asked.iter().filter(|one| READING.contains(&one.instruction)).count();
    println!(
        "{}: {} and {} commands, {} and {} of them for the certificate",
        path[0],
        face.len(),
        signature.len(),
        certificate(&face),
        certificate(&signature)
    );
    let row = |path, face: &[Exchange]| Counted {
        goal: "P10",
        path,
        peer: "pkcs11-tool --sign",
        unit: "APDUs",
        ours: face.len() + signature.len() - certificate(face) - certificate(&signature),
        theirs,
        most: MOST_TO_SIGN,
    };
    [row(path[0], &face), row(path[1], &numbered)]
}

/// The same reading and signing in time. OpenSC's programs start for it, which ours need not.
fn timed(bench: &Bench) -> [Row<'static>; 2] {
    let settings = FaceSettings::default();
    let times = in_turns(
        &mut [
            Runner::new("read", || bench.read()),
            Runner::new("eidenv", || bench.eidenv()),
            Runner::new("sign in", || drop(black_box(bench.sign_in(&settings)))),
            Runner::new("pkcs11-tool", || bench.pkcs11_tool()),
        ],
        ROUNDS,
    );
    let row = |path, limit, at: usize| Row {
        goal: "P10 time",
        path,
        limit,
        ours: times[at],
        theirs: times[at + 1],
        wanted: "(with the start of OpenSC's program)",
    };
    [
        row("identity and address over PC/SC, 1.7", "OpenSC eidenv", 0),
        row("face and signature over PC/SC, 1.7", "pkcs11-tool --sign", 2),
    ]
}

/// What is measured at one card. OpenSC 0.23 signs with no 1.8 card, so that one is compared with the count of `before`.
fn at(service: &mut Pcscd, model: Model, before: usize) -> (Vec<Counted<'static>>, Vec<String>, usize) {
    let (shared, served) = service.insert(card(model));
    let bench = Bench { shared, reader: service.reader(), folder: tempfile::tempdir().unwrap() };
    let [read, sign, window] = names(model);
    let theirs = match model {
        Model::V18 => before,
        _ => bench.counted(|| bench.pkcs11_tool()).len(),
    };
    let mut counted = vec![reading(&bench, read)];
    counted.extend(signing(&bench, [sign, window], theirs));
    let times = if model == Model::V17 { timed(&bench).iter().map(Row::line).collect() } else { vec![] };
    served.pull();
    service.wait_until_empty();
    (counted, times, theirs)
}

fn names(model: Model) -> [&'static str; 3] {
    match model {
        Model::V17Rekeyed => [
            "identity and address, 1.7 re-keyed",
            "sign-in, 1.7 re-keyed",
            "sign-in and card number, 1.7 re-keyed",
        ],
        Model::V18 => [
            "identity and address, 1.8",
            "sign-in, 1.8 (its peer signs with 1.7)",
            "sign-in and card number, 1.8 (its peer signs with 1.7)",
        ],
        _ => ["identity and address, 1.7", "sign-in, 1.7", "sign-in and card number, 1.7"],
    }
}

fn measure(service: &mut Pcscd) {
    let (mut lines, mut times, mut theirs) = (vec![], vec![], 0);
    for model in eid::CURRENT {
        let (counted, timed, count) = at(service, model, theirs);
        lines.extend(counted.iter().map(Counted::line));
        times.extend(timed);
        theirs = count;
    }
    lines.extend(times);
    report(&lines).unwrap();
}

fn main() -> ExitCode {
    if !relais_benches::is_asked_for() {
        return ExitCode::SUCCESS;
    }
    if let Some(mut service) = Pcscd::within() {
        measure(&mut service);
        return ExitCode::SUCCESS;
    }
    let told = in_namespace(&["--bench"]);
    println!("{told}");
    if told.contains(MISSED) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
