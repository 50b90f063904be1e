//! The desktop binary of Relais.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    relais_desktop::run()
}
