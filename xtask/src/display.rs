//! A display for windows when there is no screen: Xvfb on a number of its own choice.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;

const LINE: &str = "Xvfb -displayfd 1 -screen 0 1400x1000x24 -nolisten tcp";

/// A running Xvfb, ended when this value goes.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts the server and waits until it serves.
    pub fn start() -> Result<Self, Failure> {
        let failed = |cause| Failure::Start { line: LINE.to_owned(), cause };
        let mut words = LINE.split(' ');
        let mut server = Command::new(words.next().unwrap_or_default())
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut number = String::new();
        if let Some(out) = server.stdout.take() {
            // The line comes once the server listens; at the end of the stream it gave up.
            BufReader::new(out).read_line(&mut number).map_err(failed)?;
        }
        let display = Self { server, name: format!(":{}", number.trim()) };
        if number.trim().is_empty() {
            return Err(Failure::Missing("Xvfb ended before it served a display".into()));
        }
        Ok(display)
    }

    /// The value of `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether this session has a screen.
pub fn is_here() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
