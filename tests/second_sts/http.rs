//! HTTP/1.1 over TLS, one request a connection.

use std::io::{Read, Write};
use std::net::TcpStream;

use jiff::Timestamp;
use openssl::ssl::{SslAcceptor, SslStream};

use crate::house::House;
use crate::names::PATH;

/// Far more than any message of this protocol.
const LONGEST: usize = 1024 * 1024;

/// What was asked.
pub struct Request {
    pub method: String,
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Answers one connection; one that breaks is the client's affair.
pub fn attend(acceptor: &SslAcceptor, stream: TcpStream, house: &House) {
    let Ok(mut stream) = acceptor.accept(stream) else { return };
    let Some(request) = read(&mut stream) else { return };
    let (status, body) = match (request.method.as_str(), request.path.as_str()) {
        ("POST", PATH) => house.answer(&request),
        (_, PATH) => ("405 Method Not Allowed", String::new()),
        _ => ("404 Not Found", String::new()),
    };
    let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let head = format!(
        "HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    // A client that is gone hears nothing.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    let _ = stream.shutdown();
}

fn read(stream: &mut SslStream<TcpStream>) -> Option<Request> {
    let mut taken = Vec::new();
    let head_end = loop {
        if let Some(end) = taken.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut taken)?;
    };
    let head = std::str::from_utf8(&taken[..head_end]).ok()?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut request = Request { method, path, headers, body: vec![] };
    let length: usize = request.header("Content-Length").unwrap_or("0").parse().ok()?;
    let whole = head_end + 4 + length;
    while taken.len() < whole {
        more(stream, &mut taken)?;
    }
    request.body = taken[head_end + 4..whole].to_vec();
    Some(request)
}

fn more(stream: &mut impl Read, taken: &mut Vec<u8>) -> Option<()> {
    let mut part = [0; 8192];
    let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
    taken.extend_from_slice(&part[..count]);
    (taken.len() <= LONGEST).then_some(())
}
