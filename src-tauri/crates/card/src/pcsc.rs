//! PC/SC as a backend: pcscd, Windows' Smart Card service, macOS' framework.
//!
//! A call into PC/SC can block for as long as another program, a driver or the service likes. So every connection has a
//! thread of its own, and a call that takes too long is left behind there: its late result is thrown away, never used.
//! Source: docs/reference/eid-card.md, section 8.

use std::ffi::CString;
use std::time::{Duration, Instant};

use pcsc::{Card, Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};

use crate::atr::is_virtual_hello;
use crate::backend::{Backend, Link, LinkError, Monitor, ReaderSlot, SlotContent};

mod link;
mod monitor;
mod worker;

use link::PcscLink;
use monitor::PcscMonitor;
use worker::Worker;

/// A call that has not come back by then counts as hung (fault F3).
const HUNG_AFTER: Duration = Duration::from_secs(10);

/// How long a card that another program holds exclusively is waited for (fault F4), and how often it is tried.
const EXCLUSIVE_WITHIN: Duration = Duration::from_secs(5);
const EXCLUSIVE_EVERY: Duration = Duration::from_millis(100);

/// What PC/SC answers when it does not know itself; also used when a thread of ours has died.
const UNKNOWN: LinkError = LinkError::Other(0x8010_0014);

/// The smart-card service of this computer. It may be missing, and come and go.
pub struct PcscBackend {
    worker: Worker<Service>,
}

impl Default for PcscBackend {
    fn default() -> Self {
        Self::new()
    }
}

impl PcscBackend {
    /// Does not touch the service yet.
    #[must_use]
    pub fn new() -> Self {
        Self { worker: Worker::new("pcsc", Service::default()) }
    }
}

impl Backend for PcscBackend {
    fn readers(&mut self) -> Result<Vec<ReaderSlot>, LinkError> {
        self.worker.ask(HUNG_AFTER, |service| service.with(slots))?
    }

    fn connect(&mut self, reader: &str) -> Result<Box<dyn Link>, LinkError> {
        if is_virtual_hello(reader) {
            return Err(LinkError::UnknownReader);
        }
        let name = CString::new(reader).map_err(|_| LinkError::UnknownReader)?;
        let longest = HUNG_AFTER + EXCLUSIVE_WITHIN;
        let (card, atr) =
            self.worker.ask(longest, move |service| service.with(|context| connect(context, &name)))??;
        Ok(Box::new(PcscLink::new(card, atr)))
    }

    fn monitor(&self) -> Result<Box<dyn Monitor>, LinkError> {
        Ok(Box::new(PcscMonitor::new()))
    }
}

/// A context that is established when it is needed, and anew when the service went and came back.
#[derive(Default)]
struct Service {
    context: Option<Context>,
}

impl Service {
    fn with<T>(&mut self, work: impl Fn(&Context) -> Result<T, LinkError>) -> Result<T, LinkError> {
        let fresh = self.context.is_none();
        match work(self.context()?) {
            Err(error) if is_service(error) => {
                self.context = None;
                // A context from before a restart of the service is worth a second try, a new one is not.
                if fresh { Err(error) } else { work(self.context()?) }
            }
            other => other,
        }
    }

    fn context(&mut self) -> Result<&Context, LinkError> {
        match &mut self.context {
            Some(context) => Ok(context),
            none => Ok(none.insert(Context::establish(Scope::User).map_err(named)?)),
        }
    }
}

fn is_service(error: LinkError) -> bool {
    matches!(error, LinkError::NoService | LinkError::ServiceStopped)
}

fn slots(context: &Context) -> Result<Vec<ReaderSlot>, LinkError> {
    let mut states: Vec<_> =
        names(context)?.into_iter().map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    if states.is_empty() {
        return Ok(Vec::new());
    }
    context.get_status_change(Duration::ZERO, &mut states).map_err(named)?;
    Ok(states.iter().filter_map(slot).collect())
}

/// Names of the readers that may be talked to.
fn names(context: &Context) -> Result<Vec<CString>, LinkError> {
    match context.list_readers_owned() {
        Ok(names) => {
            Ok(names.into_iter().filter(|name| !is_virtual_hello(&name.to_string_lossy())).collect())
        }
        Err(pcsc::Error::NoReadersAvailable) => Ok(Vec::new()),
        Err(error) => Err(named(error)),
    }
}

/// What a reader holds; `None` for one that is gone.
fn slot(state: &ReaderState) -> Option<ReaderSlot> {
    let flags = state.event_state();
    if flags.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
        return None;
    }
    let content = if !flags.contains(State::PRESENT) {
        SlotContent::Empty
    } else if flags.contains(State::MUTE) || state.atr().is_empty() {
        SlotContent::Mute
    } else {
        SlotContent::Card { atr: state.atr().to_vec(), in_use: flags.contains(State::EXCLUSIVE) }
    };
    Some(ReaderSlot { name: state.name().to_string_lossy().into_owned(), content })
}

fn connect(context: &Context, reader: &CString) -> Result<(Connected, Vec<u8>), LinkError> {
    let started = Instant::now();
    loop {
        match context.connect(reader, ShareMode::Shared, Protocols::T0) {
            Ok(card) => {
                let card = Connected(Some(card));
                let atr = card.atr()?;
                return Ok((card, atr));
            }
            Err(pcsc::Error::SharingViolation) if started.elapsed() < EXCLUSIVE_WITHIN => {
                std::thread::sleep(EXCLUSIVE_EVERY);
            }
            Err(error) => return Err(named(error)),
        }
    }
}

/// A card that is left as it is when we let go of it; the library would reset it, and throw other programs out.
struct Connected(Option<Card>);

impl Connected {
    fn card(&mut self) -> Result<&mut Card, LinkError> {
        self.0.as_mut().ok_or(UNKNOWN)
    }

    fn atr(&self) -> Result<Vec<u8>, LinkError> {
        let card = self.0.as_ref().ok_or(UNKNOWN)?;
        card.status2_owned().map(|status| status.atr().to_vec()).map_err(named)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        // When even that fails the service has forgotten the card, or the card the service.
        let _ = self.0.take().map(|card| card.disconnect(Disposition::LeaveCard));
    }
}

/// The error by our name for it.
fn named(error: pcsc::Error) -> LinkError {
    use pcsc::Error as E;
    match error {
        E::NoService => LinkError::NoService,
        // A handle from before a restart is as good as a stopped service, and so is a broken line to it.
        E::ServiceStopped | E::Shutdown | E::InvalidHandle | E::CommError => LinkError::ServiceStopped,
        E::NoReadersAvailable => LinkError::NoReaders,
        E::UnknownReader => LinkError::UnknownReader,
        E::ReaderUnavailable => LinkError::ReaderUnavailable,
        E::NoSmartcard => LinkError::NoCard,
        E::UnresponsiveCard | E::UnpoweredCard => LinkError::Mute,
        E::UnsupportedCard | E::CardUnsupported | E::UnknownCard | E::InvalidAtr => LinkError::Unsupported,
        E::ProtoMismatch => LinkError::Protocol,
        E::SharingViolation => LinkError::InUse,
        E::ResetCard => LinkError::Reset,
        E::RemovedCard => LinkError::Removed,
        E::NotTransacted | E::CommDataLost => LinkError::Broken,
        E::SecurityViolation | E::NoAccess => LinkError::Denied,
        E::Cancelled | E::SystemCancelled | E::CancelledByUser => LinkError::Cancelled,
        E::Timeout | E::WaitedTooLong => LinkError::Timeout,
        other => LinkError::Other(other as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_reference_has_its_name() {
        use pcsc::Error as E;
        for (error, name) in [
            (E::NoService, LinkError::NoService),
            (E::ServiceStopped, LinkError::ServiceStopped),
            (E::NoReadersAvailable, LinkError::NoReaders),
            (E::UnknownReader, LinkError::UnknownReader),
            (E::ReaderUnavailable, LinkError::ReaderUnavailable),
            (E::NoSmartcard, LinkError::NoCard),
            (E::UnresponsiveCard, LinkError::Mute),
            (E::UnpoweredCard, LinkError::Mute),
            (E::UnsupportedCard, LinkError::Unsupported),
            (E::ProtoMismatch, LinkError::Protocol),
            (E::SharingViolation, LinkError::InUse),
            (E::ResetCard, LinkError::Reset),
            (E::RemovedCard, LinkError::Removed),
            (E::NotTransacted, LinkError::Broken),
            (E::CommDataLost, LinkError::Broken),
            (E::SecurityViolation, LinkError::Denied),
            (E::Cancelled, LinkError::Cancelled),
            (E::SystemCancelled, LinkError::Cancelled),
            (E::Timeout, LinkError::Timeout),
            (E::NoMemory, LinkError::Other(0x8010_0006)),
        ] {
            assert_eq!(named(error), name);
        }
    }

    #[test]
    fn virtual_hello_readers_are_never_connected_to() {
        let refused = PcscBackend::new().connect("Windows Hello for Business 1");
        assert_eq!(refused.err(), Some(LinkError::UnknownReader));
    }
}
