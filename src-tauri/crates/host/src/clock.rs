//! Which clock counts: that of this PC, or, for a sandbox that has one, the one somebody turns there.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::Problem;
use relais_core::platform_time::{self, PlatformTime};
use relais_core::ports::{Later, Timer};
use relais_core::time::{BootId, Clock, Moment};

use crate::profile::Profile;
use crate::turned::TurnedClock;

/// The time of an environment, and the waiting for it.
#[derive(Clone)]
pub struct Time {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The waiting.
    pub timer: Arc<dyn Timer>,
}

impl Time {
    /// That of this PC.
    #[must_use]
    pub fn of_this_pc() -> Self {
        Self { clock: Arc::new(SystemClock), timer: Arc::new(SystemTimer) }
    }

    /// That of whoever is both.
    #[must_use]
    pub fn of(both: impl Clock + Timer + Clone + 'static) -> Self {
        Self { clock: Arc::new(both.clone()), timer: Arc::new(both) }
    }

    /// The one that counts in the environment of a profile: only a profile of class sandbox may lead to another clock
    /// than the one of this PC. Runs inside a tokio runtime.
    ///
    /// # Errors
    /// The profile leads to the clock of a sandbox, and that cannot be asked.
    pub async fn in_environment(profile: &Profile) -> Result<Self, Problem> {
        match &profile.sandbox {
            None => Ok(Self::of_this_pc()),
            Some(control) => {
                let turned = Arc::new(TurnedClock::follow(profile, control).await?);
                Ok(Self { clock: turned.clone(), timer: turned })
            }
        }
    }
}

/// What was measured of the platform's clock, once an answer told that it differs from ours. Clones are the same one.
pub(crate) type Measured = Arc<Mutex<Option<PlatformTime>>>;

/// The clock of this PC, put right by what was measured of the platform's: certificates are judged by it, as leases are.
pub(crate) struct PlatformClock {
    pub(crate) pc: Arc<dyn Clock>,
    pub(crate) measured: Measured,
}

impl Clock for PlatformClock {
    fn now(&self) -> Moment {
        let measured = self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        platform_time::of(measured.as_ref(), self.pc.now())
    }

    fn boot_id(&self) -> Option<BootId> {
        self.pc.boot_id()
    }
}

/// Wall clock and boot clock of the system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment { wall: Timestamp::now(), boot: since_boot() }
    }

    fn boot_id(&self) -> Option<BootId> {
        boot_id()
    }
}

/// Time since start, suspend included (CLOCK_BOOTTIME).
#[cfg(target_os = "linux")]
fn since_boot() -> SignedDuration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    SignedDuration::new(time.tv_sec, i32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(target_os = "linux"))]
use crate::platform::since_boot;

/// Names this start of the PC; only Linux does.
fn boot_id() -> Option<BootId> {
    let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let told = told.trim();
    let good =
        !told.is_empty() && told.len() <= 64 && told.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    good.then(|| BootId(told.to_owned()))
}

/// Waits in real time.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemTimer;

impl Timer for SystemTimer {
    fn wait(&self, wake: Option<Timestamp>, longest: Duration) -> Later<'_, ()> {
        let left =
            wake.map(|at| Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or(Duration::ZERO));
        Box::pin(tokio::time::sleep(left.map_or(longest, |left| left.min(longest))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_start_of_the_pc_has_one_name() {
        assert_eq!(boot_id().unwrap().0.len(), 36);
        assert_eq!(boot_id(), boot_id());
    }

    #[test]
    fn the_boot_clock_only_goes_forward() {
        let first = SystemClock.now();
        let second = SystemClock.now();
        assert!(second.boot >= first.boot && first.boot > SignedDuration::ZERO);
    }
}

#[cfg(test)]
mod platform_clock {
    #![allow(clippy::unwrap_used)]
    use super::*;

    struct Stopped(Moment);

    impl Clock for Stopped {
        fn now(&self) -> Moment {
            self.0
        }
    }

    #[test]
    fn a_pc_years_behind_judges_certificates_by_the_platforms_time() {
        let pc =
            Moment { wall: "2019-03-02T08:00:00Z".parse().unwrap(), boot: SignedDuration::from_secs(60) };
        let measured = Measured::default();
        let clock = PlatformClock { pc: Arc::new(Stopped(pc)), measured: measured.clone() };
        assert_eq!(clock.now(), pc);
        let ahead = SignedDuration::from_hours(7 * 365 * 24);
        *measured.lock().unwrap() = PlatformTime::measured(ahead, pc);
        assert_eq!(clock.now(), Moment { wall: pc.wall + ahead, ..pc });
    }
}
