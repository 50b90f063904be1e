//! What the window may know of the sandbox it runs in, and what a person may do there. The words that are names here have
//! their texts in the interface; the control endpoint of the sandbox uses the same names (docs/reference/sandbox.md, 9 and 12).

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Millis;

/// A set of addresses that is lost and comes back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxZone {
    /// The platform's own two data centres.
    Main,
    /// The platform's third data centre.
    Backup,
    /// The insurers' own network.
    Mycarenet,
    /// The Flemish Region's.
    Region,
}

impl SandboxZone {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Main, Self::Backup, Self::Mycarenet, Self::Region];
}

/// How the official list is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxList {
    /// As it should be.
    Honest,
    /// Changed after it was signed.
    BadSignature,
    /// Signed by somebody else of the right authority.
    WrongSigner,
    /// Of another environment.
    OtherEnvironment,
    /// Issued an hour from now.
    ToCome,
    /// Older than the one that is in force.
    Old,
    /// Of the instant of the one that is in force, with other words.
    Twin,
    /// Not to be had.
    Gone,
}

/// The version of the list's schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxForm {
    /// As it is published.
    V1,
    /// With hints for caches.
    V2,
    /// Every other service is of version 2.
    Mixed,
}

/// Which clocks are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxClock {
    /// Time passes for everybody.
    All,
    /// Somebody sets the wall clock of the PC.
    Wall,
    /// The time since the PC started.
    Boot,
    /// The time the platform lives by.
    Trusted,
}

/// What a service does at one of its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxHow {
    /// It answers.
    Works,
    /// It answers that it is out of order.
    Fails,
    /// It answers for a while and fails for as long, again and again.
    Flaps,
}

/// Everything that the hand can change there, as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxView {
    /// The wall clock of the PC.
    pub wall: Millis,
    /// The time the platform lives by.
    pub trusted: Millis,
    /// The sign-in service lets itself be connected to.
    pub sign_in: bool,
    /// Faults of the sign-in service that somebody planned elsewhere.
    pub faults: u32,
    /// The card is in the virtual reader; none where there is no such reader.
    pub card: Option<bool>,
    /// Zones in which nobody listens.
    pub lost: Vec<SandboxZone>,
    /// How the list is served.
    pub list: SandboxList,
    /// In which version.
    pub form: SandboxForm,
    /// The functions of the catalogue that run on services of the sandbox, in its order.
    pub functions: Vec<SandboxFunction>,
    /// The services.
    pub services: Vec<SandboxService>,
    /// What can be played.
    pub scenarios: Vec<SandboxScenario>,
    /// What is being played.
    pub playing: Option<SandboxPlaying>,
    /// Nothing is other than usual, the clocks aside.
    pub usual: bool,
}

/// A function, and what it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxFunction {
    /// Its name in the catalogue.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Keys of its services.
    pub services: Vec<String>,
}

/// A service of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxService {
    /// Its key.
    pub key: String,
    /// Its name in the list, else the last part of its key.
    pub name: String,
    /// Where the list places it; none for one that is in no list.
    pub listed: Option<SandboxZone>,
    /// Where it answers, the main one first.
    pub places: Vec<SandboxPlace>,
}

/// A service in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxPlace {
    /// Where.
    pub zone: SandboxZone,
    /// What it does there, while the zone is there.
    pub how: SandboxHow,
}

/// A story that can be played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxScenario {
    /// Its name.
    pub name: String,
    /// Its title, for people.
    pub title: String,
    /// How many steps it has.
    pub steps: u32,
    /// How long it lasts, in minutes of turned time.
    pub minutes: u32,
}

/// A story that is being played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SandboxPlaying {
    /// Its name.
    pub name: String,
    /// Its title, for people.
    pub title: String,
    /// Steps that were done.
    pub done: u32,
    /// How many it has.
    pub steps: u32,
    /// When the next one comes, by the time of the platform.
    pub next_at: Millis,
}

/// Something that a person does there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SandboxDeed {
    /// The list places services in a zone.
    Publish {
        /// Their keys.
        services: Vec<String>,
        /// Where.
        zone: SandboxZone,
    },
    /// The list places every service there that has an address there.
    PublishAll {
        /// Where.
        zone: SandboxZone,
    },
    /// Services do this in a zone.
    Service {
        /// Their keys.
        services: Vec<String>,
        /// Where.
        zone: SandboxZone,
        /// What they do there.
        how: SandboxHow,
    },
    /// A zone goes, or comes back.
    Zone {
        /// Which.
        zone: SandboxZone,
        /// Somebody listens there.
        there: bool,
    },
    /// The list is served so.
    List {
        /// How.
        state: SandboxList,
    },
    /// The list is written in this version.
    Form {
        /// Which.
        form: SandboxForm,
    },
    /// The sign-in service goes, or comes back.
    SignIn {
        /// It lets itself be connected to.
        there: bool,
    },
    /// The card leaves its reader, or is put back.
    Card {
        /// It is in the reader.
        there: bool,
    },
    /// Clocks are turned by so many minutes.
    Turn {
        /// Which.
        clock: SandboxClock,
        /// How far; back where that is negative.
        minutes: i32,
    },
    /// Time passes until the next morning.
    Morning,
    /// A story begins.
    Play {
        /// Its name.
        name: String,
    },
    /// Time passes until its next step.
    Next,
    /// It ends; zones, services and list are as usual.
    Stop,
    /// Everything is as usual, the clocks aside.
    Usual,
}
