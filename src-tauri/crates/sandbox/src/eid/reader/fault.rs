//! What can go wrong at one command.

use crate::eid::card::VirtualEid;

/// Something that happens at one command. *Before*: the card never saw it. *After*: the card has done it, and nobody
/// learns the answer.
pub enum Fault {
    /// The card is pulled before it sees the command.
    RemoveBefore,
    /// The card is pulled after it has carried out the command.
    RemoveAfter,
    /// The card is exchanged for this one before the command.
    Swap(Box<VirtualEid>),
    /// Another program resets the card before the command.
    ResetByOther,
    /// The card stops answering before the command, until it is taken out.
    Mute,
    /// The contact fails before the command, once.
    BreakBefore,
    /// The contact fails after the card has carried out the command, once.
    BreakAfter,
    /// The card carries out the command; these bytes come in place of its answer. None at all breaks the promise of
    /// [`Link::transmit`](relais_card::backend::Link::transmit), as pcsc-lite does with a pulled card.
    Answer(Vec<u8>),
    /// The reader is unplugged before the command.
    Unplug,
    /// The service stops before the command.
    StopService,
}

/// At which command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// After so many good ones.
    After(usize),
    /// The next with this instruction byte.
    Instruction(u8),
}

impl Moment {
    pub(super) fn is_now(self, apdu: &[u8]) -> bool {
        match self {
            Self::After(commands) => commands == 0,
            Self::Instruction(byte) => apdu.get(1) == Some(&byte),
        }
    }

    pub(super) fn come_nearer(&mut self) {
        if let Self::After(commands) = self {
            *commands = commands.saturating_sub(1);
        }
    }
}

/// A fault and its moment.
pub(super) struct Armed {
    pub(super) moment: Moment,
    pub(super) fault: Fault,
}
