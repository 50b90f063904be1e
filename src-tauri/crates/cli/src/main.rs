//! `relaisctl`: the command line of Relais. Contract: docs/reference/cli.md.

mod arguments;
mod card;
mod certificate;
mod commands;
mod context;
mod echo;
mod etk;
mod hand;
mod help;
mod journal;
mod keystore;
mod outcome;
mod people;
mod person;
mod plain;
mod plan;
mod sandbox;
mod services;
mod session;
mod stage;
mod usage;
mod xml;

use std::process::ExitCode;
use std::sync::Arc;

use clap::FromArgMatches;
use relais_core::{Code, Problem};

use crate::arguments::{Command, Options, Sandbox};
use crate::echo::Echo;
use crate::outcome::Outcome;

fn main() -> ExitCode {
    // A command says what there is to say by itself; the log is for those who ask for it.
    relais_host::logging::start("off");
    relais_host::hardening::forbid_dumps();
    let texts = outcome::texts_of_line();
    let mut command = help::command(&texts);
    let matches = command.try_get_matches_from_mut(std::env::args_os());
    let options = match matches.and_then(|found| Options::from_arg_matches(&found)) {
        Ok(options) => Arc::new(options),
        Err(error) => return usage::tell(&error.format(&mut command), &texts),
    };
    // Only now a number that is open was opened by whoever started this command.
    if let Err(problem) = person::sources(&options.command) {
        return outcome::print(&options, Err(problem));
    }
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

/// Ctrl+C ends every command with 130; what was typed is wiped when the process ends. The command has a task of its
/// own: it may wait for a reader or a keyboard, and must not keep anybody from hearing the signal.
async fn until_interrupted(options: &Arc<Options>) -> Result<Outcome, Problem> {
    let echo = Echo::now();
    let theirs = options.clone();
    let running = tokio::spawn(async move { commands::run(&theirs).await });
    let done = async { running.await.unwrap_or_else(|_| Err(Code::ADAPTER_PANIC.into())) };
    // A simulator hears it by itself: there it is the ordinary end.
    if matches!(&options.command, Command::Sandbox(Sandbox::Serve { .. } | Sandbox::Card { hand: None, .. }))
    {
        return done.await;
    }
    tokio::select! {
        done = done => done,
        _ = tokio::signal::ctrl_c() => {
            echo.restore();
            Err(Code::INTERRUPTED.into())
        }
    }
}
