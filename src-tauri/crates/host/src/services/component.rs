//! What has to answer for a function to work, who runs it, and where it is found.

use relais_core::continuity::list::ServiceKey;
use serde::Deserialize;

use super::Text;

/// Something that has to answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its name here.
    pub id: String,
    /// Its name for people.
    pub name: Text,
    /// Who runs it.
    pub operator: Operator,
    /// Whose host it answers on.
    pub host: Host,
    /// Whether it moves to another zone.
    pub failover: Failover,
    /// Where it is found. Empty when that is not public.
    pub addresses: Vec<Address>,
    /// Requirements it rests on.
    pub sources: Vec<String>,
}

/// Who runs a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// The eHealth platform.
    Ehealth,
    /// Recip-e, through the platform.
    RecipE,
    /// The sickness funds.
    SicknessFunds,
    /// The Flemish Region.
    FlemishRegion,
}

/// Whose host a component answers on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Host {
    /// The platform's, in whatever zone.
    Platform,
    /// The insurers'.
    Mycarenet,
    /// One of its own.
    Own,
}

/// Whether a component moves to another zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failover {
    /// By itself.
    Automatic,
    /// The platform does not say.
    NotStated,
}

/// Where a component is found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Its key in the platform's list or registry.
    pub key: ServiceKey,
    /// Its path on its host, when no list says otherwise. `None`: not public.
    pub path: Option<String>,
}
