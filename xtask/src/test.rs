//! `cargo xtask test`: everything that exists is set up, built and run, cheap things first.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use crate::demo;
use crate::display::Display;
use crate::failure::Failure;
use crate::fuzz;
use crate::lint;
use crate::program::{Program, find};
use crate::stage::{QuietWork, Stages};
use crate::workspace::{self, ONE_SET};
use crate::{setup, tools, vectors};

/// Cases of each property in a test run, proptest's own number: one hundredth of a soak.
const CASES: u32 = 256;

/// Where the random tests of a test run begin, so that each finds what the one before found.
const SEED: u64 = 20_260_302;

/// What `cargo xtask soak` is told.
#[derive(Args)]
pub struct Soak {
    /// How much of a whole soak; a test run is 1
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    percent: u32,
    /// Where to begin, to see a finding again; drawn and printed when it is not given
    #[arg(long)]
    seed: Option<u64>,
    /// Only tests with this in their names
    #[arg(long)]
    only: Option<String>,
}

/// Stages of the interface that need nothing of Rust; they run beside the installation of tools.
const INTERFACE: &[(&str, QuietWork)] = &[
    ("interface: packages", |log| npm("ci --ignore-scripts --no-audit --no-fund", log)),
    ("interface: lint", |log| npm("run lint", log)),
    ("interface: types", |log| npm("run check", log)),
    ("interface: tests", |log| npm("run test", log)),
    ("interface: build", |log| npm("run build", log)),
];

fn npm(arguments: &str, log: &Path) -> Result<(), Failure> {
    Program::new(&format!("npm {arguments}")).at("ui").run_into(log)
}

/// Runs every stage; stops at the first that fails.
pub fn run() -> Result<(), Failure> {
    let mut stages = Stages::begin();
    stages.run("prerequisites", setup::prerequisites)?;
    stages.run("format", lint::format)?;
    stages.run("system packages", setup::system_packages)?;
    before_the_build(&mut stages)?;
    stages.run("build", build)?;
    stages.run("bindings", lint::bindings_are_current)?;
    stages.run("tests", tests)?;
    stages.run("fuzz programs", fuzz::compiles)?;
    stages.run("documentation tests", documentation_tests)?;
    stages.run("window tests", window_tests)?;
    stages.run("tour", demo::tour)?;
    stages.run("clippy", lint::clippy)?;
    stages.end("cargo xtask test");
    Ok(())
}

/// The interface has to be built before the desktop, which embeds it; installing tools goes on beside it.
fn before_the_build(stages: &mut Stages) -> Result<(), Failure> {
    let interface = stages.beside("interface", INTERFACE);
    let tools = stages.run("tools", tools::install_all);
    let deny = tools.and_then(|()| stages.run("dependencies", lint::dependencies));
    // Joined whatever happened, so that nothing is left running and no failure is lost.
    stages.join(interface)?;
    deny
}

/// `cargo xtask soak`: every test whose cases are drawn, longer.
pub fn soak(soak: &Soak) -> Result<(), Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = soak.seed.unwrap_or(since.as_secs());
    println!("again with: cargo xtask soak --percent {} --seed {seed}", soak.percent);
    let line = runner(soak.only.as_deref().unwrap_or_default());
    let tests = ours(&line).env("RELAIS_XMLSEC_VECTORS", vectors::xmlsec()?);
    drawn(tests, soak.percent, seed).env("NEXTEST_PROFILE", "soak").run()
}

/// How often the tests try what they draw, and from which seed: properties by proptest, the others by our own names.
fn drawn(tests: Program, percent: u32, seed: u64) -> Program {
    tests
        .env("PROPTEST_CASES", CASES.saturating_mul(percent).to_string())
        .env("PROPTEST_RNG_SEED", seed.to_string())
        .env("RELAIS_SOAK", percent.to_string())
        .env("RELAIS_SEED", seed.to_string())
}

fn build() -> Result<(), Failure> {
    Program::new(&format!("cargo build --locked {ONE_SET} --all-targets")).run()?;
    // Targets that need a display are no part of `--all-targets`, so that no run without one counts them as passed.
    Program::new(&format!("cargo build --locked {ONE_SET} --test window --test desktop --test tour")).run()
}

fn tests() -> Result<(), Failure> {
    drawn(ours(&runner("")), 1, SEED).env("RELAIS_XMLSEC_VECTORS", vectors::xmlsec()?).run()
}

fn documentation_tests() -> Result<(), Failure> {
    Program::new(&format!("cargo test --quiet --locked {ONE_SET} --doc")).run()
}

fn window_tests() -> Result<(), Failure> {
    let display = Display::start()?;
    ours(&format!("dbus-run-session -- {}", runner("--test window --test desktop")))
        .env("DISPLAY", display.name())
        .env("RELAIS_SHOTS", workspace::target().join("window"))
        .run()
}

/// The line of the test runner on the one set of features: nextest where it is installed.
fn runner(selection: &str) -> String {
    let runner = if find("cargo-nextest").is_some() { "cargo nextest run" } else { "cargo test" };
    format!("{runner} --locked {ONE_SET} {selection}").trim_end().to_owned()
}

/// A test run that knows where the programs are that it starts.
fn ours(line: &str) -> Program {
    Program::new(line)
        .env("RELAIS_BIN", workspace::binary("relais"))
        .env("RELAIS_CTL", workspace::binary("relaisctl"))
}
