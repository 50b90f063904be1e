//! A program to run: its line is printed, its failure is named by that line.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::workspace;

/// A program with its arguments, run from the root of the repository unless told otherwise.
pub struct Program {
    command: Command,
    line: String,
}

impl Program {
    /// `line` is split at spaces: the first word is the program, the others its arguments.
    pub fn new(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let program = Self::of(words.next().unwrap_or_default());
        words.fold(program, Self::arg)
    }

    /// The program at this path.
    pub fn of(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program.as_ref());
        command.current_dir(workspace::root());
        Self { command, line: program.as_ref().to_string_lossy().into_owned() }
    }

    /// One argument more, which may hold spaces.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.line.push_str(&format!(" {}", argument.as_ref().to_string_lossy()));
        self.command.arg(argument);
        self
    }

    /// Runs in this folder of the repository.
    pub fn at(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(workspace::root().join(folder));
        self
    }

    /// Sets a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs with its output on ours.
    pub fn run(mut self) -> Result<(), Failure> {
        println!("$ {}", self.line);
        self.command.stdin(Stdio::null());
        self.finish()
    }

    /// Runs with its output, standard error too, added to the file `log`.
    pub fn run_into(mut self, log: &Path) -> Result<(), Failure> {
        let out = append(log)?;
        let err = out.try_clone().map_err(|cause| Failure::file(log, cause))?;
        self.command.stdin(Stdio::null()).stdout(out).stderr(err);
        self.finish()
    }

    /// What it prints; fails if it was not content.
    pub fn text(mut self) -> Result<String, Failure> {
        let output = self.command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|cause| Failure::Start { line: self.line.clone(), cause })?;
        if !output.status.success() {
            return Err(Failure::Program { line: self.line, status: output.status });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn finish(mut self) -> Result<(), Failure> {
        let status = self.command.status();
        let status = status.map_err(|cause| Failure::Start { line: self.line.clone(), cause })?;
        if status.success() { Ok(()) } else { Err(Failure::Program { line: self.line, status }) }
    }
}

fn append(log: &Path) -> Result<File, Failure> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| Failure::file(folder, cause))?;
    }
    File::options().create(true).append(true).open(log).map_err(|cause| Failure::file(log, cause))
}

/// Where `name` is found on the search path.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
