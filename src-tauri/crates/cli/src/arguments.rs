//! Names and values of the command line.

mod certificate;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use relais_engine::view::sandbox::{SandboxForm, SandboxList, SandboxZone};
use serde::de::DeserializeOwned;

pub use certificate::{Certificate, CertificateFolder};

/// Zones of the sandbox, as documents have them, too.
const ZONES: [&str; 4] = ["main", "backup", "mycarenet", "region"];
/// How its list may be served.
const LISTS: [&str; 8] =
    ["honest", "bad-signature", "wrong-signer", "other-environment", "to-come", "old", "twin", "gone"];
/// Versions of its list.
const FORMS: [&str; 3] = ["v1", "v2", "mixed"];

/// One of these words, as the thing it stands for in a document.
fn word<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| serde_json::from_value(word.into()))
}

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
    /// Certificates and their ends.
    #[command(subcommand)]
    Certificate(Certificate),
    /// The platform's list of services.
    #[command(subcommand)]
    Services(Services),
    /// Encryption keys.
    #[command(subcommand)]
    Etk(Etk),
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
    /// Whose session it has to be: a slot, as `person list` prints it.
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
    /// Shows the session.
    Show {
        /// Whose, by their slot; else the one in use.
        #[arg(long, value_name = "SLOT")]
        person: Option<String>,
    },
    /// Gives the session a new life.
    Renew {
        /// Keystore file; without it the newest usable one of the usual folder.
        #[arg(long, value_name = "FILE")]
        keystore: Option<PathBuf>,
        /// Secrets.
        #[command(flatten)]
        secrets: Secrets,
    },
    /// Ends the session and erases it from this PC.
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
        /// Who, by their slot; where one person is known, the one in use.
        #[arg(long, value_name = "SLOT")]
        person: Option<String>,
        /// It is meant: nobody is asked.
        #[arg(long)]
        yes: bool,
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
    /// Lists keystores and certificates in a folder and below it, without any password.
    Scan {
        /// The folder.
        dir: PathBuf,
    },
    /// Tells which keystore in a folder opens a message.
    Match {
        /// The message, still encrypted.
        message: PathBuf,
        /// The folder.
        dir: PathBuf,
        /// When it was sent, RFC 3339; the time of its file, without it.
        #[arg(long, value_name = "T")]
        sent: Option<String>,
    },
    /// Gives a keystore another password; the file as it was stays beside it.
    ChangePassword {
        /// The file.
        file: PathBuf,
        /// Descriptor to read the password from, one line.
        #[arg(long, value_name = "N")]
        password_fd: Option<u32>,
        /// Descriptor to read the new password from, one line.
        #[arg(long, value_name = "N")]
        new_password_fd: Option<u32>,
    },
}

/// The platform's list of services.
#[derive(Debug, Subcommand)]
pub enum Services {
    /// Fetches it and keeps it if it is believed.
    Fetch,
    /// Shows the one that was kept last.
    Show,
    /// Judges one that lies here.
    Verify {
        /// The document.
        file: PathBuf,
        /// The moment it is judged at, RFC 3339; now, without it.
        #[arg(long, value_name = "T")]
        at: Option<String>,
    },
}

/// Encryption keys.
#[derive(Debug, Subcommand)]
pub enum Etk {
    /// Shows the key of a recipient; the own one, where none is named.
    Show {
        /// Type of the recipient's number, such as CBE or SSIN.
        #[arg(value_name = "TYPE")]
        kind: Option<String>,
        /// The number; `-` reads it from standard input, which is the only way for a person's.
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: Option<String>,
        /// Application of an organisation.
        #[arg(long, value_name = "ID")]
        application: Option<String>,
        /// Whose own key, by their slot; else of the only keystore there is.
        #[arg(long, value_name = "SLOT", conflicts_with = "kind")]
        person: Option<String>,
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
        #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Looks whether it is whole, or whether a record of an outage is genuine.
    Verify {
        /// A record of an outage.
        file: Option<PathBuf>,
    },
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
        /// Pulls the card from the reader of the window's sandbox, or puts it back; fills no reader.
        #[arg(value_enum, value_name = "pull|put")]
        hand: Option<CardHand>,
    },
    /// Turns the clock of a sandbox that runs.
    Turn {
        /// By how much, such as 3h or 1h30m; -1h turns it back, `morning` is the next one.
        #[arg(value_name = "DURATION", allow_hyphen_values = true)]
        by: String,
        /// Which clock.
        #[arg(long, value_enum, default_value_t = WhichClock::All, value_name = "all|wall|boot|trusted")]
        clock: WhichClock,
    },
    /// Takes the sign-in service of a sandbox that runs away, or brings it back.
    Outage {
        /// Whether it is away.
        #[arg(value_enum, value_name = "on|off")]
        outage: Switch,
    },
    /// Shows a sandbox that runs, as it is now.
    Show,
    /// Breaks or mends a service of a sandbox that runs, or has the list place it elsewhere.
    Service {
        /// Its key, or the end of it, such as kgss:v1.
        key: String,
        /// What it does.
        #[arg(value_enum, value_name = "works|fails|flaps|listed")]
        act: ServiceHand,
        /// In which zone.
        #[arg(long, default_value = "main", value_name = "ZONE", value_parser = word::<SandboxZone>(&ZONES))]
        zone: SandboxZone,
        /// How long one that comes and goes works, and then fails.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        seconds: Option<u32>,
    },
    /// Takes a zone of a sandbox that runs away, or brings it back; or has the list place everything there.
    Zone {
        /// Which.
        #[arg(value_name = "ZONE", value_parser = word::<SandboxZone>(&ZONES))]
        zone: SandboxZone,
        /// What happens to it.
        #[arg(value_enum, value_name = "lost|there|listed")]
        act: ZoneHand,
    },
    /// Spoils the list of a sandbox that runs, or makes it honest again.
    List {
        /// How it is served.
        #[arg(value_name = "STATE", value_parser = word::<SandboxList>(&LISTS))]
        served: SandboxList,
        /// In which version of its schema; without it as it was.
        #[arg(long, value_name = "v1|v2|mixed", value_parser = word::<SandboxForm>(&FORMS))]
        form: Option<SandboxForm>,
    },
    /// Plays a scenario in a sandbox that runs.
    #[command(subcommand)]
    Scenario(ScenarioHand),
    /// Makes everything in a sandbox that runs as usual, its clocks aside.
    Reset,
}

/// What is done with scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ScenarioHand {
    /// Lists those that can be played.
    List,
    /// Begins one.
    Play {
        /// Its name.
        #[arg(value_name = "NAME")]
        scenario: String,
    },
    /// Turns every clock to its next step.
    Next,
    /// Ends it; zones, services and list are as usual.
    Stop,
}

/// What happens to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ServiceHand {
    /// It answers.
    Works,
    /// It answers that it is out of order.
    Fails,
    /// It comes and goes.
    Flaps,
    /// The list places it there.
    Listed,
}

/// What happens to a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ZoneHand {
    /// Nobody listens there.
    Lost,
    /// Somebody does.
    There,
    /// The list places everything there.
    Listed,
}

/// What the hand does at the virtual reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CardHand {
    /// The card is pulled.
    Pull,
    /// It is put back.
    Put,
}

/// Which clock of a sandbox is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhichClock {
    /// Time passes for everybody.
    All,
    /// Somebody sets the wall clock of the PC.
    Wall,
    /// The time since the PC started.
    Boot,
    /// The time the platform lives by.
    Trusted,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is so.
    On,
    /// It is not so any more.
    Off,
}
