//! Zones, services, the list and scenarios, as the client of Relais and the control endpoint meet them (T16, F27).

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use openssl::x509::X509;
use proptest::prelude::*;
use relais_core::Code;
use relais_core::continuity::list::{Refused, ServiceKey, ServiceList, accept};
use relais_core::time::Clock;
use relais_ehealth::service_list::{FetchError, Fetched, New, Source};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, TransportError, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_host::profile::Profile;
use relais_host::services::Catalogue;
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::continuity::registry::{ROWS, Zone};
use relais_sandbox::platform::continuity::scenario::Scenario;
use relais_sandbox::platform::continuity::situation::{Act, ListState, Place, Situation};
use relais_sandbox::platform::service_list::Form;
use relais_sandbox::platform::{Ports, Served};

use crate::control::told;
use crate::world::{Sandbox, noon};

const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";
const STS: &str = "uddi:ehealth-fgov-be:business:iamsecuritytokenservice:v1";
const EATTEST: &str = "uddi:ehealth-fgov-be:business:mycareneteattest:v3";

fn place(service: &str, zone: Zone) -> Place {
    Place { service: service.to_owned(), zone }
}

/// A client made of what the profile says, and of nothing else.
pub struct Client {
    profile: Profile,
    transport: Transport,
    source: Source,
}

impl Client {
    pub fn of(served: &Served) -> Self {
        let profile = Profile::load(served.profile_path()).unwrap();
        let hosts = HostList::parse(&profile.allowed).unwrap();
        let mut settings = Settings::new(hosts.clone(), Trust::Only(profile.trust.tls.clone()));
        settings.proxy = ProxyChoice::Direct;
        settings.limits.deadline = Duration::from_secs(5);
        let list = profile.service_list.as_ref().unwrap();
        let source = Source {
            base: Url::parse(&list.base).unwrap(),
            anchors: profile.trust.ehealth.clone(),
            signer: list.signer.iter().map(|one| WholeAttribute::parse(one).unwrap()).collect(),
            environment: list.environment.clone(),
            hosts,
        };
        Self { transport: Transport::new(settings).unwrap(), source, profile }
    }

    async fn fetch(&self, at: Timestamp) -> Result<Box<New>, FetchError> {
        match self.source.fetch(&self.transport, None, at).await? {
            Fetched::New(new) => Ok(new),
            Fetched::Same => panic!("nothing was known"),
        }
    }

    pub async fn list(&self, at: Timestamp) -> ServiceList {
        let new = self.fetch(at).await.unwrap();
        assert_eq!(new.read.skipped, []);
        new.read.list
    }

    async fn probe(&self, url: &str) -> Result<u16, TransportError> {
        Ok(self.transport.head(&Url::parse(url).unwrap()).await?.status)
    }
}

fn active(list: &ServiceList, key: &str) -> String {
    let service = list.service(None, &ServiceKey(key.to_owned())).unwrap();
    service.active().url.clone()
}

fn now(sandbox: &Sandbox) -> Timestamp {
    sandbox.world.clock().now().wall
}

#[tokio::test]
async fn the_profile_leads_to_a_list_that_is_believed_and_to_every_address_in_it() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let list = client.list(noon()).await;
    assert_eq!(list.services.len(), ROWS.iter().filter(|row| row.listed.is_some()).count());
    assert!(list.services.iter().all(|service| !service.on_backup()));
    for endpoint in list.services.iter().flat_map(|service| service.endpoints()) {
        let answered = client.probe(&endpoint.url).await.unwrap();
        // The STS takes POST only.
        assert!([200, 405].contains(&answered), "{}: {answered}", endpoint.url);
    }
    for (key, url) in &client.profile.services {
        if let Some(service) = list.service(None, &ServiceKey(key.clone())) {
            assert_eq!(service.endpoints()[0].url, *url, "{key}");
        }
        assert!(client.probe(url).await.is_ok(), "{key}");
    }
    let orders = |key: &str| list.service(None, &ServiceKey(key.to_owned())).unwrap().endpoints().len();
    assert_eq!([STS, EATTEST, "uddi:ehealth-fgov-be:business:insurability:v2"].map(orders), [2, 2, 3]);
}

#[tokio::test]
async fn a_switch_is_published_at_once_and_is_never_a_twin() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let mut held = client.list(noon()).await;
    for zone in [Zone::Backup, Zone::Main, Zone::Backup] {
        // The clock stands, and still each list is later than the one before.
        sandbox.served.stage().act(&Act::Publish(place(KGSS, zone))).await.unwrap();
        let fresh = client.list(noon()).await;
        assert!(fresh.issued_at > held.issued_at);
        assert_eq!(accept(Some(&held), &fresh), Ok(()));
        let service = fresh.service(None, &ServiceKey(KGSS.to_owned())).unwrap();
        assert_eq!(service.on_backup(), zone == Zone::Backup);
        held = fresh;
    }
    // Also where the sandbox is served again on other ports, by a clock that still stands.
    let Sandbox { world, served, dir } = sandbox;
    served.stop().await;
    let served = world.serve(Ports::default()).await.unwrap();
    let fresh = Client::of(&served).list(noon()).await;
    assert_eq!(accept(Some(&held), &fresh), Ok(()));
    drop(dir);
}

#[tokio::test]
async fn both_versions_of_the_schema_say_the_same() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    sandbox.served.stage().act(&Act::Publish(place(KGSS, Zone::Backup))).await.unwrap();
    let first = client.fetch(noon()).await.unwrap().read;
    assert_eq!(first.version, 1);
    for (form, version) in [(Form::V2, 2), (Form::Mixed, 1)] {
        sandbox.served.stage().act(&Act::Form(form)).await.unwrap();
        let read = client.fetch(noon()).await.unwrap().read;
        assert_eq!((read.version, &read.skipped), (version, &vec![]), "{form:?}");
        assert_eq!(read.list.services, first.list.services, "{form:?}");
    }
}

#[tokio::test]
async fn a_list_nobody_should_believe_has_its_code_and_the_honest_one_comes_back() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let held = client.list(noon()).await;
    for (state, code) in [
        (ListState::BadSignature, Code::XML_SIGNATURE),
        (ListState::WrongSigner, Code::XML_SIGNER),
        (ListState::OtherEnvironment, Code::LIST_OTHER_ENVIRONMENT),
        (ListState::ToCome, Code::LIST_TIME),
    ] {
        sandbox.served.stage().act(&Act::List(state)).await.unwrap();
        let error = client.fetch(noon()).await.unwrap_err();
        assert_eq!(error.problem().code, code, "{state:?}: {error}");
    }
    for (state, refused) in [(ListState::Old, Refused::Older), (ListState::Twin, Refused::Twin)] {
        sandbox.served.stage().act(&Act::List(state)).await.unwrap();
        let fresh = client.list(noon()).await;
        assert_eq!(accept(Some(&held), &fresh), Err(refused));
    }
    sandbox.served.stage().act(&Act::List(ListState::Gone)).await.unwrap();
    assert!(matches!(client.fetch(noon()).await, Err(FetchError::Transport(_))));
    sandbox.served.stage().act(&Act::List(ListState::Honest)).await.unwrap();
    assert_eq!(client.list(noon()).await, held);
}

#[tokio::test]
async fn a_lost_zone_refuses_connections_and_the_others_answer() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let list = client.list(noon()).await;
    let urls = |key: &str| -> Vec<String> {
        let service = list.service(None, &ServiceKey(key.to_owned())).unwrap();
        service.endpoints().iter().map(|endpoint| endpoint.url.clone()).collect()
    };
    let (sts, eattest) = (urls(STS), urls(EATTEST));
    sandbox.served.stage().act(&Act::Lose(Zone::Main)).await.unwrap();
    for url in [&sts[0], &eattest[0]] {
        assert!(matches!(client.probe(url).await, Err(TransportError::Unreachable)), "{url}");
    }
    assert_eq!(client.probe(&sts[1]).await, Ok(405));
    assert_eq!(client.probe(&eattest[1]).await, Ok(200));
    sandbox.served.stage().act(&Act::Lose(Zone::Mycarenet)).await.unwrap();
    assert!(client.probe(&eattest[1]).await.is_err());
    sandbox.served.stage().act(&Act::AllWell).await.unwrap();
    for url in sts.iter().chain(&eattest) {
        assert!(client.probe(url).await.is_ok(), "{url}");
    }
}

#[tokio::test]
async fn a_zone_that_is_back_stays_shut_while_connections_are_refused() {
    use relais_sandbox::platform::faults::Fault;
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    sandbox.served.faults().set(Fault::RefuseConnections).await;
    sandbox.served.stage().act(&Act::Lose(Zone::Main)).await.unwrap();
    sandbox.served.stage().act(&Act::Restore(Zone::Main)).await.unwrap();
    assert!(client.probe(sandbox.served.sts_url()).await.is_err());
    sandbox.served.faults().clear().await;
    assert_eq!(client.probe(sandbox.served.sts_url()).await, Ok(405));
}

#[tokio::test]
async fn a_broken_service_fails_probes_and_calls_in_its_zone_alone() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let url = client.profile.services[KGSS].clone();
    sandbox.served.stage().act(&Act::Break(place(KGSS, Zone::Main))).await.unwrap();
    assert_eq!(sandbox.request(&url, "HEAD", &[], b"").await.status, 503);
    assert_eq!(sandbox.request(&url, "POST", &[], b"").await.fault(), "SOA-02002");
    sandbox.served.stage().act(&Act::Mend(place(KGSS, Zone::Main))).await.unwrap();
    assert_eq!(sandbox.request(&url, "HEAD", &[], b"").await.status, 200);
    assert_eq!(sandbox.request(&url, "POST", &[], b"").await.fault(), "SOA-03005");
    assert_eq!(sandbox.request(&format!("{url}x"), "GET", &[], b"").await.status, 404);
    sandbox.served.stage().act(&Act::Break(place(STS, Zone::Main))).await.unwrap();
    assert_eq!(sandbox.request(sandbox.served.sts_url(), "POST", &[], b"").await.fault(), "SOA-02002");
    // Two keys, one address.
    let memberdata = "uddi:ehealth-fgov-be:business:mycarenetmemberdata:v1";
    sandbox.served.stage().act(&Act::Break(place(memberdata, Zone::Main))).await.unwrap();
    let listed = client.profile.services["uddi:ehealth-fgov-be:business:memberdata:v1"].clone();
    assert_eq!(sandbox.request(&listed, "GET", &[], b"").await.status, 503);
}

#[tokio::test]
async fn a_scenario_goes_by_turned_time_and_leaves_all_well() {
    let sandbox = Sandbox::open().await;
    let client = Client::of(&sandbox.served);
    let stage = sandbox.served.stage();
    stage.play("sts-zone-lost").await.unwrap();
    let main = client.probe(sandbox.served.sts_url()).await;
    assert_eq!(main, Ok(405), "nothing happens before its time");
    let turn = |minutes| sandbox.world.clock().turn(Turn::all(SignedDuration::from_mins(minutes)));
    turn(1);
    stage.settle().await;
    assert!(client.probe(sandbox.served.sts_url()).await.is_err());
    turn(15);
    let list = client.list(now(&sandbox)).await;
    assert_ne!(active(&list, STS), sandbox.served.sts_url(), "asking for the list does what is due");
    assert_eq!(client.probe(&active(&list, STS)).await, Ok(405));
    // A PC that slept through the rest finds it over.
    turn(600);
    let list = client.list(now(&sandbox)).await;
    assert_eq!(active(&list, STS), sandbox.served.sts_url());
    assert_eq!((stage.situation(), stage.playing()), (Situation::default(), None));
}

#[tokio::test]
async fn another_process_sets_the_stage() {
    let sandbox = Sandbox::open().await;
    let usual =
        r#"{"lost":[],"broken":[],"flapping":[],"published":{},"list":"honest","form":"v1","playing":null}"#;
    assert_eq!(told(&sandbox, "GET", "/v1/continuity", "").await.body, usual);
    let act = |act: &'static str| told(&sandbox, "POST", "/v1/continuity", act);
    assert!(act(r#"{"lose":"mycarenet"}"#).await.body.contains(r#""lost":["mycarenet"]"#));
    assert!(act(r#"{"list":"bad-signature"}"#).await.body.contains(r#""list":"bad-signature""#));
    assert_eq!(act(r#"{"break":{"service":"uddi:nothing","zone":"main"}}"#).await.status, 409);
    assert_eq!(act(r#"{"explode":"main"}"#).await.status, 400);
    assert_eq!(act(r#""all-well""#).await.body, usual);
    let put = told(&sandbox, "PUT", "/v1/continuity", r#"{"lost":["backup"]}"#).await;
    assert!(put.body.contains(r#""lost":["backup"]"#), "{}", put.body);
    assert_eq!(
        told(&sandbox, "PUT", "/v1/continuity", r#"{"published":{"uddi:x":"main"}}"#).await.status,
        409
    );

    let known = told(&sandbox, "GET", "/v1/scenarios", "").await;
    for (name, _) in Scenario::all() {
        assert!(known.body.contains(&format!(r#""name":"{name}""#)), "{}", known.body);
    }
    let cue = |cue: &'static str| told(&sandbox, "POST", "/v1/scenarios", cue);
    assert_eq!(cue(r#"{"play":"the-flood"}"#).await.status, 404);
    assert_eq!(cue(r#""next""#).await.status, 409);
    let playing = cue(r#"{"play":"everything-lost"}"#).await;
    assert!(playing.body.contains(r#""playing":{"scenario":"everything-lost","left":5"#), "{}", playing.body);
    let next = cue(r#""next""#).await;
    assert!(
        next.body.contains(r#""lost":["main","backup"]"#) && next.body.contains(r#""left":4"#),
        "{}",
        next.body
    );
    assert_eq!(cue(r#""stop""#).await.body, usual);
}

#[test]
fn every_service_a_scenario_names_is_in_the_catalogue() {
    let catalogue = Catalogue::built_in();
    let known: BTreeSet<_> = catalogue
        .components
        .iter()
        .flat_map(|component| &component.addresses)
        .map(|address| address.key.0.as_str())
        .collect();
    for (name, scenario) in Scenario::all() {
        let acts = scenario.steps.iter().flat_map(|step| &step.acts);
        for service in acts.filter_map(Act::service) {
            assert!(known.contains(service), "{name}: {service}");
        }
    }
    // And the sandbox has every address of it, at the same path.
    for component in &catalogue.components {
        for address in &component.addresses {
            let row = ROWS.iter().find(|row| row.key == address.key.0);
            let row = row.unwrap_or_else(|| panic!("{} is not in the sandbox", address.key.0));
            let there = |path: &String| row.places.iter().any(|(_, known)| known == path);
            // The insurers' address of member data has one key in the list and another in the registry.
            let elsewhere = row.listed.is_none();
            assert!(elsewhere || address.path.as_ref().is_none_or(there), "{}", address.key.0);
        }
    }
}

fn acts() -> impl Strategy<Value = Act> {
    let zones = prop::sample::select(Zone::ALL.to_vec());
    let places = (prop::sample::select(ROWS), zones.clone())
        .prop_map(|(row, zone)| Place { service: row.key.to_owned(), zone });
    let flaps = (places.clone(), 0u32..4).prop_map(|(place, seconds)| Act::Flap {
        service: place.service,
        zone: place.zone,
        seconds,
    });
    prop_oneof![
        places.clone().prop_map(Act::Publish),
        zones.clone().prop_map(Act::PublishAll),
        places.clone().prop_map(Act::Break),
        places.prop_map(Act::Mend),
        flaps,
        zones.clone().prop_map(Act::Lose),
        zones.prop_map(Act::Restore),
        Just(Act::AllWell),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_the_situation_can_be_told_and_set_again(acts in prop::collection::vec(acts(), 0..40)) {
        let mut situation = Situation::default();
        for act in &acts {
            let before = situation.clone();
            match situation.apply(act, noon()) {
                Ok(()) => prop_assert_eq!(situation.check(), Ok(())),
                Err(_) => prop_assert_eq!(&situation, &before),
            }
            let told = serde_json::to_string(&situation).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Situation>(&told).unwrap(), &situation);
        }
    }

    #[test]
    fn no_text_breaks_the_reader_of_scenarios(text in ".{0,200}") {
        prop_assert!(Scenario::parse(&text).is_err());
    }
}

/// An anchor of the profile is what signs lists, assertions and keys.
#[tokio::test]
async fn the_list_is_signed_under_the_anchors_of_the_profile() {
    let sandbox = Sandbox::open().await;
    let profile = Profile::load(sandbox.served.profile_path()).unwrap();
    let names = |one: &X509| one.subject_name().to_der().unwrap();
    let root = names(&sandbox.world.authorities().root.certificate);
    assert!(profile.trust.ehealth.iter().any(|anchor| names(anchor) == root));
    let list = profile.service_list.unwrap();
    assert_eq!((list.environment.as_deref(), list.poll_minutes), (Some("Sandbox"), Some(1)));
}
