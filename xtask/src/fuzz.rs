//! `cargo xtask fuzz`: runs the fuzzer on the stable compiler; what it tries is in fuzz/targets.
//!
//! LLVM's own coverage pass and libFuzzer need neither a nightly compiler nor cargo-fuzz; cargo-fuzz, where it is there,
//! works in the same folder and adds the sanitizers of nightly.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::program::Program;
use crate::workspace;

/// What `cargo xtask fuzz` is told.
#[derive(Args)]
pub struct Arguments {
    /// The target, a file of fuzz/fuzz_targets; all of them, one after the other, when none is named
    target: Option<String>,
    /// How long to try each
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Tells libFuzzer which way the bytes took: a counter for each edge, and what is compared with what.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions -Ccodegen-units=1";

/// Build scripts and macros are not to be instrumented, which Cargo knows by a named target.
const MACHINE: &str = "x86_64-unknown-linux-gnu";

/// Runs one target or all, from the committed seeds and what earlier runs found; stops at the first finding, which lies
/// in `fuzz/artifacts`.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    follow_the_lock_file()?;
    let home = workspace::target().join("fuzz");
    let build = format!(
        "cargo build --manifest-path fuzz/Cargo.toml --target {MACHINE} --config profile.dev.opt-level=1 --config profile.dev.debug=false"
    );
    Program::new(&build).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", &home).run()?;
    let all = targets()?;
    for target in all.iter().filter(|target| arguments.target.as_ref().is_none_or(|only| only == *target)) {
        let program = home.join(MACHINE).join("debug").join(target);
        let found = home.join("corpus").join(target);
        let seeds = workspace::root().join("fuzz/corpus").join(target);
        let artifacts = workspace::root().join("fuzz/artifacts").join(target);
        for folder in [&found, &artifacts] {
            fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, cause))?;
        }
        Program::of(program)
            .arg(format!("-max_total_time={}", arguments.seconds))
            .arg("-timeout=20")
            .arg("-max_len=16384")
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(found)
            .arg(seeds)
            .run()?;
    }
    Ok(())
}

/// The programs of the fuzzer compile; they are not built, since what they do is run by an ordinary test.
pub fn compiles() -> Result<(), Failure> {
    follow_the_lock_file()?;
    Program::new("cargo build --manifest-path fuzz/Cargo.toml")
        .env("CARGO_TARGET_DIR", workspace::target())
        .run()
}

/// What is fuzzed is what is shipped: the workspace of the fuzzer starts from our own lock file.
fn follow_the_lock_file() -> Result<(), Failure> {
    let (ours, theirs) = (workspace::root().join("Cargo.lock"), workspace::root().join("fuzz/Cargo.lock"));
    fs::copy(&ours, &theirs).map(drop).map_err(|cause| Failure::file(&theirs, cause))
}

fn targets() -> Result<Vec<String>, Failure> {
    let folder: PathBuf = workspace::root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder).map_err(|cause| Failure::file(&folder, cause))?;
    let stems = files.filter_map(|file| Some(file.ok()?.path().file_stem()?.to_string_lossy().into_owned()));
    let mut names: Vec<String> = stems.collect();
    names.sort();
    Ok(names)
}
