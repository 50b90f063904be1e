//! `session plan`: the table of renewals of a token, from its two instants alone.

use jiff::{SignedDuration, Timestamp};
use relais_core::Problem;
use relais_core::session::plan::{Life, Pace, attempts};
use relais_host::texts::Texts;
use serde_json::json;

use crate::arguments::Options;
use crate::outcome::{Outcome, mistake, texts};
use crate::plain::{self, Page};

/// Prints when a token with this life is renewed, each attempt only if all before it failed.
pub fn run(options: &Options, issued: &str, expires: &str) -> Result<Outcome, Problem> {
    let (issued, expires) = (instant("--issued", issued)?, instant("--expires", expires)?);
    if expires <= issued {
        return Err(mistake("--expires", "end-before-start"));
    }
    let life = Life::new(issued, expires);
    let attempts = attempts(life, Pace::USUAL);
    let text = told(&texts(options), &attempts, life.ends_at, expires);
    Outcome::new(&json!({ "attempts": attempts, "expires_at": life.ends_at }), text)
}

fn instant(option: &str, given: &str) -> Result<Timestamp, Problem> {
    given.parse().map_err(|_| mistake(option, "no-moment").with("value", given))
}

/// The table, below the sentence without which it would look like so many renewals.
fn told(texts: &Texts, attempts: &[Timestamp], ends_at: Timestamp, expires: Timestamp) -> String {
    let numbered = attempts.iter().enumerate().fold(Page::new(texts), |page, (at, attempt)| {
        let label = texts.get("plan-attempt", &[("n", &(at + 1).to_string())]);
        page.row(label, &plain::exactly(*attempt))
    });
    let table = numbered.line("plan-end", &plain::exactly(ends_at)).text();
    let mut lines = vec![texts.get("plan-each", &[]), table];
    if expires.duration_since(ends_at) > SignedDuration::ZERO {
        lines.push(texts.get("plan-cut", &[("expires", &plain::exactly(expires))]));
    }
    lines.join("\n")
}
