//! Who may use whom (docs/architecture.md).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::repository;

/// Our packages and those of ours they may use. A package without a row here is a violation.
const MAY_USE: &[(&str, &[&str])] = &[
    ("relais-core", &[]),
    ("relais-card", &["relais-core"]),
    ("relais-ehealth", &["relais-core"]),
    ("relais-keystore", &["relais-core"]),
    ("relais-store", &["relais-core"]),
    ("relais-engine", &["relais-core"]),
    ("relais-api", &["relais-core", "relais-engine"]),
    (
        "relais-host",
        &[
            "relais-core",
            "relais-card",
            "relais-ehealth",
            "relais-keystore",
            "relais-store",
            "relais-engine",
            "relais-api",
        ],
    ),
    ("relais-sandbox", &["relais-core", "relais-card", "relais-ehealth", "relais-keystore"]),
    ("relais-cli", EVERYTHING_BUT_THE_SHELL),
    ("relais-tests", EVERYTHING_BUT_THE_SHELL),
    ("relais-benches", EVERYTHING_BUT_THE_SHELL),
    ("relais-fuzz-targets", EVERYTHING_BUT_THE_SHELL),
    ("relais", EVERYTHING_BUT_THE_SHELL),
    ("xtask", &[]),
];

const EVERYTHING_BUT_THE_SHELL: &[&str] = &[
    "relais-core",
    "relais-card",
    "relais-ehealth",
    "relais-keystore",
    "relais-store",
    "relais-engine",
    "relais-api",
    "relais-host",
    "relais-sandbox",
];

/// All that the core may use from outside.
const CORE_USES: [&str; 5] = ["jiff", "region", "serde", "thiserror", "zeroize"];

/// Not to be used by any of our packages, with the reason.
const NOBODY_USES: [(&str, &str); 3] = [
    ("anyhow", "errors are closed enums with a code"),
    ("rsa", "slow, and its timing is not constant"),
    ("chrono", "time is jiff's"),
];

/// A package of ours, what it uses to be built and to run, and what its tests use.
struct Package {
    name: String,
    uses: BTreeSet<String>,
    tests_use: BTreeSet<String>,
}

fn violations(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .flat_map(|package| [unknown(package), ours(package), core(package), foreign(package)].concat())
        .collect()
}

fn row(name: &str) -> Option<&'static [&'static str]> {
    MAY_USE.iter().find(|(package, _)| *package == name).map(|(_, uses)| *uses)
}

fn unknown(package: &Package) -> Vec<String> {
    match row(&package.name) {
        Some(_) => vec![],
        None => vec![format!("{} has no row in the table of arrows", package.name)],
    }
}

/// Tests of a package follow the same arrows: what they need beyond them belongs in `tests/`.
fn ours(package: &Package) -> Vec<String> {
    let allowed = row(&package.name).unwrap_or_default();
    let used = package.uses.union(&package.tests_use).filter(|name| is_ours(name) && **name != package.name);
    used.filter(|name| !allowed.contains(&name.as_str()))
        .map(|name| format!("{} uses {name}", package.name))
        .collect()
}

fn is_ours(name: &str) -> bool {
    name == "relais" || name == "xtask" || name.starts_with("relais-")
}

fn core(package: &Package) -> Vec<String> {
    let exact: BTreeSet<String> = CORE_USES.iter().map(ToString::to_string).collect();
    match package.name == "relais-core" && package.uses != exact {
        true => vec![format!("relais-core uses {:?} instead of {exact:?}", package.uses)],
        false => vec![],
    }
}

fn foreign(package: &Package) -> Vec<String> {
    let all = || package.uses.union(&package.tests_use);
    let tauri = all().filter(|name| package.name != "relais" && name.starts_with("tauri"));
    let banned = NOBODY_USES.iter().filter(|(name, _)| all().any(|used| used == name));
    tauri
        .map(|name| format!("{} uses {name}, which only the shell may", package.name))
        .chain(banned.map(|(name, reason)| format!("{} uses {name}: {reason}", package.name)))
        .collect()
}

fn metadata() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(repository::root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("a list of packages").iter().map(package).collect()
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = value["dependencies"].as_array().expect("a list of dependencies");
    let (tests, others): (Vec<_>, Vec<_>) = dependencies.iter().partition(|one| one["kind"] == "dev");
    let names = |all: Vec<&Value>| all.into_iter().map(|one| text(&one["name"])).collect();
    Package { name: text(&value["name"]), uses: names(others), tests_use: names(tests) }
}

#[test]
fn every_package_uses_only_what_its_row_allows() {
    let packages = metadata();
    assert!(packages.iter().any(|package| package.name == "relais-core"), "the workspace was read");
    let found = violations(&packages);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_planted_arrow_is_found() {
    let set = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let plant = |name: &str, uses: &[&str], tests_use: &[&str]| {
        violations(&[Package { name: name.into(), uses: set(uses), tests_use: set(tests_use) }])
    };
    let expected: BTreeMap<&str, Vec<String>> = BTreeMap::from([
        ("adapter to adapter", plant("relais-card", &["relais-core", "relais-store"], &[])),
        ("engine to adapter", plant("relais-engine", &["relais-core", "relais-card"], &[])),
        ("anything to the shell", plant("relais-tests", &[], &["relais"])),
        ("the sandbox outside", plant("relais-host", &["relais-core"], &["relais-sandbox"])),
        ("tauri outside the shell", plant("relais-host", &["tauri"], &[])),
        ("a plugin of tauri", plant("relais-cli", &["tauri-plugin-single-instance"], &[])),
        (
            "one crate more in the core",
            plant("relais-core", &["jiff", "region", "serde", "thiserror", "zeroize", "tokio"], &[]),
        ),
        ("one crate less in the core", plant("relais-core", &["jiff", "serde", "thiserror", "zeroize"], &[])),
        ("a banned crate", plant("relais-card", &["relais-core", "anyhow"], &[])),
        ("a package nobody placed", plant("relais-fax", &[], &[])),
    ]);
    for (planted, found) in expected {
        assert_eq!(found.len(), 1, "{planted}: {found:?}");
    }
    assert!(plant("relais", &["tauri", "relais-sandbox"], &[]).is_empty(), "the shell may");
}
