//! One-shot slots for secrets on their way from a person to an adapter, or from one adapter to the next.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Password, Pin, SecretBytes};
use crate::time::Moment;

/// A slot nobody has touched for this long is wiped (docs/architecture.md, "Secrets").
pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_secs(120);

/// Number of a slot; means nothing outside this run of Relais.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(u64);

enum Secret {
    Pin(Pin),
    Password(Password),
    Bytes(SecretBytes),
}

struct Slot {
    secret: Secret,
    touched: SignedDuration,
}

#[derive(Default)]
struct Slots {
    last: u64,
    held: HashMap<EntryId, Slot>,
}

/// The desk. Clones share it.
#[derive(Clone, Default)]
pub struct Desk(Arc<Mutex<Slots>>);

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self::default()
    }

    // A panic while the lock is held leaves whole slots behind, so a poisoned lock is still a good one.
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, secret: Secret, now: Moment) -> EntryId {
        let mut slots = self.slots();
        slots.last += 1;
        let id = EntryId(slots.last);
        slots.held.insert(id, Slot { secret, touched: now.boot });
        id
    }

    /// Puts a PIN down: a finished one, or an empty one to be typed with [`Desk::push_digit`].
    pub fn put_pin(&self, pin: Pin, now: Moment) -> EntryId {
        self.put(Secret::Pin(pin), now)
    }

    /// Puts a keystore password down.
    pub fn put_password(&self, password: Password, now: Moment) -> EntryId {
        self.put(Secret::Password(password), now)
    }

    /// Puts an assertion or a key down.
    pub fn put_bytes(&self, bytes: SecretBytes, now: Moment) -> EntryId {
        self.put(Secret::Bytes(bytes), now)
    }

    /// Adds a digit to a PIN that is being typed and says how many there are now; `None` when the slot is gone.
    pub fn push_digit(&self, id: EntryId, digit: u8, now: Moment) -> Option<usize> {
        self.with_pin(id, now, |pin| {
            pin.push(digit);
        })
    }

    /// Takes the last digit back and says how many are left; `None` when the slot is gone.
    pub fn erase_digit(&self, id: EntryId, now: Moment) -> Option<usize> {
        self.with_pin(id, now, Pin::erase)
    }

    /// Adds a character to a password that is being put together; `None` when the slot is gone or full.
    pub fn push_character(&self, id: EntryId, character: char, now: Moment) -> Option<()> {
        let mut slots = self.slots();
        let slot = slots.held.get_mut(&id)?;
        let Secret::Password(password) = &mut slot.secret else { return None };
        slot.touched = now.boot;
        password.push(character).ok()
    }

    fn with_pin(&self, id: EntryId, now: Moment, change: impl FnOnce(&mut Pin)) -> Option<usize> {
        let mut slots = self.slots();
        let slot = slots.held.get_mut(&id)?;
        let Secret::Pin(pin) = &mut slot.secret else { return None };
        change(pin);
        slot.touched = now.boot;
        Some(pin.len())
    }

    /// Digits typed so far.
    pub fn pin_len(&self, id: EntryId) -> Option<usize> {
        match &self.slots().held.get(&id)?.secret {
            Secret::Pin(pin) => Some(pin.len()),
            _ => None,
        }
    }

    /// Takes a PIN away; a second call finds nothing.
    pub fn take_pin(&self, id: EntryId) -> Option<Pin> {
        self.take(id, |secret| match secret {
            Secret::Pin(pin) => Ok(pin),
            other => Err(other),
        })
    }

    /// Takes a password away; a second call finds nothing.
    pub fn take_password(&self, id: EntryId) -> Option<Password> {
        self.take(id, |secret| match secret {
            Secret::Password(password) => Ok(password),
            other => Err(other),
        })
    }

    /// Takes an assertion or key away; a second call finds nothing.
    pub fn take_bytes(&self, id: EntryId) -> Option<SecretBytes> {
        self.take(id, |secret| match secret {
            Secret::Bytes(bytes) => Ok(bytes),
            other => Err(other),
        })
    }

    /// A slot of another kind stays where it is.
    fn take<T>(&self, id: EntryId, want: impl FnOnce(Secret) -> Result<T, Secret>) -> Option<T> {
        let mut slots = self.slots();
        let Slot { secret, touched } = slots.held.remove(&id)?;
        match want(secret) {
            Ok(wanted) => Some(wanted),
            Err(secret) => {
                slots.held.insert(id, Slot { secret, touched });
                None
            }
        }
    }

    /// Wipes one slot: the person cancelled, the card left.
    pub fn wipe(&self, id: EntryId) {
        self.slots().held.remove(&id);
    }

    /// Wipes every slot: the desktop was locked, Relais ends.
    pub fn wipe_all(&self) {
        self.slots().held.clear();
    }

    /// Wipes what nobody has touched for [`IDLE_LIMIT`] and names it.
    pub fn sweep(&self, now: Moment) -> Vec<EntryId> {
        let mut slots = self.slots();
        let stale: Vec<_> = slots
            .held
            .iter()
            .filter(|(_, slot)| now.boot - slot.touched >= IDLE_LIMIT)
            .map(|(id, _)| *id)
            .collect();
        for id in &stale {
            slots.held.remove(id);
        }
        stale
    }

    /// When [`Desk::sweep`] has something to do, on the boot clock.
    pub fn next_sweep(&self) -> Option<SignedDuration> {
        self.slots().held.values().map(|slot| slot.touched + IDLE_LIMIT).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn at(seconds: i64) -> Moment {
        Moment { wall: Timestamp::UNIX_EPOCH, boot: SignedDuration::from_secs(seconds) }
    }

    #[test]
    fn a_secret_is_taken_once_and_only_as_what_it_is() {
        let desk = Desk::new();
        let id = desk.put_password(Password::take("geheim".to_owned()).unwrap(), at(0));
        assert!(desk.take_pin(id).is_none());
        assert_eq!(desk.take_password(id).unwrap().reveal(), "geheim");
        assert!(desk.take_password(id).is_none());
    }

    #[test]
    fn typing_counts_and_keeps_the_slot_awake() {
        let desk = Desk::new();
        let id = desk.put_pin(Pin::empty(), at(0));
        assert_eq!(desk.push_digit(id, 4, at(100)), Some(1));
        assert!(desk.sweep(at(200)).is_empty());
        assert_eq!(desk.erase_digit(id, at(201)), Some(0));
        assert_eq!(desk.next_sweep(), Some(SignedDuration::from_secs(321)));
        assert_eq!(desk.sweep(at(321)), [id]);
        assert_eq!(desk.push_digit(id, 4, at(322)), None);
    }
}
