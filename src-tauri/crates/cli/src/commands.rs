//! From the command line to the command.

use relais_core::Problem;

use crate::arguments::{ClockWork, Command, Options};
use crate::outcome::Outcome;
use crate::{card, certificate, etk, journal, keystore, people, sandbox, services, session, xml};

/// Runs the command of the options.
pub async fn run(options: &Options) -> Result<Outcome, Problem> {
    match &options.command {
        Command::Card(command) => card::run(options, command),
        Command::SignIn(command) => session::sign_in(options, command).await,
        Command::Session(command) => session::run(options, command).await,
        Command::Person(command) => people::run(options, command).await,
        Command::Clock(ClockWork::PutBack) => session::put_time_back(options).await,
        Command::Keystore(command) => keystore::run(options, command).await,
        Command::Certificate(command) => certificate::run(options, command).await,
        Command::Services(command) => services::run(options, command).await,
        Command::Etk(command) => etk::run(options, command).await,
        Command::Xml(command) => xml::run(options, command),
        Command::Journal(command) => journal::run(options, command),
        Command::Sandbox(command) => sandbox::run(options, command).await,
    }
}
