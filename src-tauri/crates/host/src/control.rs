//! How `relaisctl` speaks with the Relais that owns the data folder: over a socket of this user alone.
//!
//! A frame is a length (4 bytes, big-endian) and as many bytes of JSON. A command that finds no owner runs the same
//! conversation with an engine of its own over a pipe in memory, so there is one way only.

mod answering;
mod carried;
mod line;
mod pipe;
#[cfg(unix)]
mod socket;
mod talk;

pub use carried::Carried;
pub use pipe::{Pipe, pipe};
#[cfg(unix)]
pub use socket::{Listening, connect, serve, serve_meanwhile};
pub(crate) use talk::show;
pub use talk::{Caller, Reception};

use std::path::PathBuf;
use std::time::Duration;

use relais_core::card::Tries;
use relais_core::certificates::CertificateId;
use relais_core::environment::Quality;
use relais_core::lease::{Means, SlotId};
use relais_core::session::QuestionId;
use relais_core::session::exception::Why;
use relais_core::{Code, Problem};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

use crate::lease_view::LeaseView;

/// Longest frame: a password has at most 4096 bytes.
const MOST: usize = 64 * 1024;

/// A frame that has begun is whole after this, or the conversation is over.
const WHOLE_WITHIN: Duration = Duration::from_secs(10);

/// Whoever attends to a command lets it hear this often that its engine lives. A person may take their time meanwhile.
const BEAT: Duration = Duration::from_secs(5);

/// An owner that is not heard of for this long hangs.
const SILENCE: Duration = Duration::from_secs(20);

/// What a command asks or answers.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// The session, if there is one.
    Show {
        /// Of this person; none = the one in use.
        #[serde(default)]
        person: Option<SlotId>,
    },
    /// A sign-in; [`Reply::Wanted`] asks for what it needs.
    SignIn {
        /// By which means.
        means: Means,
        /// In which quality.
        quality: Quality,
        /// With which reader.
        reader: Option<String>,
        /// Whose session it has to be.
        #[serde(default)]
        person: Option<SlotId>,
        /// Why the card is not used, where it is not.
        #[serde(default)]
        why: Option<Why>,
        /// The file of the keystore, where one was named; whole, as the folder of a command is not the owner's.
        #[serde(default)]
        keystore: Option<PathBuf>,
        /// The command itself answers what is wanted; else the window asks.
        answers: bool,
    },
    /// A new life for the session in use; [`Reply::Wanted`] asks for what it needs.
    Renew {
        /// With which reader.
        reader: Option<String>,
        /// The file of the keystore, where one was named; whole, as the folder of a command is not the owner's.
        #[serde(default)]
        keystore: Option<PathBuf>,
        /// The command itself answers what is wanted; else the window asks.
        answers: bool,
    },
    /// End the session and erase it.
    End {
        /// Of this person; none = the one in use.
        #[serde(default)]
        person: Option<SlotId>,
    },
    /// Have everything of a person erased.
    Forget {
        /// Who; none = the one in use.
        #[serde(default)]
        person: Option<SlotId>,
    },
    /// Put the mark of trusted time back, where the sign-in service agrees.
    PutTimeBack,
    /// Look at the platform's list of services now.
    LookAtList,
    /// Something that a person decides about certificates.
    Certificates(CertificateWish),
    /// A PIN.
    Pin {
        /// For which question.
        question: QuestionId,
        /// The PIN.
        digits: Carried,
    },
    /// A keystore password.
    Password {
        /// For which question.
        question: QuestionId,
        /// The password.
        text: Carried,
    },
    /// The person is certain of the PIN.
    Consent {
        /// For which question.
        question: QuestionId,
    },
    /// The keypad of the reader once more.
    Keypad {
        /// For which question.
        question: QuestionId,
    },
    /// The person types on this PC though the reader has a keypad.
    TypeHere {
        /// For which question.
        question: QuestionId,
    },
    /// The person does not want to go on.
    Cancel,
}

/// What a person decides about certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CertificateWish {
    /// A folder and all below it is looked at; its whole path, as the folder of a command is not the owner's.
    Agree {
        /// Which.
        folder: PathBuf,
    },
    /// It is not any more, and what is known of it is erased.
    Withdraw {
        /// Which.
        folder: PathBuf,
    },
    /// "I know" of what was said of these; none = of all.
    Acknowledge {
        /// Which.
        ids: Option<Vec<CertificateId>>,
    },
    /// "Remind me later" of what was said of these; none = of all.
    Snooze {
        /// Which.
        ids: Option<Vec<CertificateId>>,
    },
}

/// What Relais answers.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reply {
    /// Still at it; more follows.
    Alive,
    /// The session, if there is one.
    Session {
        /// The session.
        session: Option<LeaseView>,
        /// What must be said all the same.
        warnings: Vec<Problem>,
    },
    /// Nothing of this person is left.
    Forgotten {
        /// Who it was.
        person: SlotId,
    },
    /// Something is wanted of the person.
    Wanted(Wanted),
    /// What was decided about certificates holds.
    CertificatesDecided {
        /// The folder it was about, as it is kept.
        folder: Option<PathBuf>,
    },
    /// The mark of trusted time was put back.
    TimePutBack,
    /// The platform's list was looked at.
    ListLooked {
        /// SHA-256 of the list that is in use now.
        digest: Option<[u8; 32]>,
        /// Why the look taught nothing.
        problem: Option<Problem>,
    },
    /// Signed in.
    SignedIn {
        /// The session.
        lease: LeaseView,
        /// What must be said all the same.
        warnings: Vec<Problem>,
    },
    /// It did not work.
    Failed(Problem),
}

/// What is wanted of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Wanted {
    /// Which thing.
    pub what: What,
    /// The question that the answer has to name; none where there is nothing to send.
    pub question: Option<QuestionId>,
    /// Whose card.
    pub holder: String,
    /// Tries left.
    pub tries: Tries,
    /// What the last try came to.
    pub notice: Option<Problem>,
    /// This is one more PIN for the same sign-in.
    pub again: bool,
}

/// A thing that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A PIN, on this keyboard.
    Pin,
    /// That the person says they are certain.
    Consent,
    /// A PIN, on the reader's keypad; nothing to send.
    Keypad,
    /// A word where: the reader has a keypad, which does not wait any more.
    KeypadChoice,
    /// The password of the keystore.
    Password,
    /// The card back in the reader; nothing to send.
    Card,
}

fn broken() -> Problem {
    Code::CONTROL_SOCKET.into()
}

/// How long a frame will be.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        self.0 += part.len();
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The body of a frame, in a buffer that is as long from the start: one that grows leaves its older self behind, with
/// a secret in it that nobody wipes.
fn body(what: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, what).map_err(|_| broken())?;
    let mut body = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *body, what).map_err(|_| broken())?;
    Ok(body)
}

/// Sends one frame.
pub async fn send<T: Serialize>(to: &mut (impl AsyncWrite + Unpin), what: &T) -> Result<(), Problem> {
    let body = body(what)?;
    let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= MOST).ok_or_else(broken)?;
    to.write_all(&length.to_be_bytes()).await.map_err(|_| broken())?;
    to.write_all(&body).await.map_err(|_| broken())?;
    to.flush().await.map_err(|_| broken())
}

/// Receives one frame; `None` when the other side has gone between two of them.
///
/// # Errors
/// What is no frame: too long, cut off, begun and not ended in time, or with another content than `T`.
pub async fn receive<T: for<'de> Deserialize<'de>>(
    from: &mut (impl AsyncRead + Unpin),
) -> Result<Option<T>, Problem> {
    let mut length = [0; 4];
    if from.read(&mut length[..1]).await.map_err(|_| broken())? == 0 {
        return Ok(None);
    }
    let rest = tokio::time::timeout(WHOLE_WITHIN, frame(from, length)).await;
    let body = rest.map_err(|_| broken())??;
    serde_json::from_slice(&body).map(Some).map_err(|_| broken())
}

/// The next answer of an owner; `None` when it has gone. Signs of life are heard and dropped.
///
/// # Errors
/// [`Code::OWNER_SILENT`] when nothing at all is heard for 20 s; else as [`receive`].
pub async fn hear(from: &mut (impl AsyncRead + Unpin)) -> Result<Option<Reply>, Problem> {
    loop {
        match tokio::time::timeout(SILENCE, receive::<Reply>(from)).await {
            Err(_) => return Err(Code::OWNER_SILENT.into()),
            Ok(Ok(Some(Reply::Alive))) => {}
            Ok(heard) => return heard,
        }
    }
}

/// The body of the frame whose first byte has come.
async fn frame(
    from: &mut (impl AsyncRead + Unpin),
    mut length: [u8; 4],
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    from.read_exact(&mut length[1..]).await.map_err(|_| broken())?;
    let length = u32::from_be_bytes(length) as usize;
    if length > MOST {
        return Err(broken());
    }
    let mut body = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut body).await.map_err(|_| broken())?;
    Ok(body)
}

#[cfg(test)]
mod tests;
