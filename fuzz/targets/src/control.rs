//! What comes in at the control socket.

use std::sync::LazyLock;

use relais_host::control::{Reply, Request, receive, send};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime without threads"));

/// Frames are read until one is none; what was read can be said again and means the same.
pub fn frames(bytes: &[u8]) -> bool {
    RUNTIME.block_on(async {
        let mut read = false;
        let mut rest = bytes;
        while let Ok(Some(request)) = receive::<Request>(&mut rest).await {
            let said = frame(&request).await;
            let again = receive::<Request>(&mut &said[..]).await;
            let again = again.ok().flatten().expect("our own frame is one");
            assert!(frame(&again).await == said, "a request means the same when it is said again");
            read = true;
        }
        let mut rest = bytes;
        while let Ok(Some(reply)) = receive::<Reply>(&mut rest).await {
            let said = frame(&reply).await;
            let again = receive::<Reply>(&mut &said[..]).await.ok().flatten();
            assert!(again.as_ref() == Some(&reply), "a reply means the same when it is said again");
            read = true;
        }
        read
    })
}

/// One frame as we write it. What fits into a frame when read may not fit when written: that is told, not sent.
async fn frame<T: serde::Serialize>(what: &T) -> Vec<u8> {
    let mut said = Vec::new();
    send(&mut said, what).await.expect("what was read is no longer than what came in");
    said
}
