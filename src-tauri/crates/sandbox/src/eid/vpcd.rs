//! The virtual eID in a real PC/SC reader: vpcd (a reader driver of pcscd) listens on a TCP port, and whoever connects
//! there is the card.
//!
//! Frames are a 2-byte big-endian length and as many bytes; a frame of one byte is about power and the ATR, any other is
//! an APDU. vpcd writes a frame in two parts, so acknowledgements must not wait for data, or each APDU costs 40 ms.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::card::VirtualEid;

/// A card that several hands hold: the bridge, and whoever looks at its counters.
pub type SharedEid = Arc<Mutex<VirtualEid>>;

/// vpcd's request for no power.
const POWER_OFF: u8 = 0;
/// vpcd's request for power.
const POWER_ON: u8 = 1;
/// vpcd's request for a warm reset.
const RESET: u8 = 2;
/// vpcd's request for the ATR.
const ATR: u8 = 4;

/// When a card is pulled by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pull {
    /// Instead of carrying out the command that comes after so many others.
    Before(usize),
    /// After carrying it out, before answering.
    After(usize),
}

/// A card in a vpcd reader. Dropping it pulls the card.
pub struct VpcdCard {
    stream: TcpStream,
    pull: Arc<Mutex<Option<Pull>>>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

/// Puts `card` into the vpcd reader that listens on `port` of this machine, and serves it from a thread.
///
/// # Errors
/// Nobody listens there.
pub fn serve_vpcd(card: SharedEid, port: u16) -> std::io::Result<VpcdCard> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    let pull = Arc::new(Mutex::new(None));
    let bridge = Bridge { stream: stream.try_clone()?, card, pull: Arc::clone(&pull) };
    let thread = std::thread::Builder::new().name("vpcd card".into()).spawn(move || bridge.serve())?;
    Ok(VpcdCard { stream, pull, thread: Some(thread) })
}

impl VpcdCard {
    /// Pulls the card now.
    pub fn pull(self) {}

    /// Pulls the card at a command to come.
    pub fn pull_at(&self, when: Pull) {
        *lock(&self.pull) = Some(when);
    }

    /// Waits until the card is pulled or the reader goes away.
    ///
    /// # Errors
    /// The connection broke in another way.
    pub fn wait(mut self) -> std::io::Result<()> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(end)) => end,
            Some(Err(_)) => Err(std::io::Error::other("the card's thread panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for VpcdCard {
    fn drop(&mut self) {
        // It may be closed already: then the card is out.
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Bridge {
    stream: TcpStream,
    card: SharedEid,
    pull: Arc<Mutex<Option<Pull>>>,
}

impl Bridge {
    fn serve(mut self) -> std::io::Result<()> {
        while let Some(frame) = self.receive()? {
            let answer = match frame[..] {
                [POWER_OFF | POWER_ON | RESET] => {
                    lock(&self.card).reset();
                    None
                }
                [ATR] => Some(lock(&self.card).atr().to_vec()),
                _ => match self.exchange(&frame) {
                    None => return self.stream.shutdown(Shutdown::Both),
                    answer => answer,
                },
            };
            if let Some(answer) = answer {
                self.send(&answer)?;
            }
        }
        Ok(())
    }

    /// The card's answer; `None` when it was pulled.
    fn exchange(&self, apdu: &[u8]) -> Option<Vec<u8>> {
        let due = self.due();
        if let Some(Pull::Before(_)) = due {
            return None;
        }
        let answer = lock(&self.card).transmit(apdu);
        due.is_none().then_some(answer)
    }

    /// Counts this command towards the pull; `Some` when it is due.
    fn due(&self) -> Option<Pull> {
        let mut pull = lock(&self.pull);
        match pull.as_mut()? {
            Pull::Before(0) | Pull::After(0) => pull.take(),
            Pull::Before(commands) | Pull::After(commands) => {
                *commands -= 1;
                None
            }
        }
    }

    /// The next frame; `None` when the reader has closed the connection.
    fn receive(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut length = [0; 2];
        match self.fill(&mut length) {
            Err(error) if gone(error.kind()) => return Ok(None),
            other => other?,
        }
        let mut frame = vec![0; usize::from(u16::from_be_bytes(length))];
        self.fill(&mut frame)?;
        Ok(Some(frame))
    }

    fn fill(&mut self, part: &mut [u8]) -> std::io::Result<()> {
        acknowledge_at_once(&self.stream)?;
        self.stream.read_exact(part)
    }

    fn send(&mut self, answer: &[u8]) -> std::io::Result<()> {
        let length = u16::try_from(answer.len()).map_err(std::io::Error::other)?;
        self.stream.write_all(&[&length.to_be_bytes()[..], answer].concat())
    }
}

fn gone(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

/// The kernel falls back to delayed acknowledgements by itself, so this is set before every read.
fn acknowledge_at_once(stream: &TcpStream) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::net::sockopt::set_tcp_quickack(stream, true)?;
    #[cfg(not(target_os = "linux"))]
    let _ = stream;
    Ok(())
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
