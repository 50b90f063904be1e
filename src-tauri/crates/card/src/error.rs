//! What can go wrong with a card, one code per cause, in one place.

use jiff::Timestamp;
use relais_core::{Code, Problem};

use crate::apdu::StatusWord;
use crate::backend::LinkError;
use crate::certificate::Which;

/// Why a card could not be read or did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// Reader, service or contact.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Another program held the card for longer than we wait.
    #[error("another program kept the card")]
    InUse,
    /// The card in the reader is not an eID.
    #[error("the card is not an eID")]
    NotEid,
    /// The card refused a command.
    #[error("the card refused the instruction {instruction:02X} with {status}")]
    Refused {
        /// INS byte of the command.
        instruction: u8,
        /// What the card answered.
        status: StatusWord,
    },
    /// The card answered something no eID answers.
    #[error("the card's answer makes no sense: {0}")]
    Answer(&'static str),
    /// The municipality has not activated the card.
    #[error("the card is not activated")]
    NotActivated,
    /// The card holds no such certificate.
    #[error("the card holds no {0} certificate")]
    NoCertificate(Which),
    /// The certificate has ended.
    #[error("the {which} certificate ended at {until}")]
    CertificateExpired {
        /// Which certificate.
        which: Which,
        /// Its last moment.
        until: Timestamp,
    },
    /// The certificate begins later than this PC's clock says.
    #[error("the {which} certificate begins only at {from}")]
    CertificateEarly {
        /// Which certificate.
        which: Which,
        /// Its first moment.
        from: Timestamp,
    },
    /// Another card than the one the person was shown.
    #[error("this is not the card that was read before")]
    Changed,
    /// The card signed with another key than its certificate names.
    #[error("the card's signature does not fit its certificate")]
    Forged,
    /// The PIN was wrong.
    #[error("the card refused the PIN, {tries_left} tries left")]
    PinWrong {
        /// Tries left, at least one.
        tries_left: u8,
    },
    /// The PIN is blocked.
    #[error("the PIN is blocked")]
    PinBlocked,
    /// A VERIFY was sent and its answer did not say whether the PIN was right. Never sent again.
    #[error("it is not known what became of the PIN")]
    PinOutcomeUnknown,
    /// Fewer than 4 or more than 12 digits.
    #[error("a PIN has 4 to 12 digits")]
    PinFormat,
    /// One try is left and the person was shown more: they have to agree first.
    #[error("one try is left, fewer than the person was shown")]
    ConsentNeeded,
    /// Cancelled on the reader's keypad.
    #[error("the entry was cancelled on the reader")]
    KeypadCancelled,
    /// Nobody typed on the reader's keypad.
    #[error("the entry on the reader timed out")]
    KeypadTimedOut,
    /// The reader does not take a PIN after all.
    #[error("the reader does not take the PIN")]
    KeypadRefused,
    /// OpenSSL failed where it cannot fail.
    #[error("the cryptographic library failed")]
    Library,
}

impl CardError {
    /// The code of this cause, with the values its sentence names.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(self.code());
        match self {
            Self::Refused { instruction, status } => {
                problem.with("instruction", format_args!("{instruction:02X}")).with("status", status)
            }
            Self::Answer(what) => problem.with("what", what),
            Self::NoCertificate(which) => problem.with("which", which),
            Self::CertificateExpired { which, until } => problem.with("which", which).with("until", until),
            Self::CertificateEarly { which, from } => problem.with("which", which).with("from", from),
            Self::PinWrong { tries_left } => problem.with("tries_left", tries_left),
            Self::Link(LinkError::Other(number)) => problem.with("number", format_args!("{number:#010X}")),
            _ => problem,
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::Link(link) => link_code(*link),
            Self::InUse => Code::CARD_IN_USE,
            Self::NotEid => Code::CARD_NOT_EID,
            Self::Refused { .. } => Code::CARD_REFUSED,
            Self::Answer(_) => Code::CARD_ANSWER_BAD,
            Self::NotActivated => Code::CARD_NOT_ACTIVATED,
            Self::NoCertificate(_) => Code::CARD_NO_CERTIFICATE,
            Self::CertificateExpired { .. } => Code::CARD_CERTIFICATE_EXPIRED,
            Self::CertificateEarly { .. } => Code::CARD_CERTIFICATE_EARLY,
            Self::Changed => Code::CARD_CHANGED,
            Self::Forged => Code::CARD_DATA_FORGED,
            Self::PinWrong { .. } => Code::PIN_WRONG,
            Self::PinBlocked => Code::PIN_BLOCKED,
            Self::PinOutcomeUnknown => Code::PIN_OUTCOME_UNKNOWN,
            Self::PinFormat => Code::PIN_FORMAT,
            Self::ConsentNeeded => Code::PIN_CONSENT_NEEDED,
            Self::KeypadCancelled => Code::PIN_CANCELLED,
            Self::KeypadTimedOut => Code::PIN_TIMED_OUT,
            Self::KeypadRefused => Code::PIN_KEYPAD_REFUSED,
            Self::Library => Code::INTERNAL,
        }
    }
}

fn link_code(error: LinkError) -> Code {
    match error {
        LinkError::NoService | LinkError::ServiceStopped => Code::PCSC_DOWN,
        LinkError::NoReaders => Code::NO_READER,
        LinkError::UnknownReader => Code::READER_UNKNOWN,
        LinkError::ReaderUnavailable => Code::READER_GONE,
        LinkError::NoCard => Code::NO_CARD,
        LinkError::Mute => Code::CARD_MUTE,
        LinkError::Unsupported => Code::CARD_NOT_EID,
        LinkError::Protocol => Code::CARD_PROTOCOL,
        LinkError::InUse => Code::CARD_IN_USE,
        LinkError::Reset => Code::CARD_RESET,
        LinkError::Removed => Code::CARD_REMOVED,
        LinkError::Broken => Code::CARD_CONTACT,
        LinkError::Denied => Code::PCSC_DENIED,
        LinkError::Cancelled => Code::PCSC_CANCELLED,
        LinkError::Timeout => Code::PCSC_HUNG,
        LinkError::Other(_) => Code::PCSC_OTHER,
    }
}

impl LinkError {
    /// The code of this cause, for callers that only list or connect.
    #[must_use]
    pub fn problem(self) -> Problem {
        CardError::Link(self).problem()
    }
}
