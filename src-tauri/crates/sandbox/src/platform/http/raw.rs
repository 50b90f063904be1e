//! Connections that go wrong below HTTP.

use std::io::Result;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::tls::Certificates;

/// A ServerHello of TLS 1.1 (RFC 4346, 7.4.1.3): record, handshake header, version 3.2, 32 random bytes, no session,
/// TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
fn server_hello_1_1() -> Vec<u8> {
    let mut hello = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend([0x5A; 32]);
    hello.extend([0, 0, 0x2F, 0]);
    hello
}

/// Answers the ClientHello with a reset.
pub(super) async fn reset(mut stream: TcpStream) -> Result<()> {
    hello(&mut stream).await?;
    // Nothing lingers: closing sends a reset.
    stream.set_zero_linger()
}

/// Reads one TLS record: the ClientHello.
async fn hello(stream: &mut TcpStream) -> Result<()> {
    let mut header = [0; 5];
    stream.read_exact(&mut header).await?;
    let mut record = vec![0; usize::from(u16::from_be_bytes([header[3], header[4]]))];
    stream.read_exact(&mut record).await.map(drop)
}

/// Knows nothing newer than TLS 1.1.
pub(super) async fn tls_1_1(mut stream: TcpStream) -> Result<()> {
    hello(&mut stream).await?;
    stream.write_all(&server_hello_1_1()).await?;
    stream.shutdown().await?;
    drained(&mut stream).await
}

/// Announces chunks and sends none.
pub(super) async fn garbage(stream: TcpStream, certificates: &Certificates) -> Result<()> {
    let mut stream = certificates.acceptor(None).accept(stream).await?;
    request(&mut stream).await?;
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n\
                  these are not the chunks\r\n";
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    drained(&mut stream).await
}

/// Reads one request, head and body.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> Result<()> {
    let (mut seen, mut part) = (Vec::new(), [0; 4096]);
    while !whole(&seen) {
        let read = stream.read(&mut part).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        seen.extend_from_slice(&part[..read]);
    }
    Ok(())
}

fn whole(seen: &[u8]) -> bool {
    let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&seen[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    seen.len() >= end + 4 + length.unwrap_or(0_usize)
}

/// Lets the other side close first, so that it reads what was sent.
async fn drained(stream: &mut (impl AsyncRead + Unpin)) -> Result<()> {
    while stream.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_says_its_own_length() {
        let hello = server_hello_1_1();
        assert_eq!(usize::from(hello[4]), hello.len() - 5);
        assert_eq!(usize::from(hello[8]), hello.len() - 9);
    }

    #[test]
    fn a_request_is_whole_when_its_body_is() {
        assert!(!whole(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"));
        assert!(whole(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"));
        assert!(whole(b"HEAD / HTTP/1.1\r\n\r\n"));
        assert!(!whole(b"HEAD / HTTP/1.1\r\n"));
    }
}
