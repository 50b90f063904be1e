//! The one loop of Relais: an event comes in, the core decides, the ports act, a snapshot goes out.
//!
//! Knows no adapter, only [`relais_core::ports::Ports`].

mod handle;
mod project;
mod run;
pub mod view;
mod watch;

pub use handle::{Handle, Settled};
pub use project::{Scene, means_name, pin_view, problem_view, session_view, snapshot};
pub use run::{Engine, Setup};
pub use watch::{WatchHandle, WatchSetup, Watcher};
