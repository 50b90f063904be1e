//! Real keys, by the X server: what WebDriver types would pass through the web process as a whole text.

use std::io::Write;
use std::process::{Command, Stdio};

/// Types into the window whose title holds this word.
pub fn type_into(title: &str, text: &str) {
    xdotool(&["search", "--onlyvisible", "--name", title, "windowfocus", "--sync"], "");
    // From its standard input: no argument of any process holds the text.
    xdotool(&["type", "--delay", "40", "--file", "-"], text);
}

/// Presses Enter in the window that was typed into last.
pub fn press_enter() {
    xdotool(&["key", "Return"], "");
}

fn xdotool(arguments: &[&str], input: &str) {
    let mut running =
        Command::new("xdotool").args(arguments).stdin(Stdio::piped()).spawn().expect("xdotool is installed");
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    assert!(running.wait().unwrap().success(), "xdotool {arguments:?}");
}
