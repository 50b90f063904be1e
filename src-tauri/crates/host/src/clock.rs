//! The clocks of this PC.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use relais_core::ports::{Later, Timer};
use relais_core::time::{BootId, Clock, Moment};

/// Wall clock and boot clock of the system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment { wall: Timestamp::now(), boot: since_boot() }
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
#[must_use]
pub fn boot_id() -> Option<BootId> {
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
