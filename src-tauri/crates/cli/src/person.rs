//! Secrets from a person or a descriptor, never from an argument.

use std::fs::File;
use std::io::{IsTerminal, Read};

use relais_core::{Code, Problem};
use zeroize::Zeroizing;

/// Longest line that is read as a secret.
const MOST: usize = 4096;

/// One line of descriptor `number`, read byte by byte so that the next line stays for the next reader.
pub fn line(number: u32) -> Result<Zeroizing<String>, Problem> {
    let unreadable = || Problem::new(Code::FILE_UNREADABLE).with("file", format_args!("descriptor {number}"));
    let mut file = File::open(format!("/dev/fd/{number}")).map_err(|_| unreadable())?;
    let mut line = Zeroizing::new(Vec::with_capacity(MOST));
    let mut byte = [0];
    while line.len() < MOST && file.read(&mut byte).map_err(|_| unreadable())? == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    let text = std::str::from_utf8(&line).map_err(|_| unreadable())?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// A secret typed at the terminal, without echo. Without a terminal there is nobody to ask: `missing` is told.
pub fn typed(prompt: &str, missing: Code) -> Result<Zeroizing<String>, Problem> {
    if !std::io::stdin().is_terminal() {
        return Err(missing.into());
    }
    rpassword::prompt_password(format!("{prompt} ")).map(Zeroizing::new).map_err(|_| Problem::new(missing))
}
