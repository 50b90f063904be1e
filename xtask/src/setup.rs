//! What has to be on the machine before anything is built: prerequisites are checked, the rest is installed.

use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::program::{Program, find};
use crate::tools;

/// The packages Debian and Ubuntu need, with the reason beside each group.
const DEBIAN_PACKAGES: &str = include_str!("../debian-packages.txt");

/// Oldest Node.js the interface is built with.
const OLDEST_NODE: u32 = 20;

/// `cargo xtask setup`.
pub fn run() -> Result<(), Failure> {
    prerequisites()?;
    system_packages()?;
    tools::install_all()?;
    println!("everything is there");
    Ok(())
}

/// What a person installs beforehand: Node.js with npm. Cargo is here, since it started us.
pub fn prerequisites() -> Result<(), Failure> {
    let advice = format!("Node.js {OLDEST_NODE} or newer with npm is needed; install it and try again");
    if find("npm").is_none() || find("node").is_none() {
        return Err(Failure::Missing(advice));
    }
    let version = Program::new("node --version").text()?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::Missing(format!("{advice} (found {})", version.trim()))),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs the missing packages of Debian or Ubuntu when it may, and says what is missing when it may not.
pub fn system_packages() -> Result<(), Failure> {
    if find("dpkg-query").is_none() {
        println!("not Debian or Ubuntu: what is needed is listed in xtask/debian-packages.txt");
        return Ok(());
    }
    let missing = missing_packages(&installed_packages());
    if missing.is_empty() {
        println!("all system packages are there");
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_root()? {
        return Err(Failure::Missing(format!(
            "system packages are missing; install them and try again:\n  sudo apt-get install --no-install-recommends {list}"
        )));
    }
    apt_get("update --quiet")?;
    apt_get(&format!("install --quiet --yes --no-install-recommends {list}"))
}

fn apt_get(arguments: &str) -> Result<(), Failure> {
    Program::new(&format!("apt-get {arguments}")).env("DEBIAN_FRONTEND", "noninteractive").run()
}

fn is_root() -> Result<bool, Failure> {
    Ok(Program::new("id --user").text()?.trim() == "0")
}

/// What dpkg knows of our packages. It ends with an error as soon as one is unknown, which is no error here.
fn installed_packages() -> String {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Abbrev}\n"])
        .args(packages(DEBIAN_PACKAGES))
        .stderr(Stdio::null())
        .output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

fn missing_packages(installed: &str) -> Vec<&'static str> {
    let there = |package: &str| {
        installed.lines().any(|line| line.trim_end().strip_suffix("ii").map(str::trim_end) == Some(package))
    };
    packages(DEBIAN_PACKAGES).filter(|package| !there(package)).collect()
}

fn packages(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_as_there_only_when_it_is_fully_installed() {
        let all: String = packages(DEBIAN_PACKAGES).map(|package| format!("{package} ii \n")).collect();
        assert!(missing_packages(&all).is_empty());
        assert_eq!(missing_packages(&all.replace("pcscd ii", "pcscd rc")), ["pcscd"]);
        assert_eq!(missing_packages("").len(), packages(DEBIAN_PACKAGES).count());
    }

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
