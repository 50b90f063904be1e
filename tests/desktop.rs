//! What the real window leaves behind and lives through: needs a display, a session bus, root for the memory of other
//! processes, and the built program, which `cargo xtask test` provides.
#![allow(clippy::unwrap_used)]

#[path = "support/forms.rs"]
#[allow(dead_code, reason = "made for the command line; a part is needed here")]
mod forms;
#[path = "support/hand.rs"]
#[allow(dead_code, reason = "made for the windows; a part is needed here")]
mod hand;
#[path = "ks_tools.rs"]
#[allow(dead_code, reason = "made for the keystores; a few are needed here")]
mod ks_tools;
#[path = "support/notification_daemon.rs"]
mod notification_daemon;
#[path = "support/panel.rs"]
mod panel;
#[path = "support/pcscd.rs"]
#[allow(dead_code, reason = "made for the card; a part is needed here")]
mod pcscd;
#[path = "support/private_bus.rs"]
mod private_bus;
#[path = "support/process_memory.rs"]
#[allow(dead_code, reason = "made for the command line; a part is needed here")]
mod process_memory;
#[path = "support/vendor.rs"]
mod vendor;
#[path = "support/window.rs"]
mod window;

#[path = "desktop/keyboard.rs"]
mod keyboard;
#[path = "desktop/locked.rs"]
mod locked;
#[path = "desktop/near_clock.rs"]
mod near_clock;
#[path = "desktop/printing.rs"]
mod printing;
#[path = "desktop/processes.rs"]
mod processes;
#[path = "desktop/sandbox.rs"]
mod sandbox;
#[path = "desktop/secrets.rs"]
mod secrets;
#[path = "desktop/started.rs"]
mod started;
#[path = "desktop/told.rs"]
mod told;
#[path = "desktop/web_process.rs"]
mod web_process;
