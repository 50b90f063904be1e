//! The client and the sandbox's strict service understand each other, and every bad day has its code
//! (faults F6 to F11). The two were written apart, from the same reference page.

use std::time::Duration;

use jiff::SignedDuration;
use relais_core::Code;
use relais_core::environment::Quality;
use relais_core::ports::Signer;
use relais_core::secret::SecretBytes;
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::sts::{Granted, IssueAsk, StsClient, StsError, StsProfile};
use relais_ehealth::transport::{HostList, ProxyChoice, Settings, Transport, Trust, Url};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_sandbox::World;
use relais_sandbox::clock::{Turn, TurnedClock};
use relais_sandbox::platform::faults::Fault;
use relais_sandbox::platform::signer::SoftKey;
use relais_sandbox::platform::sts::{Challenges, Denial, Rules};
use relais_sandbox::platform::{Ports, Served};

/// A sandbox that runs, and a client with the doctor's keystore key as card and as holder.
struct Scene {
    world: World,
    served: Served,
    client: StsClient,
    key: SoftKey,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at("2026-03-02T12:00:00Z".parse().unwrap());
        let world = World::open(folder.path(), clock).unwrap();
        let served = world.serve(Ports::default()).await.unwrap();
        let hosts = HostList::parse(&["127.0.0.1"]).unwrap();
        let tls = Trust::Only(vec![world.authorities().tls_root.certificate.clone()]);
        let mut settings = Settings::new(hosts, tls);
        settings.proxy = ProxyChoice::Direct;
        settings.limits.deadline = Duration::from_secs(2);
        let written: toml::Table = served.profile_toml().parse().unwrap();
        let signer = written["sts"]["signer"].as_array().unwrap().iter();
        let signer = signer.map(|part| WholeAttribute::parse(part.as_str().unwrap()).unwrap()).collect();
        let endpoint = Url::parse(served.sts_url()).unwrap();
        let profile = StsProfile::new(endpoint, signer, world.anchors().ehealth);
        let client = StsClient::new(profile, Transport::new(settings).unwrap());
        let key = SoftKey::new(&world.people().doctor().authentication).unwrap();
        Self { world, served, client, key, _folder: folder }
    }

    async fn sign_in(&self) -> Result<Granted, StsError> {
        self.ask(None).await
    }

    async fn renew(&self, session: &Granted) -> Result<Granted, StsError> {
        self.ask(Some(&session.assertion)).await
    }

    async fn ask(&self, renewed: Option<&SecretBytes>) -> Result<Granted, StsError> {
        let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let claimant = Claimant::Person(self.world.people().doctor().ssin);
        let ask = IssueAsk {
            claimant: &claimant,
            claims: &claims,
            life: SignedDuration::from_hours(12),
            clock: self.world.clock(),
            offset: SignedDuration::ZERO,
            seen: &|_| false,
        };
        match renewed {
            Some(assertion) => self.client.renew(ask, assertion, &self.key, &self.key).await,
            None => self.client.issue(ask, &self.key, &self.key).await,
        }
    }
}

#[tokio::test]
async fn every_position_of_the_unknown_switches_leads_to_a_session() {
    let scene = Scene::open().await;
    for challenges in [Challenges::Always, Challenges::Never, Challenges::WhenDifferent] {
        for (denial, collection) in [(Denial::False, false), (Denial::Absent, true)] {
            scene.served.set_rules(Rules { challenges, denial, collection });
            let granted = scene.sign_in().await.unwrap();
            let doctor = scene.world.people().doctor();
            assert_eq!(granted.name, Some(doctor.name()), "{challenges:?} {denial:?} {collection}");
            assert_eq!(granted.expires_at.duration_since(granted.issued_at), SignedDuration::from_hours(12));
            assert_eq!(granted.holder.0, openssl::sha::sha256(scene.key.certificate()));
            assert!(granted.certified.contains(&("urn:be:fgov:person:ssin:doctor:boolean".to_owned(), true)));
        }
    }
    let probe = scene.client.probe(scene.world.clock()).await.unwrap();
    assert!(probe.offset.unwrap().abs() < SignedDuration::from_secs(2));
}

#[tokio::test]
async fn a_renewed_session_lives_from_the_moment_of_its_renewal() {
    let scene = Scene::open().await;
    for challenges in [Challenges::Always, Challenges::Never] {
        scene.served.set_rules(Rules { challenges, ..Rules::default() });
        let first = scene.sign_in().await.unwrap();
        scene.world.clock().turn(Turn::all(SignedDuration::from_hours(6)));
        let second = scene.renew(&first).await.unwrap();
        assert_ne!(second.id, first.id);
        let later = second.issued_at.duration_since(first.issued_at);
        assert!(later >= SignedDuration::from_hours(6), "{later:?}");
        assert!(second.expires_at > first.expires_at);
        assert_eq!((second.holder, &second.name), (first.holder, &first.name));
        assert_eq!(second.certified, first.certified);
    }
}

#[tokio::test]
async fn a_token_that_is_not_renewed_leaves_asking_for_a_new_one() {
    let scene = Scene::open().await;
    let first = scene.sign_in().await.unwrap();
    scene.world.clock().turn(Turn::all(SignedDuration::from_hours(13)));
    let refused = scene.renew(&first).await.unwrap_err();
    assert_eq!(refused.problem().code, Code::STS_REFUSED, "it has ended");
    assert!(scene.client.issues_instead(&refused));

    let changed = String::from_utf8(first.assertion.reveal().to_vec()).unwrap().replacen("true", "TRUE", 1);
    let mut foreign = scene.sign_in().await.unwrap();
    foreign.assertion = SecretBytes::new(changed.into_bytes());
    let refused = scene.renew(&foreign).await.unwrap_err();
    assert!(scene.client.issues_instead(&refused), "{refused}");

    let alive = scene.sign_in().await.unwrap();
    scene.served.faults().set(Fault::Soap { code: "wst:FailedAuthentication".to_owned() }).await;
    let refused = scene.renew(&alive).await.unwrap_err();
    assert!(
        !scene.client.issues_instead(&refused),
        "{refused}: a person who is refused is not asked for one more PIN"
    );
    scene.served.faults().clear().await;
    assert!(!scene.client.issues_instead(&StsError::NoAnchor));
}

#[tokio::test]
async fn every_bad_day_of_the_platform_has_its_code_and_the_next_day_is_good() {
    let scene = Scene::open().await;
    scene.sign_in().await.unwrap();
    let status = |status| Fault::Status { status, retry_after: Some(60) };
    let soap = |code: &str| Fault::Soap { code: code.to_owned() };
    for (fault, code) in [
        (Fault::RefuseConnections, Code::STS_UNREACHABLE),
        (Fault::TlsReset, Code::TLS_BROKEN),
        (Fault::TlsTooOld, Code::TLS_TOO_OLD),
        (Fault::TlsExpired, Code::TLS_EXPIRED),
        (Fault::TlsWrongName, Code::TLS_WRONG_NAME),
        (Fault::TlsUnknownCa, Code::TLS_UNKNOWN_CA),
        (status(429), Code::STS_HTTP),
        (status(500), Code::STS_HTTP),
        (status(503), Code::STS_HTTP),
        (Fault::Redirect { to: "https://127.0.0.1/elsewhere".to_owned() }, Code::REDIRECTED),
        (soap("SOA-01001"), Code::STS_REFUSED),
        (soap("SOA-02002"), Code::STS_DOWN),
        (soap("SOA-03006"), Code::STS_OUR_FAULT),
        (soap("wst:FailedAuthentication"), Code::STS_REFUSED),
        (soap("wsse:FailedCheck"), Code::STS_OUR_FAULT),
        (soap("STS-31337"), Code::STS_FAULT_UNKNOWN),
        (Fault::Silent, Code::STS_TIMEOUT),
        (Fault::Drip, Code::STS_TIMEOUT),
        (Fault::EndlessBody, Code::ANSWER_TOO_LARGE),
        (Fault::GzipBomb, Code::ANSWER_TOO_LARGE),
        (Fault::ChunkedGarbage, Code::STS_BAD_RESPONSE),
        (Fault::Truncated, Code::STS_BAD_RESPONSE),
        (Fault::NotUtf8, Code::STS_BAD_RESPONSE),
        (Fault::WrongContentType, Code::STS_BAD_RESPONSE),
        (Fault::Html, Code::STS_BAD_RESPONSE),
        (Fault::OtherContext, Code::ASSERTION_CONTEXT),
        (Fault::OtherHolder, Code::ASSERTION_HOLDER),
        (Fault::OtherPerson, Code::ASSERTION_PERSON),
        (Fault::WrongSigner, Code::ASSERTION_SIGNER),
        (Fault::ExpiredSigner, Code::ASSERTION_SIGNER),
        (Fault::UntrustedSigner, Code::ASSERTION_SIGNER),
        (Fault::Tampered, Code::ASSERTION_SIGNATURE),
        (Fault::IssuedAt { off_ms: -301_000 }, Code::ASSERTION_TIME),
        (Fault::AlreadyOver, Code::ASSERTION_TIME),
    ] {
        scene.served.faults().set(fault.clone()).await;
        let error = scene.sign_in().await.expect_err(&format!("{fault:?}"));
        assert_eq!(error.problem().code, code, "{fault:?}: {error}");
        scene.served.faults().clear().await;
    }
    scene.sign_in().await.unwrap();
}
