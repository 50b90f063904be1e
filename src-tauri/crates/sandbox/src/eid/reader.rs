//! Readers in process: a [`Backend`](relais_card::backend::Backend) without PC/SC, with every bad day on demand.
//!
//! [`VirtualReader`] is the person (or the other program) at the readers: it plugs, inserts, pulls, resets and lets
//! things go wrong at a chosen command. All its clones and every backend made of them share one set of readers.

mod backend;
mod fault;
mod keypad;
mod slot;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::card::VirtualEid;
pub use fault::Fault;
use fault::Moment;
use keypad::Keypad;
pub use keypad::Typing;
use slot::{Content, Holder, Slot};

/// What can be seen of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Its name.
    pub name: String,
    /// It has a keypad.
    pub keypad: bool,
    /// The card in it.
    pub card: Option<SeenCard>,
}

/// What can be seen of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SeenCard {
    /// Tries left of its PIN.
    pub tries: u8,
    /// VERIFY commands with a PIN that it has seen since it was opened.
    pub pins: u32,
}

/// Readers, the cards in them, and the service in front of them.
#[derive(Clone, Default)]
pub struct VirtualReader {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Somebody may go on: a transaction ended, or readers changed.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    service_down: bool,
    /// How often the service went down: connections do not outlive it.
    service_stops: u64,
    slots: Vec<Slot>,
    connections: u64,
}

impl State {
    fn slot(&mut self, reader: &str) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|slot| slot.name == reader && slot.plugged)
    }
}

impl VirtualReader {
    /// One reader with this name and nothing in it.
    #[must_use]
    pub fn new(reader: &str) -> Self {
        let readers = Self::without_readers();
        readers.plug(reader);
        readers
    }

    /// A service without readers.
    #[must_use]
    pub fn without_readers() -> Self {
        Self::default()
    }

    /// Plugs a reader in: a new one, or one that was unplugged, with the card left in it.
    pub fn plug(&self, reader: &str) {
        self.change(|state| match state.slots.iter_mut().find(|slot| slot.name == reader) {
            Some(slot) => slot.plugged = true,
            None => state.slots.push(Slot::new(reader)),
        });
    }

    /// Unplugs a reader; a card in it loses its power.
    pub fn unplug(&self, reader: &str) {
        self.at(reader, Slot::unplug);
    }

    /// Puts a card in; one that is there is taken out first and given back.
    pub fn insert(&self, reader: &str, card: VirtualEid) -> Option<VirtualEid> {
        self.at(reader, |slot| slot.insert(Content::Card(Box::new(card)))).flatten()
    }

    /// Puts something in that does not answer: a card upside down.
    pub fn insert_mute(&self, reader: &str) -> Option<VirtualEid> {
        self.at(reader, |slot| slot.insert(Content::Mute)).flatten()
    }

    /// Takes the card out.
    pub fn remove(&self, reader: &str) -> Option<VirtualEid> {
        self.at(reader, Slot::remove).flatten()
    }

    /// Pulls the card; [`Self::reinsert`] puts it back. Says whether there was one.
    pub fn pull(&self, reader: &str) -> bool {
        let pulled = self.at(reader, |slot| {
            let there = slot.card_mut().is_some();
            if there {
                slot.pull();
            }
            there
        });
        pulled.unwrap_or(false)
    }

    /// Puts the card back that [`Self::pull`], [`Fault::RemoveBefore`], [`Fault::RemoveAfter`] or [`Fault::Swap`] took
    /// out.
    pub fn reinsert(&self, reader: &str) -> Option<VirtualEid> {
        self.at(reader, |slot| {
            let card = slot.taken_out()?;
            slot.insert(Content::Card(Box::new(card)))
        })
        .flatten()
    }

    /// The card that a fault took out; it keeps its counters.
    pub fn taken_out(&self, reader: &str) -> Option<VirtualEid> {
        self.at(reader, Slot::taken_out).flatten()
    }

    /// Looks at the card in a reader, or does something to it that no reader sees.
    pub fn with_card<T>(&self, reader: &str, look: impl FnOnce(&mut VirtualEid) -> T) -> Option<T> {
        self.lock().slot(reader)?.card_mut().map(look)
    }

    /// Another program takes the card for itself: nobody else can connect.
    pub fn hold(&self, reader: &str) {
        self.at(reader, |slot| slot.held = true);
    }

    /// The other program gives the card back.
    pub fn release(&self, reader: &str) {
        self.at(reader, |slot| slot.held = false);
    }

    /// Another program begins a transaction; ours wait for its end.
    pub fn begin_elsewhere(&self, reader: &str) {
        self.at(reader, |slot| slot.transaction = Some(Holder::Elsewhere));
    }

    /// The other program's transaction ends.
    pub fn end_elsewhere(&self, reader: &str) {
        self.at(reader, |slot| slot.transaction = None);
    }

    /// Another program resets the card.
    pub fn reset_by_other(&self, reader: &str) {
        self.at(reader, Slot::reset);
    }

    /// Stops the service, as killing pcscd does: cards lose their power, connections are worthless.
    pub fn stop_service(&self) {
        self.change(State::stop);
    }

    /// Starts the service again.
    pub fn start_service(&self) {
        self.change(|state| state.service_down = false);
    }

    /// Lets something go wrong at the command that comes after `commands` more good ones.
    pub fn arm(&self, reader: &str, commands: usize, fault: Fault) {
        self.at(reader, |slot| slot.arm(Moment::After(commands), fault));
    }

    /// Lets something go wrong at the next command with this instruction byte.
    pub fn arm_at(&self, reader: &str, instruction: u8, fault: Fault) {
        self.at(reader, |slot| slot.arm(Moment::Instruction(instruction), fault));
    }

    /// Takes back every fault that has not happened yet.
    pub fn disarm(&self, reader: &str) {
        self.at(reader, Slot::disarm);
    }

    /// Gives the reader a keypad that nobody stands at: what was not typed before it asks, times out at once.
    pub fn with_keypad(&self, reader: &str) {
        self.at(reader, |slot| slot.keypad = Some(Keypad::default()));
    }

    /// Gives the reader a keypad with somebody in front of it: it waits for digits as long as it is told to.
    pub fn with_attended_keypad(&self, reader: &str) {
        self.at(reader, |slot| slot.keypad = Some(Keypad::attended()));
    }

    /// Takes the keypad away.
    pub fn without_keypad(&self, reader: &str) {
        self.at(reader, |slot| slot.keypad = None);
    }

    /// What the person does at the keypad, now or when it asks next.
    pub fn type_on_keypad(&self, reader: &str, typing: Typing) {
        self.at(reader, |slot| slot.keypad.get_or_insert_default().press(typing));
    }

    /// What can be seen of all readers that are plugged in.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        let state = self.lock();
        state.slots.iter().filter(|slot| slot.plugged).map(Slot::seen).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let done = act(&mut state);
        self.shared.changed.notify_all();
        done
    }

    fn at<T>(&self, reader: &str, act: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        self.change(|state| state.slot(reader).map(act))
    }
}

impl State {
    fn stop(&mut self) {
        self.service_down = true;
        self.service_stops += 1;
        for slot in &mut self.slots {
            slot.transaction = None;
            slot.power_off();
        }
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
