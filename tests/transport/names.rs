//! Names that are slow, unknown, or lead to a dead end (fault F12), in a network namespace whose resolver is ours.
//!
//! Each test runs a second time, alone, where only its own loopback exists and `/etc/resolv.conf` names 127.0.0.1.
//! Needs Linux and `unshare`, as the tests with pcscd do.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use relais_core::Code;
use relais_ehealth::transport::{HostList, Reply, Transport, TransportError, Url};
use tokio::io::AsyncWriteExt;

use crate::pki::Authority;
use crate::server::{Server, http};
use crate::{MESSAGE, XML, settings};

const INSIDE: &str = "RELAIS_TEST_NAMES";
const NAME: &str = "sts.test";

/// Runs `test` in a namespace of its own: calls this program again for the test named `name` alone.
fn with_our_resolver(name: &str, test: fn()) {
    if std::env::var_os(INSIDE).is_some() {
        return test();
    }
    let folder = tempfile::tempdir().unwrap();
    let resolver = folder.path().join("resolv.conf");
    std::fs::write(&resolver, "nameserver 127.0.0.1\noptions timeout:1 attempts:2\n").unwrap();
    let namespaces = if rustix::process::geteuid().is_root() { "-nm" } else { "-rnm" };
    let inside = "ip link set lo up && mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";
    let ran = Command::new("unshare")
        .args([namespaces, "sh", "-c", inside])
        .arg(&resolver)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("names::{name}"), "--nocapture"])
        .env(INSIDE, "1")
        .stdin(Stdio::null())
        .output()
        .expect("unshare (util-linux) starts");
    let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && told.contains("1 passed"), "in its namespace:\n{told}");
}

/// What the resolver does with a question.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Mood {
    Silent,
    NoSuchName,
    Answers,
}

/// A name server for one name, whose mood can change.
#[derive(Clone)]
struct Resolver(Arc<AtomicU8>);

impl Resolver {
    fn start(mood: Mood) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 53)).unwrap();
        let resolver = Self(Arc::new(AtomicU8::new(mood as u8)));
        let ours = resolver.clone();
        thread::spawn(move || {
            let mut question = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut question) {
                if let Some(answer) = ours.answer(&question[..length]) {
                    let _ = socket.send_to(&answer, from);
                }
            }
        });
        resolver
    }

    fn is_now(&self, mood: Mood) {
        self.0.store(mood as u8, Ordering::SeqCst);
    }

    /// A DNS message that answers one question. Source: RFC 1035, section 4.1; RFC 3596.
    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let mood = self.0.load(Ordering::SeqCst);
        let name_ends = 12 + question[12..].iter().position(|byte| *byte == 0)?;
        let kind = *question.get(name_ends + 2)?;
        let asked = &question[12..name_ends + 5];
        let address: &[u8] = match kind {
            1 => &Ipv4Addr::LOCALHOST.octets(),
            28 => &Ipv6Addr::LOCALHOST.octets(),
            _ => &[],
        };
        let known = mood == Mood::Answers as u8;
        if mood == Mood::Silent as u8 {
            return None;
        }
        let found = known && !address.is_empty();
        let flags = if known { [0x85, 0x80] } else { [0x85, 0x83] };
        let counts = [0, 1, 0, u8::from(found), 0, 0, 0, 0];
        let mut answer = [&question[..2], &flags, &counts, asked].concat();
        if found {
            answer.extend([0xC0, 12, 0, kind, 0, 1, 0, 0, 0, 1, 0, u8::try_from(address.len()).ok()?]);
            answer.extend(address);
        }
        Some(answer)
    }
}

/// Calls `sts.test` at the port of a server on 127.0.0.1; all of it within four seconds.
async fn call(authority: &Authority, port: u16) -> Result<Reply, TransportError> {
    let mut settings = settings(authority);
    settings.hosts = HostList::parse(&[NAME]).unwrap();
    settings.limits.deadline = Duration::from_secs(4);
    let url = Url::parse(&format!("https://{NAME}:{port}/IAM/SecurityTokenService/v1")).unwrap();
    Transport::new(settings).unwrap().post_soap(&[url], "urn:test:action", MESSAGE.into()).await.answer
}

async fn server(authority: &Authority) -> Server {
    Server::tls(authority.leaf(NAME, (-1, 30)), |mut stream| async move {
        let _ = stream.write_all(&http("200 OK", XML, "<a/>")).await;
        let _ = stream.shutdown().await;
    })
    .await
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn a_resolver_that_never_answers_ends_at_a_deadline_and_one_that_is_back_is_used_at_once() {
    let name = "a_resolver_that_never_answers_ends_at_a_deadline_and_one_that_is_back_is_used_at_once";
    with_our_resolver(name, || {
        let resolver = Resolver::start(Mood::Silent);
        block_on(async {
            let authority = Authority::new();
            let server = server(&authority).await;
            let error = call(&authority, server.address.port()).await.unwrap_err();
            assert!(matches!(error.code(), Code::STS_TIMEOUT | Code::NAME_NOT_FOUND), "{error:?}");
            assert_eq!(server.told(), "");
            resolver.is_now(Mood::Answers);
            let reply = call(&authority, server.address.port()).await.unwrap();
            assert_eq!(reply.body.as_slice(), b"<a/>");
        });
    });
}

#[test]
fn a_name_that_does_not_exist_is_told_as_such() {
    with_our_resolver("a_name_that_does_not_exist_is_told_as_such", || {
        let _resolver = Resolver::start(Mood::NoSuchName);
        let error = block_on(call(&Authority::new(), 443)).unwrap_err();
        assert_eq!(error, TransportError::NameNotFound);
    });
}

/// Somebody listens there and never takes a connection: once the queue is full, a call hears nothing at all.
fn dead_end(port: u16) -> Vec<TcpStream> {
    let address = SocketAddr::from((Ipv6Addr::LOCALHOST, port));
    let listener =
        rustix::net::socket(rustix::net::AddressFamily::INET6, rustix::net::SocketType::STREAM, None)
            .unwrap();
    rustix::net::bind(&listener, &address).unwrap();
    rustix::net::listen(&listener, 0).unwrap();
    // Left open until the process, which is for this test alone, has ended.
    std::mem::forget(listener);
    let quick = Duration::from_millis(300);
    std::iter::from_fn(|| TcpStream::connect_timeout(&address, quick).ok()).take(16).collect()
}

#[test]
fn an_address_of_ipv6_that_leads_nowhere_does_not_keep_a_call_from_the_other() {
    let name = "an_address_of_ipv6_that_leads_nowhere_does_not_keep_a_call_from_the_other";
    with_our_resolver(name, || {
        let _resolver = Resolver::start(Mood::Answers);
        block_on(async {
            let authority = Authority::new();
            let server = server(&authority).await;
            let queued = dead_end(server.address.port());
            assert!(queued.len() < 16, "nobody gets through to the dead end any more");
            let reply = call(&authority, server.address.port()).await.unwrap();
            assert_eq!(reply.body.as_slice(), b"<a/>");
        });
    });
}
