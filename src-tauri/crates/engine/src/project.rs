//! From the state to what a window may know of it.

use jiff::Timestamp;
use relais_core::card::{Reader, ReaderState, Readers};
use relais_core::lease::{HolderKey, Means, Stored};
use relais_core::session::lookout::Lookout;
use relais_core::session::quiet::{Day, Hours, Stretch};
use relais_core::session::renewal::{Attempt, Habits, KeptToken, Loudness, Renewal};
use relais_core::session::{Asking, Errand, Session, State};
use relais_core::time::Moment;
use relais_core::{Code, Problem};

use crate::view::{
    AttemptView, CardView, DayView, EndView, EnvironmentView, HoursView, LookoutView, Millis, PinStep,
    PinView, ProblemView, RenewalView, SessionView, SettingsView, SignInView, Snapshot, StretchView,
};

/// What the host and the shell add to a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Number of the view, drawn before the state was read.
    pub revision: u32,
    /// Environment in use.
    pub environment: Option<EnvironmentView>,
    /// An environment is being opened.
    pub opening: bool,
    /// Settings in force; readers and hours are filled in from the state.
    pub settings: SettingsView,
    /// The key store of the operating system is in use, so a keystore password may be remembered.
    pub can_remember: bool,
}

/// Everything the main window shows.
#[must_use]
pub fn snapshot(state: &State, scene: &Scene, pc: Moment) -> Snapshot {
    let now = state.platform_moment(pc);
    Snapshot {
        revision: scene.revision,
        environment: scene.environment.clone(),
        opening: scene.opening,
        session: session_view(state, now),
        lookout: lookout_view(state.lookout),
        sign_in: sign_in_view(state.shown(), scene.can_remember),
        card: card_view(state, scene.settings.reader.as_deref()),
        warnings: state.said(pc).iter().map(problem_view).collect(),
        settings: SettingsView {
            readers: reader_names(&state.readers),
            hours: hours_view(&state.habits.hours),
            ..scene.settings.clone()
        },
        now: millis(now.wall),
    }
}

/// A failure as a window gets it.
#[must_use]
pub fn problem_view(problem: &Problem) -> ProblemView {
    ProblemView { code: problem.code.to_string(), with: problem.with.clone() }
}

fn millis(at: Timestamp) -> Millis {
    at.as_millisecond() as Millis
}

/// The session as a window gets it.
#[must_use]
pub fn session_view(state: &State, now: Moment) -> SessionView {
    match &state.session {
        Session::None => SessionView::None,
        Session::Open(open) => SessionView::Open {
            person: open.lease.person.name.clone(),
            means: means_name(open.lease.means).to_owned(),
            issued_at: millis(open.lease.issued_at),
            ends_at: millis(open.ends_at()),
            stored: stored_name(open.stored).to_owned(),
            key: key_name(open.key).to_owned(),
            restored: open.restored,
            renewal: renewal_view(&state.renewal, &state.habits_in_force(), now.wall),
        },
        Session::Ended(open) => SessionView::Ended {
            person: open.lease.person.name.clone(),
            at: millis(open.ends_at()),
            because: if open.capped() { EndView::Cap } else { EndView::Life },
        },
    }
}

fn lookout_view(lookout: Lookout) -> LookoutView {
    match lookout {
        Lookout::Off => LookoutView::Off,
        Lookout::Waiting { .. } | Lookout::Looking { .. } => LookoutView::Missed,
        Lookout::Back => LookoutView::Back,
    }
}

fn renewal_view(renewal: &Renewal, habits: &Habits, now: Timestamp) -> RenewalView {
    let lists = |kept: &KeptToken| {
        let failed = |it: &Attempt| AttemptView { at: millis(it.at), code: it.code.to_string() };
        (
            kept.to_come(habits.pace).into_iter().map(millis).collect(),
            kept.failed.iter().map(failed).collect(),
        )
    };
    let (kept, probing) = match renewal {
        Renewal::Off => return RenewalView::Off,
        Renewal::Resting(kept) => (kept, false),
        Renewal::Probing { kept, .. } => (kept, true),
        Renewal::Wanted { kept, note_at, loudness, .. } => {
            let (attempts, failed) = lists(kept);
            let later = note_at.filter(|at| *loudness == Loudness::Badge && *at > now);
            return RenewalView::Wanted { snoozed_until: later.map(millis), attempts, failed };
        }
    };
    let (attempts, failed) = lists(kept);
    let asks_at = kept.asks_at(habits).map(millis);
    let tries_at = kept.wakes_at(habits).map(millis);
    RenewalView::Resting { asks_at, tries_at, attempts, failed, probing }
}

/// `eid`, `eid-only`, `certificate` or `fallback`.
#[must_use]
pub fn means_name(means: Means) -> &'static str {
    match means {
        Means::Eid => "eid",
        Means::EidOnly => "eid-only",
        Means::Certificate => "certificate",
        Means::Fallback => "fallback",
    }
}

fn stored_name(stored: Stored) -> &'static str {
    match stored {
        Stored::Os => "os",
        Stored::File => "file",
        Stored::Memory => "memory",
    }
}

fn key_name(key: HolderKey) -> &'static str {
    match key {
        HolderKey::Unlocked => "unlocked",
        HolderKey::Locked => "locked",
        HolderKey::Card => "card",
    }
}

fn sign_in_view(errand: &Errand, can_remember: bool) -> SignInView {
    match errand {
        Errand::Idle => SignInView::Idle,
        Errand::Probing { .. } | Errand::Seeking { .. } => SignInView::Probing,
        Errand::Reading { .. } | Errand::Finding { .. } => SignInView::Reading,
        Errand::Pin(_) | Errand::Waiting { .. } | Errand::Password { .. } => SignInView::Asking,
        Errand::Keystore(keyed) if keyed.ask.means == Means::Certificate => SignInView::Organisation {
            question: keyed.question.into(),
            name: keyed.holder.clone(),
            problem: keyed.notice.as_ref().map(problem_view),
            can_remember,
        },
        Errand::Keystore(keyed) => SignInView::WithoutCard {
            question: keyed.question.into(),
            problem: keyed.notice.as_ref().map(problem_view),
        },
        Errand::Opening { .. } | Errand::Requesting(_) | Errand::Claiming(_) | Errand::Sealing { .. } => {
            SignInView::Working
        }
        Errand::Failed { problem, .. } => SignInView::Failed { problem: problem_view(problem) },
    }
}

fn hours_view(hours: &Hours) -> HoursView {
    let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let stretch = |it: &Stretch| StretchView { from: clock(it.from), to: clock(it.to) };
    let day = |it: &Day| DayView {
        open: it.open.as_ref().map(stretch),
        consultations: it.consultations.iter().map(stretch).collect(),
    };
    HoursView { week: hours.week.iter().map(day).collect() }
}

fn reader_names(readers: &Readers) -> Vec<String> {
    match readers {
        Readers::Seen(seen) => seen.iter().map(|reader| reader.name.clone()).collect(),
        Readers::Unseen | Readers::Down(_) => vec![],
    }
}

fn card_view(state: &State, chosen: Option<&str>) -> CardView {
    let seen = match &state.readers {
        Readers::Unseen => return CardView::Unknown,
        Readers::Down(problem) => return CardView::Down { problem: problem_view(problem) },
        Readers::Seen(seen) if seen.is_empty() => return CardView::NoReader,
        Readers::Seen(seen) => seen,
    };
    let eids: Vec<&Reader> = seen.iter().filter(|reader| reader.state == ReaderState::Eid).collect();
    let chosen = chosen.and_then(|name| eids.iter().copied().find(|reader| reader.name == name));
    let only = (eids.len() == 1).then(|| eids[0]);
    match chosen.or(only) {
        Some(reader) => CardView::Ready {
            reader: reader.name.clone(),
            tries: state.tries.get(&reader.name).and_then(|tries| tries.known()),
        },
        None if eids.is_empty() => unusable(seen),
        None => CardView::Several { readers: eids.iter().map(|reader| reader.name.clone()).collect() },
    }
}

fn unusable(seen: &[Reader]) -> CardView {
    let code = seen.iter().find_map(|reader| match reader.state {
        ReaderState::Mute => Some(Code::CARD_MUTE),
        ReaderState::OtherCard => Some(Code::CARD_NOT_EID),
        ReaderState::InUse => Some(Code::CARD_IN_USE),
        ReaderState::Empty | ReaderState::Eid => None,
    });
    match code {
        Some(code) => CardView::Unusable { problem: problem_view(&code.into()) },
        None => CardView::NoCard { readers: seen.iter().map(|reader| reader.name.clone()).collect() },
    }
}

/// Everything the PIN window shows. `digits` counts what was typed; `done` says that the sign-in just succeeded.
#[must_use]
pub fn pin_view(state: &State, scene: &Scene, digits: usize, done: bool, pc: Moment) -> PinView {
    let now = state.platform_moment(pc);
    let asking = asking(state.shown());
    let session_until = state.session.open().map(|open| millis(open.ends_at()));
    PinView {
        revision: scene.revision,
        step: step(state.shown(), done),
        question: state.errand.question().map(Into::into),
        until: asking.and_then(|asking| until(asking, now)).or(session_until.filter(|_| done)),
        holder: asking.map(|asking| asking.face.holder.clone()).unwrap_or_default(),
        card_end: asking.map(|asking| asking.face.card_number_end.clone()).unwrap_or_default(),
        tries: asking.and_then(|asking| asking.face.tries.known()),
        digits: u8::try_from(digits).unwrap_or(u8::MAX),
        notice: notice(state.shown()),
        session_until,
        risky: asking.is_some_and(Asking::risky),
        again: asking.is_some_and(|asking| asking.again.is_some()),
        renewing: asking.is_some_and(|asking| asking.ask.renews.is_some()),
        now: millis(now.wall),
        keypad: asking.is_some_and(|asking| asking.face.keypad),
        can_remember: scene.can_remember,
        language: scene.settings.language.clone(),
        appearance: scene.settings.appearance.clone(),
    }
}

/// The end a grant would have at best: the asked life, cut to the card's own certificate where it holds the key.
fn until(asking: &Asking, now: Moment) -> Option<Millis> {
    now.wall
        .checked_add(asking.ask.means.wished_life())
        .ok()
        .map(|end| millis(end.min(asking.face.certificate_until)))
}

fn asking(errand: &Errand) -> Option<&Asking> {
    match errand {
        Errand::Pin(asking)
        | Errand::Finding { asking, .. }
        | Errand::Password { asking, .. }
        | Errand::Opening { asking, .. }
        | Errand::Requesting(asking) => Some(asking),
        _ => None,
    }
}

fn step(errand: &Errand, done: bool) -> PinStep {
    match errand {
        Errand::Idle | Errand::Probing { .. } if done => PinStep::Done,
        Errand::Idle
        | Errand::Probing { .. }
        | Errand::Seeking { .. }
        | Errand::Keystore(_)
        | Errand::Claiming(_) => PinStep::Closed,
        Errand::Sealing { ask, .. } if !ask.means.needs_card() => PinStep::Closed,
        Errand::Pin(asking) if asking.needs_consent() => PinStep::Consent,
        Errand::Pin(asking) if asking.face.keypad => PinStep::KeypadChoice,
        Errand::Pin(_) => PinStep::Pin,
        Errand::Requesting(asking) if asking.on_keypad => PinStep::Keypad,
        Errand::Waiting { .. } => PinStep::WaitingForCard,
        Errand::Password { .. } => PinStep::Password,
        Errand::Reading { .. }
        | Errand::Finding { .. }
        | Errand::Opening { .. }
        | Errand::Requesting(_)
        | Errand::Sealing { .. } => PinStep::Working,
        Errand::Failed { problem, .. } if problem.code == Code::PIN_BLOCKED => PinStep::Blocked,
        Errand::Failed { .. } => PinStep::Failed,
    }
}

fn notice(errand: &Errand) -> Option<ProblemView> {
    match errand {
        Errand::Waiting { problem, .. } | Errand::Failed { problem, .. } => Some(problem_view(problem)),
        Errand::Reading { notice, .. } => notice.as_ref().map(problem_view),
        other => asking(other).and_then(|asking| asking.notice.as_ref()).map(problem_view),
    }
}

#[cfg(test)]
mod tests;
