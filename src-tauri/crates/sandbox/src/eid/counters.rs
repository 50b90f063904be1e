//! What the card was asked: the proof that a client took no try it had no right to.

/// One exchange, told without its data: a PIN never gets here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// Instruction byte.
    pub instruction: u8,
    /// P1 and P2.
    pub parameters: u16,
    /// Bytes of command data.
    pub sent: usize,
    /// Status word of the answer.
    pub status: u16,
}

/// Counts since the card was made or loaded; resets and removals do not touch them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    /// VERIFY commands that carried a PIN block: each may have cost a try.
    pub verifies: u32,
    /// VERIFY commands without data: they ask the counter, and cost a try on applets 1.0 and 1.1.
    pub status_questions: u32,
    /// CHANGE PIN commands.
    pub pin_changes: u32,
    /// Signatures made with key 82 or 83.
    pub signatures: u32,
    /// Warm and cold resets.
    pub resets: u32,
    /// Every exchange, in order.
    pub exchanges: Vec<Exchange>,
}

impl Counters {
    /// APDUs received.
    #[must_use]
    pub fn apdus(&self) -> usize {
        self.exchanges.len()
    }
}
