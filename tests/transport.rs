//! The transport against servers that misbehave: every fault has its own code, and nothing is sent to a server that
//! has not proven who it is (threat T17, faults F6, F8, F9, F11, F12, F13).
#![allow(clippy::unwrap_used, dead_code, reason = "a test target")]

#[path = "transport/hedged.rs"]
mod hedged;
#[path = "transport/lists.rs"]
mod lists;
#[path = "transport/names.rs"]
mod names;
#[path = "transport/pki.rs"]
mod pki;
#[path = "transport/server.rs"]
mod server;

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::time::Duration;

use relais_core::Code;
use relais_ehealth::transport::{
    BadAnswer, HostList, Limits, ProxyChoice, ProxyTrouble, Reply, Retry, Settings, TlsCause, Transport,
    TransportError, Trust, Url,
};
use tokio::io::AsyncWriteExt;

use pki::Authority;
use server::{Server, http};

const XML: &str = "Content-Type: text/xml; charset=utf-8\r\n";
const MESSAGE: &str = "<secret>85010199786</secret>";

fn settings(authority: &Authority) -> Settings {
    let hosts = HostList::parse(&["127.0.0.1", "localhost"]).unwrap();
    let mut settings = Settings::new(hosts, Trust::Only(vec![authority.certificate.clone()]));
    settings.proxy = ProxyChoice::Direct;
    settings
}

async fn call_with(settings: Settings, url: Url) -> Result<Reply, TransportError> {
    Transport::new(settings).unwrap().post_soap(&[url], "urn:test:action", MESSAGE.into()).await.answer
}

async fn call(authority: &Authority, server: &Server) -> Result<Reply, TransportError> {
    call_with(settings(authority), server.url()).await
}

async fn answered(answer: impl Into<Vec<u8>>) -> Result<Reply, TransportError> {
    let authority = Authority::new();
    let server = Server::answering(&authority, answer).await;
    call(&authority, &server).await
}

#[tokio::test]
async fn a_good_answer_comes_back_byte_for_byte_with_its_date() {
    let authority = Authority::new();
    let date = format!("{XML}Date: Mon, 02 Mar 2026 07:00:00 GMT\r\n");
    let server = Server::answering(&authority, http("200 OK", &date, "<a>\n  é</a>")).await;
    let reply = call(&authority, &server).await.unwrap();
    assert_eq!(reply.body.as_slice(), "<a>\n  é</a>".as_bytes());
    assert_eq!(reply.head.server_time, Some("2026-03-02T07:00:00Z".parse().unwrap()));
    assert!(!format!("{reply:?}").contains('é'), "an answer may hold an assertion and never prints itself");
}

#[tokio::test]
async fn the_request_names_action_product_and_support_and_nothing_else_of_us() {
    let authority = Authority::new();
    let server = Server::answering(&authority, http("200 OK", XML, "<a/>")).await;
    let mut settings = settings(&authority);
    settings.from = Some("help@relais.test".into());
    call_with(settings, server.url()).await.unwrap();
    let told = server.told();
    let (head, body) = told.split_once("\r\n\r\n").unwrap();
    let mut names: Vec<_> =
        head.lines().skip(1).map(|line| line.split(':').next().unwrap().to_ascii_lowercase()).collect();
    names.sort();
    let expected = [
        "accept",
        "accept-encoding",
        "content-length",
        "content-type",
        "from",
        "host",
        "soapaction",
        "user-agent",
    ];
    assert_eq!(names, expected);
    assert!(head.starts_with("POST /IAM/SecurityTokenService/v1 HTTP/1.1"));
    assert!(head.contains("\"urn:test:action\"") && head.contains("text/xml; charset=utf-8"));
    assert!(
        head.contains(concat!("Relais/", env!("CARGO_PKG_VERSION"))) && head.contains("help@relais.test")
    );
    assert_eq!(body, MESSAGE);
}

#[tokio::test]
async fn no_byte_of_the_request_reaches_a_server_that_has_not_proven_who_it_is() {
    let ours = Authority::new();
    let stranger = Authority::new();
    for (leaf, cause, code) in [
        (ours.leaf("127.0.0.1", (-30, -1)), TlsCause::Dates, Code::TLS_EXPIRED),
        (ours.leaf("127.0.0.1", (1, 30)), TlsCause::Dates, Code::TLS_EXPIRED),
        (ours.leaf("sts.test", (-1, 30)), TlsCause::WrongName, Code::TLS_WRONG_NAME),
        (stranger.good_leaf(), TlsCause::UnknownCa, Code::TLS_UNKNOWN_CA),
    ] {
        let server = Server::tls(leaf, |_| async {}).await;
        let error = call(&ours, &server).await.unwrap_err();
        assert_eq!(error, TransportError::Tls(cause));
        assert_eq!(error.code(), code);
        assert_eq!(server.told(), "", "{cause:?}");
    }
}

#[tokio::test]
async fn a_refused_certificate_is_remembered_with_its_issuer_for_the_report() {
    let (ours, stranger) = (Authority::new(), Authority::new());
    let server = Server::tls(stranger.good_leaf(), |_| async {}).await;
    let transport = Transport::new(settings(&ours)).unwrap();
    assert!(transport.head(&server.url()).await.is_err());
    let facts = transport.tls_facts("127.0.0.1").unwrap();
    assert_eq!((facts.trusted, facts.inspected, facts.chain.len()), (false, false, 1));
    assert_eq!(facts.issuer, "Relais test authority");
}

#[tokio::test]
async fn an_anchor_of_the_profile_beside_the_systems_store_is_no_inspection() {
    let authority = Authority::new();
    let server = Server::answering(&authority, http("200 OK", XML, "<a/>")).await;
    let mut settings = settings(&authority);
    settings.trust = Trust::System(vec![authority.certificate.clone()]);
    settings.refuse_inspected = true;
    let transport = Transport::new(settings).unwrap();
    transport.post_soap(&[server.url()], "urn:test:action", vec![]).await.answer.unwrap();
    let facts = transport.tls_facts("127.0.0.1").unwrap();
    assert!(facts.trusted && !facts.inspected);
}

#[tokio::test]
async fn a_server_that_knows_only_tls_1_1_is_too_old() {
    use openssl::ssl::{SslAcceptor, SslMethod, SslVersion};
    let authority = Authority::new();
    let leaf = authority.good_leaf();
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let old = std::thread::spawn(move || {
        let mut old = SslAcceptor::mozilla_intermediate(SslMethod::tls_server()).unwrap();
        old.clear_options(openssl::ssl::SslOptions::NO_TLSV1_1);
        old.set_cipher_list("ALL:@SECLEVEL=0").unwrap();
        old.set_min_proto_version(None).unwrap();
        old.set_max_proto_version(Some(SslVersion::TLS1_1)).unwrap();
        old.set_private_key(&leaf.key).unwrap();
        old.set_certificate(&leaf.certificate).unwrap();
        let (stream, _) = listener.accept().unwrap();
        old.build().accept(stream).is_err()
    });
    let url = Url::parse(&format!("https://{address}/")).unwrap();
    let error = call_with(settings(&authority), url).await.unwrap_err();
    assert_eq!(error, TransportError::Tls(TlsCause::TooOld));
    assert_eq!(error.code(), Code::TLS_TOO_OLD);
    assert!(old.join().unwrap(), "the old server had no handshake either");
}

#[tokio::test]
async fn a_connection_reset_in_the_handshake_is_a_broken_handshake() {
    let authority = Authority::new();
    let reset = Server::plain(|stream| async move { stream.set_zero_linger().unwrap() }).await;
    let closed = Server::plain(|_| async {}).await;
    let nonsense = Server::plain(|mut stream| async move {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await;
    })
    .await;
    for server in [reset, closed, nonsense] {
        let error = call(&authority, &server).await.unwrap_err();
        assert_eq!(error, TransportError::Tls(TlsCause::Broken));
        assert_eq!(error.code(), Code::TLS_BROKEN);
        assert!(!server.told().contains("secret"));
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let authority = Authority::new();
    let (listener, server) = Server::listening().await;
    drop(listener);
    assert_eq!(call(&authority, &server).await.unwrap_err(), TransportError::Unreachable);
}

#[tokio::test]
async fn a_host_outside_the_profile_is_never_called() {
    let authority = Authority::new();
    let server = Server::answering(&authority, http("200 OK", XML, "<a/>")).await;
    let mut settings = settings(&authority);
    settings.hosts = HostList::parse(&[format!("127.0.0.1:{}", server.address.port() ^ 1)]).unwrap();
    let error = call_with(settings, server.url()).await.unwrap_err();
    assert_eq!(error, TransportError::HostNotAllowed { host: "127.0.0.1".into() });
    assert_eq!(error.code(), Code::HOST_NOT_ALLOWED);
    assert_eq!(server.told(), "");
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let authority = Authority::new();
    let elsewhere = Server::answering(&authority, http("200 OK", XML, "<a/>")).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let server = Server::answering(
            &authority,
            http(status, &format!("Location: {}\r\n{XML}", elsewhere.url()), "<a/>"),
        )
        .await;
        let error = call(&authority, &server).await.unwrap_err();
        assert_eq!((error.code(), error), (Code::REDIRECTED, TransportError::Redirected));
    }
    assert_eq!(elsewhere.told(), "");
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_told_apart_and_learns_nothing() {
    let authority = Authority::new();
    for (answer, trouble) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
            ProxyTrouble::WantsPassword,
        ),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", ProxyTrouble::Refused),
        ("no proxy at all", ProxyTrouble::Refused),
    ] {
        let proxy = Server::plain(move |mut stream| async move {
            let _ = stream.write_all(answer.as_bytes()).await;
        })
        .await;
        let mut settings = settings(&authority);
        settings.proxy = ProxyChoice::Fixed(format!("http://{}", proxy.address));
        let error = call_with(settings, Url::parse("https://127.0.0.1:9/x").unwrap()).await.unwrap_err();
        assert_eq!(error, TransportError::Proxy(trouble));
        assert_eq!(error.code(), Code::PROXY_REFUSED);
        assert!(proxy.told().starts_with("CONNECT 127.0.0.1:9 HTTP/1.1\r\n"));
        assert!(!proxy.told().contains("secret") && !proxy.told().to_lowercase().contains("authorization"));
    }
}

#[tokio::test]
async fn a_proxy_that_is_gone_is_told_apart_from_a_platform_that_is_gone() {
    let authority = Authority::new();
    let (listener, proxy) = Server::listening().await;
    drop(listener);
    let mut settings = settings(&authority);
    settings.proxy = ProxyChoice::Fixed(format!("http://{}", proxy.address));
    let error = call_with(settings, Url::parse("https://127.0.0.1:9/x").unwrap()).await.unwrap_err();
    assert_eq!(error, TransportError::Proxy(ProxyTrouble::Unreachable));
}

/// Keeps the connection open and says nothing.
async fn hang<S>(stream: S) {
    std::future::pending::<()>().await;
    drop(stream);
}

/// A deadline short enough for a test; the answer never comes, so nothing depends on how fast this PC is.
fn short(authority: &Authority) -> Settings {
    let mut settings = settings(authority);
    settings.limits = Limits { deadline: Duration::from_millis(400), ..Limits::default() };
    settings
}

#[tokio::test]
async fn a_server_that_never_finishes_meets_the_deadline() {
    let authority = Authority::new();
    let silent = Server::tls(authority.good_leaf(), hang).await;
    let dripping = Server::tls(authority.good_leaf(), |mut stream| async move {
        let mut tick = tokio::time::interval(Duration::from_millis(10));
        let _ = stream
            .write_all(format!("HTTP/1.1 200 OK\r\n{XML}Content-Length: 100000\r\n\r\n").as_bytes())
            .await;
        while stream.write_all(b" ").await.is_ok() && stream.flush().await.is_ok() {
            tick.tick().await;
        }
    })
    .await;
    let mute = Server::plain(hang).await;
    for server in [silent, dripping, mute] {
        let error = call_with(short(&authority), server.url()).await.unwrap_err();
        assert_eq!((error.code(), error), (Code::STS_TIMEOUT, TransportError::Timeout));
    }
}

#[tokio::test]
async fn a_handshake_that_hangs_meets_the_limit_for_connecting() {
    let authority = Authority::new();
    let mute = Server::plain(hang).await;
    let mut settings = settings(&authority);
    settings.limits.connect = Duration::from_millis(200);
    assert_eq!(call_with(settings, mute.url()).await.unwrap_err(), TransportError::Timeout);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_at_the_limit() {
    let authority = Authority::new();
    let endless = Server::tls(authority.good_leaf(), |mut stream| async move {
        let _ = stream
            .write_all(format!("HTTP/1.1 200 OK\r\n{XML}Transfer-Encoding: chunked\r\n\r\n").as_bytes())
            .await;
        let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        while stream.write_all(&chunk).await.is_ok() {}
    })
    .await;
    let error = call(&authority, &endless).await.unwrap_err();
    assert_eq!((error.code(), error), (Code::ANSWER_TOO_LARGE, TransportError::TooLarge));

    let announced = answered(format!("HTTP/1.1 200 OK\r\n{XML}Content-Length: 5000000\r\n\r\n")).await;
    assert_eq!(announced.unwrap_err(), TransportError::TooLarge);
}

#[tokio::test]
async fn a_compressed_answer_is_read_and_a_bomb_is_cut_at_the_decoded_limit() {
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let encoded = format!("{XML}Content-Encoding: gzip\r\n");
    let good = answered(http("200 OK", &encoded, packed(b"<a/>"))).await.unwrap();
    assert_eq!(good.body.as_slice(), b"<a/>");

    let bomb = packed(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    assert_eq!(answered(http("200 OK", &encoded, bomb)).await.unwrap_err(), TransportError::TooLarge);

    let cut = packed(b"<a/>");
    let cut = answered(http("200 OK", &encoded, &cut[..cut.len() - 6])).await.unwrap_err();
    assert_eq!(cut, TransportError::BadAnswer(BadAnswer::BrokenOff));
}

#[tokio::test]
async fn what_is_no_message_is_refused_with_its_cause() {
    let html = "Content-Type: text/html\r\n";
    let page = "<html><body>Welcome to the Wi-Fi</body></html>";
    for (answer, cause) in [
        (http("200 OK", html, page), BadAnswer::Html),
        (http("200 OK", XML, page), BadAnswer::Html),
        (http("200 OK", "Content-Type: application/json\r\n", "{}"), BadAnswer::ContentType),
        (http("200 OK", "", "<a/>"), BadAnswer::ContentType),
        (http("200 OK", "Content-Type: text/xml; charset=iso-8859-1\r\n", "<a/>"), BadAnswer::Charset),
        (http("200 OK", XML, b"<a>\xff\xfe</a>"), BadAnswer::NotUtf8),
        (format!("HTTP/1.1 200 OK\r\n{XML}Content-Length: 900\r\n\r\n<a/>").into(), BadAnswer::BrokenOff),
        (
            format!("HTTP/1.1 200 OK\r\n{XML}Transfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n").into(),
            BadAnswer::BrokenOff,
        ),
        (
            format!("HTTP/1.1 200 OK\r\n{XML}Transfer-Encoding: chunked\r\n\r\nzz\r\n<a/>\r\n").into(),
            BadAnswer::BrokenOff,
        ),
        (b"\x00\x01\x02\x03 no http\r\n\r\n".to_vec(), BadAnswer::BrokenOff),
        (Vec::new(), BadAnswer::BrokenOff),
    ] {
        let shown = String::from_utf8_lossy(&answer).into_owned();
        let error = answered(answer).await.unwrap_err();
        assert_eq!(error, TransportError::BadAnswer(cause), "{shown:?}");
        let problem = error.problem();
        assert_eq!((problem.code, problem.with["cause"].as_str()), (Code::STS_BAD_RESPONSE, cause.word()));
    }
}

#[tokio::test]
async fn a_busy_server_says_how_long_to_wait() {
    let date = "Date: Mon, 02 Mar 2026 07:00:00 GMT\r\n";
    for (status, headers, wait) in [
        ("429 Too Many Requests", "Retry-After: 30\r\n".to_owned(), Some(30)),
        (
            "503 Service Unavailable",
            format!("{date}Retry-After: Mon, 02 Mar 2026 07:02:00 GMT\r\n"),
            Some(120),
        ),
        ("503 Service Unavailable", "Retry-After: -5\r\n".to_owned(), None),
        ("500 Internal Server Error", "Content-Type: text/html\r\n".to_owned(), None),
    ] {
        let error = answered(http(status, &headers, "busy")).await.unwrap_err();
        let expected =
            wait.map_or(Retry::Later, |seconds| Retry::After(jiff::SignedDuration::from_secs(seconds)));
        assert_eq!((error.code(), error.retry()), (Code::STS_HTTP, expected), "{status} {headers}");
        assert_eq!(error.problem().with["status"], status[..3]);
    }
}

#[tokio::test]
async fn an_xml_answer_of_any_status_is_handed_on_because_it_may_be_a_fault() {
    let reply = answered(http("500 Internal Server Error", XML, "<fault/>")).await.unwrap();
    assert_eq!((reply.head.status, reply.body.as_slice()), (500, b"<fault/>".as_slice()));
}

#[tokio::test]
async fn any_status_tells_that_somebody_is_there() {
    let authority = Authority::new();
    let server = Server::answering(&authority, http("405 Method Not Allowed", "", "")).await;
    let transport = Transport::new(settings(&authority)).unwrap();
    assert_eq!(transport.head(&server.url()).await.unwrap().status, 405);
    assert!(server.told().starts_with("HEAD /IAM/"));
}
