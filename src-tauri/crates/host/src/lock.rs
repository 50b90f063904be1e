//! A desktop that is locked, or a computer that goes to sleep, is told to the engine: what somebody was typing is wiped.
//!
//! Which signals say so is the platform's; elsewhere than on a desktop with D-Bus nothing is noticed yet
//! (docs/conformance.md).

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "lock/dbus.rs"]
mod platform;

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform {
    pub(super) fn listen(_: &relais_engine::Handle) {}
}

/// Listens until the engine is gone. A system that says nothing is told in the log, and Relais goes on.
pub fn watch(engine: &relais_engine::Handle) {
    platform::listen(engine);
}
