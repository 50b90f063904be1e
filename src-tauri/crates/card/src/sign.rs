//! One signature for one PIN, in one transaction.
//!
//! What is decided here, and nowhere else: a VERIFY with a PIN is sent at most once per call, only to the very card the
//! person was shown, and the right it gives is taken back before anybody else can use it. A failure hands the PIN back
//! only while it has certainly not been sent. Source: docs/reference/eid-card.md, sections 6 and 7.

use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use openssl::x509::X509KeyUsage;
use relais_core::card::{CardFace, Tries};
use relais_core::secret::Pin;

use crate::apdu::{Channel, Command, Timing, ins};
use crate::backend::Link;
use crate::certificate::{Certificate, PublicKey, Shape, Which};
use crate::error::CardError;
use crate::file::Path;
use crate::keypad::{self, Language};
use crate::pin;

/// Most bytes of the certificate's end that are compared before a PIN is sent.
const TAIL: usize = 248;

/// Keys that a person signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKey {
    /// Key 82: logs in.
    Authentication,
    /// Key 83: signs as by hand.
    Signature,
}

impl CardKey {
    fn reference(self) -> u8 {
        match self {
            Self::Authentication => 0x82,
            Self::Signature => 0x83,
        }
    }
}

/// Why there is no signature, and the PIN if it was certainly not sent.
pub struct SignFailure {
    /// What happened.
    pub error: CardError,
    /// The PIN, to try once more within its few seconds; `None` once a VERIFY may have reached the card.
    pub pin: Option<Pin>,
}

impl std::fmt::Debug for SignFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignFailure({:?}, entry kept: {})", self.error, self.pin.is_some())
    }
}

/// Signs a SHA-256 digest with a key of the card in `face`. ECDSA gives plain r and s, RSA one big-endian block.
///
/// # Errors
/// [`SignFailure`]; see its `pin`.
pub fn sign(
    link: &mut dyn Link,
    face: &CardFace,
    key: CardKey,
    pin: Pin,
    digest: [u8; 32],
) -> Result<Vec<u8>, SignFailure> {
    sign_with(Timing::default(), link, face, key, pin, digest)
}

/// As [`sign`], with waits of the caller's.
///
/// # Errors
/// As [`sign`].
pub fn sign_with(
    timing: Timing,
    link: &mut dyn Link,
    face: &CardFace,
    key: CardKey,
    pin: Pin,
    digest: [u8; 32],
) -> Result<Vec<u8>, SignFailure> {
    if !pin.is_complete() {
        return Err(SignFailure { error: CardError::PinFormat, pin: Some(pin) });
    }
    let mut entry = Some(pin);
    let verify = |channel: &mut Channel<'_>| match entry.take() {
        Some(pin) => pin::verify(channel, pin),
        None => Err(CardError::PinOutcomeUnknown),
    };
    signature(timing, link, face, key, digest, verify).map_err(|error| SignFailure { error, pin: entry })
}

/// As [`sign`], with the PIN typed on the reader's keypad; it never enters this computer.
///
/// Blocks until the person has typed, cancelled, or 30 s are over.
///
/// # Errors
/// As [`sign`], and the keypad's own: cancelled, timed out, refused.
pub fn sign_with_keypad(
    link: &mut dyn Link,
    face: &CardFace,
    key: CardKey,
    digest: [u8; 32],
    language: Language,
) -> Result<Vec<u8>, CardError> {
    let keypad = keypad::find(link, &face.reader).ok_or(CardError::KeypadRefused)?;
    signature(Timing::default(), link, face, key, digest, |channel| keypad.verify(channel.link(), language))
}

fn signature(
    timing: Timing,
    link: &mut dyn Link,
    face: &CardFace,
    key: CardKey,
    digest: [u8; 32],
    verify: impl FnOnce(&mut Channel<'_>) -> Result<(), CardError>,
) -> Result<Vec<u8>, CardError> {
    let mut channel = Channel::begin(link, timing)?;
    let public = prepare(&mut channel, face, key)?;
    let signed = verify(&mut channel).and_then(|()| perform(&mut channel, digest));
    log_off(&mut channel, signed.is_ok());
    let plain = signed?;
    drop(channel);
    if fits(&public, digest, &plain) { Ok(plain) } else { Err(CardError::Forged) }
}

/// Everything that can be known before the PIN is sent.
fn prepare(channel: &mut Channel<'_>, face: &CardFace, key: CardKey) -> Result<PublicKey, CardError> {
    same_card(channel, face)?;
    let public = match key {
        CardKey::Authentication => Certificate::parse(&face.certificate)?.public_key()?,
        CardKey::Signature => signature_certificate(channel, face)?.public_key()?,
    };
    let algorithm = match public.shape() {
        Shape::Rsa { .. } => 0x08,
        Shape::Ec { .. } => 0x01,
    };
    channel.run(&Command::bringing(
        [0x00, ins::SET_KEY, 0x41, 0xB6],
        &[0x04, 0x80, algorithm, 0x84, key.reference()],
    ))?;
    Ok(public)
}

/// Chip number and authentication certificate are those of the face. The end of a certificate is its issuer's signature
/// over all that stands before it, so comparing the end compares the whole.
fn same_card(channel: &mut Channel<'_>, face: &CardFace) -> Result<(), CardError> {
    let data = channel.card_data()?;
    if data.chip != face.chip || data.applet != face.applet {
        return Err(CardError::Changed);
    }
    if !ends_with_certificate(channel, &face.certificate)? {
        return Err(CardError::Changed);
    }
    match data.tries {
        Tries::Left(0) => Err(CardError::PinBlocked),
        Tries::Left(1) if face.tries != Tries::Left(1) => Err(CardError::ConsentNeeded),
        _ => Ok(()),
    }
}

/// The card's authentication certificate is this one, as far as its end tells.
///
/// # Errors
/// The link's; a card that has nothing there answers `false`.
pub(crate) fn ends_with_certificate(
    channel: &mut Channel<'_>,
    certificate: &[u8],
) -> Result<bool, CardError> {
    let length = certificate.len().min(TAIL);
    let start = certificate.len() - length;
    match channel.read_part(Path::of(Which::Authentication), start, length) {
        Ok(tail) => Ok(tail == certificate[start..]),
        Err(CardError::Refused { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

fn signature_certificate(channel: &mut Channel<'_>, face: &CardFace) -> Result<Certificate, CardError> {
    let der =
        channel.read_certificate(Which::Signature)?.ok_or(CardError::NoCertificate(Which::Signature))?;
    let certificate = Certificate::parse(&der)?;
    if !certificate.has_usage(X509KeyUsage::NON_REPUDIATION) || certificate.ssin(true)? != face.ssin {
        return Err(CardError::Forged);
    }
    Ok(certificate)
}

fn perform(channel: &mut Channel<'_>, digest: [u8; 32]) -> Result<Vec<u8>, CardError> {
    Ok(channel.run(&Command::bringing([0x00, ins::SIGN, 0x9E, 0x9A], &digest))?.data)
}

/// Takes the right back. A card that will not log off is reset, which takes it back too: the right belongs to the card,
/// so any other program could sign with it.
fn log_off(channel: &mut Channel<'_>, verified: bool) {
    let logged_off = channel.run(&Command::plain([0x80, ins::LOG_OFF, 0x00, 0x00]));
    if let (Err(error), true) = (logged_off, verified) {
        tracing::warn!(%error, "the card did not log off and is reset");
        let _ = channel.link().reconnect(true);
    }
}

/// The signature was made by the key of the certificate.
#[must_use]
pub fn fits(public: &PublicKey, digest: [u8; 32], plain: &[u8]) -> bool {
    match public.shape() {
        Shape::Rsa { bytes } => plain.len() == bytes && rsa_fits(public, digest, plain).unwrap_or(false),
        Shape::Ec { bits } => {
            let half = bits.div_ceil(8) as usize;
            plain.len() == 2 * half && ec_fits(public, digest, plain.split_at(half)).unwrap_or(false)
        }
    }
}

fn rsa_fits(public: &PublicKey, digest: [u8; 32], plain: &[u8]) -> Result<bool, ErrorStack> {
    let mut context = PkeyCtx::new(public.key())?;
    context.verify_init()?;
    context.set_rsa_padding(Padding::PKCS1)?;
    context.set_signature_md(Md::sha256())?;
    context.verify(&digest, plain)
}

fn ec_fits(public: &PublicKey, digest: [u8; 32], (r, s): (&[u8], &[u8])) -> Result<bool, ErrorStack> {
    let signature = EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?;
    let key = public.key().ec_key()?;
    signature.verify(&digest, &key)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
