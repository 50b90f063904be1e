//! How the benchmarks measure: things that are compared run in turns, A B A B, and only their ratio is quoted, since
//! machines are noisy. Source: docs/reference/performance.md.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Something that is timed.
pub struct Runner<'a> {
    /// What it does, in a few words.
    pub name: &'a str,
    /// Does it once.
    pub run: Box<dyn FnMut() + 'a>,
}

impl<'a> Runner<'a> {
    /// Something that is timed.
    pub fn new(name: &'a str, run: impl FnMut() + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Least and middle of the times of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Least.
    pub least: Duration,
    /// Middle.
    pub median: Duration,
}

/// Runs all of them in turns, `rounds` times each, after one round that is not counted.
#[must_use]
pub fn in_turns(runners: &mut [Runner<'_>], rounds: usize) -> Vec<Spent> {
    let mut times = vec![Vec::with_capacity(rounds); runners.len()];
    for round in 0..=rounds {
        for (runner, times) in runners.iter_mut().zip(&mut times) {
            let start = Instant::now();
            (runner.run)();
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    times.into_iter().map(spent).collect()
}

/// Least and middle of some times.
#[must_use]
pub fn spent(mut times: Vec<Duration>) -> Spent {
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    Spent { least: times.first().copied().unwrap_or_default(), median: middle }
}

/// One row of the report: a path, what it is measured against, and the goals of docs/reference/performance.md.
pub struct Row<'a> {
    /// Number of the goal, such as `P1`.
    pub goal: &'a str,
    /// What was measured.
    pub path: &'a str,
    /// What it is divided by.
    pub limit: &'a str,
    /// Times of the path.
    pub ours: Spent,
    /// Times of what it is divided by.
    pub theirs: Spent,
    /// The goal in words.
    pub wanted: &'a str,
}

impl Row<'_> {
    /// Ratio of the least times: the machine's noise only ever adds.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ours.least.as_secs_f64() / self.theirs.least.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// The row as the report shows it.
    #[must_use]
    pub fn line(&self) -> String {
        let medians =
            self.ours.median.as_secs_f64() / self.theirs.median.as_secs_f64().max(f64::MIN_POSITIVE);
        let mut line = format!("| {} | {} / {} ", self.goal, self.path, self.limit);
        // Writing to a string cannot fail.
        let _ = write!(
            line,
            "| {:.2} | {medians:.2} | {:.1?} / {:.1?} | {} |",
            self.ratio(),
            self.ours.least,
            self.theirs.least,
            self.wanted
        );
        line
    }
}

/// What stands in a row whose count is over its goal.
pub const MISSED: &str = ", **missed**";

/// One row of the report that is counted, not timed.
pub struct Counted<'a> {
    /// Number of the goal.
    pub goal: &'a str,
    /// What was counted.
    pub path: &'a str,
    /// Whose count it is compared with.
    pub peer: &'a str,
    /// What is counted.
    pub unit: &'a str,
    /// Our count.
    pub ours: usize,
    /// Theirs, counted in the same run.
    pub theirs: usize,
    /// The goal: no more than this.
    pub most: usize,
}

impl Counted<'_> {
    /// The row as the report shows it: the last columns quote both counts and the goal, with how much of it is used.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { goal, path, peer, unit, ours, theirs, most } = self;
        let ratio = |by: usize| *ours as f64 / by.max(1) as f64;
        let (peers, used) = (ratio(*theirs), ratio(*most));
        let verdict = if self.is_met() { "" } else { MISSED };
        format!(
            "| {goal} | {path} / {peer} | {peers:.2} | | {ours} / {theirs} {unit} | <= {most}: {used:.2}{verdict} |"
        )
    }

    /// Whether the goal is reached.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.ours <= self.most
    }
}

/// Whether measurements were asked for. `cargo bench` says `--bench`; `cargo test --benches` and whoever lists tests
/// start the same programs without it.
#[must_use]
pub fn is_asked_for() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Head of the table that the rows belong to.
pub const HEAD: &str =
    "| goal | what | ratio of least | ratio of medians | least times | wanted |\n|---|---|---|---|---|---|";

/// Prints the rows, and adds them to the file that `RELAIS_BENCH_REPORT` names; a new one begins with [`HEAD`].
///
/// # Errors
/// What the file system answers.
pub fn report(lines: &[String]) -> std::io::Result<()> {
    let rows = lines.join("\n");
    writeln!(std::io::stdout(), "{HEAD}\n{rows}\n")?;
    let Some(file) = std::env::var_os("RELAIS_BENCH_REPORT") else { return Ok(()) };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    if file.metadata()?.len() == 0 {
        writeln!(file, "{HEAD}")?;
    }
    writeln!(file, "{rows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_quotes_both_ratios() {
        let of = |least, median| Spent {
            least: Duration::from_micros(least),
            median: Duration::from_micros(median),
        };
        let row =
            Row { goal: "P0", path: "a", limit: "b", ours: of(30, 50), theirs: of(20, 25), wanted: "<= 2" };
        assert_eq!(row.line(), "| P0 | a / b | 1.50 | 2.00 | 30.0µs / 20.0µs | <= 2 |");
    }

    #[test]
    fn a_count_over_its_goal_is_missed_and_says_so() {
        let of =
            |ours| Counted { goal: "P0", path: "a", peer: "b", unit: "things", ours, theirs: 12, most: 6 };
        assert!(of(6).is_met() && !of(7).is_met());
        assert_eq!(of(6).line(), "| P0 | a / b | 0.50 | | 6 / 12 things | <= 6: 1.00 |");
        assert!(of(9).line().ends_with("<= 6: 1.50, **missed** |"));
    }

    #[test]
    fn the_middle_and_the_least_are_taken() {
        let times = [3, 1, 2].map(Duration::from_millis).to_vec();
        assert_eq!(spent(times), Spent { least: Duration::from_millis(1), median: Duration::from_millis(2) });
    }
}
