//! Lists of services as the platform publishes them, and as it should not: signed by xmlsec1, read by us
//! (docs/threat-model.md, T16).

use relais_core::Code;
use relais_core::continuity::list::{ServiceKey, accept};
use relais_ehealth::service_list::{Expected, ListError, Read, read};
use relais_ehealth::transport::HostList;
use relais_ehealth::xml::XmlError;
use relais_ehealth::xml::verify::{Trust, WholeAttribute};

use super::documents::trust_in;
use super::keys::platform;
use super::theirs::{list_template, signed};

const KGSS: &str = r#"<Service Id="uddi:x:kgss:v1" Name="KGSS"><Endpoint Order="1" Status="INACTIVE">https://zone1.test/Kgss/v1</Endpoint><Endpoint Order="0" Status="ACTIVE">https://zone0.test/Kgss/v1</Endpoint></Service>"#;

fn trust() -> Trust {
    trust_in(&["OU=SERVICELIST", "OU=CBE=0809394427"])
}

fn hosts() -> HostList {
    HostList::parse(&["zone0.test", "zone1.test", "services-acpt.ehealth.fgov.be"]).unwrap()
}

/// A list with these services beside a good one.
fn beside_kgss(services: &str) -> String {
    let template = list_template(&platform().list);
    let (before, rest) = template.split_once("<Service ").unwrap();
    let (_, after) = rest.split_once("</Service>").unwrap();
    format!("{before}{services}{KGSS}{after}")
}

fn sign(template: &str) -> Vec<u8> {
    signed(template, &platform().list, "//*[local-name()='Signature']")
}

fn read_with(document: &[u8], environment: Option<&str>) -> Result<Read, ListError> {
    let (trust, hosts) = (trust(), hosts());
    read(document, &Expected { trust: &trust, environment, hosts: Some(&hosts) })
}

fn read_services(services: &str) -> Read {
    read_with(&sign(&beside_kgss(services)), Some("Acceptation")).unwrap()
}

#[test]
fn the_quirks_of_real_lists_are_read() {
    let read = read_with(&sign(&list_template(&platform().list)), Some("Acceptation")).unwrap();
    let [service] = &read.list.services[..] else { panic!("{read:?}") };
    assert_eq!(service.key, ServiceKey("uddi:x:v1".into()), "without the stray apostrophe");
    assert_eq!(service.active().url, "https://services-acpt.ehealth.fgov.be/X/v1", "without the blanks");
    assert_eq!((read.version, read.environment.as_str(), read.skipped.len()), (1, "Acceptation", 0));
    assert_eq!(read.list.issued_at, "2026-03-02T07:00:00Z".parse().unwrap());
}

#[test]
fn addresses_are_ordered_and_a_backup_is_seen() {
    let read = read_services("");
    let kgss = &read.list.services[0];
    let urls: Vec<_> = kgss.endpoints().iter().map(|endpoint| endpoint.url.as_str()).collect();
    assert_eq!(urls, ["https://zone0.test/Kgss/v1", "https://zone1.test/Kgss/v1"]);
    assert!(!kgss.on_backup());
    let switched = KGSS.replace("INACTIVE", "?").replace("\"ACTIVE", "\"INACTIVE").replace('?', "ACTIVE");
    let read = read_services(&switched.replace("kgss", "other"));
    assert!(read.list.services[0].on_backup() && !read.list.services[1].on_backup());
}

#[test]
fn services_of_version_2_stand_beside_those_of_version_1() {
    let second = r#"<b:Service xmlns:b="urn:be:fgov:ehealth:bcp:protocol:v2" Id="uddi:x:tsa:v2" Name="TSA"><b:EndpointList><b:Endpoint Order="0" Status="ACTIVE">https://zone0.test/Tsa/v2</b:Endpoint></b:EndpointList><b:Cache Strategy="ENDPOINT_FIRST"><b:Key Tranform="xslt" Inline="false">x</b:Key><b:Expiry Type="ttl" Duration="PT1H"/></b:Cache></b:Service>"#;
    let read = read_services(second);
    let keys: Vec<_> = read.list.services.iter().map(|service| service.key.0.as_str()).collect();
    assert_eq!((keys, read.skipped.len()), (vec!["uddi:x:tsa:v2", "uddi:x:kgss:v1"], 0));
    let document = beside_kgss("").replace("protocol:v1", "protocol:v2");
    let document = document.replace("<Endpoint Order=\"1\"", "<EndpointList><Endpoint Order=\"1\"");
    let document = document.replace("</Service>", "</EndpointList></Service>");
    let read = read_with(&sign(&document), Some("Acceptation")).unwrap();
    assert_eq!((read.version, read.list.services.len()), (2, 1));
}

#[test]
fn a_service_that_is_wrong_is_skipped_by_its_code_and_the_rest_counts() {
    let of = |id: &str, endpoints: &str| format!("<Service Id=\"{id}\" Name=\"X\">{endpoints}</Service>");
    let at = |order: &str, status: &str, url: &str| {
        format!("<Endpoint Order=\"{order}\" Status=\"{status}\">{url}</Endpoint>")
    };
    let good = at("0", "ACTIVE", "https://zone0.test/X");
    for (services, code) in [
        (of("uddi:x", &at("1", "ACTIVE", "https://zone0.test/X")), Code::SERVICE_WITHOUT_MAIN),
        (of("uddi:x", ""), Code::SERVICE_WITHOUT_MAIN),
        (of("uddi:x", &format!("{good}{good}")), Code::SERVICE_SAME_ORDER),
        (of("uddi:x", &at("0", "INACTIVE", "https://zone0.test/X")), Code::SERVICE_NOT_ONE_ACTIVE),
        (
            of("uddi:x", &format!("{good}{}", at("1", "ACTIVE", "https://zone1.test/X"))),
            Code::SERVICE_NOT_ONE_ACTIVE,
        ),
        (of("uddi:x", &at("0", "ACTIVE", "http://zone0.test/X")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", "zone0.test/X")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", "")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", "https://zone0.test/<b/>X")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", "https://evil.test/X")), Code::SERVICE_HOST),
        (of("uddi:x", &at("0", "ACTIVE", "https://zone0.test@evil.test/X")), Code::SERVICE_HOST),
        (of("uddi:x", &at("0", "ACTIVE", "ftp://zone0.test/X")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", " \n ")), Code::SERVICE_ADDRESS),
        (of("uddi:x", &at("0", "ACTIVE", "https://zone0.test.evil.test/X")), Code::SERVICE_HOST),
        (of("uddi:x", &at("0", "INACTIVE", "https://zone0.test/X").repeat(2)), Code::SERVICE_SAME_ORDER),
        (of("uddi:x", &at("-1", "ACTIVE", "https://zone0.test/X")), Code::SERVICE_SHAPE),
        (of("uddi:x", &at("", "ACTIVE", "https://zone0.test/X")), Code::SERVICE_SHAPE),
        (of("uddi:x", &at("4294967296", "ACTIVE", "https://zone0.test/X")), Code::SERVICE_SHAPE),
        (of("uddi:x", &at("0", "", "https://zone0.test/X")), Code::SERVICE_SHAPE),
        (of("uddi:x", "<Endpoint>https://zone0.test/X</Endpoint>"), Code::SERVICE_SHAPE),
        ("<Service Id=\"uddi:x\"/>".to_owned(), Code::SERVICE_SHAPE),
        (of("uddi:x", &at("0", "active", "https://zone0.test/X")), Code::SERVICE_SHAPE),
        (of("", &good), Code::SERVICE_SHAPE),
        (format!("{0}{0}", of("uddi:x", &good)), Code::SERVICE_TWICE),
        (of("uddi:x", &good) + &of(" uddi:x' ", &good), Code::SERVICE_TWICE),
    ] {
        let read = read_services(&services);
        let keys: Vec<_> = read.list.services.iter().map(|service| service.key.0.as_str()).collect();
        assert_eq!(keys, ["uddi:x:kgss:v1"], "{services}");
        assert!(
            !read.skipped.is_empty() && read.skipped.iter().all(|skipped| skipped.problem.code == code),
            "{services}: {read:?}"
        );
    }
}

#[test]
fn stray_blanks_around_a_key_an_order_or_an_address_are_no_reason_to_skip_a_service() {
    let service = "<Service Id=\" uddi:x \" Name=\" X \"><Endpoint Order=\" 0 \" Status=\" ACTIVE \">\n  \
                   https://zone0.test/X\t</Endpoint></Service>";
    let read = read_services(service);
    assert_eq!(read.skipped, []);
    let found = &read.list.services[0];
    assert_eq!((found.key.0.as_str(), found.active().url.as_str()), ("uddi:x", "https://zone0.test/X"));
}

#[test]
fn a_list_without_any_service_is_believed_and_says_nothing_of_any() {
    let document = beside_kgss("").replace(KGSS, "");
    let read = read_with(&sign(&document), Some("Acceptation")).unwrap();
    assert_eq!((read.list.services.len(), read.skipped.len()), (0, 0));
}

#[test]
fn a_service_that_bears_the_name_of_the_list_is_a_trick() {
    let trick = beside_kgss("<Service Id=\"list\" Name=\"X\"/>");
    let good = String::from_utf8(sign(&beside_kgss(""))).unwrap();
    let moved = good.replace("uddi:x:kgss:v1", "list");
    for document in [trick.into_bytes(), moved.into_bytes()] {
        assert_eq!(read_with(&document, None).unwrap_err(), ListError::Xml(XmlError::DuplicateId));
    }
}

#[test]
fn a_list_of_another_environment_or_time_is_not_believed() {
    let document = beside_kgss("");
    let good = sign(&document);
    assert!(read_with(&good, None).is_ok());
    for other in ["Production", "acceptation", "Acceptation2"] {
        assert_eq!(read_with(&good, Some(other)), Err(ListError::Environment));
    }
    let nameless = sign(&document.replace(" Environment=\"Acceptation\"", ""));
    assert_eq!(read_with(&nameless, Some("Acceptation")), Err(ListError::Environment));
    for at in ["2026-03-02", "yesterday", "", "2099-01-01T00:00:00Z", "2026-03-02T07:00:00"] {
        let document = sign(&document.replace("2026-03-02T07:00:00Z", at));
        assert_eq!(read_with(&document, Some("Acceptation")), Err(ListError::Time), "{at}");
    }
}

#[test]
fn a_list_of_another_signer_or_with_another_byte_is_not_believed() {
    let document = String::from_utf8(sign(&beside_kgss(""))).unwrap();
    let changed = document.replace("zone0", "zone1");
    assert!(matches!(read_with(changed.as_bytes(), None), Err(ListError::Xml(_))));
    // An organisation under the same authority signs as well as the platform does, and is not it.
    let (organisation, hosts) = (trust_in(&["OU=SERVICELIST", "OU=CBE=0403019261"]), hosts());
    let expected = Expected { trust: &organisation, environment: None, hosts: Some(&hosts) };
    let error = read(document.as_bytes(), &expected).unwrap_err();
    assert_eq!(error.problem().code, Code::XML_SIGNER);
}

#[test]
fn of_two_lists_the_newer_is_kept_and_a_twin_is_told() {
    let at = |at: &str, services: &str| {
        let document = beside_kgss(services).replace("2026-03-02T07:00:00Z", at);
        read_with(&sign(&document), None).unwrap().list
    };
    let (old, new) = (at("2026-03-02T06:00:00Z", ""), at("2026-03-02T07:00:00Z", ""));
    let twin = at("2026-03-02T07:00:00Z", "<Service Id=\"uddi:y\" Name=\"Y\"/>");
    assert!(accept(Some(&old), &new).is_ok() && accept(Some(&new), &new).is_ok());
    assert!(accept(Some(&new), &old).is_err() && accept(Some(&new), &twin).is_err());
}

#[tokio::test]
async fn what_the_sandbox_publishes_is_accepted_by_xmlsec_and_by_us() {
    use relais_sandbox::clock::TurnedClock;
    use relais_sandbox::platform::service_list::{Form, Published, PublishedService, document};
    let folder = tempfile::tempdir().unwrap();
    let clock = TurnedClock::standing_at("2026-03-02T07:00:00Z".parse().unwrap());
    let world = relais_sandbox::World::open(folder.path(), clock).unwrap();
    let authorities = world.authorities();
    let service = PublishedService {
        key: "uddi:x:kgss:v1".into(),
        name: "Keys & <more>".into(),
        endpoints: vec!["https://zone0.test/Kgss/v1".into(), "https://zone1.test/Kgss/v1".into()],
        active: 1,
    };
    let issued_at = "2026-03-02T06:59:30.5Z".parse().unwrap();
    let list =
        Published { issued_at, environment: "Sandbox".into(), form: Form::V1, services: vec![service] };
    let document = document(&list, &authorities.list, &authorities.issuing).await.unwrap();
    assert!(super::xmlsec::accepts(&document, &authorities.list.key, "//*[local-name()='Signature']"));
    let signer = relais_sandbox::platform::authority::LIST_SIGNER;
    let signer = signer.map(|one| WholeAttribute::parse(one).unwrap()).to_vec();
    let trust = Trust { anchors: vec![authorities.root.certificate.clone()], signer, at: issued_at };
    let expected = Expected { trust: &trust, environment: Some("Sandbox"), hosts: Some(&hosts()) };
    let read = read(&document, &expected).unwrap();
    assert_eq!((read.list.issued_at, read.list.services[0].name.as_str()), (issued_at, "Keys & <more>"));
    assert!(read.list.services[0].on_backup());
}
