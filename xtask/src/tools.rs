//! Programs of the Rust world that the checks use, installed once with `cargo install`.

use crate::failure::Failure;
use crate::program::{Program, find};

/// A program, and how Cargo installs it.
pub struct Tool {
    program: &'static str,
    install: &'static str,
}

/// Speaks WebDriver to the window. The version goes with the Tauri we use.
pub const TAURI_DRIVER: Tool =
    Tool { program: "tauri-driver", install: "cargo install tauri-driver --version 2.1.0 --locked" };

/// Checks licences, bans and sources of the dependencies. Built without optimisation: it runs for seconds, compiling it
/// costs minutes.
pub const CARGO_DENY: Tool = Tool {
    program: "cargo-deny",
    install: "cargo install cargo-deny --version 0.20.2 --locked --no-default-features --debug",
};

/// Makes the Debian package. Only `cargo xtask package` needs it.
pub const CARGO_DEB: Tool = Tool {
    program: "cargo-deb",
    install: "cargo install cargo-deb --version 3.8.0 --locked --no-default-features --debug",
};

/// Writes the bill of materials of a program. Only `cargo xtask package` needs it.
pub const CARGO_CYCLONEDX: Tool = Tool {
    program: "cargo-cyclonedx",
    install: "cargo install cargo-cyclonedx --version 0.5.9 --locked --debug",
};

impl Tool {
    /// Installs it when it is not on the search path.
    pub fn install(&self) -> Result<(), Failure> {
        match find(self.program) {
            Some(found) => println!("{} is there: {}", self.program, found.display()),
            None => Program::new(self.install).arg("--quiet").run()?,
        }
        Ok(())
    }
}

/// Installs what is missing of all of them.
pub fn install_all() -> Result<(), Failure> {
    TAURI_DRIVER.install()?;
    CARGO_DENY.install()
}
