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

fn spent(mut times: Vec<Duration>) -> Spent {
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

    fn line(&self) -> String {
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

/// Head of the table that the rows belong to.
pub const HEAD: &str =
    "| goal | what | ratio of least | ratio of medians | least times | wanted |\n|---|---|---|---|---|---|";

/// Prints the rows, and adds them to the file that `RELAIS_BENCH_REPORT` names.
///
/// # Errors
/// What the file system answers.
pub fn report(rows: &[Row<'_>]) -> std::io::Result<()> {
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    let table = format!("{HEAD}\n{}\n", lines.join("\n"));
    writeln!(std::io::stdout(), "{table}")?;
    let Some(file) = std::env::var_os("RELAIS_BENCH_REPORT") else { return Ok(()) };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(file, "{table}")
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
    fn the_middle_and_the_least_are_taken() {
        let times = [3, 1, 2].map(Duration::from_millis).to_vec();
        assert_eq!(spent(times), Spent { least: Duration::from_millis(1), median: Duration::from_millis(2) });
    }
}
