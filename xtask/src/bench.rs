//! `cargo xtask bench`: runs the benchmarks and gathers criterion's estimates in one readable page.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::Failure;
use crate::program::Program;
use crate::workspace;

/// One benchmark as criterion measured it, in nanoseconds.
struct Measured {
    name: String,
    median: f64,
    low: f64,
    high: f64,
}

/// Runs `relais-benches` and writes `target/bench/report.md`.
pub fn run() -> Result<(), Failure> {
    Program::new("cargo bench --package relais-benches").run()?;
    let report = report(&measured(&workspace::target().join("criterion")));
    let file = workspace::target().join("bench").join("report.md");
    let write = || {
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(&file, &report)
    };
    write().map_err(|cause| Failure::file(&file, cause))?;
    println!("\n{report}\n(also in {})", file.display());
    Ok(())
}

fn measured(folder: &Path) -> Vec<Measured> {
    let mut all: Vec<_> = newest(folder).iter().filter_map(|run| one(run)).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Every folder named `new` below `folder`: criterion keeps the last run of a benchmark there.
fn newest(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let below = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    below.flat_map(|path| if path.ends_with("new") { vec![path] } else { newest(&path) }).collect()
}

fn one(run: &Path) -> Option<Measured> {
    let read = |name: &str| serde_json::from_str::<Value>(&fs::read_to_string(run.join(name)).ok()?).ok();
    let median = &read("estimates.json")?["median"];
    Some(Measured {
        name: read("benchmark.json")?["full_id"].as_str()?.to_owned(),
        median: median["point_estimate"].as_f64()?,
        low: median["confidence_interval"]["lower_bound"].as_f64()?,
        high: median["confidence_interval"]["upper_bound"].as_f64()?,
    })
}

fn report(all: &[Measured]) -> String {
    let mut text = String::from("# Benchmarks\n\n| benchmark | median | 95 % of medians |\n|---|---|---|\n");
    for Measured { name, median, low, high } in all {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {name} | {} | {} to {} |", spoken(*median), spoken(*low), spoken(*high));
    }
    text
}

/// Nanoseconds in the unit a person reads best.
fn spoken(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n if n < 1e9 => format!("{:.2} ms", n / 1e6),
        n => format!("{:.2} s", n / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_benchmark_is_a_row_in_readable_units() {
        let row = Measured { name: "sign".into(), median: 1_500.0, low: 900.0, high: 2_000_000.0 };
        assert!(report(&[row]).ends_with("| sign | 1.50 µs | 900 ns to 2.00 ms |\n"));
    }
}
