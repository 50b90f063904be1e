//! A process whose files break: the C shim beside this file, compiled once and put in front of the C library.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// What happens at the n-th deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The process is killed before it.
    Kill,
    /// It fails with an input/output error.
    Fail,
}

/// The shim, made by the C compiler that the linker needs anyway.
fn library() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("relais-shim-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (made, source) = (folder.join("shim.so"), folder.join("shim.c"));
        std::fs::write(&source, include_str!("shim.c")).unwrap();
        let mut compiler = Command::new("cc");
        compiler.args(["-O1", "-Wall", "-shared", "-fPIC", "-o"]).arg(&made).arg(&source).arg("-ldl");
        let told = compiler.output().expect("a C compiler");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        made
    })
}

/// Runs one ignored test of this program again, alone, behind the shim.
pub struct Broken<'a> {
    test: &'a str,
    variables: Vec<(&'static str, PathBuf)>,
}

impl<'a> Broken<'a> {
    pub fn test(test: &'a str) -> Self {
        Self { test, variables: vec![] }
    }

    pub fn with(mut self, name: &'static str, value: impl AsRef<Path>) -> Self {
        self.variables.push((name, value.as_ref().to_owned()));
        self
    }

    /// What it does to `folder` breaks at the n-th deed; 0 is never.
    pub fn at(self, folder: &Path, deed: Deed, n: u32) -> Self {
        let word = if deed == Deed::Kill { "kill" } else { "fail" };
        self.with("RELAIS_SHIM_FOLDER", folder)
            .with("RELAIS_SHIM_DEED", word)
            .with("RELAIS_SHIM_AT", n.to_string())
    }

    /// Whoever opens a file whose name ends like this waits for ever.
    pub fn hanging_at(self, end: &str) -> Self {
        self.with("RELAIS_SHIM_SLOW", end)
    }

    pub fn run(self) -> Output {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", self.test, "--ignored", "--nocapture"])
            .envs(self.variables)
            .env("LD_PRELOAD", library())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}
