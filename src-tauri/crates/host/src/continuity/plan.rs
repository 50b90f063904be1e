//! What is watched in one environment: the functions of the catalogue, at the addresses of the profile.

use jiff::SignedDuration;
use relais_core::continuity::list::ServiceKey;
use relais_core::continuity::plan::{Function, Plan, Target, VITALINK};
use relais_ehealth::transport::Url;

use crate::etk_ask::DEPOT;
use crate::policy::Policy;
use crate::profile::Profile;
use crate::services::{Address, Catalogue, Host, Service};

/// The sign-in service in the platform's registry. Source: docs/reference/ehealth-bcp.md, section 5.
pub const SIGN_IN: &str = "uddi:ehealth-fgov-be:business:iamsecuritytokenservice:v1";

/// Everything that is watched.
pub(super) fn of(profile: &Profile, catalogue: &Catalogue) -> Plan {
    let every = |list: &crate::profile::ServiceList| {
        // Whatever a profile says: no platform is asked without a pause.
        let minutes = |n: u32| SignedDuration::from_mins(n.clamp(1, 60).into());
        list.poll_minutes.map_or(Policy::built_in().list_every, minutes)
    };
    Plan {
        list_every: profile.service_list.as_ref().map(every),
        functions: catalogue.services.iter().map(|service| function(service, profile, catalogue)).collect(),
    }
}

fn function(service: &Service, profile: &Profile, catalogue: &Catalogue) -> Function {
    let direct = catalogue.addresses(service, Host::Mycarenet);
    let target = |address: &Address| Target {
        key: address.key.clone(),
        default: default(&address.key, profile),
        direct: direct.iter().find(|it| it.key == address.key).and_then(|it| it.path.clone()),
    };
    let platform = catalogue.addresses(service, Host::Platform);
    // Vaccinnet is what takes Vitalink's place: whether it answers says nothing of the function.
    let region =
        catalogue.addresses(service, Host::Own).into_iter().filter(|address| address.key.0 == VITALINK);
    let components = service.components.iter().filter_map(|id| catalogue.component(id));
    Function {
        id: service.id.clone(),
        targets: platform.into_iter().chain(region).map(target).collect(),
        insurers: components.into_iter().any(|component| component.host == Host::Mycarenet),
        rungs: service.rungs(),
    }
}

/// Where a service is when the list is silent; the sign-in service is where the profile signs in, and the depot of
/// encryption keys where it says that it is.
pub(crate) fn default(key: &ServiceKey, profile: &Profile) -> Option<String> {
    let own = match key.0.as_str() {
        SIGN_IN => profile.sts.as_ref().map(|sts| sts.endpoint.clone()),
        DEPOT => profile.certificates.etkdepot.clone(),
        _ => None,
    };
    let given = own.or_else(|| profile.services.get(&key.0).cloned())?;
    // In the normal form, in which the list has its addresses.
    Url::parse(&given).ok().filter(|url| url.scheme() == "https").map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platforms_own_environments_know_where_every_function_of_the_platform_is() {
        for name in ["production", "acceptance"] {
            let plan = of(&Profile::built_in(name).unwrap(), Catalogue::built_in());
            assert_eq!(plan.list_every, Some(SignedDuration::from_mins(5)));
            assert_eq!(plan.functions.len(), 14);
            for function in &plan.functions {
                // Where Vitalink is nobody publishes.
                let platform = function.targets.iter().filter(|target| target.key.0 != VITALINK);
                assert!(
                    platform.into_iter().all(|target| target.default.is_some()),
                    "{name}: {}",
                    function.id
                );
            }
            let sign_in = plan.functions[0].targets.iter().find(|target| target.key.0 == SIGN_IN).unwrap();
            assert!(sign_in.default.as_ref().unwrap().ends_with("/IAM/SecurityTokenService/v1"));
        }
    }

    #[test]
    fn a_profile_cannot_make_anybody_ask_without_a_pause() {
        let mut profile = Profile::built_in("acceptance").unwrap();
        let mut every = |minutes| {
            profile.service_list.as_mut().unwrap().poll_minutes = Some(minutes);
            of(&profile, Catalogue::built_in()).list_every.unwrap().as_mins()
        };
        assert_eq!([every(0), every(7), every(u32::MAX)], [1, 7, 60]);
    }

    #[test]
    fn an_environment_without_a_list_looks_at_its_sign_in_service_alone() {
        let plan = of(&Profile::built_in("integration").unwrap(), Catalogue::built_in());
        let known = plan.functions.iter().flat_map(|it| &it.targets).filter(|it| it.default.is_some());
        assert_eq!((plan.list_every, known.count()), (None, 1));
    }
}
