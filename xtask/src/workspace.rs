//! Where things lie: the repository, Cargo's output, and the flags every Cargo call shares.

use std::path::{Path, PathBuf};

/// The flags of build, test and clippy alike: with another set Cargo compiles the window's libraries again.
pub const ONE_SET: &str = "--workspace --features relais/custom-protocol";

/// The root of the repository.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Cargo's folder of outputs.
pub fn target() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(set.unwrap_or_else(|| "target".into()))
}

/// A program of ours, as the development build leaves it.
pub fn binary(name: &str) -> PathBuf {
    target().join("debug").join(name)
}
