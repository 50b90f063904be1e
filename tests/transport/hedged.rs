//! One message, several endpoints (P9): a dead one costs little, and the message is written to one of them at most.

use super::*;

async fn sent_to(authority: &Authority, servers: &[&Server]) -> relais_ehealth::transport::Sent {
    let urls: Vec<_> = servers.iter().map(|server| server.url()).collect();
    Transport::new(settings(authority)).unwrap().post_soap(&urls, "urn:test:action", MESSAGE.into()).await
}

/// Nobody listens there any more.
async fn gone() -> Server {
    Server::listening().await.1
}

#[tokio::test]
async fn an_endpoint_that_is_gone_or_not_itself_gets_no_byte_and_the_next_gets_the_message() {
    let (ours, stranger) = (Authority::new(), Authority::new());
    let gone = gone().await;
    let other = Server::tls(stranger.good_leaf(), |_| async {}).await;
    let next = Server::answering(&ours, http("200 OK", XML, "<a/>")).await;
    let sent = sent_to(&ours, &[&gone, &other, &next]).await;
    assert_eq!(sent.written_to, Some(2));
    assert_eq!(sent.answer.unwrap().body.as_slice(), b"<a/>");
    let unreached = [(0, TransportError::Unreachable), (1, TransportError::Tls(TlsCause::UnknownCa))];
    assert_eq!(sent.unreached, unreached);
    assert_eq!(other.told(), "");
}

#[tokio::test]
async fn a_slow_endpoint_keeps_nobody_waiting_and_is_told_nothing_once_another_has_the_message() {
    let authority = Authority::new();
    let leaf = authority.good_leaf();
    let (listener, slow) = Server::listening().await;
    let told = slow.told.clone();
    let (second_has_it, has_it) = tokio::sync::oneshot::channel();
    let (shaken, slow_is_up) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let () = has_it.await.unwrap();
        let mut stream = server::acceptor(&leaf).accept(stream).await.unwrap();
        shaken.send(()).unwrap();
        server::read_request(&mut stream, &told).await;
    });
    let quick = Server::tls(authority.good_leaf(), |mut stream| async move {
        second_has_it.send(()).unwrap();
        // Both connections stand now, and one has the message.
        slow_is_up.await.unwrap();
        stream.write_all(&http("200 OK", XML, "<a/>")).await.unwrap();
        stream.shutdown().await.unwrap();
    })
    .await;
    let sent = sent_to(&authority, &[&slow, &quick]).await;
    assert_eq!((sent.written_to, sent.unreached.len()), (Some(1), 0));
    assert!(sent.answer.is_ok() && quick.told().ends_with(MESSAGE));
    assert_eq!(slow.told(), "");
}

#[tokio::test]
async fn a_message_that_was_written_goes_to_nobody_else() {
    let authority = Authority::new();
    let broken = Server::tls(authority.good_leaf(), |_| async {}).await;
    let next = Server::answering(&authority, http("200 OK", XML, "<a/>")).await;
    let sent = sent_to(&authority, &[&broken, &next]).await;
    assert_eq!(sent.written_to, Some(0));
    assert_eq!(sent.answer.unwrap_err(), TransportError::BadAnswer(BadAnswer::BrokenOff));
    assert_eq!((broken.told().ends_with(MESSAGE), next.told().as_str()), (true, ""));
}

#[tokio::test]
async fn where_nobody_is_reached_the_first_in_the_order_says_why() {
    let (ours, stranger) = (Authority::new(), Authority::new());
    let other = Server::tls(stranger.good_leaf(), |_| async {}).await;
    let sent = sent_to(&ours, &[&other, &gone().await]).await;
    assert_eq!((sent.written_to, sent.unreached.len()), (None, 2));
    assert_eq!(sent.answer.unwrap_err(), TransportError::Tls(TlsCause::UnknownCa));
    let nobody = sent_to(&ours, &[]).await;
    assert_eq!(nobody.answer.unwrap_err(), TransportError::Unreachable);
}

#[tokio::test]
async fn a_message_whose_answer_does_not_come_in_time_was_written_all_the_same() {
    let authority = Authority::new();
    let silent = Server::tls(authority.good_leaf(), |stream| async move {
        let _open = stream;
        std::future::pending::<()>().await;
    })
    .await;
    let mut settings = settings(&authority);
    settings.limits.deadline = Duration::from_millis(700);
    let transport = Transport::new(settings).unwrap();
    let sent = transport.post_soap(&[silent.url()], "urn:test:action", MESSAGE.into()).await;
    assert_eq!((sent.written_to, sent.answer.unwrap_err()), (Some(0), TransportError::Timeout));
}
