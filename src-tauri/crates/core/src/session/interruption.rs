//! What was typed is lost before it was used: the desktop was locked, or the page that it was typed in died.

use super::effect::{Effect, PinSource};
use super::errand::{Asking, Errand, Kept, Keyed};
use crate::code::Code;
use crate::journal::Subject;
use crate::secret::EntryId;
use crate::time::Moment;

/// Wipes everything a person typed that waits for more, and asks the PIN anew, saying why. What card and platform
/// already work on goes on.
pub(super) fn typed_lost(errand: Errand, code: Code, now: Moment) -> (Errand, Vec<Effect>) {
    let anew = |asking: Asking| Errand::Pin(Asking { notice: Some(code.into()), sure: false, ..asking });
    let (errand, kept) = match errand {
        Errand::Pin(asking) => (anew(asking), None),
        Errand::Keystore(keyed) => (Errand::Keystore(Keyed { notice: Some(code.into()), ..keyed }), None),
        Errand::Password { asking, pin } | Errand::Opening { asking, pin } => (anew(asking), of_desk(pin)),
        Errand::Reading { id, ask, resumed, kept, notice } => {
            (Errand::Reading { id, ask, resumed, kept: None, notice }, entry(kept))
        }
        Errand::Finding { asking, resumed, kept } => {
            (Errand::Finding { asking, resumed, kept: None }, entry(kept))
        }
        Errand::Waiting { id, ask, problem, kept, since } => {
            (Errand::Waiting { id, ask, problem, kept: None, since }, entry(kept))
        }
        working => return (working, vec![]),
    };
    let note = Effect::note(Subject::System, "typed-secrets-wiped", None, now).because(code);
    let kept = kept.map(|entry| Effect::Wipe { entry });
    (errand, [note, Effect::WipeTyping].into_iter().chain(kept).collect())
}

fn of_desk(pin: PinSource) -> Option<EntryId> {
    match pin {
        PinSource::Desk(entry) => Some(entry),
        PinSource::Keypad => None,
    }
}

fn entry(kept: Option<Kept>) -> Option<EntryId> {
    kept.map(|kept| kept.entry)
}
