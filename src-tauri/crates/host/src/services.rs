//! What a practitioner needs from e-health and what is left when it fails: `catalogue/services.toml`, read and checked.
//!
//! Which level is in force is the core's to say ([`relais_core::continuity::ladder`]). The words come in every language, so
//! that no one is left without them when the network is.

mod component;

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use relais_core::continuity::ladder::{Condition, Fact, Rung};
use serde::Deserialize;

use crate::preferences::Language;

pub use component::{Address, Component, Failover, Host, Operator};

/// The same in every language of Relais.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages<T> {
    fr: T,
    nl: T,
    en: T,
    de: T,
}

/// A name or a sentence.
pub type Text = Languages<String>;
/// Sentences in their order, as many in each language.
pub type Texts = Languages<Vec<String>>;

impl<T> Languages<T> {
    /// As it is said in this language.
    #[must_use]
    pub fn of(&self, language: Language) -> &T {
        match language {
            Language::Fr => &self.fr,
            Language::Nl => &self.nl,
            Language::En => &self.en,
            Language::De => &self.de,
        }
    }
}

/// The catalogue of continuity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// When it was laid down.
    pub dated: Date,
    /// Whether the platform has said all it means to say.
    pub complete: bool,
    /// What to do when every level of a function is out and it has no word of its own.
    no_level: Text,
    /// The kinds of level.
    #[serde(rename = "kind")]
    pub kinds: Vec<KindRow>,
    /// What each fact means.
    #[serde(rename = "fact")]
    facts: Vec<FactRow>,
    /// What has to answer.
    #[serde(rename = "component")]
    pub components: Vec<Component>,
    /// What is handed out on paper.
    #[serde(rename = "document")]
    pub documents: Vec<Document>,
    /// Who can help.
    #[serde(rename = "contact")]
    pub contacts: Vec<Contact>,
    /// Which software supports the emergency procedure, as far as the platform says.
    pub software: SoftwareSupport,
    /// The functions, in the platform's order.
    #[serde(rename = "service")]
    pub services: Vec<Service>,
}

/// A kind of level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// As usual.
    Normal,
    /// The platform's own backup zone.
    PlatformFailover,
    /// The insurers, without the platform.
    MycarenetDirect,
    /// What is already there.
    LocalCache,
    /// A module of the medical package.
    VendorModule,
    /// A form.
    Paper,
    /// The keystore in place of the eID.
    AlternateCredential,
    /// Another application.
    AlternateApp,
    /// What the patient says or shows.
    PatientStatement,
    /// Later.
    Defer,
}

/// How a kind of level is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// All is well.
    Ok,
    /// Worth knowing.
    Info,
    /// Other than usual.
    Notice,
    /// Somebody has to do something.
    Action,
}

/// One kind of level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRow {
    /// Which.
    pub id: Kind,
    /// Whether it belongs to the platform's general chain.
    pub canonical: bool,
    /// How it is shown.
    pub severity: Severity,
    /// What it is called.
    pub label: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactRow {
    id: Fact,
    meaning: Text,
}

/// Something on paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name here.
    pub id: String,
    /// Its name for people.
    pub name: Text,
    /// Who gets it.
    pub given_to: GivenTo,
    /// What it is good for.
    pub purpose: Text,
    /// Requirements it rests on.
    pub sources: Vec<String>,
}

/// Who gets a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenTo {
    /// The patient.
    Patient,
    /// The patient's sickness fund.
    SicknessFund,
    /// Whom the rules in force name.
    AsTheRulesSay,
}

/// Somebody who can help.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Its name here.
    pub id: String,
    /// Its name for people.
    pub name: Text,
    /// From when to when, in Belgian time, Monday to Friday.
    pub hours: Option<[Time; 2]>,
    /// Its number.
    pub phone: Option<Phone>,
    /// What they will ask for.
    pub have_ready: Option<Text>,
    /// What they help with.
    pub topics: Texts,
    /// Requirements it rests on.
    pub sources: Vec<String>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// As it is written in Belgium.
    pub number: String,
    /// Whether it was tried; until then it is shown as still to be verified.
    pub verified: bool,
}

/// Which software supports the emergency procedure: two pages of the platform say two things.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoftwareSupport {
    /// When both pages were read; they bear no date themselves.
    pub dated: Date,
    /// What the page that looks older says of the packages below.
    pub older: Text,
    /// What the page that looks newer says.
    pub newer: Text,
    /// What neither of them is.
    pub caveat: Text,
    /// Requirements it rests on.
    pub sources: Vec<String>,
    /// The packages the older page names.
    #[serde(rename = "package")]
    pub packages: Vec<Package>,
}

/// A medical package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// The version the page gives.
    pub version: Option<String>,
    /// Its vendor, where the page gives one.
    pub vendor: Option<String>,
    /// As the page has it.
    pub as_printed: String,
    /// For the emergency procedure.
    pub failover: Support,
    /// For the renewal of sessions.
    pub renewal: Support,
}

/// Whether the platform names a package for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// It does.
    Listed,
    /// It does not, which says nothing.
    NotNamed,
}

/// A function that a practitioner needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name here.
    pub id: String,
    /// Its place among the platform's functions, from 1.
    pub section: u8,
    /// Its name for people.
    pub name: Text,
    /// What it is good for.
    pub purpose: Text,
    /// Names of the components it runs on.
    pub components: Vec<String>,
    /// Names of the functions that have to work first.
    pub depends_on: Vec<String>,
    /// Where it is to be had.
    pub regions: Vec<Region>,
    /// Kinds of level on which the platform says nothing here.
    pub not_stated: Vec<Kind>,
    no_level: Option<Text>,
    /// Requirements it rests on.
    pub sources: Vec<String>,
    /// What to do, by its order.
    #[serde(rename = "level")]
    pub levels: Vec<Level>,
}

/// Where a function is to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Region {
    /// All of Belgium.
    Be,
    /// The Flemish Region.
    Vlg,
}

/// One level of a function.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Which kind.
    pub kind: Kind,
    /// Its place; two of the same place are alternatives.
    pub order: u32,
    /// What it rests on.
    pub when: Vec<Condition>,
    /// Who acts.
    pub actor: Actor,
    /// How it comes into force.
    pub switch: Switch,
    /// When it is in force, in words.
    pub condition: Text,
    /// What to do.
    pub steps: Texts,
    /// What the patient may be told.
    pub say_to_patient: Option<Text>,
    /// Names of the documents it needs.
    pub documents: Vec<String>,
    /// Requirements it rests on.
    pub sources: Vec<String>,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// Nobody: there is nothing to do.
    Nobody,
    /// The software.
    Software,
    /// The person who gives care.
    Person,
}

/// How a level comes into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Switch {
    /// It is the normal one.
    Usual,
    /// By itself; nobody is asked.
    Automatic,
    /// Somebody does it.
    Manual,
}

/// Why a catalogue cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// It is not written as it should be.
    #[error("the catalogue of functions cannot be read")]
    Unreadable(#[from] toml::de::Error),
    /// Something is named that is not in it.
    #[error("{0} is named and not described")]
    NotDescribed(String),
    /// Two of its entries have the same name.
    #[error("{0} is described twice")]
    Twice(String),
}

impl Catalogue {
    /// The catalogue that comes with Relais.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| {
            Catalogue::parse(include_str!("../../../catalogue/services.toml"))
                .expect("the catalogue is checked by a test")
        });
        &BUILT_IN
    }

    /// Reads a catalogue; whatever it names is in it.
    ///
    /// # Errors
    /// An unknown word, a language that is missing, a name that is described nowhere or twice.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let catalogue: Self = toml::from_str(text)?;
        catalogue.check()?;
        Ok(catalogue)
    }

    /// The function of this name.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The component of this name.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.id == id)
    }

    /// The document of this name.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// The row of a kind of level.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> Option<&KindRow> {
        self.kinds.iter().find(|row| row.id == kind)
    }

    /// What a fact means, as a statement.
    #[must_use]
    pub fn meaning(&self, fact: Fact) -> Option<&Text> {
        self.facts.iter().find(|row| row.id == fact).map(|row| &row.meaning)
    }

    /// What to do when every level of a function is known to be out.
    #[must_use]
    pub fn no_level<'a>(&'a self, service: &'a Service) -> &'a Text {
        service.no_level.as_ref().unwrap_or(&self.no_level)
    }

    /// Where a function is found on one kind of host. The insurers' addresses are those of the keys it has on the platform.
    #[must_use]
    pub fn addresses(&self, service: &Service, host: Host) -> Vec<&Address> {
        let on = |host| {
            let components = service.components.iter().filter_map(|id| self.component(id));
            components
                .filter(move |component| component.host == host)
                .flat_map(|component| &component.addresses)
        };
        let keys: HashSet<_> = on(Host::Platform).map(|address| &address.key).collect();
        on(host).filter(|address| host != Host::Mycarenet || keys.contains(&address.key)).collect()
    }

    fn check(&self) -> Result<(), CatalogueError> {
        once(self.services.iter().map(|service| &service.id))?;
        once(self.components.iter().map(|component| &component.id))?;
        once(self.documents.iter().map(|document| &document.id))?;
        once(self.kinds.iter().map(|row| row.id))?;
        once(self.facts.iter().map(|row| row.id))?;
        self.services.iter().try_for_each(|service| self.check_names(service))
    }

    fn check_names(&self, service: &Service) -> Result<(), CatalogueError> {
        described(&service.components, |id| self.component(id).is_some())?;
        described(&service.depends_on, |id| self.service(id).is_some())?;
        described(&service.not_stated, |kind| self.kind(*kind).is_some())?;
        for level in &service.levels {
            described(&[level.kind], |kind| self.kind(*kind).is_some())?;
            described(&level.documents, |id| self.document(id).is_some())?;
            described(&level.when, |condition| self.meaning(condition.fact).is_some())?;
        }
        Ok(())
    }
}

fn once<T: std::hash::Hash + Eq + std::fmt::Debug>(
    names: impl Iterator<Item = T>,
) -> Result<(), CatalogueError> {
    let mut seen = HashSet::new();
    for name in names {
        let told = format!("{name:?}");
        if !seen.insert(name) {
            return Err(CatalogueError::Twice(told));
        }
    }
    Ok(())
}

fn described<T: std::fmt::Debug>(names: &[T], known: impl Fn(&T) -> bool) -> Result<(), CatalogueError> {
    match names.iter().find(|name| !known(name)) {
        Some(name) => Err(CatalogueError::NotDescribed(format!("{name:?}"))),
        None => Ok(()),
    }
}

impl Service {
    /// Its levels, as the rules of the core take them.
    #[must_use]
    pub fn rungs(&self) -> Vec<Rung> {
        self.levels.iter().map(|level| Rung { order: level.order, when: level.when.clone() }).collect()
    }
}

#[cfg(test)]
mod tests;
