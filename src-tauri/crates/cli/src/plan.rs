//! `session plan`: the table of renewals of a token, from its two instants alone.

use jiff::Timestamp;
use relais_core::Problem;
use relais_core::session::plan::{Life, Pace, attempts};
use serde_json::json;

use crate::outcome::{Outcome, mistake};

/// Prints when a token with this life is renewed, each attempt only if all before it failed.
pub fn run(issued: &str, expires: &str) -> Result<Outcome, Problem> {
    let issued: Timestamp = issued.parse().map_err(|_| mistake("--issued"))?;
    let expires: Timestamp = expires.parse().map_err(|_| mistake("--expires"))?;
    if expires <= issued {
        return Err(mistake("--expires"));
    }
    let life = Life::new(issued, expires);
    let attempts = attempts(life, Pace::USUAL);
    let lines: Vec<String> =
        attempts.iter().chain(std::iter::once(&life.ends_at)).map(Timestamp::to_string).collect();
    Outcome::new(&json!({ "attempts": attempts, "expires_at": life.ends_at }), lines.join("\n"))
}
