//! Certificates on the command line.

use std::path::PathBuf;

use clap::Subcommand;

/// Certificates and their ends.
#[derive(Debug, Subcommand)]
pub enum Certificate {
    /// Lists those that end soon, or have ended, and what can be done.
    Due {
        /// How soon: a number of days, such as 90d.
        #[arg(long, default_value = "90d", value_name = "DAYS")]
        within: String,
    },
    /// Writes a calendar of their ends, with alarms.
    Ics {
        /// The file; without it standard output.
        file: Option<PathBuf>,
    },
    /// Writes a table of everything for spreadsheets.
    Csv {
        /// The file; without it standard output.
        file: Option<PathBuf>,
    },
    /// Says that somebody knows: nothing more until the next reminder.
    Acknowledge {
        /// Which, as `certificate due` prints them; without one all that were told.
        #[arg(value_name = "ID")]
        id: Vec<String>,
    },
    /// Puts what was told off until the next morning.
    Snooze {
        /// Which, as `certificate due` prints them; without one all that were told.
        #[arg(value_name = "ID")]
        id: Vec<String>,
    },
    /// Folders that are looked at.
    #[command(subcommand)]
    Folder(CertificateFolder),
}

/// Folders that are looked at.
#[derive(Debug, Subcommand)]
pub enum CertificateFolder {
    /// Agrees that a folder and all below it is looked at.
    Add {
        /// The folder; without it the one of eHealth's own tool.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Takes that back, and erases what is known of it.
    Remove {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Lists the folders.
    List,
}
