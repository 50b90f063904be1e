//! The clock of a sandbox, asked over its control endpoint: wall and boot as somebody has turned them there.
//! Source: docs/reference/sandbox.md, section 9.
//!
//! Between two turns the hands go on by themselves; each turn is heard at once and wakes whoever waits. A sandbox that
//! is gone keeps the time it had.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use relais_core::ports::{Later, Timer};
use relais_core::time::{BootId, Clock, Moment};
use relais_core::{Code, Problem};
use relais_ehealth::transport::{
    HostList, ProxyChoice, Settings, Transport, TransportError, Trust, Url, Verb,
};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::file;
use crate::profile::{Profile, SandboxControl};

/// A sandbox that does not answer is asked again after this.
const AGAIN: Duration = Duration::from_secs(2);

/// An answer is never on its way for longer than this: a boot clock that reads less by no more was not turned back.
const LATE: SignedDuration = SignedDuration::from_secs(2);

/// What the control endpoint tells of its clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Reading {
    wall: Timestamp,
    boot_ms: i64,
    start: u64,
    running: bool,
    turns: u64,
}

/// A reading, and when it was heard.
#[derive(Debug, Clone, Copy)]
struct Hands {
    told: Reading,
    heard: Instant,
}

impl Hands {
    fn at(self, instant: Instant) -> Moment {
        let gone = instant.saturating_duration_since(self.heard);
        let gone = if self.told.running { gone } else { Duration::ZERO };
        let gone = SignedDuration::try_from(gone).unwrap_or(SignedDuration::MAX);
        let wall = self.told.wall.saturating_add(gone).unwrap_or(self.told.wall);
        Moment { wall, boot: SignedDuration::from_millis(self.told.boot_ms).saturating_add(gone) }
    }

    /// After the next answer. One that tells of no turn changes nothing: it was on its way for a while, and by it the
    /// boot clock would go back a little, which is how a reboot looks.
    fn hear(self, mut told: Reading, heard: Instant) -> Self {
        let same_start = told.start == self.told.start;
        if same_start && told.turns == self.told.turns && told.running == self.told.running {
            return self;
        }
        let boot = self.at(heard).boot;
        let late = boot - SignedDuration::from_millis(told.boot_ms);
        if same_start && late.is_positive() && late < LATE {
            told.boot_ms = i64::try_from(boot.as_millis()).unwrap_or(told.boot_ms);
        }
        Self { told, heard }
    }
}

struct Shared {
    hands: Mutex<Hands>,
    heard: watch::Sender<u64>,
}

impl Shared {
    // Every change is one assignment, so a panic elsewhere leaves the hands whole.
    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, told: Reading) {
        let turned = {
            let mut hands = self.hands();
            let before = hands.told;
            *hands = hands.hear(told, Instant::now());
            hands.told != before
        };
        if turned {
            self.heard.send_modify(|count| *count += 1);
        }
    }
}

/// The clock of a sandbox in another process.
pub(crate) struct TurnedClock {
    shared: Arc<Shared>,
    following: JoinHandle<()>,
}

impl TurnedClock {
    /// Asks a sandbox for its time, and follows it from then on. Runs inside a tokio runtime.
    ///
    /// # Errors
    /// [`Code::PROFILE_INVALID`] where its token or address is none, [`Code::SANDBOX_CLOCK`] where it does not answer:
    /// nobody then knows what time it is there, and another clock would be a wrong one.
    pub(crate) async fn follow(profile: &Profile, control: &SandboxControl) -> Result<Self, Problem> {
        let line = Line::to(profile, control)?;
        let told = line.ask(None).await?;
        let hands = Mutex::new(Hands { told, heard: Instant::now() });
        let shared = Arc::new(Shared { hands, heard: watch::Sender::new(0) });
        let following = tokio::spawn(listen(Arc::downgrade(&shared), line));
        Ok(Self { shared, following })
    }
}

impl Drop for TurnedClock {
    fn drop(&mut self) {
        self.following.abort();
    }
}

async fn listen(shared: Weak<Shared>, line: Line) {
    while let Some(turns) = shared.upgrade().map(|shared| shared.hands().told.turns) {
        let asked = Instant::now();
        match line.ask(Some(turns)).await {
            Ok(told) => {
                let Some(shared) = shared.upgrade() else { return };
                shared.hear(told);
                drop(shared);
                tokio::time::sleep(rest(told.turns != turns, asked.elapsed())).await;
            }
            Err(problem) => {
                tracing::debug!(%problem, "the sandbox does not tell its time");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

/// How long a sandbox is left alone after an answer: one that says at once that nobody turned its clock would be asked
/// without pause.
fn rest(turned: bool, held: Duration) -> Duration {
    if turned { Duration::ZERO } else { AGAIN.saturating_sub(held) }
}

impl Clock for TurnedClock {
    fn now(&self) -> Moment {
        self.shared.hands().at(Instant::now())
    }

    fn boot_id(&self) -> Option<BootId> {
        Some(BootId(format!("{:x}", self.shared.hands().told.start)))
    }
}

impl Timer for TurnedClock {
    fn wait(&self, wake: Option<Timestamp>, longest: Duration) -> Later<'_, ()> {
        // Subscribed before the clock is read: a turn in between is not missed.
        let mut turns = self.shared.heard.subscribe();
        let (now, running) = (self.now(), self.shared.hands().told.running);
        let left = |at: Timestamp| Duration::try_from(at.duration_since(now.wall)).unwrap_or(Duration::ZERO);
        let sleep = match wake {
            Some(at) if running || at <= now.wall => left(at).min(longest),
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

/// The way to the control endpoint of a sandbox.
pub(crate) struct Line {
    transport: Transport,
    base: Url,
    token: Zeroizing<String>,
}

impl Line {
    pub(crate) fn to(profile: &Profile, control: &SandboxControl) -> Result<Self, Problem> {
        let invalid = |key, reason| profile.refused(key, reason);
        let base = Url::parse(&control.control).map_err(|_| invalid("sandbox.control", "no-address"))?;
        let token = file::text(&control.token_file).map_err(|why| invalid("sandbox.token_file", why.0))?;
        let hosts = HostList::parse(&profile.allowed).map_err(|_| invalid("hosts.allowed", "host-form"))?;
        let mut settings = Settings::new(hosts, Trust::Only(profile.trust.tls.clone()));
        settings.proxy = ProxyChoice::Direct;
        let transport = Transport::new(settings).map_err(|error| error.problem())?;
        Ok(Self { transport, base, token: Zeroizing::new(token.trim().to_owned()) })
    }

    fn at(&self, path: &str) -> Result<Url, Problem> {
        self.base
            .join(path)
            .map_err(|_| Problem::new(Code::SANDBOX_CLOCK).with("cause", Code::PROFILE_INVALID))
    }

    /// The clock now, or, after so many turns, at the next one, or after a while as it is.
    async fn ask(&self, after: Option<u64>) -> Result<Reading, Problem> {
        let mut url = self.at("/v1/clock")?;
        if let Some(turns) = after {
            url.query_pairs_mut().append_pair("after", &turns.to_string());
        }
        let told = self.transport.get_json(&url, &self.token).await;
        let told = told.map_err(|error| silent(error.problem().code))?;
        serde_json::from_slice(&told).map_err(|_| silent(Code::STS_BAD_RESPONSE))
    }

    /// What is told at a path; the answer is JSON.
    pub(crate) async fn look(&self, path: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let told = self.transport.get_json(&self.at(path)?, &self.token).await;
        told.map_err(|error| silent(error.problem().code))
    }

    /// Has something done there; the answer is JSON. The inner error is what the sandbox says it cannot do, by its HTTP
    /// status.
    pub(crate) async fn tell(
        &self,
        verb: Verb,
        path: &str,
        document: String,
    ) -> Result<Result<Zeroizing<Vec<u8>>, u16>, Problem> {
        match self.transport.send_json(verb, &self.at(path)?, &self.token, document).await {
            Ok(told) => Ok(Ok(told)),
            Err(TransportError::Http { status: status @ (404 | 409), .. }) => Ok(Err(status)),
            Err(error) => Err(silent(error.problem().code)),
        }
    }
}

/// The sandbox did not answer, or not so that it can be understood.
pub(crate) fn silent(cause: Code) -> Problem {
    Problem::new(Code::SANDBOX_CLOCK).with("cause", cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(boot_ms: i64, turns: u64) -> Reading {
        let wall = Timestamp::from_second(1_772_434_800).unwrap();
        Reading { wall, boot_ms, start: 7, running: true, turns }
    }

    fn after(heard: Instant, seconds: u64) -> Instant {
        heard + Duration::from_secs(seconds)
    }

    #[test]
    fn between_two_turns_the_hands_go_on_by_themselves_and_a_standing_clock_stands() {
        let heard = Instant::now();
        let hands = Hands { told: reading(60_000, 0), heard };
        assert_eq!(hands.at(after(heard, 5)).boot, SignedDuration::from_secs(65));
        let standing = Hands { told: Reading { running: false, ..hands.told }, heard };
        assert_eq!(standing.at(after(heard, 5)), standing.at(heard));
    }

    #[test]
    fn a_sandbox_that_answers_at_once_that_nothing_was_turned_is_not_asked_without_pause() {
        assert_eq!(rest(false, Duration::ZERO), AGAIN);
        assert_eq!(rest(false, AGAIN * 5), Duration::ZERO, "it held the question, as it should");
        assert_eq!(rest(true, Duration::ZERO), Duration::ZERO, "the next turn may follow at once");
    }

    #[test]
    fn an_answer_that_was_long_on_its_way_is_no_reboot_and_a_clock_turned_back_is() {
        let heard = Instant::now();
        let hands = Hands { told: reading(60_000, 0), heard };
        let later = after(heard, 20);
        assert_eq!(hands.hear(reading(79_700, 0), later).at(later), hands.at(later), "nobody turned it");
        let turned = hands.hear(reading(79_700, 1), later);
        assert_eq!(turned.at(later).boot, SignedDuration::from_secs(80), "only the wall clock was turned");
        let back = hands.hear(reading(70_000, 1), later);
        assert_eq!(back.at(later).boot, SignedDuration::from_secs(70));
        let reboot = hands.hear(Reading { start: 8, ..reading(79_700, 1) }, later);
        assert_eq!(reboot.at(later).boot, SignedDuration::from_millis(79_700));
    }
}
