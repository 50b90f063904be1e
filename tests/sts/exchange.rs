//! A whole sign-in over TLS with a token service that a test directs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use relais_core::Code;
use relais_core::Problem;
use relais_core::environment::Quality;
use relais_core::ident::{Cbe, Ssin};
use relais_core::ports::{KeyKind, Later, Signer};
use relais_core::time::{Clock, Moment};
use relais_ehealth::claims::{ClaimProfile, Claimant};
use relais_ehealth::soap::{Answer, open};
use relais_ehealth::sts::{Granted, IssueAsk, StsClient, StsError, StsProfile};
use relais_ehealth::transport::{HostList, ProxyChoice, Retry, Settings, Transport, Trust};
use relais_ehealth::xml::names::{AUTH, NONE, WST, WSU};
use relais_ehealth::xml::tree::Tree;
use relais_ehealth::xml::verify::{self, VerifiedSoap};

use super::acceptance::trust;
use super::forge::{Recipe, SSIN, fault};
use super::keys::{SoftKey, Use, now, platform};
use super::pki::Authority;
use super::server::{Server, http};

/// A clock that a test turns.
#[derive(Default)]
struct Turned(AtomicI64);

impl Turned {
    fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Turned {
    fn now(&self) -> Moment {
        let passed = SignedDuration::from_secs(self.0.load(Ordering::SeqCst));
        Moment { wall: now() + passed, boot: passed }
    }
}

/// A key that counts what it signed and may take its time.
struct Counting<'a> {
    key: &'a SoftKey,
    signed: AtomicUsize,
    slow: Option<(&'a Turned, i64)>,
}

impl<'a> Counting<'a> {
    fn new(key: &'a SoftKey) -> Self {
        Self { key, signed: AtomicUsize::new(0), slow: None }
    }

    fn count(&self) -> usize {
        self.signed.load(Ordering::SeqCst)
    }
}

impl Signer for Counting<'_> {
    fn certificate(&self) -> &[u8] {
        self.key.certificate()
    }

    fn kind(&self) -> KeyKind {
        self.key.kind()
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        self.signed.fetch_add(1, Ordering::SeqCst);
        if let Some((clock, seconds)) = self.slow {
            clock.advance(seconds);
        }
        self.key.sign(digest)
    }
}

const XML: &str = "Content-Type: text/xml; charset=utf-8\r\n";

fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    http("200 OK", XML, body)
}

/// The mark of a request as it came in.
fn context_of(request: &str) -> String {
    let start = request.split("Context=\"").nth(1).unwrap_or_default();
    start.split('"').next().unwrap_or_default().to_owned()
}

/// One sign-in: the doctor's card asks, the doctor's keystore key holds.
struct Trial {
    server: Server,
    client: StsClient,
    clock: Turned,
    card: Counting<'static>,
    keystore: Counting<'static>,
    life: SignedDuration,
}

impl Trial {
    async fn against(answer: impl FnMut(&str) -> Vec<u8> + Send + 'static) -> Self {
        let authority = Authority::new();
        let server = Server::serving(&authority.good_leaf(), answer).await;
        let hosts = HostList::parse(&["127.0.0.1"]).unwrap();
        let mut settings = Settings::new(hosts, Trust::Only(vec![authority.certificate.clone()]));
        settings.proxy = ProxyChoice::Direct;
        let of_platform = trust(now());
        let profile = StsProfile::new(server.url(), of_platform.signer, of_platform.anchors);
        let client = StsClient::new(profile, Transport::new(settings).unwrap());
        let [card, keystore] = [&platform().doctor[2], &platform().doctor[0]].map(Counting::new);
        Self {
            server,
            client,
            clock: Turned::default(),
            card,
            keystore,
            life: SignedDuration::from_hours(24),
        }
    }

    async fn run(&self) -> Result<Granted, StsError> {
        self.run_as(&Claimant::Person(Ssin::parse(SSIN).unwrap())).await
    }

    async fn run_as(&self, claimant: &Claimant) -> Result<Granted, StsError> {
        let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let ask = IssueAsk {
            claimant,
            claims: &claims,
            life: self.life,
            clock: &self.clock,
            offset: SignedDuration::ZERO,
            seen: &|_| false,
        };
        self.client.issue(ask, &self.card, &self.keystore).await
    }

    fn signatures(&self) -> (usize, usize) {
        (self.card.count(), self.keystore.count())
    }

    /// The messages that reached the server.
    fn requests(&self) -> Vec<(String, String)> {
        let told = self.server.told();
        let posts = told.split("POST ").skip(1);
        posts
            .map(|post| post.split_once("\r\n\r\n").map(|(h, b)| (h.to_owned(), b.to_owned())).unwrap())
            .collect()
    }
}

fn verified(message: &str) -> VerifiedSoap {
    let anyone = relais_ehealth::xml::verify::Trust { signer: vec![], ..trust(now()) };
    verify::soap(message.as_bytes(), &anyone, now()).unwrap()
}

/// Challenges the first request and grants the second.
fn challenging() -> impl FnMut(&str) -> Vec<u8> + Send + 'static {
    |request| {
        let recipe = Recipe::good(&context_of(request));
        ok(if request.contains("RequestSecurityToken\"") {
            recipe.challenge("n&#o<nce")
        } else {
            recipe.answer()
        })
    }
}

#[tokio::test]
async fn the_card_asks_the_keystore_key_answers_the_challenge_and_a_session_is_granted() {
    let trial = Trial::against(challenging()).await;
    let granted = trial.run().await.unwrap();
    assert_eq!(trial.signatures(), (1, 1), "one signature each");
    assert_eq!(granted.name.as_deref(), Some("Claire Lambert"));
    assert_eq!(granted.expires_at.duration_since(granted.issued_at), SignedDuration::from_hours(24));
    assert!(!format!("{granted:?}").contains(SSIN));

    let requests = trial.requests();
    let [(first_head, first), (second_head, second)] = &requests[..] else { panic!("two messages") };
    assert!(first_head.contains("\"urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken\""));
    assert!(second_head.contains("\"urn:be:fgov:ehealth:sts:protocol:v1:Challenge\""));
    let (first, second) = (verified(first), verified(second));
    assert_eq!(first.signer_certificate.to_der().unwrap(), trial.card.certificate());
    assert_eq!(second.signer_certificate.to_der().unwrap(), trial.keystore.certificate());
    for message in [&first, &second] {
        assert_eq!(message.covers, ["Body", "Timestamp", "BinarySecurityToken"]);
        assert_eq!(message.expires.duration_since(message.created), SignedDuration::from_secs(60));
    }
    let answer = second.body.element().only(WST, "RequestSecurityTokenResponse").unwrap();
    let challenge = answer.only(WST, "SignChallengeResponse").unwrap().only(WST, "Challenge").unwrap();
    assert_eq!(challenge.text().unwrap(), "n&#o<nce");
    let request = first.body.element().only(WST, "RequestSecurityToken").unwrap();
    assert_eq!(request.attribute(NONE, "Context"), answer.attribute(NONE, "Context"));
}

#[tokio::test]
async fn the_request_says_each_claim_once_and_asks_for_a_day() {
    let trial = Trial::against(|request| ok(Recipe::good(&context_of(request)).answer())).await;
    trial.run().await.unwrap();
    assert_eq!(trial.signatures(), (1, 0), "an immediate token needs no second signature");
    let message = verified(&trial.requests()[0].1);
    let request = message.body.element().only(WST, "RequestSecurityToken").unwrap();
    let text = |name| request.only(WST, name).unwrap().text().unwrap();
    assert_eq!(text("RequestType"), "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue");
    assert_eq!(text("TokenType"), "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1");
    assert_eq!(text("KeyType"), "http://docs.oasis-open.org/ws-sx/wstrust/200512/PublicKey");
    let claims: Vec<_> = request
        .only(WST, "Claims")
        .unwrap()
        .children()
        .map(|claim| {
            (claim.attribute(NONE, "Uri").unwrap(), claim.child(AUTH, "Value").map(|v| v.text().unwrap()))
        })
        .collect();
    let names: std::collections::BTreeSet<_> = claims.iter().map(|(name, _)| name).collect();
    assert_eq!((claims.len(), names.len()), (7, 7));
    assert!(claims[..2].iter().all(|(_, value)| value.as_deref() == Some(SSIN)));
    assert!(claims[2..].iter().all(|(_, value)| value.is_none()));
    assert_eq!(life(request), SignedDuration::from_hours(24));
}

fn life(request: relais_ehealth::xml::tree::Element<'_>) -> SignedDuration {
    let lifetime = request.only(WST, "Lifetime").unwrap();
    let at = |name| lifetime.only(WSU, name).unwrap().text().unwrap().parse::<Timestamp>().unwrap();
    at("Expires").duration_since(at("Created"))
}

#[tokio::test]
async fn the_life_asked_for_ends_with_the_certificate_that_holds_the_session() {
    let mut trial = Trial::against(|request| ok(Recipe::good(&context_of(request)).answer())).await;
    trial.life = SignedDuration::from_hours(24 * 5000);
    trial.run().await.unwrap();
    let message = verified(&trial.requests()[0].1);
    let asked = life(message.body.element().only(WST, "RequestSecurityToken").unwrap());
    assert_eq!(asked, SignedDuration::from_hours(24 * 700));

    trial.clock.advance(701 * 86_400);
    assert_eq!(trial.run().await.unwrap_err(), StsError::HolderExpired { card: false });
    assert_eq!((trial.card.count(), trial.requests().len()), (1, 1), "nothing more was signed or sent");
}

#[tokio::test]
async fn a_card_that_has_expired_is_told_apart_from_a_keystore_that_has() {
    let trial = Trial::against(|_| Vec::new()).await;
    trial.clock.advance(701 * 86_400);
    let subject = [("C", "BE"), ("CN", "Claire Lambert (Authentication)"), ("serialNumber", SSIN)];
    let card = SoftKey::new(KeyKind::EcP384, &subject, &platform().authority.issuer(), Use::Signing);
    for (key, code) in
        [(&card, Code::CARD_CERTIFICATE_EXPIRED), (&platform().doctor[0], Code::KEYSTORE_EXPIRED)]
    {
        let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
        let claimant = Claimant::Person(Ssin::parse(SSIN).unwrap());
        let (life, clock, offset) = (trial.life, &trial.clock, SignedDuration::ZERO);
        let ask = IssueAsk { claimant: &claimant, claims: &claims, life, clock, offset, seen: &|_| false };
        assert_eq!(trial.client.issue(ask, key, key).await.unwrap_err().problem().code, code);
    }
    assert_eq!(trial.server.told(), "");
}

#[tokio::test]
async fn a_second_challenge_is_never_signed() {
    let trial = Trial::against(|request| ok(Recipe::good(&context_of(request)).challenge("again"))).await;
    let error = trial.run().await.unwrap_err();
    assert_eq!((error.problem().code, trial.signatures()), (Code::STS_BAD_RESPONSE, (1, 1)));
}

#[tokio::test]
async fn a_challenge_to_another_request_is_not_signed() {
    let trial = Trial::against(|_| ok(Recipe::good("context-of-somebody-else").challenge("abc"))).await;
    let error = trial.run().await.unwrap_err();
    assert_eq!((error.problem().code, trial.signatures()), (Code::ASSERTION_CONTEXT, (1, 0)));
    assert!(error.suspicious());
}

#[tokio::test]
async fn a_recorded_answer_played_again_is_refused() {
    let recorded: Mutex<Option<Vec<u8>>> = Mutex::default();
    let trial = Trial::against(move |request| {
        let mut recorded = recorded.lock().unwrap();
        recorded.get_or_insert_with(|| ok(Recipe::good(&context_of(request)).answer())).clone()
    })
    .await;
    trial.run().await.unwrap();
    for seconds in [1, 240, 360] {
        trial.clock.advance(seconds);
        let error = trial.run().await.unwrap_err();
        assert_eq!(error.problem().code, Code::ASSERTION_CONTEXT, "{seconds} s later");
        assert!(error.suspicious());
    }
}

#[tokio::test]
async fn a_fault_is_told_with_code_and_ticket_and_nothing_is_signed_again() {
    for (status, body, code, retry) in [
        ("500 E", fault("soap:Client", "SOA-01001", Some("SOA-01001")), Code::STS_REFUSED, Retry::Never),
        ("500 E", fault("soap:Server", "SOA-02002", Some("SOA-02002")), Code::STS_DOWN, Retry::Later),
        ("500 E", fault("soap:Client", "SOA-03006", Some("SOA-03006")), Code::STS_OUR_FAULT, Retry::Never),
        ("200 OK", fault("wst:FailedAuthentication", "no", None), Code::STS_REFUSED, Retry::Never),
        ("500 E", fault("wsu:MessageExpired", "late", None), Code::CLOCK_OFF, Retry::Never),
        (
            "500 E",
            fault("soap:Server", "\u{202e}wen", Some("STS-00042")),
            Code::STS_FAULT_UNKNOWN,
            Retry::Later,
        ),
        ("500 E", fault("soap:Client", "new", Some("STS-00043")), Code::STS_FAULT_UNKNOWN, Retry::Never),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let trial = Trial::against(move |_| http(status, XML, &body)).await;
        let error = trial.run().await.unwrap_err();
        let problem = error.problem();
        assert_eq!((problem.code, error.retry()), (code, retry), "{shown}");
        assert_eq!(problem.with.contains_key("ticket"), shown.contains("ticket-7f3a"));
        assert!(!problem.to_string().contains('\u{202e}'));
        assert_eq!((trial.signatures(), trial.requests().len()), ((1, 0), 1), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_answer_is_refused_with_its_cause() {
    for (answer, code) in [
        (ok("<a/>"), Code::STS_BAD_RESPONSE),
        (ok("<a"), Code::STS_BAD_RESPONSE),
        (ok("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), Code::STS_BAD_RESPONSE),
        (ok(Recipe::good("c").answer_with(b"<a></a>")), Code::ASSERTION_CONTEXT),
        (http("502 Bad Gateway", XML, "<gateway/>"), Code::STS_HTTP),
        (http("503 Busy", "Retry-After: 60\r\n", ""), Code::STS_HTTP),
    ] {
        let trial = Trial::against(move |_| answer.clone()).await;
        let error = trial.run().await.unwrap_err();
        assert_eq!(error.problem().code, code, "{error}");
        assert_eq!(trial.signatures(), (1, 0));
    }
}

#[tokio::test]
async fn without_an_anchor_nobody_is_asked_for_a_signature() {
    let mut trial = Trial::against(|_| Vec::new()).await;
    let mut profile = StsProfile::new(trial.server.url(), vec![], vec![]);
    profile.signer = trust(now()).signer;
    let hosts = HostList::parse(&["127.0.0.1"]).unwrap();
    let settings = Settings::new(hosts, Trust::Only(vec![Authority::new().certificate]));
    trial.client = StsClient::new(profile, Transport::new(settings).unwrap());
    assert_eq!(trial.run().await.unwrap_err().problem().code, Code::NO_PLATFORM_ANCHOR);
    assert_eq!(trial.client.probe(&trial.clock).await, Err(StsError::NoAnchor));
    assert_eq!((trial.signatures(), trial.server.told()), ((0, 0), String::new()));
}

#[tokio::test]
async fn a_doctors_claims_are_not_asked_for_an_enterprise() {
    let trial = Trial::against(|_| Vec::new()).await;
    let enterprise = Claimant::Enterprise(Cbe::parse("0809394427").unwrap());
    let error = trial.run_as(&enterprise).await.unwrap_err();
    assert_eq!((error.problem().code, trial.signatures()), (Code::QUALITY_UNKNOWN, (0, 0)));
}

#[tokio::test]
async fn a_message_that_expired_at_the_keypad_is_never_sent() {
    let clock: &'static Turned = Box::leak(Box::default());
    let trial = Trial::against(|_| Vec::new()).await;
    let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
    let card = Counting { slow: Some((clock, 61)), ..Counting::new(&platform().doctor[2]) };
    let ask = IssueAsk {
        claimant: &Claimant::Person(Ssin::parse(SSIN).unwrap()),
        claims: &claims,
        life: trial.life,
        clock,
        offset: SignedDuration::ZERO,
        seen: &|_| false,
    };
    let error = trial.client.issue(ask, &card, &trial.keystore).await.unwrap_err();
    assert_eq!((error.problem().code, trial.server.told()), (Code::PIN_TIMED_OUT, String::new()));
}

#[tokio::test]
async fn a_clock_that_is_off_is_measured_and_made_up_for() {
    // The platform is an hour ahead of this PC.
    let date = format!("{XML}Date: Mon, 02 Mar 2026 09:00:00 GMT\r\n");
    let trial = Trial::against(move |request| {
        let later = now() + SignedDuration::from_hours(1);
        let recipe = Recipe { issued: later, ..Recipe::good(&context_of(request)) };
        http("200 OK", &date, recipe.answer())
    })
    .await;
    let probe = trial.client.probe(&trial.clock).await.unwrap();
    let offset = probe.offset.unwrap();
    assert_eq!(offset, SignedDuration::from_millis(3_600_500));

    let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
    let claimant = Claimant::Person(Ssin::parse(SSIN).unwrap());
    let (life, clock) = (trial.life, &trial.clock);
    let ask = IssueAsk { claimant: &claimant, claims: &claims, life, clock, offset, seen: &|_| false };
    let granted = trial.client.issue(ask, &trial.card, &trial.keystore).await.unwrap();
    assert_eq!(granted.offset, Some(offset));
    let sent = trial.requests().last().unwrap().1.clone();
    assert!(sent.contains("<wsu:Created>2026-03-02T09:00:00.500Z</wsu:Created>"), "written in platform time");
}

#[tokio::test]
async fn a_probe_tells_an_outage_and_a_wrong_date_before_anybody_is_asked_for_a_pin() {
    let probed = |answer: &'static str| async move {
        let trial = Trial::against(move |_| http(answer, "", "")).await;
        trial.client.probe(&trial.clock).await
    };
    assert!(probed("405 Method Not Allowed").await.is_ok());
    assert_eq!(probed("503 Busy").await.unwrap_err().problem().code, Code::STS_HTTP);
    let wrong_day = probed("200 OK\r\nDate: Wed, 04 Mar 2026 09:00:00 GMT").await.unwrap_err();
    assert_eq!(wrong_day.problem().code, Code::CLOCK_OFF);
    assert_eq!(wrong_day.retry(), Retry::Never);
}

#[tokio::test]
async fn a_refusal_of_the_card_comes_through_unchanged() {
    struct Refusing;
    impl Signer for Refusing {
        fn certificate(&self) -> &[u8] {
            platform().doctor[2].certificate()
        }
        fn kind(&self) -> KeyKind {
            KeyKind::EcP384
        }
        fn sign(&self, _: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
            Box::pin(async { Err(Problem::new(Code::PIN_WRONG).with("tries", 2)) })
        }
    }
    let trial = Trial::against(|_| Vec::new()).await;
    let claims = ClaimProfile::built_in(&Quality::doctor()).unwrap();
    let claimant = Claimant::Person(Ssin::parse(SSIN).unwrap());
    let (life, clock) = (trial.life, &trial.clock);
    let offset = SignedDuration::ZERO;
    let ask = IssueAsk { claimant: &claimant, claims: &claims, life, clock, offset, seen: &|_| false };
    // Whatever runs the loop may move a sign-in between threads.
    let run: std::pin::Pin<Box<dyn Future<Output = _> + Send + '_>> =
        Box::pin(trial.client.issue(ask, &Refusing, &trial.keystore));
    let problem = run.await.unwrap_err().problem();
    assert_eq!((problem.code, problem.with["tries"].as_str()), (Code::PIN_WRONG, "2"));
    assert_eq!(trial.server.told(), "");
}

#[test]
fn the_scripted_service_speaks_soap() {
    let answer = Recipe::good("c").challenge("x");
    let tree = Tree::parse(&answer).unwrap();
    assert!(
        matches!(open(&tree).unwrap(), Answer::Payload(payload) if payload.is(WST, "RequestSecurityTokenResponse"))
    );
}
