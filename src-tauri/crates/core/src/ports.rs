//! What the core needs of the world. Adapters and the host implement these; nothing here acts.

use std::future::Future;
use std::pin::Pin;

use crate::code::Problem;

/// A future that an adapter hands back.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Kind of a signing key, as the XML profile knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA of 2048 bits or more, PKCS#1 v1.5.
    Rsa,
    /// ECDSA on P-256.
    EcP256,
    /// ECDSA on P-384.
    EcP384,
}

/// A key that signs SHA-256 digests; it may live in a card, in a keystore, or in another process.
pub trait Signer: Send + Sync {
    /// DER of the certificate that belongs to the key.
    fn certificate(&self) -> &[u8];

    /// Which algorithm it signs with.
    fn kind(&self) -> KeyKind;

    /// Called before a message is written that [`Signer::sign`] will sign: time spent asking a person for a PIN does
    /// not age the message.
    fn ready(&self) -> Later<'_, Result<(), Problem>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Signs a SHA-256 digest. RSA gives the big-endian block, ECDSA plain r and s of equal length.
    ///
    /// Called at most once for one PIN entry; an implementation never repeats a VERIFY by itself.
    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>>;
}

/// Carries effects out and says what came of them. Adapters answer through it; the engine knows nothing else of them.
pub trait Ports: Send + Sync + 'static {
    /// Does one effect, off the loop, and gives back the answer it was asked for, if it was asked for one.
    fn perform(&self, effect: crate::session::Effect) -> Later<'static, Option<crate::session::Event>>;
}

/// Looks at the platform's list and at its services, and says what came of it; keeps a list that is believed.
pub trait Watching: Send + Sync + 'static {
    /// Does one effect, off the loop, and gives back the answer it was asked for, if it was asked for one.
    fn perform(
        &self,
        effect: crate::continuity::watch::Effect,
    ) -> Later<'static, Option<crate::continuity::watch::Event>>;
}

/// Waits for a moment of a [`crate::time::Clock`].
pub trait Timer: Send + Sync {
    /// Comes back when the clock may have reached `wake`, or after `longest` of real time, or when somebody turned
    /// the clock, whichever comes first.
    fn wait(&self, wake: Option<jiff::Timestamp>, longest: std::time::Duration) -> Later<'_, ()>;
}
