//! One reader: what is in it, who uses it, and what is to go wrong.

use relais_card::backend::{LinkError, ReaderSlot, SlotContent};

use super::fault::{Armed, Fault, Moment};
use super::keypad::Keypad;
use super::{Seen, SeenCard};
use crate::eid::card::VirtualEid;

/// What is in a reader.
pub(super) enum Content {
    Card(Box<VirtualEid>),
    Mute,
}

/// Who is in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// One of our connections.
    Connection(u64),
    /// Another program.
    Elsewhere,
}

pub(super) struct Slot {
    pub(super) name: String,
    pub(super) plugged: bool,
    pub(super) content: Option<Content>,
    /// Another program holds the card exclusively.
    pub(super) held: bool,
    pub(super) transaction: Option<Holder>,
    pub(super) keypad: Option<Keypad>,
    /// Counts insertions and removals: a connection belongs to one stay of one card.
    pub(super) stay: u64,
    /// Counts resets by whomever.
    pub(super) resets: u64,
    faults: Vec<Armed>,
    taken_out: Option<VirtualEid>,
}

impl Slot {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            plugged: true,
            content: None,
            held: false,
            transaction: None,
            keypad: None,
            stay: 0,
            resets: 0,
            faults: Vec::new(),
            taken_out: None,
        }
    }

    pub(super) fn listed(&self) -> ReaderSlot {
        let content = match &self.content {
            None => SlotContent::Empty,
            Some(Content::Card(card)) => SlotContent::Card { atr: card.atr().to_vec(), in_use: self.held },
            Some(Content::Mute) => SlotContent::Mute,
        };
        ReaderSlot { name: self.name.clone(), content }
    }

    pub(super) fn seen(&self) -> Seen {
        let card = match &self.content {
            Some(Content::Card(card)) => {
                Some(SeenCard { tries: card.tries_left(), pins: card.counters().verifies })
            }
            Some(Content::Mute) | None => None,
        };
        Seen { name: self.name.clone(), keypad: self.keypad.is_some(), card }
    }

    pub(super) fn insert(&mut self, content: Content) -> Option<VirtualEid> {
        let before = self.remove();
        self.content = Some(content);
        before
    }

    /// Takes the card out; it loses its power, and whoever used it loses it.
    pub(super) fn remove(&mut self) -> Option<VirtualEid> {
        self.stay += 1;
        self.held = false;
        self.transaction = None;
        match self.content.take() {
            Some(Content::Card(mut card)) => {
                card.reset();
                Some(*card)
            }
            Some(Content::Mute) | None => None,
        }
    }

    pub(super) fn unplug(&mut self) {
        self.plugged = false;
        self.stay += 1;
        self.transaction = None;
        self.power_off();
    }

    pub(super) fn taken_out(&mut self) -> Option<VirtualEid> {
        self.taken_out.take()
    }

    pub(super) fn card_mut(&mut self) -> Option<&mut VirtualEid> {
        match &mut self.content {
            Some(Content::Card(card)) => Some(card),
            Some(Content::Mute) | None => None,
        }
    }

    pub(super) fn power_off(&mut self) {
        if let Some(card) = self.card_mut() {
            card.reset();
        }
    }

    /// A reset, which every other connection notices.
    pub(super) fn reset(&mut self) {
        self.resets += 1;
        self.power_off();
    }

    pub(super) fn arm(&mut self, moment: Moment, fault: Fault) {
        self.faults.push(Armed { moment, fault });
    }

    pub(super) fn disarm(&mut self) {
        self.faults.clear();
    }

    /// The fault of this command; the others come one command nearer.
    pub(super) fn due(&mut self, apdu: &[u8]) -> Option<Fault> {
        let due = self.faults.iter().position(|armed| armed.moment.is_now(apdu));
        let due = due.map(|at| self.faults.remove(at).fault);
        for armed in &mut self.faults {
            armed.moment.come_nearer();
        }
        due
    }

    /// The card answers.
    pub(super) fn run(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        match &mut self.content {
            Some(Content::Card(card)) => Ok(card.transmit(apdu)),
            Some(Content::Mute) => Err(LinkError::Mute),
            None => Err(LinkError::Removed),
        }
    }

    pub(super) fn pull(&mut self) {
        self.taken_out = self.remove();
    }

    pub(super) fn swap(&mut self, other: VirtualEid) {
        self.pull();
        self.content = Some(Content::Card(Box::new(other)));
    }
}
