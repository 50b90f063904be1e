//! `cargo xtask package`: the programs built for release, as a Debian package with its bills of materials.
//!
//! Everything lands in `target/package`. The package is unpacked there and its command line started, so that what comes
//! out has run at least once.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::program::Program;
use crate::stage::Stages;
use crate::tools::{CARGO_CYCLONEDX, CARGO_DEB};
use crate::{setup, workspace};

/// What the package puts where, below the root of a system.
const INSTALLED: &[&str] = &[
    "usr/bin/relais",
    "usr/bin/relaisctl",
    "usr/share/applications/relais.desktop",
    "usr/share/icons/hicolor/128x128/apps/relais.png",
    "usr/share/icons/hicolor/scalable/apps/relais.svg",
    "usr/share/doc/relais/copyright",
];

/// `cargo xtask package`.
pub fn run() -> Result<(), Failure> {
    let mut stages = Stages::begin();
    stages.run("prerequisites", setup::prerequisites)?;
    stages.run("system packages", setup::system_packages)?;
    stages.run("tools", || CARGO_DEB.install().and_then(|()| CARGO_CYCLONEDX.install()))?;
    stages.run("interface", interface)?;
    stages.run("programs", programs)?;
    stages.run("package", || package().map(drop))?;
    stages.run("bills of materials", bills)?;
    stages.run("installed", installed)?;
    stages.end("cargo xtask package");
    println!("\n{}", listed()?);
    Ok(())
}

fn folder() -> PathBuf {
    workspace::target().join("package")
}

fn interface() -> Result<(), Failure> {
    Program::new("npm ci --ignore-scripts --no-audit --no-fund").at("ui").run()?;
    Program::new("npm run build").at("ui").run()
}

fn programs() -> Result<(), Failure> {
    Program::new(
        "cargo build --release --locked --features custom-protocol --package relais --package relais-cli",
    )
    .run()
}

/// The package, alone in its folder.
fn package() -> Result<PathBuf, Failure> {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|cause| Failure::file(&folder, cause))?;
    }
    fs::create_dir_all(&folder).map_err(|cause| Failure::file(&folder, cause))?;
    let line = "cargo deb --package relais --no-build --no-strip --locked --output";
    Program::new(line).arg(&folder).run()?;
    the_package()
}

fn the_package() -> Result<PathBuf, Failure> {
    files(&folder())?
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "deb"))
        .ok_or_else(|| Failure::Missing("cargo-deb left no package".into()))
}

/// What is compiled into each program and what the pages are built with, in the form of CycloneDX.
fn bills() -> Result<(), Failure> {
    Program::new(CYCLONEDX).run()?;
    for bill in written_bills()? {
        let name = bill.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((_, holds)) = BILLS.iter().find(|(wanted, _)| *wanted == name) {
            // Where the sources lay is nobody's business.
            let here = workspace::root().display().to_string();
            keep_bill(&name, &read(&bill)?.replace(&here, "/relais"), holds)?;
        }
        fs::remove_file(&bill).map_err(|cause| Failure::file(&bill, cause))?;
    }
    let pages = Program::new("npm sbom --sbom-format cyclonedx").at("ui").text()?;
    keep_bill("relais-ui.cdx.json", &pages, "pkg:npm/svelte@")?;
    match BILLS.iter().find(|(name, _)| !folder().join(name).is_file()) {
        None => Ok(()),
        Some((gone, _)) => Err(Failure::Found(format!("cargo-cyclonedx wrote no {gone}"))),
    }
}

const CYCLONEDX: &str = "cargo cyclonedx --format json --spec-version 1.5 --target x86_64-unknown-linux-gnu \
     --features custom-protocol";

/// The bills of our programs, each with something that it must name.
const BILLS: [(&str, &str); 2] =
    [("relais.cdx.json", "pkg:cargo/tauri@"), ("relais-cli.cdx.json", "pkg:cargo/openssl@")];

fn keep_bill(name: &str, text: &str, holds: &str) -> Result<(), Failure> {
    if !text.contains(holds) {
        return Err(Failure::Found(format!("{name} does not name {holds}")));
    }
    let kept = folder().join(name);
    fs::write(&kept, text).map_err(|cause| Failure::file(&kept, cause))
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|cause| Failure::file(file, cause))
}

/// The tool writes one beside every manifest of the workspace.
fn written_bills() -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    let crates = files(&workspace::root().join("src-tauri/crates"))?;
    let others = ["", "tests", "benches", "xtask", "fuzz/targets"].map(|name| workspace::root().join(name));
    for place in crates.into_iter().chain(others).filter(|place| place.is_dir()) {
        let found = files(&place)?.into_iter();
        all.extend(found.filter(|file| file.to_string_lossy().ends_with(".cdx.json")));
    }
    Ok(all)
}

/// The package holds what it promises, and its command line starts.
fn installed() -> Result<(), Failure> {
    let root = folder().join("root");
    Program::new("dpkg-deb --extract").arg(the_package()?).arg(&root).run()?;
    if let Some(gone) = INSTALLED.iter().find(|file| !root.join(file).is_file()) {
        return Err(Failure::Found(format!("the package does not bring {gone}")));
    }
    let told = Program::of(root.join("usr/bin/relaisctl")).arg("--version").text()?;
    match told.trim().strip_prefix("relaisctl ") {
        Some(version) => println!("relaisctl {version} starts"),
        None => return Err(Failure::Found(format!("relaisctl --version says {told:?}"))),
    }
    Ok(())
}

/// Each file of the folder with its size.
fn listed() -> Result<String, Failure> {
    let mut lines = vec![format!("in {}:", folder().display())];
    let programs = INSTALLED.iter().take(2).map(|program| folder().join("root").join(program));
    for file in files(&folder())?.into_iter().chain(programs).filter(|file| file.is_file()) {
        let size = fs::metadata(&file).map_err(|cause| Failure::file(&file, cause))?.len();
        let name = file.strip_prefix(folder()).unwrap_or(&file).display();
        lines.push(format!("  {:>8}  {name}", megabytes(size)));
    }
    Ok(lines.join("\n"))
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|cause| Failure::file(folder, cause))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_megabytes() {
        assert_eq!(megabytes(8_349_111), "8.3 MB");
        assert_eq!(megabytes(99_999), "0.0 MB");
    }
}
