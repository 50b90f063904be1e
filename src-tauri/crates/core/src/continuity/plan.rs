//! What is watched: the functions of the catalogue, and where this environment keeps their services.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::ladder::Rung;
use super::list::{Endpoint, Service, ServiceKey, ServiceList};

/// Everything there is to watch in one environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// How often the platform's list is looked at; none where the environment has no list.
    pub list_every: Option<SignedDuration>,
    /// The functions, in the order of the catalogue.
    pub functions: Vec<Function>,
}

/// A function that a practitioner needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name in the catalogue.
    pub id: String,
    /// The services it rests on.
    pub targets: Vec<Target>,
    /// Whether the insurers can take it over.
    pub insurers: bool,
    /// Its levels.
    pub rungs: Vec<Rung>,
}

/// One service of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its key in the registry.
    pub key: ServiceKey,
    /// Where it is when the list is silent. Empty in an environment that does not say.
    pub default: Option<String>,
    /// Its path on the insurers' own host.
    pub direct: Option<String>,
}

/// Whose address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The platform's, in whatever zone.
    Platform,
    /// The insurers' own.
    Insurers,
    /// The Flemish Region's: Vitalink.
    Region,
}

/// Stands for Vitalink, which has no key in the platform's registry: a profile may name its address under this one.
pub const VITALINK: &str = "relais:vitalink";

/// A service and the addresses it has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its key in the registry.
    pub key: ServiceKey,
    /// Its addresses, with the one that is to be called.
    pub service: Service,
    /// The list names it.
    pub listed: bool,
    /// Path on the insurers' host.
    direct: Option<String>,
}

impl Target {
    /// Where it is: by the list, else where the environment says. `None` where nobody says.
    #[must_use]
    pub fn found(&self, list: Option<&ServiceList>) -> Option<Found> {
        let direct = self.direct.clone();
        let listed = list.and_then(|list| list.service(self.default.as_deref(), &self.key));
        if let Some(service) = listed {
            return Some(Found { key: service.key.clone(), service: service.clone(), listed: true, direct });
        }
        let only = Endpoint { order: 0, url: self.default.clone()?, active: true };
        let service = Service::new(self.key.clone(), self.key.0.clone(), vec![only]).ok()?;
        Some(Found { key: self.key.clone(), service, listed: false, direct })
    }
}

impl Found {
    /// Whose an address is.
    #[must_use]
    pub fn side(&self, url: &str) -> Side {
        match &self.direct {
            _ if self.key.0 == VITALINK => Side::Region,
            Some(direct) if path(url) == direct => Side::Insurers,
            _ => Side::Platform,
        }
    }

    /// Its addresses on one side, by their order.
    pub fn on(&self, side: Side) -> impl Iterator<Item = &Endpoint> {
        self.service.endpoints().iter().filter(move |endpoint| self.side(&endpoint.url) == side)
    }

    /// Whose the address is that is to be called.
    #[must_use]
    pub fn active_side(&self) -> Side {
        self.side(&self.service.active().url)
    }
}

impl Function {
    /// Its services, each once: two keys may lead to the same.
    #[must_use]
    pub fn services(&self, list: Option<&ServiceList>) -> Vec<Found> {
        let mut seen = BTreeSet::new();
        let found = self.targets.iter().filter_map(|target| target.found(list));
        found.filter(|found| seen.insert(found.service.active().url.clone())).collect()
    }
}

/// A platform list is too old to say what is true now. Source: docs/architecture.md, "Continuity".
pub const LIST_STALE: SignedDuration = SignedDuration::from_mins(15);

/// Whether a list that was heard of at `answered` still says what is true at `now`.
#[must_use]
pub fn fresh(answered: Timestamp, now: Timestamp) -> bool {
    now.duration_since(answered).abs() <= LIST_STALE
}

/// `https://host/a/b?c` has the path `/a/b`.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// `https://host:1/a` is on `host:1`.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(order: u32, url: &str, active: bool) -> Endpoint {
        Endpoint { order, url: url.into(), active }
    }

    /// Member data, under another key than the registry's.
    fn list() -> ServiceList {
        let endpoints = vec![
            endpoint(0, "https://platform.test/MyCareNet/MemberData/v1", true),
            endpoint(1, "https://insurers.test:9443/mycarenet/bed/bcp/memberData", false),
        ];
        let key = ServiceKey("uddi:memberdata:v1".into());
        let services = vec![Service::new(key, "MCN MEMBERDATA".into(), endpoints).unwrap()];
        ServiceList { issued_at: Timestamp::UNIX_EPOCH, digest: [0; 32], services }
    }

    fn target(key: &str) -> Target {
        Target {
            key: ServiceKey(key.into()),
            default: Some("https://platform.test/MyCareNet/MemberData/v1".into()),
            direct: Some("/mycarenet/bed/bcp/memberData".into()),
        }
    }

    #[test]
    fn two_keys_of_one_address_are_one_service_of_the_list() {
        let targets = vec![target("uddi:memberdata:v1"), target("uddi:mycarenetmemberdata:v1")];
        let function = Function { id: "memberdata".into(), targets, insurers: true, rungs: vec![] };
        let list = list();
        let found = function.services(Some(&list));
        assert_eq!(found.len(), 1);
        assert!(found[0].listed);
        let insurers: Vec<_> = found[0].on(Side::Insurers).map(|it| it.order).collect();
        assert_eq!((found[0].active_side(), insurers), (Side::Platform, vec![1]));
    }

    #[test]
    fn without_a_list_a_service_is_where_the_environment_says() {
        let found = target("uddi:x").found(None).unwrap();
        assert!(!found.listed && !found.service.on_backup());
        let nowhere = Target { default: None, ..target("uddi:x") };
        assert_eq!(nowhere.found(None), None);
    }

    #[test]
    fn an_address_is_cut_where_host_and_path_meet() {
        assert_eq!((host("https://a.test:1/b/c"), path("https://a.test:1/b/c?d")), ("a.test:1", "/b/c"));
        assert_eq!((host("https://a.test"), path("https://a.test")), ("a.test", ""));
    }
}
