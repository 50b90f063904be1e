//! Secrets from a person or a descriptor, never from an argument.

use std::fs::File;
use std::io::{IsTerminal, Read};

use relais_core::{Code, Problem};
use zeroize::Zeroizing;

use crate::arguments::{Command, Keystore, Session, SignIn};

/// Longest line that is read as a secret.
const MOST: usize = 4096;

/// A person is there to be asked.
pub fn present() -> bool {
    std::io::stdin().is_terminal()
}

/// One line of descriptor `number`, read byte by byte so that the next line stays for the next reader. A descriptor
/// that is at its end holds nothing: `missing` is told.
pub fn line(number: u32, missing: Code) -> Result<Zeroizing<String>, Problem> {
    let mut file = descriptor(number)?;
    let mut line = Zeroizing::new(Vec::with_capacity(MOST));
    let mut byte = Zeroizing::new([0]);
    loop {
        match file.read(&mut *byte).map_err(|_| unreadable(number))? {
            0 if line.is_empty() => return Err(missing.into()),
            0 => break,
            _ if byte[0] == b'\n' => break,
            // A part of a secret is not the secret.
            _ if line.len() == MOST => return Err(unreadable(number)),
            _ => line.push(byte[0]),
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let text = std::str::from_utf8(&line).map_err(|_| unreadable(number))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn unreadable(number: u32) -> Problem {
    Problem::new(Code::FILE_UNREADABLE).with("file", format_args!("descriptor {number}"))
}

/// The descriptor itself: opening it anew by a name would read a file from its start again, and cannot open a socket.
///
/// # Errors
/// Every descriptor that a command names is open. To be asked before anything else is opened in this process.
pub fn sources(command: &Command) -> Result<(), Problem> {
    let named = match command {
        Command::SignIn(SignIn { secrets, .. }) | Command::Session(Session::Renew { secrets, .. }) => {
            [secrets.pin_fd, secrets.password_fd]
        }
        Command::Keystore(Keystore::Inspect { password_fd, .. }) => [*password_fd, None],
        Command::Keystore(Keystore::ChangePassword { password_fd, new_password_fd, .. }) => {
            [*password_fd, *new_password_fd]
        }
        _ => return Ok(()),
    };
    named.into_iter().flatten().try_for_each(|number| descriptor(number).map(drop))
}

/// Whoever started this command left nothing there.
#[cfg(unix)]
#[allow(unsafe_code, reason = "a descriptor inherited by its number has no owner yet")]
pub fn descriptor(number: u32) -> Result<File, Problem> {
    use std::os::fd::BorrowedFd;
    let raw = i32::try_from(number).map_err(|_| unreadable(number))?;
    // SAFETY: the number is not -1, and it is borrowed for this one line, which asks the system for a copy. A number
    // that nothing is open under is refused there; one of our own would only be read from.
    let copy = unsafe { BorrowedFd::borrow_raw(raw) }.try_clone_to_owned();
    copy.map(File::from).map_err(|_| unreadable(number))
}

/// No other system has descriptors by number.
#[cfg(not(unix))]
pub fn descriptor(number: u32) -> Result<File, Problem> {
    Err(unreadable(number))
}

/// A secret typed at the terminal, without echo. Without a terminal there is nobody to ask: `missing` is told.
pub fn typed(prompt: &str, missing: Code) -> Result<Zeroizing<String>, Problem> {
    if !present() {
        return Err(missing.into());
    }
    rpassword::prompt_password(format!("{prompt} ")).map(Zeroizing::new).map_err(|_| Problem::new(missing))
}

/// The word that was asked for was typed, in whatever letters.
pub fn is_the_word(typed: &str, word: &str) -> bool {
    typed.trim().to_uppercase() == word.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_whatever_letters_and_no_other_is() {
        assert!(is_the_word("YES", "YES") && is_the_word(" yes", "YES") && is_the_word("oui", "OUI"));
        assert!(!is_the_word("", "YES") && !is_the_word("y", "YES") && !is_the_word("yes please", "YES"));
    }
}
