//! `cargo xtask lint` and `cargo xtask bindings`, and the checks both share with `cargo xtask test`.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::Program;
use crate::workspace::{self, ONE_SET};
use crate::{setup, tools};

/// `cargo xtask lint`.
pub fn run() -> Result<(), Failure> {
    format()?;
    setup::prerequisites()?;
    Program::new("npm ci --ignore-scripts --no-audit --no-fund").at("ui").run()?;
    Program::new("npm run lint").at("ui").run()?;
    tools::CARGO_DENY.install()?;
    dependencies()?;
    // Clippy reads the desktop, and the desktop embeds the built interface.
    Program::new("npm run build").at("ui").run()?;
    clippy()
}

/// Every Rust file is formatted.
pub fn format() -> Result<(), Failure> {
    Program::new("cargo fmt --all --check").run()
}

/// Clippy has nothing to say.
pub fn clippy() -> Result<(), Failure> {
    Program::new(&format!("cargo clippy --locked {ONE_SET} --all-targets -- -D warnings")).run()?;
    Program::new(&format!(
        "cargo clippy --locked {ONE_SET} --test window --test desktop --test tour -- -D warnings"
    ))
    .run()
}

/// Bans, licences and sources of the dependencies are those of deny.toml.
pub fn dependencies() -> Result<(), Failure> {
    Program::new("cargo deny --workspace check bans licenses sources").run()
}

/// `cargo xtask bindings`: writes the bindings of the interface anew.
pub fn bindings() -> Result<(), Failure> {
    Program::new(&format!("cargo test --quiet {ONE_SET} --lib bindings")).run()
}

/// The committed bindings are those that Rust writes today.
pub fn bindings_are_current() -> Result<(), Failure> {
    let file = bindings_file();
    let read = || fs::read(&file).map_err(|cause| Failure::file(&file, cause));
    let before = read()?;
    bindings()?;
    match read()? == before {
        true => Ok(()),
        false => Err(Failure::Found(
            "ui/src/lib/bindings.ts was out of date and is written anew: commit it".into(),
        )),
    }
}

fn bindings_file() -> PathBuf {
    workspace::root().join("ui/src/lib/bindings.ts")
}
