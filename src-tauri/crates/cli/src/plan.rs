//! `session plan`: the table of renewals of a token, from its two instants alone.

use jiff::Timestamp;
use relais_core::Problem;
use relais_core::session::plan::{Life, Pace, attempts};
use serde_json::json;

use crate::arguments::Options;
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::{self, Page};

/// Prints when a token with this life is renewed, each attempt only if all before it failed.
pub fn run(options: &Options, issued: &str, expires: &str) -> Result<Outcome, Problem> {
    let issued: Timestamp = issued.parse().map_err(|_| mistake("--issued"))?;
    let expires: Timestamp = expires.parse().map_err(|_| mistake("--expires"))?;
    if expires <= issued {
        return Err(mistake("--expires"));
    }
    let life = Life::new(issued, expires);
    let attempts = attempts(life, Pace::USUAL);
    let texts = texts(options);
    let numbered = attempts.iter().enumerate().fold(Page::new(&texts), |page, (at, attempt)| {
        let label = texts.get("plan-attempt", &[("n", &(at + 1).to_string())]);
        page.row(label, &plain::moment(*attempt))
    });
    let text = numbered.line("plan-end", &plain::moment(life.ends_at)).text();
    Outcome::new(&json!({ "attempts": attempts, "expires_at": life.ends_at }), text)
}
