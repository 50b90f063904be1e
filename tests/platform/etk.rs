//! Encryption keys: what the depot says, what is believed of it, and what is left when it does not answer (D-26).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::stack::Stack;
use openssl::x509::X509;
use relais_core::Code;
use relais_core::continuity::list::ServiceKey;
use relais_core::continuity::route::Outcome;
use relais_core::environment::EnvironmentName;
use relais_ehealth::etk_depot::{DepotError, EtkDepot, EtkError, Found, Recipient};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_host::etk_cache::EtkCache;
use relais_host::profile::Profile;
use relais_sandbox::platform::authority::ETK_SIGNER;
use relais_sandbox::platform::continuity::registry::{ETK_DEPOT, Zone};
use relais_sandbox::platform::continuity::situation::{Act, Place};
use relais_sandbox::x509::{Authority, KeyType, Request, Usage, Validity, public};

use crate::continuity::Client;
use crate::world::{Sandbox, noon};

struct Scene {
    sandbox: Sandbox,
    depot: EtkDepot,
    endpoints: Vec<Url>,
    doctor: Recipient,
}

impl Scene {
    async fn open() -> Self {
        let sandbox = Sandbox::open().await;
        let profile = Profile::load(sandbox.served.profile_path()).unwrap();
        let hosts = HostList::parse(&profile.allowed).unwrap();
        let mut settings = Settings::new(hosts, Trust::Only(profile.trust.tls.clone()));
        settings.proxy = ProxyChoice::Direct;
        settings.limits.deadline = Duration::from_secs(10);
        let depot = EtkDepot {
            transport: Transport::new(settings).unwrap(),
            anchors: profile.trust.ehealth.clone(),
            signer: ETK_SIGNER.map(|one| WholeAttribute::parse(one).unwrap()).to_vec(),
        };
        let endpoints = vec![Url::parse(profile.certificates.etkdepot.as_deref().unwrap()).unwrap()];
        let doctor = Recipient::parse("SSIN", sandbox.world.people().doctor().ssin.reveal(), None).unwrap();
        Self { sandbox, depot, endpoints, doctor }
    }

    async fn ask(&self, whom: &Recipient) -> Result<Found, DepotError> {
        self.depot.ask(&self.endpoints, whom, noon()).await
    }

    /// The depot's addresses by the platform's list, the main one first.
    async fn listed(&self) -> Vec<Url> {
        let list = Client::of(&self.sandbox.served).list(noon()).await;
        let service = list.service(None, &ServiceKey(ETK_DEPOT.to_owned())).unwrap();
        service.endpoints().iter().map(|endpoint| Url::parse(&endpoint.url).unwrap()).collect()
    }

    async fn token(&self) -> Vec<u8> {
        match self.ask(&self.doctor).await.unwrap() {
            Found::Etk(etk) => etk.der().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    fn judge(&self, der: &[u8]) -> Result<(), EtkError> {
        self.depot.believed(der, &self.doctor, noon()).map(drop)
    }
}

#[tokio::test]
async fn the_depot_gives_the_key_of_everybody_in_the_sandbox_and_of_nobody_else() {
    let scene = Scene::open().await;
    let (doctor, practice) =
        (scene.sandbox.world.people().doctor(), scene.sandbox.world.organisations().practice());
    for (kind, number) in [
        ("SSIN", doctor.ssin.reveal()),
        ("NIHII11", doctor.nihii.reveal()),
        (&practice.sort, &practice.number),
    ] {
        let whom = Recipient::parse(kind, number, None).unwrap().of_person(&doctor.ssin);
        let Found::Etk(etk) = scene.ask(&whom).await.unwrap() else { panic!("no key for {kind}") };
        assert_eq!(etk.certificate().public_key().unwrap().bits(), 2048);
        assert!(etk.until() > noon());
        assert!(!format!("{etk:?} {whom:?}").contains(number), "no number prints itself");
    }
    let nobody = Recipient::parse("CBE", "0403019261", None).unwrap();
    let Found::Nobody { code } = scene.ask(&nobody).await.unwrap() else { panic!("a key of nobody") };
    assert_eq!(code, "NO_ETK_FOUND");
    // The same key in both zones, and no message that is none.
    let url = scene.endpoints[0].to_string();
    let headers = [("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", "\"\"")];
    let reply = scene.sandbox.request(&url, "POST", &headers, b"<nothing/>").await;
    assert_eq!(reply.fault(), "SOA-03002");
    assert_eq!(scene.sandbox.request(&url, "POST", &[], b"<nothing/>").await.status, 415);
    assert_eq!(scene.sandbox.request(&url, "HEAD", &[], b"").await.status, 200);
}

#[tokio::test]
async fn a_token_that_was_changed_or_is_somebody_elses_is_not_believed() {
    let scene = Scene::open().await;
    let der = scene.token().await;
    assert_eq!(scene.judge(&der), Ok(()));
    let stranger = Recipient::parse("SSIN", "79061399723", None).unwrap();
    assert_eq!(scene.depot.believed(&der, &stranger, noon()).map(drop), Err(EtkError::SomebodyElse));
    let later = noon() + SignedDuration::from_hours(24 * 365 * 20);
    assert!(scene.depot.believed(&der, &scene.doctor, later).is_err(), "its time is over");
    // Every fiftieth byte: the whole takes long, and each part of the token is met.
    for place in (0..der.len()).step_by(50) {
        let mut changed = der.clone();
        changed[place] ^= 1;
        let same = scene.depot.believed(&changed, &scene.doctor, noon());
        // A byte that nothing vouches for (the tag of an unused field) may change; the key may not.
        let same_key = |etk: &relais_ehealth::etk_depot::Etk| {
            let key = |der: &[u8]| {
                let etk = scene.depot.believed(der, &scene.doctor, noon()).unwrap();
                etk.certificate().to_der().unwrap()
            };
            etk.certificate().to_der().unwrap() == key(&der)
        };
        assert!(same.as_ref().map_or(true, same_key), "byte {place}");
    }
    assert_eq!(scene.judge(&vec![0x30; 100_000]), Err(EtkError::Shape));
    assert_eq!(scene.judge(&der[..der.len() / 2]), Err(EtkError::Shape));
}

/// A token as the depot makes it, of other parts.
fn token(signer: &Authority, owner: &X509, issuing: &X509, content: &[u8]) -> Vec<u8> {
    let mut certificates = Stack::new().unwrap();
    certificates.push(owner.clone()).unwrap();
    certificates.push(issuing.clone()).unwrap();
    let flags = Pkcs7Flags::BINARY | Pkcs7Flags::NOSMIMECAP;
    Pkcs7::sign(&signer.certificate, &signer.key, &certificates, content, flags).unwrap().to_der().unwrap()
}

#[tokio::test]
async fn each_part_of_a_token_is_judged() {
    let scene = Scene::open().await;
    let authorities = scene.sandbox.world.authorities();
    let doctor = &scene.sandbox.world.people().doctor().authentication;
    let issuing = &authorities.issuing.certificate;
    let subject = |one: &X509| -> relais_sandbox::x509::Subject {
        let pair = |entry: &openssl::x509::X509NameEntryRef| {
            (entry.object().nid().short_name().unwrap().to_owned(), entry.data().to_string().unwrap())
        };
        let pairs: Vec<_> = one.subject_name().entries().map(pair).collect();
        let first = relais_sandbox::x509::Subject::from([(pairs[0].0.as_str(), pairs[0].1.as_str())]);
        pairs[1..].iter().fold(first, |all, (name, value)| all.with(name, value))
    };
    let validity = Validity::days(noon() - SignedDuration::from_hours(24), 10);
    let made = |by: &Authority, key: KeyType, usage: Usage, validity: Validity| -> Vec<u8> {
        let key = public(&key.generate().unwrap()).unwrap();
        by.issue(Request::new(subject(&by.certificate), &key, usage, validity)).unwrap().to_der().unwrap()
    };
    let good = made(doctor, KeyType::Rsa2048, Usage::ENCRYPTION, validity);
    let etk = &authorities.etk;
    assert_eq!(scene.judge(&token(etk, &doctor.certificate, issuing, &good)), Ok(()));

    // T16: an organisation under the same authority signs as well, and is not the depot.
    for impostor in [&authorities.impostor, &authorities.list, doctor] {
        let forged = token(impostor, &doctor.certificate, issuing, &good);
        assert!(matches!(scene.judge(&forged), Err(EtkError::Signer(_))));
    }
    let stranger = &scene.sandbox.world.people().iter().nth(1).unwrap().authentication;
    let theirs = token(etk, &stranger.certificate, issuing, &good);
    assert_eq!(scene.judge(&theirs), Err(EtkError::Owner), "the owner's certificate is not in it");
    let by_another = Authority { certificate: doctor.certificate.clone(), key: stranger.key.clone() };
    let unvouched = made(&by_another, KeyType::Rsa2048, Usage::ENCRYPTION, validity);
    assert_eq!(scene.judge(&token(etk, &doctor.certificate, issuing, &unvouched)), Err(EtkError::Owner));
    for (key, usage) in [(KeyType::EcP256, Usage::ENCRYPTION), (KeyType::Rsa2048, Usage::EHEALTH)] {
        let content = made(doctor, key, usage, validity);
        let judged = scene.judge(&token(etk, &doctor.certificate, issuing, &content));
        // An eHealth certificate may encipher keys too, so only the elliptic one is refused.
        let expected = if key == KeyType::EcP256 { Err(EtkError::Key) } else { Ok(()) };
        assert_eq!(judged, expected);
    }
    let over = Validity::days(noon() - SignedDuration::from_hours(48), 1);
    let content = made(doctor, KeyType::Rsa2048, Usage::ENCRYPTION, over);
    assert_eq!(scene.judge(&token(etk, &doctor.certificate, issuing, &content)), Err(EtkError::Time));
    assert_eq!(
        scene.judge(&token(etk, &doctor.certificate, issuing, b"no certificate")),
        Err(EtkError::Shape)
    );
}

#[tokio::test]
async fn a_kept_key_is_used_only_in_trouble_and_says_its_age() {
    let scene = Scene::open().await;
    let folder = tempfile::tempdir().unwrap();
    let cache = EtkCache::open(folder.path(), EnvironmentName::parse("sandbox").unwrap()).unwrap();
    let ask = async |at: Timestamp| cache.ask(&scene.depot, &scene.endpoints, &scene.doctor, at).await;
    let stage = scene.sandbox.served.stage();
    let place = || Place { service: ETK_DEPOT.to_owned(), zone: Zone::Main };
    stage.act(&Act::Lose(Zone::Main)).await.unwrap();
    assert!(ask(noon()).await.is_err(), "nothing was kept yet");
    stage.act(&Act::AllWell).await.unwrap();

    assert_eq!(ask(noon()).await.unwrap().age, None);
    let later = noon() + SignedDuration::from_hours(30);
    for act in [Act::Lose(Zone::Main), Act::Break(place())] {
        stage.act(&act).await.unwrap();
        let kept = ask(later).await.unwrap();
        assert_eq!(kept.age, Some(SignedDuration::from_hours(30)), "{act:?}");
        stage.act(&Act::AllWell).await.unwrap();
    }
    assert_eq!(ask(later).await.unwrap().age, None, "an answer comes first");
    assert_eq!(cache.seen(&scene.doctor).unwrap(), Some(later), "every answer is written");

    // The name of the file tells nobody's number, and another installation's file is none of ours.
    let names: Vec<_> =
        std::fs::read_dir(folder.path().join("etk")).unwrap().map(|one| one.unwrap().path()).collect();
    assert_eq!(names.len(), 1);
    assert!(!names[0].to_string_lossy().contains(scene.doctor.reveal()));
    stage.act(&Act::Lose(Zone::Main)).await.unwrap();
    let mut bytes = std::fs::read(&names[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    std::fs::write(&names[0], &bytes).unwrap();
    assert!(ask(later).await.is_err(), "a key that was changed on the disk is none");
    stage.act(&Act::AllWell).await.unwrap();
    ask(later).await.unwrap();
    cache.forget(&scene.doctor).unwrap();
    cache.forget(&scene.doctor).unwrap();
    assert_eq!(cache.seen(&scene.doctor).unwrap(), None);
    let nobody = Recipient::parse("CBE", "0403019261", None).unwrap();
    let unknown = cache.ask(&scene.depot, &scene.endpoints, &nobody, later).await.unwrap_err();
    assert_eq!(unknown.code, Code::ETK_UNKNOWN);
}

#[tokio::test]
async fn a_main_depot_that_is_out_of_order_is_passed_by_for_the_backup_and_no_kept_key_is_used() {
    let scene = Scene::open().await;
    let both = scene.listed().await;
    assert_eq!(both.len(), 2);
    let stage = scene.sandbox.served.stage();
    let place = || Place { service: ETK_DEPOT.to_owned(), zone: Zone::Main };
    for act in [Act::Break(place()), Act::Lose(Zone::Main)] {
        stage.act(&act).await.unwrap();
        let (found, heard) = scene.depot.ask_heard(&both, &scene.doctor, noon()).await;
        assert!(matches!(found, Ok(Found::Etk(_))), "{act:?}: {found:?}");
        let heard: Vec<_> = heard.into_iter().map(|one| (one.url, one.outcome, one.look)).collect();
        let expected =
            [(both[0].clone(), Outcome::Switch, false), (both[1].clone(), Outcome::Answered, false)];
        assert_eq!(heard, expected, "{act:?}: the watch hears of each");
        stage.act(&Act::AllWell).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_asked_for_by_a_nihii_is_that_of_the_person_whose_ssin_is_known_or_nobodys() {
    let scene = Scene::open().await;
    let people = scene.sandbox.world.people();
    let (doctor, stranger) = (people.doctor(), people.iter().nth(1).unwrap());
    let asked = Recipient::parse("NIHII11", doctor.nihii.reveal(), None).unwrap();
    let der = scene.token().await;
    let judge = |whom: &Recipient| scene.depot.believed(&der, whom, noon()).map(drop);
    assert_eq!(judge(&asked), Err(EtkError::SomebodyElse), "a token with any SSIN was good enough");
    assert_eq!(judge(&asked.clone().of_person(&stranger.ssin)), Err(EtkError::SomebodyElse));
    assert_eq!(judge(&asked.of_person(&doctor.ssin)), Ok(()));
    // Nobody's number but a person's own is bound to a person.
    let organisation = Recipient::parse("CBE", "0403019261", None).unwrap().of_person(&doctor.ssin);
    assert_eq!(judge(&organisation), Err(EtkError::SomebodyElse));
}
