//! Writes the corpora anew from the sandbox: invented people, keys made for the occasion.
//!
//! `cargo run --package relais-fuzz-targets --example seeds`, from the root of the repository.
#![allow(clippy::unwrap_used, reason = "run by hand; what fails is seen at once")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::stack::Stack;
use openssl::symm::Cipher;
use relais_card::apdu::{Channel, Timing};
use relais_card::backend::{Link, LinkError};
use relais_card::document::read_document_with;
use relais_card::file::Path as CardFile;
use relais_card::{Anchors, FaceReader, FaceSettings};
use relais_core::environment::Quality;
use relais_core::secret::SecretBytes;
use relais_core::session::QuestionId;
use relais_core::session::history::History;
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::etk_depot::{Recipient, question};
use relais_ehealth::sts::{IssueAsk, StsClient, StsProfile};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_fuzz_targets::{keystore, lease, sts};
use relais_host::control::{Reply, Request, Wanted, What, send};
use relais_keystore::vault::{FileKeys, Owner, Vault};
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::{Model, VirtualEid};
use relais_sandbox::platform::signer::SoftKey;
use relais_sandbox::platform::{Ports, Served};
use zeroize::Zeroizing;

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::open(folder.path(), TurnedClock::standing_at("2026-03-02T08:00:00Z".parse().unwrap()))
        .unwrap();
    let served = world.serve(Ports::default()).await.unwrap();
    for model in [Model::V17, Model::V18] {
        card(&mut Recorder::of(world.card(world.people().doctor(), model).unwrap()), &format!("{model:?}"));
    }
    keystores(&world);
    messages(&world);
    answers(&world, &served).await;
    etks(&world, &served).await;
    assertions();
    leases();
    frames().await;
    profiles(&served);
    served.stop().await;
}

fn keep(target: &str, name: &str, bytes: &[u8]) {
    let folder = Path::new("fuzz/corpus").join(target);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

/// A virtual card that writes down what it answers.
struct Recorder {
    card: VirtualEid,
    heard: Vec<u8>,
}

impl Recorder {
    fn of(card: VirtualEid) -> Self {
        Self { card, heard: Vec::new() }
    }
}

impl Link for Recorder {
    fn atr(&self) -> &[u8] {
        self.card.atr()
    }
    fn begin(&mut self, _: Duration) -> Result<(), LinkError> {
        Ok(())
    }
    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        let answer = self.card.transmit(apdu);
        self.heard.extend(u16::try_from(answer.len()).unwrap().to_be_bytes());
        self.heard.extend(&answer);
        Ok(answer)
    }
    fn end(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
    fn reconnect(&mut self, _: bool) -> Result<(), LinkError> {
        Ok(())
    }
    fn control(&mut self, _: u32, _: &[u8]) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Other(0x8010_001F))
    }
    fn feature_request(&self) -> u32 {
        0x4200_0D48
    }
}

fn card(card: &mut Recorder, model: &str) {
    let timing = Timing { pause: |_| {}, ..Timing::default() };
    let kind = u8::from(model == "V18");
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    read_document_with(timing, card, "reader", false, &Anchors::default(), now).unwrap();
    keep(
        "card_talk",
        &format!("document-{model}"),
        &[&[kind], &std::mem::take(&mut card.heard)[..]].concat(),
    );
    let settings = FaceSettings { timing, any_number: true, card_number: true, without_keypad: vec![] };
    FaceReader::new(settings).read(card, "reader", now).unwrap();
    keep(
        "card_talk",
        &format!("face-{model}"),
        &[&[kind | 6], &std::mem::take(&mut card.heard)[..]].concat(),
    );
    let files = [
        ("identity", [0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31]),
        ("address", [0x3F, 0x00, 0xDF, 0x01, 0x40, 0x33]),
        ("certificate", [0x3F, 0x00, 0xDF, 0x00, 0x50, 0x38]),
    ];
    for (name, path) in files {
        let bytes = Channel::begin(card, timing).unwrap().read_whole(CardFile(path)).unwrap();
        keep("card_files", &format!("{name}-{model}"), &bytes);
    }
    let mut data = card.transmit(&[0x80, 0xE4, 0x00, 0x00, 0x1C]).unwrap();
    data.truncate(28);
    keep("card_files", &format!("card-data-{model}"), &data);
    keep("card_files", &format!("atr-{model}"), card.atr());
}

/// One round of key derivation: the fuzzer is to spend its time in the reader.
fn keystores(world: &World) {
    let owner = &world.people().doctor().authentication;
    let old = Nid::PBE_WITHSHA1AND3_KEY_TRIPLEDES_CBC;
    for (name, algorithm, password) in [
        ("pbes2", Nid::AES_256_CBC, keystore::PASSWORD),
        ("old", old, keystore::PASSWORD),
        ("empty", old, ""),
    ] {
        let mut builder = Pkcs12::builder();
        builder.name("authentication").pkey(&owner.key).cert(&owner.certificate);
        builder.key_algorithm(algorithm).cert_algorithm(algorithm).key_iter(1).mac_iter(1);
        keep("p12", name, &builder.build2(password).unwrap().to_der().unwrap());
    }
    inventory(world);
}

/// Files as they lie in folders: certificates in both encodings, several in one, and a keystore that shows them.
fn inventory(world: &World) {
    let owner = &world.people().doctor().authentication;
    let (pem, der) = (owner.certificate.to_pem().unwrap(), owner.certificate.to_der().unwrap());
    let authority = &world.authorities().tls_root.certificate;
    keep("inventory", "pem", &pem);
    keep("inventory", "several", &[pem, authority.to_pem().unwrap()].concat());
    keep("inventory", "der", &der);
    keep("inventory", "chain", &[der, authority.to_der().unwrap()].concat());
    let mut builder = Pkcs12::builder();
    builder.name("authentication").pkey(&owner.key).cert(&owner.certificate);
    // Certificates that are not encrypted.
    builder.cert_algorithm(Nid::from_raw(-1)).key_iter(1).mac_iter(1);
    keep("inventory", "open-keystore", &builder.build2(keystore::PASSWORD).unwrap().to_der().unwrap());
}

/// Messages for a doctor, named both ways, sealed once more, and as text.
fn messages(world: &World) {
    let owner = &world.people().doctor().authentication;
    let mut whom = Stack::new().unwrap();
    whom.push(owner.certificate.clone()).unwrap();
    let encrypt = |options| {
        let cipher = Cipher::aes_256_cbc();
        CmsContentInfo::encrypt(&whom, b"a letter", cipher, CMSOptions::BINARY | options).unwrap()
    };
    let message = encrypt(CMSOptions::empty());
    let der = message.to_der().unwrap();
    let signed = CmsContentInfo::sign(
        Some(&owner.certificate),
        Some(&owner.key),
        None,
        Some(&der),
        CMSOptions::BINARY | CMSOptions::CMS_NOCERTS,
    );
    keep("message", "number", &der);
    keep("message", "key-id", &encrypt(CMSOptions::USE_KEYID).to_der().unwrap());
    keep("message", "sealed", &signed.unwrap().to_der().unwrap());
    keep("message", "text", &message.to_pem().unwrap());
}

/// What the sandbox answers to a sign-in, with a challenge and without, and two faults.
async fn etks(world: &World, served: &Served) {
    let hosts = HostList::parse(&["127.0.0.1"]).unwrap();
    let mut settings =
        Settings::new(hosts, Trust::Only(vec![world.authorities().tls_root.certificate.clone()]));
    settings.proxy = ProxyChoice::Direct;
    let transport = Transport::new(settings).unwrap();
    let url = served.profile_toml().lines().find_map(|line| line.strip_prefix("etkdepot = ")).unwrap();
    let url = Url::parse(url.trim_matches('"')).unwrap();
    let doctor = world.people().doctor().ssin;
    for (name, kind, number) in [("found", "SSIN", doctor.reveal()), ("nobody", "CBE", "0403019261")] {
        let whom = Recipient::parse(kind, number, None).unwrap();
        let sent = transport.post_soap(std::slice::from_ref(&url), "", question(&[whom]).unwrap()).await;
        keep("etk_answer", name, &sent.answer.unwrap().body);
    }
    keep("etk_answer", "several", SEVERAL.as_bytes());
    keep("etk_answer", "fault", FAULT.as_bytes());
}

/// Two recipients of one enterprise.
const SEVERAL: &str = concat!(
    r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>"#,
    r#"<e:GetEtkResponse xmlns:e="urn:be:fgov:ehealth:etkdepot:1_0:protocol"><e:Status><Code>200</Code></e:Status>"#,
    r#"<e:MatchingEtk><e:Identifier><e:Type>CBE</e:Type><e:Value>0820563481</e:Value></e:Identifier></e:MatchingEtk>"#,
    r#"<e:MatchingEtk><e:Identifier><e:Type>CBE</e:Type><e:Value>0820563481</e:Value>"#,
    r#"<e:ApplicationID>MYCARENET</e:ApplicationID></e:Identifier></e:MatchingEtk></e:GetEtkResponse></s:Body></s:Envelope>"#
);

async fn answers(world: &World, served: &Served) {
    let hosts = HostList::parse(&["127.0.0.1"]).unwrap();
    let mut settings =
        Settings::new(hosts, Trust::Only(vec![world.authorities().tls_root.certificate.clone()]));
    settings.proxy = ProxyChoice::Direct;
    let profile = StsProfile::new(Url::parse(served.sts_url()).unwrap(), vec![], world.anchors().ehealth);
    let client = StsClient::new(profile, Transport::new(settings).unwrap());
    let key = SoftKey::new(&world.people().doctor().authentication).unwrap();
    let ask = IssueAsk {
        claimant: &Claimant::Person(world.people().doctor().ssin),
        claims: &ClaimProfile::built_in(&Quality::doctor()).unwrap(),
        life: SignedDuration::from_hours(12),
        clock: world.clock(),
        offset: SignedDuration::ZERO,
        seen: &|_| false,
    };
    client.issue(ask, &key, &key).await.unwrap();
    for (number, exchange) in served.exchanges().iter().enumerate() {
        keep("sts_answer", &format!("answer-{number}"), without_context(&exchange.answer).as_bytes());
    }
    keep("sts_answer", "fault", FAULT.as_bytes());
    keep("sts_answer", "fault-empty", br#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault/></e:Body></e:Envelope>"#);
}

const FAULT: &str = r#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault><faultcode>e:Server</faultcode><faultstring>SOA-02002</faultstring><detail><soa:SystemError xmlns:soa="urn:be:fgov:ehealth:errors:soa:v1" Id="7f3a-19"><Origin>Provider</Origin><Code>SOA-02002</Code><Message xml:lang="en">Temporarily&#10;not available</Message><Retry>true</Retry></soa:SystemError></detail></e:Fault></e:Body></e:Envelope>"#;

fn without_context(answer: &[u8]) -> String {
    let text = std::str::from_utf8(answer).unwrap();
    let at = text.find("context-").unwrap();
    let found = text[at..].split('"').next().unwrap();
    text.replace(found, sts::MARK)
}

fn assertions() {
    let named = |name: &str, space: &str, value: &str| {
        format!(
            r#"<saml:Attribute AttributeName="{name}" AttributeNamespace="{space}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"#
        )
    };
    let subject = r#"<saml:AuthenticationStatement><saml:Subject><saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:holder-of-key</saml:ConfirmationMethod><ds:KeyInfo><ds:X509Data><ds:X509Certificate>@HOLDER@</ds:X509Certificate></ds:X509Data></ds:KeyInfo></saml:SubjectConfirmation></saml:Subject></saml:AuthenticationStatement>"#;
    let statement =
        |attributes: &str| format!(r#"<saml:AttributeStatement>{attributes}</saml:AttributeStatement>"#);
    let user = named(sts::USER_CLAIM, "urn:be:fgov:identification-namespace", sts::SSIN);
    let certified = "urn:be:fgov:certified-namespace:ehealth";
    let doctor = named("urn:be:fgov:person:ssin:doctor:boolean", certified, "true");
    let name = named("urn:be:fgov:person:ssin:ehealth:1.0:surname", certified, "Lambert");
    let whole = |content: &str| {
        format!(
            r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" AssertionID="_0a1b" IssueInstant="2026-03-02T08:00:00Z" Issuer="urn:be:fgov:ehealth:sts:1_0" MajorVersion="1" MinorVersion="1"><saml:Conditions NotOnOrAfter="2026-03-02T20:00:00Z"/>{content}</saml:Assertion>"#
        )
    };
    let all = statement(&format!("{user}{doctor}{name}"));
    keep("sts_assertion", "whole", whole(&format!("{subject}{all}")).as_bytes());
    keep("sts_assertion", "user-alone", whole(&format!("{subject}{}", statement(&user))).as_bytes());
    keep("sts_assertion", "nobody", whole(subject).as_bytes());
}

fn leases() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, environment) = (FileKeys::new(folder.path()), lease::lease().environment);
    let owner = Owner { user: "1000".into(), machine: "m".into() };
    let vault = Vault::new(folder.path(), environment, owner, Box::new(keys));
    vault.seal(&lease::lease(), &SecretBytes::new(b"<Assertion/>".to_vec()), &History::default()).unwrap();
    let file = fs::read_dir(folder.path().join("sessions")).unwrap().next().unwrap().unwrap().path();
    keep("lease", "of-another-key", &fs::read(file).unwrap());
    keep("lease", "unchanged", &[0, 0, 0]);
    keep("lease", "header-changed", &[0, 20, 1]);
    keep("lease", "body-changed", &[1, 0, 0x80]);
}

async fn frames() {
    let (mut all, question) = (Vec::new(), QuestionId::default());
    for request in [
        Request::Show { person: None },
        Request::End { person: None },
        Request::Consent { question },
        Request::Cancel,
        Request::Pin { question, digits: Zeroizing::new("1234".to_owned()).into() },
    ] {
        send(&mut all, &request).await.unwrap();
    }
    keep("control", "requests", &all);
    let mut sign_in = Vec::new();
    let means = relais_core::lease::Means::Eid;
    let request = Request::SignIn {
        means,
        quality: Quality::doctor(),
        reader: Some("reader".into()),
        person: None,
        why: None,
        keystore: None,
        answers: true,
    };
    send(&mut sign_in, &request).await.unwrap();
    keep("control", "sign-in", &sign_in);
    let mut replies = Vec::new();
    let tries = relais_core::card::Tries::Left(2);
    let notice = Some(relais_core::Code::PIN_WRONG.into());
    let question = Some(question);
    let wanted =
        Wanted { what: What::Pin, question, holder: "Claire Lambert".into(), tries, notice, again: false };
    for reply in [
        Reply::Alive,
        Reply::Session { session: None, warnings: vec![] },
        Reply::Wanted(wanted),
        Reply::Failed(relais_core::Code::PIN_BLOCKED.into()),
    ] {
        send(&mut replies, &reply).await.unwrap();
    }
    keep("control", "replies", &replies);
}

fn profiles(served: &Served) {
    keep("profile", "sandbox.toml", served.profile_toml().as_bytes());
    for name in ["production", "acceptance", "integration"] {
        let text = fs::read(format!("src-tauri/catalogue/environments/{name}.toml")).unwrap();
        keep("profile", &format!("{name}.toml"), &text);
    }
    keep("profile", "smallest.toml", b"name = \"x\"\nclass = \"integration\"\n");
}
