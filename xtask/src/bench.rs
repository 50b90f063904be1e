//! `cargo xtask bench`: runs the benchmarks one after another and gathers their rows in one readable page.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::program::Program;
use crate::workspace;

/// What the benchmarks read the place of their rows from.
const ROWS: &str = "RELAIS_BENCH_REPORT";

/// Runs `relais-benches` and writes `target/bench/report.md`; the page is complete even when a goal that must be reached
/// is missed.
pub fn run() -> Result<(), Failure> {
    let folder = workspace::target().join("bench");
    let (rows, page) = (folder.join("rows.md"), folder.join("report.md"));
    begin(&folder, &rows)?;
    let ran = Program::new("cargo bench --package relais-benches --no-fail-fast").env(ROWS, &rows).run();
    let table = fs::read_to_string(&rows).map_err(|cause| Failure::file(&rows, cause))?;
    let report = report(&machine(), &table);
    fs::write(&page, &report).map_err(|cause| Failure::file(&page, cause))?;
    println!("\n{report}\n(also in {})", page.display());
    ran
}

/// The folder without the rows of a run before: an empty file, which the benchmarks add to.
fn begin(folder: &Path, rows: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, cause))?;
    fs::write(rows, "").map_err(|cause| Failure::file(rows, cause))
}

/// On what it ran, as far as the system tells: figures of two machines are not to be compared.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().map(|load| format!(", load {load} at the end"));
    format!("{processors} x {}{}", model(&told), load.unwrap_or_default())
}

fn model(cpuinfo: &str) -> &str {
    let line = cpuinfo.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or(std::env::consts::ARCH, |line| line.trim_start_matches([' ', '\t', ':']))
}

fn report(machine: &str, table: &str) -> String {
    format!(
        "# Benchmarks\n\n{machine}. Ratios hold on this run only; see docs/reference/performance.md.\n\n{table}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_machine_and_keeps_every_row() {
        let table = "| goal | what |\n|---|---|\n| P1 | a |\n| P10 | b |\n";
        let page = report("2 x Processor", table);
        assert!(page.starts_with("# Benchmarks\n\n2 x Processor. ") && page.ends_with(table));
    }

    #[test]
    fn a_processor_is_called_by_its_model() {
        assert_eq!(model("vendor_id\t: A\nmodel name\t: EPYC 7\nflags\t: x\n"), "EPYC 7");
        assert_eq!(model(""), std::env::consts::ARCH);
    }
}
