//! The platform's own word: its signed list of services, once the signature has been verified.
//!
//! Reading and verifying is the wire's work; here is which list counts, and what it says of an address.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Names a service, as the platform's registry does: `uddi:ehealth-fgov-be:business:kgss:v1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceKey(pub String);

/// One address of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Its place: 0 is the main one.
    pub order: u32,
    /// The address in its normal form, `https` and of an allowed host.
    pub url: String,
    /// Whether the platform wants calls to go here.
    pub active: bool,
}

/// A service of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its key.
    pub key: ServiceKey,
    /// Its name, as the platform writes it.
    pub name: String,
    /// Its addresses by `order`, each order once, the first of order 0, exactly one active.
    endpoints: Vec<Endpoint>,
}

/// What is wrong with the addresses of a service. It is skipped and the rest of the list kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BadService {
    /// Nobody is the main one.
    #[error("no address of order 0")]
    NoMain,
    /// Two addresses claim the same place.
    #[error("two addresses of the same order")]
    SameOrder,
    /// No address takes calls, or more than one does.
    #[error("not exactly one active address")]
    NotOneActive,
}

impl Service {
    /// A service with these addresses, in whatever order they come.
    ///
    /// # Errors
    /// When the addresses do not say which is the main one and which takes calls.
    pub fn new(key: ServiceKey, name: String, mut endpoints: Vec<Endpoint>) -> Result<Self, BadService> {
        endpoints.sort_by_key(|endpoint| endpoint.order);
        if endpoints.first().is_none_or(|first| first.order != 0) {
            return Err(BadService::NoMain);
        }
        if endpoints.windows(2).any(|pair| pair[0].order == pair[1].order) {
            return Err(BadService::SameOrder);
        }
        if endpoints.iter().filter(|endpoint| endpoint.active).count() != 1 {
            return Err(BadService::NotOneActive);
        }
        Ok(Self { key, name, endpoints })
    }

    /// Its addresses, the main one first.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The address that the platform wants called.
    #[must_use]
    pub fn active(&self) -> &Endpoint {
        self.endpoints.iter().find(|endpoint| endpoint.active).unwrap_or(&self.endpoints[0])
    }

    /// Whether the platform has moved it away from its main address.
    #[must_use]
    pub fn on_backup(&self) -> bool {
        self.active().order != 0
    }

    /// Whether one of its addresses is this one.
    #[must_use]
    pub fn answers_at(&self, url: &str) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.url == url)
    }
}

/// A list whose signature, signer and environment were found good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceList {
    /// When the platform issued it.
    pub issued_at: Timestamp,
    /// SHA-256 of the document, so that two lists of the same instant can be told apart.
    pub digest: [u8; 32],
    /// Its services, in the order of the document.
    pub services: Vec<Service>,
}

impl ServiceList {
    /// The service to which an address belongs, else the one of this key.
    ///
    /// The address comes first: the registry's key of a service is not always the list's (member data has two).
    #[must_use]
    pub fn service(&self, url: Option<&str>, key: &ServiceKey) -> Option<&Service> {
        let by_url = |url| self.services.iter().find(|service| service.answers_at(url));
        url.and_then(by_url).or_else(|| self.services.iter().find(|service| service.key == *key))
    }
}

/// Why a list that is good in itself does not take the place of the one at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refused {
    /// It was issued before the one at hand.
    #[error("older than the list at hand")]
    Older,
    /// It was issued at the same instant and says something else.
    #[error("another list of the same instant")]
    Twin,
}

/// Whether `fresh` takes the place of `held`. The same document again does, and changes nothing.
///
/// # Errors
/// When it is older, or claims the instant of the one at hand with other bytes (docs/threat-model.md, T16).
pub fn accept(held: Option<&ServiceList>, fresh: &ServiceList) -> Result<(), Refused> {
    match held {
        Some(held) if fresh.issued_at < held.issued_at => Err(Refused::Older),
        Some(held) if fresh.issued_at == held.issued_at && fresh.digest != held.digest => Err(Refused::Twin),
        _ => Ok(()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(in super::super) fn endpoint(order: u32, active: bool) -> Endpoint {
        Endpoint { order, url: format!("https://zone{order}.test/Kgss/v1"), active }
    }

    pub(in super::super) fn service(active: u32, of: u32) -> Service {
        let endpoints = (0..of).map(|order| endpoint(order, order == active)).collect();
        Service::new(ServiceKey("uddi:test:kgss:v1".into()), "KGSS".into(), endpoints).unwrap()
    }

    fn list(second: i64, digest: u8) -> ServiceList {
        let issued_at = Timestamp::from_second(second).unwrap();
        ServiceList { issued_at, digest: [digest; 32], services: vec![service(0, 2)] }
    }

    #[test]
    fn addresses_are_taken_by_their_order_whatever_the_documents() {
        let endpoints = vec![endpoint(2, false), endpoint(0, false), endpoint(1, true)];
        let service = Service::new(ServiceKey("k".into()), "K".into(), endpoints).unwrap();
        let orders: Vec<_> = service.endpoints().iter().map(|endpoint| endpoint.order).collect();
        assert_eq!(orders, [0, 1, 2]);
        assert_eq!((service.active().order, service.on_backup()), (1, true));
    }

    #[test]
    fn a_service_that_does_not_say_who_is_main_or_active_is_bad() {
        let new = |endpoints| Service::new(ServiceKey("k".into()), "K".into(), endpoints).unwrap_err();
        assert_eq!(new(vec![]), BadService::NoMain);
        assert_eq!(new(vec![endpoint(1, true)]), BadService::NoMain);
        assert_eq!(new(vec![endpoint(0, true), endpoint(0, false)]), BadService::SameOrder);
        assert_eq!(new(vec![endpoint(0, false)]), BadService::NotOneActive);
        assert_eq!(new(vec![endpoint(0, true), endpoint(1, true)]), BadService::NotOneActive);
    }

    #[test]
    fn a_service_is_found_by_its_address_before_its_key() {
        let list = list(0, 0);
        let other = ServiceKey("uddi:test:another-name:v1".into());
        assert!(list.service(Some("https://zone1.test/Kgss/v1"), &other).is_some());
        assert!(list.service(Some("https://elsewhere.test/"), &list.services[0].key).is_some());
        assert!(list.service(Some("https://elsewhere.test/"), &other).is_none());
    }

    #[test]
    fn an_older_list_and_a_twin_are_refused_and_the_same_again_is_not() {
        assert_eq!(accept(None, &list(5, 1)), Ok(()));
        assert_eq!(accept(Some(&list(5, 1)), &list(5, 1)), Ok(()));
        assert_eq!(accept(Some(&list(5, 1)), &list(5, 2)), Err(Refused::Twin));
        assert_eq!(accept(Some(&list(5, 1)), &list(4, 1)), Err(Refused::Older));
        assert_eq!(accept(Some(&list(5, 1)), &list(6, 2)), Ok(()));
    }

    proptest! {
        #[test]
        fn whatever_lists_come_the_one_at_hand_never_grows_older(lists in prop::collection::vec((0i64..9, 0u8..3), 1..40)) {
            let mut held: Option<ServiceList> = None;
            for (second, digest) in lists {
                let fresh = list(second, digest);
                let before = held.as_ref().map(|held| held.issued_at);
                if accept(held.as_ref(), &fresh).is_ok() {
                    held = Some(fresh);
                }
                prop_assert!(held.as_ref().map(|held| held.issued_at) >= before);
            }
        }
    }
}
