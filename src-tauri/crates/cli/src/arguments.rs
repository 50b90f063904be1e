//! Names and values of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keeps a health-care practice signed in at the eHealth platform.
#[derive(Debug, Parser)]
#[command(name = "relaisctl", version, propagate_version = true)]
pub struct Options {
    /// Print one JSON document.
    #[arg(long, global = true)]
    pub json: bool,
    /// A profile file; wins over --environment.
    #[arg(long, global = true, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Environment: production, acceptance, integration or a sandbox's.
    #[arg(long, global = true, value_name = "NAME")]
    pub environment: Option<String>,
    /// Folder for everything Relais keeps.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Reader to use, by its name; for `sandbox card` the vpcd reader to fill, vpcd:PORT.
    #[arg(long, global = true, value_name = "NAME")]
    pub reader: Option<String>,
    /// Where session keys are kept.
    #[arg(long, global = true, value_name = "os|file|memory")]
    pub key_store: Option<KeyStore>,
    /// Language of messages.
    #[arg(long, global = true, value_name = "nl|fr|de|en", value_parser = ["nl", "fr", "de", "en"])]
    pub language: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where session keys are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyStore {
    /// In the key store of the operating system.
    Os,
    /// In a file for this user alone.
    File,
    /// In memory only.
    Memory,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Readers and cards.
    #[command(subcommand)]
    Card(Card),
    /// Signs in.
    SignIn(SignIn),
    /// The session.
    #[command(subcommand)]
    Session(Session),
    /// People of this PC.
    #[command(subcommand)]
    Person(People),
    /// The time Relais goes by.
    #[command(subcommand)]
    Clock(ClockWork),
    /// Keystores.
    #[command(subcommand)]
    Keystore(Keystore),
    /// XML security.
    #[command(subcommand)]
    Xml(Xml),
    /// What happened on this PC.
    #[command(subcommand)]
    Journal(Journal),
    /// The invented world.
    #[command(subcommand)]
    Sandbox(Sandbox),
}

/// Readers and cards.
#[derive(Debug, Subcommand)]
pub enum Card {
    /// Lists readers and what they hold.
    List,
    /// Reads and judges the card.
    Read {
        /// Also write the photo (JPEG) to this file.
        #[arg(long, value_name = "FILE")]
        photo: Option<PathBuf>,
    },
}

/// Signs in.
#[derive(Debug, Args)]
pub struct SignIn {
    /// By which means.
    #[arg(long, value_enum, value_name = "MODE")]
    pub mode: Mode,
    /// Keystore file; without it the newest usable one of the usual folder.
    #[arg(long, value_name = "FILE")]
    pub keystore: Option<PathBuf>,
    /// Quality to sign in with; doctor, without it. An organisation's is its certificate's.
    #[arg(long, value_name = "NAME")]
    pub quality: Option<String>,
    /// Whose session it has to be: a slot, as `session show` prints it.
    #[arg(long, value_name = "SLOT")]
    pub person: Option<String>,
    /// Why without the card.
    #[arg(long, value_enum, value_name = "REASON")]
    pub reason: Option<Reason>,
    /// What is to be added to the reason, in a sentence.
    #[arg(long, value_name = "TEXT", requires = "reason")]
    pub note: Option<String>,
    /// Secrets.
    #[command(flatten)]
    pub secrets: Secrets,
}

/// Where secrets come from; without a descriptor they are asked for at the terminal.
#[derive(Debug, Clone, Args)]
pub struct Secrets {
    /// Descriptor to read the PIN from, one line; a second line answers a challenge to the card.
    #[arg(long, value_name = "N")]
    pub pin_fd: Option<u32>,
    /// Descriptor to read the keystore password from, one line.
    #[arg(long, value_name = "N")]
    pub password_fd: Option<u32>,
}

/// Why somebody works without the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reason {
    /// The eID is lost or forgotten.
    EidNotAtHand,
    /// Card, reader, PIN or software do not work.
    TechnicalProblem,
}

/// Means of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// The card signs, the keystore key holds.
    Eid,
    /// The card does both.
    EidOnly,
    /// The keystore of an organisation does both.
    Certificate,
    /// The keystore does both, exceptionally and for a reason.
    Fallback,
}

/// The session.
#[derive(Debug, Subcommand)]
pub enum Session {
    /// Shows it.
    Show {
        /// Whose, by their slot; else the one in use.
        #[arg(long, value_name = "SLOT")]
        person: Option<String>,
    },
    /// Gives it a new life.
    Renew {
        /// Keystore file; without it the newest usable one of the usual folder.
        #[arg(long, value_name = "FILE")]
        keystore: Option<PathBuf>,
        /// Secrets.
        #[command(flatten)]
        secrets: Secrets,
    },
    /// Ends it and erases it from this PC.
    End {
        /// Whose, by their slot; else the one in use.
        #[arg(long, value_name = "SLOT")]
        person: Option<String>,
    },
    /// Tells when a token is renewed: half of its life, then half of what is left, each only if all before failed.
    Plan {
        /// When the token was issued, RFC 3339.
        #[arg(long, value_name = "T")]
        issued: String,
        /// When it expires, RFC 3339; a life of more than 24 hours counts as 24 hours.
        #[arg(long, value_name = "T")]
        expires: String,
    },
}

/// People of this PC.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Lists who has, or had, a session here.
    List,
    /// Erases everything of a person: session, remembered password, name.
    Forget {
        /// Who, by their slot; else the one in use.
        #[arg(long, value_name = "SLOT")]
        person: Option<String>,
    },
}

/// The time Relais goes by.
#[derive(Debug, Subcommand)]
pub enum ClockWork {
    /// Puts the noted time back where the sign-in service agrees that it lies ahead.
    PutBack,
}

/// Keystores.
#[derive(Debug, Subcommand)]
pub enum Keystore {
    /// Lists what a keystore holds.
    Inspect {
        /// The file.
        file: PathBuf,
        /// Descriptor to read the password from, one line.
        #[arg(long, value_name = "N")]
        password_fd: Option<u32>,
    },
}

/// XML security.
#[derive(Debug, Subcommand)]
pub enum Xml {
    /// Writes the exclusive canonical form.
    C14n {
        /// The document.
        file: PathBuf,
        /// Keep comments.
        #[arg(long)]
        with_comments: bool,
        /// Prefixes to treat inclusively, with blanks between them.
        #[arg(long, value_name = "L")]
        prefix_list: Option<String>,
    },
    /// Judges a signed document.
    Verify {
        /// The document.
        file: PathBuf,
        /// PEM file with the certificates that are trusted.
        #[arg(long, value_name = "PEM")]
        trust: PathBuf,
        /// What it is: assertion, service-list or soap.
        #[arg(long = "as", value_name = "assertion|service-list|soap")]
        kind: String,
        /// The moment it is judged at, RFC 3339; now, without it.
        #[arg(long, value_name = "T")]
        at: Option<String>,
        /// A whole attribute (`TYPE=value`) that the signer's subject must have; may be given again.
        #[arg(long, value_name = "TYPE=VALUE")]
        signer: Vec<String>,
    },
}

/// What happened on this PC.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Shows the newest entries.
    Show {
        /// How many.
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: usize,
    },
    /// Looks whether it is whole.
    Verify,
}

/// The invented world.
#[derive(Debug, Subcommand)]
pub enum Sandbox {
    /// Serves the platform on loopback and prints the profile that leads there.
    Serve {
        /// Folder it lives in.
        #[arg(long, value_name = "DIR")]
        state: Option<PathBuf>,
        /// Port of the STS; 0 lets the system choose.
        #[arg(long, default_value_t = 0, value_name = "N")]
        sts_port: u16,
        /// Port of the control endpoint; 0 lets the system choose.
        #[arg(long, default_value_t = 0, value_name = "N")]
        control_port: u16,
    },
    /// Puts the virtual eID into a real PC/SC reader: `--reader vpcd:PORT`.
    Card {
        /// Folder it lives in; the one of `sandbox serve`.
        #[arg(long, value_name = "DIR")]
        state: Option<PathBuf>,
        /// Which card.
        #[arg(long, default_value = "1.8", value_name = "1.7|1.8", value_parser = ["1.7", "1.8"])]
        applet: String,
    },
}
