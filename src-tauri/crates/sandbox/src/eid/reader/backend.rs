//! What a client sees of the readers: the three traits of `relais-card`.

use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use relais_card::backend::{Backend, Link, LinkError, Monitor, ReaderSlot};

use super::fault::Fault;
use super::keypad::{self, Asked};
use super::slot::{Content, Holder, Slot};
use super::{State, VirtualReader};

impl Backend for VirtualReader {
    fn readers(&mut self) -> Result<Vec<ReaderSlot>, LinkError> {
        listed(&self.lock())
    }

    fn connect(&mut self, reader: &str) -> Result<Box<dyn Link>, LinkError> {
        let mut state = self.lock();
        state.connections += 1;
        let id = state.connections;
        let seat = seat(&mut state, reader)?;
        Ok(Box::new(VirtualLink { readers: self.clone(), reader: reader.to_owned(), id, seat }))
    }

    fn monitor(&self) -> Result<Box<dyn Monitor>, LinkError> {
        Ok(Box::new(VirtualMonitor { readers: self.clone(), seen: None }))
    }
}

fn listed(state: &State) -> Result<Vec<ReaderSlot>, LinkError> {
    if state.service_down {
        return Err(LinkError::NoService);
    }
    Ok(state.slots.iter().filter(|slot| slot.plugged).map(Slot::listed).collect())
}

/// The stay of a card that a connection belongs to.
struct Seat {
    atr: &'static [u8],
    service_stops: u64,
    stay: u64,
    resets: u64,
}

/// A seat at the card that is there now.
fn seat(state: &mut State, reader: &str) -> Result<Seat, LinkError> {
    if state.service_down {
        return Err(LinkError::NoService);
    }
    let service_stops = state.service_stops;
    let slot = state.slot(reader).ok_or(LinkError::UnknownReader)?;
    match &slot.content {
        None => Err(LinkError::NoCard),
        Some(Content::Mute) => Err(LinkError::Mute),
        Some(Content::Card(_)) if slot.held => Err(LinkError::InUse),
        Some(Content::Card(card)) => {
            Ok(Seat { atr: card.atr(), service_stops, stay: slot.stay, resets: slot.resets })
        }
    }
}

struct VirtualLink {
    readers: VirtualReader,
    reader: String,
    id: u64,
    seat: Seat,
}

impl VirtualLink {
    /// The slot, if the connection is still good for the card in it.
    fn slot<'a>(&self, state: &'a mut State) -> Result<&'a mut Slot, LinkError> {
        if state.service_down || state.service_stops != self.seat.service_stops {
            return Err(LinkError::ServiceStopped);
        }
        let slot = state.slot(&self.reader).ok_or(LinkError::ReaderUnavailable)?;
        match slot.content {
            _ if slot.stay != self.seat.stay => Err(LinkError::Removed),
            None => Err(LinkError::Removed),
            Some(Content::Mute) => Err(LinkError::Mute),
            Some(Content::Card(_)) if slot.resets != self.seat.resets => Err(LinkError::Reset),
            Some(Content::Card(_)) => Ok(slot),
        }
    }

    /// Waits, at most until `end`, while somebody else is in a transaction.
    fn turn(&self, end: Option<Instant>) -> Result<MutexGuard<'_, State>, LinkError> {
        let mut state = self.readers.lock();
        loop {
            let holder = self.slot(&mut state)?.transaction;
            if holder.is_none_or(|holder| holder == Holder::Connection(self.id)) {
                return Ok(state);
            }
            let left = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Err(LinkError::InUse);
            }
            let changed = &self.readers.shared.changed;
            state = match end {
                Some(_) => changed.wait_timeout(state, left).map_or_else(|e| e.into_inner().0, |it| it.0),
                None => changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// One command, with whatever goes wrong at it.
    fn exchange(&self, state: &mut State, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        let slot = self.slot(state)?;
        match slot.due(apdu) {
            None => slot.run(apdu),
            Some(Fault::StopService) => {
                state.stop();
                Err(LinkError::ServiceStopped)
            }
            Some(fault) => happen(slot, fault, apdu),
        }
    }

    /// Waits, at most this long, until somebody types on the keypad or the card goes.
    fn attend<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        (code, data): (u32, &[u8]),
        longest: Duration,
    ) -> Result<MutexGuard<'a, State>, LinkError> {
        let end = Instant::now() + longest;
        while keypad::wait(self.slot(&mut state)?, code, data).is_some() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let changed = &self.readers.shared.changed;
            state = changed.wait_timeout(state, left).map_or_else(|e| e.into_inner().0, |it| it.0);
        }
        Ok(state)
    }

    fn run(&self, mut state: MutexGuard<'_, State>, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        let answer = self.exchange(&mut state, apdu);
        if answer.is_err() {
            self.readers.shared.changed.notify_all();
        }
        answer
    }
}

fn happen(slot: &mut Slot, fault: Fault, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
    match fault {
        Fault::RemoveBefore => {
            slot.pull();
            Err(LinkError::Broken)
        }
        Fault::RemoveAfter => {
            slot.run(apdu)?;
            slot.pull();
            Err(LinkError::Broken)
        }
        Fault::Swap(other) => {
            slot.swap(*other);
            Err(LinkError::Removed)
        }
        Fault::ResetByOther => {
            slot.reset();
            Err(LinkError::Reset)
        }
        Fault::Mute => {
            slot.pull();
            slot.content = Some(Content::Mute);
            Err(LinkError::Mute)
        }
        Fault::BreakBefore => Err(LinkError::Broken),
        Fault::BreakAfter => slot.run(apdu).and(Err(LinkError::Broken)),
        Fault::Answer(bytes) => slot.run(apdu).map(|_| bytes),
        Fault::Unplug | Fault::StopService => {
            slot.unplug();
            Err(LinkError::ReaderUnavailable)
        }
    }
}

impl Link for VirtualLink {
    fn atr(&self) -> &[u8] {
        self.seat.atr
    }

    fn begin(&mut self, longest: Duration) -> Result<(), LinkError> {
        let mut state = self.turn(Instant::now().checked_add(longest))?;
        self.slot(&mut state)?.transaction = Some(Holder::Connection(self.id));
        Ok(())
    }

    fn transmit(&mut self, apdu: &[u8]) -> Result<Vec<u8>, LinkError> {
        let state = self.turn(None)?;
        self.run(state, apdu)
    }

    fn end(&mut self) -> Result<(), LinkError> {
        let mut state = self.readers.lock();
        let slot = self.slot(&mut state)?;
        if slot.transaction == Some(Holder::Connection(self.id)) {
            slot.transaction = None;
            self.readers.shared.changed.notify_all();
        }
        Ok(())
    }

    fn reconnect(&mut self, reset: bool) -> Result<(), LinkError> {
        let mut state = self.readers.lock();
        if state.service_down || state.service_stops != self.seat.service_stops {
            return Err(LinkError::ServiceStopped);
        }
        if reset && seat(&mut state, &self.reader).is_ok() {
            state.slot(&self.reader).ok_or(LinkError::ReaderUnavailable)?.reset();
        }
        self.seat = seat(&mut state, &self.reader)?;
        Ok(())
    }

    fn control(&mut self, code: u32, data: &[u8]) -> Result<Vec<u8>, LinkError> {
        let mut state = self.turn(None)?;
        if let Some(longest) = keypad::wait(self.slot(&mut state)?, code, data) {
            state = self.attend(state, (code, data), longest)?;
        }
        match keypad::control(self.slot(&mut state)?, code, data)? {
            Asked::Features(answer) => Ok(answer),
            Asked::Verify(apdu) => self.run(state, &apdu),
            Asked::Refused(status) => Ok(status.0.to_be_bytes().to_vec()),
        }
    }

    fn feature_request(&self) -> u32 {
        keypad::FEATURE_REQUEST
    }
}

impl Drop for VirtualLink {
    fn drop(&mut self) {
        // A connection that no longer holds the card has nothing to give back.
        let _ = self.end();
    }
}

struct VirtualMonitor {
    readers: VirtualReader,
    /// The readers told last, and which stay of which card they held: a swap for a like card is a change too.
    seen: Option<(Vec<ReaderSlot>, Vec<u64>)>,
}

impl Monitor for VirtualMonitor {
    fn wait(&mut self, longest: Duration) -> Result<Option<Vec<ReaderSlot>>, LinkError> {
        let end = Instant::now().checked_add(longest);
        let mut state = self.readers.lock();
        loop {
            let readers = listed(&state).inspect_err(|_| self.seen = None)?;
            let stays = state.slots.iter().map(|slot| slot.stay).collect();
            let now = (readers, stays);
            if self.seen.as_ref() != Some(&now) {
                return Ok(Some(self.seen.insert(now).0.clone()));
            }
            let left = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(None);
            }
            let changed = &self.readers.shared.changed;
            state = changed.wait_timeout(state, left).map_or_else(|e| e.into_inner().0, |it| it.0);
        }
    }
}
