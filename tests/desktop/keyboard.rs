//! Real keys and pictures, by the X server: what WebDriver types would pass through the web process as a whole text, and
//! it ends with a page that dies.

use std::io::Write;
use std::process::{Command, Stdio};

/// More than the longest PIN.
const ERASE: &str = "12";

/// Types into the window whose title holds this word.
pub fn type_into(title: &str, text: &str) {
    assert!(turned_to(title), "no window {title}");
    // From its standard input: no argument of any process holds the text.
    assert!(xdotool(&["type", "--delay", "40", "--file", "-"], text));
}

/// Erases what is there and types this instead; `false` where there is no such window.
pub fn retype(title: &str, text: &str) -> bool {
    let erased = turned_to(title) && xdotool(&["key", "--delay", "20", "--repeat", ERASE, "BackSpace"], "");
    erased && xdotool(&["type", "--delay", "40", "--file", "-"], text)
}

/// Presses Enter in the window that was typed into last; `false` where that has closed meanwhile.
pub fn press_enter() -> bool {
    xdotool(&["key", "Return"], "")
}

/// A window with exactly this title is on the screen.
pub fn is_shown(title: &str) -> bool {
    xdotool(&["search", "--onlyvisible", "--name", &format!("^{title}$")], "")
}

/// Presses Escape in the window with exactly this title; `false` where there is none.
pub fn press_escape(title: &str) -> bool {
    turned_to(&format!("^{title}$")) && xdotool(&["key", "Escape"], "")
}

/// How many colours the window with this title shows; none where there is no such window.
pub fn colours(title: &str) -> usize {
    let exactly = format!("^{title}$");
    let windows = said("xdotool", &["search", "--onlyvisible", "--name", &exactly]);
    let window = windows.lines().next().unwrap_or_default();
    said("import", &["-window", window, "-format", "%k", "info:"]).trim().parse().unwrap_or(0)
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output =
        Command::new(program).args(arguments).output().unwrap_or_else(|_| panic!("{program} is installed"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn turned_to(title: &str) -> bool {
    xdotool(&["search", "--onlyvisible", "--name", title, "windowfocus", "--sync"], "")
}

fn xdotool(arguments: &[&str], input: &str) -> bool {
    let running = Command::new("xdotool").args(arguments).stdin(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut running = running.expect("xdotool is installed");
    // One that found no window reads nothing.
    let _ = running.stdin.take().unwrap().write_all(input.as_bytes());
    running.wait().unwrap().success()
}
