//! What may stand behind `relais` on a command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use relais_host::preferences::KeyStoreChoice;

/// Keeps a health-care practice signed in at the eHealth platform.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Arguments {
    /// Environment to open: production, acceptance, integration or sandbox.
    #[arg(long)]
    pub environment: Option<String>,
    /// A profile file; wins over --environment.
    #[arg(long)]
    pub profile: Option<PathBuf>,
    /// Folder for everything Relais keeps.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    /// Language of this start: nl, fr, de or en.
    #[arg(long)]
    pub language: Option<String>,
    /// Keystore to use instead of the newest one in the usual folder.
    #[arg(long)]
    pub keystore: Option<PathBuf>,
    /// Where session keys are kept.
    #[arg(long)]
    pub key_store: Option<KeyStoreArgument>,
    /// Start with the icon near the clock and no window; without a place for the icon, with a minimised window.
    #[arg(long)]
    pub background: bool,
}

/// Whether a command line asks for no window.
pub(crate) fn in_background(line: &[String]) -> bool {
    Arguments::try_parse_from(line).is_ok_and(|arguments| arguments.background)
}

/// Where session keys are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyStoreArgument {
    /// In the key store of the operating system.
    Os,
    /// In a file for this user alone.
    File,
    /// In memory only.
    Memory,
}

impl From<KeyStoreArgument> for KeyStoreChoice {
    fn from(argument: KeyStoreArgument) -> Self {
        match argument {
            KeyStoreArgument::Os => Self::Os,
            KeyStoreArgument::File => Self::File,
            KeyStoreArgument::Memory => Self::Memory,
        }
    }
}
