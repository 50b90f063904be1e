//! The platform's list of services, read from what its signature vouches for.
//!
//! A service that is wrong in itself is skipped and said so; the rest of the list counts. Versions 1 and 2 are read, mixed
//! too, as the platform's own client does. Source: docs/reference/ehealth-bcp.md, sections 3 and 8.

mod fetch;

use jiff::{SignedDuration, Timestamp};
use openssl::sha::sha256;
use relais_core::continuity::list::{BadService, Endpoint, Service, ServiceKey, ServiceList};
use relais_core::{Code, Problem};

use crate::transport::{HostList, Url};
use crate::xml::XmlError;
use crate::xml::names::{NONE, SERVICE_LIST_V1, SERVICE_LIST_V2};
use crate::xml::tree::Element;
use crate::xml::verify::{self, Trust};

pub use fetch::{FetchError, Fetched, New, Source};

/// How far the platform's clock may be ahead of ours. Source: policy.toml, `skew`.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What a list has to be, to be believed.
#[derive(Debug)]
pub struct Expected<'a> {
    /// Who signs, by which anchors, and the moment of judgement.
    pub trust: &'a Trust,
    /// The platform's word for the environment: `Production`, `Acceptation`. `None` takes any.
    pub environment: Option<&'a str>,
    /// Hosts that may be called. `None` takes any.
    pub hosts: Option<&'a HostList>,
}

/// A list that is believed, and what of it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The list.
    pub list: ServiceList,
    /// Version of the document: 1 or 2.
    pub version: u8,
    /// The platform's word for its environment.
    pub environment: String,
    /// Services that were left out.
    pub skipped: Vec<Skipped>,
}

/// A service that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its key, as far as it has one.
    pub key: String,
    /// Why.
    pub problem: Problem,
}

/// Why a list is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Its signature, or its shape.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// It belongs to another environment.
    #[error("the list of another environment")]
    Environment,
    /// It says no time, or one that is still to come.
    #[error("the time of the list is missing or to come")]
    Time,
}

impl ListError {
    /// The code, with values that may be shown.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Xml(error) => error.problem(),
            Self::Environment => Code::LIST_OTHER_ENVIRONMENT.into(),
            Self::Time => Code::LIST_TIME.into(),
        }
    }
}

/// Verifies a list and reads it.
///
/// # Errors
/// When it is not believed; a service that is wrong is none, it is in [`Read::skipped`].
pub fn read(document: &[u8], expected: &Expected<'_>) -> Result<Read, ListError> {
    let verified = verify::service_list(document, expected.trust)?.verified;
    let root = verified.element();
    let environment = value(root, "Environment").ok_or(ListError::Environment)?;
    if expected.environment.is_some_and(|wanted| wanted != environment) {
        return Err(ListError::Environment);
    }
    let issued_at = value(root, "IssueInstant").and_then(|at| at.parse::<Timestamp>().ok());
    let issued_at = issued_at.ok_or(ListError::Time)?;
    if issued_at.duration_since(expected.trust.at) > SKEW {
        return Err(ListError::Time);
    }
    let (services, skipped) = services(root, expected.hosts);
    Ok(Read {
        list: ServiceList { issued_at, digest: sha256(document), services },
        version: if root.is(SERVICE_LIST_V2, "ServiceList") { 2 } else { 1 },
        environment: environment.to_owned(),
        skipped,
    })
}

fn services(root: Element<'_>, hosts: Option<&HostList>) -> (Vec<Service>, Vec<Skipped>) {
    let elements: Vec<_> = root.children().filter(|child| either(*child, "Service")).collect();
    let keys: Vec<_> = elements.iter().map(|element| key(*element)).collect();
    let (mut services, mut skipped) = (vec![], vec![]);
    for (element, key) in elements.iter().zip(&keys) {
        let twice = keys.iter().filter(|other| *other == key).count() > 1;
        let read = if twice { Err(Code::SERVICE_TWICE.into()) } else { service(*element, key, hosts) };
        match read {
            Ok(service) => services.push(service),
            Err(problem) => skipped.push(Skipped { key: key.clone(), problem }),
        }
    }
    (services, skipped)
}

fn service(element: Element<'_>, key: &str, hosts: Option<&HostList>) -> Result<Service, Problem> {
    let name = value(element, "Name").filter(|_| !key.is_empty()).ok_or(Code::SERVICE_SHAPE)?;
    let holder = element.child(SERVICE_LIST_V2, "EndpointList").unwrap_or(element);
    let endpoints = holder.children().filter(|child| either(*child, "Endpoint"));
    let endpoints = endpoints.map(|child| endpoint(child, hosts)).collect::<Result<_, Problem>>()?;
    Service::new(ServiceKey(key.to_owned()), name.to_owned(), endpoints).map_err(|bad| code(bad).into())
}

fn endpoint(element: Element<'_>, hosts: Option<&HostList>) -> Result<Endpoint, Problem> {
    let order = value(element, "Order").and_then(|order| order.parse().ok()).ok_or(Code::SERVICE_SHAPE)?;
    let active = match value(element, "Status") {
        Some("ACTIVE") => true,
        Some("INACTIVE") => false,
        _ => return Err(Code::SERVICE_SHAPE.into()),
    };
    let text = element.text().map_err(|_| Code::SERVICE_ADDRESS)?;
    let url = Url::parse(text.trim()).map_err(|_| Code::SERVICE_ADDRESS)?;
    if url.scheme() != "https" {
        return Err(Code::SERVICE_ADDRESS.into());
    }
    if hosts.is_some_and(|hosts| !hosts.allows(&url)) {
        return Err(Problem::new(Code::SERVICE_HOST).with("host", url.host_str().unwrap_or_default()));
    }
    Ok(Endpoint { order, url: url.into(), active })
}

fn code(bad: BadService) -> Code {
    match bad {
        BadService::NoMain => Code::SERVICE_WITHOUT_MAIN,
        BadService::SameOrder => Code::SERVICE_SAME_ORDER,
        BadService::NotOneActive => Code::SERVICE_NOT_ONE_ACTIVE,
    }
}

/// The key without the blanks and the stray apostrophe that lists were published with.
fn key(element: Element<'_>) -> String {
    value(element, "Id").unwrap_or_default().trim_end_matches('\'').to_owned()
}

/// An attribute without the blanks around it; an empty one is none.
fn value<'t>(element: Element<'t>, name: &str) -> Option<&'t str> {
    element.attribute(NONE, name).map(str::trim).filter(|value| !value.is_empty())
}

/// It has this name in either version; lists mix them.
fn either(element: Element<'_>, name: &str) -> bool {
    element.is(SERVICE_LIST_V1, name) || element.is(SERVICE_LIST_V2, name)
}
