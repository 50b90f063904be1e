//! `relaisctl`: the command line of Relais. Contract: docs/reference/cli.md.
#![allow(clippy::print_stdout, reason = "a command line prints its one document")]

mod arguments;
mod card;
mod commands;
mod context;
mod journal;
mod keystore;
mod outcome;
mod person;
mod sandbox;
mod session;
mod xml;

use std::process::ExitCode;

use clap::Parser;
use relais_core::{Code, Problem};

use crate::arguments::Options;
use crate::outcome::Outcome;

fn main() -> ExitCode {
    relais_host::hardening::forbid_dumps();
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) => return outcome::usage(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = match runtime {
        Ok(runtime) => {
            let done = runtime.block_on(until_interrupted(&options));
            // A thread that waits for a silent reader must not keep the command.
            runtime.shutdown_background();
            done
        }
        Err(_) => Err(Problem::new(Code::INTERNAL)),
    };
    outcome::print(&options, done)
}

/// Ctrl+C ends every command with 130; what was typed is wiped when the process ends.
async fn until_interrupted(options: &Options) -> Result<Outcome, Problem> {
    tokio::select! {
        done = commands::run(options) => done,
        _ = tokio::signal::ctrl_c() => Err(Code::INTERRUPTED.into()),
    }
}
