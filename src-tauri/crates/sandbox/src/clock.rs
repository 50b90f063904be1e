//! A clock a person or a test can turn: wall, boot and trusted time each by itself.
//!
//! The PC of the sandbox reads `wall` and `boot`; the invented platform lives by `trusted`, so a PC whose clock is
//! wrong is played by turning `wall` alone. TLS checks real time and is not reached by any of this.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use relais_core::ports::{Later, Timer};
use relais_core::time::{BootId, Clock, Moment};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::platform::StateError;
use crate::platform::state::Folder;

/// The three clocks, read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the wall clock of the PC says.
    pub wall: Timestamp,
    /// Time since the PC started, in milliseconds.
    pub boot_ms: i64,
    /// Which start of the PC that is: another number after each reboot, and in another sandbox.
    pub start: u64,
    /// What the platform takes for the time.
    pub trusted: Timestamp,
    /// The clocks move by themselves.
    pub running: bool,
    /// How often somebody has turned them.
    pub turns: u64,
}

/// How far each clock is turned, in milliseconds; a negative number turns it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Turn {
    /// The wall clock.
    pub wall_ms: i64,
    /// The boot clock; it never passes below nought.
    pub boot_ms: i64,
    /// The platform's time.
    pub trusted_ms: i64,
}

impl Turn {
    /// Time passes for everybody.
    #[must_use]
    pub fn all(by: SignedDuration) -> Self {
        let ms = millis(by);
        Self { wall_ms: ms, boot_ms: ms, trusted_ms: ms }
    }

    /// Somebody moves the wall clock of the PC.
    #[must_use]
    pub fn wall(by: SignedDuration) -> Self {
        Self { wall_ms: millis(by), ..Self::default() }
    }

    /// Only the platform's time moves.
    #[must_use]
    pub fn trusted(by: SignedDuration) -> Self {
        Self { trusted_ms: millis(by), ..Self::default() }
    }
}

fn millis(span: SignedDuration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(if span.is_negative() { i64::MIN } else { i64::MAX })
}

/// The number of a first start, with room for reboots; small enough for a number of JavaScript.
fn some_start() -> u64 {
    let mut random = [0; 4];
    // Without random numbers there would be no sandbox: its keys are made of them.
    openssl::rand::rand_bytes(&mut random).expect("the system gives random numbers");
    u64::from(u32::from_be_bytes(random)) << 16
}

#[derive(Debug, Clone, Copy)]
struct Hands {
    wall: Timestamp,
    boot: SignedDuration,
    start: u64,
    trusted: Timestamp,
    /// When the hands were at these places; `None` for a clock that stands.
    since: Option<Instant>,
    turns: u64,
}

impl Hands {
    /// The same clock with its hands where they are now.
    fn read(self) -> Self {
        let Some(since) = self.since else { return self };
        let now = Instant::now();
        let gone = SignedDuration::try_from(now - since).unwrap_or(SignedDuration::MAX);
        Self {
            wall: moved(self.wall, gone),
            boot: self.boot.saturating_add(gone),
            trusted: moved(self.trusted, gone),
            since: Some(now),
            ..self
        }
    }
}

fn moved(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

/// Where a world keeps how far its clock is from that of this PC.
const KEPT: &str = "clock.json";

/// How far the hands of a clock that runs are from the real time.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ahead {
    wall_ms: i64,
    trusted_ms: i64,
}

/// The clock of a sandbox. Clones are the same clock.
#[derive(Clone)]
pub struct TurnedClock {
    hands: Arc<Mutex<Hands>>,
    turns: watch::Sender<u64>,
    /// Locked while it is written to, so that the last turn is what it tells.
    kept: Option<Arc<Mutex<Folder>>>,
}

impl TurnedClock {
    /// A clock that stands at `wall` until it is turned: for tests.
    #[must_use]
    pub fn standing_at(wall: Timestamp) -> Self {
        Self::with(wall, None)
    }

    /// A clock that starts at the real time and runs: for people.
    #[must_use]
    pub fn running() -> Self {
        Self::with(Timestamp::now(), Some(Instant::now()))
    }

    /// A clock that runs and is found again in this folder as far ahead or behind as it was turned. The PC it is in has
    /// started anew by then.
    ///
    /// # Errors
    /// A folder or file that refuses, and one the sandbox did not write.
    pub fn kept_in(folder: &Path) -> Result<Self, StateError> {
        let folder = Folder::open(folder)?;
        let foreign = |_| StateError::Foreign { path: folder.path().join(KEPT) };
        let ahead: Option<Ahead> =
            folder.read(KEPT)?.map(|text| serde_json::from_str(&text)).transpose().map_err(foreign)?;
        let ahead = ahead.unwrap_or_default();
        let clock = Self::running();
        {
            let mut hands = clock.hands();
            hands.wall = moved(hands.wall, SignedDuration::from_millis(ahead.wall_ms));
            hands.trusted = moved(hands.trusted, SignedDuration::from_millis(ahead.trusted_ms));
        }
        Ok(Self { kept: Some(Arc::new(Mutex::new(folder))), ..clock })
    }

    fn with(wall: Timestamp, since: Option<Instant>) -> Self {
        // A PC is never read in the instant it starts; a minute leaves room to turn `boot` back a little.
        let boot = SignedDuration::from_mins(1);
        let hands = Hands { wall, boot, start: some_start(), trusted: wall, since, turns: 0 };
        Self { hands: Arc::new(Mutex::new(hands)), turns: watch::Sender::new(0), kept: None }
    }

    fn keep(&self) {
        let Some(kept) = &self.kept else { return };
        let folder = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (told, real) = (self.read(), Timestamp::now());
        let ahead = |hand: Timestamp| millis(hand.duration_since(real));
        let ahead = Ahead { wall_ms: ahead(told.wall), trusted_ms: ahead(told.trusted) };
        let written = serde_json::to_vec(&ahead).map(|bytes| folder.write(KEPT, &bytes));
        // The clock is turned all the same; only the next start will not know.
        if !matches!(written, Ok(Ok(_))) {
            tracing::warn!(?written, "how far the clock is turned could not be kept");
        }
    }

    // A panic while the lock is held leaves whole hands behind, so a poisoned lock is still a good one.
    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The three clocks.
    #[must_use]
    pub fn read(&self) -> Reading {
        let hands = self.hands().read();
        Reading {
            wall: hands.wall,
            boot_ms: millis(hands.boot),
            start: hands.start,
            trusted: hands.trusted,
            running: hands.since.is_some(),
            turns: hands.turns,
        }
    }

    /// What the platform takes for the time.
    #[must_use]
    pub fn trusted(&self) -> Timestamp {
        self.read().trusted
    }

    /// Turns the hands and wakes everybody who waits for a turn.
    pub fn turn(&self, by: Turn) -> Reading {
        self.change(|hands| {
            hands.wall = moved(hands.wall, SignedDuration::from_millis(by.wall_ms));
            let boot = hands.boot.saturating_add(SignedDuration::from_millis(by.boot_ms));
            hands.boot = boot.max(SignedDuration::ZERO);
            hands.trusted = moved(hands.trusted, SignedDuration::from_millis(by.trusted_ms));
        })
    }

    /// The PC starts anew: its boot clock begins at nought.
    pub fn reboot(&self) -> Reading {
        self.change(|hands| (hands.boot, hands.start) = (SignedDuration::ZERO, hands.start + 1))
    }

    fn change(&self, how: impl FnOnce(&mut Hands)) -> Reading {
        let turns = {
            let mut hands = self.hands();
            *hands = hands.read();
            how(&mut hands);
            hands.turns += 1;
            hands.turns
        };
        self.keep();
        self.turns.send_replace(turns);
        self.read()
    }

    /// Tells of every turn from now on; the value is [`Reading::turns`].
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.turns.subscribe()
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        let hands = self.hands().read();
        Moment { wall: hands.wall, boot: hands.boot }
    }

    fn boot_id(&self) -> Option<BootId> {
        Some(BootId(format!("{:x}", self.hands().start)))
    }
}

impl Timer for TurnedClock {
    /// A clock that runs reaches `wake` by itself; one that stands reaches it only by a turn.
    fn wait(&self, wake: Option<Timestamp>, longest: Duration) -> Later<'_, ()> {
        // Subscribed before the clock is read: a turn in between is not missed.
        let mut turns = self.subscribe();
        let now = self.read();
        let left = |at: Timestamp| Duration::try_from(at.duration_since(now.wall)).unwrap_or(Duration::ZERO);
        let sleep = match wake {
            Some(at) if now.running || at <= now.wall => left(at).min(longest),
            _ => longest,
        };
        Box::pin(async move {
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                _ = turns.changed() => {}
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn noon() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_standing_clock_moves_only_when_it_is_turned() {
        let clock = TurnedClock::standing_at(noon());
        assert_eq!(clock.now(), clock.now());
        clock.turn(Turn::all(SignedDuration::from_hours(3)));
        assert_eq!(clock.now().wall, noon() + SignedDuration::from_hours(3));
        assert_eq!(clock.now().boot, SignedDuration::from_mins(181));
    }

    #[test]
    fn a_wall_clock_set_back_leaves_boot_and_trusted_alone() {
        let clock = TurnedClock::standing_at(noon());
        let after = clock.turn(Turn::wall(SignedDuration::from_hours(-13)));
        assert_eq!(after.wall, noon() - SignedDuration::from_hours(13));
        assert_eq!((after.boot_ms, after.trusted), (60_000, noon()));
    }

    #[test]
    fn a_reboot_starts_the_boot_clock_anew_and_nothing_else() {
        let clock = TurnedClock::standing_at(noon());
        let before = clock.boot_id();
        assert_eq!(clock.boot_id(), before);
        let after = clock.reboot();
        assert_eq!((after.boot_ms, after.wall), (0, noon()));
        assert_ne!(clock.boot_id(), before);
    }

    #[test]
    fn a_running_clock_never_goes_back_by_itself() {
        let clock = TurnedClock::running();
        let (first, second) = (clock.now(), clock.now());
        assert!(second.boot >= first.boot && second.wall >= first.wall);
        assert!(clock.read().running);
    }

    #[test]
    fn a_kept_clock_is_found_again_as_far_ahead_as_it_was_turned_in_a_pc_started_anew() {
        let dir = tempfile::tempdir().unwrap();
        let clock = TurnedClock::kept_in(dir.path()).unwrap();
        clock.turn(Turn::all(SignedDuration::from_hours(50)));
        let left = clock.turn(Turn::wall(SignedDuration::from_hours(-3)));
        let found = TurnedClock::kept_in(dir.path()).unwrap().read();
        let near = |found: Timestamp, left: Timestamp| {
            found.duration_since(left).abs() < SignedDuration::from_mins(1)
        };
        assert!(near(found.wall, left.wall) && near(found.trusted, left.trusted), "{left:?} {found:?}");
        assert!(found.start != left.start && found.boot_ms < left.boot_ms);

        std::fs::write(dir.path().join(KEPT), "{}").unwrap();
        assert!(matches!(TurnedClock::kept_in(dir.path()), Err(StateError::Foreign { .. })));
    }

    #[tokio::test]
    async fn a_turn_wakes_whoever_waits() {
        let clock = TurnedClock::standing_at(noon());
        let mut turns = clock.subscribe();
        let waiter = tokio::spawn(async move {
            turns.changed().await.unwrap();
            *turns.borrow()
        });
        clock.turn(Turn::trusted(SignedDuration::from_secs(1)));
        assert_eq!(waiter.await.unwrap(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_timer_ends_at_a_turn_or_when_the_longest_wait_is_over() {
        let clock = TurnedClock::standing_at(noon());
        let later = Some(noon() + SignedDuration::from_hours(1));
        let started = tokio::time::Instant::now();
        clock.wait(later, Duration::from_secs(30)).await;
        assert_eq!(started.elapsed(), Duration::from_secs(30));
        let waiting = clock.wait(later, Duration::from_secs(30));
        clock.turn(Turn::all(SignedDuration::from_hours(1)));
        waiting.await;
        clock.wait(later, Duration::from_secs(30)).await;
        assert!(started.elapsed() < Duration::from_secs(31), "neither the turn nor the past was waited for");
    }

    proptest! {
        #[test]
        fn no_turn_however_wild_breaks_the_clock(wall in any::<i64>(), boot in any::<i64>(), trusted in any::<i64>()) {
            let clock = TurnedClock::standing_at(noon());
            let read = clock.turn(Turn { wall_ms: wall, boot_ms: boot, trusted_ms: trusted });
            prop_assert!(read.boot_ms >= 0);
            prop_assert_eq!(read.turns, 1);
        }
    }
}
