//! What Relais knows and decides: identifiers, sessions, secrets, codes and the ports to the world.
//!
//! Nothing here reads a clock, opens a file, starts a thread or calls a network; the time comes in as a
//! [`time::Moment`] and what is to be done goes out as an [`session::Effect`].

pub mod card;
pub mod certificates;
pub mod code;
pub mod continuity;
pub mod environment;
pub mod ident;
pub mod journal;
pub mod lease;
pub mod platform_time;
pub mod ports;
pub mod secret;
pub mod session;
pub mod time;
pub mod trusted;

pub use code::{Code, Problem};
