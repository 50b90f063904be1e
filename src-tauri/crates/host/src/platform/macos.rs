//! macOS.

use jiff::SignedDuration;

/// Time since start. On macOS CLOCK_MONOTONIC goes on while the computer sleeps.
pub(crate) fn since_boot() -> SignedDuration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    SignedDuration::new(time.tv_sec, i32::try_from(time.tv_nsec).unwrap_or(0))
}
