//! Status words of the card (docs/reference/eid-card.md, section 3).

/// The two bytes that end every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(pub u16);

impl Status {
    /// Done.
    pub const OK: Self = Self(0x9000);
    /// Wrong length of command or data.
    pub const LENGTH: Self = Self(0x6700);
    /// Logical channels are not supported.
    pub const CHANNEL: Self = Self(0x6881);
    /// A PIN is needed first.
    pub const PIN_NEEDED: Self = Self(0x6982);
    /// The PIN is blocked.
    pub const BLOCKED: Self = Self(0x6983);
    /// Conditions of use not met: no key set, nothing to fetch.
    pub const CONDITIONS: Self = Self(0x6985);
    /// No file is selected.
    pub const NO_FILE_SELECTED: Self = Self(0x6986);
    /// The data is not acceptable.
    pub const DATA: Self = Self(0x6A80);
    /// No such file.
    pub const NO_SUCH_FILE: Self = Self(0x6A82);
    /// P1 or P2 wrong.
    pub const PARAMETERS: Self = Self(0x6A86);
    /// No such key or PIN.
    pub const NO_SUCH_KEY: Self = Self(0x6A88);
    /// Offset outside the file, or P1P2 wrong for card data.
    pub const OFFSET: Self = Self(0x6B00);
    /// Instruction unknown, or not now: the card is not activated.
    pub const INSTRUCTION: Self = Self(0x6D00);
    /// Class unknown.
    pub const CLASS: Self = Self(0x6E00);
    /// Answer of a keypad reader: nobody typed in time.
    pub const KEYPAD_TIMEOUT: Self = Self(0x6400);
    /// Answer of a keypad reader: the person pressed cancel.
    pub const KEYPAD_CANCELLED: Self = Self(0x6401);
    /// Answer of a keypad reader: too few digits.
    pub const KEYPAD_LENGTH: Self = Self(0x6403);
    /// Answer of a keypad reader: the structure is not acceptable.
    pub const KEYPAD_STRUCTURE: Self = Self(0x6B80);

    /// The PIN was wrong, or the counter was asked: so many tries are left.
    #[must_use]
    pub fn tries_left(tries: u8) -> Self {
        Self(0x63C0 | u16::from(tries & 0x0F))
    }

    /// So many bytes (1 to 256) wait for GET RESPONSE.
    #[must_use]
    pub fn more(bytes: usize) -> Self {
        Self(0x6100 | (bytes & 0xFF) as u16)
    }

    /// Ask again for exactly so many bytes.
    #[must_use]
    pub fn exact(bytes: usize) -> Self {
        Self(0x6C00 | (bytes & 0xFF) as u16)
    }
}

/// What a command gave: data, perhaps none, and a status word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) data: Vec<u8>,
    pub(super) status: Status,
}

impl Answer {
    pub(super) fn data(data: Vec<u8>) -> Self {
        Self { data, status: Status::OK }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.data;
        bytes.extend(self.status.0.to_be_bytes());
        bytes
    }
}

impl From<Status> for Answer {
    fn from(status: Status) -> Self {
        Self { data: Vec::new(), status }
    }
}
