//! The commands of a developer: `cargo xtask help`.
//!
//! Nothing here is part of the product. It stays small, since it is the first thing a bare machine compiles.
#![allow(clippy::print_stdout, reason = "a command line program talks on standard output")]

mod bench;
mod demo;
mod display;
mod failure;
mod fuzz;
mod interface;
mod lint;
mod package;
mod program;
mod setup;
mod stage;
mod test;
mod tools;
mod vectors;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Sets up, builds, tests and shows Relais.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what building and testing need (as root on Debian or Ubuntu; elsewhere says what is missing)
    Setup,
    /// Sets up and runs every check there is
    Test,
    /// Sets up, builds and opens Relais in the sandbox; without a display, tours it and saves screenshots
    Demo,
    /// Runs the benchmarks and writes target/bench/report.md
    Bench,
    /// Formatting, clippy, dependency rules and the lint of the interface
    Lint,
    /// Writes ui/src/lib/bindings.ts anew from the commands in Rust
    Bindings,
    /// Builds for release and makes the Debian package with its bills of materials, in target/package
    Package,
    /// Fetches the interoperability vectors of xmlsec1 and says where they are
    Vectors,
    /// Runs the random tests a hundred times longer than `test` does, from a new seed
    Soak(test::Soak),
    /// Feeds random bytes to everything that reads bytes from outside, guided by coverage
    Fuzz(fuzz::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("cargo xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Setup => setup::run(),
        Command::Test => test::run(),
        Command::Demo => demo::run(),
        Command::Bench => bench::run(),
        Command::Lint => lint::run(),
        Command::Bindings => lint::bindings(),
        Command::Package => package::run(),
        Command::Vectors => vectors::run(),
        Command::Soak(soak) => test::soak(&soak),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
    }
}
