//! The seam between a card reader and everything above it. PC/SC is one backend, the sandbox's virtual reader another;
//! no code above this line knows which.

use std::time::Duration;

/// What went wrong between us and the card, by the names of PC/SC (docs/reference/eid-card.md, section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LinkError {
    /// pcscd or the Smart Card service is not running.
    #[error("the smart-card service is not running")]
    NoService,
    /// The service stopped while we used it.
    #[error("the smart-card service stopped")]
    ServiceStopped,
    /// No reader is plugged in.
    #[error("there is no reader")]
    NoReaders,
    /// No reader of this name.
    #[error("there is no reader of this name")]
    UnknownReader,
    /// The reader was unplugged while in use.
    #[error("the reader was unplugged")]
    ReaderUnavailable,
    /// No card in the reader.
    #[error("there is no card in the reader")]
    NoCard,
    /// The card does not answer, or could not be powered.
    #[error("the card does not answer")]
    Mute,
    /// The card's ATR is not understood.
    #[error("the card is not of a known kind")]
    Unsupported,
    /// The card does not speak T=0.
    #[error("the card does not speak the protocol T=0")]
    Protocol,
    /// Another program holds the card exclusively.
    #[error("another program holds the card")]
    InUse,
    /// Another program reset the card: reconnect, nothing of its state is left.
    #[error("another program reset the card")]
    Reset,
    /// The card was taken out.
    #[error("the card was taken out")]
    Removed,
    /// The exchange broke off: bad contact, pulled, hurried.
    #[error("the exchange with the card broke off")]
    Broken,
    /// The system refuses access (polkit, remote session).
    #[error("the system refuses access to the reader")]
    Denied,
    /// Somebody stopped the wait.
    #[error("the wait was stopped")]
    Cancelled,
    /// Nothing happened in time.
    #[error("nothing happened in time")]
    Timeout,
    /// Any other answer of PC/SC, by its number.
    #[error("the smart-card service answered {0:#010x}")]
    Other(u32),
}

/// A reader as the service lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderSlot {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: SlotContent,
}

/// What a reader holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotContent {
    /// Nothing.
    Empty,
    /// A card with this ATR.
    Card {
        /// Answer to reset.
        atr: Vec<u8>,
        /// Another program holds it exclusively.
        in_use: bool,
    },
    /// Something that does not answer.
    Mute,
}

/// Readers and the cards in them.
pub trait Backend: Send {
    /// The readers there are now; an empty list is not an error.
    fn readers(&mut self) -> Result<Vec<ReaderSlot>, LinkError>;

    /// Connects to the card in `reader`, shared, T=0.
    fn connect(&mut self, reader: &str) -> Result<Box<dyn Link>, LinkError>;

    /// A watcher with a connection of its own to the service, so that it never waits behind a transaction.
    fn monitor(&self) -> Result<Box<dyn Monitor>, LinkError>;
}

/// Waits for readers and cards to come and go.
pub trait Monitor: Send {
    /// Comes back with the readers when something changed since the last call (at once the first time), or with
    /// `Ok(None)` after `longest`.
    fn wait(&mut self, longest: Duration) -> Result<Option<Vec<ReaderSlot>>, LinkError>;
}

/// A connected card. Dropping it disconnects and leaves the card as it is, so that other programs are not disturbed.
pub trait Link: Send {
    /// Answer to reset.
    fn atr(&self) -> &[u8];

    /// Begins a transaction; waits at most `longest` for another program to finish.
    fn begin(&mut self, longest: Duration) -> Result<(), LinkError>;

    /// Sends one command APDU and returns data and status word (at least 2 bytes, else [`LinkError::Broken`]).
    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError>;

    /// Ends the transaction and leaves the card as it is.
    fn end(&mut self) -> Result<(), LinkError>;

    /// Connects anew after [`LinkError::Reset`] or [`LinkError::Broken`]; `reset` also resets the card.
    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError>;

    /// Sends a control code to the reader. A reader without features answers an error, which means "no keypad".
    fn control(&mut self, code: u32, data: &[u8]) -> Result<Vec<u8>, LinkError>;

    /// Control code of GET_FEATURE_REQUEST on this system.
    fn feature_request(&self) -> u32;
}
