//! Every rule of the STS, each broken by itself in a message that is otherwise right.

use jiff::{SignedDuration, Timestamp};
use relais_sandbox::clock::Turn;
use relais_sandbox::platform::signer::SoftKey;
use relais_sandbox::platform::sts::{Challenges, Denial, Rules};
use relais_sandbox::x509::{Authority, KeyType, Request, Usage, Validity, public};

use crate::letter::{Ask, HOLDER, Letter, PERSON, answer_to, keystore_key, other_key, renewal_of};
use crate::world::{Reply, Sandbox, noon};

const ISSUE: &str = "RequestSecurityToken";

/// What is broken, the fault it must have, and how it is broken.
type Broken<How> = (&'static str, &'static str, How);
/// A change to a message that was signed before.
type Change = fn(String) -> String;

/// Sends a doctor's request by keystore, spoilt as told.
async fn asked(sandbox: &Sandbox, spoil: impl FnOnce(&mut Ask)) -> Reply {
    let person = sandbox.world.people().doctor();
    let key = keystore_key(person);
    let mut ask = Ask::of(person, &key);
    spoil(&mut ask);
    sandbox.post(ISSUE, &Letter::by(&key).around(&ask.body()).await).await
}

/// Sends a right request in a spoilt envelope.
async fn sealed(sandbox: &Sandbox, spoil: impl FnOnce(&mut Letter<'_>)) -> Reply {
    let person = sandbox.world.people().doctor();
    let key = keystore_key(person);
    let mut letter = Letter::by(&key);
    spoil(&mut letter);
    sandbox.post(ISSUE, &letter.around(&Ask::of(person, &key).body()).await).await
}

/// Sends a right request after changing its text.
async fn changed(sandbox: &Sandbox, change: impl FnOnce(String) -> String) -> Reply {
    let person = sandbox.world.people().doctor();
    let key = keystore_key(person);
    let message = Letter::by(&key).around(&Ask::of(person, &key).body()).await;
    sandbox.post(ISSUE, change(String::from_utf8(message).unwrap()).as_bytes()).await
}

#[tokio::test]
async fn a_right_request_gets_a_token_for_a_day_that_says_what_was_asked() {
    let sandbox = Sandbox::open().await;
    let reply = asked(&sandbox, |_| {}).await;
    let assertion = reply.assertion();
    let person = sandbox.world.people().doctor();
    assert!(reply.body.contains("<wst:RequestSecurityTokenResponse xmlns:wst=\"http://docs.oasis-open.org/ws-sx/ws-trust/200512\" Context=\"context-1\">"));
    assert!(reply.head.contains("date: Mon, 02 Mar 2026 12:00:00 GMT"), "{}", reply.head);
    for said in [
        "NotBefore=\"2026-03-02T11:55:00.000Z\"",
        "NotOnOrAfter=\"2026-03-03T12:00:00.000Z\"",
        "IssueInstant=\"2026-03-02T12:00:00.000Z\"",
        "<AttributeValue>Claire</AttributeValue>",
        "<AttributeValue>Lambert</AttributeValue>",
        person.nihii.reveal(),
    ] {
        assert!(assertion.contains(said), "{said}");
    }
    assert_eq!(assertion.matches("<AttributeValue>true</AttributeValue>").count(), 2);
}

#[tokio::test]
async fn context_key_type_and_instants_are_read_in_every_spelling_clients_use() {
    let sandbox = Sandbox::open().await;
    let spellings: [fn(&mut Ask); 5] = [
        |ask| ask.attributes = "wst:Context=\"context-1\"".into(),
        |ask| ask.key_type = "http://docs.oasis-open.org/ws-sx/ws-trust/200512/PublicKey".into(),
        |ask| ask.created = "2026-03-02T13:00:00.1234567+01:00".into(),
        |ask| ask.expires = "2026-03-02T23:00:00+0000".into(),
        |ask| {
            ask.holder =
                ask.holder.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\n").collect()
        },
    ];
    for (number, spelling) in spellings.into_iter().enumerate() {
        let reply = asked(&sandbox, spelling).await;
        assert_eq!(reply.status, 200, "spelling {number}: {}", reply.body);
        assert!(reply.body.contains(" Context=\"context-1\""));
    }
}

/// The request is not of the form that the platform takes.
const SHAPES: [Broken<fn(&mut Ask)>; 10] = [
    ("no Context", "wst:InvalidRequest", |ask| ask.attributes.clear()),
    ("an empty Context", "wst:InvalidRequest", |ask| ask.attributes = "Context=\"\"".into()),
    ("Context twice", "SOA-03006", |ask| ask.attributes = "Context=\"a\" wst:Context=\"b\"".into()),
    ("another attribute", "SOA-03006", |ask| ask.attributes += " Colour=\"red\""),
    ("another token", "wst:BadRequest", |ask| ask.token_type = "urn:saml2".into()),
    ("another request", "wst:BadRequest", |ask| ask.request_type += "Collection"),
    ("another dialect", "wst:BadRequest", |ask| ask.dialect += "/2"),
    ("another key type", "wst:BadRequest", |ask| ask.key_type += "s"),
    ("an element too many", "SOA-03006", |ask| ask.more = "<wst:Forwardable>true</wst:Forwardable>".into()),
    ("an element twice", "SOA-03006", |ask| {
        ask.more = format!("<wst:KeyType>{}</wst:KeyType>", ask.key_type)
    }),
];

/// What it says of people, or asks to be confirmed, is not what it may.
const CLAIMS: [Broken<fn(&mut Ask)>; 13] = [
    ("a claim twice", "wst:InvalidRequest", |ask| ask.claims.push(ask.claims[2].clone())),
    ("an asserted claim listed again", "wst:InvalidRequest", |ask| ask.claims.push((PERSON.into(), None))),
    ("no person", "wst:InvalidRequest", |ask| drop(ask.claims.remove(1))),
    ("no holder", "wst:InvalidRequest", |ask| drop(ask.claims.remove(0))),
    ("a person without value", "wst:InvalidRequest", |ask| ask.claims[1].1 = None),
    ("a certified claim asserted", "wst:InvalidRequest", |ask| ask.claims[3].1 = Some("19999816004".into())),
    ("a claim nobody knows", "wst:InvalidRequest", |ask| ask.claims.push(("urn:x".into(), None))),
    ("an unknown quality", "wst:InvalidRequest", |ask| {
        ask.claims.push((format!("{PERSON}:ehealth:1.0:fpsph:wizard:boolean"), None));
    }),
    ("a claim without Uri", "SOA-03006", |ask| ask.claims.push((String::new(), None))),
    ("another person", "wst:FailedAuthentication", |ask| ask.claims[1].1 = Some("79061399723".into())),
    ("another holder", "wst:FailedAuthentication", |ask| ask.claims[0].1 = Some("79061399723".into())),
    ("a claim with two values", "SOA-03006", |ask| {
        ask.claims[1].1 = ask.claims[1].1.take().map(|it| format!("{it}</auth:Value><auth:Value>{it}"));
    }),
    ("a value with markup", "SOA-03006", |ask| ask.claims[1].1 = Some("<b>85010199885</b>".into())),
];

/// The life it asks for cannot be given.
const LIVES: [Broken<fn(&mut Ask)>; 6] = [
    ("a life that began an hour ago", "wst:InvalidTimeRange", |ask| {
        ask.created = "2026-03-02T11:00:00Z".into()
    }),
    ("a life that begins in an hour", "wst:InvalidTimeRange", |ask| {
        ask.created = "2026-03-02T13:00:00Z".into()
    }),
    ("a life that is over", "wst:InvalidTimeRange", |ask| {
        ask.created = "2026-03-02T11:58:00Z".into();
        ask.expires = "2026-03-02T11:59:00Z".into();
    }),
    ("a life that ends before it begins", "wst:InvalidTimeRange", |ask| {
        ask.expires = "2026-03-02T11:00:00Z".into()
    }),
    ("an instant without zone", "wst:InvalidTimeRange", |ask| ask.created = "2026-03-02T12:00:00".into()),
    ("a life beyond the holder's certificate", "wst:InvalidTimeRange", |ask| {
        ask.expires = "2036-03-02T12:00:00Z".into()
    }),
];

/// The key it names is nobody's.
const HOLDERS: [Broken<fn(&mut Ask)>; 3] = [
    ("a certificate that is none", "wst:InvalidSecurityToken", |ask| ask.holder = "AAAA".into()),
    ("a certificate with something behind it", "wst:InvalidSecurityToken", |ask| ask.holder += "AAAA"),
    ("no certificate at all", "wst:InvalidSecurityToken", |ask| ask.holder.clear()),
];

#[tokio::test]
async fn each_rule_of_the_request_has_its_fault() {
    let sandbox = Sandbox::open().await;
    for (name, code, spoil) in SHAPES.into_iter().chain(CLAIMS).chain(LIVES).chain(HOLDERS) {
        assert_eq!(asked(&sandbox, spoil).await.fault(), code, "{name}");
    }
    assert_eq!(asked(&sandbox, |_| {}).await.status, 200, "the same request unspoilt");
}

#[tokio::test]
async fn each_rule_of_the_header_has_its_fault() {
    let sandbox = Sandbox::open().await;
    let rules: [Broken<fn(&mut Letter<'_>)>; 17] = [
        ("body not signed", "wsse:InvalidSecurity", |it| it.signed = vec!["timestamp", "token"]),
        ("timestamp not signed", "wsse:InvalidSecurity", |it| it.signed = vec!["body", "token"]),
        ("token not signed", "wsse:InvalidSecurity", |it| it.signed = vec!["body", "timestamp"]),
        ("a part signed twice", "wsse:InvalidSecurity", |it| it.signed.push("body")),
        ("not mandatory", "wsse:InvalidSecurity", |it| it.must_understand = ""),
        ("mandatory in another spelling", "wsse:InvalidSecurity", |it| {
            it.must_understand = "SOAP-ENV:mustUnderstand=\"0\"";
        }),
        ("another token type", "wsse:UnsupportedSecurityToken", |it| it.value_type = "urn:kerberos"),
        ("another encoding", "wsse:UnsupportedSecurityToken", |it| it.encoding = "urn:hex"),
        ("SHA-1 digests", "wsse:UnsupportedAlgorithm", |it| {
            it.digest = "http://www.w3.org/2000/09/xmldsig#sha1"
        }),
        ("SHA-1 signature", "wsse:UnsupportedAlgorithm", |it| {
            it.algorithm = Some("http://www.w3.org/2000/09/xmldsig#rsa-sha1");
        }),
        ("a keyed digest", "wsse:UnsupportedAlgorithm", |it| {
            it.algorithm = Some("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256");
        }),
        ("the algorithm of another key", "wsse:FailedCheck", |it| {
            it.algorithm = Some("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        }),
        ("inclusive canonical form", "wsse:UnsupportedAlgorithm", |it| {
            it.transform = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
        }),
        ("a reference to nothing", "wsse:InvalidSecurity", |it| it.reference = "#nothing"),
        ("a message of yesterday", "wsu:MessageExpired", |it| {
            it.created = noon() - SignedDuration::from_hours(24);
            it.expires = it.created + SignedDuration::from_secs(60);
        }),
        ("a message of tomorrow", "wsu:MessageExpired", |it| {
            it.created = noon() + SignedDuration::from_hours(24);
            it.expires = it.created + SignedDuration::from_secs(60);
        }),
        ("a message that lives too long", "wsse:InvalidSecurity", |it| {
            it.expires = it.created + SignedDuration::from_secs(61);
        }),
    ];
    for (name, code, spoil) in rules {
        assert_eq!(sealed(&sandbox, spoil).await.fault(), code, "{name}");
    }
    assert_eq!(sealed(&sandbox, |_| {}).await.status, 200, "the same envelope unspoilt");
}

#[tokio::test]
async fn each_change_after_signing_has_its_fault() {
    let sandbox = Sandbox::open().await;
    let rules: [Broken<Change>; 10] = [
        ("another person in the body", "wsse:FailedCheck", |it| it.replace("85010199885", "79061399723")),
        ("a longer life", "wsse:FailedCheck", |it| {
            it.replace("2026-03-02T12:01:00Z", "2026-03-02T12:09:00Z")
        }),
        ("a doctype", "SOA-03001", |it| format!("<!DOCTYPE x>{it}")),
        ("cut short", "SOA-03001", |it| it[..it.len() - 10].to_owned()),
        ("SOAP 1.2", "SOA-03002", |it| {
            it.replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
        }),
        ("no header", "wsse:InvalidSecurity", |it| {
            let (start, rest) = it.split_once("<SOAP-ENV:Header>").unwrap();
            format!("{start}{}", rest.split_once("</SOAP-ENV:Header>").unwrap().1)
        }),
        ("no body", "SOA-03003", |it| {
            let (start, _) = it.split_once("<SOAP-ENV:Body").unwrap();
            format!("{start}</SOAP-ENV:Envelope>")
        }),
        ("a second body", "SOA-03003", |it| {
            it.replace("</SOAP-ENV:Body>", "</SOAP-ENV:Body><SOAP-ENV:Body></SOAP-ENV:Body>")
        }),
        ("a comment in the body", "wsse:InvalidSecurity", |it| {
            it.replace("<wst:Lifetime>", "<!-- --><wst:Lifetime>")
        }),
        ("no token", "wsse:SecurityTokenUnavailable", |it| {
            let (start, rest) = it.split_once("<wsse:BinarySecurityToken").unwrap();
            format!("{start}{}", rest.split_once("</wsse:BinarySecurityToken>").unwrap().1)
        }),
    ];
    for (name, code, change) in rules {
        assert_eq!(changed(&sandbox, change).await.fault(), code, "{name}");
    }
    assert_eq!(changed(&sandbox, |it| it).await.status, 200, "the same message unchanged");
}

#[tokio::test]
async fn an_http_request_of_another_kind_never_reaches_the_sts() {
    let sandbox = Sandbox::open().await;
    let url = sandbox.served.sts_url();
    let (xml, action) = (
        ("Content-Type", "text/xml; charset=utf-8"),
        ("SOAPAction", "\"urn:be:fgov:ehealth:sts:protocol:v1:Challenge\""),
    );
    let status = async |url: &str, method: &str, headers: &[(&str, &str)]| {
        sandbox.request(url, method, headers, b"<a/>").await.status
    };
    assert_eq!(status(url, "GET", &[]).await, 405);
    assert_eq!(status(&url.replace("/v1", "/v9"), "POST", &[xml, action]).await, 404);
    assert_eq!(status(url, "POST", &[action]).await, 415);
    assert_eq!(
        status(url, "POST", &[("Content-Type", "application/soap+xml; charset=utf-8"), action]).await,
        415
    );
    assert_eq!(status(url, "POST", &[("Content-Type", "text/xml; charset=iso-8859-1"), action]).await, 415);
    assert_eq!(sandbox.request(url, "POST", &[xml], b"<a/>").await.fault(), "SOA-03004");
    assert_eq!(sandbox.post("Cancel", b"<a/>").await.fault(), "SOA-03005");
    assert_eq!(sandbox.post(ISSUE, b"").await.fault(), "SOA-03001");
}

#[tokio::test]
async fn an_action_belongs_to_its_message() {
    let sandbox = Sandbox::open().await;
    let key = keystore_key(sandbox.world.people().doctor());
    let ask = Ask::of(sandbox.world.people().doctor(), &key).body();
    let letter = Letter::by(&key);
    assert_eq!(sandbox.post("Challenge", &letter.around(&ask).await).await.fault(), "SOA-03005");
    let answer = letter.around(&answer_to("x", "context-1")).await;
    assert_eq!(sandbox.post(ISSUE, &answer).await.fault(), "SOA-03005");
    assert_eq!(sandbox.post(ISSUE, &letter.around("").await).await.fault(), "SOA-03003");
}

#[tokio::test]
async fn nobody_from_outside_is_let_in() {
    let sandbox = Sandbox::open().await;
    let person = sandbox.world.people().doctor();
    let own = keystore_key(person);
    let years = Validity::years(noon(), 3);
    let foreign = Authority::root([("CN", "somebody")], KeyType::EcP256, years).unwrap();
    let expired = Validity::days(noon() - SignedDuration::from_hours(240), 9);
    let early = Validity::days(noon() + SignedDuration::from_hours(24), 9);
    let organisation = SoftKey::new(&sandbox.world.authorities().impostor).unwrap();
    for (name, key) in [
        ("a certificate of its own", SoftKey::new(&foreign).unwrap()),
        ("an expired one", other_key(&sandbox.world, person, expired)),
        ("one that is not valid yet", other_key(&sandbox.world, person, early)),
        ("a key that may only encrypt", encrypting(&sandbox)),
    ] {
        let message = Letter::by(&key).around(&Ask::of(person, &own).body()).await;
        assert_eq!(sandbox.post(ISSUE, &message).await.fault(), "wsse:FailedAuthentication", "{name}");
    }
    // It may sign in, but only as itself.
    let message = Letter::by(&organisation).around(&Ask::of(person, &own).body()).await;
    assert_eq!(sandbox.post(ISSUE, &message).await.fault(), "wst:FailedAuthentication", "an organisation");
    let stolen = other_key(&sandbox.world, person, years);
    let borrowed = Letter {
        certificate: Some(relais_core::ports::Signer::certificate(&own).to_vec()),
        ..Letter::by(&stolen)
    };
    let message = borrowed.around(&Ask::of(person, &own).body()).await;
    assert_eq!(
        sandbox.post(ISSUE, &message).await.fault(),
        "wsse:FailedCheck",
        "a certificate of somebody else's key"
    );
}

/// A person's certificate whose key usage has no digitalSignature.
fn encrypting(sandbox: &Sandbox) -> SoftKey {
    let key = KeyType::EcP256.generate().unwrap();
    let public = public(&key).unwrap();
    let subject = [("OU", "SSIN=85010199885"), ("CN", "SSIN=85010199885")];
    let request = Request::new(subject, &public, Usage::ENCRYPTION, Validity::years(noon(), 3));
    let certificate = sandbox.world.authorities().issuing.issue(request).unwrap();
    SoftKey::new(&Authority { certificate, key }).unwrap()
}

#[tokio::test]
async fn a_holder_from_outside_is_no_holder() {
    let sandbox = Sandbox::open().await;
    let person = sandbox.world.people().doctor();
    let key = keystore_key(person);
    let years = Validity::years(noon(), 3);
    let foreign = Authority::root([("CN", "somebody")], KeyType::EcP256, years).unwrap();
    let expired = Validity::days(noon() - SignedDuration::from_hours(240), 9);
    for holder in [SoftKey::new(&foreign).unwrap(), other_key(&sandbox.world, person, expired)] {
        let message = Letter::by(&key).around(&Ask::of(person, &holder).body()).await;
        assert_eq!(sandbox.post(ISSUE, &message).await.fault(), "wst:InvalidSecurityToken");
    }
}

#[tokio::test]
async fn somebody_the_platform_does_not_know_gets_nothing() {
    let sandbox = Sandbox::open().await;
    let mut nobody = sandbox.world.people().doctor().clone();
    nobody.ssin = relais_core::ident::Ssin::parse("85010199786").unwrap();
    let key = other_key(&sandbox.world, &nobody, Validity::years(noon(), 3));
    let message = Letter::by(&key).around(&Ask::of(&nobody, &key).body()).await;
    assert_eq!(sandbox.post(ISSUE, &message).await.fault(), "wst:FailedAuthentication");
}

/// A request whose header and holder are two keys of the same person, up to the challenge.
struct Challenged {
    sandbox: Sandbox,
    holder: SoftKey,
    header: SoftKey,
    challenge: String,
}

async fn challenged() -> Challenged {
    let sandbox = Sandbox::open().await;
    let person = sandbox.world.people().doctor().clone();
    let (header, holder) =
        (keystore_key(&person), other_key(&sandbox.world, &person, Validity::years(noon(), 3)));
    let first = Letter::by(&header).around(&Ask::of(&person, &holder).body()).await;
    let challenge = sandbox.post(ISSUE, &first).await.challenge().to_owned();
    Challenged { sandbox, holder, header, challenge }
}

impl Challenged {
    async fn answer(&self, key: &SoftKey, challenge: &str, context: &str, at: Timestamp) -> Reply {
        let letter = Letter { created: at, expires: at + SignedDuration::from_secs(60), ..Letter::by(key) };
        self.sandbox.post("Challenge", &letter.around(&answer_to(challenge, context)).await).await
    }
}

#[tokio::test]
async fn a_challenge_answered_with_the_holders_key_gives_a_token_once() {
    let it = challenged().await;
    let answered = async || it.answer(&it.holder, &it.challenge, "context-1", noon()).await;
    assert!(answered().await.assertion().contains("holder-of-key"));
    assert_eq!(answered().await.fault(), "wst:InvalidRequest", "a second time");
}

#[tokio::test]
async fn a_challenge_is_spent_by_a_wrong_answer() {
    for name in ["another text", "the header's key", "a stranger's key"] {
        let it = challenged().await;
        let stranger = keystore_key(it.sandbox.world.people().stranger());
        let wrong = match name {
            "another text" => it.answer(&it.holder, "0000", "context-1", noon()).await,
            "the header's key" => it.answer(&it.header, &it.challenge, "context-1", noon()).await,
            _ => it.answer(&stranger, &it.challenge, "context-1", noon()).await,
        };
        assert_eq!(wrong.fault(), "wst:FailedAuthentication", "{name}");
        let right = it.answer(&it.holder, &it.challenge, "context-1", noon()).await;
        assert_eq!(right.fault(), "wst:InvalidRequest", "{name}, then the right answer");
    }
}

#[tokio::test]
async fn a_challenge_belongs_to_its_context_and_grows_old() {
    let it = challenged().await;
    let astray = it.answer(&it.holder, &it.challenge, "context-9", noon()).await;
    assert_eq!(astray.fault(), "wst:InvalidRequest");
    let late = noon() + SignedDuration::from_secs(301);
    it.sandbox.world.clock().turn(Turn::all(SignedDuration::from_secs(301)));
    assert_eq!(it.answer(&it.holder, &it.challenge, "context-1", late).await.fault(), "wst:ExpiredData");
}

#[tokio::test]
async fn the_switches_decide_what_is_not_known_of_the_platform() {
    let sandbox = Sandbox::open().await;
    let nurse = |ask: &mut Ask| ask.claims.push((format!("{PERSON}:nurse:boolean"), None));
    assert!(asked(&sandbox, nurse).await.assertion().contains("<AttributeValue>false</AttributeValue>"));
    sandbox.served.set_rules(Rules { denial: Denial::Absent, collection: true, ..Rules::default() });
    let absent = asked(&sandbox, nurse).await;
    assert!(!absent.assertion().contains("nurse"));
    assert!(absent.body.contains("<wst:RequestSecurityTokenResponseCollection"));
    sandbox.served.set_rules(Rules { challenges: Challenges::Always, ..Rules::default() });
    assert_eq!(asked(&sandbox, |_| {}).await.challenge().len(), 32);
    assert_eq!(
        asked(&sandbox, |_| {}).await.fault(),
        "wst:InvalidRequest",
        "the same Context while it waits"
    );
}

#[tokio::test]
async fn a_token_is_never_longer_than_a_day() {
    let sandbox = Sandbox::open().await;
    let greedy = asked(&sandbox, |ask| ask.expires = "2026-03-09T12:00:00Z".into()).await;
    assert!(greedy.assertion().contains("NotOnOrAfter=\"2026-03-03T12:00:00.000Z\""));
    let modest = asked(&sandbox, |ask| ask.expires = "2026-03-02T13:00:00Z".into()).await;
    assert!(modest.assertion().contains("NotOnOrAfter=\"2026-03-02T13:00:00.000Z\""));
}

#[tokio::test]
async fn a_living_token_of_ours_is_renewed_and_no_other() {
    let sandbox = Sandbox::open().await;
    let (doctor, stranger) = (sandbox.world.people().doctor(), sandbox.world.people().stranger());
    let (own, others) = (keystore_key(doctor), keystore_key(stranger));
    let token = asked(&sandbox, |_| {}).await.assertion();
    let hours = |count| noon() + SignedDuration::from_hours(count);
    let renew = async |key: &SoftKey, token: &str, at: Timestamp| {
        let letter = Letter { created: at, expires: at + SignedDuration::from_secs(60), ..Letter::by(key) };
        sandbox.post(ISSUE, &letter.around(&renewal_of(token)).await).await
    };
    sandbox.world.clock().turn(Turn::all(SignedDuration::from_hours(12)));
    let renewed = renew(&own, &token, hours(12)).await.assertion();
    assert!(renewed.contains("NotOnOrAfter=\"2026-03-04T00:00:00.000Z\"") && renewed.contains(HOLDER));
    assert_eq!(renew(&others, &token, hours(12)).await.fault(), "wst:FailedAuthentication");
    let longer = token.replace("NotOnOrAfter=\"2026", "NotOnOrAfter=\"2036");
    assert_eq!(renew(&own, &longer, hours(12)).await.fault(), "wst:InvalidSecurityToken");
    sandbox.world.clock().turn(Turn::all(SignedDuration::from_hours(12)));
    assert_eq!(renew(&own, &token, hours(24)).await.fault(), "wst:ExpiredData");
}
